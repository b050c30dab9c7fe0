"""Whether a figure meets a target, what sets the two apart, and what several figures say together."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from compare.analysis.differences import acts, leaves_open, own_scope

REACHED = ("reached_early", "reached", "reached_later", "reached_by")
VERDICTS = (*REACHED, "missed", "unknown", "not_due", "not_found", "no_figure")
# What sets two figures apart altogether, in the order in which it is told.
APART = ("measure", "basis", "unit", "year")
# What is done with a thing, one stage after the other.
STAGES = ("begin", "build", "open")
MONTHS_IN = {"year": 12, "half_year": 6, "quarter": 3, "month": 1}


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
    or lower is better. An outcome stands for every value it allows, without end on an open side; an about-
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
    if is_downward(target_comparator, better):
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
    if not value:
        return 0.0
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return float(Decimal(5).scaleb(int(exponent) - 1))


def is_downward(comparator: str, better: str) -> bool:
    """Return whether a target is met from above: at most a bound, or lower is better and no side is named."""
    return comparator in ("le", "lt") or (comparator not in ("ge", "gt") and better == "lower")


@dataclass(frozen=True)
class Sighting:
    """One outcome beside one target: the same thing, a narrower or another, what sets it apart, what it says.

    `on` and `since` are the last and the first day its date may mean, `bars` the differences that forbid
    a verdict, `plain` what the bare numbers say, `downward` the direction of the target.
    """

    cells: dict[str, Any]
    same: str
    differs: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    plain: bool | None = None
    downward: bool = False

    @property
    def on(self) -> pd.Timestamp:
        """The last day that the outcome's date may mean: a year stands for its end."""
        return self.cells["due_on"]

    @property
    def since(self) -> pd.Timestamp:
        """The first day that the outcome's date may mean."""
        months = MONTHS_IN.get(str(self.cells["due_precision"]))
        day = pd.Timedelta(days=1)
        return self.on if months is None else self.on + day - pd.DateOffset(months=months)

    @property
    def comparable(self) -> bool:
        """Whether the outcome is of the same thing, so that it may decide or be said not to."""
        trusted = self.cells["confidence"] != "suspect"
        return trusted and self.same != "other" and not set(self.differs) & set(APART)

    @property
    def meets(self) -> bool | None:
        """Whether the outcome shows the target met, short of it, or neither."""
        return None if not self.comparable or self.bars or self.hidden else self.plain

    @property
    def hidden(self) -> bool:
        """Whether a part is to show more than a part can: it is a lower bound of the whole."""
        return self.same == "narrower" and self.plain is self.downward

    @property
    def order(self) -> tuple[Any, ...]:
        """The earlier first; of one day the one most like the target, then the surer."""
        likeness = (self.same != "yes", len(self.differs), self.cells["confidence"])
        return (self.on, self.since, *likeness, self.cells["row_id"])


def held(target: dict[str, Any], outcome: dict[str, Any]) -> str:
    """Return what an outcome of a narrower measure is to a target that names none, by the acts of both.

    Narrower where the target leaves open what it counts, or where the outcome is further on: what is in
    service has been built; yes where the two share an act, other where the outcome is less far.

    >>> held({"act": "reach"}, {"act": "build"}), held({"act": "build"}, {"act": "open"})
    ('narrower', 'narrower')
    >>> held({"act": "build"}, {"act": "build"}), held({"act": "open"}, {"act": "build"})
    ('yes', 'other')
    """
    if leaves_open(target):
        return "narrower"
    if set(acts(target)) & set(acts(outcome)):
        return "yes"
    stages = [[STAGES.index(one) for one in acts(cells) if one in STAGES] for cells in (target, outcome)]
    return "narrower" if all(stages) and max(stages[0]) < max(stages[1]) else "other"


def differences(
    target: dict[str, Any], outcome: dict[str, Any], same: str, grouped: bool
) -> tuple[list[str], list[str]]:
    """Return the codes of what sets an outcome apart from a target, and those that forbid a verdict."""
    bars = ["each"] if grouped else []
    part = "measure_open" if leaves_open(target) else "act"
    differs = {"narrower": [part], "other": ["measure"]}.get(same, [])
    if "ambiguous" in (target["basis"], outcome["basis"]):
        bars.append("basis_open")
    elif target["basis"] != outcome["basis"]:
        differs.append("basis")
    elif target["basis"] in ("flow", "growth") and not pd.isna(target["due_on"]):
        differs += ["year"] if target["due_on"].year != outcome["due_on"].year else []
    differs += ["unit"] if target["unit_id"] != outcome["unit_id"] else []
    denominators = ["" if pd.isna(c["denominator_zh"]) else c["denominator_zh"] for c in (target, outcome)]
    scopes = [own_scope(cells["scope_zh"]) for cells in (target, outcome)]
    for name, (one, other) in (("denominator", denominators), ("scope", scopes)):
        if one != other:
            # One that is left unstated stands beside the verdict; two that differ allow none.
            (bars if one and other else differs).append(name)
    confidence = ["confidence"] if target["confidence"] != outcome["confidence"] else []
    return [*differs, *bars, *confidence], bars


def judge(
    due: pd.Timestamp, as_of: pd.Timestamp, seen: Iterable[Sighting]
) -> tuple[str, Sighting | None, bool]:
    """Return the verdict of comparable outcomes, the one it rests on, and whether they contradict each other.

    Outcomes after `as_of` are not known yet. What stands on the due day is what the last outcome until then
    says; later ones decide only where that one does not meet the target. Outcomes of one day that contradict
    each other do not decide, nor does a miss that an earlier outcome contradicts; unknown rests on the
    outcome nearest to the due day. Without any outcome the verdict is not_due or no_figure.
    """
    known = sorted((one for one in seen if one.on <= as_of), key=lambda one: one.order)
    sure, against = _sure(known, due)
    first = _standing(one for one in sure if one.on <= due)
    if first is not None:
        return "reached_early" if first.on < due else "reached", first, against
    if due > as_of:
        return "not_due", None, False
    later = [one for one in sure if one.meets and one.on > due]
    late = [one for one in sure if not one.meets and one.on >= due]
    if later:
        seen_short = any(one.on < later[0].on for one in late)
        return "reached_later" if seen_short else "reached_by", later[0], against
    if late and not against:
        return "missed", late[0], False
    if not known:
        return "no_figure", None, False
    return "unknown", min(known, key=lambda one: _away(one, due)), against


def _sure(known: list[Sighting], due: pd.Timestamp) -> tuple[list[Sighting], bool]:
    """Return the outcomes that decide, and whether one falls short at or surely after a time one does not."""
    met = {(one.on, one.since) for one in known if one.meets is True}
    short = {(one.on, one.since) for one in known if one.meets is False}
    against = bool(met & short) or any(since >= on for _, since in short for on, _ in met)
    sure = [one for one in known if one.meets is not None and (one.on, one.since) not in met & short]
    return [one for one in sure if not astride(one, due)], against


def causes(one: Sighting, due: pd.Timestamp, against: bool) -> list[str]:
    """Return the codes of why the outcome nearest to the due day does not settle whether it was met."""
    made = [*(["undated"] if pd.isna(due) else []), *(["contradicted"] if against else []), *one.bars]
    if one.hidden:
        made.append("part" if "measure_open" in one.differs else "part_done")
    elif one.plain is None:
        made.append("bound" if one.cells["comparator"] in ("ge", "gt", "le", "lt") else "rounded")
    if astride(one, due):
        made.append("period")
    elif one.on < due:
        made.append("before" if one.meets is False else "earlier")
    return made


def astride(one: Sighting, due: pd.Timestamp) -> bool:
    """Return whether a shortfall is dated to a period around the due day, so that it may lie before it."""
    return one.meets is False and one.since < due < one.on


def _standing(until: Iterable[Sighting]) -> Sighting | None:
    """Return the first of the unbroken run of outcomes, up to the last one, that meet the target."""
    first: Sighting | None = None
    for one in until:
        first = (first or one) if one.meets else None
    return first


def _away(one: Sighting, due: pd.Timestamp) -> tuple[Any, ...]:
    if pd.isna(due):
        return (-one.on.timestamp(), *one.order)
    return (one.on < due, abs(one.on - due), *one.order)
