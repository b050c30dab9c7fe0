"""Deadlines on an axis of days: how many commitments fall due when, a row of bars per city, one scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from compare.charts import drawing as draw
from compare.charts.drawing import SMALL, Piece, Row
from compare.charts.look import INK, PAPER, SECOND, THIRD, colours
from compare.charts.timeline import day
from compare.charts.widths import text_width
from compare.words.messages import Messages, messages
from compare.words.signs import signs

COLUMNS = ("city_id", "commitment_id", "due_on", "status", "as_of")
# Down: the years, a city's row, the highest bar in it, and what a name over its row takes.
TOP, LANE, TALLEST, OVER, FOOT = 62, 92, 58, 16, 8
NARROW, THICKEST = 600, 34
# So many empty parts in a row are drawn; more are left out of the axis, which is cut so wide there.
FEW, CUT = 3, 12


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

    def middle(self, number: int) -> pd.Timestamp:
        """Return the day in the middle of a part."""
        return self.start(number) + (self.start(number + 1) - self.start(number)) / 2

    def said(self, number: int, lang: str) -> str:
        """Return how a part is called where it is pointed at."""
        half = f" {signs(lang).charts['halves'][number % 2]}" if self.per_year == 2 else ""
        return f"{number // self.per_year}{half}"

    @property
    def step(self) -> pd.Timedelta:
        """How long a part is."""
        return pd.Timedelta(days=365 / self.per_year)

    @property
    def whole(self) -> pd.Timedelta:
        """How long the axis is, what is left out not counted."""
        return self._shown(self.last)

    def share(self, on: pd.Timestamp) -> float:
        """Return how far along the axis a day lies, from 0 to 1."""
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
    held = draw.needs(schedule, [*COLUMNS, f"place_{lang}"], "schedule", "cp.schedule")
    names = {row["city_id"]: row[f"place_{lang}"] for row in held}
    rows = [row for row in held if row["due_on"] is not None and row["commitment_id"]]
    if not rows:
        raise draw.unfit("schedule", "due_on", "no commitment with a day", "one at least")
    narrow, said, inks = width < NARROW, messages(lang, "deadline_calendar"), colours(list(names))
    parts = parts_of([rows[0]["as_of"], *(row["due_on"] for row in rows)], 1 if narrow else 2)
    counts = Counter((row["city_id"], parts.number(row["due_on"]), row["status"] == "draft") for row in rows)
    highest = max(counts[place, part, False] + counts[place, part, True] for place, part, _ in counts)
    left, tall = (0, LANE + OVER) if narrow else (signs(lang).charts["place"], LANE)
    # Down the figure the axis counts commitments: so many are as high as a pixel.
    height, pixel = tall * len(names) + FOOT, highest / TALLEST
    pieces = [
        *_cuts(parts, height * pixel),
        *_today(rows, parts, (width, left, height), height * pixel, said),
    ]
    for n, (place, name) in enumerate(names.items()):
        base, over = (height - tall * (n + 1) + 14) * pixel, TALLEST + 24 if narrow else 12
        pieces.append(draw.edge(base, name, draw.NAME, inks[place], left, dy=-over))
        pieces.append(draw.across(base, 0, width - left, THIRD))
        own = {(part, draft): count for (of, part, draft), count in counts.items() if of == place}
        if not own:
            words = draw.escaped(said.say("chart.absent"))
            pieces.append(draw.placed(day(parts.first), base, words, SMALL, SECOND, dx=8, dy=-12))
        pieces += _city(place, own, base, inks[place], parts, width - left, lang)
    return draw.figure(
        pieces, _axis(parts, width - left, lang), size=(width, height), margin=(left, 0, TOP, 0),
        title=said.say("chart.when") if title is None else title, lang=lang, counted=height * pixel,
    )  # fmt: skip


def _city(
    place: str, own: dict[tuple[int, bool], int], base: float, ink: str, parts: Parts, room: float, lang: str
) -> Iterator[Piece]:
    """Yield a city's bars, those in drafts a trace of their own, and the count over each."""
    # At most so many pixels wide.
    wide = parts.step * min(0.62, THICKEST / (room * float(parts.step / parts.whole)))
    names = {part: f"due-{place}-{part // parts.per_year}" for part, _ in sorted(own)}
    for draft, fill in ((False, ink), (True, PAPER)):
        held = {part: count for (part, drafted), count in sorted(own.items()) if drafted == draft}
        if held:
            yield {
                "type": "bar",
                "x": [day(parts.middle(part)) for part in held],
                "y": list(held.values()),
                "base": [base + (own.get((part, False), 0) if draft else 0) for part in held],
                "width": wide / pd.Timedelta(milliseconds=1),
                "customdata": [names[part] for part in held],
                "hovertext": [f"{parts.said(part, lang)}: <b>{count}</b>" for part, count in held.items()],
                "hoverinfo": "text",
                # The edge keeps a single commitment in sight beside a hundred.
                "marker": {"color": fill, "line": {"color": ink, "width": 2}},
            }
    for part, name in names.items():
        count, x = own.get((part, False), 0) + own.get((part, True), 0), day(parts.middle(part))
        over = draw.placed(x, base + count, f"<b>{count}</b>", SMALL, INK, "center", dy=-10)
        yield over | {"name": name}


def _axis(parts: Parts, room: float, lang: str) -> Piece:
    """Return the axis of days: years, and in them half-years, without what is left out."""
    halves = parts.per_year == 2
    step = room * float(parts.step / parts.whole)
    behind = signs(lang).charts["year"]
    year = behind if step > text_width(f"2020{behind}", SMALL) + 6 else ""
    # What Plotly writes for a half-year, with its year where that begins, in the words of the language.
    said = {
        f"H{at}<br>{number}": f"{word}<br>{number}{'' if number == ' ' else year}"
        for number in (" ", *range(parts.first.year, parts.last.year + 1))
        for at, word in enumerate(signs(lang).charts["halves"], 1)
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


def _cuts(parts: Parts, top: float) -> Iterator[Piece]:
    """Yield what shows where the axis leaves days out."""
    for start, _ in parts.breaks:
        yield {
            "type": "rect", "xsizemode": "pixel", "xanchor": day(start), "x0": -CUT / 2, "x1": CUT / 2,
            "yref": "paper", "y0": 0, "y1": 1, "layer": "above", "fillcolor": PAPER, "line": {"width": 0},
        }  # fmt: skip
        yield draw.placed(day(start), top, "⋯", SMALL, THIRD, "center", dy=-12)


def _today(
    rows: Sequence[Row], parts: Parts, size: tuple[int, int, int], top: float, said: Messages
) -> Iterator[Piece]:
    """Yield the line of the day, with how many commitments are past on its left and open on its right."""
    (width, left, height), today = size, rows[0]["as_of"]
    past = sum(row["due_on"] < today for row in rows)
    before, after = said.say("chart.past", count=past), said.say("chart.open", count=len(rows) - past)
    x = left + (width - left) * parts.share(today)
    wide = text_width(after, draw.HEAD)
    # Where there is no room on the right, the words stand above the line, those before it beside them.
    fits = wide <= width - x - 7
    yield {
        "type": "line", "x0": day(today), "x1": day(today), "yref": "paper", "y0": 0,
        "y1": 1 + (TOP - (2 if fits else 18)) / height, "layer": "above",
        "line": {"color": INK, "width": 1.5, "dash": "dot"},
    }  # fmt: skip
    ends = (before, "right", -7 if fits else min(-7.0, width - wide - 14 - x))
    for words, side, dx in (ends, (after, "left", 7) if fits else (after, "right", width - x)):
        said_so = f"<b>{draw.escaped(words)}</b>"
        yield draw.placed(day(today), top, said_so, draw.HEAD, INK, side, dx, 9 - TOP)
