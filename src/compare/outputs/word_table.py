"""Tables of a document: cells at their places, with their grounds, in columns as wide as their words need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from compare.outputs.word_lines import Said, line_width, lines
from compare.outputs.word_runs import Sheet, line_of
from compare.outputs.word_style import TEXT_WIDTH, element
from compare.sections.section import Cell, Row, Table
from compare.words.text import plain

# Points: the letters in a table, and the room left and right of them in a cell.
SIZE, SIDES = 10.5, 9
# Below 1, a column ten times as full as another is less than ten times as wide.
DAMPED = 0.8
# No more characters of a cell than these count for the width of its column.
MOST = 60
# How much of the text's width the first column has where all others are alike.
FIRST = 0.19

# Looks of lines that a page has for narrow screens.
NARROW = ("label", "phone-city")
# How the cell of an absence is filled: pattern, its ink, the ground; and how much of its place's colour is in
# the ground of a value.
FILLS = {
    "k-not_obtained": ("thinDiagStripe", "D9D5CB", "FFFFFF"),
    "k-not_applicable": ("clear", "auto", "EFECE5"),
}
TINT = 0.09


@dataclass(frozen=True)
class Place:
    """A cell with its first row and column, counted from 0, and how many of each it covers."""

    cell: Cell
    row: int
    column: int
    rows: int
    columns: int


def write_table(part: Table, sheet: Sheet) -> None:
    """Write a table as wide as the text; the line under it keeps it from the next one."""
    rows = list(part.head)
    for group in part.groups:
        rows += [Row((Cell((group.head,), head=True),), "group")] if group.head else []
        rows += group.rows
    rows += part.foot
    if not rows:
        return
    sheet.bind()
    grid = placed(rows)
    wide = widths(grid, lambda cell: "\n".join(plain(one.words) for one in _in_cell(cell, sheet)),
                  part.look == "grid")  # fmt: skip
    made = [_row(row, grid[at], at, wide, at < len(part.head), sheet) for at, row in enumerate(rows)]
    look = element(
        "tblPr", element("tblStyle", val="TableGrid"), element("tblW", type="dxa", w=sum(wide)),
        element("jc", val="center"), element("tblLayout", type="fixed"),
    )  # fmt: skip
    columns = element("tblGrid", *(element("gridCol", w=width) for width in wide))
    sheet.add(element("tbl", look, columns, *made))
    sheet.add(line_of(Said((), ""), "TableText", sheet)._p)


def _row(
    row: Row, held: Sequence[Place], at: int, wide: Sequence[int], is_head: bool, sheet: Sheet
) -> BaseOxmlElement:
    """Return a row, which does not part at the end of a sheet; a head is repeated on every further one."""
    sheet.waiting.append(row.anchor)
    style = "TableHead" if is_head else "TableRow"
    made = [element("trPr", element("cantSplit"), element("tblHeader") if is_head else None)]
    for one in held:
        width = sum(wide[one.column : one.column + one.columns])
        look = element(
            "tcPr",
            element("tcW", type="dxa", w=width),
            element("gridSpan", val=one.columns) if one.columns > 1 else None,
            element("vMerge", val="restart" if one.row == at else "continue") if one.rows > 1 else None,
            *_fill(one.cell, sheet.inks.get(one.cell.place, "")),
        )
        said = _in_cell(one.cell, sheet) if one.row == at else []
        made.append(element("tc", look, *_cell(one.cell, said or [Said((), "")], style, row.look, sheet)))
    return element("tr", *made)


def _in_cell(cell: Cell, sheet: Sheet) -> list[Said]:
    """Return the lines of a cell, but for those that repeat the head of its column."""
    held = [one for one in lines(cell.lines, sheet.frame) if isinstance(one, Said) and one.style]
    return [one for one in held if one.look not in NARROW]


def _cell(cell: Cell, said: Sequence[Said], style: str, look: str, sheet: Sheet) -> Iterator[BaseOxmlElement]:
    """Yield the lines of a cell, in a head the first of them in the head's style."""
    for number, one in enumerate(said):
        line = line_of(
            one, style if cell.head and not number and one.style else "TableText", sheet, cell.look
        )
        if "num" in cell.look.split():
            line._p.get_or_add_pPr().append(element("jc", val="right"))
        if look == "group":
            line.paragraph_format.keep_with_next = True
        yield line._p


def _fill(cell: Cell, ink: str) -> Iterator[BaseOxmlElement]:
    """Yield the edge and ground of a cell: a value has those of its place, an absence its own."""
    kinds = set(cell.look.split())
    if ink and kinds & {"k-quantified", "k-status", "k-status_only"}:
        line = "single" if "k-quantified" in kinds else "dotted"
        yield element("tcBorders", element("left", val=line, sz=24, space=0, color=ink))
    if ink and "k-quantified" in kinds:
        shares = [255 - (255 - int(ink[at : at + 2], 16)) * TINT for at in (0, 2, 4)]
        yield element("shd", val="clear", color="auto", fill="".join(f"{round(one):02X}" for one in shares))
    for pattern, dark, ground in [FILLS[kind] for kind in sorted(kinds & FILLS.keys())]:
        yield element("shd", val=pattern, color=dark, fill=ground)


def placed(rows: Sequence[Row]) -> list[list[Place]]:
    """Return for each row the cells that it shows, those that began above it among them, without a gap.

    The last cell of a row reaches the end of the table; what no cell fills is an empty one.

    >>> tall, wide = Cell((), rows=2), Cell((), columns=2)
    >>> [[(one.column, one.columns) for one in row] for row in placed([Row((tall, wide)), Row((Cell(()),))])]
    [[(0, 1), (1, 2)], [(0, 1), (1, 2)]]
    """
    made: list[list[Place]] = [[] for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while held := next(
                (one for one in made[at] if one.column <= column < one.column + one.columns), None
            ):
                column = held.column + held.columns
            place = Place(cell, at, column, min(cell.rows, len(rows) - at), cell.columns)
            for below in range(at, at + place.rows):
                made[below].append(place)
            column += cell.columns
    count = max((one.column + one.columns for row in made for one in row), default=0)
    return [_filled(sorted(row, key=lambda one: one.column), at, count) for at, row in enumerate(made)]


def _filled(row: list[Place], at: int, count: int) -> list[Place]:
    made: list[Place] = []
    for one in (*row, None):
        start = one.column if one else count
        end = made[-1].column + made[-1].columns if made else 0
        if start > end and not one and made and made[-1].rows == 1:
            made[-1] = replace(made[-1], columns=count - made[-1].column)
        elif start > end:
            made.append(Place(Cell(()), at, end, 1, start - end))
        made += [one] if one else []
    return made


def widths(rows: Sequence[Sequence[Place]], said: Callable[[Cell], str], even: bool) -> list[int]:
    """Return the widths of columns in twips, which together are as wide as the text of the sheet.

    `said` gives the words of a cell, its lines parted by "\\n". A column has room for its longest Latin word
    or four characters of its longest line; what is left goes by the longest cells, so that rows stay low.
    Columns of an `even` table are of one width but for the first.
    """
    whole, count = Mm(TEXT_WIDTH).twips, rows[0][-1].column + rows[0][-1].columns
    if even and count > 1:
        made = [whole * FIRST, *[whole * (1 - FIRST) / (count - 1)] * (count - 1)]
    else:
        single = [one for at, row in enumerate(rows) for one in row if one.row == at and one.columns == 1]
        columns = [[said(one.cell) for one in single if one.column == at] for at in range(count)]
        least, wanted = [_least(column) for column in columns], [_wanted(column) for column in columns]
        left = max(0.0, TEXT_WIDTH / 25.4 * 72 - sum(least))
        made = [low + left * want / sum(wanted) for low, want in zip(least, wanted, strict=True)]
    shrunk = [int(width * whole / sum(made)) for width in made[:-1]]
    return [*shrunk, whole - sum(shrunk)]


def _least(column: Sequence[str]) -> float:
    lines = [line for cell in column for line in cell.split("\n")]
    words = [word for line in lines for word in line.split() if word.isascii()]
    longest = max([1.0, *map(line_width, lines)])
    return max([min(4.0, longest), *map(line_width, words)]) * SIZE + SIDES


def _wanted(column: Sequence[str]) -> float:
    return float(min(MOST, max([0.5, *map(line_width, column)])) ** DAMPED)
