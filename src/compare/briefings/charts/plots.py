"""Plotly figures of values: a row per target, grouped by the year in which it falls due."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
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
from compare.charts.look import INK, SECOND

ROW, HEAD, FOOT = 46, 34, 30
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

    A dot is the value promised, a pale band the values that keep a bound, a dotted line the target of
    a place above in its own year; cities without a number follow in rows of words (`absent`, positions
    filled in here).
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
        own = [e for e in entries if e.group == group]
        for line in [at(_promised(e)) for e in own if e.benchmark]:
            # It crosses the rows of its own year and no others.
            draw_line(figure, line, y, line, y + ROW * len(own) - 4, INK, 1.5, "dot")
        for entry in own:
            _value_row(figure, labels, entry, at, y, top, right)
            y += ROW
    if absent:
        labels += _absent_rows(absent, absent_head, y + FOOT, left)
        draw_line(figure, 0, y + FOOT + HEAD - 4, right, y + FOOT + HEAD - 4, SECOND)
    return Plot(width, int(height), figure, labels)


def _absent_rows(absent: Sequence[Label], head: str, y: float, left: float) -> Iterator[Label]:
    """Yield the head of the cities without a number, and for each its name and the words for it."""
    yield Label(0, y + 18, words=head, look="group")
    for row, label in enumerate(absent):
        place = y + HEAD + 14 + 28 * row
        yield Label(0, place, words=label.look, look="city", colour=label.colour)
        yield Label(left, place, label.value, label.words, label.row_id, look="absent")


def _promised(entry: Entry) -> float:
    """Return the number that the words name: the lower end, or the upper where there is no lower."""
    return (entry.high if entry.low is None else entry.low) or 0.0


def _value_row(
    figure: Canvas, labels: list[Label], entry: Entry, at: Any, y: float, top: float, right: float
) -> None:
    line = y + 32
    labels.append(Label(0, line, words=entry.city_name, look="city", colour=entry.colour))
    value = _promised(entry)
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
