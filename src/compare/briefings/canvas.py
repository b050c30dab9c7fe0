"""What charts are drawn on and with: entries, labels, a canvas in pixels, the mark of a basis.

Labels are kept beside the figure as data: JupyterLab shows them as annotations, a
page lays them over the plot as links, because Plotly strips links from a local file.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import plotly.graph_objects as go

from compare.briefings.look import FONT, INK, PAPER, RULE, SECOND, SYMBOL


@dataclass(frozen=True)
class Entry:
    """One target as a chart draws it; `group` heads the rows that fall due together."""

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


@dataclass
class Plot:
    """A figure of a fixed size with the labels that belong on it."""

    width: int
    height: int
    figure: go.Figure
    labels: list[Label] = field(default_factory=list)

    def annotated(self, lang: str, title: str = "") -> go.Figure:
        """Return the figure with its labels as annotations and a title, to stand without a page around it."""
        figure = go.Figure(self.figure)
        for label in self.labels:
            text = f"<b>{label.value}</b> {label.words}".strip() if label.value else label.words
            figure.add_annotation(
                x=label.left / self.width,
                y=1 - label.top / self.height,
                xref="paper",
                yref="paper",
                text=text,
                showarrow=False,
                xanchor={"right": "right", "middle": "center"}.get(label.anchor, "left"),
                yanchor="middle",
                font={"size": 13, "color": label.colour or INK, "family": FONT[lang]},
            )
        head = 44 if title else 0
        return figure.update_layout(
            title={"text": title, "x": 0, "xanchor": "left", "font": {"size": 17, "color": INK}},
            margin={"l": 0, "r": 0, "t": head, "b": 0},
            height=self.height + head,
        )


def canvas(width: int, height: int, lang: str) -> go.Figure:
    """Return an empty figure whose coordinates are pixels from the top left."""
    figure = go.Figure()
    figure.update_layout(
        width=width,
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=False,
        hovermode=False,
        dragmode=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT[lang], "size": 12.5, "color": SECOND},
    )
    hidden = {"visible": False, "fixedrange": True, "zeroline": False, "showgrid": False}
    return figure.update_xaxes(range=[0, width], **hidden).update_yaxes(range=[height, 0], **hidden)


def draw_line(
    figure: go.Figure,
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


def draw_mark(figure: go.Figure, x: float, y: float, entry: Entry, size: float = 14) -> None:
    """Draw the shape of a basis: hollow for a draft, half-filled where the text leaves the basis open."""
    hollow = entry.draft or entry.basis == "ambiguous"
    figure.add_trace(
        go.Scatter(
            x=[x],
            y=[y],
            mode="markers",
            cliponaxis=False,
            hoverinfo="skip",
            marker={
                "symbol": SYMBOL[entry.basis],
                "size": size,
                "color": PAPER if hollow else entry.colour,
                "line": {"color": entry.colour, "width": 2 if hollow else 0},
            },
        )
    )
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
    """Return the rough width of words in pixels: a Chinese character is a square, a Latin one about half."""
    return sum(size if ord(character) > 0x2E7F else size * 0.56 for character in words)
