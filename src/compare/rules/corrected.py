"""Rules on corrections.csv: each names a published row and a column of it, and the cell is its `new`."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from compare.errors import Problem
from compare.rules.rows import Row, rows_of
from compare.tables.book import Book
from compare.tables.codebook import Table, read_codebook
from compare.tables.edition import FILE, edition_of
from compare.tables.release import SEAL, Place, corrected_rows, release_lines, released, seals_of_before


def corrections_hold(book: Book) -> Iterator[Problem]:
    """Every correction leads from a published value to the one the cell now holds, by way of later ones."""
    codebook = read_codebook(book.root)
    published = set(released(release_lines(book, edition_of(book.root))))
    cells = corrected_rows(book)
    following: dict[tuple[str, str, str], Row] = {}
    rows = sorted(rows_of(book, "corrections"), key=lambda row: row.text("correction_id"))
    for row in reversed(rows):
        table = codebook.get(str(row["table"]))
        if table is None or row["column"] not in table.columns:
            column = "table" if table is None else "column"
            yield row.wrong(column, f"a {column} of the dictionary", "correct the name")
            continue
        place = (table.name, str(row["row_id"]))
        if published and place not in published:
            todo = "a row that was never published needs no correction"
            yield row.wrong("row_id", f"a published row of {table.name}", todo)
        later = following.get((*place, row["column"]))
        yield from _chained(row, later, table, cells.get(place))
        following[(*place, row["column"])] = row
    yield from _dated(rows, book)


def corrections_are_sealed(book: Book) -> Iterator[Problem]:
    """What a correction says stood there before did: the row with it taken back has the seal it carries."""
    seals = seals_of_before(book)
    todo = "old is not what stood there; an empty seal is filled by python -m compare release"
    for row in rows_of(book, "corrections"):
        yield from row.unlike({SEAL: seals.get(row.key, "")}, todo)


def _chained(row: Row, later: Row | None, table: Table, cells: dict[str, str] | None) -> Iterator[Problem]:
    """Yield what a correction says otherwise than the cell, or than the correction after it."""
    new, column = row.text("new"), row["column"]
    if new == row.text("old"):
        yield row.wrong("new", "another value than the old one", "remove the correction")
    if later is not None:
        yield from row.unlike({"new": later.text("old")}, f"{later.key} goes on from there")
    elif cells is not None:
        yield from row.unlike({"new": cells[column]}, "the cell holds that: one of the two is wrong")
    elif not (column in table.key and new == ""):
        todo = "a row withdrawn for good has a correction of its key to nothing"
        yield row.wrong("row_id", f"a row of {table.name}", todo)
    stem = f"x-{row['corrected_on']:%Y}-"
    if not row.key.startswith(stem):
        yield row.wrong("correction_id", f"{stem}0001 or the like", "the id carries the year")


def _dated(rows: list[Row], book: Book) -> Iterator[Problem]:
    """Yield corrections made on another day than the edition that they lead to, or before the last one."""
    days = [pd.Timestamp(one.published_on) for one in edition_of(book.root).editions]
    before = None
    for row in rows:
        day = row["corrected_on"]
        if days and day not in days:
            known = " or ".join(f"{one:%Y-%m-%d}" for one in days)
            yield row.wrong("corrected_on", known, "a correction carries the day of its edition")
        if before is not None and day < before:
            expected = f"{before:%Y-%m-%d} or later"
            yield row.wrong("corrected_on", expected, "corrections follow one another")
        before = day


def added_columns_are_known(book: Book) -> Iterator[Problem]:
    """Every column that edition.yaml says was added is one of the dictionary's, and said so once."""
    codebook = read_codebook(book.root)
    seen: set[Place] = set()
    for one in edition_of(book.root).columns:
        table, name = codebook.get(one.table), f"{one.table}.{one.column}"
        if table is None:
            yield Problem(FILE, "columns", one.table, "a table of the dictionary", "correct the name")
        elif one.column not in table.columns:
            yield Problem(FILE, "columns", name, f"a column of {one.table}", "correct the name")
        elif (one.table, one.column) in seen:
            yield Problem(FILE, "columns", name, "each column once", "remove one of the two")
        seen.add((one.table, one.column))
