"""The words that name a year, and what tells the year of a promise from that of a title, a base, an issue."""

from __future__ import annotations

import functools
import re
from typing import Literal, NamedTuple

FIGURES = "(?:19|20)[0-9]{2}|(?:一九|二[〇零])[〇零一二三四五六七八九]{2}"
Counted = Literal["own", "named"]


class Relative(NamedTuple):
    """From which year a word counts, the document's own or the one named last, and how many years on."""

    counted: Counted
    years: int


_COUNTED: tuple[tuple[Counted, int, str], ...] = (
    ("own", -2, "前年"),
    ("own", -1, "去年"),
    ("own", 0, "今年 本年"),
    ("own", 1, "明年 来年 今明两年"),
    ("own", 2, "后年"),
    ("named", -1, "上年 上一年"),
    ("named", 0, "当年 同年 该年"),
    ("named", 1, "次年 翌年 转年 下年 下一年 第二年"),
)
RELATIVE = {word: Relative(counted, years) for counted, years, words in _COUNTED for word in words.split()}
# 文明年, 以后年度, 首次年会, 基本年报, 以上年限 and 适当年份 hold none of these words.
_IN_WORDS = {
    **{"今年": "如至当迄", "本年": "基资成日样根版文脚", "明年": "文发证说透声", "来年": "以未历近从原本"},
    **{"后年": "今以之然最先前", "去年": "过", "前年": "目此以之提先", "当年": "相适应每充正"},
    **{"同年": "共不相合协会", "次年": "首每一二三两多几数本这该再依0123456789", "转年": "运扭流周"},
    **{"下年": "以线", "上年": "以线网向"},
}


def _relative(word: str) -> str:
    return f"(?<![{_IN_WORDS[word]}]){word}" if word in _IN_WORDS else word


ANY_RELATIVE = "|".join(_relative(word) for word in sorted(RELATIVE, key=len, reverse=True))

_NUMBER = "[0-9一二三四五六七八九十]{1,3}"
_DASH = "[-—–~至到]"
_SET_BY = re.compile(
    f"年?[底末]|年内|年终|全年|度?内|度[底末]| ?{_NUMBER} ?月|[第前]?[一二三四1-4]季度|[上下]半年"
    "| ?(?:之|以)?前"
)
# A beginning is a time in which something is done; what has been so since 2019年以来 is not.
_BEGINS = re.compile(f" ?(?:{_NUMBER} ?月(?:份| ?{_NUMBER} ?[日号])?)?(?:起(?!草)|开始)")
_BASE = (
    "[底末]?(?:的?水平|同期|基数|基期|相比|不变价|[^,，。;]{0,12}(?:基础上|为基[数期准]))"
    "|年?[底末]?[,，]?已(?!批)"
)
_GIVEN, _COMPARED = re.compile(_BASE), re.compile("(?:[比较]|相[较对]于?)$")
# What makes a year that of a state, a thing, a base or a period.
_NO_TIME = re.compile(
    f"度?(?:以来|之后|以后|后(?!期|续))|来(?!自)|版|级|{_BASE}| ?[年月]?[底末]? ?{_DASH} ?[0-9一二]"
)
_NO_TIME_BEFORE = re.compile(f"(?:[比较自从由]|截至|截止到?|相[较对]于?)$|[0-9年月][底末]? ?{_DASH} ?$")
_PAPER = "方案|计划|要点|规划|报告|纲要|清单|台账|白皮书|意见"
TITLE = f"度?(?:重点|年度|行动|工作|实施|建设|任务|推进|发展|改革){{0,3}}(?:{_PAPER})"
_TITLED = re.compile(TITLE)
_TITLE_ENDS = re.compile(rf"(?:{_PAPER}|通知|办法|决定)(?:\([^()]*\))?\s*$")
# A day that is neither a limit nor led in is the date of a paper or of a meeting.
_DAY = re.compile(f" ?{_NUMBER} ?月 ?{_NUMBER} ?[日号](?! ?(?:之|以)?前)")
_LED_IN = re.compile(
    "(?:^|[\n\t ,，。;:、(!?·—|)”》]|[到至在于将拟应须需要并再均各即]"
    "|力争|争取|计划|确保|预计|分别|最迟|其中)$"
)
_ACTS = re.compile(
    "度?(?:启动|完成|建成|达到|实现|上线|投用|投入|开工|竣工|出台|印发|验收|覆盖|力争|争取|基本|全面|全部|累计|新建|新增)"
    "(?!的)"
)
# The head of a heading: its number, and nothing before the year.
_NUMBERED = re.compile(r"[\s(]*(?:[^()\s、.]{1,4}[)、.章节]\s*)?")


@functools.cache
def in_text() -> re.Pattern[str]:
    """Return the pattern of every word that names one year in folded text.

    >>> [found[0] for found in in_text().finditer("2024年启动,次年完成,建设文明年")]
    ['2024年', '次年']
    """
    named = rf"(?<![0-9A-Za-z.])(?P<year>{FIGURES}) ?年(?!代|龄)"
    first = "".join(sorted({word[0] for word in RELATIVE}))
    return re.compile(rf"(?=[0-9一二{first}])(?:{named}|(?P<this>{ANY_RELATIVE})(?!轻|龄|级|限))")


def sets_a_time(match: re.Match[str]) -> bool:
    """Return whether a match of `in_text` is a year by or in which something is done.

    >>> def told(words): return sets_a_time(in_text().search(words))
    >>> [told(words) for words in ("到2024年6月底前", "平台2024年启动", "自2024年起,", "次年推广")]
    [True, True, True, True]
    >>> [told(words) for words in ("2024年工作要点", "比2020年增长", "2019年以来", "报送2021年度项目")]
    [False, False, False, False]
    """
    text, end = match.string, match.end()
    before = text[max(0, match.start() - 4) : match.start()]
    if _BEGINS.match(text, end):
        return True
    if _NO_TIME.match(text, end) or _NO_TIME_BEFORE.search(before) or _TITLED.match(text, end):
        return False
    led_in = _LED_IN.search(before) is not None
    if _DAY.match(text, end):
        return led_in and before.endswith(("到", "至", "在", "于"))
    if _SET_BY.match(text, end):
        return True
    of_a_thing = text.startswith("度", end) and text[end + 1 : end + 2] not in (",", "，")
    return (led_in and not of_a_thing) or _ACTS.match(text, end) is not None


def is_given(match: re.Match[str]) -> bool:
    """Return whether a match of a year and what follows it tells of a base, or of a state reached.

    >>> told = ("比2020年底增长", "以2020年为基期", "在2020年试点基础上", "2020年底已达到", "2020年底达到")
    >>> [is_given(re.search("2020年底?", words)) for words in told]
    [True, True, True, True, False]
    """
    before = match.string[max(0, match.start() - 3) : match.start()]
    return _COMPARED.search(before) is not None or _GIVEN.match(match.string, match.end()) is not None


def heads(folded: str, start: int, end: int, whole: bool) -> re.Match[str] | None:
    """Return the words of the one year that a heading names for what stands under it, if it names one.

    `whole` tells that a numbered heading has its line to itself: another may be a sentence that sets a time,
    and names the year of what is under it only in brackets.

    >>> heads("(一)2024年重点任务", 0, 12, True)[0], heads("启动阶段(2024年3月底前)", 0, 15, False)[0]
    ('2024年', '2024年')
    >>> heads("1.2024年6月底前完成。", 0, 13, False), heads("(一)落实数字县2024年行动方案", 0, 17, True)
    (None, None)
    """
    named = list(in_text().finditer(folded, start, end))
    if not named or any(other[0] != named[0][0] for other in named[1:]):
        return None
    words = named[0]
    before, behind = folded[start : words.start()], folded[words.end() : end]
    if words["this"] and RELATIVE[words["this"]].counted == "named":
        return None
    if _NO_TIME.match(behind) or _NO_TIME_BEFORE.search(before) or before.rfind("《") > before.rfind("》"):
        return None
    if _DAY.match(behind) or (_TITLED.match(behind) and not _NUMBERED.fullmatch(before)):
        return None
    sentence = _SET_BY.match(behind) or _ACTS.match(behind)
    return words if whole or before.endswith("(") or not sentence else None


def is_title(line: str) -> bool:
    """Return whether a line is the title of a document, or its date of issue.

    >>> [is_title(line) for line in ("数字县2024年行动方案", "2024年7月1日", "2024年重点任务")]
    [True, True, False]
    """
    words = in_text().search(line)
    dated = words is not None and _DAY.match(line, words.end()) is not None
    return dated or _TITLE_ENDS.search(line) is not None
