"""The way of sheets into one XLSX file that is the same on every run.

Text is always stored as text: openpyxl would take "=…" for a formula and "#N/A" for an error, and
cut what is too long without a word.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from compare.errors import CompareError, Problem
from compare.outputs.archive import settled
from compare.outputs.workbook.styles import (
    DATE,
    DRAFT,
    HEAD,
    HEAD_QUOTE,
    NUMBER,
    NUMBER_WITH_DECIMALS,
    named,
)
from compare.outputs.workbook.table import Column, Row, Sheet, plain
from compare.tables.lines import FORMULA

LONGEST = 32_767
# Heights in points. Programs differ in whether they fit rows when a file is opened, so each row has
# its own; no program lets one be taller than this.
LINE, TALLEST = 15.0, 409.0
# A Chinese sign is two digits wide and a line may end behind it; other words stay whole. What a
# column's walls take of it is about a digit.
WORD = re.compile(r"[\u2000-\uffff]|[^\u2000-\uffff\s]+\s*|\s+")
WALLS = 1.2
# XML has no sign for these; CR it has, but every reader turns it into LF. "_x000D_" is how the
# format itself writes them (ECMA-376, ST_Xstring), and Excel, LibreOffice and WPS read it back, so
# a control character in one scraped quote is kept and does not keep the whole file from its readers.
UNSAYABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def escaped(text: str) -> str:
    r"""Return text as XLSX stores it: what XML cannot say as `_xHHHH_`, nothing lost.

    >>> escaped("甲\r乙"), escaped("_x000D_")
    ('甲_x000D_乙', '_x005F_x000D_')
    """
    return UNSAYABLE.sub(lambda found: f"_x{ord(found.group()):04X}_", text)


def put(cell: Cell, value: Any, style: str) -> None:
    """Write a value with a named style: text as text, whatever it begins with."""
    cell.style = style
    if isinstance(value, str) and value:
        cell.value = escaped(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA)
    elif value != "":
        # An empty text would be a cell that says it holds text and holds none.
        cell.value = value
        if isinstance(value, float):
            cell.number_format = NUMBER_WITH_DECIMALS


def too_long(sheet: Sheet) -> list[Problem]:
    """Return a problem for every text that a cell cannot hold: openpyxl would cut it."""
    return [
        Problem(
            f"reports/comparison.xlsx, {sheet.name}",
            column.head,
            f"{length} characters",
            f"at most {LONGEST}",
            "shorten it in the tables, or split the row",
            key=row.row_id,
            row=number,
        )
        for number, row in enumerate(sheet.rows, 2)
        for column in sheet.columns
        if (length := _length(row.cells.get(column.key))) > LONGEST
    ]


def _length(value: Any) -> int:
    # Excel counts UTF-16 units.
    return len(escaped(value).encode("utf-16-le")) // 2 if isinstance(value, str) else 0


def write(book: Workbook, sheet: Sheet) -> Worksheet:
    """Return a new worksheet of the workbook with the sheet's rows under one head, ready for print."""
    page = book.create_sheet(sheet.name)
    for at, column in enumerate(sheet.columns, 1):
        put(page.cell(1, at), column.head, HEAD_QUOTE if column.look == "quote" else HEAD)
        page.column_dimensions[get_column_letter(at)].width = column.width
        for number, row in enumerate(sheet.rows, 2):
            value = plain(row.cells.get(column.key))
            put(page.cell(number, at), value, _style(column, row, value))
    fit_rows(page, [column.width for column in sheet.columns[: sheet.printed]])
    last = len(sheet.rows) + 1
    page.freeze_panes = page.cell(2, sheet.frozen + 1)
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    page.print_area = f"A1:{get_column_letter(sheet.printed)}{last}"
    page.print_title_rows = "1:1"
    page.sheet_properties.tabColor = sheet.colour.removeprefix("#") or None
    set_up_print(page)
    return page


def _style(column: Column, row: Row, value: Any) -> str:
    if isinstance(value, datetime.date):
        return DATE
    if isinstance(value, (int, float)):
        return NUMBER
    if column.look == "status":
        return DRAFT if row.draft else "text"
    if column.look in ("city", "value"):
        return named(column.look, row.city, row.draft)
    return named("state", str(row.cells.get("state_id", ""))) if column.look == "state" else column.look


def fit_rows(page: Worksheet, widths: Sequence[float]) -> None:
    """Make each row of a worksheet as tall as the text in its first columns needs, by estimate."""
    for number, cells in enumerate(page.iter_rows(max_col=len(widths), values_only=True), 1):
        lines = max(lines_of(text, width) for text, width in zip(cells, widths, strict=True))
        page.row_dimensions[number].height = min(lines * LINE + 3, TALLEST)


def lines_of(value: Any, width: float) -> int:
    r"""Return how many lines a value takes in a column as wide as `width` digits, by estimate.

    >>> lines_of("建成5G基站2000个", 10), lines_of("at least 85% of them", 10), lines_of("甲\n乙", 10)
    (2, 4, 2)
    """
    if not isinstance(value, str):
        return 1
    return sum(_wrapped(line, width - WALLS) for line in value.split("\n"))


def _wrapped(line: str, room: float) -> int:
    if 2 * len(line) <= room:
        return 1
    lines, filled = 1, 0.0
    for word in WORD.findall(line):
        wide = len(word) * (2.0 if word > "\u2000" else 1.05)
        if filled and filled + wide > room:
            lines, filled = lines + 1, 0.0
        # A word that no line can hold is broken.
        lines += max(0, ceil(wide / room) - 1)
        filled = filled + wide if wide <= room else wide % room
    return lines


def set_up_print(page: Worksheet) -> None:
    """Set a worksheet for A4 across, as wide as the paper, with its name and page number at the foot."""
    page.sheet_view.showGridLines = False
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    margins = page.page_margins
    margins.left = margins.right = 0.35
    margins.top, margins.bottom, margins.footer = 0.4, 0.55, 0.25
    page.oddFooter.left.text, page.oddFooter.right.text = "&A", "&P / &N"


def saved(book: Workbook, as_of: datetime.date) -> bytes:
    """Return the workbook's bytes, dated `as_of`: the clock and the platform leave no mark."""
    moment = datetime.datetime.combine(as_of, datetime.time())
    raw = BytesIO()
    book.save(raw)
    # Saving has just stamped the clock's time on the properties.
    book.properties.created = book.properties.modified = moment
    return settled(raw.getvalue(), {ARC_CORE: tostring(book.properties.to_tree())})


def refuse_too_long(sheets: Iterable[Sheet]) -> None:
    """Raise one CompareError naming every text of every sheet that a cell cannot hold."""
    problems = [problem for sheet in sheets for problem in too_long(sheet)]
    if problems:
        raise CompareError("The workbook cannot hold these texts whole", problems)
