"""What the tests of the calendar share: its page over two projects, and their tables as bare CSV."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any

import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup, Tag

import compare as cp
from compare import sections
from compare.outputs.arrange import arrange
from compare.outputs.html import Leaf
from compare.outputs.html import section as html_section
from compare.sections.section import Section
from compare.tables.book import Book
from compare.words.messages import messages
from made_up import MIXED, write_project

LANGUAGES = ("zh", "en")
NOTEBOOK = "deadline_calendar"
Row = dict[str, str]


@dataclass(frozen=True)
class Told:
    """A project as its CSV files tell it, past everything the project itself does with them."""

    book: Book
    held: dict[str, list[Row]] = field(default_factory=dict)

    def raw(self, name: str) -> list[Row]:
        """Return a table; of the rows in a city's folder, those that count."""
        if name not in self.held:
            folder, rows = self.book.root / "data" / "curated", []
            for path in sorted(folder.glob(f"{name}.csv")) or sorted(folder.glob(f"*/{name}.csv")):
                with path.open(encoding="utf-8", newline="") as lines:
                    place = {} if path.parent == folder else {"city_id": path.parent.name}
                    rows += [place | row for row in csv.DictReader(lines)]
            self.held[name] = [row for row in rows if name == "sources" or self._counts(row)]
        return self.held[name]

    def _counts(self, row: Row) -> bool:
        topics = self.coded.get(row.get("source_id", ""))
        return topics is None or row.get("topic_id", "") in ("", *topics)

    @cached_property
    def coded(self) -> dict[str, list[str]]:
        """The topics that each document is coded for."""
        return {
            row["source_id"]: [] if row["coding_state"] == "registered" else row["coded_topics"].split(";")
            for row in self.raw("sources")
        }

    @cached_property
    def as_of(self) -> str:
        return str(yaml.safe_load((self.book.root / "data/curated/edition.yaml").read_bytes())["as_of"])

    @cached_property
    def deadlines(self) -> dict[str, Row]:
        return {row["deadline_id"]: row for row in self.raw("deadlines")}

    @cached_property
    def governed(self) -> dict[str, list[Row]]:
        """The commitments of every deadline, in the order of the text; those without one under nothing."""
        found: dict[str, list[Row]] = {}
        for row in sorted(self.raw("commitments"), key=lambda row: int(row["start"])):
            found.setdefault(row["deadline_id"], []).append(row)
        return found

    @cached_property
    def dated(self) -> list[Row]:
        """Every commitment with a day, with the columns of its deadline."""
        rows = [
            self.deadlines[row["deadline_id"]] | row for row in self.raw("commitments") if row["deadline_id"]
        ]
        return [row for row in rows if row["due_on"]]

    @cached_property
    def drafts(self) -> set[str]:
        return {row["source_id"] for row in self.raw("sources") if row["status"] == "draft"}

    @cached_property
    def documents(self) -> list[Row]:
        """The documents at hand, by city and id."""
        order = self.book.cities
        rows = [row for row in self.raw("sources") if row["path"] and row["place_id"] in order]
        return sorted(rows, key=lambda row: (order.index(row["place_id"]), row["source_id"]))

    def state(self, row: Row, day: str = "") -> str:
        """Return what has become of a commitment's deadline, by comparing ISO dates as text."""
        day = day or self.as_of
        return "past" if row["due_on"] < day else "today" if row["due_on"] == day else "open"

    def name(self, table: str, key: str, lang: str) -> str:
        column = {"agencies": "agency_id"}.get(table, f"{table[:-1]}_id")
        return next(row[f"name_{lang}"] for row in self.raw(table) if row[column] == key)


@dataclass(frozen=True)
class Page:
    """The sections of the calendar of some cities on one day, as data and as HTML."""

    book: Book
    lang: str
    day: str
    cities: list[str] | None = None

    @cached_property
    def due(self) -> pd.DataFrame:
        return cp.schedule(self.book, self.day, self.cities)

    @cached_property
    def said(self) -> pd.DataFrame:
        return cp.dues(self.due, cp.figures(self.book, city=self.cities))

    @cached_property
    def documents(self) -> pd.DataFrame:
        return cp.documents(self.book, city=self.cities)

    @cached_property
    def lead(self) -> Section:
        return sections.calendar_lead(self.due, self.documents, self.lang)

    @cached_property
    def sections(self) -> list[Section]:
        due, lang = self.due, self.lang
        return [
            self.lead,
            sections.due_halves(due, lang),
            sections.due_topics(due, lang),
            sections.due_agencies(due, lang),
            sections.due_days(due, self.said, lang),
            sections.recurring(due, self.said, lang),
            sections.undated(due, lang),
            sections.calendar_files(due, lang),
            sections.sentences(cp.passages(self.book, self.said), self.said, lang, NOTEBOOK),
            sections.method(self.documents, self.day, "", "calendar", lang, NOTEBOOK),
        ]

    @cached_property
    def html(self) -> str:
        """The sections as one text, without the scripts that hold the charts."""
        leaf = Leaf(
            arrange(self.sections), self.words, self.lang, datetime.date.fromisoformat(self.day), draws=False
        )
        return "\n".join(html_section(one, leaf) for one in self.sections)

    @cached_property
    def tree(self) -> Tag:
        found = BeautifulSoup(f'<main lang="{self.lang}">{self.html}</main>', "html.parser").main
        assert found is not None
        return found

    @cached_property
    def marked(self) -> dict[str, str]:
        """The highlighted words of the passage that holds each row."""
        return {
            str(anchor["id"]): "".join(mark.get_text() for mark in quote.find_all("mark"))
            for quote in self.tree.select("blockquote")
            for anchor in quote.select(".anchor")
        }

    @property
    def words(self) -> Any:
        return messages(self.lang, NOTEBOOK)

    def say(self, key: str, **values: object) -> str:
        return str(self.words.say(key, **values))


def number(words: str) -> int:
    """Return a number as either language prints it, below ten thousand."""
    return int(words.replace(",", ""))


def numbers(words: str) -> list[int]:
    return [number(found) for found in re.findall(r"\d[\d,]*\d|\d", words)]


def half_of(row: Row) -> tuple[int, int]:
    return int(row["due_on"][:4]), int(int(row["due_on"][5:7]) > 6)


@pytest.fixture(scope="session")
def made_up_book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Return cities with documents of every kind, one of which nothing is at hand."""
    return cp.load(
        write_project(tmp_path_factory.mktemp("calendar") / "project", MIXED, Random(4), released=False)
    )


@pytest.fixture(scope="session", params=["real", "made up"])
def told(request: pytest.FixtureRequest, book: Book, made_up_book: Book) -> Iterator[Told]:
    """Return each project in turn, as its files tell it."""
    yield Told(book if request.param == "real" else made_up_book)


@pytest.fixture(scope="session", params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def pages(told: Told) -> dict[str, Page]:
    return {one: Page(told.book, one, told.as_of) for one in LANGUAGES}


@pytest.fixture(scope="session")
def page(pages: dict[str, Page], lang: str) -> Page:
    return pages[lang]


@pytest.fixture(scope="session")
def tree(page: Page) -> Tag:
    return page.tree
