"""Words that several sections of a topic's page share: what parts figures, and what is not coded whole."""

from __future__ import annotations

import pandas as pd

from compare.analysis.differences import BY_CODE
from compare.words.labels import Labels
from compare.words.messages import Messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Text, text


def differences(pairs: pd.DataFrame, said: Messages, lang: str) -> str:
    """Return what sets the two sides of some pairs apart, as a running list; empty where nothing grades."""
    codes = [code for held in pairs["differences"] for code in held.split(";") if code]
    nouns = dict.fromkeys(BY_CODE[code].noun for code in codes if BY_CODE[code].noun)
    return Labels(None, lang).all_of([said.say(f"difference.{noun}") for noun in nouns])


def in_sentence(name: str) -> str:
    """Return a topic's English name as it stands within a sentence.

    >>> in_sentence("Open data"), in_sentence("5G"), in_sentence("AI")
    ('open data', '5G', 'AI')
    """
    return name if name[:2].isupper() or name[0].isdigit() else name[0].lower() + name[1:]


def titled(finding: str, documents: pd.DataFrame, said: Messages, lang: str) -> Text:
    """Return a finding with the documents behind it that are not coded whole."""
    labels, own, parts = Labels(None, lang), signs(lang), []
    at_hand = records(documents[documents["at_hand"]])
    for state in ("in_review", "registered"):
        held = [row for row in at_hand if row["coding"] == state]
        names = [f"{row[f'place_{lang}']}{own.space}{row[f'document_{lang}']}" for row in held]
        if names:
            parts.append(said.say("coding.part", state=labels.coding(state), documents=labels.all_of(names)))
    if not parts:
        return text(finding)
    return text(said.say("coding.title", finding=finding, parts=own.semicolon.join(parts)))
