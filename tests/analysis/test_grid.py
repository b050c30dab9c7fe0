"""The comparison table: one indicator and one due year per row, a cell and a state for every city."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from compare.analysis.grid import Cell, Row, grid
from compare.build.plan import plan
from compare.tables.book import Book

PLANNED = plan(Path(__file__).parents[2])
TOPICS = tuple(dict.fromkeys(str(one.parameters["topic"]) for one in PLANNED if "topic" in one.parameters))


def from_csv(root: Path, name: str) -> list[dict[str, str]]:
    rows = []
    for path in sorted((root / "data/curated").glob(f"*/{name}.csv")) or [
        root / "data/curated" / f"{name}.csv"
    ]:
        with path.open(encoding="utf-8", newline="") as lines:
            rows += [{"city_id": path.parent.name} | row for row in csv.DictReader(lines)]
    return rows


def cell(rows: list[Row], group: str, indicator: str, city: str) -> Cell:
    row = next(one for one in rows if (one.group, one.indicator_id) == (group, indicator))
    return next(one for one in row.cells if one.city_id == city)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_statement_stands_once_in_its_own_row(book: Book, root: Path, topic: str) -> None:
    """A repeated statement has a row of its own only where it names another year than the one it repeats."""
    topic_of = {row["indicator_id"]: row["topic_id"] for row in from_csv(root, "indicators")}
    rows = {row["target_id"]: row for row in from_csv(root, "targets")}
    group = {
        name: (row["due_on"][:4] or f"every_{row['recurrence']}") if row["kind"] == "target" else "status"
        for name, row in rows.items()
    }
    wanted = {
        (group[name], row["indicator_id"], row["city_id"], name)
        for name, row in rows.items()
        if topic_of[row["indicator_id"]] == topic and group[name] != group.get(row["restates_target_id"])
    }
    found = [
        (row.group, row.indicator_id, one.city_id, name)
        for row in grid(book, topic)
        for one in row.cells
        if one.state == "quantified"
        for name in one.row_ids
    ]
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_city_has_a_cell_in_every_row(book: Book, topic: str) -> None:
    for row in grid(book, topic):
        assert [one.city_id for one in row.cells] == book.cities


@pytest.mark.parametrize("topic", TOPICS)
def test_rows_run_by_year_then_what_recurs_then_statuses(book: Book, topic: str) -> None:
    rows = grid(book, topic)
    order = {"every_quarter": "a", "every_year": "b", "status": "c"}
    keys = [
        (order.get(row.group, row.group), list(book.indicators["indicator_id"]).index(row.indicator_id))
        for row in rows
    ]
    assert keys == sorted(keys) and len(keys) == len(set(keys))


@pytest.mark.parametrize("topic", TOPICS)
def test_no_document_means_none_that_covers_the_year(book: Book, root: Path, topic: str) -> None:
    held = [row for row in from_csv(root, "sources") if row["path"]]
    for row in grid(book, topic):
        for one in row.cells:
            covering = [
                s["source_id"]
                for s in held
                if s["place_id"] == one.city_id
                and (not row.group.isdigit() or s["period_start"][:4] <= row.group <= s["period_end"][:4])
            ]
            assert (one.state == "not_obtained") == (not covering), (row.group, one)
            assert one.source_id is None or one.state == "quantified" or one.source_id in covering


@pytest.mark.parametrize(
    ("topic", "group", "indicator", "city", "state", "row_ids", "reason"),
    [
        (
            "5g",
            "2020",
            "base_stations_5g",
            "jinan",
            "unquantified",
            ("m-jinan-0001",),
            "of two mentions the one dated in the year is shown",
        ),
        (
            "gov_services",
            "2022",
            "online_service_rate",
            "jinan",
            "quantified",
            ("t-jinan-0009",),
            "all services are promised for 2020 and again for 2022: each stands in its year",
        ),
        (
            "open_data",
            "2022",
            "open_datasets",
            "jinan",
            "quantified",
            ("t-jinan-0001",),
            "a year that only a repeated statement names has a row",
        ),
        (
            "gov_services",
            "2020",
            "mobile_services",
            "jinan",
            "other_year",
            ("t-jinan-0018",),
            "due at the end of 2019 alone",
        ),
        (
            "5g",
            "2020",
            "base_stations_5g",
            "qingdao",
            "silent",
            (),
            "the work points are coded and say nothing",
        ),
        ("5g", "2020", "base_stations_5g", "dongying", "not_obtained", (), "no document covers 2020"),
        (
            "5g",
            "2025",
            "gigabit_households",
            "dezhou",
            "quantified",
            ("t-dezhou-0011",),
            "the promise itself",
        ),
        (
            "gov_services",
            "every_quarter",
            "publicity_rounds",
            "jinan",
            "silent",
            (),
            "what recurs is held against all documents",
        ),
    ],
)
def test_cells(
    book: Book,
    topic: str,
    group: str,
    indicator: str,
    city: str,
    state: str,
    row_ids: tuple[str, ...],
    reason: str,
) -> None:
    found = cell(grid(book, topic), group, indicator, city)
    assert (found.state, found.row_ids) == (state, row_ids), reason


def test_silence_is_backed_by_the_hits_of_its_search(book: Book) -> None:
    rows = grid(book, "smart_community")
    assert cell(rows, "2022", "grid_management_coverage", "dongying").hits == 1
    assert cell(rows, "2020", "model_communities", "qingdao").hits == 0


def changed(book: Book, name: str, **cells: Any) -> Book:
    targets = book.targets.copy()
    for column, value in cells.items():
        targets.loc[targets["target_id"] == name, column] = value
    return replace(book, targets=targets)


def test_a_promise_moved_to_another_year_moves_its_row(book: Book) -> None:
    moved = changed(book, "t-dezhou-0010", due_on=pd.Timestamp("2024-12-31"))
    rows = grid(moved, "smart_community")
    assert cell(rows, "2024", "smart_community_coverage", "dezhou").state == "quantified"
    left = [one for row in rows if row.group == "2025" for one in row.cells]
    assert not [one for one in left if one.state == "quantified"]
    # Another city's figure for the year, which others report, keeps the row, and its documents' silence.
    assert [one.city_id for one in left if one.outside_ids] == ["qingdao"]


def test_a_restatement_has_no_cell_of_its_own(book: Book) -> None:
    shown = {name for row in grid(book, "5g") for one in row.cells for name in one.row_ids}
    assert {"t-dezhou-0001", "t-dezhou-0002", "t-dongying-0003"} & shown == set()


def test_two_promises_of_a_city_share_a_cell(book: Book) -> None:
    rows = grid(changed(book, "t-dezhou-0001", restates_target_id=float("nan")), "5g")
    assert cell(rows, "2020", "base_stations_5g", "dezhou").row_ids == ("t-dezhou-0001", "t-dezhou-0003")


NEAREST = [
    (("2019-12-31", "2020-12-31"), "2022", 1, "the later is nearer: never the first that is stated"),
    (("2019-12-31", "2020-12-31"), "2021", 1, "one year away before two"),
    (("2020-12-31", "2022-12-31"), "2021", 1, "a tie goes to the later"),
    (("2022-12-31", "2020-12-31"), "2021", 0, "wherever it stands in the text"),
    (("2019-12-31", "2022-12-31"), "2020", 0, "the earlier where it is nearer"),
    (("2020-06-30", "2020-12-31"), "2019", 0, "of one year the day that is nearer to the row's"),
    (("2019-12-31", "2021-12-31"), "2020", 1, "a leap year makes no day nearer"),
    (("2022-12-31", "2024-12-31"), "2023", 1, "nor the year before one"),
    (("2020-12-31", None), "2022", 0, "a figure of every year is due in none"),
]


@pytest.mark.parametrize(("dues", "group", "shown", "reason"), NEAREST, ids=[case[-1] for case in NEAREST])
def test_a_figure_of_another_year_is_the_nearest(
    book: Book, dues: tuple[str | None, ...], group: str, shown: int, reason: str
) -> None:
    """A city sets two figures for other years than the row's, in a plan that covers them all."""
    row = book.targets[book.targets["target_id"] == "t-jinan-0017"]
    other = book.targets[book.targets["target_id"] == "t-dongying-0010"]
    own = [
        row.assign(target_id=f"t-jinan-900{at}", due_on=pd.Timestamp(due) if due else pd.NaT,
                   recurrence=None if due else "year")
        for at, due in enumerate(dues)
    ]  # fmt: skip
    beside = other.assign(
        indicator_id="online_service_rate", topic_id="gov_services", due_on=pd.Timestamp(f"{group}-12-31")
    )
    sources = book.sources.assign(
        period_start=pd.Timestamp("2019-01-01"), period_end=pd.Timestamp("2025-12-31")
    )
    made = replace(book, targets=pd.concat([*own, beside], ignore_index=True), sources=sources)
    found = cell(grid(made, "gov_services"), group, "online_service_rate", "jinan")
    assert (found.state, found.row_ids) == ("other_year", (f"t-jinan-900{shown}",)), reason


def test_a_status_is_no_figure_due_in_another_year(book: Book) -> None:
    rows = book.targets[book.targets["target_id"].isin(["t-jinan-0017", "t-dongying-0010"])]
    rows = rows.assign(indicator_id="online_service_rate", topic_id="gov_services")
    rows.loc[rows["target_id"] == "t-jinan-0017", "kind"] = "status"
    found = cell(grid(replace(book, targets=rows), "gov_services"), "2022", "online_service_rate", "jinan")
    assert (found.state, found.row_ids) == ("status_only", ("t-jinan-0017",))


@pytest.mark.parametrize("state", ["in_review", "registered"])
def test_silence_is_not_told_of_a_document_that_is_partly_coded(book: Book, state: str) -> None:
    sources = book.sources.copy()
    sources.loc[sources["source_id"] == "qingdao-2020", "coding_state"] = state
    for topic in TOPICS:
        for row in grid(replace(book, sources=sources), topic):
            assert next(one for one in row.cells if one.city_id == "qingdao").state != "silent"


def test_a_document_not_coded_for_the_topic_says_so(book: Book) -> None:
    sources = book.sources.copy()
    sources.loc[sources["source_id"] == "qingdao-2020", "coded_topics"] = "open_data"
    assert (
        cell(grid(replace(book, sources=sources), "5g"), "2020", "base_stations_5g", "qingdao").state
        == "not_coded"
    )


def test_what_does_not_apply_says_so(book: Book) -> None:
    row = {"source_id": "qingdao-2020", "indicator_id": "rural_100m_users", "reason_zh": "无农村"}
    apart = pd.concat([book.not_applicable, pd.DataFrame([row])], ignore_index=True)
    made = replace(book, not_applicable=apart)
    assert cell(grid(made, "5g"), "2020", "rural_100m_users", "qingdao").state == "not_applicable"


def test_cities_may_be_chosen(book: Book) -> None:
    rows = grid(book, "5g", ["dongying"])
    assert {one.city_id for row in rows for one in row.cells} == {"dongying"}
    assert {row.group for row in rows} == {"2022"}
