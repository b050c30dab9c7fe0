"""The workbook for report writers: every statement, deadline and task of all cities in one XLSX file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties

from compare.analysis.selection import counted
from compare.asked import read_day
from compare.charts.look import colours
from compare.outputs.workbook.cover import write_cover
from compare.outputs.workbook.file import refuse_too_long, saved, write
from compare.outputs.workbook.ledger import ledger_sheet
from compare.outputs.workbook.sheets import coverage_sheet, deadline_sheet, fact_sheet, source_sheet
from compare.outputs.workbook.statements import city_sheets, statement_rows, topic_sheets
from compare.outputs.workbook.styles import paint
from compare.outputs.workbook.table import Sheet, sheet_name
from compare.outputs.workbook.words import Words
from compare.tables.book import Book

FACTS = ("outcomes", "outside_targets")


def workbook(book: Book, as_of: str, edition: str) -> bytes:
    """Return the XLSX file of all cities: a cover, a sheet per topic and city, the task ledger,
    deadlines, coverage and documents; the same bytes for the same tables, day and edition.

    `as_of` (a day as 2026-11-21) decides what is due and dates the file. Raises CompareError for a
    day that is none, and naming each text that is too long for a cell.
    """
    words = Words(counted(book), read_day(as_of))
    sheets = list(_named(words, _sheets(words)))
    refuse_too_long(sheets)
    file = Workbook()
    file.remove(file.worksheets[0])
    file.properties = _properties(words, edition)
    file.calculation.fullCalcOnLoad = False
    paint(file, colours(book.cities))
    for sheet in sheets:
        write(file, sheet)
    write_cover(file, words, edition, sheets)
    file.active = 0
    file.worksheets[0].sheet_view.tabSelected = True
    return saved(file, words.as_of)


def _sheets(words: Words) -> Iterator[Sheet]:
    """Yield every sheet but the cover, in the order in which they stand in the file."""
    made = statement_rows(words)
    yield from topic_sheets(words, made)
    yield from city_sheets(words, made, colours(words.book.cities))
    yield ledger_sheet(words)
    yield deadline_sheet(words)
    yield coverage_sheet(words)
    yield from filter(None, (fact_sheet(words, table) for table in FACTS))
    yield source_sheet(words)


def _named(words: Words, sheets: Iterator[Sheet]) -> Iterator[Sheet]:
    """Yield the sheets under names that XLSX allows, each only once and none the cover's."""
    taken = [words.both("sheet.cover")]
    for sheet in sheets:
        taken.append(sheet_name(sheet.name, taken))
        yield replace(sheet, name=taken[-1])


def _properties(words: Words, edition: str) -> DocumentProperties:
    zh, en = words.pair("title")
    return DocumentProperties(
        title=f"{zh} {en}",
        creator="City Compare",
        lastModifiedBy="City Compare",
        version=edition,
        language="zh-CN",
    )
