"""Sheets as plain rows, and their way into one XLSX file that is the same on every run.

Text is always stored as text: openpyxl would take "=…" for a formula and "#N/A" for an error, and
cut what is too long without a word.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from compare.briefings.workbook_styles import DATE, DRAFT, HEAD, HEAD_QUOTE, NUMBER, NUMBER_WITH_DECIMALS, named
from compare.errors import CompareError, Problem

LONGEST = 32_767
LONGEST_NAME = 31
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# XML has no sign for these; CR it has, but every reader turns it into LF. "_x000D_" is how the
# format itself writes them (ECMA-376, ST_Xstring), and Excel, LibreOffice and WPS read it back, so
# a control character in one scraped quote is kept and does not keep the whole file from its readers.
UNSAYABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
CONTENT_TYPES = "[Content_Types].xml"
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Column:
    """A column: its key in the rows, its head, its width in digits, its look, whether it is printed."""

    key: str
    head: str
    width: float
    look: str = "text"
    printed: bool = True


@dataclass(frozen=True)
class Row:
    """A row: its id, for whoever must mend it, its cells by column, its city, whether a draft says it."""

    row_id: str
    cells: dict[str, Any]
    city: str = ""
    draft: bool = False


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table for one sheet; the first `frozen` columns stay in sight, `about` says what it holds."""

    name: str
    about: tuple[str, str]
    columns: Sequence[Column]
    rows: Sequence[Row]
    frozen: int = 1
    colour: str = ""

    @property
    def printed(self) -> int:
        """How many columns a page shows: those before the first that is for the screen only."""
        looks = [column.printed for column in self.columns]
        return looks.index(False) if False in looks else len(looks)


def plain(value: Any) -> Any:
    """Return a table's value as a cell takes it: None where nothing is stated, dates as dates.

    >>> plain(pd.NaT), plain(90.0), plain(pd.Timestamp(2022, 12, 31))
    (None, 90, datetime.date(2022, 12, 31))
    """
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def escaped(text: str) -> str:
    r"""Return text as XLSX stores it: what XML cannot say as `_xHHHH_`, nothing lost.

    >>> escaped("甲\r乙"), escaped("_x000D_")
    ('甲_x000D_乙', '_x005F_x000D_')
    """
    return UNSAYABLE.sub(lambda found: f"_x{ord(found.group()):04X}_", text)


def put(cell: Cell, value: Any, style: str) -> None:
    """Write a value with a named style: text as text, whatever it begins with."""
    cell.style = style
    if isinstance(value, str):
        cell.value = escaped(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA)
    else:
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


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """Return a name that a sheet may bear: valid, at most 31 characters, and none of those taken.

    >>> sheet_name("数据/共享", []), sheet_name("5G", ["5g"])
    ('数据／共享', '5G (2)')
    """
    taken = {name.casefold() for name in taken}
    valid = wanted.translate(str.maketrans("[]:*?/\\'", "（）：＊？／＼’")).strip() or "—"
    count, name = 1, valid[:LONGEST_NAME]
    while name.casefold() in taken:
        count += 1
        tail = f" ({count})"
        name = valid[: LONGEST_NAME - len(tail)] + tail
    return name


def write(book: Workbook, sheet: Sheet) -> Worksheet:
    """Return a new worksheet of the workbook with the sheet's rows under one head, ready for print."""
    page = book.create_sheet(sheet.name)
    for at, column in enumerate(sheet.columns, 1):
        put(page.cell(1, at), column.head, HEAD_QUOTE if column.look == "quote" else HEAD)
        page.column_dimensions[get_column_letter(at)].width = column.width
        for number, row in enumerate(sheet.rows, 2):
            value = plain(row.cells.get(column.key))
            put(page.cell(number, at), value, _style(column, row, value))
    last = len(sheet.rows) + 1
    page.row_dimensions[1].height = 33
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
    raw, out = BytesIO(), BytesIO()
    book.save(raw)
    # Saving has just stamped the clock's time on the properties.
    book.properties.created = book.properties.modified = moment
    with ZipFile(raw) as old, ZipFile(out, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()}
        parts[ARC_CORE] = tostring(book.properties.to_tree())
        for name in sorted(parts, key=lambda part: (part != CONTENT_TYPES, part)):
            entry = ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            new.writestr(entry, parts[name])
    return out.getvalue()


def refuse_too_long(sheets: Iterable[Sheet]) -> None:
    """Raise one CompareError naming every text of every sheet that a cell cannot hold."""
    problems = [problem for sheet in sheets for problem in too_long(sheet)]
    if problems:
        raise CompareError("The workbook cannot hold these texts whole", problems)
