"""Ranks as intervals: a bar from a city's best rank to its worst, over every reasonable method."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import plotly.graph_objects as go

from compare.charts import drawing as draw
from compare.charts.drawing import SMALL, Piece, Row
from compare.charts.look import SECOND
from compare.words.messages import Messages, messages

RANKS = ("item_id", "best", "worst", "row_ids")
COLUMNS = ("row_id", "kind", "place_id", "division_code")
# The room on the right is that of the words behind the longest bar.
LEFT, RIGHT, ROW, TOP, FOOT, THICK = 84, 96, 40, 4, 26, 14


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
    held = draw.needs(figures, [*COLUMNS, *draw.told(lang)], "intervals", "cp.figures")
    said, inks, known = messages(lang), draw.places(figures), {row["row_id"]: row for row in held}
    rows = [
        row | {"figure": known[name]}
        for row in draw.needs(ranks, RANKS, "intervals", "cp.ranks")
        if row["best"] and (name := row["row_ids"].split(";")[0]) in known
    ]
    if len(items := {row["item_id"] for row in rows}) != 1:
        found = ", ".join(sorted(items)) or "no city with a rank"
        raise draw.unfit("intervals", "item_id", found, "one item")
    rows.sort(key=lambda row: (row["best"], row["worst"]))
    pieces: list[Piece] = []
    for n, row in enumerate(rows):
        ink = inks.get(row["figure"]["place_id"], SECOND)
        pieces += _bar(row, row["figure"], ROW * n + 22, ink, said, lang)
    called = rows[0]["figure"][f"item_{lang}"] if title is None else title
    axis = {"range": [0.7, max(row["worst"] for row in rows) + 0.3], "dtick": 1}
    return draw.figure(
        pieces, axis, size=(width, ROW * len(rows)),
        margin=(LEFT, RIGHT, TOP, FOOT), title=called, lang=lang,
    )  # fmt: skip


def _bar(row: Row, figure: Row, y: float, ink: str, said: Messages, lang: str) -> Iterator[Piece]:
    """Yield a city's name, its bar, and its ranks in words."""
    key = "ranked.place" if row["best"] == row["worst"] else "ranked.places"
    words = said.say(key, best=row["best"], worst=row["worst"])
    yield draw.edge(y, figure[f"place_{lang}"], draw.NAME, ink, LEFT)
    marker = {"symbol": "square", "size": THICK, "color": ink}
    ends, both = [row["best"], row["worst"]], [figure, figure]
    yield draw.trace("lines+markers", ends, [y, y], both, lang, marker, color=ink, width=THICK)
    yield draw.placed(row["worst"], y, draw.escaped(words), SMALL, SECOND, dx=16)
