"""Plotly figures that set one value beside another: a city's and the province's, a best and a worst rank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.briefings.charts.canvas import (
    Entry,
    Label,
    Plot,
    canvas,
    draw_dot,
    draw_line,
    draw_mark,
    text_width,
)
from compare.charts.look import INK, PAPER

ROW, LINE, FOOT, LEFT = 58, 17, 26, 84
# Chinese characters one by one, Latin words and numbers with what touches them: 2022年 stays whole.
WORD = re.compile(r"(?:[^\s\u2e80-\uffef]+[\u2e80-\uffef]?|[\u2e80-\uffef])[，、：；）]*")


@dataclass(frozen=True)
class Beside:
    """A city's figure, or a share derived from it, with the value it stands beside."""

    entry: Entry
    value: float
    other: float


@dataclass(frozen=True)
class Interval:
    """A city's best and worst rank, with the words for them."""

    city: str
    city_name: str
    colour: str
    best: int
    worst: int
    words: str


def beside(
    rows: Sequence[Beside], top: float, ticks: Sequence[tuple[float, str]], width: int, lang: str
) -> Plot:
    """Return pairs of values, a row each: the city's mark, a ring for the other, and a line between them.

    Words that are too long for the width go on in a line of their own, and the row grows by it.
    """
    right = width - 16
    words = [broken(one.entry.words, _room(one.entry, width), width - LEFT) for one in rows]
    tall = [ROW + LINE * (len(lines) - 1) for lines in words]
    height = sum(tall) + FOOT
    figure, labels = canvas(width, height, lang), []

    def at(value: float) -> float:
        return LEFT + (right - LEFT) * min(value, top) / top

    for tick, said in ticks:
        draw_line(figure, at(tick), 4, at(tick), height - FOOT)
        labels.append(Label(at(tick), height - 12, words=said, anchor="middle", look="tick"))
    for row, (one, (head, *rest)) in enumerate(zip(rows, words, strict=True)):
        entry, line = one.entry, sum(tall[: row + 1]) - 18
        first = line - 22 - LINE * len(rest)
        labels.append(Label(0, line, words=entry.city_name, look="city", colour=entry.colour))
        look = "derived" if entry.derived else "label"
        wide = text_width(entry.value, 17) + text_width(head, 12.5) + 8
        # Words in one line stand above the marks they belong to.
        start = LEFT if rest else max(LEFT, min(at(one.value) - 8, at(one.other) - 8, width - wide))
        labels.append(Label(start, first, entry.value, head, entry.row_id, look=look))
        labels += [Label(LEFT, first + LINE * (n + 1), words=more) for n, more in enumerate(rest)]
        draw_line(figure, at(one.value), line, at(one.other), line, INK, 3)
        draw_dot(figure, at(one.other), line, "circle", 15, PAPER, INK, 2.5)
        draw_mark(figure, at(one.value), line, entry)
    return Plot(width, height, figure, labels)


def _room(entry: Entry, width: int) -> float:
    """Return the pixels that are left for words beside a value."""
    return width - LEFT - text_width(entry.value, 17) - 8


def broken(words: str, first: float, room: float) -> list[str]:
    """Return words in lines: the first as wide as `first` pixels, the others as wide as `room`.

    A line ends after a comma where it holds one, else after the last word that it has room for.

    >>> broken("Households within reach of gigabit, 2022, above: 70%", 130, 240)
    ['Households within', 'reach of gigabit, 2022, above: 70%']
    >>> broken("关键业务环节数字化率，2022年，上级67%", 140, 240)
    ['关键业务环节数字化率，', '2022年，上级67%']
    """
    lines: list[str] = []
    while words:
        wide = room if lines else first
        ends = [word.end() for word in WORD.finditer(words)] or [len(words)]
        fits = [end for end in ends if text_width(words[:end].rstrip("，, "), 12.5) <= wide] or ends[:1]
        commas = [end for end in fits if words[end - 1] in "，,"]
        end = fits[-1] if fits[-1] == ends[-1] else (commas or fits)[-1]
        lines.append(words[:end])
        words = words[end:].lstrip()
    return lines or [""]


def intervals(rows: Sequence[Interval], cities: int, width: int, lang: str) -> Plot:
    """Return intervals of ranks, a row per city: a bar from the best rank to the worst."""
    right, row_height = width - 60, 40
    height = row_height * len(rows) + FOOT
    figure, labels = canvas(width, height, lang), []

    def at(rank: float) -> float:
        return LEFT + 14 + (right - LEFT - 28) * (rank - 1) / max(cities - 1, 1)

    for rank in range(1, cities + 1):
        draw_line(figure, at(rank), 4, at(rank), height - FOOT)
        labels.append(Label(at(rank), height - 12, words=str(rank), anchor="middle", look="tick"))
    for row, one in enumerate(rows):
        line = row_height * row + 22
        labels.append(Label(0, line, words=one.city_name, look="city", colour=one.colour))
        figure.add_shape(
            type="rect", x0=at(one.best) - 9, x1=at(one.worst) + 9, y0=line - 7, y1=line + 7,
            line={"width": 0}, fillcolor=one.colour, layer="below",
        )  # fmt: skip
        labels.append(Label(at(one.worst) + 16, line, words=one.words))
    return Plot(width, height, figure, labels)
