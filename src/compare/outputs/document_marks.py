"""The coded rows of a document as ranges of its text, and the text cut at all their borders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise
from typing import Any

from compare.language.spans import Span

Cells = dict[str, Any]
FIGURES = ("target", "status")


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
        return self.kind in FIGURES


@dataclass(frozen=True)
class Leaf:
    """The smallest piece of text that looks alike throughout, and the rows it lies in."""

    span: Span
    text: str
    within: tuple[Row, ...]
    heading: bool = False

    @cached_property
    def pledge(self) -> Row | None:
        """The commitment these words are of, if any."""
        return next((row for row in self.within if row.kind == "commitment"), None)

    @cached_property
    def opens(self) -> list[Row]:
        """The rows whose anchor stands here; that of a commitment is around all its leaves."""
        return [row for row in self.within if row.mark.start == self.span.start and row is not self.pledge]

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
            "quote": not kinds.isdisjoint(FIGURES),
            "value": bool(valued),
            "status": valued == {"status"},
            "said": "mention" in kinds,
            "due": "deadline" in kinds,
        }
        return [look for look, holds in shown.items() if holds]

    @property
    def due(self) -> list[Row]:
        """The deadline these words are of, if any."""
        return [row for row in self.within if row.kind == "deadline"][:1]

    @property
    def quoted_by(self) -> list[str]:
        """The figures and mentions whose words these are."""
        return [row.row_id for row in self.within if row.is_figure or row.kind == "mention"]


def cut(text: str, span: Span, rows: Iterable[Row], headings: Iterable[Span]) -> Iterator[Leaf]:
    """Yield a range of a text cut where a row or heading begins or ends: nothing lost or doubled."""
    held = [row for row in rows if row.words.overlaps(span)]
    inner = [one for one in headings if one.overlaps(span)]
    edges = [one for row in held for one in (row.words, row.mark)] + inner
    cuts = {span.start, span.end, *(at for one in edges for at in (one.start, one.end))}
    for start, end in pairwise(sorted(at for at in cuts if span.start <= at <= span.end)):
        piece = Span(start, end)
        within = tuple(row for row in held if row.words.contains(piece))
        yield Leaf(piece, piece.slice(text), within, any(one.contains(piece) for one in inner))


def runs(leaves: Iterable[Leaf]) -> Iterator[tuple[Row | None, bool, list[Leaf]]]:
    """Yield leaves in a row that belong to one commitment, to one heading in a paragraph, or to neither."""
    for (pledge, heading), part in groupby(leaves, lambda leaf: (leaf.pledge, leaf.heading)):
        yield pledge, heading, list(part)
