"""The workbook's words: every head, name and code in Chinese and English side by side."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from compare.analysis.differences import acts
from compare.outputs.workbook.table import Column, Row, Sheet, plain
from compare.tables.book import Book
from compare.words.called import ACT, BASIS, CODING, CONFIDENCE, COPY, EVERY, STANDING, STATUS
from compare.words.labels import Labels
from compare.words.messages import Messages, read_messages

TEXT = "workbook"
NAMED = {
    "place_id": "places",
    "topic_id": "topics",
    "indicator_id": "indicators",
    "measure_id": "measures",
}
CODED = {
    "basis": BASIS,
    "act": ACT,
    "also_act": ACT,
    "confidence": CONFIDENCE,
    "standing": STANDING,
    "copy": COPY,
    "status": STATUS,
    "recurrence": EVERY,
    "coding_state": CODING,
}
Cells = dict[str, Any]


def joined(zh: str, en: str, between: str = " ") -> str:
    """Return Chinese and English as one text, once where both are the same.

    >>> joined("城市", "City"), joined("%", "%")
    ('城市 City', '%')
    """
    return zh if zh == en or not en else f"{zh}{between}{en}"


def due_order(due_on: Any) -> datetime.date:
    """Return where a due date stands in order: what has none comes last."""
    return plain(due_on) or datetime.date.max


@dataclass(frozen=True, eq=False)
class Words:
    """The labels and prose of both languages over one book, on the day the workbook speaks of."""

    book: Book
    as_of: datetime.date
    _names: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    @cached_property
    def zh(self) -> Labels:
        return Labels(self.book, "zh")

    @cached_property
    def en(self) -> Labels:
        return Labels(self.book, "en")

    @cached_property
    def prose(self) -> dict[str, Messages]:
        """The text files of the workbook by language."""
        return {lang: read_messages(self.book.root, TEXT, lang) for lang in ("zh", "en")}

    def pair(self, section: str, /, **values: object) -> tuple[str, str]:
        """Return a section in Chinese and in English."""
        return self.prose["zh"].say(section, **values), self.prose["en"].say(section, **values)

    def both(self, section: str, /, between: str = " ") -> str:
        """Return a section in both languages as one text."""
        return joined(*self.pair(section), between)

    def columns(self, *wanted: tuple[str, float] | tuple[str, float, str]) -> list[Column]:
        """Return columns, each given as key, width and look, with their heads; `|` ends what is printed."""
        made, printed = [], True
        for key, width, *looks in wanted:
            printed = printed and key != "|"
            if key != "|":
                look = str(looks[0]) if looks else "text"
                made.append(Column(key, self.both(f"column.{key}"), width, look, printed))
        return made

    def sheet(self, key: str, columns: list[Column], rows: list[Row], frozen: int) -> Sheet:
        """Return a sheet whose name and description are sections of the prose."""
        return Sheet(self.both(f"sheet.{key}"), self.pair(f"about.{key}"), columns, rows, frozen)

    def name(self, table: str, key: Any) -> str | None:
        """Return the name of a place, topic, indicator or measure in both languages; None where unset."""
        if plain(key) is None:
            return None
        if (table, key) not in self._names:
            self._names[table, key] = joined(self.zh.name(table, key), self.en.name(table, key))
        return self._names[table, key]

    def unit(self, key: Any) -> str | None:
        """Return the name of a unit in both languages; None where unset."""
        return None if plain(key) is None else joined(self.zh.unit_name(key), self.en.unit_name(key))

    def code(self, kind: str, code: Any) -> str | None:
        """Return the words for a code (a basis, a precision, …); None where it is unset.

        What the labels know comes from them, the rest from the prose; a code that is new to the
        labels stands as it is.
        """
        if plain(code) in (None, ""):
            return None
        if kind in CODED:
            return joined(*(CODED[kind][lang].get(code, str(code)) for lang in ("zh", "en")))
        return self.both(f"{kind}.{code}")

    def acts(self, row: Cells) -> str | None:
        """Return what is done with what a figure counts, both where its words name two; None if unset."""
        told = [(ACT["zh"][one], ACT["en"][one]) for one in acts(row)]
        zh, en = zip(*told, strict=True) if told else ((), ())
        return joined("并".join(zh), " and ".join(en)) if told else None

    def state(self, due_on: Any, recurrence: Any) -> str:
        """Return whether a deadline has passed on the day; its own day counts as due."""
        if plain(recurrence):
            return self.both("state.recurring")
        day = plain(due_on)
        return self.both(
            "state.no_date" if day is None else f"state.{'due' if day <= self.as_of else 'open'}"
        )

    def term(self, words: Any) -> str | None:
        """Return a scope or denominator as printed, with its English below where there is one."""
        return None if plain(words) is None else joined(words, self._terms.get(words, ""), "\n")

    @cached_property
    def _terms(self) -> dict[str, str]:
        return {row["term_zh"]: row["term_en"] for row in self.book.records("terms")}

    @cached_property
    def translations(self) -> dict[str, Cells]:
        """The working translations by the id of the row they translate."""
        return {row["row_id"]: row for row in self.book.records("translations")}

    @cached_property
    def sources(self) -> dict[str, Cells]:
        return {row["source_id"]: row for row in self.book.records("sources")}

    @cached_property
    def reading_order(self) -> dict[str, tuple[int, str]]:
        """Where each document stands: cities by division code, then other places; each by id."""
        cities = {city: at for at, city in enumerate(self.book.cities)}
        return {
            key: (cities.get(source["place_id"], len(cities)), key) for key, source in self.sources.items()
        }

    def cited(self, source_id: str) -> Cells:
        """Return the cells that name a document: title in both languages, number, and what it is."""
        source = self.sources[source_id]
        unstated = "number_unknown" if source["status"] == "not_obtained" else "unnumbered"
        number = plain(source["document_number"]) or self.both(unstated)
        return {
            "document": source["title_zh"],
            "document_en": source["title_en"],
            "number": number,
            "status": self._status(source),
            "source_id": source_id,
        }

    def titled(self, note: Any) -> str | None:
        """Return a note with the title of each document in place of its id; None where there is none."""
        if plain(note) is None:
            return None
        ids = "|".join(sorted(map(re.escape, self.sources), key=len, reverse=True))
        # Only Chinese characters part an id from the words around it.
        found = rf"(?<![a-z0-9-])({ids})(?![a-z0-9-]) ?"
        return re.sub(found, lambda match: f"《{self.sources[match[1]]['title_zh']}》", str(note))

    def _status(self, source: Cells) -> str | None:
        """Return what a document is; of one at hand that is not coded whole, that too."""
        said = self.code("status", source["status"])
        coding = self.code("coding_state", source["coding_state"])
        at_hand = source["status"] != "not_obtained" and source["coding_state"] in CODING["zh"]
        return f"{said}\n{coding}" if at_hand else said

    def is_draft(self, source_id: str) -> bool:
        """Return whether the text at hand of a document is a draft."""
        return bool(self.sources[source_id]["status"] == "draft")
