"""One indicator and one due year per row, every city in it: the table that cannot join unlike things.

A city without a figure keeps its cell, and the cell says which absence it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from compare.analysis.coverage import coverage
from compare.analysis.panel import chosen, operative
from compare.tables.book import Book

EVERY, STATUS = "every_", "status"
# What a cell says where several documents cover its year: the more telling state wins.
PRECEDENCE = ("other_year", "status_only", "unquantified", "not_applicable", "silent", "not_coded")


@dataclass(frozen=True)
class Cell:
    """What one city says of one indicator for one due year, and the rows or document that show it."""

    city_id: str
    state: str
    row_ids: tuple[str, ...] = ()
    source_id: str | None = None
    hits: int = 0


@dataclass(frozen=True)
class Row:
    """One indicator in one due group (a year, `every_` with an interval, or `status`), a cell per city."""

    group: str
    indicator_id: str
    cells: tuple[Cell, ...]


def grid(book: Book, topic: str, city: str | Iterable[str] | None = None) -> list[Row]:
    """Return the rows of a topic in the order of due years, recurring targets and statuses last."""
    cities = chosen(book, city)
    rows = book.targets[(book.targets["topic_id"] == topic) & book.targets["city_id"].isin(cities)]
    stated = pd.concat([operative(rows), rows[rows["kind"] == "status"]])
    stated = stated.assign(group=[_group(cells) for cells in stated.to_dict("records")])
    said = coverage(book, topic, cities, headline=False)
    order = {name: at for at, name in enumerate(book.indicators["indicator_id"])}
    keys = sorted(
        {(g, i) for g, i in zip(stated["group"], stated["indicator_id"], strict=True)},
        key=lambda key: (_rank(key[0]), order[key[1]]),
    )
    return [
        Row(group, indicator, tuple(_cell(book, stated, said, name, group, indicator) for name in cities))
        for group, indicator in keys
    ]


def _group(cells: dict[str, Any]) -> str:
    if cells["kind"] == "status":
        return STATUS
    return f"{EVERY}{cells['recurrence']}" if pd.isna(cells["due_on"]) else str(cells["due_on"].year)


def _rank(group: str) -> tuple[int, str]:
    return (2 if group == STATUS else 1 if group.startswith(EVERY) else 0, group)


def _cell(
    book: Book, stated: pd.DataFrame, said: pd.DataFrame, city: str, group: str, indicator: str
) -> Cell:
    own = stated[(stated["city_id"] == city) & (stated["indicator_id"] == indicator)]
    here = own[own["group"] == group]
    if not here.empty:
        return Cell(city, "quantified", tuple(here["target_id"]), here["source_id"].iloc[0])
    covering = _covering(book, city, group)
    if not covering:
        return Cell(city, "not_obtained")
    others = own[own["source_id"].isin(covering)]
    if not others.empty:
        return Cell(city, "other_year", tuple(others["target_id"]), others["source_id"].iloc[0])
    states = said[said["source_id"].isin(covering) & (said["indicator_id"] == indicator)]
    best = min(states.to_dict("records"), key=lambda row: PRECEDENCE.index(row["state"]))
    hits = 0 if pd.isna(best["hits"]) else int(best["hits"])
    rows = _mentions(book, best["source_id"], indicator, group) if best["state"] == "unquantified" else ()
    return Cell(city, best["state"], rows, best["source_id"], hits)


def _covering(book: Book, city: str, group: str) -> list[str]:
    """Return the city's documents at hand whose period holds the year (any, where there is no year)."""
    sources = book.sources[(book.sources["place_id"] == city) & book.sources["path"].notna()]
    if not group.isdigit():
        return list(sources["source_id"])
    starts, ends = sources["period_start"].dt.year, sources["period_end"].dt.year
    return list(sources.loc[(starts <= int(group)) & (int(group) <= ends), "source_id"])


def _mentions(book: Book, source_id: str, indicator: str, group: str) -> tuple[str, ...]:
    """Return the mentions to show: those dated in the year, else those without a date, else all."""
    rows = book.mentions[
        (book.mentions["source_id"] == source_id)
        & (book.mentions["indicator_id"] == indicator)
        & (book.mentions["class"] == "unquantified")
    ]
    years = rows["due_on"].dt.year.astype("Int64").astype("str")
    for kept in (rows[years == group], rows[rows["due_on"].isna()], rows):
        if not kept.empty:
            return tuple(kept["mention_id"])
    return ()
