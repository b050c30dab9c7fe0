"""What backs a finding of silence: every hit of an indicator's keywords is explained by a row.

A keyword is a word as the folded text has it (`主题库`), or several words joined by `+`
(`大数据+应用场景`), which are hit where one clause holds them all, in any order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

import pandas as pd
import regex

from compare.errors import Problem
from compare.language.spans import Span
from compare.tables.book import Book
from compare.tables.rows import rows_of
from compare.texts.clauses import segments
from compare.texts.quotes import locate
from compare.texts.source import Document

JOINT = "+"
# What a keyword may not hold: it would never be found, and the silence would be a false one.
NO_WORD = regex.compile(r"^$|[\s;；,，、。|＋/]")


def silence_is_backed(book: Book) -> Iterator[Problem]:
    """Every hit of an indicator's keywords in a coded body lies in a row of that indicator."""
    quotes = quoted_spans(book)
    # A city without a folder has said nothing yet: that is one problem, not one for every hit.
    homes = book.sources["path"].notna() & book.sources["place_id"].isin(book.cities)
    for source in book.sources[homes].to_dict("records"):
        coded = [] if pd.isna(source["coded_topics"]) else source["coded_topics"].split(";")
        document = book.documents[source["source_id"]]
        for indicator in book.records("indicators"):
            if indicator["topic_id"] not in coded:
                continue
            explained = quotes.get((source["source_id"], indicator["indicator_id"]), [])
            for word, span in keyword_hits(document, indicator["keywords_zh"]):
                if not any(quote.contains(span) for quote in explained):
                    yield _unexplained(document, indicator["indicator_id"], word, span)


def keywords_can_be_found(book: Book) -> Iterator[Problem]:
    """Every keyword is a word, or words joined by `+`, and stands once in its list."""
    for row in rows_of(book, "indicators"):
        words = row.cells["keywords_zh"].split(";")
        for word in dict.fromkeys(words):
            if any(NO_WORD.search(part) for part in word.split(JOINT)):
                yield row.problem(
                    "keywords_zh", word, "words without blanks or marks", "part keywords by ; and words by +"
                )
            elif words.count(word) > 1:
                yield row.problem("keywords_zh", word, "every keyword once", "take the second one out")


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


def quoted_spans(book: Book) -> dict[tuple[str, str], list[Span]]:
    """Return, by document and indicator, the raw ranges that targets and mentions quote."""
    spans: dict[tuple[str, str], list[Span]] = {}
    for frame in (book.targets, book.mentions):
        columns = [frame[name] for name in ("source_id", "indicator_id", "quote_start", "quote_end")]
        for source, indicator, start, end in zip(*columns, strict=True):
            if start <= end:
                spans.setdefault((source, indicator), []).append(Span(int(start), int(end)))
    return spans


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


def _unexplained(document: Document, indicator_id: str, word: str, span: Span) -> Problem:
    words = document.raw[max(0, span.start - 12) : span.end + 12]
    return Problem(
        "data/curated/indicators.csv",
        "keywords_zh",
        f"{word} in “{words}”",
        "a row that explains it",
        f"add a target or a mention of {indicator_id} at {span.start}–{span.end} of {document.source_id}",
        key=indicator_id,
    )
