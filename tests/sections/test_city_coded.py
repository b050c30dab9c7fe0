"""A city whose documents are not all coded whole says so; shares and silence are of the others alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pytest
from bs4 import BeautifulSoup

import compare as cp
from compare.tables.book import Book
from made_up import Paper, Shape, write_project

from .cities import Frames, frames, linked, numbers_in, parsed, text_of
from .telling import AS_OF, LANGUAGES

IN_REVIEW, UNREAD = Paper(first_year=2021, coding_state="in_review"), Paper("draft", "registered", 2023)
SHAPE = Shape(
    cities=4,
    papers=((Paper(), IN_REVIEW), (Paper("draft", first_year=2019), UNREAD), (IN_REVIEW,), (UNREAD,)),
)
MARKS = {
    "zh": {"in_review": "部分编码", "registered": "尚未编码"},
    "en": {"in_review": "partly coded", "registered": "not coded yet"},
}
SILENT = {"zh": "未提及", "en": "Not mentioned"}
Page = tuple[Frames, str, BeautifulSoup]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return cp.load(write_project(tmp_path_factory.mktemp("coded") / "p", SHAPE, Random(11), released=False))


@pytest.fixture(scope="module")
def held(made: Book) -> list[Page]:
    pairs = [(frames(made, city), lang) for city in made.cities for lang in LANGUAGES]
    return [(one, lang, parsed(one, lang)) for one, lang in pairs]


def states(one: Frames) -> Iterator[tuple[str, str]]:
    rows = one["documents"][one["documents"]["at_hand"]]
    return zip(rows["source_id"], rows["coding_state"], strict=True)


def test_titles_say_which_documents_are_not_coded_whole(held: list[Page]) -> None:
    for one, lang, page in held:
        heads = page.select("h1, section.promises h2, section.silences h2, section.deadlines h2")
        for _, state in states(one):
            if state != "complete":
                assert all(MARKS[lang][state] in text_of(head) for head in heads)
        assert heads and len({text_of(head) for head in heads}) == len(heads)


def test_silence_and_shares_are_told_of_whole_documents_alone(held: list[Page]) -> None:
    assert {len([one for one in states(item[0]) if one[1] == "complete"]) for item in held} == {0, 1}
    for one, lang, page in held:
        whole = [name for name, state in states(one) if state == "complete"]
        silences, means = page.select_one("section.silences"), page.select("section.means h2")
        read = one["coverage"][one["coverage"]["source_id"].isin(whole)]
        if not whole:
            assert SILENT[lang] not in silences.get_text() and "%" not in "".join(map(text_of, means))
            continue
        left = sum(read.groupby("indicator_id")["state"].agg(set) == {"silent"})
        assert {left, read["indicator_id"].nunique()} <= set(numbers_in(text_of(silences.h2)))
        rows = one["clauses"][one["clauses"]["source_id"].isin(whole)]
        share = 100 * float((rows["quantifier"] == "figure").mean())
        assert re.search(rf"{share:.0f}%|{share:.1f}%|{share:.2f}%", text_of(means[0]))


def test_where_no_clause_is_coded_no_section_counts_any(held: list[Page]) -> None:
    for one, _, page in held:
        for name in ("means", "deadlines", "agencies"):
            assert bool(page.select(f"section.{name}")) == bool(len(one["clauses"])), name


def test_examples_are_of_the_set_that_the_title_counts(held: list[Page]) -> None:
    for one, _, page in held:
        own = one["own"][one["own"]["operative"].astype(bool) & (one["own"]["kind"] == "target")]
        due = own[own["due_on"] <= AS_OF]
        issued = due[due["status"] != "draft"]
        counted = own if due.empty else due if issued.empty else issued
        assert {name for part in page.select(".standfirst") for name in linked(part)} <= set(
            counted["row_id"]
        )
        said = " ".join(map(text_of, page.select(".standfirst")))
        assert counted.empty or str(len(counted)) in re.findall(r"\d+", said)
