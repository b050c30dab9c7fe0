"""Which agencies lead a city's commitments, where the documents name them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from compare.tables.book import Book

if TYPE_CHECKING:
    from compare.briefings.city.briefing import CityBriefing


@dataclass(frozen=True)
class Leads:
    """One agency with the number of commitments it leads in each document, and in all."""

    agency_id: str
    name: str
    counts: tuple[int, ...]

    @property
    def all(self) -> int:
        return sum(self.counts)


def leading(brief: CityBriefing) -> list[Leads]:
    """Return the agencies that lead commitments of the city, the most first; joint leaders count each."""
    rows = brief.led.explode("agency_ids").dropna(subset="agency_ids")
    names = brief.book.agencies.set_index("agency_id")[f"name_{brief.lang}"]
    made = [
        Leads(
            str(agency),
            # A unit of a ledger that is in no list stands under the name that is printed.
            str(names.get(agency, agency)),
            tuple(int((own["source_id"] == source).sum()) for source in brief.sources),
        )
        for agency, own in rows.groupby("agency_ids")
    ]
    return sorted(made, key=lambda one: (-one.all, one.agency_id))


def led(book: Book, commitments: pd.DataFrame) -> pd.DataFrame:
    """Return the commitments with the agencies that lead each, and whether any is named responsible at all.

    A commitment is led by the leading agencies of its task, or by the unit of the annexed ledger in whose
    entry it stands. `agency_ids` is a list, empty where no leader is named; `responsible` says whether the
    task names responsible agencies instead. A unit that is in no list of agencies keeps its printed name.
    """
    tasks = book.tasks.set_index("task_id")
    units = _units(book)
    leads, responsible = [], []
    for cells in commitments.to_dict("records"):
        if pd.isna(cells["task_id"]):
            leads.append(_in_ledger(book, units, cells))
            responsible.append(False)
        else:
            task = tasks.loc[cells["task_id"]]
            leads.append([] if pd.isna(task["lead_ids"]) else task["lead_ids"].split(";"))
            responsible.append(bool(pd.isna(task["lead_ids"]) and not pd.isna(task["responsible_ids"])))
    return commitments.assign(agency_ids=leads, responsible=responsible)


def _units(book: Book) -> dict[tuple[str, str], str]:
    """Return the agency behind every name and alias, by place."""
    made: dict[tuple[str, str], str] = {}
    for cells in book.records("agencies"):
        aliases = [] if pd.isna(cells["aliases_zh"]) else cells["aliases_zh"].split(";")
        made |= {(cells["place_id"], name): cells["agency_id"] for name in (cells["name_zh"], *aliases)}
    return made


def _in_ledger(book: Book, units: dict[tuple[str, str], str], cells: dict[str, Any]) -> list[str]:
    """Return the agency whose ledger entry holds the commitment, or its printed name; none in no entry.

    Further leaders of an entry, which a column of the ledger names, are not among them.
    """
    for entry in book.records("ledger"):
        inside = entry["start"] <= cells["start"] and cells["end"] <= entry["end"]
        if inside and entry["source_id"] == cells["source_id"]:
            return [units.get((entry["city_id"], entry["unit_zh"]), entry["unit_zh"])]
    return []
