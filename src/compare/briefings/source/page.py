"""A document at hand as one page: its whole body, every coded row marked in it, its figures beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from compare.analysis.selection import coded_topics
from compare.asked import CORRECT, read_day
from compare.briefings.page import VERSION, style
from compare.briefings.pieces import environment
from compare.briefings.source.body import Block, Body
from compare.briefings.source.marks import Cells
from compare.briefings.source.notes import Notes
from compare.build.plan import LANGUAGES
from compare.charts.look import GLYPH
from compare.errors import CompareError, Problem
from compare.tables.book import Book
from compare.texts.cleaning import simplified
from compare.texts.source import Document
from compare.words.labels import Labels
from compare.words.messages import Messages, read_messages

SHEET = Path(__file__).parent / "source.css"
TEXT = "source"
# About how many lines the note of a figure and that of a mention take; English adds the translation.
LINES = {"zh": (4.0, 1.5), "en": (6.0, 3.0)}


@dataclass(frozen=True)
class Entry:
    """A line of the contents: its level from 1, its words, where it leads, and the figures under it."""

    level: int
    words: str
    anchor: str
    figures: int


@dataclass(frozen=True, eq=False)
class SourcePage:
    """One document in one language of the page; `as_of` is the day on which it speaks.

    Raises UnknownName for a document that is not at hand, CompareError for another language
    or a date that is none.
    """

    book: Book
    source_id: str
    lang: str
    as_of: str
    edition: str

    def __post_init__(self) -> None:
        self.book.read(self.source_id)
        problems = []
        if self.lang not in LANGUAGES:
            problems.append(Problem("parameters", "lang", str(self.lang), " or ".join(LANGUAGES), CORRECT))
        try:
            read_day(self.as_of)
        except CompareError as error:
            problems += error.problems
        if problems:
            raise CompareError("The page of a document cannot be made with these parameters", problems)

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.book, self.lang)

    @cached_property
    def prose(self) -> Messages:
        return read_messages(self.book.root, TEXT, self.lang)

    @cached_property
    def document(self) -> Document:
        return self.book.read(self.source_id)

    @cached_property
    def source(self) -> Cells:
        """The document's row, empty where it states nothing."""
        row = next(cells for cells in self.book.records("sources") if cells["source_id"] == self.source_id)
        return {name: None if pd.isna(value) else value for name, value in row.items()}

    @cached_property
    def body(self) -> Body:
        return Body(self.book, self.document)

    @cached_property
    def notes(self) -> Notes:
        return Notes(self.body, self.labels, self.prose, self.source["status"] == "draft")

    @cached_property
    def script(self) -> str:
        """The language tag of the document's words."""
        return f"zh-{self.source['script'] or 'Hans'}"

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind the document has."""
        kinds = ("target", "status", "deadline", "commitment", "mention")
        found = {kind: sum(row.kind == kind for row in self.body.rows) for kind in kinds}
        return found | {"other": len(self.body.clauses), "character": len(self.document.reading.text)}

    @property
    def coded(self) -> list[str]:
        """The names of the topics that the document is coded for."""
        source = next(cells for cells in self.book.records("sources") if cells["source_id"] == self.source_id)
        return [self.labels.name("topics", topic) for topic in coded_topics(source)]

    @cached_property
    def kinds(self) -> set[str]:
        """What the key must explain: kinds of rows, bases, and ways to mark a deadline or a commitment."""
        rows = self.body.rows
        inferred = any(row.kind == "deadline" and self.notes.inferred(row) for row in rows)
        soft = any(row.kind == "commitment" and row.cells["force"] == "aspirational" for row in rows)
        bases = {str(row.cells["basis"]) for row in rows if row.is_figure}
        return (
            {row.kind for row in rows}
            | bases
            | ({"inferred"} if inferred else set())
            | ({"soft"} if soft else set())
        )

    @cached_property
    def left_out(self) -> dict[str, int]:
        """The characters of the file that are not in the body, by what they are."""
        held = {cells["class"]: 0 for cells in self.body.records("furniture")}
        for cells in self.body.records("furniture"):
            held[cells["class"]] += cells["end"] - cells["start"]
        noise = len(self.document.raw) - len(self.document.reading.text) - sum(held.values())
        return held | ({"noise": noise} if noise else {})

    @cached_property
    def contents(self) -> list[Entry]:
        """The headings, titles and ledger units in order; of titles in a row only the last is named."""
        entries: list[Entry] = []
        for at, block in enumerate(self.body.blocks):
            figures = sum(row.is_figure for row in block.opened)
            if block.level and self._named(at):
                entries.append(Entry(block.level, block.head, self.anchor(block), figures))
            elif entries and figures:
                last = entries.pop()
                entries.append(Entry(last.level, last.words, last.anchor, last.figures + figures))
        return entries

    def _named(self, at: int) -> bool:
        block, *behind = self.body.blocks[at : at + 2]
        # An annex is named in the list of annexes, and again where it begins.
        return block.kind != "title" or [one.kind for one in behind] != ["title"]

    def anchor(self, block: Block) -> str:
        """Return the id of a block: where in the raw text it begins."""
        return f"p-{block.raw.start}"

    def crowded(self, block: Block) -> bool:
        """Return whether the notes of a block would stand far taller beside it than its text does."""
        figure, mention = LINES[self.lang]
        needed = sum(figure if row.is_figure else mention for row in block.opened)
        return needed > 12 + len(block.span) / 20

    @cached_property
    def simplified(self) -> str:
        """The body in Simplified characters, each in its place; empty where the document is in them."""
        if self.source["script"] != "Hant":
            return ""
        return self.document.reading.apply(simplified).text

    def html(self) -> str:
        """Return the page."""
        city = str(self.source["place_id"])
        return (
            environment()
            .get_template("source.html.j2")
            .render(
                page=self,
                notes=self.notes,
                source=self.source,
                phrase=self.notes.phrase,
                labels=self.labels,
                lang=self.lang,
                city=city,
                glyphs=GLYPH,
                other="en" if self.lang == "zh" else "zh",
                version=VERSION,
                style=f"{style(self.lang, [city])}\n{SHEET.read_text(encoding='utf-8')}",
                day=self.labels.day(read_day(self.as_of)),
            )
        )


def source_page(book: Book, source_id: str, lang: str, as_of: str, edition: str) -> str:
    """Return the page of one document as a self-contained HTML text that needs no script and no network.

    `lang` is that of the page, zh or en; the document's words stay as they are. Raises UnknownName for
    a document that is not at hand, CompareError for another language or a date that is none.
    """
    return SourcePage(book, source_id, lang, as_of, edition).html()
