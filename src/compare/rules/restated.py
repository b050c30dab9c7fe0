"""Rules on statements of one document that belong together: said again, part of another, a baseline."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from compare.errors import Problem
from compare.language.spans import Span
from compare.rules.rows import Cells, Row, grouped, keyed, rows_of
from compare.tables.book import Book

# What two statements of one promise share.
SAME = ("source_id", "indicator_id", "kind", "value_low", "value_high", "unit_id")
# What opens a part, and within how many characters before the value.
PART, NEAR = "其中", 14


def statements_are_linked(book: Book) -> Iterator[Problem]:
    """The same number for the same indicator of a document is one promise: one statement counts, the others
    restate it. Two promises of one number are of two indicators."""
    for rows in grouped(rows_of(book, "targets"), *SAME).values():
        for one, other in combinations(rows, 2):
            if not _linked(one, other):
                todo = f"{one.key} says the same number for the same indicator: "
                yield other.wrong(
                    "restates_target_id", one.key, f"{todo}the less exact one restates the other"
                )


def _linked(one: Row, other: Row) -> bool:
    first, second = (row.text("restates_target_id") for row in (one, other))
    return first == other.key or second == one.key or (first != "" and first == second)


def parts_follow_wholes(book: Book) -> Iterator[Problem]:
    """A part stands behind 其中 after its whole, in its unit and no greater; a baseline is a status of
    the same indicator and document."""
    targets = keyed(book, "targets")
    before = None
    for row in rows_of(book, "targets"):
        behind = PART in _ahead(row)
        whole, baseline = targets.get(row["part_of_target_id"]), targets.get(row["baseline_target_id"])
        if whole is not None:
            yield from _part(row, whole, behind)
        elif behind and before and before["source_id"] == row["source_id"]:
            yield row.problem("part_of_target_id", "", before.key, "the value stands behind 其中")
        same = baseline and all(baseline[name] == row[name] for name in ("source_id", "indicator_id"))
        if baseline is not None and (baseline["kind"] != "status" or not same):
            expected = "a status of the same indicator and document"
            yield row.wrong("baseline_target_id", expected, "correct the id")
        before = row


def _ahead(row: Row) -> str:
    """Return the words just before a value."""
    if row.document is None or not row.has("value_start"):
        return ""
    start = int(row["value_start"])
    return row.document.reading.cut(Span(max(0, start - NEAR), start))


def _part(row: Row, whole: Cells, behind: bool) -> Iterator[Problem]:
    same = all(whole[name] == row[name] for name in ("source_id", "unit_id", "quote"))
    fits = same and behind and whole["value_end"] <= row["value_start"]
    if not fits or (whole["value_low"] or 0) < (row["value_low"] or 0):
        expected = "the nearest whole before it, in the same quote and unit"
        todo = "a part stands behind 其中 and is no greater than its whole"
        yield row.wrong("part_of_target_id", expected, todo)
