"""Which figures stand together: what each one measures, and every statement of a promise.

Ranks and bounds rest on this: figures that differ in what they measure are neither ordered nor added.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from compare.analysis.differences import own_scope
from compare.analysis.figures import promised
from compare.analysis.panel import _require
from compare.analysis.selection import counted
from compare.tables.book import Book

Figure = dict[str, Any]


class Measure(NamedTuple):
    """What figures share to be ranked or added up, the due year apart; None where nothing is stated."""

    item_id: str
    act: str
    unit_id: str
    basis: str
    denominator_zh: str | None
    scope_zh: str | None
    recurrence: str | None


def alike(figures: Iterable[Figure]) -> dict[Measure, list[Figure]]:
    """Return the figures by what they measure, each with its `due_year`, those of open basis left out.

    The whole city, named or not, is one scope, as it is where pairs are graded.
    """
    measured = [(measure_of(figure), figure) for figure in figures if figure["basis"] != "ambiguous"]
    known = {measure for measure, _ in measured}
    groups: dict[Measure, list[Figure]] = {}
    for measure, figure in measured:
        also = figure.get("also_act")
        # 新建并开通 stands with what is built, where others count what is built.
        other = measure if pd.isna(also) else measure._replace(act=str(also))
        year = None if pd.isna(figure["due_on"]) else figure["due_on"].year
        groups.setdefault(other if other in known else measure, []).append(figure | {"due_year": year})
    return groups


def measure_of(figure: Figure) -> Measure:
    """Return what a figure measures, the words for the whole place left out of its scope."""
    measure = Measure._make(None if pd.isna(figure[name]) else figure[name] for name in Measure._fields)
    return measure._replace(scope_zh=own_scope(measure.scope_zh) or None)


def statements(book: Book, cities: list[str]) -> list[Figure]:
    """Return every promised figure of the cities, then the other statements of the same promises.

    The latter are `restated`: they stand elsewhere in a document and may say it otherwise.
    """
    targets = counted(book).targets
    others = targets[(targets["kind"] == "target") & targets["restates_target_id"].notna()]
    others = others[others["city_id"].isin(cities)].merge(
        book.sources[["source_id", "status"]], on="source_id"
    )
    restated = others.assign(
        row_id=others["target_id"],
        place_id=others["city_id"],
        item_id=others["indicator_id"],
        origin="document",
        confidence="high",
        restated=True,
    )
    return [*promised(book, cities).to_dict("records"), *restated.to_dict("records")]


def require_item(book: Book, item: str) -> None:
    """Raise UnknownName, with near names, for what is neither an indicator nor a measure."""
    _require(item, pd.Series(items(book)), "indicator or measure")


def items(book: Book) -> list[str]:
    """Return the ids of everything that is measured: indicators, then measures."""
    return [*book.indicators["indicator_id"], *book.measures["measure_id"]]


def dimension(book: Book, unit_id: str) -> str:
    """Return what a unit counts or measures: count, share, money, rank."""
    return str(book.units.loc[book.units["unit_id"] == unit_id, "dimension"].iloc[0])
