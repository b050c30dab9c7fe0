"""Rules on rows that say the same: every statement once per span, every name once, ids without a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from compare.errors import Problem
from compare.rules.rows import Row, rows_of
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
# What two rows of a table may not both hold.
NAMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("places", ("division_code",)),
    ("places", ("name_zh", "parent_id")),
    ("places", ("name_en", "parent_id")),
    ("topics", ("name_zh",)),
    ("topics", ("name_en",)),
    ("units", ("name_zh", "name_en")),
    ("units", ("name_en",)),
    ("indicators", ("name_zh",)),
    ("indicators", ("name_en",)),
    ("indicators", ("definition_zh",)),
    ("measures", ("name_zh",)),
    ("measures", ("name_en",)),
    ("agencies", ("place_id", "name_zh")),
    ("sources", ("place_id", "title_zh")),
    ("sources", ("document_number",)),
    ("sources", ("path",)),
    ("sources", ("sha256",)),
    ("number_rules", ("pattern",)),
    ("corrections", ("table", "row_id", "column", "old", "new")),
    ("mentions", ("source_id", "indicator_id", "quote_start")),
    ("targets", ("source_id", "value_start", "indicator_id")),
)
# Ids that end in a running number: they are given one after the other and never again.
NUMBERED = (
    "reference",
    "outcomes",
    "outside_targets",
    "corrections",
    "number_rules",
    "ledger",
    "deadlines",
    "commitments",
    "other_clauses",
    "targets",
    "mentions",
)
# Tasks carry the numbers that the document prints, so that theirs may begin anywhere.
FROM_ANYWHERE = ("tasks",)
NUMBER = re.compile("(?P<stem>.*?)(?P<number>[0-9]+)")


def statements_stand_once(book: Book) -> Iterator[Problem]:
    """No two rows of a document claim the same words, where one would do."""
    for tables in APART:
        spans: dict[str, list[tuple[int, int, Row]]] = {}
        for table, start, end in tables:
            for row in rows_of(book, table):
                first, last = row.cells[start], row.cells[end]
                if not pd.isna(first) and not pd.isna(last):
                    if first >= last:
                        yield row.problem(
                            end, last, f"a place behind {first}", "no words end before they begin"
                        )
                        continue
                    spans.setdefault(row.cells["source_id"], []).append((int(first), int(last), row))
        for found in spans.values():
            found.sort(key=lambda entry: entry[:2])
            for (_, last, one), (first, _, other) in pairwise(found):
                if first < last:
                    yield other.problem(
                        tables[0][1],
                        first,
                        f"words from {last} on, or another row's",
                        f"the row {one.key} holds these words already: keep one of the two",
                    )


def names_stand_once(book: Book) -> Iterator[Problem]:
    """No two rows of a table are the same but for their key."""
    for table, columns in NAMES:
        held: dict[tuple[str, ...], Row] = {}
        for row in rows_of(book, table):
            values = [row.cells[name] for name in columns]
            if all(pd.isna(value) for value in values) or (len(values) == 1 and pd.isna(values[0])):
                continue
            key = tuple("" if pd.isna(value) else str(value) for value in values)
            if key in held:
                yield row.problem(
                    " and ".join(columns),
                    ", ".join(key),
                    "words that stand once",
                    f"the row {held[key].key} says the same: keep one of the two",
                )
            else:
                held[key] = row


def ids_run_on(book: Book) -> Iterator[Problem]:
    """Running numbers of ids start at 1 and leave none out; a withdrawn row is named in corrections.csv."""
    withdrawn = _withdrawn(book)
    for table in (*NUMBERED, *FROM_ANYWHERE):
        series: dict[str, dict[int, Row]] = {}
        for row in rows_of(book, table):
            match = NUMBER.fullmatch(str(row.key))
            if match is None:
                yield row.problem(
                    row.key_column, row.key, "an id that ends in a number", "give it the next one"
                )
                continue
            series.setdefault(match["stem"], {})[int(match["number"])] = row
        for stem, rows in series.items():
            yield from _gaps(table, stem, rows, withdrawn)


def _withdrawn(book: Book) -> set[tuple[str, str]]:
    """Return table and id of the rows of which a correction says that their key became nothing."""
    return {
        (cells["table"], cells["row_id"])
        for cells in book.records("corrections")
        if pd.isna(cells["new"]) and cells["old"] == cells["row_id"]
    }


def _gaps(table: str, stem: str, rows: dict[int, Row], withdrawn: set[tuple[str, str]]) -> Iterator[Problem]:
    width = len(str(next(iter(rows.values())).key)) - len(stem)
    first = [] if table in FROM_ANYWHERE else [0]
    if 0 in rows:
        yield rows[0].problem(
            rows[0].key_column, rows[0].key, f"{stem}{1:0{width}d} or higher", "ids start at 1"
        )
    for before, number in pairwise([*first, *sorted(rows)]):
        missing = [f"{stem}{lost:0{width}d}" for lost in range(before + 1, min(number, before + 4))]
        missing = [name for name in missing if (table, name) not in withdrawn]
        if missing:
            row = rows[number]
            told = row.problem(
                row.key_column,
                row.key,
                missing[0],
                f"{missing[0]} is missing before it: restore that row, number this one after the last, or "
                "name "
                "the withdrawn row in corrections.csv",
            )
            # This row stands where it should: what the missing one leaves uncoded is still looked for.
            yield replace(told, source=None)


def ids_name_their_place(book: Book) -> Iterator[Problem]:
    """The id of a row names the city whose folder it stands in, that of a document the place it is of."""
    for table in ("tasks", "ledger", "deadlines", "commitments", "other_clauses", "targets", "mentions"):
        for row in rows_of(book, table):
            if str(row.key).split("-")[1:2] != [row.cells["city_id"]]:
                yield row.problem(
                    row.key_column,
                    row.key,
                    f"an id of {row.cells['city_id']}",
                    f"the row stands in the folder {row.cells['city_id']}/",
                )
    for table in ("sources", "agencies"):
        for row in rows_of(book, table):
            if not str(row.key).startswith(f"{row.cells['place_id']}-"):
                yield row.problem(
                    row.key_column,
                    row.key,
                    f"an id that begins with {row.cells['place_id']}-",
                    f"place_id is {row.cells['place_id']}",
                )
