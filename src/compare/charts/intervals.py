"""Ranks as intervals: a bar from a city's best rank to its worst, over every reasonable method."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from compare.charts import drawing as draw
from compare.charts.drawing import SMALL, Piece
from compare.charts.look import SECOND
from compare.errors import CompareError, Problem
from compare.words.messages import Messages, messages
from compare.words.named import records

RANKS = ("item_id", "best", "worst", "row_ids")
COLUMNS = ("row_id", "kind", "place_id", "division_code")
NAMED = ("place", "item", "value", "due", "basis")
# The room on the right is that of the words behind the longest bar.
LEFT, RIGHT, ROW, TOP, FOOT, THICK = 84, 96, 40, 4, 26, 14
Row = dict[str, Any]


def intervals(
    ranks: pd.DataFrame, figures: pd.DataFrame, lang: str = "zh", width: int = 516, title: str | None = None
) -> go.Figure:
    """Return each city's ranks by one measure as a bar from the best to the worst, the first city on top.

    `ranks` are rows of `cp.ranks` for one item, `figures` those of `cp.figures`: a city whose figure is in
    neither is not drawn. An empty `title` leaves the title to the page. Raises CompareError for a missing
    column, for two items, and where no city has a rank.

    >>> from compare.charts.example import FIGURES, RANKS
    >>> [bar.x for bar in intervals(RANKS, FIGURES, "en").data]
    [(1, 1), (2, 3)]
    """
    draw.needs(ranks, RANKS, "intervals", "cp.ranks")
    draw.needs(figures, [*COLUMNS, *(f"{name}_{lang}" for name in NAMED)], "intervals", "cp.figures")
    said, inks = messages(lang), draw.places(figures)
    known = {row["row_id"]: row for row in records(figures)}
    rows = [row for row in records(ranks) if row["best"] and row["row_ids"].split(";")[0] in known]
    if len(items := {row["item_id"] for row in rows}) != 1:
        found = ", ".join(sorted(items)) or "no city with a rank"
        raise CompareError(
            "charts.intervals draws one item", [Problem("frame", "item_id", found, "one item")]
        )
    rows.sort(key=lambda row: (row["best"], row["worst"]))
    pieces: list[Piece] = []
    for n, row in enumerate(rows):
        figure = known[row["row_ids"].split(";")[0]]
        pieces += _bar(row, figure, ROW * n + 22, inks.get(figure["place_id"], SECOND), said, lang)
    called = known[rows[0]["row_ids"].split(";")[0]][f"item_{lang}"] if title is None else title
    return draw.figure(
        pieces, {"range": [0.7, len(rows) + 0.3], "dtick": 1}, size=(width, ROW * len(rows)),
        margin=(LEFT, RIGHT, TOP, FOOT), title=called, lang=lang,
    )  # fmt: skip


def _bar(row: Row, figure: Row, y: float, ink: str, said: Messages, lang: str) -> Iterator[Piece]:
    """Yield a city's name, its bar, and its ranks in words."""
    key = "ranked.place" if row["best"] == row["worst"] else "ranked.places"
    words = said.say(key, best=row["best"], worst=row["worst"])
    yield draw.edge(y, figure[f"place_{lang}"], draw.NAME, ink, LEFT)
    yield {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [row["best"], row["worst"]],
        "y": [y, y],
        "customdata": [figure["row_id"]] * 2,
        "hovertext": [f"{draw.hover(figure, lang)}<br>{words}"] * 2,
        "hoverinfo": "text",
        "cliponaxis": False,
        "line": {"color": ink, "width": THICK},
        "marker": {"symbol": "square", "size": THICK, "opacity": 1, "color": ink},
    }
    yield draw.placed(row["worst"], y, draw.escaped(words), SMALL, SECOND, dx=16)
