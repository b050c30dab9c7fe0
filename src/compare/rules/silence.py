"""What backs a finding of silence: every hit of an indicator's keywords is explained by a row."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from compare.errors import Problem
from compare.language.spans import Span
from compare.rules.rows import grouped, rows_of
from compare.tables.book import Book
from compare.texts.keywords import JOINT, keyword_hits
from compare.texts.source import Document

# What a keyword may not hold: it would never be found, and the silence would be a false one.
NO_WORD = regex.compile(r"^$|[\s;；,，、。|＋/]")


def silence_is_backed(book: Book) -> Iterator[Problem]:
    """Every hit of an indicator's keywords in a coded body lies in a row of that indicator."""
    quotes = grouped(rows_of(book, "targets", "mentions"), "source_id", "indicator_id")
    for source in rows_of(book, "sources"):
        # A city without a folder has said nothing yet: that is one problem, not one for every hit.
        if not source.has("path") or source["place_id"] not in book.cities:
            continue
        document = book.documents[source["source_id"]]
        for indicator in rows_of(book, "indicators"):
            if indicator["topic_id"] not in source.parts("coded_topics"):
                continue
            rows = quotes.get((source.key, indicator.key), ())
            spans = [row.span("quote_start", "quote_end") for row in rows]
            for word, span in keyword_hits(document, indicator["keywords_zh"]):
                if not any(quote and quote.contains(span) for quote in spans):
                    yield _unexplained(document, indicator.key, word, span)


def _unexplained(document: Document, indicator_id: str, word: str, span: Span) -> Problem:
    found = f"{word} in “{document.raw[max(0, span.start - 12) : span.end + 12]}”"
    place = f"{span.start}–{span.end} of {document.source_id}"
    todo = f"add a target or a mention of {indicator_id} at {place}"
    file = "data/curated/indicators.csv"
    return Problem(file, "keywords_zh", found, "a row that explains it", todo, key=indicator_id)


def keywords_can_be_found(book: Book) -> Iterator[Problem]:
    """Every keyword is a word, or words joined by `+`, and stands once in its list."""
    for row in rows_of(book, "indicators"):
        words = row["keywords_zh"].split(";")
        for word in dict.fromkeys(words):
            if any(NO_WORD.search(part) for part in word.split(JOINT)):
                todo = "part keywords by ; and words by +"
                yield row.problem("keywords_zh", word, "words without blanks or marks", todo)
            elif words.count(word) > 1:
                yield row.problem("keywords_zh", word, "every keyword once", "take the second one out")
