"""What changed since the last release: rows new in the edition, and corrected values with their reasons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import pandas as pd

from compare.tables.book import Book
from compare.tables.codebook import Table, read_codebook
from compare.tables.edition import edition_of
from compare.tables.release import Published, published_rows, release_lines, released

Place = tuple[str, str]
# What a reader is told the number of; code lists and dictionaries are published too, without a count.
COUNTED = (
    "targets",
    "deadlines",
    "commitments",
    "other_clauses",
    "tasks",
    "ledger",
    "mentions",
    "reference",
    "outcomes",
    "outside_targets",
    "sources",
)
# Corrections of one reason up to which each is listed by itself.
MOST_ALIKE = 3
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s，。；、（）]+", re.IGNORECASE)


def without_addresses(words: str, mark: str) -> str:
    """Return words in which a mark stands for each address of the web, as pages show none.

    >>> without_addresses("https://a.example/b?c=1 (a copy)", "…")
    '… (a copy)'
    >>> without_addresses("见www.b.example。", "…")
    '见…。'
    """
    return ADDRESS.sub(lambda _: mark, words)


def readable(name: str) -> str:
    """Return the English name of a column as a reader says it.

    >>> readable("note_en"), readable("due_source"), readable("measure_id")
    ('Note in English', 'Due source', 'Measure')
    """
    head, _, tail = name.rpartition("_")
    held = {"en": f"{head} in English", "zh": f"{head} in Chinese", "id": head}.get(tail, name)
    return held[:1].upper() + held[1:].replace("_", " ")


@dataclass(frozen=True)
class Correction:
    """One corrected value: where it stands, both values, the day, the reason and the row's document.

    `title_zh` is what the dictionary calls the column.
    """

    table: str
    row_id: str
    column: str
    title_zh: str
    old: str
    new: str
    corrected_on: pd.Timestamp
    reason: str
    source_id: str


@dataclass(frozen=True, eq=False)
class Changes:
    """The tables of a book against its release, as one edition sees them."""

    book: Book
    edition: str

    counted: ClassVar[tuple[str, ...]] = COUNTED

    @cached_property
    def released(self) -> dict[Place, Published]:
        """What the editions hold of every published row."""
        return released(release_lines(self.book, edition_of(self.book.root)))

    @property
    def published(self) -> bool:
        """Whether any edition has been published."""
        return bool(self.released)

    @property
    def first(self) -> bool:
        """Whether no edition before this one was published."""
        return {one.first for one in self.released.values()} <= {self.edition}

    @cached_property
    def new(self) -> list[tuple[str, int]]:
        """How many rows of each table this edition was the first to publish, in the order of the tables."""
        return _counted([place for place, one in self.released.items() if one.first == self.edition])

    @cached_property
    def unpublished(self) -> list[tuple[str, int]]:
        """How many rows of each table stand in no edition yet."""
        standing = [(table, key) for table, key, _ in published_rows(self.book)]
        return _counted([place for place in standing if place not in self.released])

    @cached_property
    def corrections(self) -> list[Correction]:
        """The corrections that this edition was the first to publish, or none has yet, latest first."""
        found = [
            Correction(
                row["table"],
                row["row_id"],
                row["column"],
                self._titles(row["table"]).get(row["column"], ""),
                "" if pd.isna(row["old"]) else row["old"],
                "" if pd.isna(row["new"]) else row["new"],
                row["corrected_on"],
                row["reason"],
                self._sources.get((row["table"], row["row_id"]), ""),
            )
            for row in sorted(self.book.records("corrections"), key=lambda row: row["correction_id"])
            if self._is_news(row["correction_id"])
        ]
        return sorted(found, key=lambda one: one.corrected_on, reverse=True)

    @cached_property
    def by_reason(self) -> dict[str, list[Correction]]:
        """The corrections that many cells share one reason for, by that reason."""
        held: dict[str, list[Correction]] = {}
        for one in self.corrections:
            held.setdefault(one.reason, []).append(one)
        return {reason: rows for reason, rows in held.items() if len(rows) > MOST_ALIKE}

    @cached_property
    def single(self) -> list[Correction]:
        """The corrections that have a reason of their own, latest first."""
        return [one for one in self.corrections if one.reason not in self.by_reason]

    def _titles(self, table: str) -> dict[str, str]:
        return {field.name: field.title for field in self._codebook[table].fields}

    @cached_property
    def _codebook(self) -> dict[str, Table]:
        return read_codebook(self.book.root)

    def _is_news(self, correction_id: str) -> bool:
        # Not by the corrected row: a column added later publishes it again, a withdrawn one is gone for good.
        published = self.released.get(("corrections", correction_id))
        return published is None or published.first == self.edition

    @cached_property
    def _sources(self) -> dict[Place, str]:
        """The document of every row that has an anchor in the page of its document."""
        keys = {
            "targets": "target_id",
            "deadlines": "deadline_id",
            "commitments": "commitment_id",
            "mentions": "mention_id",
        }
        return {
            (table, cells[key]): cells["source_id"]
            for table, key in keys.items()
            for cells in self.book.records(table)
        }


def _counted(places: list[Place]) -> list[tuple[str, int]]:
    counts = {table: sum(one == table for one, _ in places) for table in COUNTED}
    return [(table, count) for table, count in counts.items() if count]
