"""What falls due when: every deadline with the commitments it governs and the bodies named for them.

That a date has passed says nothing of whether the promise was kept: no plan tells it, and nothing here does.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from compare.analysis.panel import _require, chosen
from compare.asked import read_day
from compare.tables.book import Book

STATES = ("past", "today", "open", "recurring")
ROLES = ("lead", "support", "responsible")
COLUMNS = [
    "city_id",
    "source_id",
    "status",
    "deadline_id",
    "due_text",
    "due_start",
    "due_end",
    "due_on",
    "due_precision",
    "due_source",
    "recurrence",
    "state",
    "days_past",
    "days_left",
    "commitment_id",
    "action_zh",
    "start",
    "end",
    "topic_id",
    "force",
    "quantifier",
    "task_id",
    "task_number",
    "task_zh",
    *(f"{role}_ids" for role in ROLES),
    "unlisted_zh",
    "target_ids",
]
# Names in one column of a ledger; a list inside brackets belongs to its name.
BETWEEN = re.compile(r"[、,，;；](?![^(（]*[)）])")
Cells = dict[str, Any]


def schedule(
    book: Book,
    as_of: str | datetime.date,
    city: str | Iterable[str] | None = None,
    topic: str | None = None,
    agency: str | None = None,
) -> pd.DataFrame:
    """Return a row per deadline and commitment it governs, by city and due date, recurring ones last.

    `state` is past, today, open or recurring on the day `as_of`; `days_past` and `days_left` are whole days.
    `task_id` is a task, or a row of an annexed ledger; `lead_ids`, `support_ids`, `responsible_ids` hold
    agencies joined by `;`, empty where the document names none; `unlisted_zh` holds names that are in no list
    of agencies. `target_ids` are the targets that put a number to the commitment. A past date says nothing of
    whether a promise was kept. Raises UnknownName, with near names, for an unknown city, topic or agency,
    CompareError for an `as_of` that is no day.
    """
    day = pd.Timestamp(read_day(as_of))
    cities = chosen(book, city)
    if topic is not None:
        _require(topic, book.topics["topic_id"], "topic")
    if agency is not None:
        _require(agency, book.agencies["agency_id"], "agency")
    rows = [row for row in _rows(book, cities) if topic in (None, row["topic_id"])]
    if agency is not None:
        rows = [row for row in rows if any(agency in row[f"{role}_ids"].split(";") for role in ROLES)]
    order = {name: at for at, name in enumerate(book.cities)}
    rows.sort(key=lambda row: (order[row["city_id"]], *_place(row)))
    frame = pd.DataFrame(rows, columns=[name for name in COLUMNS if name not in _DERIVED])
    return _dated(frame, day)[COLUMNS]


_DERIVED = ("state", "days_past", "days_left")


def _place(row: Cells) -> tuple[Any, ...]:
    due = row["due_on"]
    start = -1 if pd.isna(row["start"]) else row["start"]
    return (
        pd.isna(due),
        pd.Timestamp.max if pd.isna(due) else due,
        row["source_id"],
        row["due_start"],
        start,
    )


def _dated(frame: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    frame["due_on"] = pd.to_datetime(frame["due_on"])
    days = (frame["due_on"] - day).dt.days.astype("Int64")
    frame["state"] = pd.Series([_state(left) for left in days], index=frame.index, dtype="str")
    frame["days_past"] = (-days).where(days < 0)
    frame["days_left"] = days.where(days >= 0)
    for name in ("start", "end"):
        frame[name] = frame[name].astype("Int64")
    return frame


def _state(left: Any) -> str:
    if pd.isna(left):
        return "recurring"
    return "past" if left < 0 else "today" if left == 0 else "open"


def _rows(book: Book, cities: list[str]) -> Iterator[Cells]:
    status = dict(zip(book.sources["source_id"], book.sources["status"], strict=True))
    governed: dict[str, list[Cells]] = {}
    for commitment in book.records("commitments"):
        governed.setdefault(commitment["deadline_id"], []).append(commitment)
    targets: dict[str, list[str]] = {}
    for target in book.records("targets"):
        if not pd.isna(target["deadline_id"]):
            targets.setdefault(target["commitment_id"], []).append(target["target_id"])
    bodies = Bodies(book)
    for deadline in book.records("deadlines"):
        if deadline["city_id"] not in cities:
            continue
        # A deadline that governs nothing keeps its row: a calendar that drops dates cannot be trusted.
        for commitment in governed.get(deadline["deadline_id"], [{}]):
            yield (
                {name: commitment.get(name) for name in COLUMNS if name not in _DERIVED}
                | {name: deadline[name] for name in deadline if name in COLUMNS}
                | {"status": status[deadline["source_id"]]}
                | {"target_ids": ";".join(targets.get(commitment.get("commitment_id", ""), []))}
                | bodies.named(deadline, commitment)
            )


class Bodies:
    """Who is named for a commitment: by its task, else by the row of the annexed ledger that holds it."""

    def __init__(self, book: Book) -> None:
        self.tasks = {task["task_id"]: task for task in book.records("tasks")}
        self.ledger = book.records("ledger")
        self.names: dict[tuple[str, str], str] = {}
        for body in book.records("agencies"):
            aliases = [] if pd.isna(body["aliases_zh"]) else body["aliases_zh"].split(";")
            for name in [body["name_zh"], *aliases]:
                self.names[body["place_id"], name] = body["agency_id"]

    def named(self, deadline: Cells, commitment: Cells) -> Cells:
        """Return task and agencies of a commitment as columns, empty where the document names none."""
        task = self.tasks.get(commitment.get("task_id", ""))
        if task is not None:
            ids = {f"{role}_ids": task[f"{role}_ids"] for role in ROLES}
            ids = {role: "" if pd.isna(held) else held for role, held in ids.items()}
            said = {"task_id": task["task_id"], "task_number": task["number"], "task_zh": task["title_zh"]}
            return said | ids | {"unlisted_zh": ""}
        entry = self._entry(commitment)
        if entry is None:
            nobody = {f"{role}_ids": "" for role in ROLES}
            return {"task_id": "", "task_number": "", "task_zh": "", "unlisted_zh": ""} | nobody
        others = "" if pd.isna(entry["other_leads_zh"]) else entry["other_leads_zh"]
        names = [name.strip() for name in [entry["unit_zh"], *BETWEEN.split(others)] if name.strip()]
        known = [self.names.get((deadline["city_id"], name)) for name in names]
        return {
            "task_id": entry["ledger_id"],
            "task_number": entry["number"],
            "task_zh": entry["task_zh"],
            "lead_ids": ";".join(dict.fromkeys(filter(None, known))),
            "support_ids": "",
            "responsible_ids": "",
            "unlisted_zh": ";".join(name for name, body in zip(names, known, strict=True) if body is None),
        }

    def leading(self, commitment: Cells) -> tuple[list[str], bool]:
        """Return who leads a commitment, and whether its task names bodies responsible and no leader.

        Of an entry of a ledger it is the unit under which it stands, not the further leaders that a column
        names; a unit that is in no list of agencies keeps its printed name.
        """
        task, entry = self.tasks.get(commitment["task_id"]), self._entry(commitment)
        if task is not None:
            leads = "" if pd.isna(task["lead_ids"]) else task["lead_ids"]
            return [*filter(None, leads.split(";"))], not leads and not pd.isna(task["responsible_ids"])
        if entry is None:
            return [], False
        return [self.names.get((entry["city_id"], entry["unit_zh"]), entry["unit_zh"])], False

    def _entry(self, commitment: Cells) -> Cells | None:
        if not commitment:
            return None
        for entry in self.ledger:
            same = entry["source_id"] == commitment["source_id"]
            if same and entry["start"] <= commitment["start"] and commitment["end"] <= entry["end"]:
                return entry
        return None


def tally(book: Book, as_of: str | datetime.date, city: str | Iterable[str] | None = None) -> pd.DataFrame:
    """Return how many commitments of each document and topic stand in which state, dated or not.

    One row per document and topic that has commitments; columns past, today, open, recurring, undated
    and all are counts of commitments. Raises as `schedule` does.
    """
    cities = chosen(book, city)
    said = schedule(book, as_of, cities)
    state = dict(zip(said["commitment_id"], said["state"], strict=True))
    rows = book.commitments[book.commitments["city_id"].isin(cities)]
    kinds = pd.Series([state.get(name, "undated") for name in rows["commitment_id"]], index=rows.index)
    keys = [rows["city_id"], rows["source_id"], rows["topic_id"]]
    counts = pd.crosstab(keys, kinds).reindex(columns=[*STATES, "undated"], fill_value=0)
    counts["all"] = counts.sum(axis=1)
    counts.columns.name = None
    order = {name: at for at, name in enumerate([*book.cities, *book.topics["topic_id"]])}
    return counts.reset_index().sort_values(
        ["city_id", "source_id", "topic_id"],
        key=lambda names: names if names.name == "source_id" else names.map(order),
        ignore_index=True,
    )


def by_agency(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many commitments of a schedule each agency has, a row per document, agency and role.

    Columns source_id, agency_id, role, past, today, open, recurring, all; most first. A commitment with two
    leading agencies counts for each.
    """
    held = [
        {"source_id": row["source_id"], "agency_id": agency, "role": role, "state": row["state"]}
        for row in rows.to_dict("records")
        for role in ROLES
        for agency in filter(None, row[f"{role}_ids"].split(";"))
    ]
    frame = pd.DataFrame(held, columns=["source_id", "agency_id", "role", "state"])
    keys = ["source_id", "agency_id", "role"]
    counts = (
        frame.groupby([*keys, "state"]).size().unstack(fill_value=0).reindex(columns=STATES, fill_value=0)
    )
    counts["all"] = counts.sum(axis=1)
    counts.columns.name = None
    return counts.reset_index().sort_values(
        ["source_id", "role", "all", "agency_id"], ascending=[True, True, False, True], ignore_index=True
    )
