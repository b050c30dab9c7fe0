"""A chart as a page shows it: one drawing per width, a table twin, and the rows behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

import plotly.graph_objects as go

from compare.sections.section import Cell, Chart, Drawing, Group, Paragraph, Row, Table
from compare.sections.shown import Figure, place, tags, take, value
from compare.words.messages import Messages
from compare.words.text import Run, Text, text

Draw = Callable[[int], go.Figure]


def drawings(draw: Draw, widths: Iterable[int]) -> tuple[Drawing, ...]:
    """Return what a chart function draws for each of some widths."""
    made = []
    for width in widths:
        figure = json.loads(draw(width).to_json())
        figure["layout"].pop("template", None)
        said = json.dumps(figure, ensure_ascii=False, separators=(",", ":"))
        made.append(Drawing(width, figure["layout"]["height"], said))
    return tuple(made)


def charted(
    name: str, draw: Draw, widths: Iterable[int], figures: Iterable[Figure], messages: Messages, lang: str,
    *, title: Text = (), deck: Text = (), alt: str = "", look: str = "",
    groups: Mapping[str, str] | None = None,
) -> Chart:  # fmt: skip
    """Return a chart with the figures behind it as its table twin and as rows to take away.

    `groups` gives, by row, what heads the figure in the twin, such as its year.
    """
    rows = list(figures)
    return Chart(
        title, deck, alt, drawings(draw, widths), twin(rows, messages, lang, groups or {}),
        take(name, rows, messages, lang), look,
    )  # fmt: skip


def twin(rows: Iterable[Figure], messages: Messages, lang: str, groups: Mapping[str, str]) -> Table:
    """Return figures as a plain table: what heads each, its place, value and measure."""
    made = []
    for row in rows:
        cells = (
            text(groups.get(row["row_id"], row[f"due_{lang}"])),
            text(place(row, lang)),
            text(value(row, lang)),
            text(row[f"measured_{lang}"], tags(row, lang, messages)),
        )
        made.append(Row(tuple(Cell((Paragraph(one),)) for one in cells)))
    return Table((), (Group(tuple(made)),), look="")


def link(words: str, row_id: str) -> Run:
    """Return words that lead to a row, without its number."""
    return Run(words, "plain", row=row_id)
