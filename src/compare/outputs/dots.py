"""The small charts of the front page: a row per city, a mark per target at its due year, as SVG.

All are drawn at one size and over one axis, so that they can be held against one another. A city
without a target keeps its row, with the sign and the words of its absence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from compare.outputs.element import NOTHING, Element, element

WIDTH, SIZE, PITCH = 316, 8.0, 9.6
HEAD, FOOT, TICK = 8, 22, 30
# The slot of targets that come again and again and so have no due year of their own.
RECURRING = 0
BASES = ("flow", "stock", "rate", "growth", "ambiguous")


@dataclass(frozen=True, order=True)
class Dot:
    """One target: its basis as a place in `BASES`, whether it stands in a draft, and what it says."""

    basis: int
    draft: bool
    words: str


@dataclass(frozen=True)
class Lane:
    """One city: its targets by due year (`RECURRING` for those without), or the state of its absence.

    `said` are the words of that state, `link` where they stand, empty where there are none; `note` says
    that a document of the city is not coded whole.
    """

    city: str
    name: str
    dots: dict[int, list[Dot]] = field(default_factory=dict)
    state: str = ""
    said: str = ""
    link: str = ""
    note: str = ""


@dataclass(frozen=True)
class Axis:
    """The slots all charts share: the due years without a gap, then one for recurring targets if any recur.

    `left` is the room that the names of cities take.
    """

    slots: tuple[int, ...]
    left: float

    @property
    def step(self) -> float:
        return (WIDTH - self.left) / max(1, len(self.slots))

    def x(self, slot: int) -> float:
        """Return the middle of a slot."""
        return self.left + (self.slots.index(slot) + 0.5) * self.step

    @property
    def abreast(self) -> int:
        """How many marks stand side by side in a slot."""
        return max(1, int(self.step // PITCH))


def axis(lanes: Iterable[Lane]) -> Axis:
    """Return the axis that holds every target of these lanes."""
    held = list(lanes)
    years = {slot for lane in held for slot in lane.dots if slot != RECURRING}
    slots = tuple(range(min(years), max(years) + 1)) if years else ()
    recurs = any(RECURRING in lane.dots for lane in held)
    # About how wide a name in bold is: Chinese characters are as wide as high.
    widths = [sum(13.0 if letter > "\u2e80" else 7.6 for letter in lane.name) for lane in held]
    return Axis(slots + ((RECURRING,) if recurs else ()), max(widths, default=0) + 10)


def draw(lanes: Sequence[Lane], along: Axis, alt: str) -> Element:
    """Return the chart of one topic as an SVG element that says `alt` to those who cannot see it."""
    tops = [float(HEAD)]
    for lane in lanes:
        rows = max((-(-len(dots) // along.abreast) for dots in lane.dots.values()), default=1)
        tops.append(tops[-1] + max(26.0, 13 + rows * PITCH + 4))
    parts = list(_ticks(along, tops[-1]))
    for lane, top, end in zip(lanes, tops, tops[1:], strict=False):
        parts.append(_path("rule", f"M0 {_n(top)}H{WIDTH}"))
        # Where a city has no target, no line of a year runs through the words that say so.
        parts += _grid(along, top, end) if lane.dots else ()
        parts.append(element("g", *_lane(lane, along, top + 13), class_=f"c-{lane.city}"))
    height = _n(tops[-1] + FOOT)
    size = {"width": WIDTH, "height": height, "viewBox": f"0 0 {WIDTH} {height}"}
    return element("svg", *parts, class_="dots", **size, role="img", aria_label=alt)


def _path(look: str, line: str) -> Element:
    return element("path", class_=look, d=line)


def _text(look: str, x: float, y: float, words: object, *inside: Element) -> Element:
    return element("text", *inside, words, class_=look, x=_n(x), y=_n(y))


def _grid(along: Axis, top: float, end: float) -> Iterator[Element]:
    for slot in along.slots:
        look = "grid every" if slot == RECURRING else "grid"
        yield _path(look, f"M{_n(along.x(slot))} {_n(top)}V{_n(end)}")


def _ticks(along: Axis, bottom: float) -> Iterator[Element]:
    yield _path("rule", f"M0 {_n(bottom)}H{WIDTH}")
    years = [slot for slot in along.slots if slot != RECURRING]
    for year in islice(years, 0, None, max(1, -int(-TICK // along.step))):
        yield _text("tick", along.x(year), bottom + 16, year)
    if RECURRING in along.slots:
        yield again(along.x(RECURRING), bottom + 12)


def again(x: float, y: float) -> Element:
    """Return the sign of what recurs around a point: an arrow that comes back to where it began."""
    arrow = f"M{_n(x + 3.5)} {_n(y - 3)}A4.6 4.6 0 1 0 {_n(x + 4.6)} {_n(y + 0.4)}"
    head = f"M{_n(x + 4.4)} {_n(y - 5.6)}V{_n(y - 2.4)}H{_n(x + 1.2)}"
    return _path("again", arrow) + _path("again", head)


def _lane(lane: Lane, along: Axis, y: float) -> Iterator[Element]:
    note = [element("title", lane.note)] if lane.note else []
    yield _text("name", 0, y + 4.5, lane.name + ("*" if lane.note else ""), *note)
    if lane.state:
        yield absence(lane.state, along.left + 8, y)
        yield _text("said", along.left + 20, y + 4.5, lane.said)
    for slot, dots in sorted(lane.dots.items()):
        across = min(len(dots), along.abreast)
        for at, dot in enumerate(sorted(dots)):
            column, row = at % along.abreast, at // along.abreast
            x = along.x(slot) + (column - (across - 1) / 2) * PITCH
            yield element("g", element("title", dot.words), mark(dot, x, y + row * PITCH))


def mark(dot: Dot, x: float, y: float) -> Element:
    """Return the shape of one target around a point: filled, hollow in a draft, half for an open basis."""
    half, look, basis = SIZE / 2, "hollow" if dot.draft else "full", BASES[dot.basis]
    if basis in ("rate", "growth"):
        return element("circle", class_=look, cx=_n(x), cy=_n(y), r=_n(half))
    if basis == "ambiguous":
        tall = half + 0.8
        whole = f"M{_n(x)} {_n(y - tall)}l{tall} {tall} {-tall} {tall} {-tall} {-tall}z"
        filled = _path("full", f"M{_n(x)} {_n(y - tall)}v{2 * tall}l{-tall} {-tall}z")
        return (NOTHING if dot.draft else filled) + _path("hollow", whole)
    if basis == "flow":
        return _path(look, f"M{_n(x)} {_n(y - half - 0.4)}l{half + 0.4} {SIZE + 0.4}h{-SIZE - 0.8}z")
    corner = f"M{_n(x - half + 0.3)} {_n(y - half + 0.3)}"
    return _path(look, f"{corner}h{SIZE - 0.6}v{SIZE - 0.6}h{0.6 - SIZE}z")


def absence(state: str, x: float, y: float) -> Element:
    """Return the sign of an absence around a point, the same as beside the cells of a table."""
    if state == "silent":
        return element("circle", class_="none", cx=_n(x), cy=_n(y), r="5.7")
    if state == "not_applicable":
        return _path("bar", f"M{_n(x - 6.5)} {_n(y - 2)}h13v4h-13z")
    look = "none dotted" if state in ("status_only", "not_coded") else "none"
    size = {"width": "11.4", "height": "11.4", "rx": "2"}
    box = element("rect", class_=look, x=_n(x - 5.7), y=_n(y - 5.7), **size)
    if state == "unquantified":
        return box + _text("quote", x, y + 9, "“")
    if state == "not_obtained":
        left, foot = _n(x - 5.7), _n(y + 5.7)
        lines = f"M{left} {_n(y)}l5.7 -5.7M{left} {foot}l11.4 -11.4M{_n(x)} {foot}l5.7 -5.7"
        return box + _path("hatch", lines)
    return box


def _n(value: float) -> str:
    """Return a length with at most one decimal.

    >>> _n(12.04), _n(3.25)
    ('12', '3.2')
    """
    return f"{value:.1f}".removesuffix(".0")
