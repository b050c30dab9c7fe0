"""Tables as a Word document has them: rows that cover every column, cells with their widths and fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from compare.briefings.word_blocks import Cell, Paragraph, Table
from compare.briefings.word_style import column_widths, even_widths

# How much of a city's colour is in the ground of its cells.
TINT = 0.09
# How each absence's cell is filled: pattern, its ink, the ground.
FILLS = {
    "k-not_obtained": ("thinDiagStripe", "D9D5CB", "FFFFFF"),
    "k-not_applicable": ("clear", "auto", "EFECE5"),
}


@dataclass(frozen=True)
class Box:
    """A cell as the document has it: under a cell that spans rows stands an empty one that continues it."""

    paragraphs: tuple[Paragraph, ...]
    width: int
    columns: int = 1
    merge: str = ""
    align: str = ""
    edge: str = ""
    colour: str = ""
    pattern: str = ""
    ink: str = ""
    fill: str = ""


@dataclass(frozen=True)
class Grid:
    """A table whose every row covers every column; widths are in twips."""

    rows: tuple[tuple[Box, ...], ...]
    widths: tuple[int, ...]
    heads: int


def grid(table: Table, colours: Mapping[str, str]) -> Grid:
    """Return a table with every cell in its columns; `colours` are those of the cities, in hexadecimal."""
    rows = list(_spread(table))
    count = max(sum(cell.columns for cell, _ in row) for row in rows)
    columns: list[list[str]] = [[] for _ in range(count)]
    for row in rows:
        place = 0
        for cell, _ in row:
            if cell.columns == 1:
                columns[place].append("\n".join(one.text for one in cell.paragraphs))
            place += cell.columns
    widths = even_widths(count) if table.even else column_widths(columns)
    return Grid(tuple(tuple(_boxes(row, widths, colours)) for row in rows), tuple(widths), table.heads)


def _boxes(
    row: Sequence[tuple[Cell, str]], widths: Sequence[int], colours: Mapping[str, str]
) -> Iterator[Box]:
    """Yield the cells of a row with their widths and fills."""
    place = 0
    for number, (cell, merge) in enumerate(row):
        last = number == len(row) - 1
        columns = len(widths) - place if last else cell.columns
        width = sum(widths[place : place + columns])
        align = "right" if "num" in cell.kinds else ""
        paragraphs = () if merge == "continue" else cell.paragraphs
        if "group" in cell.kinds:
            paragraphs = tuple(replace(one, keep=True) for one in paragraphs)
        made = Box(paragraphs or (Paragraph("TableText", ()),), width, columns, merge, align)
        yield _filled(made, cell.kinds, colours)
        place += columns


def _filled(box: Box, kinds: frozenset[str], colours: Mapping[str, str]) -> Box:
    """Return a cell that holds a value in the tint of its city, another in the fill of its absence."""
    colour = next((colours[kind[2:]] for kind in sorted(kinds) if kind[2:] in colours), "")
    if colour and "k-quantified" in kinds:
        return replace(box, edge="single", colour=colour, pattern="clear", ink="auto", fill=_tint(colour))
    if colour and kinds & {"k-status", "k-status_only"}:
        return replace(box, edge="dotted", colour=colour)
    for kind in sorted(kinds & FILLS.keys()):
        pattern, ink, fill = FILLS[kind]
        return replace(box, pattern=pattern, ink=ink, fill=fill)
    return box


def _spread(table: Table) -> Iterator[list[tuple[Cell, str]]]:
    """Yield the rows of a table, a cell that spans rows taken up in each of them."""
    running: dict[int, tuple[Cell, int]] = {}
    for row in table.rows:
        made: list[tuple[Cell, str]] = []
        waiting, place = list(row), 0
        while waiting or place in running:
            if place in running:
                cell, left = running.pop(place)
                made.append((cell, "continue"))
            else:
                cell, left = waiting[0], waiting.pop(0).rows
                made.append((cell, "restart" if left > 1 else ""))
            if left > 1:
                running[place] = (cell, left - 1)
            place += cell.columns
        yield made


def _tint(colour: str) -> str:
    """Return a colour in hexadecimal thinned to a pale ground.

    >>> _tint("000000")
    'E8E8E8'
    """
    parts = [int(colour[place : place + 2], 16) for place in (0, 2, 4)]
    return "".join(f"{round(255 - (255 - part) * TINT):02X}" for part in parts)
