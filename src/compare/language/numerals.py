"""Numbers as policy texts write them: in figures, in words, or half and half."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

import regex

from compare.errors import CompareError, brief
from compare.language.folding import fold, is_sign
from compare.language.spans import Span

DIGITS = "零一二三四五六七八九"
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}
# Numbers that are one character: circled, bracketed, Roman, Suzhou.
SIGNS = "①-⒛⓪⓫-⓴⓵-⓾⓿❶-➓㈠-㈩㉑-㉟㊀-㊉㊱-㊿Ⅰ-ↂ〡-〩〸-〺"
# No plan counts further; what is longer is noise, and would be read for ever.
_LONGEST = 40

# Building blocks for the patterns of other readers; they expect folded text.
# A leading zero makes a code or a telephone number.
FIGURES = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*|0)(?:\.[0-9]+)?"
# The 千 of 千伏 and 千米 belongs to the unit.
_NOT_KILO = "(?!(?<=千)[伏瓦米克])"
WORDS = rf"[{DIGITS}〇两十廿卅卌百千万亿]+{_NOT_KILO}(?:点[{DIGITS}〇]+[万亿]*)?"
NUMERAL = rf"(?:{FIGURES}(?: ?[百千万亿]+{_NOT_KILO}(?:{FIGURES} ?[百千万亿]+)*)?|{WORDS})"

# Looked for in the folded text, so that ⼗, 壹佰 and ５ are seen. What follows the plain numerals counts too:
# 半, 几成, 倍 and 番 of shares and multiples, ⑩, Ⅻ, ½ and ㋅ (a month), and the numerals that folding takes
# for parts of words (队伍), so that a word is always told from a number by a row.
_RUN = regex.compile(
    r"\d+|[〇零一二三四五六七八九十廿卅卌皕百千万亿两]+|[半倍番]|[几数]成(?![员为立本果效就长功型品分绩])|[伍陆拾肆俩仨]+"
    r"|[\p{Nd}\p{Nl}\p{No}㋀-㋋㍘-㍰㏠-㏾]+"
)

_DECIMAL_WORDS = rf"(?P<whole>[{DIGITS}两十百千万亿]+)点(?P<parts>[{DIGITS}]+)(?P<scale>[万亿]*)"
_FIGURE_PAIR = rf"({FIGURES}) ?([百千万亿]*)"


def read_numeral(text: str) -> Decimal:
    """Return the exact number that `text` stands for; 万 and 亿 are multiplied out.

    Raises CompareError when `text` is anything but one well-formed numeral.

    >>> [int(read_numeral(words)) for words in ("1,500", "1.2万", "一万二", "三千零五", "两百五")]
    [1500, 12000, 12000, 3005, 250]
    >>> [int(read_numeral(words)) for words in ("壹佰贰拾", "廿五", "⼗⼆", "一〇五", "⑩")]
    [120, 25, 12, 105, 10]
    >>> read_numeral("一二三")
    Traceback (most recent call last):
    ...
    compare.errors.CompareError: "一二三" cannot be read as a number
    """
    try:
        if len(text) > _LONGEST:
            raise ValueError(text)
        if is_sign(text):
            return Decimal(int(unicodedata.numeric(text)))
        folded = _plain(text)
        if re.match("[0-9]", folded):
            return _read_figures(folded)
        if re.fullmatch(f"[{DIGITS[1:]}][{DIGITS}]*", folded) and "〇" in fold(text):
            return Decimal(read_digits(text))  # 一〇〇: the round nought makes it figures
        return _read_words(folded)
    except ValueError:
        raise CompareError(f'"{brief(text)}" cannot be read as a number') from None


def runs(raw: str) -> list[Span]:
    """Return every run of figures or of Chinese numerals, in whatever characters they are written.

    >>> [span.slice("第三批20家,统一")  for span in runs("第三批20家,统一")]
    ['三', '20', '一']
    >>> [span.slice("壹佰个,⑩个,过半")  for span in runs("壹佰个,⑩个,过半")]
    ['壹佰', '⑩', '半']
    """
    return [Span(found.start(), found.end()) for found in _RUN.finditer(fold(raw))]


def read_digits(text: str) -> int:
    """Return the number written digit by digit, as years are; raises CompareError on anything else.

    >>> read_digits("二〇二五"), read_digits("２０２５")
    (2025, 2025)
    """
    folded = _plain(text)
    figures = "".join(str(DIGITS.index(sign)) if sign in DIGITS else sign for sign in folded)
    if len(text) > _LONGEST or not re.fullmatch("[0-9]+", figures):
        raise CompareError(f'"{brief(text)}" cannot be read digit by digit')
    return int(figures)


def _plain(text: str) -> str:
    folded = fold(text).replace("〇", "零")
    for sign, words in TENS.items():
        folded = folded.replace(sign, words)
    return folded


def _read_figures(text: str) -> Decimal:
    total, limit, end = Decimal(0), Decimal("Infinity"), 0
    while end < len(text):
        pair = re.match(_FIGURE_PAIR, text[end:])
        if pair is None:
            raise ValueError(text)
        scale = _read_whole(pair[2], leading=True) if pair[2] else 1
        part = Decimal(pair[1].replace(",", "")) * scale
        # 3万5千 adds up; 5千3万 and 3万5 say nothing certain.
        if (end and not pair[2]) or part >= limit:
            raise ValueError(text)
        total, limit, end = total + part, Decimal(scale), end + pair.end()
    return total


def _read_words(text: str) -> Decimal:
    decimal = re.fullmatch(_DECIMAL_WORDS, text)
    if decimal is None:
        return Decimal(_read_whole(text, leading=True))
    figures = "".join(str(DIGITS.index(sign)) for sign in decimal["parts"])
    scale = _read_whole(decimal["scale"], leading=True) if decimal["scale"] else 1
    return Decimal(f"{_read_whole(decimal['whole'], leading=True)}.{figures}") * scale


def _read_whole(text: str, leading: bool) -> int:
    """Read integer words; `leading` is true where a bare 十, 百, 千, 万 or 亿 may open the numeral."""
    if text == "两":
        return 2
    if len(text) == 1 and text in DIGITS:
        return DIGITS.index(text)
    for sign in reversed(SCALES):
        head, found, tail = text.rpartition(sign)
        if found:
            return _read_head(head, sign, leading) * SCALES[sign] + _read_tail(tail, SCALES[sign])
    raise ValueError(text)


def _read_head(text: str, sign: str, leading: bool) -> int:
    if not text:
        if leading:
            return 1
        raise ValueError(sign)
    # 十, 百 and 千 take one digit before them, and nobody says 两十 or 零万; before 亿 any number may stand.
    if (sign in "十百千" and (len(text) > 1 or text in SCALES)) or text == "零" or sign + text == "十两":
        raise ValueError(text)
    return _read_whole(text, leading)


def _read_tail(text: str, scale: int) -> int:
    if not text:
        return 0
    if text[0] == "零":
        text, spoken = text[1:], False
    else:
        spoken = len(text) == 1
    if text == "两" or text[:1] == "零":
        raise ValueError(text)
    value = _read_whole(text, leading=False)
    # In 一万二 and 三千五 the last digit counts the next lower place; after 十 that is the digit itself.
    return value * scale // 10 if spoken else _below(value, scale)


def _below(value: int, scale: int) -> int:
    if not 0 < value < scale:
        raise ValueError(value)
    return value


def rounding_step(value: float) -> float:
    """Return the place of the last figure that is not nought.

    >>> rounding_step(9202400.0)
    100.0
    """
    exponent = Decimal(f"{value:.15g}").normalize().as_tuple().exponent
    return float(10 ** int(exponent))
