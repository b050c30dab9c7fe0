"""Where a document says a keyword, whatever its script, case and spacing.

A keyword is a word as the folded text has it (`主题库`), or several words joined by `+`
(`大数据+应用场景`), which are hit where one clause holds them all, in any order.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from compare.language.spans import Span
from compare.texts.clauses import segments
from compare.texts.quotes import locate
from compare.texts.source import Document

JOINT = "+"


def keyword_hits(document: Document, keywords: str) -> list[tuple[str, Span]]:
    """Return every place where a keyword (they are parted by `;`) is hit in a document's body.

    With each stands the keyword and the raw range. A place that several keywords hit is one
    hit, that of the shortest range.

    >>> plan = Document("x", "打造应用场景100个，推广大數據典型應用場景。", "")
    >>> keyword_hits(plan, "大数据+应用场景;典型;大数据平台")
    [('典型', Span(start=16, end=18))]
    """
    words: dict[Span, str] = {}
    for word in keywords.split(";"):
        for span in _hits(document, word):
            words.setdefault(span, word)
    return [(words[span], span) for span in _apart(list(words))]


def listed(keywords: str, mark: str = "、") -> str:
    """Return keywords as readers see them, parted by `mark`; dots stand between words of one clause.

    >>> listed("主题库;大数据+应用场景")
    '主题库、大数据…应用场景'
    """
    return mark.join("…".join(word.split(JOINT)) for word in keywords.split(";"))


def _hits(document: Document, word: str) -> list[Span]:
    """Return the raw ranges of a keyword, those of joined words clause by clause."""
    parts = word.split(JOINT)
    if len(parts) == 1:
        return locate(document, word)
    # Every word is looked for once in the whole body; the clauses only tell which stand together.
    places = [_by_clause(document, locate(document, part)) for part in parts]
    common = sorted(set.intersection(*(set(held) for held in places)))
    return [window for clause in common for window in _windows([held[clause] for held in places])]


def _by_clause(document: Document, spans: list[Span]) -> dict[int, list[Span]]:
    """Return raw ranges by the place of the clause that holds each; what no clause holds is left out."""
    clauses = _clauses(document)
    held: dict[int, list[Span]] = {}
    for span in spans:
        at = bisect_right(clauses, span.start, key=lambda clause: clause.start) - 1
        if at >= 0 and clauses[at].contains(span):
            held.setdefault(at, []).append(span)
    return held


@lru_cache(maxsize=64)
def _clauses(document: Document) -> tuple[Span, ...]:
    """Return the raw ranges of a body's clauses, cut as coders cut them."""
    return tuple(document.reading.to_raw(span) for span in segments(document.reading.text))


def _windows(places: list[list[Span]]) -> list[Span]:
    """Return the smallest ranges that hold one of each of the places, none over another."""
    found: list[Span] = []
    for start in sorted({span.start for spans in places for span in spans}):
        nearest = [next((span for span in spans if span.start >= start), None) for spans in places]
        ends = [span.end for span in nearest if span is not None]
        if len(ends) == len(places):
            found.append(Span(start, max(ends)))
    return _apart(found)


def _apart(spans: list[Span]) -> list[Span]:
    """Return the shortest of the ranges that share a code point, in their order."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda one: (len(one), one)):
        if not any(span.overlaps(held) for held in chosen):
            chosen.append(span)
    return sorted(chosen)
