"""Filtering, aligning and pairing, held against figures reckoned straight from the CSV files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from compare.analysis.panel import PANEL, align, nearest_reference, operative, where
from compare.errors import UnknownName
from compare.tables.book import Book
from compare.words.reasons import not_comparable, pairs

CURATED = Path(__file__).resolve().parents[2] / "data" / "curated"


def rows_in(pattern: str) -> Iterator[dict[str, str]]:
    for path in sorted(CURATED.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def operative_rows(indicator: str) -> list[dict[str, str]]:
    return [
        row
        for row in rows_in("*/targets.csv")
        if row["indicator_id"] == indicator and row["kind"] == "target" and not row["restates_target_id"]
    ]


def compared_rows(indicator: str) -> list[dict[str, str]]:
    """Return the operative rows of an indicator, and those that others report of cities with documents."""
    cities = {row["place_id"] for row in rows_in("sources.csv") if row["path"]}
    reported = [
        row | {"target_id": row["fact_id"], "source_id": row["place_id"], "due_on": row["date_on"],
               "force": "firm", "recurrence": ""}
        for row in rows_in("outside_targets.csv")
        if row["indicator_id"] == indicator and row["place_id"] in cities and row["confidence"] != "suspect"
    ]  # fmt: skip
    return [*operative_rows(indicator), *reported]


def acts(row: dict[str, str]) -> set[str]:
    """Return what a row says is done with what it counts: one act, or two of the same things."""
    return {row["act"], row["also_act"]} - {""}


INDICATORS = sorted(row["indicator_id"] for row in rows_in("indicators.csv"))


# ── where ──────────────────────────────────────────────────────────────────────

FRAME = pd.DataFrame(
    {
        "city_id": ["jinan", "dezhou", "dezhou"],
        "topic_id": ["5g", "5g", "open_data"],
        "multiplier": [1, 2, 1],
        "note": [None, None, "x, y"],
    },
    index=[7, 8, 9],
)


@pytest.mark.parametrize(
    ("conditions", "kept", "reason"),
    [
        ({}, [7, 8, 9], "no condition"),
        ({"city": "dezhou"}, [8, 9], "a column without its _id"),
        ({"city_id": "dezhou"}, [8, 9], "a column by its name"),
        ({"city": ["dezhou", "jinan"]}, [7, 8, 9], "any of a list"),
        ({"city": ("jinan",)}, [7], "any of a tuple"),
        ({"city": iter(["jinan"])}, [7], "any of what can be read once"),
        ({"city": "dezhou", "topic": "5g"}, [8], "all conditions together"),
        ({"city": "jinan", "topic": "open_data"}, [], "values that never meet"),
        ({"multiplier": 2}, [8], "a number"),
        ({"city": "dezhou, jinan"}, [7, 8, 9], "a text with commas"),
        ({"note": "x, y"}, [9], "a text whose comma is its own"),
    ],
)
def test_where_keeps_the_rows_that_meet_every_condition(
    conditions: dict[str, Any], kept: list[int], reason: str
) -> None:
    assert list(where(FRAME, **conditions).index) == kept


@pytest.mark.parametrize(
    ("conditions", "words", "reason"),
    [
        ({"city": "dezho"}, 'No row has city_id "dezho"; did you mean dezhou?', "a near value"),
        ({"city": ["jinan", "dezho"]}, 'No row has city_id "dezho"; did you mean dezhou?', "one of a list"),
        (
            {"topic": "???"},
            'No row has topic_id "???"; it holds 5g, open_data',
            "nothing near: what there is",
        ),
        ({"multiplier": 9}, 'No row has multiplier "9"; it holds 1, 2', "a number"),
        ({"multiplier": "1"}, 'No row has multiplier "1"; did you mean 1?', "a number written as text"),
        ({"citty": "x"}, 'There is no column "citty"; there is city_id', "a near column"),
        (
            {"zzz": "x"},
            'There is no column "zzz"; there is city_id, topic_id, multiplier, note',
            "no near column",
        ),
    ],
)
def test_where_refuses_what_does_not_occur(conditions: dict[str, Any], words: str, reason: str) -> None:
    with pytest.raises(UnknownName) as told:
        where(FRAME, **conditions)
    assert str(told.value) == words


def test_where_leaves_the_frame_as_it_was(book: Book) -> None:
    before = book.targets.copy()
    where(book.targets, city="dezhou").assign(note="changed")
    pd.testing.assert_frame_equal(book.targets, before)


# ── operative ──────────────────────────────────────────────────────────────────


def test_operative_statements_are_targets_that_restate_no_other(book: Book) -> None:
    told = {row["target_id"] for name in INDICATORS for row in operative_rows(name)}
    assert set(operative(book.targets)["target_id"]) == told
    # The number said three times in one document counts once.
    assert [key for key in told if key in ("t-dezhou-0001", "t-dezhou-0002", "t-dezhou-0003")] == [
        "t-dezhou-0003"
    ]


# ── align ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("indicator", INDICATORS)
def test_aligned_values_are_those_of_the_files(book: Book, indicator: str) -> None:
    status = {row["source_id"]: row["status"] for row in rows_in("sources.csv")}
    panel = align(book, indicator)
    assert list(panel.columns) == [*PANEL, "due_year"]
    told = {row["target_id"]: row for row in operative_rows(indicator)}
    assert sorted(panel["target_id"]) == sorted(told)
    for cells in panel.to_dict("records"):
        row = told[cells["target_id"]]
        for name in ("value_low", "value_high"):
            assert (None if pd.isna(cells[name]) else cells[name]) == (
                float(row[name]) if row[name] else None
            )
        for name in (
            "source_id",
            "comparator",
            "unit_id",
            "act",
            "also_act",
            "basis",
            "scope_zh",
            "denominator_zh",
            "force",
            "due_source",
        ):
            assert ("" if pd.isna(cells[name]) else cells[name]) == row[name]
        assert ("" if pd.isna(cells["due_year"]) else str(cells["due_year"])) == row["due_on"][:4]
        assert cells["status"] == status[row["source_id"]]


def test_cities_stand_in_their_order_and_can_be_chosen(book: Book) -> None:
    panel = align(book, "smart_communities")
    assert list(panel["city_id"]) == sorted(panel["city_id"], key=book.cities.index)
    assert list(align(book, "smart_communities", city=["dezhou", "dongying"])["city_id"]) == [
        "dongying",
        "dezhou",
    ]
    assert list(align(book, "smart_communities", city="dezhou")["city_id"]) == ["dezhou"]


@pytest.mark.parametrize(
    ("target", "value", "people", "fact", "reason"),
    [
        (
            "t-dongying-0008",
            2000,
            2193518,
            "r-dongying-0001",
            "the census is the only figure; of two sources the first",
        ),
        ("t-dezhou-0003", 1500, 5611194, "r-dezhou-0001", "due 2020: the census is nearer than 2022"),
        ("t-qingdao-0002", 10, 10071700, "r-qingdao-0003", "the year's end is the due day itself"),
        ("t-dongying-0005", 70, 2193518, "r-dongying-0001", "an open side stays open"),
        (
            "t-dezhou-0009",
            100,
            5574900,
            "r-dezhou-0003",
            "due 2023: the end of 2022 is nearer than the census",
        ),
        ("t-jinan-0003", 200, 8908700, "r-jinan-0003", "due 2019: the end of 2019"),
    ],
)
def test_values_per_ten_thousand_people(
    book: Book, target: str, value: int, people: int, fact: str, reason: str
) -> None:
    told = next(row for row in rows_in("*/targets.csv") if row["target_id"] == target)
    reference = next(row for row in rows_in("reference.csv") if row["fact_id"] == fact)
    assert (float(told["value_low"]), float(reference["value"])) == (value, people)
    panel = align(book, told["indicator_id"], per="population")
    [row] = panel[panel["target_id"] == target].to_dict("records")
    assert (row["reference_id"], row["reference_value"]) == (fact, people)
    assert row["low_per_10000"] == pytest.approx(value / people * 10000, rel=1e-12)
    assert pd.isna(row["high_per_10000"]) == (told["value_high"] == "")
    assert f"{row['reference_on']:%Y-%m-%d}" == reference["date_on"]
    assert row["reference_confidence"] == reference["confidence"]


def test_stations_per_head_are_the_worked_example(book: Book) -> None:
    panel = align(book, "base_stations_5g", per="population").set_index("target_id")["low_per_10000"]
    assert panel.round(2).to_dict() == {"t-dongying-0008": 9.12, "t-dezhou-0003": 2.67}


@pytest.mark.parametrize(
    ("indicator", "rows", "reason"),
    [
        ("big_data_scenarios", 1, "a recurring target has no due day to be near to"),
        ("data_sharing_satisfaction", 0, "no operative target at all"),
    ],
)
def test_without_a_due_day_or_a_target_nothing_is_divided(
    book: Book, indicator: str, rows: int, reason: str
) -> None:
    panel = align(book, indicator, per="population")
    assert len(panel) == rows
    assert panel[["reference_id", "reference_value", "low_per_10000", "high_per_10000"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("asked", "words", "reason"),
    [
        (
            {"indicator": "base_station_5g"},
            'There is no indicator "base_station_5g"; did you mean base_stations_5g?',
            "an indicator misspelt",
        ),
        (
            {"indicator": "base_stations_5g", "per": "populatoin"},
            'There is no kind of measure "populatoin"; did you mean population?',
            "a kind misspelt, told once",
        ),
        (
            {"indicator": "base_stations_5g", "city": "dezho"},
            'There is no city "dezho"; did you mean dezhou?',
            "a city misspelt",
        ),
        (
            {"indicator": "base_stations_5g", "city": ["dezhou", "shandong"]},
            'There is no city "shandong"; did you mean',
            "a place that is not compared",
        ),
    ],
)
def test_align_refuses_unknown_names(book: Book, asked: dict[str, Any], words: str, reason: str) -> None:
    with pytest.raises(UnknownName) as told:
        align(book, **asked)
    assert str(told.value).startswith(words)


# ── the nearest reference ──────────────────────────────────────────────────────


def fact(
    name: str,
    on: str | None,
    comparator: str = "eq",
    confidence: str = "high",
    measure: str = "m1",
    place: str = "p",
) -> dict[str, Any]:
    return {
        "fact_id": name,
        "place_id": place,
        "measure_id": measure,
        "comparator": comparator,
        "value": 1.0,
        "date_on": pd.Timestamp(on) if on else pd.NaT,
        "confidence": confidence,
    }


@pytest.mark.parametrize(
    ("facts", "chosen", "reason"),
    [
        ([fact("a", "2019-12-31"), fact("b", "2021-01-01")], "b", "a day later is nearer than a year before"),
        (
            [fact("a", "2020-12-30"), fact("b", "2021-02-01")],
            "a",
            "a day before is nearer than a month later",
        ),
        ([fact("a", "2020-12-31", "approx"), fact("b", "2020-12-31")], "b", "exact before rounded"),
        (
            [fact("a", "2020-12-31", "approx"), fact("b", "2020-12-31", confidence="medium")],
            "b",
            "exact before rounded, whatever the confidence",
        ),
        (
            [fact("a", "2020-12-31", confidence="medium"), fact("b", "2020-12-31")],
            "b",
            "the better confidence",
        ),
        ([fact("b", "2020-12-31"), fact("a", "2020-12-31")], "a", "two alike: by key, not by row"),
        (
            [fact("a", "2020-12-31", "approx", "medium"), fact("b", "2020-06-30")],
            "a",
            "the nearer day before all",
        ),
        (
            [fact("a", "2020-12-31", measure="other"), fact("b", "2015-01-01")],
            "b",
            "only measures of the kind",
        ),
        ([fact("a", "2020-12-31", measure="m2"), fact("b", "2015-01-01")], "a", "any measure of the kind"),
        ([fact("a", "2020-12-31", place="q"), fact("b", "2015-01-01")], "b", "only the place's own"),
        ([fact("a", None), fact("b", "2015-01-01")], "b", "an undated figure is near to nothing"),
        ([fact("a", None)], None, "undated figures alone"),
        ([], None, "no figure"),
    ],
)
def test_the_nearest_reference(
    book: Book, facts: list[dict[str, Any]], chosen: str | None, reason: str
) -> None:
    measures = pd.DataFrame({"measure_id": ["m1", "m2", "other"], "kind": ["k", "k", "l"]})
    columns = list(fact("a", None))
    made = replace(book, measures=measures, reference=pd.DataFrame(facts, columns=columns))
    found = nearest_reference(made, "p", "k", pd.Timestamp("2020-12-31"))
    assert (found and found["fact_id"]) == chosen


def test_without_a_day_there_is_no_nearest_reference(book: Book) -> None:
    assert nearest_reference(book, "dongying", "population", pd.NaT) is None


# ── pairs ──────────────────────────────────────────────────────────────────────

LEFT = {
    "target_id": "t-a",
    "source_id": "a-1",
    "city_id": "jinan",
    "indicator_id": "i",
    "kind": "target",
    "comparator": "ge",
    "value_low": 1.0,
    "value_high": None,
    "unit_id": "count",
    "act": "build",
    "also_act": None,
    "basis": "stock",
    "scope_zh": None,
    "denominator_zh": None,
    "force": "firm",
    "due_on": "2025-12-31",
    "due_precision": "year",
    "due_source": "explicit",
    "recurrence": None,
    "restates_target_id": None,
}


def made_book(book: Book, left: dict[str, Any], right: dict[str, Any], status: str = "adopted") -> Book:
    frame = pd.DataFrame(
        [LEFT | left, LEFT | {"target_id": "t-b", "source_id": "b-1", "city_id": "dezhou"} | right]
    )
    frame["due_on"] = pd.to_datetime(frame["due_on"])
    return replace(
        book,
        targets=frame,
        indicators=pd.DataFrame({"indicator_id": ["i"], "topic_id": ["5g"]}),
        sources=pd.DataFrame({"source_id": ["a-1", "b-1"], "status": ["adopted", status]}),
    )


PAIRS = [
    ({}, {}, "like", "", "all agrees"),
    ({}, {"value_low": 9.0}, "like", "", "values are what is compared"),
    ({"scope_zh": "全市"}, {}, "like", "", "the whole city, named or not, is one scope"),
    ({}, {"due_on": "2025-06-30"}, "like", "", "another day of the same year"),
    (
        {},
        {"due_precision": "month", "due_source": "carried"},
        "like",
        "",
        "how the date is told does not matter",
    ),
    ({}, {"comparator": "eq"}, "like", "comparator", "another bound is told but grades nothing"),
    ({}, {"force": "aspirational"}, "like", "force", "another force is told but grades nothing"),
    ({}, {"due_on": "2020-12-31"}, "different_year", "due_year", "another year"),
    ({}, {"due_on": None}, "different_year", "due_year", "no year on one side"),
    ({"due_on": None}, {"due_on": None}, "like", "", "no year on either side"),
    (
        {},
        {"due_on": "2020-12-31", "comparator": "eq"},
        "different_year",
        "due_year;comparator",
        "year and bound",
    ),
    ({}, {"act": "open"}, "different_measure", "act", "what is built is not set against what is in use"),
    ({"act": "begin"}, {"act": "reach"}, "different_measure", "act", "begun is not reached"),
    ({"act": "other"}, {"act": "other"}, "like", "", "both do something else"),
    ({}, {"act": "open", "also_act": "build"}, "like", "", "both build, and one opens what it builds"),
    ({"act": "open"}, {"act": "open", "also_act": "build"}, "like", "", "both open, and one builds as well"),
    (
        {"act": "list", "also_act": "build"},
        {"act": "open", "also_act": "build"},
        "like",
        "",
        "both build, whatever else they do",
    ),
    (
        {"act": "list"},
        {"act": "open", "also_act": "build"},
        "different_measure",
        "act",
        "two acts, neither of them the other's",
    ),
    (
        {"act": "begin"},
        {"basis": "flow", "due_on": "2020-12-31"},
        "different_measure",
        "act;basis;due_year",
        "the act is told before the basis",
    ),
    ({}, {"basis": "flow"}, "different_measure", "basis", "a stock is not set against a flow"),
    ({}, {"basis": "ambiguous"}, "different_measure", "basis_open", "an open basis is like nothing"),
    (
        {"basis": "ambiguous"},
        {"basis": "ambiguous"},
        "different_measure",
        "basis_open",
        "not even like another",
    ),
    ({}, {"unit_id": "item"}, "different_measure", "unit", "another unit"),
    ({}, {"denominator_zh": "家庭"}, "different_measure", "denominator", "a denominator on one side alone"),
    (
        {"denominator_zh": "家庭"},
        {"denominator_zh": "农村家庭"},
        "different_measure",
        "denominator",
        "another denominator",
    ),
    ({}, {"scope_zh": "主城区"}, "different_measure", "scope", "a part against the whole"),
    ({}, {"recurrence": "year"}, "different_measure", "recurrence", "a figure for every year against one"),
    (
        {},
        {"basis": "flow", "due_on": "2020-12-31", "force": "aspirational"},
        "different_measure",
        "basis;due_year;force",
        "the worst difference grades, all are told",
    ),
]


@pytest.mark.parametrize(
    ("left", "right", "grade", "differences", "reason"), PAIRS, ids=[case[-1] for case in PAIRS]
)
def test_grades(
    book: Book, left: dict[str, Any], right: dict[str, Any], grade: str, differences: str, reason: str
) -> None:
    [pair] = pairs(made_book(book, left, right), "i").to_dict("records")
    assert (pair["left_id"], pair["right_id"]) == ("t-a", "t-b")
    assert (pair["grade"], pair["differences"]) == (grade, differences)
    # Both languages tell every difference, and nothing where there is none.
    count = len(differences.split(";")) if differences else 0
    assert len([part for part in pair["reason_zh"].split("；") if part]) == count
    assert len([part for part in pair["reason_en"].split("; ") if part]) == count


def test_two_targets_of_one_city_are_no_pair(book: Book) -> None:
    assert pairs(made_book(book, {}, {"city_id": "jinan"}), "i").empty


@pytest.mark.parametrize("indicator", INDICATORS)
def test_real_pairs_are_graded_as_the_files_say(book: Book, indicator: str) -> None:
    """Every pair of two cities' operative rows, graded by another reading of the rule."""
    city = {row["source_id"]: row["place_id"] for row in rows_in("sources.csv")}
    city |= {place: place for place in city.values()}
    rows = compared_rows(indicator)
    told = {}
    for a, b in combinations(rows, 2):
        if city[a["source_id"]] == city[b["source_id"]]:
            continue
        same = all(a[name] == b[name] for name in ("basis", "unit_id", "denominator_zh", "recurrence"))
        same = same and bool(acts(a) & acts(b))
        same = same and a["basis"] != "ambiguous" and (a["scope_zh"] or "全市") == (b["scope_zh"] or "全市")
        grade = (
            "different_measure"
            if not same
            else "like"
            if a["due_on"][:4] == b["due_on"][:4]
            else "different_year"
        )
        told[frozenset((a["target_id"], b["target_id"]))] = grade
    made = pairs(book, indicator)
    assert (
        dict(
            zip(
                map(frozenset, zip(made["left_id"], made["right_id"], strict=True)),
                made["grade"],
                strict=True,
            )
        )
        == told
    )


# ── what does not compare ──────────────────────────────────────────────────────


def test_a_target_with_a_like_is_not_listed(book: Book) -> None:
    assert not_comparable(made_book(book, {}, {}), "i").empty


def test_an_unlike_pair_is_listed_once_under_the_first_of_the_two(book: Book) -> None:
    left_out = not_comparable(made_book(book, {}, {"basis": "flow"}), "i")
    assert list(zip(left_out["target_id"], left_out["partner_id"], left_out["grade"], strict=True)) == [
        ("t-a", "t-b", "different_measure"),
    ]
    assert list(left_out["partner_city"]) == ["dezhou"] and list(left_out["differences"]) == ["basis"]
    assert set(left_out["reason_zh"]) == {"口径不同（时点存量、当期数）"}


@pytest.mark.parametrize("asked", [{}, {"city": ["dezhou", "jinan"]}, {"topic": "gov_services"}])
def test_no_pair_is_told_twice_nor_the_other_way_round(book: Book, asked: dict[str, Any]) -> None:
    rows = not_comparable(book, **asked)
    told = [
        frozenset(pair)
        for pair in zip(rows["target_id"], rows["partner_id"], strict=True)
        if not pd.isna(pair[1])
    ]
    assert len(told) == len(set(told)) > 0
    alone = rows.loc[rows["partner_id"].isna(), "target_id"]
    assert alone.is_unique and not set(alone) & {name for pair in told for name in pair}


@pytest.mark.parametrize("indicator", INDICATORS)
def test_reasons_name_the_differences_of_the_two_and_no_others(book: Book, indicator: str) -> None:
    """By another reading of the rule: every code holds between the two rows, and none is missing."""
    rows = {row["target_id"]: row for row in compared_rows(indicator)}
    status = {row["source_id"]: row["status"] for row in rows_in("sources.csv")}
    status |= {row["place_id"]: "elsewhere" for row in rows_in("sources.csv")}

    def differing(a: dict[str, str], b: dict[str, str]) -> set[str]:
        open_basis = "ambiguous" in (a["basis"], b["basis"])
        whole = {"全市": ""}
        return {
            *(["act"] if not acts(a) & acts(b) else []),
            *(["basis_open"] if open_basis else ["basis"] if a["basis"] != b["basis"] else []),
            *(["scope"] if whole.get(a["scope_zh"], a["scope_zh"]) != whole.get(b["scope_zh"], b["scope_zh"])
              else []),
            *(["due_year"] if a["due_on"][:4] != b["due_on"][:4] else []),
            *(["draft"] if (status[a["source_id"]] == "draft") != (status[b["source_id"]] == "draft")
              else []),
            *(name for name, column in (("unit", "unit_id"), ("denominator", "denominator_zh"),
                                        ("recurrence", "recurrence"), ("comparator", "comparator"),
                                        ("force", "force")) if a[column] != b[column]),
        }  # fmt: skip

    for frame, left, right in ((pairs(book, indicator), "left_id", "right_id"),
                               (not_comparable(book, indicator), "target_id", "partner_id")):  # fmt: skip
        for pair in frame.dropna(subset=right).to_dict("records"):
            told = set(filter(None, pair["differences"].split(";")))
            expected = differing(rows[pair[left]], rows[pair[right]])
            # A column compared by now that this test does not know may only add a difference.
            assert told & {*KNOWN} == expected, (pair[left], pair[right])
            assert len(pair["reason_en"].split("; ")) == max(1, len(told))


KNOWN = ("act", "basis_open", "basis", "unit", "denominator", "scope", "recurrence", "due_year", "comparator",
         "force", "draft")  # fmt: skip


def test_a_target_that_stands_alone_says_so(book: Book) -> None:
    alone = not_comparable(book, "base_stations_5g", city="dezhou")
    assert list(alone["grade"]) == ["alone"] and alone["partner_id"].isna().all()
    # Another city does set one; it was merely not asked for.
    assert list(alone["reason_en"]) == ["none of the other cities compared sets a target for this indicator"]


def test_every_operative_target_is_either_like_one_or_left_out_with_a_reason(book: Book) -> None:
    left_out = not_comparable(book)
    like = set()
    for name in INDICATORS:
        made = pairs(book, name)
        made = made[made["grade"] == "like"]
        like |= {*made["left_id"], *made["right_id"]}
    told = {*left_out["target_id"], *left_out["partner_id"].dropna()}
    own = set(operative(book.targets)["target_id"])
    assert own <= told | like
    # What else is named was reported of a city, and is left out of nothing itself.
    assert (told | like) - own <= set(book.outside_targets["fact_id"])
    assert {*left_out["target_id"]} <= own
    assert not {*left_out["target_id"]} & like
    assert left_out[["reason_zh", "reason_en", "grade"]].ne("").all(axis=None)


def test_a_topic_takes_in_its_indicators(book: Book) -> None:
    mine = {row["indicator_id"] for row in rows_in("indicators.csv") if row["topic_id"] == "5g"}
    every = not_comparable(book)
    expected = every[every["indicator_id"].isin(mine)].reset_index(drop=True)
    pd.testing.assert_frame_equal(not_comparable(book, topic="5g"), expected)
    with pytest.raises(UnknownName, match='There is no topic "opendata"; did you mean open_data?'):
        not_comparable(book, topic="opendata")


def test_days_are_days(book: Book) -> None:
    """The files' dates arrive as they are written: no zone, no hour."""
    told = {row["target_id"]: row["due_on"] for row in rows_in("*/targets.csv") if row["due_on"]}
    read = book.targets.dropna(subset="due_on")
    assert {key: on.date() for key, on in zip(read["target_id"], read["due_on"], strict=True)} == {
        key: date.fromisoformat(on) for key, on in told.items()
    }
