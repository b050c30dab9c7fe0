"""The goals above that no figure of a city answers, and the documents of higher levels not at hand."""

from __future__ import annotations

import pandas as pd

from compare.sections.section import Heading, Items, Section
from compare.sections.shown import by_row, titled, value
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import records
from compare.words.text import Run, Text, text


def untaken(goals: pd.DataFrame, cited: pd.DataFrame, figures: pd.DataFrame, lang: str = "zh") -> Section:
    """Return the goals of `cp.goals_above` that `figures` holds, and the documents `cited`, not at hand."""
    said, known = messages(lang, "cascade"), by_row(figures)
    held = [known[name] for name in goals["row_id"] if name in known]
    missing = records(cited)
    blocks: list[Heading | Items] = [Items(tuple(_goal(one, lang) for one in held), "lines")] if held else []
    if missing:
        blocks.append(Heading(text(said.say("untaken.cited", count=len(missing)))))
        blocks.append(Items(tuple(_document(row, lang) for row in missing), "lines"))
    title, deck = said.say("untaken.title", count=len(held)), said.say("untaken.deck")
    return Section("untaken", text(title), (), text(deck), tuple(blocks), "untaken", lang)


def _goal(figure: dict[str, object], lang: str) -> Text:
    named = text(f"{figure[f'place_{lang}']} ", Run(str(figure[f"item_{lang}"]), "name"), " ")
    return named + text(value(figure, lang), " ", Run(str(figure[f"due_{lang}"]), "quiet"))


def _document(source: dict[str, object], lang: str) -> Text:
    return text(Run(Labels(None, lang).status("not_obtained"), "tag"), " ", titled(source, lang))
