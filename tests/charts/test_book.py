"""Charts of whatever the book holds: every statement where the tables put it, no words cut or on others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import combinations
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

import compare as cp
from compare import charts
from compare.charts.widths import text_width
from compare.outputs.overlay import place
from compare.outputs.page import plotly_js
from compare.tables.book import Book

LANGUAGES = ("zh", "en")
# The widths that a page shows a kind at.
PANEL, WIDE = (516, 340), (1080, 720, 340)
AS_OF = "2026-01-01"
Drawn = list[tuple[str, go.Figure]]
Box = tuple[float, float, float, float]
BOLD = re.compile("<b>(.*?)</b>")
SMALL = re.compile(r'<span style="font-size:([0-9.]+)px[^>]*>(.*?)</span>')


@pytest.fixture(scope="module")
def figures(book: Book) -> pd.DataFrame:
    return cp.figures(book)


def every_chart(
    book: Book, figures: pd.DataFrame
) -> Iterator[tuple[str, tuple[int, ...], Callable[..., Any]]]:
    """Yield each chart of the book by name, with its widths and what draws it."""
    counted = figures[(figures["kind"] == "target") & figures["operative"]]
    for indicator in counted["indicator_id"].unique():
        rows = figures[figures["indicator_id"] == indicator]
        yield indicator, PANEL, lambda lang, width, rows=rows: charts.values(rows, lang, width)
    for topic in counted.loc[counted["due_on"].notna(), "topic_id"].unique():
        rows = figures[figures["topic_id"] == topic]
        yield f"timeline of {topic}", WIDE, lambda lang, width, rows=rows: charts.timeline(rows, lang, width)
    cascade, schedule = cp.cascade(book), cp.schedule(book, AS_OF)
    yield "gaps", PANEL, lambda lang, width: charts.gaps(cascade, figures, lang, width)
    yield "shares", PANEL, lambda lang, width: charts.shares(cascade, figures, lang, width)
    yield "schedule", WIDE, lambda lang, width: charts.schedule(schedule, lang, width)
    for item in cp.rankable(book):
        ranks = cp.ranks(book, item)
        yield item, PANEL, lambda lang, width, ranks=ranks: charts.intervals(ranks, figures, lang, width)


@pytest.fixture(scope="module")
def drawn(book: Book, figures: pd.DataFrame) -> Drawn:
    return [
        (f"{name}, {lang}, {width}", draw(lang, width))
        for name, widths, draw in every_chart(book, figures)
        for lang in LANGUAGES
        for width in widths
    ]


def words(text: str) -> str:
    return unescape(re.sub("<[^<>]*>", "", text))


def box(layout: dict[str, Any], one: dict[str, Any]) -> Box:
    """Return the rough rectangle that a label's words fill, in pixels from the top left."""
    small = SMALL.search(one["text"])
    head = SMALL.sub("", one["text"])
    wide = text_width(words(head).strip(), one["font"]["size"])
    wide += text_width(words(small.group(2)), float(small.group(1))) + 4 if small else 0
    if one.get("xref") == "paper":
        _, top = place(layout, one | {"x": layout["xaxis"]["range"][0]})
        left = layout["margin"]["l"] + one["xshift"]
    else:
        left, top = place(layout, one)
    left -= {"left": 0, "right": wide, "center": wide / 2}[one["xanchor"]]
    half = one["font"]["size"] * 0.55
    return left, top - half, left + wide, top + half


def boxes(figure: go.Figure) -> list[tuple[str, Box]]:
    layout = figure.layout.to_plotly_json()
    layout["xaxis"]["range"] = list(layout["xaxis"]["range"])
    return [(words(one["text"]), box(layout, one)) for one in layout["annotations"]]


def test_there_is_something_to_try(drawn: Drawn) -> None:
    assert len(drawn) > 100


def test_no_words_are_cut_off(drawn: Drawn) -> None:
    out = [
        (name, said, where)
        for name, figure in drawn
        for said, where in boxes(figure)
        if where[0] < -1 or where[1] < -1
        or where[2] > figure.layout.width + 1 or where[3] > figure.layout.height + 1
    ]  # fmt: skip
    assert out == []


def test_labels_lie_apart(drawn: Drawn) -> None:
    over = [
        (name, one, other)
        for name, figure in drawn
        for (one, a), (other, b) in combinations(boxes(figure), 2)
        if min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) - max(a[1], b[1]) > 4
    ]
    assert over == []


def marks(figure: go.Figure) -> list[tuple[str, tuple[float, float]]]:
    """Return the row of each mark, and where it stands in pixels."""
    layout = figure.layout.to_plotly_json()
    layout["xaxis"]["range"] = list(layout["xaxis"]["range"])
    return [
        (row, place(layout, {"x": x, "y": y}))
        for trace in figure.data
        if trace.type == "scatter"
        for row, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)
    ]


def test_labels_hide_no_mark(drawn: Drawn) -> None:
    hidden = [
        (name, said, row)
        for name, figure in drawn
        for said, (left, top, right, bottom) in boxes(figure)
        for row, (x, y) in marks(figure)
        if left < x < right and top < y < bottom
    ]
    assert hidden == []


def test_marks_and_shapes_stay_on_the_plot(drawn: Drawn) -> None:
    for name, figure in drawn:
        layout = figure.layout
        for row, (x, y) in marks(figure):
            assert layout.margin.l <= x <= layout.width - layout.margin.r, (name, row)
            assert layout.margin.t <= y <= layout.height - layout.margin.b, (name, row)
        for shape in layout.shapes:
            if shape.type == "rect" and shape.xsizemode != "pixel":
                assert layout.xaxis.range[0] <= shape.x0 < shape.x1 <= layout.xaxis.range[1], name


def test_every_target_that_counts_is_drawn_once_with_its_own_number(
    book: Book, figures: pd.DataFrame
) -> None:
    numbers = {
        row["target_id"]: row["value_high"] if pd.isna(row["value_low"]) else row["value_low"]
        for row in book.records("targets")
    }
    counted = figures[(figures["kind"] == "target") & figures["operative"]]
    for indicator, held in counted.groupby("indicator_id"):
        (trace,) = charts.values(figures[figures["indicator_id"] == indicator]).data
        points = [point for point in zip(trace.customdata, trace.x, strict=True) if point[0] in numbers]
        assert sorted(points) == sorted((row, numbers[row]) for row in held["row_id"]), indicator


def test_every_dated_target_runs_from_issue_to_due_day_on_its_timeline(
    book: Book, figures: pd.DataFrame
) -> None:
    sources = book.sources.set_index("source_id")
    due = {
        row["target_id"]: (sources["drawn_up_on"][row["source_id"]], row["due_on"])
        for row in book.records("targets")
    }
    counted = figures[(figures["kind"] == "target") & figures["operative"] & figures["due_on"].notna()]
    for topic, held in counted.groupby("topic_id"):
        lines = charts.timeline(figures[figures["topic_id"] == topic]).data
        assert sorted(line.customdata[0] for line in lines) == sorted(held["row_id"])
        for line in lines:
            issued, on = due[line.customdata[0]]
            assert pd.Timestamp(line.x[1]) == on and (line.line.dash == "dot") == pd.isna(issued)
            assert pd.isna(issued) or pd.Timestamp(line.x[0]) == issued


def test_bars_add_up_to_the_dated_commitments(book: Book) -> None:
    rows = cp.schedule(book, AS_OF)
    dated = rows[rows["due_on"].notna() & rows["commitment_id"].notna()]
    for width in WIDE:
        assert sum(sum(bar.y) for bar in charts.schedule(rows, "en", width).data) == len(dated)


def test_every_city_has_its_row_in_every_chart_of_its_figures(figures: pd.DataFrame) -> None:
    stated = figures[figures["kind"].isin(["target", "status", "mention", "absent"])]
    counted = stated[(stated["kind"] == "target") & stated["operative"]]
    for indicator in counted["indicator_id"].unique():
        rows = figures[figures["indicator_id"] == indicator]
        said = [words(one.text) for one in charts.values(rows, "en").layout.annotations]
        for name in stated.loc[stated["indicator_id"] == indicator, "place_en"].unique():
            assert name in said, indicator


def test_the_bundled_script_draws_every_kind_of_trace_used(drawn: Drawn) -> None:
    registered = set(re.findall(r'moduleType:"trace",name:"(\w+)"', plotly_js()))
    assert {trace.type for _, figure in drawn for trace in figure.data} <= registered
