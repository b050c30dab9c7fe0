"""A document at hand as one page: its whole body, every coded row marked in it, its figures beside it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from compare.briefings.labels import Labels
from compare.briefings.look import GLYPH
from compare.briefings.page import VERSION, style
from compare.briefings.pieces import environment
from compare.briefings.plan import LANGUAGES
from compare.briefings.prose import Prose, read_prose
from compare.briefings.source_body import Block, Body, Cells, Row
from compare.errors import CompareError, Problem
from compare.tables.book import Book
from compare.texts.cleaning import simplified
from compare.texts.source import Document

SHEET = Path(__file__).parent / "source.css"
TEXT = "source"


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
            problems.append(Problem("parameters", "lang", self.lang, " or ".join(LANGUAGES)))
        try:
            datetime.date.fromisoformat(self.as_of)
        except ValueError:
            problems.append(Problem("parameters", "as_of", self.as_of, "a date as 2026-11-21"))
        if problems:
            raise CompareError("The page of a document cannot be made with these parameters", problems)

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.book, self.lang)

    @cached_property
    def prose(self) -> Prose:
        return read_prose(self.book.root, TEXT, self.lang)

    def phrase(self, name: str, /, **values: object) -> str:
        """Return a section of the prose with its placeholders filled."""
        return self.prose.say(name, **values)

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
    def script(self) -> str:
        """The language tag of the document's words."""
        return f"zh-{self.source['script']}"

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The figures numbered from 1 in reading order."""
        return {row.row_id: at for at, row in enumerate(filter(_is_figure, self.body.rows), 1)}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind the document has."""
        kinds = ("target", "status", "deadline", "commitment", "mention")
        found = {kind: sum(row.kind == kind for row in self.body.rows) for kind in kinds}
        return found | {"other": len(self.body.clauses), "character": len(self.document.reading.text)}

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
            figures = sum(map(_is_figure, block.opened))
            if block.level and self._named(at):
                entries.append(Entry(block.level, block.head, self.anchor(block), figures))
            elif entries and figures:
                last = entries.pop()
                entries.append(Entry(last.level, last.words, last.anchor, last.figures + figures))
        return entries

    def _named(self, at: int) -> bool:
        block, *behind = self.body.blocks[at : at + 2]
        if block.kind != "title":
            return True
        # The head of the ledger's columns is no title, and a document's number stands beside its name.
        followed = [one.kind for one in behind]
        return block.head != self.source["document_number"] and followed not in (["title"], ["unit"])

    def anchor(self, block: Block) -> str:
        """Return the id of a block: where in the raw text it begins."""
        return f"p-{block.raw.start}"

    @cached_property
    def simplified(self) -> str:
        """The body in Simplified characters, each in its place; empty where the document is in them."""
        if self.source["script"] != "Hant":
            return ""
        return self.document.reading.apply(simplified).text

    def term(self, words: Any) -> str:
        """Return a scope or denominator in the language of the page, empty where none is stated."""
        if pd.isna(words):
            return ""
        return str(words) if self.lang == "zh" else self._terms.get(str(words), str(words))

    @cached_property
    def _terms(self) -> dict[str, str]:
        return dict(zip(self.book.terms["term_zh"], self.book.terms["term_en"], strict=True))

    @cached_property
    def _translations(self) -> dict[str, Cells]:
        return {cells["row_id"]: cells for cells in self.book.records("translations")}

    def translation(self, row: Row) -> str:
        """Return the working translation of a row's words, empty in Chinese."""
        words = self._translations.get(row.row_id, {}).get("quote_en")
        return "" if self.lang == "zh" or words is None or pd.isna(words) else str(words)

    def remark(self, row: Row) -> str:
        """Return the coder's note on a row in the language of the page, empty where there is none."""
        cells = row.cells if self.lang == "zh" else self._translations.get(row.row_id, {})
        words = cells.get("note" if self.lang == "zh" else "note_en")
        return "" if words is None or pd.isna(words) else str(words)

    def due(self, row: Row) -> str:
        """Return when a figure or deadline falls due, and how that is known where no words there say it."""
        how = row.cells["due_source"]
        due = self.labels.due(row.cells)
        if row.kind == "status" or pd.isna(how) or how == "explicit":
            return due
        return self.phrase(f"due.{how}", due=due)

    def inferred(self, row: Row) -> str:
        """Return the date of a deadline whose own words lack the year, else nothing."""
        return "" if row.cells["due_source"] == "explicit" else self.labels.due(row.cells)

    def facts(self, row: Row) -> list[str]:
        """Return what qualifies a figure: basis, kind, due date, force, nature, draft."""
        cells = row.cells
        said = [self.labels.basis(cells["basis"])]
        said += [self.phrase("note.status")] if row.kind == "status" else [self.due(row)]
        said += [self.phrase("note.aspirational")] if cells["force"] == "aspirational" else []
        said += [] if pd.isna(cells["nature"]) else [str(cells["nature"])]
        said += [self.labels.status("draft")] if self.source["status"] == "draft" else []
        return said

    def related(self, row: Row) -> list[tuple[str, str]]:
        """Return the figures of this document that a figure repeats or is part of: their ids, and words."""
        ids = {name: row.cells[f"{name}_target_id"] for name in ("restates", "part_of", "baseline")}
        return [
            (other, self.phrase(f"note.{name}", number=self.numbers[other]))
            for name, other in ids.items()
            if other in self.numbers
        ]

    def pledge(self, row: Row) -> str:
        """Return what is known of a commitment in one line: topic, due date, force, number."""
        cells = row.cells
        due = self._deadlines.get(cells["deadline_id"])
        said = [self.labels.name("topics", cells["topic_id"])]
        said += [self.labels.due(due)] if due else []
        said += [self.phrase("note.aspirational")] if cells["force"] == "aspirational" else []
        return " · ".join([*said, row.row_id])

    @cached_property
    def _deadlines(self) -> dict[Any, Cells]:
        return {cells["deadline_id"]: cells for cells in self.body.records("deadlines")}

    def html(self) -> str:
        """Return the page."""
        city = str(self.source["place_id"])
        return (
            environment()
            .get_template("source.html.j2")
            .render(
                page=self,
                source=self.source,
                phrase=self.phrase,
                labels=self.labels,
                lang=self.lang,
                city=city,
                glyphs=GLYPH,
                other="en" if self.lang == "zh" else "zh",
                version=VERSION,
                style=f"{style(self.lang, [city])}\n{SHEET.read_text(encoding='utf-8')}",
                day=self.labels.day(datetime.date.fromisoformat(self.as_of)),
            )
        )


def _is_figure(row: Row) -> bool:
    return row.is_figure


def source_page(book: Book, source_id: str, lang: str, as_of: str, edition: str) -> str:
    """Return the page of one document as a self-contained HTML text that needs no script and no network.

    `lang` is that of the page, zh or en; the document's words stay as they are. Raises UnknownName for
    a document that is not at hand, CompareError for another language or a date that is none.
    """
    return SourcePage(book, source_id, lang, as_of, edition).html()
