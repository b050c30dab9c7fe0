"""Ranks with the names of what is ranked and of whom."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from compare.analysis import ranks as coded
from compare.asked import LANGUAGES
from compare.tables.book import Book
from compare.words.labels import Labels


def ranks(
    book: Book,
    item: str | Iterable[str],
    city: str | Iterable[str] | None = None,
    hold: str | Iterable[str] = (),
) -> pd.DataFrame:
    """Return the frame of `analysis.ranks.ranks` with `item` and `place` in zh and en; raises as it does."""
    rows = coded.ranks(book, item, city, hold)
    for lang in LANGUAGES:
        labels = Labels(book, lang)
        rows[f"item_{lang}"] = [labels.item(name) for name in rows["item_id"]]
        rows[f"place_{lang}"] = [labels.name("places", name) for name in rows["city_id"]]
    return rows
