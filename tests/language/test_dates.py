"""Time expressions: every form that the five documents hold, the forms beside them, and what sets no time."""

import contextlib
import datetime
from calendar import isleap, monthrange

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import CompareError
from compare.language.dates import Due, find_dues, parse_due
from compare.language.years import Plan, Years

# document | words around | expression | year given | last day | precision | recurrence | inherited | reason
REAL = r"""
dezhou-2020 | 。5月底前,推动汇聚 | 5月底前 | 2020 | 2020-05-31 | month | | yes | month end, year from the plan
dezhou-2020 | 工作。6月底前,对接 | 6月底前 | 2020 | 2020-06-30 | month | | yes | a month of 30 days
dezhou-2020 | 4月底前,组织学习 | 4月底前 | 2020 | 2020-04-30 | month | | yes | at the start of a text
dezhou-2020 | 体系。9 月底前,启动 | 9 月底前 | 2020 | 2020-09-30 | month | | yes | a blank inside
dezhou-2020 | 组织。12底前,实现 | 12底前 | 2020 | 2020-12-31 | month | | yes | 月 was lost
dezhou-2020 | 7月中旬前完成招投标 | 7月中旬前 | 2020 | 2020-07-20 | ten_day | | yes | second ten days
dezhou-2020 | 试点建设,12月底前,开展 | 12月底前 | 2020 | 2020-12-31 | month | | yes | December is a month here
dezhou-2020 | 力争年底前建成 | 年底前 | 2020 | 2020-12-31 | year | | yes | year end
dezhou-2020 | 争取年底完成任务 | 年底 | 2020 | 2020-12-31 | year | | yes | 前 left out
dezhou-2020 | ,年内孵化10个以上 | 年内 | 2020 | 2020-12-31 | year | | yes | within the year
dezhou-2020 | 。全年做好监测 | 全年 | 2020 | 2020-12-31 | year | | yes | through the year
dezhou-2023 | 到2025年,“1+3+N” | 到2025年 | 2023 | 2025-12-31 | year | | no | 到 makes a bare year a deadline
dezhou-2023 | 到2035年,以数字化 | 到2035年 | 2023 | 2035-12-31 | year | | no | beyond the plan's period
dezhou-2023 | 。2023年年底前,完成 | 2023年年底前 | 2025 | 2023-12-31 | year | | no | a year in the words wins
dezhou-2023 | 建设。2023年,数字经济 | 2023年 | 2023 | 2023-12-31 | year | | no | a bare year opening a clause
dezhou-2023 | 每年打造不少于300个 | 每年 | 2023 | - | recurring | year | no | every year
dongying-2022 | 每季度开展不少于2次 | 每季度 | 2022 | - | recurring | quarter | no | every quarter
dongying-2022 | ,年底前新建70个以上 | 年底前 | 2022 | 2022-12-31 | year | | yes | before a verb
dongying-2022 | 更新,2022年全市覆盖率 | 2022年 | 2022 | 2022-12-31 | year | | no | a bare year without a comma
jinan-2019 | 经过4年努力,到2022年年底构建 | 到2022年年底 | 2019 | 2022-12-31 | year | | no | 4年 is a length
jinan-2019 | 数据库。2020年6月底前,制定 | 2020年6月底前 | 2019 | 2020-06-30 | month | | no | year and month
jinan-2019 | 服务，2019年年底前,完善 | 2019年年底前 | 2019 | 2019-12-31 | year | | no | year said twice
qingdao-2020 | \n2020年,全市大數據 | 2020年 | 2020 | 2020-12-31 | year | | no | at the start of a line
qingdao-2020 | 擴大范圍,年內建成 | 年內 | 2020 | 2020-12-31 | year | | yes | Traditional script
"""

# Words of the documents that set no time.
NONE = [
    ("qingdao-2020", "制定出臺《數字青島2020年行動方案》,組織", "a year inside a title"),
    ("qingdao-2020", "《數字青島發展規劃(2019-2022年)》實施", "a period inside a title"),
    ("qingdao-2020", "3個2019年省級數字經濟試點園區", "the year belongs to the thing"),
    ("jinan-2019", "《山东省数字政府建设实施方案(2019—2022年)》", "a period inside a title"),
    ("jinan-2019", "济南市数字政府建设实施方案(2019-2022年)", "a period behind a title"),
    ("jinan-2019", "济政办发〔2019〕21号", "document number"),
    ("jinan-2019", "2019年9月30日\n(此件公开发布)", "date of issue"),
    ("jinan-2019", "开展新型智慧城市达标创优三年行动", "a length in a name"),
    ("dongying-2022", "东营市数字变革创新2022年行动方案", "a year in a heading"),
    ("dongying-2022", "《东营市“十四五”数字强市建设规划》", "a plan's name"),
    ("dongying-2022", "发布时间:2022-07-07 18:45", "date in figures"),
    ("dezhou-2020", "制定印发“数据赋能”2020年工作方案", "a year in a plan's name"),
    ("dezhou-2020", "完成市直部门2021年度信息化项目上报", "the year belongs to the thing"),
    ("dezhou-2020", "三年行动方案(2020-2022年),积极申报", "a period behind a title"),
]

# Forms that the documents at hand do not hold but their kind does; year 2022 and since 2020-02-29 are given.
OTHER = [
    ("2022年底前", "2022-12-31", "year", False, "without the second 年"),
    ("2022年内", "2022-12-31", "year", False, "within"),
    ("2022年度内", "2022-12-31", "year", False, "within the year"),
    ("2022年,", "2022-12-31", "year", False, "a closing comma is read over"),
    ("2022年，", "2022-12-31", "year", False, "so is a full-width one"),
    ("2025年前", "2024-12-31", "year", False, "before 2025 begins: 前 without 底 stops at the threshold"),
    ("到2025年", "2025-12-31", "year", False, "by the end of 2025"),
    ("本年度", "2022-12-31", "year", True, "this year"),
    ("今年年底前", "2022-12-31", "year", True, "this year"),
    ("明年底前", "2023-12-31", "year", True, "next year"),
    ("次年6月底前", "2023-06-30", "month", True, "the year after the one named"),
    ("翌年一季度", "2023-03-31", "quarter", True, "another word for it"),
    ("第二年年底前", "2023-12-31", "year", True, "and another"),
    ("同年9月底前", "2022-09-30", "month", True, "the year named"),
    ("后年年底前", "2024-12-31", "year", True, "in two years"),
    ("今明两年内", "2023-12-31", "year", True, "this year and the next"),
    ("上年底", "2021-12-31", "year", True, "the year before, for the coder's phrase only"),
    ("二○二五年底前", "2025-12-31", "year", False, "circles for noughts"),
    ("２０２５年⼗⼆月底前", "2025-12-31", "month", False, "radicals of a PDF copy"),
    ("贰零贰伍年拾月底前", "2025-10-31", "month", False, "banker's numerals"),
    ("二〇二五年底前", "2025-12-31", "year", False, "the year in words"),
    ("２０２５年底前", "2025-12-31", "year", False, "full-width"),
    ("2022年9月30日前", "2022-09-30", "day", False, "usage counts the day itself"),
    ("9月30日前", "2022-09-30", "day", True, "the year is the plan's"),
    ("九月三十日前", "2022-09-30", "day", True, "in words"),
    ("6月前", "2022-05-31", "month", True, "before June begins"),
    ("1月前", "2021-12-31", "month", True, "before January begins: the year before"),
    ("7月上旬", "2022-07-10", "ten_day", True, "first ten days"),
    ("2月下旬前", "2022-02-28", "ten_day", True, "last days of a short month"),
    ("一季度末", "2022-03-31", "quarter", True, "quarter end"),
    ("2022年第三季度", "2022-09-30", "quarter", False, "numbered quarter"),
    ("2022年前三季度", "2022-09-30", "quarter", False, "the first three quarters"),
    ("四季度前", "2022-09-30", "quarter", True, "before the fourth quarter begins"),
    ("上半年", "2022-06-30", "half_year", True, "half year"),
    ("上半年底前", "2022-06-30", "half_year", True, "to its end"),
    ("下半年前", "2022-06-30", "half_year", True, "before it begins"),
    ("2023年下半年", "2023-12-31", "half_year", False, "second half"),
    ("“十四五”末", "2025-12-31", "year", False, "fourteenth five-year plan"),
    ("十四五期间", "2025-12-31", "year", False, "through the plan"),
    ("到“十三五”末", "2020-12-31", "year", False, "thirteenth five-year plan"),
    ("十四五末期", "2025-12-31", "year", False, "another word for its end"),
    ("十五五期末", "2030-12-31", "year", False, "fifteenth, not tenth"),
    ("三年内", "2023-02-28", "year", True, "29 February has no like in 2023"),
    ("4年内", "2024-02-29", "year", True, "in figures, and 2024 has the day"),
    ("三年", "2023-02-28", "year", True, "without 内, for the coder's phrase only"),
]

RECURRING = [
    ("每年", "year"),
    ("每半年", "half_year"),
    ("每季度", "quarter"),
    ("每个季度", "quarter"),
    ("每月", "month"),
    ("每年年底前", "year"),
    ("每年6月底前", "year"),
    ("每季度末", "quarter"),
    ("每月底前", "month"),
]

REFUSED = [
    ("近期", "no day, month"),
    ("尽快", "no day, month"),
    ("", "no day, month"),
    ("明年底前", "names no year"),
    ("次年6月底前", "names no year"),
    ("每周", "no day, month"),
    ("12底", "no day, month"),
    ("2022年7月底前完成", "no day, month"),
    ("2022年13月底前", "no month 13"),
    ("2021年2月29日前", "no day 29"),
    ("年底前", "names no year"),
    ("6月底前", "names no year"),
    ("三年内", "counts from a day"),
]


def real_cases() -> list[tuple[str, ...]]:
    """Return the rows of `REAL`."""
    return [tuple(cell.strip(" ") for cell in line.split("|")) for line in REAL.strip("\n").splitlines()]


def due_of(last: str, precision: str, recurrence: str = "", inherited: bool = False) -> Due:
    on = None if last == "-" else datetime.date.fromisoformat(last)
    return Due(on, precision, recurrence, inherited)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", real_cases(), ids=lambda case: f"{case[0]}: {case[2]}")
def test_the_times_of_the_documents(case: tuple[str, ...]) -> None:
    document, around, words, year, last, precision, recurrence, inherited, reason = case
    text, expected = around.replace("\\n", "\n"), due_of(last, precision, recurrence, inherited == "yes")
    found = [(span.slice(text), due) for span, due in find_dues(text, int(year))]
    assert found == [(words, expected)], f"{document}: {reason}"
    assert parse_due(words, int(year)) == expected, f"{document}: {reason}"


@pytest.mark.parametrize(("document", "words", "reason"), NONE)
def test_what_the_documents_hold_that_sets_no_time(document: str, words: str, reason: str) -> None:
    assert find_dues(words, 2022, datetime.date(2022, 1, 1)) == [], f"{document}: {reason}"


@pytest.mark.parametrize(("words", "last", "precision", "inherited", "reason"), OTHER)
def test_other_forms(words: str, last: str, precision: str, inherited: bool, reason: str) -> None:
    due = parse_due(words, 2022, datetime.date(2020, 2, 29))
    assert due == due_of(last, precision, "", inherited), reason


@pytest.mark.parametrize(("words", "recurrence"), RECURRING)
def test_recurring_times_have_no_last_day(words: str, recurrence: str) -> None:
    assert parse_due(words) == due_of("-", "recurring", recurrence)
    assert [span.slice(words) for span, _ in find_dues(words)] == [words]


@pytest.mark.parametrize(("words", "complaint"), REFUSED)
def test_what_sets_no_time_is_refused_with_the_reason(words: str, complaint: str) -> None:
    with pytest.raises(CompareError, match="is no deadline") as caught:
        parse_due(words)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("力争7月中旬完成", "7月中旬", "ten days without 前"),
        ("力争6月底完成", "6月底", "a month's end without 前"),
        ("力争上半年完成", "上半年", "half a year without 前"),
        ("力争二季度完成", "二季度", "a quarter without 前"),
        ("力争2023年底完成", "2023年底", "a year's end without 前"),
        ("年底前端感知设备达标", "年底", "前端 is the front end"),
        ("年内部署完成", "年内", "部署 is a verb"),
        ("年内在全市推广", "年内", "在 opens the place"),
    ],
)
def test_where_a_time_ends_in_running_text(text: str, words: str, reason: str) -> None:
    assert [span.slice(text) for span, _ in find_dues(text, 2022)] == [words], reason


def test_a_leap_day_counts_to_a_century_that_has_none() -> None:
    assert parse_due("4年内", since=datetime.date(2096, 2, 29)).on == datetime.date(2100, 2, 28)


def test_a_year_given_does_not_make_an_impossible_day_possible() -> None:
    with pytest.raises(CompareError, match="2022-02 has no day 30"):
        parse_due("2月30日前", 2022)


def test_without_a_year_only_what_needs_none_or_has_it_from_the_text_is_found() -> None:
    text = "年底前、2023年底前、6月底前、每月、三年内"
    assert [span.slice(text) for span, _ in find_dues(text)] == ["2023年底前", "6月底前", "每月"]
    assert len(find_dues(text, 2022)) == 4
    assert len(find_dues(text, 2022, datetime.date(2022, 7, 1))) == 5


@pytest.mark.parametrize(
    ("text", "last", "reason"),
    [
        ("到2022年前100项证照电子化", "2022-12-31", "the first hundred, not before 2022"),
        ("2022年前三季度完成", "2022-09-30", "the first three quarters"),
        ("年底前100个社区达标", "2022-12-31", "before the year's end"),
    ],
)
def test_a_qian_that_belongs_to_what_follows_sets_nothing_back(text: str, last: str, reason: str) -> None:
    assert [str(due.on) for _, due in find_dues(text, 2022)] == [last], reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("面向青少年内容建设", "少年 + 内容"),
        ("打造全年龄友好城区", "全年龄 is of every age"),
        ("去年底已完成", "what was"),
        ("较2020年底增长两成", "a baseline"),
        ("在2020年基础上翻番", "a baseline"),
        ("建设文明年,举办首次年会", "words that hold 明年 and 次年"),
        ("2023年以来成效明显", "a beginning"),
        ("比2020年翻一番", "a baseline"),
        ("2021年至2025年", "a period"),
        ("2019-2022年底", "a period"),
        ("第12底前", "an ordinal"),
    ],
)
def test_look_alikes_are_passed_over(text: str, reason: str) -> None:
    assert find_dues(text, 2022) == [], reason


@settings(derandomize=True, max_examples=300)
@given(st.integers(1950, 2099), st.integers(1, 12))
def test_month_ends_are_those_of_the_calendar(year: int, month: int) -> None:
    last = datetime.date(year, month, monthrange(year, month)[1])
    assert parse_due(f"{year}年{month}月底前") == Due(last, "month")
    assert parse_due(f"{month}月底前", year) == Due(last, "month", inherited=True)
    assert parse_due(f"{year}年{month}月下旬") == Due(last, "ten_day")
    assert (last + datetime.timedelta(days=1)).day == 1


@settings(derandomize=True)
@given(st.integers(1950, 2099))
def test_february_ends_with_the_leap_years(year: int) -> None:
    due = parse_due(f"{year}年2月底前")
    assert due.on is not None and due.on.day == (29 if isleap(year) else 28)


@settings(derandomize=True)
@given(st.integers(1950, 2099), st.integers(1, 4))
def test_a_quarter_ends_before_the_next_begins(year: int, quarter: int) -> None:
    end = parse_due(f"{year}年第{quarter}季度").on
    following = parse_due(f"{year}年第{quarter + 1}季度前" if quarter < 4 else f"{year + 1}年前").on
    assert end == following


@settings(derandomize=True)
@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)))
def test_a_written_day_is_that_day(day: datetime.date) -> None:
    assert parse_due(f"{day.year}年{day.month}月{day.day}日前") == Due(day, "day")


@pytest.mark.parametrize(
    ("on", "precision", "recurrence"),
    [
        (None, "day", ""),
        (datetime.date(2022, 1, 1), "none", ""),
        (datetime.date(2022, 1, 1), "recurring", "year"),
        (None, "recurring", ""),
        (None, "none", "month"),
    ],
)
def test_a_due_whose_parts_disagree_cannot_be_made(
    on: datetime.date | None, precision: str, recurrence: str
) -> None:
    with pytest.raises(CompareError):
        Due(on, precision, recurrence)  # type: ignore[arg-type]


NOISE = st.text(
    alphabet="0123456789年月日底前末内旬上中下半季度一二三四十五“”《》每到至-—,。〇 第全今本明次同当、(\n"
)
PIECES = st.lists(
    st.sampled_from([case[1] for case in real_cases()] + [words for _, words, _ in NONE]), max_size=6
)


@settings(derandomize=True, max_examples=400)
@given(st.one_of(NOISE, st.text(), PIECES.map("。".join)), st.one_of(st.none(), st.integers(1990, 2060)))
def test_finding_never_fails_and_agrees_with_parsing(text: str, year: int | None) -> None:
    end, since, years = 0, datetime.date(2020, 2, 29), Years(text, Plan(last=year, own=year))
    for span, due in find_dues(text, year, since):
        assert end <= span.start < span.end <= len(text)
        assert parse_due(span.slice(text), years.of(span).year, since) == due
        end = span.end


@settings(derandomize=True)
@given(PIECES, st.sampled_from(["落实。", "See above. ", "𠮷。", "\n"]), st.integers(1, 5))
def test_padding_shifts_spans_exactly(pieces: list[str], pad: str, times: int) -> None:
    text, padding = "。".join(pieces), pad * times
    shifted = [(span.shift(len(padding)), due) for span, due in find_dues(text, 2022)]
    assert find_dues(padding + text + "。" + pad, 2022) == shifted


@settings(derandomize=True)
@given(NOISE, st.one_of(st.none(), st.integers(1990, 2060)))
def test_parsing_is_read_or_refused_with_our_own_error(text: str, year: int | None) -> None:
    with contextlib.suppress(CompareError):
        parse_due(text, year)
