"""What grew within a promised period, worked out from totals at both ends: derived, never a verdict."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.analysis.differences import acts
from compare.analysis.figures import promised, reached
from compare.tables.book import Book

INCREMENTS = ["row_id", "item_id", "from_id", "to_id", "from_on", "to_on", "comparator", "increment", "whole"]
# A total counted at the turn of the year stands for its beginning.
TURN = pd.Timedelta(days=31)
BOUNDED_BELOW = ("ge", "gt")
Cells = dict[str, Any]


def increments(book: Book, row_id: str | None = None) -> pd.DataFrame:
    """Return how far totals grew within the year of a figure promised for that year, a row per measure.

    `from_id` is the total at the turn of the year before, `to_id` the last one within it, `increment` the
    second less the first, `comparator` ge where the later total is a lower bound, `whole` whether the later
    total was counted at the year's end. Totals of one measure and unit only; a place without both has none.

    >>> INCREMENTS[:2]
    ['row_id', 'item_id']
    """
    figures = promised(book)
    figures = figures[
        (figures["basis"] == "flow") & figures["due_on"].notna() & figures["indicator_id"].notna()
    ]
    if row_id is not None:
        figures = figures[figures["row_id"] == row_id]
    totals = reached(book)
    totals = totals[totals["basis"] == "stock"]
    made = [line for one in figures.to_dict("records") for line in _lines(one, totals)]
    return pd.DataFrame(made, columns=INCREMENTS)


def _lines(figure: Cells, totals: pd.DataFrame) -> list[Cells]:
    alike = ("place_id", "indicator_id", "unit_id")
    own = totals[(totals[list(alike)] == pd.Series({name: figure[name] for name in alike})).all(axis=1)]
    # What was built says nothing of what was put into use.
    shared = [bool(set(acts(cells)) & set(acts(figure))) for cells in own.to_dict("records")]
    own = own[pd.Series(shared, index=own.index, dtype=bool)]
    before = pd.Timestamp(figure["due_on"].year - 1, 12, 31)
    found = (_line(figure, rows, before) for _, rows in own.groupby("item_id", sort=True))
    return [line for line in found if line is not None]


def _line(figure: Cells, rows: pd.DataFrame, before: pd.Timestamp) -> Cells | None:
    """Return what one measure grew by, None where a total is missing at either end or says no number."""
    end = pd.Timestamp(before.year + 1, 12, 31)
    first = rows[(rows["due_on"] <= before) & (rows["due_on"] > before - TURN) & (rows["comparator"] == "eq")]
    last = rows[(rows["due_on"] > before) & (rows["due_on"] <= end) & rows["value_low"].notna()]
    if first.empty or last.empty:
        return None
    one = first.sort_values(["due_on", "row_id"]).iloc[-1]
    other = last.sort_values(["due_on", "row_id"]).iloc[-1]
    return {
        "row_id": figure["row_id"],
        "item_id": one["item_id"],
        "from_id": one["row_id"],
        "to_id": other["row_id"],
        "from_on": one["due_on"],
        "to_on": other["due_on"],
        "comparator": "ge" if other["comparator"] in BOUNDED_BELOW else other["comparator"],
        "increment": float(other["value_low"] - one["value_low"]),
        "whole": bool(end - other["due_on"] < TURN),
    }
