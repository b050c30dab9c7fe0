"""Dates as tables take them down: 2022, 2022-10, 2022-10-31, 2020H2, 2023Q1, 2019/2022, 十四五."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from compare.errors import CompareError, brief
from compare.language.numerals import read_numeral

_FORM = re.compile(
    r"(?P<year>[12][0-9]{3})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?|H(?P<half>[12])|Q(?P<quarter>[1-4]))?"
)
_PLAN = re.compile("(?P<plan>[八九十]|十[一二三四五六七八九])五")


@dataclass(frozen=True)
class Stated:
    """A date as it was taken down: its first and last day, and how exact it is.

    >>> read_stated("2020H2")
    Stated(start=datetime.date(2020, 7, 1), end=datetime.date(2020, 12, 31), precision='half_year')
    """

    start: date
    end: date
    precision: str


def read_stated(text: str) -> Stated:
    """Return what a date as taken down says; two dates with / between them run from the first to the last.

    The nth five-year plan ends in 1955 + 5n. Raises CompareError for any other words, or a day there is not.

    >>> read_stated("十四五").start, read_stated("2019/2022").end
    (datetime.date(2021, 1, 1), datetime.date(2022, 12, 31))
    """
    first, slash, last = text.partition("/")
    if not slash:
        return _one(text)
    start, end = _one(first), _one(last)
    if start.start >= end.end:
        raise CompareError(f'"{brief(text)}" ends before it begins')
    return Stated(start.start, end.end, end.precision)


def _one(text: str) -> Stated:
    plan = _PLAN.fullmatch(text)
    if plan:
        last = 1955 + 5 * int(read_numeral(plan["plan"]))
        return Stated(date(last - 4, 1, 1), date(last, 12, 31), "year")
    match = _FORM.fullmatch(text)
    if match is None:
        forms = "2022, 2022-10, 2022-10-31, 2020H2, 2023Q1 or 2019/2022"
        raise CompareError(f'"{brief(text)}" is no date as {forms}')
    year = int(match["year"])
    try:
        if match["day"]:
            day = date(year, int(match["month"]), int(match["day"]))
            return Stated(day, day, "day")
        if match["month"]:
            return _months(year, int(match["month"]), 1, "month")
    except ValueError:
        raise CompareError(f'"{text}" names no real day') from None
    if match["half"]:
        return _months(year, 6 * int(match["half"]) - 5, 6, "half_year")
    if match["quarter"]:
        return _months(year, 3 * int(match["quarter"]) - 2, 3, "quarter")
    return _months(year, 1, 12, "year")


def _months(year: int, first: int, count: int, precision: str) -> Stated:
    last = first + count - 1
    return Stated(date(year, first, 1), date(year, last, monthrange(year, last)[1]), precision)
