"""Tables as a Word document has them: cells at their places, with their widths, merges and fills."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.table import CT_Tc
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Twips
from docx.table import Table as Grid
from docx.table import _Cell as Box
from docx.text.paragraph import Paragraph as Line

from compare.outputs.word.blocks import Cell, Paragraph, Table
from compare.outputs.word.style import column_widths, even_widths
from compare.outputs.word.xml import add_attributes, element

# How much of a city's colour is in the ground of its cells.
TINT = 0.09
# How each absence's cell is filled: pattern, its ink, the ground.
FILLS = {
    "k-not_obtained": ("thinDiagStripe", "D9D5CB", "FFFFFF"),
    "k-not_applicable": ("clear", "auto", "EFECE5"),
}


@dataclass(frozen=True)
class Place:
    """A cell with its first row and column, counted from 0, and how many of each it covers."""

    cell: Cell
    row: int
    column: int
    rows: int
    columns: int


def add_table(
    document: Document, table: Table, colours: Mapping[str, str], write: Callable[[Line, Paragraph], None]
) -> None:
    """Add a table to a document; `write` writes each paragraph, `colours` are the cities' in hexadecimal."""
    places = placed(table)
    if not places:
        return
    count = max(one.column + one.columns for one in places)
    widths = even_widths(count) if table.even else column_widths(_said(places, count))
    grid = document.add_table(len(table.rows), count, "Table Grid")
    _set_up(grid, widths, table.heads)
    boxes = [row.cells for row in grid.rows]
    for row in boxes:
        for box, width in zip(row, widths, strict=True):
            box.width = Twips(width)
    for place in _stretched(places, count):
        _fill(boxes, place, colours, write)
    # A merge leaves cells without words, whose lines must be no higher than those of the others.
    for line in grid._tbl.xpath(".//w:p[not(w:pPr)]"):
        line.style = "TableText"


def placed(table: Table) -> list[Place]:
    """Return every cell of a table at its place; one that spans rows takes its columns in each of them."""
    made: list[Place] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            rows = min(cell.rows, len(table.rows) - number)
            made.append(Place(cell, number, column, rows, cell.columns))
            taken |= {(number + down, column + on) for down in range(rows) for on in range(cell.columns)}
            column += cell.columns
    return made


def _stretched(places: Sequence[Place], count: int) -> Iterable[Place]:
    """Return the cells, the last of each row wide enough to reach the end of the table."""
    ends: dict[int, int] = {}
    for one in places:
        for row in range(one.row, one.row + one.rows):
            ends[row] = max(ends.get(row, 0), one.column)
    for one in places:
        is_last = one.rows == 1 and one.column == ends[one.row]
        yield replace(one, columns=count - one.column) if is_last else one


def _said(places: Iterable[Place], count: int) -> list[list[str]]:
    """Return the text of every cell by column, but for cells that are wider than one."""
    columns: list[list[str]] = [[] for _ in range(count)]
    for one in places:
        if one.columns == 1:
            columns[one.column].append("\n".join(each.text for each in one.cell.paragraphs))
    return columns


def _set_up(grid: Grid, widths: Sequence[int], heads: int) -> None:
    """Set a table's widths in twips; no row parts at the end of a sheet, the first `heads` are repeated."""
    grid.autofit, grid.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for whole in grid._tbl.tblPr.xpath("w:tblW"):
        add_attributes(whole, type="dxa", w=sum(widths))
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Twips(width)
    for number, row in enumerate(grid.rows):
        held = row._tr.get_or_add_trPr()
        held.append(element("w:cantSplit"))
        if number < heads:
            held.append(element("w:tblHeader"))


def _fill(
    boxes: Sequence[Sequence[Box]],
    place: Place,
    colours: Mapping[str, str],
    write: Callable[[Line, Paragraph], None],
) -> None:
    """Write a cell at its place, one that covers several as one merged cell."""
    kinds = place.cell.kinds
    covered = [row[place.column] for row in boxes[place.row : place.row + place.rows]]
    box = covered[0]
    if place.rows * place.columns > 1:
        box = box.merge(boxes[place.row + place.rows - 1][place.column + place.columns - 1])
    for number, said in enumerate(place.cell.paragraphs):
        line = box.add_paragraph() if number else box.paragraphs[0]
        write(line, replace(said, keep=True) if "group" in kinds else said)
        if "num" in kinds:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for one in covered:
        _dress(one._tc, kinds, colours)


def _dress(box: CT_Tc, kinds: frozenset[str], colours: Mapping[str, str]) -> None:
    """Give a cell that holds a value the tint of its city, another the fill of its absence."""
    colour = next((colours[kind[2:]] for kind in sorted(kinds) if kind[2:] in colours), "")
    held = box.get_or_add_tcPr()
    if colour and "k-quantified" in kinds:
        held.append(_edge("single", colour))
        held.append(element("w:shd", val="clear", color="auto", fill=_tint(colour)))
    elif colour and kinds & {"k-status", "k-status_only"}:
        held.append(_edge("dotted", colour))
    else:
        for pattern, ink, ground in [FILLS[kind] for kind in sorted(kinds & FILLS.keys())][:1]:
            held.append(element("w:shd", val=pattern, color=ink, fill=ground))


def _edge(line: str, colour: str) -> BaseOxmlElement:
    """Return the borders of a cell that has one on the left only."""
    return element("w:tcBorders", element("w:left", val=line, sz=24, space=0, color=colour))


def _tint(colour: str) -> str:
    """Return a colour in hexadecimal thinned to a pale ground.

    >>> _tint("000000")
    'E8E8E8'
    """
    parts = [int(colour[place : place + 2], 16) for place in (0, 2, 4)]
    return "".join(f"{round(255 - (255 - part) * TINT):02X}" for part in parts)
