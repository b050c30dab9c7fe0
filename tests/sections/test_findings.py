"""Which finding heads a topic, by the figures that there are; of the five documents by the bare tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

import compare as cp
from compare.analysis.findings import apart, compared, featured, narrowed, topics_in_order, weightiest
from compare.sections.findings import finding
from compare.tables.book import Book
from compare.tables.edition import Edition

from .telling import read_rows

DAY, LATER = pd.Timestamp(2030, 12, 31), pd.Timestamp(2032, 12, 31)


def figure(row: str, **other: Any) -> dict[str, Any]:
    """Return a made-up figure of an indicator, its place the letter behind its dash."""
    return {
        "row_id": row, "kind": "target", "operative": True, "place_id": row[-1], "item_id": "i",
        "indicator_id": "i", "topic_id": "t", "value_low": 10.0, "value_high": 10.0, "comparator": "eq",
        "due_on": DAY, "better": "higher", "confidence": "", "disputed": False, "status": "adopted",
        "headline": "yes", "topic_order": 0, "force": "firm", "indicator_order": 0, "division_code": row[-1],
        "basis": "stock", "scope_zh": None, "item_zh": "项",
    } | other  # fmt: skip


def pair(left: str, right: str, **other: Any) -> dict[str, Any]:
    return {
        "item_id": "i", "left_id": left, "right_id": right, "normaliser": "as_stated", "readings": "",
        "relation": "at_least", "time": "same", "amount": "more",
    } | other  # fmt: skip


A, B, C = figure("t-a", value_low=30.0, value_high=30.0), figure("t-b"), figure("t-c", value_low=20.0)
ALL = [pair("t-a", "t-b"), pair("t-a", "t-c"), pair("t-b", "t-c")]


@pytest.mark.parametrize(
    ("figures", "pairs", "kind", "rows", "reason"),
    [
        ([A, B, C], ALL, "compared", ["t-a", "t-c", "t-b"], "from most to least, whatever city is first"),
        ([A, B, C], ALL[:1], "compared", ["t-a", "t-b"], "a figure that is told of one alone stays out"),
        ([A, B], [pair("t-a", "t-b", readings="draft=in")], "unlike", ["t-a", "t-b"], "it rests on a draft"),
        ([A, B], [pair("t-a", "t-b", relation="not_told")], "unlike", ["t-a", "t-b"], "nothing is told"),
        ([A, B], [pair("t-a", "t-b", normaliser="people")], "unlike", ["t-a", "t-b"], "only per resident"),
        (
            [A, B | {"due_on": LATER}],
            [pair("t-a", "t-b", relation="less_earlier", time="earlier")],
            "later",
            ["t-b", "t-a"],
            "the higher, which is due later, first",
        ),
        ([A], [], "alone", ["t-a"], "one city has a number"),
        ([A, B | {"item_id": "j", "headline": "no"}], [], "alone", ["t-a"], "others number other things"),
        ([A | {"kind": "status"}], [], "", [], "a status promises nothing"),
        (
            [A | {"better": "lower"}, B | {"better": "lower"}],
            ALL[:1],
            "compared",
            ["t-b", "t-a"],
            "less is better",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_which_figures_make_which_finding(
    figures: list[dict[str, Any]], pairs: list[dict[str, Any]], kind: str, rows: list[str], reason: str
) -> None:
    order = pd.DataFrame(pairs, columns=list(pair("", "")))
    found = finding(pd.DataFrame(figures), order)
    assert (found.kind if found else "", [row["row_id"] for row in found.rows] if found else []) == (
        kind,
        rows,
    ), reason


def test_what_is_sure_comes_before_what_more_cities_have() -> None:
    doubted = [figure(f"g-{one}", item_id="j", kind="elsewhere", confidence="medium") for one in "abc"]
    pairs = [
        pair(f"g-{one}", f"g-{two}", item_id="j", readings="confidence=all")
        for one, two in ("ab", "ac", "bc")
    ]
    groups = compared(pd.DataFrame([pair("t-a", "t-b"), *pairs]), pd.DataFrame([*doubted, A, B]))
    assert [len(group) for group in groups] == [2, 3]


@pytest.mark.parametrize(
    ("less", "reason"),
    [
        ({"status": "draft"}, "a draft may never have been issued"),
        ({"headline": "no"}, "no headline indicator"),
        ({"force": "aspirational"}, "it is only striven for"),
        ({"topic_order": 1}, "its topic comes later"),
        ({"scope_zh": "某区"}, "of a part of the city"),
        ({"basis": "ambiguous"}, "what it counts is left open"),
        ({"indicator_order": 5}, "its indicator stands further down"),
    ],
)
def test_the_weightiest_promise(less: dict[str, Any], reason: str) -> None:
    assert weightiest(pd.DataFrame([A | less, B])) == ["t-b", "t-a"], reason


def test_without_a_list_the_topics_with_most_numbers_are_featured(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "compare.analysis.findings.edition_of", lambda _root: Edition("1", date(2026, 11, 21))
    )
    held = cp.promised(book, book.cities).groupby("topic_id")["place_id"].nunique()
    made = featured(book)
    assert len(made) == 3 and min(held[made]) >= max(held.drop(made))
    assert topics_in_order(book) == list(book.topics["topic_id"])


def test_the_featured_topics_come_first_and_every_topic_once(book: Book) -> None:
    names = topics_in_order(book)
    assert names[: len(featured(book))] == featured(book)
    assert sorted(names) == sorted(row["topic_id"] for row in read_rows("topics"))


def test_pairs_apart_put_the_higher_first() -> None:
    order = pd.DataFrame([pair("t-a", "t-b", relation="more_later", time="later")])
    assert apart(order, pd.DataFrame([A, B])) == [("t-a", "t-b")]


def test_a_scope_that_the_name_says_is_not_said_again() -> None:
    assert narrowed({"scope_zh": pd.NA, "item_zh": "项"}) == ""
