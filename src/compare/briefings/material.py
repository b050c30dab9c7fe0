"""What all sections of a topic briefing draw on: rows, grades, numbers of the evidence, and words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from compare.analysis.coverage import coverage
from compare.analysis.grid import EVERY as EVERY_GROUP
from compare.analysis.grid import STATUS, Row, grid
from compare.analysis.panel import pairs, where
from compare.briefings.evidence import Evidence, gather, statements
from compare.briefings.labels import EVERY, Labels
from compare.briefings.look import GLYPH
from compare.briefings.prose import Prose, read_prose
from compare.errors import CompareError, Problem, near
from compare.tables.book import Book

NOTEBOOK = "topic_comparison"
Cells = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Material:
    """One topic over one book in one language, with all that its sections share.

    Raises CompareError for an unknown topic, language or city, or a date that is none.
    """

    book: Book
    topic: str
    lang: str = "zh"
    as_of: str = ""
    cities: Sequence[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        known = {
            "topic": list(self.book.topics["topic_id"]),
            "lang": ["zh", "en"],
            "cities": self.book.cities,
        }
        asked = {"topic": [self.topic], "lang": [self.lang], "cities": list(self.cities)}
        problems = [
            Problem(
                "parameters",
                name,
                value,
                " or ".join(near(value, known[name]) or known[name]),
                "correct the parameter",
            )
            for name, values in asked.items()
            for value in values
            if value not in known[name]
        ]
        try:
            datetime.date.fromisoformat(self.as_of)
        except ValueError:
            problems.append(
                Problem("parameters", "as_of", self.as_of, "a date as 2026-11-21", "correct the parameter")
            )
        if problems:
            raise CompareError("The briefing cannot be made with these parameters", problems)

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.book, self.lang)

    @cached_property
    def prose(self) -> Prose:
        return read_prose(self.book.root, NOTEBOOK, self.lang)

    @cached_property
    def shown(self) -> list[str]:
        """The cities compared, in the order of division codes."""
        return [city for city in self.book.cities if city in self.cities or not self.cities]

    @cached_property
    def targets(self) -> pd.DataFrame:
        """All targets and statuses of the topic in the cities compared."""
        rows = self.book.targets
        return rows[(rows["topic_id"] == self.topic) & rows["city_id"].isin(self.shown)]

    @cached_property
    def rows(self) -> dict[str, Cells]:
        """Every statement of the topic by its id."""
        said = statements(self.book, self.topic, self.shown)
        return {cells["row_id"]: cells for cells in said.to_dict("records")}

    @cached_property
    def evidence(self) -> Evidence:
        return gather(self.book, statements(self.book, self.topic, self.shown))

    @cached_property
    def grid(self) -> list[Row]:
        return grid(self.book, self.topic, self.shown)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Every graded pair of two cities' targets, over all indicators of the topic."""
        names = where(self.book.indicators, topic=self.topic)["indicator_id"]
        return pd.concat([pairs(self.book, name, self.shown) for name in names], ignore_index=True)

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """The state of every document at hand for every indicator of the topic."""
        said = coverage(self.book, self.topic, self.shown, headline=False)
        return said[said["source_id"].isin(self.sources)]

    @cached_property
    def sources(self) -> dict[str, Cells]:
        rows = self.book.sources[
            self.book.sources["path"].notna() & self.book.sources["place_id"].isin(self.shown)
        ]
        return {cells["source_id"]: cells for cells in rows.to_dict("records")}

    def figure(self, row_id: str) -> Cells:
        """Return how a statement is shown wherever it stands: value or words, number, basis, due date."""
        cells = self.rows[row_id]
        city = cells["city_id"]
        is_target = row_id.startswith("t-")
        return {
            "id": row_id,
            "number": self.evidence.numbers[row_id],
            "city": city,
            "city_name": self.place(city),
            "value": self.labels.value(cells) if is_target else "",
            "quote": cells["quote"],
            "glyph": GLYPH[cells["basis"]] if is_target else "",
            "basis_key": cells["basis"] if is_target else "",
            "basis": self.labels.basis(cells["basis"]) if is_target else "",
            "due": self.labels.due(cells) if is_target and cells["kind"] == "target" else "",
            "kind": cells["kind"] if is_target else "mention",
            "aspirational": is_target and cells["force"] == "aspirational",
            "denominator": self.term(cells["denominator_zh"]) if is_target else "",
            "draft": self.sources[cells["source_id"]]["status"] == "draft",
            "indicator": self.labels.name("indicators", cells["indicator_id"]),
            "quote_lang": "zh-Hant" if self.sources[cells["source_id"]]["script"] == "Hant" else "zh-Hans",
            "translation": self.translation(row_id),
            "quote_quoted": quoted(cells["quote"]),
            "translation_quoted": quoted(self.translation(row_id)),
        }

    def place(self, city: str) -> str:
        return self.labels.name("places", city)

    def term(self, words: Any) -> str:
        """Return a scope or denominator in the language of the page."""
        if pd.isna(words) or self.lang == "zh":
            return "" if pd.isna(words) else str(words)
        return str(self.book.terms.set_index("term_zh")["term_en"][words])

    def translation(self, row_id: str, column: str = "quote_en") -> str:
        """Return the working translation of a statement's quote or note, empty in Chinese."""
        if self.lang == "zh":
            return ""
        words = self.book.translations.set_index("row_id")[column].get(row_id)
        return "" if words is None or pd.isna(words) else str(words)

    def words(self, name: str, **values: object) -> str:
        return self.prose.say(name, **values)

    @cached_property
    def places_in_table(self) -> dict[str, tuple[str, str]]:
        """Where in the table each statement is shown first: the row and group that carry its anchor."""
        found: dict[str, tuple[str, str]] = {}
        for row in self.grid:
            for cell in row.cells:
                for row_id in cell.row_ids if cell.state == "quantified" else cell.row_ids[:1]:
                    found.setdefault(row_id, (row.group, row.indicator_id))
        return found

    def back(self, row_id: str) -> str:
        """Return the statement of the table that a mark leads back to, empty where the table has none."""
        row_id = self.restated().get(row_id, row_id)
        return row_id if row_id in self.places_in_table else ""

    def lacking(self, city: str, group: str) -> str:
        """Return the title of a document of that year known to exist but not at hand, else empty."""
        if not group.isdigit():
            return ""
        rows = self.book.sources[
            (self.book.sources["place_id"] == city) & (self.book.sources["status"] == "not_obtained")
        ]
        rows = rows[(rows["period_start"].dt.year <= int(group)) & (int(group) <= rows["period_end"].dt.year)]
        return "" if rows.empty else str(rows[f"title_{self.lang}"].iloc[0])

    def day(self) -> str:
        """Return the day on which the page speaks, in words."""
        return self.labels.day(datetime.date.fromisoformat(self.as_of))

    def group_name(self, group: str) -> str:
        """Return the words for a due group of the table."""
        if group == STATUS:
            return self.words("group.status")
        if group.startswith(EVERY_GROUP):
            return EVERY[self.lang][group.removeprefix(EVERY_GROUP)].capitalize()
        return self.words("group.year", year=group)

    def restatement(self, row_id: str, other_id: str) -> str:
        """Return how a repeated statement differs from the one that counts."""
        here, counts = self.rows[row_id], self.rows[other_id]
        differs = []
        if here["due_on"] != counts["due_on"]:
            differs.append(self.words("evidence.differs.due", due=self.labels.due(here)))
        if here["comparator"] != counts["comparator"]:
            differs.append(self.words("evidence.differs.comparator"))
        if here["basis"] != counts["basis"]:
            differs.append(self.words("evidence.differs.basis", basis=self.labels.basis(here["basis"])))
        said = self.labels.all_of(differs) or self.words("evidence.same")
        return self.words(
            "evidence.restates",
            number=self.evidence.numbers[row_id],
            other=self.evidence.numbers[other_id],
            differences=said,
        )

    def restated(self) -> dict[str, str]:
        column = self.targets.set_index("target_id")["restates_target_id"].dropna()
        return {str(key): str(value) for key, value in column.items()}

    def indicators(self) -> dict[str, Cells]:
        rows = self.book.indicators[self.book.indicators["topic_id"] == self.topic]
        return {cells["indicator_id"]: cells for cells in rows.to_dict("records")}


def quoted(words: str) -> str:
    """Return words in quotation marks, unless they hold some of their own: yellow already marks them.

    >>> quoted("推动一批"), quoted("部署“一体机”")
    ('“推动一批”', '部署“一体机”')
    """
    return words if "“" in words or "”" in words else f"“{words}”"
