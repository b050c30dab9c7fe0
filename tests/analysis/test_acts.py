"""What is done with what is counted: twelve databases begun are not twelve built, and figures say so."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import compare as cp
from compare.analysis.pairs import graded
from compare.tables.book import Book
from compare.words.reasons import said

# Statements of the five documents whose verb, or whose number, is easily taken for another act.
CODED = [
    ("t-dezhou-0007", "begin", "启动12个主题库建设: the start is promised, not twelve databases"),
    ("t-dongying-0044", "begin", "推进1个数据中心建设: work goes on, nothing says that it will be there"),
    ("t-dongying-0045", "other", "优化提升: the eleven centres stand already"),
    ("t-dongying-0038", "list", "培育认定: what is counted in the end is what is recognised"),
    ("t-jinan-0021", "list", "遴选并培育: selected, whatever is done with them then"),
    ("t-jinan-0004", "list", "争创样板社区: a title that the province gives"),
    ("t-dongying-0032", "list", "入库项目: admitted to a pool"),
    ("t-dongying-0008", "open", "新建并开通: the later stage counts"),
    ("t-dezhou-0003", "build", "建成: the same stations are 开通 elsewhere in the document"),
    ("t-dezhou-0001", "open", "开通: the statement that the one above restates"),
    ("t-qingdao-0009", "open", "接入: services connected to the app"),
    ("t-jinan-0018", "reach", "达到30项: a level of services fit for the app"),
    ("t-dongying-0052", "reach", "保有量达到: a total, whoever builds it"),
    ("t-jinan-0026", "reach", "完成80%…建设任务: a rate is a level, whatever it is a share of"),
    ("t-dongying-0018", "other", "集中宣传: rounds held"),
    ("g-shandong-0001", "list", "the province's list of 2022 is no count of what was built"),
    ("g-jinan-0003", "build", "新建1万个: in service is not said"),
    ("o-jinan-0002", "open", "开通, beside 6,025 built on the same day"),
]  # fmt: skip


@pytest.mark.parametrize(("row_id", "act", "reason"), CODED, ids=[row[0] for row in CODED])
def test_the_act_is_what_the_words_say(book: Book, row_id: str, act: str, reason: str) -> None:
    frames = (book.targets.set_index("target_id"), book.outcomes.set_index("fact_id"),
              book.outside_targets.set_index("fact_id"))  # fmt: skip
    [cells] = [frame.loc[row_id] for frame in frames if row_id in frame.index]
    assert cells["act"] == act, reason


def test_no_note_leaves_open_what_the_act_says(book: Book) -> None:
    """Stations that are built, or put into use, are not such of which neither is known."""
    said = book.outside_targets[book.outside_targets["act"].isin(["begin", "build", "open", "list"])]
    assert said["note"].str.contains("未写是否开通").any()
    for column, words in (("note", "建成还是开通"), ("note_en", "built or in service")):
        assert not said[column].fillna("").str.contains(words).any()


def test_every_act_was_coded_twice_and_decided(root: Path, book: Book) -> None:
    with (root / "data" / "review" / "acts.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["row_id"]: row for row in csv.DictReader(lines)}
    curated = {
        **book.targets.set_index("target_id")["act"],
        **book.outcomes.set_index("fact_id")["act"],
        **book.outside_targets.set_index("fact_id")["act"],
    }
    assert {name: row["decision"] for name, row in rows.items()} == curated
    unlike = [row for row in rows.values() if not row["code_a"] == row["code_b"] == row["decision"]]
    assert unlike and all(row["reason"] for row in unlike)


def figure(**cells: Any) -> dict[str, Any]:
    """Return a figure that agrees with every other made here but for what is named."""
    plain = {
        "act": "build", "also_act": None, "basis": "flow", "unit_id": "count", "denominator_zh": None,
        "scope_zh": None, "recurrence": None, "due_year": 2022, "comparator": "eq", "force": "firm",
        "status": "adopted", "name_zh": "甲", "name_en": "A",
    }  # fmt: skip
    return plain | cells


@pytest.mark.parametrize(
    ("left", "right", "grade", "words"),
    [
        ({}, {}, "like", ""),
        ({"act": "begin"}, {}, "different_measure", "所做的事不同（启动、建设）"),
        ({"act": "open"}, {}, "different_measure", "所做的事不同（投用、建设）"),
        ({"act": "open", "also_act": "build"}, {}, "like", ""),
        ({"act": "open", "also_act": "build"}, {"act": "open"}, "like", ""),
        ({"act": "open", "also_act": "build"}, {"act": "list"}, "different_measure",
         "所做的事不同（建设并投用、列名或认定）"),
        ({"act": "reach"}, {"act": "reach"}, "like", ""),
        ({"act": "other"}, {"act": "list"}, "different_measure", "所做的事不同（其他、列名或认定）"),
    ],
)  # fmt: skip
def test_figures_compare_only_where_they_share_an_act(
    left: dict[str, Any], right: dict[str, Any], grade: str, words: str
) -> None:
    found = graded(figure(**left), figure(**right))
    assert found["grade"] == grade
    assert said(found["differences"].split(";"), figure(**left), figure(**right), "zh") == words
    assert ("act" in found["differences"].split(";")) == bool(words)
    assert graded(figure(**right), figure(**left))["grade"] == grade


def test_what_was_begun_joins_no_ranking_of_what_was_built(book: Book) -> None:
    """New stations of 2022: three cities built them; let one merely begin and no three are left."""
    ranked = cp.ranks(book, "base_stations_5g").dropna(subset=["best"])
    assert set(ranked["city_id"]) == {"jinan", "qingdao", "dongying"}
    at = book.outside_targets["fact_id"] == "g-qingdao-0002"
    begun = book.outside_targets.assign(act=book.outside_targets["act"].mask(at, "begin"))
    assert cp.ranks(replace(book, outside_targets=begun), "base_stations_5g").empty


# ── figures that cannot all be so ──────────────────────────────────────────────


def test_the_provinces_numbers_of_communities_stand_side_by_side(book: Book) -> None:
    rows = cp.contradictions(book, "shandong", "smart_community").set_index("row_id")
    assert list(rows["value_low"]) == [1542, 1200, 1500]
    assert rows.loc["g-shandong-0023", "against"] == "g-shandong-0001;g-shandong-0024"
    assert set(rows["due_year"]) == {2022}


def test_two_plans_of_the_province_for_one_year_are_told(book: Book) -> None:
    rows = cp.contradictions(book, "shandong", "5g").set_index("row_id")
    assert rows.loc["g-shandong-0002", "against"] == "g-shandong-0003"
    assert "g-shandong-0005" not in rows.index, "60,000 new in the year may go with either total"


def test_every_figure_told_contradicts_another_that_is_told(book: Book) -> None:
    rows = cp.contradictions(book).set_index("row_id")
    against = {name: set(ids.split(";")) for name, ids in rows["against"].items()}
    assert against and all(other in against and name in against[other]
                           for name, others in against.items() for other in others)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "against"),
    [
        ({"value": 70, "comparator": "ge"}, {"value": 72}, False),
        ({"value": 70, "comparator": "gt"}, {"value": 70}, False),
        ({"value": 80, "comparator": "ge"}, {"value": 72}, True),
        ({"value": 1500, "comparator": "approx"}, {"value": 1542}, False),
        ({"value": 1500, "comparator": "approx"}, {"value": 1600}, True),
        ({"value": 900, "basis": "flow"}, {"value": 800, "basis": "stock"}, True),
        ({"value": 700, "basis": "flow"}, {"value": 800, "basis": "stock"}, False),
        ({"value": 700, "basis": "ambiguous"}, {"value": 800, "basis": "stock"}, True),
        ({"value": 700}, {"value": 800, "scope_zh": "农村"}, False),
        ({"value": 700}, {"value": 800, "date": "2023-12-31"}, False),
    ],
)  # fmt: skip
def test_only_figures_that_exclude_each_other_contradict(
    book: Book, one: dict[str, Any], other: dict[str, Any], against: bool
) -> None:
    stem = book.outside_targets[book.outside_targets["fact_id"] == "g-shandong-0005"]
    made = []
    for number, cells in enumerate((one, other), 1):
        row = stem.assign(fact_id=f"g-shandong-900{number}", value=float(cells["value"]))
        row = row.assign(comparator=cells.get("comparator", "eq"), basis=cells.get("basis", "stock"))
        row = row.assign(date_on=pd.Timestamp(cells.get("date", "2022-12-31")))
        made.append(row.assign(scope_zh=pd.Series([cells.get("scope_zh")], index=row.index, dtype="str")))
    alone = replace(book, outside_targets=pd.concat(made, ignore_index=True))
    assert cp.contradictions(alone, "shandong").empty != against


# ── what two totals say ────────────────────────────────────────────────────────


def test_jinans_ten_thousand_new_stations_stand_beside_what_its_totals_say(book: Book) -> None:
    rows = cp.increments(book, "g-jinan-0003").set_index("item_id")
    # The 10,000 are to be built; that 6,492 more were put into use says nothing of them.
    assert rows["increment"].to_dict() == {"base_stations_built": 15000 - 6025}
    assert not rows["whole"].any(), "the later totals are of September"


def test_a_lower_bound_gives_a_lower_bound(book: Book) -> None:
    at = book.outcomes["fact_id"] == "o-jinan-0003"
    bounded = book.outcomes.assign(comparator=book.outcomes["comparator"].mask(at, "ge"))
    rows = cp.increments(replace(book, outcomes=bounded), "g-jinan-0003")
    assert rows[["comparator", "increment"]].to_numpy().tolist() == [["ge", 8975.0]]


def test_totals_of_another_act_say_nothing(book: Book) -> None:
    """40,000 are to be put into use in 2020; at hand for that year are totals of what was built."""
    assert cp.increments(book, "g-shandong-0006").empty
    assert list(cp.increments(book, "g-shandong-0005")["increment"]) == [160000 - 101000]


@pytest.mark.parametrize(
    ("dropped", "left"),
    [
        (["o-jinan-0001"], []),
        (["o-jinan-0003"], []),
        (["o-jinan-0002", "o-jinan-0004"], ["base_stations_built"]),
        ([], ["base_stations_built"]),
    ],
)
def test_without_both_totals_nothing_is_worked_out(book: Book, dropped: list[str], left: list[str]) -> None:
    kept = book.outcomes[~book.outcomes["fact_id"].isin(dropped)]
    found = cp.increments(replace(book, outcomes=kept.reset_index(drop=True)), "g-jinan-0003")
    assert list(found["item_id"]) == left


def test_a_growth_worked_out_gives_no_verdict(book: Book) -> None:
    rows = cp.attainment(book, "2026-11-21", "jinan", "5g").set_index("row_id")
    assert rows.loc["g-jinan-0003", "verdict"] == "no_figure"
