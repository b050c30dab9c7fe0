"""What backs a finding of silence: every hit of an indicator's keywords is explained by a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from compare.errors import Problem
from compare.language.spans import Span
from compare.tables.book import Book
from compare.texts.quotes import locate
from compare.texts.source import Document


def silence_is_backed(book: Book) -> Iterator[Problem]:
    """Every hit of an indicator's keywords in a coded body lies in a row of that indicator."""
    quotes = quoted_spans(book)
    indicators = book.records("indicators")
    longer = {entry["indicator_id"]: _longer_words(entry, indicators) for entry in indicators}
    # A city without a folder has said nothing yet: that is one problem, not one for every hit.
    homes = book.sources["path"].notna() & book.sources["place_id"].isin(book.cities)
    for source in book.sources[homes].to_dict("records"):
        coded = [] if pd.isna(source["coded_topics"]) else source["coded_topics"].split(";")
        document = book.documents[source["source_id"]]
        for indicator in [entry for entry in indicators if entry["topic_id"] in coded]:
            explained = quotes.get((source["source_id"], indicator["indicator_id"]), [])
            hits = keyword_hits(document, indicator["keywords_zh"])
            if hits:
                own = (span for word in longer[indicator["indicator_id"]] for span in locate(document, word))
                explained = [*explained, *own]
            for word, span in hits:
                if not any(quote.contains(span) for quote in explained):
                    yield _unexplained(document, indicator["indicator_id"], word, span)


def keyword_hits(document: Document, keywords: str) -> list[tuple[str, Span]]:
    """Return every hit of the keywords (separated by `;`) in a document's body, with its raw range."""
    return [(word, span) for word in keywords.split(";") for span in locate(document, word)]


def quoted_spans(book: Book) -> dict[tuple[str, str], list[Span]]:
    """Return, by document and indicator, the raw ranges that targets and mentions quote."""
    spans: dict[tuple[str, str], list[Span]] = {}
    for frame in (book.targets, book.mentions):
        columns = [frame[name] for name in ("source_id", "indicator_id", "quote_start", "quote_end")]
        for source, indicator, start, end in zip(*columns, strict=True):
            if start <= end:
                spans.setdefault((source, indicator), []).append(Span(int(start), int(end)))
    return spans


def _longer_words(indicator: dict[str, Any], indicators: list[dict[str, Any]]) -> list[str]:
    """Return the longer keywords of others that hold one of this one's: a hit inside them is theirs."""
    own = indicator["keywords_zh"].split(";")
    others = [
        word for entry in indicators if entry is not indicator for word in entry["keywords_zh"].split(";")
    ]
    return sorted({word for word in others if any(key in word and key != word for key in own)})


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
