"""How many commitments of each document carry no date."""

from __future__ import annotations

import pandas as pd

from compare.analysis.schedule import STATES, documents
from compare.sections.dues import NOTEBOOK, Due, cell, city, document, head
from compare.sections.section import Group, Part, Row, Section, Table
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import records
from compare.words.text import Run, text

COLUMNS = ("document", "all", "dated", "recurring", "undated", "share", "figures")


def undated(schedule: pd.DataFrame, lang: str = "zh") -> Section:
    """Return a row per document: its commitments, those with a date, and those with a number but none."""
    said, number = messages(lang, NOTEBOOK), Labels(None, lang).number
    held = schedule[schedule["commitment_id"].notna()]
    rows = []
    for source in records(documents(schedule)):
        own = held[held["source_id"] == source["source_id"]]
        rows.append(_row(source, own, lang))
    table = Table(
        (Row(tuple(head(said.say(f"undated.{name}")) for name in COLUMNS)),), (Group(tuple(rows)),), "cal-table"
    )
    without = int((held["state"] == "undated").sum())
    title = said.say("undated.title", all=number(len(held)), undated=number(without))
    kicker = said.say("undated.kicker")
    return Section(
        "undated", text(title), text(kicker), text(said.say("undated.deck")),
        (Part((table,), "cal-across", label=kicker),), "cal cal-tally", lang,
    )  # fmt: skip


def _row(source: Due, held: pd.DataFrame, lang: str) -> Row:
    number = Labels(None, lang).number
    counts = {name: int((held["state"] == name).sum()) for name in STATES}
    figures = int(((held["state"] == "undated") & (held["quantifier"] == "figure")).sum())
    share = 100 * counts["undated"] / len(held) if len(held) else 0.0
    return Row(
        (
            head(city(source, lang), " ", document(source, lang)),
            cell(number(len(held))),
            cell(number(counts["past"] + counts["today"] + counts["open"])),
            cell(str(counts["recurring"])),
            cell(Run(number(counts["undated"]), "strong")),
            cell(f"{share:.0f}%", look="cal-share"),
            cell(str(figures)),
        )
    )
