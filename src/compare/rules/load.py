"""The book of a project folder, opened and checked."""

from __future__ import annotations

from pathlib import Path

from compare.errors import CompareError
from compare.project import find_root
from compare.rules.check import check, check_thoroughly
from compare.tables.book import Book, open_book


def load(root: Path | str | None = None, thorough: bool = False) -> Book:
    """Return the checked book of a project folder; raise one CompareError listing every problem.

    Every row is held against its dictionary, its links and its words. `thorough` also proves that
    nothing in the documents is left uncoded and that the published edition stands; `make check`
    and every build ask for it.
    """
    book, problems = open_book(find_root(Path(root) if root else None))
    if not problems:
        problems = check_thoroughly(book) if thorough else check(book)
    if problems:
        raise CompareError("The curated tables do not hold", problems)
    return book
