"""What a reader takes away from a page: the rows behind a chart or a table, held in the link itself.

The links need no script and no second file, so they work from a mail attachment too.
"""

from __future__ import annotations

import base64
import csv
import datetime
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from openpyxl import Workbook

from compare.charts.look import colours
from compare.outputs.workbook.file import FORMULA, saved, write
from compare.outputs.workbook.styles import paint
from compare.outputs.workbook.table import Column, Row, Sheet, plain, sheet_name

if TYPE_CHECKING:
    from compare.briefings.material import Material

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Widths in digits.
COLUMNS = {
    "place": 8,
    "indicator": 22,
    "value": 14,
    "low": 12,
    "high": 12,
    "unit": 8,
    "basis": 12,
    "scope": 18,
    "denominator": 18,
    "due": 14,
    "status": 12,
    "quote": 60,
    "source": 40,
    "row": 18,
}
GAP_WIDTH = 24
Cells = dict[str, Any]


@dataclass(frozen=True)
class Export:
    """The rows behind one chart or table as two files: their name, and their bytes as links."""

    name: str
    csv: Markup
    xlsx: Markup


def export(brief: Material, name: str, ids: Iterable[str], gaps: Mapping[str, str] | None = None) -> Export:
    """Return figures of a page as CSV (UTF-8 with a mark, for spreadsheets) and XLSX, in the page's language.

    A row holds value, bounds, unit, basis, scope, denominator, due date, what the document is, the quote
    and its source; a figure from elsewhere has title and publisher in its place. With `gaps`, which give
    words by row, a last column says how far each figure lies from the one it stands beside.
    """
    rows = [_row(brief, row_id) for row_id in dict.fromkeys(ids)]
    heads = {key: brief.words(f"export.{key}") for key in COLUMNS}
    widths = dict(COLUMNS)
    if gaps:
        heads["gap"], widths["gap"] = brief.words("above.column.gap"), GAP_WIDTH
        rows = [row | {"gap": gaps.get(row["row"], "")} for row in rows]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads.values())
    writer.writerows([_safe(row[one]) for one in heads] for row in rows)
    columns = [Column(one, heads[one], width) for one, width in widths.items()]
    file = Workbook()
    file.remove(file.worksheets[0])
    paint(file, colours(brief.shown))
    sheet = Sheet(sheet_name(name, []), ("", ""), columns, [Row(row["row"], row) for row in rows])
    write(file, sheet)
    return Export(
        name,
        _link("text/csv;charset=utf-8", text.getvalue().encode("utf-8-sig")),
        _link(XLSX, saved(file, datetime.date.fromisoformat(brief.as_of))),
    )


def _row(brief: Material, row_id: str) -> Cells:
    figure, cells = brief.figure(row_id), brief.cells(row_id)
    if row_id in brief.stated:
        fact = brief.stated[row_id]
        status, source = (
            brief.labels.confidence(fact["confidence"]),
            f"{fact['source_title']}, {fact['publisher']}",
        )
    else:
        document = brief.sources[cells["source_id"]]
        status = brief.labels.status(document["status"])
        source = brief.labels.comma.join(
            str(one) for one in (document["title_zh"], plain(document["document_number"])) if one
        )
    return {
        "place": figure["city_name"],
        "indicator": figure["indicator"],
        "value": figure["value"],
        "low": plain(cells.get("value_low")),
        "high": plain(cells.get("value_high")),
        "unit": brief.labels.unit_name(cells["unit_id"]) if figure["value"] else "",
        "basis": figure["basis"],
        "scope": figure["scope"],
        "denominator": figure["denominator"],
        "due": figure["due"],
        "status": status,
        "quote": figure["quote"],
        "source": source,
        "row": row_id,
    }


def _safe(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula when it opens the CSV."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _link(kind: str, content: bytes) -> Markup:
    return Markup(f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}")
