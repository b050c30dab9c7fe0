"""Rules on statements of one document that belong together: said again, part of another, a baseline."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pandas as pd

from compare.errors import Problem
from compare.rules.rows import Row, rows_of, shown
from compare.tables.book import Book

# What two statements of one promise share.
SAME = ("source_id", "indicator_id", "kind", "value_low", "value_high", "unit_id")
PART = ("其中", "其中,", "其中，")


def statements_are_linked(book: Book) -> Iterator[Problem]:
    """The same number for the same indicator of a document is one promise: one statement counts, the others
    restate it. Two promises of one number are of two indicators."""
    held: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows_of(book, "targets"):
        held.setdefault(tuple(shown(row.cells[name]) for name in SAME), []).append(row)
    for rows in held.values():
        for one, other in combinations(rows, 2):
            if not _linked(one, other):
                yield other.problem(
                    "restates_target_id",
                    other.cells["restates_target_id"],
                    one.key,
                    f"{one.key} says the same number for the same indicator: "
                    "the less exact one restates the other",
                )


def _linked(one: Row, other: Row) -> bool:
    first, second = (shown(row.cells["restates_target_id"]) for row in (one, other))
    return first == other.key or second == one.key or (first != "" and first == second)


def parts_follow_wholes(book: Book) -> Iterator[Problem]:
    """A part stands behind 其中 after its whole, in its unit and no greater; a baseline is a status of
    the same indicator and document."""
    targets = {cells["target_id"]: cells for cells in book.records("targets")}
    before: dict[str, Any] = {}
    for row in rows_of(book, "targets"):
        cells = row.cells
        document = book.documents.get(cells["source_id"])
        ahead = document.reading.cut(_ahead(cells)) if document and not pd.isna(cells["value_start"]) else ""
        whole = targets.get(cells["part_of_target_id"])
        if whole is not None:
            yield from _part(row, whole, ahead)
        elif "其中" in ahead and before.get("source_id") == cells["source_id"]:
            yield row.problem(
                "part_of_target_id", "", shown(before["target_id"]), "the value stands behind 其中"
            )
        baseline = targets.get(cells["baseline_target_id"])
        if baseline is not None and (
            baseline["kind"] != "status"
            or any(baseline[name] != cells[name] for name in ("source_id", "indicator_id"))
        ):
            yield row.problem(
                "baseline_target_id",
                baseline["target_id"],
                "a status of the same indicator and document",
                "correct the id",
            )
        before = cells


def _ahead(cells: dict[str, Any]) -> Any:
    from compare.language.spans import Span

    return Span(max(0, int(cells["value_start"]) - 14), int(cells["value_start"]))


def _part(row: Row, whole: dict[str, Any], ahead: str) -> Iterator[Problem]:
    cells = row.cells
    same = all(whole[name] == cells[name] for name in ("source_id", "unit_id"))
    fits = same and whole["value_end"] <= cells["value_start"] and "其中" in ahead
    if not fits or (whole["value_low"] or 0) < (cells["value_low"] or 0) or whole["quote"] != cells["quote"]:
        yield row.problem(
            "part_of_target_id",
            cells["part_of_target_id"],
            "the nearest whole before it, in the same quote and unit",
            "a part stands behind 其中 and is no greater than its whole",
        )
