"""Rules on figures from elsewhere, row by row: value, unit, date and page are what was taken down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from compare.errors import CompareError, Problem
from compare.language.quantities import parse_quantity
from compare.language.stated import read_stated
from compare.rules.rows import Row, rows_of
from compare.tables.book import Book
from compare.tables.edition import edition_of

FACTS = ("reference", "outcomes", "outside_targets")
LETTER = {"reference": "r", "outcomes": "o", "outside_targets": "g"}
# A share of a whole lies between nothing and all of it.
WHOLE = 100
# What is counted comes in whole numbers.
COUNTED = ("count", "persons", "households", "rank")


def facts_are_read(book: Book) -> Iterator[Problem]:
    """A figure's value, comparator and unit are those of its words, and possible for such a unit."""
    units = book.units.set_index("unit_id").to_dict("index")
    for table in FACTS:
        for row in rows_of(book, table):
            yield from _read_again(row, units[row.cells["unit_id"]])
            yield from possible(row, "value", row.cells["value"], units[row.cells["unit_id"]])


def _read_again(row: Row, unit: dict[str, Any]) -> Iterator[Problem]:
    words = row.cells["value_text"]
    try:
        said = parse_quantity(words)
    except CompareError as error:
        yield row.problem("value_text", words, "a figure with its unit", str(error))
        return
    value = said.low if said.low is not None else said.high
    for column, told in (("value", value), ("comparator", said.comparator)):
        if row.cells[column] != told:
            yield row.problem(column, row.cells[column], f"{told}", f"value_text says “{words}”")
    if said.unit not in unit["words_zh"].split(";"):
        yield row.problem(
            "unit_id", row.cells["unit_id"], f"a unit written {said.unit}", f"value_text says “{words}”"
        )


def possible(row: Row, column: str, value: Any, unit: dict[str, Any]) -> Iterator[Problem]:
    """Yield what makes a value impossible in its unit: below nothing, above the whole, half a thing."""
    if pd.isna(value):
        return
    growth = row.cells["basis"] == "growth"
    if value < 0 and not growth:
        yield row.problem(column, f"{value:.15g}", "nought or more", "nothing is fewer than none")
    if value == 0 and column == "value" and unit["dimension"] in COUNTED:
        yield row.problem(column, "0", "more than nought", "leave the row out where nothing was found")
    if unit["dimension"] == "share" and not growth and value * unit["factor"] > WHOLE:
        yield row.problem(
            column, f"{value:.15g}", f"{WHOLE} % or less", "a share of more than the whole is a growth"
        )
    if unit["dimension"] in COUNTED and value != int(value):
        yield row.problem(column, f"{value:.15g}", "a whole number", f"the unit is {row.cells['unit_id']}")


def facts_are_dated(book: Book) -> Iterator[Problem]:
    """A figure's day and precision are those of its words; what was reached was reached before `as_of`; a
    count of a census or of a year's end is of that day."""
    as_of = edition_of(book.root).as_of
    yield from _of_their_day(book)
    for table in FACTS:
        for row in rows_of(book, table):
            yield from _dated(row, table, as_of)
    for row in rows_of(book, "not_found"):
        if not pd.isna(row.cells["date_text"]):
            yield from _no_date(row, "date_text")


def _of_their_day(book: Book) -> Iterator[Problem]:
    """Yield reference values of another day than their measure says: a census's, or the last of a year."""
    measures = {cells["measure_id"]: cells for cells in book.records("measures")}
    for row in rows_of(book, "reference"):
        measure, day = measures[row.cells["measure_id"]], row.cells["date_on"]
        named = re.search("([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日", str(measure["note"]))
        wanted = date(*map(int, named.groups())) if named else None
        at_end = measure["name_zh"].startswith("年末")
        off = not pd.isna(day) and (
            (wanted and day.date() != wanted) or (at_end and (day.month, day.day) != (12, 31))
        )
        if off:
            yield row.problem(
                "measure_id", row.cells["measure_id"], f"a measure counted on {day:%Y-%m-%d}",
                f"{measure['name_zh']} is of {wanted or 'the end of a year'}",
            )  # fmt: skip


def _dated(row: Row, table: str, as_of: date) -> Iterator[Problem]:
    cells = row.cells
    words, day, precision = cells["date_text"], cells["date_on"], cells["date_precision"]
    if pd.isna(words):
        for column in ("date_on", "date_precision"):
            if not pd.isna(cells[column]):
                yield row.problem(column, cells[column], "nothing", "date_text names no date")
        return
    problem = next(_no_date(row, "date_text"), None)
    if problem:
        yield problem
        return
    said = read_stated(words)
    if table == "outside_targets" and words.endswith("-12-31"):
        expected = f"{words[:4]} or the like"
        yield row.problem(
            "date_text", words, expected, "a goal for the last day of a year is one for the year"
        )
    if pd.isna(day) or day.date() != said.end:
        yield row.problem("date_on", day, said.end.isoformat(), f"date_text says “{words}”")
    if precision != said.precision:
        yield row.problem("date_precision", precision, said.precision, f"date_text says “{words}”")
    if table != "outside_targets" and said.end > as_of:
        yield row.problem("date_on", said.end.isoformat(), f"a day up to {as_of}", "that day is not over yet")


def _no_date(row: Row, column: str) -> Iterator[Problem]:
    try:
        read_stated(row.cells[column])
    except CompareError as error:
        yield row.problem(column, row.cells[column], "a date as 2022, 2022-10 or 2022-10-31", str(error))


def open_measures_are_told(book: Book) -> Iterator[Problem]:
    """A figure whose act is that of a narrower measure of its indicator names this measure, or says in its
    note what the source leaves open."""
    measures = book.records("measures")
    narrower = {(cells["indicator_id"], cells["act"]): cells["measure_id"] for cells in measures}
    for table in ("outcomes", "outside_targets"):
        for row in rows_of(book, table):
            told = narrower.get((row.cells["indicator_id"], row.cells["act"]))
            noted = not pd.isna(row.cells["note"]) and "未写" in row.cells["note"]
            if told and pd.isna(row.cells["measure_id"]) and not noted:
                yield row.problem(
                    "measure_id",
                    "",
                    f"{told}, or a note of what the source leaves open (未写…)",
                    f"the act is {row.cells['act']}",
                )


def facts_were_seen(book: Book) -> Iterator[Problem]:
    """A figure carries title and publisher of its page; its key names its table and place; a page serves."""
    pages = book.web_pages.set_index("url").to_dict("index")
    used: set[str] = set()
    for table in FACTS:
        for row in rows_of(book, table):
            stem = f"{LETTER[table]}-{row.cells['place_id']}-"
            if not str(row.cells["fact_id"]).startswith(stem):
                yield row.problem(
                    "fact_id",
                    row.cells["fact_id"],
                    f"{stem}0001 or the like",
                    f"place_id is {row.cells['place_id']}",
                )
            url = row.cells["url"]
            if pd.isna(url):
                yield row.problem("url", "", "a page of web_pages.csv", "say where the figure was seen")
                continue
            used.add(url)
            for column in ("source_title", "publisher"):
                if row.cells[column] != pages[url][column]:
                    yield row.problem(
                        column, row.cells[column], pages[url][column], "web_pages.csv says so of that address"
                    )
    days = {one.published_on.isoformat() for one in edition_of(book.root).editions}
    for row in rows_of(book, "web_pages"):
        if days and not any(day.startswith(row.cells["seen"][:7]) for day in days):
            yield row.problem(
                "seen",
                row.cells["seen"],
                " or ".join(sorted({day[:7] for day in days})),
                "figures are gathered in the month of an edition",
            )
        if row.cells["url"] not in used:
            yield row.problem(
                "url", row.cells["url"], "a page that a figure names", "remove it or correct it"
            )
