"""The cells of a table at their places, and how wide its columns are on a sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from docx.shared import Mm

from compare.outputs.word_style import TEXT_WIDTH
from compare.sections.section import Cell, Row

# Points: the letters in a table, and the room left and right of them in a cell.
SIZE, SIDES = 10.5, 9
# Below 1, a column ten times as full as another is less than ten times as wide.
DAMPED = 0.8
# No more characters of a cell than these count for the width of its column.
MOST = 60
# How much of the text's width the first column has where all others are alike.
FIRST = 0.19


@dataclass(frozen=True)
class Place:
    """A cell with its first row and column, counted from 0, and how many of each it covers."""

    cell: Cell
    row: int
    column: int
    rows: int
    columns: int


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


def line_width(words: str) -> float:
    """Return the width of words in characters: a Chinese one counts 1, a Latin one a half.

    >>> line_width("5G基站")
    3.0
    """
    return sum(1 if ord(character) > 0x2E7F else 0.5 for character in words)


def _least(column: Sequence[str]) -> float:
    lines = [line for cell in column for line in cell.split("\n")]
    words = [word for line in lines for word in line.split() if word.isascii()]
    longest = max([1.0, *map(line_width, lines)])
    return max([min(4.0, longest), *map(line_width, words)]) * SIZE + SIDES


def _wanted(column: Sequence[str]) -> float:
    return float(min(MOST, max([0.5, *map(line_width, column)])) ** DAMPED)
