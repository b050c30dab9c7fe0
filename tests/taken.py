"""A table that a reader has taken away, in both its forms, as any reader of CSV and of workbooks has it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cached_property

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from compare.sections.shown import COLUMNS

# What makes a spreadsheet take a cell for a formula.
OPENINGS = ("=", "+", "-", "@", "\t", "\r")
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Taken:
    """One table in both forms."""

    csv: bytes
    xlsx: bytes

    @cached_property
    def cells(self) -> list[list[str]]:
        """Return the CSV's lines, the head first."""
        return list(csv.reader(io.StringIO(self.csv.decode("utf-8-sig"), newline=""), strict=True))

    @cached_property
    def rows(self) -> Rows:
        """Return the CSV's rows by the key of each column; a chart of gaps has one more column, one of ranks
        begins with those of the rank.
        """
        more = len(self.cells[0]) - len(COLUMNS)
        keys = (*COLUMNS, "gap")[: len(COLUMNS) + more] if more < 2 else (*map(str, range(more)), *COLUMNS)
        return [dict(zip(keys, line, strict=True)) for line in self.cells[1:]]

    @cached_property
    def sheet(self) -> Worksheet:
        book = openpyxl.load_workbook(io.BytesIO(self.xlsx))
        (sheet,) = book.worksheets
        return sheet


def get_column(key: str) -> str:
    """Return the letter of a column of the workbook."""
    return openpyxl.utils.get_column_letter(list(COLUMNS).index(key) + 1)
