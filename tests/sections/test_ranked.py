"""Ranks as intervals over all ways to rank."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from bs4 import Tag

from compare.outputs.element import unpacked

from .doubts import cautioned
from .telling import (
    CITIES,
    PAIRS,
    Row,
    Sheet,
    Teller,
    goal_of,
    lines,
    links,
    listed,
    section,
    squeeze_all,
    squeezed,
)


def per_head(told: Teller, figures: dict[str, Row], kind: str) -> Iterator[tuple[str, dict[str, Fraction]]]:
    """Yield each population that all places have, with the figures divided by its nearest count."""
    for measure in [row["measure_id"] for row in told.raw("measures") if row["kind"] == kind]:
        found: dict[str, Fraction] = {}
        for place, row in figures.items():
            due = datetime.date.fromisoformat(row["due"])
            facts = [
                (abs(datetime.date.fromisoformat(fact["date_on"]) - due), fact["comparator"] != "eq",
                 fact["confidence"] != "high", fact["fact_id"], Fraction(fact["value"]))
                for fact in told.raw("reference")
                if (fact["place_id"], fact["measure_id"]) == (place, measure) and fact["date_on"]
            ]  # fmt: skip
            if facts:
                found[place] = row["number"] / min(facts)[-1]
        if found.keys() == figures.keys():
            yield measure, found


# Each way to rank: what was chosen, and the rank of each city.
Ways = list[tuple[Row, dict[str, int]]]


class Ranking(NamedTuple):
    """What is ranked, whose figures, each way to rank, and the choices that leave too few cities."""

    item: str
    figures: dict[str, Row]
    ways: Ways
    dropped: set[str]

    @property
    def places(self) -> dict[str, tuple[int, int]]:
        """The best and the worst rank of each city, in the order of the page."""
        found = {city: [ranks[city] for _, ranks in self.ways if city in ranks] for city in self.figures}
        order = sorted(found, key=lambda city: (min(found[city]), max(found[city]), CITIES.index(city)))
        return {city: (min(found[city]), max(found[city])) for city in order}


def rankings(told: Teller) -> list[Ranking]:
    """Return what is ranked on the page, told again from the files.

    Only the choices that the figures offer today are made here; another one is said to be missing.
    """
    groups: dict[tuple[str, ...], dict[str, list[Row]]] = {}
    same = ("unit_id", "basis", "denominator_zh", "recurrence")
    for row in PAIRS.PROMISES.values():
        if row["place"] in CITIES and row["basis"] != "ambiguous" and told.on_topic(row["id"]):
            key = (PAIRS.item(row), row["due"][:4], PAIRS.whole(row["scope_zh"]), *(row[one] for one in same))
            groups.setdefault(key, {}).setdefault(row["place"], []).append(row)
    made = []
    for (item, *_), cities in groups.items():
        if len(cities) >= 3:
            rows = [row for found in cities.values() for row in found]
            assert len(rows) == len(cities), "several figures of one city are to be ranked"
            assert {row["comparator"] for row in rows} == {"eq"}, "a bound is to be ranked"
            figures = {row["place"]: row for row in rows}
            made.append(Ranking(item, figures, *ways_to_rank(told, item, figures)))
    assert len({one.item for one in made}) == len(made), "several years or kinds of one item are to be ranked"
    return made


def ways_to_rank(told: Teller, item: str, figures: dict[str, Row]) -> tuple[Ways, set[str]]:
    sure = {city for city, row in figures.items() if told.sure(row["id"])}
    firm = {city for city, row in figures.items() if not row["draft"]}
    ways: Ways = []
    dropped: set[str] = set()
    for only_sure, only_firm in product({False, sure != {*figures}}, {False, firm != {*figures}}):
        kept = {*figures} & (sure if only_sure else {*figures}) & (firm if only_firm else {*figures})
        if len(kept) < 3:
            dropped |= {"confidence"} if only_sure else {"draft"}
            continue
        held = {city: figures[city] for city in kept}
        stated = {city: row["number"] for city, row in held.items()}
        for by, values in (("", stated), *per_head(told, held, population_for(told, item, figures))):
            ranks = {city: 1 + sum(other > one for other in values.values()) for city, one in values.items()}
            ways.append(({"normaliser": by, "confidence": only_sure, "draft": only_firm}, ranks))
    return ways, dropped


def population_for(told: Teller, item: str, figures: dict[str, Row]) -> str:
    """Return the kind of measure that counts are divided by: the indicator's, for other counts people."""
    row = next(iter(figures.values()))
    if row["basis"] not in ("stock", "flow"):
        return ""
    own = {one["indicator_id"]: one["normaliser"] for one in told.raw("indicators")}
    counted = told.units[row["unit_id"]]["dimension"] == "count" and item != row["indicator_id"]
    return own.get(row["indicator_id"], "") or ("population" if counted else "")


def moved_by(place: str, ways: Ways) -> list[str]:
    return [
        name
        for name in ("normaliser", "draft", "confidence")
        if any(
            ranks[place] != others[place]
            for choice, ranks in ways
            for other, others in ways
            if place in ranks
            and place in others
            and {key for key in choice if choice[key] != other[key]} == {name}
        )
    ]


def ranked(sheet: Sheet, told: Teller) -> list[tuple[Ranking, Tag, str]]:
    """Return each ranking with its figure on the page, found by the title that it is to have."""
    part, held = section(sheet, "ranked"), rankings(told)
    figures = [] if part is None else part.select("figure.panel")
    assert len(figures) == len(held)
    found = []
    for one in held:
        certain = sum(best == worst for best, worst in one.places.values())
        key = "ranked.title" + (".none" if not certain else ".all" if certain == len(one.places) else "")
        title = told.say(key, item=told.names[one.item], certain=certain, cities=len(one.places))
        title = cautioned(told, title, [row["id"] for row in one.figures.values()])
        [figure] = [figure for figure in figures if squeezed(figure.h3) == squeezed(title)]
        found.append((one, figure, squeezed(title)))
    return found


def interval(told: Teller, best: int, worst: int) -> str:
    return told.say("ranked.place" if best == worst else "ranked.places", best=best, worst=worst)


def listed_of(told: Teller, *parts: str) -> str:
    return told.comma.join(part for part in parts if part)


def both_ranks(told: Teller, one: Ranking, city: str) -> str:
    """Return a city's rank by number, and its value and rank per 10,000 residents."""
    by = {is_stated: [ranks[city] for way, ranks in one.ways if city in ranks
                      and (way["normaliser"] == "") is is_stated] for is_stated in (True, False)}  # fmt: skip
    spans = {
        key: "-".join(dict.fromkeys((str(min(held)), str(max(held))))) for key, held in by.items() if held
    }
    figures = one.figures
    kind = population_for(told, one.item, figures)
    values = [float(held[city] * 10_000) for _, held in per_head(told, figures, kind)]
    parts = [told.say("ranked.by_number", rank=spans[True])]
    if values:
        ends = dict.fromkeys(f"{end:.2f}".rstrip("0").rstrip(".") for end in (min(values), max(values)))
        parts.append(told.say("ranked.by_head", rank=spans[False], value="–".join(ends)))
    return {"zh": "；", "en": "; "}[told.lang].join(parts)


def test_ranks_are_intervals_over_all_ways_to_rank(sheet: Sheet, told: Teller) -> None:
    for one, figure, _ in ranked(sheet, told):
        sets = told.say("ranked.deck.one", sets=len(one.ways))
        assert squeezed(figure.select_one(".deck")) == squeezed(sets)
        rows, names = [], []
        for city, ends in one.places.items():
            moved = [told.say(f"ranked.choice.{name}") for name in moved_by(city, one.ways)]
            words = told.say("ranked.moved", choices=listed(moved, told.lang)) if moved else ""
            names.append(one.figures[city]["id"])
            value = told.value(names[-1]) + told.draft(names[-1])
            outside = told.say("mark.outside") if names[-1].startswith("g-") else ""
            words = listed_of(told, words or told.say("ranked.certain"), outside)
            rows.append([interval(told, *ends), told.names[city], value, words, both_ranks(told, one, city)])
        assert lines(figure, ".twin tr") == squeeze_all(rows), one.item
        assert [goal_of(link) for link in links(figure)] == names


def test_what_is_left_out_of_a_ranking_is_told(sheet: Sheet, told: Teller) -> None:
    for one, figure, _ in ranked(sheet, told):
        without = [told.names[city] for city in CITIES if city not in one.places]
        notes = [told.say("ranked.without", cities=listed(without, told.lang))] if without else []
        if one.dropped:
            choices = listed([told.say(f"ranked.choice.{name}") for name in sorted(one.dropped)], told.lang)
            notes.append(told.say("ranked.dropped", choices=choices))
        shown = [squeezed(note) for note in figure.select("p.note")]
        assert shown == ([squeezed("".join(notes))] if notes else []), one.item


def test_ranks_are_drawn_from_best_to_worst(sheet: Sheet, told: Teller) -> None:
    for one, figure, _ in ranked(sheet, told):
        words = [f"{told.names[city]} {interval(told, *ends)}" for city, ends in one.places.items()]
        alt = told.say("ranked.alt", item=told.names[one.item], figures=listed(words, told.lang))
        plots = figure.select(".plot")
        assert len(plots) == 2
        for plot in plots:
            assert squeezed(plot["aria-label"]) == squeezed(alt)
            bars = [bar["x"] for bar in json.loads(unpacked(plot.script.string))["data"]]
            assert bars == [list(ends) for ends in one.places.values()], one.item
