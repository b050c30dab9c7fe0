"""One indicator and one due year per row, every city in it: the table that cannot join unlike things.

Every statement stands in the row of its own year, one that repeats another in its own. A city without a
figure for the year keeps its cell: it says which absence it is, or shows the figure due nearest to the year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from compare.analysis.coverage import coverage
from compare.analysis.figures import promised
from compare.analysis.panel import chosen
from compare.analysis.selection import counted
from compare.asked import Names
from compare.tables.book import Book

EVERY, STATUS, UNDATED = "every_", "status", "undated"
# What a cell says where several documents cover its year: the more telling state wins, and silence is told
# only where all of them are silent.
TABLE = [
    "group", "indicator_id", "city_id", "state", "row_ids", "outside_ids", "source_id", "hits", "lacking_zh",
    "lacking_en",
]  # fmt: skip
PRECEDENCE = ("other_year", "status_only", "unquantified", "not_coded", "not_applicable", "silent")


@dataclass(frozen=True)
class Cell:
    """What one city says of one indicator for one due year, and the rows or document that show it.

    `row_ids` are the figures or words to show: those of the year, else those due nearest to it;
    `outside_ids` are the city's figures for the year that others report. `state` is that of its documents.
    """

    city_id: str
    state: str
    row_ids: tuple[str, ...] = ()
    source_id: str | None = None
    hits: int = 0
    outside_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One indicator in one due group (a year, `every_` with an interval, `status` …), a cell per city."""

    group: str
    indicator_id: str
    cells: tuple[Cell, ...]


def grid(book: Book, topic: str, city: Names = None) -> list[Row]:
    """Return the rows of a topic in the order of due years, recurring targets and statuses last.

    Raises UnknownName for an unknown topic or city.
    """
    book = counted(book)
    cities = chosen(book, city)
    stated = _stated(book.targets[(book.targets["topic_id"] == topic) & book.targets["city_id"].isin(cities)])
    said = coverage(book, topic, cities, headline=False)
    order = {name: at for at, name in enumerate(book.indicators["indicator_id"])}
    reported = _reported(book, topic, cities)
    keys = sorted(
        {(g, i) for g, i in zip(stated["group"], stated["indicator_id"], strict=True)}
        | {(g, i) for g, i, _ in reported},
        key=lambda key: (_rank(key[0]), order[key[1]]),
    )
    return [
        Row(
            group,
            indicator,
            tuple(
                replace(
                    _cell(book, stated, said, name, group, indicator),
                    outside_ids=reported.get((group, indicator, name), ()),
                )
                for name in cities
            ),
        )
        for group, indicator in keys
    ]


def _reported(book: Book, topic: str, cities: list[str]) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Return what others report that cities shall reach, by due group, indicator and city."""
    rows = promised(book, cities, topic)
    found: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for cells in rows[rows["indicator_id"].notna()].to_dict("records"):
        if cells["origin"] == "elsewhere":
            key = (_group(cells), cells["indicator_id"], cells["place_id"])
            found[key] = (*found.get(key, ()), cells["row_id"])
    return found


def table(book: Book, topic: str, city: Names = None) -> pd.DataFrame:
    """Return `grid` as a frame, a row per cell: group, indicator, city, state, rows, document, hits.

    `row_ids` are separated by `;`, as are `outside_ids`; `lacking_zh` and `lacking_en` hold the title of a
    document of that year that is known and not at hand. Raises UnknownName for an unknown topic or city.
    """
    made = []
    for row in grid(book, topic, city):
        for cell in row.cells:
            lacking = _lacking(book, cell.city_id, row.group)
            made.append(
                {"group": row.group, "indicator_id": row.indicator_id, "city_id": cell.city_id}
                | {"state": cell.state, "row_ids": ";".join(cell.row_ids), "source_id": cell.source_id or ""}
                | {"outside_ids": ";".join(cell.outside_ids)}
                | {"hits": cell.hits, "lacking_zh": lacking[0], "lacking_en": lacking[1]}
            )
    return pd.DataFrame(made, columns=TABLE)


def _lacking(book: Book, city: str, group: str) -> tuple[str, str]:
    """Return the titles of a document of that year known to exist but not at hand, else empty ones."""
    rows = book.sources[(book.sources["place_id"] == city) & (book.sources["status"] == "not_obtained")]
    if not group.isdigit():
        return "", ""
    rows = rows[(rows["period_start"].dt.year <= int(group)) & (int(group) <= rows["period_end"].dt.year)]
    return ("", "") if rows.empty else (rows["title_zh"].iloc[0], rows["title_en"].iloc[0])


def _stated(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the statements by due group, without those that repeat one of their document and group."""
    rows = rows.assign(group=[_group(cells) for cells in rows.to_dict("records")])
    groups = dict(zip(zip(rows["source_id"], rows["target_id"], strict=True), rows["group"], strict=True))
    keys = zip(rows["source_id"], rows["restates_target_id"], strict=True)
    again = pd.Series([groups.get(key, "") for key in keys], index=rows.index) == rows["group"]
    same = ["restates_target_id", "source_id", "group", "comparator", "value_low", "value_high"]
    return rows[~again & ~(rows["restates_target_id"].notna() & rows.duplicated(same))]


def _group(cells: dict[str, Any]) -> str:
    if cells.get("kind") == STATUS:
        return STATUS
    if not pd.isna(cells["due_on"]):
        return str(cells["due_on"].year)
    return UNDATED if pd.isna(cells["recurrence"]) else f"{EVERY}{cells['recurrence']}"


def _rank(group: str) -> tuple[int, str]:
    order = 3 if group == STATUS else 2 if group == UNDATED else 1 if group.startswith(EVERY) else 0
    return order, group


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
    own = own[own["source_id"].isin(covering)]
    nearest = _nearest(own[own["kind"] != STATUS], group)
    if not nearest.empty:
        return Cell(city, "other_year", tuple(nearest["target_id"]), nearest["source_id"].iloc[0])
    states = said[said["source_id"].isin(covering) & (said["indicator_id"] == indicator)]
    best = min(states.to_dict("records"), key=lambda row: PRECEDENCE.index(row["state"]))
    hits = 0 if pd.isna(best["hits"]) else int(best["hits"])
    rows: tuple[str, ...] = ()
    if best["state"] == "unquantified":
        rows = _mentions(book, best["source_id"], indicator, group)
    elif best["state"] == "status_only":
        rows = tuple(own.loc[own["source_id"] == best["source_id"], "target_id"])
    return Cell(city, best["state"], rows, best["source_id"], hits)


def _nearest(rows: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return the figures due nearest to the end of a year, the later of two that are equally near.

    Where the row is of no year it is those due last; figures without a date only where there are no others.
    """
    dated = rows[rows["due_on"].notna()]
    if dated.empty:
        return rows
    months = dated["due_on"].dt.year * 12 + dated["due_on"].dt.month
    away = (months - (int(group) * 12 + 12)).abs() if group.isdigit() else -months
    near = dated[away == away.min()]
    return near[near["due_on"] == near["due_on"].max()]


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
