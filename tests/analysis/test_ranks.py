"""Intervals of ranks: worked out by hand from the CSV files, from small tables, and by what must hold."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.analysis.ranks import RANKINGS, RANKS, Choice, rankable, rankings, ranks
from compare.errors import UnknownName
from compare.tables.book import Book

CURATED = Path(__file__).resolve().parents[2] / "data" / "curated"
STEADY = settings(derandomize=True, deadline=None, max_examples=25)
CITIES = ("jinan", "qingdao", "dongying", "dezhou")
DOCUMENT = {
    "jinan": "jinan-2019",
    "qingdao": "qingdao-2020",
    "dongying": "dongying-2022",
    "dezhou": "dezhou-2020",  # the draft
}
Row = dict[str, Any]


def rows_in(pattern: str) -> Iterator[dict[str, str]]:
    for path in sorted(CURATED.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


# ── the real tables, by hand ───────────────────────────────────────────────────


def figures_due(item: str, basis: str, year: str) -> dict[str, float]:
    """Return each city's plain figure by the files alone: its own document's, and those from elsewhere."""
    found: dict[str, float] = {}
    for row in rows_in("outside_targets.csv"):
        if (row["measure_id"] or row["indicator_id"], row["basis"], row["date_on"][:4]) == (
            item,
            basis,
            year,
        ) and row["place_id"] in CITIES:
            assert row["comparator"] == "eq" and not row["scope_zh"] and not row["denominator_zh"]
            found[row["place_id"]] = float(row["value"])
    for city in CITIES:
        for row in rows_in(f"{city}/targets.csv"):
            if (row["indicator_id"], row["kind"], row["basis"], row["due_on"][:4]) == (
                item,
                "target",
                basis,
                year,
            ) and not row["restates_target_id"]:
                assert row["comparator"] == "eq" and row["scope_zh"] in ("", "全市")
                assert not row["denominator_zh"] and city not in found
                found[city] = float(row["value_low"])
    return found


def residents(city: str) -> float:
    """Return the census figure by the files alone: plain before rounded, sure before less sure."""
    rows = [
        (row["comparator"] != "eq", row["confidence"] != "high", row["fact_id"], float(row["value"]))
        for row in rows_in("reference.csv")
        if (row["place_id"], row["measure_id"]) == (city, "population_census")
    ]
    return min(rows)[3]


def order(values: dict[str, float]) -> dict[str, int]:
    return {city: 1 + sum(other > value for other in values.values()) for city, value in values.items()}


def intervals(made: pd.DataFrame) -> dict[str, tuple[int, int]]:
    ranked = made[made["best"].notna()]
    return {row.city_id: (int(row.best), int(row.worst)) for row in ranked.itertuples()}


def column(made: pd.DataFrame, name: str) -> dict[str, Any]:
    return dict(zip(made["city_id"], made[name], strict=True))


@pytest.mark.parametrize(
    ("item", "expected", "told"),
    [
        (
            "smart_communities_listed",
            {"jinan": 200, "qingdao": 127, "dongying": 72, "dezhou": 64},
            {"jinan": (1, 2), "qingdao": (2, 3), "dongying": (1, 3), "dezhou": (4, 4)},
        ),
        (
            "base_stations_5g",
            {"jinan": 10000, "qingdao": 10000, "dongying": 2000},
            {"jinan": (1, 1), "qingdao": (1, 2), "dongying": (3, 3)},
        ),
    ],
)
def test_the_real_intervals_are_those_worked_out_by_hand(
    book: Book, item: str, expected: dict[str, float], told: dict[str, tuple[int, int]]
) -> None:
    found = figures_due(item, "flow", "2022")
    assert found == expected
    stated, per_resident = order(found), order({city: v / residents(city) for city, v in found.items()})
    by_hand = {city: tuple(sorted((stated[city], per_resident[city]))) for city in found}
    assert by_hand == told
    # Year-end residents are no choice: one of the ranked cities has no such figure.
    held = {row["place_id"] for row in rows_in("reference.csv") if row["measure_id"] == "population_year_end"}
    assert set(found) - held == {"dongying"}
    made = ranks(book, item)
    assert intervals(made) == told and set(made["choice_sets"]) == {2}
    assert column(made, "moved_by") == {
        city: "normaliser" if told.get(city, (0, 0))[0] < told.get(city, (0, 0))[1] else "" for city in CITIES
    }
    table = rankings(book, item)
    for name, ranked in (("as_stated", stated), ("population_census", per_resident)):
        assert column(table[table["normaliser"] == name], "rank") == ranked


def test_a_city_without_a_like_figure_keeps_its_row_and_has_no_rank(book: Book) -> None:
    [row] = ranks(book, "base_stations_5g").query("city_id == 'dezhou'").to_dict("records")
    assert pd.isna(row["best"]) and pd.isna(row["worst"]) and pd.isna(row["number_low"])
    assert (row["ranked_in"], row["moved_by"], row["row_ids"]) == (0, "", "")
    assert "dezhou" not in set(rankings(book, "base_stations_5g")["city_id"])


def test_equal_figures_share_the_better_rank_and_say_so(book: Book) -> None:
    table = rankings(book, "base_stations_5g").query("normaliser == 'as_stated'")
    assert column(table, "rank") == {"jinan": 1, "qingdao": 1, "dongying": 3}
    assert column(table, "tied") == {"jinan": True, "qingdao": True, "dongying": False}


def test_every_rank_leads_to_its_figure_and_its_reference(book: Book) -> None:
    facts = {row["fact_id"]: row for row in rows_in("reference.csv")}
    figures = {row["fact_id"]: row["value"] for row in rows_in("outside_targets.csv")}
    figures |= {row["target_id"]: row["value_low"] for row in rows_in("*/targets.csv")}
    for item in rankable(book):
        for row in rankings(book, item).to_dict("records"):
            number = float(figures[row["row_id"]])
            assert row["number"] == number
            if row["normaliser"] == "as_stated":
                assert row["value"] == number and pd.isna(row["reference_id"])
                continue
            fact = facts[row["reference_id"]]
            assert (fact["place_id"], fact["measure_id"]) == (row["city_id"], row["normaliser"])
            assert row["value"] == pytest.approx(number * 10_000 / float(fact["value"]))


def test_year_end_residents_are_tried_where_all_have_them_nearest_to_the_due_date(book: Book) -> None:
    table = rankings(book, "smart_communities_listed", ["jinan", "qingdao", "dezhou"])
    assert set(table["normaliser"]) == {"as_stated", "population_census", "population_year_end"}
    used = column(table[table["normaliser"] == "population_year_end"], "reference_id")
    # Jinan's of 2021, 2022 and 2024 are at hand; that of the due date is taken, the surer of two.
    assert used == {"jinan": "r-jinan-0005", "qingdao": "r-qingdao-0004", "dezhou": "r-dezhou-0003"}


def test_a_choice_that_leaves_too_few_is_dropped_and_counted(book: Book) -> None:
    made = ranks(book, "smart_communities_listed")
    doubts = {
        row["confidence"]
        for row in rows_in("outside_targets.csv")
        if row["measure_id"] == "smart_communities_listed" and row["place_id"] in CITIES
    }
    assert doubts == {"medium"}
    assert set(made["dropped"]) == {1} and set(made["dropped_by"]) == {"confidence"}
    sure = replace(book, outside_targets=book.outside_targets.assign(confidence="high"))
    assert set(ranks(sure, "base_stations_5g")["dropped"]) == {0}


def test_a_rank_by_number_stands_beside_the_one_per_resident(book: Book) -> None:
    told = ranks(book, "smart_communities_listed").set_index("city_id")
    assert sorted(told["rank_as_stated"]) == ["1", "2", "3", "4"]
    # More communities, but far more residents: what leads in total follows per head.
    assert told.loc["jinan", "rank_as_stated"] == "1" and told.loc["dongying", "rank_per"] == "1"
    ways = rankings(book, "smart_communities_listed")
    divided = ways[ways["normaliser"] != "as_stated"].groupby("city_id")["value"]
    assert told["per_low"].to_dict() == divided.min().to_dict()
    assert told["per_high"].to_dict() == divided.max().to_dict()


def test_what_can_be_ranked_is_named_and_the_rest_is_empty(book: Book) -> None:
    assert rankable(book) == ["base_stations_5g", "smart_communities_listed"]
    # Three cities, of which two or more differ in what they measure; two; one; none; no number at all.
    for item in ("smart_communities", "mobile_services", "four_star_rate", "yinong_rate", "land_area"):
        made, table = ranks(book, item), rankings(book, item)
        assert made.empty and list(made.columns) == RANKS
        assert table.empty and list(table.columns) == RANKINGS
    assert ranks(book, "smart_communities_listed", ["jinan", "dezhou"]).empty


@pytest.mark.parametrize(
    ("asked", "words", "reason"),
    [
        ({"item": "smart_comunities_listed"}, "did you mean smart_communities_listed", "a measure misspelt"),
        ({"item": "base_station_5g"}, "did you mean base_stations_5g", "an indicator misspelt"),
        ({"item": "cloud_rate", "city": "dezho"}, 'no city "dezho"; did you mean dezhou?', "a city misspelt"),
        ({"item": "cloud_rate", "hold": "drafts"}, 'no choice "drafts"; did you mean draft', "no choice"),
    ],
)
def test_unknown_names_are_refused(book: Book, asked: dict[str, str], words: str, reason: str) -> None:
    for ask in (ranks, rankings):
        with pytest.raises(UnknownName) as told:
            ask(book, **asked)
        assert words in str(told.value)


# ── choices that the real tables do not offer yet ──────────────────────────────


def elsewhere(city: str, value: float, comparator: str = "eq", **cells: Any) -> Row:
    return {"table": "outside_targets", "place_id": city, "indicator_id": "cloud_rate", "value": value,
            "comparator": comparator, "unit_id": "percent", "basis": "rate", "confidence": "high",
            "date_on": "2025-12-31", "date_precision": "day"} | cells  # fmt: skip


def document(city: str, value: float, comparator: str = "eq", **cells: Any) -> Row:
    low = None if comparator in ("le", "lt") else value
    high = None if comparator in ("ge", "gt") else value
    return {"table": "targets", "city_id": city, "source_id": DOCUMENT[city], "kind": "target",
            "indicator_id": "cloud_rate", "value_low": low, "value_high": high, "comparator": comparator,
            "unit_id": "percent", "basis": "rate", "due_on": "2025-12-31"} | cells  # fmt: skip


def holding(book: Book, rows: list[Row], **tables: pd.DataFrame) -> Book:
    """Return the book with these figures and no others; the first is x0, the next x1."""
    keys = {"outside_targets": "fact_id", "targets": "target_id"}
    for table, key in keys.items():
        frame = getattr(book, table)
        own = [{key: f"x{at}"} | row for at, row in enumerate(rows) if row["table"] == table]
        tables[table] = pd.DataFrame(own, columns=frame.columns).astype(frame.dtypes)
    return replace(book, **tables)


A, B, C, D = CITIES
CASES = [
    ([elsewhere(A, 30), elsewhere(B, 20), elsewhere(C, 10)],
     {A: (1, 1), B: (2, 2), C: (3, 3)}, {}, 1, "no choice at all"),
    ([elsewhere(A, 30), elsewhere(B, 30), elsewhere(C, 10)],
     {A: (1, 1), B: (1, 1), C: (3, 3)}, {}, 1, "a tie, and nobody second"),
    ([elsewhere(A, 30, "gt"), elsewhere(B, 30, "ge"), elsewhere(C, 30)],
     {A: (1, 1), B: (1, 2), C: (1, 2)}, {B: "bound", C: "bound"}, 2, "more than 30 is above at least 30"),
    ([elsewhere(A, 30, "gt"), elsewhere(B, 31), elsewhere(C, 10)],
     {A: (2, 2), B: (1, 1), C: (3, 3)}, {}, 2, "a strict bound only breaks ties"),
    ([elsewhere(A, 30, "lt"), elsewhere(B, 30), elsewhere(C, 10)],
     {A: (1, 2), B: (1, 1), C: (3, 3)}, {A: "bound"}, 2, "less than 30 is below 30"),
    ([document(A, 3, "range", value_high=5), elsewhere(B, 4), elsewhere(C, 1)],
     {A: (1, 2), B: (1, 2), C: (3, 3)}, {A: "end", B: "end"}, 2, "a range is tried at both ends"),
    ([document(A, 3), elsewhere(A, 5), elsewhere(B, 4), elsewhere(C, 1)],
     {A: (1, 2), B: (1, 2), C: (3, 3)}, {A: "end", B: "end"}, 2, "a city of two figures at both of them"),
    ([document(A, 5), elsewhere(A, 5), elsewhere(B, 4), elsewhere(C, 1)],
     {A: (1, 1), B: (2, 2), C: (3, 3)}, {}, 1, "the same figure twice is one"),
    ([elsewhere(A, 30), elsewhere(B, 20), elsewhere(C, 10), document(D, 25)],
     {A: (1, 1), B: (2, 3), C: (3, 4), D: (2, 2)}, {B: "draft", C: "draft"}, 2, "a draft counts or not"),
    ([elsewhere(A, 30), elsewhere(B, 20), document(D, 25)],
     {A: (1, 1), B: (3, 3), D: (2, 2)}, {}, 1, "without the draft two cities would remain"),
    ([elsewhere(A, 30, confidence="medium"), elsewhere(B, 20), elsewhere(C, 10), elsewhere(D, 5)],
     {A: (1, 1), B: (1, 2), C: (2, 3), D: (3, 4)}, {B: "confidence", C: "confidence", D: "confidence"}, 2,
     "figures of doubtful source count or not"),
    ([elsewhere(A, 30, confidence="suspect"), elsewhere(B, 20), elsewhere(C, 10), elsewhere(D, 5)],
     {B: (1, 1), C: (2, 2), D: (3, 3)}, {}, 1, "what is suspect never counts"),
    ([document(A, 15), document(A, 35, restates_target_id="x0"), elsewhere(B, 20), elsewhere(C, 10)],
     {A: (1, 2), B: (1, 2), C: (3, 3)}, {A: "end;restated", B: "end;restated"}, 4,
     "another statement of the promise says more"),
    ([elsewhere(A, 30), elsewhere(B, 20), elsewhere(C, 10), *(elsewhere(city, n, date_on="2022-12-31")
      for city, n in ((A, 1), (B, 2), (C, 3)))],
     {A: (1, 3), B: (2, 2), C: (1, 3)}, {A: "year", C: "year"}, 2, "two years, each with three cities"),
    ([elsewhere(A, 30), elsewhere(B, 20), elsewhere(C, 10), elsewhere(A, 1, date_on="2022-12-31"),
      elsewhere(B, 2, date_on="2022-12-31")],
     {A: (1, 1), B: (2, 2), C: (3, 3)}, {}, 1, "a year of two cities is no choice"),
    ([elsewhere(A, 30, scope_zh="全市"), elsewhere(B, 20), elsewhere(C, 10)],
     {A: (1, 1), B: (2, 2), C: (3, 3)}, {}, 1, "the whole city, named or not"),
    ([elsewhere(A, 30, date_on="2025-06-30"), elsewhere(B, 20), elsewhere(C, 10)],
     {A: (1, 1), B: (2, 2), C: (3, 3)}, {}, 1, "two days of one year"),
    ([document(A, 9, due_on=None, recurrence="year"), document(B, 8, due_on=None, recurrence="year"),
      document(C, 7, due_on=None, recurrence="year"), elsewhere(D, 6)],
     {A: (1, 1), B: (2, 2), C: (3, 3)}, {}, 1, "what recurs compares with what recurs"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "told", "moved", "sets", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_intervals_of_small_tables(
    book: Book, rows: list[Row], told: dict[str, Any], moved: dict[str, str], sets: int, reason: str
) -> None:
    made = ranks(holding(book, rows), "cloud_rate")
    assert intervals(made) == told
    assert {city: names for city, names in column(made, "moved_by").items() if names} == moved
    assert set(made["choice_sets"]) == {sets}


# The number and the rank of each city at the low end, then at the high end: an interval of ranks is the
# same whichever way round the ends are taken, a number is not.
ENDS = [
    ([document(A, 3, "range", value_high=5), elsewhere(B, 4), elsewhere(C, 1)],
     {A: (3, 2), B: (4, 1), C: (1, 3)}, {A: (5, 1), B: (4, 2), C: (1, 3)},
     "3-5 of the draft of 2020 beside plain figures"),
    ([document(A, 1, "range", value_high=2), document(B, 1, "range", value_high=2), elsewhere(C, 1.5)],
     {A: (1, 2), B: (1, 2), C: (1.5, 1)}, {A: (2, 1), B: (2, 1), C: (1.5, 3)},
     "1-2 of the plan of 2022 and 1—2 of the plan of 2019, a tie at both ends"),
    ([document(A, 3), elsewhere(A, 5), elsewhere(B, 4), elsewhere(C, 1)],
     {A: (3, 2), B: (4, 1), C: (1, 3)}, {A: (5, 1), B: (4, 2), C: (1, 3)}, "two figures of one city"),
    ([document(A, 6), elsewhere(A, 2), elsewhere(A, 9, date_on="2025-06-30"), elsewhere(B, 4),
      elsewhere(C, 1)],
     {A: (2, 2), B: (4, 1), C: (1, 3)}, {A: (9, 1), B: (4, 2), C: (1, 3)},
     "three figures: the middle is no end"),
    ([document(A, 3, "range", value_high=5), document(B, 6), elsewhere(B, 2), elsewhere(C, 1)],
     {A: (3, 1), B: (2, 2), C: (1, 3)}, {A: (5, 2), B: (6, 1), C: (1, 3)},
     "a range of one and two figures of another go to the same end at once"),
    ([document(A, 4, "range", value_high=8), elsewhere(A, 2), elsewhere(B, 5), elsewhere(C, 1)],
     {A: (2, 2), B: (5, 1), C: (1, 3)}, {A: (8, 1), B: (5, 2), C: (1, 3)}, "a range and a figure below it"),
    ([document(A, 4, "range", value_high=8), elsewhere(A, 9), elsewhere(B, 5), elsewhere(C, 1)],
     {A: (4, 2), B: (5, 1), C: (1, 3)}, {A: (9, 1), B: (5, 2), C: (1, 3)}, "a range and a figure above it"),
    ([document(A, 3, "ge"), elsewhere(A, 5, "ge"), elsewhere(B, 4, "ge"), elsewhere(C, 1, "ge")],
     {A: (3, 2), B: (4, 1), C: (1, 3)}, {A: (5, 1), B: (4, 2), C: (1, 3)}, "at least, twice"),
    ([document(A, 3, "le"), elsewhere(A, 5, "le"), elsewhere(B, 4, "le"), elsewhere(C, 1, "le")],
     {A: (3, 2), B: (4, 1), C: (1, 3)}, {A: (5, 1), B: (4, 2), C: (1, 3)}, "at most, twice"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "low", "high", "reason"), ENDS, ids=[case[-1] for case in ENDS])
def test_each_end_is_the_end_it_is_called(
    book: Book, rows: list[Row], low: dict[str, Any], high: dict[str, Any], reason: str
) -> None:
    one = holding(book, rows)
    table = rankings(one, "cloud_rate")
    for end, told in (("low", low), ("high", high)):
        at_end = table[table["end"] == end]
        found = {row.city_id: (row.number, row.rank) for row in at_end.itertuples()}
        assert found == told, reason
    # Of what is held the first side is taken, and a city's figures run from the low end to the high.
    held = ranks(one, "cloud_rate", hold="end")
    assert intervals(held) == {city: (rank, rank) for city, (_, rank) in low.items()}
    made = ranks(one, "cloud_rate")
    assert {city: number for city, number in column(made, "number_low").items() if city in low} == {
        city: number for city, (number, _) in low.items()
    }
    assert {city: number for city, number in column(made, "number_high").items() if city in high} == {
        city: number for city, (number, _) in high.items()
    }


def test_where_less_is_better_the_ends_are_still_those_of_the_figures(book: Book) -> None:
    better = book.indicators.assign(better=book.indicators["better"].where(
        book.indicators["indicator_id"] != "cloud_rate", "lower"))  # fmt: skip
    rows = [document(A, 3, "range", value_high=5), elsewhere(B, 4), elsewhere(C, 1)]
    table = rankings(holding(book, rows, indicators=better), "cloud_rate")
    for end, told in (
        ("low", {A: (3, 2), B: (4, 3), C: (1, 1)}),
        ("high", {A: (5, 3), B: (4, 2), C: (1, 1)}),
    ):
        at_end = table[table["end"] == end]
        assert {row.city_id: (row.number, row.rank) for row in at_end.itertuples()} == told


def test_a_restatement_alone_makes_no_third_city(book: Book) -> None:
    rows = [elsewhere(A, 30), elsewhere(B, 20), document(C, 10, restates_target_id="x9")]
    assert ranks(holding(book, rows), "cloud_rate").empty


def test_of_ways_that_leave_too_few_the_smallest_are_named(book: Book) -> None:
    doubtful = elsewhere(A, 30, confidence="medium")
    rows = [doubtful, elsewhere(B, 20), elsewhere(C, 10), document(D, 5)]
    made = ranks(holding(book, rows), "cloud_rate")
    # Without the one or the other three cities remain, without both two.
    assert set(made["choice_sets"]) == {3}
    assert set(made["dropped"]) == {1} and set(made["dropped_by"]) == {"confidence+draft"}
    made = ranks(holding(book, [*rows[:2], rows[3]]), "cloud_rate")
    assert set(made["dropped"]) == {3} and set(made["dropped_by"]) == {"confidence;draft"}


def test_a_year_that_is_held_is_the_first(book: Book) -> None:
    rows = [
        elsewhere(c, n, date_on=day) for day in ("2025-12-31", "2022-12-31") for n, c in enumerate(CITIES)
    ]
    one = holding(book, rows)
    assert list(rankings(one, "cloud_rate")["year"].unique()) == [2022, 2025]
    assert list(rankings(one, "cloud_rate", hold="year")["year"].unique()) == [2022]


def test_cities_stand_in_order_in_every_choice_set(book: Book) -> None:
    for asked in (list(CITIES), list(reversed(CITIES))):
        table, made = rankings(book, "base_stations_5g", asked), ranks(book, "base_stations_5g", asked)
        for _, own in table.groupby("choice_set"):
            assert list(own["city_id"]) == [city for city in asked if city != "dezhou"]
        assert list(made["city_id"]) == asked


UNLIKE = [
    ({"scope_zh": "市级"}, "another scope"),
    ({"denominator_zh": "市级系统"}, "another denominator"),
    ({"basis": "growth"}, "another basis"),
    ({"unit_id": "item"}, "another unit"),
    ({"date_on": "2024-12-31"}, "another year"),
    ({"date_on": None}, "no year"),
    ({"basis": "ambiguous"}, "an open basis"),
    ({"indicator_id": "yinong_rate"}, "another indicator"),
    ({"measure_id": "online_cases_share"}, "a measure of its own"),
    ({"place_id": "shandong"}, "no compared city"),
]


@pytest.mark.parametrize(("cells", "reason"), UNLIKE, ids=[case[-1] for case in UNLIKE])
def test_what_is_unlike_is_not_ranked(book: Book, cells: Row, reason: str) -> None:
    alike = [elsewhere(A, 30), elsewhere(B, 20)]
    made = holding(book, [*alike, elsewhere(C, 10) | cells])
    assert ranks(made, "cloud_rate").empty and rankable(made) == []
    assert rankable(holding(book, [*alike, elsewhere(C, 10)])) == ["cloud_rate"]


def test_figures_of_open_basis_are_not_ranked_among_themselves(book: Book) -> None:
    made = holding(book, [elsewhere(city, 10, basis="ambiguous") for city in CITIES])
    assert rankable(made) == [] and ranks(made, "cloud_rate").empty


def test_two_measures_of_one_indicator_are_ranked_apart(book: Book) -> None:
    rows = [
        elsewhere(city, at, scope_zh=scope) for scope in ("城市", "农村") for at, city in enumerate((A, B, C))
    ]
    made = ranks(holding(book, rows), "cloud_rate")
    assert list(zip(made["scope_zh"], made["city_id"], strict=True)) == [
        (scope, city) for scope in ("城市", "农村") for city in CITIES
    ]
    assert set(made["choice_sets"]) == {1}


@pytest.mark.parametrize(
    ("better", "best", "reason"),
    [("higher", A, "more is better"), ("lower", C, "less is better"), ("none", None, "neither is")],
)
def test_the_direction_is_the_indicators(book: Book, better: str, best: str | None, reason: str) -> None:
    indicators = book.indicators.assign(better=better)
    rows = [elsewhere(A, 30), elsewhere(B, 20, "gt"), elsewhere(B, 20, "gt"), elsewhere(C, 20)]
    made = ranks(holding(book, rows, indicators=indicators), "cloud_rate")
    assert [city for city, row in intervals(made).items() if row == (1, 1)] == ([best] if best else [])
    assert rankable(holding(book, rows, indicators=indicators)) == (["cloud_rate"] if best else [])


def test_of_ranks_the_first_is_the_best(book: Book) -> None:
    own = {"measure_id": "open_data_rank_city", "indicator_id": None, "unit_id": "rank", "basis": "stock"}
    made = ranks(
        holding(book, [elsewhere(c, n) | own for n, c in enumerate((A, B, C))]), "open_data_rank_city"
    )
    assert intervals(made) == {A: (1, 1), B: (2, 2), C: (3, 3)}


DIVIDED = [
    ("stock", "count", "population", {"population_census"}, "a count, with the indicator's normaliser"),
    ("flow", "count", "population", {"population_census"}, "a flow too"),
    ("flow", "count", None, set(), "an indicator that names none"),
    ("rate", "percent", "population", set(), "a rate is one already"),
    ("growth", "percent", "population", set(), "so is a growth rate"),
    ("rate", "count", "population", set(), "whatever its unit"),
    ("stock", "per_10000", "population", set(), "and what is per 10,000 people"),
    ("stock", "count", "households", set(), "no definition of households that all four have"),
]


@pytest.mark.parametrize(("basis", "unit", "kind", "told", "reason"), DIVIDED, ids=[c[-1] for c in DIVIDED])
def test_what_is_divided_and_by_what(
    book: Book, basis: str, unit: str, kind: str | None, told: set[str], reason: str
) -> None:
    indicators = book.indicators.assign(normaliser=kind).astype(book.indicators.dtypes)
    rows = [elsewhere(city, 10, basis=basis, unit_id=unit) for city in CITIES]
    made = rankings(holding(book, rows, indicators=indicators), "cloud_rate")
    assert set(made["normaliser"]) == {"as_stated"} | told


def test_households_divide_where_all_have_them_on_one_definition(book: Book) -> None:
    indicators = book.indicators.assign(normaliser="households")
    rows = [elsewhere(city, 10, basis="stock", unit_id="count") for city in (B, C, D)]
    made = rankings(holding(book, rows, indicators=indicators), "cloud_rate")
    # Jinan has registered households only; of the others none has them.
    assert set(made["normaliser"]) == {
        "as_stated",
        "households_family_census",
        "households_collective_census",
    }


# ── what must hold of any figures ──────────────────────────────────────────────

FIGURES = st.one_of(
    st.builds(
        elsewhere,
        st.sampled_from(CITIES),
        st.integers(1, 4),
        st.sampled_from(["eq", "ge", "gt", "lt", "approx"]),
        confidence=st.sampled_from(["high", "medium"]),
        date_on=st.sampled_from(["2022-12-31", "2025-12-31"]),
    ),
    st.builds(
        document,
        st.sampled_from(CITIES),
        st.integers(1, 3),
        st.just("range"),
        value_high=st.integers(3, 5),
        restates_target_id=st.sampled_from([None, "x0"]),
    ),
)


def with_three(drawn: tuple[tuple[int, int, int], list[Row]]) -> list[Row]:
    """Return plain figures of three cities, so that there is something to rank, and whatever else."""
    plain, others = drawn
    return [*(elsewhere(city, value) for city, value in zip(CITIES, plain, strict=False)), *others]


VALUES = st.integers(1, 4)
TABLES = st.tuples(st.tuples(VALUES, VALUES, VALUES), st.lists(FIGURES, max_size=6)).map(with_three)


@STEADY
@given(TABLES)
def test_the_interval_holds_every_rank_of_every_choice_set(book: Book, rows: list[Row]) -> None:
    one = holding(book, rows)
    made, table = ranks(one, "cloud_rate"), rankings(one, "cloud_rate")
    assert set(made["choice_sets"]) == {table["choice_set"].nunique()}
    for row in made.to_dict("records"):
        own = table[table["city_id"] == row["city_id"]]
        assert row["ranked_in"] == len(own)
        if not own.empty:
            assert (row["best"], row["worst"]) == (own["rank"].min(), own["rank"].max())
            assert bool(row["moved_by"]) == (row["best"] < row["worst"])


@STEADY
@given(TABLES)
def test_every_choice_set_is_one_and_ranks_three_cities_by_value(book: Book, rows: list[Row]) -> None:
    table = rankings(holding(book, rows), "cloud_rate")
    choices = table.groupby("choice_set")[list(Choice._fields)].nunique(dropna=False)
    assert (choices == 1).all(axis=None)
    assert len(table[list(Choice._fields)].drop_duplicates()) == table["choice_set"].nunique()
    for _, own in table.groupby("choice_set"):
        assert len(own) >= 3 and own["city_id"].is_unique
        if set(own["bound"]) == {"written"}:
            assert list(own["rank"]) == [1 + int((own["value"] > value).sum()) for value in own["value"]]
        shared = own["rank"].duplicated(keep=False)
        assert list(own["tied"]) == list(shared)


@STEADY
@given(TABLES, st.sets(st.sampled_from(Choice._fields)))
def test_dropping_a_choice_never_widens_an_interval(book: Book, rows: list[Row], held: set[str]) -> None:
    one = holding(book, rows)
    made = ranks(one, "cloud_rate", hold=sorted(held))
    free, fixed = intervals(ranks(one, "cloud_rate")), intervals(made)
    assert set(fixed) <= set(free)
    for city, (best, worst) in fixed.items():
        assert free[city][0] <= best <= worst <= free[city][1]
    assert not held & {name for names in made["moved_by"] for name in names.split(";")}


@STEADY
@given(TABLES)
def test_the_order_of_the_tables_does_not_matter(book: Book, rows: list[Row]) -> None:
    one = holding(book, rows)
    turned = replace(one, targets=one.targets[::-1], outside_targets=one.outside_targets[::-1])
    assert intervals(ranks(one, "cloud_rate")) == intervals(ranks(turned, "cloud_rate"))
