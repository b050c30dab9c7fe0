"""Rows to take away: as plain values, the same in both forms, harmless to open."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pandas as pd
import pytest

import compare as cp
from compare.outputs.takeaway import csv_bytes, files, xlsx_bytes
from compare.sections.section import Take
from compare.sections.shown import COLUMNS, Figure, by_row, take
from compare.tables.book import Book
from compare.words.labels import Labels
from compare.words.messages import messages
from taken import OPENINGS, Taken, get_column

DAY = datetime.date(2026, 11, 21)
MARK = b"\xef\xbb\xbf"
# Base stations bear values with and without a bound, a draft, words without a number, two scripts.
TOPIC = "5g"
Rows = list[dict[str, str]]


def held(taken: Take, as_of: datetime.date = DAY) -> Taken:
    return Taken(csv_bytes(taken), xlsx_bytes(taken, as_of))


@pytest.fixture(scope="module", params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def figures(book: Book) -> dict[str, Figure]:
    """Return all statements and all figures from elsewhere on a topic by their row."""
    return by_row(cp.figures(book, TOPIC))


def taken_of(rows: list[Figure], lang: str = "zh") -> Take:
    return take("taken", rows, messages(lang, "topic_comparison"), lang)


@pytest.fixture(scope="module")
def every(figures: dict[str, Figure], lang: str) -> Taken:
    return held(taken_of(list(figures.values()), lang))


def test_the_csv_opens_in_any_spreadsheet(every: Taken) -> None:
    """A mark says UTF-8, lines end as RFC 4180 has them, and nothing but the rows is in the file."""
    assert every.csv.startswith(MARK) and every.csv.count(MARK) == 1
    again = io.StringIO(newline="")
    csv.writer(again, lineterminator="\r\n").writerows(every.cells)
    assert again.getvalue().encode("utf-8-sig") == every.csv
    assert {len(line) for line in every.cells} == {len(COLUMNS)}


def test_heads_are_words_of_the_page(every: Taken, lang: str) -> None:
    heads = [messages(lang, "topic_comparison").say(f"export.{key}") for key in COLUMNS]
    assert every.cells[0] == [cell.value for cell in every.sheet[1]] == heads
    assert len(set(heads)) == len(heads)


def test_rows_are_those_asked_for_each_once_in_the_order_given(figures: dict[str, Figure]) -> None:
    names = list(figures)
    asked = [names[3], names[0], names[2], names[3]]
    taken = held(taken_of([figures[name] for name in asked]))
    assert [row["row"] for row in taken.rows] == list(dict.fromkeys(asked))
    assert held(taken_of([])).rows == []


def test_a_page_holds_the_kinds_that_are_asked_for(figures: dict[str, Figure]) -> None:
    taken = taken_of(list(figures.values()))
    assert [kind for kind, _ in files(taken, DAY)] == ["CSV", "XLSX"], "a picture is made where it is seen"
    assert files(Take("none", taken.columns, taken.rows, kinds=("SVG",)), DAY) == []


def test_both_forms_hold_the_same(every: Taken) -> None:
    for line, cells in zip(every.cells, every.sheet.iter_rows(), strict=True):
        for text, cell in zip(line, cells, strict=True):
            said = "" if cell.value is None else str(cell.value)
            assert text.removeprefix("'" if said.startswith(OPENINGS) else "") == said, cell.coordinate


def test_values_are_those_of_the_tables(
    every: Taken, raw: Callable[[str], Rows], book: Book, lang: str
) -> None:
    """From the bare CSV: bounds as plain numbers, the quote as printed, nothing in place of nothing."""
    targets = {row["target_id"]: row for row in raw("targets")}
    mentions = {row["mention_id"]: row for row in raw("mentions")}
    facts = {row["fact_id"]: row for name in ("outcomes", "outside_targets") for row in raw(name)}
    sources = {row["source_id"]: row for row in raw("sources")}
    seen = set()
    for row in every.rows:
        seen.add(row["row"][:2])
        if row["row"] in facts:
            fact = facts[row["row"]]
            assert (row["low"] or row["high"]) == fact["value"] and row["quote"] == ""
            assert row["source"] == f"{fact['source_title']}, {fact['publisher']}"
            assert row["status"] == Labels(book, lang).confidence(fact["confidence"])
            continue
        said = targets.get(row["row"]) or mentions[row["row"]]
        assert row["quote"] == said["quote"]
        document = sources[said["source_id"]]
        assert row["source"].startswith(document["title_zh"])
        assert row["source"].endswith(document["document_number"])
        assert (row["low"], row["high"]) == (said.get("value_low", ""), said.get("value_high", ""))
        assert bool(row["value"]) == bool(row["unit"]) == (row["row"] in targets)
    assert seen == {"t-", "m-", "g-", "o-"}


def test_numbers_are_numbers_in_a_spreadsheet(every: Taken) -> None:
    """Whoever sums a column must not have to turn text into numbers first."""
    for key in ("low", "high"):
        column = [cell for cell in every.sheet[get_column(key)][1:] if cell.value is not None]
        assert column and all(isinstance(cell.value, int | float) for cell in column)
    texts = [
        cell for key in COLUMNS if key not in ("low", "high") for cell in every.sheet[get_column(key)][1:]
    ]
    assert all(isinstance(cell.value, str | None) for cell in texts)


def test_drafts_are_marked_by_their_status(every: Taken, raw: Callable[[str], Rows], lang: str) -> None:
    status = {row["source_id"]: row["status"] for row in raw("sources")}
    rows = {row[key]: row for table, key in (("targets", "target_id"), ("mentions", "mention_id"))
            for row in raw(table)}  # fmt: skip
    said = {"zh": "代拟稿", "en": "draft"}[lang]
    marked = {row["row"] for row in every.rows if row["status"] == said}
    of_drafts = {row["row"] for row in every.rows
                 if row["row"] in rows and status[rows[row["row"]]["source_id"]] == "draft"}  # fmt: skip
    assert marked == of_drafts and of_drafts


def quoting(figures: dict[str, Figure], words: str) -> Taken:
    """Return one row to take away whose quote is other words."""
    one: dict[str, Any] = {**next(iter(figures.values())), "quote": words}
    return held(taken_of([one]))


@pytest.mark.parametrize("opening", OPENINGS)
def test_a_cell_that_looks_like_a_formula_is_harmless(figures: dict[str, Figure], opening: str) -> None:
    """Quotes are scraped: one that opens with a sign must not run in the reader's spreadsheet."""
    words = f'{opening}HYPERLINK("http://example.org","开")'
    taken = quoting(figures, words)
    assert taken.rows[0]["quote"] == f"'{words}", "in CSV only words in front keep a cell from running"
    cell = taken.sheet[get_column("quote")][1]
    # XLSX can say that a cell is text, so it keeps the words as they are.
    assert cell.data_type == "s" and cell.quotePrefix
    assert str(cell.value).replace("_x000D_", "\r") == words


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("甲，乙\n丙", "a line end and a full-width comma"),
        ('他说"好", 又说', "quotation marks and a comma"),
        ("𠮷", "a character of two UTF-16 units"),
        ("1500", "digits are text where a document says them"),
        ("#N/A", "what a spreadsheet takes for an error"),
        ("−5", "a true minus opens no formula"),
    ],
)
def test_words_come_through_unchanged(figures: dict[str, Figure], words: str, reason: str) -> None:
    taken = quoting(figures, words)
    cell = taken.sheet[get_column("quote")][1]
    assert taken.rows[0]["quote"] == cell.value == words, reason
    assert cell.data_type == "s"


def test_what_is_missing_stays_empty(every: Taken) -> None:
    """An open side is no zero, and a row without a value has no unit and no bound."""
    bounded = [row for row in every.rows if row["value"].startswith(("≥", ">"))]
    assert bounded and all(row["low"] and not row["high"] for row in bounded)
    words = [row for row in every.rows if row["row"].startswith("m-")]
    assert words and all(
        {row[key] for key in ("value", "low", "high", "unit", "due")} == {""} for row in words
    )


def test_the_same_rows_give_the_same_bytes(book: Book, every: Taken, lang: str) -> None:
    """Over frames made anew; in the file no clock has left its time."""
    again = held(taken_of(list(by_row(cp.figures(book, TOPIC)).values()), lang))
    assert (again.csv, again.xlsx) == (every.csv, every.xlsx)
    with zipfile.ZipFile(io.BytesIO(every.xlsx)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(io.BytesIO(every.xlsx)).properties
    assert pd.Timestamp(DAY) == properties.created == properties.modified


def test_another_day_changes_the_date_of_the_file_alone(
    figures: dict[str, Figure], every: Taken, lang: str
) -> None:
    later = held(taken_of(list(figures.values()), lang), datetime.date(2027, 1, 1))
    assert later.csv == every.csv and later.xlsx != every.xlsx
