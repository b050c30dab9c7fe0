"""A section in a notebook: its words as on its page, and its charts, each with a title of its own."""

from __future__ import annotations

from typing import Any

import IPython.display
import plotly.graph_objects as go
import pytest

from compare.charts.drawing import titled
from compare.charts.example import CASCADE, FIGURES, SCHEDULE
from compare.charts.gaps import gaps
from compare.charts.schedule import schedule
from compare.charts.widths import broken
from compare.outputs.jupyter import WIDEST, alone, show
from compare.sections.drawn import drawings
from compare.sections.section import Chart, Section
from compare.words.text import text

RATES = Chart(
    text("Rates"), (), "", drawings(lambda wide: gaps(CASCADE, FIGURES, "en", wide, ""), (516, 340))
)
DUE = Chart((), (), "", drawings(lambda wide: schedule(SCHEDULE, "en", wide, ""), (1080, 720, 340)))
SECTION = Section("a", text("When"), blocks=(RATES, DUE), lang="en")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    held: list[Any] = []
    monkeypatch.setattr(IPython.display, "display", lambda one, **_: held.append(one))
    show(SECTION)
    return held


def test_charts_are_as_wide_as_a_notebook_has_room_for(shown: list[Any]) -> None:
    figures = [one for one in shown if isinstance(one, go.Figure)]
    assert [figure.layout.width for figure in figures] == [516, 720]
    assert all(figure.layout.width <= WIDEST for figure in figures)


def test_a_chart_bears_its_title_or_that_of_its_section(shown: list[Any]) -> None:
    assert [one.layout.title.text for one in shown if isinstance(one, go.Figure)] == ["Rates", "When"]


def test_a_title_takes_nothing_from_the_plot() -> None:
    def plot(figure: go.Figure) -> float:
        layout = figure.layout
        return float(layout.height - layout.margin.t - layout.margin.b)

    bare, whole = (gaps(CASCADE, FIGURES, "en", 516, title) for title in ("", "A title of some words"))
    assert bare.layout.title.text is None and plot(bare) == plot(whole)
    assert titled(bare, "A title of some words").to_dict() == whole.to_dict()
    assert titled(bare, "") is bare


def test_no_line_of_a_title_ends_with_a_bracket_that_opens() -> None:
    lines = broken("四市里一市名次不变（四个数可信度中等）", 180, 180, 17)
    assert len(lines) > 1 and not any(line.endswith("（") for line in lines)


def test_the_look_of_a_notebook_gives_way_to_that_of_the_page() -> None:
    """What a notebook sets for a cell of a table is taken back before the page's own rules speak."""
    html = alone(SECTION)
    sheet = html[html.index("<style>") : html.index("</style>")]
    assert sheet.index("all:revert") < sheet.index("table{")
    assert sheet.count(".compare-section.compare-section.compare-section") == 1
