"""Rules on places and on lists taken over whole: a place stands where the national list has it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from compare.errors import Problem
from compare.rules.facts import FACTS
from compare.rules.rows import Cells, Row, keyed, named, rows_of, unused
from compare.tables.book import Book, table_text
from compare.tables.codebook import read_codebook

RANKS = {"nation": 0, "province": 1, "sub_provincial": 2, "prefecture": 2}
# How many figures of a division code a level fills, the others being noughts (GB/T 2260).
FILLED = {"nation": 0, "province": 2, "sub_provincial": 4, "prefecture": 4}
CODE = "the code of GB/T 2260"


def places_fit(book: Book) -> Iterator[Problem]:
    """A place stands below one of a higher level, with a division code inside its parent's; it is used."""
    places = keyed(book, "places")
    for row in rows_of(book, "places"):
        yield from _below(row, places.get(row["parent_id"]))
    used = named(book, "parent_id", "places") | set(book.cities)
    used |= named(book, "place_id", "sources", "agencies", *FACTS, "not_found")
    yield from unused(book, "places", used, "a place that some row names", "remove it")


def _below(row: Row, parent: Cells | None) -> Iterator[Problem]:
    level, code = row["level"], row["division_code"]
    if (parent is None) != (level == "nation"):
        expected = "nothing" if parent else "the place above it"
        yield row.wrong("parent_id", expected, f"the level is {level}")
    if parent is not None and RANKS[parent["level"]] != RANKS[level] - 1:
        todo = f"{row['parent_id']} is a {parent['level']}, this one a {level}"
        yield row.wrong("parent_id", "a place one level up", todo)
    head = FILLED[level]
    above = "" if parent is None else parent["division_code"][: FILLED[parent["level"]]]
    filled = level == "nation" or (code[head - 2 : head] != "00" and set(code[head:]) == {"0"})
    if not filled or not code.startswith(above):
        todo = f"a {level} fills {head} figures, of which the first are its parent's"
        yield row.wrong("division_code", CODE, todo)


def divisions_fit(book: Book) -> Iterator[Problem]:
    """Name, code and level of a place are those of the national list, where it has the name or the code."""
    listed = keyed(book, "divisions")
    codes = {name: code for code, cells in listed.items() for name in short_names(cells["name_zh"])}
    for row in rows_of(book, "places"):
        code, name = row["division_code"], row["name_zh"]
        told = listed.get(codes.get(name, code))
        if told is None:
            continue
        if told["division_code"] != code:
            yield row.wrong("division_code", told["division_code"], f"divisions.csv says so of {name}")
        elif name not in short_names(told["name_zh"]):
            yield row.wrong("name_zh", told["name_zh"], f"divisions.csv says so of {code}")
        yield from row.unlike({"level": told["level"]}, "divisions.csv says so")
    for row in rows_of(book, "divisions"):
        code, level = row["division_code"], row["level"]
        if code[FILLED[level] :].strip("0") or code[: FILLED[level]].endswith("00"):
            yield row.wrong("division_code", CODE, f"the level is {level}")
        if level != "province" and f"{code[:2]}0000" not in listed:
            yield row.wrong("division_code", "a code of a listed province", "restore the province")


def short_names(name: str) -> tuple[str, ...]:
    """Return a place's full name and the one in use: 济南市 and 济南.

    >>> short_names("山东省")
    ('山东省', '山东')
    """
    return name, name.removesuffix("市").removesuffix("省")


def lists_stand(book: Book) -> Iterator[Problem]:
    """A list taken over whole from elsewhere has the bytes that the dictionary names."""
    for name, table in read_codebook(book.root).items():
        if table.hash:
            rows = [dict(zip(table.columns, texts, strict=True)) for texts in book.texts[name]]
            found = sha256(table_text(table, rows).encode("utf-8")).hexdigest()
            if found != table.hash:
                file, told = f"data/curated/{table.path}", f"{table.hash[:12]}…"
                todo = "the list was taken over whole: restore it, or give its new hash in datapackage.yaml"
                yield Problem(file, None, f"sha256 {found[:12]}…", told, todo)
