"""How far two or more coders agree: Krippendorff's alpha, and spans found by one and the other.

Formulas: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), and
Content Analysis, 4th ed. (2019), ch. 12; the jackknife is Quenouille's and Tukey's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import pandas as pd

from compare.errors import CompareError, Problem
from compare.language.spans import Span

LEVELS = ("nominal", "ordinal", "interval")


@dataclass(frozen=True)
class Agreement:
    """Alpha with its jackknife interval, the share of units on which all agree, and how many units compare.

    Alpha is NaN where the codes do not vary: nothing could have been disagreed about.
    """

    alpha: float
    low: float
    high: float
    same: float
    units: int


def krippendorff_alpha(codes: Sequence[Sequence[Any]], level: str = "nominal") -> float:
    """Return Krippendorff's alpha of codes given as coders × units, None or NaN where a coder gave none.

    NaN where the codes do not vary or no unit was coded twice. Ordinal codes are ordered by
    sorting. Raises CompareError for an unknown level or rows of unequal length.

    >>> round(krippendorff_alpha([[1, 2, 3, 3], [1, 2, 3, 4]]), 3)
    0.696
    """
    return _alpha(_units(codes), _metric(level))


def agreement(codes: Sequence[Sequence[Any]], level: str = "nominal", confidence: float = 0.95) -> Agreement:
    """Return alpha with a jackknife interval over units; raises as `krippendorff_alpha` does."""
    units = _units(codes)
    alpha = _alpha(units, _metric(level))
    same = sum(len(set(unit)) == 1 for unit in units) / len(units) if units else math.nan
    low, high = _jackknife(units, level, alpha, confidence)
    return Agreement(alpha, low, high, same, len(units))


def span_recall(found: Iterable[Span], wanted: Iterable[Span]) -> float:
    """Return the share of the wanted spans that overlap a found one, NaN where none is wanted.

    >>> span_recall([Span(0, 5)], [Span(3, 8), Span(9, 12)])
    0.5
    """
    given, sought = list(found), list(wanted)
    hits = sum(any(one.overlaps(span) for one in given) for span in sought)
    return hits / len(sought) if sought else math.nan


def _units(codes: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Return the codes of every unit that two coders coded."""
    lengths = sorted({len(row) for row in codes})
    if len(lengths) > 1:
        problem = Problem("codes", None, f"rows of {lengths} units", "one code, or None, per coder and unit")
        raise CompareError("The codes cannot be compared", [problem])
    columns = zip(*codes, strict=True)
    paired = [[code for code in unit if not pd.isna(code)] for unit in columns]
    return [unit for unit in paired if len(unit) > 1]


Metric = Callable[[dict[Any, float]], Callable[[Any, Any], float]]


def _metric(level: str) -> Metric:
    """Return how far two codes are apart, given how often each occurs."""
    if level == "nominal":
        return lambda totals: lambda a, b: float(a != b)
    if level == "interval":
        return lambda totals: lambda a, b: float((a - b) ** 2)
    if level == "ordinal":
        return _ordinal
    problem = Problem("level", None, level, " or ".join(LEVELS))
    raise CompareError("The level of measurement is unknown", [problem])


def _ordinal(totals: dict[Any, float]) -> Callable[[Any, Any], float]:
    """Return the squared number of codes between two ranks, half of both ends counted."""
    ranked = sorted(totals)
    place = {code: at for at, code in enumerate(ranked)}

    def apart(a: Any, b: Any) -> float:
        first, last = sorted((place[a], place[b]))
        between = sum(totals[code] for code in ranked[first : last + 1])
        return float((between - (totals[a] + totals[b]) / 2) ** 2)

    return apart


def _alpha(units: list[list[Any]], metric: Metric) -> float:
    """Return 1 − D_o / D_e from the coincidences of the units."""
    pairs: dict[tuple[Any, Any], float] = {}
    for unit in units:
        for i, a in enumerate(unit):
            for j, b in enumerate(unit):
                if i != j:
                    pairs[a, b] = pairs.get((a, b), 0.0) + 1 / (len(unit) - 1)
    totals: dict[Any, float] = {}
    for (a, _), weight in pairs.items():
        totals[a] = totals.get(a, 0.0) + weight
    whole, apart = sum(totals.values()), metric(totals)
    expected = sum(totals[a] * totals[b] * apart(a, b) for a in totals for b in totals)
    if whole <= 1 or expected == 0:
        return math.nan
    return 1 - sum(weight * apart(a, b) for (a, b), weight in pairs.items()) / (expected / (whole - 1))


def _jackknife(units: list[list[Any]], level: str, alpha: float, confidence: float) -> tuple[float, float]:
    """Return the interval of the pseudo-values that leave one unit out each."""
    count = len(units)
    if count < 3 or math.isnan(alpha):
        return math.nan, math.nan
    # Units coded alike leave the same rest: each kind is left out once and weighted by its number.
    kinds: dict[tuple[Any, ...], list[int]] = {}
    for at, unit in enumerate(units):
        kinds.setdefault(tuple(unit), []).append(at)
    pseudo: list[tuple[float, int]] = []
    for places in kinds.values():
        rest = _alpha(units[: places[0]] + units[places[0] + 1 :], _metric(level))
        pseudo.append((count * alpha - (count - 1) * rest, len(places)))
    mean = sum(value * times for value, times in pseudo) / count
    variance = sum(times * (value - mean) ** 2 for value, times in pseudo) / (count - 1)
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * math.sqrt(variance / count)
    return mean - reach, min(mean + reach, 1.0)
