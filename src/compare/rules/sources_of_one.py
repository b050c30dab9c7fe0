"""Rules across figures from elsewhere: two sources of one figure, a part above its whole, a leap in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import pandas as pd

from compare.errors import Problem
from compare.language.numerals import rounding_step
from compare.rules.facts import FACTS
from compare.rules.rows import Row, rows_of
from compare.tables.book import Book

# What two rows must share to be figures of one thing.
ONE = ("place_id", "indicator_id", "measure_id", "unit_id", "basis", "act", "scope_zh", "denominator_zh")
# Within these years no population, area or product of a place doubles or halves.
YEARS, TIMES = 5, 2
# No source rounds away more than this share: 10,000 and 6,000 are two figures.
ROUNDED = 0.05


def sources_agree(book: Book) -> Iterator[Problem]:
    """One source says a figure once; two that differ by more than their rounding both say so in a note."""
    for table in FACTS:
        for rows in _groups(book, table, (*ONE, "date_on")):
            for one, other in combinations(rows, 2):
                yield from _two(one, other)


def _two(one: Row, other: Row) -> Iterator[Problem]:
    if one.cells["url"] == other.cells["url"]:
        same = _equal(one.cells["value"], other.cells["value"])
        yield other.problem(
            "fact_id",
            other.cells["fact_id"],
            "one row per figure and source",
            f"{one.cells['fact_id']} {'is the same figure' if same else 'is another figure'} of the same "
            "page "
            "for the same place, measure and day: keep one",
        )
    elif not within_rounding(one.cells, other.cells):
        for row, told in ((one, other), (other, one)):
            if pd.isna(row.cells["note"]):
                yield row.problem(
                    "note",
                    "",
                    "why the two differ",
                    f"{told.cells['fact_id']} of another source says {told.cells['value']:.15g}",
                )


def within_rounding(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether the rounder of two values is the other one rounded, or a bound that it keeps.

    >>> about = {"value": 9202000.0, "comparator": "approx"}
    >>> within_rounding(about, {"value": 9202400.0, "comparator": "eq"})
    True
    >>> within_rounding({"value": 9202000.0, "comparator": "eq"}, {"value": 9300000.0, "comparator": "eq"})
    False
    >>> within_rounding({"value": 10000.0, "comparator": "eq"}, {"value": 6000.0, "comparator": "eq"})
    False
    """
    for bound, value in ((one, other), (other, one)):
        if (
            bound["comparator"] in ("ge", "gt")
            and value["comparator"] == "eq"
            and value["value"] >= bound["value"]
        ):
            return True
    step = max(rounding_step(one["value"]), rounding_step(other["value"]))
    largest = max(abs(one["value"]), abs(other["value"]))
    return bool(abs(one["value"] - other["value"]) <= min(step / 2, ROUNDED * largest))


def figures_are_in_proportion(book: Book) -> Iterator[Problem]:
    """No reference value leaps between years, and no city's total stands above its province's unexplained."""
    for rows in _groups(book, "reference", ("place_id", "series", "unit_id")):
        for one, other in combinations(rows, 2):
            yield from _leap(one, other)
    yield from _above(book)


def _leap(one: Row, other: Row) -> Iterator[Problem]:
    first, second = one.cells["value"], other.cells["value"]
    days = (one.cells["date_on"], other.cells["date_on"])
    near = not any(pd.isna(day) for day in days) and abs(days[0].year - days[1].year) <= YEARS
    if near and min(first, second) > 0 and max(first, second) / min(first, second) >= TIMES:
        yield other.problem(
            "value",
            f"{second:.15g}",
            f"a value near the {first:.15g} of {one.cells['fact_id']}",
            f"within {YEARS} years nothing of the kind doubles or halves: correct the wrong one",
        )


def _above(book: Book) -> Iterator[Problem]:
    """Yield the totals of places that exceed those of the place above them for the same thing and day."""
    places = book.places.set_index("place_id").to_dict("index")
    for table in FACTS:
        for rows in _groups(book, table, (*ONE[1:], "date_on")):
            held: dict[str, list[Row]] = {}
            for row in rows:
                held.setdefault(row.cells["place_id"], []).append(row)
            for row in rows:
                parent = places[row.cells["place_id"]]["parent_id"]
                for whole in held.get(parent, []):
                    yield from _part(row, whole)


def _part(row: Row, whole: Row) -> Iterator[Problem]:
    total = row.cells["basis"] in ("stock", "flow", "ambiguous") and row.cells["unit_id"] not in (
        "rank",
        "class",
    )
    if total and row.cells["value"] > whole.cells["value"] and pd.isna(row.cells["note"]):
        yield row.problem(
            "value",
            f"{row.cells['value']:.15g}",
            f"{whole.cells['value']:.15g} or less, or a note",
            f"{whole.cells['fact_id']} is the total of the place above: say in note how a part exceeds it",
        )


def _groups(book: Book, table: str, keys: Iterable[str]) -> Iterator[list[Row]]:
    """Yield the rows of a table that share the values of `keys`, of which absent columns count as empty."""
    kinds = dict(zip(book.measures["measure_id"], book.measures["kind"], strict=True))
    held: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows_of(book, table):
        # Counts of people by census and by year's end are one series; households are counted in several ways.
        measure = row.cells["measure_id"]
        cells = row.cells | {"series": kinds.get(measure) if row.cells["unit_id"] == "person" else measure}
        values = [cells.get(key) for key in keys]
        held.setdefault(tuple(None if pd.isna(value) else value for value in values), []).append(row)
    yield from (rows for rows in held.values() if len(rows) > 1)


def _equal(one: float, other: float) -> bool:
    return bool(one == other)
