"""The rule on what was published: the seals of the editions hold, and every row is as an edition has it."""

from __future__ import annotations

from collections.abc import Iterator

from compare.errors import Problem
from compare.tables.book import Book
from compare.tables.edition import FILE, Edition, edition_of
from compare.tables.release import RELEASE, Cells, changed_rows, published_rows, release_lines, released, seal

# More rows than this that stand in no edition are told in one line per file.
MOST_TOLD = 20


def release_holds(book: Book) -> Iterator[Problem]:
    """Yield all by which the tables depart from what was published: a broken seal, a published row changed or
    dropped without a correction, a row that no edition has published."""
    if not book.texts["release"]:
        return
    held = edition_of(book.root)
    lines = release_lines(book, held)
    yield from _seals(held, lines)
    yield from changed_rows(book, held, lines)
    yield from _not_published(book, lines)


def _seals(held: Edition, lines: list[Cells]) -> Iterator[Problem]:
    known = [one.edition for one in held.editions]
    for edition in sorted({line["edition"] for line in lines} - set(known)):
        expected = " or ".join(known) or "an edition of edition.yaml"
        yield Problem(RELEASE, "edition", edition, expected, "restore the line")
    for at, one in enumerate(held.editions):
        if one.lines is None and not any(line["edition"] == one.edition for line in lines):
            continue  # not published yet
        count, digest = seal(line for line in lines if line["edition"] in known[: at + 1])
        if (one.lines, one.sha256) != (count, digest):
            found = f"{one.edition}: {one.lines} lines, {one.sha256[:12]}…"
            expected = f"{count} lines, {digest[:12]}… of release.csv"
            todo = "the published lines were changed: restore both files"
            yield Problem(FILE, "editions", found, expected, todo)


def _not_published(book: Book, lines: list[Cells]) -> Iterator[Problem]:
    """Yield the rows that no edition holds, in one line per table where they are many."""
    known = released(lines)
    missing: dict[str, list[str]] = {}
    for table, key, _ in published_rows(book):
        if (table, key) not in known:
            missing.setdefault(table, []).append(key)
    for table, keys in missing.items():
        told = keys if len(keys) <= MOST_TOLD else [f"{keys[0]} and {len(keys) - 1} rows more"]
        for key in told:
            expected, todo = (
                "a row of a published edition",
                "remove it, or publish it: python -m compare release",
            )
            yield Problem(RELEASE, "row_id", f"{key} in {table}", expected, todo, key=key)
