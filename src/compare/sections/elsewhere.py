"""The figures from elsewhere with title, publisher, confidence and doubts, suspects apart."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.sections.section import Fold, Heading, Items, Row, Section
from compare.sections.shown import Figure, by_row, listed, place
from compare.sections.tables import cell, heads, table
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, text

COLUMNS = ("number", "place", "what", "value", "when", "source")


def elsewhere(facts: pd.DataFrame, figures: pd.DataFrame, lang: str = "zh") -> Section:
    """Return every figure from elsewhere in `cp.figures` with its sources, as `cp.facts` holds them.

    A fact that no figure of the frame names, being in doubt, stands apart with the reason. Without blocks
    where the frame holds no figure from elsewhere.
    """
    said, known = messages(lang), by_row(figures)
    held = [row for row in known.values() if row["kind"] in ("elsewhere", "outcome")]
    if not held:
        return Section("elsewhere", (), lang=lang)
    held.sort(key=lambda row: (row["place_id"], row["row_id"]))
    by_id = {row["fact_id"]: row for row in records(facts)}
    rows = [_row(row, [by_id[name] for name in _ids(row)], said, lang) for row in held]
    head = heads(said.say(f"elsewhere.column.{name}") for name in COLUMNS)
    apart = [row for row in by_id.values() if row["confidence"] == "suspect"]
    blocks: list[Any] = [table(head, rows, "plain")]
    if apart:
        items = tuple(
            listed(
                lang,
                [row[f"place_{lang}"], Run(row["source_title"], lang="zh"), row[f"note_{signs(lang).names}"]],
            )
            for row in apart
        )
        blocks += [Heading(said.text("elsewhere.apart")), Items(items, "apart")]
    folded = Fold(said.text("elsewhere.count", count=len(held)), tuple(blocks), "folded")
    return Section(
        "elsewhere", said.text("elsewhere.title"), said.text("elsewhere.kicker"), said.text("elsewhere.deck"),
        (folded,), "elsewhere", lang, tuple(row["row_id"] for row in held),
    )  # fmt: skip


def _ids(row: Figure) -> list[str]:
    return [row["row_id"], *(row["also"] or "").split(";")] if row["also"] else [row["row_id"]]


def _row(row: Figure, facts: list[Figure], said: Messages, lang: str) -> Row:
    limits = listed(lang, [row[f"scope_{lang}"], row[f"denominator_{lang}"]])
    what = text(row[f"item_{lang}"], Run("", "break") if limits else None)
    what += tuple(Run(run.text, "quiet") for run in limits)
    cells = (
        cell(Run("", "number", row=row["row_id"]), look="num"),
        cell(place(row, lang)),
        cell(what),
        cell(_two(Run(row[f"value_{lang}"], "figure"), row[f"measured_{lang}"])),
        cell(_two(Run(row[f"due_{lang}"]), said.say(f"elsewhere.kind.{row['kind']}"))),
        cell(joined([_source(fact, lang) for fact in facts], Run("", "break"))),
    )
    return Row(cells, "fact", row["row_id"])


def _two(first: Run, second: str) -> Text:
    return text(first, Run("", "break"), Run(second, "quiet"))


def _source(fact: Figure, lang: str) -> Text:
    sure = Labels(None, lang).confidence(fact["confidence"])
    titled = [Run(fact["source_title"], lang="zh"), Run(fact["publisher"], lang="zh")]
    words = listed(lang, [*titled, fact[f"origin_{lang}"], sure])
    address = (Run("", "break"), Run(fact["url"], "address"))
    note = fact[f"note_{signs(lang).names}"]
    return text(words, *address, Run("", "break") if note else None, Run(note, "quiet") if note else None)
