"""A body cut into segments: the units that coding must account for without remainder.

A segment ends at a comma, semicolon, full stop or line end; marks inside brackets,
quotation marks and titles do not cut. A note of agencies in brackets is one segment.
"""

from __future__ import annotations

from collections.abc import Iterable

from compare.language.spans import Span

STOPS = frozenset(",，;；。!！?？\n")
OPENING, CLOSING = "(（“《〔[", ")）”》〕]"
AGENCY_WORDS = ("牵头", "负责", "责任单位", "配合单位", "配合)")
BLANK = " \u3000\xa0\t"


def segments(text: str, cuts: Iterable[int] = ()) -> list[Span]:
    """Return the segments of a cleaned text in order, without their closing marks and blanks.

    `cuts` are further places to cut, for texts that have lost the borders of their table cells.

    >>> [span.slice("推进共享,“应上尽上,全程在线”。(市大数据局牵头)") for span in
    ...  segments("推进共享,“应上尽上,全程在线”。(市大数据局牵头)")]
    ['推进共享', '“应上尽上,全程在线”', '(市大数据局牵头)']
    """
    borders = set(cuts)
    found: list[Span] = []
    start, depth = 0, 0
    for at, character in enumerate(text):
        if at in borders or (depth == 0 and _opens_agencies(text, at)):
            found.append(Span(start, at))
            start = at
        if character == "\n":
            depth = 0  # a bracket left open must not swallow the paragraphs behind it
        elif character in OPENING:
            depth += 1
        elif character in CLOSING:
            depth = max(0, depth - 1)
        if depth == 0 and (character in STOPS or _closes_agencies(text, start, at)):
            end = at + 1 if character in CLOSING else at
            found.append(Span(start, end))
            start = at + 1
    found.append(Span(start, len(text)))
    return [trimmed for span in found if len(trimmed := _trim(text, span))]


def _opens_agencies(text: str, at: int) -> bool:
    if text[at] not in "(（":
        return False
    end = min((place for mark in ")）" if (place := text.find(mark, at)) > 0), default=-1)
    return end > 0 and any(word in text[at : end + 1] for word in AGENCY_WORDS)


def _closes_agencies(text: str, start: int, at: int) -> bool:
    return text[at] in ")）" and start < at and _opens_agencies(text, start)


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in BLANK:
        start += 1
    while end > start and text[end - 1] in BLANK:
        end -= 1
    return Span(start, end)
