"""Rules on rows that say the same: every statement once per span, every name once, ids without a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from compare.errors import Problem
from compare.rules.rows import Row, grouped, rows_of
from compare.tables.book import Book

# Rows of one document that may not share a character.
APART = (
    (("commitments", "start", "end"), ("other_clauses", "start", "end")),
    (("deadlines", "due_start", "due_end"),),
    (("tasks", "start", "end"),),
    (("ledger", "start", "end"),),
    (("exclusions", "start", "end"),),
    (("furniture", "start", "end"),),
)
# By table: the columns that two rows may not both hold.
NAMES: dict[str, tuple[tuple[str, ...], ...]] = {
    "places": (("division_code",), ("name_zh", "parent_id"), ("name_en", "parent_id")),
    "topics": (("name_zh",), ("name_en",)),
    "units": (("name_zh", "name_en"), ("name_en",)),
    "indicators": (("name_zh",), ("name_en",), ("definition_zh",)),
    "measures": (("name_zh",), ("name_en",)),
    "agencies": (("place_id", "name_zh"),),
    "sources": (("place_id", "title_zh"), ("document_number",), ("path",), ("sha256",)),
    "number_rules": (("pattern",),),
    "corrections": (("table", "row_id", "column", "old", "new"),),
    "mentions": (("source_id", "indicator_id", "quote_start"),),
    "targets": (("source_id", "value_start", "indicator_id"),),
}
# Ids that end in a running number: they are given one after the other and never again.
NUMBERED: tuple[str, ...] = (
    "reference",
    "outcomes",
    "outside_targets",
    "corrections",
    "number_rules",
    "ledger",
)
NUMBERED += ("deadlines", "commitments", "other_clauses", "targets", "mentions")
# Tasks carry the numbers that the document prints, so that theirs may begin anywhere.
FROM_ANYWHERE = ("tasks",)
NUMBER = re.compile("(?P<stem>.*?)(?P<number>[0-9]+)")
IN_FOLDERS = ("tasks", "ledger", "deadlines", "commitments", "other_clauses", "targets", "mentions")


def statements_stand_once(book: Book) -> Iterator[Problem]:
    """No two rows of a document claim the same words, where one would do."""
    for tables in APART:
        spans: dict[str, list[tuple[int, int, Row]]] = {}
        for table, start, end in tables:
            for row in rows_of(book, table):
                if not row.has(start) or not row.has(end):
                    continue
                first, last = int(row[start]), int(row[end])
                if first < last:
                    spans.setdefault(row["source_id"], []).append((first, last, row))
                else:
                    yield row.wrong(end, f"a place behind {first}", "no words end before they begin")
        for found in spans.values():
            found.sort(key=lambda entry: entry[:2])
            for (_, last, one), (first, _, other) in pairwise(found):
                if first < last:
                    todo = f"the row {one.key} holds these words already: keep one of the two"
                    expected = f"words from {last} on, or another row's"
                    yield other.problem(tables[0][1], first, expected, todo)


def names_stand_once(book: Book) -> Iterator[Problem]:
    """No two rows of a table are the same but for their key."""
    for table, names in NAMES.items():
        for columns in names:
            for values, (first, *others) in grouped(rows_of(book, table), *columns).items():
                for row in others if any(values) else ():
                    todo = f"the row {first.key} says the same: keep one of the two"
                    found = ", ".join(values)
                    yield row.problem(" and ".join(columns), found, "words that stand once", todo)


def ids_run_on(book: Book) -> Iterator[Problem]:
    """Running numbers of ids start at 1 and leave none out; a withdrawn row is named in corrections.csv."""
    # A correction says of it that its key became nothing.
    corrections = [row for row in rows_of(book, "corrections") if not row.has("new")]
    withdrawn = {(row["table"], row["row_id"]) for row in corrections if row["old"] == row["row_id"]}
    for table in (*NUMBERED, *FROM_ANYWHERE):
        series: dict[str, dict[int, Row]] = {}
        for row in rows_of(book, table):
            match = NUMBER.fullmatch(row.key)
            if match is None:
                yield row.wrong(row.key_column, "an id that ends in a number", "give it the next one")
            else:
                series.setdefault(match["stem"], {})[int(match["number"])] = row
        for stem, rows in series.items():
            yield from _gaps(table, stem, rows, withdrawn)


def _gaps(table: str, stem: str, rows: dict[int, Row], withdrawn: set[tuple[str, str]]) -> Iterator[Problem]:
    width = len(next(iter(rows.values())).key) - len(stem)
    first = [] if table in FROM_ANYWHERE else [0]
    if 0 in rows:
        yield rows[0].wrong(rows[0].key_column, f"{stem}{1:0{width}d} or higher", "ids start at 1")
    for before, number in pairwise([*first, *sorted(rows)]):
        missing = [f"{stem}{lost:0{width}d}" for lost in range(before + 1, min(number, before + 4))]
        missing = [name for name in missing if (table, name) not in withdrawn]
        if missing:
            row = rows[number]
            todo = f"{missing[0]} is missing before it: restore that row, number this one after the last, or "
            told = row.wrong(row.key_column, missing[0], f"{todo}name the withdrawn row in corrections.csv")
            # This row stands where it should: what the missing one leaves uncoded is still looked for.
            yield replace(told, source=None)


def ids_name_their_place(book: Book) -> Iterator[Problem]:
    """The id of a row names the city whose folder it stands in, that of a document the place it is of."""
    for row in rows_of(book, *IN_FOLDERS):
        city = row["city_id"]
        if row.key.split("-")[1:2] != [city]:
            yield row.wrong(row.key_column, f"an id of {city}", f"the row stands in the folder {city}/")
    for row in rows_of(book, "sources", "agencies"):
        place = row["place_id"]
        if not row.key.startswith(f"{place}-"):
            yield row.wrong(row.key_column, f"an id that begins with {place}-", f"place_id is {place}")
