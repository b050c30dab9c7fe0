"""Rules across figures from elsewhere: two sources of one figure, a part above its whole, a leap in time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from compare.errors import Problem
from compare.language.numerals import rounding_step
from compare.rules.facts import FACTS
from compare.rules.rows import Cells, Row, grouped, rows_of, told
from compare.tables.book import Book

# What two rows must share to be figures of one thing, and of one thing on one day.
ONE = ("indicator_id", "measure_id", "unit_id", "basis", "act", "scope_zh", "denominator_zh")
DAY = (*ONE, "date_on")
# Within these years no population, area or product of a place doubles or halves.
YEARS, TIMES = 5, 2
# No source rounds away more than this share: 10,000 and 6,000 are two figures.
ROUNDED = 0.05
TOTALS = ("stock", "flow", "ambiguous")


def sources_agree(book: Book) -> Iterator[Problem]:
    """One source says a figure once; two that differ by more than their rounding both say so in a note."""
    for table in FACTS:
        for rows in grouped(rows_of(book, table), "place_id", *DAY).values():
            for one, other in combinations(rows, 2):
                yield from _two(one, other)


def _two(one: Row, other: Row) -> Iterator[Problem]:
    if one["url"] == other["url"]:
        figure = "the same" if one["value"] == other["value"] else "another"
        todo = f"{one['fact_id']} is {figure} figure of the same page for the same place, measure and day: "
        yield other.wrong("fact_id", "one row per figure and source", f"{todo}keep one")
    elif not within_rounding(one.cells, other.cells):
        for row, also in ((one, other), (other, one)):
            if not row.has("note"):
                todo = f"{also['fact_id']} of another source says {also.text('value')}"
                yield row.wrong("note", "why the two differ", todo)


def within_rounding(one: Cells, other: Cells) -> bool:
    """Return whether the rounder of two values is the other one rounded, or a bound that it keeps.

    >>> about = {"value": 9202000.0, "comparator": "approx"}
    >>> within_rounding(about, {"value": 9202400.0, "comparator": "eq"})
    True
    >>> within_rounding({"value": 9202000.0, "comparator": "eq"}, {"value": 9300000.0, "comparator": "eq"})
    False
    >>> within_rounding({"value": 10000.0, "comparator": "eq"}, {"value": 6000.0, "comparator": "eq"})
    False
    """
    values = one["value"], other["value"]
    for bound, value in ((one, other), (other, one)):
        exact = bound["comparator"] in ("ge", "gt") and value["comparator"] == "eq"
        if exact and value["value"] >= bound["value"]:
            return True
    step = max(map(rounding_step, values))
    return bool(abs(values[0] - values[1]) <= min(step / 2, ROUNDED * max(map(abs, values))))


def figures_are_in_proportion(book: Book) -> Iterator[Problem]:
    """No reference value leaps between years, and no city's total stands above its province's unexplained."""
    kinds = told(book, "measures", "kind")
    series: dict[tuple[str, ...], list[Row]] = {}
    for row in rows_of(book, "reference"):
        # Counts of people by census and by year's end are one series; households are counted in several ways.
        measure, unit = row.text("measure_id"), row["unit_id"]
        of = str(kinds.get(measure)) if unit == "person" else measure
        series.setdefault((row["place_id"], of, unit), []).append(row)
    for rows in series.values():
        for one, other in combinations(rows, 2):
            yield from _leap(one, other)
    parents = told(book, "places", "parent_id")
    for table in FACTS:
        for rows in grouped(rows_of(book, table), *DAY).values():
            for part in rows:
                for whole in rows:
                    if whole["place_id"] == parents[part["place_id"]]:
                        yield from _above(part, whole)


def _leap(one: Row, other: Row) -> Iterator[Problem]:
    low, high = sorted((one["value"], other["value"]))
    dated = one.has("date_on") and other.has("date_on")
    near = dated and abs(one["date_on"].year - other["date_on"].year) <= YEARS
    if near and low > 0 and high / low >= TIMES:
        todo = f"within {YEARS} years nothing of the kind doubles or halves: correct the wrong one"
        yield other.wrong("value", f"a value near the {one.text('value')} of {one['fact_id']}", todo)


def _above(part: Row, whole: Row) -> Iterator[Problem]:
    """Yield the total of a place that exceeds that of the place above it for the same thing and day."""
    total = part["basis"] in TOTALS and part["unit_id"] not in ("rank", "class")
    if total and part["value"] > whole["value"] and not part.has("note"):
        todo = f"{whole['fact_id']} is the total of the place above: say in note how a part exceeds it"
        yield part.wrong("value", f"{whole.text('value')} or less, or a note", todo)
