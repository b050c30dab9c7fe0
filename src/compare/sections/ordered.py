"""What holds between two places' promises, however their open points are settled."""

from __future__ import annotations

from itertools import groupby

import pandas as pd

from compare.analysis.ranks import AS_STATED
from compare.sections.section import Items, Section
from compare.sections.shown import Figure, acted, by_row, place, tags
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.order import HOLDING, holding
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, text

# What holds the other way round; the place that promises more is named first.
OPPOSITE = {"less": "more", "at_most": "at_least", "less_earlier": "more_later", "earlier": "later"}
TURNED = OPPOSITE | {other: one for one, other in OPPOSITE.items()}
SIDES = ["left_id", "right_id"]


def ordered(order: pd.DataFrame, figures: pd.DataFrame, lang: str = "zh") -> Section:
    """Return the pairs of `cp.order` of which something holds, with what it rests on.

    A pair is told in total and, where both figures can be divided, per resident. Only what stands in
    `figures` is told.
    """
    said, known = messages(lang, "topic_comparison"), by_row(figures)
    held = [row for row in records(order) if {row["left_id"], row["right_id"]} <= set(known)]
    pairs = [list(rows) for _, rows in groupby(held, lambda row: (row["left_id"], row["right_id"]))]
    # What rests on least comes first.
    told = sorted((rows for rows in pairs if _told(rows)), key=lambda rows: rows[0]["readings"].count("="))
    items = tuple(_pair(rows, known, said, lang) for rows in told)
    if not items:
        return Section("order", (), lang=lang)
    deck = said.text("order.deck")
    return Section("order", said.text("order.title"), (), deck, (Items(items, "lines"),), "order", lang)


def _told(rows: list[Figure]) -> bool:
    return any(row["relation"] != "not_told" for row in rows)


def _pair(rows: list[Figure], known: dict[str, Figure], said: Messages, lang: str) -> Text:
    turned = next(row for row in rows if row["relation"] != "not_told")["amount"] in ("less", "at_most")
    left, right = (known[rows[0][side]] for side in (reversed(SIDES) if turned else SIDES))
    name = Run(rows[0][f"item_{lang}"], "name")
    sides = {"first": _side(left, said, lang), "second": _side(right, said, lang)}
    ways: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        # What holds only under another reading is told apart.
        ways.setdefault((_words(row, turned, lang), row[f"rests_{lang}"]), []).append(row["normaliser"])
    parts = []
    for (words, rests), normalisers in ways.items():
        divided = [row[f"normaliser_{lang}"] for row in rows if row["normaliser"] in normalisers]
        if AS_STATED in normalisers:
            parts.append(said.text("order.pair", relation=Run(words, "strong"), **sides))
            divided = divided[1:]
            parts += [said.text("order.also", normaliser=signs(lang).all_of(divided))] if divided else []
        else:
            parts.append(said.text("order.per", relation=words, normaliser=signs(lang).all_of(divided)))
        parts += [said.text("order.rests", rests=rests)] if rests else []
    if left["basis"] == "rate" and not (left["denominator_zh"] or right["denominator_zh"]):
        parts.append(said.text("order.unstated"))
    return text(name, " ", joined(parts, signs(lang).space))


def _words(row: Figure, turned: bool, lang: str) -> str:
    codes = [row[name] for name in HOLDING]
    return holding(*(TURNED.get(code, code) if turned else code for code in codes), lang=lang)


def _side(row: Figure, said: Messages, lang: str) -> Text:
    return text(
        place(row, lang),
        " ",
        acted(row, lang, said),
        tags(row, lang, said),
        " ",
        Run(row[f"due_{lang}"], "quiet"),
    )
