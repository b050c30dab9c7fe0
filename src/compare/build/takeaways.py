"""What stands in `reports/` beside the briefings: a page per document, the workbook, the calendars.

Each is made from the whole book at once, without a notebook; the list is known without reading
more than two tables, so that a build with nothing to do stays short.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compare.build.inputs import inputs_of_all
from compare.build.plan import LANGUAGES, rows

if TYPE_CHECKING:
    from compare.tables.book import Book

WORKBOOK = "comparison.xlsx"


@dataclass(frozen=True)
class Takeaway:
    """One file to make: its name below `reports/`, and what makes its bytes of book, day and edition."""

    name: str
    make: Callable[[Book, str, str], bytes]


def takeaways(root: Path) -> list[Takeaway]:
    """Return every file the tables in `root` call for beside the briefings.

    Raises `CompareError` where a table or a column it needs is missing.
    """
    sources = rows(root / "data" / "curated" / "sources.csv", root, "source_id", "place_id", "path")
    pages = [
        Takeaway(f"sources/{row['source_id']}.{lang}.html", _source(row["source_id"], lang))
        for row in sources
        if row["path"]
        for lang in LANGUAGES
    ]
    cities = [row["place_id"] for row in sources if row["path"]]
    calendars = [
        Takeaway(f"calendars/calendar-{city or 'all'}.{lang}.ics", _calendar(city, lang))
        for city in ["", *dict.fromkeys(cities)]
        for lang in LANGUAGES
    ]
    return [*pages, *calendars, Takeaway(WORKBOOK, _workbook)] if pages else []


def _source(source_id: str, lang: str) -> Callable[[Book, str, str], bytes]:
    def make(book: Book, as_of: str, edition: str) -> bytes:
        from compare.outputs.document import document_page

        inputs = inputs_of_all(book.root).fingerprint
        return document_page(book, source_id, lang, as_of, edition, inputs).encode("utf-8")

    return make


def _calendar(city: str, lang: str) -> Callable[[Book, str, str], bytes]:
    def make(book: Book, as_of: str, edition: str) -> bytes:
        from compare.outputs.calendar import ics_bytes
        from compare.sections.calendar_file import calendar_file
        from compare.words.schedule import schedule

        return ics_bytes(calendar_file(schedule(book, as_of, city or None), lang, city, book.root))

    return make


def _workbook(book: Book, as_of: str, edition: str) -> bytes:
    from compare.outputs.workbook.book import workbook

    return workbook(book, as_of, edition)
