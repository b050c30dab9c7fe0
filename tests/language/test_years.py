"""From where an expression that leaves out its year takes it, in running text and plans of several years."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.language.dates import find_dues
from compare.language.spans import Span
from compare.language.years import Plan, Year, Years

SEVERAL = Plan(2023, 2025, 2023)

# A reason, then the text of a plan of 2023 to 2025, drawn up in 2023, and the last days found in it.
FOUND = r"""
# the clause before, not the plan's end
2024年6月底前启动平台建设,年底前完成。 | 2024-06-30 2024-12-31
# a semicolon parts clauses of one sentence
2024年6月底前启动；9月底前试运行；年底前完成。 | 2024-06-30 2024-09-30 2024-12-31
# the sentence before, in the same paragraph
2024年,启动建设。年底前完成。 | 2024-12-31 2024-12-31
# the nearest before, not the latest
到2025年底建成3个。2024年6月底前建成1个,年底前建成2个。 | 2025-12-31 2024-06-30 2024-12-31
# what comes later governs nothing before it
年底前完成一期,2024年6月底前完成二期。 | 2025-12-31 2024-06-30
# another paragraph
2024年6月底前启动。\n年底前完成。 | 2024-06-30 2025-12-31
# a year in the midst of its clause
平台2024年启动建设,年底前完成。 | 2024-12-31
# a year behind a word of intent
力争2024年启动,年底前完成。 | 2024-12-31
# a beginning is a time in which something is done
自2024年起试点,年底前完成。 | 2024-12-31
# so is one with its month
2024年5月起试运行,年底前推广。 | 2024-12-31
# the nearer of two
2023年、2024年各建1个,年底前验收。 | 2023-12-31 2024-12-31 2024-12-31
# a day that is a limit
2024年3月1日前报送,年底前印发。 | 2024-03-01 2024-12-31
# the year in words
二〇二四年六月底前启动，年底前完成。 | 2024-06-30 2024-12-31
# full-width figures
２０２４年６月底前启动，年底前完成。 | 2024-06-30 2024-12-31
# circles and radicals
二○二四年⼗⼀月底前启动，年底前完成。 | 2024-11-30 2024-12-31
# what recurs names no year
每年6月底前公布,年底前完成。 | - 2025-12-31
# the document's own year and the next
今年年底前完成一期,明年6月底前完成二期。 | 2023-12-31 2024-06-30
# a year just counted is carried on
明年6月底前启动,年底前完成。 | 2024-06-30 2024-12-31
# the year after the one named
2024年底建成3个,次年6月底前建成5个。 | 2024-12-31 2025-06-30
# and carried on
2023年试点,次年推广,年底前全覆盖。 | 2023-12-31 2024-12-31 2024-12-31
# the same year
2024年6月底前启动,同年9月底前投用。 | 2024-06-30 2024-09-30
# 当年 is the year named
2024年建设、当年年底前投用。 | 2024-12-31 2024-12-31
# 次年 counts from a year before the plan, too
2022年试点,次年推广。 | 2022-12-31 2023-12-31
# in a plan of several years 当年 without a year is unread
当年年底前投用。 |
# so is 次年
次年3月底前验收。 |
# a title
落实《数字县2024年行动方案》,年底前完成。 | 2025-12-31
# a title without its brackets
落实数字县2024年行动方案,年底前完成。 | 2025-12-31
# a title that opens the sentence
2024年重点工作任务清单印发后,年底前完成。 | 2025-12-31
# the number of a document
按照县政办〔2024〕1号要求,年底前完成。 | 2025-12-31
# a period
2023—2024年,年底前各建1个。 | 2025-12-31
# a period in words
2023年至2024年,年底前各建1个。 | 2025-12-31
# the date of a meeting
经2024年3月1日会议研究,年底前印发。 | 2025-12-31
# a state that began then
2024年以来成效明显,年底前再建10个。 | 2025-12-31
# a base
比2024年增长10%,年底前达标。 | 2025-12-31
# a base said otherwise
以2024年为基期,年底前翻番。 | 2025-12-31
# and otherwise
在2024年试点基础上,年底前推广。 | 2025-12-31
# 基础 in other words is no base
2024年夯实数字基础设施,年底前形成以数据为基础的体系。 | 2024-12-31 2024-12-31
# a state reached, within the plan's years
2024年底已建成30个,年底前再建20个。 | 2025-12-31
# and so
与2024年同期相比增长,年底前翻番。 | 2025-12-31
# the year of a thing
完成2024年度项目申报,年底前评审。 | 2025-12-31
# and of other things
建设3个2024年省级园区,年底前验收。 | 2025-12-31
# a year before the plan begins is a state reached
2022年底建成10个,年底前再建10个。 | 2022-12-31 2025-12-31
# so is last year
去年底建成10个,年底前再建10个。 | 2025-12-31
# a five-year plan is a period
到“十四五”末达标,年底前评估。 | 2025-12-31 2025-12-31
# a heading until the next of its rank
一、2024年重点任务\n(一)共享\n年底前完成。\n二、保障\n年底前考核。 | 2024-12-31 2025-12-31
# parts under it
(一)2024年\n1.共享。年底前完成。\n6月底前试行。\n(二)2025年\n9月底前完成。 | 2024-12-31 2024-06-30 2025-09-30
# headings without numbers
2024年重点任务\n年底前完成。\n保障措施\n年底前考核。 | 2024-12-31 2025-12-31
# the paragraph before the heading
(一)2024年重点任务\n2025年6月底前启动,年底前完成。 | 2025-06-30 2025-12-31
# the document's title is no heading
数字县2024年行动方案\n年底前完成。 | 2025-12-31
# nor is its date
2024年7月1日\n年底前完成。 | 2025-12-31
# parts of a text that lost its lines
一、总体要求。到2024年建成。二、任务。年底前完成。 | 2024-12-31 2025-12-31
"""


def cases() -> list[tuple[str, str, str]]:
    """Return the rows of `FOUND`."""
    lines = FOUND.strip("\n").split("\n")
    rows = [(*line.split("|"), reason) for reason, line in zip(lines[::2], lines[1::2], strict=True)]
    return [(text.strip().replace("\\n", "\n"), days.strip(), reason[2:]) for text, days, reason in rows]


@pytest.mark.parametrize(("text", "days", "reason"), cases())
def test_the_years_of_a_plan_of_several_years(text: str, days: str, reason: str) -> None:
    found = find_dues(text, years=Years(text, SEVERAL))
    assert " ".join(str(due.on or "-") for _, due in found) == days, reason


@pytest.mark.parametrize(
    ("text", "words", "plan", "expected", "reason"),
    [
        (
            "年底前完成",
            "年底前",
            Plan(2022, 2022, 2022),
            Year(2022, "inherited_year"),
            "the plan's only year",
        ),
        (
            "次年3月底前验收",
            "次年",
            Plan(2022, 2022, 2022),
            Year(2022, "inherited_year"),
            "it counts from that",
        ),
        ("当年底前验收", "当年", Plan(2022, 2022, 2022), Year(2022, "inherited_year"), "and is that"),
        (
            "今年底前",
            "今年",
            Plan(2023, 2025, None),
            Year(None, "inherited_year"),
            "no day of issue is known",
        ),
        ("年底前", "年底前", Plan(), Year(None, "inherited_year"), "nothing is known"),
        ("2024年启动,年底前", "年底前", Plan(), Year(2024, "carried", Span(0, 5)), "the text is enough"),
        (
            "到2024年底前",
            "2024年底前",
            SEVERAL,
            Year(2024, "explicit", Span(1, 6)),
            "in the words themselves",
        ),
        (
            "明年启动,年底前",
            "年底前",
            Plan(2023, 2025, None),
            Year(None, "carried", Span(0, 2)),
            "a year unread",
        ),
    ],
)
def test_where_the_year_comes_from(text: str, words: str, plan: Plan, expected: Year, reason: str) -> None:
    start = text.rindex(words)
    assert Years(text, plan).of(Span(start, start + len(words))) == expected, reason


@pytest.mark.parametrize(
    ("tasks", "year", "reason"),
    [
        ((), 2025, "two paragraphs"),
        ((Span(0, 24),), 2024, "one task of two paragraphs"),
        ((Span(0, 12), Span(13, 24)), 2025, "a task each"),
        ((Span(0, 5), Span(5, 24)), 2025, "the year stands in the task before"),
    ],
)
def test_a_task_holds_together_and_apart(tasks: tuple[Span, ...], year: int, reason: str) -> None:
    text = "2024年,启动平台建设。\n形成方案,年底前完成建设。"
    assert Years(text, SEVERAL, tasks).of(Span(18, 21)).year == year, reason


def test_tasks_part_a_text_that_lost_its_lines() -> None:
    text = "2024年6月底前启动。市大数据局年底前完成。"
    assert Years(text, SEVERAL, (Span(0, 12), Span(12, 23))).of(Span(17, 20)).year == 2025


PIECES = st.lists(st.sampled_from([text for text, _, _ in cases()]), max_size=8)


@settings(derandomize=True, max_examples=200)
@given(PIECES, st.integers(0, 3))
def test_what_follows_changes_no_year_before_it(pieces: list[str], cut: int) -> None:
    """The year is looked for before an expression: text added behind it cannot move it."""
    text, before = "\n".join(pieces), "\n".join(pieces[:cut])
    found = find_dues(text, years=Years(text, SEVERAL))
    alone = find_dues(before, years=Years(before, SEVERAL))
    assert found[: len(alone)] == alone


@settings(derandomize=True, max_examples=200)
@given(PIECES, st.integers(1, 3))
def test_padding_shifts_the_words_that_name_a_year(pieces: list[str], times: int) -> None:
    text, padding = "。".join(pieces), "落实。\n" * times
    for span, _ in find_dues(text, years=Years(text, SEVERAL)):
        year = Years(text, SEVERAL).of(span)
        moved = Years(padding + text, SEVERAL).of(span.shift(len(padding)))
        at = year.at.shift(len(padding)) if year.at else None
        assert moved == Year(year.year, year.origin, at)


@pytest.mark.parametrize(
    "piece", ["2024年启动,年底前完成,", "次年", "(一)", "《", "2021年。", "一、2024年\n"]
)
def test_a_long_text_is_read_once(piece: str) -> None:
    """Three thousand pieces take no deeper calls than one, and each expression looks up one place."""
    text = piece * 3000
    assert len(find_dues(text, years=Years(text, SEVERAL))) <= 2 * 3000
