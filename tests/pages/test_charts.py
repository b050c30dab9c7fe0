"""Charts: every promise where its value and date put it, and no words on top of others."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.briefings.charts.canvas import Entry, Label, Plot, text_width
from compare.briefings.charts.drawing import Chart
from compare.briefings.charts.plots import nice_ticks, values
from compare.briefings.page import plotly_js
from compare.briefings.topic.briefing import TopicBriefing
from compare.build.plan import plan
from compare.charts.look import CITY, DARK, INK, PAPER, RULE, SECOND, SPARE, THIRD, colours

PLANNED = plan(Path(__file__).parents[2])
TOPICS = tuple(dict.fromkeys(str(one.parameters["topic"]) for one in PLANNED if "topic" in one.parameters))
SHAPES = {
    "flow": "triangle-up",
    "stock": "square",
    "rate": "circle",
    "growth": "circle",
    "ambiguous": "diamond",
}
Rows = list[dict[str, str]]
Maker = Callable[..., TopicBriefing]


# By page, so that each is drawn once: charts of all pages, and those of topics that are drawn from targets.
@pytest.fixture(scope="module", params=[one.name for one in PLANNED])
def drawn(request: pytest.FixtureRequest, charted: Callable[[str], list[Chart]]) -> list[Chart]:
    return charted(request.param)


TOPIC_PAGES = [one.name for one in PLANNED if "topic" in one.parameters]


@pytest.fixture(scope="module", params=TOPIC_PAGES)
def topic_page(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def made(topic_page: str, briefing: Callable[[str], TopicBriefing]) -> TopicBriefing:
    return briefing(topic_page)


@pytest.fixture(scope="module")
def panels(topic_page: str, charted: Callable[[str], list[Chart]], made: TopicBriefing) -> list[Chart]:
    names = {f"{made.key}-{indicator}" for indicator in made.book.indicators["indicator_id"]}
    return [chart for chart in charted(topic_page) if chart.name in names]


@pytest.fixture(scope="module")
def timeline(topic_page: str, charted: Callable[[str], list[Chart]], made: TopicBriefing) -> Chart:
    (chart,) = [chart for chart in charted(topic_page) if chart.name == f"{made.key}-timeline"]
    return chart


def links(plot: Plot) -> list[Label]:
    """Return the labels of values, which are drawn in the order of their marks."""
    return [label for label in plot.labels if label.row_id and label.look == "label"]


def marks(plot: Plot) -> list[tuple[Label, Any]]:
    assert len(plot.figure.data) == len(links(plot))
    return list(zip(links(plot), plot.figure.data, strict=True))


def test_every_page_with_charts_draws_some(charted: Callable[[str], list[Chart]]) -> None:
    assert {one.notebook for one in PLANNED if charted(one.name)} == {one.notebook for one in PLANNED}
    assert {chart.name.partition("-")[2] for one in PLANNED for chart in charted(one.name)} >= {
        *("timeline", "above-rates", "above-shares", "due")
    }


def test_charts_have_names_of_their_own_and_words_beside_them(drawn: list[Chart]) -> None:
    """A name becomes that of files, safe on every disk; the words are all that some readers get."""
    assert len({chart.name for chart in drawn}) == len(drawn)
    for chart in drawn:
        assert re.fullmatch(r"[a-z0-9]+([_-][a-z0-9]+)*", chart.name), chart.name
        assert chart.title and chart.alt and chart.plots
        widths = [plot.width for plot in chart.plots]
        assert widths == sorted(set(widths), reverse=True), "each width once, the widest first"


def test_both_languages_draw_the_same(charted: Callable[[str], list[Chart]]) -> None:
    for one in PLANNED:
        if one.lang == "zh":
            both = charted(one.name), charted(f"{one.name.removesuffix('zh')}en")
            told = [
                [(c.name, [e.row_id for e in c.entries], len(c.plots)) for c in charts] for charts in both
            ]
            assert told[0] == told[1], one.name


def test_every_dated_promise_is_on_the_timeline_once(
    made: TopicBriefing, timeline: Chart, promised: Callable[[str], Rows]
) -> None:
    dated = sorted(row["target_id"] for row in promised(made.topic) if row["due_on"])
    assert sorted(entry.row_id for entry in timeline.entries) == dated
    for plot in timeline.plots:
        assert sorted(label.row_id for label in links(plot)) == dated


def test_panels_are_for_indicators_of_two_cities(
    made: TopicBriefing, panels: list[Chart], promised: Callable[[str], Rows]
) -> None:
    held: dict[str, list[dict[str, str]]] = {}
    for row in promised(made.topic):
        held.setdefault(row["indicator_id"], []).append(row)
    wanted = {
        frozenset(row["target_id"] for row in rows)
        for rows in held.values()
        if len({row["city_id"] for row in rows}) > 1
    }
    drawn = {frozenset(entry.row_id for entry in chart.entries if not entry.benchmark) for chart in panels}
    assert drawn == wanted
    for chart in panels:
        for plot in chart.plots:
            assert Counter(label.row_id for label in links(plot)) == Counter(e.row_id for e in chart.entries)


def test_every_city_has_its_row_in_every_panel(made: TopicBriefing, panels: list[Chart]) -> None:
    for chart in panels:
        for plot in chart.plots:
            named = {label.words for label in plot.labels if label.look == "city"}
            above = {entry.city_name for entry in chart.entries if entry.benchmark}
            assert named == {made.place(city) for city in made.shown} | above
            assert not above & {made.place(city) for city in made.shown}


def ticks(plot: Plot) -> list[tuple[float, float]]:
    """Return the ticks of a plot as what they say and where they stand."""
    said = [
        (label.words.replace(",", "").rstrip("%年"), label.left)
        for label in plot.labels
        if label.look == "tick"
    ]
    return [
        (float(words.rstrip("万m ")) * {"万": 1e4, "m": 1e6}.get(words[-1], 1), left) for words, left in said
    ]


def stated(raw: Callable[[str], Rows]) -> dict[str, dict[str, str]]:
    """Return every target of a document and every one from elsewhere by its id, as the tables hold them."""
    targets = {row["target_id"]: row for row in raw("targets")}
    return targets | {
        row["fact_id"]: row | {"value_low": row["value"], "value_high": "", "due_on": row["date_on"]}
        for row in raw("outside_targets")
    }


def test_panel_marks_stand_at_their_values(panels: list[Chart], raw: Callable[[str], Rows]) -> None:
    rows = stated(raw)
    for chart in panels:
        for plot in chart.plots:
            (first, zero), *_, (last, end) = ticks(plot)
            assert first == 0
            for label, mark in marks(plot):
                value = float(rows[label.row_id]["value_low"] or rows[label.row_id]["value_high"])
                assert mark.x[0] == pytest.approx(zero + (end - zero) * value / last, abs=0.01), label
                city = next(one for one in plot.labels if one.look == "city" and one.top == mark.y[0])
                assert city.words == next(e.city_name for e in chart.entries if e.row_id == label.row_id)


def test_bands_show_the_values_that_keep_a_bound(panels: list[Chart], raw: Callable[[str], Rows]) -> None:
    rows = stated(raw)
    for chart in panels:
        for plot in chart.plots:
            bands = {shape.y0 + 3: shape for shape in plot.figure.layout.shapes if shape.type == "rect"}
            for label, mark in marks(plot):
                open_above = rows[label.row_id]["comparator"] in ("ge", "gt")
                assert (mark.y[0] in bands) == open_above, label
                if open_above:
                    assert bands[mark.y[0]].x0 == pytest.approx(mark.x[0])
                    assert mark.x[0] < bands[mark.y[0]].x1 <= plot.width


def test_a_target_above_is_a_line_across_its_own_year(
    panels: list[Chart], raw: Callable[[str], Rows]
) -> None:
    """It stands with the cities' rows that fall due in its year, on the same matter, as a rate."""
    rows, indicators = stated(raw), {row["target_id"]: row["indicator_id"] for row in raw("targets")}
    of_measure = {row["measure_id"]: row["indicator_id"] for row in raw("measures")}
    crossed = 0
    for chart in panels:
        own = [entry for entry in chart.entries if not entry.benchmark]
        for above in [entry for entry in chart.entries if entry.benchmark]:
            row = rows[above.row_id]
            assert row["unit_id"] == "percent" and row["place_id"] in ("shandong", "china")
            assert of_measure.get(row["measure_id"], row["indicator_id"]) in {
                indicators[e.row_id] for e in own
            }
            assert row["due_on"][:4] in {rows[e.row_id]["due_on"][:4] for e in own if e.group == above.group}
            for plot in chart.plots:
                crossed += 1
                assert crosses_its_group(plot, above, chart)
    assert crossed or not any(entry.benchmark for chart in panels for entry in chart.entries)


def crosses_its_group(plot: Plot, above: Entry, chart: Chart) -> bool:
    """Return whether one dotted line at the mark crosses every row of its group and no other row."""
    tops = {label.row_id: mark.y[0] for label, mark in marks(plot)}
    at = next(mark.x[0] for label, mark in marks(plot) if label.row_id == above.row_id)
    lines = [
        s for s in plot.figure.layout.shapes if s.type == "line" and s.line.dash == "dot" and s.x0 == s.x1
    ]
    [line] = [s for s in lines if s.x0 == pytest.approx(at)]
    inside = {e.row_id for e in chart.entries if line.y0 < tops[e.row_id] < line.y1}
    return inside == {e.row_id for e in chart.entries if e.group == above.group}


def test_provinces_are_drawn_where_rates_compare(
    charted: Callable[[str], list[Chart]],
) -> None:
    """The province asked for these shares by the end of 2022, and Dongying set itself the same ones."""
    entries = [entry for page in TOPIC_PAGES for chart in charted(page) for entry in chart.entries]
    drawn = {(entry.city, entry.row_id) for entry in entries if entry.benchmark}
    assert {city for city, _ in drawn} == {"shandong"} and len(drawn) >= 3


def test_timeline_marks_stand_at_their_due_days(
    timeline: Chart, made: TopicBriefing, raw: Callable[[str], Rows]
) -> None:
    rows = {row["target_id"]: row for row in raw("targets")}
    issued = {row["source_id"]: row["drawn_up_on"] for row in raw("sources")}
    for plot in timeline.plots:
        (first, left), *_, (last, right) = ticks(plot)
        year = (right - left) / (last - first)

        def at(day: str, first: float = first, left: float = left, year: float = year) -> float:
            on = datetime.date.fromisoformat(day)
            share = (on - datetime.date(on.year, 1, 1)).days / (366 if on.year % 4 == 0 else 365)
            return left + (on.year + share - first - 0.5) * year

        for label, mark in marks(plot):
            row = rows[label.row_id]
            # A promise is due at the end of its day.
            assert mark.x[0] == pytest.approx(at(row["due_on"]) + year / 365, abs=0.01), label
            lines = [
                shape
                for shape in plot.figure.layout.shapes
                if shape.type == "line" and shape.y0 == shape.y1 == mark.y[0] and shape.x1 == mark.x[0]
            ]
            assert len(lines) == 1, label
            known = issued[row["source_id"]]
            assert lines[0].line.dash == ("solid" if known else "dot")
            if known:
                assert lines[0].x0 == pytest.approx(at(known), abs=0.01)


def test_shapes_say_the_basis_and_drafts_are_hollow(
    panels: list[Chart], timeline: Chart, raw: Callable[[str], Rows]
) -> None:
    rows = stated(raw)
    status = {row["source_id"]: row["status"] for row in raw("sources")}
    for plot in [plot for chart in [*panels, timeline] for plot in chart.plots]:
        halves = {shape.path.split()[1] for shape in plot.figure.layout.shapes if shape.type == "path"}
        for label, mark in marks(plot):
            row, marker = rows[label.row_id], mark.marker
            assert marker.symbol == SHAPES[row["basis"]], label
            from_elsewhere = label.row_id.startswith("g-")
            draft = not from_elsewhere and status[row["source_id"]] == "draft"
            ambiguous = row["basis"] == "ambiguous"
            assert (marker.color == PAPER) == (draft or ambiguous), label
            half = f"{mark.x[0]},{mark.y[0] - marker.size / 2}"
            assert (half in halves) == (ambiguous and not draft), label
            assert marker.line.color == (INK if from_elsewhere else CITY[row["city_id"]]), label


def box(label: Label) -> tuple[float, float, float, float]:
    """Return the rough rectangle that a label's words fill."""
    wide = (
        text_width(label.value, 17)
        + text_width(label.words, 12.5)
        + (4 if label.value and label.words else 0)
    )
    left = {"left": label.left, "right": label.left - wide, "middle": label.left - wide / 2}[label.anchor]
    half = 9 if label.value else 7.5
    return left, label.top - half, left + wide, label.top + half


def test_labels_lie_apart(drawn: list[Chart]) -> None:
    for chart in drawn:
        for plot in chart.plots:
            for one, other in combinations(plot.labels, 2):
                a, b = box(one), box(other)
                apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
                # A head is a line of its own: boxes of heads and rows may touch, words may not.
                touching = min(a[3], b[3]) - max(a[1], b[1]) <= 4
                assert apart or touching, (chart.title, plot.width, one, other)


def points(plot: Plot) -> list[tuple[float, float]]:
    """Return where the marks of a plot stand."""
    dots = [trace for trace in plot.figure.data if trace.type == "scatter"]
    return [(x, y) for trace in dots for x, y in zip(trace.x, trace.y, strict=True)]


def test_labels_hide_no_mark(drawn: list[Chart]) -> None:
    for chart in drawn:
        for plot in chart.plots:
            for label in plot.labels:
                left, top, right, bottom = box(label)
                hidden = [(x, y) for x, y in points(plot) if left < x < right and top < y < bottom]
                assert not hidden, (chart.name, plot.width, label)


def test_labels_stay_within_the_plot(drawn: list[Chart]) -> None:
    for chart in drawn:
        for plot in chart.plots:
            for label in plot.labels:
                # Words of absence are cut with an ellipsis where there is no room.
                left, top, right, bottom = box(label)
                assert label.look == "absent" or (left >= -1 and right <= plot.width + 12), (
                    chart.name,
                    plot.width,
                    label,
                )
                assert top >= -1 and bottom <= plot.height + 1, (chart.name, label)


def test_marks_and_bars_stay_within_the_plot(drawn: list[Chart]) -> None:
    for chart in drawn:
        for plot in chart.plots:
            assert all(0 <= x <= plot.width and 0 <= y <= plot.height for x, y in points(plot)), chart.name
            for shape in plot.figure.layout.shapes:
                if shape.type == "rect":
                    assert -1 <= shape.x0 <= shape.x1 <= plot.width + 1, (chart.name, shape)
                    assert min(shape.y0, shape.y1) >= -1 and max(shape.y0, shape.y1) <= plot.height + 1


def test_every_link_of_a_label_has_its_figure(drawn: list[Chart]) -> None:
    """The rows of the data table are those on the plot; bars of counts lead to a place of the page."""
    for chart in drawn:
        held = {entry.row_id for entry in chart.entries}
        for plot in chart.plots:
            figures = {label.row_id for label in plot.labels if label.row_id[:2] in ("t-", "g-", "o-")}
            assert figures <= held, chart.name


def test_words_of_a_label_are_those_of_the_table(
    made: TopicBriefing, timeline: Chart, panels: list[Chart]
) -> None:
    for chart in [*panels, timeline]:
        for plot in chart.plots:
            for label in links(plot):
                assert label.value == made.figure(label.row_id)["value"]
        assert all(entry.value in chart.alt and entry.city_name in chart.alt for entry in chart.entries)


def test_the_bundled_script_draws_every_kind_of_trace_used(drawn: list[Chart]) -> None:
    used = {trace.type for chart in drawn for plot in chart.plots for trace in plot.figure.data}
    registered = set(re.findall(r'moduleType:"trace",name:"(\w+)"', plotly_js()))
    assert used <= registered


def test_figures_are_drawn_without_what_a_page_cannot_use(drawn: list[Chart]) -> None:
    for chart in drawn:
        for plot in chart.plots:
            said = json.loads(str(chart.json(plot)).replace("<\\/", "</"))
            layout = said["layout"]
            assert "template" not in layout and "annotations" not in layout
            assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
            assert (layout["showlegend"], layout["hovermode"], layout["dragmode"]) == (False, False, False)
            assert (layout["width"], layout["height"]) == (plot.width, plot.height)
            assert "</" not in str(chart.json(plot))


def test_every_colour_drawn_has_its_dark_one(drawn: list[Chart]) -> None:
    for chart in drawn:
        for plot in chart.plots:
            assert set(re.findall(r"#[0-9A-Fa-f]{6}", str(chart.json(plot)))) <= set(DARK)
    assert {*CITY.values(), *SPARE, PAPER, INK, SECOND, THIRD, RULE} <= set(DARK)
    assert not set(DARK) & set(DARK.values()), "a swap after a swap would colour twice"


def test_a_city_keeps_its_colour_whichever_stand_beside_it() -> None:
    assert colours(["dezhou", "linyi"])["dezhou"] == colours(["jinan", "dezhou"])["dezhou"] == CITY["dezhou"]
    many = colours([*CITY, *"abcdef"])
    assert len(set(many.values())) == len(many)


@settings(derandomize=True, max_examples=300)
@given(st.one_of(st.integers(1, 10**9), st.floats(0.001, 10**9)))
def test_ticks_are_few_even_and_reach_the_top(top: float) -> None:
    made = nice_ticks(top)
    step = made[1]
    assert made[0] == 0 and 2 <= len(made) <= 5
    assert made == pytest.approx([step * n for n in range(len(made))])
    assert made[-2] < top <= made[-1] * (1 + 1e-8)
    digits = float(f"{step:.6e}".partition("e")[0])
    assert min(abs(digits - one) for one in (1, 2, 2.5, 5)) < 1e-5, step


def entry(low: float | None, high: float | None, row_id: str = "t-a-0001") -> Entry:
    return Entry(row_id, "jinan", "济南", "#19236B", "1", "x", "2022", low, high, "rate", False)


@pytest.mark.parametrize(
    ("low", "high", "band", "reason"),
    [
        (50.0, None, (50, 100), "an open bound is kept up to the end"),
        (20.0, 40.0, (20, 40), "a range is kept between its ends"),
        (50.0, 50.0, None, "one value has no band"),
    ],
)
def test_bands(low: float | None, high: float | None, band: tuple[float, float] | None, reason: str) -> None:
    plot = values([entry(low, high)], [], 100, [(0, "0"), (100, "100")], 516, "zh", "-")
    (_, zero), (_, end) = ticks(plot)
    drawn = [shape for shape in plot.figure.layout.shapes if shape.type == "rect"]
    assert [
        ((shape.x0 - zero) / (end - zero) * 100, (shape.x1 - zero) / (end - zero) * 100) for shape in drawn
    ] == ([pytest.approx(band)] if band else []), reason


def test_an_upper_bound_is_kept_below_it() -> None:
    """At most 40: the values that keep it lie to the left of the mark."""
    plot = values([entry(None, 40.0)], [], 100, [(0, "0"), (100, "100")], 516, "zh", "-")
    (_, zero), (_, end) = ticks(plot)
    drawn = [shape for shape in plot.figure.layout.shapes if shape.type == "rect"]
    assert plot.figure.data[0].x[0] == pytest.approx(zero + 0.4 * (end - zero))
    assert [(shape.x0, shape.x1) for shape in drawn] == [pytest.approx((zero, zero + 0.4 * (end - zero)))]


def test_no_words_of_a_figure_can_end_its_script() -> None:
    plot = values([entry(50.0, 50.0)], [], 100, [(0, "0"), (100, "100")], 516, "zh", "-")
    plot.figure.update_layout(meta="</script><b>")
    said = str(Chart("", "", "", "", [plot], []).json(plot))
    assert "</" not in said and json.loads(said)["layout"]["meta"] == "</script><b>"
