"""One script, one width and one spelling for reading, with every character still in its place."""

from __future__ import annotations

import re
import unicodedata

# Only characters that the readers look for; names of people and places are never folded for good.
_PAIRS = (
    "個个 項项 類类 處处 臺台 條条 張张 種种 戶户 輛辆 組组 間间 場场 萬万 億亿 兩两 両两"
    " 餘余 過过 達达 約约 內内 為为 實实 現现 點点 畝亩 頃顷 噸吨 鐘钟 時时 於于 總总"
    " 幾几 節节 預预 當当 終终 齡龄 劃划 規规 數数 雙双 減减 從从 顆颗 爭争 後后 來来 轉转"
    " 貳贰 陸陆 叄叁 參参 徑径 導导 島岛 價价 會会"
)
# Radicals that PDF copies write for the character and that Unicode does not call compatible with it
# (its EquivalentUnifiedIdeograph list does); the Kangxi radicals it does.
_RADICALS = (
    "⺁厂 ⺃乚 ⺄乙 ⺈刀 ⺊卜 ⺌小 ⺍小 ⺎兀 ⺒巳 ⺓幺 ⺝月 ⺠民 ⺧牛 ⺩王 ⺫目 ⺬示 ⺮竹 ⺶羊 ⺻聿 ⺼肉"
    " ⺽臼 ⻁虎 ⻃覀 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 ⻑長 ⻓长 ⻔门 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞"
    " ⻝食 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻬齐 ⻮齿 ⻰龙 ⻱龜 ⻲亀"
)
# Banker's numerals and old forms; those that are mostly parts of words wait for `_IN_WORDS`.
_SPELLINGS = "壹一 弌一 贰二 弍二 叁三 弎三 柒七 捌八 玖九 佰百 仟千"
_BESIDE_NOUGHT = "一二三四五六七八九伍陆肆〇零○"
_IN_WORDS = re.compile(
    # Few texts hold any of these: the first look at each character is a cheap one.
    "(?=[伍陆拾肆参○⁰¹²³⁴-⁹₀-₉])(?:"
    "(?<![队隊入退行落])(?<![队隊入退行落] )伍|(?<![大内登着水海平安])陆(?![地路海续續军域上运空港桥]|家嘴)"
    "|(?<![收俯捡])拾(?![遗荒取金])|(?<![放大酒茶书])肆(?![意虐无])|(?<![人党西海沙丹内])参(?=[拾百千])"
    # A circle between digits is a nought (二○二五), and a bullet elsewhere; a raised 2 belongs to m².
    f"|(?<=[{_BESIDE_NOUGHT}])○|○(?=[{_BESIDE_NOUGHT}])|(?<=[A-Za-z])[⁰¹²³⁴-⁹₀-₉])"
)
_SPELT = {"伍": "五", "陆": "六", "拾": "十", "肆": "四", "参": "三", "○": "〇"}
_ONE_FOR_ONE = {ord(pair[0]): ord(pair[1]) for pair in f"{_PAIRS} {_RADICALS} {_SPELLINGS}".split()}
# The full-width comma stays: it parts two numbers (5，100个), where the half-width one may join thousands.
_KEPT = frozenset("，")


class _Folds(dict[int, int]):
    """What each character folds to, found when it is first met: Unicode is too wide to go through."""

    def __missing__(self, code: int) -> int:
        self[code] = folded = _folded(code)
        return folded


def _folded(code: int) -> int:
    character = chr(code)
    category = unicodedata.category(character)
    # A circled, bracketed or Roman number is no figure of a longer number (①100个): it stays a sign of its
    # own, and `numerals` reads it where it stands for one. Raised and lowered digits are looked at in place.
    if character in _KEPT or category in ("No", "Nl"):
        return code
    if category == "Nd":
        return ord(str(unicodedata.decimal(character)))
    compatible = unicodedata.normalize("NFKC", character)
    code = ord(compatible) if len(compatible) == 1 else code
    simple = _ONE_FOR_ONE.get(code, code)
    return _ONE_FOR_ONE.get(simple, simple)


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Return `text` in half-width and Simplified characters, of the same length, position by position.

    Folded is what Unicode calls compatible where it is one character for one (⼗, ５, 﨑), banker's numerals
    (壹佰) and, of the Traditional script, the characters that figures and time expressions are made of.

    >>> fold("不少於２０００項"), fold("⼗個、壹佰個、二○二五年")
    ('不少于2000项', '十个、一百个、二〇二五年')
    >>> fold("队伍、内陆、①100个")
    '队伍、内陆、①100个'
    """
    folded = text.translate(_FOLDS)
    return folded if folded.isascii() else _IN_WORDS.sub(_spelt, folded)


def _spelt(match: re.Match[str]) -> str:
    sign = match[0]
    return _SPELT.get(sign) or unicodedata.normalize("NFKC", sign)


def is_sign(text: str) -> bool:
    """Return whether a text is one character that is a whole number: circled, bracketed, Roman, Suzhou.

    >>> [is_sign(text) for text in ("⑩", "Ⅻ", "½", "5", "十")]
    [True, True, False, False, False]
    """
    number = len(text) == 1 and unicodedata.category(text) in ("No", "Nl")
    return number and unicodedata.numeric(text, 0.5).is_integer()
