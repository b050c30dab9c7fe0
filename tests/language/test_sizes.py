"""Whatever stands in a text, a reader ends soon and in plain words: no recursion, no work without bound."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import CompareError
from compare.language.dates import find_dues, parse_due
from compare.language.folding import fold
from compare.language.headings import headings, paragraphs
from compare.language.numerals import read_digits, read_numeral, runs
from compare.language.patterns import read_pattern
from compare.language.quantities import find_quantities, parse_quantity
from compare.language.spans import Span
from compare.language.stated import read_stated
from compare.language.translated import numbers_allowed, numbers_apart
from compare.language.years import Plan, Years

DAY = date(2020, 1, 1)
PHRASES: dict[str, Callable[[str], object]] = {
    "read_numeral": read_numeral,
    "read_digits": read_digits,
    "parse_quantity": parse_quantity,
    "parse_due": lambda text: parse_due(text, 2020, DAY),
    "read_stated": read_stated,
}


def years_of(text: str) -> object:
    years = Years(text, Plan(2023, 2025, 2023))
    return [years.of(Span(at, at)) for at in range(0, len(text), max(1, len(text) // 20))]


TEXTS: dict[str, Callable[[str], object]] = {
    "fold": fold,
    "runs": runs,
    "find_quantities": find_quantities,
    "find_dues": lambda text: find_dues(text, 2025, DAY),
    "Years": years_of,
    "headings": lambda text: list(headings(fold(text))),
    "paragraphs": paragraphs,
    "numbers_allowed": numbers_allowed,
    "numbers_apart": lambda text: numbers_apart(text, text),
}
# What once took long, or could: blanks between parts, scales, digits, brackets that open, halves of phrases.
REPEATED = (
    " ",
    "万",
    "9",
    "1,",
    "1 ",
    "(",
    "《",
    "〔",
    "一",
    "亿万",
    "1-",
    "第",
    "到2025年",
    "2020-",
    "超过",
)
REPEATED += ("年底前", "今年", "一、", "\n1、", "伍", "①", "○", "点一", "twenty-", "1万", "目标\n次年")
# Signs that readers look for, and others.
SIGNS = "一二两十廿百千万亿零〇○点半成倍番分之几数第前到至年月日底末季度上下今明次去每个项%‰,，.。;、-—~+/ 0159aG①Ⅻ½《》(（\n\u3000\u200b"  # noqa: E501


@pytest.mark.parametrize("unit", REPEATED)
@pytest.mark.parametrize("name", TEXTS)
def test_eight_times_the_text_is_not_much_more_than_eight_times_the_work(name: str, unit: str) -> None:
    def seconds(length: int) -> float:
        text = f"{unit * (length // len(unit))}1个"
        taken = []
        for _ in range(2):
            start = time.process_time()
            TEXTS[name](text)
            taken.append(time.process_time() - start)
        return min(taken)

    # Work that grows with the square would be 64 times as much; what is over at once need not be measured.
    long = seconds(16_000)
    assert long < 0.25 or long < 24 * seconds(2_000)


@pytest.mark.parametrize("unit", REPEATED)
@pytest.mark.parametrize("name", PHRASES)
def test_a_phrase_without_end_is_refused_at_once_and_briefly(name: str, unit: str) -> None:
    start = time.process_time()
    with pytest.raises(CompareError) as told:
        PHRASES[name](unit * (200_000 // len(unit)) + "1个")
    assert time.process_time() - start < 2
    assert len(str(told.value)) < 600


@settings(derandomize=True, max_examples=1_000, deadline=None)
@given(st.text(SIGNS, max_size=60))
def test_readers_end_in_a_value_or_in_words(text: str) -> None:
    for read in PHRASES.values():
        try:
            read(text)
        except CompareError as error:
            assert str(error)
    for look in TEXTS.values():
        look(text)


@pytest.mark.parametrize("scales", ["亿" * 39, "万亿" * 19, "1" + "亿" * 39])
def test_no_figure_is_without_bounds(scales: str) -> None:
    with pytest.raises(CompareError):
        parse_quantity(f"{scales}个")
    assert all(math.inf not in (said.low, said.high) for _, said in find_quantities(f"建成{scales}个"))


@pytest.mark.parametrize(
    ("pattern", "told", "reason"),
    [
        ("(?:(?:a{1000}){1000}){1000}", "1,000,000,000 times", "gigabytes of memory"),
        ("a{99999999999}", "99,999,999,999 times", "more than can be counted to"),
        ("(" * 450 + ")" * 450, "recursion", "brackets within brackets"),
        ("a|" * 600, "1,200 characters", "a list in the place of a pattern"),
        ("(?R)", "holds itself", "a pattern within itself"),
        ("(?P<a>b(?&a))", "holds itself", "a group within itself"),
        ("(?<=第)[0-9", "unterminated", "no pattern"),
    ],
)
def test_a_pattern_takes_no_memory_without_end(pattern: str, told: str, reason: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_pattern(pattern)
