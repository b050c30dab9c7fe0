"""By when a city promises: its dated commitments by year, and the targets due next, or last."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.sections.city_lead import NOTEBOOK, operative
from compare.sections.documents import Document, at_hand, drafts, tagged, titled, whole
from compare.sections.section import Bar, Cell, Group, Heading, Items, Paragraph, Row, Section, Table
from compare.sections.shown import SPACE, tags, value
from compare.sections.tables import cell, count, heads
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.text import Run, Said, joined, text


def deadlines(
    commitments: pd.DataFrame,
    figures: pd.DataFrame,
    documents: pd.DataFrame,
    as_of: str,
    lang: str = "zh",
) -> Section:
    """Return how many dated commitments of a city have fallen due, by year, and the targets of the next day.

    Where none is ahead of `as_of`, those of the last day. Nothing where no commitment is coded.
    """
    if commitments.empty:
        return Section("deadlines", (), lang=lang)
    held, said = at_hand(documents), messages(lang, NOTEBOOK)
    today, dated = pd.Timestamp(as_of), commitments[commitments["due_on"].notna()]
    recurring = int(commitments["recurrence"].notna().sum())
    day = Labels(None, lang).day(today)
    decks = [
        said.say("deadlines.deck", total=len(commitments), dated=len(dated), day=day),
        said.say("deadlines.recurring", count=recurring) if recurring else "",
    ]
    return Section(
        "deadlines",
        text(titled(_title(dated, held, today, said), held, lang)),
        kicker=text(said.say("deadlines.kicker")),
        deck=joined(decks, SPACE[lang]),
        blocks=(
            *((_years(dated, held, today, said, lang),) if len(dated) else ()),
            *_nearest(operative(figures), today, said, lang),
        ),
        look="deadlines",
        lang=lang,
    )


def _title(dated: pd.DataFrame, held: dict[str, Document], today: pd.Timestamp, said: Messages) -> str:
    past = int((dated["due_on"] <= today).sum())
    if dated.empty:
        return said.say("unread" if len(whole(held)) < len(held) else "deadlines.title.none")
    name = "deadlines.title" if past < len(dated) else "deadlines.title.all"
    return said.say(name, dated=len(dated), past=past)


def _years(
    dated: pd.DataFrame, held: dict[str, Document], today: pd.Timestamp, said: Messages, lang: str
) -> Table:
    """Return the dated commitments by due year: a bar, per document, in all, with a number, past."""
    years = dated.groupby(dated["due_on"].dt.year)
    most = int(years.size().max())
    columns = [said.say(f"deadlines.column.{name}") for name in ("all", "figures", "past")]
    rows = [
        Row((
            cell(said.say("axis.year", year=year), head=True),
            bar_cell(int((~own["source_id"].isin(drafts(held))).sum()), len(own), most, own["city_id"].iloc[0]),
            *of_documents(own["source_id"], held),
            cell(str(len(own)), look="num"),
            count(int((own["quantifier"] == "figure").sum())),
            count(int((own["due_on"] <= today).sum())),
        ))
        for year, own in years
    ]  # fmt: skip
    head = heads([said.say("deadlines.column.year"), None, *document_heads(held, lang), *columns], "num")
    return Table((head,), (Group(tuple(rows)),), "plain counts")


def bar_cell(solid: int, whole_count: int, most: int, place: str) -> Cell:
    """Return a bar as long as its count, what stands in drafts hollow at its end."""
    parts = ((solid, ""), (whole_count - solid, "hollow"))
    stretches = tuple((100 * number / most, look) for number, look in parts if number)
    return Cell((Bar(stretches, place),), "bar-cell")


def document_heads(held: dict[str, Document], lang: str) -> list[Said]:
    """Return the documents as heads of columns, none where there is one document."""
    return [tagged(row, lang) for row in held.values()] if len(held) > 1 else []


def of_documents(sources: Any, held: dict[str, Document]) -> list[Cell]:
    """Return how often each document occurs, as cells; none where there is one document."""
    return [count(int((sources == name).sum())) for name in held] if len(held) > 1 else []


def _nearest(promised: pd.DataFrame, today: pd.Timestamp, said: Messages, lang: str) -> tuple[Any, ...]:
    """Return the targets of the next due day, else of the last; where most share it, only how many."""
    ahead = promised[promised["due_on"] > today]
    day = promised["due_on"].max() if ahead.empty else ahead["due_on"].min()
    rows = records(promised[promised["due_on"] == day].sort_values("row_id"))
    if not rows:
        return ()
    values = {"due": rows[0][f"due_{lang}"], "count": len(rows)}
    if 2 * len(rows) > len(promised):
        # The table of targets shows them already.
        return (Paragraph(text(said.say("deadlines.one", **values)), "note"),)
    lines = [
        text(Run(row[f"indicator_{lang}"], "name"), " ", value(row, lang), tags(row, lang, said))
        for row in rows
    ]
    head = said.say("deadlines.last" if ahead.empty else "deadlines.next", **values)
    return Heading(text(head)), Items(tuple(lines), "named")
