"""One row with the words to name it by, for rules that speak of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from compare.errors import Problem
from compare.language.spans import Span
from compare.tables.book import Book


class Row(NamedTuple):
    """One row with the words to name it by."""

    book: Book
    table: str
    at: int
    cells: dict[str, Any]

    def problem(self, column: str, found: object, expected: str, todo: str) -> Problem:
        origins = self.book.origins[self.table]
        # A row that was added to a frame stands in no file.
        added = (f"data/curated/{self.table}.csv", None)
        file, row = origins[self.at] if self.at < len(origins) else added
        return Problem(file, column, shown(found), expected, todo, row=row, key=self.key, source=self.source)

    @property
    def key_column(self) -> str:
        """The column whose value names the row."""
        # What is derived stands in front: the city of a folder, the topic of an indicator.
        derived = ("city_id", "topic_id") if self.table != "topics" else ("city_id",)
        ids = [name for name in self.cells if name.endswith("_id") and name not in derived]
        return next(iter(ids), next(name for name in self.cells if name not in derived))

    @property
    def key(self) -> str:
        """The value that names the row."""
        return shown(self.cells[self.key_column])

    @property
    def source(self) -> str | None:
        """The document the row is about, None where it names none."""
        named = self.cells.get("source_id")
        return None if named is None or pd.isna(named) else str(named)

    def span(self, start: str, end: str) -> Span | None:
        a, b = self.cells[start], self.cells[end]
        return None if pd.isna(a) or pd.isna(b) or a > b else Span(int(a), int(b))


def shown(value: Any) -> str:
    """Return a cell as its file writes it."""
    return "" if pd.isna(value) else f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def rows_of(book: Book, table: str) -> Iterator[Row]:
    """Return the rows of a table one by one."""
    for at, cells in enumerate(book.records(table)):
        yield Row(book, table, at, cells)
