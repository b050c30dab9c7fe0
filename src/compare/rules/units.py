"""Rules on units and bases: a unit's factor, words and signs fit its dimension, and a basis fits its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.errors import CompareError, Problem
from compare.language.quantities import parse_quantity
from compare.rules.facts import FACTS
from compare.rules.rows import Cells, Row, keyed, rows_of, told
from compare.tables.book import Book

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
# What may be said of what is measured in a dimension, where that is not a stock or a flow.
BASES = {"share": ("rate", "growth"), "density": ("rate",), "ratio": ("rate", "growth")}
AMOUNTS = ("stock", "flow", "ambiguous")


def units_fit(book: Book) -> Iterator[Problem]:
    """A unit's factor is told in words where it is not 1; its words are those of its dimension; values are
    written in them."""
    units = keyed(book, "units")
    for row in rows_of(book, "units"):
        yield from _factor(row, units)
        yield from _words(row)
        yield from _shown(row)
    for row in rows_of(book, "targets"):
        try:
            said = parse_quantity(row["value_text"]).unit
        except CompareError:
            continue  # told by the rule on values
        if said not in units[row["unit_id"]]["words_zh"].split(";") and not (said == "" and row.has("note")):
            todo = "units.csv lists the words of each; where the text has none, say so in note"
            yield row.wrong("unit_id", f"a unit written “{said}”", todo)


def _factor(row: Row, units: dict[str, Cells]) -> Iterator[Problem]:
    if not row.has("equals"):
        todo = "a unit that differs from its base says so in equals"
        yield from row.unlike({"factor": 1}, todo)
        return
    number, _, base = row["equals"].partition(" ")
    known, dimension = units.get(base), row["dimension"]
    if known is None or known["dimension"] != dimension or known["factor"] != 1:
        yield row.wrong("equals", f"a number and a base unit of {dimension}", "as 0.1 percent")
    else:
        yield from row.unlike({"factor": number}, f"equals says {row['equals']}")


def _words(row: Row) -> Iterator[Problem]:
    dimension, name = row["dimension"], row["name_zh"]
    if name not in row.parts("words_zh"):
        todo = "a value may be written with the unit's own name"
        yield row.wrong("words_zh", f"{name} among them", todo)
    for word in row.parts("words_zh"):
        homes = {name for name, known in WORDS.items() if word in known}
        if homes and dimension not in homes and not (word in SHARED and dimension == "count"):
            yield row.wrong("dimension", " or ".join(sorted(homes)), f"it is written {word}")
        if not homes and dimension in WORDS:
            yield row.wrong("dimension", "count", f"it is written {word}")


def _shown(row: Row) -> Iterator[Problem]:
    """Yield an English way of writing a unit that is neither its name nor its sign."""
    bare = row["dimension"] in ("count", "rank") and row["words_zh"] != "户"
    if row.has("display") == bare:
        expected = "nothing" if bare else "how the unit is written behind a number"
        yield row.wrong("display", expected, f"the dimension is {row['dimension']}")
    elif not bare and row["display"] not in row.parts("words_zh"):
        name = row["name_en"].replace("kilometre", "km kilometre").replace("square", "km² square")
        known = _stems(name.replace("person", "person people"))
        said = _stems(row["display"])
        if not said or not said <= known:
            yield row.wrong("display", f"words of “{row['name_en']}”", "write it as the unit's name")


def _stems(words: str) -> set[str]:
    """Return the first three letters of each word."""
    return {word[:3] for word in re.split("[^a-z²0-9]+", words.lower()) if word}


def bases_fit(book: Book) -> Iterator[Problem]:
    """A rate or growth is a share, a density or a ratio, and a share is one of these."""
    dimensions = told(book, "units", "dimension")
    for row in rows_of(book, *FACTS):
        allowed = BASES.get(dimensions[row["unit_id"]], AMOUNTS)
        if row["basis"] not in allowed:
            yield row.wrong("basis", " or ".join(allowed), f"the unit is {row['unit_id']}")
