"""Tables by the dictionary: columns are read when a table is written, so that a new one needs no change."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from made_up.writing import Row

CURATED = Path("data", "curated")
# What a required code holds where nothing is known of the column: the least that can be said.
NEUTRAL = ("other", "none", "no", "original", "high", "")


@dataclass(frozen=True)
class Table:
    """A table of the dictionary: where it stands, its columns with what they may hold, and its key."""

    name: str
    path: str
    columns: dict[str, dict[str, Any]]
    key: tuple[str, ...]

    @property
    def per_city(self) -> bool:
        return self.path.startswith("*/")

    def file(self, root: Path, city: str = "") -> Path:
        """Return the file of the table, of one city where there is one for each."""
        return root / CURATED / self.path.replace("*", city)

    def cells(self, row: Row) -> dict[str, str]:
        """Return a row as its file writes it; a required column that the row does not know is filled."""
        return {name: self._cell(name, row.get(name)) for name in self.columns}

    def _cell(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return filled(self.columns[name])
        if isinstance(value, float):
            return f"{value:.15g}" if value < 1e15 else f"{value:.0f}"
        return value.isoformat() if isinstance(value, date) else str(value)


def filled(column: dict[str, Any]) -> str:
    """Return what a column holds that a row says nothing of: nothing, or the least where it is required.

    >>> rules = {"required": True, "enum": ["begin", "build", "other"]}
    >>> filled({"type": "string", "constraints": rules}), filled({"type": "string"})
    ('other', '')
    """
    rules = column.get("constraints") or {}
    if not rules.get("required"):
        return ""
    if allowed := rules.get("enum"):
        return next((str(value) for value in NEUTRAL if value and value in allowed), str(allowed[-1]))
    plain = {"integer": "1", "number": "1", "date": "2023-01-01"}
    return (
        str(max(rules.get("minimum", 1), 1)) if "minimum" in rules else plain.get(column["type"], "made up")
    )


def read_dictionary(root: Path) -> dict[str, Table]:
    """Return the tables that a project's dictionary describes."""
    return _parsed((root / CURATED / "datapackage.yaml").read_bytes())


@cache
def _parsed(content: bytes) -> dict[str, Table]:
    package = yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    tables = {}
    for resource in package["resources"]:
        key = resource["schema"]["primaryKey"]
        columns = {field["name"]: field for field in resource["schema"]["fields"]}
        keys = (key,) if isinstance(key, str) else tuple(key)
        tables[resource["name"]] = Table(resource["name"], resource["path"], columns, keys)
    return tables


def read_rows(root: Path, name: str, city: str = "") -> list[dict[str, str]]:
    """Return the rows of a table as text."""
    with read_dictionary(root)[name].file(root, city).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write_rows(root: Path, name: str, rows: Iterable[Row], city: str = "") -> None:
    """Write a table in the form that all tables have: every field quoted, LF, sorted by key."""
    table = read_dictionary(root)[name]
    path = table.file(root, city)
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = {key for key in table.key if table.columns[key]["type"] == "integer"}
    made = [table.cells(row) for row in rows]
    made.sort(key=lambda row: [int(row[key]) if key in whole else row[key] for key in table.key])
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(row.values() for row in made)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")


def change_rows(
    root: Path, name: str, change: Callable[[dict[str, str]], Row | None], city: str = ""
) -> None:
    """Write a table again with each row as `change` returns it; a row that it returns None for is dropped."""
    changed = [change(row) for row in read_rows(root, name, city)]
    write_rows(root, name, [row for row in changed if row is not None], city)
