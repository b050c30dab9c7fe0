"""The body of a document cut for a page: paragraphs in their order, and in them every coded row in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise
from typing import Any

import pandas as pd

from compare.language.spans import Span
from compare.tables.book import Book
from compare.texts.source import Document

Cells = dict[str, Any]
# A table, its key, and what the columns begin with that say where its words and its anchor stand.
CODED = (
    ("targets", "target_id", "quote_", "value_"),
    ("mentions", "mention_id", "quote_", "quote_"),
    ("deadlines", "deadline_id", "due_", "due_"),
    ("commitments", "commitment_id", "", ""),
)
# A line longer than this has lost its paragraphs: it is cut where tasks, titles and ledger cells begin.
LOST = 1000
LINE = re.compile(r"[^\r\n]+")
LEVELS = (re.compile(r"[一二三四五六七八九十]+、"), re.compile(r"[(（][一二三四五六七八九十]+[)）]"))
FULL_STOPS = "。.,，:：;； \u3000\xa0"


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


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or ledger cell: its range in the reading and in the raw text, and its runs.

    `kind` is paragraph, title, heading, signature, or a column of the ledger (unit, task, plan,
    leads); `level` is 1 to 3 for what stands in the contents, else 0.
    """

    span: Span
    raw: Span
    kind: str
    level: int
    head: str
    runs: tuple[Run, ...]

    @cached_property
    def leaves(self) -> list[Leaf]:
        return [leaf for run in self.runs for leaf in run.leaves]

    @property
    def opened(self) -> list[Row]:
        """The figures and mentions that stand in this block, in reading order."""
        return [row for leaf in self.leaves for row in leaf.opens if row.kind != "deadline"]


@dataclass(frozen=True, eq=False)
class Body:
    """The body of one document over the rows that code it."""

    book: Book
    document: Document

    def records(self, table: str) -> list[Cells]:
        """Return the rows of a table that belong to this document."""
        return [
            cells for cells in self.book.records(table) if cells["source_id"] == self.document.source_id
        ]

    def place(self, cells: Cells, head: str = "") -> Span:
        """Return where in the reading a row stands, by its columns `<head>start` and `<head>end`."""
        return self.document.reading.from_raw(Span(int(cells[f"{head}start"]), int(cells[f"{head}end"])))

    @cached_property
    def rows(self) -> list[Row]:
        """Every target, status, mention without a number, deadline and commitment, in reading order."""
        made = [
            Row(
                cells[key],
                cells.get("kind", table.removesuffix("s")),
                self.place(cells, words),
                self.place(cells, mark),
                cells,
            )
            for table, key, words, mark in CODED
            for cells in self.records(table)
            if cells.get("class", "unquantified") == "unquantified"
        ]
        return sorted(made, key=lambda row: (row.mark.start, row.row_id))

    @cached_property
    def clauses(self) -> list[tuple[Span, str]]:
        """The clauses that undertake nothing, with their class."""
        return [(self.place(cells), str(cells["class"])) for cells in self.records("other_clauses")]

    @cached_property
    def headings(self) -> list[Span]:
        """The headings, those of one line that only a mark parts made one, and any that a task's title tells."""
        text = self.document.reading.text
        found: list[Span] = []
        for span in sorted(span for span, kind in self.clauses if kind == "heading"):
            if found and text[found[-1].end : span.start].strip(FULL_STOPS) == "":
                if "\n" not in text[found[-1].end : span.start]:
                    span = Span(found.pop().start, span.end)
            found.append(span)
        return found

    @cached_property
    def lost(self) -> bool:
        """Whether the text came without the borders of its paragraphs."""
        return any(len(line.group()) > LOST for line in LINE.finditer(self.document.reading.text))

    @cached_property
    def blocks(self) -> list[Block]:
        """The body in blocks: all of its text but the white space between them."""
        return [self._block(span, column) for span, column in self._paragraphs()]

    def _paragraphs(self) -> Iterator[tuple[Span, str]]:
        text = self.document.reading.text
        borders = self._borders()
        for line in LINE.finditer(text):
            cuts = [line.start(), line.end()]
            if len(line.group()) > LOST:
                cuts = sorted({*cuts, *(at for at in borders if line.start() < at < line.end())})
            for start, end in pairwise(cuts):
                piece = text[start:end]
                if piece.strip():
                    start += len(piece) - len(piece.lstrip())
                    yield Span(start, start + len(piece.strip())), borders.get(start, "")

    def _borders(self) -> dict[int, str]:
        """Return where tasks, titles and ledger cells begin or end, with the column of a cell."""
        borders: dict[int, str] = {}
        for place in map(self.place, self.records("tasks")):
            borders |= {place.start: "", place.end: ""}
        borders |= {
            span.start: "" for span, kind in self.clauses if kind in ("title", "heading", "promulgation")
        }
        for entry in self.records("ledger"):
            borders |= self._cells(entry)
        return borders

    def _cells(self, entry: Cells) -> dict[int, str]:
        """Return where the cells of a ledger entry begin: the text runs them together."""
        text, place = self.document.reading.text, self.place(entry)
        unit = [span for span, kind in self.clauses if kind == "agencies" and span.start == place.start]
        borders = {place.start: "unit", unit[0].end: "task"} if unit else {place.start: "task"}
        done = max(borders)
        for column, words in (
            ("task", entry["task_zh"]),
            ("plan", entry["plan_zh"]),
            ("leads", entry["other_leads_zh"]),
        ):
            at = -1 if pd.isna(words) else text.find(words, done, place.end)
            if at >= 0:
                borders[at] = column
                done = at + len(words)
        return borders

    def _block(self, span: Span, column: str) -> Block:
        text = span.slice(self.document.reading.text)
        kind = column or self._kind(span, text)
        inner: list[Span] = []
        if kind == "paragraph":
            inner = [
                Span(max(one.start, span.start), min(one.end, span.end))
                for one in self.headings
                if one.overlaps(span)
            ]
        head = text if kind in ("heading", "title", "unit") else ""
        if inner and inner[0].start == span.start:
            head = inner[0].slice(self.document.reading.text)
        return Block(
            span,
            self.document.reading.to_raw(span),
            kind,
            _level(kind, head),
            head.rstrip(FULL_STOPS),
            tuple(self._runs(span, inner)),
        )

    def _kind(self, span: Span, text: str) -> str:
        """Return what a whole paragraph is; a heading that runs on into its text is part of a paragraph."""
        core = Span(span.start, span.start + len(text.rstrip(FULL_STOPS)))
        if any(one.contains(core) for one in self.headings) or text.endswith(self._titles.get(span.end, "\n")):
            return "heading"
        return next(
            (kind for place, kind in self.clauses if kind in ("title", "signature") and place.contains(core)),
            "paragraph",
        )

    @cached_property
    def _titles(self) -> dict[int, str]:
        """Where each task begins, with its title: a line that ends there and says it is its heading."""
        return {self.place(task).start: str(task["title_zh"]) for task in self.records("tasks")}

    def _runs(self, span: Span, headings: list[Span]) -> Iterator[Run]:
        held = [row for row in self.rows if row.words.overlaps(span)]
        edges = [one for row in held for one in (row.words, row.mark)] + headings
        cuts = {span.start, span.end, *(at for one in edges for at in (one.start, one.end))}
        leaves = [
            Leaf(Span(a, b), self.document.reading.text[a:b], _within(held, Span(a, b)))
            for a, b in pairwise(sorted(at for at in cuts if span.start <= at <= span.end))
        ]

        def home(leaf: Leaf) -> tuple[Row | None, bool]:
            pledge = next((row for row in leaf.within if row.kind == "commitment"), None)
            return pledge, any(one.contains(leaf.span) for one in headings)

        for (pledge, heading), part in groupby(leaves, home):
            yield Run(tuple(part), pledge, heading)


def _within(rows: list[Row], span: Span) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.words.contains(span))


def _level(kind: str, head: str) -> int:
    if not head:
        return 0
    if kind == "unit":
        return 2
    if kind == "title":
        return 1
    return next((level for level, form in enumerate(LEVELS, 1) if form.match(head)), 3)
