"""Ranks of cities as intervals: every reasonable choice is tried, and what moves a rank is named.

A rank rests on choices that nobody states: per resident or not, which year, whether "more than 30"
beats "30", whether a draft counts. All of them are made here, in every combination, and a city's rank
is the interval from its best to its worst. Nothing unlike is ranked: figures stand together only
where item, unit, basis, denominator, scope, recurrence and due year agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, NamedTuple

import pandas as pd

from compare.analysis.alike import Figure, Measure, alike, dimension, items, require_item, statements
from compare.analysis.figures import promised
from compare.analysis.panel import chosen, nearest_reference
from compare.asked import Names, names_asked, read_names
from compare.tables.book import Book

LEAST = 3  # two cities have an order, but no interval worth the name
PER = 10_000
AS_STATED = "as_stated"
NEVER_DIVIDED = ("rank", "share", "ratio", "density")
MARKS = {"gt": 1, "lt": -1}


class Choice(NamedTuple):
    """One way to rank; a choice that the data do not offer stands at its first value.

    `year` is the due year (None where none is named), `normaliser` as_stated or the measure divided
    by. `bound` is written, or strict: more than n stands above n, less than n below. `end` is the low
    or high end of a range, or of several figures of one city. `restated` takes operative statements
    or all statements of a promise, `draft` in or out, `confidence` all figures or high only.
    """

    year: int | None
    normaliser: str
    bound: str
    end: str
    restated: str
    draft: str
    confidence: str


SIDES = {
    "bound": ("written", "strict"), "end": ("low", "high"), "restated": ("operative", "all"),
    "draft": ("in", "out"), "confidence": ("all", "high"),
}  # fmt: skip
RANKINGS = [*Measure._fields, "choice_set", *Choice._fields, "city_id", "rank", "tied", "value", "number"]
RANKINGS += ["comparator", "row_id", "reference_id", "origin", "status", "figure_confidence"]
RANKS = [*Measure._fields, "city_id", "best", "worst", "tied", "ranked_in", "choice_sets", "moved_by"]
RANKS += ["number_low", "number_high", "rank_as_stated", "per_low", "per_high", "rank_per"]
RANKS += ["row_ids", "reference_ids", "dropped", "dropped_by"]


@dataclass(frozen=True)
class _Comparison:
    """One measure ranked: a row per choice set and city, and what left out too many cities to rank."""

    measure: Measure
    rows: list[Figure]
    choice_sets: int
    dropped: list[frozenset[str]]


def rankable(book: Book, topic: str | None = None) -> list[str]:
    """Return the ids of indicators and measures for which three compared cities have like figures.

    Raises UnknownName for an unknown topic.
    """
    figures = promised(book, book.cities, topic)
    found = {measure.item_id for measure, held in alike(figures.to_dict("records")).items() if _years(held)}
    return [name for name in items(book) if name in found and better(book, name) != "none"]


def rankings(book: Book, item: str, city: Names = None, hold: str | Iterable[str] = ()) -> pd.DataFrame:
    """Return the ranks of one indicator or measure, a row per choice set and city.

    Ranks are competition ranks (1, 2, 2, 4). `number` is the figure as written, in its unit; `value`
    is what was ranked: the same, or per 10,000 of the normaliser's value dated nearest to the due
    date. `row_id` and `reference_id` lead to both. A choice named in `hold` is not tried but stands
    at its first value. Empty where no three cities compare. Raises UnknownName for an unknown item,
    city or choice.
    """
    compared = _comparisons(book, item, chosen(book, city), hold)
    made = pd.DataFrame([row for one in compared for row in one.rows], columns=RANKINGS)
    return made.astype({"year": "Int64"})


def ranks(
    book: Book, item: str | Iterable[str], city: Names = None, hold: str | Iterable[str] = ()
) -> pd.DataFrame:
    """Return each city's interval of ranks for indicators or measures, a row per measure and city.

    `best` and `worst` run over the `choice_sets` that the city is `ranked_in`; `moved_by` names the
    choices of which one alone changes its rank, the others being equal; `number_low` and
    `number_high` are its figures as written, `per_low` and `per_high` what they are per 10,000 residents (or
    whatever the item is divided by), empty where it is not; `rank_as_stated` and `rank_per` are its ranks by
    the one and by the other, as 1 or 1-2. `dropped` counts the ways of leaving figures out after
    which fewer than three cities remain, `dropped_by` names them. A city asked for without a like
    figure keeps its row and has no rank. Empty where no three cities compare; raises as `rankings`.
    """
    cities = chosen(book, city)
    made = [
        _interval(one, name)
        for each in ([item] if isinstance(item, str) else item)
        for one in _comparisons(book, each, cities, hold)
        for name in cities
    ]
    return pd.DataFrame(made, columns=RANKS).astype({"best": "Int64", "worst": "Int64", "tied": "boolean"})


def _years(figures: list[Figure]) -> list[int | None]:
    """Return the due years in which three cities have a figure, restatements not counted."""
    cities: dict[int | None, set[str]] = {}
    for figure in figures:
        if not figure.get("restated"):
            cities.setdefault(figure["due_year"], set()).add(figure["place_id"])
    return sorted((year for year, names in cities.items() if len(names) >= LEAST), key=lambda y: y or 0)


def _comparisons(
    book: Book, item: str, cities: list[str], hold: str | Iterable[str]
) -> Iterator[_Comparison]:
    require_item(book, item)
    # Nothing held is the rule.
    held = read_names(hold, Choice._fields, "choice") if names_asked(hold) else []
    if better(book, item) == "none":
        return
    own = [figure for figure in statements(book, cities) if figure["item_id"] == item]
    own.sort(key=lambda figure: cities.index(figure["place_id"]))
    for measure, figures in alike(own).items():
        if _years(figures):
            yield _compared(book, measure, figures, held)


def _compared(book: Book, measure: Measure, figures: list[Figure], held: list[str]) -> _Comparison:
    way, rows, dropped, sets = better(book, measure.item_id), [], [], 0
    years = _years(figures)
    for year in years[:1] if "year" in held else years:
        of_year = [figure for figure in figures if figure["due_year"] == year]
        facts = {} if "normaliser" in held else reference_by_row(book, measure, of_year)
        sides = _sides(of_year, held)
        for restated, draft, confidence in product(sides["restated"], sides["draft"], sides["confidence"]):
            kept = [figure for figure in of_year if _kept(figure, restated, draft, confidence)]
            if len({figure["place_id"] for figure in kept}) < LEAST:
                left_out = {"draft": draft == "out", "confidence": confidence == "high"}
                dropped.append(frozenset(name for name, out in left_out.items() if out))
                continue
            normalisers = [AS_STATED, *(n for n, by in facts.items() if all(f["row_id"] in by for f in kept))]
            for normaliser, bound, end in product(normalisers, sides["bound"], sides["end"]):
                choice = Choice(year, normaliser, bound, end, restated, draft, confidence)
                sets += 1
                head = measure._asdict() | {"choice_set": sets} | choice._asdict()
                rows += [head | row for row in _ranked(kept, choice, way, facts.get(normaliser))]
    return _Comparison(measure, rows, sets, dropped)


def _sides(figures: list[Figure], held: list[str]) -> dict[str, tuple[str, ...]]:
    """Return the values to try of every choice with two sides: one where the figures offer no second."""
    said: dict[str, set[tuple[float, int]]] = {}
    for figure in figures:
        ends = {(_number(figure, end), MARKS.get(figure["comparator"], 0)) for end in SIDES["end"]}
        said.setdefault(figure["place_id"], set()).update(ends)
    offered = {
        "bound": len({MARKS.get(figure["comparator"], 0) for figure in figures}) > 1,
        "end": any(len(ends) > 1 for ends in said.values()),
        "restated": any(figure.get("restated") for figure in figures),
        "draft": any(figure["status"] == "draft" for figure in figures),
        "confidence": any(figure["confidence"] != "high" for figure in figures),
    }
    return {name: both if offered[name] and name not in held else both[:1] for name, both in SIDES.items()}


def _kept(figure: Figure, restated: str, draft: str, confidence: str) -> bool:
    return (
        (restated == "all" or not figure.get("restated"))
        and (draft == "in" or figure["status"] != "draft")
        and (confidence == "all" or figure["confidence"] == "high")
    )


def better(book: Book, item: str) -> str:
    """Return the direction of an indicator; of a measure higher, unless its unit is a rank."""
    named = book.indicators.loc[book.indicators["indicator_id"] == item, "better"]
    if not named.empty:
        return str(named.iloc[0])
    unit = book.measures.loc[book.measures["measure_id"] == item, "unit_id"].iloc[0]
    return "lower" if dimension(book, unit) == "rank" else "higher"


def reference_by_row(book: Book, measure: Measure, figures: list[Figure]) -> dict[str, dict[str, Figure]]:
    """Return, for each measure to divide by, the reference row nearest to each figure's due date."""
    kind = _kind(book, measure)
    found: dict[str, dict[str, Figure]] = {}
    for name in book.measures.loc[book.measures["kind"] == kind, "measure_id"]:
        # One definition at a time: a census is not mixed with year-end figures.
        alone = replace(book, reference=book.reference[book.reference["measure_id"] == name])
        for figure in figures:
            fact = nearest_reference(alone, figure["place_id"], str(kind), figure["due_on"])
            if fact is not None:
                found.setdefault(name, {})[figure["row_id"]] = fact
    return found


def _kind(book: Book, measure: Measure) -> str | None:
    """Return the kind of measure that a figure may be divided by, None for rates, growth and ranks."""
    counts = dimension(book, measure.unit_id)
    if measure.basis not in ("stock", "flow") or counts in NEVER_DIVIDED:
        return None
    own = book.measures[book.measures["measure_id"] == measure.item_id]
    names = [measure.item_id] if own.empty else own["indicator_id"].dropna()
    named = book.indicators.loc[book.indicators["indicator_id"].isin(names), "normaliser"].dropna()
    if not named.empty:
        return str(named.iloc[0])
    return "population" if not own.empty and counts == "count" else None


def _number(figure: Figure, end: str) -> float:
    """Return the number as written: of a bound its one side, of a range the end asked for."""
    low, high = figure["value_low"], figure["value_high"]
    first, second = (low, high) if end == "low" else (high, low)
    return float(second if pd.isna(first) else first)


def _ranked(kept: list[Figure], choice: Choice, way: str, by: dict[str, Figure] | None) -> Iterator[Figure]:
    cities: dict[str, list[tuple[float, int, Figure]]] = {}
    for figure in kept:
        mark = MARKS.get(figure["comparator"], 0) if choice.bound == "strict" else 0
        cities.setdefault(figure["place_id"], []).append((_number(figure, choice.end), mark, figure))
    pick, sign = (min if choice.end == "low" else max), (1 if way == "higher" else -1)
    taken = [pick(said, key=lambda one: one[:2]) for said in cities.values()]
    facts = [None if by is None else by[figure["row_id"]] for _, _, figure in taken]
    values = [
        number if fact is None else number / fact["value"] * PER
        for (number, _, _), fact in zip(taken, facts, strict=True)
    ]
    keys = [(sign * value, sign * mark) for value, (_, mark, _) in zip(values, taken, strict=True)]
    for (number, _, figure), fact, value, key in zip(taken, facts, values, keys, strict=True):
        yield {
            "city_id": figure["place_id"],
            "rank": 1 + sum(other > key for other in keys),
            "tied": keys.count(key) > 1,
            "value": value,
            "number": number,
            "comparator": figure["comparator"],
            "row_id": figure["row_id"],
            "reference_id": fact and fact["fact_id"],
            "origin": figure["origin"],
            "status": figure["status"],
            "figure_confidence": figure["confidence"],
        }


def _interval(one: _Comparison, city: str) -> Figure:
    rows = [row for row in one.rows if row["city_id"] == city]
    smallest = [names for names in one.dropped if not any(other < names for other in one.dropped)]
    row = one.measure._asdict() | {
        "city_id": city,
        "ranked_in": len(rows),
        "choice_sets": one.choice_sets,
        "moved_by": ";".join(name for name in Choice._fields if _moves(name, rows)),
        "row_ids": ";".join(sorted({row["row_id"] for row in rows})),
        "reference_ids": ";".join(sorted({row["reference_id"] for row in rows} - {None})),
        "dropped": len(one.dropped),
        "dropped_by": ";".join(dict.fromkeys("+".join(sorted(names)) for names in smallest)),
    }
    if not rows:
        return row
    found, numbers = [line["rank"] for line in rows], [line["number"] for line in rows]
    stated = [line for line in rows if line["normaliser"] == AS_STATED]
    divided = [line for line in rows if line["normaliser"] != AS_STATED]
    values = [line["value"] for line in divided]
    return row | {
        "best": min(found),
        "worst": max(found),
        "tied": any(line["tied"] for line in rows),
        "number_low": min(numbers),
        "number_high": max(numbers),
        "rank_as_stated": _span(stated),
        "per_low": min(values, default=None),
        "per_high": max(values, default=None),
        "rank_per": _span(divided),
    }


def _span(rows: list[Figure]) -> str | None:
    """Return the ranks that some rows hold, as one number or the first and the last."""
    found = sorted({row["rank"] for row in rows})
    return "-".join(str(one) for one in dict.fromkeys((found[0], found[-1]))) if found else None


def _moves(name: str, rows: list[Figure]) -> bool:
    """Return whether two choice sets that differ in nothing but one choice rank the city differently."""
    found: dict[tuple[Any, ...], set[int]] = {}
    for row in rows:
        found.setdefault(tuple(row[other] for other in Choice._fields if other != name), set()).add(
            row["rank"]
        )
    return any(len(each) > 1 for each in found.values())
