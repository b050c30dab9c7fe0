"""What a city leaves out: the states counted and named, the searches, and the documents not at hand."""

from __future__ import annotations

from collections import Counter

from compare.tables.book import Book

from .cities import called, documents, linked, pages, prose, text_of
from .telling import Row, read_rows


def state(source: str, indicator: str) -> str:
    """Return what a document says of an indicator, from the bare rows: every document is coded in full."""
    key = (source, indicator)
    targets = [row for row in read_rows("targets") if (row["source_id"], row["indicator_id"]) == key]
    if any(row["kind"] == "target" and not row["restates_target_id"] for row in targets):
        return "quantified"
    if any(row["kind"] == "status" for row in targets):
        return "status_only"
    words = [row for row in read_rows("mentions") if (row["source_id"], row["indicator_id"]) == key]
    return "unquantified" if any(row["class"] == "unquantified" for row in words) else "silent"


def headline() -> list[Row]:
    return [row for row in read_rows("indicators") if row["headline"] == "yes"]


def unsaid(city: str) -> list[Row]:
    """Return the headline indicators of which no document of a city says anything."""
    return [
        row
        for row in headline()
        if {state(source, row["indicator_id"]) for source in documents(city)} == {"silent"}
    ]


def test_states_of_coverage_are_counted_and_named(book: Book) -> None:
    for city, _, page in pages(book, "zh"):
        states = [state(source, row["indicator_id"]) for source in documents(city) for row in headline()]
        section = page.select_one("section.silences")
        glyphs = Counter(
            next(one[2:] for one in glyph["class"] if one.startswith("g-"))
            for glyph in section.select(".signs .glyph")
        )
        assert glyphs == Counter(states), city
        assert sum(int(cell.get_text()) for cell in section.select(".tally .num")) == len(states)
        named = text_of(section.select_one(".lists"))
        assert all(row["name_zh"] in named for row in unsaid(city))
        for kind, head in (("silent", "h3"), ("unquantified", "summary"), ("status_only", "summary")):
            assert bool(section.select(f".lists {head} .g-{kind}")) == (kind in states), kind


def test_silences_are_headed_by_the_document_that_is_silent(book: Book) -> None:
    """One document is named; of several, all of which are silent, it is told how many they are."""
    for city, lang, page in pages(book):
        held, counts = documents(city), {"total": len(headline()), "silent": len(unsaid(city))}
        title = prose(lang)["silences.title"].format(document=called(held[0], lang), **counts)
        if len(held) > 1:
            several = {"zh": "零一两三四", "en": ("", "one", "two", "three", "four")}[lang][len(held)]
            title = prose(lang)["silences.title.several"].format(documents=several, **counts)
        assert page.select_one("section.silences h2").get_text() == title


def test_the_words_searched_for_read_as_a_list(book: Book) -> None:
    """Words of one clause are joined by dots, which the head of the list explains."""
    for _, _, page in pages(book):
        for search in page.select("section.silences details.twin"):
            terms = [cell.get_text() for cell in search.select("tbody td:nth-child(2)")]
            assert terms and not any("+" in words or ";" in words for words in terms)
            assert "…" in search.select_one("summary").get_text() and any("…" in words for words in terms)
            assert all(cell.get_text().isdigit() for cell in search.select("tbody td.num"))


def test_words_without_a_number_lead_to_their_sentence(book: Book) -> None:
    for city, _, page in pages(book, "zh"):
        anchors = {anchor["id"] for anchor in page.select(".evidence .anchor")}
        quoted = page.select("section.silences .lists a.q")
        assert quoted and {link["href"][1:] for link in quoted} <= anchors, city


def test_commitments_in_words_are_counted_and_lead_into_their_document(book: Book) -> None:
    numbered = {row["commitment_id"] for row in read_rows("targets")}
    for city, lang, page in pages(book, "zh"):
        rows = [row for row in read_rows("commitments") if row["commitment_id"] not in numbered]
        counts = Counter((row["source_id"], row["topic_id"]) for row in rows if row["city_id"] == city)
        topics = {one.th.get_text() for one in page.select("table.tally tbody tr")}
        names = {row["topic_id"]: row["name_zh"] for row in read_rows("topics")}
        firsts = {row["commitment_id"]: row for row in rows}
        for link in page.select("table.tally td a"):
            file, _, row = link["href"].partition("#")
            first = firsts[row]
            assert file == f"sources/{first['source_id']}.{lang}.html"
            assert int(link.get_text()) == counts.pop((first["source_id"], first["topic_id"]))
        assert not [one for one in counts if names[one[1]] in topics], city


def test_documents_that_are_not_at_hand_are_named(book: Book) -> None:
    for city, _, page in pages(book, "zh"):
        lacking = [
            row["title_zh"]
            for row in read_rows("sources")
            if row["place_id"] == city and row["status"] == "not_obtained"
        ]
        heads = page.select("section.silences .lists h3 .g-not_obtained")
        named = [line.get_text() for head in heads for line in head.find_parent("div").select("li")]
        assert sorted(named) == sorted(lacking) and not linked(page.select_one(".tally")), city
