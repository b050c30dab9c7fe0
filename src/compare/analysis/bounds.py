"""What a count, a mean or a total of cities can be at the least and at the most.

A city without a figure is neither zero nor left out: it may hold anything that is possible, and so may
a figure that only says "at least". So every summary is an interval from the worst case to the best.
Worst-case bounds after C. F. Manski, Anatomy of the Selection Problem, Journal of Human Resources 24
(1989), 343-360, and Partial Identification of Probability Distributions (2003), ch. 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from compare.analysis.alike import Figure, Measure, alike, dimension, require_item
from compare.analysis.coverage import coverage
from compare.analysis.figures import promised
from compare.analysis.panel import chosen
from compare.asked import Names
from compare.tables.book import Book

TALLY = ["topic_id", "indicator_id", "least", "most", "cities", "with_number", "possible", "without"]
# What may hide a number: a document that is not at hand, or one not read for the topic.
UNREAD = {"not_obtained", "not_coded"}
Side = float | None


@dataclass(frozen=True)
class Bounds:
    """The lowest and the highest that a mean or total of all compared cities can be; None is open.

    `figures` counts the cities of which a figure is at hand, `cities` all of them; `without` names
    the others, `approximate` those that say no more than about, and `row_ids` leads to the sentences.
    """

    measure: Measure
    year: int
    what: str
    low: Side
    high: Side
    figures: int
    cities: int
    without: tuple[str, ...]
    approximate: tuple[str, ...]
    row_ids: tuple[str, ...]


def tally(book: Book, topic: str | None = None, city: Names = None, headline: bool = True) -> pd.DataFrame:
    """Return how many of the cities compared put a number to each indicator, a row per indicator.

    With q cities whose documents at hand hold a number and u further ones of which a document is not
    at hand, or not read for the topic, the count lies from `least` = q to `most` = q + u (Manski's
    worst-case bounds of a binary outcome, times `cities`). `with_number`, `possible` and `without`
    name the cities, separated by `;`: of the last every known document is at hand and gives none.
    `headline` False takes in the lesser indicators. Raises UnknownName for an unknown topic or city.
    """
    cities = chosen(book, city)
    states: dict[str, dict[str, set[str]]] = {}
    for row in coverage(book, topic, cities, headline).to_dict("records"):
        states.setdefault(row["indicator_id"], {}).setdefault(row["city_id"], set()).add(row["state"])
    topics = dict(zip(book.indicators["indicator_id"], book.indicators["topic_id"], strict=True))
    made = [
        {"topic_id": topics[name], "indicator_id": name} | _counted(cities, said)
        for name, said in states.items()
    ]
    return pd.DataFrame(made, columns=TALLY)


def _counted(cities: list[str], said: dict[str, set[str]]) -> dict[str, Any]:
    groups: dict[str, list[str]] = {"with_number": [], "possible": [], "without": []}
    for city in cities:
        # Of a city without any known document nothing has been read.
        states = said.get(city, {"not_obtained"})
        name = "with_number" if "quantified" in states else "possible" if states & UNREAD else "without"
        groups[name].append(city)
    least = len(groups["with_number"])
    counts = {"least": least, "most": least + len(groups["possible"]), "cities": len(cities)}
    return counts | {name: ";".join(members) for name, members in groups.items()}


def mean_bounds(book: Book, item: str, year: int, city: Names = None) -> tuple[Bounds, ...]:
    """Return the bounds of an item due in a year over all cities compared, one for each of its measures.

    Every city c lies in an interval from l(c) to h(c): n to n for a plain figure n, n to top for "at
    least" and "more than", floor to n for "at most" and "less than", a range's own ends, the widest of
    several figures, and floor to top for "about n" and for a city without a figure. Of a rate in per
    cent, a mean: from Σ l(c) / N to Σ h(c) / N of all N cities, with floor 0 and top 100. Of a count,
    a total: from Σ l(c) to Σ h(c), with floor 0 and no top. A growth rate has neither floor nor top.
    Open sides are None; the end set by a strict bound is approached and not reached (Manski 1989, 2003).
    Means are unweighted. Ranks are neither averaged nor added, and what recurs is due in no year. Empty
    where no city has a figure. Raises UnknownName for an unknown item or city.
    """
    require_item(book, item)
    cities = chosen(book, city)
    own = [figure for figure in promised(book, cities).to_dict("records") if figure["item_id"] == item]
    groups = {
        measure: [figure for figure in figures if figure["due_year"] == year]
        for measure, figures in alike(own).items()
        if dimension(book, measure.unit_id) != "rank"
    }
    return tuple(_bounds(measure, figures, year, cities) for measure, figures in groups.items() if figures)


def _bounds(measure: Measure, figures: list[Figure], year: int, cities: list[str]) -> Bounds:
    floor, top = limits(measure)
    by_city = {name: [figure for figure in figures if figure["place_id"] == name] for name in cities}
    lows, highs = [], []
    for own in by_city.values():
        sides = [interval(figure, floor, top) for figure in own] or [(floor, top)]
        lows.append(_least([low for low, _ in sides]))
        highs.append(_most([high for _, high in sides]))
    what = "mean" if measure.basis in ("rate", "growth") else "total"
    shared = len(cities) if what == "mean" else 1
    return Bounds(
        measure,
        year,
        what,
        _sum(lows, shared),
        _sum(highs, shared),
        figures=sum(bool(own) for own in by_city.values()),
        cities=len(cities),
        without=tuple(name for name, own in by_city.items() if not own),
        approximate=tuple(
            name for name, own in by_city.items() if any(one["comparator"] == "approx" for one in own)
        ),
        row_ids=tuple(figure["row_id"] for figure in figures),
    )


def limits(measure: Measure) -> tuple[Side, Side]:
    """Return the least and the most that any city's figure can be; None where there is no limit.

    >>> limits(Measure("online_service_rate", "reach", "percent", "rate", None, None, None))
    (0.0, 100.0)
    >>> limits(Measure("base_stations_5g", "build", "count", "stock", None, None, None))
    (0.0, None)
    """
    if measure.basis == "growth":
        return None, None
    return 0.0, 100.0 if (measure.basis, measure.unit_id) == ("rate", "percent") else None


def interval(figure: Figure, floor: Side, top: Side) -> tuple[Side, Side]:
    """Return the least and the most that a city's figure can be, given the limits of what it measures.

    >>> interval({"comparator": "ge", "value_low": 70, "value_high": None}, 0.0, 100.0)
    (70.0, 100.0)
    """
    if figure["comparator"] == "approx":
        return floor, top
    low = floor if pd.isna(figure["value_low"]) else float(figure["value_low"])
    high = top if pd.isna(figure["value_high"]) else float(figure["value_high"])
    # "At least 110%" is no share: what is written stands, and its bound is that number.
    crossed = low is not None and high is not None and low > high
    return low, low if crossed else high


def _least(sides: list[Side]) -> Side:
    known = [side for side in sides if side is not None]
    return min(known) if len(known) == len(sides) else None


def _most(sides: list[Side]) -> Side:
    known = [side for side in sides if side is not None]
    return max(known) if len(known) == len(sides) else None


def _sum(sides: list[Side], shared: int) -> Side:
    known = [side for side in sides if side is not None]
    return sum(known) / shared if len(known) == len(sides) else None
