"""Which figures stand together, held against the way in which pairs of targets are graded."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from compare.analysis.alike import alike, dimension, items, require_item, statements
from compare.analysis.differences import DIFFERENCES
from compare.analysis.figures import promised
from compare.errors import UnknownName
from compare.tables.book import Book

CURATED = Path(__file__).resolve().parents[2] / "data" / "curated"
APART = ("act", "basis_open", "basis", "unit", "denominator", "scope", "recurrence", "due_year")


def test_figures_stand_together_where_nothing_sets_the_pair_apart(book: Book) -> None:
    groups = alike(promised(book).to_dict("records"))
    place = {
        figure["row_id"]: (measure, figure["due_year"])
        for measure, figures in groups.items()
        for figure in figures
    }
    found = {True: 0, False: 0}
    rows = promised(book)
    rows["due_year"] = rows["due_on"].dt.year.astype("Int64")
    for _, own in rows.groupby("item_id"):
        for left, right in combinations(own.to_dict("records"), 2):
            graded = not any(DIFFERENCES[name](left, right) for name in APART)
            one, other = place.get(left["row_id"]), place.get(right["row_id"])
            assert (one is not None and one == other) == graded, (left["row_id"], right["row_id"])
            found[graded] += 1
    assert min(found.values()) > 10


def test_figures_of_open_basis_stand_with_none(book: Book) -> None:
    rows = promised(book)
    kept = {figure["row_id"] for figures in alike(rows.to_dict("records")).values() for figure in figures}
    assert kept == set(rows.loc[rows["basis"] != "ambiguous", "row_id"]) and len(kept) < len(rows)


def test_statements_are_all_of_a_promise_and_the_others_are_marked(book: Book) -> None:
    told: dict[str, bool] = {}
    for path in sorted(CURATED.glob("*/targets.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            told |= {
                row["target_id"]: bool(row["restates_target_id"])
                for row in csv.DictReader(file)
                if row["kind"] == "target"
            }
    made = [figure for figure in statements(book, book.cities) if figure["origin"] == "document"]
    assert {figure["row_id"]: bool(figure.get("restated")) for figure in made} == told
    assert any(told.values()) and len(made) == len(told)
    status = dict(zip(book.sources["source_id"], book.sources["status"], strict=True))
    assert all(figure["status"] == status[figure["source_id"]] for figure in made)


def test_statements_are_those_of_the_cities_asked_for(book: Book) -> None:
    assert {figure["place_id"] for figure in statements(book, ["dezhou", "jinan"])} == {"dezhou", "jinan"}


@pytest.mark.parametrize(
    ("unit", "told"), [("count", "count"), ("percent", "share"), ("per_10000", "ratio"), ("rank", "rank")]
)
def test_a_unit_tells_what_it_counts(book: Book, unit: str, told: str) -> None:
    assert dimension(book, unit) == told


def test_every_indicator_and_measure_is_known_once(book: Book) -> None:
    names = items(book)
    assert len(names) == len(set(names)) == len(book.indicators) + len(book.measures)
    for name in names:
        require_item(book, name)
    with pytest.raises(UnknownName, match='no indicator or measure "cloud_rat"; did you mean cloud_rate'):
        require_item(book, "cloud_rat")


@pytest.mark.parametrize(
    ("cells", "told", "reason"),
    [
        ({}, (None, None, 2025), "nothing stated"),
        ({"scope_zh": "全市"}, (None, None, 2025), "the whole city is no scope of its own"),
        ({"scope_zh": "市级"}, ("市级", None, 2025), "a scope"),
        ({"recurrence": "year", "due_on": pd.NaT}, (None, "year", None), "each year, without a day"),
    ],
)
def test_what_is_not_stated_is_none(cells: dict[str, Any], told: tuple[Any, ...], reason: str) -> None:
    figure = {"item_id": "x", "act": "build", "also_act": float("nan"), "unit_id": "count",
              "basis": "stock", "denominator_zh": float("nan"),
              "scope_zh": None, "recurrence": float("nan"), "due_on": pd.Timestamp("2025-12-31")}  # fmt: skip
    [(measure, [made])] = alike([figure | cells]).items()
    assert (measure.scope_zh, measure.recurrence, made["due_year"]) == told
    assert measure.denominator_zh is None
