"""Rules on what is left over: completeness proved, not claimed; a complete source has no remainder.

Every numeral of it has a class, every clause of its body a row, and no rule explains a promise away.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from compare.errors import CompareError, Problem
from compare.language.numerals import read_numeral, runs
from compare.language.spans import Span
from compare.rules.accounts import clause_remainder, compiled, ledger, rule_accounts
from compare.rules.rows import Row, rows_of
from compare.tables.book import Book
from compare.texts.source import Document

# A rule that matches one of these without any context would explain away a promise.
BARE = (
    *("5", "90", "2020", "1500", "3000", "十", "百", "二十", "三千五百"),
    *("壹佰", "⼗", "廿", "⑩", "Ⅻ", "５０", "半数", "一半", "九成", "翻番", "倍"),
)


def nothing_is_left(book: Book, spared: Container[str | None] = ()) -> Iterator[Problem]:
    """Every numeral and clause of a complete source is accounted for, and no rule swallows a promise.

    The sources in `spared`, and those of a city without a folder, are left out.
    """
    for source in rows_of(book, "sources"):
        document, known = source.document, source["place_id"] in book.cities
        if document is None or not known or source.key in spared:
            continue
        yield from _swallowed(book, document)
        if source["coding_state"] == "complete":
            yield from _left(source, document)
    yield from _bare(book)


def _swallowed(book: Book, document: Document) -> Iterator[Problem]:
    """Yield the rules that explain the numeral of a curated value."""
    targets = [row for row in rows_of(book, "targets") if row["source_id"] == document.source_id]
    values = [(Span(int(row["value_start"]), int(row["value_end"])), row.key) for row in targets]
    rules = {row.key: row for row in rows_of(book, "number_rules")}
    for account in rule_accounts(book, document):
        for span, target_id in values:
            numerals = runs(span.slice(document.raw)) if account.span.overlaps(span) else ()
            if any(account.span.contains(run.shift(span.start)) for run in numerals):
                found = account.span.slice(document.raw)
                todo = "narrow the rule: it explains a target away"
                yield rules[account.by].problem("pattern", found, f"no numeral of {target_id}", todo)


def _left(source: Row, document: Document) -> Iterator[Problem]:
    raw, name = document.raw, document.source_id
    found = ledger(source.book, name)
    for cells in found[found["class"] == ""].to_dict("records"):
        around = raw[max(0, cells["start"] - 12) : cells["end"] + 12].replace("\n", "⏎")
        todo = f"code {cells['start']}–{cells['end']} of {name} or exclude it"
        numeral = f"{cells['text']} in “{around}”"
        yield source.problem("coding_state", numeral, "every numeral explained", todo)
    for span in clause_remainder(source.book, name):
        todo = f"code {span.start}–{span.end} of {name} as a commitment or another clause"
        yield source.problem("coding_state", span.slice(raw)[:40], "every clause coded", todo)


def rules_are_patterns(book: Book) -> Iterator[Problem]:
    """Every rule of number_rules.csv is a pattern that can be searched for."""
    for row in rows_of(book, "number_rules"):
        why = compiled(row["pattern"])
        if isinstance(why, str):
            yield row.wrong("pattern", "a regular expression", f"it cannot be read: {why}")


def _bare(book: Book) -> Iterator[Problem]:
    """Yield the rules and words that would explain any numeral, whatever stands beside it."""
    for row in rows_of(book, "number_rules"):
        pattern = compiled(row["pattern"])
        bare = [] if isinstance(pattern, str) else [number for number in BARE if pattern.search(number)]
        if bare:
            todo = f"it explains a bare {bare[0]}: name its context"
            yield row.wrong("pattern", "literal text beside the numeral", todo)
    for row in rows_of(book, "lexical_numerals"):
        word = row["word_zh"]
        if word in BARE or len(word) == 1 or _is_number(word):
            todo = "it explains every such numeral away: give the whole word"
            yield row.wrong("word_zh", "a word that holds a numeral", todo)


def _is_number(word: str) -> bool:
    try:
        return read_numeral(word) >= 0
    except CompareError:
        return False
