"""What a city undertakes, leaves out and takes up again, with the names of all that is coded."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from compare.analysis import commitments as of_clauses
from compare.analysis import coverage as of_indicators
from compare.analysis import editions
from compare.analysis.selection import counted
from compare.asked import LANGUAGES
from compare.tables.book import Book
from compare.words import reasons
from compare.words.named import with_names
from compare.words.signs import signs

City = str | Iterable[str] | None
PLACE, TOPIC, INDICATOR = ("places", "city_id"), ("topics", "topic_id"), ("indicators", "indicator_id")


def commitments(book: Book, city: City = None) -> pd.DataFrame:
    """Return `analysis.commitments.commitments` with the names of `place`, `topic` and leading agencies.

    `leads` are joined by `;` as their ids are; one that is in no list has the name that is printed. Raises
    UnknownName for an unknown city.
    """
    rows = with_names(book, of_clauses.commitments(book, city), place=PLACE, topic=TOPIC)
    for lang in LANGUAGES:
        names = dict(zip(book.agencies["agency_id"], book.agencies[f"name_{signs(lang).names}"], strict=True))
        rows[f"leads_{lang}"] = [
            ";".join(names.get(one, one) for one in held.split(";")) for held in rows["lead_ids"]
        ]
    return rows


def coverage(book: Book, topic: str | None = None, city: City = None, headline: bool = True) -> pd.DataFrame:
    """Return `analysis.coverage.coverage` with names, and `why` an indicator does not apply to a document.

    Raises UnknownName for an unknown topic or city.
    """
    rows = of_indicators.coverage(counted(book), topic, city, headline)
    topics = dict(zip(book.indicators["indicator_id"], book.indicators["topic_id"], strict=True))
    apart = {(row["source_id"], row["indicator_id"]): row for row in book.records("not_applicable")}
    held = [apart.get(key, {}) for key in zip(rows["source_id"], rows["indicator_id"], strict=True)]
    why = {f"why_{lang}": [one.get(f"reason_{signs(lang).names}", "") for one in held] for lang in LANGUAGES}
    rows = rows.assign(topic_id=rows["indicator_id"].map(topics), **why)
    return with_names(book, rows, topic=TOPIC, indicator=INDICATOR)


def commitment_changes(book: Book, city: City = None) -> pd.DataFrame:
    """Return `analysis.editions.commitment_changes` with the names of topics; it raises as that."""
    return with_names(book, editions.commitment_changes(counted(book), city), topic=TOPIC)


def indicator_changes(book: Book, city: City = None) -> pd.DataFrame:
    """Return `words.reasons.indicator_changes` with the names of indicators; it raises as that."""
    return with_names(book, reasons.indicator_changes(counted(book), city), indicator=INDICATOR)


def taken_up(book: Book, city: City = None) -> pd.DataFrame:
    """Return `analysis.editions.taken_up` with the names of topics; it raises as that."""
    return with_names(book, editions.taken_up(counted(book), city), topic=TOPIC)


def reference(book: Book) -> pd.DataFrame:
    """Return the table of reference values, such as populations, with the names of `place` and `measure`."""
    names = {"place": ("places", "place_id"), "measure": ("measures", "measure_id")}
    return with_names(book, book.reference, **names)
