"""The documents behind a page: how they are called, marked as drafts, and told where not coded whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from compare.sections.shown import SPACE
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import records
from compare.words.text import Run

Document = Mapping[str, Any]
BETWEEN = {"zh": "；", "en": "; "}
STATES = ("in_review", "registered")


def at_hand(documents: pd.DataFrame) -> dict[str, Document]:
    """Return the documents whose text is here, by their id."""
    return {row["source_id"]: row for row in records(documents) if row["at_hand"]}


def whole(held: Mapping[str, Document]) -> list[str]:
    """Return the documents that are coded whole: shares and silence can be told of these alone."""
    return [name for name, row in held.items() if row["coding"] == "complete"]


def drafts(held: Mapping[str, Document]) -> list[str]:
    """Return the documents that are drafts."""
    return [name for name, row in held.items() if row["status"] == "draft"]


def tagged(document: Document, lang: str) -> Run:
    """Return a document in short, marked where it is a draft."""
    return Run(document[f"source_{lang}"], "tag draft-tag" if document["status"] == "draft" else "")


def titled(finding: str, held: Mapping[str, Document], lang: str) -> str:
    """Return a finding with the documents behind it that are not coded whole."""
    said, parts = messages(lang), []
    for state in STATES:
        names = [called(row, lang) for row in held.values() if row["coding"] == state]
        if names:
            style = Labels(None, lang)
            values = {"state": style.coding(state), "documents": style.all_of(names)}
            parts.append(said.say("coding.part", **values))
    if not parts:
        return finding
    return said.say("coding.title", finding=finding, parts=BETWEEN[lang].join(parts))


def called(document: Document, lang: str) -> str:
    """Return how a document is called among those of several cities: its city, its year, its kind."""
    return f"{document[f'place_{lang}']}{SPACE[lang]}{document[f'document_{lang}']}"
