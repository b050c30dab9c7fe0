"""Worst and best cases: told again from the CSV files, from small tables, and by completing the gaps."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from math import isclose
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.analysis.bounds import TALLY, Bounds, mean_bounds, tally
from compare.errors import UnknownName
from compare.tables.book import Book

CURATED = Path(__file__).resolve().parents[2] / "data" / "curated"
STEADY = settings(derandomize=True, deadline=None, max_examples=40)
CITIES = ("jinan", "qingdao", "dongying", "dezhou")
Row = dict[str, Any]


def rows_in(pattern: str) -> Iterator[dict[str, str]]:
    for path in sorted(CURATED.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def groups(row: Row) -> tuple[str, str, str]:
    return row["with_number"], row["possible"], row["without"]


def tallied(book: Book, indicator: str) -> Row:
    topic = dict(zip(book.indicators["indicator_id"], book.indicators["topic_id"], strict=True))[indicator]
    [row] = tally(book, topic, headline=False).query(f"indicator_id == '{indicator}'").to_dict("records")
    return row


# ── how many cities put a number to it ─────────────────────────────────────────


def test_the_tally_is_that_of_the_files(book: Book) -> None:
    sources = list(rows_in("sources.csv"))
    said = {
        (row["source_id"], row["indicator_id"]) for row in rows_in("*/targets.csv") if row["kind"] == "target"
    }
    told = {}
    for indicator in rows_in("indicators.csv"):
        if indicator["headline"] != "yes":
            continue
        own: dict[str, list[str]] = {"with_number": [], "possible": [], "without": []}
        for city in CITIES:
            documents = [row for row in sources if row["place_id"] == city]
            unread = [
                row
                for row in documents
                if row["status"] == "not_obtained"
                or indicator["topic_id"] not in row["coded_topics"].split(";")
            ]
            number = any((row["source_id"], indicator["indicator_id"]) in said for row in documents)
            own["with_number" if number else "possible" if unread else "without"].append(city)
        told[indicator["indicator_id"]] = {name: ";".join(members) for name, members in own.items()}
    made = tally(book)
    assert list(made.columns) == TALLY and list(made["indicator_id"]) == list(told)
    for row in made.to_dict("records"):
        assert {name: row[name] for name in ("with_number", "possible", "without")} == told[
            row["indicator_id"]
        ]
        least, further = (
            len(list(filter(None, row[name].split(";")))) for name in ("with_number", "possible")
        )
        assert (row["least"], row["most"], row["cities"]) == (least, least + further, len(CITIES))


def obtained(book: Book) -> Book:
    """Return the book as if no other document were known than those at hand."""
    return replace(book, sources=book.sources[book.sources["status"] != "not_obtained"])


def test_where_every_document_is_at_hand_the_count_is_certain(book: Book) -> None:
    made = tallied(obtained(book), "base_stations_5g")
    assert groups(made) == ("dongying;dezhou", "", "jinan;qingdao")
    assert (made["least"], made["most"], made["cities"]) == (2, 2, 4)


def test_a_document_not_at_hand_may_hold_a_number(book: Book) -> None:
    missing = book.sources[book.sources["source_id"] != "qingdao-2019-plan"]
    kept = missing[(missing["status"] != "not_obtained") | (missing["place_id"] == "qingdao")]
    assert groups(tallied(replace(book, sources=kept), "base_stations_5g")) == (
        "dongying;dezhou",
        "qingdao",
        "jinan",
    )


def test_a_document_not_read_for_the_topic_may_hold_a_number(book: Book) -> None:
    one = obtained(book)
    sources = one.sources.copy()
    sources.loc[sources["source_id"] == "jinan-2019", "coded_topics"] = "open_data"
    made = replace(one, sources=sources)
    assert groups(tallied(made, "base_stations_5g")) == ("dongying;dezhou", "jinan", "qingdao")
    assert groups(tallied(made, "open_datasets"))[1] == ""


def test_what_makes_no_sense_in_a_document_hides_no_number(book: Book) -> None:
    apart = pd.DataFrame([{"source_id": "jinan-2019", "indicator_id": "base_stations_5g",
                           "reason_zh": "早于发牌", "reason_en": "before licences"}])  # fmt: skip
    made = replace(obtained(book), not_applicable=apart)
    assert groups(tallied(made, "base_stations_5g")) == ("dongying;dezhou", "", "jinan;qingdao")


def test_of_a_city_without_any_known_document_nothing_is_known(book: Book) -> None:
    one = obtained(book)
    made = replace(one, sources=one.sources[one.sources["place_id"] != "jinan"])
    assert groups(tallied(made, "base_stations_5g")) == ("dongying;dezhou", "jinan", "qingdao")


def test_words_and_statuses_are_no_number(book: Book) -> None:
    one = obtained(book)
    # Qingdao says what it has reached, not what it will.
    assert "qingdao" in tallied(one, "data_sharing_satisfaction")["without"]
    assert tallied(one, "data_sharing_satisfaction")["least"] == 0


def test_topic_cities_and_lesser_indicators_can_be_chosen(book: Book) -> None:
    made = tally(book, "5g", ["dezhou", "jinan"])
    assert set(made["topic_id"]) == {"5g"} and set(made["cities"]) == {2}
    assert made.query("indicator_id == 'rural_100m_users'")["with_number"].tolist() == ["jinan"]
    assert "ftth_share" not in set(made["indicator_id"])
    assert "ftth_share" in set(tally(book, "5g", headline=False)["indicator_id"])
    with pytest.raises(UnknownName, match='no topic "6g"'):
        tally(book, "6g")


# ── means and totals ───────────────────────────────────────────────────────────


def elsewhere(city: str, value: float, comparator: str = "eq", **cells: Any) -> Row:
    return {"place_id": city, "indicator_id": "cloud_rate", "value": value, "comparator": comparator,
            "unit_id": "percent", "basis": "rate", "confidence": "high", "date_on": "2025-12-31",
            "date_precision": "day"} | cells  # fmt: skip


def holding(book: Book, rows: list[Row]) -> Book:
    """Return the book with these figures and no others."""
    frame = book.outside_targets
    own = pd.DataFrame([{"fact_id": f"x{at}"} | row for at, row in enumerate(rows)], columns=frame.columns)
    return replace(book, targets=book.targets[:0], outside_targets=own.astype(frame.dtypes))


def bounds(book: Book, rows: list[Row], year: int = 2025) -> Bounds:
    [made] = mean_bounds(holding(book, rows), "cloud_rate", year)
    return made


def test_the_real_mean_is_the_one_worked_out_by_hand(book: Book) -> None:
    [target] = [row for row in rows_in("dezhou/targets.csv") if row["target_id"] == "t-dezhou-0010"]
    [fact] = [row for row in rows_in("outside_targets.csv") if row["fact_id"] == "g-qingdao-0005"]
    assert (target["comparator"], fact["comparator"]) == ("ge", "eq")
    least, plain = float(target["value_low"]), float(fact["value"])
    [made] = mean_bounds(book, "smart_community_coverage", 2025)
    assert made.low == (least + plain + 0 + 0) / 4 == 45
    assert made.high == (100 + plain + 100 + 100) / 4 == 97.5
    assert (made.what, made.figures, made.cities) == ("mean", 2, 4)
    assert made.without == ("jinan", "dongying") and set(made.row_ids) == {"t-dezhou-0010", "g-qingdao-0005"}


def test_the_real_totals_are_open_where_a_city_is_missing(book: Book) -> None:
    listed = sum(
        float(row["value"])
        for row in rows_in("outside_targets.csv")
        if row["measure_id"] == "smart_communities_listed" and row["place_id"] in CITIES
    )
    [made] = mean_bounds(book, "smart_communities_listed", 2022)
    assert (made.what, made.low, made.high, made.figures) == ("total", listed, listed, 4) and listed == 463
    [made] = mean_bounds(book, "base_stations_5g", 2022)
    assert (made.low, made.high, made.without) == (10000 + 10000 + 2000, None, ("dezhou",))


COUNT = {"unit_id": "count", "basis": "stock"}
GROWTH = {"basis": "growth"}
A, B, C, D = CITIES
CASES = [
    ([elsewhere(city, 40) for city in CITIES], 40, 40, "all plain: one number"),
    ([elsewhere(A, 40), elsewhere(B, 60)], 25, 75, "two missing: anything from 0 to 100"),
    ([elsewhere(city, 40, "ge") for city in CITIES], 40, 100, "at least"),
    ([elsewhere(city, 40, "gt") for city in CITIES], 40, 100, "more than"),
    ([elsewhere(city, 40, "le") for city in CITIES], 0, 40, "at most"),
    ([elsewhere(city, 40, "lt") for city in CITIES], 0, 40, "less than"),
    ([elsewhere(city, 40, "approx") for city in CITIES], 0, 100, "about bounds nothing"),
    ([*(elsewhere(city, 40) for city in (A, B, C)), elsewhere(D, 20), elsewhere(D, 60)], 35, 45,
     "of several figures the widest"),
    ([elsewhere(city, 120, "ge") for city in CITIES], 120, 120, "what is no share stands as written"),
    ([elsewhere(city, 40, confidence="suspect") for city in (A, B)] + [elsewhere(C, 40)], 10, 85,
     "what is suspect is no figure"),
    ([elsewhere(city, 5) | COUNT for city in CITIES], 20, 20, "a total"),
    ([elsewhere(city, 5) | COUNT for city in (A, B, C)], 15, None, "a total without one city is open"),
    ([*(elsewhere(city, 5) | COUNT for city in (A, B, C)), elsewhere(D, 5, "ge") | COUNT], 20, None,
     "so is one with at least"),
    ([*(elsewhere(city, 5) | COUNT for city in (A, B, C)), elsewhere(D, 5, "le") | COUNT], 15, 20,
     "at most closes it"),
    ([*(elsewhere(city, 5) | COUNT for city in (A, B, C)), elsewhere(D, 5, "approx") | COUNT], 15, None,
     "about does not"),
    ([elsewhere(city, 5) | GROWTH for city in CITIES], 5, 5, "growth that all state"),
    ([elsewhere(city, 5) | GROWTH for city in (A, B)], None, None, "growth may be anything"),
    ([elsewhere(city, 5, "ge") | GROWTH for city in CITIES], 5, None, "at least grows without limit"),
    ([elsewhere(city, 5, "ge", unit_id="per_10000") for city in (A, B, C)], 3.75, None,
     "a rate that is no share has no top"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "low", "high", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_bounds_of_small_tables(
    book: Book, rows: list[Row], low: float | None, high: float | None, reason: str
) -> None:
    made = bounds(book, rows)
    assert (made.low, made.high) == (low, high)
    assert made.figures == len({row["place_id"] for row in rows if row["confidence"] != "suspect"})
    assert made.figures + len(made.without) == made.cities == 4


def test_a_range_counts_with_both_its_ends(book: Book) -> None:
    own = [row for row in rows_in("dezhou/targets.csv") if row["comparator"] == "range"]
    stock = {"basis": "stock", "indicator_id": "digital_parks"}
    [row] = [row for row in own if row["indicator_id"] == "digital_parks" and not row["restates_target_id"]]
    targets = book.targets[book.targets["target_id"] == row["target_id"]].assign(**stock)
    [made] = mean_bounds(replace(book, targets=targets), "digital_parks", 2020, "dezhou")
    assert (made.low, made.high) == (float(row["value_low"]), float(row["value_high"])) == (3, 5)


def test_what_only_says_about_is_named(book: Book) -> None:
    assert bounds(book, [elsewhere(A, 40, "approx"), elsewhere(B, 40)]).approximate == (A,)


def test_unlike_measures_are_never_added(book: Book) -> None:
    rows = [elsewhere(A, 40), elsewhere(B, 60, scope_zh="市级"), elsewhere(C, 5) | COUNT]
    made = mean_bounds(holding(book, rows), "cloud_rate", 2025)
    assert [one.row_ids for one in made] == [("x0",), ("x1",), ("x2",)]
    assert [one.figures for one in made] == [1, 1, 1]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"date_on": "2024-12-31"}, "another year"),
        ({"basis": "ambiguous"}, "an open basis"),
        ({"unit_id": "rank", "basis": "stock"}, "ranks are not added"),
        ({"place_id": "shandong"}, "no compared city"),
    ],
)
def test_where_nothing_adds_up_there_is_nothing(book: Book, cells: Row, reason: str) -> None:
    assert mean_bounds(holding(book, [elsewhere(A, 40) | cells]), "cloud_rate", 2025) == ()


def test_unknown_names_are_refused(book: Book) -> None:
    with pytest.raises(UnknownName, match="did you mean cloud_rate"):
        mean_bounds(book, "cloud_rat", 2025)
    with pytest.raises(UnknownName, match='no city "dezho"; did you mean dezhou'):
        mean_bounds(book, "cloud_rate", 2025, "dezho")


# ── what must hold of any figures ──────────────────────────────────────────────

SAID = st.tuples(
    st.sampled_from(["eq", "ge", "gt", "le", "lt", "approx", "silent"]), st.integers(1, 99), st.floats(0, 1)
)


def completed(comparator: str, value: int, share: float, top: float) -> float:
    """Return a figure that the city may turn out to have: the share of the way from least to most."""
    low = {"eq": value, "ge": value, "gt": value}.get(comparator, 0)
    high = {"eq": value, "le": value, "lt": value}.get(comparator, top)
    return low + share * (high - low)


@STEADY
@given(st.tuples(SAID, SAID, SAID, SAID), st.booleans())
def test_no_completion_leaves_the_bounds(
    book: Book, said: tuple[tuple[str, int, float], ...], rate: bool
) -> None:
    cells = {} if rate else COUNT
    rows = [
        elsewhere(city, value, comparator) | cells
        for city, (comparator, value, _) in zip(CITIES, said, strict=True)
        if comparator != "silent"
    ]
    found = mean_bounds(holding(book, rows), "cloud_rate", 2025)
    assert len(found) == bool(rows)
    for made in found:
        # A count has no top: whatever a city may come to, the bounds must hold it.
        true = [completed(*one, top=100 if rate else 10_000) for one in said]
        whole = sum(true) / 4 if rate else sum(true)
        assert made.low is not None and made.low <= whole + 1e-9
        assert made.high is None or whole <= made.high + 1e-9
        certain = all(comparator == "eq" for comparator, _, _ in said)
        assert (made.low == made.high) == certain
        # The bounds are sharp: the worst completion reaches the lower one.
        worst = sum(completed(comparator, value, 0, 100) for comparator, value, _ in said)
        assert isclose(made.low, worst / 4 if rate else worst)


@STEADY
@given(st.tuples(SAID, SAID, SAID, SAID), st.sampled_from(CITIES), st.integers(1, 99))
def test_a_further_figure_never_widens_the_bounds(
    book: Book, said: tuple[tuple[str, int, float], ...], city: str, value: int
) -> None:
    rows = [
        elsewhere(name, number, comparator)
        for name, (comparator, number, _) in zip(CITIES, said, strict=True)
        if comparator != "silent" and name != city
    ]
    before = mean_bounds(holding(book, rows), "cloud_rate", 2025)
    after = bounds(book, [*rows, elsewhere(city, value)])
    for was in before:
        assert was.low is not None and was.high is not None and after.low is not None
        assert after.high is not None and was.low <= after.low <= after.high <= was.high
