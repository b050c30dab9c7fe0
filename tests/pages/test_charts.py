"""Charts on the built pages: the rows that should be drawn, at every width, with their links and words."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from compare.charts.look import DARK
from compare.outputs.element import unpacked

Rows = list[dict[str, str]]
# The code of the page; the drawings and the palette are data.
CODE = re.compile(r"<(script|style)>.*?</\1>", re.DOTALL)


@dataclass(frozen=True)
class Chart:
    """A chart as a page holds it."""

    name: str
    element: Tag

    @property
    def plots(self) -> list[Tag]:
        return self.element.select(".plot")

    @property
    def twin(self) -> list[str]:
        return [str(link["href"])[1:] for link in self.element.select(".twin a.v")]


def figure_of(plot: Tag) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(unpacked(plot.script.string))
    return made


def linked(plot: Tag) -> list[str]:
    """Return the rows that the labels of a plot lead to."""
    return [str(link["href"])[1:] for link in plot.select(".over a")]


def figures_in(rows: list[str]) -> list[str]:
    """Return those rows that are figures: words without a number and bars of counts have no table twin."""
    return [name for name in rows if name[:2] in ("t-", "g-", "o-")]


@lru_cache(maxsize=4)
def charts_of(file: Path) -> tuple[Chart, ...]:
    page = BeautifulSoup(CODE.sub("", file.read_text(encoding="utf-8")), "html.parser")
    held = [one for one in page.select("figure") if one.select(".plot")]
    return tuple(Chart(named(one), one) for one in held)


def named(element: Tag) -> str:
    """Return the name under which a chart is taken away; that of a document's means is none."""
    button = element.select_one("button.svg")
    return "" if button is None else str(button["data-name"]).removesuffix(".svg")


@pytest.fixture
def drawn(page: Any) -> tuple[Chart, ...]:
    return charts_of(page.file)


def test_every_page_draws_charts_and_every_kind_is_drawn(pages: dict[str, Any]) -> None:
    names = {page: [chart.name for chart in charts_of(page.file)] for page in pages.values()}
    # The calendar's counts are a table of bars.
    bare = {page.name: page.name.startswith("calendar") or page.is_worded for page in names}
    assert all(bool(held) != bare[page.name] for page, held in names.items())
    kinds = {name.partition("-")[2] for held in names.values() for name in held}
    assert kinds >= {"timeline", "above-rates", "above-shares"}


def test_charts_have_names_of_their_own_and_words_beside_them(drawn: tuple[Chart, ...]) -> None:
    """A name becomes that of files, safe on every disk; the words are all that some readers get."""
    names = [chart.name for chart in drawn if chart.name]
    assert len(set(names)) == len(names)
    for chart in drawn:
        assert re.fullmatch(r"([a-z0-9]+([_-][a-z0-9]+)*)?", chart.name), chart.name
        assert all(plot["aria-label"].strip() for plot in chart.plots)
        widths = [int(plot.select_one(".canvas")["data-width"]) for plot in chart.plots]
        assert widths and widths == sorted(set(widths), reverse=True), "each width once, the widest first"


def test_both_languages_draw_the_same(chinese: Any, pages: dict[str, Any]) -> None:
    other = pages[f"{chinese.name.removesuffix('zh')}en"]
    told = [
        [(chart.name, chart.twin, [sorted(linked(plot)) for plot in chart.plots])
         for chart in charts_of(one.file)] for one in (chinese, other)
    ]  # fmt: skip
    assert told[0] == told[1]


def test_every_dated_promise_is_on_the_timeline_once(
    topic_page: Any, promised: Callable[[str], Rows]
) -> None:
    dated = sorted(row["target_id"] for row in promised(topic_page.topic) if row["due_on"])
    (timeline,) = [one for one in charts_of(topic_page.file) if one.name == f"{topic_page.topic}-timeline"]
    assert sorted(timeline.twin) == dated
    for plot in timeline.plots:
        assert sorted(linked(plot)) == dated


def test_panels_are_for_indicators_of_two_cities(
    topic_page: Any, promised: Callable[[str], Rows], raw: Callable[[str], Rows]
) -> None:
    """Each with all promises of its indicator, and with targets above on the same matter and year alone."""
    held: dict[str, Rows] = {}
    for row in promised(topic_page.topic):
        held.setdefault(row["indicator_id"], []).append(row)
    # What others report that cities with documents shall reach stands among their promises.
    cities = {row["city_id"] for row in raw("targets")}
    reported = [row for row in raw("outside_targets") if row["place_id"] in cities]
    of_topic = {row["indicator_id"] for row in raw("indicators") if row["topic_id"] == topic_page.topic}
    places = {name: {row["city_id"] for row in rows} for name, rows in held.items()}
    for row in reported:
        if row["indicator_id"] in of_topic and row["confidence"] != "suspect":
            places.setdefault(row["indicator_id"], set()).add(row["place_id"])
            held.setdefault(row["indicator_id"], [])
    wanted = {name: rows for name, rows in held.items() if len(places[name]) > 1}
    named = {f"{topic_page.topic}-{name}": name for name in held}
    panels = {named[one.name]: one for one in charts_of(topic_page.file) if one.name in named}
    assert set(panels) == set(wanted)
    above = {row["fact_id"]: row for row in raw("outside_targets")}
    for name, chart in panels.items():
        rows = {row["target_id"]: row["due_on"][:4] for row in wanted[name]}
        assert {one for one in chart.twin if one not in above} == set(rows)
        years = {above[one]["date_on"][:4] for one in chart.twin if one in above}
        own = {row["date_on"][:4] for row in reported if row["indicator_id"] == name}
        assert years <= set(rows.values()) | own
        for plot in chart.plots:
            assert Counter(figures_in(linked(plot))) == Counter(chart.twin)


def test_every_label_stands_on_its_plot_and_its_figure_in_the_table(drawn: tuple[Chart, ...]) -> None:
    """Bars of counts lead to a place of the page, words without a number to their sentence."""
    for chart in drawn:
        for plot in chart.plots:
            assert set(figures_in(linked(plot))) <= set(chart.twin), chart.name
            layout = figure_of(plot)["layout"]
            for label in plot.select(".over"):
                left, top = (float(value) for value in re.findall(r"(?:left|top):([\d.]+)px", label["style"]))
                assert 0 <= left <= layout["width"] and 0 <= top <= layout["height"], (chart.name, label)


def test_words_of_a_label_are_those_of_the_table(drawn: tuple[Chart, ...]) -> None:
    for chart in drawn:
        values = {str(link["href"])[1:]: link.get_text() for link in chart.element.select(".twin a.v")}
        for link in chart.element.select(".over a"):
            name = str(link["href"])[1:]
            assert link.get_text(strip=True), (chart.name, name)
            if link.b and name in values:
                assert link.b.get_text() == values[name], (chart.name, name)


def test_values_and_places_are_read_out(topic_page: Any, raw: Callable[[str], Rows]) -> None:
    names = {"timeline", *(row["indicator_id"] for row in raw("indicators"))}
    held = {one.name.removeprefix(f"{topic_page.topic}-"): one for one in charts_of(topic_page.file)}
    for chart in [chart for name, chart in held.items() if name in names]:
        said = chart.plots[0]["aria-label"]
        for line in chart.element.select(".twin tr"):
            assert line.select_one("a.v").get_text() in said, (chart.name, said)
            assert line.select_one(".city").get_text() in said, (chart.name, said)


def test_figures_are_drawn_without_what_a_page_cannot_use(drawn: tuple[Chart, ...]) -> None:
    for chart in drawn:
        for plot in chart.plots:
            layout = figure_of(plot)["layout"]
            assert "template" not in layout
            assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
            assert plot["style"] == f"width:{layout['width']}px;height:{layout['height']}px"
            assert not {"<", "&"} & set(plot.script.string)


def test_the_palette_of_dark_paper_is_on_the_page_for_every_colour(page: Any) -> None:
    palette = BeautifulSoup(CODE.sub("", page.html), "html.parser").find(id="palette")
    if not charts_of(page.file):
        assert palette is None and (page.name.startswith("calendar") or page.is_worded)
        return
    assert json.loads(palette.string) == DARK
    assert not set(DARK) & set(DARK.values()), "a swap after a swap would colour twice"
    for chart in charts_of(page.file):
        for plot in chart.plots:
            assert set(re.findall(r"#[0-9A-Fa-f]{6}", unpacked(plot.script.string))) <= set(DARK), chart.name
