"""A document's paragraphs, headings and ledger cells, held against the texts as they came."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from compare.analysis.passages import evidence
from compare.language.spans import Span
from compare.outputs.document import document_page
from compare.outputs.document_body import Block, Body
from compare.tables.book import Book
from compare.texts.source import Document

DOCUMENTS = ("dezhou-2020", "dezhou-2023", "dongying-2022", "jinan-2019", "qingdao-2020")


def body(book: Book, source_id: str) -> Body:
    return Body(book, book.read(source_id))


def at(book: Book, source_id: str, raw_start: int) -> Block:
    """Return the block that begins at a place of the raw text."""
    return next(block for block in body(book, source_id).blocks if block.raw.start == raw_start)


@pytest.mark.parametrize(
    ("source_id", "start", "kind", "level", "head", "reason"),
    [
        ("dongying-2022", 342, "heading", 1, "一、工作目标", "a line that is a heading"),
        (
            "dongying-2022",
            617,
            "heading",
            2,
            "(一)推进治理方式数字变革",
            "with a full stop, which the contents leave out",
        ),
        ("dongying-2022", 632, "paragraph", 3, "1.增强机关运行效能", "a heading that runs on into its text"),
        ("dongying-2022", 189, "signature", 0, "", "who signs"),
        ("dongying-2022", 238, "paragraph", 0, "", "a paragraph without a heading"),
        ("dezhou-2023", 120, "paragraph", 0, "", "the document's number is coded as a title and is none"),
        ("jinan-2019", 682, "paragraph", 3, "——建设网上政府", "a heading with a dash"),
        (
            "qingdao-2020",
            1461,
            "paragraph",
            3,
            "1.推進一體化政務服務平臺建設,打造“七個一”工程",
            "two clauses, one heading",
        ),
        ("dezhou-2020", 170, "heading", 1, "一、加快建设数字政府", "the first of two headings run together"),
        ("dezhou-2020", 180, "paragraph", 2, "(一)推进政务服务“一次办好”", "the second of them"),
        ("dezhou-2020", 3405, "heading", 1, "五、强化保障措施", "told by the title of the task behind it"),
        ("dezhou-2020", 3657, "columns", 0, "", "the names of the ledger's columns"),
        ("dezhou-2020", 3675, "unit", 2, "1 市委政法委", "a number and a unit run together"),
        ("dezhou-2020", 9973, "unit", 2, "28 市大数据局", "a unit printed four times"),
        ("dezhou-2020", 3681, "task", 0, "", "a task of the ledger"),
        ("dezhou-2020", 3722, "plan", 0, "", "a plan of the ledger"),
        ("dezhou-2020", 4530, "leads", 0, "", "other leading units"),
    ],
)
def test_blocks_are_what_they_are(
    book: Book, source_id: str, start: int, kind: str, level: int, head: str, reason: str
) -> None:
    block = at(book, source_id, start)
    assert (block.kind, block.level, block.head) == (kind, level, head), reason


@pytest.mark.parametrize("source_id", DOCUMENTS)
def test_blocks_hold_all_but_white_space(book: Book, source_id: str) -> None:
    text, done = book.read(source_id).reading.text, 0
    for block in body(book, source_id).blocks:
        assert text[done : block.span.start].strip() == ""
        assert "".join(leaf.text for leaf in block.leaves) == block.span.slice(text).strip()
        assert Span(0, len(book.read(source_id).raw)).contains(block.raw)
        done = block.span.end
    assert text[done:].strip() == ""


@pytest.mark.parametrize("source_id", DOCUMENTS)
def test_lines_stay_whole_unless_their_paragraphs_were_lost(book: Book, source_id: str) -> None:
    made = body(book, source_id)
    assert made.lost == (source_id == "dezhou-2020")
    lines = [line for line in made.text.splitlines() if line.strip()]
    assert (len(made.blocks) == len(lines)) != made.lost


def test_the_ledger_has_a_cell_for_each_that_is_coded(book: Book) -> None:
    kinds = Counter(block.kind for block in body(book, "dezhou-2020").blocks)
    ledger = book.ledger
    assert kinds["task"] == len(ledger) and kinds["unit"] == ledger["number"].nunique()
    assert kinds["plan"] == ledger["plan_zh"].notna().sum()
    assert kinds["leads"] == ledger["other_leads_zh"].notna().sum()


@pytest.mark.parametrize("source_id", DOCUMENTS)
def test_every_figure_and_mention_stands_in_one_block(book: Book, source_id: str) -> None:
    made = body(book, source_id)
    met = Counter(row.row_id for block in made.blocks for row in block.opened)
    wanted = {row.row_id for row in made.rows if row.is_figure or row.kind == "mention"}
    assert set(met) == wanted and set(met.values()) == {1}


def with_hidden(book: Book, source_id: str, at: int, signs: str) -> Book:
    """Return a book in which signs that no reader sees stand in a document."""
    held = book.documents[source_id]
    raw = held.raw[:at] + signs + held.raw[at:]
    furniture = tuple(span.shift(len(signs)) if span.start >= at else span for span in held.furniture)
    made = Document(source_id, raw, held.sha256, furniture)
    return replace(book, documents={**book.documents, source_id: made})


@pytest.mark.parametrize("source_id", DOCUMENTS)
def test_what_no_reader_sees_is_shown_on_the_page_and_in_the_evidence(book: Book, source_id: str) -> None:
    rows = book.targets[book.targets["source_id"] == source_id]
    last = rows.sort_values("quote_start").iloc[-1]
    # Rows stand before what is hidden: none of their places moves.
    hidden = with_hidden(book, source_id, int(last["quote_end"]) - 1, "\u202e\x1b\u200b")
    page = document_page(hidden, source_id, "zh", "2026-11-21", "1")
    assert page.count("‹U+202E›‹U+001B›‹U+200B›") == 1
    told = str(evidence(hidden, last["target_id"]))
    assert told.count("‹U+202E›‹U+001B›‹U+200B›") == 1
    for text in (page, told):
        assert not {"\u202e", "\x1b", "\u200b"} & set(text)
    assert hidden.read(source_id).reading.text == book.read(source_id).reading.text
