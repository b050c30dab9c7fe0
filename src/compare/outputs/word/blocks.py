"""What a document is made of: paragraphs, pictures and tables, in the order of the page they come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compare.outputs.word.text import Words


@dataclass(frozen=True)
class Paragraph:
    """Words in a paragraph style; `series` numbers the list it is an item of, 0 outside lists.

    `keep` binds it to the block that follows.
    """

    style: str
    words: tuple[Words, ...]
    series: int = 0
    keep: bool = False

    @property
    def text(self) -> str:
        """Return the words without their looks."""
        return "".join(one.text for one in self.words)


@dataclass(frozen=True)
class Picture:
    """The place of the page's element number `index` among those a browser draws, counted from 0."""

    index: int
    alt: str


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `kinds` are its classes on the page, such as k-silent and c-jinan."""

    paragraphs: tuple[Paragraph, ...]
    columns: int = 1
    rows: int = 1
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first `heads` rows are repeated on every sheet that the table runs on to.

    Columns of an `even` table are of one width but for the first, as a comparison needs.
    """

    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0
    even: bool = False


Block = Paragraph | Picture | Table


@dataclass(frozen=True)
class Page:
    """A finished page: its language, title, the words over it, its blocks and its cities' colours."""

    lang: str
    title: str
    about: tuple[str, ...]
    blocks: tuple[Block, ...]
    colours: dict[str, str]

    @property
    def alts(self) -> dict[str, list[int]]:
        """Return the alternative text of every picture, with the numbers of the elements that show it."""
        found: dict[str, list[int]] = {}
        for block in self.blocks:
            if isinstance(block, Picture):
                found.setdefault(block.alt, []).append(block.index)
        return found

    def words(self) -> Iterator[Words]:
        """Yield the words of every paragraph, those in tables among them."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield from block.words
            elif isinstance(block, Table):
                yield from (
                    words
                    for row in block.rows
                    for cell in row
                    for one in cell.paragraphs
                    for words in one.words
                )
