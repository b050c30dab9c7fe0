"""The sections of a topic's page that compare cities, made from frames as its notebook makes them."""

from __future__ import annotations

from functools import cache
from typing import Any

import compare as cp
from compare import sections
from compare.sections.section import Fold, Items, Section
from compare.tables.book import Book
from compare.words.text import Text, plain

Frames = dict[str, Any]
LEAD = ("figures", "order", "pairs", "cities", "documents")


@cache
def frames(book: Book, topic: str) -> Frames:
    """Return the frames that a topic's sections are made of, computed as its notebook does."""
    indicators = book.indicators.loc[book.indicators["topic_id"] == topic, "indicator_id"]
    of_topic = (book.measures["topic_id"] == topic) | book.measures["indicator_id"].isin(indicators)
    return {
        "order": cp.order(book, [*indicators, *book.measures.loc[of_topic, "measure_id"]]),
        "figures": cp.figures(book, topic),
        "pairs": cp.pairs(book, topic=topic),
        "cities": cp.cities(book, topic),
        "documents": cp.documents(book, topic),
        "cells": cp.table(book, topic),
        "tally": cp.tally(book, topic),
    }


def lead(held: Frames, lang: str) -> Section:
    return sections.topic_lead(*(held[name] for name in LEAD), lang)


def standfirst(held: Frames, lang: str) -> Text:
    text: Text = lead(held, lang).blocks[0].text
    return text


def _open(block: Items | Fold) -> Items:
    return block.blocks[0] if isinstance(block, Fold) else block


def groups(held: Frames, lang: str = "zh") -> dict[str, list[Text]]:
    """Return what the section on comparability tells, by the sign of each group of it."""
    made = sections.comparability(held["figures"], held["pairs"], lang)
    verdicts = [one.blocks for part in made.blocks for one in part.blocks]
    return {
        sign.look.removeprefix("sign sign-"): list(_open(inner.blocks[1]).items)
        for (sign,), inner in verdicts
    }


def led(words: Text) -> list[str]:
    """Return the statements that words lead to."""
    return [run.row for run in words if run.row.startswith("t-")]


def behind(words: Text) -> list[tuple[str, str]]:
    """Return each statement that words lead to, with the words behind it."""
    return [(one.row, plain(words[at + 1 :])) for at, one in enumerate(words) if one.row.startswith("t-")]
