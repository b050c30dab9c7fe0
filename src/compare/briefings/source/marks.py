"""The coded rows of a document where they stand in its text, and the text cut at all their borders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise
from typing import Any

from compare.language.spans import Span
from compare.tables.book import Book
from compare.texts.reading import Reading

Cells = dict[str, Any]
# A table, its key, and what the columns begin with that say where its words and its anchor stand.
CODED = (
    ("targets", "target_id", "quote_", "value_"),
    ("mentions", "mention_id", "quote_", "quote_"),
    ("deadlines", "deadline_id", "due_", "due_"),
    ("commitments", "commitment_id", "", ""),
)


@dataclass(frozen=True)
class Row:
    """A coded row as ranges of the reading: the words it quotes, and the place its anchor stands for."""

    row_id: str
    kind: str
    words: Span
    mark: Span
    cells: Cells = field(hash=False, compare=False)

    @property
    def is_figure(self) -> bool:
        """Whether the row states a value, promised or reached."""
        return self.kind in ("target", "status")


@dataclass(frozen=True)
class Leaf:
    """The smallest piece of text that looks alike throughout: rows it lies in, opens and closes."""

    span: Span
    text: str
    within: tuple[Row, ...]

    @cached_property
    def opens(self) -> list[Row]:
        """The rows whose anchor stands here; that of a commitment is around all its leaves."""
        return [row for row in self.within if row.mark.start == self.span.start and row.kind != "commitment"]

    @cached_property
    def closes(self) -> list[Row]:
        """The rows whose marked place ends here."""
        return [row for row in self.within if row.mark.end == self.span.end]

    @cached_property
    def looks(self) -> list[str]:
        """How the text is marked: `quote`, `value`, `status`, `said`, `due`, or not at all."""
        kinds = {row.kind for row in self.within}
        valued = {row.kind for row in self.within if row.is_figure and row.mark.contains(self.span)}
        shown = {
            "quote": bool(kinds & {"target", "status"}),
            "value": bool(valued),
            "status": valued == {"status"},
            "said": "mention" in kinds,
            "due": "deadline" in kinds,
        }
        return [look for look, holds in shown.items() if holds]

    @property
    def due(self) -> Row | None:
        """The deadline these words are of, if any."""
        return next((row for row in self.within if row.kind == "deadline"), None)

    @property
    def quoted_by(self) -> list[str]:
        """The figures and mentions whose words these are."""
        return [row.row_id for row in self.within if row.is_figure or row.kind == "mention"]


@dataclass(frozen=True)
class Run:
    """Leaves in a row that belong to one commitment, to one heading inside a paragraph, or to neither."""

    leaves: tuple[Leaf, ...]
    pledge: Row | None = None
    heading: bool = False

    @property
    def opens(self) -> bool:
        """Whether the commitment begins here; it goes on where a paragraph was cut inside it."""
        return self.pledge is not None and self.pledge.mark.start == self.leaves[0].span.start


def coded(book: Book, source_id: str) -> list[Row]:
    """Return every target, status, mention without a number, deadline and commitment, in reading order.

    Raises UnknownName for a document that is not at hand.
    """
    reading = book.read(source_id).reading
    made = [
        Row(
            cells[key],
            cells.get("kind", table.removesuffix("s")),
            place(reading, cells, words),
            place(reading, cells, mark),
            cells,
        )
        for table, key, words, mark in CODED
        for cells in book.records(table)
        if cells["source_id"] == source_id and cells.get("class", "unquantified") == "unquantified"
    ]
    return sorted(made, key=lambda row: (row.mark.start, row.row_id))


def place(reading: Reading, cells: Cells, head: str = "") -> Span:
    """Return where in the reading a row stands, by its columns `<head>start` and `<head>end`."""
    return reading.from_raw(Span(int(cells[f"{head}start"]), int(cells[f"{head}end"])))


def runs(text: str, span: Span, rows: Iterable[Row], headings: Iterable[Span]) -> Iterator[Run]:
    """Return a range of a reading's text cut where a row or heading begins or ends: nothing lost or doubled.

    Commitments and headings do not overlap among themselves, so their leaves stand together.
    """
    held = [row for row in rows if row.words.overlaps(span)]
    inner = [one for one in headings if one.overlaps(span)]
    edges = [one for row in held for one in (row.words, row.mark)] + inner
    cuts = {span.start, span.end, *(at for one in edges for at in (one.start, one.end))}
    leaves = [
        Leaf(piece, piece.slice(text), tuple(row for row in held if row.words.contains(piece)))
        for piece in (Span(a, b) for a, b in pairwise(sorted(cuts)) if span.start <= a < span.end)
    ]

    def home(leaf: Leaf) -> tuple[Row | None, bool]:
        pledge = next((row for row in leaf.within if row.kind == "commitment"), None)
        return pledge, any(one.contains(leaf.span) for one in inner)

    for (pledge, heading), part in groupby(leaves, home):
        yield Run(tuple(part), pledge, heading)
