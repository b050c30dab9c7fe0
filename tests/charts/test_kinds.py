"""What holds of every kind of chart: data on an axis that is seen, a frame asked for its columns."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
import pytest

from compare import charts
from compare.charts.example import CASCADE, FIGURES, PLACES, RANKS, SCHEDULE, SERIES
from compare.charts.look import DARK
from compare.errors import CompareError

# Each kind with the frames that it takes, and the data that these put on its axis.
KINDS: dict[str, tuple[Callable[..., go.Figure], tuple[pd.DataFrame, ...], list[Any]]] = {
    "values": (charts.values, (FIGURES,), [60.0, 70.0, 80.0]),
    "timeline": (charts.timeline, (FIGURES,), ["2021-07-01", "2022-12-31", "2021-01-01", "2025-12-31"]),
    "gaps": (charts.gaps, (CASCADE, FIGURES), [60.0, 70.0, 60.0, 80.0]),
    "shares": (charts.shares, (CASCADE, FIGURES), [15.0, 25.0, 10.0, 5.0]),
    "intervals": (charts.intervals, (RANKS, FIGURES), [1, 1, 2, 3]),
    "series": (charts.series, (SERIES,), ["2021-12-31", "2022-12-31", "2023-06-30"]),
    "schedule": (charts.schedule, (SCHEDULE,), ["2022-10-01", "2025-10-01"]),
}
EVERY = pytest.mark.parametrize("kind", KINDS)


def drawn(kind: str, frames: tuple[pd.DataFrame, ...] | None = None, **more: Any) -> go.Figure:
    draw, held, _ = KINDS[kind]
    return draw(*(frames or held), **{"lang": "en"} | more)


def held(figure: go.Figure) -> str:
    """Return all that a figure says and holds."""
    return json.dumps(json.loads(figure.to_json()), ensure_ascii=False, sort_keys=True)


@EVERY
def test_data_lie_on_an_axis_that_is_seen(kind: str) -> None:
    figure, (*_, expected) = drawn(kind), KINDS[kind]
    assert [x for trace in figure.data for x in trace.x] == expected
    axis = figure.layout.xaxis
    assert axis.visible is not False and axis.showticklabels is not False and axis.tickvals is None
    first, last = axis.range
    assert all(first <= x <= last for x in expected)


def test_a_series_is_of_one_place_and_joins_one_measure() -> None:
    first, second = charts.series(SERIES, "en").data
    assert (list(first.y), list(second.y)) == ([40.0, 60.0], [50.0])
    assert first.marker.symbol != second.marker.symbol
    assert "o-hill-2" not in held(charts.series(SERIES[SERIES["row_id"] != "o-hill-2"], "en"))
    two = pd.concat([SERIES, SERIES.assign(place_id="lake")], ignore_index=True)
    with pytest.raises(CompareError, match="expected one place"):
        charts.series(two, "en")


def test_what_is_reported_elsewhere_has_a_mark_of_its_own() -> None:
    rows = FIGURES[FIGURES["row_id"] == "t-hill-2022"]
    reported = rows.assign(kind="elsewhere", status="elsewhere", row_id="g-hill-2022")
    [marks] = charts.values(pd.concat([rows, reported], ignore_index=True), "en").data
    assert sorted(marks.marker.symbol) == ["circle", "circle-open-dot"]


@EVERY
@pytest.mark.parametrize("width", [340, 516, 1080])
def test_size_and_margins_are_given(kind: str, width: int) -> None:
    layout = drawn(kind, width=width).layout
    assert layout.width == width and layout.height > 0
    assert None not in (layout.margin.l, layout.margin.r, layout.margin.t, layout.margin.b)
    assert layout.margin.autoexpand is False, "Plotly moves no edge"


@EVERY
def test_every_column_is_asked_for_or_is_not_needed(kind: str) -> None:
    frames, whole, refused = KINDS[kind][1], held(drawn(kind)), 0
    for at, frame in enumerate(frames):
        for column in frame.columns:
            without = (*frames[:at], frame.drop(columns=column), *frames[at + 1 :])
            try:
                assert held(drawn(kind, without)) == whole, column
            except CompareError as error:
                refused += 1
                assert f"column {column}: found" in str(error) and f"charts.{kind}" in str(error)
                assert "rows of cp." in str(error)
    assert refused >= 5


@pytest.mark.parametrize("kind", [name for name in KINDS if name != "series"])
def test_a_city_that_is_dropped_is_not_drawn(kind: str) -> None:
    frames = tuple(
        frame[~frame.isin(["lake", "t-lake-2025"]).any(axis=1)].reset_index(drop=True)
        for frame in KINDS[kind][1]
    )
    assert "Lake" in held(drawn(kind)) and "Lake" not in held(drawn(kind, frames))
    assert "Hill" in held(drawn(kind, frames))


@EVERY
def test_nothing_to_draw_is_said(kind: str) -> None:
    frames = tuple(frame.iloc[:0] for frame in KINDS[kind][1])
    with pytest.raises(CompareError, match=f"charts.{kind} cannot draw this frame"):
        drawn(kind, frames)


@EVERY
def test_the_same_frame_gives_the_same_figure_whatever_template_is_set(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = held(drawn(kind))
    monkeypatch.setattr(pio.templates, "default", "plotly_dark")
    assert held(drawn(kind)) == once


@EVERY
@pytest.mark.parametrize(("lang", "name"), [("zh", 1), ("en", 2)])
def test_both_languages_draw_the_same_data(kind: str, lang: str, name: int) -> None:
    figure = drawn(kind, lang=lang)
    assert [x for trace in figure.data for x in trace.x] == KINDS[kind][2]
    assert PLACES["hill"][name] in held(figure) and PLACES["hill"][3 - name] not in held(figure)


@EVERY
def test_a_page_may_say_the_title_itself(kind: str) -> None:
    own, bare = drawn(kind), drawn(kind, title="")
    assert own.layout.title.text and bare.layout.title.text is None
    head = own.layout.margin.t - bare.layout.margin.t
    assert head > 20 and own.layout.height - bare.layout.height == head


def test_a_long_title_clears_the_buttons_of_a_notebook() -> None:
    layout = drawn("values", width=340, title="Coverage of households with fibre, by city and by year").layout
    lines = layout.title.text.split("<br>")
    assert len(lines) > 1 and max(map(len, lines)) * 17 * 0.5 < 340 - 80
    assert layout.margin.t >= 23 * len(lines)


@EVERY
def test_every_mark_says_itself_and_names_its_row(kind: str) -> None:
    for trace in drawn(kind).data:
        assert len(trace.customdata) == len(trace.hovertext) == len(trace.x)
        assert all(trace.customdata) and all(trace.hovertext) and trace.hoverinfo == "text"


@EVERY
def test_every_colour_has_its_dark_one(kind: str) -> None:
    said = held(drawn(kind)).split("#")[1:]
    assert {f"#{one[:6]}" for one in said} <= set(DARK)


@EVERY
def test_words_are_read_as_words_not_as_tags(kind: str) -> None:
    frames = tuple(
        frame.assign(**{name: "<i>Hill & Co</i>" for name in frame if name in ("place_en", "item_en")})
        for frame in KINDS[kind][1]
    )
    said = held(drawn(kind, frames))
    assert "<i>" not in said and "&lt;i&gt;Hill &amp; Co&lt;/i&gt;" in said
