"""The words around a numeral: units, comparators, and what tells a figure from a name or an ordinal."""

from __future__ import annotations

import functools
import re
from typing import Literal

from compare.errors import CompareError
from compare.language.folding import is_sign
from compare.language.numerals import DIGITS, NUMERAL, SIGNS

Comparator = Literal["eq", "ge", "gt", "le", "lt", "approx", "range"]

# Units that multiply or divide: 一倍 is a figure, while 一个 and 一批 are indefinite.
MULTIPLES = ("倍", "成", "个百分点")
_COUNTED = "个 项 名 家 所 处 类 台 条 张 座 套 件 种 款 次 户 人 人次 大 倍 成 个百分点 支 组 场 份 门"
_MEASURED = (
    "% ‰ ‱ 元 美元 位 辆 部 本 幅 块 间 架 艘 只 颗 路 批 期 站 级 层 册 篇 例 笔 枚 盏 根 片 棵 株"
    " 秒 分钟 小时 个小时 工作日 个工作日 天 日 周 个月 课时 学时 人日 户次 车次 台次 批次 点 节"
    " 米 千米 公里 平米 平方米 平方公里 立方米 亩 公顷 克 千克 公斤 吨 瓦 千瓦 千瓦时 兆瓦 千伏 度 兆"
    " 芯公里 个/万人 人/平方公里 等 机架 标准机架 机柜 标准箱"
    " Kbps Mbps Gbps Tbps M MB GB TB PB EB kV kW MW km km2 m2 PFlops EFlops"
)
# In running text these follow a number in dates, names and ordinals far more often than in figures.
_NOT_IN_TEXT = "等 日 级 期 批 路 站 点 部 位 节 度 层 周 本 例 块 根 片 笔 课时"
_COMPOUNDS = {
    **{"人": "工民口才员社力均脸事", "家": "庭长级电园校具", "所": "有属在需谓", "名": "称录单"},
    **{"类": "别型似", "件": "事", "条": "例件目", "次": "序要日月年", "处": "理置于室罚", "台": "账网阶"},
    **{"户": "籍外口镇村", "种": "子植业", "场": "景所地馆", "座": "谈", "组": "织建", "份": "额"},
    **{"门": "户诊类", "大": "脑厅学型数会众", "支": "持撑付出行部队", "套": "餐", "天": "空然网地下"},
    **{"成": "果员立本效为就长功型品分绩都不立因人语熟"},
}

_FRONTS: dict[Comparator, str] = {
    "le": "不得超过 不超过 未超过 不得高于 不高于 不多于 不大于 至多 最多",
    "ge": "不得低于 不低于 不得少于 不少于 不小于 不下于 至少 最少 最低",
    "gt": "超过 突破 高于 大于 多于 超出 超 逾",
    "lt": "低于 少于 小于 不足 不到",
    "approx": "大约 约 将近 接近 近",
}
_TAILS: dict[Comparator, str] = {
    "ge": "(含)以上 含以上 及以上 以上",
    "le": "(含)以下 含以下 及以下 (含)以内 以下 以内 之内",
    "approx": "左右 上下",
}
_MEANING = {
    word: meaning
    for words in (_FRONTS, _TAILS)
    for meaning, listed in words.items()
    for word in listed.split()
}
# 节约30% and 附近3家 hold no comparator.
_NO_FRONT = "(?<![预节公条契签违制合]约)(?<![附最邻靠]近)(?<![赶反]超)"


# 一半 and 半数 are fifty per cent, 过半 is more; 半年, 半导体 and 经过半天 are none of these.
_PAST = "(?<![经通超不度渡越跨])过"
_NO_WORD = "(?![年天日月个小时点工岛导径自封价公成程官路途夜])"
_SHARE = (
    rf"(?P<share>(?P<past>{_PAST})?(?:一半|半数)|(?:(?P<over>{_PAST})|(?<=[超逾近]))半){_NO_WORD}"
    "|(?P<vulgar>[¼-¾⅐-⅞])"
)
_SEMI = "(?<![上下每两一大小几数0-9个倍年月天])半(?P<semi>个?小时|个?工作日|个月|个百分点|天(?![空候堂]))"
# 两倍半, 一个半小时 and 七成五 add a half or a tenth to what stands before, 九成多 an open rest.
_AND_HALF = (
    rf"(?:(?<=[倍个成时天日])(?P<half>半)(?P<timed>(?<=个半)(?:小时|工作日|月))?{_NO_WORD}"
    rf"|(?<=成)(?P<tenth>[{DIGITS[1:]}1-9])(?![0-9A-Za-z{DIGITS}十百千万亿个项家所处类名成])"
    "|(?<=[成倍])(?P<odd>多)(?![个项家种样元点次方]))?"
)


def _any(words: str) -> str:
    return "|".join(map(re.escape, sorted(words.split(), key=len, reverse=True)))


def _unit(words: str, compounds: bool) -> str:
    latin = " ".join(word for word in words.split() if word[0].isascii() and word[0].isalpha())
    han = " ".join(word for word in words.split() if word not in latin.split())
    guard = "".join(f"(?!(?<={unit})[{then}])" for unit, then in _COMPOUNDS.items()) if compounds else ""
    return rf"(?:(?:{_any(han)}){guard}|(?i:{_any(latin)})(?![A-Za-z0-9]))"


def _figure(unit: str, unit_required: bool, guard: str) -> str:
    needed = "|(?<=[百千万亿])(?!级)" if unit_required else "|"
    span = rf"(?P<first>{NUMERAL}) ?(?P<first_unit>{unit})? ?(?:[-—–―−~]{{1,2}}|至|到) ?"
    same = rf"(?P<unit>(?(first_unit)(?P=first_unit)|{unit}){needed})"
    numeral = rf"(?P<numeral>{NUMERAL}|[{SIGNS}])(?P<more> ?[余多](?P<scale>[百千万亿]+)?)?"
    counted = rf"(?:{span})?{numeral} ?{same}{_AND_HALF}"
    fraction = rf"(?P<whole>{NUMERAL})分之(?P<part>{NUMERAL})"
    doubling = rf"(?P<doubling>翻了?(?:(?P<times>[{DIGITS[1:]}两1-9])?番|一?倍))"
    front = rf"(?:(?P<front>{_any(' '.join(_FRONTS.values()))}){_NO_FRONT}(?:了|达到|达|到|有)? ?)?"
    tail = rf"(?: ?(?P<tail>{_any(' '.join(_TAILS.values()))}))?"
    return rf"{front}{guard}(?:{doubling}|{fraction}|{_SHARE}|{_SEMI}|{counted}){tail}"


# What a clause begins behind and ends before; an empty string stands for the ends of the text.
_OPENING = ("", *"\n\t ,，。;:、()!?·—“")
_UNITS = f"{_COUNTED} {_MEASURED}"
_UNITS_IN_TEXT = " ".join(unit for unit in _UNITS.split() if unit not in _NOT_IN_TEXT.split())
_CASES = {unit.lower(): unit for unit in _UNITS.split() if unit.isascii()}
_NEUTRAL = "(?:达到|实现|达|到|为|均|各|前|共|在|了| )*"
# What stands before a numeral that is part of a name, an ordinal, a date or a longer number.
_LEFT_GUARD = rf"(?<![0-9A-Za-z.+/第几每{DIGITS}〇十廿卅卌百千万亿两-])(?<![0-9][,:])(?!(?<=数)[十百千万亿])"


# The patterns are built when first asked for, because compiling them takes longer than importing the rest.
@functools.cache
def phrase() -> re.Pattern[str]:
    """Return the pattern of one whole figure in folded text.

    >>> phrase().fullmatch("达到90%以上")["numeral"]
    '90'
    """
    return re.compile(rf"{_NEUTRAL}{_figure(_unit(_UNITS, False), False, '')}的?")


@functools.cache
def in_text() -> re.Pattern[str]:
    """Return the pattern that looks for figures in folded running text.

    >>> in_text().search("新建5G基站2000个")[0]
    '2000个'
    """
    # Most characters of a text can begin no figure and need no further look.
    first = {word[0] for words in _FRONTS.values() for word in words.split()} | {*"半翻过"}
    opens = f"(?=[{''.join(sorted(first))}{DIGITS}0-9〇两十廿卅卌百千万亿{SIGNS}¼-¾⅐-⅞])"
    return re.compile(opens + _figure(_unit(_UNITS_IN_TEXT, True), True, _LEFT_GUARD))


def comparator(match: re.Match[str]) -> Comparator:
    """Return the one comparator that the words around a matched numeral amount to.

    A bound outweighs an approximation and the stricter of two like bounds holds (超过90%以上 is gt). Raises
    CompareError when the words contradict each other.

    >>> comparator(phrase().fullmatch("2300余个")), comparator(phrase().fullmatch("不低于60%"))
    ('gt', 'ge')
    """
    said: set[Comparator] = {_MEANING[word] for word in (match["front"], match["tail"]) if word}
    if match["more"] or match["past"] or match["over"] or match["odd"]:
        said.add("gt")
    bounds = said - {"approx"}
    if {"ge", "gt"} & bounds and {"le", "lt"} & bounds:
        raise CompareError("its comparators contradict each other")
    for strictest in ("gt", "lt", "ge", "le"):
        if strictest in bounds:
            return strictest
    return "approx" if said else "eq"


def spelling(unit: str) -> str:
    """Return `unit` in its usual case.

    >>> spelling("mbps"), spelling("个")
    ('Mbps', '个')
    """
    return _CASES.get(unit.lower(), unit)


def is_counted(match: re.Match[str]) -> bool:
    """Return whether a match of `in_text` counts something, and is not a name written with a number word.

    >>> [is_counted(in_text().search(words)) for words in ("三个清单", "一个清单", "“四个意识”", "十九大")]
    [True, False, False, False]
    """
    numeral, unit = match["numeral"], match["unit"]
    if numeral is None or numeral[0].isascii() or match["first"] or match["half"]:
        return True
    if is_sign(numeral):
        # Ⅱ类 is a class, and ① at the head of a clause numbers an item of a list, unless nothing follows it.
        heads = match.string[: match.start("numeral")][-1:] in _OPENING
        ends = match["tail"] or match.string[match.end() : match.end() + 1] in _OPENING
        return not "Ⅰ" <= numeral <= "ↈ" and (not heads or bool(ends))
    opens_a_name = match.string[: match.start()].endswith(("“", "‘", "「", "『"))
    # 百, 千 and 万 alone make names (千家万户, 百强); beside a comparator they count (千名左右).
    vague = numeral[0] in "百千万亿" and not (match["front"] or match["tail"] or match["more"])
    ordinal = numeral in ("一", "二") and unit not in MULTIPLES
    # 十九大 and 二十大 are congresses.
    congress = unit == "大" and len(numeral) > 1
    return not (opens_a_name or vague or ordinal or congress or not unit)
