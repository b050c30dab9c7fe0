"""Rules on documents that cite one another: number, date and title as the citing text prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pandas as pd

from compare.errors import Problem
from compare.rules.facts import FACTS
from compare.rules.rows import Row, rows_of, shown
from compare.tables.book import Book
from compare.tables.edition import edition_of
from compare.texts.source import Document

# A document's number: the body that gives it, the year in brackets (which copies lose), a running number.
NUMBER = re.compile(r"[一-鿿]{2,10}[〔\[(（]?(?P<year>(?:19|20)[0-9]{2})[〕\])）]?[0-9]{1,4}号")
SIGNED = re.compile(r"(?P<year>(?:19|20)[0-9]{2})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日[^0-9一-鿿]*$")
DAY = re.compile("(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}")
QUOTED = re.compile("[〔〕\\[\\]()（）“”‘’《》 　]")


def documents_are_cited(book: Book) -> Iterator[Problem]:
    """A document's number stands behind its title where another cites it, or first in its own text; its id
    carries its year; every document that a text names as its basis is listed."""
    texts = {name: document.matching.text for name, document in book.documents.items()}
    for row in rows_of(book, "sources"):
        expected = _numbers(row, book, texts)
        held = row.cells["document_number"]
        if expected and (pd.isna(held) or _bare(held) not in {_bare(number) for number in expected}):
            yield row.problem("document_number", held, " or ".join(sorted(expected)), "the text prints it")
        yield from _year(row)
        yield from _signed(row, book)
        yield from _listed(row, book)
        yield from _published(row, book)


def _numbers(row: Row, book: Book, texts: dict[str, str]) -> set[str]:
    """Return the numbers that a document's own text opens with, or that stand behind its title elsewhere."""
    document = book.documents.get(row.cells["source_id"])
    if document is not None:
        first = NUMBER.search("".join(document.raw.split()))
        # A number that stands behind the title of another document is that one's.
        cited = "" if pd.isna(row.cells["cites_zh"]) else _bare(row.cells["cites_zh"])
        return (
            {first[0]}
            if first and _bare(first[0]) not in cited and pd.isna(row.cells["document_number"])
            else set()
        )
    behind = re.compile(
        re.escape(folded(_title(row.cells["title_zh"]))) + r"(?:[(][^()]*年[)])?》?[(]([^()]*?号)[)]"
    )
    period = "" if pd.isna(row.cells["period_text"]) else row.cells["period_text"]
    found = set()
    for text in texts.values():
        for match in behind.finditer(text):
            year = NUMBER.search("".join(["文件", *re.findall("[〔0-9〕]+", match[1]), "号"]))
            # Two plans of one title are told apart by their year.
            if not period or year is None or year["year"] in period or period[:2] == "十四":
                found.add(match[1])
    return found


@cache
def folded(words: str) -> str:
    """Return words as texts are matched: Simplified, half-width, lower case, without blanks.

    >>> folded("數字　ＡＢ")
    '数字ab'
    """
    return Document("", words, "").matching.text


def _title(title: object) -> str:
    """Return a title without the years or the state in brackets behind it."""
    return re.sub(r"[(（][^()（）]*[)）]$", "", shown(title))


def _bare(words: str) -> str:
    return QUOTED.sub("", folded(words))


def _year(row: Row) -> Iterator[Problem]:
    """Yield the id of a document whose year is none that the document bears."""
    parts = [part for part in row.key.split("-")[1:] if re.fullmatch("(?:19|20)[0-9]{2}", part)]
    names = (
        "document_number",
        "title_zh",
        "drawn_up_on",
        "published_on",
        "period_start",
        "period_end",
        "period_text",
    )
    borne = "".join(shown(row.cells[name]) for name in names)
    if not parts or parts[0] not in borne:
        yield row.problem(
            "source_id", row.key, "an id with the document's year", "place-year, as in jinan-2019"
        )


def _signed(row: Row, book: Book) -> Iterator[Problem]:
    """Yield a document signed on a day in its text that the row does not give, or on a day still to come."""
    document = book.documents.get(row.cells["source_id"])
    last = edition_of(book.root).editions
    for column in ("drawn_up_on", "published_on"):
        day = row.cells[column]
        if not pd.isna(day) and last and day.date() > last[-1].published_on:
            yield row.problem(
                column, day, f"a day up to {last[-1].published_on}", "that day is still to come"
            )
    if document is None or not pd.isna(row.cells["drawn_up_on"]):
        return
    days = [
        match for line in document.reading.text.split("\n") if (match := SIGNED.search("".join(line.split())))
    ]
    if days:
        yield row.problem("drawn_up_on", "", days[-1][0], "the text is signed on that day")


def _published(row: Row, book: Book) -> Iterator[Problem]:
    """Yield a document whose page prints a day that is neither given nor said to be a reposter's."""
    document = book.documents.get(row.cells["source_id"])
    if document is None or not pd.isna(row.cells["published_on"]):
        return
    for cells in book.records("furniture"):
        if cells["source_id"] == row.cells["source_id"] and cells["class"] == "header":
            day = DAY.search(document.raw, cells["start"], cells["end"])
            if day and "转载" not in str(cells["note"]):
                yield row.problem(
                    "published_on",
                    "",
                    day[0],
                    "the page prints it; a reposter's day is called 转载 in furniture.csv",
                )


def _listed(row: Row, book: Book) -> Iterator[Problem]:
    titles = [_bare(_title(title)) for title in book.sources["title_zh"]]
    for words in [] if pd.isna(row.cells["cites_zh"]) else row.cells["cites_zh"].split(";"):
        if not any(title in _bare(words) for title in titles):
            yield row.problem("cites_zh", words, "a document of sources.csv", "add it there as not_obtained")


def facts_name_their_document(book: Book) -> Iterator[Problem]:
    """A target from elsewhere names a document exactly where the page's title is that document's."""
    titles = {
        cells["source_id"]: (_bare(_title(cells["title_zh"])), cells) for cells in book.records("sources")
    }
    for row in rows_of(book, "outside_targets"):
        page = _bare(row.cells["source_title"])
        named = [name for name, (title, cells) in titles.items() if title and title in page]
        numbers = [
            name
            for name in named
            if not pd.isna(number := titles[name][1]["document_number"]) and _bare(number) in page
        ]
        told = numbers or named
        held = row.cells["source_id"]
        if pd.isna(held) and told:
            yield row.problem(
                "source_id", "", told[0], f"the page is headed “{row.cells['source_title'][:40]}”"
            )
        elif not pd.isna(held) and held not in told:
            yield row.problem(
                "source_id",
                held,
                told[0] if told else "nothing",
                f"the page is headed “{row.cells['source_title'][:40]}”",
            )


def searches_are_named(book: Book) -> Iterator[Problem]:
    """The note of a fruitless search names its place, year and object, and no figure of it is at hand."""
    places = dict(zip(book.places["place_id"], book.places["name_zh"], strict=True))
    names = _names(book)
    found = {
        (cells["place_id"], item, str(cells["date_on"])[:4])
        for table in FACTS
        for cells in book.records(table)
        for item in (cells.get("indicator_id"), cells["measure_id"])
        if not pd.isna(item)
    }
    for row in rows_of(book, "not_found"):
        note, year = row.cells["note"], shown(row.cells["date_text"])[:4]
        if pd.isna(note) or pd.isna(row.cells["note_en"]):
            yield row.problem("note", note, "a note in both languages", "say what was looked for")
            continue
        words = folded(note)
        told = (
            ("place_id", places[row.cells["place_id"]], places[row.cells["place_id"]] in note),
            (
                "date_text",
                year or "the year of the note",
                set(re.findall("(?:19|20)[0-9]{2}", note)) == {year} - {""},
            ),
            (
                "item_id",
                row.cells["item_id"],
                any(name in words for name in names.get(row.cells["item_id"], ())),
            ),
        )
        for column, words_wanted, holds in told:
            if not holds:
                yield row.problem(
                    column,
                    row.cells[column],
                    f"what the note says: “{note}”",
                    f"the note does not name {words_wanted}",
                )
        if (row.cells["place_id"], row.cells["item_id"], year) in found:
            yield row.problem(
                "item_id", row.cells["item_id"], "a figure that was not found", "one is at hand"
            )


def _names(book: Book) -> dict[str, list[str]]:
    """Return the words by which indicators and measures are named, bare of what stands in brackets."""
    names = {cells["indicator_id"]: [cells["name_zh"]] for cells in book.records("indicators")} | {
        cells["measure_id"]: [cells["name_zh"]] for cells in book.records("measures")
    }
    return {
        key: [folded(re.sub(r"[(（][^()（）]*[)）]", "", name)) for name in held]
        for key, held in names.items()
    }


def lookalikes_are_told_apart(book: Book) -> Iterator[Problem]:
    """Each pair of look-alikes stands once, and its reason names both, in their order."""
    items = (("indicators", "indicator_id"), ("measures", "measure_id"))
    named = {cells[key]: cells for table, key in items for cells in book.records(table)}
    pairs: set[frozenset[str]] = set()
    for row in rows_of(book, "lookalikes"):
        ids = (row.cells["item_id"], row.cells["other_id"])
        if ids[0] == ids[1] or frozenset(ids) in pairs:
            yield row.problem("other_id", ids[1], "another pair of names", "each pair stands once")
        pairs.add(frozenset(ids))
        for column, name, marks in (("reason_zh", "name_zh", "「」"), ("reason_en", "name_en", "“”")):
            wanted = [f"{marks[0]}{named[one][name]}{marks[1]}" for one in ids if one in named]
            ats = [str(row.cells[column]).find(one) for one in wanted]
            if -1 in ats or ats != sorted(ats):
                yield row.problem(
                    column, row.cells[column], " and then ".join(wanted), "name both sides in their order"
                )
