"""Rules on figures from elsewhere, row by row: value, unit, date and page are what was taken down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from compare.errors import Problem
from compare.language.quantities import parse_quantity
from compare.language.stated import read_stated
from compare.rules.rows import Cells, Row, keyed, rows_of, unused
from compare.tables.book import Book
from compare.tables.edition import edition_of

FACTS = ("reference", "outcomes", "outside_targets")
LETTER = {"reference": "r", "outcomes": "o", "outside_targets": "g"}
# A share of a whole lies between nothing and all of it.
WHOLE = 100
# What is counted comes in whole numbers.
COUNTED = ("count", "persons", "households", "rank")
A_DATE = "a date as 2022, 2022-10 or 2022-10-31"


def facts_are_read(book: Book) -> Iterator[Problem]:
    """A figure's value, comparator and unit are those of its words, and possible for such a unit."""
    units = keyed(book, "units")
    for row in rows_of(book, *FACTS):
        yield from _read_again(row, units[row["unit_id"]])
        yield from _possible(row, units[row["unit_id"]])


def _read_again(row: Row, unit: Cells) -> Iterator[Problem]:
    said = yield from row.reading("value_text", parse_quantity, "a figure with its unit")
    if said is None:
        return
    says = f"value_text says “{row['value_text']}”"
    value = said.high if said.low is None else said.low
    yield from row.unlike({"value": value, "comparator": said.comparator}, says)
    if said.unit not in unit["words_zh"].split(";"):
        yield row.wrong("unit_id", f"a unit written {said.unit}", says)


def _possible(row: Row, unit: Cells) -> Iterator[Problem]:
    """Yield what makes a value impossible in its unit: below nothing, above the whole, half a thing."""
    if not row.has("value"):
        return
    value, growth = row["value"], row["basis"] == "growth"
    share, counted = unit["dimension"] == "share", unit["dimension"] in COUNTED
    if value < 0 and not growth:
        yield row.wrong("value", "nought or more", "nothing is fewer than none")
    if value == 0 and counted:
        yield row.wrong("value", "more than nought", "leave the row out where nothing was found")
    if share and not growth and value * unit["factor"] > WHOLE:
        yield row.wrong("value", f"{WHOLE} % or less", "a share of more than the whole is a growth")
    if counted and value != int(value):
        yield row.wrong("value", "a whole number", f"the unit is {row['unit_id']}")


def facts_are_dated(book: Book) -> Iterator[Problem]:
    """A figure's day and precision are those of its words; what was reached was reached before `as_of`; a
    count of a census or of a year's end is of that day."""
    as_of = edition_of(book.root).as_of
    yield from _of_their_day(book)
    for row in rows_of(book, *FACTS):
        yield from _dated(row, as_of)
    for row in rows_of(book, "not_found"):
        if row.has("date_text"):
            yield from row.reading("date_text", read_stated, A_DATE)


def _of_their_day(book: Book) -> Iterator[Problem]:
    """Yield reference values of another day than their measure says: a census's, or the last of a year."""
    measures = keyed(book, "measures")
    for row in rows_of(book, "reference"):
        measure, day = measures[row["measure_id"]], row["date_on"]
        census = re.search("([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日", str(measure["note"]))
        wanted = date(*map(int, census.groups())) if census else None
        late = measure["name_zh"].startswith("年末") and (day.month, day.day) != (12, 31)
        if row.has("date_on") and (late or (wanted and day.date() != wanted)):
            todo = f"{measure['name_zh']} is of {wanted or 'the end of a year'}"
            yield row.wrong("measure_id", f"a measure counted on {day:%Y-%m-%d}", todo)


def _dated(row: Row, as_of: date) -> Iterator[Problem]:
    if not row.has("date_text"):
        yield from row.unlike({"date_on": "", "date_precision": ""}, "date_text names no date")
        return
    said = yield from row.reading("date_text", read_stated, A_DATE)
    if said is None:
        return
    goal, words = row.table == "outside_targets", row["date_text"]
    if goal and words.endswith("-12-31"):
        todo = "a goal for the last day of a year is one for the year"
        yield row.wrong("date_text", f"{words[:4]} or the like", todo)
    told = {"date_on": said.end, "date_precision": said.precision}
    yield from row.unlike(told, f"date_text says “{words}”")
    if not goal and said.end > as_of:
        yield row.problem("date_on", said.end, f"a day up to {as_of}", "that day is not over yet")


def open_measures_are_told(book: Book) -> Iterator[Problem]:
    """A figure whose act is that of a narrower measure of its indicator names this measure, or says in its
    note what the source leaves open."""
    measures = keyed(book, "measures")
    narrower = {(cells["indicator_id"], cells["act"]): key for key, cells in measures.items()}
    for row in rows_of(book, "outcomes", "outside_targets"):
        told = narrower.get((row["indicator_id"], row["act"]))
        if told and not row.has("measure_id") and "未写" not in row.text("note"):
            expected = f"{told}, or a note of what the source leaves open (未写…)"
            yield row.wrong("measure_id", expected, f"the act is {row['act']}")


def facts_were_seen(book: Book) -> Iterator[Problem]:
    """A figure carries title, publisher and day of its page, and figures of one page are judged alike; its
    key names its table and place; a page serves."""
    pages = keyed(book, "web_pages")
    used: set[str] = set()
    judged: dict[str, Row] = {}
    for row in rows_of(book, *FACTS):
        stem = f"{LETTER[row.table]}-{row['place_id']}-"
        if not row.key.startswith(stem):
            yield row.wrong("fact_id", f"{stem}0001 or the like", f"place_id is {row['place_id']}")
        if not row.has("url"):
            yield row.wrong("url", "a page of web_pages.csv", "say where the figure was seen")
            continue
        page = pages[row["url"]]
        used.add(row["url"])
        told = {column: page[column] for column in ("source_title", "publisher", "seen")}
        yield from row.unlike(told, "web_pages.csv says so of that address")
        first = judged.setdefault(row["url"], row)
        alike = {column: first[column] for column in ("standing", "copy")}
        yield from row.unlike(alike, f"{first.key} was seen on the same page")
    months = sorted({f"{one.published_on:%Y-%m}" for one in edition_of(book.root).editions})
    for row in rows_of(book, "web_pages"):
        if months and not any(month.startswith(row["seen"][:7]) for month in months):
            todo = "figures are gathered in the month of an edition"
            yield row.wrong("seen", " or ".join(months), todo)
    yield from unused(book, "web_pages", used, "a page that a figure names", "remove it or correct it")
