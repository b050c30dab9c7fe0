"""The front page of the reports: what they are, what was found, where all stands, what changed, a search.

One page per language, each a whole file that needs no network; without a script everything but the
search is there.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from compare.analysis.pairs import pairs
from compare.analysis.panel import operative
from compare.analysis.selection import counted
from compare.briefings.front.cards import TOPIC, Card, Cards, other_cards
from compare.briefings.front.changes import Changes, readable, without_addresses
from compare.briefings.front.dots import again
from compare.briefings.front.rows import KINDS, Rows, documents, embedded, simple_forms
from compare.briefings.page import VERSION, style
from compare.briefings.pieces import environment
from compare.build.plan import Briefing
from compare.build.takeaways import WORKBOOK, takeaways
from compare.project import FRONT
from compare.tables.book import Book
from compare.tables.edition import read_edition
from compare.words.labels import Labels
from compare.words.messages import Messages, read_messages

HERE = Path(__file__).parent
TEXT = "index"
# How many results are listed at first, how many more at a time, and how many near words are offered.
FIRST, MORE, NEAR = 20, 50, 6
# How many corrections are shown; the earlier ones are folded.
MOST = 12
# What the script says, with its own placeholders; one result is worded apart from several.
SPOKEN = (
    "found",
    "found.one",
    "found.none",
    "found.filtered",
    "shown",
    "more",
    "near",
    "apart",
    "due",
    "governs",
    "governs.one",
    "aspirational",
    "restates",
    "full",
    "topic",
)
LANGUAGES = {"zh": "中文", "en": "English"}
# Documents at hand, the most binding first.
DOCUMENTS = ("adopted", "draft", "work_points")
CITY, OVER_ALL = "city_briefing", ("cascade", "deadline_calendar")


@dataclass(frozen=True, eq=False)
class Front:
    """The front page in one language over the briefings and the `files` beside them that stand."""

    root: Path
    book: Book
    briefings: Sequence[Briefing]
    lang: str
    files: Collection[str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "book", counted(self.book))

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.book, self.lang)

    @cached_property
    def prose(self) -> Messages:
        return read_messages(self.root, TEXT, self.lang)

    @cached_property
    def edition(self) -> dict[str, str]:
        return read_edition(self.root)

    @cached_property
    def own(self) -> list[Briefing]:
        """The briefings in the language of the page."""
        return [one for one in self.briefings if one.lang == self.lang]

    @cached_property
    def cards(self) -> Cards:
        return Cards(self.book, [one for one in self.own if one.notebook == TOPIC], self.prose, self.files)

    @cached_property
    def others(self) -> dict[str, list[tuple[Briefing, Card]]]:
        return other_cards(self.book, self.own)

    @cached_property
    def over_all(self) -> list[tuple[str, Card]]:
        """The notebook and card of the briefings over all cities, then of any other but those of a city."""
        names = [*OVER_ALL, *(name for name in self.others if name not in (*OVER_ALL, CITY))]
        return [(name, card) for name in names for _, card in self.others.get(name, [])]

    def headline(self) -> str:
        """Return the finding over all topics: how many targets, and how many pairs are like for like."""
        promised = operative(self.book.targets)
        cities = promised.groupby("indicator_id")["city_id"].nunique()
        like = sum(
            int((pairs(self.book, str(name))["grade"] == "like").sum()) for name in cities.index[cities > 1]
        )
        section = "headline.none" if not like else "headline.one" if like == 1 else "headline"
        said = self._opened(
            section,
            cities=self.labels.count(promised["city_id"].nunique()),
            targets=self.labels.number(len(promised)),
            pairs=self.labels.count(like),
        )
        if not self.partly:
            return said
        return self.prose.say("headline.partly", finding=said, count=self.labels.count(len(self.partly)))

    @cached_property
    def partly(self) -> list[str]:
        """The documents at hand that are not coded whole, as they are called."""
        between = "" if self.lang == "zh" else " "
        return [
            f"{self.labels.name('places', cells['place_id'])}{between}{self.labels.source(cells)}"
            for cells in self.documents
            if cells["coding_state"] != "complete"
        ]

    def deck(self) -> str:
        """Return what the reports are, in a sentence or two."""
        cities, documents = len(self.book.cities), len(self.documents)
        said = self._opened("deck", cities=self.labels.count(cities), documents=self.labels.count(documents))
        parts = [said, self._shares()]
        if self.partly:
            parts.append(self.prose.say("deck.partly", documents=self.labels.all_of(self.partly)))
        return ("" if self.lang == "zh" else " ").join(filter(None, parts))

    def _shares(self) -> str:
        """Return how many targets stand in which kind of document."""
        kinds = self.book.sources.set_index("source_id")["status"]
        held = operative(self.book.targets)["source_id"].map(kinds).value_counts()
        parts = [
            self.prose.say(f"deck.part.{kind}", count=self.labels.number(held[kind]))
            for kind in DOCUMENTS
            if kind in held
        ]
        return self.prose.say("deck.parts", parts=self.labels.comma.join(parts)) if parts else ""

    def _opened(self, section: str, **values: object) -> str:
        # In English a count may begin the sentence.
        said = self.prose.say(section, **values)
        return said[0].upper() + said[1:]

    def facts(self) -> list[tuple[str, str]]:
        """Return what the page counts, as pairs of words; drafts stand beside the documents."""
        sources = self.documents
        drafts = sum(source["status"] == "draft" for source in sources)
        documents = self.prose.say("facts.documents.value", count=len(sources))
        if drafts:
            documents += ("" if self.lang == "zh" else " ") + self.prose.say("facts.drafts", count=drafts)
        if self.partly:
            partly = self.prose.say("facts.partly", count=len(self.partly))
            documents += ("" if self.lang == "zh" else " ") + partly
        counts = {
            "promised": len(operative(self.book.targets)),
            "deadlines": len(self.book.deadlines),
            "commitments": len(self.book.commitments),
        }
        day = datetime.date.fromisoformat(self.edition["as_of"])
        return [
            (self.prose.say("facts.documents"), documents),
            *(
                (
                    self.prose.say(f"facts.{name}"),
                    self.prose.say(f"facts.{name}.value", count=self.labels.number(n)),
                )
                for name, n in counts.items()
            ),
            (self.prose.say("facts.edition"), self.edition["edition"]),
            (self.prose.say("facts.as_of"), self.labels.day(day)),
        ]

    @cached_property
    def documents(self) -> list[dict[str, Any]]:
        """The documents at hand, by city and name."""
        return documents(self.book)

    def missing(self) -> int:
        return int((self.book.sources["status"] == "not_obtained").sum())

    def cities(self) -> list[dict[str, Any]]:
        """Return each city with its documents, their pages where these stand, and its briefing if any."""
        cards = {one.parameters["city"]: card for one, card in self.others.get(CITY, [])}
        return [
            {
                "id": city,
                "name": self.labels.name("places", city),
                "card": cards.get(city),
                "documents": [
                    (cells, self.page_of(cells["source_id"]))
                    for cells in self.documents
                    if cells["place_id"] == city
                ],
            }
            for city in self.book.cities
        ]

    def page_of(self, source_id: str) -> str:
        """Return the page of a document, empty where it does not stand."""
        return self._standing(f"sources/{source_id}.{self.lang}.html")

    def calendar_of(self, city: str = "all") -> str:
        """Return the calendar file of a city or of all, empty where it does not stand."""
        return self._standing(f"calendars/calendar-{city}.{self.lang}.ics")

    def in_languages(self, page: str) -> list[tuple[str, str, str]]:
        """Return a page or file of this language in every one it stands in: language, its name, the file."""
        standing = {*self.files, *(one.page for one in self.briefings)}
        names = {lang: page.replace(f".{self.lang}.", f".{lang}.") for lang in LANGUAGES}
        return [(lang, LANGUAGES[lang], name) for lang, name in names.items() if name in standing]

    def _standing(self, name: str) -> str:
        return name if name in self.files else ""

    def unpaged(self) -> list[str]:
        """Return the names of the topics that have no briefing."""
        paged = {one.parameters["topic"] for one in self.cards.briefings}
        return [
            self.labels.name("topics", topic) for topic in self.book.topics["topic_id"] if topic not in paged
        ]

    @cached_property
    def changes(self) -> Changes:
        return Changes(self.book, self.edition["edition"])

    def listed(self, counts: Sequence[tuple[str, int]]) -> str:
        """Return counts of rows per table as a running list."""
        said = [
            self.prose.say(
                "changes.rows", table=self.prose.say(f"table.{table}"), count=self.labels.number(n)
            )
            for table, n in counts
        ]
        return self.labels.all_of(said)

    @cached_property
    def packed(self) -> dict[str, Any]:
        """What the script reads: the rows, the pairs of characters, and its sentences."""
        standing = {*self.files, *(one.page for one in self.own)}
        rows = Rows(self.labels, self.prose, standing).packed()
        spoken = {name: self.prose.sections[f"say.{name}"] for name in SPOKEN}
        limits = {"first": FIRST, "more": MORE, "near": NEAR}
        simple = simple_forms(embedded(rows))
        return rows | {"say": spoken, "limits": limits, "lang": self.lang, "simple": simple}

    def html(self) -> str:
        """Return the page."""
        sheet = (HERE / "front.css").read_text(encoding="utf-8")
        return (
            environment()
            .get_template("front.html.j2")
            .render(
                front=self,
                phrase=self.prose.say,
                labels=self.labels,
                lang=self.lang,
                other="en" if self.lang == "zh" else "zh",
                pages=FRONT,
                kinds=KINDS,
                again=again,
                most=MOST,
                readable=readable,
                worded=partial(without_addresses, mark=self.prose.say("changes.address")),
                workbook=self._standing(WORKBOOK),
                version=VERSION,
                style=f"{style(self.lang, self.book.cities)}\n{sheet}",
                rows=Markup(embedded(self.packed)),
                script=(HERE / "front.js").read_text(encoding="utf-8"),
            )
        )


def front(
    root: Path, book: Book, briefings: Sequence[Briefing], lang: str, files: Collection[str] | None = None
) -> str:
    """Return the front page in one language as one HTML text that needs no network.

    `briefings` are those that stand, in any language; `files` names what stands beside them below
    `reports/`, and is all that `takeaways` makes where it is not given. Nothing else is linked. Raises
    `CompareError` for an edition, a table or a text that is missing.
    """
    beside = [one.name for one in takeaways(root)] if files is None else files
    return Front(root, book, briefings, lang, frozenset(beside)).html()
