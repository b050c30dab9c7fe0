"""What rules take for granted where frames were changed: cells that must be there, keys that lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from compare.errors import Problem
from compare.rules.rows import Row, rows_of, shown
from compare.tables.book import Book
from compare.tables.codebook import read_codebook

Rule = Callable[[Book], Iterable[Problem]]
# What a rule ends in where a cell is missing or leads nowhere.
ENDS = (AttributeError, IndexError, KeyError, TypeError, ValueError)


def told_by(rules: Iterable[Rule], book: Book) -> list[Problem]:
    """Return every problem that rules tell of a book.

    Files are held against the dictionary as they are read; whoever changes a frame may break it unseen. A
    rule that ends over that is told by the cell that breaks the dictionary, before what the others tell.
    """
    broken: list[Problem] = []
    problems: list[Problem] = []
    for rule in rules:
        try:
            problems += rule(book)
        except ENDS:
            broken = broken or list(frames_hold(book))
            if not broken:
                raise
    return [*broken, *problems]


def frames_hold(book: Book) -> Iterator[Problem]:
    """Yield the cells of a book's frames that are empty against the dictionary, or name no row."""
    codebook = read_codebook(book.root)
    for name, table in codebook.items():
        needed = [column.name for column in table.fields if column.required]
        keys = {key.column: set(getattr(book, key.table)[key.key].dropna()) for key in table.foreign_keys}
        for row in rows_of(book, name):
            yield from _cells(row, needed, keys)


def _cells(row: Row, needed: list[str], keys: dict[str, set[str]]) -> Iterator[Problem]:
    for column in needed:
        if shown(row.cells[column]) == "":
            yield row.problem(column, "", "a value", "the dictionary asks for it")
    for column, known in keys.items():
        held = shown(row.cells[column])
        if held and held not in known:
            yield row.problem(column, held, "a key that there is", "correct it, or add the row that it names")
