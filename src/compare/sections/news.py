"""What changed since the last edition: new rows by table, and corrected values with their reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pandas as pd

from compare.sections.section import Fold, Paragraph, Row, Section, Table
from compare.sections.shown import Figure
from compare.sections.tables import cell, heads, table
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, Text, chinese, text

# What a reader is told the number of; code lists and dictionaries are published too, without a count.
COUNTED = (
    "targets", "deadlines", "commitments", "other_clauses", "tasks", "ledger", "mentions", "reference",
    "outcomes", "outside_targets", "sources",
)  # fmt: skip
HEADS = ("row", "column", "old", "new", "day", "reason")
# Corrections of one reason up to which each is listed by itself, and how many are listed unfolded.
MOST_ALIKE, MOST = 3, 12
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s，。；、（）]+", re.IGNORECASE)


def news(counts: pd.DataFrame, corrections: pd.DataFrame, edition: str, lang: str = "zh") -> Section:
    """Return what an edition brings, from the frames of `analysis.news`.

    The column `page` of the corrections is where a row stands; where it is empty a row leads nowhere.
    """
    said, number = messages(lang, "index"), Labels(None, lang).number
    published, earlier = int(counts[["earlier", "new"]].to_numpy().sum()), int(counts["earlier"].sum())
    told = counts.set_index("table").reindex(COUNTED).fillna(0).astype(int)
    new, left = told["new"], told["unpublished"]
    if not published:
        return Section("changes", said.text("changes.title.none"), look="changes", lang=lang)
    corrected = {"edition": edition, "corrected": number(len(corrections))}
    if earlier:
        title = said.text("changes.title", new=number(new.sum()), **corrected)
        lines = [said.text("changes.new", rows=_listed(new, said, lang))] if new.any() else []
    else:
        title = said.text(
            "changes.title.corrected" if len(corrections) else "changes.title.first", **corrected
        )
        lines = [said.text("changes.first", count=number(new.sum()), rows=_listed(new, said, lang))]
    lines += [said.text("changes.unpublished", rows=_listed(left, said, lang))] if left.any() else []
    lines += [said.text("changes.reasons" if len(corrections) else "changes.uncorrected")]
    blocks = (*(Paragraph(line) for line in lines), *_corrected(records(corrections), said, lang))
    return Section("changes", title, blocks=blocks, look="changes", lang=lang)


def _listed(counts: pd.Series[int], said: Messages, lang: str) -> str:
    labels = Labels(None, lang)
    rows = {said.say(f"table.{table}"): labels.number(count) for table, count in counts.items() if count}
    return labels.all_of([said.say("changes.rows", table=name, count=count) for name, count in rows.items()])


def _corrected(rows: Sequence[Figure], said: Messages, lang: str) -> Iterable[Table | Fold]:
    """Yield the corrections that have a reason of their own, then those of one reason folded under it."""
    number, why = Labels(None, lang).number, f"reason_{signs(lang).names}"
    by_reason: dict[str, list[Figure]] = {}
    for row in rows:
        by_reason.setdefault(row[why], []).append(row)
    single = [row for row in rows if len(by_reason[row[why]]) <= MOST_ALIKE]
    if single:
        yield _table(single[:MOST], said, lang)
    if rest := single[MOST:]:
        yield Fold(said.text("changes.more", count=number(len(rest))), (_table(rest, said, lang),), "more")
    for reason, held in by_reason.items():
        if len(held) > MOST_ALIKE:
            words = said.say("changes.alike", count=number(len(held)), reason=_shown(reason, said))
            summary = chinese(words) if signs(lang).foreign else text(words)
            yield Fold(summary, (_table(held, said, lang),), "alike")


def _table(rows: Sequence[Figure], said: Messages, lang: str) -> Table:
    names = [said.say(f"changes.column.{name}") for name in HEADS]
    made = [
        Row(tuple(cell(Paragraph(a), label=b) for a, b in zip(_cells(row, said, lang), names, strict=True)))
        for row in rows
    ]
    return table(heads(names), made, "plain corrections")


def _cells(row: Figure, said: Messages, lang: str) -> Iterable[Text]:
    counted = row["table"] in COUNTED
    name = Run(said.say(f"table.{row['table']}")) if counted else Run(row["table"], "code")
    yield text(name, " ", Run(row["row_id"], to=row["page"] and f"{row['page']}#{row['row_id']}"))
    title, code = readable(row["column"]) if signs(lang).foreign else row["title_zh"], row["column"]
    yield text(title, *((" ", Run(code, "code")) if title.lower() != code else ()))
    for side in ("old", "new"):
        yield chinese(_shown(row[side], said)) if row[side] else said.text("changes.empty")
    yield text(Labels(None, lang).day(row["corrected_on"]))
    yield chinese(_shown(row[f"reason_{signs(lang).names}"], said))


def readable(name: str) -> str:
    """Return the English name of a column as a reader says it.

    >>> readable("note_en"), readable("due_source"), readable("measure_id")
    ('Note in English', 'Due source', 'Measure')
    """
    head, _, tail = name.rpartition("_")
    held = {"en": f"{head} in English", "zh": f"{head} in Chinese", "id": head}.get(tail, name)
    return held[:1].upper() + held[1:].replace("_", " ")


def _shown(words: str, said: Messages) -> str:
    """Return words without addresses of the web: no page shows one as its own."""
    return ADDRESS.sub(lambda _: said.say("changes.address"), words)
