"""What was reached of what was promised: early, on the day, later, missed, or unknown and why.

Only the same thing decides: one place, one item, one basis, one unit, and for what is counted in a
year the same year. A lower bound stays a bound, a suspect figure never decides, and a figure that
was looked for and not found says so.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import pandas as pd

from compare.analysis.attainment_words import BESIDE, causes, seen_en, seen_zh, told_en, told_zh
from compare.analysis.figures import _bounded, promised, reached
from compare.analysis.reasons import own_scope
from compare.errors import CompareError, Problem, UnknownName, near
from compare.tables.book import Book

ATTAINMENT = [
    "row_id",
    "place_id",
    "item_id",
    "verdict",
    "outcome_id",
    "reached_on",
    "lead_days",
    "confidence",
    "differs",
    "reason_zh",
    "reason_en",
]
OBSERVATIONS = [
    "outcome_id",
    "place_id",
    "item_id",
    "same",
    "meets",
    "differs",
    "comparator",
    "value_low",
    "value_high",
    "unit_id",
    "basis",
    "scope_zh",
    "denominator_zh",
    "observed_on",
    "precision",
    "confidence",
    "source_title",
    "publisher",
    "reason_zh",
    "reason_en",
]
REACHED = ("reached_early", "reached", "reached_later", "reached_by")
VERDICTS = (*REACHED, "missed", "unknown", "not_due", "not_found", "no_figure")
# What sets a figure apart altogether, in the order in which it is told.
APART = ("measure", "basis", "unit", "year")
CONFIDENCES = ("high", "medium", "suspect")
MONTHS_IN = {"year": 12, "half_year": 6, "quarter": 3, "month": 1}
# The first rank and the first class are the best, whatever no indicator says of them.
LOWER_UNITS = ("rank", "class")
Cells = dict[str, Any]


def meets(
    target_low: float,
    target_comparator: str,
    outcome_low: float | None,
    outcome_high: float | None,
    outcome_comparator: str,
    better: str = "higher",
) -> bool | None:
    """Return whether an outcome surely meets a target (True), surely falls short (False) or neither (None).

    `target_low` is the bound that the target sets: its lower one, or its upper one where it says at most
    or lower is better. An outcome stands for every value it allows, an open side without end; an about-
    figure for all that round to it, half a step of its last digit that is no zero to each side. True where
    all of these meet the target, False where none does. Short of an about-target by no more than that half
    step is None. At least and at most say their own direction; every other target takes it from `better`.

    >>> meets(16, "eq", 20, None, "ge"), meets(85, "ge", 80, None, "ge"), meets(85, "ge", 80, 80, "eq")
    (True, None, False)
    >>> meets(1500, "approx", 1470, 1470, "eq"), meets(1500, "approx", 1449, 1449, "eq")
    (None, False)
    """
    low = -math.inf if outcome_low is None or outcome_comparator in ("le", "lt") else outcome_low
    high = math.inf if outcome_high is None or outcome_comparator in ("ge", "gt") else outcome_high
    if outcome_comparator == "approx":
        low, high = low - half_step(low), high + half_step(high)
    bound, low_open, high_open = target_low, outcome_comparator == "gt", outcome_comparator == "lt"
    if target_comparator in ("le", "lt") or (target_comparator not in ("ge", "gt") and better == "lower"):
        bound, low, high, low_open, high_open = -bound, -high, -low, high_open, low_open
    strict = target_comparator in ("gt", "lt")
    if low > bound or (low == bound and (low_open or not strict)):
        return True
    edge = bound - half_step(target_low) if target_comparator == "approx" else bound
    return False if high < edge or (high == edge and (high_open or strict)) else None


def half_step(value: float) -> float:
    """Return half a step of the last digit of a number that is no zero, nothing for zero.

    >>> half_step(1500), half_step(34.5), half_step(0)
    (50.0, 0.05, 0.0)
    """
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return float(Decimal(5).scaleb(int(exponent) - 1)) if value else 0.0


@dataclass(frozen=True)
class Sighting:
    """One outcome beside one target: how it belongs to it, what sets it apart, whether it meets it.

    `bars` are the differences that forbid a verdict, `plain` is what the bare numbers say.
    """

    cells: Cells
    same: str
    differs: tuple[str, ...]
    bars: tuple[str, ...] = ()
    plain: bool | None = None

    @property
    def on(self) -> pd.Timestamp:
        """The last day that the date of the outcome may mean."""
        return self.cells["due_on"]

    @cached_property
    def since(self) -> pd.Timestamp:
        """The first day that the date of the outcome may mean."""
        months = MONTHS_IN.get(str(self.cells["due_precision"]))
        day = pd.Timedelta(days=1)
        return self.on if months is None else self.on + day - pd.DateOffset(months=months)

    @property
    def comparable(self) -> bool:
        """Whether the outcome is of the same thing, so that it might decide."""
        return self.same != "other" and not set(self.differs) & set(APART)

    @property
    def meets(self) -> bool | None:
        """Whether the outcome shows the target met, short of it, or neither."""
        if not self.comparable or self.bars or self.cells["confidence"] == "suspect":
            return None
        # A part is a lower bound of the whole: it cannot show that the whole is short of something.
        return self.plain if self.same == "yes" or self.plain is not self.cells["part_hides"] else None

    @property
    def order(self) -> tuple[Any, ...]:
        """The earlier first; of one day the one most like the target, then the surer."""
        return self.on, self.same != "yes", len(self.differs), self.cells["confidence"], self.cells["row_id"]


def judge(
    due: pd.Timestamp, as_of: pd.Timestamp, seen: Iterable[Sighting]
) -> tuple[str, Sighting | None, bool]:
    """Return the verdict of comparable outcomes, the deciding one, and whether another contradicts.

    Outcomes after `as_of` are not known yet. What stands on the due day is what the last outcome until then
    says; later ones decide only where it does not meet the target. Outcomes of one day that contradict
    each other do not decide, nor does a miss that an earlier outcome contradicts; an unknown names the
    outcome nearest to the due day. Without any, the verdict is not_due or no_figure.
    """
    known = sorted((one for one in seen if one.on <= as_of), key=lambda one: one.order)
    met = {one.on for one in known if one.meets is True}
    short = {one.on for one in known if one.meets is False}
    against = any(day >= first for day in short for first in met)
    # One that falls short in a period around the due day may speak of a day before it.
    sure = [
        one
        for one in known
        if one.meets is not None
        and one.on not in met & short
        and not (one.meets is False and one.since < due < one.on)
    ]
    first = _standing(one for one in sure if one.on <= due)
    if first is not None:
        return ("reached_early" if first.on < due else "reached"), first, against
    if due > as_of:
        return "not_due", None, False
    later = [one for one in sure if one.meets and one.on > due]
    late = [one for one in sure if one.meets is False and one.on >= due]
    if later:
        verdict = "reached_later" if any(one.on < later[0].on for one in late) else "reached_by"
        return verdict, later[0], against
    if late and not against:
        return "missed", late[0], False
    if not known:
        return "no_figure", None, False
    return "unknown", min(known, key=lambda one: _away(one, due)), against


def _standing(until: Iterable[Sighting]) -> Sighting | None:
    """Return the first of the unbroken run of outcomes that meet the target at the end, None without it."""
    first: Sighting | None = None
    for one in until:
        first = (first or one) if one.meets else None
    return first


def _away(one: Sighting, due: pd.Timestamp) -> tuple[Any, ...]:
    return (one.on < due, abs(one.on - due), *one.order) if not pd.isna(due) else (-one.on.value, *one.order)
