"""Nothing that a table, a text, prose or a parameter holds runs in a page: each is opened, and searched.

Every text column of every table, the words of the documents and the prose of the notebooks hold what would
run if it were markup, in a made-up project whose checks are passed by.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest

import compare as cp
from browser.conftest import Reader
from compare.tables.book import Book
from compare.tables.codebook import read_codebook
from every_page import every_page
from made_up import Paper, Shape, write_project

pytestmark = pytest.mark.browser

PAYLOAD = (
    "\"'><img src=x onerror=ran() class=evil><script class=evil>ran()</script>"
    "<svg class=evil onload=ran()></svg><a class=evil href=javascript:ran()>a</a></title></style>"
)
# Columns that only code reads: a list of keys, a pattern, a path; a payload in them finds nothing.
READ = {
    "equals", "words_zh", "display", "normaliser", "keywords_zh", "pattern", "lead_ids", "support_ids",
    "responsible_ids", "coded_topics", "path", "cites_zh", "table", "row_id", "column", "row_hash",
    "period_text", "kind", "aliases_zh", "other_leads_zh",
}  # fmt: skip
SHAPE = Shape(
    cities=2, topics=(("5g", "open_data"),), odd_marks=True,
    papers=((Paper(targets=6), Paper("draft", targets=3)), (Paper(targets=5, ledger=True),)),
)  # fmt: skip
# What a page that lets nothing in knows of it.
ASK = """
return {ran: window.ran === undefined ? 0 : 1,
        evil: document.querySelectorAll('.evil, [onerror], [onload], img[src="x"]').length,
        seen: document.body.textContent.includes('<script class=evil>') + document.title.includes('<script')};
"""


def poisoned(book: Book) -> Book:
    """Return a book with a payload behind every text that a page may show."""
    tables = {}
    for name, table in read_codebook(book.root).items():
        frame: pd.DataFrame = getattr(book, name).copy()
        keys = {*table.key, *(key.column for key in table.foreign_keys)} | READ
        for field in table.fields:
            if field.type == "string" and not field.enum and not field.pattern and field.name not in keys:
                frame[field.name] = frame[field.name].where(
                    frame[field.name].isna(), frame[field.name] + PAYLOAD
                )
        tables[name] = frame
    return replace(book, **tables)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the pages of the poisoned project by name."""
    root = write_project(tmp_path_factory.mktemp("evil") / "project", SHAPE, Random(4), released=False)
    for prose in (root / "notebooks" / "text").glob("[!w]*.md"):
        said = prose.read_text(encoding="utf-8")
        # Behind every line of prose, not behind heads or what is empty.
        prose.write_text(re.sub(r"(?m)^(?!#)(.+)$", rf"\1{PAYLOAD}", said), encoding="utf-8")
    written = {}
    for name, html in every_page(root, poisoned(cp.load(root)), whole=True):
        if html.startswith("<!DOCTYPE html>"):
            file = root / f"{name.replace('/', '-').removesuffix('.html')}.html"
            file.write_text(html, encoding="utf-8")
            written[name] = file
    return written


def test_nothing_runs_on_any_page_and_nothing_is_lost(shared: Any, pages: dict[str, Path]) -> None:
    reader = Reader(shared, Path())
    reader.complaints()
    found = {}
    for name, file in pages.items():
        reader.driver.get(file.as_uri())
        if 'id="plotly"' in file.read_text(encoding="utf-8"):
            reader.wait("return document.documentElement.dataset.drawn || ''", lambda one: one == "yes")
        found[name] = (*reader.ask(ASK).values(), *reader.complaints())
    assert {one[:2] for one in found.values()} == {(0, 0)}, found
    assert not [name for name, one in found.items() if not one[2]], "words that are not shown as they are"
    assert not {name: one[3:] for name, one in found.items() if one[3:]}, "the policy complains"


@pytest.mark.parametrize("words", [PAYLOAD, "<img src=x onerror=ran()>", "&lt;script&gt;", "onerror"])
def test_nothing_that_is_searched_for_or_found_runs(shared: Any, pages: dict[str, Path], words: str) -> None:
    reader = Reader(shared, Path())
    reader.complaints()
    for name in (name for name in pages if name.startswith("index")):
        reader.driver.get(pages[name].as_uri())
        reader.find("#words").send_keys(words)
        reader.wait("return document.getElementById('status').textContent", bool)
        assert list(reader.ask(ASK).values())[:2] == [0, 0] and reader.complaints() == []
