"""What counts, means and totals of cities can be, with the names of what is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

import pandas as pd

from compare.analysis import bounds as coded
from compare.analysis.alike import Measure, require_item
from compare.analysis.figures import promised
from compare.analysis.panel import chosen
from compare.asked import LANGUAGES
from compare.tables.book import Book
from compare.words.labels import Labels
from compare.words.named import with_names

LISTS = ("without", "approximate", "row_ids")
COLUMNS = [*Measure._fields, "year", "what", "low", "high", "figures", "cities", *LISTS]


def tally(book: Book, topic: str | None = None, city: str | Iterable[str] | None = None) -> pd.DataFrame:
    """Return `analysis.bounds.tally` with the `indicator` in zh and en. Raises UnknownName as it does."""
    return with_names(book, coded.tally(book, topic, city), indicator=("indicators", "indicator_id"))


def mean_bounds(
    book: Book, item: str | Iterable[str], year: int | None = None, city: str | Iterable[str] | None = None
) -> pd.DataFrame:
    """Return what means and totals can be, a row per measure and year, with `item` and `unit` in zh and en.

    Each row is one of `analysis.bounds.mean_bounds`, its lists separated by `;`. Without a `year` all are
    told in which a figure of the items falls due. Raises UnknownName for an unknown item or city.
    """
    cities, items = chosen(book, city), [item] if isinstance(item, str) else list(item)
    for each in items:
        require_item(book, each)
    own = promised(book, cities)
    made = [
        {**asdict(one), **one.measure._asdict(), **{name: ";".join(getattr(one, name)) for name in LISTS}}
        for each in items
        for due in _years(own[own["item_id"] == each], year)
        for one in coded.mean_bounds(book, each, due, cities)
    ]
    rows = with_names(book, pd.DataFrame(made, columns=COLUMNS), unit=("units", "unit_id"))
    for lang in LANGUAGES:
        rows[f"item_{lang}"] = [Labels(book, lang).item(name) for name in rows["item_id"]]
    return rows


def _years(figures: pd.DataFrame, year: int | None) -> list[int]:
    dated = figures["due_on"].dropna().dt.year
    return sorted({int(one) for one in dated}) if year is None else [year]
