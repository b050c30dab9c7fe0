"""Rows and cells of tables as sections want them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from compare.sections.section import Cell, Paragraph, Row
from compare.words.text import Said, text

Line = Said | Paragraph | Any


def cell(*lines: Line, look: str = "", head: bool = False, columns: int = 1) -> Cell:
    """Return a cell of lines, each words or a block.

    >>> cell("a").lines[0][0].text
    'a'
    """
    made = tuple(text(one) if isinstance(one, str | tuple) or not _is_block(one) else one for one in lines)
    return Cell(made, look, head=head, columns=columns)


def _is_block(line: Line) -> bool:
    return type(line).__module__ == Paragraph.__module__


def heads(words: Iterable[Said | None], look: str = "") -> Row:
    """Return a row of column heads, those after the first of one look; what is None stays empty."""
    return Row(
        tuple(
            Cell(()) if one is None else cell(one, look=look if at else "", head=True)
            for at, one in enumerate(words)
        )
    )


def counts(head: Said, numbers: Iterable[int]) -> Row:
    """Return a row of counts, a dash for none."""
    return Row((cell(head, head=True), *(count(one) for one in numbers)))


def count(number: int, look: str = "num") -> Cell:
    """Return a cell with a count, a dash for none."""
    return cell(str(number or "–"), look=look)
