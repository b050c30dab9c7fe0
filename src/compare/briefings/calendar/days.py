"""From the rows of a schedule to what the calendar prints: years, days, deadlines, promises, bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from compare.analysis.schedule import ROLES

if TYPE_CHECKING:
    from compare.briefings.calendar.briefing import CalendarBriefing

Cells = dict[str, Any]
ROLE = {"lead": "role.lead", "support": "role.support", "responsible": "role.responsible"}


@dataclass(frozen=True)
class Promise:
    """A commitment as the calendar prints it: its words, its topic where that is new, its figures."""

    commitment_id: str
    action: str
    topic: str
    aspirational: bool
    figures: tuple[Cells, ...]


@dataclass(frozen=True)
class Part:
    """The promises of a deadline that stand under one task and are given to the same bodies."""

    number: str
    task: str
    ledger: bool
    bodies: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]
    promises: tuple[Promise, ...]


@dataclass(frozen=True)
class Due:
    """A deadline: its words, the number of its sentence, and what it governs."""

    deadline_id: str
    number: int
    words: str
    lang: str
    inherited: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Day:
    """The deadlines of one document that fall on one day."""

    day: str
    distance: str
    source: Cells
    dues: tuple[Due, ...]


@dataclass(frozen=True)
class Year:
    """The deadlines of one city in one year; `unfolded` where a reader should see them at once."""

    words: str
    anchor: str
    unfolded: bool
    deadlines: int
    promises: int
    drafts: int
    days: tuple[Day, ...]


def anchor(city: str, year: int) -> str:
    """Return the id of a city's year in the page.

    >>> anchor("jinan", 2020)
    'due-jinan-2020'
    """
    return f"due-{city}-{year}"


def years(brief: CalendarBriefing, city: str) -> list[Year]:
    """Return the dated deadlines of a city by year, in the order of time.

    The latest year in which something has fallen due is unfolded, and every year with something to come.
    """
    rows = [row for row in brief.due if row["city_id"] == city and not pd.isna(row["due_on"])]
    latest = max((row["due_on"].year for row in rows if row["state"] == "past"), default=None)
    made = []
    for year, group in groupby(rows, key=lambda row: row["due_on"].year):
        held = list(group)
        unfolded = year == latest or any(row["state"] != "past" for row in held)
        days = groupby(held, key=lambda row: (row["due_on"], row["source_id"]))
        made.append(
            Year(
                brief.labels.when(held[0]["due_on"], "year"),
                anchor(city, year),
                unfolded,
                len({row["deadline_id"] for row in held}),
                governed(held),
                governed(row for row in held if row["status"] == "draft"),
                tuple(_day(brief, list(one)) for _, one in days),
            )
        )
    return made


def governed(rows: Iterable[Cells]) -> int:
    """Return how many commitments stand in rows of a schedule."""
    return sum(not pd.isna(row["commitment_id"]) for row in rows)


def _day(brief: CalendarBriefing, rows: list[Cells]) -> Day:
    first = rows[0]
    if first["state"] == "today":
        distance = brief.words("calendar.today")
    elif first["state"] == "past":
        distance = brief.words("calendar.past", days=brief.labels.number(first["days_past"]))
    else:
        distance = brief.words("calendar.left", days=brief.labels.number(first["days_left"]))
    source = brief.sources[first["source_id"]]
    return Day(brief.labels.day(first["due_on"]), distance, source, tuple(dues(brief, rows)))


def dues(brief: CalendarBriefing, rows: Iterable[Cells]) -> Iterator[Due]:
    """Yield the deadlines of rows that stand in the order of the text."""
    for deadline_id, group in groupby(rows, key=lambda row: row["deadline_id"]):
        held = list(group)
        first = held[0]
        yield Due(
            deadline_id,
            brief.numbers[deadline_id],
            first["due_text"],
            brief.script(first["source_id"]),
            first["due_source"] == "inherited_year",
            tuple(_parts(brief, held)),
        )


def _parts(brief: CalendarBriefing, rows: list[Cells]) -> Iterator[Part]:
    topic = ""
    for task_id, group in groupby(rows, key=lambda row: row["task_id"]):
        held = [row for row in group if not pd.isna(row["commitment_id"])]
        promises = []
        for row in held:
            named = "" if row["topic_id"] == topic else brief.topic_names[row["topic_id"]]
            topic = row["topic_id"]
            figures = tuple(brief.figure(name) for name in row["target_ids"].split(";") if name)
            weak = row["force"] == "aspirational"
            promises.append(Promise(row["commitment_id"], row["action_zh"], named, weak, figures))
        if held:
            first = held[0]
            ledger = task_id.startswith("l-")
            task = "" if ledger else first["task_zh"]
            yield Part(first["task_number"], task, ledger, tuple(_bodies(brief, first)), tuple(promises))


def _bodies(brief: CalendarBriefing, row: Cells) -> Iterator[tuple[str, tuple[tuple[str, bool], ...]]]:
    """Yield each role with its bodies; a name outside the list of bodies is Chinese on every page."""
    for role in ROLES:
        names = [(brief.bodies[one], False) for one in row[f"{role}_ids"].split(";") if one]
        if role == "lead":
            names += [(name, True) for name in row["unlisted_zh"].split(";") if name]
        if names:
            yield brief.words(ROLE[role]), tuple(names)
