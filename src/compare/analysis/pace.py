"""What pace a promise asks for, from the last total known before its date: derived, never a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from compare.analysis.alike import dimension, measure_of
from compare.analysis.differences import BY_CODE, MEASURE, differing
from compare.analysis.figures import promised, reached
from compare.analysis.ranks import PER, reference_by_row
from compare.tables.book import Book

PACE = [
    "row_id", "item_id", "from_id", "from_on", "to_on", "comparator", "increment", "years", "per_year",
    "per_10000", "reference_id",
]  # fmt: skip
# What says one number: a floor gives a floor, a ceiling a ceiling.
ONE_NUMBER = ("eq", "ge", "gt", "le", "lt")
Cells = dict[str, Any]


def pace(book: Book, row_id: str | None = None) -> pd.DataFrame:
    """Return the pace that promised totals and rates ask for, a row per promise that has a beginning.

    Of a promise of v by a day and a total of b at an earlier one, `increment` = v − b, `years` the time
    between in years of the calendar, `per_year` = (v − b) / years in the promise's unit, and `per_10000` =
    `per_year` / P × 10,000, P being the population, or what else its indicator is divided by, dated nearest
    to the due day (`reference_id`). `comparator` is the promise's. `from_id` is the total that the row names
    (`baseline_target_id`), else the last exact one before of the same place and measure: a document's own
    account of where it stands, or one from elsewhere. Nothing is interpolated; what has no such total, a
    rank, a range and an "about" have no row.

    >>> PACE[:3]
    ['row_id', 'item_id', 'from_id']
    """
    figures = promised(book)
    figures = figures[figures["basis"].isin(["stock", "rate"]) & figures["due_on"].notna()]
    figures = figures[figures["comparator"].isin(ONE_NUMBER)]
    if row_id is not None:
        figures = figures[figures["row_id"] == row_id]
    named = book.targets.set_index("target_id")["baseline_target_id"].dropna()
    totals = [*_stated(book), *_dated(reached(book))]
    made = [
        line
        for figure in _dated(figures)
        if dimension(book, figure["unit_id"]) != "rank"
        for line in _lines(book, figure, totals, named.get(figure["row_id"]))
    ]
    return pd.DataFrame(made, columns=PACE)


def _dated(figures: pd.DataFrame) -> list[Cells]:
    # An empty table has no type of its own.
    days = pd.to_datetime(figures["due_on"])
    rows: list[Cells] = figures.assign(due_on=days, due_year=days.dt.year).to_dict("records")
    return rows


def _stated(book: Book) -> Iterator[Cells]:
    """Yield what documents state, on the day of drawing up or publishing, and the totals that rows name."""
    sources = book.sources.set_index("source_id")
    days = sources["drawn_up_on"].fillna(sources["published_on"])
    rows = book.targets.assign(
        row_id=book.targets["target_id"],
        place_id=book.targets["city_id"],
        item_id=book.targets["indicator_id"],
        status=book.targets["source_id"].map(sources["status"]),
    )
    status = rows["kind"] == "status"
    rows = rows.assign(due_on=rows["due_on"].mask(status, rows["source_id"].map(days)))
    held = rows["row_id"].isin(rows["baseline_target_id"].dropna())
    yield from _dated(rows[(status | held) & rows["due_on"].notna()])


def _lines(book: Book, figure: Cells, totals: list[Cells], named: str | None) -> Iterator[Cells]:
    found = [one for one in totals if _begins(one, figure, named)]
    if not found:
        return
    first = max(found, key=lambda one: (one["due_on"], one["row_id"]))
    number = figure["value_high"] if pd.isna(figure["value_low"]) else figure["value_low"]
    increment, years = float(number - first["value_low"]), _turn(figure["due_on"]) - _turn(first["due_on"])
    fact = _divided_by(book, figure)
    yield {
        "row_id": figure["row_id"],
        "item_id": figure["item_id"],
        "from_id": first["row_id"],
        "from_on": first["due_on"],
        "to_on": figure["due_on"],
        "comparator": figure["comparator"],
        "increment": increment,
        "years": years,
        "per_year": increment / years,
        "per_10000": increment / years / fact["value"] * PER if fact else None,
        "reference_id": fact and fact["fact_id"],
    }


def _begins(one: Cells, figure: Cells, named: str | None) -> bool:
    """Return whether a total is where a promise starts from: exact, earlier, and of what it promises."""
    if one["comparator"] != "eq" or not one["due_on"] < figure["due_on"]:
        return False
    if named is not None:
        return bool(one["row_id"] == named)
    return (
        (one["place_id"], one["item_id"]) == (figure["place_id"], figure["item_id"])
        and one.get("kind") != "target"
        and all(BY_CODE[code].grade != MEASURE for code in differing(one, figure))
    )


def _turn(day: pd.Timestamp) -> float:
    """Return a day as years and the part of its own that has gone by: the last of 2020 is 2021.0."""
    return float(day.year + day.day_of_year / (366 if day.is_leap_year else 365))


def _divided_by(book: Book, figure: Cells) -> Cells | None:
    by = reference_by_row(book, measure_of(figure), [figure])
    facts = [held[figure["row_id"]] for held in by.values()]
    return min(
        facts, key=lambda fact: (abs(fact["date_on"] - figure["due_on"]), fact["fact_id"]), default=None
    )
