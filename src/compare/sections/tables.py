"""Rows and cells of tables, and the lines that stand in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from compare.sections.section import Bar, Cell, Group, Paragraph, Part, Row, Table
from compare.words.text import Run, Said, text


def cell(*lines: Any, look: str = "", **more: Any) -> Cell:
    """Return a cell of lines, each words or a block; `more` is whatever else a `Cell` has.

    >>> cell("a", "").lines
    ((Run(text='a', look='', lang='', place='', row='', to='', anchor=''),),)
    """
    made = (text(one) if isinstance(one, str | Run) else one for one in lines)
    return Cell(tuple(one for one in made if one), look, **more)


def line(*words: Said | None, look: str = "why") -> Paragraph | None:
    """Return a line of its own in a cell, by its look one that explains; none without words."""
    said = text(*words)
    return Paragraph(said, look) if said else None


def heads(words: Iterable[Said | None], look: str = "") -> Row:
    """Return a row of column heads, those after the first of one look; one without words is no head."""
    made = enumerate(words)
    return Row(tuple(cell(one or "", look=look if at else "", head=bool(one)) for at, one in made))


def count(number: int | None, look: str = "num") -> Cell:
    """Return a count, a dash for none; empty where it is not known.

    >>> count(0).lines[0][0].text, count(None).lines
    ('–', ())
    """
    return cell("" if number is None else str(number or "–"), look=look)


def bars(solid: int, hollow: int, most: int, place: str) -> Cell:
    """Return counts as a bar in the colour of a place, `most` filling the width, hollow at its end."""
    parts = ((solid, "rod"), (hollow, "rod hollow"))
    rods = Part(tuple(Bar(number / most, look) for number, look in parts if number), "rods")
    return Cell((rods,), "bar-cell", place)


def table(head: Row, rows: Iterable[Row], look: str) -> Table:
    """Return a table of one head and one group of rows."""
    return Table((head,), (Group(tuple(rows)),), look)
