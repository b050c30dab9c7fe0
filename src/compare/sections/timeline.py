"""When promises fall due: a line per target from the day of signing to its date."""

from __future__ import annotations

import pandas as pd

from compare.charts.timeline import timeline as drawn_timeline
from compare.sections.drawn import FIGURE, Line, charted
from compare.sections.section import Section
from compare.sections.shown import Figure, operative, tags
from compare.sections.table import due_group, legend
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.text import text

WIDTHS = (1080, 720, 340)
MONTH = 365.2425 / 12


def timeline(figures: pd.DataFrame, lang: str = "zh") -> Section:
    """Return the timeline of the dated targets of `cp.figures`; without blocks where there are none."""
    said = messages(lang, "topic_comparison")
    rows = records(operative(figures).dropna(subset="due_on").sort_values(["due_on", "row_id"]))
    if not rows:
        return Section("timeline", (), lang=lang)
    told = [
        f"{row[f'place_{lang}']} {row[f'value_{lang}']} {row[f'indicator_{lang}']} ({due_group(row, lang)})"
        for row in rows
    ]
    chart = charted(
        f"{rows[0]['topic_id']}-timeline",
        lambda width: drawn_timeline(figures, lang=lang, width=width, title=""),
        WIDTHS, [_line(row, said, lang) for row in rows], said, lang, look="wide",
        alt=said.say("timeline.alt", figures=Labels(None, lang).all_of(told)),
    )  # fmt: skip
    return Section(
        "timeline", text(_title(rows, said)), said.text("timeline.kicker", number=FIGURE),
        text(said.say("timeline.deck"), " ", legend(said, lang)), (chart,), "figure", lang,
    )  # fmt: skip


def _line(row: Figure, said: Messages, lang: str) -> Line:
    return Line(row, due_group(row, lang), text(row[f"indicator_{lang}"], tags(row, lang, said)))


def _title(rows: list[Figure], said: Messages) -> str:
    months = [round((row["due_on"] - row["issued_on"]).days / MONTH) for row in rows if row["issued_on"]]
    # One promise makes no shortest and no longest.
    if len(months) < 2:
        years = [row["due_on"].year for row in rows]
        key = "timeline.title.undated" if min(years) == max(years) else "timeline.title.span"
        return said.say(key, first=min(years), last=max(years))
    if min(months) == max(months):
        return said.say("timeline.title.one", months=months[0])
    return said.say("timeline.title", shortest=min(months), longest=max(months))
