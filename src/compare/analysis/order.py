"""What holds between two places' promises whatever their open points turn out to be.

A promise leaves points open: whether "1,500" counts what stands or what is new, how far "at least 90%" goes,
whether a draft is issued, whether a figure from elsewhere is right. Each way to settle them all is a reading.
Amounts and dates order promises in part only (B. A. Davey and H. A. Priestley, Introduction to Lattices and
Order, 2002, ch. 1): of two promises one may ask for more and give more time. Nothing is interpolated, and
figures that differ in unit, act, denominator or scope stay apart under every reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any, NamedTuple

import pandas as pd

from compare.analysis.alike import Figure, Measure, measure_of, require_item
from compare.analysis.bounds import interval, limits
from compare.analysis.differences import BY_CODE, MEASURE, differing
from compare.analysis.figures import promised
from compare.analysis.panel import chosen
from compare.analysis.ranks import AS_STATED, PER, better, reference_by_row
from compare.asked import Names
from compare.tables.book import Book

ORDER = ["item_id", "left", "left_id", "right", "right_id", "normaliser", "amount", "time", "relation",
         "readings", "broken_by", "reference_ids"]  # fmt: skip
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
# Bases that count what comes about within a period, so that two of them compare within one period only.
WITHIN = ("flow", "growth")


class Reading(NamedTuple):
    """One way to settle every open point of two figures; what is not open stands at its first value.

    `bound` takes "at least" and "about" as the number written, or as open as it is; `left_basis` and
    `right_basis` say what a figure of open basis counts; `draft` and `confidence` let in, or leave out,
    drafts and figures from elsewhere that are not of high confidence.
    """

    bound: str = "written"
    left_basis: str = ""
    right_basis: str = ""
    draft: str = "in"
    confidence: str = "all"


def order(book: Book, item: str, city: Names = None) -> pd.DataFrame:
    """Return what holds between the promises of every two places, a row per pair of figures and normaliser.

    `amount` is same, more, less, at_least, at_most or not_told of the left figure against the right one,
    where less is better the better amount being more; `time` is same, earlier, later or not_told;
    `relation` is at_least (as much and as early), at_most, more_later, less_earlier, same or not_told.
    It holds under all readings where `readings` is empty, else under those that it names (`bound=written;
    draft=in`), and `broken_by` names what would break it; where nothing holds, why. `normaliser` is
    as_stated, or the measure by which both are divided: another question, with its own answer, whose
    facts `reference_ids` name and which takes them as given. Raises UnknownName for an unknown indicator,
    measure or city.
    """
    require_item(book, item)
    cities = chosen(book, city)
    figures = promised(book, cities)
    figures = figures.assign(due_year=figures["due_on"].dt.year)[figures["item_id"] == item]
    own = sorted(figures.to_dict("records"), key=lambda figure: cities.index(figure["place_id"]))
    way = better(book, item)
    rows = (
        row
        for left, right in combinations(own, 2)
        if left["place_id"] != right["place_id"]
        for row in _rows(book, left, right, way)
    )
    return pd.DataFrame(rows, columns=ORDER)


def _rows(book: Book, left: Figure, right: Figure, way: str) -> Iterator[dict[str, Any]]:
    head = {
        "item_id": left["item_id"],
        "left": left["place_id"], "left_id": left["row_id"],
        "right": right["place_id"], "right_id": right["row_id"],
    }  # fmt: skip
    told = relation(left, right, way)
    yield head | {"normaliser": AS_STATED, "reference_ids": ""} | told
    if told["broken_by"] and told["relation"] == "not_told" and told["broken_by"] not in ("amount", "time"):
        # What does not compare in total does not compare per resident.
        return
    for normaliser, by in _facts(book, left, right).items():
        ids = ";".join(dict.fromkeys(by[row]["fact_id"] for row in (left["row_id"], right["row_id"])))
        yield head | {"normaliser": normaliser, "reference_ids": ids} | relation(left, right, way, by)


def readings(left: Figure, right: Figure) -> list[Reading]:
    """Return every way to settle what two figures leave open.

    >>> plain = {"comparator": "eq", "basis": "stock", "status": "adopted", "confidence": "high"}
    >>> [one.bound for one in readings(plain, plain | {"comparator": "ge"})]
    ['written', 'open']
    """
    both = (left, right)
    bound = any(one["comparator"] not in ("eq", "range") for one in both)
    draft = any(one["status"] == "draft" for one in both)
    unsure = any(one["confidence"] != "high" for one in both)
    bases = [("stock", "flow") if one["basis"] == "ambiguous" else ("",) for one in both]
    sides = (
        ("written", "open") if bound else ("written",), *bases,
        ("in", "out") if draft else ("in",), ("all", "high") if unsure else ("all",),
    )  # fmt: skip
    return [Reading(*one) for one in product(*sides)]


def amounts(
    left: Figure, right: Figure, reading: Reading, way: str, by: dict[str, Figure] | None = None
) -> frozenset[str]:
    """Return what holds of two amounts under one reading: ge, le, ne; nothing where they do not compare."""
    if obstacles(left, right, reading, way):
        return NONE
    within = _limits(left, right)
    (least, most), (low, high) = (_ends(one, reading, by, within) for one in (left, right))
    over = _over(
        least, high, reading.bound == "open" and (left["comparator"] == "gt" or right["comparator"] == "lt")
    )
    under = _over(
        low, most, reading.bound == "open" and (right["comparator"] == "gt" or left["comparator"] == "lt")
    )
    held = over | {LE if name == GE else name for name in under}
    return frozenset({GE: LE, LE: GE}.get(name, name) for name in held) if way == "lower" else held


def obstacles(left: Figure, right: Figure, reading: Reading, way: str) -> list[str]:
    """Return the codes of what keeps two figures from comparing under a reading, empty where nothing does."""
    one, other = _settled(left, reading.left_basis), _settled(right, reading.right_basis)
    found = [code for code in differing(one, other) if BY_CODE[code].grade == MEASURE]
    if not found and one["basis"] in WITHIN and not _same_day(left, right):
        found.append("period")
    found += ["no_direction"] if way == "none" else []
    return found + [
        name
        for name, left_out in (
            ("draft", reading.draft == "out" and "draft" in (left["status"], right["status"])),
            (
                "confidence",
                reading.confidence == "high" and {left["confidence"], right["confidence"]} != {"high"},
            ),
        )
        if left_out
    ]


def times(left: Figure, right: Figure) -> str:
    """Return whether the left figure is due earlier than the right one, later, on the same day, or unsaid."""
    first, second = left["due_on"], right["due_on"]
    if pd.isna(first) or pd.isna(second):
        # What recurs alike is due alike.
        recurs = pd.notna(left["recurrence"]) and left["recurrence"] == right["recurrence"]
        return "same" if recurs and pd.isna(first) and pd.isna(second) else "not_told"
    return "same" if first == second else "earlier" if first < second else "later"


def relation(
    left: Figure, right: Figure, way: str = "higher", by: dict[str, Figure] | None = None
) -> dict[str, str]:
    """Return what holds of two figures under as many readings as possible, as the columns of `order` tell it.

    `way` is higher, lower or none, as more or less is better; `by` the reference row of each to divide by.
    """
    told = {one: amounts(left, right, one, way, by) for one in readings(left, right)}
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


def _settled(figure: Figure, basis: str) -> Figure:
    return figure | {"basis": basis} if basis else figure


def _same_day(left: Figure, right: Figure) -> bool:
    return times(left, right) == "same"


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
    figure: Figure, reading: Reading, by: dict[str, Figure] | None, within: tuple[float | None, float | None]
) -> tuple[float | None, float | None]:
    """Return the least and the most under a reading, per 10,000 where it is divided; None is open."""
    low, high = figure["value_low"], figure["value_high"]
    if reading.bound == "written":
        ends = (high if pd.isna(low) else low, low if pd.isna(high) else high)
    else:
        ends = interval(figure, *within)
    fact = None if by is None else by[figure["row_id"]]["value"]
    return tuple(None if end is None else float(end) if fact is None else end / fact * PER for end in ends)  # type: ignore[return-value]


def _over(low: float | None, high: float | None, beyond: bool) -> frozenset[str]:
    """Return what holds where one amount begins at `low` and the other ends at `high`; None is open.

    `beyond` says that one of the two ends is itself not reached.
    """
    if low is None or high is None or low < high:
        return NONE
    return frozenset({GE, NE} if low > high or beyond else {GE})


def _facts(book: Book, left: Figure, right: Figure) -> dict[str, dict[str, Figure]]:
    """Return, for each measure that both figures can be divided by, the reference row of each."""
    basis = next((one["basis"] for one in (left, right) if one["basis"] != "ambiguous"), "stock")
    measure: Measure = measure_of(left)._replace(basis=basis)
    both = reference_by_row(book, measure, [left, right])
    return {name: by for name, by in both.items() if {left["row_id"], right["row_id"]} <= set(by)}
