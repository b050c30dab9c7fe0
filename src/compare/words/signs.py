"""How a language is written: what stands between words, and the shapes of numbers and dates.

What one language has of its own stands in one file, `<lang>.yaml`, and nowhere in the code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from compare.asked import LANGUAGES


@dataclass(frozen=True)
class Signs:
    """The signs of one language, `[signs]` of its file, with the shapes of its dates and what charts need.

    `names` is the language of the data's names that it reads, `note` the column of their notes, `foreign`
    whether the documents are in another language.
    """

    lang: str
    names: str
    note: str
    foreign: bool
    measure_words: bool
    comma: str
    item: str
    last: str
    semicolon: str
    colon: str
    stop: str
    space: str
    bracket: str
    acts: str
    causes: str
    owners: str
    owner: str
    each: str
    undated: str
    plan: str
    document: str
    thousands: str
    sizes: Sequence[tuple[float, str]]
    singular: Sequence[int]
    counts: Sequence[str]
    dates: Mapping[str, Any]
    charts: Mapping[str, Any]

    def all_of(self, words: Sequence[str]) -> str:
        """Return words as an enumeration.

        >>> signs("zh").all_of(["a", "b", "c"]), signs("en").all_of(["a", "b", "c"])
        ('a、b、c', 'a, b and c')
        """
        *first, last = words or [""]
        return f"{self.item.join(first)}{self.last}{last}" if first else last

    def listed(self, words: Sequence[str | None]) -> str:
        """Return what there is of some words in a running list.

        >>> signs("en").listed(["a", "", "b"])
        'a, b'
        """
        return self.comma.join(filter(None, words))

    def number(self, value: float) -> str:
        """Return a number with at most two decimals.

        >>> signs("zh").number(12000), signs("en").number(12000)
        ('1.2万', '12,000')
        """
        for size, mark in self.sizes:
            if abs(value) >= size:
                return f"{_short(value / size)}{mark}"
        return _short(value, self.thousands)

    def count(self, number: int) -> str:
        """Return a small count in words as a sentence wants it.

        >>> signs("zh").count(4), signs("en").count(4)
        ('四', 'four')
        """
        return self.counts[number] if number < len(self.counts) else str(number)

    def form(self, number: int) -> str:
        """Return which form a noun has behind a count, `one` or `other`: its plural class, of two.

        >>> signs("en").form(1), signs("en").form(2), signs("zh").form(1)
        ('one', 'other', 'other')
        """
        return "one" if number in self.singular else "other"

    def date(self, shape: str, on: Any) -> str:
        """Return a day, or the month, half-year, quarter or year that holds it, in one of the shapes.

        >>> import datetime
        >>> signs("en").date("half_year", datetime.date(2022, 12, 31))
        'second half of 2022'
        """
        pattern = self.dates[shape]
        if not isinstance(pattern, str):
            pattern = pattern[(on.month - 1) * len(pattern) // 12]
        months = self.dates["months"]
        name = months[on.month - 1] if months else ""
        return str(pattern.format(year=on.year, month=on.month, day=on.day, name=name))


def _short(value: float, thousands: str = "") -> str:
    return f"{value:{thousands}.2f}".rstrip("0").rstrip(".").replace("-", "−")


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FILES: dict[str, dict[str, Any]] = {
    lang: yaml.load(Path(__file__).with_name(f"{lang}.yaml").read_bytes(), _LOADER)  # noqa: S506  safe, both
    for lang in LANGUAGES
}
_SIGNS = {
    lang: Signs(lang, **held["signs"], dates=held["dates"], charts=held["charts"])
    for lang, held in _FILES.items()
}


def signs(lang: str) -> Signs:
    """Return the signs of a language."""
    return _SIGNS[lang]


def table(name: str) -> dict[str, dict[str, Any]]:
    """Return a table of words by code, in each language.

    >>> table("every")["en"]["year"]
    'each year'
    """
    return {lang: held[name] for lang, held in _FILES.items()}
