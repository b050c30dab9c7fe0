"""Rules that read again what a document prints of itself: title, number, issuer, dates, period and script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from compare.errors import Problem
from compare.language.stated import read_stated
from compare.rules.rows import Row, rows_of
from compare.tables.book import Book
from compare.texts.cleaning import simplified
from compare.texts.quotes import locate
from compare.texts.source import Document

# Brackets that copies lose: 〔2020〕47号 becomes 202047号.
BRACKETS = str.maketrans("", "", "〔〕[]［］()（） \u3000\n\r")
# What in a title says that it is one; a document whose title says neither is an adopted plan.
STATUS = {"draft": ("代拟稿", "征求意见", "草案", "讨论稿", "送审稿"), "work_points": ("要点",)}
# From this share of its characters on that Simplified script writes otherwise, a text is Traditional.
TRADITIONAL = 0.05


def sources_are_printed(book: Book) -> Iterator[Problem]:
    """Title, number, issuer, dates, period and script of a document stand in its text, or, where it is not
    at hand, in that of one that cites it."""
    texts = {name: document.raw.translate(BRACKETS) for name, document in book.documents.items()}
    for row in rows_of(book, "sources"):
        document = row.document
        printed = [texts[row["source_id"]]] if document else list(texts.values())
        yield from _named(row, document)
        number = row.text("document_number").translate(BRACKETS)
        if number and not any(number in text for text in printed):
            yield row.wrong("document_number", "a number that a document at hand prints", "correct it")
        yield from _period(row, printed)
        yield from _at_hand(row, document) if document else _elsewhere(row)


def _named(row: Row, document: Document | None) -> Iterator[Problem]:
    documents = [document] if document else list(row.book.documents.values())
    where = "the document" if document else "a document at hand"
    for column in ("title_zh", "issuer_zh") if document else ("title_zh",):
        words = row.text(column)
        # What is supplied stands in 〔〕; the years behind a title may be missing where others cite it.
        if not words or words.startswith("〔"):
            continue
        bare = words if document else re.sub(r"[(（][^()（）]*[)）]$", "", words)
        if not any(locate(one, bare) for one in documents) and not _part_of(words, row):
            yield row.wrong(column, f"words that {where} prints", "correct it, or put a supplied one in 〔〕")
    for words in row.parts("cites_zh"):
        if document is None or not locate(document, words):
            yield row.problem("cites_zh", words, "words that the document prints", "correct it or remove it")


def _part_of(title: str, row: Row) -> bool:
    """Tell the annex of a document at hand, which is named after it."""
    sources = row.book.sources
    titles = sources["title_zh"][sources["place_id"] == row["place_id"]]
    return any(title != other and title.startswith(other) for other in titles)


def _period(row: Row, printed: list[str]) -> Iterator[Problem]:
    words = row["period_text"]
    if not row.has("period_text"):
        yield from row.unlike({"period_start": "", "period_end": ""}, "period_text names no period")
        return
    said = yield from row.reading("period_text", read_stated, "years as 2020, 2019/2022 or 十四五")
    if said is None:
        return
    yield from row.unlike({"period_start": said.start, "period_end": said.end}, f"period_text says {words}")
    named = printed if row.has("path") else [row["title_zh"]]
    for part in words.split("/"):
        if not any(part[:4] in text for text in named):
            yield row.wrong("period_text", "years that the document names", f"it does not say {part[:4]}")


def _at_hand(row: Row, document: Document) -> Iterator[Problem]:
    text, dates = document.raw.translate(BRACKETS), ("drawn_up_on", "published_on")
    dated = [column for column in dates if row.has(column)]
    for column in dated:
        if not any(form in text for form in _forms(row[column])):
            yield row.wrong(column, "a day that the text prints", "correct it, or leave it empty")
    path = f"{row['place_id']}/{row['source_id']}.txt"
    yield from row.unlike({"path": path}, "the file is named after the document")
    changed = sum(len(edit.new) for edit in simplified(document.reading.text))
    script = "Hant" if changed > TRADITIONAL * len(document.reading.text) else "Hans"
    yield from row.unlike({"script": script}, "the characters of the text say so")
    yield from _status(row)
    if len(dated) > 1 and row["published_on"] < row["drawn_up_on"]:
        expected = f"a day from {row.text('drawn_up_on')} on"
        yield row.wrong("published_on", expected, "nothing is published before it is signed")


def _forms(day: pd.Timestamp) -> tuple[str, ...]:
    return (f"{day.year}年{day.month}月{day.day}日", f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}", f"{day:%Y.%m.%d}")


def _status(row: Row) -> Iterator[Problem]:
    """Yield a status that the title does not tell; a note may say why the title misleads."""
    title, status = row.text("title_zh"), row["status"]
    said = [name for name, words in STATUS.items() if any(word in title for word in words)]
    told = said[0] if said else "adopted"
    if status != told and not row.has("note"):
        yield row.wrong("status", told, "the title says so; if it misleads, say why in note")
    elif status != told and status == "adopted":
        yield row.wrong("status", told, "the title says so")
    elif status == "draft" and "draft" not in said:
        yield row.wrong("status", told, "no word of the title says that it is a draft")
    elif status == "work_points" and told != status:
        yield row.wrong("status", told, "no word of the title says so")


def _elsewhere(row: Row) -> Iterator[Problem]:
    nothing = dict.fromkeys(("drawn_up_on", "published_on", "script", "sha256", "coded_topics"), "")
    yield from row.unlike(nothing, "the document is not at hand")
    yield from row.unlike({"coding_state": "registered"}, "nothing of it can be coded")
