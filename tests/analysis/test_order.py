"""What holds between two promises under every reading, against all outcomes tried one by one."""

from __future__ import annotations

from itertools import product
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compare as cp
from compare.analysis.order import order, relation
from compare.tables.book import Book

PLAIN: dict[str, Any] = {
    "row_id": "a", "place_id": "a", "item_id": "i", "act": "build", "also_act": None, "basis": "stock",
    "unit_id": "count", "denominator_zh": None, "scope_zh": None, "recurrence": None, "due_year": 2025,
    "due_on": pd.Timestamp(2025, 12, 31), "comparator": "eq", "value_low": 10.0, "value_high": 10.0,
    "force": "firm", "status": "adopted", "confidence": "high",
}  # fmt: skip


def figure(number: float = 10, comparator: str = "eq", **more: Any) -> dict[str, Any]:
    """Return a figure; "at least" has no upper end, "at most" no lower one, a range goes up by five."""
    low = None if comparator in ("le", "lt") else float(number)
    high = None if comparator in ("ge", "gt") else float(number) + 5 * (comparator == "range")
    return PLAIN | {"comparator": comparator, "value_low": low, "value_high": high} | more


def due(year: int) -> dict[str, Any]:
    return {"due_year": year, "due_on": pd.Timestamp(year, 12, 31)}


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
    (figure(12, unit_id="wan"), figure(), "not_told", "", "two units"),
    (figure(12, act="open"), figure(), "not_told", "", "opened is not built"),
    (figure(12, denominator_zh="农村"), figure(), "not_told", "", "two denominators"),
    (figure(12, due_on=pd.NaT), figure(), "not_told", "", "no date"),
)


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
figures = st.builds(
    figure,
    st.sampled_from([5, 10, 15, 20]),
    st.sampled_from(["eq", "ge", "gt", "le", "lt", "range", "approx"]),
    basis=st.sampled_from(["stock", "flow", "ambiguous"]),
    status=st.sampled_from(["adopted", "draft"]),
    confidence=st.sampled_from(["high", "medium"]),
    due_on=st.sampled_from([pd.Timestamp(2025, 12, 31), pd.Timestamp(2026, 12, 31), pd.NaT]),
).map(lambda one: one | {"due_year": None if pd.isna(one["due_on"]) else one["due_on"].year})
ways = st.sampled_from(["higher", "lower"])


def outcomes(one: dict[str, Any], bound: str) -> list[float]:
    """Return numbers that a figure may come out as: its own ends, what lies between, and far beyond."""
    low, high = one["value_low"], one["value_high"]
    if bound == "written":
        ends = [end for end in (low, high) if end is not None]
        return [*ends, sum(ends) / len(ends)]
    if one["comparator"] == "approx":
        return [0.0, 1e9]
    strict = {"gt": (0.5, 1e9), "lt": (0.5, -1.0)}.get(one["comparator"])
    bottom, top = 0.0 if low is None else low, 1e9 if high is None else high
    if strict:
        bottom, top = (bottom + 0.001, top) if one["comparator"] == "gt" else (bottom, top - 0.001)
    return [bottom, (bottom + min(top, bottom + 1e6)) / 2, top]


def tried(left: dict[str, Any], right: dict[str, Any], way: str, settled: dict[str, str]) -> set[str]:
    """Return what holds in every outcome of every reading that agrees with what is settled."""
    bases = [("stock", "flow") if one["basis"] == "ambiguous" else (one["basis"],) for one in (left, right)]
    held = {"ge", "le", "gt", "lt"}
    for bound, first, second, draft, confidence in product(
        ("written", "open"), *bases, ("in", "out"), ("all", "high")
    ):
        reading = {
            "bound": bound,
            "left_basis": first,
            "right_basis": second,
            "draft": draft,
            "confidence": confidence,
        }
        if any(reading[name] != value for name, value in settled.items()):
            continue
        gone = (draft == "out" and "draft" in (left["status"], right["status"])) or (
            confidence == "high" and "medium" in (left["confidence"], right["confidence"])
        )
        days = left["due_on"], right["due_on"]
        if gone or first != second or (first == "flow" and days[0] != days[1]):
            return set()
        for mine, theirs in product(outcomes(left, bound), outcomes(right, bound)):
            sign = mine - theirs if way == "higher" else theirs - mine
            held &= {name for name, holds in {
                "ge": sign >= 0, "le": sign <= 0, "gt": sign > 0, "lt": sign < 0,
            }.items() if holds}  # fmt: skip
    return held


@settings(max_examples=400, deadline=None)
@given(figures, figures, ways)
def test_what_is_told_holds_in_every_outcome(left: Any, right: Any, way: str) -> None:
    told = relation(left, right, way)
    settled = dict(one.split("=") for one in told["readings"].split(";") if one)
    held = tried(left, right, way, settled)
    sooner, later = left["due_on"] < right["due_on"], left["due_on"] > right["due_on"]
    wanted = {
        "at_least": "ge" in held and not later,
        "at_most": "le" in held and not sooner,
        "more_later": "gt" in held and later,
        "less_earlier": "lt" in held and sooner,
        "same": {"ge", "le"} <= held and left["due_on"] == right["due_on"],
        "not_told": True,
    }
    assert wanted[told["relation"]], (told, held)


@settings(max_examples=400, deadline=None)
@given(figures, figures, ways)
def test_what_holds_in_every_outcome_is_told(left: Any, right: Any, way: str) -> None:
    held = tried(left, right, way, {})
    dated = pd.notna(left["due_on"]) and pd.notna(right["due_on"])
    holds = dated and (
        ("ge" in held and left["due_on"] <= right["due_on"])
        or ("le" in held and left["due_on"] >= right["due_on"]) or "gt" in held or "lt" in held
    )  # fmt: skip
    told = relation(left, right, way)
    assert (told["relation"] != "not_told" and not told["readings"]) == bool(holds), (told, held)


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
    assert found(book, "base_stations_5g", "g-jinan-0004", "g-qingdao-0002") == ("same", "")
    assert found(book, "base_stations_5g", "g-jinan-0004", "g-qingdao-0002", "population_census") == (
        "at_least",
        "",
    )
    assert found(book, "base_stations_5g", "g-qingdao-0002", "t-dongying-0008") == ("at_least", "")


def test_coverage_with_smart_communities(book: Book) -> None:
    assert found(book, "smart_community_coverage", "g-qingdao-0005", "t-dezhou-0010") == ("at_most", "")
    assert found(book, "smart_community_coverage", "g-qingdao-0005", "t-dongying-0006") == (
        "more_later", "bound=written",
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
