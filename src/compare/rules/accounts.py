"""The account of a document: the class of every numeral of its raw file, and the clauses that no row holds.

A numeral, however spelt, has its class from the curated rows, from a single exclusion, from a rule with
literal context, or from a word that merely holds a numeral.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd
import regex

from compare.errors import CompareError
from compare.language.numerals import runs
from compare.language.patterns import PATIENCE, read_pattern
from compare.language.spans import Span
from compare.rules.rows import Row, rows_of
from compare.tables.book import Book
from compare.texts.clauses import BLANK, segments
from compare.texts.quotes import locate
from compare.texts.source import Document

CLASSES: tuple[str, ...] = (
    "target",
    "status",
    "deadline",
    "date",
    "section_number",
    "document_number",
    "name",
)
CLASSES += ("chunk_marker", "contact", "lexical", "indefinite", "reference")
COLUMNS = ["source_id", "start", "end", "text", "class", "by"]


@dataclass(frozen=True)
class Account:
    """A range of the raw text that explains its numerals: a class, and the row, rule or word that says so."""

    span: Span
    kind: str
    by: str


def ledger(book: Book, source_id: str) -> pd.DataFrame:
    """Return every numeral run of a raw file with its class, empty where nothing explains it.

    Columns source_id, start, end, text, class, by (the row, rule or word). Raises UnknownName.
    """
    document = book.read(source_id)
    find = _finder(document, list(_accounts(book, document)))
    rows = [
        (source_id, run.start, run.end, run.slice(document.raw), *find(run)) for run in runs(document.raw)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def ledger_csv(book: Book, sources: Iterable[str]) -> str:
    """Return the account of some sources as CSV text: source_id, start, end, text, class."""
    frame = pd.concat([ledger(book, source) for source in sources], ignore_index=True)
    return str(frame[COLUMNS[:-1]].to_csv(index=False, lineterminator="\n"))


def ledger_summary(book: Book, sources: Iterable[str]) -> str:
    """Return the numerals per source and class, the clauses left, and the share that undertakes something."""
    names = list(sources)
    classes = {name: ledger(book, name)["class"].replace("", "unaccounted") for name in names}
    counts = pd.DataFrame({name: held.value_counts() for name, held in classes.items()})
    counts = counts.reindex([*CLASSES, "unaccounted"]).fillna(0).astype(int)
    counts.loc["numerals"] = counts.sum()
    counts.loc["clauses left"] = [len(clause_remainder(book, name)) for name in names]
    counts.index.name = "class"
    shares = {name: 100 * commitment_share(book, name) for name in names}
    told = [f"{name}: {share:.1f} % of the body undertakes something" for name, share in shares.items()]
    return "\n".join([counts.to_string(), "", *told, ""])


def _finder(document: Document, accounts: list[Account]) -> Callable[[Span], tuple[str, str]]:
    """Return what finds the class of a run: of the accounts that hold it whole, the first counts.

    Noise stands before curated rows, these before rules, rules before words. Every character is painted
    with the first account over it; only where a run's ends differ are the accounts gone through.
    """
    paint = [-1] * len(document.raw)
    for number in reversed(range(len(accounts))):
        span = accounts[number].span
        paint[span.start : span.end] = [number] * len(span)

    def find(run: Span) -> tuple[str, str]:
        number = paint[run.start]
        if number < 0:
            return "", ""
        if accounts[number].span.contains(run):
            return accounts[number].kind, accounts[number].by
        return next(((one.kind, one.by) for one in accounts if one.span.contains(run)), ("", ""))

    return find


def _accounts(book: Book, document: Document) -> Iterator[Account]:
    def spans(table: str, start: str, end: str) -> Iterator[tuple[Row, Span]]:
        for row in rows_of(book, table):
            if row["source_id"] == document.source_id and row.has(start):
                yield row, Span(int(row[start]), int(row[end]))

    # First: a chunk marker in the midst of a value is no part of the promise.
    yield from _noise(document)
    yield from (Account(at, row["kind"], row.key) for row, at in spans("targets", "value_start", "value_end"))
    for table in ("deadlines", "targets"):
        yield from (Account(at, "deadline", row.key) for row, at in spans(table, "due_start", "due_end"))
    for row, at in spans("exclusions", "start", "end"):
        yield Account(at, row["class"], "exclusions.csv")
    yield from rule_accounts(book, document)
    for word in book.lexical_numerals["word_zh"]:
        yield from (Account(at, "lexical", str(word)) for at in locate(document, str(word)))


def _noise(document: Document) -> Iterator[Account]:
    """Yield what cleaning took out of the body: chunk markers and page numbers."""
    known = bytearray(len(document.raw))
    for span in document.furniture:
        known[span.start : span.end] = b"\x01" * len(span)
    for start, end in zip(document.reading.starts, document.reading.ends, strict=True):
        known[start:end] = b"\x01" * (end - start)
    for gap in regex.finditer(rb"\x00+", bytes(known)):
        yield Account(Span(gap.start(), gap.end()), "chunk_marker", "cleaning")


def rule_accounts(book: Book, document: Document) -> Iterator[Account]:
    """Return what the rules of number_rules.csv explain, in the body and in the page furniture."""
    for rule in book.records("number_rules"):
        pattern = compiled(rule["pattern"])
        if isinstance(pattern, str):
            continue  # told by the rule on patterns
        try:
            for span in _explained(pattern, document):
                yield Account(span, rule["class"], rule["rule_id"])
        except TimeoutError:
            row = next(row for row in rows_of(book, "number_rules") if row.cells is rule)
            todo = f"it does not end on {document.source_id}: narrow it"
            problem = row.wrong("pattern", "a pattern that ends", todo)
            raise CompareError("The numerals cannot be accounted for", [problem]) from None


def _explained(pattern: regex.Pattern[str], document: Document) -> Iterator[Span]:
    for found in pattern.finditer(document.reading.text, timeout=PATIENCE):
        if found.start() < found.end():
            yield document.reading.to_raw(Span(found.start(), found.end()))
    for furniture in document.furniture:
        for found in pattern.finditer(document.raw, furniture.start, furniture.end, timeout=PATIENCE):
            yield Span(found.start(), found.end())


def compiled(pattern: str) -> regex.Pattern[str] | str:
    """Return a pattern that is ready to search, or why it is none.

    >>> compiled("(?<=第)[0-9")
    'unterminated character set at position 10'
    """
    try:
        return read_pattern(pattern)
    except ValueError as error:
        return str(error)


def clause_remainder(book: Book, source_id: str) -> list[Span]:
    """Return the raw ranges of the body's segments that lie in no commitment and no other clause."""
    document = book.read(source_id)
    # Marks and blanks need no row: only what is read as words must be covered.
    covered = bytearray(b"\x01" * len(document.raw))
    for place, character in zip(document.reading.starts, document.reading.text, strict=True):
        covered[place] = character in BLANK
    for row in rows_of(book, "commitments", "other_clauses"):
        if row["source_id"] == source_id:
            covered[row["start"] : row["end"]] = b"\x01" * (row["end"] - row["start"])
    spans = map(document.reading.to_raw, segments(document.reading.text))
    return [span for span in spans if covered.find(b"\x00", span.start, span.end) >= 0]


def commitment_share(book: Book, source_id: str) -> float:
    """Return the share of a body's characters (marks and blanks aside) that stand in commitments."""
    reading = book.read(source_id).reading
    clauses = [row for row in rows_of(book, "commitments") if row["source_id"] == source_id]
    inside = [reading.from_raw(Span(int(row["start"]), int(row["end"]))) for row in clauses]
    whole = sum(map(len, segments(reading.text)))
    return sum(len(part) for span in inside for part in segments(span.slice(reading.text))) / whole
