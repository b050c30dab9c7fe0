"""What a reader takes away from a page: the rows behind a chart or table as files held in the link itself.

The links need no script and no second file, so they work from a mail attachment too.
"""

from __future__ import annotations

import base64
import csv
import datetime
import io

from openpyxl import Workbook

from compare.outputs.workbook.file import saved, write
from compare.outputs.workbook.styles import paint
from compare.outputs.workbook.table import Column, Row, Sheet, sheet_name
from compare.sections.section import Take
from compare.tables.lines import as_text

ICS = "text/calendar;charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def files(take: Take, as_of: datetime.date) -> list[tuple[str, str]]:
    """Return the kinds of files of some rows, each with its bytes as a link.

    The workbook is dated `as_of`.
    """
    made = {
        "CSV": lambda: link("text/csv;charset=utf-8", csv_bytes(take)),
        "XLSX": lambda: link(XLSX, xlsx_bytes(take, as_of)),
    }
    return [(kind, made[kind]()) for kind in take.kinds if kind in made]


def csv_bytes(take: Take) -> bytes:
    """Return rows as CSV that a spreadsheet opens and takes for no formula.

    >>> csv_bytes(Take("a", (("city", 8),), (("=1",),))).decode("utf-8-sig")
    "city\\r\\n'=1\\r\\n"
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([head for head, _ in take.columns])
    writer.writerows([as_text(value) for value in row] for row in take.rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(take: Take, as_of: datetime.date) -> bytes:
    """Return rows as one sheet of a workbook, text as text."""
    keys = [str(at) for at in range(len(take.columns))]
    columns = [Column(key, head, width) for key, (head, width) in zip(keys, take.columns, strict=True)]
    rows = [Row(str(row[-1]), dict(zip(keys, row, strict=True))) for row in take.rows]
    file = Workbook()
    file.remove(file.worksheets[0])
    paint(file, {})
    write(file, Sheet(sheet_name(take.name, []), ("", ""), columns, rows))
    return saved(file, as_of)


def link(kind: str, content: bytes) -> str:
    """Return bytes as an address that holds them."""
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
