"""A city's figures beside those above: the gap in words, and the reason where there is none."""

from __future__ import annotations

from compare.tables.book import Book

from .cities import linked, page_of, pages, text_of
from .telling import read_rows


def test_figures_above_stand_beside_with_the_gap(book: Book) -> None:
    values = {row["target_id"]: row for row in read_rows("targets")}
    above = {row["fact_id"]: row for row in read_rows("outside_targets")}
    for city, lang, page in pages(book):
        section = page.find(id="above").find_parent("section")
        table = section.find("table", class_="stack", recursive=False)
        for line in table.select("tbody tr") if table else []:
            here, there = linked(line)
            gap = text_of(line.select_one(".derived"))
            if here in values and values[here]["unit_id"] == "percent":
                size = abs(float(values[here]["value_low"]) - float(above[there]["value"]))
                same = {"zh": "相同", "en": "the same"}[lang]
                assert f"{size:g}" in gap if size else same in gap.lower(), (city, here, gap)
            assert gap and there in above
        for line in section.select("details.folded tbody tr"):
            assert line.find_all("td")[-1].get_text(strip=True) and not line.select(".derived")
            assert {linked(line)[0]} <= {*values, *above}


def test_every_pair_of_the_cascade_is_told_once(book: Book) -> None:
    import compare as cp

    for city in book.cities:
        section = page_of(book, city, "zh").find(id="above").find_parent("section")
        told = [tuple(linked(line)) for line in section.select("table.stack tbody tr")]
        rows = cp.cascade(book, city)
        assert sorted(told) == sorted(zip(rows["row_id"], rows["above_row_id"], strict=True)), city


def test_shares_say_whose_populations_they_rest_on(book: Book) -> None:
    for city, _, page in pages(book, "zh"):
        section = page.find(id="above").find_parent("section")
        shares = [line for line in section.select(".derived") if "人口" in line.get_text()]
        facts = [row for row in read_rows("reference") if row["place_id"] == city]
        for note in section.select(":scope > .note"):
            assert any(row["publisher"] in note.get_text() for row in facts), city
        assert bool(shares) == bool(section.select(":scope > .note"))
