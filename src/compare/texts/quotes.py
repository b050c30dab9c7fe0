"""Verbatim words of a document: find them, check them, show them in their paragraph."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

import regex

from compare.language.spans import Span
from compare.texts.reading import Reading
from compare.texts.source import Document

SENTENCE_END = regex.compile(r"[。!?！？;；]|\n")


@dataclass(frozen=True)
class Context:
    """A passage of a reading around a quote; `cut_before` and `cut_after` say where the paragraph goes on."""

    passage: Span
    cut_before: bool
    cut_after: bool


def locate(document: Document, words: str) -> list[Span]:
    """Return every raw range that says `words`, whatever its script, width, case or spacing.

    >>> from compare.texts.source import Document
    >>> locate(Document("x", "建成10個“智慧社區”", ""), "智慧社区")
    [Span(start=6, end=10)]
    """
    needle = folded(words)
    found, at = [], document.matching.text.find(needle) if needle else -1
    while at >= 0:
        found.append(document.matching.to_raw(Span(at, at + len(needle))))
        at = document.matching.text.find(needle, at + len(needle))
    return found


@cache
def folded(words: str) -> str:
    """Return words as texts are matched: Simplified, half-width, lower case, without blanks.

    >>> folded("數字　ＡＢ")
    '数字ab'
    """
    return Document("", words, "").matching.text


def shown(document: Document, span: Span) -> str:
    """Return the words of a range of the reading, the characters among them that no reader sees as ‹U+202E›.

    >>> shown(Document("x", "智慧\\u202e社区", ""), Span(0, 4))
    '智慧‹U+202E›社区'
    """
    parts, done = [], span.start
    first = bisect_left(document.signs, (span.start, 0, ""))
    for at, behind, sign in document.signs[first : bisect_left(document.signs, (span.end, 0, ""))]:
        parts += [document.reading.text[done : at + behind], sign]
        done = at + behind
    return "".join([*parts, Span(done, span.end).slice(document.reading.text)])


def context(reading: Reading, span: Span, most: int = 700, window: int = 320) -> Context:
    """Return the paragraph around a range of the cleaned text, or the sentences nearest it.

    Some texts have lost their paragraphs; one longer than `most` characters is therefore
    narrowed to the whole sentences within about `window` characters around the range.
    """
    text = reading.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    if end - start <= most:
        return Context(Span(start, end), False, False)
    room = max(0, window - (span.end - span.start)) // 2
    near_start, near_end = max(start, span.start - room), min(end, span.end + room)
    cut_start, cut_end = near_start, near_end
    if near_start > start:
        mark = SENTENCE_END.search(text, near_start, span.start)
        cut_start = mark.end() if mark else near_start
    if near_end < end:
        marks = [m.end() for m in SENTENCE_END.finditer(text, span.end, near_end)]
        cut_end = marks[-1] if marks else near_end
    return Context(Span(cut_start, cut_end), cut_start > start, cut_end < end)
