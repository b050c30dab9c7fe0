"""The words of time expressions, and what tells a deadline from a title or a date of issue."""

from __future__ import annotations

import functools
import re

from compare.language.year_words import ANY_RELATIVE, FIGURES, RELATIVE, TITLE, is_given

_NUMBER = "[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3}"
_YEAR = f"(?P<year>{FIGURES}) ?年"
_MONTH = (
    rf"(?P<month>{_NUMBER}) ?月份?"
    rf"(?: ?(?P<day>{_NUMBER}) ?[日号]| ?(?P<third>[上中下])旬(?:末|底)?| ?(?P<month_end>底|末|内))?"
)
# 月 was lost in 12底前; only a 前 behind it makes it a month.
_LOST = rf"(?P<lost>{_NUMBER})底(?= ?(?:之前|以前|前))"
_QUARTER = "[第前]?(?P<quarter>[一二三四1-4])季度(?P<quarter_end>底|末|内)?"
_HALF = "(?P<half>[上下])半年(?P<half_end>底|末|内)?"
_PART = rf"{_MONTH}|{_LOST}|{_QUARTER}|{_HALF}"
_TAIL = "(?P<tail>年底|年末|年内|年终|全年|度内|度末|度底|底|末|内|度)"
_ALONE = "(?P<alone>年底|年末|年内|年终|全年)"
_EVERY = (
    rf"每(?:个|一)?(?P<every>半年|季度|季|年|月)度?"
    rf"(?: ?(?:(?:{_NUMBER}) ?月(?:[底末]|(?:{_NUMBER})[日号])?|年?[底末]"
    rf"|第?[一二三四]季度[底末]?|[上下]半年))?"
)
_PLAN = (
    '[“‘「『"]?(?P<plan>[八九]五|十[一二三四五六七八九]?五)[”’」』"]?(?:规划)?'
    "(?:期末|末期|期间|时期|期内|末|内)"
)
_LENGTH = rf"(?P<length>{_NUMBER}|两)年(?:时间)?(?P<within>之内|以内|内)?"
_DATED = rf"(?:{_YEAR}|(?P<this>{ANY_RELATIVE})) ?(?:{_PART}|{_TAIL})?"
# In 2022年前100项 and 年内前列 the 前 belongs to what follows.
_BEFORE = "(?: ?(?P<before>之前|以前|前(?!(?<=[年月]前)[0-9一二三四五六七八九十百千])(?![列期往沿景端述])))?"

# 青年底 and 明年底 hold no deadline of this year, nor does 三年内.
_NOT_THIS_YEAR = "(?<![0-9零一二三四五六七八九十两几多数明后去前上下次每近历青少中老成童学周])"
# 年内部署 and 年内在全市 are times; 年内部 and 全年龄 are none.
_NOT_A_WORD = "(?!部(?!署)|[容涵蒙外端龄级])"
# In running text a number before 月, 底 or 季度 must stand free.
_FREE = "(?<![0-9A-Za-z.〔第一二三四五六七八九十每个-])(?<![0-9][—–~～至])"
# What a time expression can begin with: most characters of a text need no further look.
_FIRST = '[0-9一二三四五六七八九十廿卅两每截到至年全第前上下“‘「『"今本明来后去当同该次翌转]'
_OPENING = "\n ,，。;:、(!?·—|在于"
_GOES_ON = "以来|之后|以后|后|起|开始|来|版|级|度|间| ?[-—–~至到] ?[0-9]"


def _undated(part: str) -> str:
    # Group names may stand once in a pattern, so the undated alternative takes its own.
    return re.sub(r"\(\?P<(\w+)>", r"(?P<\1_2>", part)


@functools.cache
def phrase() -> re.Pattern[str]:
    """Return the pattern of one whole time expression in folded text.

    >>> phrase().fullmatch("到2022年年底")["year"]
    '2022'
    """
    dates = rf"{_EVERY}|{_PLAN}|{_DATED}|{_undated(_PART)}|{_ALONE}|{_LENGTH}"
    return re.compile(rf"(?P<lead>截至|截止到?|到|至|在|于)? ?(?:{dates}){_BEFORE} ?[,，]?")


@functools.cache
def in_text() -> re.Pattern[str]:
    """Return the pattern that looks for time expressions in folded running text.

    >>> [match[0] for match in in_text().finditer("9月底前启动,年底前完成")]
    ['9月底前', '年底前']
    """
    free = rf"{_FREE}(?:(?P<lead>截至|到|至)?(?:{_DATED}|{_PLAN}|{_undated(_PART)})|{_LENGTH})"
    alone = rf"{_NOT_THIS_YEAR}{_ALONE}{_NOT_A_WORD}"
    return re.compile(rf"(?={_FIRST})(?:{_EVERY}|{free}|{alone}){_BEFORE}")


@functools.cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(f"{_GOES_ON}|{TITLE}")


def part(match: re.Match[str], name: str) -> str | None:
    """Return what a match holds under `name`, whether or not a year stood before it.

    >>> part(phrase().fullmatch("6月底前"), "month"), part(phrase().fullmatch("2020年6月底前"), "month")
    ('6', '6')
    """
    return match[name] or match[f"{name}_2"]


def promises(match: re.Match[str]) -> bool:
    """Return whether a match in running text sets a time, and is no title, date of issue or plan period.

    >>> [promises(in_text().search(words)) for words in ("到2025年,", "2020年工作方案", "2022年7月1日")]
    [True, False, False]
    """
    if match["every"] or match["alone"] or match["plan"]:
        return True
    if match["this"] and RELATIVE[match["this"]].years < 0:
        return False  # 去年底 tells what was
    if (match["year"] or match["this"]) and is_given(match):
        return False
    if match["length"]:
        return match["within"] is not None
    if match["before"] or part(match, "third") or part(match, "month_end"):
        return True
    if part(match, "day"):
        return match["lead"] is not None
    if part(match, "quarter") or part(match, "half") or match["tail"] not in (None, "度"):
        return True
    return _stands_alone(match)


def _stands_alone(match: re.Match[str]) -> bool:
    """Tell 2022年,… and 到2025年 from 3个2019年省级…, 比2020年… and (2019年至2022年)."""
    if match["tail"] or _goes_on().match(match.string, match.end()):
        return False
    before = match.string[match.start() - 1 : match.start()]
    if match["lead"]:
        return before != "年"
    return (match["year"] or match["this"]) is not None and (before == "" or before in _OPENING)
