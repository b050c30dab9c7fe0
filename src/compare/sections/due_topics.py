"""The commitments of every topic and document by what has become of their dates."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import pandas as pd

from compare.analysis.schedule import STATES, documents, tally
from compare.sections.dues import NOTEBOOK, Due, across, cell, city, document, head
from compare.sections.section import Row, Section
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import text

# What has fallen due and what has no date has a column though it is nothing.
ALWAYS = ("past", "undated")
# A document and one of the states that it has a column for, "past" being the first.
Column = tuple[Due, str]
Counts = Mapping[str, Mapping[str, int]]


def due_topics(schedule: pd.DataFrame, lang: str = "zh") -> Section:
    """Return the counts of every topic, a group of columns per document; it has none for a state it lacks."""
    said, number, counts = messages(lang, NOTEBOOK), Labels(None, lang).number, tally(schedule)
    sums: Counts = counts.groupby("source_id")[[*STATES]].sum().to_dict("index")
    columns = [
        (row, state)
        for row in records(documents(schedule))
        for state in STATES
        if state in ALWAYS or sums.get(row["source_id"], {}).get(state)
    ]
    topics = schedule.drop_duplicates("topic_id").set_index("topic_id")[f"topic_{lang}"]
    by_topic = counts.groupby("topic_id", observed=True)
    rows = [
        _row(topics[name], held.set_index("source_id").to_dict("index"), columns) for name, held in by_topic
    ]
    foot = _row(said.say("state.all"), sums, columns, lang)
    past = by_topic["past"].sum()
    title = said.say("topics.title.none")
    if past.any():
        title = said.say("topics.title", topic=topics[past.idxmax()], count=number(past.max()))
    due = schedule[(schedule["state"] == "past") & schedule["commitment_id"].notna()]
    drafts = int((due["status"] == "draft").sum())
    drafted = signs(lang).space + said.say("topics.drafts", count=number(drafts)) if drafts else ""
    caption = said.say("topics.caption")
    table = across(_heads(columns, said, lang), rows, caption, "cal-by-document", caption, foot=(foot,))
    return Section(
        "topics", text(title), said.text("topics.kicker"), text(said.say("topics.deck"), drafted),
        (table,), "cal cal-tally", lang,
    )  # fmt: skip


def _heads(columns: list[Column], said: Messages, lang: str) -> list[Row]:
    tops = [head(said.say("topics.head"), look="cal-corner", rows=2)]
    for _, same in groupby((row for row, _ in columns), key=lambda row: row["source_id"]):
        first, *rest = same
        words = (city(first, lang), " ", document(first, lang))
        tops.append(head(*words, look="cal-top", place=first["city_id"], columns=1 + len(rest)))
    states = [head(said.say(f"state.{state}"), look=_edge(state)) for _, state in columns]
    return [Row(tuple(tops)), Row(tuple(states))]


def _edge(state: str) -> str:
    return "cal-edge" if state == "past" else ""


def _row(name: str, counts: Counts, columns: list[Column], foot: str = "") -> Row:
    """Return the counts of a topic, or those of all as the `foot` in a language."""
    cells = [head(name)]
    for row, state in columns:
        held = counts.get(row["source_id"])
        count = held[state] if held else 0
        looks = [_edge(state)]
        looks += [] if foot else ["cal-past" if state == "past" else "", "" if count else "cal-none"]
        words = Labels(None, foot).number(count) if foot else str(count) if held else "–"
        cells.append(cell(words, look=" ".join(filter(None, looks))))
    return Row(tuple(cells))
