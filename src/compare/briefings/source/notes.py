"""What stands beside the text of a document: each figure, mention, deadline and commitment in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from compare.briefings.source.body import Body
from compare.briefings.source.marks import Cells, Row
from compare.words.labels import Labels
from compare.words.messages import Messages

NATURE = {"约束性": "binding", "预期性": "expected"}


@dataclass(frozen=True, eq=False)
class Notes:
    """The notes on the rows of one document in one language; `draft` is said with each of its figures."""

    body: Body
    labels: Labels
    prose: Messages
    draft: bool

    def phrase(self, name: str, /, **values: object) -> str:
        """Return a section of the prose with its placeholders filled."""
        return self.prose.say(name, **values)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The figures numbered from 1 in reading order."""
        figures = [row for row in self.body.rows if row.is_figure]
        return {row.row_id: at for at, row in enumerate(figures, 1)}

    def term(self, words: Any) -> str:
        """Return a scope or denominator in the language of the page, empty where none is stated."""
        if pd.isna(words):
            return ""
        return str(words) if self.labels.lang == "zh" else self._terms[str(words)]

    @cached_property
    def _terms(self) -> dict[str, str]:
        return dict(zip(self.body.book.terms["term_zh"], self.body.book.terms["term_en"], strict=True))

    @cached_property
    def _translations(self) -> dict[str, Cells]:
        return {cells["row_id"]: cells for cells in self.body.book.records("translations")}

    def translation(self, row: Row) -> str:
        """Return the working translation of a row's words, empty in Chinese."""
        words = self._translations.get(row.row_id, {}).get("quote_en")
        return "" if self.labels.lang == "zh" or words is None or pd.isna(words) else str(words)

    def remark(self, row: Row) -> str:
        """Return the coder's note on a row in the language of the page, empty where there is none."""
        cells = row.cells if self.labels.lang == "zh" else self._translations.get(row.row_id, {})
        words = cells.get("note" if self.labels.lang == "zh" else "note_en")
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
        """Return what qualifies a figure, from its basis and due date to its denominator."""
        cells = row.cells
        said = [self.labels.measured(cells)]
        said += [self.phrase("note.status")] if row.kind == "status" else [self.due(row)]
        said += [self.phrase("note.aspirational")] if cells["force"] == "aspirational" else []
        said += [] if pd.isna(cells["nature"]) else [self.phrase(f"nature.{NATURE[cells['nature']]}")]
        said += [self.labels.status("draft")] if self.draft else []
        for name in ("scope", "denominator"):
            words = self.term(cells[f"{name}_zh"])
            said += [self.phrase(f"note.{name}", words=words)] if words else []
        return said

    def related(self, row: Row) -> list[tuple[str, str]]:
        """Return the figures that a figure repeats, is part of or grows from: their ids, and words for it."""
        ids = {name: row.cells[f"{name}_target_id"] for name in ("restates", "part_of", "baseline")}
        return [
            # One that stands in another document has no number here, and goes by its id.
            (str(other), self.phrase(f"note.{name}", number=self.numbers.get(other, other)))
            for name, other in ids.items()
            if not pd.isna(other)
        ]

    @cached_property
    def topics(self) -> dict[str, str]:
        """The names of the topics, each made once for the many commitments under it."""
        return {topic: self.labels.name("topics", topic) for topic in self.body.book.topics["topic_id"]}

    def pledge(self, row: Row) -> str:
        """Return what is known of a commitment in one line: topic, due date, force, number."""
        cells = row.cells
        due = self._deadlines.get(cells["deadline_id"])
        said = [self.topics[cells["topic_id"]]]
        said += [self.labels.due(due)] if due else []
        said += [self.phrase("note.aspirational")] if cells["force"] == "aspirational" else []
        return " · ".join([*said, row.row_id])

    @cached_property
    def _deadlines(self) -> dict[Any, Cells]:
        return {cells["deadline_id"]: cells for cells in self.body.records("deadlines")}
