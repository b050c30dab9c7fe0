"""Time expressions with the day they mean, in Chinese and in English."""

from __future__ import annotations

from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date
from random import Random


@dataclass(frozen=True)
class Time:
    """A time expression: its words, the last day that keeps the promise, and how the words say so.

    `exact` orders statements of one promise: the smaller is dated more exactly.
    """

    words: str
    on: date | None
    precision: str
    source: str
    english: str
    recurrence: str = ""
    comma: bool = False

    @property
    def exact(self) -> int:
        return 1 if self.precision == "year" else 0


def by_year(year: int, dated: bool, rng: Random) -> Time:
    """Return the end of a year, in words that name it (`dated`) or leave it to the document."""
    end = date(year, 12, 31)
    if dated:
        words = rng.choice(("到{}年年底", "{}年年底前", "{}年底前")).format(year)
        return Time(words, end, "year", "explicit", f"by the end of {year}", comma=words.startswith("到"))
    words, comma = rng.choice((("年底前", True), ("年底前", False), ("年内", False)))
    return Time(words, end, "year", "inherited_year", "by the end of the year", comma=comma)


def within_year(year: int, dated: bool, rng: Random) -> Time:
    """Return a month, ten days, a day, a half or a quarter of a year."""
    month = rng.randint(2, 11)
    last = date(year, month, monthrange(year, month)[1])
    forms = [
        (f"{month}月底前", last, "month", f"by the end of {month_name[month]}"),
        (f"{month}月中旬前", last.replace(day=20), "ten_day", f"by the middle of {month_name[month]}"),
        (f"{month}月15日前", last.replace(day=15), "day", f"by 15 {month_name[month]}"),
        ("上半年", date(year, 6, 30), "half_year", "in the first half of the year"),
        ("第三季度末", date(year, 9, 30), "quarter", "by the end of the third quarter"),
    ]
    words, on, precision, english = rng.choice([forms[0], *forms])
    if dated:
        return Time(f"{year}年{words}", on, precision, "explicit", f"{english} {year}", comma=True)
    return Time(words, on, precision, "inherited_year", english, comma=True)


def every(rng: Random) -> Time:
    """Return an interval."""
    words, recurrence, english = rng.choice(
        (("每年", "year", "every year"), ("每季度", "quarter", "every quarter"))
    )
    return Time(words, None, "recurring", "explicit", english, recurrence)
