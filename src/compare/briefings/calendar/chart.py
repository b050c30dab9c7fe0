"""How many promises fall due when: a row of bars per city over half-years or years, one scale for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import plotly.graph_objects as go

from compare.briefings.charts.canvas import Label, Plot, canvas, draw_line, text_width
from compare.charts.look import INK, PAPER, THIRD

HEAD, LANE, FOOT, TALLEST = 62, 92, 8, 58
# A name above its row, where the plot is narrow, stands clear of the count on the tallest bar.
OVER = 16
# This many empty intervals in a row, or fewer, are drawn; more become a break in the axis.
FEW = 3
BREAK = 0.6
NARROW = 400
HALVES = {"zh": ("上", "下"), "en": ("H1", "H2")}


@dataclass(frozen=True, order=True)
class Interval:
    """A half-year or a year, by its number since year 0: an axis of `per_year` intervals a year."""

    number: int
    per_year: int = field(compare=False)

    @property
    def year(self) -> int:
        return self.number // self.per_year

    @property
    def part(self) -> int:
        """Which part of the year it is, from 0."""
        return self.number % self.per_year

    def share(self, day: date) -> float:
        """Return how much of the interval has gone by at the end of a day in it."""
        months = 12 // self.per_year
        start = date(self.year, self.part * months + 1, 1)
        after = Interval(self.number + 1, self.per_year)
        return ((day - start).days + 1) / (date(after.year, after.part * months + 1, 1) - start).days


def interval(day: date, per_year: int) -> Interval:
    """Return the interval that holds a day.

    >>> interval(date(2020, 12, 31), 2).part, interval(date(2020, 12, 31), 1).year
    (1, 2020)
    """
    return Interval(day.year * per_year + (day.month - 1) * per_year // 12, per_year)


def axis(days: Sequence[date], per_year: int) -> list[Interval | None]:
    """Return the intervals from the first day to the last, None where a long empty stretch is left out.

    >>> [one and one.year for one in axis([date(2020, 1, 1), date(2022, 1, 1), date(2035, 1, 1)], 1)]
    [2020, 2021, 2022, None, 2035]
    """
    held = sorted({interval(day, per_year) for day in days})
    slots: list[Interval | None] = list(held[:1])
    for before, after in pairwise(held):
        between = range(before.number + 1, after.number)
        slots += [Interval(number, per_year) for number in between] if len(between) <= FEW else [None]
        slots.append(after)
    return slots


@dataclass(frozen=True)
class Bar:
    """The promises of one city that fall due in one interval, `when` in words; `drafts` are in a draft."""

    city: str
    at: Interval
    count: int
    drafts: int
    anchor: str
    when: str


@dataclass(frozen=True)
class Lane:
    """One city's row."""

    city: str
    name: str
    colour: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Today:
    """The day of the page, and the words on its left and on its right."""

    day: date
    past: str
    open: str


@dataclass
class _Drawing:
    """A plot in the making, with the place of every interval on it."""

    plot: Plot
    left: float
    step: float
    slots: list[Interval | None]

    def at(self, slot: Interval | None, place: int) -> float:
        """Return where a slot begins; breaks, which have no number, are told by their place."""
        before = self.slots[:place] if slot is None else self.slots[: self.slots.index(slot)]
        return self.left + self.step * sum(BREAK if one is None else 1 for one in before)

    def runs(self) -> list[tuple[float, float]]:
        """Return where the axis begins and ends between its breaks."""
        made: list[tuple[float, float]] = []
        x = self.left
        for slot in self.slots:
            if slot is None:
                x += BREAK * self.step
                continue
            start = made.pop()[0] if made and made[-1][1] == x else x
            x += self.step
            made.append((start, x))
        return made


def draw(lanes: Sequence[Lane], today: Today, absent: str, width: int, lang: str, per_year: int) -> Plot:
    """Return the lanes as a plot: a bar per interval, hollow where the promises stand in a draft.

    The count above a bar is a label with the anchor it leads to; a city without a bar keeps its row.
    """
    left = 0 if width < NARROW else 76 if lang == "zh" else 84
    slots = axis([today.day, *(_first(bar.at) for lane in lanes for bar in lane.bars)], per_year)
    tall = LANE + (OVER if left == 0 else 0)
    height = HEAD + tall * len(lanes) + FOOT
    step = (width - left) / sum(BREAK if slot is None else 1 for slot in slots)
    drawing = _Drawing(Plot(width, height, canvas(width, height, lang)), left, step, slots)
    drawing.plot.canvas.update_layout(barmode="overlay")
    _ticks(drawing, lang)
    highest = max((bar.count for lane in lanes for bar in lane.bars), default=1)
    for row, lane in enumerate(lanes):
        _lane(drawing, lane, HEAD + tall * (row + 1) - 14, TALLEST / highest, absent)
    _day(drawing, today, height)
    return drawing.plot


def _first(at: Interval) -> date:
    return date(at.year, at.part * (12 // at.per_year) + 1, 1)


def _ticks(drawing: _Drawing, lang: str) -> None:
    plot, step = drawing.plot, drawing.step
    draw_line(plot.canvas, 0, HEAD - 6, plot.width, HEAD - 6, THIRD)
    years: dict[int, list[float]] = {}
    for place, slot in enumerate(drawing.slots):
        x = drawing.at(slot, place)
        if slot is None:
            plot.labels.append(
                Label(x + step * BREAK / 2, HEAD - 18, words="⋯", anchor="middle", look="tick")
            )
            continue
        years.setdefault(slot.year, []).append(x)
        if slot.per_year > 1:
            words = HALVES[lang][slot.part]
            plot.labels.append(Label(x + step / 2, HEAD - 15, words=words, anchor="middle", look="tick"))
    for year, starts in years.items():
        whole = drawing.slots[0] is not None and drawing.slots[0].per_year == 1
        words = f"{year}年" if lang == "zh" and not whole else str(year)
        middle = (starts[0] + starts[-1] + step) / 2
        top = HEAD - 18 if whole else HEAD - 32
        plot.labels.append(Label(middle, top, words=words, anchor="middle", look="tick"))
        draw_line(plot.canvas, starts[0], HEAD - 24 if whole else HEAD - 38, starts[0], plot.height - FOOT)


def _lane(drawing: _Drawing, lane: Lane, base: float, scale: float, absent: str) -> None:
    plot = drawing.plot
    for start, end in drawing.runs():
        draw_line(plot.canvas, start, base, end, base, THIRD)
    over = drawing.left == 0
    top = base - TALLEST - 8 - OVER if over else base - 12
    plot.labels.append(Label(0, top, words=lane.name, look="city", colour=lane.colour))
    if not lane.bars:
        plot.labels.append(Label(drawing.left + 8, base - 12, words=absent, look="absent"))
    for drafts in (False, True):
        held = [bar for bar in lane.bars if (bar.drafts if drafts else bar.count - bar.drafts)]
        if held:
            plot.canvas.add_trace(_bars(drawing, held, lane.colour, base, scale, drafts))
    for bar in lane.bars:
        middle = drawing.at(bar.at, 0) + drawing.step / 2
        top = base - bar.count * scale - 10
        label = Label(middle, top, words=str(bar.count), row_id=bar.anchor, anchor="middle", look="due")
        plot.labels.append(label)


def _bars(
    drawing: _Drawing, bars: Sequence[Bar], colour: str, base: float, scale: float, drafts: bool
) -> go.Bar:
    """Return one trace: what stands in adopted documents, or, on top of it and hollow, in drafts."""
    return go.Bar(
        x=[drawing.at(bar.at, 0) + drawing.step / 2 for bar in bars],
        base=[base - (bar.count - bar.drafts) * scale if drafts else base for bar in bars],
        # A single promise must not vanish beside a hundred.
        y=[-max(2.0, (bar.drafts if drafts else bar.count - bar.drafts) * scale) for bar in bars],
        width=[min(34.0, drawing.step * 0.62)] * len(bars),
        hoverinfo="skip",
        marker={"color": PAPER if drafts else colour, "line": {"color": colour, "width": 2 if drafts else 0}},
    )


def _day(drawing: _Drawing, today: Today, height: int) -> None:
    """Draw the day of the page through all lanes, with what lies before and after it."""
    plot = drawing.plot
    here = interval(today.day, next(slot.per_year for slot in drawing.slots if slot is not None))
    x = drawing.at(here, 0) + drawing.step * here.share(today.day)
    wide = text_width(today.open, 13.5)
    fits = wide <= plot.width - x - 7
    draw_line(plot.canvas, x, 2 if fits else 18, x, height, INK, 1.5, "dot")
    # Where there is no room on the right, the words stand above the line, those before it beside them.
    end = x - 7 if fits else min(x - 7, plot.width - wide - 14)
    plot.labels.append(Label(end, 9 if fits else 7, words=today.past, anchor="right", look="group"))
    place = Label(x + 7, 9, words=today.open, look="group")
    above = Label(plot.width, 7, words=today.open, anchor="right", look="group")
    plot.labels.append(place if fits else above)
