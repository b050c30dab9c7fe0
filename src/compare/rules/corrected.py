"""Rules on corrections.csv: each names a published row and a column of it, and the cell is its `new`."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from compare.errors import Problem
from compare.project import CURATED
from compare.rules.rows import Row, rows_of, shown
from compare.tables.book import Book, write_table
from compare.tables.codebook import Table, read_codebook
from compare.tables.edition import FILE, edition_of
from compare.tables.release import release_lines, released, row_hash

Place = tuple[str, str]
X = "corrections.csv"
SEAL = "before_sha256"


def corrections_hold(book: Book) -> Iterator[Problem]:
    """Every correction leads from a published value to the one the cell now holds, by way of later ones."""
    codebook = read_codebook(book.root)
    held = edition_of(book.root)
    published = set(released(release_lines(book, held)))
    cells = _cells(book, codebook)
    following: dict[tuple[str, str, str], Row] = {}
    rows = sorted(rows_of(book, "corrections"), key=lambda row: str(row.cells["correction_id"]), reverse=True)
    for row in rows:
        table = codebook.get(str(row.cells["table"]))
        if table is None or row.cells["column"] not in table.columns:
            column = "table" if table is None else "column"
            yield row.problem(column, row.cells[column], f"a {column} of the dictionary", "correct the name")
            continue
        place = (table.name, str(row.cells["row_id"]))
        if published and place not in published:
            yield row.problem(
                "row_id",
                place[1],
                f"a published row of {table.name}",
                "a row that was never published needs no correction",
            )
        yield from _chained(row, place, table, cells, following)
    yield from _dated(sorted(rows, key=lambda row: str(row.cells["correction_id"])), book)


def corrections_are_sealed(book: Book) -> Iterator[Problem]:
    """What a correction says stood there before did: the row with it taken back has the seal it carries."""
    seals = seals_of_before(book)
    for row in rows_of(book, "corrections"):
        given, wanted = shown(row.cells[SEAL]), seals.get(row.key, "")
        if given != wanted:
            yield row.problem(
                SEAL, given, wanted or "nothing", "old is not what stood there; a new correction's empty seal "
                "is filled by python -m compare release",
            )  # fmt: skip


def seals_of_before(book: Book) -> dict[str, str]:
    """Return, by id of a correction, the SHA-256 of the row as it stood before it: this correction and those
    after it taken back, columns left out that the row was given since. A withdrawn row has none.
    """
    held = edition_of(book.root)
    cells = _cells(book, read_codebook(book.root))
    seals = {}
    for row in sorted(book.records("corrections"), key=lambda row: str(row["correction_id"]), reverse=True):
        before = cells.get((row["table"], row["row_id"]))
        if before is not None and row["column"] in before:
            before[row["column"]] = shown(row["old"])
            later = {
                one.column
                for one in held.columns
                if one.table == row["table"] and pd.Timestamp(one.added) >= row["corrected_on"]
            }
            seals[row["correction_id"]] = row_hash(
                {name: cell for name, cell in before.items() if name not in later}
            )
    return seals


def seal_corrections(book: Book) -> int:
    """Write the seals of corrections that have none yet into corrections.csv, and return how many."""
    table = read_codebook(book.root)["corrections"]
    rows = [dict(zip(table.columns, texts, strict=True)) for texts in book.texts["corrections"]]
    seals = seals_of_before(book)
    bare = [row for row in rows if not row[SEAL] and seals.get(row["correction_id"])]
    for row in bare:
        row[SEAL] = seals[row["correction_id"]]
    if bare:
        write_table(table, rows, book.root / CURATED / X)
    return len(bare)


def _cells(book: Book, codebook: dict[str, Table]) -> dict[Place, dict[str, str]]:
    """Return the cells, as text, of the rows that corrections name."""
    named = set(zip(book.corrections["table"], book.corrections["row_id"], strict=True))
    found = {}
    for name in {table for table, _ in named} & set(codebook):
        table = codebook[name]
        keys = [table.columns.index(key) for key in table.key]
        for texts in book.texts[name]:
            place = (name, ";".join(texts[at] for at in keys))
            if place in named:
                found[place] = dict(zip(table.columns, texts, strict=True))
    return found


def _chained(
    row: Row,
    place: Place,
    table: Table,
    cells: dict[Place, dict[str, str]],
    following: dict[tuple[str, str, str], Row],
) -> Iterator[Problem]:
    """Yield what a correction says otherwise than the cell, or than the correction after it."""
    column, new, old = str(row.cells["column"]), shown(row.cells["new"]), shown(row.cells["old"])
    later = following.get((*place, column))
    following[(*place, column)] = row
    if new == old:
        yield row.problem("new", new, "another value than the old one", "remove the correction")
    if later is not None:
        if shown(later.cells["old"]) != new:
            yield row.problem(
                "new", new, shown(later.cells["old"]) or "nothing", f"{later.key} goes on from there"
            )
    elif place in cells and cells[place][column] != new:
        yield row.problem(
            "new", new, cells[place][column] or "nothing", "the cell holds that: one of the two is wrong"
        )
    elif place not in cells and not (column in table.key and new == ""):
        yield row.problem(
            "row_id",
            place[1],
            f"a row of {table.name}",
            "a row withdrawn for good has a correction of its key to nothing",
        )
    key = f"x-{row.cells['corrected_on']:%Y}-"
    if not row.key.startswith(key):
        yield row.problem("correction_id", row.key, f"{key}0001 or the like", "the id carries the year")


def _dated(rows: list[Row], book: Book) -> Iterator[Problem]:
    """Yield corrections made on another day than the edition that they lead to, or after it."""
    held = edition_of(book.root)
    days = [pd.Timestamp(one.published_on) for one in held.editions]
    before = None
    for row in rows:
        day = row.cells["corrected_on"]
        if days and day not in days:
            known = " or ".join(f"{one:%Y-%m-%d}" for one in days)
            yield row.problem(
                "corrected_on", shown(day), known, "a correction carries the day of its edition"
            )
        if before is not None and day < before:
            yield row.problem(
                "corrected_on", shown(day), f"{before:%Y-%m-%d} or later", "corrections follow one another"
            )
        before = day


def added_columns_are_known(book: Book) -> Iterator[Problem]:
    """Every column that edition.yaml says was added is one of the dictionary's, and said so once."""
    codebook = read_codebook(book.root)
    seen: set[Place] = set()
    for one in edition_of(book.root).columns:
        table = codebook.get(one.table)
        if table is None:
            yield Problem(FILE, "columns", one.table, "a table of the dictionary", "correct the name")
        elif one.column not in table.columns:
            yield Problem(
                FILE, "columns", f"{one.table}.{one.column}", f"a column of {one.table}", "correct the name"
            )
        elif (one.table, one.column) in seen:
            yield Problem(
                FILE, "columns", f"{one.table}.{one.column}", "each column once", "remove one of the two"
            )
        seen.add((one.table, one.column))
