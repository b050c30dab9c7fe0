"""Rules on documents that cite one another: number, date and title as the citing text prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.errors import Problem
from compare.rules.rows import Row, rows_of, shown
from compare.tables.book import Book
from compare.tables.edition import edition_of
from compare.texts.quotes import folded
from compare.texts.source import Document

# A document's number: the body that gives it, the year in brackets (which copies lose), a running number.
NUMBER = re.compile(r"[一-鿿]{2,10}[〔\[(（]?(?P<year>(?:19|20)[0-9]{2})[〕\])）]?[0-9]{1,4}号")
SIGNED = re.compile(r"(?P<year>(?:19|20)[0-9]{2})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日[^0-9一-鿿]*$")
DAY = re.compile("(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}")
YEAR = re.compile("(?:19|20)[0-9]{2}")
QUOTED = re.compile("[〔〕\\[\\]()（）“”‘’《》 　]")
# The years or the state behind a title.
ADDED = re.compile(r"[(（][^()（）]*[)）]$")
# Where a document's year stands.
DATED: tuple[str, ...] = ("document_number", "title_zh", "drawn_up_on", "published_on")
DATED += ("period_start", "period_end", "period_text")


def documents_are_cited(book: Book) -> Iterator[Problem]:
    """A document's number stands behind its title where another cites it, or first in its own text; its id
    carries its year; every document that a text names as its basis is listed."""
    texts = [document.matching.text for document in book.documents.values()]
    titles = [_bare(_title(title)) for title in book.sources["title_zh"]]
    for row in rows_of(book, "sources"):
        expected = _behind_title(row, texts) if row.document is None else _own(row, row.document)
        if expected and _bare(row.text("document_number")) not in map(_bare, expected):
            yield row.wrong("document_number", " or ".join(sorted(expected)), "the text prints it")
        yield from _year(row)
        yield from _signed(row)
        for words in row.parts("cites_zh"):
            if not any(title in _bare(words) for title in titles):
                todo = "add it there as not_obtained"
                yield row.problem("cites_zh", words, "a document of sources.csv", todo)
        yield from _published(row)


def _own(row: Row, document: Document) -> set[str]:
    """Return the number that a document opens with, where none is given and it is not that of another."""
    first = NUMBER.search("".join(document.raw.split()))
    cited = _bare(row.text("cites_zh"))
    own = first and _bare(first[0]) not in cited and not row.has("document_number")
    return {first[0]} if first and own else set()


def _behind_title(row: Row, texts: list[str]) -> set[str]:
    """Return the numbers that stand behind a document's title where texts cite it."""
    title = re.escape(folded(_title(row["title_zh"])))
    behind = re.compile(title + r"(?:[(][^()]*年[)])?》?[(]([^()]*?号)[)]")
    period, found = row.text("period_text"), set()
    for match in (match for text in texts for match in behind.finditer(text)):
        year = NUMBER.search("".join(["文件", *re.findall("[〔0-9〕]+", match[1]), "号"]))
        # Two plans of one title are told apart by their year.
        if not period or year is None or year["year"] in period or period[:2] == "十四":
            found.add(match[1])
    return found


def _title(title: object) -> str:
    return ADDED.sub("", shown(title))


def _bare(words: str) -> str:
    return QUOTED.sub("", folded(words))


def _year(row: Row) -> Iterator[Problem]:
    """Yield the id of a document whose year is none that the document bears."""
    years = [part for part in row.key.split("-")[1:] if YEAR.fullmatch(part)]
    if not years or years[0] not in "".join(map(row.text, DATED)):
        yield row.wrong("source_id", "an id with the document's year", "place-year, as in jinan-2019")


def _signed(row: Row) -> Iterator[Problem]:
    """Yield a document signed on a day in its text that the row does not give, or on a day still to come."""
    last = edition_of(row.book.root).editions[-1:]
    for column in ("drawn_up_on", "published_on"):
        if row.has(column) and last and row[column].date() > last[0].published_on:
            yield row.wrong(column, f"a day up to {last[0].published_on}", "that day is still to come")
    if row.document is not None and not row.has("drawn_up_on"):
        lines = ("".join(line.split()) for line in row.document.reading.text.split("\n"))
        days = [match[0] for line in lines if (match := SIGNED.search(line))]
        if days:
            yield row.wrong("drawn_up_on", days[-1], "the text is signed on that day")


def _published(row: Row) -> Iterator[Problem]:
    """Yield a document whose page prints a day that is neither given nor said to be a reposter's."""
    if row.document is None or row.has("published_on"):
        return
    for part in rows_of(row.book, "furniture"):
        if part["source_id"] == row["source_id"] and part["class"] == "header":
            day = DAY.search(row.document.raw, part["start"], part["end"])
            if day and "转载" not in part.text("note"):
                todo = "the page prints it; a reposter's day is called 转载 in furniture.csv"
                yield row.wrong("published_on", day[0], todo)


def facts_name_their_document(book: Book) -> Iterator[Problem]:
    """A target from elsewhere names a document exactly where the page's title is that document's."""
    sources = [(row, _bare(_title(row["title_zh"]))) for row in rows_of(book, "sources")]
    for row in rows_of(book, "outside_targets"):
        page, held = _bare(row["source_title"]), row["source_id"]
        titled = [source for source, title in sources if title and title in page]
        numbered = [
            one for one in titled if one.has("document_number") and _bare(one["document_number"]) in page
        ]
        told = [one.key for one in numbered or titled]
        if (held not in told) if row.has("source_id") else told:
            expected = told[0] if told else "nothing"
            yield row.wrong("source_id", expected, f"the page is headed “{row['source_title'][:40]}”")
