"""What holds between two places' promises whatever their open points turn out to be.

A promise leaves points open; each way to settle them all is a reading. What stands is promised by a day: only
the last day that keeps the promise counts, so that "2020" and "December 2020" are due alike. What comes about
is promised for a period, and compares within the same one alone: a month's is not a year's. Amounts and dates
order promises in part only (B. A. Davey and H. A. Priestley, Introduction to Lattices and Order, 2002, ch.
1): of two promises one may ask for more and give more time. Nothing is interpolated, and figures that differ
in unit, act, denominator or scope stay apart under every reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pandas as pd

from compare.analysis.alike import Figure, Measure, measure_of, require_item
from compare.analysis.bounds import interval, limits
from compare.analysis.figures import promised
from compare.analysis.panel import chosen
from compare.analysis.ranks import AS_STATED, PER, better, reference_by_row
from compare.analysis.readings import Divisor, Reading, divisor, obstacles, readings
from compare.asked import Names
from compare.tables.book import Book

ORDER = ["item_id", "left", "left_id", "right", "right_id", "normaliser", "amount", "time", "relation",
         "better", "readings", "broken_by", "reference_ids"]  # fmt: skip
# What holds of two amounts or two days: at least, at most, and not the same.
GE, LE, NE = "ge", "le", "ne"
NONE: frozenset[str] = frozenset()
AMOUNTS = {
    frozenset({GE, LE}): "same", frozenset({GE, NE}): "more", frozenset({LE, NE}): "less",
    frozenset({GE}): "at_least", frozenset({LE}): "at_most", NONE: "not_told",
}  # fmt: skip
TIMES = {"same": "same", "more": "later", "less": "earlier", "not_told": "not_told"}
# What is said where time and amount point the same way, and where one asks for more but gives more time.
RELATIONS = {
    ("same", "same"): "same",
    ("more", "later"): "more_later",
    ("less", "earlier"): "less_earlier",
} | {
    (amount, time): relation
    for relation, amounts, times in (
        ("at_least", ("same", "more", "at_least"), ("same", "earlier")),
        ("at_most", ("same", "less", "at_most"), ("same", "later")),
    )
    for amount in amounts
    for time in times
    if (amount, time) != ("same", "same")
}
# More than n begins just above n, less than n ends just below.
MARKS = {"gt": 1, "lt": -1}
# An end of an amount: a number, and whether it is itself reached (0), passed (1) or not reached (-1).
End = tuple[float, int] | None


def order(book: Book, item: str, city: Names = None) -> pd.DataFrame:
    """Return what holds between the promises of every two places, a row per pair of figures and normaliser.

    `amount` is same, more, less, at_least, at_most or not_told of the left figure against the right one,
    where less is `better` the better amount being more; `time` is same, earlier, later or not_told;
    `relation` is at_least (as much and as early), at_most, more_later, less_earlier, same or not_told.
    It holds under all readings where `readings` is empty, else under those that it names (`bound=written;
    draft=in`), and `broken_by` names what would break it; where nothing holds, why. `normaliser` is
    as_stated, or the measure by which both are divided: another question, with its own answer, which holds
    with each of the values at hand of that measure and day, rounded ones anywhere within their rounding, or
    rests on `reference=taken`; `reference_ids` name them, those taken first. Raises UnknownName for an
    unknown indicator, measure or city.
    """
    require_item(book, item)
    cities = chosen(book, city)
    figures = promised(book, cities)
    figures = _with_plans(book, figures[figures["item_id"] == item])
    own = sorted(figures.to_dict("records"), key=lambda figure: cities.index(figure["place_id"]))
    way = better(book, item)
    rows = (
        row
        for left, right in combinations(own, 2)
        if left["place_id"] != right["place_id"]
        for row in _rows(book, left, right, way)
    )
    return pd.DataFrame(rows, columns=ORDER)


def _with_plans(book: Book, figures: pd.DataFrame) -> pd.DataFrame:
    """Return figures with their year, where their date comes from, and the first day of their plan."""
    starts = book.sources.set_index("source_id")["period_start"]
    origins = book.targets.set_index("target_id")["due_source"]
    return figures.assign(
        due_year=figures["due_on"].dt.year,
        due_source=figures["row_id"].map(origins),
        plan_start=pd.to_datetime(figures["source_id"].map(starts)),
    )


def _rows(book: Book, left: Figure, right: Figure, way: str) -> Iterator[dict[str, Any]]:
    head = {
        "item_id": left["item_id"],
        "left": left["place_id"], "left_id": left["row_id"],
        "right": right["place_id"], "right_id": right["row_id"], "better": way,
    }  # fmt: skip
    told = relation(left, right, way)
    yield head | {"normaliser": AS_STATED, "reference_ids": ""} | told
    if told["broken_by"] and told["relation"] == "not_told" and told["broken_by"] not in ("amount", "time"):
        # What does not compare in total does not compare per resident.
        return
    for normaliser, by in _facts(book, left, right).items():
        sides = [by[one["row_id"]].fact_ids for one in (left, right)]
        ids = ";".join(dict.fromkeys([*(ids[0] for ids in sides), *(name for ids in sides for name in ids)]))
        yield head | {"normaliser": normaliser, "reference_ids": ids} | relation(left, right, way, by)


def amounts(
    left: Figure, right: Figure, reading: Reading, way: str, by: dict[str, Divisor] | None = None
) -> frozenset[str]:
    """Return what holds of two amounts under one reading: ge, le, ne; nothing where they do not compare."""
    if obstacles(left, right, reading, way):
        return NONE
    within = _limits(left, right)
    (least, most), (low, high) = (_ends(one, reading, by, within) for one in (left, right))
    over, under = _over(least, high), _over(low, most)
    held = over | {LE if name == GE else name for name in under}
    return frozenset({GE: LE, LE: GE}.get(name, name) for name in held) if way == "lower" else held


def times(left: Figure, right: Figure) -> str:
    """Return whether the left figure is due earlier than the right one, later, on the same day, or unsaid."""
    first, second = left["due_on"], right["due_on"]
    if pd.isna(first) or pd.isna(second):
        # What recurs alike is due alike.
        recurs = pd.notna(left["recurrence"]) and left["recurrence"] == right["recurrence"]
        return "same" if recurs and pd.isna(first) and pd.isna(second) else "not_told"
    return "same" if first == second else "earlier" if first < second else "later"


def relation(
    left: Figure, right: Figure, way: str = "higher", by: dict[str, Divisor] | None = None
) -> dict[str, str]:
    """Return what holds of two figures under as many readings as possible, as the columns of `order` tell it.

    `way` is higher, lower or none, as more or less is better; `by` the reference value of each to divide by.
    """
    told = {one: amounts(left, right, one, way, by) for one in readings(left, right, by)}
    time = times(left, right)
    fields = [name for name in Reading._fields if len({getattr(one, name) for one in told}) > 1]
    for size in range(len(fields) + 1):
        for fixed in combinations(fields, size):
            for values in dict.fromkeys(tuple(getattr(one, name) for name in fixed) for one in told):
                kept = [
                    held for one, held in told.items()
                    if tuple(getattr(one, name) for name in fixed) == values
                ]  # fmt: skip
                amount = AMOUNTS[_common(kept)]
                found = RELATIONS.get((amount, time), "")
                if found:
                    settled = ";".join(f"{name}={value}" for name, value in zip(fixed, values, strict=True))
                    return _told(amount, time, found, settled, ";".join(fixed))
    why = min((obstacles(left, right, one, way) for one in told), key=len)
    amount = AMOUNTS[_common(list(told.values()))]
    if not why:
        why = ["amount" if amount == "not_told" else "time"]
    return _told(amount, time, "not_told", "", ";".join(why))


def _told(amount: str, time: str, relation: str, settled: str, broken: str) -> dict[str, str]:
    return {"amount": amount, "time": time, "relation": relation, "readings": settled, "broken_by": broken}


def _common(held: list[frozenset[str]]) -> frozenset[str]:
    """Return what all readings share: not being the same means something only beside a direction."""
    shared = frozenset.intersection(*held)
    return shared if shared & {GE, LE} else NONE


def _limits(left: Figure, right: Figure) -> tuple[float | None, float | None]:
    """Return the least and the most that either figure can be; one written beyond a limit lifts it."""
    floor, top = limits(measure_of(left))
    for one in (left, right):
        ends = [float(one[name]) for name in ("value_low", "value_high") if not pd.isna(one[name])]
        strict = one["comparator"] in ("gt", "lt")
        if floor is not None and (min(ends) < floor or (strict and min(ends) == floor)):
            floor = None
        if top is not None and (max(ends) > top or (strict and max(ends) == top)):
            top = None
    return floor, top


def _ends(
    figure: Figure, reading: Reading, by: dict[str, Divisor] | None, within: tuple[float | None, float | None]
) -> tuple[End, End]:
    """Return the least and the most under a reading, per 10,000 where it is divided; None is open."""
    low, high = figure["value_low"], figure["value_high"]
    mark = MARKS.get(figure["comparator"], 0)
    if reading.bound == "written":
        ends = (high if pd.isna(low) else low, low if pd.isna(high) else high)
        marks = (mark, mark)
    else:
        ends = interval(figure, *within)
        marks = (max(mark, 0), min(mark, 0))
    by_low, by_high = _divisors(figure, reading, by)
    return _end(ends[0], marks[0], by_high), _end(ends[1], marks[1], by_low)


def _end(number: float | None, mark: int, by: float) -> End:
    return None if number is None or not by else (float(number) / by * PER, mark)


def _divisors(figure: Figure, reading: Reading, by: dict[str, Divisor] | None) -> tuple[float, float]:
    """Return the least and the most that a figure is divided by under a reading."""
    if by is None:
        return PER, PER
    one = by[figure["row_id"]]
    return (one.low, one.high) if reading.reference == "any" else (one.taken, one.taken)


def _over(low: End, high: End) -> frozenset[str]:
    """Return what holds where one amount begins at `low` and the other ends at `high`; None is open."""
    if low is None or high is None or low < high:
        return NONE
    return frozenset({GE, NE} if low > high else {GE})


def _facts(book: Book, left: Figure, right: Figure) -> dict[str, dict[str, Divisor]]:
    """Return, for each measure that both figures can be divided by, the reference value of each."""
    basis = next((one["basis"] for one in (left, right) if one["basis"] != "ambiguous"), "stock")
    measure: Measure = measure_of(left)._replace(basis=basis)
    both, rows = reference_by_row(book, measure, [left, right]), {left["row_id"], right["row_id"]}
    return {
        name: {row: divisor(book, by[row]) for row in sorted(rows)}
        for name, by in both.items()
        if rows <= set(by)
    }
