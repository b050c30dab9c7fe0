"""What the charts of the five documents hold."""

from __future__ import annotations

import pandas as pd
import pytest

import compare as cp
from compare import charts
from compare.tables.book import Book


@pytest.fixture(scope="module")
def figures(book: Book) -> pd.DataFrame:
    return cp.figures(book, "5g")


def test_base_stations_are_data_of_an_axis_that_is_seen(figures: pd.DataFrame) -> None:
    drawn = charts.values(figures[figures["indicator_id"] == "base_stations_5g"], "en")
    (trace,) = drawn.data
    assert dict(zip(trace.customdata, trace.x, strict=True)) == {
        "t-dezhou-0003": 1500,
        "t-dongying-0008": 2000,
        "g-jinan-0002": 60000,
        "g-jinan-0003": 10000,
        "g-jinan-0004": 10000,
        "g-qingdao-0002": 10000,
        "g-qingdao-0003": 7000,
    }
    due = figures.set_index("row_id")["due_on"]
    assert [*due[[*trace.customdata]]] == sorted(due[[*trace.customdata]]), "by the day they are due"
    assert drawn.layout.xaxis.visible is not False and drawn.layout.xaxis.title.text == "count"


def test_the_province_stands_beside_the_city_that_set_itself_the_same_share(figures: pd.DataFrame) -> None:
    (trace,) = charts.values(figures[figures["indicator_id"] == "gigabit_households"], "en").data
    assert trace.customdata == ("g-shandong-0013", "t-dongying-0004", "t-dezhou-0011")
    assert trace.x == (70, 70, 80)


def test_a_city_without_a_number_is_said_in_its_words(figures: pd.DataFrame) -> None:
    """As long as nothing from elsewhere gives one."""
    rows = figures[figures["indicator_id"] == "base_stations_5g"]
    named = [one.name for one in charts.values(rows, "en").layout.annotations if one.name]
    assert "g-jinan-0002" in named and "m-jinan-0001" not in named
    drawn = charts.values(rows[rows["kind"] != "elsewhere"], "en")
    assert [one.name for one in drawn.layout.annotations if one.name] == [
        "t-dezhou-0003",
        "t-dongying-0008",
        "m-jinan-0001",
    ]
