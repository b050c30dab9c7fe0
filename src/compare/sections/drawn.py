"""A chart as a page shows it: one drawing per width, a table twin, and the rows behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import plotly.graph_objects as go

from compare.sections.section import Cell, Chart, Drawing, Group, Row, Table, Take
from compare.sections.shown import Figure, place, take, value
from compare.words.messages import Messages
from compare.words.text import Run, Said, text

# On a wide screen two stand side by side.
PANEL_WIDTHS = (516, 340)
Draw = Callable[[int], go.Figure]


@dataclass(frozen=True)
class Line:
    """A figure of a chart as its table twin tells it: what heads it, such as its year, and its words.

    `shown` is its value where that is drawn otherwise than stated, `more` stands in further cells.
    """

    figure: Figure
    head: str
    words: Said
    shown: Run | None = None
    more: tuple[Said, ...] = ()


# The number of a section's figure, which its page gives.
FIGURE = Run("", "figure-number")


def drawings(draw: Draw, widths: Iterable[int]) -> tuple[Drawing, ...]:
    """Return what a chart function draws for each of some widths; its words stand around it on a page."""
    made = []
    for width in widths:
        figure = json.loads(draw(width).to_json())
        figure["layout"].pop("template", None)
        said = json.dumps(figure, ensure_ascii=False, separators=(",", ":"))
        made.append(Drawing(width, figure["layout"]["height"], said))
    return tuple(made)


def charted(
    name: str, draw: Draw, widths: Iterable[int], lines: Sequence[Line], messages: Messages, lang: str,
    *, taken: Take | None = None, **words: Any,
) -> Chart:  # fmt: skip
    """Return a chart with the figures behind it as its table twin, and as rows to take away.

    The latter are the figures of its lines, unless others are `taken`; `words` are its title, deck, alt, look
    and note.
    """
    taken = taken or take(name, [line.figure for line in lines], messages, lang)
    told = {"title": (), "deck": (), "alt": ""} | words
    return Chart(drawings=drawings(draw, widths), twin=twin(lines, lang), take=taken, **told)


def twin(lines: Iterable[Line], lang: str) -> Table:
    """Return figures as a plain table: what heads each, its place, its value, and the words beside it."""
    rows = []
    for line in lines:
        shown = line.shown or replace(value(line.figure, lang), look="bare")
        cells = (line.head, place(line.figure, lang), shown, line.words, *line.more)
        rows.append(Row(tuple(Cell((text(one),)) for one in cells)))
    return Table((), (Group(tuple(rows)),), look="")


def link(words: str, row_id: str) -> Run:
    """Return words that lead to a row, without its number."""
    return Run(words, "plain", row=row_id)
