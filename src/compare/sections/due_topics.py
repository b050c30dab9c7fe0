"""The commitments of every topic and document by what has become of their dates."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.analysis.schedule import STATES, documents, tally
from compare.sections.dues import NOTEBOOK, Due, cell, city, document, head
from compare.sections.section import Cell, Group, Part, Row, Section, Table
from compare.sections.shown import SPACE
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import records
from compare.words.text import text

Counts = dict[str, Any]
# A document and the states that it gives columns to.
Column = tuple[Due, list[str]]


def due_topics(schedule: pd.DataFrame, lang: str = "zh") -> Section:
    """Return the counts of every topic, a group of columns per document.

    A state that a document lacks has no column, except what has fallen due and what has no date.
    """
    said, number = messages(lang, NOTEBOOK), Labels(None, lang).number
    counts = tally(schedule)
    sums = {source: held[[*STATES]].sum().to_dict() for source, held in counts.groupby("source_id")}
    none = dict.fromkeys(STATES, 0)
    columns = [
        (row, [name for name in STATES if name in ("past", "undated") or sums.get(row["source_id"], none)[name]])
        for row in records(documents(schedule))
    ]
    topics = schedule.drop_duplicates("topic_id").set_index("topic_id")[f"topic_{lang}"]
    rows = [
        _row(topics[topic], {one["source_id"]: one for one in held.to_dict("records")}, columns)
        for topic, held in counts.groupby("topic_id", observed=True)
    ]
    foot = _row(said.say("state.all"), {source: sums.get(source, none) for source in sums}, columns, lang)
    caption = said.say("topics.caption")
    table = Table(
        _heads(columns, lang), (Group(tuple(rows)),), "cal-table cal-by-document", caption, (foot,)
    )
    past = counts.groupby("topic_id", observed=True)["past"].sum()
    first = {"topic": topics[past.idxmax()], "count": number(past.max())} if past.any() else None
    title = said.say("topics.title", **first) if first else said.say("topics.title.none")
    drafts = int(((schedule["state"] == "past") & (schedule["status"] == "draft") & schedule["commitment_id"].notna()).sum())
    drafted = SPACE[lang] + said.say("topics.drafts", count=number(drafts)) if drafts else ""
    return Section(
        "topics", text(title), text(said.say("topics.kicker")), text(said.say("topics.deck"), drafted),
        (Part((table,), "cal-across", label=caption),), "cal cal-tally", lang,
    )  # fmt: skip


def _heads(columns: list[Column], lang: str) -> tuple[Row, ...]:
    said = messages(lang, NOTEBOOK)
    tops = [
        head(city(row, lang), " ", document(row, lang), look="cal-top", place=row["city_id"], columns=len(states))
        for row, states in columns
    ]
    below = [
        head(said.say(f"state.{name}"), look="cal-edge" if name == states[0] else "")
        for _, states in columns
        for name in states
    ]
    return Row((head(said.say("topics.head"), look="cal-corner", rows=2), *tops)), Row(tuple(below))


def _row(name: str, held: dict[str, Counts], columns: list[Column], foot: str = "") -> Row:
    """Return the counts of a topic, or those of all as the `foot` in a language."""
    return Row((head(name), *(one for row, states in columns for one in _cells(held.get(row["source_id"]), states, foot))))


def _cells(counts: Counts | None, states: list[str], foot: str) -> list[Cell]:
    cells = []
    for name in states:
        count = counts[name] if counts else 0
        looks = ("cal-edge" if name == states[0] else "", "cal-past" if name == "past" and not foot else "",
                 "" if count or foot else "cal-none")  # fmt: skip
        said = Labels(None, foot).number(count) if foot else str(count) if counts else "–"
        cells.append(cell(said, look=" ".join(filter(None, looks))))
    return cells
