"""A body cut into segments: the units that coding must account for without remainder.

A segment ends at a comma, semicolon, full stop or line end; marks inside brackets,
quotation marks and titles do not cut. A note of agencies in brackets is one segment.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from compare.language.spans import Span

STOPS = frozenset(",，;；。!！?？\n")
OPENING, CLOSING = "(（“《〔[", ")）”》〕]"
AGENCY = re.compile("牵头|负责|责任单位|配合单位|配合\\)")
BLANK = " \u3000\xa0\t"


def segments(text: str, cuts: Iterable[int] = ()) -> list[Span]:
    """Return the segments of a cleaned text in order, without their closing marks and blanks.

    `cuts` are further places to cut, for texts that have lost the borders of their table cells.

    >>> [span.slice("推进共享,“应上尽上,全程在线”。(市大数据局牵头)") for span in
    ...  segments("推进共享,“应上尽上,全程在线”。(市大数据局牵头)")]
    ['推进共享', '“应上尽上,全程在线”', '(市大数据局牵头)']
    """
    borders = set(cuts)
    notes = set(_agencies(text))
    found: list[Span] = []
    start, depth = 0, 0
    for at, character in enumerate(text):
        if at in borders or (depth == 0 and at in notes):
            found.append(Span(start, at))
            start = at
        if character == "\n":
            depth = 0  # a bracket left open must not swallow the paragraphs behind it
        elif character in OPENING:
            depth += 1
        elif character in CLOSING:
            depth = max(0, depth - 1)
        if depth == 0 and (character in STOPS or (character in ")）" and start in notes)):
            end = at + 1 if character in CLOSING else at
            found.append(Span(start, end))
            start = at + 1
    found.append(Span(start, len(text)))
    return [trimmed for span in found if len(trimmed := _trim(text, span))]


def _agencies(text: str) -> Iterator[int]:
    """Yield where brackets open that name agencies before the next mark that closes one.

    Gone through from the end, so that a text of nothing but brackets is read once.
    """
    words = [found.start() for found in AGENCY.finditer(text)]
    close = None
    for at in range(len(text) - 1, -1, -1):
        if text[at] in ")）":
            close = at
        elif text[at] in "(（" and close is not None:
            word = bisect_left(words, at)
            if word < len(words) and words[word] <= close:
                yield at


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in BLANK:
        start += 1
    while end > start and text[end - 1] in BLANK:
        end -= 1
    return Span(start, end)
