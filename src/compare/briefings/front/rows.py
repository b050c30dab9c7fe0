"""The rows that the front page searches: targets, statuses, deadlines and commitments, packed for its script.

What repeats (documents, topics, indicators, due dates) stands once and is named by its place; a
row is a list whose order the script knows.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from compare.build.plan import LANGUAGES
from compare.tables.book import Book
from compare.texts.cleaning import simplified
from compare.texts.keywords import JOINT
from compare.words.labels import Labels
from compare.words.messages import Messages

Cells = dict[str, Any]
KINDS = ("target", "status", "deadline", "commitment")
INFERRED = ("due.inherited_year", "due.carried", "due.period")
# Where a Traditional character may stand: the common block of Chinese characters and the one before it.
CHARACTERS = "".join(map(chr, range(0x3400, 0xA000)))


class Shared:
    """Values that rows name by number, in the order in which they are first named."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def place(self, value: str) -> int:
        """Return the number of a value."""
        return self.places.setdefault(value, len(self.places))

    @property
    def values(self) -> list[str]:
        return list(self.places)


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of one book in the language of its labels; `pages` are those that stand and may be linked."""

    labels: Labels
    prose: Messages
    pages: Collection[str]
    dues: Shared = field(default_factory=Shared, init=False)
    indicators: Shared = field(default_factory=Shared, init=False)

    @property
    def book(self) -> Book:
        return self.labels.book

    @property
    def lang(self) -> str:
        return self.labels.lang

    @cached_property
    def other(self) -> Labels:
        """The names in the other language, which may be typed too."""
        return Labels(self.book, next(lang for lang in LANGUAGES if lang != self.lang))

    @cached_property
    def sources(self) -> list[Cells]:
        return documents(self.book)

    @cached_property
    def source_at(self) -> dict[str, int]:
        return {cells["source_id"]: at for at, cells in enumerate(self.sources)}

    @cached_property
    def topic_at(self) -> dict[str, int]:
        return {topic: at for at, topic in enumerate(self.book.topics["topic_id"])}

    def packed(self) -> Cells:
        """Return everything the script reads, as plain values."""
        rows = [*self._figures("target"), *self._figures("status"), *self._deadlines(), *self._commitments()]
        return {
            "kinds": list(KINDS),
            "cities": [[city, *self._both("places", city)] for city in self.book.cities],
            "sources": [self._source(cells) for cells in self.sources],
            "topics": [self._topic(topic) for topic in self.topic_at],
            "indicators": [self._both("indicators", name) for name in self.indicators.values],
            "dues": self.dues.values,
            "near": self._near(),
            "rows": rows,
        }

    def _both(self, table: str, key: str) -> list[str]:
        """Return a name in the page's language, then in the other."""
        return [self.labels.name(table, key), self.other.name(table, key)]

    def _source(self, cells: Cells) -> list[Any]:
        page = f"sources/{cells['source_id']}.{self.lang}.html"
        return [
            self.book.cities.index(cells["place_id"]),
            self.labels.source(cells),
            int(cells["status"] == "draft"),
            f"zh-{cells['script']}",
            page if page in self.pages else "",
        ]

    def _topic(self, topic: str) -> list[str]:
        page = f"topic-{topic}.{self.lang}.html"
        return [topic, *self._both("topics", topic), page if page in self.pages else ""]

    def _in_order(self, table: str, start: str) -> Iterable[Cells]:
        """Return the rows of a table by city, document and place in the text."""
        rows = self.book.records(table)
        return sorted(rows, key=lambda cells: (self.source_at[cells["source_id"]], cells[start]))

    def _figures(self, kind: str) -> Iterable[list[Any]]:
        translations = {} if self.lang == "zh" else self._translations()
        for cells in self._in_order("targets", "value_start"):
            if cells["kind"] != kind:
                continue
            value = self.labels.value(cells)
            yield [
                KINDS.index(kind),
                cells["target_id"],
                self.source_at[cells["source_id"]],
                self.topic_at[cells["topic_id"]],
                self.dues.place(self._due(cells)) if kind == "target" else -1,
                cells["quote"],
                int(cells["force"] == "aspirational"),
                self.indicators.place(cells["indicator_id"]),
                value,
                _plain(cells, value),
                self.labels.measured(cells),
                "" if pd.isna(cells["restates_target_id"]) else cells["restates_target_id"],
                translations.get(cells["target_id"], ""),
            ]

    def _translations(self) -> dict[str, str]:
        rows = self.book.translations.dropna(subset=["quote_en"])
        return dict(zip(rows["row_id"], rows["quote_en"], strict=True))

    def _due(self, cells: Cells) -> str:
        """Return the due date as exact as the text, with how its year or the whole of it was inferred."""
        due, how = self.labels.due(cells), f"due.{cells['due_source']}"
        return self.prose.say(how, due=due) if how in INFERRED else due

    def _deadlines(self) -> Iterable[list[Any]]:
        """Return the deadlines with the clause that holds their words, and how many they govern."""
        governed: dict[str, list[Cells]] = {}
        for clause in self._in_order("commitments", "start"):
            if not pd.isna(clause["deadline_id"]):
                governed.setdefault(clause["deadline_id"], []).append(clause)
        for cells in self._in_order("deadlines", "due_start"):
            clauses = governed.get(cells["deadline_id"], [])
            topics = dict.fromkeys(self.topic_at[clause["topic_id"]] for clause in clauses)
            yield [
                KINDS.index("deadline"),
                cells["deadline_id"],
                self.source_at[cells["source_id"]],
                list(topics),
                self.dues.place(self._due(cells)),
                _holding(cells, clauses),
                0,
                cells["due_text"],
                len(clauses),
            ]

    def _commitments(self) -> Iterable[list[Any]]:
        dues = {cells["deadline_id"]: self._due(cells) for cells in self.book.records("deadlines")}
        for cells in self._in_order("commitments", "start"):
            dated = not pd.isna(cells["deadline_id"])
            yield [
                KINDS.index("commitment"),
                cells["commitment_id"],
                self.source_at[cells["source_id"]],
                self.topic_at[cells["topic_id"]],
                self.dues.place(dues[cells["deadline_id"]]) if dated else -1,
                cells["action_zh"],
                int(cells["force"] == "aspirational"),
            ]

    def _near(self) -> list[str]:
        """Return the words to offer where nothing is found: names, then the keywords of indicators."""
        names = [self.labels.name("topics", topic) for topic in self.topic_at]
        names += [self.labels.name("indicators", name) for name in self.indicators.values]
        keywords = self.book.indicators["keywords_zh"].str.split(";").explode()
        # Keywords are folded: one with small letters is not what a document prints, nor are several words.
        names += [word for word in keywords if not any("a" <= sign <= "z" or sign == JOINT for sign in word)]
        return list(dict.fromkeys(names))


def documents(book: Book) -> list[Cells]:
    """Return the documents of the compared cities that are at hand, by city and name."""
    order = {city: at for at, city in enumerate(book.cities)}
    rows = [cells for cells in book.records("sources") if cells["source_id"] in book.documents]
    rows = [cells for cells in rows if cells["place_id"] in order]
    return sorted(rows, key=lambda cells: (order[cells["place_id"]], cells["source_id"]))


def _plain(cells: Cells, shown: str) -> str:
    """Return the bounds as plain digits where the value shown has them otherwise, as in 1.2万 or 12,000."""
    bounds = [cells[side] for side in ("value_low", "value_high") if not pd.isna(cells[side])]
    digits = [f"{bound:.4f}".rstrip("0").rstrip(".") for bound in bounds]
    return " ".join(dict.fromkeys(one for one in digits if one not in shown))


def _holding(cells: Cells, clauses: list[Cells]) -> str:
    """Return the words of the clause that a deadline stands in, else of the first one it governs."""
    held = [one for one in clauses if one["start"] <= cells["due_start"] and cells["due_end"] <= one["end"]]
    return str((held or clauses)[0]["action_zh"]) if clauses else str(cells["due_text"])


def simple_forms(words: str) -> str:
    """Return each Traditional character and behind it its Simplified form, for the forms that `words` hold.

    A text and what is typed are both folded by these pairs, so that either script finds the other. They are
    those by which the documents are matched.

    >>> simple_forms("智慧社区")
    '區区'
    """
    forms = {words[edit.start]: edit.new for edit in simplified(words)}
    held = {forms.get(character, character) for character in words}
    return "".join(CHARACTERS[edit.start] + edit.new for edit in simplified(CHARACTERS) if edit.new in held)


def embedded(value: object) -> str:
    """Return a value as JSON that can stand in a script element: no `<` can end it.

    >>> embedded(["</script>"])
    '["\\\\u003c/script>"]'
    """
    packed = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # U+2028 and U+2029 are line ends to a script, and & begins an entity where a page is read as XML.
    for character in "<&\u2028\u2029":
        packed = packed.replace(character, f"\\u{ord(character):04x}")
    return packed
