"""Rules on what is measured: indicators, measures and terms fit the rows that name them."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from compare.errors import Problem
from compare.rules.facts import FACTS
from compare.rules.rows import grouped, keyed, named, rows_of, shown, told, unused
from compare.tables.book import Book

NEW_IN_PERIOD = ("新建", "新增", "新开通", "新開通", "新創建", "新创建")
STATEMENTS = ("targets", "outcomes", "outside_targets")


def measures_fit(book: Book) -> Iterator[Problem]:
    """Unit and basis fit the indicator and the wording; one statement is one row."""
    units, dimensions = told(book, "indicators", "unit_id"), told(book, "units", "dimension")
    for row in rows_of(book, "targets"):
        unit, basis = row["unit_id"], row["basis"]
        yield from row.unlike({"unit_id": units[row["indicator_id"]]}, f"{row['indicator_id']} is kept in it")
        rate = basis in ("rate", "growth")
        if rate != (dimensions.get(unit) == "share"):
            expected = "stock, flow or ambiguous" if rate else "rate or growth"
            yield row.wrong("basis", expected, f"the unit is {unit}")
        before = regex.split("[,，;；。]", row["quote"].split(row["value_text"])[0])[-1]
        new = [word for word in NEW_IN_PERIOD if word in before]
        if new and basis in ("stock", "ambiguous"):
            yield row.wrong("basis", "flow", f"the text says “{new[0]}” before the value")
    for rows in grouped(rows_of(book, "targets"), "source_id", "value_start", "indicator_id").values():
        for row in rows[1:]:
            todo = "this statement has been coded twice: keep one row"
            yield row.wrong("value_start", "one row per statement and indicator", todo)


def indicators_fit(book: Book) -> Iterator[Problem]:
    """An indicator is normalised by a kind of measure there is, and counts what can be; it is used."""
    kinds, dimensions = named(book, "kind", "measures"), told(book, "units", "dimension")
    for row in rows_of(book, "indicators"):
        if row.has("normaliser") and row["normaliser"] not in kinds:
            yield row.wrong("normaliser", " or ".join(sorted(kinds)), "measures.csv lists the kinds")
        if row.has("normaliser") and dimensions[row["unit_id"]] in ("share", "density"):
            yield row.wrong("normaliser", "nothing", "a share is not divided once more")
    used, todo = named(book, "indicator_id", *STATEMENTS), "remove it, or correct the rows"
    yield from unused(book, "indicators", used, "an indicator that some row measures", todo)


def measures_are_used(book: Book) -> Iterator[Problem]:
    """A measure has the unit, topic and act of the indicator and figures it serves; some row names it."""
    indicators, measures = keyed(book, "indicators"), keyed(book, "measures")
    for row in rows_of(book, *FACTS):
        measure = measures.get(row["measure_id"])
        if measure is not None:
            acts = {"act": measure["act"]} if "act" in row.cells and shown(measure["act"]) else {}
            said = f"measures.csv says so of {row['measure_id']}"
            yield from row.unlike({"unit_id": measure["unit_id"], **acts}, said)
    for row in rows_of(book, "measures"):
        indicator = indicators.get(row["indicator_id"])
        if indicator is not None:
            same = {column: indicator[column] for column in ("unit_id", "topic_id")}
            yield from row.unlike(same, f"it is a case of {row['indicator_id']}")
    used = named(book, "measure_id", *FACTS) | named(book, "item_id", "not_found", "lookalikes")
    used |= named(book, "other_id", "lookalikes")
    yield from unused(book, "measures", used, "a measure that some row names", "remove it")


def terms_are_used(book: Book) -> Iterator[Problem]:
    """Every term of terms.csv is a scope or denominator that some row names."""
    used = named(book, "scope_zh", *STATEMENTS) | named(book, "denominator_zh", *STATEMENTS)
    expected = "a scope or denominator that some row names"
    yield from unused(book, "terms", used, expected, "remove it, or correct its spelling")


def words_are_used(book: Book) -> Iterator[Problem]:
    """Every word of lexical_numerals.csv stands in some document."""
    texts = [document.matching.text for document in book.documents.values()]
    used = {word for word in book.lexical_numerals["word_zh"] if any(word in text for text in texts)}
    yield from unused(book, "lexical_numerals", used, "a word of some document", "remove it or correct it")
