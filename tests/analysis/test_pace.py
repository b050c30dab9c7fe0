"""What pace a promise asks for: worked out again from both rows, and nothing where one of them is lacking."""

from __future__ import annotations

import datetime
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest

import compare as cp
from compare.analysis.pace import PACE, pace
from compare.tables.book import Book


def years(first: datetime.date, last: datetime.date) -> Fraction:
    """Return the time between two days, each a part of its own year."""

    def part(day: datetime.date) -> Fraction:
        new_year = datetime.date(day.year, 1, 1)
        return Fraction((day - new_year).days + 1, (datetime.date(day.year + 1, 1, 1) - new_year).days)

    return last.year - first.year + part(last) - part(first)


def with_promise(book: Book, **cells: Any) -> Book:
    """Return a book with one promise from elsewhere that the totals at hand of a city lead up to."""
    row = book.outside_targets[book.outside_targets["fact_id"] == "g-jinan-0002"].assign(
        measure_id="base_stations_built", act="build", **cells
    )
    others = book.outside_targets[book.outside_targets["fact_id"] != "g-jinan-0002"]
    return replace(book, outside_targets=pd.concat([others, row], ignore_index=True))


def test_every_pace_is_worked_out_again_from_its_rows(book: Book) -> None:
    found = pace(with_promise(book))
    facts = {row["fact_id"]: row for name in ("outcomes", "outside_targets", "reference")
             for row in getattr(book, name).to_dict("records")}  # fmt: skip
    assert list(found) == PACE and len(found) >= 3
    for row in found.to_dict("records"):
        promise, first = facts[row["row_id"]], facts[row["from_id"]]
        took = years(first["date_on"].date(), promise["date_on"].date())
        size = Fraction(promise["value"]) - Fraction(first["value"])
        assert row["increment"] == size and row["years"] == pytest.approx(float(took))
        assert row["per_year"] == pytest.approx(float(size / took))
        if pd.notna(row["reference_id"]):
            people = Fraction(facts[row["reference_id"]]["value"])
            assert row["per_10000"] == pytest.approx(float(size / took / people * 10_000))
        assert first["place_id"] == promise["place_id"] and first["date_on"] < promise["date_on"]


def test_it_starts_from_the_last_exact_total_before(book: Book) -> None:
    (row,) = pace(with_promise(book), "g-jinan-0002").to_dict("records")
    # 60,000 by the end of 2025 from 15,000 in September 2020.
    assert (row["from_id"], row["increment"]) == ("o-jinan-0003", 45_000)
    assert row["per_year"] == pytest.approx(
        45_000 / float(years(datetime.date(2020, 9, 30), datetime.date(2025, 12, 31)))
    )
    bounded = book.outcomes.assign(
        comparator=book.outcomes["comparator"].mask(book.outcomes["fact_id"] == "o-jinan-0003", "ge")
    )
    (row,) = pace(replace(with_promise(book), outcomes=bounded), "g-jinan-0002").to_dict("records")
    assert (row["from_id"], row["years"], row["per_year"]) == ("o-jinan-0001", 6, (60_000 - 6_025) / 6)


@pytest.mark.parametrize(
    ("cells", "comparator"),
    [
        ({}, "eq"),
        ({"comparator": "ge"}, "ge"),
        ({"comparator": "lt"}, "lt"),
        ({"comparator": "approx"}, None),
        ({"basis": "flow"}, None),
        ({"basis": "ambiguous"}, None),
        ({"act": "open"}, None),
        ({"scope_zh": "城区"}, None),
        ({"measure_id": "base_stations_in_service"}, None),
        ({"place_id": "dezhou"}, None),
        ({"confidence": "suspect"}, None),
        ({"date_on": pd.NaT}, None),
        ({"date_on": pd.Timestamp(2019, 12, 31)}, None),
        ({"unit_id": "rank"}, None),
    ],
)
def test_only_what_is_of_one_kind_and_says_a_number_has_one(
    book: Book, cells: dict[str, Any], comparator: str | None
) -> None:
    row = with_promise(book).outside_targets.query("fact_id == 'g-jinan-0002'").assign(**cells)
    one = replace(book, outside_targets=row.reset_index(drop=True))
    found = pace(one, "g-jinan-0002")
    assert list(found["comparator"]) == ([] if comparator is None else [comparator])


def targets(book: Book, **baseline: Any) -> Book:
    """Return a book in which a document promises 80 of a city, and states or names where it stands."""
    promise = book.targets[book.targets["target_id"] == "t-dezhou-0030"].assign(
        value_low=80.0, value_high=80.0, comparator="eq"
    )
    status = promise.assign(
        target_id="t-dezhou-9999", kind="status", value_low=20.0, value_high=20.0, due_on=pd.NaT, **baseline
    )
    drawn = book.sources["drawn_up_on"].mask(
        book.sources["source_id"] == "dezhou-2020", pd.Timestamp(2019, 12, 31)
    )
    rows = pd.concat([promise.assign(baseline_target_id=baseline.get("named")), status], ignore_index=True)
    rows = rows.drop(columns="named", errors="ignore").assign(
        due_on=pd.to_datetime(rows["due_on"]), restates_target_id=None
    )
    return replace(book, targets=rows, sources=book.sources.assign(drawn_up_on=drawn))


def test_a_document_s_own_account_is_a_beginning(book: Book) -> None:
    (row,) = pace(targets(book), "t-dezhou-0030").to_dict("records")
    took = years(datetime.date(2019, 12, 31), datetime.date(2020, 11, 30))
    assert (row["from_id"], row["increment"]) == ("t-dezhou-9999", 60)
    assert row["per_year"] == pytest.approx(float(60 / took))
    undated = targets(book)
    undated = replace(undated, sources=undated.sources.assign(drawn_up_on=pd.NaT, published_on=pd.NaT))
    assert pace(undated, "t-dezhou-0030").empty, "nobody says when it was so"
    assert pace(targets(book, scope_zh="城区"), "t-dezhou-0030").empty, "of a part alone"
    assert pace(targets(book, comparator="approx"), "t-dezhou-0030").empty, "about twenty"


def test_the_total_that_a_row_names_stands_before_all_others(book: Book) -> None:
    (row,) = pace(targets(book, named="t-dezhou-9999", scope_zh="城区"), "t-dezhou-0030").to_dict("records")
    assert row["from_id"] == "t-dezhou-9999"
    assert pace(targets(book, named="t-dezhou-0000"), "t-dezhou-0030").empty


def test_it_is_told_beside_both_rows_as_derived(book: Book) -> None:
    made = with_promise(book)
    row = cp.increments(made, "g-jinan-0002").iloc[0]
    assert (row["from_id"], row["to_id"], row["row_id"]) == ("o-jinan-0003", "g-jinan-0002", "g-jinan-0002")
    figures = cp.figures(made, topic="5g")
    from compare.sections.grown import grown
    from compare.sections.section import Items, runs
    from compare.sections.shown import by_row

    for lang, words in (("en", "a year"), ("zh", "推算年均变化")):
        (part,) = grown(cp.increments(made, "g-jinan-0002"), by_row(figures), lang)
        (items,) = (one for one in part.blocks if isinstance(one, Items))
        (line,) = items.items
        derived = [run.text for run in line if run.look == "derived"]
        assert len(derived) == 1 and words in derived[0] and row[f"heads_{lang}"] in derived[0]
        assert [run.row for run in runs([part]) if run.row]
