"""Every target that a city's documents set, by topic, with the statuses they report apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from compare.sections.documents import Documents
from compare.sections.section import Group, Heading, Items, Paragraph, Part, Row, Section, Table
from compare.sections.shown import Figure, by_row, listed, operative, shape, take, value
from compare.sections.table import legend
from compare.sections.tables import cell, heads, line
from compare.sections.topic_words import in_sentence
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, looking, text

COLUMNS = ("indicator", "value", "basis", "due", "others")
# Fewer cities than this make no page of a topic.
FEWEST_CITIES = 2
Others = Mapping[str, Sequence[Figure]]


def promises(
    figures: pd.DataFrame, every: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh"
) -> Section:
    """Return every target of a city that counts, by topic, then what its documents say is reached.

    `figures` are those of the city, `every` those of all cities, which say who else puts a number to it.
    Nothing where no document is coded.
    """
    papers = Documents(documents, lang)
    if all(row["coding"] == "registered" for row in papers.held.values()):
        return Section("promises", (), lang=lang)
    rows = operative(figures).sort_values(["topic_order", "due_on", "row_id"])
    statuses = figures[figures["kind"] == "status"].sort_values(["source_id", "quote_start"])
    blocks = (*_table(rows, figures, every, papers), *_statuses(statuses, papers))
    deck = (papers.say("promises.deck"),) if len(rows) else ()
    return papers.section("promises", _title(rows, papers), *blocks, deck=deck, look="matrix promises")


def _title(rows: pd.DataFrame, papers: Documents) -> str:
    """Return which topics hold the most targets."""
    if rows.empty:
        return papers.say("unread" if papers.unread else "promises.none")
    counts = rows[f"topic_{papers.lang}"].value_counts(sort=False)
    most = [in_sentence(str(name)) for name in counts.index[counts == counts.max()]]
    return papers.say(
        "promises.title" if len(most) == 1 else "promises.title.tied",
        count=len(rows), topics=len(counts), most=papers.style.all_of(most), number=counts.max(),
    )  # fmt: skip


def _table(
    rows: pd.DataFrame, figures: pd.DataFrame, every: pd.DataFrame, papers: Documents
) -> tuple[Any, ...]:
    if rows.empty:
        return ()
    known, pages = by_row(figures), _pages(every)
    cities = operative(every).drop_duplicates(["indicator_id", "place_id"])
    others = {str(name): records(own) for name, own in cities.groupby("indicator_id")}
    groups = tuple(
        Group(
            tuple(_row(one, known, others, papers) for one in records(own)),
            _head(own.iloc[0], topic in pages, papers),
        )
        for topic, own in rows.groupby("topic_id", sort=False)
    )
    head, targets = heads(papers.say(f"promises.column.{name}") for name in COLUMNS), records(rows)
    taken = records(operative(figures))
    name = f"{targets[0]['place_id']}-targets"
    return (
        _legend(targets[0], papers),
        Table((head,), groups, "plain stack"),
        take(name, taken, papers.words, papers.lang),
    )


def _legend(first: Figure, papers: Documents) -> Part:
    """Return what the shapes mean, and what a figure leads to."""
    link = text(" ", value(first, papers.lang), " ", papers.say("table.legend.link"))
    said = text(Run(papers.say("table.legend.basis"), "strong"), " ", legend(papers.words, papers.lang), link)
    return Part((Paragraph(said),), "legends")


def _head(row: pd.Series, compared: bool, papers: Documents) -> Text:
    page = Run(papers.say("promises.page"), "quiet", to=f"topic-{row['topic_id']}.{papers.lang}.html")
    return text(row[f"topic_{papers.lang}"], *((" ", page) if compared else ()))


def _pages(every: pd.DataFrame) -> set[str]:
    """Return the topics on which enough cities have numbers for a page that compares them."""
    cities = every[every["kind"].isin(["target", "status"])].groupby("topic_id")["place_id"].nunique()
    return {str(topic) for topic in cities.index[cities >= FEWEST_CITIES]}


def _row(figure: Figure, known: Mapping[str, Figure], others: Others, papers: Documents) -> Row:
    lang, source = papers.lang, figure["source_id"]
    indicator, scope, divided = (figure[f"{name}_{lang}"] for name in ("indicator", "scope", "denominator"))
    beside = [one for one in others[figure["indicator_id"]] if one["place_id"] != figure["place_id"]]
    names = papers.style.all_of([one[f"place_{lang}"] for one in beside])
    weak = (" ", Run(papers.say("mark.aspirational"), "tag")) if figure["force"] == "aspirational" else ()
    told = line(papers.say("promises.column.others"), look="label")
    return Row((
        cell(indicator, line(scope if scope not in indicator else "", look=""), head=True),
        cell(line(value(figure, lang), look="worth"), *_again(figure, known, papers)),
        cell(
            text(shape(figure), figure[f"measured_{lang}"]),
            line(papers.say("promises.denominator", denominator=divided) if divided else ""),
        ),
        cell(
            text(figure[f"due_{lang}"], *weak),
            line(papers.say("promises.period") if figure["due_source"] == "period" else ""),
            line(papers.tagged(source) if len(papers.held) > 1 or source in papers.drafts else ""),
        ),
        cell(told, names) if names else cell(line("–", look="none quiet")),
    ))  # fmt: skip


def _again(
    figure: Figure, known: Mapping[str, Figure], papers: Documents
) -> tuple[Paragraph | None, Paragraph | None]:
    """Return where else the document states a target, and what it is a part of."""
    lang = papers.lang
    also = [value(one, lang) for one in known.values() if one["restates_target_id"] == figure["row_id"]]
    part = known.get(figure["part_of_target_id"] or "")
    count = papers.style.count(len(also))
    return (
        line(papers.say("promises.also", count=count), signs(lang).space, joined(also, " "))
        if also
        else None,
        line(papers.say("promises.part"), signs(lang).space, value(part, lang)) if part else None,
    )


def _statuses(statuses: pd.DataFrame, papers: Documents) -> tuple[Any, ...]:
    lang = papers.lang
    items = tuple(
        text(
            Run(row[f"indicator_{lang}"], "name"), " ", value(row, lang), " ",
            looking(listed(lang, [row[f"measured_{lang}"], row[f"scope_{lang}"]]), "quiet"),
        )
        for row in records(statuses)
    )  # fmt: skip
    return (Heading(text(papers.say("promises.statuses"))), Items(items, "named")) if items else ()
