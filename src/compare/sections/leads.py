"""What heads a page of any kind: its finding, a standfirst, and facts on what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from compare.sections.section import Facts, Paragraph, Section
from compare.sections.topic_words import titled
from compare.words.called import EVERY
from compare.words.messages import Messages
from compare.words.signs import signs
from compare.words.text import Said, joined, text


def lead(
    finding: str, standfirst: Iterable[Said], facts: Mapping[str, str], documents: pd.DataFrame,
    said: Messages, lang: str,
) -> Section:  # fmt: skip
    """Return the head of a page: `facts` by the section of the prose that names each, then the edition."""
    told = joined(standfirst, signs(lang).space)
    every = {**facts, "facts.edition": "".join(documents["edition"][:1])}
    pairs = tuple((said.text(name), text(words)) for name, words in every.items() if words)
    blocks = (*([Paragraph(told, "standfirst")] if told else []), Facts(pairs))
    return Section("lead", titled(finding, documents, said, lang), blocks=blocks, look="lead", lang=lang)


def documents_fact(documents: pd.DataFrame, said: Messages, lang: str) -> str:
    """Return how many documents are at hand, and how many of them are drafts or not coded whole."""
    held = documents[documents["at_hand"]]
    counts = {"facts.drafts": held["status"] == "draft", "facts.partly": held["coding"] != "complete"}
    return _counted("facts.documents.value", len(held), counts, said, lang)


def promised_fact(promised: pd.DataFrame, said: Messages, lang: str) -> str:
    """Return how many targets count, and how many of them stand in drafts or in what is not coded whole."""
    rows = {"draft": promised["status"] == "draft", "partly": promised["coding"] != "complete"}
    counts = {f"facts.promised.{name}": held for name, held in rows.items()}
    return _counted("facts.promised.value", len(promised), counts, said, lang)


def _counted(name: str, all_of: int, counts: Mapping[str, pd.Series], said: Messages, lang: str) -> str:
    told = [said.say(name, count=all_of)]
    told += [said.say(key, count=int(held.sum())) for key, held in counts.items() if held.any()]
    return signs(lang).space.join(told)


def years_fact(promised: pd.DataFrame, lang: str) -> str:
    """Return from which year to which targets fall due, and whether some do each year; empty for none."""
    years = promised["due_on"].dropna().dt.year
    if years.empty:
        return ""
    span = "–".join(dict.fromkeys(str(year) for year in (years.min(), years.max())))
    return signs(lang).listed([span, EVERY[lang]["year"] if promised["recurrence"].notna().any() else ""])
