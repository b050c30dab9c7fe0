"""By when a city promises: its dated commitments by year, and the targets due next, or last."""

from __future__ import annotations

import datetime
from typing import Any

import pandas as pd

from compare.sections.documents import Documents
from compare.sections.section import Heading, Items, Paragraph, Row, Section, Table
from compare.sections.shown import operative, tags, value
from compare.sections.tables import bars, cell, count, heads, table
from compare.words.named import records
from compare.words.text import Run, text


def deadlines(
    commitments: pd.DataFrame, figures: pd.DataFrame, documents: pd.DataFrame,
    as_of: str | datetime.date, lang: str = "zh",
) -> Section:  # fmt: skip
    """Return how many dated commitments of a city have fallen due, by year, and the targets due next.

    Where none is ahead of `as_of`, those due last. Nothing where no commitment is coded.
    """
    if commitments.empty:
        return Section("deadlines", (), lang=lang)
    papers, today = Documents(documents, lang), pd.Timestamp(as_of)
    dated = commitments[commitments["due_on"].notna()]
    dated = dated.assign(past=dated["due_on"] <= today)
    recurring = int(commitments["recurrence"].notna().sum())
    values = {"total": len(commitments), "dated": len(dated), "day": papers.style.day(today)}
    deck = (
        papers.say("deadlines.deck", **values),
        papers.say("deadlines.recurring", count=recurring) if recurring else "",
    )
    blocks = ([_years(dated, papers)] if len(dated) else []) + _nearest(operative(figures), today, papers)
    return papers.section("deadlines", _title(dated, papers), *blocks, deck=deck)


def _title(dated: pd.DataFrame, papers: Documents) -> str:
    if dated.empty:
        return papers.say("unread" if papers.unread else "deadlines.title.none")
    name = "deadlines.title.all" if dated["past"].all() else "deadlines.title"
    return papers.say(name, dated=len(dated), past=dated["past"].sum())


def _years(dated: pd.DataFrame, papers: Documents) -> Table:
    """Return the dated commitments by due year: a bar, per document, in all, with a number, past."""
    years = dated.groupby(dated["due_on"].dt.year)
    most = int(years.size().max())
    columns = [papers.say(f"deadlines.column.{name}") for name in ("year", "all", "figures", "past")]
    rows = []
    for year, own in years:
        drafted = int(own["source_id"].isin(papers.drafts).sum())
        rows.append(Row((
            cell(papers.say("axis.year", year=year), head=True),
            bars(len(own) - drafted, drafted, most, own["city_id"].iloc[0]),
            *papers.counts(own["source_id"]),
            count(len(own)),
            count(int((own["quantifier"] == "figure").sum())),
            count(int(own["past"].sum())),
        )))  # fmt: skip
    return table(heads([columns[0], None, *papers.heads(), *columns[1:]], "num"), rows, "plain counts")


def _nearest(promised: pd.DataFrame, today: pd.Timestamp, papers: Documents) -> list[Any]:
    """Return the targets of the next due day, else of the last; where most share it, only how many."""
    ahead, lang = promised[promised["due_on"] > today], papers.lang
    day = promised["due_on"].max() if ahead.empty else ahead["due_on"].min()
    rows = records(promised[promised["due_on"] == day].sort_values("row_id"))
    if not rows:
        return []
    told = {"due": rows[0][f"due_{lang}"], "count": len(rows)}
    if 2 * len(rows) > len(promised):
        # The table of targets shows them already.
        return [Paragraph(text(papers.say("deadlines.one", **told)), "note")]
    items = (
        text(Run(row[f"indicator_{lang}"], "name"), " ", value(row, lang), tags(row, lang, papers.words))
        for row in rows
    )
    head = papers.say("deadlines.last" if ahead.empty else "deadlines.next", **told)
    return [Heading(text(head)), Items(tuple(items), "named")]
