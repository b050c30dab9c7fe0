"""The dictionary of tables and columns, and the reading of a table by it.

A table is read as text and cast column by column; whatever does not fit its
dictionary becomes a `Problem` naming file, row and column, and the rest is
still read, so that one run shows every problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import regex

from compare.errors import SHOWN, CompareError, Problem, near
from compare.language.patterns import PATIENCE, read_pattern
from compare.language.unseen import unseen_in
from compare.project import CURATED
from compare.tables.lines import MOST, blank_row, endless, read_lines, wrong_width
from compare.tables.plain_yaml import read_yaml

# Stricter than int(), float() and fromisoformat(), which also take 1_000, ５, nan and 20251231. No column
# holds longer numbers.
FORMS = {
    "integer": re.compile(r"-?[0-9]{1,18}"),
    "number": re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
CASTS: dict[str, Callable[[str], Any]] = {"integer": int, "number": float, "date": date.fromisoformat}
VERBATIM = frozenset(
    ("action_zh", "text_zh", "text", "quote", "due_text", "value_text", "title_zh")
    + ("task_zh", "plan_zh", "other_leads_zh")
)
EXPECTED = {"integer": "a whole number", "number": "a plain number", "date": "a date as 2025-12-31"}
FILE = "data/curated/datapackage.yaml"
DESCRIPTOR = "the Data Package descriptor"
# In what the reading of a descriptor of another form ends.
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
# A table and its file, which stands among the tables or in the folders of cities.
NAME, PATH = re.compile("[a-z_]+"), re.compile(r"(\*/)?[a-z_]+\.csv")
DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "date": "datetime64[s]"}


@dataclass(frozen=True)
class Field:
    """One column: its type, what it may hold, and what it means."""

    name: str
    type: str
    title: str
    description: str
    required: bool = False
    enum: tuple[str, ...] = ()
    pattern: regex.Pattern[str] | None = None
    minimum: float | date | None = None
    maximum: float | date | None = None


@dataclass(frozen=True)
class ForeignKey:
    """A column whose values must be keys of another table."""

    column: str
    table: str
    key: str


@dataclass(frozen=True)
class Table:
    """One table of the dictionary; `per_city` tables have a file in every city's folder."""

    name: str
    path: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    # The SHA-256 of a list that was taken over whole from elsewhere and never changes here.
    hash: str = ""

    @property
    def per_city(self) -> bool:
        return self.path.startswith("*/")

    @property
    def columns(self) -> list[str]:
        return [column.name for column in self.fields]


@dataclass
class Rows:
    """What was read of one table: a frame, where each of its rows stands, the problems met, and the cells
    of every row as its file writes them."""

    frame: pd.DataFrame
    origins: list[tuple[str, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cells: list[tuple[str, ...]] = field(default_factory=list)


def read_codebook(root: Path) -> dict[str, Table]:
    """Return the tables of data/curated/datapackage.yaml by name; raise CompareError if it is missing."""
    path = root / CURATED / "datapackage.yaml"
    if not path.is_file():
        todo = "run from the project's folder, or name it with --root"
        problem = Problem(FILE, None, "no file", DESCRIPTOR, todo)
        raise CompareError("The dictionary of tables is missing", [problem])
    return dict(_tables(path.read_bytes()))


@cache
def _tables(content: bytes) -> dict[str, Table]:
    """Return the tables that a descriptor describes; one content is parsed once."""
    try:
        tables = [_table(resource) for resource in read_yaml(content)["resources"]]
        _named_once("table", [table.name for table in tables])
        return {table.name: table for table in tables}
    except UNREADABLE as error:
        told = str(error) or type(error).__name__
        problem = Problem(FILE, None, told, DESCRIPTOR, "restore it")
        raise CompareError("The dictionary of tables cannot be read", [problem]) from None


def _table(resource: dict[str, Any]) -> Table:
    schema = resource["schema"]
    key = schema["primaryKey"]
    if not NAME.fullmatch(resource["name"]) or not PATH.fullmatch(resource["path"]):
        raise ValueError(f"the table {resource['name']} in {resource['path']}")
    _named_once("column", [column["name"] for column in schema["fields"]])
    foreign = [
        ForeignKey(k["fields"], k["reference"]["resource"], k["reference"]["fields"])
        for k in schema.get("foreignKeys", [])
    ]
    return Table(
        resource["name"],
        resource["path"],
        resource["description"],
        tuple(map(_field, schema["fields"])),
        (key,) if isinstance(key, str) else tuple(key),
        tuple(foreign),
        resource.get("hash", "").removeprefix("sha256:"),
    )


def _named_once(what: str, names: list[str]) -> None:
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise ValueError(f"the {what} {', '.join(twice)} more than once")


def _field(entry: dict[str, Any]) -> Field:
    rules = entry.get("constraints", {})
    pattern = read_pattern(rules["pattern"]) if "pattern" in rules else None
    return Field(
        entry["name"],
        entry["type"],
        entry.get("title", entry["name"]),
        entry["description"],
        bool(rules.get("required")),
        tuple(rules.get("enum", ())),
        pattern,
        _limit(entry["type"], rules.get("minimum")),
        _limit(entry["type"], rules.get("maximum")),
    )


def _limit(kind: str, given: Any) -> float | date | None:
    # The standard writes the limits of dates as text.
    return date.fromisoformat(str(given)) if kind == "date" and given is not None else given


def read_table(table: Table, path: Path, shown: str) -> Rows:
    """Return the rows of one CSV file, cast; `shown` is the name that problems give the file."""
    lines, problems = read_lines(path, shown, table.name, table.columns)
    return cast_lines(table, lines, shown, problems)


def cast_lines(
    table: Table, lines: Iterable[tuple[int, list[str]]], shown: str, problems: list[Problem]
) -> Rows:
    """Return numbered lines cast by the dictionary, what does not fit it added to `problems`."""
    rows, width = [], len(table.fields)
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            problems.append(blank_row(shown, number))
        elif len(cells) == width:
            rows.append((number, cells))
        else:
            problems.append(wrong_width(cells, width, shown, number))
    numbers = [number for number, _ in rows]
    sides = list(zip(*(cells for _, cells in rows), strict=True)) or [()] * width
    columns = {
        column.name: _cast_column(column, numbers, side, shown, problems)
        for column, side in zip(table.fields, sides, strict=True)
    }
    frame = pd.DataFrame(columns, columns=table.columns, copy=False)
    origins = [(shown, number) for number, _ in rows]
    return Rows(frame, origins, problems, [tuple(cells) for _, cells in rows])


def _cast_column(
    column: Field, numbers: list[int], cells: Sequence[str], shown: str, problems: list[Problem]
) -> pd.Series:
    values: list[Any] = []
    # Keys, codes and empty cells come again and again: each is cast once.
    known: dict[str, tuple[Any, str]] = {}
    for number, cell in zip(numbers, cells, strict=True):
        if cell not in known:
            # To look for names alike takes long, and is for whoever reads them.
            known[cell] = _cast(column, cell, len(problems) < SHOWN)
        value, expected = known[cell]
        if expected and len(problems) < MOST:
            problems.append(Problem(shown, column.name, cell, expected, column.description, row=number))
        elif expected and len(problems) == MOST:
            problems.append(endless(shown, number))
        values.append(value)
    if column.type == "date":
        return pd.Series(pd.to_datetime(values), dtype=DTYPES["date"])
    return pd.Series(values, dtype=DTYPES[column.type])


def _cast(column: Field, cell: str, hint: bool) -> tuple[Any, str]:
    """Return the value of a cell, and what was expected where it does not fit, with a `hint` at what is."""
    if cell == "":
        return None, "a value" if column.required else ""
    if column.enum and cell not in column.enum:
        close = near(cell, column.enum) if hint else []
        return cell, " or ".join(close or filter(None, column.enum))
    if column.pattern and not _fits(column.pattern, cell):
        return cell, f"the form {column.pattern.pattern}"
    if column.type == "string":
        if cell != cell.strip():
            return cell, "no space at either end"
        # What is quoted keeps its line ends.
        seen = cell.replace("\n", "") if column.name in VERBATIM else cell
        return cell, f"no {unseen}" if (unseen := unseen_in(seen)) else ""
    try:
        if not FORMS[column.type].fullmatch(cell):
            raise ValueError(cell)
        value = CASTS[column.type](cell)
    except ValueError:
        return None, EXPECTED[column.type]
    if column.minimum is not None and value < column.minimum:
        return value, f"{column.minimum} or more"
    if column.maximum is not None and value > column.maximum:
        return value, f"{column.maximum} or less"
    return value, ""


def _fits(pattern: regex.Pattern[str], cell: str) -> bool:
    try:
        return pattern.fullmatch(cell, timeout=PATIENCE) is not None
    except TimeoutError:
        problem = Problem(FILE, None, pattern.pattern, "a pattern that ends", f"it does not on “{cell}”")
        raise CompareError("The dictionary of tables cannot be used", [problem]) from None


def repeated_keys(table: Table, rows: Rows) -> Iterator[Problem]:
    """Return a problem for every row, of whichever file, whose key has been used by a row before it."""
    frame, names = rows.frame, list(table.key)
    whole = frame[names].notna().all(axis=1)
    for at in frame.index[whole & frame.duplicated(names, keep="first")]:
        (file, row), key = rows.origins[at], ", ".join(str(frame.at[at, name]) for name in names)
        todo = "remove the repeated row or give it a key of its own"
        yield Problem(file, " and ".join(names), key, "a key that stands once", todo, row=row)
