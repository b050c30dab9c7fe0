"""Rules on the English of the tables: it is there, and names the numbers of the Chinese."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from compare.errors import Problem
from compare.language.translated import numbers_apart
from compare.rules.rows import Row, rows_of
from compare.tables.book import Book

# Columns that say the same in two languages.
PAIRS = (
    ("places", "name_zh", "name_en"),
    ("topics", "name_zh", "name_en"),
    ("topics", "definition_zh", "definition_en"),
    ("units", "name_zh", "name_en"),
    ("indicators", "name_zh", "name_en"),
    ("indicators", "definition_zh", "definition_en"),
    ("measures", "name_zh", "name_en"),
    ("terms", "term_zh", "term_en"),
    ("agencies", "name_zh", "name_en"),
    ("sources", "title_zh", "title_en"),
    ("outcomes", "note", "note_en"),
    ("outside_targets", "note", "note_en"),
    ("not_found", "note", "note_en"),
    ("lookalikes", "reason_zh", "reason_en"),
    ("not_applicable", "reason_zh", "reason_en"),
)
# Columns of the row that may name what a translation adds for a reader who does not know it.
BESIDE = {"sources": ("period_text", "document_number"), "measures": ("note",)}


def numbers_are_translated(book: Book) -> Iterator[Problem]:
    """A translation names the numbers of its original, no other and none less."""
    for table, chinese, english in PAIRS:
        for row in rows_of(book, table):
            yield from _held(row, english, row.cells[chinese], row.cells[english], BESIDE.get(table, ()))
    statements = {cells["target_id"]: cells for cells in book.records("targets")}
    statements |= {cells["mention_id"]: cells for cells in book.records("mentions")}
    for row in rows_of(book, "translations"):
        original = statements.get(row.cells["row_id"])
        if original is None:
            continue
        yield from _held(row, "quote_en", original["quote"], row.cells["quote_en"])
        yield from _held(row, "note_en", original["note"], row.cells["note_en"])
        if pd.isna(original["note"]) != pd.isna(row.cells["note_en"]):
            yield row.problem(
                "note_en",
                row.cells["note_en"],
                "the note in both languages, or in neither",
                "the note of the statement says so",
            )


def _held(
    row: Row, column: str, chinese: object, english: object, beside: tuple[str, ...] = ()
) -> Iterator[Problem]:
    if pd.isna(chinese) or pd.isna(english):
        return
    lacking, beyond = numbers_apart(str(chinese), str(english))
    elsewhere = "".join(str(row.cells[name]) for name in beside)
    strange = set(numbers_apart(elsewhere, str(english))[1])
    beyond = [number for number in beyond if number in strange]
    if lacking or beyond:
        told = [f"it lacks {', '.join(lacking)}"] if lacking else []
        told += [f"it adds {', '.join(beyond)}"] if beyond else []
        yield row.problem(column, str(english)[:60], f"the numbers of “{str(chinese)[:40]}”", "; ".join(told))
