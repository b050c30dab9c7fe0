"""The cells of a table at their places, and how wide its columns are on a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from docx.shared import Mm, Pt

from compare.outputs.word_style import TEXT_WIDTH
from compare.sections.section import Cell, Row

# Points: the letters in a table, and the room left and right of them in a cell.
SIZE, SIDES = 10.5, 9
# Below 1, a column ten times as full as another is less than ten times as wide.
DAMPED = 0.8
# No more characters of a cell than this count for the width of its column.
MOST = 60


@dataclass(frozen=True)
class Place:
    """A cell with its first row and column, counted from 0, and how many of each it covers."""

    cell: Cell
    row: int
    column: int
    rows: int
    columns: int
