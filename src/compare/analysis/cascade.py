"""Each figure of a place against those of the places above it: further, the same, less far, or apart.

A total of the province is no quota for a city: rates, growth rates and dates compare; a total
is shown as a share, beside the city's share of the population. Where basis, unit, measure,
denominator, scope or year differ there is no gap, and what differs stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from compare.analysis.differences import differing, leaves_open
from compare.analysis.figures import chosen_figures, promised
from compare.analysis.panel import chosen
from compare.asked import Names
from compare.tables.book import Book

CASCADE = [
    "place_id", "row_id", "item_id", "topic_id", "above_id", "above_row_id", "relation", "gap", "stance",
    "gap_days", "share", "population_share", "population_id", "above_population_id", "differs", "lookalike",
]  # fmt: skip
RELATIONS = ("like", "assigned", "different_year", "different_measure", "lookalike")
# Differences that stand beside a gap without forbidding it.
BESIDE = ("comparator", "force", "draft", "measure_open", "exception")
EXCEPTION = re.compile(r"[（(][^）)]*除外[）)]$")
Cells = dict[str, Any]


def cascade(book: Book, place: Names = None, topic: str | None = None) -> pd.DataFrame:
    """Return every figure of the places beside each figure of the places above on the same matter.

    `gap` is the figure minus the one above (percentage points, or the unit of an assigned figure), `stance`
    higher, equal or lower by the indicator's direction; `share` is its part of a total above and
    `population_share` the place's part of the population, both in per cent: all empty unless `relation` is
    like or assigned. `gap_days`, the days its deadline lies after the one above, is there for different_year
    too. `differs` are the codes of what sets the two apart, `lookalike` the key of the row that tells two
    items apart whose words are alike. Raises UnknownName for an unknown place or topic.
    """
    figures = promised(book)
    names = book.places.set_index("place_id")
    rows = figures.assign(due_year=figures["due_on"].dt.year.astype("Int64"))
    asked = set(chosen_figures(book, figures, place, topic)["row_id"])
    cells = rows.to_dict("records")
    kinds = dict(zip(book.measures["measure_id"], book.measures["kind"], strict=True))
    made = [
        line
        for one in cells
        if one["row_id"] in asked
        for line in _lines(book, one, _above(names, one, cells, kinds, book.cities), kinds)
    ]
    return pd.DataFrame([*made, *_lookalikes(book, names, cells, asked, made)], columns=CASCADE)


def goals_above(book: Book) -> pd.DataFrame:
    """Return the figures of the province and the nation that no figure of a place below answers.

    The frame has the columns of `promised`.
    """
    figures = promised(book)
    above = figures[~figures["place_id"].isin(book.cities)]
    return above[~above["row_id"].isin(cascade(book)["above_row_id"])].reset_index(drop=True)


def places_compared(book: Book, city: Names = None) -> list[str]:
    """Return the cities asked for, all where none is named, then the places above them, each once.

    Raises UnknownName for an unknown city.
    """
    names, cities = book.places.set_index("place_id"), chosen(book, city)
    return list(dict.fromkeys([*cities, *(above for name in cities for above in _ancestors(names, name))]))


def _ancestors(names: pd.DataFrame, place: str) -> Iterator[str]:
    parent = names["parent_id"][place]
    while not pd.isna(parent):
        yield parent
        parent = names["parent_id"][parent]


def _above(
    names: pd.DataFrame, one: Cells, cells: list[Cells], kinds: dict[str, str], cities: list[str]
) -> Iterator[Cells]:
    """Yield the figures of the places above on the same matter, and those assigned to the place itself."""
    ancestors = list(_ancestors(names, one["place_id"]))
    for other in cells:
        same = other["item_id"] == one["item_id"] or (
            not pd.isna(one["indicator_id"]) and other["indicator_id"] == one["indicator_id"]
        )
        if not same or other["row_id"] == one["row_id"]:
            continue
        listed = kinds.get(other["item_id"]) == "assigned"
        if kinds.get(one["item_id"]) == "assigned" or listed:
            # A list of the province is held against itself, and against what the city sets itself.
            same = other["item_id"] == one["item_id"]
        own = listed and other["place_id"] == one["place_id"] and one["place_id"] in cities
        if own or (same and other["place_id"] in ancestors):
            yield other


def _lines(book: Book, one: Cells, others: Iterable[Cells], kinds: dict[str, str]) -> Iterator[Cells]:
    better = dict(zip(book.indicators["indicator_id"], book.indicators["better"], strict=True))
    for other in others:
        own = other["place_id"] == one["place_id"]
        differs = differences(one, other, own)
        bars = [name for name in differs if name not in BESIDE]
        years = [name for name in bars if name == "due_year"]
        relation = "different_measure" if len(bars) > len(years) else "different_year" if years else "like"
        line = _line(one, other, "assigned" if own and relation == "like" else relation, differs)
        if relation != "different_measure":
            line["gap_days"] = (one["due_on"] - other["due_on"]).days
        if relation == "like":
            line |= _gap(one, other, own, better.get(str(one["indicator_id"]), "higher"))
            if one["basis"] in ("stock", "flow") and not own:
                line |= _shares(book, one, other)
        yield line


def holds_against(one: Cells, above: Cells) -> bool:
    """Return whether a figure of one item has a gap to the figure of a place above: rates that are alike."""
    rates = one["basis"] in ("rate", "growth")
    return rates and not set(differences(one, above)) - set(BESIDE)


def differences(one: Cells, other: Cells, own: bool = False) -> list[str]:
    """Return the codes of what differs between a figure and one above, `own` for one set for the place."""
    # What the province's list sets for a city is listed by the one and done by the other.
    passed = ("draft", "act") if own else ("draft",)
    differs = [name for name in differing(one, other) if name not in passed]
    if "denominator" in differs and _without_exception(one) == _without_exception(other):
        differs[differs.index("denominator")] = "exception"
    if one["status"] == "draft":
        differs.append("draft")
    unnamed = [cells for cells in (one, other) if pd.isna(cells["measure_id"])]
    if not own and not unnamed and one["measure_id"] != other["measure_id"]:
        differs.append("measure")
    # Where a side names no measure, its act may still say what it counts: then the acts decide.
    if not own and len(unnamed) == 1 and leaves_open(unnamed[0]):
        differs.append("measure_open")
    return differs


def _without_exception(cells: Cells) -> str:
    """Return a denominator without an exception in brackets behind it."""
    return "" if pd.isna(cells["denominator_zh"]) else EXCEPTION.sub("", cells["denominator_zh"])


def _line(one: Cells, other: Cells, relation: str, differs: list[str]) -> Cells:
    return dict.fromkeys(CASCADE) | {
        "place_id": one["place_id"],
        "row_id": one["row_id"],
        "item_id": one["item_id"],
        "topic_id": one["topic_id"],
        "above_id": other["place_id"],
        "above_row_id": other["row_id"],
        "relation": relation,
        "differs": ";".join(differs),
    }


def _gap(one: Cells, other: Cells, own: bool, better: str) -> Cells:
    if one["basis"] not in ("rate", "growth") and not own:
        return {}
    value, above = (
        cells["value_high"] if pd.isna(cells["value_low"]) else cells["value_low"] for cells in (one, other)
    )
    gap = float(value - above)
    ahead = -gap if better == "lower" else gap
    return {"gap": gap, "stance": "equal" if gap == 0 else "higher" if ahead > 0 else "lower"}


def _shares(book: Book, one: Cells, other: Cells) -> Cells:
    """Return the part of a total above, with the part of the population from one measure and one day."""
    if pd.isna(one["value_low"]) or pd.isna(other["value_low"]) or not other["value_low"]:
        return {}
    made: Cells = {"share": float(one["value_low"] / other["value_low"] * 100)}
    pair = population_pair(book, one["place_id"], other["place_id"], one["due_on"])
    if pair is not None:
        here, above = pair
        made |= {
            "population_share": float(here["value"] / above["value"] * 100),
            "population_id": here["fact_id"],
            "above_population_id": above["fact_id"],
        }
    return made


def population_pair(book: Book, place: str, above: str, on: pd.Timestamp) -> tuple[Cells, Cells] | None:
    """Return the populations of two places by one measure on one day, the day nearest to `on`.

    Of equally near ones the exact stands before the rounded, then the better confidence. None where
    the two share no day.
    """
    measures = book.measures.loc[book.measures["kind"] == "population", "measure_id"]
    facts = book.reference[book.reference["measure_id"].isin(measures) & book.reference["date_on"].notna()]
    facts = facts.assign(rounded=facts["comparator"] != "eq", doubt=facts["confidence"] != "high")
    facts = facts.sort_values(["rounded", "doubt", "fact_id"])
    sides = [
        {
            (cells["measure_id"], cells["date_on"]): cells
            for cells in reversed(facts[facts["place_id"] == name].to_dict("records"))
        }
        for name in (place, above)
    ]
    shared = sorted(set(sides[0]) & set(sides[1]), key=lambda key: (abs(key[1] - on), key))
    return (sides[0][shared[0]], sides[1][shared[0]]) if shared else None


def _lookalikes(
    book: Book, names: pd.DataFrame, cells: list[Cells], asked: set[str], made: list[Cells]
) -> Iterator[Cells]:
    """Yield the figures whose words are alike and whose meaning is not, where nothing better compares."""
    matched = {line["row_id"] for line in made if line["relation"] == "like"}
    for row in book.records("lookalikes"):
        for item, other_item in ((row["item_id"], row["other_id"]), (row["other_id"], row["item_id"])):
            ones = [c for c in cells if item in (c["item_id"], c["indicator_id"]) and c["row_id"] in asked]
            others = [c for c in cells if other_item in (c["item_id"], c["indicator_id"])]
            for one in ones:
                for other in others:
                    if one["row_id"] in matched or one["due_year"] != other["due_year"]:
                        continue
                    if other["place_id"] in set(_ancestors(names, one["place_id"])):
                        key = f"{row['item_id']};{row['other_id']}"
                        yield _line(one, other, "lookalike", []) | {"lookalike": key}
