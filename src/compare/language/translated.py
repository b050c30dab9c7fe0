"""The numbers that a Chinese text and its English translation name, to hold one against the other."""

from __future__ import annotations

import re
from decimal import Decimal

from compare.errors import CompareError
from compare.language.folding import fold
from compare.language.numerals import FIGURES, WORDS, read_numeral

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"),
)
_WORDS = (
    {word: Decimal(value) for value, word in enumerate(_ONES)}
    | {word: Decimal(20 + 10 * at) for at, word in enumerate(_TENS)}
    | {word: Decimal(1 + at) for at, word in enumerate(_ORDINALS)}
    | {"once": Decimal(1), "twice": Decimal(2), "dual": Decimal(2), "double": Decimal(2), "both": Decimal(2)}
    | {"half": Decimal("0.5"), "halves": Decimal("0.5"), "hundred": Decimal(100), "thousand": Decimal(1000)}
    | {"dozen": Decimal(12)}
)
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SCALES |= {"mn": 10**6, "bn": 10**9, "tn": 10**12}
_ENGLISH = re.compile(
    r"(?P<figures>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s?(?P<scale>hundred|thousand|million|billion|"
    r"trillion|mn|bn|tn)\b)?|(?P<word>[A-Za-z]+)"
)
_CHINESE = re.compile(
    rf"(?P<figures>{FIGURES}(?: ?[百千万亿]+)?)|(?P<digits>\d+(?:\.\d+)?)|(?P<words>{WORDS})"
)
_MONTH = re.compile(r"(?P<month>\d{1,2}) ?月|(?P<lost>\d{1,2})底(?=前)")
# No number below a billion times a thousand takes more characters in words.
_SPOKEN = 24
# Words in which a numeral names nothing that a translation would count.
_FREE = {Decimal(0), Decimal(1), Decimal(2)}


def figures_said(text: str) -> set[Decimal]:
    """Return the numbers that a Chinese text writes in figures; months are left to words.

    >>> sorted(map(int, figures_said("12月底前,建成1.2万个,覆盖率90%以上")))
    [90, 12000]
    """
    return _read(_MONTH.sub(lambda found: " " * len(found[0]), fold(text)), "figures", "digits")


def numbers_allowed(text: str) -> set[Decimal]:
    """Return every number that a Chinese text gives reason to write: in figures, in words, as a month.

    >>> sorted(map(int, numbers_allowed("十四五期间,12个")))[-2:]
    [12, 14]
    """
    folded = fold(text)
    found = _read(folded, "figures", "digits", "words")
    found |= {Decimal(found["month"] or found["lost"]) for found in _MONTH.finditer(folded)}
    # 1234 of 1+2+3+4 or 十四五 as 14: what stands apart in one language may stand together in the other.
    for run in re.findall(rf"[{'零一二三四五六七八九十百千万两〇'}]+", folded):
        starts = range(len(run))
        parts = {run[start:end] for start in starts for end in range(start + 1, start + _SPOKEN + 1)}
        found = found.union(*map(_value, parts))
    return found | ({Decimal("0.5")} if "半" in folded else set())


def numbers_translated(text: str) -> tuple[set[Decimal], set[Decimal]]:
    """Return the numbers that an English text writes in figures, and those it writes in figures or words.

    >>> [sorted(map(int, found)) for found in numbers_translated("10 or more by June, twelve in all")]
    [[10], [6, 10, 12]]
    """
    figures: set[Decimal] = set()
    words: set[Decimal] = set()
    for found in _ENGLISH.finditer(text):
        if found["figures"]:
            value = Decimal(found["figures"].replace(",", "")) * _SCALES.get((found["scale"] or ""), 1)
            figures.add(value.normalize())
            continue
        word = found["word"].lower()
        if word in MONTHS and found["word"][0].isupper() and (word != "may" or _is_month(text, found)):
            words.add(Decimal(MONTHS.index(word) + 1))
        elif word.rstrip("s") in _WORDS:
            words.add(_WORDS[word.rstrip("s")])
    return figures, figures | words


def _is_month(text: str, found: re.Match[str]) -> bool:
    """Tell the month of by May and 5 May from the verb of May be."""
    before = text[: found.start()].rstrip(" -").rpartition(" ")[2].lower()
    led_in = before in ("by", "of", "in", "end", "before", "until", "to", "from")
    return led_in or before.isdigit() or bool(re.match(r" \d", text[found.end() :]))


def numbers_apart(chinese: str, english: str) -> tuple[list[str], list[str]]:
    """Return the figures of a Chinese text that its translation lacks, and those it has beyond the text.

    Figures may be translated as words and dates as months; words for one and two are free.

    >>> numbers_apart("建设不少于100个智慧社区", "Build at least 900 smart communities")
    (['100'], ['900'])
    """
    said, allowed = figures_said(chinese), numbers_allowed(chinese)
    figures, all_said = numbers_translated(english)
    lacking = {value for value in said if value not in all_said}
    beyond = {value for value in figures if value not in allowed and value not in said}
    beyond |= {value for value in all_said - figures - _FREE if value not in allowed and value not in said}
    return [_plain(value) for value in sorted(lacking)], [_plain(value) for value in sorted(beyond)]


def _read(text: str, *groups: str) -> set[Decimal]:
    found: set[Decimal] = set()
    for match in _CHINESE.finditer(text):
        for group in groups:
            if match[group]:
                found |= _value(match[group])
    return found


def _value(words: str) -> set[Decimal]:
    try:
        return {read_numeral(words.replace(" ", "")).normalize()}
    except CompareError:
        digits = re.fullmatch(r"\d+(?:\.\d+)?", words)
        return {Decimal(words).normalize()} if digits else set()


def _plain(value: Decimal) -> str:
    return f"{value:f}"
