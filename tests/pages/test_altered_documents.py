"""Pages over the five documents with something of them gone: whole, and nothing missing is printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from compare.build.plan import plan
from compare.tables.book import Book
from every_page import dead_links, faults, html_of, run_notebook


def without(table: str, column: str, *values: str) -> Callable[[Book], Book]:
    """Return what takes the rows out of a table that hold one of the values."""

    def taken(book: Book) -> Book:
        rows = getattr(book, table)
        left = rows[~rows[column].isin(values)].reset_index(drop=True)
        assert len(left) < len(rows), f"{table} holds no {values}"
        return replace(book, **{table: left})

    return taken


GONE = [
    ("reference", "place_id", ("dezhou",), "topic-5g.en", "a population, by which stations are divided"),
    ("reference", "place_id", ("dezhou",), "city-dezhou.zh", "and on its own page"),
    ("outcomes", "place_id", ("jinan",), "topic-5g.zh", "a city's outcomes, where others have some"),
    ("outcomes", "place_id", ("jinan",), "city-jinan.en", "and on its own page"),
    ("outside_targets", "place_id", ("shandong", "china"), "cascade.en", "all above three ranked cities"),
    ("outside_targets", "place_id", ("shandong", "china"), "topic-5g.en", "and on the page of the topic"),
    ("targets", "topic_id", ("open_data",), "topic-open_data.zh", "every target of a topic"),
    ("targets", "city_id", ("qingdao",), "city-qingdao.en", "every number of a city"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "column", "values", "page", "reason"), GONE, ids=[f"{case[3]}: {case[4]}" for case in GONE]
)
def test_a_page_is_whole_without(
    root: Path, book: Book, table: str, column: str, values: tuple[str, ...], page: str, reason: str
) -> None:
    altered = without(table, column, *values)(book)
    [planned] = [one for one in plan(root) if one.name == page]
    html = html_of(root, planned, run_notebook(root, altered, planned))
    assert "<h1" in html
    assert (faults(page, html), dead_links(page, html)) == ([], []), reason
