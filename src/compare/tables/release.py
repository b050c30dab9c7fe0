"""The published editions, row by row, and the corrections that alone may change a published row.

release.csv only grows: a row of a table gets a line when an edition first publishes it, and another one when
a later edition publishes it changed. edition.yaml holds a seal over the lines of every edition.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from compare.errors import CompareError, Problem
from compare.project import CURATED
from compare.tables.book import Book, write_table
from compare.tables.codebook import Table, read_codebook
from compare.tables.edition import FILE, Edition, Sealed, edition_of

Cells = dict[str, str]
Place = tuple[str, str]
RELEASE = "data/curated/release.csv"
# The column of corrections.csv that seals what stood there before.
SEAL = "before_sha256"
# The keys of edition.yaml are published like rows; its seals seal themselves.
EDITION = "edition"
BY_EDITION = ((EDITION, "edition"), (EDITION, "as_of"))


@dataclass(frozen=True)
class Published:
    """A row as the editions hold it: the first that published it, the last, and its hash there."""

    first: str
    last: str
    row_hash: str


def row_hash(cells: Mapping[str, str]) -> str:
    """Return the SHA-256 of a row's fields as text, by column name.

    >>> row_hash({"a": "1"})[:12]
    '452647e07c48'
    """
    return sha256(json.dumps(cells, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def published_rows(book: Book) -> Iterator[tuple[str, str, Cells]]:
    """Yield table, key and fields of every row that an edition publishes, as it stands in its file.

    Of what belongs to a document only the rows of those coded without remainder are published.
    """
    complete = set(book.sources["source_id"][book.sources["coding_state"] == "complete"])
    unpublished = _rows_of_others(book, complete)
    for name, table in read_codebook(book.root).items():
        if name == "release":
            continue
        for key, cells in _keyed(book, table):
            if _is_published(name, cells, complete, unpublished):
                yield name, key, cells
    yield from _edition_rows(edition_of(book.root))


def _rows_of_others(book: Book, complete: set[str]) -> set[str]:
    """Return the ids of statements and clauses of documents that are not coded without remainder."""
    kinds = (("targets", "target_id"), ("mentions", "mention_id"), ("commitments", "commitment_id"))
    return {
        row[key] for table, key in kinds for row in book.records(table) if row["source_id"] not in complete
    }


def _is_published(table: str, cells: Cells, complete: set[str], unpublished: set[str]) -> bool:
    if table == "sources":
        return cells["coding_state"] == "complete" or cells["status"] == "not_obtained"
    if table == "outside_targets":
        return True
    if "source_id" in cells:
        return cells["source_id"] in complete
    return not {cells.get(name) for name in ("row_id", "later_id", "earlier_id")} & unpublished


def _edition_rows(held: Edition) -> Iterator[tuple[str, str, Cells]]:
    yield EDITION, "edition", {"value": held.edition}
    yield EDITION, "as_of", {"value": held.as_of.isoformat()}
    for one in held.editions:
        yield EDITION, f"published_on:{one.edition}", {"value": one.published_on.isoformat()}
    for added in held.columns:
        yield EDITION, f"{added.table}.{added.column}", {"value": added.added.isoformat()}


def released(lines: Iterable[Mapping[str, str]]) -> dict[Place, Published]:
    """Return every row that the lines of release.csv, in the order of editions, have published."""
    held: dict[Place, Published] = {}
    for line in lines:
        place = (line["table"], line["row_id"])
        first = held[place].first if place in held else line["edition"]
        held[place] = Published(first, line["edition"], line["row_hash"])
    return held


def release_lines(book: Book, held: Edition) -> list[Cells]:
    """Return the lines of release.csv, those of the editions in the order they were published."""
    order = {one.edition: at for at, one in enumerate(held.editions)}
    return sorted(_rows(book, "release"), key=lambda line: order.get(line["edition"], len(order)))


def seal(lines: Iterable[Mapping[str, str]]) -> tuple[int, str]:
    """Return the number of lines and the SHA-256 of their sorted text.

    >>> seal([])[0]
    0
    """
    text = sorted(json.dumps(dict(line), ensure_ascii=False, sort_keys=True) for line in lines)
    return len(text), sha256("\n".join(text).encode("utf-8")).hexdigest()


def publish(book: Book, held: Edition, edition: str, day: date) -> tuple[list[Cells], Edition]:
    """Return the lines of release.csv and the sealed edition once `edition` publishes the book on a day.

    Lines of earlier editions stay; those of this one are made anew. Raises `CompareError` where a row
    published before is gone or was changed without a correction, or where a later edition exists.
    """
    earlier = tuple(one for one in held.editions if one.edition != edition)
    if earlier and (day < earlier[-1].published_on or held.editions[-1] in earlier[:-1]):
        problem = Problem(FILE, "editions", f"{edition} on {day}", f"a day from {earlier[-1].published_on}")
        raise CompareError("An edition follows those before it", [problem])
    now = replace(held, edition=edition, editions=(*earlier, Sealed(edition, day)))
    kept = [line for line in release_lines(book, held) if line["edition"] != edition]
    before = released(kept)
    problems = list(changed_rows(book, held, kept))
    if problems:
        raise CompareError("The earlier editions do not hold", problems)
    rows = [row for row in published_rows(book) if row[0] != EDITION] + list(_edition_rows(now))
    made = [
        {"table": table, "row_id": key, "row_hash": row_hash(cells), "edition": edition}
        for table, key, cells in rows
        if (table, key) not in before or before[table, key].row_hash != row_hash(cells)
    ]
    lines = [*kept, *made]
    count, digest = seal(lines)
    return lines, replace(now, editions=(*earlier, Sealed(edition, day, count, digest)))


def changed_rows(book: Book, held: Edition, lines: list[Cells]) -> Iterator[Problem]:
    """Yield every published row that was changed or dropped without a correction that says so."""
    current = {(table, key): cells for table, key, cells in published_rows(book)}
    corrections: dict[Place, list[Cells]] = {}
    for row in _rows(book, "corrections"):
        corrections.setdefault((row["table"], row["row_id"]), []).append(row)
    codebook = read_codebook(book.root)
    places = [(line["table"], line["row_id"], line["edition"]) for line in _rows(book, "release")]
    numbers = {place: number for number, place in enumerate(places, 2)}
    for (name, key), told in released(lines).items():
        cells, own = current.get((name, key)), corrections.get((name, key), [])
        if (name, key) in BY_EDITION and held.edition != told.last:
            # A new edition carries another name, and may carry another day.
            continue
        if cells is None and name in codebook and _withdrawn(codebook[name], own):
            continue
        if cells is None:
            found, expected = "no such row", "the published row"
        elif told.row_hash not in _hashes(cells, own, held.before(name, told.last)):
            found, expected = "another row than the published one", "its values, or a correction"
        else:
            continue
        todo = f"restore {key} in {name}, or add a row to corrections.csv that gives column, "
        todo, number = f"{todo}old and new value and the reason", numbers[name, key, told.last]
        yield Problem(RELEASE, "row_hash", found, expected, todo, row=number, key=key)


def _withdrawn(table: Table, corrections: list[Cells]) -> bool:
    """Tell whether a correction says that the key of a row became nothing."""
    return any(row["column"] in table.key and row["old"] and not row["new"] for row in corrections)


def corrected_rows(book: Book) -> dict[Place, Cells]:
    """Return the rows that corrections name, as their files write them."""
    named = {(row["table"], row["row_id"]) for row in _rows(book, "corrections")}
    codebook = read_codebook(book.root)
    tables = [codebook[name] for name in {table for table, _ in named} & set(codebook)]
    rows = {(table.name, key): cells for table in tables for key, cells in _keyed(book, table)}
    return {place: cells for place, cells in rows.items() if place in named}


def seals_of_before(book: Book) -> dict[str, str]:
    """Return, by id of a correction, the SHA-256 of the row as it stood before it: this correction and those
    after it taken back, columns left out that the row was given since. A withdrawn row has none.
    """
    columns, rows, seals = edition_of(book.root).columns, corrected_rows(book), {}
    for row in sorted(_rows(book, "corrections"), key=lambda row: row["correction_id"], reverse=True):
        before, day = rows.get((row["table"], row["row_id"])), row["corrected_on"]
        if before is not None and row["column"] in before:
            before[row["column"]] = row["old"]
            added = {one.column for one in columns if one.table == row["table"] and f"{one.added}" >= day}
            kept = {name: cell for name, cell in before.items() if name not in added}
            seals[row["correction_id"]] = row_hash(kept)
    return seals


def seal_corrections(book: Book) -> int:
    """Write the seals of corrections that have none yet into corrections.csv, and return how many."""
    rows, seals = _rows(book, "corrections"), seals_of_before(book)
    bare = [row for row in rows if not row[SEAL] and row["correction_id"] in seals]
    for row in bare:
        row[SEAL] = seals[row["correction_id"]]
    if bare:
        table = read_codebook(book.root)["corrections"]
        write_table(table, rows, book.root / CURATED / table.path)
    return len(bare)


def _keyed(book: Book, table: Table) -> Iterator[tuple[str, Cells]]:
    for cells in _rows(book, table.name):
        yield ";".join(cells[name] for name in table.key), cells


def _rows(book: Book, table: str) -> list[Cells]:
    """Return the cells of a table's rows as its file writes them."""
    columns = read_codebook(book.root)[table].columns
    return [dict(zip(columns, texts, strict=True)) for texts in book.texts[table]]


def _hashes(cells: Cells, corrections: list[Cells], later: set[str]) -> Iterator[str]:
    """Yield the hash of a row as it stands, then with its corrections taken back one by one, latest first.

    Any of these may be the published row: a correction made before the latest edition is already in it.
    Columns added later are left out. Corrections that do not match are left.
    """
    before = {name: cell for name, cell in cells.items() if name not in later}
    yield row_hash(before)
    for row in sorted(corrections, key=lambda row: row["correction_id"], reverse=True):
        if before.get(row["column"]) == row["new"]:
            before[row["column"]] = row["old"]
            yield row_hash(before)
