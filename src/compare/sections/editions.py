"""Two documents of one city side by side: indicators, commitments by topic, and the pairs taken up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from compare.analysis.changes import CHANGES
from compare.analysis.editions import EARLIER, LATER
from compare.sections.documents import Documents
from compare.sections.section import Cell, Fold, Group, Heading, Paragraph, Part, Row, Section, Table
from compare.sections.shown import Figure, by_row, quote, value
from compare.sections.tables import cell, count, heads, line, table
from compare.sections.topic_words import titled
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, joined, text

PAIR = ["earlier_source_id", "later_source_id"]
SIDES = {"earlier": EARLIER, "later": LATER}
# The clauses named where one side is silent on an indicator; more are counted.
MOST_CLAUSES = 2
Names = tuple[str, str]


def editions(
    indicators: pd.DataFrame, topics: pd.DataFrame, taken: pd.DataFrame, figures: pd.DataFrame,
    commitments: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh",
) -> Section:  # fmt: skip
    """Return what each document of a city took up of the one before; nothing where it has one document.

    The first three are the frames of `cp.indicator_changes`, `cp.commitment_changes` and `cp.taken_up`; the
    words shown are those of `figures` and `commitments`.
    """
    papers, known = Documents(documents, lang), by_row(figures)
    clauses = dict(zip(commitments["commitment_id"], commitments["action_zh"], strict=True))
    parts = []
    for pair in topics[PAIR].drop_duplicates().itertuples(index=False, name=None):
        counts, rows, pairs = (_of(frame, pair) for frame in (topics, indicators, taken))
        body = (*_indicators(rows, pair, known, clauses, papers), *_clauses(counts, pairs, pair, papers))
        parts.append((_title(counts, pairs, pair, papers), _deck(pair, papers), body))
    if not parts:
        return Section("editions1", (), lang=lang)
    (title, deck, blocks), *others = parts
    for at, (again, told, body) in enumerate(others, 2):
        said = titled(again, documents, papers.words, lang)
        head = Heading(said, anchor=f"editions{at}", level=2)
        blocks += (head, Paragraph(joined(told, signs(lang).space), "deck"), *body)
    return papers.section("editions1", title, *blocks, deck=deck, name="editions")


def _of(rows: pd.DataFrame, pair: Names) -> pd.DataFrame:
    return rows[(rows[PAIR[0]] == pair[0]) & (rows[PAIR[1]] == pair[1])]


def _title(counts: pd.DataFrame, pairs: pd.DataFrame, pair: Names, papers: Documents) -> str:
    """Return how many commitments the later document takes up, where that is known."""
    name = "editions.title" if len(pairs) else "editions.title.unread"
    # Of a document that is not coded whole nobody can say what it leaves out.
    name = name if set(pair) <= set(papers.whole) else "editions.title.unknown"
    first, second = (papers.called([one]) for one in pair)
    earlier, taken = (int(counts[column].fillna(0).sum()) for column in ("earlier", "taken_up"))
    return papers.say(name, first=first, second=second, earlier=earlier, taken=taken)


def _deck(pair: Names, papers: Documents) -> tuple[str, str]:
    earlier, later = (papers.called([one], "source") for one in pair)
    draft = papers.say("editions.draft") if pair[0] in papers.drafts else ""
    return papers.say("editions.deck", earlier=earlier, later=later), draft


def _indicators(
    rows: pd.DataFrame, pair: Names, known: Mapping[str, Figure], clauses: Mapping[str, str],
    papers: Documents,
) -> Iterator[Any]:  # fmt: skip
    """Yield what became of each indicator, with what both documents say."""
    if rows.empty:
        return
    ordered = sorted(records(rows), key=lambda row: CHANGES.index(row["change"]))
    lines = [
        Row((
            cell(row[f"indicator_{papers.lang}"], head=True),
            *(_side(row, side, one, known, clauses, papers) for side, one in zip(SIDES, pair, strict=True)),
            cell(
                papers.say(f"editions.change.{row['change']}"),
                line(papers.say("editions.lapsed") if row["lapsed"] else ""),
                line(row[f"reason_{papers.lang}"]),
            ),
        ))
        for row in ordered
    ]  # fmt: skip
    ends = [papers.say(f"editions.column.{name}") for name in ("indicator", "change")]
    head = heads([ends[0], *map(papers.tagged, pair), ends[1]])
    with_number = [any(row[f"{side}_state"] == "quantified" for side in SIDES) for row in ordered]
    first, rest = (
        [one for one, found in zip(lines, with_number, strict=True) if found == wanted]
        for wanted in (True, False)
    )
    yield Heading(text(papers.say("editions.indicators")))
    if first:
        yield table(head, first, "plain stack")
    if rest:
        summary = papers.say("editions.words", count=papers.style.count(len(rest)))
        yield Fold(text(summary), (table(head, rest, "plain stack"),), "folded")


def _side(
    row: Mapping[str, Any], side: str, source: str, known: Mapping[str, Figure], clauses: Mapping[str, str],
    papers: Documents,
) -> Cell:  # fmt: skip
    """Return what one document says: all figures, the first mention, the first clauses, or why nothing."""
    lang, state = papers.lang, row[f"{side}_state"]
    names = (row[f"{side}_ids"] or "").split(";") if row[f"{side}_ids"] else []
    figures = [one for one in names if one.startswith("t-")]
    shown = figures + [one for one in names if one.startswith("m-")][:1]
    quoted = [one for one in names if one.startswith("c-")][:MOST_CLAUSES]
    lines = [*(_said(known[one], lang) for one in shown), *(_clause(clauses[one]) for one in quoted)]
    label = line(papers.called([source], "source"), look="label")
    if not lines:
        return cell(label, text(Run("", f"glyph g-{state}"), Run(papers.style.state(state), "quiet")))
    more = len(names) - len(lines)
    rest = papers.say("editions.more", count=papers.style.count(more)) if more else ""
    return cell(label, *lines, line(rest, look="quiet"))


def _said(figure: Figure, lang: str) -> Part:
    if not figure[f"value_{lang}"]:
        return Part((text(quote(figure, lang)),))
    return Part((text(value(figure, lang), " ", Run(figure[f"due_{lang}"], "quiet")),))


def _clause(words: str) -> Part:
    return Part((text(Run(words, lang="zh")),), "clause")


def _clauses(counts: pd.DataFrame, pairs: pd.DataFrame, pair: Names, papers: Documents) -> Iterator[Any]:
    """Yield how many commitments of each topic were taken up, and which; nothing where none was compared."""
    if pairs.empty:
        return
    head = papers.say("editions.topics")
    yield Heading(text(head))
    yield Part((_topics(counts, pair, papers),), "scroll", label=head)
    yield Heading(text(papers.say("editions.pairs", count=len(pairs))))
    yield Paragraph(text(papers.say("editions.pairs.deck")), "deck")
    for _, own in pairs.groupby("topic_id"):
        summary = text(own[f"topic_{papers.lang}"].iloc[0], " ", Run(str(len(own)), "quiet"))
        yield Fold(summary, (_pairs(records(own), pair, papers),), "folded")


def _topics(counts: pd.DataFrame, pair: Names, papers: Documents) -> Table:
    """Return the commitments of both documents by topic: how many were taken up, in which way, or not."""
    # A column in which nothing is counted is left out.
    columns = {
        side: [side, *(name for name in names if name != "not_taken_up" and counts[name].fillna(1).any())]
        for side, names in SIDES.items()
    }
    looks = {name: "num split" if name == "later" else "num" for held in columns.values() for name in held}
    over = [
        cell(papers.tagged(one), look="split" if side == "later" else "", head=True, columns=len(held))
        for one, (side, held) in zip(pair, columns.items(), strict=True)
    ]
    named = [cell(papers.say(f"editions.count.{name}"), look=looks[name], head=True) for name in looks]
    rows = tuple(
        Row((
            cell(row[f"topic_{papers.lang}"], head=True),
            *(count(row[name], look) for name, look in looks.items()),
        ))
        for row in records(counts)
        if row["earlier"] is None or row["later"] is None or row["earlier"] + row["later"]
    )  # fmt: skip
    head = Row((cell(papers.say("editions.column.topic"), head=True), *named))
    return Table((Row((Cell(()), *over)), head), (Group(rows),), "plain counts")


def _pairs(rows: list[dict[str, Any]], pair: Names, papers: Documents) -> Table:
    first, second = (line(papers.called([one], "source"), look="label") for one in pair)
    lines = [
        Row((
            cell(first, _clause(row["earlier_zh"])),
            cell(
                papers.say(f"editions.relation.{row['relation']}"),
                line(Run(row["note"], lang="zh")) if row["note"] else "",
            ),
            cell(second, _clause(row["later_zh"])),
        ))
        for row in rows
    ]  # fmt: skip
    relation = papers.say("editions.column.relation")
    head = heads([papers.tagged(pair[0]), relation, papers.tagged(pair[1])])
    return table(head, lines, "plain stack pairs")
