"""How wide words are, and what to do with those that are too wide: cut them, or break them into lines."""

from __future__ import annotations

import re

# Marks that a Chinese font sets as squares.
SQUARE = "“”‘’…—≥≤≈"
WIDE = "%mMW@"
# Chinese characters one by one, Latin words and numbers with what touches them: 2022年 stays whole. No line
# ends with a bracket that opens.
WORD = re.compile(r"（*(?:[^\s\u2e80-\uffef]+[\u2e80-\uffef]?|[\u2e80-\uffef])[，、：；）]*")


def text_width(words: str, size: float) -> float:
    """Return the rough width of words in pixels: a Chinese character is a square, a Latin one about half.

    >>> text_width("5G基站", 10), text_width("≥", 10), text_width("90%", 10)
    (31.2, 10, 20.2)
    """
    return round(sum(size * _part(one) for one in words), 1)


def _part(one: str) -> float:
    """Return the width of a character as a part of its height."""
    if ord(one) > 0x2E7F or one in SQUARE:
        return 1
    return 0.9 if one in WIDE else 0.3 if one == " " else 0.56


def fitted(words: str, room: float, size: float) -> str:
    """Return words cut to the pixels they have, with an ellipsis where some are left out.

    >>> fitted("rate, rural households", 200, 12.5), fitted("rate, rural households", 90, 12.5)
    ('rate, rural households', 'rate, rural…')
    """
    if text_width(words, size) <= room:
        return words
    while words and text_width(words + "…", size) > room:
        words = words[:-1]
    return words.rstrip(" ,，") + "…" if words else ""


def broken(words: str, first: float, room: float, size: float) -> list[str]:
    """Return words in lines: the first as wide as `first` pixels, the others as wide as `room`.

    A line ends after a comma where it holds one, else after the last word that it has room for.

    >>> broken("Households within reach of gigabit, 2022, above: 70%", 130, 240, 12.5)
    ['Households within', 'reach of gigabit, 2022, above: 70%']
    >>> broken("关键业务环节数字化率，2022年，上级67%", 140, 240, 12.5)
    ['关键业务环节数字化率，', '2022年，上级67%']
    """
    lines: list[str] = []
    while words:
        wide = room if lines else first
        ends = [word.end() for word in WORD.finditer(words)] or [len(words)]
        fits = [end for end in ends if text_width(words[:end].rstrip("，, "), size) <= wide] or ends[:1]
        commas = [end for end in fits if words[end - 1] in "，,"]
        end = fits[-1] if fits[-1] == ends[-1] else (commas or fits)[-1]
        lines.append(words[:end])
        words = words[end:].lstrip()
    return lines or [""]
