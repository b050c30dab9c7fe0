"""What stands beside the text of a document: each figure, mention, deadline and commitment in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from compare.outputs.document_body import Block, Body
from compare.outputs.document_marks import Row
from compare.words.labels import Labels
from compare.words.messages import Messages

NATURE = {"约束性": "binding", "预期性": "expected"}
# About how many lines the note of a figure and that of a mention take; English adds the translation.
LINES = {"zh": (4.0, 1.5), "en": (6.0, 3.0)}


@dataclass(frozen=True, eq=False)
class Notes:
    """The notes on the rows of one document in the language of its labels."""

    body: Body
    labels: Labels
    said: Messages

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The figures numbered from 1 in reading order."""
        figures = [row.row_id for row in self.body.rows if row.is_figure]
        return {row_id: at for at, row_id in enumerate(figures, 1)}

    @cached_property
    def topics(self) -> dict[str, str]:
        """The names of the topics, each made once for the many commitments under it."""
        return {topic: self.labels.name("topics", topic) for topic in self.body.book.topics["topic_id"]}

    def translated(self, rows: list[Row]) -> Iterator[tuple[Row, str]]:
        """Yield rows with their working translation in English; one that some share stands with the last."""
        told = [row.cells["quote_en"] if self.labels.signs.foreign else "" for row in rows]
        for row, words, behind in zip(rows, told, [*told[1:], ""], strict=True):
            yield row, "" if words == behind else words

    def crowded(self, block: Block) -> bool:
        """Return whether the notes of a block would stand far taller beside it than its text does."""
        figure, mention = LINES[self.labels.lang]
        needed = sum(figure if row.is_figure else mention for row in block.opened)
        return needed > 12 + len(block.span) / 20

    def facts(self, row: Row) -> list[str]:
        """Return what qualifies a figure, from its basis and due date to its denominator."""
        cells, lang, say = row.cells, self.labels.lang, self.said.say
        said = [cells[f"measured_{lang}"], say("note.status") if row.kind == "status" else self.due(row)]
        said += [say("note.aspirational")] if cells["force"] == "aspirational" else []
        said += [say(f"nature.{NATURE[cells['nature']]}")] if cells["nature"] else []
        said += [self.labels.status("draft")] if self.body.source["status"] == "draft" else []
        terms = {name: cells[f"{name}_{lang}"] for name in ("scope", "denominator")}
        return said + [say(f"note.{name}", words=words) for name, words in terms.items() if words]

    def related(self, row: Row) -> Iterator[tuple[str, str]]:
        """Yield the figures that a figure repeats, is part of or grows from: their ids, and words for it."""
        for name in ("restates", "part_of", "baseline"):
            # One that stands in another document has no number here, and goes by its id.
            if other := row.cells[f"{name}_target_id"]:
                yield other, self.said.say(f"note.{name}", number=self.numbers.get(other, other))

    def due(self, row: Row) -> str:
        """Return when a figure or deadline falls due, and how that is known where no words there say it."""
        how, due = row.cells["due_source"], self.labels.due(row.cells)
        return due if how in (None, "explicit") else self.said.say(f"due.{how}", due=due)

    def inferred(self, row: Row) -> str:
        """Return the date of a deadline whose own words lack the year, else nothing."""
        return "" if row.cells["due_source"] == "explicit" else self.labels.due(row.cells)

    def pledge(self, row: Row) -> str:
        """Return what is known of a commitment in one line: topic, due date, force, number."""
        said = [self.topics[row.cells["topic_id"]]]
        said += [self._dues[row.cells["deadline_id"]]] if row.cells["deadline_id"] else []
        said += [self.said.say("note.aspirational")] if row.cells["force"] == "aspirational" else []
        return " · ".join([*said, row.row_id])

    @cached_property
    def _dues(self) -> dict[str, str]:
        deadlines = [row for row in self.body.rows if row.kind == "deadline"]
        return {row.row_id: self.labels.due(row.cells) for row in deadlines}
