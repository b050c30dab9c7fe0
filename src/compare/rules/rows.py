"""Rows with the words to name them by, and the few questions that rules ask of many rows."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import pandas as pd

from compare.errors import CompareError, Problem
from compare.language.spans import Span
from compare.tables.book import DERIVED, Book
from compare.texts.source import Document

Cells = dict[str, Any]
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the words to name it by; `row["value"]` is one of its cells."""

    book: Book
    table: str
    at: int
    cells: Cells

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]

    def has(self, column: str) -> bool:
        """Tell whether a cell states anything."""
        return not pd.isna(self.cells[column])

    def text(self, column: str) -> str:
        """Return a cell as its file writes it."""
        return shown(self.cells[column])

    def parts(self, column: str) -> list[str]:
        """Return what a cell lists between semicolons."""
        return self.cells[column].split(";") if self.has(column) else []

    @property
    def key_column(self) -> str:
        """The column whose value names the row."""
        return key_of(self.table, self.cells)

    @property
    def key(self) -> str:
        """The value that names the row."""
        return self.text(self.key_column)

    @property
    def document(self) -> Document | None:
        """The document the row is about, None where it is not at hand."""
        return self.book.documents.get(self.cells["source_id"])

    def span(self, start: str = "start", end: str = "end") -> Span | None:
        a, b = self.cells[start], self.cells[end]
        return None if pd.isna(a) or pd.isna(b) or a > b else Span(int(a), int(b))

    def words(self) -> str:
        """Return the words of the row's range, empty where it has none or its document is not at hand."""
        document, span = self.document, self.span()
        return document.reading.cut(span) if document and span else ""

    def problem(self, column: str, found: object, expected: str, todo: str) -> Problem:
        origins, source = self.book.origins[self.table], self.cells.get("source_id")
        # A row that was added to a frame stands in no file.
        added = (f"data/curated/{self.table}.csv", None)
        file, row = origins[self.at] if self.at < len(origins) else added
        about = None if pd.isna(source) else str(source)
        return Problem(file, column, shown(found), expected, todo, row=row, key=self.key, source=about)

    def wrong(self, column: str, expected: str, todo: str) -> Problem:
        """Return what is wrong with a cell."""
        return self.problem(column, self.cells[column], expected, todo)

    def unlike(self, told: Mapping[str, Any], todo: str) -> Iterator[Problem]:
        """Yield the cells that are written otherwise than they are told to be."""
        for column, value in told.items():
            if self.text(column) != shown(value):
                yield self.wrong(column, shown(value) or "nothing", todo)

    def reading(
        self, column: str, read: Callable[[str], Read], expected: str
    ) -> Generator[Problem, None, Read | None]:
        """Return what `read` makes of a cell; yield why, and return None, where it cannot be read."""
        try:
            return read(self.cells[column])
        except CompareError as error:
            yield self.wrong(column, expected, str(error))
            return None


def shown(value: Any) -> str:
    """Return a cell as its file writes it.

    >>> shown(90.0), shown(pd.Timestamp("2025-12-31")), shown(None)
    ('90', '2025-12-31', '')
    """
    if pd.isna(value):
        return ""
    form = "%Y-%m-%d" if isinstance(value, date) else ".15g" if isinstance(value, float) else ""
    return f"{value:{form}}"


def rows_of(book: Book, *tables: str) -> Iterator[Row]:
    """Return the rows of one table, or of several one after the other."""
    for table in tables:
        for at, cells in enumerate(book.records(table)):
            yield Row(book, table, at, cells)


def key_of(table: str, columns: Iterable[str]) -> str:
    """Return the first of a table's columns that names its rows.

    What is derived stands in front: the city of a folder, the topic of an indicator.
    """
    derived = DERIVED if table != "topics" else DERIVED[:1]
    names = [name for name in columns if name not in derived]
    return next((name for name in names if name.endswith("_id")), names[0])


def keyed(book: Book, table: str) -> dict[str, Cells]:
    """Return the cells of a table's rows by the value that names each."""
    records = book.records(table)
    key = key_of(table, records[0]) if records else ""
    return {cells[key]: cells for cells in records}


def told(book: Book, table: str, column: str) -> dict[str, Any]:
    """Return one cell of each of a table's rows by the value that names the row."""
    return {key: cells[column] for key, cells in keyed(book, table).items()}


def named(book: Book, column: str, *tables: str) -> set[str]:
    """Return the values that a column holds in any of some tables."""
    return {cells[column] for table in tables for cells in book.records(table) if not pd.isna(cells[column])}


def grouped(rows: Iterable[Row], *columns: str) -> dict[tuple[str, ...], list[Row]]:
    """Return rows by what some of their columns say, where a column is absent as where it is empty."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(shown(row.cells.get(name)) for name in columns), []).append(row)
    return groups


def unused(book: Book, table: str, used: Iterable[str], expected: str, todo: str) -> Iterator[Problem]:
    """Yield the rows of a table that nothing names."""
    known = set(used)
    for row in rows_of(book, table):
        if row[row.key_column] not in known:
            yield row.wrong(row.key_column, expected, todo)
