"""What a city's documents leave out: the headline indicators with a number, with words, or not mentioned."""

from __future__ import annotations

import pandas as pd

from compare.analysis.coverage import STATES
from compare.sections.city_lead import NOTEBOOK
from compare.sections.documents import Document, at_hand, drafts, tagged, titled, whole
from compare.sections.section import Cell, Fold, Group, Heading, Items, Paragraph, Part, Row, Section, Table
from compare.sections.shown import Figure, by_row, quote, value
from compare.sections.tables import cell, heads
from compare.texts.keywords import listed
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import records
from compare.words.text import Run, Text, joined, text


def silences(
    coverage: pd.DataFrame,
    figures: pd.DataFrame,
    commitments: pd.DataFrame,
    documents: pd.DataFrame,
    lang: str = "zh",
) -> Section:
    """Return how many headline indicators a city quantifies, mentions or leaves out, and which.

    `coverage` holds the state of each document for each of them, `commitments` what is promised in words.
    """
    held, said = at_hand(documents), messages(lang, NOTEBOOK)
    coverage = coverage[coverage["source_id"].isin(held)]
    total = coverage["indicator_id"].nunique()
    deck = said.say("silences.deck" if whole(held) else "silences.deck.unknown", total=total)
    known = by_row(figures)
    groups = [
        _group(state, records(own), held[source], held, known, lang)
        for source in held
        for state in STATES[1:]
        if len(own := coverage[(coverage["source_id"] == source) & (coverage["state"] == state)])
    ]
    return Section(
        "silences",
        text(_title(coverage, held, lang)),
        kicker=text(said.say("silences.kicker")),
        deck=text(deck) if len(coverage) else (),
        blocks=(
            *((_tally(coverage, commitments, held, lang),) if len(coverage) else ()),
            Part((*groups, *_lacking(documents, lang)), "lists"),
        ),
        look="silences",
        lang=lang,
    )


def _title(coverage: pd.DataFrame, held: dict[str, Document], lang: str) -> str:
    """Return how many headline indicators no document mentions, of those that are coded whole."""
    said, read = messages(lang, NOTEBOOK), whole(held)
    if not held:
        return said.say("silences.title.absent")
    if not read:
        return titled(said.say("silences.title.unknown"), held, lang)
    states = coverage[coverage["source_id"].isin(read)].groupby("indicator_id")["state"].agg(set)
    counts = {"total": coverage["indicator_id"].nunique(), "silent": sum(one == {"silent"} for one in states)}
    if len(read) == 1:
        name = held[read[0]][f"document_{lang}"]
        return titled(said.say("silences.title", document=name, **counts), held, lang)
    several = Labels(None, lang).count(len(read))
    return titled(said.say("silences.title.several", documents=several, **counts), held, lang)


def _sign(state: str, place: str = "") -> Run:
    return Run("", f"glyph g-{state}", place=place if state == "quantified" else "")


def _tally(
    coverage: pd.DataFrame, commitments: pd.DataFrame, held: dict[str, Document], lang: str
) -> Table:
    """Return the states counted by topic, a column per document and state that occurs, words last."""
    said = messages(lang, NOTEBOOK)
    seen = set(zip(coverage["source_id"], coverage["state"], strict=True))
    columns = [(source, state) for source in held for state in STATES if (source, state) in seen]
    over = [
        cell(tagged(row, lang), head=True, columns=sum(one == source for one, _ in columns))
        for source, row in held.items()
    ]
    style = Labels(None, lang)
    named = [
        said.say("silences.quantified") if state == "quantified" else style.state(state)
        for _, state in columns
    ]
    top = [Row((Cell(()), *over, Cell(())))] if len(held) > 1 else []
    ends = (said.say("silences.column.topic"), said.say("silences.column.words"))
    counts = coverage.groupby(["topic_id", "source_id", "state"]).size().to_dict()
    topics = coverage.drop_duplicates("topic_id").sort_values("topic_id")
    rows = [
        Row((
            cell(name, head=True),
            *(_signs(counts.get((topic, *column), 0), column[1], city) for column in columns),
            cell(_in_words(commitments[commitments["topic_id"] == topic], lang)),
        ))
        for topic, name, city in zip(topics["topic_id"], topics[f"topic_{lang}"], topics["city_id"], strict=True)
    ]  # fmt: skip
    return Table((*top, heads([ends[0], *named, ends[1]])), (Group(tuple(rows)),), "plain tally")


def _signs(number: int, state: str, place: str) -> Cell:
    if not number:
        return Cell(())
    signs = Paragraph((_sign(state, place),) * number, "signs")
    return cell(signs, Paragraph(text(str(number)), "num"))


def _in_words(rows: pd.DataFrame, lang: str) -> Text:
    """Return how many commitments each document makes without a number, leading to the first of them.

    An indicator may be silent where its topic is not.
    """
    said = rows[~rows["numbered"]].groupby("source_id")["commitment_id"].agg(["size", "first"])
    links = [
        Run(str(size), to=f"sources/{source}.{lang}.html#{first}")
        for source, size, first in said.itertuples()
    ]
    return joined(links, " + ")


def _group(
    state: str,
    rows: list[Figure],
    document: Document,
    held: dict[str, Document],
    known: dict[str, Figure],
    lang: str,
) -> Part:
    """Return the indicators of one document and state, each with what shows it."""
    named = len(held) > 1 or document["source_id"] in drafts(held) or len(whole(held)) < len(held)
    source = tagged(document, lang)
    tag = (" ", source if source.look else Run(source.text, "quiet")) if named else ()
    head = Heading(text(_sign(state), Labels(None, lang).state(state), *tag))
    if state == "silent":
        return Part((head, *_searched(rows, lang)))
    return Part((head, Items(tuple(_line(row, known, lang) for row in rows))))


def _line(row: Figure, known: dict[str, Figure], lang: str) -> Text:
    figure = known.get(row["evidence_id"])
    shown = Run(row[f"why_{lang}"], "quiet")
    if figure:
        shown = value(figure, lang) if figure[f"value_{lang}"] else quote(figure, lang)
    return text(Run(row[f"indicator_{lang}"], "name"), " ", shown)


def _searched(rows: list[Figure], lang: str) -> tuple[Paragraph, Fold]:
    """Return the indicators that are not mentioned, and the searches that found nothing of them."""
    said = messages(lang, NOTEBOOK)
    names = Labels(None, lang).all_of([row[f"indicator_{lang}"] for row in rows])
    found = any(row["hits"] for row in rows)
    lines = [
        Row((cell(row[f"indicator_{lang}"]), cell(Run(listed(row["keywords_zh"]), lang="zh")),
             cell(str(int(row["hits"])), look="num")))
        for row in rows
    ]  # fmt: skip
    head = heads(said.say(f"silences.column.{name}") for name in ("indicator", "terms", "hits"))
    fold = Fold(
        text(said.say("silences.searches" if found else "silences.searches.none")),
        (Table((head,), (Group(tuple(lines)),), ""),),
        "twin",
    )
    return Paragraph(text(names)), fold


def _lacking(documents: pd.DataFrame, lang: str) -> list[Part]:
    """Return the documents that are known to exist but not at hand."""
    rows = [row for row in records(documents) if row["status"] == "not_obtained"]
    if not rows:
        return []
    style = Labels(None, lang)
    counted = messages(lang, NOTEBOOK).say("silences.lacking", count=style.count(len(rows)))
    blocks = (
        Heading(text(_sign("not_obtained"), style.state("not_obtained"))),
        Paragraph(text(counted), "quiet"),
        Items(tuple(text(row[f"title_{lang}"]) for row in rows)),
    )
    return [Part(blocks)]
