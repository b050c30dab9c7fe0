"""The sections of the calendar as one page: links land, both languages say the same, nothing is judged."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from bs4 import Tag

from compare import sections
from compare.sections.section import from_json

from .conftest import Page, Told

CHINESE = re.compile(r"[⺀-鿿豈-﫿]")


def test_every_link_lands_and_no_id_stands_twice(tree: Tag) -> None:
    ids = Counter(str(one["id"]) for one in tree.select("[id]"))
    assert [name for name, times in ids.items() if times > 1] == []
    links = {str(link["href"])[1:] for link in tree.select('a[href^="#"]')}
    assert links - set(ids) == {"closed"}
    assert all(tree.find(id=one["aria-labelledby"]) for one in tree.select("[aria-labelledby]"))


def test_only_links_to_sentences_are_yellow(tree: Tag) -> None:
    anchors = {f"#{one['id']}" for one in tree.select(".evidence .anchor")}
    yellow = {str(link["href"]) for link in tree.select("a.v")}
    assert yellow and yellow <= anchors


def test_the_sentence_is_the_clause_that_holds_the_words(page: Page, told: Told) -> None:
    """The clause comes from the tables; its words, as marked, are those of the table too."""
    for name in told.deadlines:
        rows = told.governed.get(name, [])
        first = next((row for row in rows if told.deadlines[name]["due_text"] in row["action_zh"]), None)
        if first is not None:
            assert first["action_zh"] in page.marked[name], name


def test_the_clause_is_the_one_with_the_words_though_another_comes_first(told: Told) -> None:
    """No deadline of today governs a clause before its words; the rule must not rest on that."""
    rows = sorted(told.raw("commitments"), key=lambda row: (row["source_id"], int(row["start"])))
    at = next(
        n
        for n, row in enumerate(rows)
        if row["deadline_id"]
        and n
        and not rows[n - 1]["deadline_id"]
        and rows[n - 1]["source_id"] == row["source_id"]
        and int(row["start"]) <= int(told.deadlines[row["deadline_id"]]["due_start"]) < int(row["end"])
    )
    before, holding = rows[at - 1], rows[at]
    same = told.book.commitments["commitment_id"] == before["commitment_id"]
    given = told.book.commitments["deadline_id"].mask(same, holding["deadline_id"])
    moved = replace(told.book, commitments=told.book.commitments.assign(deadline_id=given))
    page = Page(moved, "zh", told.as_of)
    marked = page.marked[holding["deadline_id"]]
    assert holding["action_zh"] in marked and before["action_zh"] not in marked


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        (r'\bid="([^"]*)"', "places"),
        (r'href="(#[^"]*)"', "links"),
        (r"<(h[1-6]|summary|table|details)\b", "headings and tables"),
    ],
)
def test_both_languages_have_the_same_sections(pages: dict[str, Page], pattern: str, what: str) -> None:
    found = [re.findall(pattern, pages[one].html) for one in ("zh", "en")]
    assert found[0] == found[1] and found[0], what


def test_numbers_of_sentences_are_the_same_in_both_languages(pages: dict[str, Page]) -> None:
    found = [set(re.findall(r'<sup class="chip">(\d+)', pages[one].html)) for one in ("zh", "en")]
    assert found[0] == found[1] and found[0]


def test_two_makings_are_the_same_to_the_byte(page: Page) -> None:
    again = Page(page.book, page.lang, page.day)
    assert again.html == page.html


def test_sections_come_back_from_their_json_as_they_were(page: Page) -> None:
    assert [from_json(one.to_json()) for one in page.sections] == page.sections


def test_english_marks_all_its_chinese(pages: dict[str, Page]) -> None:
    stray = {
        text.strip()
        for text in pages["en"].tree.find_all(string=CHINESE.search)
        if not next(str(one["lang"]) for one in text.parents if "lang" in one.attrs).startswith("zh")
    }
    assert stray == set()
    said = [str(one["aria-label"]) for one in pages["en"].tree.select("[aria-label]")]
    assert said and not any(CHINESE.search(one) for one in said)


def test_english_reads_every_deadline_out(pages: dict[str, Page]) -> None:
    for passage in pages["en"].tree.select("article.passage"):
        marks = [chip.get_text() for chip in passage.select("blockquote .chip")]
        lines = passage.select(".translations p:not(.label)")
        assert sorted(line.sup.get_text() for line in lines) == sorted(marks)
        assert all(len(line.get_text()) > 6 and not CHINESE.search(line.get_text()) for line in lines)


def test_nothing_says_that_a_promise_was_kept_or_broken(tree: Tag) -> None:
    ours = [
        text
        for text in tree.find_all(string=True)
        if not any(str(one.get("lang", "")).startswith("zh-") for one in text.parents)
    ]
    for word in ("逾期", "兑现", "落空", "overdue", "missed", "broken", "fulfilled"):
        assert not any(word in text for text in ours), word


@pytest.mark.parametrize("place", [0, -1])
def test_a_city_alone_has_its_own_page(told: Told, place: int) -> None:
    city = told.book.cities[place]
    page = Page(told.book, "en", told.as_of, [city])
    others = "|".join(one for one in told.book.cities if one != city)
    assert not re.search(rf"[dvtk]-(?:v-)?(?:{others})-\d{{4}}", page.html)
    held = any(row["city_id"] == city for row in told.deadlines.values())
    assert page.html.count('href="data:text/calendar') == int(held), "one city needs no file for all"


def test_a_topic_alone_has_its_own_sections(page: Page) -> None:
    topic = page.due["topic_id"].dropna().iloc[0]
    kept = page.due[page.due["topic_id"] == topic]
    table = sections.due_topics(kept, page.lang)
    assert len(table.blocks[0].blocks[0].groups[0].rows) == 1
    empty = page.due.iloc[:0]
    for made in (
        sections.due_topics,
        sections.due_agencies,
        sections.undated,
        sections.calendar_files,
        sections.due_halves,
    ):
        assert made(empty, page.lang).title, "no rows are no error"
