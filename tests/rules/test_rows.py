"""Rows that come in by the side door: doubled under a new id, moved, dropped, dangling."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compare.tables.codebook import read_codebook

from .breaking import Bench, Case, again, case, drop, edit, move, new

CODEBOOK = read_codebook(Path(__file__).resolve().parents[2])
# Tables whose key is no running number: the key that the doubled row is given.
KEYS = {
    "places": {"place_id": "newtown"},
    "divisions": {"division_code": "371800"},
    "topics": {"topic_id": "another"},
    "units": {"unit_id": "another"},
    "indicators": {"indicator_id": "another"},
    "measures": {"measure_id": "another"},
    "terms": {"term_zh": "另一个词"},
    "translations": {"row_id": "t-jinan-0999"},
    "agencies": {"agency_id": "dezhou-another"},
    "sources": {"source_id": "dezhou-2024"},
    "web_pages": {"url": "https://www.example.cn/another"},
    "not_found": {"date_text": "2018"},
    "lexical_numerals": {"word_zh": "一言九鼎"},
    "tasks": {"task_id": "k-{city}-0999"},
    "ledger": {"ledger_id": "l-{city}-0999"},
}
# The two ends of a pair are its key: doubled, they stand the other way about or lead elsewhere.
PAIRS = {"lookalikes": ("item_id", "other_id"), "continuations": ("later_id", "earlier_id")}
# Ranges of a text that begin a character later.
RANGES = ("furniture",)
# The one holds what was published, the others may be without rows.
ASIDE = ("release", "not_applicable", "exclusions")
TABLES = sorted(set(CODEBOOK) - set(ASIDE))


def following(bench: Bench, table: str, cells: dict[str, str]) -> dict[str, str]:
    """Return the key of a row that is another one's double: the next number, or another name."""
    if table in KEYS:
        return {
            name: key.format(city=cells["source_id"].split("-")[0]) if "{" in key else key
            for name, key in KEYS[table].items()
        }
    if table in PAIRS:
        one, other = PAIRS[table]
        return {one: cells[other], other: cells[one]}
    if table in RANGES:
        return {"start": str(int(cells["start"]) + 1)}
    [name] = CODEBOOK[table].key
    stem = re.sub("[0-9]+$", "", cells[name])
    numbers = [line.cells[name] for line in bench.draft().lines(table) if line.cells[name].startswith(stem)]
    width = len(numbers[0]) - len(stem)
    return {name: f"{stem}{max(int(key[len(stem) :]) for key in numbers) + 1:0{width}d}"}


@pytest.mark.parametrize("table", TABLES)
def test_a_row_doubled_under_a_new_id_is_told(bench: Bench, table: str) -> None:
    lines = bench.draft().lines(table)
    for at in sorted({0, len(lines) // 2, len(lines) - 1}):
        file, cells = lines[at]
        key = ";".join(cells[name] for name in CODEBOOK[table].key)
        doubled = again(table, key, **following(bench, table, cells))
        assert bench.tells_of(file, doubled), f"{table} {key} doubled"


@pytest.mark.parametrize(
    ("table", "city", "cells", "other"),
    [
        (
            "not_applicable",
            "",
            {
                "source_id": "jinan-2019",
                "indicator_id": "open_datasets",
                "reason_zh": "不适用",
                "reason_en": "no",
            },
            {},
        ),
        (
            "exclusions",
            "jinan",
            {
                "source_id": "jinan-2019",
                "start": "1272",
                "end": "1276",
                "text": "超过30",
                "class": "name",
                "reason": "名称",
            },
            {"start": "1273", "text": "过30"},
        ),
    ],
)
def test_a_table_that_may_be_without_rows_takes_none_twice_either(
    bench: Bench, table: str, city: str, cells: dict[str, str], other: dict[str, str]
) -> None:
    told = bench.told(new(table, city, **cells), new(table, city, **cells | other))
    assert f"data/curated/{f'{city}/' if city else ''}{table}.csv" in {problem.file for problem in told}


MOVED = [table for table in TABLES if CODEBOOK[table].per_city]


@pytest.mark.parametrize("table", MOVED)
def test_a_row_in_another_citys_folder_is_told(bench: Bench, table: str) -> None:
    lines = bench.draft().lines(table)
    for at in sorted({0, len(lines) - 1}):
        file, cells = lines[at]
        home = file.split("/")[-2]
        away = next(city for city in bench.book.cities if city != home)
        key = ";".join(cells[name] for name in CODEBOOK[table].key)
        assert bench.tells_of(f"data/curated/{away}/{table}.csv", move(table, key, away)), f"{table} {key}"


DROPPED = [
    ("commitments", "c-jinan-0101", "a clause that a target quantifies"),
    ("commitments", "c-dongying-0120", "a clause among others"),
    ("deadlines", "d-jinan-0010", "the deadline of a target"),
    ("targets", "t-jinan-0001", "a target whose restatement is left alone"),
    ("targets", "t-dezhou-0008", "a target among others"),
    ("mentions", "m-qingdao-0001", "a mention"),
    ("other_clauses", "o-dongying-0002", "a clause that undertakes nothing"),
    ("tasks", "k-dongying-0010", "a task between two others"),
    ("ledger", "l-dezhou-0002", "an entry between two others"),
    ("continuations", "c-dezhou-0591;c-dezhou-0180", "a continuation that was decided on"),
    ("reference", "r-dezhou-0003", "a reference value"),
    ("outcomes", "o-shandong-0004", "an outcome"),
    ("outside_targets", "g-shandong-0010", "a goal of the province"),
    ("number_rules", "n16", "a rule on numbers"),
    ("corrections", "x-2026-0002", "a correction"),
    ("agencies", "dezhou-big-data", "an agency that tasks name"),
    ("terms", "农村", "the English of a scope"),
    ("translations", "t-dongying-0008", "the English of a target"),
    ("web_pages", "http://echinagov.com/news/350540.htm", "the page of a figure"),
    ("divisions", "371400", "a city of the national list"),
    ("places", "binzhou", "a place that a figure describes"),
    ("indicators", "open_datasets", "an indicator"),
    ("measures", "gdp", "a measure"),
    ("units", "count", "a unit"),
    ("sources", "shandong-2022", "the document that another rests on"),
]


@pytest.mark.parametrize(("table", "key", "reason"), DROPPED, ids=lambda value: str(value))
def test_a_row_that_is_gone_is_told(bench: Bench, table: str, key: str, reason: str) -> None:
    assert any(True for _ in bench.telling(drop(table, key))), reason


IDS = [
    case(
        "an agency that tasks name is not listed",
        drop("agencies", "dongying-big-data"),
        told=("dongying/tasks.csv", "k-dongying-0001", "lead_ids"),
    ),
    case(
        "an agency misspelt among those that support",
        edit("tasks", "k-dongying-0002", support_ids="dongying-civil-affair"),
        told=("dongying/tasks.csv", "k-dongying-0002", "support_ids"),
    ),
    case(
        "an empty name in a list of agencies",
        edit("tasks", "k-dongying-0005", lead_ids="dongying-industry;"),
        told=("dongying/tasks.csv", "k-dongying-0005", "lead_ids"),
    ),
    case(
        "an agency named in a role that the task does not give it",
        edit("tasks", "k-dongying-0005", lead_ids="dongying-industry;dongying-health"),
        told=("dongying/tasks.csv", "k-dongying-0005", "lead_ids"),
    ),
    case(
        "an agency of another city",
        edit("tasks", "k-dongying-0008", lead_ids="dezhou-big-data"),
        told=("dongying/tasks.csv", "k-dongying-0008", "lead_ids"),
    ),
    case(
        "an agency of the note left out of every role",
        edit("tasks", "k-dezhou-0017", lead_ids="dezhou-big-data;dezhou-justice"),
        told=("dezhou/tasks.csv", "k-dezhou-0017", ""),
    ),
    case(
        "an agency listed that no task names",
        again(
            "agencies",
            "dezhou-audit",
            agency_id="dezhou-weather",
            name_zh="市气象局",
            name_en="Weather Bureau",
        ),
        told=("agencies.csv", "dezhou-weather", "agency_id"),
    ),
    case(
        "an agency under another city's name",
        edit("agencies", "dezhou-audit", place_id="jinan"),
        told=("agencies.csv", "dezhou-audit", "agency_id"),
    ),
    case(
        "an agency whose name nobody prints",
        edit("agencies", "dezhou-audit", name_zh="市审记局"),
        told=("agencies.csv", "dezhou-audit", "name_zh"),
    ),
    case(
        "a number left out",
        edit("commitments", "c-dongying-0274", commitment_id="c-dongying-0990"),
        told=("dongying/targets.csv", "t-dongying-0052", "commitment_id"),
    ),
    case(
        "a gap behind the last number",
        edit("mentions", "m-qingdao-0001", mention_id="m-qingdao-0990"),
        told=("qingdao/mentions.csv", "m-qingdao-0990", "mention_id"),
    ),
    case(
        "a reference value numbered past the next",
        edit("reference", "r-dezhou-0006", fact_id="r-dezhou-0007"),
        told=("reference.csv", "r-dezhou-0007", "fact_id"),
    ),
    case(
        "a mention with an id of another city",
        edit("mentions", "m-dongying-0002", mention_id="m-jinan-0991"),
        told=("dongying/mentions.csv", "m-jinan-0991", "mention_id"),
    ),
    case(
        "a document with an id of another place",
        edit("sources", "shandong-2022", source_id="jinan-2022"),
        told=("outside_targets.csv", "g-shandong-0002", "source_id"),
    ),
    case(
        "a document whose id bears another year",
        edit("sources", "qingdao-2020-plan", source_id="qingdao-2021-plan"),
        told=("sources.csv", "qingdao-2021-plan", "source_id"),
    ),
    case(
        "a task named by a clause outside it",
        edit("commitments", "c-dongying-0233", task_id="k-dongying-0001"),
        told=("dongying/commitments.csv", "c-dongying-0233", "task_id"),
    ),
    case(
        "a clause that forgot its task",
        edit("commitments", "c-jinan-0101", task_id=""),
        told=("jinan/commitments.csv", "c-jinan-0101", "task_id"),
    ),
    case(
        "a topic that is none in a list of topics",
        edit("sources", "jinan-2019", coded_topics="5g;;open_data"),
        told=("sources.csv", "jinan-2019", "coded_topics"),
    ),
    case(
        "a word for an id",
        edit("commitments", "c-jinan-0101", task_id="数字教育"),
        told=("jinan/commitments.csv", "c-jinan-0101", "task_id"),
    ),
    case(
        "two rows on the same words",
        edit("other_clauses", "o-dongying-0001", start="27", end="500"),
        told=("dongying/other_clauses.csv", "o-dongying-0001", "start–end"),
    ),
    case(
        "a unit written twice under two keys",
        again("units", "record", unit_id="rows"),
        told=("units.csv", "rows", ""),
    ),
    case(
        "a place twice under two keys",
        again("places", "binzhou", place_id="binzhou_city"),
        told=("places.csv", "binzhou_city", ""),
    ),
    case(
        "a document's text taken for another's",
        edit("sources", "dezhou-2023", path="dezhou/dezhou-2020.txt"),
        told=("sources.csv", "dezhou-2023", "sha256"),
    ),
]


@pytest.mark.parametrize("broken", IDS, ids=lambda broken: broken.reason)
def test_what_is_told_of_an_id(bench: Bench, broken: Case) -> None:
    bench.holds(broken)
