"""The workbook, read back as a file: held against the bare CSV, never against the code that wrote it."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

import compare
from compare.charts.look import colours
from compare.errors import CompareError
from compare.outputs.workbook.book import workbook
from compare.outputs.workbook.file import TALLEST, escaped, lines_of, put
from compare.outputs.workbook.ledger import ledger_sheet
from compare.outputs.workbook.sheets import fact_sheet
from compare.outputs.workbook.styles import paint
from compare.outputs.workbook.table import sheet_name
from compare.outputs.workbook.words import Words
from compare.tables.book import Book
from compare.words.called import STATE
from compare.words.messages import Messages, placeholders, read_messages

AS_OF, EDITION = "2026-11-21", "2026.11"
DAY = datetime.date.fromisoformat(AS_OF)
COVER, LEDGER, DEADLINES = "封面 Cover", "任务台账 Task ledger", "期限 Deadlines"
COVERAGE, SOURCES = "覆盖情况 Coverage", "文件清单 Documents"
FACTS = {"outcomes": "实绩 Outcomes", "outside_targets": "他处的目标 Outside targets"}
Rows = list[dict[str, str]]
Raw = Callable[[str], Rows]
Shown = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def made(book: Book) -> tuple[bytes, set[str]]:
    """Return the workbook of the repository's tables, and the sections of the prose that were said for it."""
    said: set[str] = set()
    say = Messages.say

    def listening(self: Messages, section: str, /, **values: object) -> str:
        said.add(section)
        return say(self, section, **values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Messages, "say", listening)
        return workbook(book, AS_OF, EDITION), said


@pytest.fixture(scope="module")
def content(made: tuple[bytes, set[str]]) -> bytes:
    return made[0]


@pytest.fixture(scope="module")
def file(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def heads(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[1]]


def rows_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """Return the rows of a sheet by the Chinese of their heads; dates as days."""
    names = [head.split(" ")[0] for head in heads(sheet)]
    made = []
    for cells in sheet.iter_rows(min_row=2, values_only=True):
        days = [cell.date() if isinstance(cell, datetime.datetime) else cell for cell in cells]
        made.append(dict(zip(names, days, strict=True)))
    return made


@pytest.fixture(scope="module")
def shown(file: Workbook) -> Shown:
    """Return the rows of every sheet but the cover."""
    return {sheet.title: rows_of(sheet) for sheet in tables(file)}


def tables(file: Workbook) -> list[Worksheet]:
    return [sheet for sheet in file.worksheets if sheet.title != COVER]


@pytest.fixture(scope="module")
def statements(raw: Raw) -> dict[str, dict[str, str]]:
    """Return every target, status and unquantified mention of the CSVs by id, with its topic."""
    topic_of = {row["indicator_id"]: row["topic_id"] for row in raw("indicators")}
    mentions = [row for row in raw("mentions") if row["class"] == "unquantified"]
    return {
        row.get("target_id") or row["mention_id"]: row | {"topic": topic_of[row["indicator_id"]]}
        for row in [*raw("targets"), *mentions]
    }


def test_every_statement_stands_once_by_topic_and_once_by_city(
    shown: Shown, raw: Raw, statements: dict[str, dict[str, str]]
) -> None:
    names = {row["topic_id"]: row["name_zh"] for row in raw("topics")}
    for topic, name in names.items():
        wanted = sorted(key for key, row in statements.items() if row["topic"] == topic)
        held = sorted(row["编号"] for row in shown[name]) if name in shown else []
        assert held == wanted, topic
    for place in raw("places"):
        wanted = sorted(key for key, row in statements.items() if row["city_id"] == place["place_id"])
        title = f"{place['name_zh']} {place['name_en']}"
        held = sorted(row["编号"] for row in shown[title]) if title in shown else []
        assert held == wanted, title


def test_what_is_due_by_the_end_of_a_year_names_no_day(
    shown: Shown, statements: dict[str, dict[str, str]], raw: Raw
) -> None:
    """A mention has its due date from the deadline over its commitment, as exact as that is."""
    exact = {
        (row["source_id"], row["start"], row["end"]): deadline["due_precision"]
        for row in raw("commitments")
        for deadline in raw("deadlines")
        if deadline["deadline_id"] == row["deadline_id"]
    }
    words = {"year": "{0.year}年底 end-{0.year}", "month": "{0.year}年{0.month}月底 end of {0:%B} {0.year}"}
    told = 0
    for row in shown["智慧社区"] + shown["政务服务"] + shown["5G与通信网络"]:
        cells = statements[row["编号"]]
        if "mention_id" not in cells or not cells["due_on"]:
            continue
        [precision] = [
            precision
            for (source, start, end), precision in exact.items()
            if source == cells["source_id"]
            and int(start) <= int(cells["quote_start"])
            and int(cells["quote_end"]) <= int(end)
        ]
        assert row["期限（文字）"] == words[precision].format(row["期限"]), row["编号"]
        told += precision == "year"
    assert told


def test_notes_on_documents_name_titles_and_say_their_language(
    shown: Shown, file: Workbook, raw: Raw
) -> None:
    ids = {row["source_id"]: row["title_zh"] for row in raw("sources")}
    assert "说明（中文） Note (in Chinese)" in heads(file[SOURCES])
    notes = {row["文件编号"]: row["说明（中文）"] or "" for row in shown[SOURCES]}
    notes |= {f"{at}": row["说明"] or "" for at, row in enumerate(shown[COVERAGE])}
    assert not any(re.search(rf"\b{name}\b", note, re.ASCII) for note in notes.values() for name in ids)
    named = {
        row["source_id"]: one for row in raw("sources") for one in ids if row["note"].startswith(f"{one} 的")
    }
    assert named and all(notes[name].startswith(f"《{ids[one]}》的") for name, one in named.items())


def test_statements_say_what_the_tables_say(
    shown: Shown, raw: Raw, statements: dict[str, dict[str, str]]
) -> None:
    sources = {row["source_id"]: row for row in raw("sources")}
    english = {row["row_id"]: row["quote_en"] for row in raw("translations")}
    number = {"下限": "value_low", "上限": "value_high", "原文起": "quote_start", "数值止": "value_end"}
    text = {"原文": "quote", "重申哪条": "restates_target_id", "期限原文": "due_text", "说明": "note"}
    for name in ("5G与通信网络", "智慧社区", "政务服务", "东营 Dongying"):
        for row in shown[name]:
            cells, source = statements[row["编号"]], sources[statements[row["编号"]]["source_id"]]
            for head, column in number.items():
                assert row[head] == (float(cells[column]) if cells.get(column) else None), row["编号"]
                assert not isinstance(row[head], str)
            for head, column in text.items():
                assert (row[head] or "") == cells.get(column, ""), row["编号"]
            assert (row["期限"] or "") == (cells["due_on"] and datetime.date.fromisoformat(cells["due_on"]))
            assert (row["原文英译"] or "") == english.get(row["编号"], "")
            assert (
                row["文件"] == source["title_zh"] and (source["document_number"] or "无文号") in row["文号"]
            )


ACTS = {
    "begin": ("启动", "begun"),
    "build": ("建设", "built"),
    "open": ("投用", "put into use"),
    "reach": ("达到", "a level reached"),
    "list": ("列名或认定", "listed or recognised"),
    "other": ("其他", "something else"),
}


def test_a_statement_names_every_act_of_its_words(
    shown: Shown, statements: dict[str, dict[str, str]]
) -> None:
    """What is built and put into use is both: neither act is dropped, the one before stands first."""
    seen = set()
    held = [row for rows in shown.values() for row in rows if row.get("编号") in statements and "数值" in row]
    assert len(held) == 2 * len(statements), "by topic and by city"
    for row in held:
        cells = statements[row["编号"]]
        acts = [cells[name] for name in ("also_act", "act") if cells.get(name)]
        zh, en = "并".join(ACTS[one][0] for one in acts), " and ".join(ACTS[one][1] for one in acts)
        assert (row["行为"] or "") == f"{zh} {en}".strip(), row["编号"]
        seen.add(len(acts))
    assert seen == {0, 1, 2}


@pytest.mark.parametrize(
    ("row_id", "value", "low", "high", "reason"),
    [
        ("t-dongying-0001", "≥70个", 70, None, "以上 leaves the upper side open"),
        ("t-dongying-0002", ">30%", 30, None, "超过 is more than, percent as 30"),
        ("t-dezhou-0001", "1500个", 1500, 1500, "a plain number bears no sign"),
        ("m-jinan-0001", "有提法，无数字", None, None, "words are no zero"),
    ],
)
def test_values_bear_their_bounds(
    shown: Shown, row_id: str, value: str, low: float | None, high: float | None, reason: str
) -> None:
    found = [row for rows in shown.values() for row in rows if row.get("编号") == row_id and "数值" in row]
    held = {(row["数值"], row["下限"], row["上限"]) for row in found}
    assert len(found) == 2 and held == {(value, low, high)}, reason


def test_a_city_is_sorted_by_due_date_and_undated_ones_come_last(shown: Shown) -> None:
    for name in ("济南 Jinan", "青岛 Qingdao", "东营 Dongying", "德州 Dezhou"):
        days = [row["期限"] or datetime.date.max for row in shown[name]]
        assert days == sorted(days) and len(set(days)) > 1


def test_drafts_say_so_in_words_wherever_they_stand(shown: Shown, raw: Raw) -> None:
    drafts = {row["source_id"] for row in raw("sources") if row["status"] == "draft"}
    assert drafts
    seen = set()
    for title, rows in shown.items():
        if "文件状态" in rows[0]:
            told = {row["文件编号"] for row in rows if "代拟稿 draft" in row["文件状态"]}
            assert told == drafts & {row["文件编号"] for row in rows}, title
            seen |= told
    assert seen == drafts


def test_the_ledger_holds_every_promise_task_and_printed_row(shown: Shown, raw: Raw) -> None:
    rows = shown[LEDGER]
    held = [one for row in rows for one in (row["承诺编号"] or "").split("; ") if one]
    assert sorted(held) == sorted(row["commitment_id"] for row in raw("commitments"))
    tasks = {row["任务编号"] for row in rows} - {None}
    assert tasks == {row["task_id"] for row in raw("tasks")} | {row["ledger_id"] for row in raw("ledger")}


def test_promises_stand_with_their_deadline_their_task_and_their_words(shown: Shown, raw: Raw) -> None:
    promises = {row["commitment_id"]: row for row in raw("commitments")}
    deadlines = {row["deadline_id"]: row for row in raw("deadlines")}
    printed = {row["ledger_id"]: row for row in raw("ledger")}
    for row in shown[LEDGER]:
        due = deadlines.get(row["期限编号"] or "", {})
        assert (row["期限原文"] or "") == due.get("due_text", "")
        assert (row["期限"].isoformat() if row["期限"] else "") == due.get("due_on", "")
        for one in (promises[key] for key in (row["承诺编号"] or "").split("; ") if key):
            assert one["deadline_id"] == (row["期限编号"] or "")
            assert row["起"] <= int(one["start"]) and int(one["end"]) <= row["止"]
            entry = printed.get(row["任务编号"] or "")
            assert one["task_id"] == ("" if entry else row["任务编号"] or "")
            said = (row["工作计划"] or "").split("\n")
            assert one["action_zh"] in said or (entry and one["action_zh"] in entry["task_zh"])


def test_printed_ledger_rows_keep_their_words(shown: Shown, raw: Raw) -> None:
    rows = {row["任务编号"]: row for row in shown[LEDGER]}
    for entry in raw("ledger"):
        row = rows[entry["ledger_id"]]
        assert (row["单位"], row["任务"]) == (entry["unit_zh"], entry["task_zh"])
        assert (row["其他牵头单位"] or "") == entry["other_leads_zh"] and row["任务序号"] == entry["number"]
        planned = {
            line
            for one in shown[LEDGER]
            if one["任务编号"] == entry["ledger_id"]
            for line in (one["工作计划"] or "").split("\n")
        }
        # Nothing of the task column is told twice, and nothing of the plan is lost.
        assert all(line in entry["plan_zh"] for line in planned), entry["ledger_id"]


def test_units_are_those_the_document_names_and_no_others(shown: Shown, raw: Raw) -> None:
    names = {row["agency_id"]: row["name_zh"] for row in raw("agencies")}
    tasks = {row["task_id"]: row for row in raw("tasks")}
    met = set()
    for row in shown[LEDGER]:
        task = tasks.get(row["任务编号"] or "")
        if row["任务编号"] is None:
            assert row["单位"] is row["责任单位"] is None and "不在任何一项任务之下" in row["备注"]
        if task is None:
            continue
        lead, support, responsible = (
            [names[one] for one in task[f"{role}_ids"].split(";") if one]
            for role in ("lead", "support", "responsible")
        )
        assert (row["配合单位"] or "") == "、".join(support)
        assert (row["责任单位"] or "") == "、".join(responsible)
        assert (row["单位"] or "") == (lead[0] if lead else "、".join(responsible))
        assert (row["其他牵头单位"] or "") == "、".join(lead[1:])
        told = "未写责任单位" in (row["备注"] or ""), "未写牵头单位" in (row["备注"] or "")
        assert told == (not (lead or support or responsible), bool(responsible and not lead))
        met.add((bool(lead), told))
    assert len(met) == 3, "tasks with leads, with responsible units only, and without any"


@pytest.mark.parametrize(
    ("due_on", "recurrence", "as_of", "state"),
    [
        (datetime.date(2022, 12, 31), None, "2022-12-31", "已到期 due"),
        (datetime.date(2022, 12, 31), None, "2022-12-30", "未到期 not yet due"),
        (pd.Timestamp(2022, 12, 31), float("nan"), "2023-01-01", "已到期 due"),
        (pd.NaT, "quarter", AS_OF, "每期 recurring"),
        (pd.NaT, float("nan"), AS_OF, "未写期限 no date"),
        (None, None, AS_OF, "未写期限 no date"),
    ],
    ids=["its own day", "the day before", "the day after", "recurring", "no date in a table", "no deadline"],
)
def test_states(book: Book, due_on: Any, recurrence: Any, as_of: str, state: str) -> None:
    assert Words(book, datetime.date.fromisoformat(as_of)).state(due_on, recurrence) == state


def test_states_follow_from_the_dates(shown: Shown) -> None:
    met = set()
    for row in [*shown[LEDGER], *shown[DEADLINES]]:
        dated = "已到期" if row["期限"] and row["期限"] <= DAY else "未到期"
        without = "每期" if row["周期"] else "未写期限"
        assert row["状态"].split(" ")[0] == (dated if row["期限"] else without)
        met.add(row["状态"])
    assert len(met) == 4


def test_deadlines_stand_with_what_they_govern(shown: Shown, raw: Raw) -> None:
    rows = shown[DEADLINES]
    assert sorted(row["编号"] for row in rows) == sorted(row["deadline_id"] for row in raw("deadlines"))
    for row in rows:
        promises = [one for one in raw("commitments") if one["deadline_id"] == row["编号"]]
        assert row["承诺条数"] == len(promises)
        assert all(one["action_zh"] in row["所管的承诺"] for one in promises) and row["所管的承诺"]
    days = [row["期限"] or datetime.date.max for row in rows]
    assert days == sorted(days)


def test_coverage_says_which_absence_it_is(shown: Shown, book: Book, raw: Raw) -> None:
    rows = shown[COVERAGE]
    cities = set(book.cities)
    headline = [row for row in raw("indicators") if row["headline"] == "yes"]
    documents = [row for row in raw("sources") if row["place_id"] in cities]
    assert len(rows) == len(headline) * len(documents)
    absent = {row["source_id"] for row in documents if row["status"] == "not_obtained"}
    for row in rows:
        assert ("未获得文件" in row["覆盖状态"]) == (row["文件编号"] in absent)
        assert bool(row["证据"]) == bool(row["编号"])
        assert (row["命中处数"] is None) == (row["检索词"] is None) == (row["文件编号"] in absent)
    silent = [row for row in rows if "未提及" in row["覆盖状态"]]
    assert silent and all(row["证据"] is None for row in silent)


def test_sources_are_all_there(shown: Shown, raw: Raw) -> None:
    rows = {row["文件编号"]: row for row in shown[SOURCES]}
    assert sorted(rows) == sorted(row["source_id"] for row in raw("sources"))
    for source in raw("sources"):
        row = rows[source["source_id"]]
        assert (row["校验和（SHA-256）"] or "") == source["sha256"]
        assert ("未获得" in row["文件状态"]) == (source["status"] == "not_obtained")
        assert ("无文号" in row["文号"]) <= (source["status"] != "not_obtained"), "unseen, so unknown"


@pytest.mark.parametrize("table", FACTS)
def test_figures_from_elsewhere(book: Book, shown: Shown, raw: Raw, table: str) -> None:
    if not raw(table):
        assert FACTS[table] not in shown
        pytest.skip(f"{table} is empty")
    rows = {row["编号"]: row for row in shown[FACTS[table]]}
    assert sorted(rows) == sorted(row["fact_id"] for row in raw(table))
    places = {row["place_id"]: row["name_zh"] for row in raw("places")}
    for fact in raw(table):
        row = rows[fact["fact_id"]]
        assert row["值"] == float(fact["value"]) and row["出处"] == fact["source_title"]
        assert row["地方"].startswith(places[fact["place_id"]])
        for head, column in {"行为": "act", "兼行为": "also_act"}.items():
            said = " ".join(ACTS[fact[column]]) if fact.get(column) else ""
            assert (row.get(head) or "") == said, fact["fact_id"]
        assert (row["网址"], row["查阅时间"]) == (fact["url"], fact["seen"])
        assert row["发布者性质"] and row["所见文本"], "publisher and copy in words"


@pytest.mark.parametrize("table", FACTS)
def test_figures_come_in_whatever_columns_there_are(book: Book, table: str) -> None:
    cells = {
        "fact_id": "o-x-0001",
        "place_id": "jinan",
        "indicator_id": float("nan"),
        "measure_id": "gdp",
        "comparator": "ge",
        "value": 12.5,
        "unit_id": "percent",
        "basis": "rate",
        "confidence": "hearsay",
        "date_on": pd.Timestamp(2023, 12, 31),
        "scope_zh": "全市",
        "brand_new": "=1+1",
        "url": "http://example.org",
    }
    sheet = fact_sheet(Words(replace(book, **{table: pd.DataFrame([cells])}), DAY), table)
    assert sheet and sheet.name == FACTS[table]
    row = sheet.rows[0].cells
    by_head = {column.head: row.get(column.key) for column in sheet.columns}
    assert by_head["数值 Value"] == "≥12.5%" and by_head["值 Number"] == 12.5
    assert by_head["地方 Place"] == "济南 Jinan" and by_head["量 Measure"].startswith("地区生产总值")
    assert by_head["brand_new brand new"] == "=1+1" and by_head["指标 Indicator"] is None
    assert by_head["可信度 Confidence"] == "hearsay", "a code without words is shown, not dropped"
    assert by_head["网址 Address"] == "http://example.org", "an address stands as plain text"
    empty = replace(book, **{table: pd.DataFrame(columns=list(cells))})
    assert fact_sheet(Words(empty, DAY), table) is None


def test_the_cover_leads_to_every_sheet(file: Workbook) -> None:
    cover = file[COVER]
    assert file.sheetnames[0] == COVER and file.active.title == COVER
    links = {cell.value: cell.hyperlink for row in cover.iter_rows() for cell in row if cell.hyperlink}
    assert list(links) == file.sheetnames[1:]
    for title, link in links.items():
        assert link.location == f"'{title}'!A1" and link.target is None
        assert cover.cell(cover[link.ref].row, 2).value == file[title].max_row - 1


def test_the_cover_names_documents_edition_day_licence_and_citation(file: Workbook, raw: Raw) -> None:
    said = "\n".join(str(cell.value) for row in file[COVER].iter_rows() for cell in row if cell.value)
    for source in raw("sources"):
        assert bool(source["sha256"] and source["sha256"] in said) == bool(source["path"])
    for words in ("CC BY 4.0", "代拟稿 draft", EDITION, AS_OF, "≥", "当期数 in the period", "@misc"):
        assert words in said
    assert all(words in said for state, words in STATE["zh"].items() if state != "other_year")
    days = [cell for row in file[COVER].iter_rows() for cell in row if cell.is_date]
    assert [cell.value.date() for cell in days] == [DAY]


def test_heads_are_in_both_languages_and_stay_in_sight(file: Workbook) -> None:
    for sheet in tables(file):
        assert all(re.search(r"[一-鿿].* [A-Z(]", head) for head in heads(sheet)), sheet.title
        assert len(set(heads(sheet))) == sheet.max_column, sheet.title
        split = re.fullmatch(r"([B-Z])2", sheet.freeze_panes)
        assert split and ord(split[1]) - ord("A") <= 3
        assert sheet.auto_filter.ref == f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
        assert all(7 < sheet.column_dimensions[cell.column_letter].width < 80 for cell in sheet[1])


def test_sheets_print_across_a4(file: Workbook) -> None:
    for sheet in file.worksheets:
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == (
            "landscape",
            9,
            1,
            0,
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("&A", "&P / &N")
        # Wider pages would be shrunk beyond what can be read.
        last = sheet.print_area.rpartition(":")[2].strip("$0123456789").replace("$", "")
        printed = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
        at = [cell.column_letter for cell in sheet[1]].index(last)
        assert sum(printed[: at + 1]) <= 270, sheet.title
        if sheet.title != COVER:
            assert sheet.print_title_rows == "$1:$1"


def test_no_row_is_taller_than_a_row_can_be(file: Workbook) -> None:
    for sheet in file.worksheets:
        tall = [row for row, size in sheet.row_dimensions.items() if size.height and size.height >= TALLEST]
        assert tall == [], f"{sheet.title}: words would be out of sight"


@pytest.mark.parametrize(
    ("text", "width", "lines", "reason"),
    [
        (None, 10, 1, "an empty cell"),
        (2000, 3, 1, "numbers do not wrap"),
        ("短", 10, 1, "short"),
        ("一二三四五六七八九十", 10, 3, "a sign takes two digits, and the walls a little"),
        ("one\ntwo\nthree", 40, 3, "line ends"),
        ("x" * 40, 11, 5, "a word too long for a line is broken"),
    ],
)
def test_lines_are_reckoned(text: Any, width: float, lines: int, reason: str) -> None:
    assert lines_of(text, width) == lines, reason


def test_cells_hold_what_they_seem_to(file: Workbook) -> None:
    kinds = {cell.data_type for sheet in file.worksheets for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n", "d"}, "no formula, no error"
    for sheet in tables(file):
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                assert cell.data_type != "d" or cell.number_format == 'yyyy"年"m"月"d"日"'
                assert cell.alignment.wrap_text and cell.value != ""


def test_cities_bear_their_colours(file: Workbook, book: Book) -> None:
    wanted = {key: "FF" + colour[1:] for key, colour in colours(book.cities).items()}
    names = {f"{row['name_zh']} {row['name_en']}": row["place_id"] for row in book.records("places")}
    for cell in file["5G与通信网络"]["A"][1:]:
        assert cell.font.color.rgb == wanted[names[cell.value]]
    assert {file[name].sheet_properties.tabColor.rgb[2:] for name in names if name in file.sheetnames} == {
        colour[2:] for colour in wanted.values()
    }


@pytest.mark.parametrize(
    ("text", "stored", "prefixed", "reason"),
    [
        ("=SUM(A1:A9)", "=SUM(A1:A9)", True, "a formula"),
        ("+86", "+86", True, "a sign that Excel takes for a formula's"),
        ("-1", "-1", True, "a minus"),
        ("@misc", "@misc", True, "an old formula's sign"),
        ("\t=1", "\t=1", True, "a tab hides a sign"),
        ("#N/A", "#N/A", False, "an error by its looks"),
        ("2022-12-31", "2022-12-31", False, "a date by its looks"),
        ("甲\r乙", "甲_x000D_乙", False, "XML readers turn CR into LF"),
        ("甲\n乙", "甲\n乙", False, "a line end is a line end"),
        ("甲\x00乙\x1f", "甲_x0000_乙_x001F_", False, "XML has no sign for these"),
        ("_x000D_", "_x005F_x000D_", False, "words that look like an escape"),
        ("𠮷", "𠮷", False, "two UTF-16 units are one sign"),
    ],
)
def test_text_stays_text(text: str, stored: str, prefixed: bool, reason: str) -> None:
    file = Workbook()
    paint(file, {})
    put(file.active["A1"], text, "text")
    out = BytesIO()
    file.save(out)
    cell = load_workbook(BytesIO(out.getvalue())).active["A1"]
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == (stored, "s", prefixed), reason


def test_nothing_is_lost_on_the_way() -> None:
    every = "".join(map(chr, [*range(0x300), 0xFFFE, 0xFFFF])) + "_x0041__x005F_"
    back = re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), escaped(every))
    assert back == every


def test_dangerous_quotes_reach_the_file_as_text(book: Book) -> None:
    quotes = book.targets["quote"].copy()
    quotes.iloc[0], quotes.iloc[1] = '=HYPERLINK("http://example.org")', "甲\x0b乙\r丙"
    changed = replace(book, targets=book.targets.assign(quote=quotes)[:2])
    file = load_workbook(BytesIO(workbook(changed, AS_OF, EDITION)))
    found = {cell.value: cell.data_type for row in file["济南 Jinan"].iter_rows() for cell in row}
    assert found['=HYPERLINK("http://example.org")'] == "s" and found["甲_x000B_乙_x000D_丙"] == "s"


def test_text_that_no_cell_can_hold_is_refused_by_name(book: Book) -> None:
    notes = book.targets["note"].copy()
    notes.iloc[2] = "长" * 32_768
    changed = replace(book, targets=book.targets.assign(note=notes))
    with pytest.raises(CompareError) as error:
        workbook(changed, AS_OF, EDITION)
    key = book.targets["target_id"].iloc[2]
    # It stands on its topic's sheet and on its city's.
    assert [problem.key for problem in error.value.problems] == [key, key]
    assert "column 说明 Note" in str(error.value) and '"32768 characters"' in str(error.value)


def test_a_day_that_is_none_is_refused(book: Book) -> None:
    with pytest.raises(CompareError, match='column as_of: found "21.11.2026"'):
        workbook(book, "21.11.2026", EDITION)


@pytest.mark.parametrize(
    ("wanted", "taken", "name", "reason"),
    [
        ("5G与通信网络", [], "5G与通信网络", "as it is"),
        ("数据/共享[甲]?", [], "数据／共享（甲）？", "signs that XLSX refuses"),
        ("智慧社区", ["智慧社区"], "智慧社区 (2)", "taken"),
        ("GOV", ["gov", "gov (2)"], "GOV (3)", "names differ by more than case"),
        ("长" * 40, [], "长" * 31, "too long"),
        ("长" * 40, ["长" * 31], "长" * 27 + " (2)", "too long and taken"),
        ("'x'", [], "’x’", "no apostrophe at the edge"),
        ("", [], "—", "a name there must be"),
    ],
)
def test_sheet_names(wanted: str, taken: list[str], name: str, reason: str) -> None:
    assert sheet_name(wanted, taken) == name, reason


def test_names_of_sheets_are_valid_and_unique(file: Workbook) -> None:
    names = file.sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_the_clock_leaves_no_mark(content: bytes, file: Workbook) -> None:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {part.create_system for part in parts.infolist()} == {0}
        names = parts.namelist()
        assert names[0] == "[Content_Types].xml" and names[1:] == sorted(names[1:])
        assert not any("external" in name.lower() for name in names)
        assert not any(b'TargetMode="External"' in parts.read(name) for name in names if ".rels" in name)
    properties = file.properties
    assert properties.created == properties.modified == datetime.datetime(2026, 11, 21)
    assert properties.version == EDITION


def test_another_run_gives_the_same_bytes(root: Path, content: bytes, tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, compare\n"
        "from compare.outputs.workbook.book import workbook\n"
        f"made = workbook(compare.load({str(root)!r}), {AS_OF!r}, {EDITION!r})\n"
        "pathlib.Path(sys.argv[1]).write_bytes(made)\n"
    )
    source = str(Path(compare.__file__).parents[1])
    settings = os.environ | {"PYTHONPATH": source, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "again.xlsx")], check=True, env=settings)
    assert (tmp_path / "again.xlsx").read_bytes() == content


def test_the_day_changes_states_and_nothing_else_of_the_ledger(book: Book) -> None:
    later, earlier = (ledger_sheet(Words(book, day)).rows for day in (DAY, datetime.date(2019, 1, 1)))
    states = {row.cells["state"] for row in earlier}
    assert states == {"未到期 not yet due", "每期 recurring", "未写期限 no date"}
    for left, right in zip(later, earlier, strict=True):
        assert {**left.cells, "state": ""} == {**right.cells, "state": ""}


@pytest.fixture(scope="module")
def prose(root: Path) -> dict[str, Messages]:
    return {lang: read_messages(root, "workbook", lang) for lang in ("zh", "en")}


def own(root: Path, lang: str) -> list[str]:
    text = (root / "notebooks" / "text" / f"workbook.{lang}.md").read_text(encoding="utf-8")
    return re.findall(r"^## (\S+)$", text, re.MULTILINE)


def test_both_languages_hold_the_same_sections(root: Path, prose: dict[str, Messages]) -> None:
    assert own(root, "zh") == own(root, "en")
    for name in own(root, "zh"):
        asked = [
            {re.sub("_(zh|en)$", "", one) for one in placeholders(prose[lang].sections[name])}
            for lang in ("zh", "en")
        ]
        assert asked[0] == asked[1], name


def test_every_code_of_the_dictionary_has_words(root: Path, prose: dict[str, Messages]) -> None:
    package = yaml.safe_load((root / "data/curated/datapackage.yaml").read_text(encoding="utf-8"))
    heads = {
        "due_precision": "precision",
        "due_source": "due_source",
        "date_precision": "precision",
        "coding_state": "coding",
        "script": "script",
        "comparator": "comparator",
    }
    met = set()
    for resource in package["resources"]:
        for column in resource["schema"]["fields"]:
            if column["name"] in heads:
                for code in filter(None, column.get("constraints", {}).get("enum", [])):
                    assert f"{heads[column['name']]}.{code}" in prose["zh"].sections
                    met.add(column["name"])
    assert met == set(heads)


def test_no_section_is_idle(root: Path, made: tuple[bytes, set[str]]) -> None:
    # Codes have words before the data have them, and a table that is empty has no sheet.
    codes = r"(precision|due_source|coding|script|comparator|note|state|role|kind|force|coverage)\..+"
    facts = r"(sheet|about)\.(outcomes|outside_targets)|column\..+_(id|on|text|zh|number|precision|title)"
    idle = [name for name in own(root, "zh") if name not in made[1]]
    assert [name for name in idle if not re.fullmatch(f"{codes}|{facts}", name)] == []


def test_ranges_of_the_ledger_rows_do_not_cross(book: Book) -> None:
    """The rows of a printed ledger follow one another, so a promise can belong to one of them only."""
    for _, rows in book.ledger.groupby("source_id"):
        spans = sorted(zip(rows["start"], rows["end"], strict=True))
        assert all(left[1] <= right[0] for left, right in pairwise(spans))
