"""By when a city promises: counted by year, drafts apart, and what is due next."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from compare.tables.book import Book

from .cities import is_draft, numbers_in, of, pages, tallied, text_of
from .telling import AS_OF, Row, read_rows


def dated(city: str) -> list[tuple[str, Row]]:
    """Return the commitments of a city that have a day, each after it."""
    due = {row["deadline_id"]: row["due_on"] for row in read_rows("deadlines")}
    rows = of(read_rows("commitments"), city)
    return [(due[row["deadline_id"]], row) for row in rows if due.get(row["deadline_id"], "")]


def test_deadlines_are_counted_by_year(book: Book) -> None:
    for city, _, page in pages(book, "zh"):
        years = Counter(day[:4] for day, _ in dated(city))
        figures = Counter(day[:4] for day, row in dated(city) if row["quantifier"] == "figure")
        past = Counter(day[:4] for day, _ in dated(city) if day <= AS_OF)
        section = page.select_one("section.deadlines")
        lines = section.select("tbody tr")
        assert sorted(line.th.get_text().rstrip("年") for line in lines) == sorted(years), city
        for line in lines:
            year, counts = line.th.get_text().rstrip("年"), list(tallied(line))
            assert counts[-3:] == [years[year], figures[year], past[year]]
            assert len(counts) == 3 or sum(counts[:-3]) == years[year], "documents add up"
        assert set(numbers_in(section.h2.get_text())) == {len(dated(city)), sum(past.values())}
        every = len(of(read_rows("commitments"), city))
        assert numbers_in(text_of(section.select_one(".deck")))[:2] == [every, len(dated(city))]


def test_bars_of_drafts_are_hollow_in_the_table_of_years(book: Book) -> None:
    """A bar is as long as its count; what a draft sets a date for stands apart, hollow."""
    for city, _, page in pages(book, "zh"):
        counts = Counter((day[:4], is_draft(row)) for day, row in dated(city))
        most = max(Counter(day[:4] for day, _ in dated(city)).values())
        for line in page.select("section.deadlines tbody tr"):
            year = line.th.get_text().rstrip("年")
            drawn = {
                "hollow" in rod["class"]: 100 * float(re.search(r"calc\(([\d.]+)\*", rod["style"])[1])
                for rod in line.select(f".bar-cell.c-{city} .rod")
            }
            wanted = {
                draft: 100 * counts[year, draft] / most for draft in (False, True) if counts[year, draft]
            }
            assert drawn == pytest.approx(wanted, abs=0.051), (city, year)
