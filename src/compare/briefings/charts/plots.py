"""Plotly figures from tidy rows: values against due dates, and the timeline from issue to due date."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from compare.briefings.charts.canvas import (
    Canvas,
    Entry,
    Label,
    Plot,
    canvas,
    draw_line,
    draw_mark,
    text_width,
)
from compare.briefings.look import SECOND, THIRD

ROW, HEAD, LANE, FOOT = 46, 34, 30, 30
FAR = 0.6  # a mark beyond this share of the axis has its label on the left


def nice_ticks(top: float, most: int = 5) -> list[float]:
    """Return at most `most` round ticks from 0 that reach `top`.

    >>> nice_ticks(100), nice_ticks(2000)
    ([0.0, 25.0, 50.0, 75.0, 100.0], [0.0, 500.0, 1000.0, 1500.0, 2000.0])
    """
    size = 10 ** math.floor(math.log10(top))
    steps = [size * part for part in (0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5)]
    step = next(s for s in steps if math.ceil(top / s - 1e-9) <= most - 1)
    return [step * n for n in range(math.ceil(top / step - 1e-9) + 1)]


def values(
    entries: Sequence[Entry],
    absent: Sequence[Label],
    top: float,
    ticks: Sequence[tuple[float, str]],
    width: int,
    lang: str,
    absent_head: str,
) -> Plot:
    """Return one indicator's values against due dates: a row per target, grouped by due year.

    A dot is the value promised, a pale band the values that keep a bound; cities without a
    number follow in rows of words (`absent`, positions filled in here).
    """
    left, right = (76 if lang == "zh" else 84), width - 14
    groups = list(dict.fromkeys(entry.group for entry in entries))
    height = HEAD * len(groups) + ROW * len(entries) + FOOT + (HEAD + 28 * len(absent) if absent else 0)
    figure, labels, y = canvas(width, height, lang), [], 0.0

    def at(value: float) -> float:
        return left + (right - left) * value / top

    foot = HEAD * len(groups) + ROW * len(entries)
    for tick, words in ticks:
        draw_line(figure, at(tick), 4, at(tick), foot)
        labels.append(Label(at(tick), foot + 12, words=words, anchor="middle", look="tick"))
    for group in groups:
        labels.append(Label(0, y + 18, words=group, look="group"))
        draw_line(figure, 0, y + HEAD - 4, right, y + HEAD - 4, SECOND)
        y += HEAD
        for entry in [e for e in entries if e.group == group]:
            _value_row(figure, labels, entry, at, y, top, right)
            y += ROW
    if absent:
        y += FOOT
        labels.append(Label(0, y + 18, words=absent_head, look="group"))
        draw_line(figure, 0, y + HEAD - 4, right, y + HEAD - 4, SECOND)
        y += HEAD
        for row, label in enumerate(absent):
            place = y + 14 + 28 * row
            labels.append(Label(0, place, words=label.look, look="city", colour=label.colour))
            labels.append(Label(left, place, label.value, label.words, label.row_id, look="absent"))
    return Plot(width, int(height), figure, labels)


def _value_row(
    figure: Canvas, labels: list[Label], entry: Entry, at: Any, y: float, top: float, right: float
) -> None:
    line = y + 32
    labels.append(Label(0, line, words=entry.city_name, look="city", colour=entry.colour))
    value = (entry.high if entry.low is None else entry.low) or 0.0
    # A bound is kept by every value up to the axis's end, or down to nothing; 100 per cent closes a share.
    start, end = 0.0 if entry.low is None else entry.low, top if entry.high is None else entry.high
    if end > start:
        figure.add_shape(
            type="rect",
            x0=at(start),
            x1=min(at(end), right),
            y0=line - 3,
            y1=line + 3,
            line={"width": 0},
            fillcolor=entry.colour,
            opacity=0.28,
            layer="below",
        )
    draw_mark(figure, at(value), line, entry)
    far = value / top > FAR
    place = at(value) + (8 if far else -8)
    room = place if far else right + 8 - place
    words = fitted(entry.words, room - text_width(entry.value, 17) - 8)
    labels.append(
        Label(place, line - 20, entry.value, words, entry.row_id, anchor="right" if far else "left")
    )


def fitted(words: str, room: float) -> str:
    """Return words cut to the pixels they have, with an ellipsis where some are left out.

    >>> fitted("rate, rural households", 200), fitted("rate, rural households", 90)
    ('rate, rural households', 'rate, rural…')
    """
    if text_width(words, 12.5) <= room:
        return words
    while words and text_width(words + "…", 12.5) > room:
        words = words[:-1]
    return words.rstrip(" ,，") + "…"


def timeline(
    entries: Sequence[Entry],
    years: Sequence[tuple[float, str]],
    cities: Sequence[tuple[str, str, str]],
    width: int,
    lang: str,
    silent: dict[str, str],
) -> Plot:
    """Return the timeline: a line per target from the day of issue (tick) to the due date (mark).

    `cities` gives id, name and colour of every city, in order; one without a dated target
    keeps its row with the words of `silent`. A dotted line starts where the day of issue is unknown.
    """
    left, right = (76 if lang == "zh" else 84), width - 24
    first, last = years[0][0], years[-1][0]

    def at(year: float) -> float:
        return left + (right - left) * (year - first) / (last - first)

    lanes = {city: _lanes([e for e in entries if e.city == city], at, right) for city, _, _ in cities}
    tall = {
        city: [LANE + (16 if any(_reach(e, at, right)[2] for e in lane) else 0) for lane in lanes[city]]
        for city, _, _ in cities
    }
    heights = {city: (sum(tall[city]) or LANE) + 22 for city, _, _ in cities}
    height = 30 + sum(heights.values()) + 4
    figure, labels = canvas(width, int(height), lang), []
    for year, words in years[:-1]:
        draw_line(figure, at(year), 30, at(year), height - 4)
        labels.append(Label((at(year) + at(year + 1)) / 2, 14, words=words, anchor="middle", look="tick"))
    draw_line(figure, 0, 30, width, 30, THIRD)
    y = 30.0
    for city, name, colour in cities:
        labels.append(Label(0, y + heights[city] / 2, words=name, look="city", colour=colour))
        if not lanes[city]:
            labels.append(Label(left + 8, y + heights[city] / 2, words=silent.get(city, ""), look="absent"))
        for row, lane in enumerate(lanes[city]):
            for entry in lane:
                _span(figure, labels, entry, at, y + 11 + sum(tall[city][: row + 1]) - LANE / 2, right)
        y += heights[city]
        draw_line(figure, 0, y, width, y)
    return Plot(width, int(height), figure, labels)


def _reach(entry: Entry, at: Any, right: float) -> tuple[float, float, bool]:
    """Return the pixels a target and its label take, and whether the label stands on the left."""
    assert entry.due is not None
    label = text_width(entry.value, 17) + text_width(entry.words, 12.5) + 24
    mark = at(entry.due)
    start = at(entry.issued if entry.issued is not None else entry.started)
    if mark + label > right:
        return min(start, mark - label) - 8, mark + 10, True
    return start - 4, mark + label + 8, False


def _lanes(entries: Sequence[Entry], at: Any, right: float) -> list[list[Entry]]:
    """Return the targets of a city in as few lanes as keep their labels apart, in due order."""
    lanes: list[tuple[float, list[Entry]]] = []
    for entry in sorted(entries, key=lambda e: (e.due or 0, e.row_id)):
        start, end, _ = _reach(entry, at, right)
        for place, (taken, lane) in enumerate(lanes):
            if start > taken:
                lane.append(entry)
                lanes[place] = (end, lane)
                break
        else:
            lanes.append((end, [entry]))
    return [lane for _, lane in lanes]


def _span(figure: Canvas, labels: list[Label], entry: Entry, at: Any, y: float, right: float) -> None:
    start = at(entry.issued if entry.issued is not None else entry.started)
    mark = at(entry.due)
    draw_line(figure, start, y, mark, y, entry.colour, 2, "solid" if entry.issued is not None else "dot")
    if entry.issued is not None:
        draw_line(figure, start, y - 6, start, y + 6, entry.colour, 2)
    draw_mark(figure, mark, y, entry, 13)
    left = _reach(entry, at, right)[2]
    # Left of the mark the label would lie on the line: it stands just above it.
    labels.append(
        Label(
            mark - 10 if left else mark + 12,
            y - 15 if left else y,
            entry.value,
            entry.words,
            entry.row_id,
            anchor="right" if left else "left",
        )
    )
