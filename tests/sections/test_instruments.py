"""By which means a city promises: counted as the clauses stand, and drawn as long as the counts."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from compare.analysis.commitments import COUNTS, INSTRUMENTS
from compare.charts import means
from compare.errors import CompareError
from compare.sections.section import Chart, parts
from compare.tables.book import Book

from .cities import MAKERS, documents, frames, names_of, pages, prose, tallied
from .telling import Row, read_rows


def clauses(source: str) -> list[Row]:
    return [row for row in read_rows("commitments") if row["source_id"] == source]


def test_means_are_counted_as_the_clauses_stand(book: Book) -> None:
    for city, lang, page in pages(book):
        names, tables = names_of("topics", lang), page.select("section.means table.counts")
        for source, table in zip(documents(city), tables, strict=True):
            rows, total = clauses(source), Counter[str]()
            for line in table.select("tbody tr"):
                own = [row for row in rows if names[row["topic_id"]] == line.th.get_text()]
                counts = counted(own)
                assert dict(zip(COUNTS, tallied(line), strict=True)) == counts, source
                total.update(counts)
            assert dict(zip(COUNTS, tallied(table.select_one("tfoot tr")), strict=True)) == dict(total)
            assert total["all"] == len(rows)


def counted(rows: list[Row]) -> dict[str, int]:
    flags = {"all": len(rows), "aspirational": sum(row["force"] == "aspirational" for row in rows)}
    flags |= {"figures": sum(row["quantifier"] == "figure" for row in rows)}
    return flags | {name: sum(row["instrument"] == name for row in rows) for name in INSTRUMENTS}


def test_bars_are_as_long_as_their_counts_and_told_in_words(book: Book) -> None:
    for city in book.cities:
        charts = list(parts(MAKERS["instruments"](frames(book, city), "zh"), Chart))
        for source, chart in zip(documents(city), charts, strict=True):
            totals = Counter(row["instrument"] for row in clauses(source))
            heads = {name: prose("zh")[f"means.{name}"] for name in INSTRUMENTS}
            assert all(f"{heads[name]}{totals[name]}" in chart.alt for name in INSTRUMENTS)
            for drawing in chart.drawings:
                figure = json.loads(drawing.figure)
                assert {one["name"]: sum(one["x"]) for one in figure["data"]} == {
                    heads[name]: totals[name] for name in INSTRUMENTS
                }
                ends = [sum(bars) for bars in zip(*(one["x"] for one in figure["data"]), strict=True)]
                assert ends == sorted(ends, reverse=True)
                assert figure["layout"]["xaxis"]["range"][1] > max(ends)
                labels = [one["text"] for one in figure["layout"]["annotations"]]
                assert [text for text in labels if text.startswith("<b>")] == [
                    f"<b>{end}</b>" for end in ends
                ]


def test_each_piece_of_a_bar_begins_where_the_one_before_ends(book: Book) -> None:
    drawn = means(frames(book, book.cities[0])["clauses"])
    first, *others = drawn.data
    assert set(first.base) == {0}
    for before, after in zip(drawn.data, others, strict=False):
        assert [start + length for start, length in zip(before.base, before.x, strict=True)] == list(
            after.base
        )
    edges = [shape for shape in drawn.layout.shapes if shape.xref != "paper"]
    assert len(edges) == sum(count > 0 for one in drawn.data for count in one.x), "a part of nothing has none"


def test_a_frame_that_lacks_a_column_is_told(book: Book) -> None:
    with pytest.raises(CompareError, match="instrument"):
        means(frames(book, book.cities[0])["clauses"].drop(columns="instrument"))
