"""How many commitments of each document carry no date."""

from __future__ import annotations

import pandas as pd

from compare.analysis.schedule import documents
from compare.sections.dues import NOTEBOOK, Due, across, cell, city, document, head
from compare.sections.section import Row, Section
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import records
from compare.words.text import Run, text

COLUMNS = ("document", "all", "dated", "recurring", "undated", "share", "figures")


def undated(schedule: pd.DataFrame, lang: str = "zh") -> Section:
    """Return a row per document: its commitments, those with a date, and those with a number but none."""
    said, number = messages(lang, NOTEBOOK), Labels(None, lang).number
    held = schedule[schedule["commitment_id"].notna()]
    rows = [
        _row(source, held[held["source_id"] == source["source_id"]], lang)
        for source in records(documents(schedule))
    ]
    heads = Row(tuple(head(said.say(f"undated.{name}")) for name in COLUMNS))
    counts = {"all": number(len(held)), "undated": number(int((held["state"] == "undated").sum()))}
    kicker = said.say("undated.kicker")
    return Section(
        "undated", said.text("undated.title", **counts), text(kicker), said.text("undated.deck"),
        (across([heads], rows, kicker),), "cal cal-tally", lang,
    )  # fmt: skip


def _row(source: Due, held: pd.DataFrame, lang: str) -> Row:
    number, without = Labels(None, lang).number, held[held["state"] == "undated"]
    recurring = int((held["state"] == "recurring").sum())
    share = 100 * len(without) / len(held) if len(held) else 0.0
    cells = (
        head(city(source, lang), " ", document(source, lang)),
        cell(number(len(held))),
        cell(number(len(held) - len(without) - recurring)),
        cell(str(recurring)),
        cell(Run(number(len(without)), "strong")),
        cell(f"{share:.0f}%", look="cal-share"),
        cell(str(int((without["quantifier"] == "figure").sum()))),
    )
    return Row(cells)
