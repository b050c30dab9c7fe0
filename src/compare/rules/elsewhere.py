"""Rules on what was looked for elsewhere: figures, searches and look-alikes name what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pandas as pd

from compare.errors import Problem
from compare.language.numerals import rounding_step
from compare.rules.english import has_terms
from compare.rules.facts import FACTS
from compare.rules.rows import Cells, Row, keyed, rows_of, told
from compare.tables.book import Book
from compare.texts.quotes import folded

FIGURES = ("outcomes", "outside_targets")
# Publishers whose own pages are trusted without a second one.
TRUSTED = ("government", "official_media")
# What two sources must share before one supports the other.
ALIKE = ("place_id", "indicator_id", "measure_id", "act", "basis", "unit_id", "scope_zh", "denominator_zh",
         "date_on")  # fmt: skip


def figures_from_elsewhere_hold(book: Book) -> Iterator[Problem]:
    """A figure names what it measures, in that unit; a suspect one says why; the English is there."""
    units, measures = told(book, "indicators", "unit_id"), keyed(book, "measures")
    for row in rows_of(book, *FIGURES):
        yield from _measured(row, units, measures)
        yield from has_terms(row)
        if row["confidence"] == "suspect" and not row.has("note"):
            yield row.wrong("note", "the reason", "say why the figure is kept out")
        if row.has("note") != row.has("note_en"):
            yield row.problem("note_en", "", "the note in both languages", "add the one that is missing")


def confidence_is_earned(book: Book) -> Iterator[Problem]:
    """High is an original of an authority or of official media, or a figure that another site gives too."""
    for table in FACTS:
        groups: dict[tuple[str, ...], list[Row]] = {}
        for row in rows_of(book, table):
            key = tuple(row.text(name) if name in row.cells else "" for name in ALIKE)
            groups.setdefault(key, []).append(row)
        for rows in groups.values():
            for row in rows:
                own = row["copy"] == "original" and row["standing"] in TRUSTED
                if row["confidence"] == "high" and not own and not any(_supports(one, row) for one in rows):
                    found = f"medium for {row['standing']}, {row['copy']}"
                    yield row.wrong("confidence", found, "lower it, or add a second source of the figure")


def _supports(other: Row, row: Row) -> bool:
    """Return whether a row of another site that is not in doubt gives the same number, rounded or not."""
    if other["confidence"] == "suspect" or _site(other) == _site(row):
        return False
    step = max(rounding_step(one["value"]) for one in (other, row))
    return bool(abs(other["value"] - row["value"]) <= step / 2)


def _site(row: Row) -> str:
    """Return the name of the site that a row was seen on, without what marks its phone version."""
    return re.sub(r"^(www[0-9]*|m)\.", "", urlsplit(row.text("url")).hostname or "")


def _measured(row: Row, units: dict[str, str], measures: dict[str, Cells]) -> Iterator[Problem]:
    indicator, measure = row["indicator_id"], row["measure_id"]
    if not row.has("indicator_id") and not row.has("measure_id"):
        todo = "name what the figure measures in either column"
        yield row.wrong("indicator_id", "an indicator or a measure", todo)
        return
    if row.has("measure_id"):
        belongs = measures[measure]["indicator_id"]
        yield from row.unlike({"indicator_id": belongs}, f"measures.csv says so of {measure}")
    unit = units[indicator] if row.has("indicator_id") else measures[measure]["unit_id"]
    yield from row.unlike({"unit_id": unit}, "figures of one measure share a unit")


def names_are_known(book: Book) -> Iterator[Problem]:
    """What a look-alike or a fruitless search names is an indicator or a measure."""
    known = keyed(book, "indicators").keys() | keyed(book, "measures").keys()
    for row in rows_of(book, "lookalikes", "not_found"):
        for column in ("item_id", "other_id"):
            if column in row.cells and row[column] not in known:
                yield row.wrong(column, "an indicator or a measure", "correct the name")


def lookalikes_are_told_apart(book: Book) -> Iterator[Problem]:
    """Each pair of look-alikes stands once, and its reason names both, in their order."""
    named = keyed(book, "indicators") | keyed(book, "measures")
    pairs: set[frozenset[str]] = set()
    for row in rows_of(book, "lookalikes"):
        ids = (row["item_id"], row["other_id"])
        if ids[0] == ids[1] or frozenset(ids) in pairs:
            yield row.wrong("other_id", "another pair of names", "each pair stands once")
        pairs.add(frozenset(ids))
        for lang, (opening, closing) in (("zh", "「」"), ("en", "“”")):
            wanted = [f"{opening}{named[one][f'name_{lang}']}{closing}" for one in ids if one in named]
            ats = [row.text(f"reason_{lang}").find(one) for one in wanted]
            if -1 in ats or ats != sorted(ats):
                expected = " and then ".join(wanted)
                yield row.wrong(f"reason_{lang}", expected, "name both sides in their order")


def searches_are_named(book: Book) -> Iterator[Problem]:
    """The note of a fruitless search names its place, year and object, and no figure of it is at hand."""
    places, names = told(book, "places", "name_zh"), _names(book)
    found = {
        (row["place_id"], item, row.text("date_on")[:4])
        for row in rows_of(book, *FACTS)
        for item in (row.cells.get("indicator_id"), row["measure_id"])
        if not pd.isna(item) and row.has("date_on")
    }
    for row in rows_of(book, "not_found"):
        note, year, item = row["note"], row.text("date_text")[:4], row["item_id"]
        if not row.has("note") or not row.has("note_en"):
            yield row.wrong("note", "a note in both languages", "say what was looked for")
            continue
        place, words = places[row["place_id"]], folded(note)
        years = set(re.findall("(?:19|20)[0-9]{2}", note))
        holds = {
            "place_id": (place in note, place),
            "date_text": (years == {year} - {""}, year or "the year of the note"),
            "item_id": (any(name in words for name in names.get(item, ())), item),
        }
        for column, (said, meant) in holds.items():
            if not said:
                yield row.wrong(column, f"what the note says: “{note}”", f"the note does not name {meant}")
        if (row["place_id"], item, year) in found:
            yield row.wrong("item_id", "a figure that was not found", "one is at hand")


def _names(book: Book) -> dict[str, list[str]]:
    """Return the words by which indicators and measures are named, bare of what stands in brackets."""
    names = told(book, "indicators", "name_zh") | told(book, "measures", "name_zh")
    return {key: [folded(re.sub(r"[(（][^()（）]*[)）]", "", name))] for key, name in names.items()}
