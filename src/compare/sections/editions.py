"""Two documents of one city side by side: indicators, commitments by topic, and the pairs taken up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from compare.analysis.changes import CHANGES
from compare.analysis.editions import EARLIER, LATER
from compare.sections.city_lead import NOTEBOOK
from compare.sections.documents import Document, at_hand, tagged, titled
from compare.sections.section import Cell, Fold, Group, Heading, Paragraph, Part, Row, Section, Table
from compare.sections.shown import SPACE, Figure, by_row, quote, value
from compare.sections.tables import cell, heads
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import records
from compare.words.text import Run, joined, text

# The clauses named where one side is silent on an indicator; more are counted.
MOST_CLAUSES = 2
SIDES = {"earlier": EARLIER, "later": LATER}
Pair = dict[str, Document]


def editions(
    indicators: pd.DataFrame,
    topics: pd.DataFrame,
    taken: pd.DataFrame,
    figures: pd.DataFrame,
    commitments: pd.DataFrame,
    documents: pd.DataFrame,
    lang: str = "zh",
) -> Section:
    """Return what each document of a city took up of the one before; nothing where it has one document.

    `indicators`, `topics` and `taken` are what became of the indicators, how many commitments of each topic
    were taken up, and the pairs of commitments; the words shown are those of `figures` and `commitments`.
    """
    held, said = at_hand(documents), messages(lang, NOTEBOOK)
    known = by_row(figures)
    actions = dict(zip(commitments["commitment_id"], commitments["action_zh"], strict=True))
    heads_, bodies = [], []
    for earlier, later in topics.groupby(PAIR, sort=False).groups:
        pair = {"earlier": held[earlier], "later": held[later]}
        counts, rows, pairs = (_of(frame, earlier, later) for frame in (topics, indicators, taken))
        heads_.append((_title(counts, pairs, pair, held, lang), _deck(pair, lang)))
        bodies.append((*_indicators(rows, pair, known, actions, lang), *_clauses(counts, pairs, pair, lang)))
    if not bodies:
        return Section("editions1", (), lang=lang)
    blocks = [*bodies[0]]
    for at, ((title, deck), body) in enumerate(zip(heads_[1:], bodies[1:], strict=True), 2):
        blocks += [Heading(text(title), anchor=f"editions{at}", level=2), Paragraph(deck, "deck"), *body]
    kicker = text(said.say("editions.kicker"))
    return Section("editions1", text(heads_[0][0]), kicker, heads_[0][1], tuple(blocks), "editions", lang)


PAIR = ["earlier_source_id", "later_source_id"]


def _of(rows: pd.DataFrame, earlier: str, later: str) -> pd.DataFrame:
    return rows[(rows["earlier_source_id"] == earlier) & (rows["later_source_id"] == later)]


def _title(
    counts: pd.DataFrame, pairs: pd.DataFrame, pair: Pair, held: Mapping[str, Document], lang: str
) -> str:
    """Return how many commitments the later document takes up, where that is known."""
    # Of a document that is not coded whole nobody can say what it leaves out.
    name = "editions.title" if len(pairs) else "editions.title.unread"
    if any(one["coding"] != "complete" for one in pair.values()):
        name = "editions.title.unknown"
    finding = messages(lang, NOTEBOOK).say(
        name,
        first=pair["earlier"][f"document_{lang}"],
        second=pair["later"][f"document_{lang}"],
        earlier=int(counts["earlier"].fillna(0).sum()),
        taken=int(counts["taken_up"].fillna(0).sum()),
    )
    return titled(finding, held, lang)


def _deck(pair: Pair, lang: str) -> Any:
    said = messages(lang, NOTEBOOK)
    names = {side: one[f"source_{lang}"] for side, one in pair.items()}
    draft = said.say("editions.draft") if pair["earlier"]["status"] == "draft" else ""
    return joined([said.say("editions.deck", **names), draft], SPACE[lang])


def _indicators(
    rows: pd.DataFrame, pair: Pair, known: dict[str, Figure], actions: dict[str, str], lang: str
) -> Iterator[Any]:
    """Yield what became of each indicator, with what both documents say."""
    if rows.empty:
        return
    said = messages(lang, NOTEBOOK)
    order = {name: at for at, name in enumerate(CHANGES)}
    lines = [
        Row((
            cell(row[f"indicator_{lang}"], head=True),
            *(_side(row, side, pair[side], known, actions, lang) for side in SIDES),
            cell(
                said.say(f"editions.change.{row['change']}"),
                *_why(said.say("editions.lapsed") if row["lapsed"] is True else "", row[f"reason_{lang}"]),
            ),
        ))
        for row in sorted(records(rows), key=lambda row: order[row["change"]])
    ]  # fmt: skip
    yield Heading(text(said.say("editions.indicators")))
    ends = [said.say(f"editions.column.{name}") for name in ("indicator", "change")]
    names = heads([ends[0], *(tagged(one, lang) for one in pair.values()), ends[1]])
    yield Table((names,), (Group(tuple(lines)),), "plain stack")


def _why(*said: str | None) -> list[Paragraph]:
    return [Paragraph(text(one), "why") for one in said if one]


def _side(
    row: Figure,
    side: str,
    document: Document,
    known: dict[str, Figure],
    actions: dict[str, str],
    lang: str,
) -> Cell:
    """Return what one document says: all figures, the first mention, the first clauses, or why nothing."""
    names = (row[f"{side}_ids"] or "").split(";") if row[f"{side}_ids"] else []
    numbers, mentions, clauses = ([one for one in names if one.startswith(kind)] for kind in ("t-", "m-", "c-"))
    shown = [*numbers, *mentions[:1]]
    lines = [_said(known[one], lang) for one in shown]
    lines += [_clause(actions[one]) for one in clauses[:MOST_CLAUSES]]
    more = len(names) - len(shown) - len(clauses[:MOST_CLAUSES])
    if more:
        count = Labels(None, lang).count(more)
        lines.append(Paragraph(text(messages(lang, NOTEBOOK).say("editions.more", count=count)), "quiet"))
    if not lines:
        state = row[f"{side}_state"]
        lines = [Paragraph(text(Run("", f"glyph g-{state}"), Run(row[f"{side}_state_{lang}"], "quiet")))]
    return cell(Paragraph(text(document[f"source_{lang}"]), "label"), *lines)


def _said(figure: Figure, lang: str) -> Paragraph:
    if not figure[f"value_{lang}"]:
        return Paragraph(text(quote(figure, lang)), "line")
    return Paragraph(text(value(figure, lang), " ", Run(figure[f"due_{lang}"], "quiet")), "line")


def _clause(words: str) -> Paragraph:
    return Paragraph(text(Run(words, lang="zh")), "clause")


def _clauses(counts: pd.DataFrame, pairs: pd.DataFrame, pair: Pair, lang: str) -> Iterator[Any]:
    """Yield how many commitments of each topic were taken up, and which; nothing where nobody has read them."""
    if pairs.empty:
        return
    said = messages(lang, NOTEBOOK)
    yield Heading(text(said.say("editions.topics")))
    yield Part((_topics(counts, pair, lang),), "scroll")
    yield Heading(text(said.say("editions.pairs", count=len(pairs))))
    yield Paragraph(text(said.say("editions.pairs.deck")), "deck")
    for _, own in pairs.groupby("topic_id"):
        summary = text(own[f"topic_{lang}"].iloc[0], " ", Run(str(len(own)), "quiet"))
        yield Fold(summary, (_pairs(own, pair, lang),), "folded")


def _topics(counts: pd.DataFrame, pair: Pair, lang: str) -> Table:
    said = messages(lang, NOTEBOOK)
    # A column in which nothing is counted is left out.
    columns = {
        side: [side, *(one for one in names if one != "not_taken_up" and counts[one].fillna(1).any())]
        for side, names in SIDES.items()
    }
    flat = [(name, "num split" if name == "later" else "num") for names in columns.values() for name in names]
    over = [
        cell(tagged(pair[side], lang), look="split" if side == "later" else "", head=True, columns=len(names))
        for side, names in columns.items()
    ]
    head = cell(said.say("editions.column.topic"), head=True)
    named = [cell(said.say(f"editions.count.{name}"), look=look, head=True) for name, look in flat]
    rows = [
        Row((cell(row[f"topic_{lang}"], head=True), *(_count(row[name], look) for name, look in flat)))
        for row in records(counts)
        if row["earlier"] is None or row["later"] is None or row["earlier"] + row["later"]
    ]
    return Table((Row((Cell(()), *over)), Row((head, *named))), (Group(tuple(rows)),), "plain counts")


def _count(number: Any, look: str) -> Cell:
    """Return a count, a dash for none; empty where it is not known."""
    return cell("" if number is None else str(number or "–"), look=look)


def _pairs(pairs: pd.DataFrame, pair: Pair, lang: str) -> Table:
    said = messages(lang, NOTEBOOK)
    labels = {side: Paragraph(text(one[f"source_{lang}"]), "label") for side, one in pair.items()}
    rows = [
        Row((
            cell(labels["earlier"], _clause(row["earlier_zh"])),
            cell(said.say(f"editions.relation.{row['relation']}"), *_note(row["note"])),
            cell(labels["later"], _clause(row["later_zh"])),
        ))
        for row in records(pairs)
    ]  # fmt: skip
    head = heads([
        tagged(pair["earlier"], lang), said.say("editions.column.relation"), tagged(pair["later"], lang)
    ])  # fmt: skip
    return Table((head,), (Group(tuple(rows)),), "plain stack pairs")


def _note(note: str | None) -> list[Paragraph]:
    return [Paragraph(text(Run(note, lang="zh")), "why")] if note else []
