"""Two documents' figures of one indicator: real rows set against altered copies of themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from compare.analysis.moves import CHANGES, COLUMNS, moves
from compare.errors import UnknownName
from compare.tables.book import Book

EARLIER, LATER = "dezhou-2020", "dezhou-2023"
# 93 % of households by December 2020, in the draft; Dezhou's later document does not speak of it.
BROADBAND = "t-dezhou-0005"


def also(
    book: Book, target: str, *changes: dict[str, Any], better: str = "higher", source: str = LATER
) -> Book:
    """Return the book with copies of a target in a document, altered, due at the end of 2025."""
    row = book.targets[book.targets["target_id"] == target]
    end = {"due_on": pd.Timestamp("2025-12-31")}
    copies = [
        row.assign(**({"source_id": source, "target_id": f"t-new-{at}"} | end | change))
        for at, change in enumerate(changes)
    ]
    indicator = row["indicator_id"].iloc[0]
    indicators = book.indicators.assign(
        better=book.indicators["better"].where(book.indicators["indicator_id"] != indicator, better)
    )
    return replace(book, targets=pd.concat([book.targets, *copies]), indicators=indicators)


def value(low: float | None, high: float | None, comparator: str, **more: Any) -> dict[str, Any]:
    return {"value_low": low, "value_high": high, "comparator": comparator} | more


ONE = [
    ({}, "different_year", "again", "due_year;draft", "the same bound and value, for a later year"),
    (
        {"due_on": pd.Timestamp("2020-06-30")},
        "like",
        "again",
        "draft",
        "the same year: no difference but the draft",
    ),
    (value(95, 95, "eq"), "different_year", "raised", "due_year;draft", "a higher value"),
    (value(90, 90, "eq"), "different_year", "lowered", "due_year;draft", "a lower value"),
    (
        value(95, None, "ge"),
        "different_year",
        "raised",
        "due_year;comparator;draft",
        "another bound, and further",
    ),
    (value(93, None, "ge"), "different_year", "differs", "due_year;comparator;draft", "another bound alone"),
    (value(95, 97, "range"), "different_year", "raised", "due_year;comparator;draft", "both ends further"),
    (value(93, 97, "range"), "different_year", "raised", "due_year;comparator;draft", "one end further"),
    (
        value(90, 97, "range"),
        "different_year",
        "differs",
        "due_year;comparator;draft",
        "the ends move apart: which goes further is open",
    ),
    (
        {"force": "aspirational"},
        "different_year",
        "again",
        "due_year;force;draft",
        "the force is told beside",
    ),
    (
        value(95, 95, "eq", denominator_zh="农村家庭"),
        "different_measure",
        "different_measure",
        "denominator;due_year;draft",
        "another denominator",
    ),
    (
        value(95, 95, "eq", basis="ambiguous"),
        "different_measure",
        "different_measure",
        "basis_open;due_year;draft",
        "an open basis compares with nothing",
    ),
    (
        {"recurrence": "year", "due_on": pd.NaT},
        "different_measure",
        "different_measure",
        "recurrence;due_year;draft",
        "a figure for every year against one",
    ),
    (
        {"multiplier": 2},
        "different_year",
        "differs",
        "due_year;draft",
        "the same value for each of two groups",
    ),
]


@pytest.mark.parametrize(
    ("change", "grade", "moved", "differences", "reason"), ONE, ids=[case[-1] for case in ONE]
)
def test_one_figure_against_another(
    book: Book, change: dict[str, Any], grade: str, moved: str, differences: str, reason: str
) -> None:
    [found] = moves(also(book, BROADBAND, change), "fixed_broadband_penetration", EARLIER, LATER).to_dict(
        "records"
    )
    assert (found["earlier_id"], found["later_id"]) == (BROADBAND, "t-new-0")
    assert (found["grade"], found["change"], found["differences"]) == (grade, moved, differences)
    assert found["change"] in CHANGES


@pytest.mark.parametrize(
    ("better", "low", "moved"),
    [
        ("higher", 95, "raised"),
        ("lower", 95, "lowered"),
        ("lower", 90, "raised"),
        ("none", 95, "differs"),
        ("none", 93, "again"),
    ],
)
def test_the_direction_is_the_indicators(book: Book, better: str, low: float, moved: str) -> None:
    altered = also(book, BROADBAND, value(low, low, "eq"), better=better)
    assert list(moves(altered, "fixed_broadband_penetration", EARLIER, LATER)["change"]) == [moved]


@pytest.mark.parametrize(
    ("earlier", "later", "moved", "reason"),
    [
        (value(90, None, "ge"), value(95, None, "ge"), "raised", "two floors"),
        (value(90, None, "ge"), value(90, None, "gt"), "differs", "at least against more than"),
        (value(None, 90, "le"), value(None, 80, "le"), "lowered", "two ceilings"),
        (value(90, None, "ge"), value(None, 80, "le"), "differs", "a floor says nothing of a ceiling"),
        (value(None, 90, "lt"), value(95, None, "gt"), "differs", "nor a ceiling of a floor"),
        (value(3, 5, "range"), value(4, 4, "eq"), "differs", "within the range"),
        (value(3, 5, "range"), value(3, 5, "range"), "again", "the same range"),
    ],
)
def test_bounds(book: Book, earlier: dict[str, Any], later: dict[str, Any], moved: str, reason: str) -> None:
    altered = also(book, BROADBAND, later)
    before = altered.targets["target_id"] == BROADBAND
    altered = replace(
        altered,
        targets=pd.concat([altered.targets[before].assign(**earlier), altered.targets[~before]]),
    )
    assert list(moves(altered, "fixed_broadband_penetration", EARLIER, LATER)["change"]) == [moved]


def day(text: str) -> dict[str, Any]:
    return {"due_on": pd.Timestamp(text)}


@pytest.mark.parametrize(
    ("changes", "found", "reason"),
    [
        (
            [value(94, 94, "eq") | day("2023-12-31"), value(90, 90, "eq")],
            [(BROADBAND, "t-new-1", "lowered")],
            "a measure promised for two years is one matter: the last year counts",
        ),
        (
            [value(94, 94, "eq") | day("2020-12-31"), value(90, 90, "eq")],
            [(BROADBAND, "t-new-0", "raised")],
            "the same year before the last",
        ),
        (
            [value(94, 94, "eq", scope_zh="农村"), value(90, 90, "eq") | day("2023-12-31")],
            [(BROADBAND, "t-new-1", "lowered")],
            "a figure that compares before one due later that does not",
        ),
        (
            [
                value(94, 94, "eq", scope_zh="农村"),
                value(94, 94, "eq", scope_zh="主城区") | day("2026-12-31"),
            ],
            [(BROADBAND, "t-new-1", "different_measure")],
            "where none compares, the last due stands for all",
        ),
    ],
)
def test_of_several_figures_later(
    book: Book, changes: list[dict[str, Any]], found: list[tuple[str, str, str]], reason: str
) -> None:
    made = moves(also(book, BROADBAND, *changes), "fixed_broadband_penetration", EARLIER, LATER)
    assert list(zip(made["earlier_id"], made["later_id"], made["change"], strict=True)) == found


def test_of_several_years_in_both_documents_the_last_are_set_together(book: Book) -> None:
    first = value(80, 80, "eq", target_id="t-first") | day("2019-12-31")
    altered = also(
        also(book, BROADBAND, first, source=EARLIER), BROADBAND, value(90, 90, "eq"), day("2023-12-31")
    )
    made = moves(altered, "fixed_broadband_penetration", EARLIER, LATER)
    assert list(zip(made["earlier_id"], made["later_id"], made["change"], strict=True)) == [
        (BROADBAND, "t-new-0", "lowered")
    ]


def test_each_measure_is_set_against_its_own(book: Book) -> None:
    rural = value(80, 80, "eq", scope_zh="农村")
    altered = also(book, BROADBAND, rural | {"target_id": "t-rural"} | day("2020-12-31"), source=EARLIER)
    altered = also(altered, BROADBAND, value(95, 95, "eq"), rural | {"value_low": 70.0, "value_high": 70.0})
    made = moves(altered, "fixed_broadband_penetration", EARLIER, LATER)
    assert set(zip(made["earlier_id"], made["later_id"], made["change"], strict=True)) == {
        (BROADBAND, "t-new-0", "raised"),
        ("t-rural", "t-new-1", "lowered"),
    }


def test_a_restatement_is_no_figure_of_its_own(book: Book) -> None:
    altered = also(book, BROADBAND, value(95, 95, "eq"), {"restates_target_id": "t-new-0"})
    assert list(moves(altered, "fixed_broadband_penetration", EARLIER, LATER)["later_id"]) == ["t-new-0"]


def test_where_one_document_has_no_figure_nothing_is_set_together(book: Book) -> None:
    made = moves(book, "fixed_broadband_penetration", EARLIER, LATER)
    assert made.empty and list(made.columns) == COLUMNS


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            ("fixed_broadband", EARLIER, LATER),
            'There is no indicator "fixed_broadband"; did you mean fixed_broadband_penetration',
        ),
        (("fixed_broadband_penetration", EARLIER, "dezhou-2024"), 'No document "dezhou-2024" is at hand'),
    ],
)
def test_unknown_names_are_refused(book: Book, asked: tuple[str, str, str], words: str) -> None:
    with pytest.raises(UnknownName) as told:
        moves(book, *asked)
    assert str(told.value).startswith(words)
