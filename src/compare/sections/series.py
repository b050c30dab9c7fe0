"""Charts of what one place reached of one thing at five dates or more, each with its table twin."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from compare.charts.series import series as drawn_series
from compare.sections.drawn import PANEL_WIDTHS, Line, charted
from compare.sections.section import Chart, Part
from compare.sections.shown import Figure, listed, tags
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.text import Run

# Fewer dates are told in words and tables.
LEAST = 5
SAME = ["place_id", "indicator_id", "basis", "unit_id"]


def dated(figures: pd.DataFrame, lang: str, places: Iterable[str] | None = None) -> tuple[Part, ...]:
    """Return a chart for each place and indicator of which `cp.figures` holds outcomes of five days.

    Only totals and rates: what is counted within a period makes no series by its last day. `places` are
    those to draw, all where none are named.
    """
    rows = figures[(figures["kind"] == "outcome") & figures["basis"].isin(["stock", "rate"])]
    rows = rows[rows["due_on"].notna() & rows["indicator_id"].notna()]
    rows = rows if places is None else rows[rows["place_id"].isin(set(places))]
    groups = [held for _, held in rows.groupby(SAME, sort=False) if held["due_on"].nunique() >= LEAST]
    said = messages(lang)
    charts = tuple(_chart(figures, held, said, lang) for held in groups)
    return (Part(charts, "panels"),) if charts else ()


def _chart(figures: pd.DataFrame, held: pd.DataFrame, said: Messages, lang: str) -> Chart:
    rows = records(held.sort_values(["due_on", "row_id"]))
    first = rows[0]
    # The place's other rows give it its colour.
    frame = figures[figures["row_id"].isin(held["row_id"]) | ~figures["kind"].isin(["elsewhere", "outcome"])]
    words = {"place": first[f"place_{lang}"], "indicator": first[f"indicator_{lang}"]}
    told = [f"{row[f'due_{lang}']} {row[f'value_{lang}']}" for row in rows]
    return charted(
        f"{first['topic_id']}-series-{first['place_id']}-{first['indicator_id']}",
        lambda width: drawn_series(frame, lang, width, title=""),
        PANEL_WIDTHS, [_line(row, said, lang) for row in rows], said, lang,
        title=said.text("series.title", dates=held["due_on"].nunique(), **words),
        deck=said.text("series.deck", unit=first[f"unit_{lang}"]),
        alt=said.say("series.alt", figures=Labels(None, lang).all_of(told), **words),
    )  # fmt: skip


def _line(row: Figure, said: Messages, lang: str) -> Line:
    about = listed(lang, [row[f"item_{lang}"], Run(row[f"cited_{lang}"], lang="zh"), row[f"standing_{lang}"]])
    return Line(row, row[f"due_{lang}"], about + tags(row, lang, said))
