"""What a chart makes of a row: the mark of its basis, the band of its bound, its line, its words."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from compare.charts import intervals, schedule, shares, timeline, values
from compare.charts.example import CASCADE, FIGURES, RANKS, SCHEDULE, figure, figures
from compare.charts.look import CITY, INK, PAPER, SPARE, colours
from compare.errors import CompareError

LAKE = figure("lake", 50, "2022-12-31")
SILENT = figure("moor", kind="absent", state="silent", row_id=None, operative=False)
ABOVE = figure("land", 60, "2022-12-31", kind="elsewhere", status="elsewhere", row_id="g-land-2022")


def of(*rows: dict[str, Any], **more: Any) -> go.Figure:
    return values(figures(*rows), **{"lang": "en"} | more)


def shapes(drawn: go.Figure, kind: str) -> list[Any]:
    """Return the shapes of a kind that stand for data, not lines from edge to edge."""
    return [shape for shape in drawn.layout.shapes if shape.type == kind and shape.xref != "paper"]


def words(drawn: go.Figure) -> list[str]:
    return [re.sub("<[^<>]*>", "", one.text) for one in drawn.layout.annotations]


@pytest.mark.parametrize(
    ("basis", "status", "symbol", "filled", "halves"),
    [
        ("flow", "adopted", "triangle-up", True, 0),
        ("stock", "adopted", "square", True, 0),
        ("rate", "adopted", "circle", True, 0),
        ("growth", "adopted", "circle", True, 0),
        ("rate", "draft", "circle", False, 0),
        ("ambiguous", "adopted", "diamond", False, 1),
        ("ambiguous", "draft", "diamond", False, 0),
    ],
)
def test_a_mark_is_the_shape_of_its_basis(
    basis: str, status: str, symbol: str, filled: bool, halves: int
) -> None:
    row = LAKE | {"basis": basis, "status": status}
    for drawn in (of(row), timeline(figures(row), "en")):
        marker, ink = drawn.data[0].marker, SPARE[0]
        edges = marker.line.color if isinstance(marker.line.color, str) else marker.line.color[0]
        assert marker.symbol[-1] == symbol and edges == ink
        assert marker.color[-1] == (ink if filled else PAPER) and (marker.line.width[-1] == 0) == filled
        assert len(shapes(drawn, "path")) == halves


@pytest.mark.parametrize(
    ("low", "high", "band", "reason"),
    [
        (50, None, (50, 100), "an open bound is kept up to the end"),
        (None, 40, (0, 40), "at most 40: what keeps it lies to the left"),
        (20, 40, (20, 40), "a range is kept between its ends"),
        (50, 50, None, "one value has no band"),
    ],
)
def test_a_band_shows_what_keeps_a_bound(
    low: float | None, high: float | None, band: tuple[float, float] | None, reason: str
) -> None:
    drawn = of(LAKE | {"value_low": low, "value_high": high})
    assert [(one.x0, one.x1) for one in shapes(drawn, "rect")] == ([band] if band else []), reason
    assert drawn.data[0].x == (float(high if low is None else low),)


@pytest.mark.parametrize(
    ("unit", "high", "top", "suffix"),
    [("percent", 50, 100, "%"), ("percent", 120, 138, "%"), ("count", 2000, 2300, "")],
)
def test_a_share_ends_at_a_hundred_and_others_leave_room(
    unit: str, high: float, top: float, suffix: str
) -> None:
    row = LAKE | {"unit_id": unit, "unit_en": "stations", "value_low": high, "value_high": high}
    axis = of(row).layout.xaxis
    assert axis.range == (0, pytest.approx(top)) and axis.ticksuffix == suffix
    assert axis.title.text == ("" if suffix else "stations")


def test_places_above_come_first_in_their_year_and_only_there() -> None:
    drawn = of(LAKE, figure("hill", 70, "2022-12-31"), figure("lake", 80, "2025-12-31"), ABOVE)
    assert drawn.data[0].customdata == ("g-land-2022", "t-hill-2022", "t-lake-2022", "t-lake-2025")
    assert drawn.data[0].marker.color[0] == INK
    (line,) = shapes(drawn, "line")
    inside = [y for y in drawn.data[0].y if line.y0 < y < line.y1]
    assert line.x0 == line.x1 == 60 and len(inside) == 3


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"due_on": "2023-12-31"}, "another year"),
        ({"denominator_zh": "人"}, "another denominator"),
        ({"basis": "stock", "unit_id": "count"}, "a total is no quota"),
        ({"item_id": "other"}, "another matter"),
        ({"scope_zh": "农村"}, "another scope"),
    ],
)
def test_what_is_unlike_is_not_drawn_beside(cells: dict[str, Any], reason: str) -> None:
    assert of(LAKE, ABOVE | cells).data[0].customdata == ("t-lake-2022",), reason


def test_a_total_above_is_no_benchmark_even_for_a_total() -> None:
    counts = {"basis": "stock", "unit_id": "count"}
    assert of(LAKE | counts, ABOVE | counts).data[0].customdata == ("t-lake-2022",)


@pytest.mark.parametrize(
    ("rows", "said", "link"),
    [
        ([SILENT], "2021 plan: Not mentioned", None),
        (
            [
                SILENT,
                SILENT | {"state": "not_obtained", "state_en": "None at hand", "source_en": "2023 plan"},
            ],
            "2021 plan: Not mentioned",
            None,
        ),
        ([SILENT | {"state": "not_obtained", "state_en": "None at hand"}], "2021 plan: None at hand", None),
        (
            [SILENT, SILENT | {"kind": "mention", "row_id": "m-1", "state": "unquantified"}],
            "in words: “reach farm households”",
            "m-1",
        ),
        (
            [
                SILENT
                | {"kind": "mention", "row_id": "m-2", "quote_en": "“smart” villages in the whole county"}
            ],
            "in words: “smart” villages in the w…",
            "m-2",
        ),
    ],
)
def test_a_place_without_a_number_keeps_its_row_in_words(
    rows: list[dict[str, Any]], said: str, link: str | None
) -> None:
    drawn = of(LAKE, *rows)
    assert words(drawn)[-3:] == ["No number", "Moor", said]
    assert drawn.layout.annotations[-1].name == link


def test_places_follow_their_division_codes() -> None:
    rows = [LAKE, figure("moor", 50, "2022-12-31"), figure("hill", 50, "2022-12-31")]
    assert of(*rows).data[0].customdata == ("t-hill-2022", "t-lake-2022", "t-moor-2022")
    assert [one for one in words(timeline(figures(*rows), "en")) if one in ("Hill", "Lake", "Moor")] == [
        "Hill",
        "Lake",
        "Moor",
    ]


def test_groups_are_years_then_what_recurs_then_what_has_no_date() -> None:
    rows = [
        figure("hill", 50, row_id="t-a", recurrence="year"),
        figure("moor", 50, row_id="t-b"),
        figure("lake", 50, "2025-12-31"),
        figure("lake", 50, "2022-12-31"),
    ]
    heads = [one for one in words(of(*rows)) if one.startswith(("Due", "Each", "No due"))]
    assert heads == ["Due by end-2022", "Due by end-2025", "Each year", "No due date"]


def test_only_what_counts_is_drawn() -> None:
    repeated = figure("lake", 50, "2022-12-31", row_id="t-again", operative=False)
    reached = figure("lake", 50, "2022-12-31", row_id="t-status", kind="status")
    assert of(LAKE, repeated, reached).data[0].customdata == ("t-lake-2022",)
    assert [one.customdata[0] for one in timeline(figures(LAKE, repeated, reached), "en").data] == [
        "t-lake-2022"
    ]


def test_several_indicators_of_one_unit_are_told_apart() -> None:
    other = LAKE | {"item_en": "Reach", "row_id": "t-other"}
    drawn = of(LAKE, other)
    assert drawn.layout.title.text == "Coverage, Reach"
    assert [one for one in words(drawn) if one.startswith("50%")] == [
        "50% Coverage, rate, households",
        "50% Reach, rate, households",
    ]


def test_two_units_do_not_share_an_axis() -> None:
    with pytest.raises(CompareError, match='found "count, percent"; expected one unit'):
        of(LAKE, LAKE | {"unit_id": "count"})


def test_what_qualifies_a_value_stands_behind_it() -> None:
    row = LAKE | {"status": "draft", "force": "aspirational", "partly_en": "partly coded"}
    (label,) = [one for one in of(row, width=1080).layout.annotations if one.name]
    told = re.sub("<[^<>]*>", "", label.text)
    assert told == "50% rate, households, draft, partly coded, aspirational"
    assert label.text.startswith("<b>50%</b> ") and label.name == "t-lake-2022"


def test_words_that_are_too_long_are_cut() -> None:
    row = LAKE | {"denominator_en": "households of all the villages of the whole county, rural ones first"}
    (label,) = [one for one in of(row, width=340).layout.annotations if one.name]
    assert label.text.endswith("…</span>")


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", {"10,000": "1万", "15,000": "1.5万"}), ("en", {"10,000": "10,000"})]
)
def test_large_numbers_are_written_as_the_language_does(lang: str, said: dict[str, str]) -> None:
    row = LAKE | {"unit_id": "count", "value_low": 15000, "value_high": 15000}
    alias = of(row, lang=lang).layout.xaxis.labelalias
    assert {key: alias[key] for key in said} == said


def test_a_line_starts_where_the_document_was_issued_or_dotted_where_its_period_starts() -> None:
    known, unknown = timeline(FIGURES, "en").data
    assert (known.x[0], known.line.dash, known.marker.opacity) == ("2021-07-01", "solid", (1, 1))
    assert (unknown.x[0], unknown.line.dash, unknown.marker.opacity) == ("2021-01-01", "dot", (0, 1))


@pytest.mark.parametrize("width", [340, 1080])
def test_a_place_without_a_dated_target_keeps_its_row_on_the_timeline(width: int) -> None:
    said = words(timeline(FIGURES, "en", width))
    assert said[said.index("Moor") + 1] == "No dated number on this topic" and "Land" not in said


def test_years_are_named_in_two_digits_where_they_are_many() -> None:
    rows = figures(*(figure("lake", 50, f"{year}-12-31") for year in range(2021, 2041)))
    assert timeline(rows, "en", 340).layout.xaxis.tickformat == "’%y"
    assert timeline(rows, "en", 1080).layout.xaxis.tickformat == "%Y"
    assert timeline(FIGURES, "zh", 1080).layout.xaxis.tickformat == "%Y年"


def test_a_share_is_derived_and_therefore_not_bold() -> None:
    labels = [one.text for one in shares(CASCADE, FIGURES, "en").layout.annotations if one.name]
    assert labels[0].startswith("25% <span") and labels[1].startswith("5.0% <span")


def test_a_pair_leads_to_both_its_figures() -> None:
    assert [one.customdata for one in shares(CASCADE, FIGURES, "en").data] == [
        ("g-land-2022", "t-hill-2022"),
        ("g-land-2022", "t-lake-2025"),
    ]


def test_ranks_run_from_the_best_city_and_say_their_ends() -> None:
    drawn = intervals(RANKS, FIGURES, "en")
    assert words(drawn) == ["Hill", "rank 1", "Lake", "rank 2 to 3"]
    assert drawn.layout.xaxis.dtick == 1


def test_two_items_are_not_ranked_together() -> None:
    with pytest.raises(CompareError, match='found "a, b"; expected one item'):
        intervals(RANKS.assign(item_id=["a", "b", "a"]), FIGURES, "en")


def test_bars_count_commitments_and_drafts_lie_hollow_on_the_others() -> None:
    rows = SCHEDULE.assign(
        city_id="hill", place_en="Hill", due_on=pd.Timestamp("2022-12-31"), commitment_id=list("abcd")
    )
    adopted, draft = schedule(rows, "en").data
    assert (adopted.x, adopted.y, adopted.marker.color) == (("2022-10-01",), (3,), SPARE[0])
    assert (draft.x, draft.y, draft.marker.color) == (("2022-10-01",), (1,), PAPER)
    assert draft.base[0] == adopted.base[0] + 3
    assert adopted.customdata == draft.customdata == ("due-hill-2022",)


def test_a_deadline_without_a_commitment_is_not_counted() -> None:
    rows = SCHEDULE.assign(commitment_id=["c-1", None, "c-3", "c-4"])
    assert [one.y for one in schedule(rows, "en").data] == [(1,), (1,)]


def test_a_narrow_figure_counts_by_year() -> None:
    assert [one.x for one in schedule(SCHEDULE, "en", 340).data] == [("2022-07-02",), ("2025-07-02",)]


def test_a_city_without_a_date_keeps_its_row_and_the_day_is_drawn() -> None:
    drawn = schedule(SCHEDULE, "en")
    assert words(drawn)[:2] == ["past due: 2", "still open: 1"]
    assert words(drawn)[-2:] == ["Moor", "No dated commitment"]
    (day,) = shapes(drawn, "line")
    assert day.x0 == day.x1 == "2024-06-30"


def test_long_stretches_without_a_deadline_are_left_out() -> None:
    late = SCHEDULE.assign(due_on=pd.to_datetime(["2022-12-31", "2022-12-31", "2035-12-31", None]))
    axis = schedule(late, "en").layout.xaxis
    assert [one.bounds for one in axis.rangebreaks] == [("2024-07-01", "2035-07-01")]
    assert not schedule(SCHEDULE, "en").layout.xaxis.rangebreaks


def test_a_city_keeps_its_colour_whichever_stand_beside_it() -> None:
    first, last = list(CITY)[0], list(CITY)[-1]
    assert colours([last, "other"])[last] == colours([first, last])[last] == CITY[last]
    many = colours([*CITY, *"abcdef"])
    assert len(set(many.values())) == len(many)
