"""Grade every pair of two cities' targets, and say what does not compare and why."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd

from compare.analysis.differences import differing, grade_of
from compare.analysis.figures import promised
from compare.analysis.panel import _require, align, chosen
from compare.asked import Names
from compare.tables.book import Book

PAIRS = ["indicator_id", "left_city", "left_id", "right_city", "right_id", "grade", "differences",
         "reported"]  # fmt: skip
LEFT_OUT = ["indicator_id", "city_id", "target_id", "partner_city", "partner_id", "grade", "differences"]


def pairs(
    book: Book, indicator: str | None = None, city: Names = None, topic: str | None = None
) -> pd.DataFrame:
    """Return every pair of two cities' figures of one indicator, or of each of a topic, with what parts them.

    Figures are the targets of documents and those that others report of the cities, on the same grades.
    `grade` is like (whatever grades agrees, as `differences.EVERY_DIFFERENCE` lists it), different_year
    (all but the year) or different_measure; `differences` names what sets the two apart, separated by `;`;
    `reported` counts those of the two that stand in no document of their city.
    Raises UnknownName for an unknown indicator or city.
    """
    if indicator is None:
        rows = book.indicators
        if topic is not None:
            _require(topic, book.topics["topic_id"], "topic")
            rows = rows[rows["topic_id"] == topic]
        # Whatever names the cities may be read through only once.
        asked = None if city is None else chosen(book, city)
        every = [pairs(book, name, asked) for name in rows["indicator_id"]]
        return pd.concat(every, ignore_index=True) if every else pd.DataFrame(columns=PAIRS)
    cities = chosen(book, city)
    rows = [*align(book, indicator, city=cities).to_dict("records"), *_reported(book, indicator, cities)]
    made = [_pair(a, b) for a, b in combinations(rows, 2) if a["city_id"] != b["city_id"]]
    return pd.DataFrame(made, columns=PAIRS)


def _reported(book: Book, indicator: str, cities: list[str]) -> list[dict[str, Any]]:
    """Return what others report that cities shall reach of an indicator, in the form of `align`."""
    rows = promised(book, cities)
    rows = rows[(rows["origin"] == "elsewhere") & (rows["indicator_id"] == indicator)]
    named = rows.assign(city_id=rows["place_id"], target_id=rows["row_id"], due_year=rows["due_on"].dt.year)
    order = {name: at for at, name in enumerate(book.cities)}
    return sorted(named.to_dict("records"), key=lambda row: (order[row["city_id"]], row["target_id"]))


def _pair(left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    return {
        "indicator_id": left["indicator_id"],
        "left_city": left["city_id"],
        "left_id": left["target_id"],
        "right_city": right["city_id"],
        "right_id": right["target_id"],
        # How many of the two are no promise of a document, but what others report.
        "reported": sum(one.get("origin") == "elsewhere" for one in (left, right)),
    } | graded(left, right)


def graded(left: dict[str, Any], right: dict[str, Any]) -> dict[str, str]:
    """Return the `grade` of two figures, records like those of `align`, and the codes of what `differs`."""
    differs = differing(left, right)
    return {"grade": grade_of(differs), "differences": ";".join(differs)}


def not_comparable(
    book: Book, indicator: str | None = None, topic: str | None = None, city: Names = None
) -> pd.DataFrame:
    """Return what does not compare: the pairs of a target that finds no like in another city.

    Each pair stands once, under the target that is left out (the first in the order of cities, where both
    are), whichever of the two is asked about; a target whose indicator no other of the cities compared
    states has no partner and stands alone. Raises UnknownName for an unknown indicator, topic or city.
    """
    names = [indicator] if indicator else _indicators(book, topic)
    # Read once: whatever names the cities may be read through only once, and is asked of every indicator.
    asked = None if city is None else chosen(book, city)
    made: list[dict[str, Any]] = []
    for name in names:
        made += _left_out(align(book, name, city=asked), pairs(book, name, asked))
    return pd.DataFrame(made, columns=LEFT_OUT)


def _indicators(book: Book, topic: str | None) -> list[str]:
    if topic is None:
        return list(book.indicators["indicator_id"])
    _require(topic, book.topics["topic_id"], "topic")
    return list(book.indicators.loc[book.indicators["topic_id"] == topic, "indicator_id"])


ALONE = {"partner_city": None, "partner_id": None, "grade": "alone", "differences": ""}


def _left_out(panel: pd.DataFrame, graded: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the targets that find no like, each under the pairs that no target before it has told."""
    like = graded[graded["grade"] == "like"]
    matched = {*like["left_id"], *like["right_id"]}
    paired = {*graded["left_id"], *graded["right_id"]}
    rows = graded.to_dict("records")
    told: set[tuple[str, str]] = set()
    made: list[dict[str, Any]] = []
    for target in panel.to_dict("records"):
        name = target["target_id"]
        if name in matched:
            continue
        row = {"indicator_id": target["indicator_id"], "city_id": target["city_id"], "target_id": name}
        if name not in paired:
            made.append(row | ALONE)
        for pair in rows:
            key = (pair["left_id"], pair["right_id"])
            if name in key and key not in told:
                told.add(key)
                made.append(row | _partner(pair, name))
    return made


def _partner(pair: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the other side of a pair, with the grade and what sets the two apart."""
    side = "right" if pair["left_id"] == name else "left"
    kept = {column: pair[column] for column in ("grade", "differences")}
    return {"partner_city": pair[f"{side}_city"], "partner_id": pair[f"{side}_id"]} | kept
