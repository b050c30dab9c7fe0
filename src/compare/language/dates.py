"""Time expressions that say by when, or how often, something is promised."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from compare.errors import CompareError, brief
from compare.language import calendar_words
from compare.language.folding import fold
from compare.language.numerals import read_digits, read_numeral
from compare.language.spans import Span
from compare.language.year_words import RELATIVE
from compare.language.years import TITLES, Plan, Years

Precision = Literal["day", "ten_day", "month", "quarter", "half_year", "year", "recurring", "none"]
Recurrence = Literal["", "month", "quarter", "half_year", "year"]
_EVERY: dict[str, Recurrence] = {
    "年": "year", "半年": "half_year", "季度": "quarter", "季": "quarter", "月": "month",
}  # fmt: skip


@dataclass(frozen=True)
class Due:
    """By when a promise is to be kept.

    `on` is the last day that keeps it, None where it recurs or no day is set; `precision` says how exactly
    the words fix that day; `inherited` tells that its year does not stand in the words themselves.
    Raises CompareError when the parts do not go together.

    >>> Due(datetime.date(2025, 12, 31), "year").recurrence
    ''
    >>> Due(None, "year")
    Traceback (most recent call last):
    ...
    compare.errors.CompareError: A time of precision "year" cannot have on=None and recurrence=""
    """

    on: datetime.date | None
    precision: Precision
    recurrence: Recurrence = ""
    inherited: bool = False

    def __post_init__(self) -> None:
        dated = self.precision not in ("recurring", "none")
        if (self.on is not None) != dated or (self.recurrence != "") != (self.precision == "recurring"):
            parts = f'on={self.on} and recurrence="{self.recurrence}"'
            raise CompareError(f'A time of precision "{self.precision}" cannot have {parts}')


@dataclass(frozen=True)
class _Period:
    start: datetime.date
    end: datetime.date
    precision: Precision
    # 2025年前 ends before 2025 begins; 2025年底前, 7月中旬前 and 9月30日前 run to the end of what they name.
    closed: bool


def parse_due(text: str, year: int | None = None, since: datetime.date | None = None) -> Due:
    """Return the time that the whole of `text` sets, 2025年前 being the last day of 2024.

    `year` is the year that 年底前 leaves out and that 今年, 次年 and 明年 count from; `since` is the day from
    which 三年内 counts: the period ends on the same day of the same month, or on that month's last day (Civil
    Code of the PRC, Articles 201 and 202). Raises CompareError when `text` is no time expression, names no
    real day, or needs what is not given.

    >>> parse_due("到2022年年底")
    Due(on=datetime.date(2022, 12, 31), precision='year', recurrence='', inherited=False)
    >>> parse_due("7月中旬前", year=2020).on
    datetime.date(2020, 7, 20)
    >>> parse_due("年底前")
    Traceback (most recent call last):
    ...
    compare.errors.CompareError: "年底前" is no deadline: it names no year, and none was given
    """
    match = calendar_words.phrase().fullmatch(fold(text))
    if match is None:
        lacking = "no day, month, quarter, year or recurrence is named"
        raise CompareError(f'"{brief(text)}" is no deadline: {lacking}')
    try:
        return _state(match, year, since)
    except (CompareError, ValueError) as error:
        raise CompareError(f'"{brief(text)}" is no deadline: {error}') from None


def find_dues(
    text: str, year: int | None = None, since: datetime.date | None = None, years: Years | None = None
) -> list[tuple[Span, Due]]:
    """Return the times that running text sets, left to right, each with the span of its words.

    A year that the words leave out is taken from the text by the rule of `years`, the `Years` of this text;
    without them the plan is of the one `year`. Passed over are titles inside 《》, plan periods
    (2019-2022年), dates of issue, headings (2023年重点任务), what was (去年底), and expressions whose year or
    `since` is not known.

    >>> found = find_dues("落实《数字青岛2020年行动方案》,年底前完成。每季度开展2次", year=2020)
    >>> [(span.start, due.on, due.recurrence) for span, due in found]
    [(18, datetime.date(2020, 12, 31), ''), (24, None, 'quarter')]
    >>> [due.on.year for _, due in find_dues("2024年6月底前启动,年底前完成,次年3月底前验收。", 2026)]
    [2024, 2024, 2025]
    """
    return list(_finds(fold(text), since, years or Years(text, Plan(last=year, own=year))))


def _finds(folded: str, since: datetime.date | None, years: Years) -> Iterator[tuple[Span, Due]]:
    titles = bytearray(len(folded))
    for title in TITLES.finditer(folded):
        titles[title.start() : title.end()] = b"\x01" * len(title[0])
    for match in calendar_words.in_text().finditer(folded):
        span = Span(*match.span())
        if not calendar_words.promises(match) or titles.find(1, span.start, span.end) >= 0:
            continue
        if match[0].endswith("年") and years.heads(span):
            continue
        try:
            yield span, _state(match, years.of(span).year, since)
        except (CompareError, ValueError):
            # A year that is not known or a 13月 in running text is no deadline; only `parse` complains.
            continue


def _state(match: re.Match[str], year: int | None, since: datetime.date | None) -> Due:
    if match["every"]:
        return Due(None, "recurring", _EVERY[match["every"]])
    if match["plan"]:
        # The nth five-year plan ends in 1955 + 5n: 十三五 in 2020, 十四五 in 2025.
        ends = 1955 + 5 * int(read_numeral(match["plan"][:-1]))
        return Due(datetime.date(ends, 12, 31), "year")
    if match["length"]:
        return Due(_anniversary(since, int(read_numeral(match["length"]))), "year", inherited=True)
    period = _period(match, _year(match, year))
    last = period.end
    if match["before"] and not period.closed:
        last = period.start - datetime.timedelta(days=1)
    return Due(last, period.precision, inherited=match["year"] is None)


def _year(match: re.Match[str], year: int | None) -> int:
    if match["year"]:
        return read_digits(match["year"])
    if year is None:
        raise CompareError("it names no year, and none was given")
    return year + (RELATIVE[match["this"]].years if match["this"] else 0)


def _anniversary(since: datetime.date | None, years: int) -> datetime.date:
    if since is None:
        raise CompareError("it counts from a day, and none was given")
    last = monthrange(since.year + years, since.month)[1]
    return datetime.date(since.year + years, since.month, min(since.day, last))


def _period(match: re.Match[str], year: int) -> _Period:
    for name, read in (("month", _month), ("lost", _month), ("quarter", _quarter), ("half", _half)):
        if calendar_words.part(match, name):
            return read(match, year)
    closed = bool(match["alone"] or match["tail"])
    return _months(year, 1, 12, "year", closed)


def _months(year: int, first: int, last: int, precision: Precision, closed: bool) -> _Period:
    end = datetime.date(year, last, monthrange(year, last)[1])
    return _Period(datetime.date(year, first, 1), end, precision, closed)


def _month(match: re.Match[str], year: int) -> _Period:
    part = calendar_words.part
    number = int(read_numeral(part(match, "month") or part(match, "lost") or ""))
    if not 1 <= number <= 12:
        raise CompareError(f"there is no month {number}")
    closed = bool(calendar_words.part(match, "month_end") or calendar_words.part(match, "lost"))
    whole = _months(year, number, number, "month", closed)
    if day := calendar_words.part(match, "day"):
        return _day(whole, int(read_numeral(day)))
    if third := calendar_words.part(match, "third"):
        last = {"上": 10, "中": 20, "下": whole.end.day}[third]
        return _Period(whole.start, whole.end.replace(day=last), "ten_day", closed=True)
    return whole


def _day(month: _Period, number: int) -> _Period:
    if not 1 <= number <= month.end.day:
        raise CompareError(f"{month.start:%Y-%m} has no day {number}")
    day = month.start.replace(day=number)
    return _Period(day, day, "day", closed=True)


def _quarter(match: re.Match[str], year: int) -> _Period:
    number = int(read_numeral(calendar_words.part(match, "quarter") or ""))
    closed = calendar_words.part(match, "quarter_end") is not None
    return _months(year, 3 * number - 2, 3 * number, "quarter", closed)


def _half(match: re.Match[str], year: int) -> _Period:
    first = 1 if calendar_words.part(match, "half") == "上" else 7
    closed = calendar_words.part(match, "half_end") is not None
    return _months(year, first, first + 5, "half_year", closed)
