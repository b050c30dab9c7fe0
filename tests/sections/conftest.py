"""What the tests of the sections share: the sections of each page as HTML, made from frames."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

import compare as cp
from compare import sections
from compare.outputs.arrange import arrange
from compare.outputs.html import Leaf
from compare.outputs.html import section as html_section
from compare.sections.section import Section, runs
from compare.tables.book import Book
from compare.words.messages import messages

from .telling import AS_OF, LANGUAGES, TOPICS, Sheet, Teller

NAMES = tuple((topic, lang) for topic in (None, *TOPICS) for lang in LANGUAGES)


def sections_of(book: Book, topic: str | None, lang: str, cities: list[str] | None = None) -> list[Section]:
    """Return the sections of a page that compare beyond the documents, and those that close it."""
    cities = cities or book.cities
    places = cp.places_compared(book, cities)
    figures = cp.figures(book, topic, cities)
    figures = figures if topic else figures[figures["place_id"].isin(places)]
    cascade = cp.cascade(book, cities, topic)
    seen = cp.attainment(book, AS_OF, places, topic)
    name = topic or "cascade"
    held = [
        sections.above(cascade, figures, cp.contradictions(book, places, topic), lang, name),
        sections.ranked(cp.ranks(book, cp.rankable(book, topic), cities), figures, lang, name),
        sections.attained(seen, cp.observations(book, seen["row_id"]), cp.increments(book), figures, lang),
    ]
    if topic is None:
        documents = cp.documents(book, city=cities)
        cited = documents[~documents["at_hand"] & ~documents["place_id"].isin(book.cities)]
        held.insert(0, sections.cascade_lead(cascade, figures, documents, lang))
        held.append(sections.untaken(cp.goals_above(book), cited, figures, lang))
    shown = figures[figures["row_id"].isin({run.row for run in runs(held) if run.row})]
    return [*held, sections.sentences(cp.passages(book, shown), figures, lang),
            sections.elsewhere(cp.facts(book, figures), figures, lang)]  # fmt: skip


def sheet_of(made: list[Section], topic: str | None, lang: str) -> Sheet:
    """Return sections as they stand on one page."""
    said = messages(lang, "topic_comparison" if topic else "cascade")
    leaf = Leaf(arrange(made), said, lang, datetime.date.fromisoformat(AS_OF))
    html = str(Markup("\n").join(html_section(one, leaf) for one in made if one.title or one.blocks))
    return Sheet(lang, topic, html, BeautifulSoup(html, "html.parser"))


@pytest.fixture(scope="session")
def sheets(book: Book) -> Callable[[str | None, str], Sheet]:
    """Return a maker of the sections of a topic, or of all topics, as HTML; the same ones are made once."""

    @cache
    def make(topic: str | None, lang: str) -> Sheet:
        return sheet_of(sections_of(book, topic, lang), topic, lang)

    return make


@pytest.fixture(scope="session")
def teller() -> Callable[[str | None, str], Teller]:
    return cache(Teller)


# With the scope of a session pytest runs all tests of a page before those of the next.
@pytest.fixture(scope="session", params=NAMES, ids=lambda name: f"{name[0] or 'cascade'}.{name[1]}")
def sheet(request: pytest.FixtureRequest, sheets: Callable[[str | None, str], Sheet]) -> Sheet:
    """Return the sections of every topic that has a page, and those over all topics, in turn."""
    return sheets(*request.param)


@pytest.fixture
def told(sheet: Sheet, teller: Callable[[str | None, str], Teller]) -> Teller:
    return teller(sheet.topic, sheet.lang)
