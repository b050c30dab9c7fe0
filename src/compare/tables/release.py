"""The published edition, row by row, and the corrections that alone may change it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from compare.errors import Problem
from compare.project import CURATED
from compare.tables.book import city_folders
from compare.tables.codebook import Table, read_codebook, read_table

PUBLISHED = (
    "targets",
    "deadlines",
    "commitments",
    "other_clauses",
    "tasks",
    "ledger",
    "mentions",
    "reference",
    "outcomes",
    "outside_targets",
    "sources",
)
Cells = dict[str, str]


def row_hash(cells: Cells) -> str:
    """Return the SHA-256 of a row's fields as text, by column name.

    >>> row_hash({"a": "1"})[:12]
    '452647e07c48'
    """
    return sha256(json.dumps(cells, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def published_rows(root: Path) -> Iterator[tuple[str, str, Cells]]:
    """Yield table, key and fields of every row that a release covers, as they stand in the files."""
    codebook = read_codebook(root)
    places = read_table(codebook["places"], root / CURATED / "places.csv", "places.csv").frame
    cities = city_folders(root, places)
    for name in PUBLISHED:
        table = codebook[name]
        for path in [table.path.replace("*", city) for city in cities] if table.per_city else [table.path]:
            for cells in _rows(root / CURATED / path):
                yield name, _key(table, cells), cells


def _rows(path: Path) -> list[Cells]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _key(table: Table, cells: Cells) -> str:
    return ";".join(cells[name] for name in table.key)


def release_rows(root: Path, edition: str) -> list[Cells]:
    """Return the rows of release.csv for the tables as they stand; unchanged rows keep their edition."""
    before = {(row["table"], row["row_id"]): row for row in _rows(root / CURATED / "release.csv")}
    made = []
    for table, key, cells in published_rows(root):
        held = before.get((table, key))
        now = row_hash(cells)
        first = held["edition"] if held and held["row_hash"] == now else edition
        made.append({"table": table, "row_id": key, "row_hash": now, "edition": first})
    return made


def release_holds(root: Path) -> Iterator[Problem]:
    """Yield every published row that was changed or dropped without a correction that says so."""
    if not _rows(root / CURATED / "release.csv"):
        return
    current = {(table, key): cells for table, key, cells in published_rows(root)}
    corrections: dict[tuple[str, str], list[Cells]] = {}
    for row in _rows(root / CURATED / "corrections.csv"):
        corrections.setdefault((row["table"], row["row_id"]), []).append(row)
    for number, row in enumerate(_rows(root / CURATED / "release.csv"), 2):
        place = (row["table"], row["row_id"])
        cells = current.get(place)
        if cells is None:
            found, expected = "no such row", "the published row"
        elif row["row_hash"] not in map(row_hash, _earlier(cells, corrections.get(place, []))):
            found, expected = "another row than the published one", "its values, or a correction"
        else:
            continue
        yield Problem(
            "data/curated/release.csv",
            "row_hash",
            found,
            expected,
            f"restore {row['row_id']} in {row['table']}, or add a row to corrections.csv that gives column, "
            "old and new value and the reason",
            row=number,
            key=row["row_id"],
        )


def _earlier(cells: Cells, corrections: list[Cells]) -> Iterator[Cells]:
    """Yield a row as it stands, then with its corrections taken back one by one, latest first.

    Any of these may be the published row: a correction made before the latest edition is already in it.
    Corrections that do not match are left.
    """
    before = dict(cells)
    yield dict(before)
    for row in sorted(corrections, key=lambda row: row["correction_id"], reverse=True):
        if before.get(row["column"]) == row["new"]:
            before[row["column"]] = row["old"]
            yield dict(before)
