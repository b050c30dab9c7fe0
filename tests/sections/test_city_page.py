"""The sections of a city's page together: links land, both languages are alike, every shape of book holds."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest

import compare as cp
from compare.sections.section import from_json
from compare.tables.book import Book
from made_up import MIXED, Paper, Shape, write_project

from .cities import MAKERS, frames, html, linked, page_of, pages, parsed, promised
from .telling import LANGUAGES

UNKNOWN = Paper("not_obtained", "registered")
SHAPES = {
    "cities grown over years": MIXED,
    "nothing at hand": Shape(cities=1, papers=((UNKNOWN,),)),
    "no targets, nothing from elsewhere": Shape(
        papers=((Paper(targets=0),),), population=(False,), outcomes=(False,), figures=False, not_found=False
    ),
    "partly coded, undated": Shape(
        cities=2, papers=((Paper(coding_state="in_review", dated=False), Paper("draft", "registered")),)
    ),
    "three documents of one city": Shape(
        cities=1, papers=((Paper(first_year=2018), Paper(first_year=2020), Paper(first_year=2022)),)
    ),
}
MISSING = re.compile(r"\b(nan|NaT|None|<NA>)\b")


def test_every_link_lands_and_no_name_stands_twice(book: Book) -> None:
    for city, lang, page in pages(book):
        ids = Counter(element["id"] for element in page.select("[id]"))
        assert [name for name, times in ids.items() if times > 1] == [], (city, lang)
        links = {link["href"][1:] for link in page.select('a[href^="#"]')}
        assert links - set(ids) <= {"closed"}, (city, lang)
        assert {element["aria-labelledby"] for element in page.select("[aria-labelledby]")} <= set(ids)


def test_both_languages_have_the_same_parts(book: Book) -> None:
    for city in book.cities:
        parts = []
        for lang in LANGUAGES:
            page = page_of(book, city, lang)
            names = [element["id"] for element in page.select("[id]")]
            parts.append((names, [one.name for one in page.select("h1, h2, h3, table, details, figure")]))
        assert parts[0] == parts[1], city


def test_english_pages_mark_all_their_chinese(book: Book) -> None:
    for city, _, page in pages(book, "en"):
        stray = [
            text.strip()
            for text in page.find_all(string=re.compile("[一-鿿]"))
            if not any(str(parent.get("lang", "")).startswith("zh") for parent in text.parents)
            and text.parent.name != "script"
        ]
        assert stray == [], city


def test_the_way_back_leads_to_the_figure(book: Book) -> None:
    for city, _, page in pages(book):
        backs = {link["href"][1:] for link in page.select(".backs a")}
        assert {f"v-{row['target_id']}" for row in promised(city)} <= backs
        for name in backs:
            assert page.find(id=name)["href"] == f"#{name.removeprefix('v-')}"


def test_the_same_frames_give_the_same_bytes_and_travel_as_data(book: Book) -> None:
    held = frames(book, book.cities[-1])
    assert html(held, "en") == html(held, "en")
    for name, make in MAKERS.items():
        made = make(held, "zh")
        assert from_json(made.to_json()) == made, name


def test_what_is_dropped_from_a_frame_is_dropped_from_its_sections(book: Book) -> None:
    held = frames(book, book.cities[0])
    gone = held["own"].loc[held["own"]["operative"] & (held["own"]["kind"] == "target"), "row_id"].iloc[0]
    cut = held | {name: held[name][held[name]["row_id"] != gone] for name in ("own", "figures")}
    for name in ("lead", "promises", "above", "outcomes"):
        assert gone not in linked(parsed(cut, "zh", name)), name
    assert gone in linked(parsed(held, "zh", "promises"))
    own = held["every"][held["every"]["place_id"] == book.cities[0]]
    alone = parsed(held | {"every": own}, "zh", "promises")
    assert not alone.select(".group a") and len(alone.select("td .none")) == len(alone.select("td .worth"))


@pytest.mark.parametrize("name", SHAPES)
def test_sections_hold_for_books_not_seen_before(tmp_path: Path, name: str) -> None:
    """Nothing fails, nothing missing is printed, no list or table is left empty, both languages alike."""
    made = cp.load(write_project(tmp_path / "project", SHAPES[name], Random(3), released=False))
    for city in made.cities:
        parts = []
        for lang in LANGUAGES:
            page = parsed(frames(made, city), lang)
            assert not MISSING.search(page.get_text(" ")), (city, lang)
            assert not [one for one in page.select("ul, tbody, table, h1, h2, h3, p") if not one.contents]
            parts.append([one.name for one in page.select("h1, h2, h3, table, details, figure")])
        assert parts[0] == parts[1] and parts[0][0] == "h1", city
