"""Rules on the English of the tables: it is there, and names the numbers of the Chinese."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from compare.errors import Problem
from compare.language.translated import numbers_apart
from compare.rules.rows import Cells, Row, keyed, named, rows_of
from compare.tables.book import Book

# Columns that say the same in two languages.
PAIRS = (
    ("name_zh", "name_en", ("places", "topics", "units", "indicators", "measures", "agencies")),
    ("definition_zh", "definition_en", ("topics", "indicators")),
    ("term_zh", "term_en", ("terms",)),
    ("title_zh", "title_en", ("sources",)),
    ("note", "note_en", ("outcomes", "outside_targets", "not_found")),
    ("reason_zh", "reason_en", ("lookalikes", "not_applicable")),
    ("reason", "reason_en", ("corrections",)),
)
# Columns of the row that may name what a translation adds for a reader who does not know it.
BESIDE = {"sources": ("period_text", "document_number"), "measures": ("note",)}


def english_is_there(book: Book) -> Iterator[Problem]:
    """Every statement that pages show has a working translation, every scope and denominator a term."""
    translated = named(book, "row_id", "translations")
    shown: set[str] = set()
    for row in rows_of(book, "targets", "mentions"):
        if row.table == "mentions" and row["class"] != "unquantified":
            continue
        shown.add(row.key)
        if row.key not in translated:
            yield row.wrong(row.key_column, "a working translation", "add the row to translations.csv")
        if row.table == "targets":
            yield from has_terms(row)
    for row in rows_of(book, "commitments"):
        shown.add(row.key)
        if row.has("deadline_id") and row.key not in translated:
            yield row.wrong("deadline_id", "a working translation", "add the row to translations.csv")
    for row in rows_of(book, "translations"):
        if row["row_id"] not in shown:
            expected = "a target, an unquantified mention or a commitment"
            yield row.wrong("row_id", expected, "remove the row, or correct its id")


def has_terms(row: Row) -> Iterator[Problem]:
    """Yield a scope or denominator that has no English."""
    terms = set(row.book.terms["term_zh"])
    for column in ("scope_zh", "denominator_zh"):
        if row.has(column) and row[column] not in terms:
            yield row.wrong(column, "a row of terms.csv", "add its English there")


def numbers_are_translated(book: Book) -> Iterator[Problem]:
    """A translation names the numbers of its original, no other and none less."""
    for chinese, english, tables in PAIRS:
        for row in rows_of(book, *tables):
            yield from _held(row, english, row[chinese], BESIDE.get(row.table, ()))
    statements = keyed(book, "targets") | keyed(book, "mentions") | _clauses(book)
    for row in rows_of(book, "translations"):
        original = statements.get(row["row_id"])
        if original is None:
            continue
        yield from _held(row, "quote_en", original["quote"])
        yield from _held(row, "note_en", original["note"])
        if pd.isna(original["note"]) == row.has("note_en"):
            expected = "the note in both languages, or in neither"
            yield row.wrong("note_en", expected, "the note of the statement says so")


def _clauses(book: Book) -> dict[str, Cells]:
    """Return the commitments as statements: their quotation is the clause, their note is not for readers."""
    return {
        cells["commitment_id"]: {"quote": cells["action_zh"], "note": None}
        for cells in book.records("commitments")
    }


def _held(row: Row, column: str, chinese: object, beside: tuple[str, ...] = ()) -> Iterator[Problem]:
    if pd.isna(chinese) or not row.has(column):
        return
    english = str(row[column])
    lacking, beyond = numbers_apart(str(chinese), english)
    strange = numbers_apart("".join(str(row[name]) for name in beside), english)[1]
    beyond = [number for number in beyond if number in strange]
    told = [f"it lacks {', '.join(lacking)}"] if lacking else []
    told += [f"it adds {', '.join(beyond)}"] if beyond else []
    if told:
        yield row.problem(column, english[:60], f"the numbers of “{str(chinese)[:40]}”", "; ".join(told))
