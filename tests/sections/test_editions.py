"""Two documents of one city: pairs with both sentences, commitments by topic, every indicator followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from bs4 import Tag

import compare as cp
from compare.tables.book import Book
from made_up import Paper, Shape, write_project

from .cities import called, documents, frames, names_of, of, page_of, pages, parsed, promised, prose, text_of
from .telling import read_rows


def two(book: Book) -> Iterator[tuple[str, list[str], Tag]]:
    """Yield every city with two documents, these, and what is told of them."""
    for city in book.cities:
        if len(documents(city)) == 2:
            yield city, documents(city), page_of(book, city, "zh").select_one("section.editions")


def test_only_a_city_with_two_documents_has_editions(book: Book) -> None:
    for city, _, page in pages(book):
        assert bool(page.select("section.editions")) == (len(documents(city)) > 1), city
    assert list(two(book))


def test_pairs_taken_up_are_shown_with_both_sentences(book: Book) -> None:
    rows, names = {row["commitment_id"]: row for row in read_rows("commitments")}, names_of("topics", "zh")
    for city, _, section in two(book):
        links = of(read_rows("continuations"), city)
        shown = Counter(
            (group.summary.find(string=True).strip(), *(one.get_text() for one in line.select(".clause")))
            for group in section.select("details.folded:has(.pairs)")
            for line in group.select("tbody tr")
        )
        assert shown == Counter(
            (names[later["topic_id"]], earlier["action_zh"], later["action_zh"])
            for earlier, later in ((rows[row["earlier_id"]], rows[row["later_id"]]) for row in links)
        )
        notes = [text_of(note) for note in section.select(".pairs .why")]
        assert Counter(notes) == Counter(row["note"] for row in links if row["note"])


def test_commitments_taken_up_are_counted_by_topic(book: Book) -> None:
    rows = {row["commitment_id"]: row for row in read_rows("commitments")}

    def clauses(ids: Iterable[str]) -> set[tuple[str, str]]:
        return {(rows[name]["source_id"], rows[name]["action_zh"]) for name in ids}

    for city, (first, second), section in two(book):
        earlier = clauses(name for name, row in rows.items() if row["source_id"] == first)
        taken = clauses(row["earlier_id"] for row in of(read_rows("continuations"), city))
        title = prose("zh")["editions.title"].format(
            first=called(first, "zh"), second=called(second, "zh"), earlier=len(earlier), taken=len(taken)
        )
        assert section.h2.get_text() == title
        lines = [
            [int(cell.get_text().replace("–", "0")) for cell in line.select("td")]
            for line in section.select(".scroll tbody tr")
        ]
        assert sum(line[0] for line in lines) == len(earlier)
        assert sum(line[1] for line in lines) == len(taken)
        assert section.select_one('.scroll[role=region][tabindex="0"]')["aria-label"]


def test_every_indicator_of_either_document_is_followed(book: Book) -> None:
    names = names_of("indicators", "zh")
    for city, _, section in two(book):
        spoken = [row for row in of(read_rows("mentions"), city) if row["class"] == "unquantified"]
        said = {row["indicator_id"] for row in (*promised(city), *spoken)}
        lines = section.select("table.stack:not(.pairs) tbody tr")
        assert sorted(line.th.get_text() for line in lines) == sorted(names[name] for name in said)
        folded = {line.th.get_text() for line in lines if line.find_parent("details")}
        # What has a number in one of the documents stands open, what is said in words behind a fold.
        assert folded == {names[name] for name in said} - {
            names[row["indicator_id"]] for row in promised(city)
        }


def test_three_documents_are_told_pair_by_pair_under_one_kicker(tmp_path: Path) -> None:
    papers = tuple(Paper(first_year=year) for year in (2018, 2020, 2022))
    folder = write_project(tmp_path / "p", Shape(cities=1, papers=(papers,)), Random(1), released=False)
    made = cp.load(folder)
    section = parsed(frames(made, made.cities[0]), "en", "editions").select_one("section.editions")
    heads = [head["id"] for head in section.select("h2")]
    assert heads == ["editions1", "editions2"] and len(section.select(".kicker")) == 1
    assert len({head.get_text() for head in section.select("h2")}) == 2
