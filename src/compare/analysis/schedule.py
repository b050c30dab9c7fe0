"""What falls due when: every deadline with the commitments it governs and the bodies named for them.

That a date has passed says nothing of whether the promise was kept: no plan tells it, and nothing here does.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from compare.analysis.findings import topics_in_order
from compare.analysis.panel import _require, chosen
from compare.asked import Names, read_day
from compare.tables.book import Book

STATES = ("past", "today", "open", "recurring", "undated")
# The state of a document that commits to nothing, or of a city without one.
NONE = "none"
ROLES = ("lead", "support", "responsible")
COLUMNS = [
    "city_id", "source_id", "status", "deadline_id", "due_text", "due_start", "due_end", "due_on",
    "due_precision", "due_source", "recurrence", "state", "days_past", "days_left", "commitment_id",
    "action_zh", "action_en", "repeats_id", "start", "end", "topic_id", "force", "quantifier", "instrument",
    "task_id", "task_number", "task_zh",
    *(f"{role}_ids" for role in ROLES), "unlisted_zh", "target_ids",
]  # fmt: skip
# Names in one column of a ledger; a list inside brackets belongs to its name.
BETWEEN = re.compile(r"[、,，;；](?![^(（]*[)）])")
SIGNS = re.compile(r"[\W_]+")
Cells = dict[str, Any]


def schedule(
    book: Book,
    as_of: str | datetime.date,
    city: Names = None,
    topic: str | None = None,
    agency: str | None = None,
) -> pd.DataFrame:
    """Return a row per deadline and commitment it governs, and per commitment without a date.

    Rows stand by city and due date, recurring ones after, those without a date last; a document that
    commits to nothing, and a city without one at hand, keeps a row. `state` is past, today, open, recurring,
    undated or none on the day `as_of`; `days_past` and `days_left` are whole days.
    `action_en` is the working translation of a clause, none where there is none; `repeats_id` the earlier
    commitment of the city that says the same in the same words, whatever its document or topic.
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
    rows += _empty(book, cities, {row["source_id"] for row in rows})
    rows.sort(key=lambda row: (order[row["city_id"]], *_place(row)))
    frame = pd.DataFrame(rows, columns=[name for name in COLUMNS if name not in _DERIVED])
    frame["topic_id"] = pd.Categorical(frame["topic_id"], topics_in_order(book))
    return _dated(frame, day)[COLUMNS]


_DERIVED = ("state", "days_past", "days_left")


def _place(row: Cells) -> tuple[Any, ...]:
    due = row["due_on"]
    start = -1 if pd.isna(row["start"]) else row["start"]
    undated = pd.isna(row["deadline_id"])
    return (
        undated,
        pd.isna(due),
        pd.Timestamp.max if pd.isna(due) else due,
        row["source_id"],
        -1 if undated else row["due_start"],
        start,
    )


def _dated(frame: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    frame["due_on"] = pd.to_datetime(frame["due_on"])
    days = (frame["due_on"] - day).dt.days.astype("Int64")
    states = [_state(*row) for row in zip(days, frame["deadline_id"], frame["commitment_id"], strict=True)]
    frame["state"] = pd.Series(states, index=frame.index, dtype="str")
    frame["days_past"] = (-days).where(days < 0)
    frame["days_left"] = days.where(days >= 0)
    for name in ("due_start", "due_end", "start", "end"):
        frame[name] = frame[name].astype("Int64")
    return frame


def _state(left: Any, deadline: Any, commitment: Any) -> str:
    if pd.isna(deadline):
        return NONE if pd.isna(commitment) else "undated"
    if pd.isna(left):
        return "recurring"
    return "past" if left < 0 else "today" if left == 0 else "open"


def _rows(book: Book, cities: list[str]) -> Iterator[Cells]:
    status = dict(zip(book.sources["source_id"], book.sources["status"], strict=True))
    governed: dict[str | None, list[Cells]] = {}
    for commitment in book.records("commitments"):
        named = None if pd.isna(commitment["deadline_id"]) else commitment["deadline_id"]
        governed.setdefault(named, []).append(commitment)
    targets: dict[str, list[str]] = {}
    for target in book.records("targets"):
        if not pd.isna(target["deadline_id"]):
            targets.setdefault(target["commitment_id"], []).append(target["target_id"])
    english = dict(zip(book.translations["row_id"], book.translations["quote_en"], strict=True))
    repeats = _repeats(book)
    bodies = Bodies(book)
    undated: list[tuple[list[Cells], Cells]] = [
        ([row], {}) for row in governed.get(None, []) if row["city_id"] in cities
    ]
    # A deadline that governs nothing keeps its row: a calendar that drops dates cannot be trusted.
    dated = [
        (governed.get(row["deadline_id"], [{}]), row)
        for row in book.records("deadlines")
        if row["city_id"] in cities
    ]
    for commitments, deadline in [*dated, *undated]:
        for commitment in commitments:
            row = {name: commitment.get(name) for name in COLUMNS if name not in _DERIVED}
            row |= {name: deadline[name] for name in deadline if name in COLUMNS}
            row |= {"status": status[row["source_id"]]} | bodies.named(str(row["city_id"]), commitment)
            own = commitment.get("commitment_id", "")
            row |= {"action_en": english.get(own), "repeats_id": repeats.get(own)}
            yield row | {"target_ids": ";".join(targets.get(own, []))}


def _repeats(book: Book) -> dict[str, str]:
    """Return, for each commitment in words that its city has used before, the first one in them.

    Signs and spaces do not count: an annexed ledger prints the words of its plan with others.
    """
    said: dict[tuple[str, str], str] = {}
    rows = sorted(book.records("commitments"), key=lambda row: (row["source_id"], row["start"]))
    keys = [(row["city_id"], SIGNS.sub("", row["action_zh"])) for row in rows]
    firsts = [said.setdefault(key, row["commitment_id"]) for key, row in zip(keys, rows, strict=True)]
    pairs = zip(rows, firsts, strict=True)
    return {row["commitment_id"]: first for row, first in pairs if row["commitment_id"] != first}


def _empty(book: Book, cities: list[str], named: set[str]) -> list[Cells]:
    """Return a row for each document at hand that has none, and for each city without a document."""
    at_hand = [
        row for row in book.records("sources") if row["place_id"] in cities and not pd.isna(row["path"])
    ]
    lone = [{"place_id": city} for city in cities if city not in {row["place_id"] for row in at_hand}]
    return [
        dict.fromkeys(("due_on", "deadline_id", "start"))
        | dict.fromkeys((*(f"{role}_ids" for role in ROLES), "task_id", "unlisted_zh", "target_ids"), "")
        | {"city_id": row["place_id"], "source_id": row.get("source_id"), "status": row.get("status")}
        for row in [*at_hand, *lone]
        if row.get("source_id") not in named
    ]


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

    def named(self, city: str, commitment: Cells) -> Cells:
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
        known = [self.names.get((city, name)) for name in names]
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
        return [str(self.names.get((entry["city_id"], entry["unit_zh"]), entry["unit_zh"]))], False

    def _entry(self, commitment: Cells) -> Cells | None:
        if not commitment:
            return None
        for entry in self.ledger:
            same = entry["source_id"] == commitment["source_id"]
            if same and entry["start"] <= commitment["start"] and commitment["end"] <= entry["end"]:
                return entry
        return None


def tally(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many commitments of a schedule stand in which state, a row per document and topic.

    Columns past, today, open, recurring, undated and all are counts of commitments; documents stand in the
    order of the schedule, topics in that of their list.
    """
    held = rows[rows["commitment_id"].notna()]
    order = {name: at for at, name in enumerate(documents(rows)["source_id"])}
    sizes = held.groupby(["source_id", "topic_id", "state"], observed=True).size()
    counts = sizes.unstack(fill_value=0).reindex(columns=STATES, fill_value=0)
    counts["all"] = counts.sum(axis=1)
    counts.columns.name = None
    counts = counts.sort_index(
        level="source_id", key=lambda names: names.map(order), sort_remaining=False, kind="stable"
    )
    return counts.reset_index()


def documents(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the first row of every document of a schedule, by city and document."""
    order = {name: at for at, name in enumerate(dict.fromkeys(rows["city_id"]))}
    firsts = rows[rows["source_id"].notna()].drop_duplicates("source_id")
    keys = zip(firsts["city_id"].map(order), firsts["source_id"], firsts.index, strict=True)
    return firsts.loc[[at for *_, at in sorted(keys)]]


def by_agency(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many commitments of a schedule each agency leads, by state, a row per document and agency.

    Columns past, today, open, recurring, undated and all count those that it leads, `beside` those that it
    supports or answers for; most first. A commitment with two leading agencies counts for each.
    """
    held = [
        (row["source_id"], agency, row["state"] if role == "lead" else "beside")
        for row in rows.to_dict("records")
        for role in ROLES
        for agency in filter(None, row[f"{role}_ids"].split(";"))
    ]
    frame = pd.DataFrame(held, columns=["source_id", "agency_id", "state"])
    sizes = frame.groupby(["source_id", "agency_id", "state"]).size().unstack(fill_value=0)
    counts = sizes.reindex(columns=[*STATES, "beside"], fill_value=0)
    counts.insert(len(STATES), "all", counts[[*STATES]].sum(axis=1))
    counts.columns.name = None
    # Those that lead none stand last, most beside first.
    last = counts["beside"].where(counts["all"] == 0, 0)
    order = counts.assign(last=last).reset_index()
    return order.sort_values(
        ["source_id", "all", "last", "agency_id"], ascending=[True, False, False, True], ignore_index=True
    ).drop(columns="last")
