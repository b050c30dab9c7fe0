"""The deadlines that come again and again, with the period of their document."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pandas as pd

from compare.sections.dues import NOTEBOOK, Due, city, document, entries
from compare.sections.section import Heading, Section
from compare.sections.shown import by_row
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, text


def recurring(schedule: pd.DataFrame, figures: pd.DataFrame, lang: str = "zh") -> Section:
    """Return the recurring deadlines, each with its words and what it governs."""
    said, known = messages(lang, NOTEBOOK), by_row(figures)
    rows = records(schedule[schedule["state"] == "recurring"])
    blocks: list[Any] = []
    for _, held in groupby(rows, key=lambda row: row["deadline_id"]):
        due = list(held)
        blocks += [_heading(due[0], lang), entries(due, known, lang)]
    deck = said.say("recurring.deck" if rows else "recurring.none")
    return Section(
        "recurring", text(said.say("recurring.title")), (), text(deck), tuple(blocks),
        "cal cal-calendar cal-recurring", lang,
    )  # fmt: skip


def _heading(row: Due, lang: str) -> Heading:
    said, labels = messages(lang, NOTEBOOK), Labels(None, lang)
    period = ""
    if row["started_on"] and row["ended_on"]:
        ends = {"start": labels.day(row["started_on"]), "end": labels.day(row["ended_on"])}
        over = signs(lang).comma + said.say("recurring.ended") if row["ended_on"] < row["as_of"] else ""
        period = said.say("recurring.period", **ends) + over
    source = document(row, lang, "quiet", "tag draft-tag")
    return Heading(
        text(
            city(row, lang), f" {row[f'due_{lang}']} ", Run(period, "quiet") if period else None, " ", source
        )
    )
