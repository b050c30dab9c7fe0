"""Commitments as bars, a topic each, cut by the means that they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import accumulate
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from compare.analysis.commitments import INSTRUMENTS, by_means
from compare.charts import drawing as draw
from compare.charts.drawing import SMALL, Piece
from compare.charts.look import INK, SECOND, colours
from compare.charts.widths import text_width
from compare.words.messages import Messages, messages
from compare.words.signs import signs

COLUMNS = ("source_id", "city_id", "topic_id", "force", "quantifier", "instrument")
# One hue, three strengths: the palest still stands out from paper by its edge.
STRENGTH = dict(zip(INSTRUMENTS, (1.0, 0.5, 0.16), strict=True))
# Narrower than this, a topic's name stands above its bar.
NARROW = 400
ROW, TALL, KEY, RIGHT, FOOT, THICK = 25, 44, 30, 12, 44, 14
EDGE = 8  # room for half of the first tick, where nothing stands on the left
ROOM = 1.12  # what the axis has beyond the longest bar, for its count


def means(
    commitments: pd.DataFrame, lang: str = "zh", width: int = 516, title: str | None = None
) -> go.Figure:
    """Return a bar per topic as long as its commitments are many, the most first, cut by their means.

    `commitments` are rows of `cp.commitments`, of one city; an empty `title` leaves the title to the page.
    Raises CompareError for a missing column.

    >>> rows = {name: ["a", "a"] for name in (*COLUMNS, "topic_zh", "topic_en", "place_en")}
    >>> drawn = means(pd.DataFrame(rows | {"instrument": ["supply", "demand"]}), "en")
    >>> [trace.x for trace in drawn.data], drawn.layout.xaxis.range
    ([(1,), (1,), (0,)], (0, 2.24))
    """
    needed = [*COLUMNS, f"topic_{lang}", f"place_{lang}"]
    draw.needs(commitments, needed, "means", "cp.commitments")
    counted = by_means(commitments.assign(source_id="")).to_dict("records")
    said, most = messages(lang, "city_briefing"), max((row["all"] for row in counted), default=1)
    narrow = width < NARROW
    left, step = (EDGE, TALL) if narrow else (signs(lang).charts["topic"], ROW)
    ink = next(iter(colours(list(commitments["city_id"].unique())).values()), INK)
    middles = [KEY + step * at + step - ROW / 2 for at in range(len(counted))]
    pieces = [*_key(said, ink), *_bars(counted, middles, said, ink, lang)]
    for row, middle in zip(counted, middles, strict=True):
        name = escape(row[f"topic_{lang}"], quote=False)
        head = draw.placed(0, middle, name, SMALL, INK, dx=-left, dy=6 - ROW if narrow else 0)
        pieces.append(head | {"xref": "paper"})
        pieces.append(draw.placed(row["all"], middle, f"<b>{row['all']}</b>", SMALL, INK, dx=8))
    unit = {"text": said.say("deadlines.column.all"), "standoff": 4}
    axis = {"range": [0, ROOM * most], "nticks": 5, "title": unit}
    place = next(iter(commitments[f"place_{lang}"]), "")
    called = said.say("means.document", document=place, count=len(commitments)) if title is None else title
    return draw.figure(
        pieces, axis, size=(width, KEY + step * len(counted)), margin=(left, RIGHT, 0, FOOT),
        title=called, lang=lang,
    )  # fmt: skip


def _bars(
    rows: Sequence[dict[str, Any]], middles: Sequence[float], said: Messages, ink: str, lang: str
) -> Iterator[Piece]:
    """Yield a trace per means, and an edge at full strength round each piece of a bar."""
    ends = [list(accumulate((row[name] for name in INSTRUMENTS), initial=0)) for row in rows]
    for at, name in enumerate(INSTRUMENTS):
        head = said.say(f"means.{name}")
        yield {
            "type": "bar", "orientation": "h", "name": head, "x": [row[name] for row in rows], "y": middles,
            "base": [one[at] for one in ends], "width": THICK, "offset": -THICK / 2,
            "marker": {"color": ink, "opacity": STRENGTH[name], "line": {"width": 0}}, "hoverinfo": "text",
            "hovertext": [f"{escape(row[f'topic_{lang}'])}<br>{head} <b>{row[name]}</b>" for row in rows],
        }  # fmt: skip
        for row, one, middle in zip(rows, ends, middles, strict=True):
            if row[name]:
                yield _edge(one[at], one[at + 1], middle, ink)


def _edge(start: float, end: float, middle: float, ink: str) -> Piece:
    return {
        "type": "rect", "x0": start, "x1": end, "y0": middle - THICK / 2, "y1": middle + THICK / 2,
        "layer": "above", "line": {"color": ink, "width": 1},
    }  # fmt: skip


def _key(said: Messages, ink: str) -> Iterator[Piece]:
    """Yield what the strengths mean, above the first bar."""
    x, middle = 0.0, KEY / 2 - 3
    for name, strength in STRENGTH.items():
        box = {
            "type": "rect", "xref": "paper", "xsizemode": "pixel", "xanchor": 0, "x0": x, "x1": x + THICK,
            "y0": middle - THICK / 2, "y1": middle + THICK / 2, "layer": "above",
        }  # fmt: skip
        yield box | {"fillcolor": ink, "opacity": strength, "line": {"width": 0}}
        yield box | {"line": {"color": ink, "width": 1}}
        head = said.say(f"means.{name}")
        yield draw.placed(0, middle, head, SMALL, SECOND, dx=x + 20) | {"xref": "paper"}
        x += 20 + text_width(head, SMALL) + 16
