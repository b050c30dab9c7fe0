"""Plotly figures that set one value beside another: a city's and the province's, a best and a worst rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from compare.briefings.canvas import Entry, Label, Plot, canvas, draw_line, draw_mark
from compare.briefings.look import INK, PAPER

ROW, FOOT, LEFT = 58, 26, 84


@dataclass(frozen=True)
class Beside:
    """A city's figure, or a share derived from it, with the value it stands beside."""

    entry: Entry
    value: float
    other: float
    derived: bool = False


@dataclass(frozen=True)
class Interval:
    """A city's best and worst rank, with the words for them."""

    city: str
    city_name: str
    colour: str
    best: int
    worst: int
    words: str


def beside(
    rows: Sequence[Beside], top: float, ticks: Sequence[tuple[float, str]], width: int, lang: str
) -> Plot:
    """Return pairs of values, a row each: the city's mark, a ring for the other, and a line between them."""
    right = width - 16
    height = ROW * len(rows) + FOOT
    figure, labels = canvas(width, height, lang), []

    def at(value: float) -> float:
        return LEFT + (right - LEFT) * min(value, top) / top

    for tick, words in ticks:
        draw_line(figure, at(tick), 4, at(tick), height - FOOT)
        labels.append(Label(at(tick), height - 12, words=words, anchor="middle", look="tick"))
    for row, one in enumerate(rows):
        line = ROW * row + 40
        entry = one.entry
        labels.append(Label(0, line, words=entry.city_name, look="city", colour=entry.colour))
        look = "derived" if one.derived else "label"
        labels.append(Label(LEFT, line - 22, entry.value, entry.words, entry.row_id, look=look))
        draw_line(figure, at(one.value), line, at(one.other), line, INK, 3)
        _ring(figure, at(one.other), line)
        draw_mark(figure, at(one.value), line, entry)
    return Plot(width, height, figure, labels)


def intervals(rows: Sequence[Interval], cities: int, width: int, lang: str) -> Plot:
    """Return intervals of ranks, a row per city: a bar from the best rank to the worst."""
    right, row_height = width - 60, 40
    height = row_height * len(rows) + FOOT
    figure, labels = canvas(width, height, lang), []

    def at(rank: float) -> float:
        return LEFT + 14 + (right - LEFT - 28) * (rank - 1) / max(cities - 1, 1)

    for rank in range(1, cities + 1):
        draw_line(figure, at(rank), 4, at(rank), height - FOOT)
        labels.append(Label(at(rank), height - 12, words=str(rank), anchor="middle", look="tick"))
    for row, one in enumerate(rows):
        line = row_height * row + 22
        labels.append(Label(0, line, words=one.city_name, look="city", colour=one.colour))
        figure.add_shape(
            type="rect", x0=at(one.best) - 9, x1=at(one.worst) + 9, y0=line - 7, y1=line + 7,
            line={"width": 0}, fillcolor=one.colour, layer="below",
        )  # fmt: skip
        labels.append(Label(at(one.worst) + 16, line, words=one.words))
    return Plot(width, height, figure, labels)


def _ring(figure: go.Figure, x: float, y: float) -> None:
    figure.add_trace(
        go.Scatter(
            x=[x],
            y=[y],
            mode="markers",
            cliponaxis=False,
            hoverinfo="skip",
            marker={
                "symbol": "circle",
                "size": 15,
                "color": PAPER,
                "line": {"color": INK, "width": 2.5},
            },
        )
    )
