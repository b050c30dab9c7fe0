"""Deadlines on an axis of days: how many commitments fall due when, a row of bars per city, one scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from compare.charts import drawing as draw
from compare.charts.drawing import SMALL, Piece
from compare.charts.look import INK, PAPER, SECOND, THIRD, colours
from compare.charts.timeline import day
from compare.charts.widths import text_width
from compare.errors import CompareError, Problem
from compare.words.messages import Messages, messages
from compare.words.named import records

COLUMNS = ("city_id", "commitment_id", "due_on", "status", "as_of")
# Down: the years, a city's row, the highest bar in it, and what a name over its row takes.
TOP, LANE, TALLEST, OVER, FOOT = 62, 92, 58, 16, 8
LEFT, NARROW, THICKEST = {"zh": 76, "en": 84}, 500, 34
# So many empty parts in a row are drawn; more are left out of the axis, which is cut so wide there.
FEW, CUT = 3, 12
HALVES = {"zh": ("上", "下"), "en": ("H1", "H2")}
Row = dict[str, Any]


@dataclass(frozen=True)
class Parts:
    """The half-years (two `per_year`) or years from one day to another, and the days that are left out."""

    per_year: int
    first: pd.Timestamp
    last: pd.Timestamp
    breaks: tuple[tuple[pd.Timestamp, pd.Timestamp], ...]

    def number(self, on: pd.Timestamp) -> int:
        """Return the number, since year 0, of the part that holds a day."""
        return int(on.year * self.per_year + (on.month - 1) * self.per_year // 12)

    def start(self, number: int) -> pd.Timestamp:
        """Return the first day of a part."""
        return pd.Timestamp(number // self.per_year, number % self.per_year * 12 // self.per_year + 1, 1)

    @property
    def whole(self) -> pd.Timedelta:
        """How long the axis is, what is left out not counted."""
        return self._shown(self.last)

    def share(self, on: pd.Timestamp) -> float:
        """Return how far along the axis a day lies, what is left out not counted."""
        return float(self._shown(on) / self.whole)

    def _shown(self, on: pd.Timestamp) -> pd.Timedelta:
        gone = [min(on, end) - start for start, end in self.breaks if start < on]
        return on - self.first - sum(gone, pd.Timedelta(0))


def parts_of(days: Sequence[pd.Timestamp], per_year: int) -> Parts:
    """Return the parts of the years that hold some days, long stretches that hold none left out.

    >>> [(str(start.date()), str(end.date()))
    ...  for start, end in parts_of([pd.Timestamp(2020, 1, 1), pd.Timestamp(2035, 1, 1)], 1).breaks]
    [('2021-01-01', '2035-01-01')]
    """
    parts = Parts(per_year, days[0], days[0], ())
    held = sorted({parts.number(on) for on in days})
    breaks = tuple(
        (parts.start(before + 1), parts.start(after))
        for before, after in pairwise(held)
        if after - before - 1 > FEW
    )
    return Parts(per_year, parts.start(held[0]), parts.start(held[-1] + 1), breaks)


def schedule(
    schedule: pd.DataFrame, lang: str = "zh", width: int = 1080, title: str | None = None
) -> go.Figure:
    """Return how many commitments fall due in each half-year, in each year on a narrow figure, by city.

    Hollow bars stand in drafts, on top of the others; the upright line is the day that the schedule speaks
    on. `schedule` are rows of `cp.schedule`: each city in them has a row, in words where none of its
    commitments has a date. The label over a bar names `due-city-year`. An empty `title` leaves the title to
    the page. Raises CompareError for a missing column, and where no commitment has a date.

    >>> from compare.charts.example import SCHEDULE
    >>> [(bar.x, bar.y) for bar in schedule(SCHEDULE, "en").data]
    [(('2022-10-01',), (2,)), (('2025-10-01',), (1,))]
    """
    draw.needs(schedule, [*COLUMNS, f"place_{lang}"], "schedule", "cp.schedule")
    held = records(schedule)
    names = {row["city_id"]: row[f"place_{lang}"] for row in held}
    rows = [row for row in held if row["due_on"] is not None and row["commitment_id"]]
    if not rows:
        raise CompareError(
            "charts.schedule has nothing to draw", [Problem("frame", "due_on", "no day", "one")]
        )
    today = rows[0]["as_of"]
    narrow, said, inks = width < NARROW, messages(lang, "deadline_calendar"), colours(list(names))
    parts = parts_of([today, *(row["due_on"] for row in rows)], 1 if narrow else 2)
    left, tall = (0, LANE + OVER) if narrow else (LEFT[lang], LANE)
    bars = {place: _bars(rows, place, parts) for place in names}
    # Down the figure the axis counts commitments: so many are as high as a pixel.
    pixel = max(len(held) for bar in bars.values() for held in bar.values()) / TALLEST
    height = tall * len(names) + FOOT
    pieces = [*_today(rows, today, parts, (width, left, height), height * pixel, said)]
    for n, (place, name) in enumerate(names.items()):
        base = (height - tall * (n + 1) + 14) * pixel
        pieces.append(
            draw.edge(base, name, draw.NAME, inks[place], left, dy=-TALLEST - 24 if narrow else -12)
        )
        pieces.append(draw.across(base, 0, width - left, THIRD))
        if not bars[place]:
            words = draw.escaped(said.say("chart.absent"))
            pieces.append(draw.placed(day(parts.first), base, words, SMALL, SECOND, dx=8, dy=-12))
        pieces += _city(place, bars[place], base, inks[place], parts, width - left, lang)
    called = said.say("chart.when") if title is None else title
    return draw.figure(
        pieces, _axis(parts, width - left, lang), size=(width, height), margin=(left, 0, TOP, 0),
        title=called, lang=lang, counted=height * pixel,
    )  # fmt: skip


def _bars(rows: Sequence[Row], place: str, parts: Parts) -> dict[int, list[Row]]:
    """Return a city's commitments by the part of the years in which they fall due."""
    held: dict[int, list[Row]] = {}
    for row in sorted((row for row in rows if row["city_id"] == place), key=lambda row: row["due_on"]):
        held.setdefault(parts.number(row["due_on"]), []).append(row)
    return held


def _city(
    place: str, bars: dict[int, list[Row]], base: float, ink: str, parts: Parts, room: float, lang: str
) -> Iterator[Piece]:
    """Yield a city's bars, those in drafts a trace of their own, and the count over each."""
    days = {
        number: parts.start(number) + (parts.start(number + 1) - parts.start(number)) / 2 for number in bars
    }
    drafts = {number: sum(row["status"] == "draft" for row in rows) for number, rows in bars.items()}
    step = pd.Timedelta(days=365 / parts.per_year)
    wide = step * min(0.62, THICKEST / (room * float(step / parts.whole)))
    for draft in (False, True):
        counts = {
            number: drafts[number] if draft else len(rows) - drafts[number] for number, rows in bars.items()
        }
        held = [number for number, count in counts.items() if count]
        if held:
            yield {
                "type": "bar",
                "x": [day(days[number]) for number in held],
                "y": [counts[number] for number in held],
                "base": [base + (len(bars[number]) - drafts[number] if draft else 0) for number in held],
                "width": [wide / pd.Timedelta(milliseconds=1)] * len(held),
                "customdata": [f"due-{place}-{number // parts.per_year}" for number in held],
                "hovertext": [_when(bars[number][0], counts[number], parts, lang) for number in held],
                "hoverinfo": "text",
                # The edge keeps a single commitment in sight beside a hundred.
                "marker": {"color": PAPER if draft else ink, "line": {"color": ink, "width": 2}},
            }
    for number, rows in bars.items():
        over = draw.placed(
            day(days[number]), base + len(rows), f"<b>{len(rows)}</b>", SMALL, INK, "center", dy=-10
        )
        yield over | {"name": f"due-{place}-{number // parts.per_year}"}


def _when(row: Row, count: int, parts: Parts, lang: str) -> str:
    half = "" if parts.per_year == 1 else f" {HALVES[lang][row['due_on'].month > 6]}"
    return f"{row['due_on'].year}{half}: <b>{count}</b>"


def _axis(parts: Parts, room: float, lang: str) -> Piece:
    """Return the axis of days: years, and in them half-years, without what is left out."""
    halves = parts.per_year == 2
    step = room * float(pd.Timedelta(days=365 / parts.per_year) / parts.whole)
    year = "年" if lang == "zh" and step > text_width("2020年", SMALL) + 6 else ""
    # What Plotly writes for a half-year, with its year where that begins, in the words of the language.
    said = {
        f"H{at}<br>{number}": f"{word}<br>{number}{'' if number == ' ' else year}"
        for number in (" ", *range(parts.first.year, parts.last.year + 1))
        for at, word in enumerate(HALVES[lang], 1)
    }
    return {
        "type": "date",
        "range": [day(parts.first), day(parts.last)],
        "side": "top",
        "dtick": "M6" if halves else "M12",
        "tick0": day(parts.first),
        "ticklabelmode": "period",
        "tickformat": "H%h\n%Y" if halves else "%Y",
        "labelalias": said if halves else {},
        "rangebreaks": [{"bounds": [day(start), day(end)]} for start, end in parts.breaks],
    }


def _today(
    rows: Sequence[Row],
    today: pd.Timestamp,
    parts: Parts,
    across: tuple[int, int, int],
    top: float,
    said: Messages,
) -> Iterator[Piece]:
    """Yield the line of the day, with how many commitments are past on its left and open on its right."""
    past = sum(row["due_on"] < today for row in rows)
    before, after = said.say("chart.past", count=past), said.say("chart.open", count=len(rows) - past)
    width, left, height = across
    x = left + (width - left) * parts.share(today)
    wide = text_width(after, draw.HEAD)
    # Where there is no room on the right, the words stand above the line, those before it beside them.
    fits = wide <= width - x - 7
    for start, _ in parts.breaks:
        yield {
            "type": "rect", "xsizemode": "pixel", "xanchor": day(start), "x0": -CUT / 2, "x1": CUT / 2,
            "yref": "paper", "y0": 0, "y1": 1, "layer": "above", "fillcolor": PAPER, "line": {"width": 0},
        }  # fmt: skip
        yield draw.placed(day(start), top, "⋯", SMALL, THIRD, "center", dy=-12)
    yield {
        "type": "line", "x0": day(today), "x1": day(today), "yref": "paper", "y0": 0,
        "y1": 1 + (TOP - (2 if fits else 18)) / height, "layer": "above",
        "line": {"color": INK, "width": 1.5, "dash": "dot"},
    }  # fmt: skip
    dx = 0 if fits else min(0.0, width - wide - 14 - x)
    for words, side, shift in (
        (before, "right", dx - 7),
        (after, "left" if fits else "right", 7 if fits else width - x),
    ):
        yield draw.placed(
            day(today), top, f"<b>{draw.escaped(words)}</b>", draw.HEAD, INK, side, shift, 9 - TOP
        )
