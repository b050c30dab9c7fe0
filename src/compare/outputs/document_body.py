"""The body of a document cut for a page: its paragraphs in their order, with every coded row in place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import pandas as pd

from compare.analysis.every_figure import statements
from compare.language.spans import Span
from compare.outputs.document_marks import Cells, Leaf, Row, cut
from compare.tables.book import Book
from compare.texts.quotes import shown
from compare.texts.source import Document
from compare.words.named import named, records

# A line longer than this has lost its paragraphs: it is cut where tasks, titles and ledger cells begin.
LOST = 1000
LINE = re.compile(r"[^\r\n]+")
LEVELS = (re.compile(r"[一二三四五六七八九十]+、"), re.compile(r"[(（][一二三四五六七八九十]+[)）]"))
STOPS = "。.,，:：;； \u3000\xa0"


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or ledger cell: its range in the reading and in the raw text, and its leaves.

    `kind` is paragraph, title, heading, signature, or a column of the ledger (unit, task, plan,
    leads, and columns for their names); `level` is 1 to 3 for what stands in the contents, else 0, and
    `head` its words there.
    """

    span: Span
    raw: Span
    kind: str
    level: int
    head: str
    leaves: tuple[Leaf, ...]

    @property
    def anchor(self) -> str:
        """The id of the block: where in the raw text it begins."""
        return f"p-{self.raw.start}"

    @cached_property
    def opened(self) -> list[Row]:
        """The figures and mentions that stand in this block, in reading order."""
        return [row for leaf in self.leaves for row in leaf.opens if row.kind != "deadline"]


@dataclass(frozen=True, eq=False)
class Body:
    """The body of one document over the rows that code it."""

    book: Book
    document: Document

    @cached_property
    def text(self) -> str:
        return self.document.reading.text

    def records(self, table: str) -> list[Cells]:
        """Return the rows of a table that belong to this document, None where they state nothing."""
        frame: pd.DataFrame = getattr(self.book, table)
        return records(frame[frame["source_id"] == self.document.source_id])

    @cached_property
    def source(self) -> Cells:
        """The document's own row."""
        return self.records("sources")[0]

    @cached_property
    def rows(self) -> list[Row]:
        """Every target, status, mention without a number, deadline and commitment, in reading order."""
        stated = records(named(self.book, statements(self.book, self.document.source_id)))
        heads = {"mention": "quote_"}
        made = [self._row(row["row_id"], row, "quote_", heads.get(row["kind"], "value_")) for row in stated]
        for kind, head in (("deadline", "due_"), ("commitment", "")):
            held = self.records(f"{kind}s")
            made += [self._row(row[f"{kind}_id"], row | {"kind": kind}, head, head) for row in held]
        return sorted(made, key=lambda row: (row.mark.start, row.row_id))

    def _row(self, row_id: str, cells: Cells, words: str, mark: str) -> Row:
        return Row(row_id, cells["kind"], self.place(cells, words), self.place(cells, mark), cells)

    def place(self, cells: Cells, head: str = "") -> Span:
        """Return where in the reading a row stands, by its columns `<head>start` and `<head>end`."""
        return self.document.reading.from_raw(Span(int(cells[f"{head}start"]), int(cells[f"{head}end"])))

    @cached_property
    def clauses(self) -> list[tuple[Span, str]]:
        """The clauses that undertake nothing, with their class."""
        return [(self.place(cells), cells["class"]) for cells in self.records("other_clauses")]

    @cached_property
    def lost(self) -> bool:
        """Whether the text came without the borders of its paragraphs."""
        return any(len(line.group()) > LOST for line in LINE.finditer(self.text))

    @cached_property
    def blocks(self) -> list[Block]:
        """The body in blocks: all of its text but the white space between them."""
        return [self._block(span, column) for span, column in self._paragraphs()]

    @cached_property
    def _headings(self) -> list[Span]:
        """The headings; two in one line that only a mark parts are one."""
        found: list[Span] = []
        for span in sorted(span for span, kind in self.clauses if kind == "heading"):
            between = self.text[found[-1].end : span.start] if found else "\n"
            goes_on = "\n" not in between and not between.strip(STOPS)
            found.append(Span(found.pop().start, span.end) if goes_on else span)
        return found

    def _paragraphs(self) -> Iterator[tuple[Span, str]]:
        borders = self._borders()
        for line in LINE.finditer(self.text):
            cuts = [line.start(), line.end()]
            if len(line.group()) > LOST:
                cuts = sorted({*cuts, *(at for at in borders if line.start() < at < line.end())})
            for start, end in pairwise(cuts):
                piece = self.text[start:end]
                if piece.strip():
                    start += len(piece) - len(piece.lstrip())
                    yield Span(start, start + len(piece.strip())), borders.get(start, "")

    def _borders(self) -> dict[int, str]:
        """Return where tasks, titles and ledger cells begin or end, with the column of a cell."""
        tasks = [self.place(task) for task in self.records("tasks")]
        borders = {at: "" for task in tasks for at in (task.start, task.end)}
        borders |= {
            span.start: "" for span, kind in self.clauses if kind in ("title", "heading", "promulgation")
        }
        for entry in self.records("ledger"):
            borders |= self._cells(entry)
        # The title that stands right before the first entry names the columns.
        first = min((self.place(entry).start for entry in self.records("ledger")), default=-1)
        return borders | {span.start: "columns" for span, _ in self.clauses if span.end == first}

    def _cells(self, entry: Cells) -> dict[int, str]:
        """Return where the cells of a ledger entry begin: the text runs them together."""
        whole = self.place(entry)
        unit = [span for span, kind in self.clauses if kind == "agencies" and span.start == whole.start]
        borders = {whole.start: "unit", unit[0].end: "task"} if unit else {whole.start: "task"}
        done = max(borders)
        for column, name in (("task", "task_zh"), ("plan", "plan_zh"), ("leads", "other_leads_zh")):
            at = -1 if entry[name] is None else self.text.find(entry[name], done, whole.end)
            if at >= 0:
                borders[at] = column
                done = at + len(entry[name])
        return borders

    def _block(self, span: Span, column: str) -> Block:
        kind = column or self._kind(span)
        inside = [one for one in self._headings if one.overlaps(span)] if kind == "paragraph" else []
        head = ""
        if kind == "unit":
            head = self._units.get(span.start, "")
        elif kind in ("heading", "title"):
            head = span.slice(self.text)
        elif inside and inside[0].start <= span.start:
            head = self.text[span.start : inside[0].end]
        leaves = cut(self.text, span, self.rows, inside)
        held = tuple(replace(leaf, text=shown(self.document, leaf.span)) for leaf in leaves)
        raw = self.document.reading.to_raw(span)
        return Block(span, raw, kind, _level(kind, head), head.rstrip(STOPS), held)

    def _kind(self, span: Span) -> str:
        """Return what a whole paragraph is; a heading that runs on into its text is part of a paragraph."""
        words = span.slice(self.text)
        core = Span(span.start, span.start + len(words.rstrip(STOPS)))
        told = self._titles.get(span.end)
        # The document's number is coded as a title, and stands in a line of its own.
        if words == self.source["document_number"]:
            return "paragraph"
        if any(one.contains(core) for one in self._headings) or (told and words.endswith(told)):
            return "heading"
        kinds = (kind for one, kind in self.clauses if one.contains(core))
        return next((kind for kind in kinds if kind in ("title", "signature")), "paragraph")

    @cached_property
    def _units(self) -> dict[int, str]:
        """Where each ledger entry begins, with its number and unit."""
        held = self.records("ledger")
        return {self.place(entry).start: f"{entry['number']} {entry['unit_zh']}" for entry in held}

    @cached_property
    def _titles(self) -> dict[int, str]:
        """Where each task begins, with its title: a line that ends there and says it is its heading."""
        return {self.place(task).start: str(task["title_zh"]) for task in self.records("tasks")}


def _level(kind: str, head: str) -> int:
    if not head:
        return 0
    if kind in ("unit", "title"):
        return 2 if kind == "unit" else 1
    return next((level for level, form in enumerate(LEVELS, 1) if form.match(head)), 3)
