"""Every target of a city by topic, with its marks, its repetitions and the other cities."""

from __future__ import annotations

from decimal import Decimal

from bs4 import NavigableString

from compare.tables.book import Book

from .cities import is_draft, linked, names_of, of, pages, promised, prose, text_of
from .telling import SIGNS, Row, read_rows


def number(value: str, lang: str) -> str:
    """Return a plain number of the CSV as the page is to print it."""
    exact, mark = Decimal(value), ""
    sizes = {"zh": (("1e8", "亿"), ("1e4", "万")), "en": (("1e9", " bn"), ("1e6", " m"))}[lang]
    for size, words in sizes:
        if not mark and exact >= Decimal(size):
            exact, mark = exact / Decimal(size), words
    return f"{exact.normalize():{',' if lang == 'en' else ''}f}{mark}"


def worded(row: Row, lang: str) -> str:
    low, high = row["value_low"], row["value_high"]
    ends = [low, high] if row["comparator"] == "range" else [low or high]
    shown = {"percent": "%", "person": " people", "yuan": " yuan"}
    unit = names_of("units", lang)[row["unit_id"]] if lang == "zh" else shown.get(row["unit_id"], "")
    value = SIGNS[row["comparator"]] + "–".join(number(end, lang) for end in ends) + unit
    return value if row["multiplier"] == "1" else f"各{value}" if lang == "zh" else f"{value} each"


def test_every_target_is_in_the_table_and_leads_to_its_sentence(book: Book) -> None:
    for city, lang, page in pages(book):
        names, anchors = names_of("indicators", lang), {one["id"] for one in page.select(".evidence .anchor")}
        cells = {linked(cell)[0]: cell for cell in page.select("section.promises td .worth")}
        assert len(page.select("section.promises td .worth")) == len(cells)
        assert set(cells) == {row["target_id"] for row in promised(city)}
        for row in promised(city):
            cell = cells[row["target_id"]]
            value = "".join(part for part in cell.a.children if isinstance(part, NavigableString))
            assert value == worded(row, lang), row["target_id"]
            assert row["target_id"] in anchors
            head = cell.find_parent("tr").th
            assert head.find(string=True, recursive=False).strip() == names[row["indicator_id"]]


def test_targets_stand_under_their_topics_with_the_page_that_compares_them(book: Book) -> None:
    topic_of = {row["indicator_id"]: row["topic_id"] for row in read_rows("indicators")}
    cities: dict[str, set[str]] = {}
    for row in read_rows("targets"):
        cities.setdefault(topic_of[row["indicator_id"]], set()).add(row["city_id"])
    for city, lang, page in pages(book):
        topics = {name: topic for topic, name in names_of("topics", lang).items()}
        rows = {row["target_id"]: row for row in promised(city)}
        for body in page.select("section.promises tbody"):
            head = body.select_one(".group th")
            topic = topics[head.find(string=True, recursive=False).strip()]
            assert {topic_of[rows[linked(cell)[0]]["indicator_id"]] for cell in body.select(".worth")} == {
                topic
            }
            files = [(link["href"], link.get_text()) for link in head.select("a")]
            wanted = (f"topic-{topic}.{lang}.html", prose(lang)["promises.page"])
            assert files == ([wanted] if len(cities[topic]) > 1 else []), city


def test_drafts_weak_promises_and_supplied_dates_are_marked(book: Book) -> None:
    for city, lang, page in pages(book):
        lines = {linked(cell)[0]: cell.find_parent("tr") for cell in page.select("section.promises .worth")}
        for row in promised(city):
            line = lines[row["target_id"]]
            assert bool(line.select(".draft-tag")) == bool(line.select(".shape.draft")) == is_draft(row)
            said = text_of(line)
            assert (prose(lang)["mark.aspirational"] in said) == (row["force"] == "aspirational")
            assert (prose(lang)["promises.period"] in said) == (row["due_source"] == "period")


def test_repeated_statements_and_other_cities_stand_beside(book: Book) -> None:
    names, every = names_of("places", "zh"), read_rows("targets")
    counted = [row for row in every if row["kind"] == "target" and not row["restates_target_id"]]
    for city, _, page in pages(book, "zh"):
        lines = {linked(cell)[0]: cell.find_parent("tr") for cell in page.select("section.promises .worth")}
        for row in promised(city):
            line = lines[row["target_id"]]
            again = [one["target_id"] for one in every if one["restates_target_id"] == row["target_id"]]
            whole = [row["part_of_target_id"]] if row["part_of_target_id"] else []
            assert sorted(linked(line)) == sorted([row["target_id"], *again, *whole])
            others = {one["city_id"] for one in counted if one["indicator_id"] == row["indicator_id"]} - {
                city
            }
            last = line.find_all("td")[-1].get_text()
            told = {other for other in set(book.cities) - {city} if names[other] in last}
            assert told == others, row["target_id"]


def test_statuses_stand_apart(book: Book) -> None:
    for city, _, page in pages(book, "zh"):
        statuses = [row["target_id"] for row in of(read_rows("targets"), city) if row["kind"] == "status"]
        found = [linked(line)[0] for line in page.select("section.promises ul.named li")]
        assert sorted(found) == sorted(statuses), city
