"""Numbers of a Chinese text held against those of its English: what is lacking, and what was added."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.language.translated import numbers_apart

# Chinese, English, what it lacks, what it adds, why.
ALIKE = [
    ("全市建设不少于100个智慧社区", "Build at least 100 smart communities across the city", "a plain number"),
    ("超过1.2万个", "more than 12,000", "万 multiplied out"),
    ("突破60亿元", "to exceed 6 billion yuan", "亿 as billions"),
    ("突破60亿元", "to exceed 6 bn yuan", "an abbreviated scale"),
    ("2000万个", "20 million", "ten thousands as millions"),
    ("培训千名左右", "train about a thousand", "a word for a word"),
    ("12个主题库", "twelve thematic databases", "figures as a word"),
    ("九大业务系统", "nine business systems", "a word as a word"),
    ("九大业务系统", "9 business systems", "a word as figures"),
    ("6月底前", "by the end of June", "a month as its name"),
    ("6月底前", "by the end of month 6", "a month as figures"),
    ("12底前", "by the end of December", "a month whose word was lost"),
    ("2019年年底前", "by the end of 2019", "a year"),
    ("3-5个", "3–5", "a range"),
    ("1—2個", "1 to 2", "a range in Traditional script"),
    ("“十四五”末", "by the end of the 14th five-year plan", "a plan's number"),
    ("约8000次", "about 8,000 times", "a bound"),
    ("各50项", "50 each", "a number for each of two"),
    ("一批示范", "a number of demonstrations", "what counts nothing"),
    ("两级平台", "platforms at both levels", "two as both"),
    ("半数以上", "more than half", "a half"),
    ("覆盖率达到50%", "coverage reaches 50 per cent", "a share in words"),
    ("７０％", "70%", "full-width digits"),
    ("5G基站2000个", "2,000 5G base stations", "the number of a name"),
    ("实施6项工程", "carry out six projects, which may follow", "may, which is a verb"),
    ("5月底前", "by May", "a month after a word that leads to it"),
    ("5月5日", "5 May", "a month after its day"),
]

APART = [
    ("全市建设不少于100个智慧社区", "Build at least 900 smart communities", ["100"], ["900"], "900 for 100"),
    ("不少于100个", "at least some", ["100"], [], "no number"),
    ("不少于100个", "at least 100 in 30 days", [], ["30"], "a number more"),
    ("超过1.2万个", "more than 1,200", ["12000"], ["1200"], "a scale lost"),
    ("突破60亿元", "to exceed 60 billion yuan", ["6000000000"], ["60000000000"], "亿 taken for billion"),
    ("2000万个", "2 million", ["20000000"], ["2000000"], "ten times less"),
    ("12个主题库", "twenty thematic databases", ["12"], ["20"], "a word for another"),
    ("6月底前建成3个", "build 3 by the end of July", [], ["7"], "another month"),
    ("2019年年底前", "by the end of 2020", ["2019"], ["2020"], "another year"),
    ("3-5个", "3 to 8", ["5"], ["8"], "one end of a range"),
    ("覆盖率超过30%", "coverage above 3%", ["30"], ["3"], "a nought lost"),
    (
        "10家标杆企业,20家成长企业",
        "20 model firms and 10 growing ones",
        [],
        [],
        "changed about within one: not seen",
    ),
    ("建成6个", "build 6 by May", [], ["5"], "a month after a word that leads to it"),
    ("建成7个", "build 7 May", [], ["5"], "a month after its day"),
    ("建成7个", "build May 7", [], ["5"], "a month before its day"),
    ("前120项", "the top 210", ["120"], ["210"], "two digits changed about"),
]


@pytest.mark.parametrize(("chinese", "english", "reason"), ALIKE)
def test_a_translation_with_the_same_numbers_holds(chinese: str, english: str, reason: str) -> None:
    assert numbers_apart(chinese, english) == ([], []), reason


@pytest.mark.parametrize(("chinese", "english", "lacks", "adds", "reason"), APART)
def test_other_numbers_are_told(
    chinese: str, english: str, lacks: list[str], adds: list[str], reason: str
) -> None:
    assert numbers_apart(chinese, english) == (lacks, adds), reason


NUMBERS = st.integers(3, 10**12)


@given(NUMBERS)
def test_a_number_in_figures_is_its_own_translation(number: int) -> None:
    assert numbers_apart(f"建成{number}个", f"build {number:,} of them") == ([], [])
    assert numbers_apart(f"建成{number}个", f"build {number} of them") == ([], [])


@given(NUMBERS, NUMBERS)
def test_another_number_never_passes(one: int, other: int) -> None:
    lacks, adds = numbers_apart(f"建成{one}个", f"build {other:,} of them")
    assert (lacks == [] and adds == []) == (one == other)


@given(st.integers(1, 9999))
def test_ten_thousands_are_multiplied_out(number: int) -> None:
    assert numbers_apart(f"超过{number}万个", f"more than {number * 10_000:,}") == ([], [])
    lacks, adds = numbers_apart(f"超过{number}万个", f"more than {number:,}")
    assert lacks == [str(number * 10_000)] and set(adds) <= {str(number)}


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_written_ends_in_two_lists(chinese: str, english: str) -> None:
    lacks, adds = numbers_apart(chinese, english)
    assert all(isinstance(number, str) for number in [*lacks, *adds])
