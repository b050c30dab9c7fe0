"""Half-open ranges of code points: where in a text something stands."""

from __future__ import annotations

from dataclasses import dataclass

from compare.errors import CompareError


@dataclass(frozen=True, order=True)
class Span:
    """The code points from `start` up to, but not including, `end`; spans sort by where they begin.

    Raises CompareError when `start` is negative or stands after `end`.

    >>> Span(2, 5) < Span(3, 4)
    True
    >>> Span(5, 2)
    Traceback (most recent call last):
    ...
    compare.errors.CompareError: The span 5 to 2 is impossible: 0 <= start <= end must hold
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            what = f"The span {self.start} to {self.end}"
            raise CompareError(f"{what} is impossible: 0 <= start <= end must hold")

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Return whether `other` lies wholly inside this span.

        >>> Span(2, 5).contains(Span(3, 5))
        True
        """
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share at least one code point.

        >>> Span(2, 5).overlaps(Span(5, 6))
        False
        """
        return max(self.start, other.start) < min(self.end, other.end)

    def shift(self, by: int) -> Span:
        """Return the span moved by `by` code points; raises CompareError when it would begin before 0.

        >>> Span(2, 5).shift(10)
        Span(start=12, end=15)
        """
        return Span(self.start + by, self.end + by)

    def slice(self, text: str) -> str:
        """Return the words of `text` under the span; raises CompareError when the text ends before it.

        >>> Span(2, 5).slice("达到90%以上")
        '90%'
        """
        if self.end > len(text):
            what = f"The span {self.start} to {self.end}"
            raise CompareError(f"{what} runs past the end of the text ({len(text)})")
        return text[self.start : self.end]
