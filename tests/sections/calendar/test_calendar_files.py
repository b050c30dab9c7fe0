"""What a reader takes away: a calendar file per city and one for all, and the table of every row."""

from __future__ import annotations

import base64
import csv
import io
from collections import Counter

from bs4 import Tag

from compare.outputs.calendar import ics_bytes
from compare.sections.calendar_file import calendar_file

from .conftest import Page, Told, numbers


def held(link: Tag) -> bytes:
    kind, _, content = str(link["href"]).partition(",")
    assert kind.startswith("data:") and kind.endswith(";base64")
    return base64.b64decode(content)


def test_calendar_files_are_held_in_the_page(page: Page, told: Told) -> None:
    files = {
        str(link["download"]): link for link in page.tree.select('.cal-files a[href^="data:text/calendar"]')
    }
    cities = [
        city for city in told.book.cities if city in {row["city_id"] for row in told.deadlines.values()}
    ]
    assert list(files) == [f"calendar-{city}.{page.lang}.ics" for city in (*cities, "all")]
    for city, (name, link) in zip((*cities, ""), files.items(), strict=True):
        assert link.get_text() == name, "the name is told"
        assert held(link) == ics_bytes(calendar_file(page.due, page.lang, city))
        line = link.find_parent("tr")
        assert isinstance(line, Tag)
        rows = [row for row in told.deadlines.values() if city in ("", row["city_id"])]
        drafts = sum(row["source_id"] in told.drafts for row in rows)
        assert numbers(line.find_all("td")[-1].get_text()) == [len(rows), *([drafts] if drafts else [])]


def test_the_table_of_all_rows_is_whole(tree: Tag, told: Told) -> None:
    link = tree.select_one('.cal-files a[href^="data:text/csv"]')
    assert link is not None and not tree.select(".cal-files button")
    content = held(link)
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert len(head) == len(set(head)) and {len(row) for row in rows} == {len(head)}
    wanted = {row["commitment_id"]: row for row in told.raw("commitments") if row["deadline_id"]}
    bare = set(told.deadlines) - set(told.governed)
    assert Counter(row[17] for row in rows if row[17]) == Counter(list(wanted))
    assert {row[16] for row in rows if not row[17]} == bare
    for row in rows:
        due = told.deadlines[row[16]]
        assert row[3] == due["due_text"] and (not due["due_on"] or row[4] == due["due_on"])
        if row[17]:
            # What a spreadsheet would take for a formula has a mark in front.
            assert row[9].lstrip("'") == wanted[row[17]]["action_zh"]
