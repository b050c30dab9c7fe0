"""A text with its noise taken out, and the exact way back to where each character stood.

A cleaning rule looks at a text and returns *edits*. `Reading.apply` carries them
out and keeps, for every character that remains, the start and end of the raw
range it stands for. The map is therefore exact by construction: nothing is
compared afterwards to guess where a character came from.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce

from compare.language.spans import Span


@dataclass(frozen=True, order=True)
class Edit:
    """One change that a rule asks for: the range `start:end` becomes `new` (empty: it goes)."""

    start: int
    end: int
    new: str = ""


Rule = Callable[[str], Iterable[Edit]]


@dataclass(frozen=True)
class Reading:
    """A cleaned text and, for each of its characters, the raw range it stands for.

    >>> noisy = Reading.of("超过9\\n17、0%", [lambda text: [Edit(3, 7)]])
    >>> noisy.text, noisy.to_raw(Span(2, 5))
    ('超过90%', Span(start=2, end=9))
    >>> noisy.from_raw(Span(2, 9))
    Span(start=2, end=5)
    """

    raw: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, raw: str, rules: Iterable[Rule] = ()) -> Reading:
        """Return the reading of `raw` after each rule has been applied in turn."""
        plain = cls(raw, raw, tuple(range(len(raw))), tuple(range(1, len(raw) + 1)))
        return reduce(cls.apply, rules, plain)

    def apply(self, rule: Rule) -> Reading:
        """Return the reading after one more rule; raise ValueError if its edits overlap or stray."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for edit in sorted(rule(self.text)):
            if not done <= edit.start <= edit.end <= len(self.text):
                raise ValueError(
                    f"{edit} overlaps another edit or leaves the text of {len(self.text)} characters"
                )
            pieces += [self.text[done : edit.start], edit.new]
            starts += self.starts[done : edit.start]
            ends += self.ends[done : edit.start]
            whole = self.to_raw(Span(edit.start, edit.end))
            starts += [whole.start] * len(edit.new)
            ends += [whole.end] * len(edit.new)
            done = edit.end
        if not pieces:
            return self
        text = "".join([*pieces, self.text[done:]])
        return Reading(self.raw, text, (*starts, *self.starts[done:]), (*ends, *self.ends[done:]))

    def to_raw(self, span: Span) -> Span:
        """Return the raw range that a range of the cleaned text stands for."""
        if span.start == span.end:
            at = self.starts[span.start] if span.start < len(self.starts) else len(self.raw)
            return Span(at, at)
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def from_raw(self, span: Span) -> Span:
        """Return the range of the cleaned text whose characters lie wholly inside a raw range."""
        start = bisect_left(self.starts, span.start)
        return Span(start, max(start, bisect_right(self.ends, span.end)))

    def cut(self, span: Span) -> str:
        """Return the cleaned characters inside a raw range: the verbatim words less the noise."""
        return self.from_raw(span).slice(self.text)
