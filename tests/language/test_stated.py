"""Dates as they are taken down from pages and documents, and what is none."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.errors import CompareError
from compare.language.stated import read_stated

READ = [
    ("2022", "2022-01-01", "2022-12-31", "year", "a year"),
    ("2022-10", "2022-10-01", "2022-10-31", "month", "a month"),
    ("2023-02", "2023-02-01", "2023-02-28", "month", "a short month"),
    ("2020-02", "2020-02-01", "2020-02-29", "month", "the short month of a leap year"),
    ("2020-11-01", "2020-11-01", "2020-11-01", "day", "the day of the census"),
    ("2020H1", "2020-01-01", "2020-06-30", "half_year", "the first half of a year"),
    ("2020H2", "2020-07-01", "2020-12-31", "half_year", "the second half, as an index is published"),
    ("2023Q1", "2023-01-01", "2023-03-31", "quarter", "the first quarter"),
    ("2023Q4", "2023-10-01", "2023-12-31", "quarter", "the last quarter"),
    ("2019/2022", "2019-01-01", "2022-12-31", "year", "a plan of four years"),
    ("2023/2025", "2023-01-01", "2025-12-31", "year", "a plan of three years"),
    ("2022-03/2022-06", "2022-03-01", "2022-06-30", "month", "some months"),
    ("2020-11-01/2020-11-30", "2020-11-01", "2020-11-30", "day", "some days"),
    ("2020/2021-06", "2020-01-01", "2021-06-30", "month", "up to a month: as exact as its end"),
    ("八五", "1991-01-01", "1995-12-31", "year", "the eighth five-year plan"),
    ("十五", "2001-01-01", "2005-12-31", "year", "the tenth, whose name is no fifteen"),
    ("十三五", "2016-01-01", "2020-12-31", "year", "the thirteenth"),
    ("十四五", "2021-01-01", "2025-12-31", "year", "the fourteenth"),
]

NONE = [
    ("", "nothing"),
    ("2022年", "a word behind the year"),
    ("2022/12/31", "a spreadsheet's day"),
    ("2022.10", "a dot"),
    ("2022-13", "a month too many"),
    ("2022-00", "month nought"),
    ("2022-1", "a month of one digit"),
    ("2022-02-30", "a day that there is not"),
    ("2021-02-29", "a leap day of no leap year"),
    ("2022-12-3", "a day of one digit"),
    ("20221231", "no dashes"),
    ("22", "a year of two digits"),
    ("02022", "a year of five digits"),
    ("2022H3", "a third half"),
    ("2022Q0", "quarter nought"),
    ("2022Q5", "a fifth quarter"),
    ("2022h1", "a small letter"),
    ("２０２２", "full-width digits"),
    ("2022 ", "a space behind"),
    ("2022/2019", "an end before its start"),
    ("2022-06-02/2022-06-01", "a day before the one before"),
    ("2020/", "no end"),
    ("/2020", "no start"),
    ("2019/2020/2021", "three ends"),
    ("去年", "a word that needs another date"),
    ("十四五期间", "a plan with a word behind"),
    ("四十五", "a number that is no plan"),
    ("nan", "a gap of pandas"),
]


@pytest.mark.parametrize(("text", "start", "end", "precision", "reason"), READ)
def test_a_date_as_taken_down_is_read(text: str, start: str, end: str, precision: str, reason: str) -> None:
    said = read_stated(text)
    assert (said.start.isoformat(), said.end.isoformat(), said.precision) == (start, end, precision), reason


@pytest.mark.parametrize(("text", "reason"), NONE)
def test_what_is_no_date_is_refused_in_plain_words(text: str, reason: str) -> None:
    with pytest.raises(CompareError) as told:
        read_stated(text)
    assert not told.value.problems and str(told.value), reason


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_day_its_month_and_its_year_lie_within_one_another(day: date) -> None:
    exact, month, year = (read_stated(day.isoformat()[:length]) for length in (10, 7, 4))
    assert exact.start == exact.end == day
    assert year.start <= month.start <= day <= month.end <= year.end
    assert month.end.day == monthrange(day.year, day.month)[1]


@given(st.integers(1990, 2099), st.sampled_from("HQ"))
def test_halves_and_quarters_follow_one_another_without_a_gap(year: int, kind: str) -> None:
    parts = [read_stated(f"{year}{kind}{number}") for number in range(1, 3 if kind == "H" else 5)]
    whole = read_stated(str(year))
    assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
    for one, other in zip(parts, parts[1:], strict=False):
        assert one.end + timedelta(days=1) == other.start


@given(st.text(max_size=12))
def test_whatever_is_written_is_a_date_or_refused(text: str) -> None:
    try:
        said = read_stated(text)
    except CompareError:
        return
    assert said.start <= said.end
