"""What to ask: the questions that a city's own text leaves open, each with the figures that raise it."""

from __future__ import annotations

import pandas as pd

from compare.sections.section import Fold, Items, Section
from compare.sections.shown import Figure, by_row, marked, place, value
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.text import Run, Text, text


def questions(
    questions: pd.DataFrame, figures: pd.DataFrame, lang: str = "zh", folded: bool = False
) -> Section:
    """Return the questions of `cp.questions`, each opening on the figures of `cp.figures` that raise it.

    Where they are of several cities each figure bears its city's name. `folded` puts all behind one line.
    Only figures that are among `figures` are told.
    """
    said, known = messages(lang), by_row(figures)
    several = questions["place_id"].nunique() > 1
    asked: dict[str, list[Figure]] = {}
    for row in records(questions):
        own = [known[name] for name in row["row_ids"].split(";") if name in known]
        asked.setdefault(row[f"question_{lang}"], []).extend(own)
    folds = tuple(
        Fold(
            text(words, " ", Run(str(len(rows)), "quiet")),
            (Items(tuple(_raised(row, several, said, lang) for row in rows)),),
            "folded",
        )
        for words, rows in asked.items()
        if rows
    )
    if not folds:
        return Section("questions", (), lang=lang)
    title, deck = said.text("questions.title"), said.text("questions.deck")
    if folded:
        return Section("questions", (), (), (), (Fold(title, folds, "folded"),), "questions", lang)
    return Section("questions", title, (), deck, folds, "questions", lang)


def _raised(row: Figure, several: bool, said: Messages, lang: str) -> Text:
    name = Run(row[f"indicator_{lang}"], "name")
    whose = text(place(row, lang), " ") if several else ()
    return text(
        whose, name, " ", value(row, lang), marked(row, lang, said), " ", Run(row[f"due_{lang}"], "quiet")
    )
