"""What a city's documents leave out: the headline indicators with a number, with words, or not mentioned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from compare.analysis.coverage import STATES
from compare.sections.documents import Documents
from compare.sections.section import Cell, Fold, Group, Heading, Items, Paragraph, Part, Row, Section, Table
from compare.sections.shown import Figure, by_row, quote, value
from compare.sections.tables import cell, heads, line, table
from compare.texts.keywords import listed
from compare.words.named import records
from compare.words.text import Run, Text, joined, text


def silences(
    coverage: pd.DataFrame, figures: pd.DataFrame, commitments: pd.DataFrame, documents: pd.DataFrame,
    lang: str = "zh",
) -> Section:  # fmt: skip
    """Return how many headline indicators a city quantifies, mentions or leaves out, and which.

    `coverage` holds the state of its documents for each of them, `commitments` what is promised in words.
    """
    papers, known = Documents(documents, lang), by_row(figures)
    shown = coverage[coverage["source_id"].isin(papers.held)]
    deck = "silences.deck" if papers.whole else "silences.deck.unknown"
    groups = [
        _group(source, state, records(own), known, papers)
        for source in papers.held
        for state in STATES[1:]
        if len(own := shown[(shown["source_id"] == source) & (shown["state"] == state)])
    ]
    absent = coverage.loc[coverage["state"] == "not_obtained", "source_id"]
    lists = Part((*groups, *_lacking(documents[documents["source_id"].isin(absent)], papers)), "lists")
    if shown.empty:
        return papers.section("silences", _title(shown, papers), lists)
    said = papers.say(deck, total=shown["indicator_id"].nunique())
    tally = _tally(shown, commitments, papers)
    return papers.section("silences", _title(shown, papers), tally, lists, deck=(said,))


def _title(coverage: pd.DataFrame, papers: Documents) -> str:
    """Return how many headline indicators no document mentions, of those that are coded whole."""
    if not papers.whole:
        return papers.say("silences.title.unknown" if papers.held else "silences.title.absent")
    read = coverage[coverage["source_id"].isin(papers.whole)].groupby("indicator_id")["state"].agg(set)
    counts = {"total": coverage["indicator_id"].nunique(), "silent": sum(one == {"silent"} for one in read)}
    if len(papers.whole) == 1:
        return papers.say("silences.title", document=papers.called(papers.whole), **counts)
    several = papers.style.count(len(papers.whole))
    return papers.say("silences.title.several", documents=several, **counts)


def _sign(state: str, place: str = "") -> Run:
    return Run("", f"glyph g-{state}", place=place if state == "quantified" else "")


def _tally(coverage: pd.DataFrame, commitments: pd.DataFrame, papers: Documents) -> Table:
    """Return the states counted by topic, a column per document and state that occurs, words last."""
    counts = coverage.groupby(["source_id", "state", "topic_id"]).size().to_dict()
    seen = {key[:2] for key in counts}
    columns = [(source, state) for source in papers.held for state in STATES if (source, state) in seen]
    over = [
        cell(papers.tagged(source), head=True, columns=sum(one == source for one, _ in columns))
        for source in papers.held
    ]
    named = [
        papers.say("silences.quantified") if state == "quantified" else papers.style.state(state)
        for _, state in columns
    ]
    rows = tuple(
        Row((
            cell(row[f"topic_{papers.lang}"], head=True),
            *(_signs(counts.get((*one, row["topic_id"]), 0), one[1], row["city_id"]) for one in columns),
            cell(_in_words(commitments[commitments["topic_id"] == row["topic_id"]], papers.lang)),
        ))
        for row in records(coverage.drop_duplicates("topic_id").sort_values("topic_order"))
    )  # fmt: skip
    head = heads([papers.say("silences.column.topic"), *named, papers.say("silences.column.words")])
    top = (Row((Cell(()), *over, Cell(()))),) if len(over) > 1 else ()
    return Table((*top, head), (Group(rows),), "plain tally")


def _signs(number: int, state: str, place: str) -> Cell:
    signs = line(*[_sign(state, place)] * number, look="signs")
    return cell(signs, line(str(number), look="num") if number else "")


def _in_words(rows: pd.DataFrame, lang: str) -> Text:
    """Return how many commitments each document makes without a number, leading to the first of them.

    An indicator may be silent where its topic is not.
    """
    counts = rows[~rows["numbered"]].groupby("source_id")["commitment_id"].agg(["size", "first"])
    links = [
        Run(str(size), to=f"sources/{source}.{lang}.html#{first}")
        for source, size, first in counts.itertuples()
    ]
    return joined(links, " + ")


def _group(
    source: str, state: str, rows: list[dict[str, Any]], known: Mapping[str, Figure], papers: Documents
) -> Part:
    """Return the indicators of one document and state, each with what shows it."""
    named = len(papers.held) > 1 or source in papers.drafts or papers.unread
    tag = (" ", papers.tagged(source, "quiet")) if named else ()
    head = text(_sign(state), Run(papers.style.state(state), "strong"), *tag)
    if state == "silent":
        return Part((Heading(head), *_searched(rows, papers)))
    items = Items(tuple(_item(row, known, papers.lang) for row in rows))
    return Part((Fold(text(*head, " ", Run(str(len(rows)), "quiet")), (items,), "more"),))


def _item(row: Mapping[str, Any], known: Mapping[str, Figure], lang: str) -> Text:
    figure = known.get(row["evidence_id"])
    shown = Run(row[f"why_{lang}"], "quiet")
    if figure:
        shown = value(figure, lang) if figure[f"value_{lang}"] else quote(figure, lang)
    return text(Run(row[f"indicator_{lang}"], "name"), " ", shown)


def _searched(rows: list[dict[str, Any]], papers: Documents) -> tuple[Paragraph, Fold]:
    """Return the indicators that are not mentioned, and the searches that found nothing of them."""
    names = [row[f"indicator_{papers.lang}"] for row in rows]
    found = any(row["hits"] for row in rows)
    lines = (
        (cell(name), cell(Run(listed(row["keywords_zh"]), lang="zh")), cell(f"{row['hits']:.0f}", look="num"))
        for name, row in zip(names, rows, strict=True)
    )
    head = heads(papers.say(f"silences.column.{name}") for name in ("indicator", "terms", "hits"))
    summary = papers.say("silences.searches" if found else "silences.searches.none")
    return Paragraph(text(papers.style.all_of(names))), Fold(
        text(summary), (table(head, map(Row, lines), ""),), "twin"
    )


def _lacking(rows: pd.DataFrame, papers: Documents) -> list[Part]:
    """Return the documents that are known to exist but not at hand."""
    if rows.empty:
        return []
    counted = papers.say("silences.lacking", count=papers.style.count(len(rows)))
    head = Heading(text(_sign("not_obtained"), papers.style.state("not_obtained")))
    titles = Items(tuple(text(title) for title in rows[f"title_{papers.style.signs.names}"]))
    return [Part((head, Paragraph(text(counted), "quiet"), titles))]
