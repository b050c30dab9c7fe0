"""Filter rows, and align the targets of one indicator, each beside the reference value nearest to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from compare.analysis.differences import COMPARED
from compare.analysis.selection import counted
from compare.asked import Names, names_asked, read_names
from compare.errors import CompareError, UnknownName, near
from compare.language.numerals import rounding_step
from compare.tables.book import Book

# Whatever figures are compared by is among these.
PANEL = [
    "city_id", "source_id", "target_id", "indicator_id", "kind", "value_low", "value_high", *COMPARED,
    "due_on", "due_precision", "due_source", "status",
]  # fmt: skip
# What `align` adds of the reference value that it divides by.
DIVIDED = (
    "reference_id", "reference_value", "reference_on", "reference_confidence", "low_per_10000",
    "high_per_10000",
)  # fmt: skip


def where(frame: pd.DataFrame, **conditions: str | Iterable[str]) -> pd.DataFrame:
    """Return the rows that meet every condition; a key is a column, its `_id` may be left out.

    Several values are a list, or one text with commas between them. Raises UnknownName, with near names,
    for a column or a value that does not occur at all; CompareError for one named twice and for no value.

    >>> rows = pd.DataFrame({"city_id": ["jinan", "dezhou"], "basis": ["stock", "flow"]})
    >>> where(rows, city="dezhou")["basis"].tolist()
    ['flow']
    >>> where(rows, city="dezho")
    Traceback (most recent call last):
    ...
    compare.errors.UnknownName: No row has city_id "dezho"; did you mean dezhou?
    """
    kept = pd.Series(True, index=frame.index)
    for key, wanted in conditions.items():
        column = _column(frame, key)
        kept &= frame[column].isin(_values(frame[column].dropna(), column, wanted))
    return frame[kept]


def _values(held: pd.Series, column: str, wanted: object) -> list[object]:
    """Return the values asked for in a column, each of which occurs in it."""
    known = list(dict.fromkeys(held))
    # A text with commas in it may be one value of its column.
    whole = isinstance(wanted, str) and wanted in known
    values = [wanted] if whole else names_asked(wanted)
    if not values:
        raise CompareError(f"No {column} is asked for; name at least one, or leave the condition out.")
    for value in values:
        if value not in known:
            close, holds = near(str(value), map(str, known)), ", ".join(sorted(map(str, known)))
            hint = f"did you mean {' or '.join(close)}?" if close else f"it holds {holds}"
            raise UnknownName(f'No row has {column} "{value}"; {hint}')
        if values.count(value) > 1:
            raise CompareError(f'The {column} "{value}" is asked for more than once; name it once.')
    return values


def _column(frame: pd.DataFrame, key: str) -> str:
    for name in (key, f"{key}_id"):
        if name in frame.columns:
            return name
    close = near(key, frame.columns) or list(frame.columns)
    raise UnknownName(f'There is no column "{key}"; there is {", ".join(close)}')


def operative(targets: pd.DataFrame) -> pd.DataFrame:
    """Return the statements that count: targets proper, without those that restate another."""
    return targets[(targets["kind"] == "target") & targets["restates_target_id"].isna()]


def align(
    book: Book, indicator: str | Iterable[str], per: str | None = None, city: Names = None
) -> pd.DataFrame:
    """Return the operative targets of indicators, a row each, with the status of their document.

    With `per` (a kind of measure, such as "population") the reference value dated nearest to
    the due date is added with its source and confidence, and the bounds are divided by it per
    10,000; nothing is interpolated. Raises UnknownName for an unknown indicator, kind or city.
    """
    names = [indicator] if isinstance(indicator, str) else list(indicator)
    for name in names:
        _require(name, book.indicators["indicator_id"], "indicator")
    targets = counted(book).targets
    rows = operative(targets[targets["indicator_id"].isin(names)])
    rows = rows[rows["city_id"].isin(chosen(book, city))]
    panel = rows.merge(book.sources[["source_id", "status"]], on="source_id")[PANEL]
    panel.insert(len(PANEL), "due_year", panel["due_on"].dt.year.astype("Int64"))
    return panel if per is None else _per(book, panel, per)


def chosen(book: Book, city: Names) -> list[str]:
    """Return the cities asked for, one or several, else all.

    Raises UnknownName for any other, CompareError for one named twice and for an empty list.
    """
    return book.cities if city is None else read_names(city, book.cities, "city")


def _require(name: str, known: pd.Series, what: str) -> None:
    read_names([name], known, what)


def _per(book: Book, panel: pd.DataFrame, per: str) -> pd.DataFrame:
    # What indicators name may be divided by, though no figure of it is there.
    kinds = pd.concat([book.measures["kind"], book.indicators["normaliser"].dropna()])
    _require(per, kinds, "kind of measure")
    facts = [nearest_reference(book, row.city_id, per, row.due_on) or {} for row in panel.itertuples()]
    found = pd.DataFrame(
        facts, index=panel.index, columns=["fact_id", "value", "date_on", "confidence", "comparator"]
    )
    panel["reference_id"], panel["reference_value"] = found["fact_id"], found["value"].astype("float64")
    panel["reference_on"], panel["reference_confidence"] = (
        pd.to_datetime(found["date_on"]),
        found["confidence"],
    )
    for side in ("low", "high"):
        panel[f"{side}_per_10000"] = panel[f"value_{side}"] / panel["reference_value"] * 10_000
    return panel


def nearest_reference(book: Book, place: str, kind: str, on: pd.Timestamp) -> dict[str, Any] | None:
    """Return the reference value of a kind dated nearest to a day, or None where there is none.

    Of equally near ones the exact stands before the rounded, then the better confidence, then the finer
    figure; two that then still differ would be a problem of the tables.
    """
    measures = book.measures.loc[book.measures["kind"] == kind, "measure_id"]
    facts = book.reference[
        (book.reference["place_id"] == place) & book.reference["measure_id"].isin(measures)
    ]
    facts = facts[facts["date_on"].notna()]
    if facts.empty or pd.isna(on):
        return None
    order = pd.DataFrame(
        {
            "away": (facts["date_on"] - on).abs(),
            "rounded": facts["comparator"] != "eq",
            "doubt": facts["confidence"] != "high",
            "step": facts["value"].map(rounding_step),
            "fact_id": facts["fact_id"],
        },
        index=facts.index,
    )
    best = order.sort_values(["away", "rounded", "doubt", "step", "fact_id"]).index[0]
    return {str(name): value for name, value in facts.loc[best].items()}
