"""Rules on the code lists: places, units, indicators, measures and what refers to them fit one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pandas as pd

from compare.errors import CompareError, Problem
from compare.language.quantities import parse_quantity
from compare.rules.facts import FACTS
from compare.rules.rows import Row, rows_of
from compare.tables.book import Book, table_text
from compare.tables.codebook import read_codebook

RANKS = {"nation": 0, "province": 1, "sub_provincial": 2, "prefecture": 2}
# How many figures of a division code a level fills, the others being noughts (GB/T 2260).
FILLED = {"nation": 0, "province": 2, "sub_provincial": 4, "prefecture": 4}
# Units of these dimensions are written with these words, and no others with them.
WORDS = {
    "money": {"元", "美元", "欧元", "日元", "港元"},
    "share": {"%", "‰", "‱", "成", "个百分点"},
    "persons": {"人", "名", "人次"},
    "area": {"平方公里", "平方米", "亩", "公顷", "平方千米"},
    "length": {"公里", "米", "千米", "芯公里"},
    "households": {"户"},
    "rank": {"位", "等", "名次", "级"},
    "ratio": {"倍", "个/万人"},
    "density": {"人/平方公里"},
}
SHARED = {"户"}
BASES = {"share": ("rate", "growth"), "density": ("rate",)}


def places_fit(book: Book) -> Iterator[Problem]:
    """A place stands below one of a higher level, with a division code inside its parent's; it is used."""
    places = {cells["place_id"]: cells for cells in book.records("places")}
    used = _used_places(book)
    for row in rows_of(book, "places"):
        cells = row.cells
        parent, level, code = places.get(cells["parent_id"]), cells["level"], cells["division_code"]
        if (parent is None) != (level == "nation"):
            yield row.problem(
                "parent_id",
                cells["parent_id"],
                "nothing" if parent else "the place above it",
                f"the level is {level}",
            )
        if parent is not None and RANKS[parent["level"]] != RANKS[level] - 1:
            yield row.problem(
                "parent_id",
                cells["parent_id"],
                "a place one level up",
                f"{cells['parent_id']} is a {parent['level']}, this one a {level}",
            )
        head = FILLED[level]
        filled = level == "nation" or (code[head - 2 : head] != "00" and set(code[head:]) == {"0"})
        above = FILLED[parent["level"]] if parent is not None else 0
        if not filled or (parent is not None and code[:above] != parent["division_code"][:above]):
            yield row.problem(
                "division_code",
                code,
                "the code of GB/T 2260",
                f"a {level} fills {head} figures, of which the first are its parent's",
            )
        if cells["place_id"] not in used:
            yield row.problem("place_id", cells["place_id"], "a place that some row names", "remove it")


def divisions_fit(book: Book) -> Iterator[Problem]:
    """Name, code and level of a place are those of the national list, where it has the name or the code."""
    listed = {cells["division_code"]: cells for cells in book.records("divisions")}
    codes: dict[str, str] = {}
    for code, cells in listed.items():
        codes |= dict.fromkeys(short_names(cells["name_zh"]), code)
    for row in rows_of(book, "places"):
        code, name = row.cells["division_code"], row.cells["name_zh"]
        told = listed.get(codes.get(name, code))
        if told is None:
            continue
        if told["division_code"] != code:
            yield row.problem(
                "division_code", code, told["division_code"], f"divisions.csv says so of {name}"
            )
        elif name not in short_names(told["name_zh"]):
            yield row.problem("name_zh", name, told["name_zh"], f"divisions.csv says so of {code}")
        if told["level"] != row.cells["level"]:
            yield row.problem("level", row.cells["level"], told["level"], "divisions.csv says so")
    for row in rows_of(book, "divisions"):
        code, level = row.cells["division_code"], row.cells["level"]
        if code[FILLED[level] :].strip("0") or code[: FILLED[level]].endswith("00"):
            yield row.problem("division_code", code, "the code of GB/T 2260", f"the level is {level}")
        if level != "province" and f"{code[:2]}0000" not in listed:
            yield row.problem("division_code", code, "a code of a listed province", "restore the province")


def short_names(name: str) -> tuple[str, ...]:
    """Return a place's full name and the one in use: 济南市 and 济南.

    >>> short_names("山东省")
    ('山东省', '山东')
    """
    return name, name.removesuffix("市").removesuffix("省")


def _used_places(book: Book) -> set[str]:
    used = set(book.places["parent_id"].dropna()) | set(book.cities)
    for table in ("sources", "agencies", *FACTS, "not_found"):
        used |= set(getattr(book, table)["place_id"])
    return used


def units_fit(book: Book) -> Iterator[Problem]:
    """A unit's factor is told in words where it is not 1; its words are those of its dimension; values are
    written in them."""
    units = {cells["unit_id"]: cells for cells in book.records("units")}
    for row in rows_of(book, "units"):
        yield from _factor(row, units)
        yield from _words(row)
        yield from _shown(row)
    for row in rows_of(book, "targets"):
        try:
            said = parse_quantity(row.cells["value_text"]).unit
        except CompareError:
            continue  # told by the rule on values
        words = units[row.cells["unit_id"]]["words_zh"].split(";")
        if said not in words and not (said == "" and not pd.isna(row.cells["note"])):
            yield row.problem(
                "unit_id",
                row.cells["unit_id"],
                f"a unit written “{said}”",
                "units.csv lists the words of each; where the text has none, say so in note",
            )


def _factor(row: Row, units: dict[str, dict[str, Any]]) -> Iterator[Problem]:
    factor, told = row.cells["factor"], row.cells["equals"]
    if pd.isna(told):
        if factor != 1:
            yield row.problem(
                "factor", f"{factor:.15g}", "1", "a unit that differs from its base says so in equals"
            )
        return
    number, _, base = told.partition(" ")
    known = units.get(base)
    if known is None or known["dimension"] != row.cells["dimension"] or known["factor"] != 1:
        yield row.problem(
            "equals", told, f"a number and a base unit of {row.cells['dimension']}", "as 0.1 percent"
        )
    elif number != f"{factor:.15g}":
        yield row.problem("factor", f"{factor:.15g}", number, f"equals says {told}")


def _shown(row: Row) -> Iterator[Problem]:
    """Yield an English way of writing a unit that is neither its name nor its sign."""
    shown = row.cells["display"]
    bare = row.cells["dimension"] in ("count", "rank") and row.cells["words_zh"] != "户"
    if pd.isna(shown) != bare:
        yield row.problem(
            "display",
            shown,
            "nothing" if bare else "how the unit is written behind a number",
            f"the dimension is {row.cells['dimension']}",
        )
    elif not bare and shown not in row.cells["words_zh"].split(";"):
        name = row.cells["name_en"].replace("kilometre", "km kilometre").replace("square", "km² square")
        known = {
            word[:3] for word in re.split("[^a-z²0-9]+", name.replace("person", "person people").lower())
        }
        said = [word for word in re.split("[^a-z²0-9]+", shown.lower()) if word]
        if not said or any(word[:3] not in known for word in said):
            yield row.problem(
                "display", shown, f"words of “{row.cells['name_en']}”", "write it as the unit's name"
            )


def _words(row: Row) -> Iterator[Problem]:
    dimension, words = row.cells["dimension"], row.cells["words_zh"].split(";")
    if row.cells["name_zh"] not in words:
        yield row.problem(
            "words_zh",
            row.cells["words_zh"],
            f"{row.cells['name_zh']} among them",
            "a value may be written with the unit's own name",
        )
    for word in words:
        homes = {name for name, known in WORDS.items() if word in known}
        if homes and dimension not in homes and not (word in SHARED and dimension == "count"):
            yield row.problem("dimension", dimension, " or ".join(sorted(homes)), f"it is written {word}")
        if not homes and dimension in WORDS:
            yield row.problem("dimension", dimension, "count", f"it is written {word}")


def indicators_fit(book: Book) -> Iterator[Problem]:
    """An indicator is normalised by a kind of measure there is, and counts what can be; it is used."""
    kinds = set(book.measures["kind"])
    units = {cells["unit_id"]: cells["dimension"] for cells in book.records("units")}
    used = (
        set(book.targets["indicator_id"])
        | set(book.outcomes["indicator_id"])
        | set(book.outside_targets["indicator_id"])
    )
    for row in rows_of(book, "indicators"):
        normaliser = row.cells["normaliser"]
        if not pd.isna(normaliser) and normaliser not in kinds:
            yield row.problem(
                "normaliser", normaliser, " or ".join(sorted(kinds)), "measures.csv lists the kinds"
            )
        if not pd.isna(normaliser) and units[row.cells["unit_id"]] in BASES:
            yield row.problem("normaliser", normaliser, "nothing", "a share is not divided once more")
        if row.cells["indicator_id"] not in used:
            yield row.problem(
                "indicator_id",
                row.cells["indicator_id"],
                "an indicator that some row measures",
                "remove it, or correct the rows",
            )


def measures_are_used(book: Book) -> Iterator[Problem]:
    """A measure has the unit, topic and act of the indicator and figures it serves; some row names it."""
    indicators = {cells["indicator_id"]: cells for cells in book.records("indicators")}
    measures = {cells["measure_id"]: cells for cells in book.records("measures")}
    used: set[str] = (
        set(book.not_found["item_id"]) | set(book.lookalikes["item_id"]) | set(book.lookalikes["other_id"])
    )
    for table in FACTS:
        for row in rows_of(book, table):
            measure = measures.get(row.cells["measure_id"])
            if measure is None:
                continue
            used.add(row.cells["measure_id"])
            if row.cells["unit_id"] != measure["unit_id"]:
                yield row.problem(
                    "unit_id",
                    row.cells["unit_id"],
                    measure["unit_id"],
                    f"measures.csv says so of {row.cells['measure_id']}",
                )
            if "act" in row.cells and not pd.isna(measure["act"]) and row.cells["act"] != measure["act"]:
                yield row.problem(
                    "act",
                    row.cells["act"],
                    measure["act"],
                    f"measures.csv says so of {row.cells['measure_id']}",
                )
    for row in rows_of(book, "measures"):
        indicator = indicators.get(row.cells["indicator_id"])
        for column in ("unit_id", "topic_id") if indicator else ():
            if row.cells[column] != indicator[column]:  # type: ignore[index]
                yield row.problem(
                    column,
                    row.cells[column],
                    indicator[column],  # type: ignore[index]
                    f"it is a case of {row.cells['indicator_id']}",
                )
        if row.cells["measure_id"] not in used:
            yield row.problem(
                "measure_id", row.cells["measure_id"], "a measure that some row names", "remove it"
            )


def bases_fit(book: Book) -> Iterator[Problem]:
    """A rate or growth is a share, a density or a ratio, and a share is one of these."""
    units = {cells["unit_id"]: cells["dimension"] for cells in book.records("units")}
    for table in FACTS:
        for row in rows_of(book, table):
            dimension, basis = units[row.cells["unit_id"]], row.cells["basis"]
            allowed = BASES.get(
                dimension, ("rate", "growth") if dimension == "ratio" else ("stock", "flow", "ambiguous")
            )
            if basis not in allowed:
                yield row.problem("basis", basis, " or ".join(allowed), f"the unit is {row.cells['unit_id']}")


def terms_are_used(book: Book) -> Iterator[Problem]:
    """Every term of terms.csv is a scope or denominator that some row names."""
    used: set[str] = set()
    for table in ("targets", "outcomes", "outside_targets"):
        frame = getattr(book, table)
        used |= set(frame["scope_zh"].dropna()) | set(frame["denominator_zh"].dropna())
    for row in rows_of(book, "terms"):
        if row.cells["term_zh"] not in used:
            yield row.problem(
                "term_zh",
                row.cells["term_zh"],
                "a scope or denominator that some row names",
                "remove it, or correct its spelling",
            )


def words_are_used(book: Book) -> Iterator[Problem]:
    """Every word of lexical_numerals.csv and every rule of number_rules.csv explains a numeral somewhere."""
    texts = [document.matching.text for document in book.documents.values()]
    for row in rows_of(book, "lexical_numerals"):
        if not any(row.cells["word_zh"] in text for text in texts):
            yield row.problem(
                "word_zh", row.cells["word_zh"], "a word of some document", "remove it or correct it"
            )


def lists_stand(book: Book) -> Iterator[Problem]:
    """A list taken over whole from elsewhere has the bytes that the dictionary names."""
    for name, table in read_codebook(book.root).items():
        if table.hash:
            rows = [dict(zip(table.columns, texts, strict=True)) for texts in book.texts[name]]
            found = sha256(table_text(table, rows).encode("utf-8")).hexdigest()
            if found != table.hash:
                yield Problem(
                    f"data/curated/{table.path}",
                    None,
                    f"sha256 {found[:12]}…",
                    f"{table.hash[:12]}…",
                    "the list was taken over whole: restore it, or give its new hash in datapackage.yaml",
                )
