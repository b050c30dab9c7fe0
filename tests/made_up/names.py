"""Names that exist nowhere: places with their division codes, and the bodies that plans give tasks to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

_FIRST = (
    "霓 ni;岫 xiu;翎 ling;椿 chun;曦 xi;琅 lang;黛 dai;薇 wei;芷 zhi;萤 ying;璇 xuan;溯 su;渺 miao;箫 xiao;"
    "绫 lin;绮 qi;澈 che;皓 hao;茉 mo;荻 di;棠 tang;桐 tong;枫 feng;鸢 yuan;鹭 lu;蕊 rui;珩 heng;珞 luo;"
    "蓼 liao;蘅 hen;苓 len;岚 lan"
)
_LAST = "屿 yu;陂 pi;浔 xun;崖 ya;埠 bu;坞 wu;岑 cen;泊 bo;渚 zhu;汀 ting;垣 yuan;峤 jiao;渡 du;津 jin;矶 ji"
# No division of the real list begins with these.
_PREFIXES = ("16", "17", "18", "19", "24", "25", "26", "27", "28", "29", "38", "39", "47", "48", "49",
             "55", "56", "57", "58", "59", "66", "67", "68", "69", *map(str, range(72, 80)),
             *map(str, range(83, 100)))  # fmt: skip
_BODIES = (
    ("data", "数据资源局", "Data Resources Bureau"),
    ("finance", "财政局", "Finance Bureau"),
    ("industry", "工业和信息化局", "Industry and Information Technology Bureau"),
    ("civil-affairs", "民政局", "Civil Affairs Bureau"),
    ("education", "教育局", "Education Bureau"),
    ("health", "卫生健康委员会", "Health Commission"),
    ("approval", "行政审批服务局", "Administrative Approval Bureau"),
    ("housing", "住房和城乡建设局", "Housing and Construction Bureau"),
)


@dataclass(frozen=True)
class Agency:
    """A body of a city, under the name that its documents use."""

    agency_id: str
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class Town:
    """A city or province that exists nowhere."""

    place_id: str
    level: str
    name_zh: str
    name_en: str
    division_code: str
    parent_id: str

    @property
    def agencies(self) -> list[Agency]:
        """The bodies of a city."""
        return [Agency(f"{self.place_id.replace('_', '-')}-{key}", f"市{zh}", en) for key, zh, en in _BODIES]


def make_places(
    cities: int, provinces: int, nation: str, taken: set[str], rng: Random
) -> tuple[list[Town], list[Town]]:
    """Return that many provinces and the cities in them, as even as can be, none under a name in `taken`.

    Raises ValueError where there are more provinces than unused codes, or none for the cities.

    >>> above, below = make_places(5, 2, "nation", set(), Random(1))
    >>> [place.parent_id for place in below] == [above[at].place_id for at in (0, 0, 0, 1, 1)]
    True
    >>> len({place.place_id for place in above + below} | {place.name_zh for place in above + below})
    14
    """
    if not 1 <= provinces <= len(_PREFIXES) or (cities and cities < provinces):
        raise ValueError(f"{cities} cities cannot lie in {provinces} provinces")
    named = iter(list(islice(_names(rng, taken), cities + provinces)))
    prefixes = [prefix for prefix in _PREFIXES if prefix not in {name[:2] for name in taken}][:provinces]
    above = [_place(next(named), "province", f"{prefix}0000", nation) for prefix in prefixes]
    below = []
    for number, province in enumerate(above):
        share = cities // provinces + (number < cities % provinces)
        for at in range(1, share + 1):
            code = province.division_code[:2] + (f"{at:02d}00" if share < 100 else f"{at:04d}")
            below.append(_place(next(named), "prefecture", code, province.place_id))
    return above, below


def _place(name: tuple[str, str], level: str, code: str, parent: str) -> Town:
    zh, pinyin = name
    return Town(pinyin, level, zh, pinyin.capitalize(), code, parent)


def _names(rng: Random, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Yield names with their spelling, of two characters first, then of three."""
    first = [tuple(pair.split()) for pair in _FIRST.split(";")]
    last = [tuple(pair.split()) for pair in _LAST.split(";")]
    short = [(a + b, x + y) for a, x in first for b, y in last]
    long = [(a + b + c, x + y + z) for a, x in first for b, y in first if a != b for c, z in last]
    used = set(taken)
    for names in (short, long):
        rng.shuffle(names)
        for zh, pinyin in names:
            if not {zh, pinyin} & used:
                used |= {zh, pinyin}
                yield zh, pinyin
