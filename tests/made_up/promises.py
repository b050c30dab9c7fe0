"""What is promised: an indicator, a verb, and a value in words that say exactly what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from made_up.writing import Row

# Measure words that stand behind a number in running text; other units make no sentence here.
MEASURE_WORDS = frozenset("个家项所%类次张人户元")
# A numeral in a name would have to be accounted for; 5G stands for itself.
NUMERALS = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿两半几壹贰叁廿]")
SCOPES = ("", "", "", "全市", "农村")
TENS = "一二三四五六七八九"


@dataclass(frozen=True)
class Value:
    """A value: its words, its bounds, and the same in English.

    >>> Value.of(90, "%", "ge", Random(1))
    Value(words='90%以上', comparator='ge', low=90, high=None, english='at least 90%')
    """

    words: str
    comparator: str
    low: float | None
    high: float | None
    english: str

    @classmethod
    def of(cls, number: float, unit: str, comparator: str, rng: Random) -> Value:
        """Return a value that the comparator bounds, in one of the ways to say so."""
        numeral, sign = _numeral(number, unit, rng), "%" if unit == "%" else ""
        front, tail = rng.choice(_FORMS[comparator])
        low = None if comparator in ("le", "lt") else number
        high = None if comparator in ("ge", "gt") else number
        told = f"{number / 1e9:g} billion yuan" if unit == "元" else f"{number:,.0f}{sign}"
        return cls(f"{front}{numeral}{unit}{tail}", comparator, low, high, f"{_ENGLISH[comparator]}{told}")

    @classmethod
    def between(cls, low: int, high: int, unit: str) -> Value:
        """Return a range."""
        return cls(f"{low}-{high}{unit}", "range", low, high, f"{low:,} to {high:,}")


_FORMS = {
    "eq": (("", ""),),
    "ge": (("", "以上"), ("不少于", ""), ("不低于", "")),
    "gt": (("超过", ""), ("突破", "")),
    "approx": (("约", ""), ("", "左右")),
    "le": (("不超过", ""), ("", "以内")),
}
_ENGLISH = {"eq": "", "ge": "at least ", "gt": "more than ", "approx": "about ", "le": "at most "}


def _numeral(number: float, unit: str, rng: Random) -> str:
    if unit == "元":
        return f"{number / 1e8:g}亿"
    if number >= 10000 and number % 1000 == 0:
        return f"{number / 1e4:g}万"
    tens, ones = divmod(int(number), 10)
    if unit != "%" and 2 <= tens <= 9 and not ones and rng.random() < 0.3:
        return f"{TENS[tens - 1]}十"
    return f"{number:.0f}"


@dataclass(frozen=True)
class Item:
    """What cities of this world promise of an indicator: how, by when, and about how much.

    `year` counts from a document's first, `month` is true where a day within the year is named.
    """

    indicator_id: str
    topic_id: str
    name_zh: str
    name_en: str
    unit_id: str
    unit: str
    basis: str
    verb: str
    act: str
    year: int
    month: bool
    base: float
    scope: str = ""

    @property
    def opening(self) -> str:
        """What is said before the value."""
        first = self.act == "build"
        return f"{self.verb}{self.name_zh}" if first else f"{self.name_zh}{self.verb}"

    @property
    def english(self) -> str:
        """The same in English."""
        where = {"全市": "the whole city, ", "农村": "the countryside, "}.get(self.scope, "")
        return f"{'Build' if self.act == 'build' else 'Reach'} {where}{self.name_en}"

    def value(self, rng: Random, equal: bool) -> Value:
        """Return what one city promises, the same for all where `equal`."""
        factor = 1.0 if equal else rng.choice((0.4, 0.7, 1.0, 1.3, 1.9))
        comparator = "eq" if equal else rng.choice(("eq", "eq", "ge", "gt", "approx"))
        if not equal and self.unit not in ("%", "元") and rng.random() < 0.05:
            low = max(1, round(self.base * factor))
            return Value.between(low, low + rng.randint(1, 9), self.unit)
        return Value.of(self.number(factor), self.unit, comparator, rng)

    def number(self, factor: float) -> float:
        """Return a plain number of this order: whole, a share below 100, money in hundreds of millions."""
        raw = self.base * factor
        if self.unit == "%":
            return float(min(98, max(3, round(raw))))
        if self.unit == "元":
            return max(1, round(raw / 1e8)) * 1e8
        return float(round(raw, -3) if raw >= 10000 else max(1, round(raw)))


def make_agenda(indicators: Iterable[Row], units: Iterable[Row], rng: Random) -> list[Item]:
    """Return what may be promised of each indicator whose words make a sentence."""
    words = {unit["unit_id"]: unit["name_zh"] for unit in units}
    items = []
    for row in indicators:
        unit = words[row["unit_id"]]
        if unit in MEASURE_WORDS and not _numbered(row["name_zh"]) and not _numbered(row["name_en"]):
            items.append(_item(row, unit, rng))
    return items


def _numbered(name: str) -> bool:
    return bool(NUMERALS.search(name.replace("5G", "")) or set("()（）;；,，") & set(name))


def _item(row: Row, unit: str, rng: Random) -> Item:
    name = row["name_zh"]
    if unit == "%":
        basis, verb = "growth" if "增幅" in name else "rate", "达到"
    elif unit == "元" or name.startswith("新"):
        basis, verb = "flow", "达到"
    else:
        basis, verb = rng.choice((("flow", "新增"), ("stock", "总数达到"), ("ambiguous", "建成")))
        name = name.removesuffix("数") if not name.endswith("次数") else name
    base: float = rng.choice((5, 8, 30, 70, 200, 900, 1500, 12000))
    base = {"%": rng.randint(8, 20) if basis == "growth" else rng.randint(40, 75), "元": 6e9}.get(unit, base)
    act = "reach" if "达到" in verb else "build"
    return Item(row["indicator_id"], row["topic_id"], name, row["name_en"], row["unit_id"], unit, basis, verb,
                act, rng.randint(0, 2), rng.random() < 0.4, base, rng.choice(SCOPES))  # fmt: skip


def picked(agenda: Sequence[Item], topics: Sequence[str] | None, number: int, rng: Random) -> list[Item]:
    """Return that many items of the topics: half are those that every city takes, the rest are drawn."""
    open_to = [item for item in agenda if topics is None or item.topic_id in topics]
    shared = open_to[: (number + 1) // 2]
    others = open_to[len(shared) :]
    return shared + rng.sample(others, min(len(others), number - len(shared)))
