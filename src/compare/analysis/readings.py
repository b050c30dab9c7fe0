"""Every way to settle what two promises leave open, and what keeps them apart under one of them.

A promise leaves points open: whether "1,500" counts what stands or what is new, and since when; how far "at
least 90%" goes; whether a draft is issued, a figure from elsewhere right, a population the one taken.
"""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

import pandas as pd

from compare.analysis.alike import Figure
from compare.analysis.differences import BY_CODE, MEASURE, differing
from compare.language.numerals import rounding_step
from compare.tables.book import Book

# Bases that count what comes about within a period, so that two of them compare within one period only.
WITHIN = ("flow", "growth")
# The months that the words of a date span, which end on its last day; of a day nobody says since when.
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
# The last days of the first two thirds of a month.
TENTH, TWENTIETH = 10, 20
Period = tuple[Any, Any]


class Reading(NamedTuple):
    """One way to settle every open point of two figures; what is not open stands at its first value.

    `bound` takes "at least" and "about" as the number written, or as open as it is; `left_basis` and
    `right_basis` say what a figure of open basis counts; `left_period` and `right_period` take what comes
    about within the time that the date names, or since the plan began; `draft` and `confidence` let in, or
    leave out, drafts and figures from elsewhere that are not of high confidence; `reference` divides by the
    value that was taken, or by any at hand.
    """

    bound: str = "written"
    left_basis: str = ""
    right_basis: str = ""
    left_period: str = ""
    right_period: str = ""
    draft: str = "in"
    confidence: str = "all"
    reference: str = "taken"


class Divisor(NamedTuple):
    """The reference value that a figure is divided by, and the least and the most of those at hand."""

    taken: float
    low: float
    high: float
    fact_ids: tuple[str, ...]


def readings(left: Figure, right: Figure, by: dict[str, Divisor] | None = None) -> list[Reading]:
    """Return every way to settle what two figures, and the values that divide them, leave open.

    >>> plain = {"comparator": "eq", "basis": "stock", "status": "adopted", "confidence": "high"}
    >>> [one.bound for one in readings(plain, plain | {"comparator": "ge"})]
    ['written', 'open']
    """
    both = (left, right)
    bound = any(one["comparator"] not in ("eq", "range") for one in both)
    draft = any(one["status"] == "draft" for one in both)
    unsure = any(one["confidence"] != "high" for one in both)
    doubted = any(one.low < one.high for one in (by or {}).values())
    bases = [("stock", "flow") if one["basis"] == "ambiguous" else ("",) for one in both]
    spans = [tuple(covered(one)) if one["basis"] in (*WITHIN, "ambiguous") else ("",) for one in both]
    sides = (
        ("written", "open") if bound else ("written",), *bases, *spans, ("in", "out") if draft else ("in",),
        ("all", "high") if unsure else ("all",), ("taken", "any") if doubted else ("taken",),
    )  # fmt: skip
    return [Reading(*one) for one in product(*sides)]


def covered(figure: Figure) -> dict[str, Period | None]:
    """Return the periods that what comes about by a figure's date may be counted over, by reading.

    `named` is the time that its date names: a year, a half-year, a quarter, a month, a third of one, or an
    interval that recurs; None where a day alone is named. `plan` runs from the plan's first day to the date;
    no other is left where no words set the date and the plan's own end is taken. Empty without a date.

    >>> of_june = {"due_on": pd.Timestamp("2022-06-30"), "due_precision": "month", "recurrence": None}
    >>> [str(day.date()) for day in covered(of_june)["named"]]
    ['2022-06-01', '2022-06-30']
    >>> list(covered(of_june | {"plan_start": pd.Timestamp("2022-01-01")}))
    ['named', 'plan']
    """
    on, start = figure["due_on"], figure.get("plan_start")
    if pd.isna(on):
        recurs = figure["recurrence"]
        return {"named": None if pd.isna(recurs) else (recurs, recurs)}
    named = _named(on, figure["due_precision"])
    planned = None if start is None or pd.isna(start) or start > on else (start, on)
    if figure.get("due_source") == "period":
        return {"plan": planned}
    return {"named": named} if planned in (None, named) else {"named": named, "plan": planned}


def _named(on: pd.Timestamp, precision: str) -> Period | None:
    if precision == "ten_day":
        first = 1 if on.day <= TENTH else TENTH + 1 if on.day <= TWENTIETH else TWENTIETH + 1
        return on.replace(day=first), on
    # 三年内 ends on the day that it counts from: no span of the calendar does.
    if precision not in MONTHS or not on.is_month_end or on.month % MONTHS[precision]:
        return None
    return on - pd.offsets.MonthBegin(MONTHS[precision]), on


def obstacles(left: Figure, right: Figure, reading: Reading, way: str) -> list[str]:
    """Return the codes of what keeps two figures from comparing under a reading, empty where nothing does."""
    one, other = _settled(left, reading.left_basis), _settled(right, reading.right_basis)
    found = [code for code in differing(one, other) if BY_CODE[code].grade == MEASURE]
    if not found and one["basis"] in WITHIN:
        first, second = covered(left)[reading.left_period], covered(right)[reading.right_period]
        found += ["period"] if first is None or first != second else []
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


def divisor(book: Book, fact: Figure) -> Divisor:
    """Return a reference value with all that are at hand of its measure, place and day.

    A rounded one may be anything within half a unit of its last figure; suspect ones are left out.
    """
    held = book.reference
    same = held[["place_id", "measure_id", "date_on"]] == [
        fact["place_id"], fact["measure_id"], fact["date_on"],
    ]  # fmt: skip
    rows = held[same.all(axis=1) & (held["confidence"] != "suspect")].to_dict("records")
    rows = [fact, *(row for row in rows if row["fact_id"] != fact["fact_id"])]
    ends = [end for row in rows for end in _ends(row["comparator"], float(row["value"]))]
    return Divisor(float(fact["value"]), min(ends), max(ends), tuple(str(row["fact_id"]) for row in rows))


def _ends(comparator: str, value: float) -> tuple[float, float]:
    about = rounding_step(value) / 2 if comparator == "approx" else 0
    low = 0.0 if comparator in ("le", "lt") else value - about
    return low, float("inf") if comparator in ("ge", "gt") else value + about


def _settled(figure: Figure, basis: str) -> Figure:
    return figure | {"basis": basis} if basis else figure
