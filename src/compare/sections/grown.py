"""What totals say of a figure promised for a year, and the pace that a promise asks for, with doubts."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from compare.sections.section import Heading, Items, Paragraph, Part
from compare.sections.shown import Figure, place, stated, value
from compare.words.messages import Messages, messages
from compare.words.named import Cells, records
from compare.words.signs import signs
from compare.words.text import Run, Text, text

ENDS = ("row_id", "from_id", "to_id")


def grown(increments: pd.DataFrame, known: Mapping[str, Figure], lang: str) -> tuple[Part, ...]:
    """Return what grew beside what was promised, and the pace asked for, where all figures are known."""
    said = messages(lang)
    rows = [row for row in records(increments) if all(row[name] in known for name in ENDS)]
    items = tuple(_item(row, known, said, lang) for row in rows)
    head = Heading(text(said.say("grown.title")))
    deck = Paragraph(text(said.say("grown.deck")), "deck")
    return (Part((head, deck, Items(items)), "apart-one grown"),) if items else ()


def _item(row: Cells, known: Mapping[str, Figure], said: Messages, lang: str) -> Text:
    figure, first, last = (known[row[name]] for name in ENDS)
    named = text(place(figure, lang), " ", Run(figure[f"item_{lang}"], "name"), " ")
    ends = [text(value(one, lang), " ", Run(one[f"due_{lang}"], "quiet")) for one in (first, last)]
    # Where the promise itself is the later total.
    asked = row["to_id"] == row["row_id"]
    heads = row[f"heads_{lang}"]
    key = "grown.said" if not asked else "grown.asked.heads" if heads else "grown.asked"
    derived = Run(said.say(key, size=row[f"size_{lang}"], heads=heads), "derived")
    doubts = row[f"doubts_{lang}"]
    more = Run(said.say("grown.doubts", doubts=doubts), "quiet") if doubts else None
    totals = text(
        f"{signs(lang).colon}{first[f'item_{lang}']} ", ends[0], " → ", ends[1], signs(lang).comma, derived
    )
    return named + stated(figure, lang, said) + totals + text(more and " ", more)
