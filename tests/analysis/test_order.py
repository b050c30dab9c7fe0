"""What holds between two promises under every reading, against all outcomes tried one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compare as cp
from compare.analysis.order import order, relation
from compare.analysis.readings import Divisor
from compare.tables.book import Book

PLAIN: dict[str, Any] = {
    "row_id": "a", "place_id": "a", "item_id": "i", "act": "build", "also_act": None, "basis": "stock",
    "unit_id": "count", "denominator_zh": None, "scope_zh": None, "recurrence": None, "due_year": 2025,
    "due_on": pd.Timestamp(2025, 12, 31), "due_precision": "year", "comparator": "eq",
    "value_low": 10.0, "value_high": 10.0, "force": "firm", "status": "adopted", "confidence": "high",
}  # fmt: skip


def figure(number: float = 10, comparator: str = "eq", **more: Any) -> dict[str, Any]:
    """Return a figure; "at least" has no upper end, "at most" no lower one, a range goes up by five."""
    low = None if comparator in ("le", "lt") else float(number)
    high = None if comparator in ("ge", "gt") else float(number) + 5 * (comparator == "range")
    return PLAIN | {"comparator": comparator, "value_low": low, "value_high": high} | more


def due(year: int, month: int = 12, day: int = 31, precision: str = "year", **more: Any) -> dict[str, Any]:
    return {"due_year": year, "due_on": pd.Timestamp(year, month, day), "due_precision": precision} | more


def since(year: int, month: int = 1, **more: Any) -> dict[str, Any]:
    """Return the first day of a figure's plan."""
    return {"plan_start": pd.Timestamp(year, month, 1)} | more


FLOW = {"basis": "flow"}
EVERY_QUARTER = {
    "recurrence": "quarter", "due_on": pd.NaT, "due_year": None, "due_precision": "recurring",
}  # fmt: skip


RATE = {"basis": "rate", "unit_id": "percent"}
# Left, right, relation, readings it needs, and why.
CASES = (
    (figure(), figure(), "same", "", "one amount, one day"),
    (figure(12), figure(), "at_least", "", "more by the same day"),
    (figure(12), figure(**due(2026)), "at_least", "", "more, and sooner"),
    (figure(12, **due(2026)), figure(), "more_later", "", "more, but later"),
    (figure(), figure(12, **due(2026)), "less_earlier", "", "less, but sooner"),
    (figure(**due(2026)), figure(), "at_most", "", "as much, but later"),
    (figure(90, "ge", **RATE), figure(90, **RATE), "at_least", "", "at least 90 against 90"),
    (figure(90, **RATE), figure(90, "ge", **RATE), "at_most", "", "90 against at least 90"),
    (
        figure(90, "ge", **RATE),
        figure(70, "ge", **RATE),
        "at_least",
        "bound=written",
        "two floors as written",
    ),
    (figure(80, **RATE), figure(70, "ge", **RATE), "at_least", "bound=written", "a floor may be passed"),
    (figure(90, "gt", **RATE), figure(90, **RATE), "at_least", "", "more than 90 against 90"),
    (figure(100, "gt", **RATE), figure(100, **RATE), "at_least", "", "more than the whole"),
    (figure(110, "ge", **RATE), figure(120, **RATE), "at_most", "bound=written", "a rate beyond the whole"),
    (
        figure(90, "ge", **RATE),
        figure(110, **RATE),
        "at_most",
        "bound=written",
        "beside one beyond the whole",
    ),
    (figure(10, "range"), figure(12), "not_told", "", "within a range"),
    (figure(10, "range"), figure(15), "at_most", "", "a range that ends at the other"),
    (figure(10, "approx"), figure(5), "at_least", "bound=written", "about ten may be anything"),
    (figure(12, basis="ambiguous"), figure(), "at_least", "left_basis=stock", "open whether in total"),
    (figure(12, status="draft"), figure(), "at_least", "draft=in", "a draft that counts"),
    (
        figure(12, confidence="medium"),
        figure(),
        "at_least",
        "confidence=all",
        "a figure of medium confidence",
    ),
    (figure(12, basis="flow"), figure(basis="flow", **due(2026)), "not_told", "", "two periods"),
    (figure(12, basis="flow"), figure(basis="flow"), "at_least", "", "one period"),
    (figure(12, **due(2025, 12, 31, "month")), figure(), "at_least", "", "what stands by one last day"),
    (figure(12, **due(2025, 6, 30, "half_year")), figure(), "at_least", "", "what stands, and sooner"),
    (
        figure(12, **due(2025, 3, 10, "ten_day")), figure(**due(2025, 3, 31, "quarter")),
        "at_least", "", "ten days of a quarter",
    ),
    (
        figure(12, **FLOW, **due(2025, 12, 31, "month")), figure(**FLOW), "not_told", "", "a month, a year",
    ),
    (
        figure(12, **FLOW, **due(2025, 12, 31, "quarter")), figure(**FLOW, **due(2025, 12, 31, "half_year")),
        "not_told", "", "a quarter, a half-year",
    ),
    (
        figure(12, **FLOW, **due(2025, 12, 31, "month")), figure(**FLOW, **due(2025, 12, 31, "month")),
        "at_least", "", "one month",
    ),
    (
        figure(12, **FLOW, **due(2025, 12, 31, "month"), **since(2025)), figure(**FLOW, **since(2025)),
        "at_least", "left_period=plan", "by December since the year began",
    ),
    (
        figure(12, **FLOW, **since(2023)), figure(**FLOW, **since(2025)),
        "at_least", "left_period=named", "a plan of three years, and a plan of one",
    ),
    (
        figure(12, **FLOW, **since(2023)), figure(**FLOW, **since(2023)),
        "at_least", "left_period=named;right_period=named", "two plans of three years",
    ),
    (
        figure(12, **FLOW, **since(2023, due_source="period")), figure(**FLOW, **since(2025)),
        "not_told", "", "no words set a date: three years",
    ),
    (
        figure(12, **FLOW, **since(2023, due_source="period")),
        figure(**FLOW, **since(2023, due_source="period")),
        "at_least", "", "the same three years",
    ),
    (figure(12, **FLOW, **due(2025, 12, 31, "day")), figure(**FLOW), "not_told", "", "since when"),
    (
        figure(12, **FLOW, **due(2025, 4, 30, "year")), figure(**FLOW, **due(2025, 4, 30, "year")),
        "not_told", "", "three years from a day on",
    ),
    (
        figure(12, basis="growth", unit_id="percent", **since(2023)),
        figure(basis="growth", unit_id="percent"),
        "at_least", "left_period=named", "growth since a plan began",
    ),
    (
        figure(12, **FLOW, **EVERY_QUARTER), figure(**FLOW, **EVERY_QUARTER), "at_least", "", "every quarter",
    ),
    *(
        (
            figure(12, **FLOW, **due(2025, 6, last, "ten_day"), plan_start=pd.Timestamp(2025, 6, first)),
            figure(**FLOW, **due(2025, 6, last, "ten_day")), "at_least", "", f"days {first} to {last}",
        )
        for first, last in ((1, 10), (11, 20), (21, 30))
    ),
    (
        figure(12, basis="ambiguous", **due(2025, 12, 31, "month"), **since(2025)), figure(**FLOW),
        "at_least", "left_basis=flow;left_period=plan", "open whether in total, and since when",
    ),
    (figure(10, "gt", **due(2026)), figure(), "more_later", "", "more than ten is more than ten, but later"),
    (figure(10, "lt"), figure(**due(2026)), "less_earlier", "", "less than ten is less, but sooner"),
    (figure(10, "gt"), figure(10, "gt", **due(2026)), "at_least", "bound=written", "two such bounds"),
    (figure(10, "gt"), figure(10, "ge"), "at_least", "bound=written", "over ten above at least ten"),
    (figure(10, "ge", **due(2026)), figure(), "at_most", "bound=written", "at least ten, later"),
    (figure(12, unit_id="wan"), figure(), "not_told", "", "two units"),
    (figure(12, act="open"), figure(), "not_told", "", "opened is not built"),
    (figure(12, denominator_zh="农村"), figure(), "not_told", "", "two denominators"),
    (figure(12, due_on=pd.NaT), figure(), "not_told", "", "no date"),
)  # fmt: skip


@pytest.mark.parametrize(("left", "right", "wanted", "needs", "why"), CASES, ids=[case[-1] for case in CASES])
def test_cases(left: Any, right: Any, wanted: str, needs: str, why: str) -> None:
    told = relation(left, right)
    assert (told["relation"], told["readings"]) == (wanted, needs), why
    assert bool(told["broken_by"]) == (wanted == "not_told" or bool(needs))


TURNED = {
    "at_least": "at_most",
    "at_most": "at_least",
    "more_later": "less_earlier",
    "less_earlier": "more_later",
}
DATES = (
    due(2025), due(2026), due(2025, 12, 31, "month"), due(2025, 6, 30, "month"),
    due(2025, 6, 30, "half_year"),
    due(2025, 6, 30, "quarter"), due(2025, 6, 30, "ten_day"), due(2025, 12, 31, "day"),
    {"due_year": None, "due_on": pd.NaT, "due_precision": "none"},
)  # fmt: skip
# The first day of what each of these dates names; nobody says since when a day counts.
FIRST = {
    ("year", 2025, 12): "2025-01-01", ("year", 2026, 12): "2026-01-01", ("month", 2025, 12): "2025-12-01",
    ("month", 2025, 6): "2025-06-01", ("half_year", 2025, 6): "2025-01-01",
    ("quarter", 2025, 6): "2025-04-01", ("ten_day", 2025, 6): "2025-06-21",
}  # fmt: skip
figures = st.builds(
    lambda number, comparator, date, plan, origin, **more: (
        figure(number, comparator) | date | plan | origin | more
    ),
    st.sampled_from([5, 10, 15, 20]),
    st.sampled_from(["eq", "ge", "gt", "le", "lt", "range", "approx"]),
    st.sampled_from(DATES),
    st.sampled_from([{}, since(2025), since(2023), {"plan_start": pd.NaT}]),
    st.sampled_from([{}, {"due_source": "explicit"}, {"due_source": "period"}]),
    basis=st.sampled_from(["stock", "flow", "ambiguous"]),
    status=st.sampled_from(["adopted", "draft"]),
    confidence=st.sampled_from(["high", "medium"]),
)
ways = st.sampled_from(["higher", "lower"])
# The value that was taken, and all that are at hand.
divided = st.sampled_from([(100.0,), (100.0, 101.0), (100.0, 60.0, 190.0), (210.0,), (210.0, 190.0)])
# How much more than n is at the least, where a bound is read as its number.
JUST = 1e-6


def outcomes(one: dict[str, Any], bound: str) -> list[float]:
    """Return numbers that a figure may come out as: its own ends, what lies between, and far beyond."""
    low, high = one["value_low"], one["value_high"]
    if bound == "written":
        beyond = {"gt": JUST, "lt": -JUST}.get(one["comparator"], 0)
        ends = [end + beyond for end in (low, high) if end is not None]
        return [*ends, sum(ends) / len(ends)]
    if one["comparator"] == "approx":
        return [0.0, 1e9]
    bottom, top = 0.0 if low is None else low, 1e9 if high is None else high
    bottom, top = bottom + JUST * (one["comparator"] == "gt"), top - JUST * (one["comparator"] == "lt")
    return [bottom, (bottom + min(top, bottom + 1e6)) / 2, top]


def periods(one: dict[str, Any]) -> dict[str, tuple[str, str] | None]:
    """Return what a flow may cover, by hand: first and last day."""
    on, start = one["due_on"], one.get("plan_start")
    if pd.isna(on):
        return {"named": None}
    first = FIRST.get((one["due_precision"], on.year, on.month))
    named = (first, str(on.date())) if first else None
    plan = None if start is None or pd.isna(start) else (str(start.date()), str(on.date()))
    if one.get("due_source") == "period":
        return {"plan": plan}
    return {"named": named} if plan in (None, named) else {"named": named, "plan": plan}


def tried(
    left: dict[str, Any], right: dict[str, Any], way: str, settled: dict[str, str], by: Any = None
) -> set[str]:
    """Return what holds in every outcome of every reading that agrees with what is settled."""
    bases = [("stock", "flow") if one["basis"] == "ambiguous" else (one["basis"],) for one in (left, right)]
    held = {"ge", "le", "gt", "lt"}
    for bound, first, second, draft, confidence, mine_of, theirs_of, reference in product(
        ("written", "open"),
        *bases,
        ("in", "out"),
        ("all", "high"),
        periods(left),
        periods(right),
        ("taken", "any"),
    ):
        reading = {
            "bound": bound, "left_basis": first, "right_basis": second,
            "left_period": mine_of, "right_period": theirs_of,
            "draft": draft, "confidence": confidence, "reference": reference,
        }  # fmt: skip
        if any(reading[name] != value for name, value in settled.items()):
            continue
        gone = (draft == "out" and "draft" in (left["status"], right["status"])) or (
            confidence == "high" and "medium" in (left["confidence"], right["confidence"])
        )
        if gone or first != second:
            return set()
        if first == "flow" and (
            periods(left)[mine_of] is None or periods(left)[mine_of] != periods(right)[theirs_of]
        ):
            return set()
        mine_by, theirs_by = [(1.0,), (1.0,)] if by is None else by
        if reference == "taken":
            mine_by, theirs_by = mine_by[:1], theirs_by[:1]
        for mine, theirs, over, under in product(
            outcomes(left, bound), outcomes(right, bound), mine_by, theirs_by
        ):
            sign = mine * under - theirs * over
            # What is further away than a division errs, and nearer than the least that is told apart.
            sign = 0 if abs(sign) < JUST / 2 else sign if way == "higher" else -sign
            held &= {name for name, holds in {
                "ge": sign >= 0, "le": sign <= 0, "gt": sign > 0, "lt": sign < 0,
            }.items() if holds}  # fmt: skip
    return held


def holds_of(held: set[str], left: dict[str, Any], right: dict[str, Any]) -> set[str]:
    """Return the relations that what holds of two amounts and the two dates allow."""
    sooner, later = left["due_on"] < right["due_on"], left["due_on"] > right["due_on"]
    alike = left["due_on"] == right["due_on"]
    wanted = {
        "at_least": "ge" in held and (sooner or alike), "at_most": "le" in held and (later or alike),
        "more_later": "gt" in held and later, "less_earlier": "lt" in held and sooner,
        "same": {"ge", "le"} <= held and alike,
    }  # fmt: skip
    return {name for name, holds in wanted.items() if holds}


@settings(max_examples=500, deadline=None)
@given(figures, figures, ways, st.none() | st.tuples(divided, divided))
def test_what_is_told_holds_in_every_outcome(left: Any, right: Any, way: str, by: Any) -> None:
    right = right | {"row_id": "b"}
    told = relation(left, right, way, by and {"a": divided_by(by[0]), "b": divided_by(by[1])})
    settled = dict(one.split("=") for one in told["readings"].split(";") if one)
    held = tried(left, right, way, settled, by)
    allowed = holds_of(held, left, right)
    assert told["relation"] in allowed | {"not_told"}, (told, held)
    # What is told under some readings is told in full only if it holds without them.
    if told["readings"]:
        assert not holds_of(tried(left, right, way, {}, by), left, right), told


@settings(max_examples=500, deadline=None)
@given(figures, figures, ways, st.none() | st.tuples(divided, divided))
def test_what_holds_in_every_outcome_is_told(left: Any, right: Any, way: str, by: Any) -> None:
    right = right | {"row_id": "b"}
    held = holds_of(tried(left, right, way, {}, by), left, right)
    told = relation(left, right, way, by and {"a": divided_by(by[0]), "b": divided_by(by[1])})
    assert (told["relation"] != "not_told" and not told["readings"]) == bool(held), (told, held)


def divided_by(values: tuple[float, ...]) -> Divisor:
    return Divisor(values[0], min(values), max(values), ("r",))


@settings(max_examples=200, deadline=None)
@given(figures, figures, ways)
def test_the_other_way_round_it_is_turned(left: Any, right: Any, way: str) -> None:
    told, turned = relation(left, right, way), relation(right, left, way)
    assert turned["relation"] == TURNED.get(told["relation"], told["relation"])


@given(figures, figures)
def test_without_a_direction_nothing_is_told(left: Any, right: Any) -> None:
    assert relation(left, right, "none")["relation"] == "not_told"


# ── the five documents ──────────────────────────────────────────────────────
def found(book: Book, item: str, left: str, right: str, normaliser: str = "as_stated") -> tuple[str, str]:
    rows = order(book, item)
    (row,) = rows[
        (rows["left_id"] == left) & (rows["right_id"] == right) & (rows["normaliser"] == normaliser)
    ].to_dict("records")
    return row["relation"], row["readings"]


def test_new_stations_of_one_year(book: Book) -> None:
    assert found(book, "base_stations_5g", "g-jinan-0004", "g-qingdao-0002") == (
        "same",
        "confidence=all",
    )
    assert found(book, "base_stations_5g", "g-jinan-0004", "g-qingdao-0002", "population_census") == (
        "at_least",
        "confidence=all",
    )
    # Qingdao's was seen in a trade medium alone; of Jinan's and Dongying's nothing is left open.
    assert found(book, "base_stations_5g", "g-qingdao-0002", "t-dongying-0008") == (
        "at_least",
        "confidence=all",
    )
    assert found(book, "base_stations_5g", "g-jinan-0004", "t-dongying-0008") == ("at_least", "")


@pytest.mark.parametrize(
    ("comparator", "value", "confidence", "wanted", "needs"),
    [
        ("eq", 9_202_300.0, "medium", "at_least", ""),
        ("eq", 11_000_000.0, "medium", "at_least", "reference=taken"),
        ("eq", 11_000_000.0, "high", "at_least", "reference=taken"),
        ("approx", 9_000_000.0, "medium", "at_least", ""),
        ("approx", 10_000_000.0, "medium", "at_least", "reference=taken"),
        ("ge", 9_000_000.0, "medium", "at_least", "reference=taken"),
        ("le", 9_300_000.0, "medium", "at_least", ""),
        ("eq", 11_000_000.0, "suspect", "at_least", ""),
    ],
)
def test_per_resident_it_holds_with_each_value_at_hand(
    book: Book, comparator: str, value: float, confidence: str, wanted: str, needs: str
) -> None:
    """Two cities add as many: the smaller one more per resident, unless one more source has it larger."""
    pair = ("base_stations_5g", "g-jinan-0004", "g-qingdao-0002", "population_census")
    (taken,) = book.reference[book.reference["fact_id"] == "r-jinan-0002"].to_dict("records")
    other = taken | {
        "fact_id": "r-jinan-9999", "comparator": comparator, "value": value, "confidence": confidence,
    }  # fmt: skip
    rounded = book.reference[book.reference["fact_id"] != "r-jinan-0002"]
    exact = pd.DataFrame([taken | {"comparator": "eq", "confidence": "high"}, other])
    more = replace(book, reference=pd.concat([rounded, exact], ignore_index=True))
    # Qingdao's figure is of medium confidence, whatever the population.
    assert found(more, *pair) == (wanted, ";".join(filter(None, ("confidence=all", needs))))
    rows = order(more, pair[0])
    (ids,) = rows[(rows["left_id"] == pair[1]) & (rows["right_id"] == pair[2])
                  & (rows["normaliser"] == pair[3])]["reference_ids"]  # fmt: skip
    assert ids.startswith("r-jinan-0002;r-qingdao-0001")
    assert ("r-jinan-9999" in ids) == (confidence != "suspect")


def test_what_a_month_adds_is_told_beside_a_year_only_since_the_plan_began(book: Book) -> None:
    assert found(book, "base_stations_5g", "g-jinan-0003", "t-dezhou-0003") == (
        "at_least",
        "right_basis=flow;right_period=plan;draft=in;confidence=all",
    )


def test_coverage_with_smart_communities(book: Book) -> None:
    assert found(book, "smart_community_coverage", "g-qingdao-0005", "t-dezhou-0010") == (
        "at_most",
        "confidence=all",
    )
    assert found(book, "smart_community_coverage", "g-qingdao-0005", "t-dongying-0006") == (
        "more_later", "bound=written;confidence=all",
    )  # fmt: skip


def test_every_pair_is_told_once_in_the_order_of_places(book: Book) -> None:
    places = book.cities
    for item in cp.rankable(book):
        rows = order(book, item)
        assert not rows.duplicated(["left_id", "right_id", "normaliser"]).any()
        assert all(
            places.index(a) < places.index(b) for a, b in zip(rows["left"], rows["right"], strict=True)
        )


def test_names_that_are_none_are_refused(book: Book) -> None:
    with pytest.raises(cp.UnknownName):
        order(book, "base_stations")
    with pytest.raises(cp.UnknownName):
        order(book, "base_stations_5g", "jinann")
