"""Rules on when something is due: dates are those of their words, the year from where the text gives it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pandas as pd

from compare.errors import Problem
from compare.language.dates import Due, parse_due
from compare.language.spans import Span
from compare.language.years import Plan, Year, Years
from compare.rules.rows import Cells, Row, keyed, rows_of
from compare.tables.book import Book

# A semicolon parts the clauses of one sentence.
SENTENCE_ENDS = "。!?！？\n"
# What a target takes over from the deadline that it names, and what it lacks where it names none.
OF_DEADLINE = ("source_id", "due_text", "due_start", "due_end", "due_on", "due_precision", "recurrence")
WITHOUT = dict.fromkeys(("deadline_id", "due_text", "due_start", "due_end", "recurrence"), "")
TOLD = {
    "explicit": "the year, or how often, stands in the words themselves",
    "carried": "the year is named in the text before these words",
    "inherited_year": "the year is that of a heading or of the plan",
}


def years_of(book: Book, source_id: str) -> Years:
    """Return the years that a document names, in its cleaned text, with its period and its tasks.

    Rows of an annexed ledger hold together as tasks do. Raises UnknownName for a document not at hand.
    """
    reading = book.read(source_id).reading
    spans = [row.span() for row in rows_of(book, "tasks", "ledger") if row["source_id"] == source_id]
    source = next(row for row in book.records("sources") if row["source_id"] == source_id)
    return Years(reading.text, _plan(source), tuple(reading.from_raw(span) for span in spans if span))


def _plan(source: Cells) -> Plan:
    """Return the period of a row of sources.csv, with the year that its 今年 means.

    That is the year of the period where it has but one; else the year in which the document was drawn up
    or, where that is not known, published; else none, so that 今年 and 明年 stay unread.
    """
    first, last, drawn_up, published = (
        None if pd.isna(source[name]) else source[name].year
        for name in ("period_start", "period_end", "drawn_up_on", "published_on")
    )
    return Plan(first, last, last if first == last else drawn_up or published)


def dates_agree(book: Book) -> Iterator[Problem]:
    """Every date is read again from its words, the year from where the text gives it."""
    known = {row["source_id"] for row in rows_of(book, "sources") if row.has("period_end")}
    years = {source: years_of(book, source) for source in book.documents if source in known}
    for row in rows_of(book, "deadlines", "targets"):
        span, source = row.span("due_start", "due_end"), row["source_id"]
        if row.has("due_text") and span is not None and source in years:
            at = book.documents[source].reading.from_raw(span)
            yield from _dated(row, years[source].of(at))


def _dated(row: Row, year: Year) -> Iterator[Problem]:
    needs = "a year that the text or the period fixes" if year.year is None else "a time expression"
    due = yield from row.reading("due_text", partial(parse_due, year=year.year), needs)
    if due is None:
        return
    told = {"due_on": due.on, "due_precision": due.precision, "recurrence": due.recurrence}
    yield from row.unlike(told, _says(row, due, year))
    # Of a target, the deadline that it names says where the year stands.
    origin = year.origin if due.inherited else "explicit"
    if row.table == "deadlines":
        yield from row.unlike({"due_source": origin}, TOLD[origin])
    elif row["due_source"] == "period":
        yield row.wrong("due_source", "that of its deadline", "period is for targets without words")


def _says(row: Row, due: Due, year: Year) -> str:
    says = f"the text says “{row['due_text']}”"
    if due.inherited and year.at:
        reading = row.book.documents[row["source_id"]].reading
        at = reading.to_raw(year.at)
        says += f", and “{year.at.slice(reading.text)}” at {at.start}–{at.end}"
    return says


def dues_follow(book: Book) -> Iterator[Problem]:
    """A target's due date is its deadline's, or the plan's end where no phrase governs it."""
    deadlines, sources = keyed(book, "deadlines"), keyed(book, "sources")
    for row in rows_of(book, "targets"):
        if row["kind"] == "status":
            none = WITHOUT | {"due_precision": "none", "due_on": "", "due_source": ""}
            yield from row.unlike(none, "a status has no due date")
        elif row["due_source"] == "period":
            end = sources[row["source_id"]]["period_end"]
            if not pd.isna(end):
                yield from row.unlike({"due_on": end}, "due_source period takes the plan's own end")
            yield from row.unlike(WITHOUT | {"due_precision": "year"}, "the plan's own end is taken")
        elif not row.has("deadline_id"):
            yield row.problem("deadline_id", "", "a deadline", "name it, or set due_source to period")
        else:
            yield from _as_deadline(row, deadlines[row["deadline_id"]])


def _as_deadline(row: Row, deadline: Cells) -> Iterator[Problem]:
    told = {column: deadline[column] for column in OF_DEADLINE}
    yield from row.unlike(told, f"{row['deadline_id']} says so in deadlines.csv")
    if row.document is None or not row.has("due_end"):
        return
    # Carried is what stands earlier in the text: the whole expression, or the year that it leaves out.
    start, end = int(row["due_end"]), int(row["value_start"])
    between = row.document.reading.cut(Span(start, end)) if start < end else ""
    crossed = any(mark in between for mark in SENTENCE_ENDS)
    expected = "carried" if crossed else deadline["due_source"]
    where = "an earlier sentence" if crossed else "the same sentence"
    year = ", its year in earlier words" if expected == "carried" and not crossed else ""
    yield from row.unlike({"due_source": expected}, f"the time expression stands in {where}{year}")
