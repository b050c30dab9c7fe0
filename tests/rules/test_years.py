"""Every date of the tables is read again from its words, with the year that the document gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import pandas as pd
import pytest

import compare as cp
from compare.language.dates import find_dues
from compare.rules.due import years_of
from compare.tables.book import Book
from compare.texts.source import Document

from .breaking import Bench, edit

FILE, SOURCE = "data/curated/x/deadlines.csv", "x-2023"
TITLE = "数字县建设三年行动方案(2023—2025年)\n"


def with_plan(book: Book, text: str, row: dict[str, str], **source: str | None) -> Book:
    """Return the book with one more plan, of 2023 to 2025, and one deadline coded in it."""
    city, raw = book.cities[0], TITLE + text
    document = Document(SOURCE, raw, sha256(raw.encode()).hexdigest())
    told = {
        "source_id": SOURCE,
        "place_id": city,
        "status": "adopted",
        "coding_state": "in_review",
        "path": "x",
    }
    days = {"period_start": "2023-01-01", "period_end": "2025-12-31", "drawn_up_on": "2023-03-01", **source}
    start = raw.rindex(row["due_text"])
    place = {"due_start": start, "due_end": start + len(row["due_text"])}
    coded = {"city_id": city, "deadline_id": "d-x-0001", "source_id": SOURCE, "coder": "A", **row, **place}
    coded["due_on"] = pd.Timestamp(row["due_on"]) if row["due_on"] else pd.NaT
    frames = {
        "sources": {**told, **{name: pd.Timestamp(day) if day else pd.NaT for name, day in days.items()}},
        "deadlines": coded,
    }
    more = {name: with_row(getattr(book, name), cells) for name, cells in frames.items()}
    origins = book.origins | {"deadlines": [*book.origins["deadlines"], (FILE, 2)]}
    origins |= {"sources": [*book.origins["sources"], ("data/curated/sources.csv", 99)]}
    return replace(book, documents=book.documents | {SOURCE: document}, origins=origins, **more)


def with_row(frame: pd.DataFrame, cells: dict[str, object]) -> pd.DataFrame:
    row = pd.DataFrame([cells]).reindex(columns=frame.columns).astype(frame.dtypes.to_dict())
    return pd.concat([frame, row], ignore_index=True)


def told(book: Book) -> list[str]:
    """Return what is told of the dates of the plan; of itself it prints nothing that other rules look for."""
    columns = ("due_text", "due_on", "due_precision", "due_source", "recurrence")
    return [str(one) for one in cp.check(book) if one.file == FILE and one.column in columns]


# The text of a plan of 2023 to 2025, the words coded in it, their last day and where their year comes from.
HOLDS = [
    ("2024年6月底前启动,年底前完成。", "年底前", "2024-12-31", "carried", "the clause before"),
    ("2024年,启动建设。9月底前完成。", "9月底前", "2024-09-30", "carried", "the sentence before"),
    ("2024年6月底前启动。\n年底前完成。", "年底前", "2025-12-31", "inherited_year", "another paragraph"),
    ("一、2024年重点任务\n1.共享。年底前完成。", "年底前", "2024-12-31", "inherited_year", "a heading"),
    ("落实《数字县2024年行动方案》,年底前完成。", "年底前", "2025-12-31", "inherited_year", "a title"),
    ("按县政办〔2024〕1号,年底前完成。", "年底前", "2025-12-31", "inherited_year", "a document number"),
    ("2024年以来成效好,年底前再建10个。", "年底前", "2025-12-31", "inherited_year", "a state"),
    ("2022年底建成10个,年底前再建10个。", "年底前", "2025-12-31", "inherited_year", "before the plan begins"),
    ("今年年底前完成。", "今年年底前", "2023-12-31", "inherited_year", "the year it was drawn up"),
    ("明年6月底前完成。", "明年6月底前", "2024-06-30", "inherited_year", "the year after"),
    ("2024年试点,次年年底前推广。", "次年年底前", "2025-12-31", "carried", "the year after the one named"),
    ("2024年启动,同年9月底前投用。", "同年9月底前", "2024-09-30", "carried", "the one named"),
    ("2023年底前启动,到2024年底达标。", "到2024年底", "2024-12-31", "explicit", "in the words themselves"),
]


@pytest.mark.parametrize(("text", "words", "last", "origin", "reason"), HOLDS)
def test_a_date_with_its_right_year_holds(
    book: Book, text: str, words: str, last: str, origin: str, reason: str
) -> None:
    precision = "month" if "月" in words else "year"
    row = {"due_text": words, "due_on": last, "due_precision": precision, "due_source": origin}
    assert told(with_plan(book, text, row)) == [], reason


@pytest.mark.parametrize(("text", "words", "last", "origin", "reason"), HOLDS)
def test_another_year_or_origin_is_told(
    book: Book, text: str, words: str, last: str, origin: str, reason: str
) -> None:
    precision = "month" if "月" in words else "year"
    later = f"{int(last[:4]) + 1}{last[4:]}"
    row = {"due_text": words, "due_on": later, "due_precision": precision, "due_source": origin}
    first = (
        f'{FILE}, row 2 (d-x-0001), column due_on: found "{later}"; expected {last}; the text says “{words}”'
    )
    assert [problem.startswith(first) for problem in told(with_plan(book, text, row))] == [True], reason
    other = "carried" if origin == "explicit" else "explicit"
    row |= {"due_on": last, "due_source": other}
    start = f'{FILE}, row 2 (d-x-0001), column due_source: found "{other}"; expected {origin}; the year'
    assert [problem.startswith(start) for problem in told(with_plan(book, text, row))] == [True], reason


def test_the_words_that_name_the_year_are_told_with_their_place(book: Book) -> None:
    row = {"due_text": "年底前", "due_on": "2025-12-31", "due_precision": "year", "due_source": "carried"}
    at = len(TITLE)
    assert told(with_plan(book, "2024年6月底前启动,年底前完成。", row)) == [
        f'{FILE}, row 2 (d-x-0001), column due_on: found "2025-12-31"; expected 2024-12-31; '
        f"the text says “年底前”, and “2024年” at {at}–{at + 5}"
    ]


@pytest.mark.parametrize(
    ("text", "words", "source", "reason"),
    [
        ("今年年底前完成。", "今年年底前", {"drawn_up_on": None}, "no day of issue: 今年 may be any year"),
        ("明年年底前完成。", "明年年底前", {"drawn_up_on": None}, "nor 明年"),
        ("次年6月底前完成。", "次年6月底前", {}, "no year is named before 次年"),
        ("建设、当年年底前完成。", "当年年底前", {}, "nor before 当年"),
        ("明年启动,年底前完成。", "年底前", {"drawn_up_on": None}, "and what it governs"),
        ("落实2024年工作要点,翌年3月底前评估。", "翌年3月底前", {}, "a title names none"),
    ],
)
def test_a_year_that_nothing_fixes_is_told_as_unread(
    book: Book, text: str, words: str, source: dict[str, str | None], reason: str
) -> None:
    row = {"due_text": words, "due_on": "2024-12-31", "due_precision": "year", "due_source": "carried"}
    assert told(with_plan(book, text, row, **source)) == [
        f'{FILE}, row 2 (d-x-0001), column due_text: found "{words}"; expected a year that the text or the '
        f'period fixes; "{words}" is no deadline: it names no year, and none was given'
    ], reason


@pytest.mark.parametrize(
    ("table", "ranges", "last", "origin", "reason"),
    [
        ("tasks", ["2024年启动。\n年底前完成。"], "2024-12-31", "carried", "one task of two paragraphs"),
        ("ledger", ["2024年启动。\n年底前完成。"], "2024-12-31", "carried", "one row of a ledger"),
        ("tasks", ["2024年启动。", "年底前完成。"], "2025-12-31", "inherited_year", "two tasks"),
        ("tasks", [], "2025-12-31", "inherited_year", "two paragraphs"),
    ],
)
def test_a_task_holds_its_year_together(
    book: Book, table: str, ranges: list[str], last: str, origin: str, reason: str
) -> None:
    text = "2024年启动。\n年底前完成。"
    row = {"due_text": "年底前", "due_on": last, "due_precision": "year", "due_source": origin}
    more = with_plan(book, text, row)
    frame, raw = getattr(more, table), more.read(SOURCE).raw
    for words in ranges:
        start = raw.index(words)
        place = {"city_id": book.cities[0], "source_id": SOURCE, "start": start, "end": start + len(words)}
        frame = with_row(frame, place)
    origins = more.origins | {table: [("x.csv", at) for at in range(len(frame))]}
    assert told(replace(more, origins=origins, **{table: frame})) == [], reason


@pytest.mark.parametrize(
    ("source", "last", "reason"),
    [
        ({"period_start": "2025-01-01"}, "2025-12-31", "the only year of the plan"),
        ({"drawn_up_on": None, "published_on": "2024-02-01"}, "2024-12-31", "the year it was published"),
        ({"published_on": "2024-01-05"}, "2023-12-31", "drawn up before published"),
    ],
)
def test_what_this_year_is(book: Book, source: dict[str, str | None], last: str, reason: str) -> None:
    row = {"due_text": "今年年底前", "due_on": last, "due_precision": "year", "due_source": "inherited_year"}
    assert told(with_plan(book, "今年年底前完成。", row, **source)) == [], reason


# ── the five documents ─────────────────────────────────────────────────────────


def undated(book: Book) -> Iterator[dict[str, object]]:
    """Yield the deadlines whose words leave out their year."""
    for row in book.records("deadlines"):
        if row["due_source"] != "explicit":
            yield row


def test_of_the_five_plans_one_deadline_carries_its_year(book: Book) -> None:
    """Read one by one: the others stand in tasks or rows of a ledger that name no year before them."""
    origins = {str(row["deadline_id"]): row["due_source"] for row in undated(book)}
    assert [name for name, origin in origins.items() if origin == "carried"] == ["d-dongying-0012"]
    assert len(origins) > 100


# Deadlines as the five plans print them, with the year that their words take and from where.
PRINTED = [
    ("d-dongying-0012", "年内", "2022-12-31", "carried", "2022年,物联网终端总数…;年内 in the same task"),
    ("d-dongying-0006", "年内", "2022-12-31", "inherited_year", "a task that names no year"),
    ("d-dongying-0005", "全年", "2022-12-31", "inherited_year", "the whole of the plan's year"),
    ("d-qingdao-0003", "年內", "2020-12-31", "inherited_year", "Traditional script"),
    ("d-dezhou-0030", "12底前", "2020-12-31", "inherited_year", "a month without its 月"),
    ("d-dezhou-0049", "7月中旬前", "2020-07-20", "inherited_year", "the middle ten days of a month"),
    ("d-jinan-0001", "到2022年年底", "2022-12-31", "explicit", "the goals of a plan of four years"),
    ("d-jinan-0007", "2020年6月底前", "2020-06-30", "explicit", "a task of the same plan, its own year"),
    ("d-dezhou-0109", "到2035年", "2035-12-31", "explicit", "a year after the plan's end"),
]


@pytest.mark.parametrize(
    ("key", "words", "last", "origin", "reason"), PRINTED, ids=[case[-1] for case in PRINTED]
)
def test_another_year_of_a_printed_deadline_is_told(
    book: Book, bench: Bench, key: str, words: str, last: str, origin: str, reason: str
) -> None:
    """The row holds what the plan says; a year more or less, or another origin, is told of that row."""
    row = book.deadlines.set_index("deadline_id").loc[key]
    assert (row["due_text"], f"{row['due_on']:%Y-%m-%d}", row["due_source"]) == (words, last, origin)
    for year in (int(last[:4]) - 1, int(last[:4]) + 1):
        assert ("due_on", key) in told_of(bench, key, due_on=f"{year}{last[4:]}"), reason
    for other in {"explicit", "carried", "inherited_year"} - {origin}:
        assert ("due_source", key) in told_of(bench, key, due_source=other), reason


def told_of(bench: Bench, key: str, **cells: str) -> set[tuple[str | None, str | None]]:
    """Return columns and keys of what is told once cells of a deadline are changed."""
    return {(one.column, one.key) for one in bench.told(edit("deadlines", key, **cells))}


@pytest.mark.parametrize(
    "source", ["dezhou-2020", "dezhou-2023", "dongying-2022", "jinan-2019", "qingdao-2020"]
)
def test_reader_and_tables_agree_on_every_date(book: Book, source: str) -> None:
    """Found in running text and curated by hand: the same days, but for a year that belongs to a thing."""
    reading, rows = book.read(source).reading, book.deadlines[book.deadlines["source_id"] == source]
    found = find_dues(reading.text, years=years_of(book, source))
    read = {reading.to_raw(span): due.on for span, due in found}
    missed = set()
    for row in rows.to_dict("records"):
        days = [
            on for span, on in read.items() if span.start < row["due_end"] and row["due_start"] < span.end
        ]
        if not days:
            missed.add(row["deadline_id"])
            continue
        assert days == [None if pd.isna(row["due_on"]) else row["due_on"].date()], row["deadline_id"]
    assert missed <= {"d-dezhou-0037"}  # 完成2020年省里确定的发卡任务
