"""From where a time expression that leaves out its year takes it: one rule for reader and check.

The year is the nearest one named before it in its sentence; else in its paragraph or task; else in the
heading above it; else the plan's last. A title, the number of a document, a period, a date of issue, a
beginning (以来) and a base (比…增长) name no year for what follows, nor does a year before the plan begins.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from compare.language import year_words
from compare.language.folding import fold
from compare.language.headings import headings, paragraphs
from compare.language.numerals import read_digits
from compare.language.spans import Span

Origin = Literal["explicit", "carried", "inherited_year"]
TITLES = re.compile("《[^《》]*》|〔[^〔〕]*〕")


@dataclass(frozen=True)
class Plan:
    """What a document says of its own time: the first and last year of its period, and its 今年.

    `own` is the year that 今年 and 明年 count from: the plan's where it is of one year, else the year it was
    drawn up or published in. None is what is not known.
    """

    first: int | None = None
    last: int | None = None
    own: int | None = None


@dataclass(frozen=True)
class Year:
    """The year that an expression counts from, where that comes from, and the words that name it."""

    year: int | None
    origin: Origin
    at: Span | None = None


@dataclass(frozen=True)
class Years:
    """The years that a text names, and which of them each time expression counts from.

    `tasks` are ranges that hold together, be they several paragraphs or one of many in a long line.

    >>> text = "2024年6月底前启动,年底前完成。次年推广。"
    >>> Years(text, Plan(2023, 2025, 2023)).of(Span(12, 15))
    Year(year=2024, origin='carried', at=Span(start=0, end=5))
    >>> Years(text[12:], Plan(2023, 2025, 2023)).of(Span(0, 3))
    Year(year=2025, origin='inherited_year', at=None)
    """

    text: str
    plan: Plan = Plan()
    tasks: tuple[Span, ...] = ()

    def of(self, span: Span) -> Year:
        """Return the year that the expression at `span` counts from.

        That of 2024年底前 is explicit; 次年 and 年底前 count from a year carried or inherited, which is None
        where nothing fixes it.
        """
        words = year_words.in_text().search(self._folded, span.start, span.end)
        if words is None:
            named = self._nearest(self._lasting, span.start)
            return named or self._heading(span.start) or Year(self.plan.last, "inherited_year")
        if words["year"]:
            return Year(read_digits(words["year"]), "explicit", Span(*words.span()))
        return self._counted(words, self._named)

    def heads(self, span: Span) -> bool:
        """Return whether the words at `span` name the year of a heading."""
        head = self._heading(span.start)
        return head is not None and head.at is not None and head.at.overlaps(span)

    def _counted(self, words: re.Match[str], named: list[Year]) -> Year:
        """Return the year that a relative word counts from: the document's own, or the one named last."""
        if year_words.RELATIVE[words["this"]].counted == "own":
            return Year(self.plan.own, "inherited_year")
        # Without any year named, 次年 is the one after a plan's only year; a plan of several leaves it open.
        only = self.plan.last if self.plan.last == self.plan.own else None
        at = words.start()
        return self._nearest(named, at) or self._heading(at) or Year(only, "inherited_year")

    def _nearest(self, named: list[Year], at: int) -> Year | None:
        index = bisect_left(named, at, key=_start) - 1
        return named[index] if index >= 0 and _start(named[index]) >= self._reach(at) else None

    def _reach(self, at: int) -> int:
        """Return from where years are carried to a place: the head of its task, else of its paragraph."""
        index = bisect_right(self._tasks, at, key=lambda task: task.start) - 1
        before = self._tasks[index] if index >= 0 else Span(0, 0)
        if at < before.end:
            return before.start
        paragraph = self._paragraphs[bisect_right(self._paragraphs, at) - 1]
        return max(paragraph, before.end)

    def _heading(self, at: int) -> Year | None:
        index = bisect_right(self._heads, at, key=lambda head: head[0]) - 1
        return self._heads[index][1] if index >= 0 else None

    @cached_property
    def _folded(self) -> str:
        return fold(self.text)

    @cached_property
    def _tasks(self) -> list[Span]:
        return sorted(self.tasks)

    @cached_property
    def _paragraphs(self) -> list[int]:
        return paragraphs(self._folded)

    @cached_property
    def _heads(self) -> list[tuple[int, Year | None]]:
        """The places from which another heading's year, or none, holds."""
        return [
            (place, words and Year(self._said(words), "inherited_year", Span(*words.span())))
            for place, words in headings(self._folded)
        ]

    def _said(self, words: re.Match[str]) -> int | None:
        if words["year"]:
            return read_digits(words["year"])
        relative = year_words.RELATIVE[words["this"]]
        return None if self.plan.own is None else self.plan.own + relative.years

    @cached_property
    def _named(self) -> list[Year]:
        """The years named in running text by or in which something is done, in their order."""
        named: list[Year] = []
        for words in self._words():
            year = read_digits(words["year"]) if words["year"] else self._on(words, named)
            named.append(Year(year, "carried", Span(*words.span())))
        return named

    def _on(self, words: re.Match[str], named: list[Year]) -> int | None:
        counted = self._counted(words, named).year
        return None if counted is None else counted + year_words.RELATIVE[words["this"]].years

    def _words(self) -> Iterator[re.Match[str]]:
        apart = [Span(*title.span()) for title in TITLES.finditer(self._folded)]
        apart += [head.at for _, head in self._heads if head and head.at]
        apart.sort()
        for words in year_words.in_text().finditer(self._folded):
            index = bisect_right(apart, words.start(), key=lambda span: span.start) - 1
            inside = index >= 0 and words.start() < apart[index].end
            past = words["this"] and year_words.RELATIVE[words["this"]].years < 0
            if not inside and not past and year_words.sets_a_time(words):
                yield words

    @cached_property
    def _lasting(self) -> list[Year]:
        """The years named that 年底前 can mean: what was before the plan began is no year of its promises."""
        first = self.plan.first or 0
        return [year for year in self._named if year.year is None or year.year >= first]


def _start(year: Year) -> int:
    return year.at.start if year.at else -1
