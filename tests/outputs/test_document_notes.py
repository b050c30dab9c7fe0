"""The notes beside a text: what is said of each row, and where that is known from."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from compare.outputs.document_body import Body
from compare.outputs.document_marks import Row
from compare.outputs.document_notes import Notes
from compare.tables.book import Book
from compare.words.labels import Labels
from compare.words.messages import read_messages


@pytest.fixture(scope="module")
def noted(book: Book) -> Any:
    """Return a maker of the notes of a document, and a finder of one of its rows."""

    @cache
    def make(source_id: str, lang: str = "zh") -> Notes:
        body = Body(book, book.read(source_id))
        return Notes(body, Labels(book, lang), read_messages(book.root, "source", lang))

    return make


def row(notes: Notes, row_id: str, **cells: object) -> Row:
    """Return a row of a document, with some of its cells changed."""
    found = next(one for one in notes.body.rows if one.row_id == row_id)
    return replace(found, cells=found.cells | cells)


@pytest.mark.parametrize(
    ("source_id", "row_id", "facts", "reason"),
    [
        (
            "dongying-2022",
            "t-dongying-0011",
            ["增幅", "2022年底（原文未写，取规划期末）"],
            "no date in the text",
        ),
        (
            "dezhou-2020",
            "t-dezhou-0017",
            ["比率", "2020年底（年份按规划期）", "代拟稿"],
            "a date without its year, in a draft",
        ),
        (
            "jinan-2019",
            "t-jinan-0007",
            ["比率", "2022年底（承前文）", "力争", "分母：基层办事"],
            "a date that governs from above, and a promise to strive",
        ),
        (
            "jinan-2019",
            "t-jinan-0002",
            ["时点存量", "2020年底", "范围：具有实用价值的政府开放数据集"],
            "a date that the sentence states",
        ),
        ("dongying-2022", "t-dongying-0018", ["当期数", "每季度"], "a date that recurs"),
    ],
)
def test_a_figure_is_qualified(
    noted: Any, source_id: str, row_id: str, facts: list[str], reason: str
) -> None:
    notes = noted(source_id)
    assert notes.facts(row(notes, row_id)) == facts, reason


def test_a_status_has_no_due_date(noted: Any) -> None:
    notes = noted("qingdao-2020")
    assert notes.facts(row(notes, "t-qingdao-0004"))[:2] == ["时点存量", "现状"]


def test_english_names_scope_and_denominator(noted: Any) -> None:
    notes = noted("dongying-2022", "en")
    facts = notes.facts(row(notes, "t-dongying-0049"))
    assert facts[1:] == ["end-2022", "scope: key public areas", "out of: front-end sensing devices"]


@pytest.mark.parametrize(("nature", "words"), [("约束性", "binding"), ("预期性", "expected")])
def test_a_nature_is_said_where_the_text_says_it(noted: Any, nature: str, words: str) -> None:
    notes = noted("jinan-2019", "en")
    assert words in notes.facts(row(notes, "t-jinan-0002", nature=nature))
    assert notes.facts(row(noted("jinan-2019"), "t-jinan-0002", nature=nature))


@pytest.mark.parametrize(
    ("cells", "expected", "reason"),
    [
        ({}, [("t-dongying-0005", "与37是同一承诺，以37为准")], "the statement that counts"),
        (
            {"restates_target_id": None, "part_of_target_id": "t-dongying-0010"},
            [("t-dongying-0010", "包含在1之内")],
            "a part of a whole",
        ),
        (
            {"restates_target_id": None, "baseline_target_id": "t-dongying-0010"},
            [("t-dongying-0010", "基数见1")],
            "a baseline",
        ),
        (
            {"restates_target_id": "t-jinan-0002"},
            [("t-jinan-0002", "与t-jinan-0002是同一承诺，以t-jinan-0002为准")],
            "one in another document goes by its id",
        ),
        ({"restates_target_id": None}, [], "none"),
    ],
)
def test_figures_are_related(
    noted: Any, cells: dict[str, object], expected: list[tuple[str, str]], reason: str
) -> None:
    notes = noted("dongying-2022")
    assert list(notes.related(row(notes, "t-dongying-0001", **cells))) == expected, reason


def test_a_commitment_is_told_in_one_line(noted: Any) -> None:
    notes = noted("jinan-2019")
    assert notes.pledge(row(notes, "c-jinan-0001")) == "组织保障 · 力争 · c-jinan-0001"
    assert notes.pledge(row(notes, "c-jinan-0002")) == "组织保障 · 2022年底 · c-jinan-0002"


def test_a_date_is_inferred_only_where_the_year_is_not_said(noted: Any) -> None:
    jinan, dezhou = noted("jinan-2019"), noted("dezhou-2020", "en")
    assert jinan.inferred(row(jinan, "d-jinan-0001")) == ""
    found = next(one for one in dezhou.body.rows if one.cells.get("due_text") == "12底前")
    assert dezhou.inferred(found) == "end of December 2020"
    assert dezhou.due(found) == "end of December 2020 (year of the plan)"


def test_translations_are_for_english_readers(noted: Any) -> None:
    for lang, words in (
        ("zh", ""),
        ("en", "Build 10 ‘smart communities’ and 5 ‘smart neighbourhoods’ within the year"),
    ):
        notes = noted("qingdao-2020", lang)
        one = row(notes, "t-qingdao-0002")
        assert list(notes.translated([one])) == [(one, words)]
        assert one.cells[f"note_{lang}"]


def test_a_translation_that_two_rows_share_stands_with_the_last(noted: Any) -> None:
    notes = noted("qingdao-2020", "en")
    first, other = (replace(row(notes, "t-qingdao-0002"), row_id=name) for name in ("a", "b"))
    third = row(notes, "t-qingdao-0002", quote_en="Something else")
    assert [words[:5] for _, words in notes.translated([first, other, third])] == ["", "Build", "Somet"]
