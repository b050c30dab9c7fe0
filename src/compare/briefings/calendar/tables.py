"""The tables of the deadline calendar: by topic and document, by agency, what has no date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from compare.analysis.schedule import ROLES, STATES, by_agency
from compare.briefings.calendar.days import Cells

if TYPE_CHECKING:
    from compare.briefings.calendar.briefing import CalendarBriefing

STATE = {
    "past": "state.past",
    "today": "state.today",
    "open": "state.open",
    "recurring": "state.recurring",
    "undated": "state.undated",
    "all": "state.all",
}
# How many bodies of a document are shown before the rest is folded.
FOREMOST = 8


@dataclass(frozen=True)
class Head:
    """One document at the head of a table, with the states that it gives columns to."""

    source: Cells
    states: tuple[str, ...]


@dataclass(frozen=True)
class Topics:
    """Counts by topic: `rows` holds, per topic, the counts of each document by state, None for no promise."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[str, tuple[Cells | None, ...], int], ...]
    totals: tuple[Cells, ...]
    first: tuple[str, int] | None


def topics(brief: CalendarBriefing) -> Topics:
    """Return the counts of every topic and document; a state that a document lacks has no column."""
    counts = brief.tallied
    cells = {(row["source_id"], row["topic_id"]): row for row in counts.to_dict("records")}
    sums = {source: _sums(counts[counts["source_id"] == source]) for source in brief.documents}
    heads = tuple(Head(source, _columns(sums[name])) for name, source in brief.documents.items())
    rows = []
    for topic in brief.book.topics["topic_id"]:
        held = tuple(cells.get((source, topic)) for source in brief.documents)
        past = sum(one["past"] for one in held if one)
        if any(held):
            rows.append((topic, held, past))
    first = max(rows, key=lambda row: row[2], default=None)
    most = (first[0], first[2]) if first and first[2] else None
    return Topics(heads, tuple(rows), tuple(sums.values()), most)


def _sums(rows: pd.DataFrame) -> Cells:
    return {name: int(rows[name].sum()) for name in STATE}


def _columns(sums: Cells) -> tuple[str, ...]:
    """Return the states a document's columns show: what has fallen due and what has no date, always."""
    return tuple(name for name in STATE if name in ("past", "undated") or (name != "all" and sums[name]))


@dataclass(frozen=True)
class Body:
    """An agency in one document: the dated commitments it leads, by state, and those it stands beside."""

    name: str
    lead: Cells
    beside: int


@dataclass(frozen=True)
class Bodies:
    """The agencies of one document, most led commitments first, and those outside the list of agencies."""

    source: Cells
    states: tuple[str, ...]
    foremost: tuple[Body, ...]
    others: tuple[Body, ...]
    most: int
    unlisted: tuple[str, ...]
    unlisted_count: int


def agencies(brief: CalendarBriefing) -> list[Bodies]:
    """Return the agencies of every document that names some for its dated commitments."""
    counts = by_agency(brief.schedule)
    made = []
    for source_id, source in brief.documents.items():
        rows = counts[counts["source_id"] == source_id].to_dict("records")
        if rows:
            made.append(_document(brief, source, rows))
    return made


def _document(brief: CalendarBriefing, source: Cells, rows: list[Cells]) -> Bodies:
    lead = {row["agency_id"]: row for row in rows if row["role"] == "lead"}
    beside: dict[str, int] = {}
    for row in rows:
        if row["role"] != "lead":
            beside[row["agency_id"]] = beside.get(row["agency_id"], 0) + row["all"]
    none = dict.fromkeys([*STATES, "all"], 0)
    bodies = [Body(brief.bodies[one], row, beside.get(one, 0)) for one, row in lead.items()]
    alone = sorted(set(beside) - set(lead), key=lambda one: (-beside[one], one))
    bodies += [Body(brief.bodies[one], none, beside[one]) for one in alone]
    states = tuple(name for name in STATES if name == "past" or any(row[name] for row in lead.values()))
    outside = [row for row in brief.due if row["source_id"] == source["source_id"] and row["unlisted_zh"]]
    return Bodies(
        source,
        states,
        tuple(bodies[:FOREMOST]),
        tuple(bodies[FOREMOST:]),
        max((row["all"] for row in lead.values()), default=1),
        tuple(dict.fromkeys(name for row in outside for name in row["unlisted_zh"].split(";"))),
        len(outside),
    )


def unnamed(brief: CalendarBriefing) -> list[Cells]:
    """Return the documents that name nobody for their dated commitments."""
    naming = {row["source_id"] for row in brief.due if any(row[f"{role}_ids"] for role in ROLES)}
    return [source for name, source in brief.documents.items() if name not in naming]


@dataclass(frozen=True)
class Undated:
    """How many commitments of a document have which kind of date; `figures` have a number but no date."""

    source: Cells
    all: int
    dated: int
    recurring: int
    undated: int
    figures: int

    @property
    def share(self) -> float:
        """The share without a date, in per cent."""
        return 100 * self.undated / self.all if self.all else 0.0


def undated(brief: CalendarBriefing) -> list[Undated]:
    """Return the count of commitments without a date for every document shown."""
    counts = brief.tallied
    rows = brief.book.commitments
    open_ended = rows[rows["deadline_id"].isna() & (rows["quantifier"] == "figure")]
    made = []
    for source_id, source in brief.documents.items():
        sums = _sums(counts[counts["source_id"] == source_id])
        dated = sums["past"] + sums["today"] + sums["open"]
        figures = int((open_ended["source_id"] == source_id).sum())
        made.append(Undated(source, sums["all"], dated, sums["recurring"], sums["undated"], figures))
    return made
