"""Every numeral and every clause of a source accounted for: completeness proved, not claimed.

Each run of figures and each run of Chinese numerals of a raw file, however it is spelt, has one class:
from the curated rows, from a single exclusion, from a rule with literal context, or from a
word that merely holds a numeral. What has none is the remainder, and a complete source has none.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pandas as pd
import regex

from compare.errors import CompareError, Problem
from compare.language.numerals import read_numeral, runs
from compare.language.spans import Span
from compare.tables.book import Book
from compare.texts.clauses import BLANK, segments
from compare.texts.quotes import locate
from compare.texts.source import Document

CLASSES = (
    "target",
    "status",
    "deadline",
    "date",
    "section_number",
    "document_number",
    "name",
    "chunk_marker",
    "contact",
    "lexical",
    "indefinite",
    "reference",
)
COLUMNS = ["source_id", "start", "end", "text", "class", "by"]
# A rule that matches one of these without any context would explain away a promise.
BARE = (
    *("5", "90", "2020", "1500", "3000", "十", "百", "二十", "三千五百"),
    *("壹佰", "⼗", "廿", "⑩", "Ⅻ", "５０", "半数", "一半", "九成", "翻番", "倍"),
)


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
    """Return the ledger of some sources as CSV text: source_id, start, end, text, class."""
    frame = pd.concat([ledger(book, source) for source in sources], ignore_index=True)
    return str(frame[COLUMNS[:-1]].to_csv(index=False, lineterminator="\n"))


def ledger_summary(book: Book, sources: Iterable[str]) -> str:
    """Return the numerals per source and class, the clauses left, and the share that undertakes something."""
    names = list(sources)
    frames = {
        source: ledger(book, source)["class"].replace("", "unaccounted").value_counts() for source in names
    }
    counts = pd.DataFrame(frames).reindex([*CLASSES, "unaccounted"]).fillna(0).astype(int)
    counts.loc["numerals"] = counts.sum()
    counts.loc["clauses left"] = [len(clause_remainder(book, source)) for source in names]
    counts.index.name = "class"
    shares = [
        f"{source}: {100 * commitment_share(book, source):.1f} % of the body undertakes something"
        for source in names
    ]
    return "\n".join([counts.to_string(), "", *shares, ""])


def commitment_share(book: Book, source_id: str) -> float:
    """Return the share of a body's characters (marks and blanks aside) that stand in commitments."""
    document = book.read(source_id)
    whole = sum(len(span) for span in segments(document.reading.text))
    spans = [
        Span(int(row.start), int(row.end))
        for row in book.commitments[book.commitments["source_id"] == source_id].itertuples()
    ]
    inside = [document.reading.from_raw(span) for span in spans]
    return sum(len(part) for span in inside for part in segments(span.slice(document.reading.text))) / whole


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
        if number >= 0 and accounts[number].span.contains(run):
            return accounts[number].kind, accounts[number].by
        return next(((one.kind, one.by) for one in accounts if one.span.contains(run)), ("", ""))

    return find


def _accounts(book: Book, document: Document) -> Iterator[Account]:
    source = document.source_id
    # First: a chunk marker in the midst of a value is no part of the promise.
    yield from _noise(document)
    for row in book.targets[book.targets["source_id"] == source].itertuples():
        yield Account(Span(int(row.value_start), int(row.value_end)), str(row.kind), str(row.target_id))
    for frame, key in ((book.deadlines, "deadline_id"), (book.targets, "target_id")):
        dated = frame[(frame["source_id"] == source) & frame["due_start"].notna()]
        for start, end, row_id in zip(dated["due_start"], dated["due_end"], dated[key], strict=True):
            yield Account(Span(int(start), int(end)), "deadline", str(row_id))
    for row in book.exclusions[book.exclusions["source_id"] == source].to_dict("records"):
        yield Account(Span(int(row["start"]), int(row["end"])), row["class"], "exclusions.csv")
    yield from rule_accounts(book, document)
    for word in book.lexical_numerals["word_zh"]:
        for span in locate(document, str(word)):
            yield Account(span, "lexical", str(word))


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
        for found in pattern.finditer(document.reading.text):
            if found.start() < found.end():
                span = document.reading.to_raw(Span(found.start(), found.end()))
                yield Account(span, rule["class"], rule["rule_id"])
        for furniture in document.furniture:
            for found in pattern.finditer(document.raw, furniture.start, furniture.end):
                yield Account(Span(found.start(), found.end()), rule["class"], rule["rule_id"])


@cache
def compiled(pattern: str) -> regex.Pattern[str] | str:
    """Return a pattern that is ready to search, or why it is none.

    >>> compiled("(?<=第)[0-9")
    'unterminated character set at position 10'
    """
    try:
        return regex.compile(pattern, regex.MULTILINE)
    except (regex.error, OverflowError, RecursionError) as error:
        return str(error)


def rules_are_patterns(book: Book) -> Iterator[Problem]:
    """Every rule of number_rules.csv is a pattern that can be searched for."""
    for at, rule in enumerate(book.records("number_rules")):
        why = compiled(rule["pattern"])
        if isinstance(why, str):
            file, row = book.origins["number_rules"][at]
            yield Problem(
                file, "pattern", rule["pattern"], "a regular expression", f"it cannot be read: {why}",
                row=row, key=rule["rule_id"],
            )  # fmt: skip


def clause_remainder(book: Book, source_id: str) -> list[Span]:
    """Return the raw ranges of the body's segments that lie in no commitment and no other clause."""
    document = book.read(source_id)
    # Marks and blanks need no row: only what is read as words must be covered.
    covered = bytearray(b"\x01" * len(document.raw))
    for place, character in zip(document.reading.starts, document.reading.text, strict=True):
        covered[place] = character in BLANK
    for table in ("commitments", "other_clauses"):
        for row in book.records(table):
            if row["source_id"] == source_id:
                covered[row["start"] : row["end"]] = b"\x01" * (row["end"] - row["start"])
    spans = map(document.reading.to_raw, segments(document.reading.text))
    return [span for span in spans if covered.find(b"\x00", span.start, span.end) >= 0]


def nothing_is_left(book: Book, spared: Container[str | None] = ()) -> Iterator[Problem]:
    """Every numeral and clause of a complete source is accounted for, and no rule swallows a promise.

    The sources in `spared`, and those of a city without a folder, are left out.
    """
    for at, source in enumerate(book.records("sources")):
        known = source["source_id"] in book.documents and source["place_id"] in book.cities
        if not known or source["source_id"] in spared:
            continue
        yield from _swallowed(book, book.read(source["source_id"]))
        if source["coding_state"] == "complete":
            yield from _left(book, source["source_id"], *book.origins["sources"][at])
    yield from _bare(book)


def _bare(book: Book) -> Iterator[Problem]:
    """Yield the rules and words that would explain any numeral, whatever stands beside it."""
    for at, rule in enumerate(book.records("number_rules")):
        pattern = compiled(rule["pattern"])
        bare = [] if isinstance(pattern, str) else [number for number in BARE if pattern.search(number)]
        if bare:
            file, row = book.origins["number_rules"][at]
            todo = f"it explains a bare {bare[0]}: name its context"
            yield Problem(
                file,
                "pattern",
                rule["pattern"],
                "literal text beside the numeral",
                todo,
                row=row,
                key=rule["rule_id"],
            )
    for at, word in enumerate(book.lexical_numerals["word_zh"]):
        if word in BARE or len(word) == 1 or _is_number(word):
            file, row = book.origins["lexical_numerals"][at]
            todo = "it explains every such numeral away: give the whole word"
            yield Problem(file, "word_zh", word, "a word that holds a numeral", todo, row=row, key=word)


def _is_number(word: str) -> bool:
    try:
        return read_numeral(word) >= 0
    except CompareError:
        return False


def _swallowed(book: Book, document: Document) -> Iterator[Problem]:
    """Yield the rules that explain the numeral of a curated value."""
    values = [
        (Span(int(row.value_start), int(row.value_end)), row.target_id)
        for row in book.targets[book.targets["source_id"] == document.source_id].itertuples()
    ]
    origins = dict(zip(book.number_rules["rule_id"], book.origins["number_rules"], strict=True))
    for account in rule_accounts(book, document):
        for span, target_id in values:
            if not account.span.overlaps(span):
                continue
            if any(account.span.contains(run.shift(span.start)) for run in runs(span.slice(document.raw))):
                file, row = origins[account.by]
                yield Problem(
                    file,
                    "pattern",
                    account.span.slice(document.raw),
                    f"no numeral of {target_id}",
                    "narrow the rule: it explains a target away",
                    row=row,
                    key=account.by,
                )


def _left(book: Book, source_id: str, file: str, row: int) -> Iterator[Problem]:
    raw = book.read(source_id).raw
    found = ledger(book, source_id)
    for cells in found[found["class"] == ""].to_dict("records"):
        around = raw[max(0, cells["start"] - 12) : cells["end"] + 12].replace("\n", "⏎")
        yield Problem(
            file,
            "coding_state",
            f"{cells['text']} in “{around}”",
            "every numeral explained",
            f"code {cells['start']}–{cells['end']} of {source_id} or exclude it",
            row=row,
            key=source_id,
        )
    for span in clause_remainder(book, source_id):
        yield Problem(
            file,
            "coding_state",
            span.slice(raw)[:40],
            "every clause coded",
            f"code {span.start}–{span.end} of {source_id} as a commitment or another clause",
            row=row,
            key=source_id,
        )
