"""Figures with their unit and comparator, as policy texts write them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from compare.errors import CompareError, brief
from compare.language import wording
from compare.language.folding import fold
from compare.language.numerals import read_numeral
from compare.language.spans import Span
from compare.language.wording import Comparator

_PARTS = {Decimal(100): "%", Decimal(1000): "‰", Decimal(10_000): "‱"}
_HALF = Decimal("0.5")
# Looking for what could not be read in more than a clause would take the square of its length.
_LONGEST = 200


@dataclass(frozen=True)
class Quantity:
    """What a figure says: `low` and `high` are plain numbers, percent as 90, an open side is None.

    `eq` and `approx` carry the value on both sides; `ge` and `gt` only `low`; `le` and `lt` only `high`.
    `unit` is in Simplified script and its usual case. `multiplier` counts the groups that 各 speaks of: the
    reader leaves it at 1, the coder decides. Raises CompareError when the sides do not fit the comparator.

    >>> Quantity("ge", 90, None, "%")
    Quantity(comparator='ge', low=90, high=None, unit='%', multiplier=1)
    >>> Quantity("eq", 90, None, "%")
    Traceback (most recent call last):
    ...
    compare.errors.CompareError: A figure "eq" cannot have low=90 and high=None
    """

    comparator: Comparator
    low: float | None
    high: float | None
    unit: str
    multiplier: int = 1

    def __post_init__(self) -> None:
        if not self._sides_fit():
            sides = f"low={self.low} and high={self.high}"
            raise CompareError(f'A figure "{self.comparator}" cannot have {sides}')

    def _sides_fit(self) -> bool:
        # 亿 behind 亿 without end comes to more than a number can be.
        if math.inf in (self.low, self.high):
            return False
        if self.comparator in ("ge", "gt"):
            return self.low is not None and self.high is None
        if self.comparator in ("le", "lt"):
            return self.low is None and self.high is not None
        if self.low is None or self.high is None:
            return False
        return self.low < self.high if self.comparator == "range" else self.low == self.high


def parse_quantity(text: str) -> Quantity:
    """Return the figure that the whole of `text` states.

    The text may hold one numeral or range, its unit, comparator words and neutral words such as 达到, 各, 前.
    Raises CompareError saying which words could not be read.

    >>> parse_quantity("达到90%以上")
    Quantity(comparator='ge', low=90.0, high=None, unit='%', multiplier=1)
    >>> parse_quantity("超过1.2万个").low, parse_quantity("3-5个").high
    (12000.0, 5.0)
    >>> parse_quantity("九成以上").low, parse_quantity("过半").comparator, parse_quantity("两倍半").low
    (90.0, 'gt', 2.5)
    >>> parse_quantity("打造20个以上场景")
    Traceback (most recent call last):
    ...
    compare.errors.CompareError: "打造20个以上场景" is not one figure: "打造" and "场景" could not be read
    """
    folded = fold(text)
    if len(text) > _LONGEST:
        raise CompareError(f'"{brief(text)}" is not one figure: it is too long for one')
    match = wording.phrase().fullmatch(folded)
    if match is None:
        raise CompareError(f'"{text}" is not one figure: {_unread(text, folded)}')
    try:
        return _state(match)
    except CompareError as error:
        raise CompareError(f'"{text}" is not one figure: {error}') from None


def find_quantities(text: str) -> list[tuple[Span, Quantity]]:
    """Return the figures of running text, left to right, each with the span of its words.

    A span covers numeral, unit and the comparator words that touch them. Years, dates, document and section
    numbers, ordinals, names such as 5G or 1+6+N, and bare numerals without unit or scale are passed over.

    >>> [(span.slice("新建70个以上、5G基站2000个"), found.low)
    ...  for span, found in find_quantities("新建70个以上、5G基站2000个")]
    [('70个以上', 70.0), ('2000个', 2000.0)]
    """
    return list(_finds(fold(text)))


def _finds(folded: str) -> Iterator[tuple[Span, Quantity]]:
    for match in wording.in_text().finditer(folded):
        if not wording.is_counted(match):
            continue
        try:
            yield Span(*match.span()), _state(match)
        except CompareError:
            # Running text may hold what looks like a figure and is none (一二个); only `parse` complains.
            continue


def _unread(text: str, folded: str) -> str:
    match = wording.phrase().search(folded)
    if match is None:
        return "it holds no numeral"
    rest = [f'"{part}"' for part in (text[: match.start()], text[match.end() :]) if part]
    return f"{' and '.join(rest)} could not be read"


def _state(match: re.Match[str]) -> Quantity:
    """Return what one match of a pattern of `wording` states; raises CompareError when it states nothing."""
    if match["doubling"]:
        # 翻一番 is twice as much, 翻两番 four times.
        times = int(read_numeral(match["times"] or "一"))
        return _bound(wording.comparator(match), 2.0**times, "倍")
    if share := _share(match):
        return _bound(wording.comparator(match), *share)
    unit = wording.spelling(match["unit"] or "")
    if match["numeral"] == "一" and not (match["first"] or match["half"] or unit in wording.MULTIPLES):
        raise CompareError(f'"一{unit}" is indefinite')
    value = read_numeral(match["numeral"] + (match["scale"] or ""))
    if match["first"]:
        return _tenths(_range(match, value, unit))
    value += _HALF if match["half"] else read_numeral(match["tenth"] or "零") / 10
    unit = f"{unit}{match['timed']}" if match["timed"] else unit
    return _tenths(_bound(wording.comparator(match), float(value), unit))


def _share(match: re.Match[str]) -> tuple[float, str] | None:
    """Return value and unit of a share of one (三分之二, 过半, ½) or of half a unit of time."""
    if match["whole"]:
        return _fraction(read_numeral(match["part"]), read_numeral(match["whole"]))
    if match["semi"]:
        return 0.5, match["semi"]
    if match["vulgar"]:
        return _percent(Decimal(unicodedata.numeric(match["vulgar"]))), "%"
    return (50.0, "%") if match["share"] else None


def _fraction(part: Decimal, whole: Decimal) -> tuple[float, str]:
    if whole == 0:
        raise CompareError("nothing can be divided by zero")
    if whole in _PARTS:
        return float(part), _PARTS[whole]
    return _percent(part / whole), "%"


def _percent(share: Decimal) -> float:
    # As many digits as a table can hold and give back: two thirds are 66.6666666666667.
    return float(f"{100 * share:.15g}")


def _tenths(said: Quantity) -> Quantity:
    """Return 九成 as ninety per cent, anything else as it stands."""
    if said.unit != "成":
        return said
    low, high = (None if side is None else float(10 * Decimal(str(side))) for side in (said.low, said.high))
    if max(low or 0, high or 0) > 100:
        raise CompareError("no share is more than ten tenths")
    return Quantity(said.comparator, low, high, "%")


def _range(match: re.Match[str], high: Decimal, unit: str) -> Quantity:
    if wording.comparator(match) not in ("eq", "approx"):
        raise CompareError("a range takes no bound")
    low = read_numeral(match["first"])
    core = match["numeral"].rstrip("万亿")
    # 1-2万 means 10,000 to 20,000, but 5000-1万 means what it says.
    if core and match["first"][-1] not in "万亿" and low < read_numeral(core):
        low = low * high / read_numeral(core)
    return Quantity("range", float(low), float(high), unit)


def _bound(comparator: Comparator, value: float, unit: str) -> Quantity:
    low = None if comparator in ("le", "lt") else value
    high = None if comparator in ("ge", "gt") else value
    return Quantity(comparator, low, high, unit)
