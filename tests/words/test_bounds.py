"""Bounds as rows: those of the analysis, of several items and of every year in which a figure falls due."""

from __future__ import annotations

import pytest

import compare as cp
from compare.analysis import bounds as coded
from compare.errors import UnknownName
from compare.tables.book import Book


def test_each_row_is_what_the_analysis_says_of_an_item_and_a_year(book: Book) -> None:
    items = cp.rankable(book)
    rows = cp.mean_bounds(book, items).astype(object).to_dict("records")
    figures = cp.promised(book)
    years = {
        (row["item_id"], row["due_on"].year) for row in figures[figures["due_on"].notna()].to_dict("records")
    }
    told = [
        one for item, year in sorted(years) if item in items for one in coded.mean_bounds(book, item, year)
    ]
    assert len(rows) == len(told) > len(items) > 0
    for one in told:
        [row] = [
            row
            for row in rows
            if (row["item_id"], row["year"]) == (one.measure.item_id, one.year)
            and row["row_ids"] == ";".join(one.row_ids)
        ]
        assert (row["what"], row["figures"], row["cities"]) == (one.what, one.figures, one.cities)
        sides = [None if row[side] != row[side] else row[side] for side in ("low", "high")]
        assert sides == [one.low, one.high]
        assert row["without"] == ";".join(one.without)
        assert row["item_en"] and row["item_zh"] and row["unit_zh"]


def test_one_year_is_that_year_alone(book: Book) -> None:
    every = cp.mean_bounds(book, cp.rankable(book)[0])
    year = int(every["year"].iloc[-1])
    one = cp.mean_bounds(book, cp.rankable(book)[0], year)
    assert 0 < len(one) < len(every) and set(one["year"]) == {year}


def test_an_item_that_there_is_not_is_refused_whatever_the_year(book: Book) -> None:
    for year in (None, 2022):
        with pytest.raises(UnknownName, match="nonesuch"):
            cp.mean_bounds(book, "nonesuch", year)


def test_nothing_asked_for_gives_no_rows_with_all_columns(book: Book) -> None:
    assert list(cp.mean_bounds(book, [])) == list(cp.mean_bounds(book, cp.rankable(book)))
