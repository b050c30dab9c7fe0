"""What every kind of chart is drawn with: a layout, labels that name their row, and the mark of a basis.

Values and dates are data on a visible axis of Plotly's; down the figure rows stand one under another, `y`
counting pixels from the top of the plot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from compare.charts.look import FONT, INK, LATIN, PAPER, RULE, SECOND, SYMBOL, THIRD, colours
from compare.charts.widths import broken, text_width
from compare.errors import CompareError, Problem
from compare.words.named import records

Piece = dict[str, Any]
Row = dict[str, Any]
# The kinds of figures that rest on a document here.
STATED = ("target", "status", "mention", "absent")
# The size of a value, of a place's name, of a head over rows, and of all other words.
VALUE, NAME, HEAD, SMALL = 17, 14, 13.5, 12.5
# What a title leaves free on its right, where JupyterLab lays Plotly's buttons.
BUTTONS, LINE = 104, 23
MARK = 14
TICKS = {"size": SMALL, "color": THIRD, "family": LATIN}
# What a visible axis is like, whatever stands on it.
SEEN = {
    "fixedrange": True, "zeroline": False, "gridcolor": RULE, "tickangle": 0, "title_font": TICKS,
    "tickfont": TICKS,
}  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """An axis across a figure: what its ends mean, and where they lie in pixels from the left edge."""

    first: Any
    last: Any
    left: float
    right: float

    def at(self, value: Any) -> float:
        """Return where a value or a day lies, in pixels.

        >>> Scale(0, 100, 80, 480).at(25)
        180.0
        """
        return self.left + (self.right - self.left) * float((value - self.first) / (self.last - self.first))


def needs(frame: pd.DataFrame, columns: Iterable[str], kind: str, made_by: str) -> list[Row]:
    """Return the rows of a frame; raise CompareError for each column that a kind of chart misses in it."""
    todo = f"hand over rows of {made_by}"
    lacks = [Problem("frame", name, "no such column", todo=todo) for name in columns if name not in frame]
    if lacks:
        raise CompareError(f"charts.{kind} cannot draw this frame", lacks)
    return records(frame)


def told(lang: str, *more: str) -> list[str]:
    """Return the columns with the words in which a chart tells what a row is."""
    return [f"{name}_{lang}" for name in ("place", "item", "value", "due", "basis", *more)]


def unfit(kind: str, column: str, found: str, expected: str) -> CompareError:
    """Return the error for a frame whose rows give nothing to draw, or too much."""
    return CompareError(f"charts.{kind} cannot draw this frame", [Problem("frame", column, found, expected)])


def number(row: Row) -> float:
    """Return the number that a bound names: its lower end, or the upper where there is no lower."""
    return float(row["value_high"] if row["value_low"] is None else row["value_low"])


def of_numbers(top: float, share: bool) -> Piece:
    """Return an axis of numbers from 0 to `top`, or of per cent."""
    ticks = {"dtick": 25} if top == 100 else {"nticks": 5}
    return {"range": [0, top], "ticksuffix": "%" if share else "", "exponentformat": "none"} | ticks


def places(figures: pd.DataFrame) -> dict[str, str]:
    """Return a colour for each place that has a document in `cp.figures`, in the order of division codes."""
    stated = figures[figures["kind"].isin(STATED)].sort_values(["division_code", "place_id"])
    return colours([str(name) for name in stated["place_id"].unique()])


def figure(
    pieces: Iterable[Piece],
    axis: Piece,
    *,
    size: tuple[float, float],
    margin: tuple[float, float, float, float],
    title: str,
    lang: str,
    counted: float = 0,
) -> go.Figure:
    """Return a figure of traces, labels and shapes; `axis` is what its axis of values or days is like.

    `size` is the figure's width and the height of its plot, `margin` left, right, top and bottom. Down the
    plot `y` counts pixels from its top, or, where so much is `counted`, whatever it is from its foot.
    A title comes on top of that, in as many lines as it takes to clear Plotly's buttons.
    """
    held, (width, height), (left, right, top, bottom) = list(pieces), size, margin
    hidden = {"visible": False, "range": [0, counted] if counted else [height, 0], "fixedrange": True}
    sizes = {
        "width": width,
        "height": round(top + height + bottom),
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0, "autoexpand": False},
    }
    drawn = {
        "xaxis": SEEN | axis,
        "yaxis": hidden,
        "annotations": [piece for piece in held if "text" in piece],
        "shapes": [piece for piece in held if "layer" in piece],
    }
    # Nothing of a template that whoever draws it has set as his own.
    layout = {"template": {}} | sizes | _look(lang) | drawn
    return titled(go.Figure([piece for piece in held if "hoverinfo" in piece], layout), title)


def titled(figure: go.Figure, title: str) -> go.Figure:
    """Return a figure that was drawn without a title with one on top of it; the same where that is empty."""
    if not title:
        return figure
    room = figure.layout.width - BUTTONS
    lines = broken(title, room, room, VALUE)
    above = len(lines) * LINE + 15
    heading = {
        "text": "<br>".join(escaped(line) for line in lines),
        "font": {"size": VALUE, "color": INK},
        "x": 0, "xanchor": "left", "y": 1, "yanchor": "top",
        # Plotly lifts a title of several lines by half a line.
        "pad": {"t": 9 if len(lines) == 1 else 9 + LINE / 2},
    }  # fmt: skip
    height, top = figure.layout.height + above, figure.layout.margin.t + above
    return figure.update_layout(title=heading, height=height, margin_t=top)


def _look(lang: str) -> Piece:
    """Return what the layouts of all figures share."""
    return {
        "showlegend": False,
        "barmode": "overlay",
        "hovermode": "closest",
        "hoverlabel": {"font": {"family": FONT[lang], "size": SMALL}, "align": "left"},
        "dragmode": False,
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": THIRD, "remove": ["select2d", "lasso2d"]},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT[lang], "size": SMALL, "color": SECOND},
    }


def label(
    x: Any, y: float, value: str = "", words: str = "", row_id: str = "", side: str = "left",
    dx: float = 0, dy: float = 0, derived: bool = False,
) -> Piece:  # fmt: skip
    """Return a value, in bold unless it is derived, with words behind it; `side` is the end that is at `x`.

    `dx` and `dy` move it by pixels to the right and down; `row_id` is what a page makes a link of.

    >>> label(70, 20, "≥70%", "of households", "t-1", "right")["text"]
    '<b>≥70%</b> <span style="font-size:12.5px;color:#4D5158">of households</span>'
    """
    small = f'<span style="font-size:{SMALL}px;color:{SECOND}">{escaped(words)}</span>'
    strong = escaped(value) if derived else f"<b>{escaped(value)}</b>"
    said = " ".join(filter(None, [strong if value else "", small if words else ""]))
    made = placed(x, y, said, VALUE, INK, side, dx, dy) | {"bgcolor": f"{PAPER}D1"}
    # Numbers are set in the Latin font, whose signs are narrow, in both languages.
    made["font"]["family"] = LATIN
    return made | ({"name": row_id} if row_id else {})


def escaped(words: str) -> str:
    """Return words as Plotly's text takes them, which reads tags.

    >>> escaped("<5% & more")
    '&lt;5% &amp; more'
    """
    return escape(words, quote=False)


def label_width(value: str, words: str) -> float:
    """Return the rough width of a label in pixels."""
    return text_width(value, VALUE) + (text_width(words, SMALL) + 5 if words else 0)


def placed(
    x: Any, y: float, words: str, size: float, colour: str, side: str = "left", dx: float = 0, dy: float = 0
) -> Piece:
    """Return words, escaped already, at a place of the plot."""
    return {
        "x": x, "y": y, "text": words, "showarrow": False, "xanchor": side, "yanchor": "middle",
        "align": "left", "xshift": dx, "yshift": -dy, "borderpad": 0, "font": {"size": size, "color": colour},
    }  # fmt: skip


def edge(y: float, words: str, size: float, colour: str, left: float, dy: float = 0) -> Piece:
    """Return words in bold that begin `left` pixels to the left of the plot: a place's name, or a head."""
    said = f"<b>{escaped(words)}</b>"
    return placed(0, y, said, size, colour, dx=-left, dy=dy) | {"xref": "paper"}


def across(y: float, left: float, right: float, colour: str = RULE, dy: float = 0) -> Piece:
    """Return a line from one edge to the other: `left` and `right` are pixels from the plot's left end."""
    return {
        "type": "line", "xref": "paper", "xsizemode": "pixel", "xanchor": 0, "x0": -left, "x1": right,
        "ysizemode": "pixel", "yanchor": y, "y0": -dy, "y1": -dy,
        "line": {"color": colour, "width": 1}, "layer": "below",
    }  # fmt: skip


def trace(
    mode: str,
    xs: Sequence[Any],
    ys: Sequence[float],
    rows: Sequence[Row],
    lang: str,
    marker: Piece,
    **line: Any,
) -> Piece:
    """Return a trace whose points know the row they stand for, and say it when pointed at."""
    return {
        "type": "scatter", "mode": mode, "x": list(xs), "y": list(ys), "cliponaxis": False, "line": line,
        "customdata": [row["row_id"] for row in rows], "hovertext": [_hover(row, lang) for row in rows],
        "hoverinfo": "text", "marker": {"opacity": 1} | marker,
    }  # fmt: skip


def _hover(row: Row, lang: str) -> str:
    head = f"<b>{escaped(row[f'place_{lang}'])}</b> {escaped(row[f'value_{lang}'])}"
    said = [escaped(row[f"{name}_{lang}"]) for name in ("item", "due", "basis")]
    return "<br>".join([head, *filter(None, said)])


def mark(row: Row, ink: str) -> tuple[str, str, int]:
    """Return the symbol of a row's basis, its filling and its edge: hollow in a draft or where half is, an
    outline with a dot in it for a figure from elsewhere."""
    if row["status"] == "elsewhere":
        return f"{SYMBOL[row['basis']]}-open-dot", ink, 2
    hollow = row["status"] == "draft" or row["basis"] == "ambiguous"
    return SYMBOL[row["basis"]], PAPER if hollow else ink, 2 if hollow else 0


def half(row: Row, x: Any, y: float, ink: str) -> Iterator[Piece]:
    """Yield the left half of a mark, filled, where an adopted document leaves the basis open."""
    if row["basis"] == "ambiguous" and row["status"] not in ("draft", "elsewhere"):
        size = MARK * 0.65  # a diamond of Plotly's is wider than its size
        yield {
            "type": "path", "path": f"M 0,{size} L {-size},0 L 0,{-size} Z", "layer": "above",
            "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": x, "yanchor": y,
            "fillcolor": ink, "line": {"width": 0},
        }  # fmt: skip
