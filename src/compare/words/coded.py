"""Frames of codes with the names of what they code, in both languages beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from compare.analysis import changes, editions
from compare.analysis import commitments as of_clauses
from compare.analysis import coverage as of_indicators
from compare.analysis.selection import counted
from compare.tables.book import Book
from compare.words.labels import Labels
from compare.words.named import LANGUAGES

City = str | Iterable[str] | None


def commitments(book: Book, city: City = None) -> pd.DataFrame:
    """Return `analysis.commitments.commitments` with the names of city, topic and leading agencies.

    Raises UnknownName for an unknown city.
    """
    return with_names(book, of_clauses.commitments(book, city))


def coverage(book: Book, topic: str | None = None, city: City = None, headline: bool = True) -> pd.DataFrame:
    """Return `analysis.coverage.coverage` with names, and `why` an indicator does not apply to a document.

    Raises UnknownName for an unknown topic or city.
    """
    rows = of_indicators.coverage(counted(book), topic, city, headline)
    topics = dict(zip(book.indicators["indicator_id"], book.indicators["topic_id"], strict=True))
    apart = {(row["source_id"], row["indicator_id"]): row for row in book.records("not_applicable")}
    keys = [*zip(rows["source_id"], rows["indicator_id"], strict=True)]
    why = {f"why_{lang}": [apart.get(key, {}).get(f"reason_{lang}", "") for key in keys] for lang in LANGUAGES}
    return with_names(book, rows.assign(topic_id=rows["indicator_id"].map(topics), **why))


def commitment_changes(book: Book, city: City = None) -> pd.DataFrame:
    """Return `analysis.editions.commitment_changes` with the names of city and topic; it raises as that."""
    return with_names(book, editions.commitment_changes(counted(book), city))


def indicator_changes(book: Book, city: City = None) -> pd.DataFrame:
    """Return `analysis.changes.indicator_changes` with the names of all it codes; it raises as that."""
    return with_names(book, changes.indicator_changes(counted(book), city))


def taken_up(book: Book, city: City = None) -> pd.DataFrame:
    """Return `analysis.editions.taken_up` with the names of city and topic; it raises as that."""
    return with_names(book, editions.taken_up(counted(book), city))


def with_names(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with the names of its codes: `topic_zh` and `topic_en` beside `topic_id`, and so on.

    Agencies joined by `;` are named so too, each that is in no list as it is printed.
    """
    made = {}
    for lang in LANGUAGES:
        for column, (name, said) in _codes(Labels(book, lang)).items():
            if column in rows:
                made[f"{name}_{lang}"] = [said(code) for code in rows[column]]
    return rows.assign(**made)


def _codes(labels: Labels) -> dict[str, tuple[str, Callable[[str], str]]]:
    """Return what names each column of codes: the column of names, and the name of a code."""

    def state(code: str) -> str:
        # A number says itself that there is one.
        return "" if code == "quantified" else labels.state(code)

    def agencies(codes: str) -> str:
        return ";".join(labels.agency(code) for code in codes.split(";"))

    return {
        "city_id": ("place", lambda code: labels.name("places", code)),
        "topic_id": ("topic", lambda code: labels.name("topics", code)),
        "indicator_id": ("indicator", lambda code: labels.name("indicators", code)),
        "state": ("state", state),
        "earlier_state": ("earlier_state", state),
        "later_state": ("later_state", state),
        "lead_ids": ("leads", agencies),
    }
