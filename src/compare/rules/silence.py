"""What backs a finding of silence: every hit of an indicator's keywords is explained by a row."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import regex

from compare.errors import Problem
from compare.language.spans import Span
from compare.rules.rows import rows_of
from compare.tables.book import Book
from compare.texts.keywords import JOINT, keyword_hits
from compare.texts.source import Document

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


def quoted_spans(book: Book) -> dict[tuple[str, str], list[Span]]:
    """Return, by document and indicator, the raw ranges that targets and mentions quote."""
    spans: dict[tuple[str, str], list[Span]] = {}
    for frame in (book.targets, book.mentions):
        columns = [frame[name] for name in ("source_id", "indicator_id", "quote_start", "quote_end")]
        for source, indicator, start, end in zip(*columns, strict=True):
            if start <= end:
                spans.setdefault((source, indicator), []).append(Span(int(start), int(end)))
    return spans


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
