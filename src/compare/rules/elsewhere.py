"""Rules on figures from elsewhere: what they measure is named, their unit fits, a doubt has its reason."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from compare.errors import Problem
from compare.rules.rows import Row, rows_of
from compare.tables.book import Book

FIGURES = ("outcomes", "outside_targets")


def figures_from_elsewhere_hold(book: Book) -> Iterator[Problem]:
    """A figure names what it measures, in that unit; a suspect one says why; the English is there."""
    indicators = book.indicators.set_index("indicator_id")["unit_id"].to_dict()
    measures = book.measures.set_index("measure_id").to_dict("index")
    terms = set(book.terms["term_zh"])
    for table in FIGURES:
        for row in rows_of(book, table):
            yield from _measured(row, indicators, measures)
            for column in ("scope_zh", "denominator_zh"):
                if not pd.isna(row.cells[column]) and row.cells[column] not in terms:
                    yield row.problem(
                        column, row.cells[column], "a row of terms.csv", "add its English there"
                    )
            if row.cells["confidence"] == "suspect" and pd.isna(row.cells["note"]):
                yield row.problem("note", "", "the reason", "say why the figure is kept out")
            if pd.isna(row.cells["note"]) != pd.isna(row.cells["note_en"]):
                yield row.problem("note_en", "", "the note in both languages", "add the one that is missing")


def _measured(row: Row, indicators: dict[str, str], measures: dict[str, dict[str, str]]) -> Iterator[Problem]:
    indicator, measure = row.cells["indicator_id"], row.cells["measure_id"]
    if pd.isna(indicator) and pd.isna(measure):
        yield row.problem(
            "indicator_id", "", "an indicator or a measure", "name what the figure measures in either column"
        )
        return
    if not pd.isna(measure) and not _same(belongs := measures[measure]["indicator_id"], indicator):
        expected = "nothing" if pd.isna(belongs) else str(belongs)
        yield row.problem("indicator_id", indicator, expected, f"measures.csv says so of {measure}")
    unit = measures[measure]["unit_id"] if pd.isna(indicator) else indicators[indicator]
    if row.cells["unit_id"] != unit:
        yield row.problem("unit_id", row.cells["unit_id"], unit, "figures of one measure share a unit")


def _same(one: object, other: object) -> bool:
    return bool(one == other) or bool(pd.isna(one) and pd.isna(other))


def names_are_known(book: Book) -> Iterator[Problem]:
    """What a look-alike or a fruitless search names is an indicator or a measure."""
    known = set(book.indicators["indicator_id"]) | set(book.measures["measure_id"])
    for table, columns in (("lookalikes", ("item_id", "other_id")), ("not_found", ("item_id",))):
        for row in rows_of(book, table):
            for column in columns:
                if row.cells[column] not in known:
                    yield row.problem(
                        column, row.cells[column], "an indicator or a measure", "correct the name"
                    )
