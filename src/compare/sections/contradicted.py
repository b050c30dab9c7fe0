"""Figures of one place, indicator and year that cannot all be so, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from compare.sections.section import Heading, Items, Paragraph, Part
from compare.sections.shown import Figure, listed, tags, value
from compare.words.messages import Messages, messages
from compare.words.named import Cells
from compare.words.signs import signs
from compare.words.text import Run, Text, text

SAME = ["place_id", "indicator_id", "due_year"]


def contradicted(
    contradictions: pd.DataFrame, pairs: Sequence[Cells], known: Mapping[str, Figure], lang: str
) -> tuple[Part, ...]:
    """Return what cannot all be so, and on which figure a share among `pairs` rests, if anything."""
    said = messages(lang)
    groups = [
        [known[name] for name in rows["row_id"] if name in known]
        for _, rows in contradictions.groupby(SAME, sort=False)
    ]
    shares = {row["above_row_id"] for row in pairs if row["share"] is not None}
    items = tuple(_item(group, shares, said, lang) for group in groups if len(group) > 1)
    head = Heading(text(said.say("contradiction.title")))
    deck = Paragraph(text(said.say("contradiction.deck")), "deck")
    return (Part((head, deck, Items(items)), "apart-one contradicted"),) if items else ()


def _item(group: Sequence[Figure], shares: set[str], said: Messages, lang: str) -> Text:
    first = group[0]
    year = signs(lang).date("year", first["due_on"])
    told = [
        text(value(one, lang), " ", Run(one[f"measured_{lang}"], "quiet"), tags(one, lang, said))
        for one in group
    ]
    rest = [
        said.say("contradiction.rest", value=one[f"value_{lang}"]) for one in group if one["row_id"] in shares
    ]
    named = text(
        first[f"place_{lang}"], " ", Run(first[f"indicator_{lang}"], "name"), f" {year}{signs(lang).colon}"
    )
    return named + listed(lang, told) + text(*rest)
