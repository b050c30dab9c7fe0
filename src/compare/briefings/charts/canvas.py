"""What charts are drawn on and with: entries, labels, a canvas in pixels, the mark of a basis.

Labels are kept beside the figure as data: JupyterLab shows them as annotations, a
page lays them over the plot as links, because Plotly strips links from a local file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import plotly.graph_objects as go

from compare.charts.look import FONT, INK, PAPER, RULE, SECOND, SYMBOL

SQUARE = "“”‘’…—≥≤≈"


@dataclass(frozen=True)
class Entry:
    """One target as a chart draws it; `group` heads the rows that fall due together.

    A `derived` value is computed from the target's, as a share is; a `benchmark` is the target of a place
    above, against which those of its group are held. `beside` is the figure that the target stands beside
    in the chart, `gap` what lies between them in words.
    """

    row_id: str
    city: str
    city_name: str
    colour: str
    value: str
    words: str
    group: str
    low: float | None
    high: float | None
    basis: str
    draft: bool
    issued: float | None = None
    started: float | None = None
    due: float | None = None
    derived: bool = False
    benchmark: bool = False
    beside: str = ""
    gap: str = ""


@dataclass(frozen=True)
class Label:
    """Words at a place of the plot, in pixels from its top left; `row_id` makes the value a link."""

    left: float
    top: float
    value: str = ""
    words: str = ""
    row_id: str = ""
    anchor: str = "left"
    look: str = "label"
    colour: str = ""


@dataclass(eq=False)
class Canvas:
    """What is drawn on: coordinates are pixels from the top left; a figure is made once all is there.

    Plotly checks all shapes again whenever one is added, so they are handed over together.
    """

    width: int
    height: int
    lang: str
    shapes: list[dict[str, Any]] = field(default_factory=list)
    traces: list[Any] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)

    def add_shape(self, **shape: Any) -> None:
        self.shapes.append(shape)

    def add_trace(self, trace: Any) -> None:
        self.traces.append(trace)

    def update_layout(self, **layout: Any) -> None:
        self.layout |= layout

    def figure(self) -> go.Figure:
        """Return the figure with its shapes, its traces and hidden axes."""
        hidden = {"visible": False, "fixedrange": True, "zeroline": False, "showgrid": False}
        layout = {
            "width": self.width,
            "height": self.height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "showlegend": False,
            "hovermode": False,
            "dragmode": False,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT[self.lang], "size": 12.5, "color": SECOND},
            "xaxis": {"range": [0, self.width], **hidden},
            "yaxis": {"range": [self.height, 0], **hidden},
            "shapes": self.shapes,
        }
        return go.Figure(self.traces, layout | self.layout)


@dataclass
class Plot:
    """A drawing of a fixed size with the labels that belong on it."""

    width: int
    height: int
    canvas: Canvas
    labels: list[Label] = field(default_factory=list)

    @cached_property
    def figure(self) -> go.Figure:
        """The drawing as a Plotly figure, made when first asked for."""
        return self.canvas.figure()

    def annotated(self, lang: str, title: str = "") -> go.Figure:
        """Return the figure with its labels as annotations and a title, to stand without a page around it."""
        head = 44 if title else 0
        return go.Figure(self.figure).update_layout(
            annotations=[self._annotation(label, lang) for label in self.labels],
            title={"text": title, "x": 0, "xanchor": "left", "font": {"size": 17, "color": INK}},
            margin={"l": 0, "r": 0, "t": head, "b": 0},
            height=self.height + head,
        )

    def _annotation(self, label: Label, lang: str) -> dict[str, Any]:
        return {
            "x": label.left / self.width,
            "y": 1 - label.top / self.height,
            "xref": "paper",
            "yref": "paper",
            "text": f"<b>{label.value}</b> {label.words}".strip() if label.value else label.words,
            "showarrow": False,
            "xanchor": {"right": "right", "middle": "center"}.get(label.anchor, "left"),
            "yanchor": "middle",
            "font": {"size": 13, "color": label.colour or INK, "family": FONT[lang]},
        }


def canvas(width: int, height: int, lang: str) -> Canvas:
    """Return an empty canvas of a size in pixels, in the font of a language."""
    return Canvas(width, height, lang)


def draw_line(
    figure: Canvas,
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    colour: str = RULE,
    width: float = 1,
    dash: str = "solid",
) -> None:
    figure.add_shape(
        type="line",
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        line={"color": colour, "width": width, "dash": dash},
        layer="below",
    )


def draw_dot(
    figure: Canvas, x: float, y: float, symbol: str, size: float, fill: str, edge: str, width: float
) -> None:
    """Draw one of Plotly's symbols."""
    figure.add_trace(
        go.Scatter(
            x=[x],
            y=[y],
            mode="markers",
            cliponaxis=False,
            hoverinfo="skip",
            marker={"symbol": symbol, "size": size, "color": fill, "line": {"color": edge, "width": width}},
        )
    )


def draw_mark(figure: Canvas, x: float, y: float, entry: Entry, size: float = 14) -> None:
    """Draw the shape of a basis: hollow for a draft, half-filled where the text leaves the basis open."""
    hollow = entry.draft or entry.basis == "ambiguous"
    fill, width = (PAPER, 2) if hollow else (entry.colour, 0)
    draw_dot(figure, x, y, SYMBOL[entry.basis], size, fill, entry.colour, width)
    if entry.basis == "ambiguous" and not entry.draft:
        half = size / 2
        figure.add_shape(
            type="path",
            path=f"M {x},{y - half} L {x - half},{y} L {x},{y + half} Z",
            fillcolor=entry.colour,
            line={"width": 0},
            layer="above",
        )


def text_width(words: str, size: float) -> float:
    """Return the rough width of words in pixels: a Chinese character is a square, a Latin one about half.

    Marks that a Chinese font sets as squares count as such.

    >>> text_width("5G基站", 10) == text_width("基站", 10) + text_width("5G", 10), text_width("≥", 10)
    (True, 10)
    """
    return sum(size if ord(one) > 0x2E7F or one in SQUARE else size * 0.56 for one in words)
