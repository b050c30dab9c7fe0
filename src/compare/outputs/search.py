"""What the front page searches: briefings, figures of documents and from elsewhere, deadlines, commitments.

Packed for its script: what repeats (documents, topics, indicators, due dates) stands once and is named by
its place; a row is a list whose order the script knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from compare.asked import LANGUAGES
from compare.outputs.cards import Listed
from compare.outputs.document_body import Body
from compare.outputs.document_marks import Cells, Row
from compare.tables.book import Book
from compare.texts.cleaning import simplified
from compare.texts.keywords import JOINT
from compare.words.labels import Labels
from compare.words.messages import Messages
from compare.words.named import OUTSIDE, figures, records

KINDS = ("briefing", "target", "elsewhere", "status", "deadline", "commitment")
# Of a document: the others are pages, and figures that stand in none.
CODED = ("target", "status", "deadline", "commitment")
INFERRED = ("due.inherited_year", "due.carried", "due.period")
# What the script says, with its own placeholders; one result is worded apart from several.
SPOKEN = (
    "found", "found.one", "found.none", "found.filtered", "instead", "shown", "more", "near", "apart", "due",
    "governs", "governs.one", "aspirational", "restates", "full", "topic",
)  # fmt: skip
# How many results are listed at first, how many more at a time, and how many near words are offered.
LIMITS = {"first": 20, "more": 50, "near": 6}
# Where a Traditional character may stand: the common block of Chinese characters and the one before it.
CHARACTERS = "".join(map(chr, range(0x3400, 0xA000)))


@dataclass(frozen=True, eq=False)
class Search:
    """The search over some documents; `pages` are their files and those of topics, where they stand."""

    book: Book
    bodies: list[Body]
    labels: Labels
    said: Messages
    pages: Mapping[str, str]
    briefings: tuple[Listed, ...] = ()
    # What rows name by number, in the order in which it is first named.
    dues: dict[str, int] = field(default_factory=dict, init=False)
    indicators: dict[tuple[str, str], int] = field(default_factory=dict, init=False)

    def data(self) -> Cells:
        """Return everything the script reads, as plain values."""
        held = [(at, row) for at, one in enumerate(self.bodies) for row in one.rows]
        rows = [self._row(at, row) for kind in CODED for at, row in held if row.kind == kind]
        sources = [self._source(body.source) for body in self.bodies]
        rows += [self._fact(cells, sources) for cells in self._facts]
        packed = {
            "kinds": list(KINDS),
            "cities": [[place, *self._both("places", place)] for place in self._places],
            "sources": sources,
            "briefings": [self._briefing(one) for one in self.briefings],
            "topics": [[one, *self._both("topics", one), self.pages.get(one, "")] for one in self.topics],
            "indicators": [self._both(table, name) for table, name in self.indicators],
            "dues": list(self.dues),
            "near": list(dict.fromkeys(self._near())),
            "rows": rows,
        }
        spoken = {name: self.said.sections[f"say.{name}"] for name in SPOKEN}
        simple = simple_forms(json.dumps(packed, ensure_ascii=False))
        return packed | {"say": spoken, "limits": LIMITS, "lang": self.labels.lang, "simple": simple}

    def _both(self, table: str, key: str) -> list[str]:
        """Return a name in the page's language, then in the other, which may be typed too."""
        return [self.labels.name(table, key), self._other.name(table, key)]

    @cached_property
    def _other(self) -> Labels:
        return Labels(self.book, next(lang for lang in LANGUAGES if lang != self.labels.lang))

    @cached_property
    def topics(self) -> dict[str, int]:
        """The topics with their numbers."""
        return {topic: at for at, topic in enumerate(self.book.topics["topic_id"])}

    @cached_property
    def _places(self) -> list[str]:
        """The cities, then the other places of which figures come from elsewhere."""
        return list(dict.fromkeys((*self.book.cities, *(cells["place_id"] for cells in self._facts))))

    @cached_property
    def _facts(self) -> list[Cells]:
        """The figures from elsewhere, with their names."""
        held = figures(self.book)
        return records(held[held["kind"].isin(OUTSIDE)])

    def _indicator(self, table: str, name: str) -> int:
        return self.indicators.setdefault((table, name), len(self.indicators))

    def _briefing(self, one: Listed) -> list[Any]:
        """Return a page, its title, whom and what it is about, and the other words that lead to it."""
        names = [one.title]
        if one.topic:
            held = self.book.indicators[self.book.indicators["topic_id"] == one.topic]
            names += [
                *self._both("topics", one.topic),
                *held["name_zh"],
                *held["name_en"],
                *held["keywords_zh"],
            ]
            names += [name for city in self.book.cities for name in self._both("places", city)]
        if one.city:
            names += self._both("places", one.city)
        city = self._places.index(one.city) if one.city else -1
        topic = self.topics[one.topic] if one.topic else -1
        return [one.page, one.title, city, topic, "\n".join(str(name) for name in names if name)]

    def _fact(self, cells: Cells, sources: list[Any]) -> list[Any]:
        """Return a figure from elsewhere; where it was published stands for its document."""
        lang, cited = self.labels.lang, cells[f"cited_{self.labels.lang}"]
        source = [self._places.index(cells["place_id"]), cells[f"standing_{lang}"], 0, "zh-Hans", ""]
        if source not in sources:
            sources.append(source)
        table = "indicators" if cells["indicator_id"] else "measures"
        at = self._indicator(table, cells["indicator_id"] or cells["measure_id"])
        value, due = cells[f"value_{lang}"], self.dues.setdefault(cells[f"due_{lang}"], len(self.dues))
        rest = [at, value, _plain(cells, value), cells[f"measured_{lang}"], "", ""]
        topic = self.topics[cells["topic_id"]]
        return [KINDS.index("elsewhere"), cells["row_id"], sources.index(source), topic, due, cited, 0, *rest]

    def _source(self, source: Cells) -> list[Any]:
        at, draft = self._places.index(source["place_id"]), int(source["status"] == "draft")
        page = self.pages.get(source["source_id"], "")
        return [at, self.labels.source(source), draft, f"zh-{source['script']}", page]

    def _row(self, at: int, row: Row) -> list[Any]:
        told = self._figure if row.is_figure else self._deadline if row.kind == "deadline" else self._pledge
        topics, words, dated, rest = told(row.cells)
        due = -1 if dated is None else self.dues.setdefault(self._due(dated), len(self.dues))
        soft = int(row.cells.get("force") == "aspirational")
        return [KINDS.index(row.kind), row.row_id, at, topics, due, words, soft, *rest]

    def _figure(self, cells: Cells) -> tuple[int, str, Cells | None, list[Any]]:
        lang, name = self.labels.lang, cells["indicator_id"]
        value, translated = cells[f"value_{lang}"], cells["quote_en"] if lang == "en" else ""
        at, restates = self._indicator("indicators", name), cells["restates_target_id"] or ""
        rest = [at, value, _plain(cells, value), cells[f"measured_{lang}"], restates, translated]
        return (
            self.topics[cells["topic_id"]],
            cells["quote"],
            cells if cells["kind"] == "target" else None,
            rest,
        )

    def _deadline(self, cells: Cells) -> tuple[list[int], str, Cells, list[Any]]:
        """Return a deadline with the clause that holds its words, else the first of those that it governs."""
        clauses = self._governed.get(cells["deadline_id"], [])
        topics = dict.fromkeys(self.topics[one["topic_id"]] for one in clauses)
        start, end = cells["due_start"], cells["due_end"]
        held = [one for one in clauses if one["start"] <= start and end <= one["end"]] or clauses
        words = str(held[0]["action_zh"] if held else cells["due_text"])
        return list(topics), words, cells, [cells["due_text"], len(clauses)]

    def _pledge(self, cells: Cells) -> tuple[int, str, Cells | None, list[Any]]:
        english = self._translated.get(cells["commitment_id"]) if self.labels.lang == "en" else ""
        told = [english] if english else []
        return self.topics[cells["topic_id"]], cells["action_zh"], self._dated.get(cells["deadline_id"]), told

    @cached_property
    def _translated(self) -> dict[str, str]:
        held = self.book.translations
        return dict(zip(held["row_id"], held["quote_en"], strict=True))

    @cached_property
    def _dated(self) -> dict[str, Cells]:
        rows = (row for body in self.bodies for row in body.rows if row.kind == "deadline")
        return {row.row_id: row.cells for row in rows}

    @cached_property
    def _governed(self) -> dict[str, list[Cells]]:
        """The commitments under each deadline, in reading order."""
        held: dict[str, list[Cells]] = {}
        for row in (row for body in self.bodies for row in body.rows if row.kind == "commitment"):
            held.setdefault(row.cells["deadline_id"], []).append(row.cells)
        return held

    def _due(self, cells: Cells) -> str:
        """Return the due date as exact as the text, with how its year or the whole of it was inferred."""
        due, how = self.labels.due(cells), f"due.{cells['due_source']}"
        return self.said.say(how, due=due) if how in INFERRED else due

    def _near(self) -> Iterator[str]:
        """Yield the words to offer where nothing is found: names, then the keywords of indicators."""
        yield from (self.labels.name("topics", topic) for topic in self.topics)
        yield from (self.labels.name(table, name) for table, name in self.indicators)
        keywords = self.book.indicators["keywords_zh"].str.split(";").explode()
        # Keywords are folded: one with small letters is not what a document prints, nor are several words.
        yield from (
            word for word in keywords if not any("a" <= sign <= "z" or sign == JOINT for sign in word)
        )


def _plain(cells: Cells, shown: str) -> str:
    """Return the bounds as plain digits where the value shown has them otherwise, as in 1.2万 or 12,000."""
    bounds = [cells[side] for side in ("value_low", "value_high") if cells[side] is not None]
    digits = [f"{bound:.4f}".rstrip("0").rstrip(".") for bound in bounds]
    return " ".join(dict.fromkeys(one for one in digits if one not in shown))


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
