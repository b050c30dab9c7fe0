"""Figures of one place for one indicator and year that cannot all be so, side by side."""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import pandas as pd

from compare.analysis.figures import promised
from compare.analysis.verdicts import half_step
from compare.asked import Names
from compare.tables.book import Book

CONTRADICTIONS = [
    "place_id", "topic_id", "indicator_id", "due_year", "row_id", "act", "basis", "value_low", "value_high",
    "against",
]  # fmt: skip
# What two figures must share before one can contradict the other.
SAME = ("unit_id", "denominator_zh", "scope_zh")
Cells = dict[str, Any]


def contradictions(book: Book, place: Names = None, topic: str | None = None) -> pd.DataFrame:
    """Return the figures promised for one place, indicator and year of which two cannot both be so.

    A row per such figure, `against` the ids of those it cannot stand with, separated by `;`. A total and a
    figure for the year contradict each other only where the year's alone exceeds the total; one that does not
    say which it is may be either. Raises UnknownName.
    """
    figures = promised(book, place, topic)
    figures = figures[figures["indicator_id"].notna() & figures["due_on"].notna()]
    figures = figures.assign(due_year=figures["due_on"].dt.year)
    made: list[Cells] = []
    for _, rows in figures.groupby(["place_id", "indicator_id", "due_year"], sort=False):
        made += _group(rows.to_dict("records"))
    return pd.DataFrame(made, columns=CONTRADICTIONS)


def _group(rows: list[Cells]) -> list[Cells]:
    against: dict[str, list[str]] = {row["row_id"]: [] for row in rows}
    for one, other in combinations(rows, 2):
        if _contradict(one, other):
            against[one["row_id"]].append(other["row_id"])
            against[other["row_id"]].append(one["row_id"])
    return [
        {name: row.get(name) for name in CONTRADICTIONS[:-1]} | {"against": ";".join(against[row["row_id"]])}
        for row in rows
        if against[row["row_id"]]
    ]


def _contradict(one: Cells, other: Cells) -> bool:
    if any(_cell(one[name]) != _cell(other[name]) for name in SAME):
        return False
    bases = {one["basis"], other["basis"]}
    if bases == {"stock", "flow"}:
        flow, stock = (one, other) if one["basis"] == "flow" else (other, one)
        return _sides(flow)[0] > _sides(stock)[1]
    low = max(_sides(one)[0], _sides(other)[0])
    return (len(bases) == 1 or "ambiguous" in bases) and low > min(_sides(one)[1], _sides(other)[1])


def _sides(row: Cells) -> tuple[float, float]:
    """Return the least and the greatest value that a figure allows, an about-figure with its rounding."""
    low = -math.inf if pd.isna(row["value_low"]) else float(row["value_low"])
    high = math.inf if pd.isna(row["value_high"]) else float(row["value_high"])
    step = half_step(low) if row["comparator"] == "approx" else 0.0
    return low - step, high + step


def _cell(value: Any) -> Any:
    return None if pd.isna(value) else value
