"""The small charts of the front page: a row per city, a mark per target at its due year, as SVG text.

All are drawn at one size and over one axis, so that they can be held against one another. A city
without a target keeps its row, with the sign and the words of its absence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from markupsafe import Markup, escape

WIDTH, SIZE, PITCH = 316, 8.0, 9.6
HEAD, FOOT = 8, 22
# The slot of targets that come again and again and so have no due year of their own.
RECURRING = 0
BASES = ("flow", "stock", "rate", "growth", "ambiguous")
TICK = 30


@dataclass(frozen=True, order=True)
class Dot:
    """One target: its basis as a place in `BASES`, whether it stands in a draft, and what it says."""

    basis: int
    draft: bool
    words: str


@dataclass(frozen=True)
class Lane:
    """One city: its targets by due year (`RECURRING` for those without), or the state of its absence.

    `link` is where the words stand that an absence of numbers leads to, empty where there are none;
    `note` says that a document of the city is not coded whole.
    """

    city: str
    name: str
    dots: dict[int, list[Dot]]
    state: str = ""
    state_words: str = ""
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
    width = max((_width(lane.name) for lane in held), default=0)
    return Axis(slots + ((RECURRING,) if recurs else ()), width + 10)


def _width(name: str) -> float:
    """Return about how wide a name in bold is: Chinese characters are as wide as high."""
    return sum(13.0 if character > "\u2e80" else 7.6 for character in name)


def draw(lanes: Sequence[Lane], along: Axis, alt: str) -> Markup:
    """Return the chart of one topic as an SVG element that says `alt` to those who cannot see it."""
    tops = [float(HEAD)]
    for lane in lanes:
        tops.append(tops[-1] + _height(lane, along))
    bottom = tops[-1]
    parts = [*_ticks(along, bottom)]
    for lane, top, end in zip(lanes, tops, tops[1:], strict=False):
        parts.append(f'<path class="rule" d="M0 {_n(top)}H{WIDTH}"/>')
        # Where a city has no target, no line of a year runs through the words that say so.
        parts += _grid(along, top, end) if lane.dots else ()
        parts += _lane(lane, along, top + 13)
    size = f'width="{WIDTH}" height="{_n(bottom + FOOT)}" viewBox="0 0 {WIDTH} {_n(bottom + FOOT)}"'
    return Markup(f'<svg class="dots" {size} role="img" aria-label="{escape(alt)}">{"".join(parts)}</svg>')


def _height(lane: Lane, along: Axis) -> float:
    rows = max((-(-len(dots) // along.abreast) for dots in lane.dots.values()), default=1)
    return max(26.0, 13 + rows * PITCH + 4)


def _grid(along: Axis, top: float, end: float) -> Iterable[str]:
    for slot in along.slots:
        look = "grid every" if slot == RECURRING else "grid"
        yield f'<path class="{look}" d="M{_n(along.x(slot))} {_n(top)}V{_n(end)}"/>'


def _ticks(along: Axis, bottom: float) -> Iterable[str]:
    yield f'<path class="rule" d="M0 {_n(bottom)}H{WIDTH}"/>'
    years = [slot for slot in along.slots if slot != RECURRING]
    for year in islice(years, 0, None, max(1, -int(-TICK // along.step))):
        yield f'<text class="tick" x="{_n(along.x(year))}" y="{_n(bottom + 16)}">{year}</text>'
    if RECURRING in along.slots:
        yield again(along.x(RECURRING), bottom + 12)


def again(x: float, y: float) -> Markup:
    """Return the sign of what recurs around a point: an arrow that comes back to where it began."""
    arrow = f"M{_n(x + 3.5)} {_n(y - 3)}A4.6 4.6 0 1 0 {_n(x + 4.6)} {_n(y + 0.4)}"
    head = f"M{_n(x + 4.4)} {_n(y - 5.6)}V{_n(y - 2.4)}H{_n(x + 1.2)}"
    return Markup(f'<path class="again" d="{arrow}"/><path class="again" d="{head}"/>')


def _lane(lane: Lane, along: Axis, y: float) -> Iterable[str]:
    line = _n(y + 4.5)
    note = f"<title>{escape(lane.note)}</title>" if lane.note else ""
    star = "*" if lane.note else ""
    name = f'<text class="name" x="0" y="{line}">{note}{escape(lane.name)}{star}</text>'
    yield f'<g class="c-{escape(lane.city)}">{name}'
    if lane.state:
        yield absence(lane.state, along.left + 8, y)
        yield f'<text class="said" x="{_n(along.left + 20)}" y="{line}">{escape(lane.state_words)}</text>'
    for slot, dots in sorted(lane.dots.items()):
        across = min(len(dots), along.abreast)
        for at, dot in enumerate(sorted(dots)):
            column, row = at % along.abreast, at // along.abreast
            x = along.x(slot) + (column - (across - 1) / 2) * PITCH
            yield f"<g><title>{escape(dot.words)}</title>{mark(dot, x, y + row * PITCH)}</g>"
    yield "</g>"


def mark(dot: Dot, x: float, y: float) -> Markup:
    """Return the shape of one target around a point: filled, hollow in a draft, half for an open basis."""
    half = SIZE / 2
    look = "hollow" if dot.draft else "full"
    basis = BASES[dot.basis]
    if basis in ("rate", "growth"):
        return Markup(f'<circle class="{look}" cx="{_n(x)}" cy="{_n(y)}" r="{_n(half)}"/>')
    if basis == "ambiguous":
        tall = half + 0.8
        whole = f"M{_n(x)} {_n(y - tall)}l{tall} {tall} {-tall} {tall} {-tall} {-tall}z"
        filled = f'<path class="full" d="M{_n(x)} {_n(y - tall)}v{2 * tall}l{-tall} {-tall}z"/>'
        return Markup(("" if dot.draft else filled) + f'<path class="hollow" d="{whole}"/>')
    if basis == "flow":
        shape = f"M{_n(x)} {_n(y - half - 0.4)}l{half + 0.4} {SIZE + 0.4}h{-SIZE - 0.8}z"
    else:
        shape = f"M{_n(x - half + 0.3)} {_n(y - half + 0.3)}h{SIZE - 0.6}v{SIZE - 0.6}h{0.6 - SIZE}z"
    return Markup(f'<path class="{look}" d="{shape}"/>')


def absence(state: str, x: float, y: float) -> Markup:
    """Return the sign of an absence around a point, the same as beside the cells of a table."""
    if state == "silent":
        return Markup(f'<circle class="none" cx="{_n(x)}" cy="{_n(y)}" r="5.7"/>')
    if state == "not_applicable":
        return Markup(f'<path class="bar" d="M{_n(x - 6.5)} {_n(y - 2)}h13v4h-13z"/>')
    dotted = " dotted" if state in ("status_only", "not_coded") else ""
    box = (
        f'<rect class="none{dotted}" x="{_n(x - 5.7)}" y="{_n(y - 5.7)}" width="11.4" height="11.4" rx="2"/>'
    )
    if state == "unquantified":
        return Markup(f'{box}<text class="quote" x="{_n(x)}" y="{_n(y + 9)}">“</text>')
    if state == "not_obtained":
        left, foot = _n(x - 5.7), _n(y + 5.7)
        lines = f"M{left} {_n(y)}l5.7 -5.7M{left} {foot}l11.4 -11.4M{_n(x)} {foot}l5.7 -5.7"
        return Markup(f'{box}<path class="hatch" d="{lines}"/>')
    return Markup(box)


def _n(value: float) -> str:
    """Return a length with at most one decimal.

    >>> _n(12.04), _n(3.25)
    ('12', '3.2')
    """
    return f"{value:.1f}".removesuffix(".0")
