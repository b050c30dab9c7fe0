"""Plotly figures of time: a line per target from the day of issue to the due date."""

from __future__ import annotations

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
from compare.briefings.charts.plots import fitted
from compare.charts.look import THIRD

LANE = 30
# On a narrow screen: the height of the years, of a city's name, and of a target.
TOP, CITY_HEAD, UPRIGHT = 24, 32, 50


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
                place = y + 11 + sum(tall[city][: row + 1]) - LANE / 2
                _span(figure, labels, entry, at, place, left, right)
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
    for entry in sorted(entries, key=_by_due):
        start, end, _ = _reach(entry, at, right)
        for place, (taken, lane) in enumerate(lanes):
            if start > taken:
                lane.append(entry)
                lanes[place] = (end, lane)
                break
        else:
            lanes.append((end, [entry]))
    return [lane for _, lane in lanes]


def _span(
    figure: Canvas, labels: list[Label], entry: Entry, at: Any, y: float, edge: float, right: float
) -> None:
    start = at(entry.issued if entry.issued is not None else entry.started)
    mark = at(entry.due)
    _draw_span(figure, entry, start, mark, y)
    left = _reach(entry, at, right)[2]
    room = mark - 10 - edge - text_width(entry.value, 17) - 8
    # Left of the mark the label would lie on the line: it stands just above it, cut where it is too long.
    labels.append(
        Label(
            mark - 10 if left else mark + 12,
            y - 15 if left else y,
            entry.value,
            fitted(entry.words, room) if left else entry.words,
            entry.row_id,
            anchor="right" if left else "left",
        )
    )


def _draw_span(figure: Canvas, entry: Entry, start: float, mark: float, y: float) -> None:
    """Draw the line from issue to due date, dotted and without a tick where the day of issue is unknown."""
    known = entry.issued is not None
    draw_line(figure, start, y, mark, y, entry.colour, 2, "solid" if known else "dot")
    if known:
        draw_line(figure, start, y - 6, start, y + 6, entry.colour, 2)
    draw_mark(figure, mark, y, entry, 13)


def timeline_upright(
    entries: Sequence[Entry],
    years: Sequence[tuple[float, str]],
    cities: Sequence[tuple[str, str, str]],
    width: int,
    lang: str,
    silent: dict[str, str],
) -> Plot:
    """Return the timeline for a narrow screen: city under city, each target's words above its own line.

    What is drawn is what `timeline` draws, from the same arguments.
    """
    left, right = 8, width - 12
    first, last = years[0][0], years[-1][0]

    def at(year: float | None) -> float:
        return left + (right - left) * ((year or first) - first) / (last - first)

    held = {city: sorted((e for e in entries if e.city == city), key=_by_due) for city, _, _ in cities}
    height = TOP + sum(CITY_HEAD + UPRIGHT * len(held[city]) + 10 for city, _, _ in cities)
    height += sum(LANE for city, _, _ in cities if not held[city])
    figure, labels, y = canvas(width, height, lang), [], float(TOP)
    for year, words in years[:-1]:
        draw_line(figure, at(year), TOP, at(year), height)
        # Many years leave room for two digits each.
        short = words if at(year + 1) - at(year) > text_width(words, 12.5) + 3 else f"’{int(year) % 100:02d}"
        labels.append(Label((at(year) + at(year + 1)) / 2, 12, words=short, anchor="middle", look="tick"))
    for city, name, colour in cities:
        draw_line(figure, 0, y, width, y, THIRD)
        labels.append(Label(0, y + 16, words=name, look="city", colour=colour))
        y += CITY_HEAD
        if not held[city]:
            labels.append(Label(0, y + 12, words=silent.get(city, ""), look="absent"))
            y += LANE
        for entry in held[city]:
            start, mark = at(entry.issued if entry.issued is not None else entry.started), at(entry.due)
            words = fitted(entry.words, width - text_width(entry.value, 17) - 12)
            wide = text_width(entry.value, 17) + text_width(words, 12.5) + 8
            labels.append(Label(max(0, min(start, width - wide)), y + 12, entry.value, words, entry.row_id))
            _draw_span(figure, entry, start, mark, y + 35)
            y += UPRIGHT
        y += 10
    return Plot(width, height, figure, labels)


def _by_due(entry: Entry) -> tuple[float, str]:
    return entry.due or 0, entry.row_id
