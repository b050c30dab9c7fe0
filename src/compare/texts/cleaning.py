"""The named rules that turn a scraped text into one that can be read, and then matched.

`CLEANING` only deletes what the scraping added, so that a quote is always the
document's own words. `FOLDING` substitutes (compatible characters, script, width,
case) and serves matching alone; nothing folded is ever shown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

import regex

from compare.language.folding import fold
from compare.language.spans import Span
from compare.language.unseen import unseen
from compare.texts.reading import Edit, Rule

CHUNK = regex.compile(r"^(\d{1,6})、", regex.MULTILINE)
# Between other figures or letters the dashes are those of a date (2019-12-17) or a name.
PAGE_NUMBER = regex.compile(r"- \d{1,4} -|(?<![0-9A-Za-z])- ?\d{1,4} ?-(?![0-9A-Za-z])")
# Line ends and tabs part words; what else no reader sees does nothing that a quote would keep.
PARTING = "\n\r\t"
SIGN = regex.compile(r"[\p{No}\p{Nl}\p{So}]")


def chunk_markers(text: str) -> Iterator[Edit]:
    """Return deletions of the markers `1、`, `⏎2、` … that cut a text into numbered chunks.

    The rule fires only where every line carries the next number, so that a list
    which merely begins its lines with numerals is left alone.

    >>> [edit.start for edit in chunk_markers("1、超过9\\n2、0%")]
    [0, 5]
    """
    lines = text.removesuffix("\n").split("\n")
    marks = [CHUNK.match(line) for line in lines]
    numbered = all(mark and int(mark[1]) == number for number, mark in enumerate(marks, 1))
    if len(lines) < 2 or not numbered:
        return
    at = 0
    for line, mark in zip(lines, marks, strict=True):
        assert mark is not None
        yield Edit(max(at - 1, 0), at + mark.end())
        at += len(line) + 1


def page_numbers(text: str) -> Iterator[Edit]:
    """Return deletions of printed page numbers such as `- 7 -` that stand in the running text.

    >>> list(page_numbers("工作台账 - 7 -附件"))
    [Edit(start=5, end=10, new='')]
    """
    for found in PAGE_NUMBER.finditer(text):
        yield Edit(found.start(), found.end())


def unseen_characters(text: str) -> Iterator[Edit]:
    """Return deletions of what no reader sees: controls, marks of direction, what has no width.

    >>> list(unseen_characters("智慧\\u200b社区\\n"))
    [Edit(start=2, end=3, new='')]
    """
    for found in unseen().finditer(text):
        if found[0] not in PARTING:
            yield Edit(found.start(), found.end())


def carriage_returns(text: str) -> Iterator[Edit]:
    """Return deletions of the `\\r` of Windows line ends; a lone `\\r` stays, as it breaks a line."""
    for found in regex.finditer(r"\r(?=\n)", text):
        yield Edit(found.start(), found.end())


def without(spans: Iterable[Span]) -> Rule:
    """Return a rule that deletes the given ranges: a page's furniture, found by reading it."""
    edits = [Edit(span.start, span.end) for span in spans]
    return lambda _text: edits


def compatible(text: str) -> Iterator[Edit]:
    """Return substitutions of what Unicode calls compatible, and of other spellings of numerals.

    >>> [edit.new for edit in compatible("⽹⑩㎡壹")]
    ['网', '10', 'm2', '一']
    """
    folded = fold(text)
    news = dict(enumerate(folded)) if folded != text else {}
    news |= {sign.start(): _spelt_out(sign[0]) for sign in SIGN.finditer(folded)}
    for at in sorted(at for at, new in news.items() if new != text[at]):
        yield Edit(at, at + 1, news[at])


def _spelt_out(sign: str) -> str:
    """Return ⑩, Ⅻ and ㎡ in plain characters; a raised figure stays apart from what it stands on."""
    raised = unicodedata.decomposition(sign).startswith(("<super>", "<sub>"))
    return sign if raised else unicodedata.normalize("NFKC", sign)


def simplified(text: str) -> Iterator[Edit]:
    """Return substitutions of Traditional by Simplified characters, one for one.

    >>> [edit.new for edit in simplified("智慧社區")]
    ['区']
    """
    for at, character in enumerate(text):
        simple = _simple(character)
        if simple != character:
            yield Edit(at, at + 1, simple)


@cache
def _simple(character: str) -> str:
    converted = str(_converter().convert(character))
    # A character that becomes two (none in these texts) is kept: matching must stay one to one.
    return converted if len(converted) == 1 else character


@cache
def _converter():  # type: ignore[no-untyped-def]  # opencc ships no types
    from opencc import OpenCC

    return OpenCC("t2s")


def half_width(text: str) -> Iterator[Edit]:
    """Return substitutions of full-width letters, digits and signs by their ASCII forms.

    >>> [edit.new for edit in half_width("５Ｇ，")]
    ['5', 'G', ',']
    """
    for at, character in enumerate(text):
        if "\uff01" <= character <= "\uff5e":
            yield Edit(at, at + 1, chr(ord(character) - 0xFEE0))


def lower_case(text: str) -> Iterator[Edit]:
    """Return substitutions of ASCII capitals by small letters (some sources lost their capitals)."""
    for found in regex.finditer(r"[A-Z]", text):
        yield Edit(found.start(), found.end(), found.group().lower())


def spaces(text: str) -> Iterator[Edit]:
    """Return deletions of white space, which scraping adds and loses at will."""
    for found in regex.finditer(r"\s+", text):
        yield Edit(found.start(), found.end())


# Markers are looked for behind plain line ends, and must not leave a `\r` in a word.
CLEANING: tuple[Rule, ...] = (unseen_characters, carriage_returns, chunk_markers, page_numbers)
# Spaces go first: 队 伍 is a word, and no numeral, wherever it was cut.
FOLDING: tuple[Rule, ...] = (spaces, compatible, simplified, half_width, lower_case)
