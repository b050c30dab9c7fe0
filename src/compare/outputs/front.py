"""The front page of the reports: what they are, what was found, where all stands, what changed, a search.

One page per language, each a whole file that needs no network; without a script everything but the
search is there.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from compare.analysis.findings import featured as featured_topics
from compare.analysis.findings import topics_in_order
from compare.analysis.news import corrections, row_counts
from compare.analysis.pairs import pairs
from compare.analysis.panel import operative
from compare.analysis.selection import counted
from compare.outputs.arrange import arrange
from compare.outputs.cards import Cards, Listed, lanes
from compare.outputs.document_body import Body
from compare.outputs.dots import again
from compare.outputs.element import HERE, Element, data, element, filled
from compare.outputs.html import Leaf, section
from compare.outputs.page import Frame, style, whole_page
from compare.outputs.search import KINDS, Search
from compare.project import FRONT
from compare.sections.featured import featured
from compare.sections.news import news
from compare.tables.book import Book
from compare.tables.edition import read_edition
from compare.words.coded import reference
from compare.words.labels import Labels
from compare.words.messages import Messages, read_messages
from compare.words.named import Cells, cities, documents, figures, records
from compare.words.order import order

LANGUAGES = {"zh": "中文", "en": "English"}
# Documents at hand, the most binding first.
DOCUMENTS = ("adopted", "draft", "work_points")


def front_page(
    book: Book, briefings: Sequence[Listed], lang: str, files: Collection[str], inputs: str = ""
) -> str:
    """Return the front page in one language as one HTML text that needs no network.

    `briefings` are those that stand, in any language; `files` names what stands beside them below
    `reports/`. Nothing else is linked. Raises `CompareError` for an edition, table or text that is missing.
    """
    front = Front(counted(book), briefings, lang, files)
    other, said, sheet = next(one for one in LANGUAGES if one != lang), front.said, HERE / "front.css"
    links = ((FRONT[other], said.say("other_language"), other),)
    frame = Frame(lang, front.day, said, said.say("front"), links, front.edition["edition"], inputs)
    search = front.search()
    inside = filled(
        "front.html.j2", front=front, say=said.say, labels=front.labels, lang=lang, kinds=KINDS, again=again,
        rows=len(search["rows"]), changes=front.changes(frame), first=front.first_screen(frame),
    )  # fmt: skip
    style_sheet = f"{style(lang, book.cities)}\n{sheet.read_text(encoding='utf-8')}"
    skip = ("main", said.say("skip"))
    rows = data(search, id="rows")
    return whole_page(frame, said.say("site"), inside, style_sheet, skip, "front", [rows], ["front.js"])


@dataclass(frozen=True, eq=False)
class Front:
    """What the front page says in one language, of a book whose rows all count."""

    book: Book
    briefings: Sequence[Listed]
    lang: str
    files: Collection[str]

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.book, self.lang)

    @cached_property
    def said(self) -> Messages:
        return read_messages(self.book.root, "index", self.lang)

    @cached_property
    def edition(self) -> dict[str, str]:
        return read_edition(self.book.root)

    @property
    def day(self) -> datetime.date:
        return datetime.date.fromisoformat(self.edition["as_of"])

    @cached_property
    def own(self) -> list[Listed]:
        """The briefings in the language of the page."""
        at = {topic: place for place, topic in enumerate(topics_in_order(self.book))}
        held = [one for one in self.briefings if one.lang == self.lang]
        return sorted(held, key=lambda one: at.get(one.topic, len(at)))

    @property
    def over_all(self) -> list[Listed]:
        """The briefings that are on no single topic or city."""
        return [one for one in self.own if not one.topic and not one.city]

    @cached_property
    def documents(self) -> list[Cells]:
        """The documents at hand, by city and name."""
        held = documents(self.book)
        return records(held[held["at_hand"]])

    @cached_property
    def space(self) -> str:
        """What stands between two sentences or words."""
        return self.labels.signs.space

    @cached_property
    def partly(self) -> list[str]:
        """The documents at hand that are not coded whole, as they are called."""
        held = [cells for cells in self.documents if cells["coding_state"] != "complete"]
        return [f"{cells[f'place_{self.lang}']}{self.space}{cells[f'source_{self.lang}']}" for cells in held]

    # ── what was found ──────────────────────────────────────────────────────

    def first_screen(self, frame: Frame) -> Element:
        """Return the featured topics: two sentences with values, and a matrix of them by city."""
        names = featured_topics(self.book)
        if not names:
            return element("header", element("h1", self.headline()), class_="lead")
        items = self.book.indicators.loc[self.book.indicators["topic_id"].isin(names), "indicator_id"]
        measures = self.book.measures
        own = measures["topic_id"].isin(names) | measures["indicator_id"].isin(items)
        listed = [*items, *measures.loc[own, "measure_id"]]
        held = pd.concat([cities(self.book, name) for name in names], ignore_index=True)
        pages = {cells["source_id"]: self.page_of(cells["source_id"]) for cells in self.documents}
        pages |= {one.topic: one.page for one in self.own if one.topic}
        made = featured(
            figures(self.book), order(self.book, listed), held, reference(self.book), pages, self.lang
        )
        return section(made, Leaf(arrange([made]), frame.messages, self.lang, self.day))

    def topics(self) -> list[str]:
        """Return the topics in the order in which readers meet them."""
        return topics_in_order(self.book)

    def headline(self) -> str:
        """Return the finding over all topics: how many targets, and how many pairs are like for like."""
        promised, count = operative(self.book.targets), self.labels.count
        places = promised.groupby("indicator_id")["city_id"].nunique()
        found = [pairs(self.book, str(name)) for name in places.index[places > 1]]
        # What others report of a city is no promise of its documents.
        graded = [rows.loc[rows["reported"] == 0, "grade"] for rows in found]
        like = sum(int((grades == "like").sum()) for grades in graded)
        key = "headline.none" if not like else "headline.one" if like == 1 else "headline"
        targets, held = self.labels.number(len(promised)), count(promised["city_id"].nunique())
        said = _opened(self.said.say(key, cities=held, targets=targets, pairs=count(like)))
        if not self.partly:
            return said
        return self.said.say("headline.partly", finding=said, count=count(len(self.partly)))

    def deck(self) -> str:
        """Return what the reports are, and in which kind of document the targets stand."""
        count, say = self.labels.count, self.said.say
        places = count(len(self.book.cities))
        parts = [_opened(say("deck", cities=places, documents=count(len(self.documents))))]
        kinds = self.book.sources.set_index("source_id")["status"]
        held = operative(self.book.targets)["source_id"].map(kinds).value_counts()
        told = [
            say(f"deck.part.{kind}", count=self.labels.number(held[kind]))
            for kind in DOCUMENTS
            if kind in held
        ]
        parts += [say("deck.parts", parts=self.labels.comma.join(told))] if told else []
        parts += [say("deck.partly", documents=self.labels.all_of(self.partly))] if self.partly else []
        return self.space.join(parts)

    def facts(self) -> Iterator[tuple[str, str]]:
        """Yield what the page counts, as pairs of words; drafts stand beside the documents."""
        say, book = self.said.say, self.book
        drafts = sum(cells["status"] == "draft" for cells in self.documents)
        held = [say("facts.documents.value", count=len(self.documents))]
        held += [say("facts.drafts", count=drafts)] if drafts else []
        held += [say("facts.partly", count=len(self.partly))] if self.partly else []
        yield say("facts.documents"), self.space.join(held)
        counts = {"promised": len(operative(book.targets))}
        counts |= {"deadlines": len(book.deadlines), "commitments": len(book.commitments)}
        for name, count in counts.items():
            yield say(f"facts.{name}"), say(f"facts.{name}.value", count=self.labels.number(count))
        yield say("facts.edition"), self.edition["edition"]
        yield say("facts.as_of"), self.labels.day(self.day)

    @cached_property
    def bodies(self) -> list[Body]:
        """The texts of the documents with their rows."""
        return [Body(self.book, self.book.read(cells["source_id"])) for cells in self.documents]

    @cached_property
    def cards(self) -> Cards:
        """The briefings on one topic with what their charts show."""
        rows = [row.cells for body in self.bodies for row in body.rows if row.kind == "target"]
        promised = [row for row in rows if row["operative"]]
        made = []
        for one in (one for one in self.own if one.topic):
            told = [row for row in promised if row["topic_id"] == one.topic]
            held = cities(self.book, one.topic), documents(self.book, one.topic)
            made.append((one, lanes(told, *held, self.labels, self.files)))
        return Cards(made, self.labels, self.said)

    def unpaged(self) -> list[str]:
        """Return the names of the topics that have no briefing."""
        paged = {one.topic for one in self.own}
        topics = [topic for topic in topics_in_order(self.book) if topic not in paged]
        return [self.labels.name("topics", topic) for topic in topics]

    # ── where it stands ─────────────────────────────────────────────────────

    def briefing_of(self, city: str) -> Listed | None:
        """Return the briefing of a city, if there is one."""
        return next((one for one in self.own if one.city == city), None)

    def page_of(self, source_id: str) -> str:
        """Return the page of a document, empty where it does not stand."""
        return self.standing(f"sources/{source_id}.{self.lang}.html")

    def standing(self, name: str) -> str:
        """Return a file beside the briefings, empty where it does not stand."""
        return name if name in self.files else ""

    def in_languages(self, page: str) -> list[tuple[str, str, str]]:
        """Return a page or file of this language in every one it stands in: language, its name, the file."""
        standing = {*self.files, *(one.page for one in self.briefings)}
        names = {lang: page.replace(f".{self.lang}.", f".{lang}.") for lang in LANGUAGES}
        return [(lang, LANGUAGES[lang], name) for lang, name in names.items() if name in standing]

    def missing(self) -> int:
        return int((self.book.sources["status"] == "not_obtained").sum())

    def changes(self, frame: Frame) -> Element:
        """Return what changed since the edition before."""
        edition = self.edition["edition"]
        held = corrections(self.book, edition)
        held["page"] = [self.page_of(source) if source else "" for source in held["source_id"]]
        made = news(row_counts(self.book, edition), held, edition, self.lang)
        return section(made, Leaf(arrange([made]), frame.messages, self.lang, self.day))

    def search(self) -> Cells:
        """Return what the script of the search reads."""
        pages = {cells["source_id"]: self.page_of(cells["source_id"]) for cells in self.documents}
        pages |= {one.topic: one.page for one in self.own if one.topic}
        return Search(self.book, self.bodies, self.labels, self.said, pages, tuple(self.own)).data()


def _opened(said: str) -> str:
    # In English a count may begin the sentence.
    return said[0].upper() + said[1:]
