"""One measure of one place at several dates: marks on an axis of days, nothing drawn between two measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
import plotly.graph_objects as go

from compare.charts import drawing as draw
from compare.charts.drawing import SMALL, Piece, Row
from compare.charts.look import SECOND, THIRD
from compare.charts.timeline import day
from compare.charts.widths import fitted
from compare.words.signs import signs

COLUMNS = (
    "row_id", "kind", "place_id", "division_code", "item_id", "unit_id", "value_low", "value_high", "due_on",
    "basis", "status",
)  # fmt: skip
SIDE, TOP, TALL, FOOT, LINE = 34, 26, 170, 30, 20
# How far above its mark a label stands, how much higher where one is in its way, what lies between two.
ABOVE, RAISED, GAP = 17, 21, 4
# An outline with a dot, as of all figures from elsewhere, in a shape for each measure, and its sign in words.
SYMBOLS = ("square-open-dot", "diamond-open-dot", "circle-open-dot", "hexagon-open-dot")
SIGNS = "□◇○⬡"


def series(figures: pd.DataFrame, lang: str = "zh", width: int = 516, title: str | None = None) -> go.Figure:
    """Return what one place reached of one thing at several dates, a mark each, the values from nought up.

    A line joins the dates of one measure; what is measured otherwise (built, in service) has a shape of its
    own and no line to the others. `figures` are outcomes among the rows of `cp.figures`; an empty `title`
    leaves the title to the page. Raises CompareError for a missing column, for two places or units, and
    where there is no outcome.

    >>> from compare.charts.example import SERIES
    >>> [mark.x for mark in series(SERIES, "en").data]
    [('2021-12-31', '2022-12-31'), ('2023-06-30',)]
    """
    held = draw.needs(figures, [*COLUMNS, *draw.told(lang, "unit")], "series", "cp.figures")
    rows = [row for row in held if row["kind"] == "outcome" and row["due_on"] is not None]
    for column, expected in (("place_id", "one place"), ("unit_id", "one unit")):
        if len(found := {row[column] for row in rows}) != 1:
            raise draw.unfit("series", column, ", ".join(sorted(found)) or "no outcome", expected)
    rows.sort(key=lambda row: (row["due_on"], row["row_id"]))
    ink = draw.places(figures).get(rows[0]["place_id"], SECOND)
    items = list(dict.fromkeys(row["item_id"] for row in rows))
    top = max(draw.number(row) for row in rows) * 1.35
    pieces = [draw.across(0, 0, width - 2 * SIDE, THIRD)]
    for n, item in enumerate(items):
        own = [row for row in rows if row["item_id"] == item]
        pieces += _marks(own, SYMBOLS[n % len(SYMBOLS)], ink, lang)
        words = f"{SIGNS[n % len(SIGNS)]} {own[0][f'item_{lang}']}"
        cut = draw.escaped(fitted(words, width - SIDE, SMALL))
        pieces.append(draw.placed(day(_first(rows)), 0, cut, SMALL, SECOND, dy=FOOT + 14 + LINE * n))
    pieces += _labels(rows, width - 2 * SIDE, top, lang)
    called = f"{rows[0][f'place_{lang}']} · {rows[0][f'unit_{lang}']}" if title is None else title
    return draw.figure(
        pieces, _axis(rows, lang), size=(width, TALL), title=called, lang=lang, counted=top,
        margin=(SIDE, SIDE, TOP, FOOT + 10 + LINE * len(items)),
    )  # fmt: skip


def _first(rows: Sequence[Row]) -> pd.Timestamp:
    return pd.Timestamp(rows[0]["due_on"].year, 1, 1)


def _axis(rows: Sequence[Row], lang: str) -> Piece:
    """Return the axis of days in whole years, a tick a year."""
    first, last = _first(rows), pd.Timestamp(rows[-1]["due_on"].year + 1, 1, 1)
    behind = signs(lang).charts["year"] if last.year - first.year < 5 else ""
    return {
        "type": "date", "range": [day(first), day(last)], "dtick": "M12", "tick0": day(first),
        "ticklabelmode": "period", "tickformat": f"%Y{behind}",
    }  # fmt: skip


def _marks(rows: Sequence[Row], symbol: str, ink: str, lang: str) -> Iterator[Piece]:
    """Yield the dates of one measure, joined; what is due on the same day twice stands on one line."""
    xs, ys = [day(row["due_on"]) for row in rows], [draw.number(row) for row in rows]
    marker = {"symbol": symbol, "size": draw.MARK, "color": ink, "line": {"color": ink, "width": 2}}
    yield draw.trace("lines+markers", xs, ys, rows, lang, marker, color=ink, width=1.5)


def _labels(rows: Sequence[Row], width: float, top: float, lang: str) -> Iterator[Piece]:
    """Yield the values above their marks, each as low as leaves it free of those before it.

    `width` is that of the axis in pixels, `top` its highest value.
    """
    first, years = _first(rows), rows[-1]["due_on"].year + 1 - rows[0]["due_on"].year
    taken: list[tuple[float, float, float]] = []
    for row in rows:
        value, side = row[f"value_{lang}"], "right" if row is rows[-1] else "center"
        wide = draw.label_width(value, "")
        x = (row["due_on"] - first).days / 365.25 / years * width
        left = x - (wide if side == "right" else wide / 2)
        up = draw.number(row) / top * TALL + ABOVE
        level = 0
        while any(
            left < end + GAP and begin < left + wide + GAP and abs(up + RAISED * level - height) < RAISED
            for begin, end, height in taken
        ):
            level += 1
        taken.append((left, left + wide, up + RAISED * level))
        dy = -ABOVE - RAISED * level
        yield draw.label(day(row["due_on"]), draw.number(row), value, "", row["row_id"], side, dy=dy)
