"""Rules that hold every row against its words: they stand where it says, and say what it says."""

from __future__ import annotations

from collections.abc import Iterator

from compare.errors import Problem
from compare.language.quantities import parse_quantity
from compare.rules.rows import Row, keyed, rows_of
from compare.tables.book import Book
from compare.texts.quotes import locate

# By table: its columns of words, each with those of its offsets.
SPANS = {
    "deadlines": (("due_text", "due_start", "due_end"),),
    "commitments": (("action_zh", "start", "end"),),
    "other_clauses": (("text_zh", "start", "end"),),
    "exclusions": (("text", "start", "end"),),
    "mentions": (("quote", "quote_start", "quote_end"),),
    "targets": (
        ("value_text", "value_start", "value_end"),
        ("due_text", "due_start", "due_end"),
        ("quote", "quote_start", "quote_end"),
    ),
}


def texts_stand(book: Book) -> Iterator[Problem]:
    """Every quoted text is re-sliced from the raw file by its offsets."""
    for table, triples in SPANS.items():
        for row in rows_of(book, table):
            for triple in triples:
                yield from _resliced(row, *triple)


def _resliced(row: Row, text: str, start: str, end: str) -> Iterator[Problem]:
    words, document, span = row[text], row.document, row.span(start, end)
    if not row.has(text):
        if row.has(start):
            todo = f"give the words or empty {start} and {end}"
            yield row.wrong(text, "the words of its offsets", todo)
    elif document is None:
        yield row.wrong("source_id", "a document at hand", "its text is not under data/raw")
    elif span is None or span.end > len(document.raw):
        expected = f"offsets within the {len(document.raw)} characters of the raw text"
        yield row.wrong(start, expected, f"set {start} and {end} to where the words stand")
    else:
        inner = document.reading.from_raw(span)
        if inner.slice(document.reading.text) == words and document.reading.to_raw(inner) == span:
            return
        nearest = sorted(locate(document, words), key=lambda hit: abs(hit.start - span.start))[:3]
        places = " or ".join(f"{hit.start}–{hit.end}" for hit in nearest)
        todo = f"the words stand at {places}" if places else "the document does not say these words"
        found = f"{span.start}–{span.end} = {document.raw[span.start : span.end][:40]}"
        yield row.problem(f"{start}–{end}", found, f"“{words[:40]}”", todo)


def values_agree(book: Book) -> Iterator[Problem]:
    """Every value is read again from its words."""
    for row in rows_of(book, "targets"):
        said = yield from row.reading("value_text", parse_quantity, "a numeral with its unit")
        if said is not None:
            values = {"comparator": said.comparator, "value_low": said.low, "value_high": said.high}
            yield from row.unlike(values, f"the text says “{row['value_text']}”")


def quotes_hold(book: Book) -> Iterator[Problem]:
    """The value stands inside its quote, and the quote inside or around its commitment's clause."""
    clauses = keyed(book, "commitments")
    for row in rows_of(book, "targets"):
        value, quote = row.span("value_start", "value_end"), row.span("quote_start", "quote_end")
        if value and quote and not quote.contains(value):
            expected = f"a range around {value.start}–{value.end}"
            found = f"{quote.start}–{quote.end}"
            todo = "quote the words that hold the value"
            yield row.problem("quote_start–quote_end", found, expected, todo)
        clause = clauses.get(row["commitment_id"])
        if clause is None:
            if row["kind"] == "target":
                yield row.problem("commitment_id", "", "a commitment", "a target quantifies one")
        elif value and not (
            clause["source_id"] == row["source_id"]
            and clause["start"] <= value.start <= value.end <= clause["end"]
        ):
            todo = f"that clause is “{clause['action_zh'][:30]}”"
            yield row.wrong("commitment_id", "the clause that holds the value", todo)
