"""Who leads a city's commitments, where its documents name them."""

from __future__ import annotations

from collections import Counter

from compare.tables.book import Book

from .cities import names_of, of, pages
from .telling import read_rows


def test_leaders_are_counted_where_they_are_named(book: Book) -> None:
    leads = {row["task_id"]: [one for one in row["lead_ids"].split(";") if one] for row in read_rows("tasks")}
    for city, lang, page in pages(book):
        agency = {
            row["name_zh"]: row["agency_id"] for row in read_rows("agencies") if row["place_id"] == city
        }
        names, counts = names_of("agencies", lang), Counter[str]()
        for row in of(read_rows("commitments"), city):
            if row["task_id"]:
                counts.update(leads[row["task_id"]])
                continue
            for entry in of(read_rows("ledger"), city):
                inside = int(entry["start"]) <= int(row["start"]) and int(row["end"]) <= int(entry["end"])
                if inside and entry["source_id"] == row["source_id"]:
                    counts.update([agency[entry["unit_zh"]]])
        section = page.select_one("section.agencies")
        found = [
            (line.th.get_text(), int(line.select("td")[-1].get_text())) for line in section.select("tbody tr")
        ]
        assert Counter(found) == Counter((names[name], count) for name, count in counts.items()), city
        assert [count for _, count in found] == sorted((count for _, count in found), reverse=True)
        if not counts:
            assert not section.select("table, p.deck") and section.h2.get_text()
