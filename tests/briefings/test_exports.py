"""What a reader takes away from a page: the rows shown and no others, as plain values, harmless to open."""

from __future__ import annotations

import base64
import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import openpyxl
import pandas as pd
import pytest
from bs4 import Tag
from openpyxl.worksheet.worksheet import Worksheet

from compare.briefings.exports import COLUMNS, XLSX, Export, export
from compare.briefings.topic.briefing import TopicBriefing
from compare.tables.book import Book
from compare.words.labels import Labels

AS_OF = "2026-11-21"
KINDS = {"csv": "data:text/csv;charset=utf-8;base64,", "xlsx": f"data:{XLSX};base64,"}
MARK = b"\xef\xbb\xbf"
# What makes a spreadsheet take a cell for a formula.
OPENINGS = ("=", "+", "-", "@", "\t", "\r")
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Held:
    """One table in both forms, decoded from its links."""

    csv: bytes
    xlsx: bytes

    @cached_property
    def cells(self) -> list[list[str]]:
        """Return the CSV's lines, the head first, as any reader of CSV has them."""
        return list(csv.reader(io.StringIO(self.csv.decode("utf-8-sig"), newline=""), strict=True))

    @cached_property
    def rows(self) -> Rows:
        """Return the CSV's rows by the key of each column; a chart of gaps has one more column."""
        keys = (*COLUMNS, "gap")[: len(self.cells[0])]
        return [dict(zip(keys, line, strict=True)) for line in self.cells[1:]]

    @cached_property
    def sheet(self) -> Worksheet:
        book = openpyxl.load_workbook(io.BytesIO(self.xlsx))
        (sheet,) = book.worksheets
        return sheet


def decoded(link: str, form: str) -> bytes:
    assert link.startswith(KINDS[form])
    return base64.b64decode(link.removeprefix(KINDS[form]), validate=True)


def held(one: Export) -> Held:
    return Held(decoded(one.csv, "csv"), decoded(one.xlsx, "xlsx"))


# ── in the pages ────────────────────────────────────────────────────────────


def takes(page: Any) -> list[tuple[Tag, dict[str, Tag]]]:
    """Return every offer to take data away: the table it stands under, and its links by their form."""
    found = []
    for offer in page.tree.select("p.take"):
        links = {str(link["download"]).rpartition(".")[2]: link for link in offer.select("a[download]")}
        if set(links) == set(KINDS):
            table = offer.find_previous_sibling(["table", "details"])
            assert table is not None, f"{page.name}: data to take away, and no table above it"
            found.append((table, links))
    return found


def ids_shown(table: Tag) -> list[str]:
    """Return the rows that a table shows, each once, in the order in which they first stand."""
    links = [str(link["href"])[1:] for link in table.select("a.v")]
    own = {str(cell["id"]).removeprefix("v-") for cell in table.select("[id^=v-]")}
    # In the grid a cell may name, beside its own, a figure whose place is elsewhere in the table.
    return [name for name in dict.fromkeys(links) if not own or name in own]


def test_each_table_can_be_taken_away_as_it_stands(page: Any) -> None:
    if not takes(page):
        assert page.briefing.notebook == "deadline_calendar", f"{page.name} gives nothing away"
    for table, links in takes(page):
        made = Held(*(decoded(str(links[form]["href"]), form) for form in ("csv", "xlsx")))
        name, taken = str(links["csv"]["download"]), [row["row"] for row in made.rows]
        assert sorted(taken) == sorted(ids_shown(table)), (page.name, name)
        assert taken == ids_shown(table) or table.name == "table", f"{name}: the order of the chart"
        assert [cell.value for cell in made.sheet[get_column("row")][1:]] == taken


def get_column(key: str) -> str:
    return openpyxl.utils.get_column_letter(list(COLUMNS).index(key) + 1)


def test_every_chart_and_the_table_of_a_topic_can_be_taken_away(topic_page: Any) -> None:
    charts = topic_page.tree.select("details.twin")
    tables = [topic_page.one("table.grid")]
    under = [table for table, _ in takes(topic_page)]
    assert len(under) == len(charts) + len(tables)
    assert all(any(table is one for one in under) for table in (*charts, *tables))


def test_files_are_named_for_what_is_in_them(page: Any) -> None:
    """A folder of downloads must tell them apart: page, chart, form; the same stem in each form."""
    stems = []
    for _, links in takes(page):
        names = [str(link["download"]) for link in links.values()]
        stem = names[0].removesuffix(".csv")
        assert names == [f"{stem}.csv", f"{stem}.xlsx"]
        picture = links["csv"].find_parent("p").find("button", class_="svg")
        assert picture is None or picture["data-name"] == f"{stem}.svg"
        assert re.fullmatch(r"[a-z0-9]+([_-][a-z0-9]+)*", stem), stem
        given = page.briefing.parameters
        assert stem.split("-")[0] == given.get("topic", given.get("city", page.name.split(".")[0]))
        stems.append(stem)
    assert len(set(stems)) == len(stems)


def test_a_chart_of_gaps_gives_both_figures_and_what_lies_between(page: Any) -> None:
    """Each row of the table twin: the city's figure with the gap in words, then the one it stands beside."""
    for table, links in takes(page):
        made = Held(*(decoded(str(links[form]["href"]), form) for form in ("csv", "xlsx")))
        lines = [line for line in table.select("tr") if len(line.select("td")) == 6]
        assert bool(lines) == ("gap" in (made.rows or [{}])[0]), links["csv"]["download"]
        gaps = {row["row"]: row["gap"] for row in made.rows if lines}
        for line in lines:
            own, other = (str(link["href"])[1:] for link in line.select("a.v"))
            assert gaps[own] == line.select("td")[-1].get_text().strip() != ""
            assert other in gaps


def test_pages_hold_no_formula_and_nothing_that_python_writes(page: Any) -> None:
    for _, links in takes(page):
        made = Held(*(decoded(str(links[form]["href"]), form) for form in ("csv", "xlsx")))
        assert not [cell for line in made.cells for cell in line if cell.startswith(OPENINGS)]
        assert not {"nan", "NaN", "NaT", "None", "<NA>"} & {cell for line in made.cells for cell in line}
        assert {cell.data_type for line in made.sheet.iter_rows() for cell in line} <= {"s", "n"}


# ── one file ────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module", params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


# Base stations bear values with and without a bound, a draft, words without a number, two scripts.
TOPIC = "5g"


@pytest.fixture(scope="module")
def made(lang: str, brief: Callable[..., TopicBriefing]) -> TopicBriefing:
    return brief(TOPIC, lang)


@pytest.fixture(scope="module")
def every(made: TopicBriefing) -> Held:
    """Return all statements and all figures from elsewhere on a topic as one table."""
    return held(export(made, "all", made.numbers))


def test_the_csv_opens_in_any_spreadsheet(every: Held) -> None:
    """A mark says UTF-8, lines end as RFC 4180 has them, and nothing but the rows is in the file."""
    assert every.csv.startswith(MARK) and every.csv.count(MARK) == 1
    again = io.StringIO(newline="")
    csv.writer(again, lineterminator="\r\n").writerows(every.cells)
    assert again.getvalue().encode("utf-8-sig") == every.csv
    assert {len(line) for line in every.cells} == {len(COLUMNS)}


def test_heads_are_words_of_the_page(every: Held, made: TopicBriefing) -> None:
    heads = [made.prose.sections[f"export.{key}"] for key in COLUMNS]
    assert every.cells[0] == [cell.value for cell in every.sheet[1]] == heads
    assert len(set(heads)) == len(heads)


def test_rows_are_those_asked_for_each_once_in_the_order_given(made: TopicBriefing) -> None:
    asked = ["t-dongying-0008", "m-jinan-0001", "t-dezhou-0003", "t-dongying-0008"]
    asked = [name for name in asked if name in made.numbers]
    assert len(asked) >= 3
    taken = held(export(made, "some", asked))
    assert [row["row"] for row in taken.rows] == list(dict.fromkeys(asked))
    assert held(export(made, "none", [])).rows == []


def test_both_forms_hold_the_same(every: Held) -> None:
    for line, cells in zip(every.cells, every.sheet.iter_rows(), strict=True):
        for text, cell in zip(line, cells, strict=True):
            said = "" if cell.value is None else str(cell.value)
            assert text.removeprefix("'" if said.startswith(OPENINGS) else "") == said, cell.coordinate


def test_values_are_those_of_the_tables(every: Held, raw: Callable[[str], Rows], made: TopicBriefing) -> None:
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
            assert row["status"] == Labels(made.book, made.lang).confidence(fact["confidence"])
            continue
        said = targets.get(row["row"]) or mentions[row["row"]]
        assert row["quote"] == said["quote"]
        document = sources[said["source_id"]]
        assert row["source"].startswith(document["title_zh"])
        assert row["source"].endswith(document["document_number"])
        assert (row["low"], row["high"]) == (said.get("value_low", ""), said.get("value_high", ""))
        assert bool(row["value"]) == bool(row["unit"]) == (row["row"] in targets)
    assert seen == {"t-", "m-", "g-", "o-"}


def test_numbers_are_numbers_in_a_spreadsheet(every: Held) -> None:
    """Whoever sums a column must not have to turn text into numbers first."""
    for key in ("low", "high"):
        column = [cell for cell in every.sheet[get_column(key)][1:] if cell.value is not None]
        assert column and all(isinstance(cell.value, int | float) for cell in column)
    texts = [
        cell for key in COLUMNS if key not in ("low", "high") for cell in every.sheet[get_column(key)][1:]
    ]
    assert all(isinstance(cell.value, str | None) for cell in texts)


def test_drafts_are_marked_by_their_status(every: Held, raw: Callable[[str], Rows], lang: str) -> None:
    status = {row["source_id"]: row["status"] for row in raw("sources")}
    rows = {row[key]: row for table, key in (("targets", "target_id"), ("mentions", "mention_id"))
            for row in raw(table)}  # fmt: skip
    said = {"zh": "代拟稿", "en": "draft"}[lang]
    marked = {row["row"] for row in every.rows if row["status"] == said}
    of_drafts = {row["row"] for row in every.rows
                 if row["row"] in rows and status[rows[row["row"]]["source_id"]] == "draft"}  # fmt: skip
    assert marked == of_drafts and of_drafts


def altered(book: Book, row_id: str, quote: str) -> Book:
    targets = book.targets.copy()
    targets.loc[targets["target_id"] == row_id, "quote"] = quote
    return replace(book, targets=targets)


@pytest.mark.parametrize("opening", OPENINGS)
def test_a_cell_that_looks_like_a_formula_is_harmless(book: Book, opening: str) -> None:
    """Quotes are scraped: one that opens with a sign must not run in the reader's spreadsheet."""
    words = f'{opening}HYPERLINK("http://example.org","开")'
    brief = TopicBriefing(altered(book, "t-dongying-0008", words), TOPIC, "zh", AS_OF, book.cities)
    taken = held(export(brief, "one", ["t-dongying-0008"]))
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
def test_words_come_through_unchanged(book: Book, words: str, reason: str) -> None:
    brief = TopicBriefing(altered(book, "t-dongying-0008", words), TOPIC, "zh", AS_OF, book.cities)
    taken = held(export(brief, "one", ["t-dongying-0008"]))
    cell = taken.sheet[get_column("quote")][1]
    assert taken.rows[0]["quote"] == cell.value == words, reason
    assert cell.data_type == "s"


def test_what_is_missing_stays_empty(book: Book) -> None:
    """An open side is no zero, and a row without a value has no unit and no bound."""
    brief = TopicBriefing(book, TOPIC, "en", AS_OF, book.cities)
    taken = held(export(brief, "all", brief.rows))
    rows = {row["row"]: row for row in taken.rows}
    bounded = [row for row in rows.values() if row["value"].startswith(("≥", ">"))]
    assert bounded and all(row["low"] and not row["high"] for row in bounded)
    words = [row for name, row in rows.items() if name.startswith("m-")]
    assert words and all(
        {row[key] for key in ("value", "low", "high", "unit", "due")} == {""} for row in words
    )


def test_the_same_rows_give_the_same_bytes(book: Book, made: TopicBriefing, every: Held) -> None:
    """Over a briefing made anew; in the file no clock has left its time."""
    anew = TopicBriefing(book, TOPIC, made.lang, AS_OF, book.cities)
    again = held(export(anew, "all", anew.numbers))
    assert (again.csv, again.xlsx) == (every.csv, every.xlsx)
    with zipfile.ZipFile(io.BytesIO(every.xlsx)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(io.BytesIO(every.xlsx)).properties
    assert pd.Timestamp(AS_OF) == properties.created == properties.modified


def test_another_day_changes_the_date_of_the_file_alone(book: Book, made: TopicBriefing, every: Held) -> None:
    later = TopicBriefing(book, TOPIC, made.lang, "2027-01-01", book.cities)
    taken = held(export(later, "all", later.numbers))
    assert taken.csv == every.csv and taken.xlsx != every.xlsx
