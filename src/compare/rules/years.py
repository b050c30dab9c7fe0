"""The years that a book's documents name: the rule of `language.years` with their periods and tasks."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.language.spans import Span
from compare.language.years import Plan, Years
from compare.tables.book import Book


def years_of(book: Book, source_id: str) -> Years:
    """Return the years that a document names, in its cleaned text, with its period and its tasks.

    Rows of an annexed ledger hold together as tasks do. Raises UnknownName for a document not at hand.
    """
    reading = book.read(source_id).reading
    ranges = [
        Span(row["start"], row["end"])
        for table in ("tasks", "ledger")
        for row in book.records(table)
        if row["source_id"] == source_id and row["start"] <= row["end"]
    ]
    source = next(row for row in book.records("sources") if row["source_id"] == source_id)
    return Years(reading.text, plan_of(source), tuple(map(reading.from_raw, ranges)))


def plan_of(source: dict[str, Any]) -> Plan:
    """Return the period of a row of sources.csv, with the year that its 今年 means.

    That is the year of the period where it has but one; else the year in which the document was drawn up
    or, where that is not known, published; else none, so that 今年 and 明年 stay unread.
    """
    first, last, drawn_up, published = (
        None if pd.isna(source[name]) else source[name].year
        for name in ("period_start", "period_end", "drawn_up_on", "published_on")
    )
    return Plan(first, last, last if first == last else drawn_up or published)
