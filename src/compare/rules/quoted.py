"""Rules that hold every row against the words it came from: text, value, date, quote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from compare.errors import CompareError, Problem
from compare.language.dates import Due, parse_due
from compare.language.quantities import Quantity, parse_quantity
from compare.language.years import Year
from compare.rules.rows import Row, rows_of
from compare.rules.years import years_of
from compare.tables.book import Book
from compare.texts.quotes import locate

SPANS = {
    "deadlines": (("due_text", "due_start", "due_end"),),
    "commitments": (("action_zh", "start", "end"),),
    "other_clauses": (("text_zh", "start", "end"),),
    "exclusions": (("text", "start", "end"),),
    "mentions": (("quote", "quote_start", "quote_end"),),
    "targets": (
        ("value_text", "value_start", "value_end"),
        ("due_text", "due_start", "due_end"),
        ("quote", "quote_start", "quote_end"),
    ),
}


def texts_stand(book: Book) -> Iterator[Problem]:
    """Every quoted text is re-sliced from the raw file by its offsets."""
    for table, triples in SPANS.items():
        for row in rows_of(book, table):
            for triple in triples:
                yield from _resliced(row, *triple)


def _resliced(row: Row, text: str, start: str, end: str) -> Iterator[Problem]:
    words = row.cells[text]
    if pd.isna(words):
        if not pd.isna(row.cells[start]):
            yield row.problem(
                text, "", "the words of its offsets", f"give the words or empty {start} and {end}"
            )
        return
    document = row.book.documents.get(row.cells["source_id"])
    if document is None:
        yield row.problem(
            "source_id", row.cells["source_id"], "a document at hand", "its text is not under data/raw"
        )
        return
    span = row.span(start, end)
    if span is None or span.end > len(document.raw):
        yield row.problem(
            start,
            row.cells[start],
            f"offsets within the {len(document.raw)} characters of the raw text",
            f"set {start} and {end} to where the words stand",
        )
        return
    inner = document.reading.from_raw(span)
    if inner.slice(document.reading.text) == words and document.reading.to_raw(inner) == span:
        return
    nearest = sorted(locate(document, words), key=lambda hit: abs(hit.start - span.start))[:3]
    found = [f"{hit.start}–{hit.end}" for hit in nearest]
    where = f"the words stand at {' or '.join(found)}" if found else "the document does not say these words"
    yield row.problem(
        f"{start}–{end}",
        f"{span.start}–{span.end} = {document.raw[span.start : span.end][:40]}",
        f"“{words[:40]}”",
        where,
    )


def values_agree(book: Book) -> Iterator[Problem]:
    """Every value is read again from its words."""
    for row in rows_of(book, "targets"):
        try:
            said = parse_quantity(row.cells["value_text"])
        except CompareError as error:
            yield row.problem("value_text", row.cells["value_text"], "a numeral with its unit", str(error))
            continue
        for column, value in _stated(said).items():
            held = row.cells[column]
            held = None if pd.isna(held) else held
            if held != value:
                yield row.problem(
                    column,
                    _plain(held),
                    _plain(value) or "nothing",
                    f"the text says “{row.cells['value_text']}”",
                )


def _stated(said: Quantity) -> dict[str, Any]:
    return {"comparator": said.comparator, "value_low": said.low, "value_high": said.high}


def _plain(value: Any) -> str:
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


def dates_agree(book: Book) -> Iterator[Problem]:
    """Every date is read again from its words, the year from where the text gives it."""
    known = {row["source_id"] for row in book.records("sources") if not pd.isna(row["period_end"])}
    years = {source: years_of(book, source) for source in book.documents if source in known}
    for table in ("deadlines", "targets"):
        for row in rows_of(book, table):
            span, source = row.span("due_start", "due_end"), row.cells["source_id"]
            if pd.isna(row.cells["due_text"]) or span is None or source not in years:
                continue
            at = book.documents[source].reading.from_raw(span)
            yield from _dated(row, years[source].of(at))


def _dated(row: Row, year: Year) -> Iterator[Problem]:
    words = row.cells["due_text"]
    try:
        due = parse_due(words, year=year.year)
    except CompareError as error:
        needs = "a year that the text or the period fixes" if year.year is None else "a time expression"
        yield row.problem("due_text", words, needs, str(error))
        return
    yield from _same_due(row, due, year)
    origin = year.origin if due.inherited else "explicit"
    # Of a target, the deadline that it names says where the year stands (`links`).
    if row.table == "deadlines" and row.cells["due_source"] != origin:
        yield row.problem("due_source", row.cells["due_source"], origin, _TOLD[origin])
    if row.table == "targets" and row.cells["due_source"] == "period":
        yield row.problem(
            "due_source", "period", "that of its deadline", "period is for targets without words"
        )


_TOLD = {
    "explicit": "the year, or how often, stands in the words themselves",
    "carried": "the year is named in the text before these words",
    "inherited_year": "the year is that of a heading or of the plan",
}


def _same_due(row: Row, due: Due, year: Year) -> Iterator[Problem]:
    told = {"due_on": due.on, "due_precision": due.precision, "recurrence": due.recurrence or None}
    document, says = row.book.documents[row.cells["source_id"]], f"the text says “{row.cells['due_text']}”"
    if due.inherited and year.at:
        named = document.reading.to_raw(year.at)
        says += f", and “{year.at.slice(document.reading.text)}” at {named.start}–{named.end}"
    for column, value in told.items():
        held = row.cells[column]
        held = None if pd.isna(held) else held.date() if column == "due_on" else held
        if held != value:
            yield row.problem(column, held or "", str(value or "nothing"), says)


def quotes_hold(book: Book) -> Iterator[Problem]:
    """The value stands inside its quote, and the quote inside or around its commitment's clause."""
    clauses = {cells["commitment_id"]: cells for cells in book.records("commitments")}
    for row in rows_of(book, "targets"):
        value, quote = row.span("value_start", "value_end"), row.span("quote_start", "quote_end")
        if value and quote and not quote.contains(value):
            yield row.problem(
                "quote_start–quote_end",
                f"{quote.start}–{quote.end}",
                f"a range around {value.start}–{value.end}",
                "quote the words that hold the value",
            )
        clause = clauses.get(row.cells["commitment_id"])
        if row.cells["kind"] == "target" and clause is None:
            yield row.problem("commitment_id", "", "a commitment", "a target quantifies one")
        elif (
            clause
            and value
            and not (
                clause["source_id"] == row.cells["source_id"]
                and clause["start"] <= value.start <= value.end <= clause["end"]
            )
        ):
            yield row.problem(
                "commitment_id",
                row.cells["commitment_id"],
                "the clause that holds the value",
                f"that clause is “{clause['action_zh'][:30]}”",
            )
