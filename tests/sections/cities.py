"""The sections of a city's page, made from frames, and what they have to say, from the bare CSV."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pandas as pd
from bs4 import BeautifulSoup, Tag
from markupsafe import Markup

import compare as cp
from compare import sections
from compare.outputs.arrange import arrange
from compare.outputs.html import Leaf
from compare.outputs.html import section as html_section
from compare.sections.section import Section
from compare.tables.book import Book
from compare.words.messages import messages

from .telling import AS_OF, LANGUAGES, Row, read_prose, read_rows

NOTEBOOK = "city_briefing"
Frames = dict[str, Any]
Make = Callable[[Frames, str], Section]
# The sections of the page in their order, each from the frames that it needs.
MAKERS: dict[str, Make] = {
    "lead": lambda f, lang: sections.city_lead(
        f["own"], f["every"], f["documents"], f["verdicts"], f["as_of"], lang
    ),
    "promises": lambda f, lang: sections.promises(f["own"], f["every"], f["documents"], lang),
    "silences": lambda f, lang: sections.silences(
        f["coverage"], f["own"], f["clauses"], f["documents"], lang
    ),
    "instruments": lambda f, lang: sections.instruments(f["clauses"], f["documents"], lang),
    "deadlines": lambda f, lang: sections.deadlines(f["clauses"], f["own"], f["documents"], f["as_of"], lang),
    "above": lambda f, lang: sections.city_above(
        f["cascade"], f["figures"], f["contradictions"], f["reference"], lang
    ),
    "outcomes": lambda f, lang: sections.outcomes(
        f["verdicts"], f["seen"], f["grown"], f["figures"], f["documents"], f["as_of"], lang
    ),
    "editions": lambda f, lang: sections.editions(
        f["became"], f["topics"], f["taken"], f["own"], f["clauses"], f["documents"], lang
    ),
    "agencies": lambda f, lang: sections.agencies(f["clauses"], f["documents"], lang),
    "sentences": lambda f, lang: sections.sentences(f["passages"], f["figures"], lang, NOTEBOOK),
    "elsewhere": lambda f, lang: sections.elsewhere(f["facts"], f["figures"], lang),
}


@cache
def every_figure(book: Book) -> pd.DataFrame:
    return cp.figures(book)


@cache
def frames(book: Book, city: str, as_of: str = AS_OF) -> Frames:
    """Return the frames of a city's page, computed as its notebook does."""
    every, cascade = every_figure(book), cp.cascade(book, city)
    own = every[every["place_id"] == city]
    figures = every[every["row_id"].isin(cascade["above_row_id"]) | (every["place_id"] == city)]
    documents, near = cp.documents(book, city=city), cp.places_compared(book, city)
    verdicts = cp.attainment(book, as_of, city)
    return {
        "as_of": as_of, "every": every, "own": own, "cascade": cascade, "figures": figures,
        "documents": documents[documents["at_hand"] | documents["place_id"].isin(near)],
        "verdicts": verdicts, "seen": cp.observations(book, verdicts["row_id"]),
        "grown": cp.increments(book), "contradictions": cp.contradictions(book, city),
        "reference": cp.reference(book), "coverage": cp.coverage(book, city=city),
        "clauses": cp.commitments(book, city), "became": cp.indicator_changes(book, city),
        "topics": cp.commitment_changes(book, city), "taken": cp.taken_up(book, city),
        "passages": cp.passages(book, own), "facts": cp.facts(book, figures),
    }  # fmt: skip


def html(held: Frames, lang: str, *names: str) -> str:
    """Return sections as they stand on a page, all of them where none is named."""
    made = [MAKERS[name](held, lang) for name in names or MAKERS]
    leaf = Leaf(arrange(made), messages(lang, NOTEBOOK), lang, datetime.date.fromisoformat(AS_OF))
    return str(Markup("\n").join(html_section(one, leaf) for one in made if one.title or one.blocks))


def parsed(held: Frames, lang: str, *names: str) -> BeautifulSoup:
    return BeautifulSoup(html(held, lang, *names), "html.parser")


@cache
def page_of(book: Book, city: str, lang: str) -> BeautifulSoup:
    return parsed(frames(book, city), lang)


def of(rows: list[Row], city: str) -> list[Row]:
    return [row for row in rows if row["city_id"] == city]


def promised(city: str) -> list[Row]:
    """Return the promises of a city that count, by the rule and not by the code under test."""
    rows = of(read_rows("targets"), city)
    return [row for row in rows if row["kind"] == "target" and not row["restates_target_id"]]


def past_term(city: str, day: str = AS_OF) -> list[Row]:
    """Return the promises whose term is over: those of a draft only where the city has no others."""
    due = [row for row in promised(city) if "" < row["due_on"] <= day]
    return [row for row in due if not is_draft(row)] or due


def status_of() -> dict[str, str]:
    return {row["source_id"]: row["status"] for row in read_rows("sources")}


def is_draft(row: Row) -> bool:
    return status_of()[row["source_id"]] == "draft"


def documents(city: str) -> list[str]:
    return [row["source_id"] for row in read_rows("sources") if row["place_id"] == city and row["path"]]


def called(source_id: str, lang: str) -> str:
    """Return how a document is called in a sentence: its first year and what it is."""
    row = next(row for row in read_rows("sources") if row["source_id"] == source_id)
    kinds = {
        "zh": {"draft": "代拟稿", "work_points": "工作要点", "adopted": "方案"},
        "en": {"draft": "draft", "work_points": "work priorities", "adopted": "plan"},
    }
    return f"{row['period_start'][:4]}{'年' if lang == 'zh' else ' '}{kinds[lang][row['status']]}"


def names_of(table: str, lang: str) -> dict[str, str]:
    """Return the names of a code list by their code."""
    key = {"agencies": "agency_id"}.get(table, f"{table[:-1]}_id")
    return {row[key]: row[f"name_{lang}"] for row in read_rows(table)}


@cache
def prose(lang: str) -> dict[str, str]:
    return read_prose("common", lang) | read_prose(NOTEBOOK, lang)


def text_of(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def numbers_in(words: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", words)]


def counts_said(said: str, sentence: str) -> list[dict[str, int]]:
    """Return the counts with which a text says a sentence of the prose file, none where it does not."""
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>\\d+)", re.escape(sentence))
    found = re.finditer(pattern, said)
    return [{name: int(count) for name, count in one.groupdict().items()} for one in found]


def linked(element: Tag) -> list[str]:
    return [link["href"][1:] for link in element.select('a.v[href^="#"]')]


def tallied(line: Tag) -> Iterator[int]:
    """Yield the counts of a table's row, a dash being none."""
    return (int(cell.get_text().replace("–", "0")) for cell in line.select("td.num"))


def pages(book: Book, *langs: str) -> Iterator[tuple[str, str, BeautifulSoup]]:
    """Yield every city and language with its page."""
    yield from (
        (city, lang, page_of(book, city, lang)) for city in book.cities for lang in langs or LANGUAGES
    )
