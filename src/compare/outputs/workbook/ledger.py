"""The task ledger as government offices keep one: a row per task and deadline, of all documents.

A promise is tied to its deadline by `deadline_id`, and to its task by `task_id`. The printed ledger
of a document has rows of its own: a promise belongs to the ledger row whose range in the text holds
it. Promises that stand under neither, such as overall goals, form the rows without a task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from compare.language.spans import Span
from compare.outputs.workbook.table import Row, Sheet, plain
from compare.outputs.workbook.words import Cells, Words, due_order

SEPARATORS = re.compile(r"[、,，;；]")
# A row of a sheet holds some thirty lines, and a promise takes one or two.
MOST = 15
ROLES = ("lead", "support", "responsible")
COLUMNS = (
    ("city", 9, "city"),
    ("unit_zh", 16),
    ("role", 8),
    ("task", 24, "quote"),
    ("plan", 42, "quote"),
    ("other_leads", 12),
    ("support", 11),
    ("responsible", 16),
    ("due", 15),
    ("due_text", 10, "quote"),
    ("state", 9),
    ("status", 8, "status"),
    ("document", 18),
    ("number", 10),
    ("ledger_note", 17),
    ("|", 0),
    ("unit_en", 40),
    ("task_number", 10),
    ("targets", 34),
    ("commitment_count", 9),
    ("commitments", 30),
    ("task_id", 15),
    ("deadline_id", 17),
    ("precision", 11),
    ("recurrence", 12),
    ("start", 9),
    ("end", 9),
    ("document_en", 34),
    ("source_id", 16),
)


@dataclass(frozen=True)
class Entry:
    """A task, a row of a printed ledger, or (without a row) what a document promises outside of both.

    `plan_start` is where the ledger's plan begins: promises before it stand in its task column.
    """

    source_id: str
    key: str = ""
    row: Cells = field(default_factory=dict)
    plan_start: int = 0
    promises: list[Cells] = field(default_factory=list)

    @property
    def listed(self) -> bool:
        """Whether it is a row of a printed ledger."""
        return "ledger_id" in self.row


def ledger_sheet(words: Words) -> Sheet:
    """Return every task of every document by deadline, with who must do it where the document says so."""
    deadlines = {row["deadline_id"]: row for row in words.book.records("deadlines")}
    agencies = {row["agency_id"]: row for row in words.book.records("agencies")}
    rows = [
        _row(words, entry, deadline, promises, agencies)
        for entry in _entries(words)
        for deadline, promises in _by_deadline(entry, deadlines)
    ]
    return words.sheet("ledger", words.columns(*COLUMNS), rows, 2)


def _entries(words: Words) -> list[Entry]:
    """Return all entries in reading order, each with its promises."""
    book = words.book
    tasks = {row["task_id"]: Entry(row["source_id"], row["task_id"], row) for row in book.records("tasks")}
    listed = [_listed(words, row) for row in book.records("ledger")]
    outside: dict[str, Entry] = {}
    for promise in book.records("commitments"):
        task = tasks.get(plain(promise["task_id"]) or "")
        entry = task or next((one for one in listed if _holds(one, promise)), None)
        if entry is None:
            entry = outside.setdefault(promise["source_id"], Entry(promise["source_id"]))
        entry.promises.append(promise)
    return sorted(
        [*tasks.values(), *listed, *outside.values()],
        key=lambda one: (words.reading_order[one.source_id], one.row.get("start", -1), one.key),
    )


def _listed(words: Words, row: Cells) -> Entry:
    reading = words.book.documents[row["source_id"]].reading
    inside = reading.from_raw(Span(row["start"], row["end"]))
    at = inside.slice(reading.text).find(row["task_zh"])
    behind = inside.start + max(at, 0) + (len(row["task_zh"]) if at >= 0 else 0)
    plan_start = reading.starts[behind] if behind < inside.end else row["end"]
    return Entry(row["source_id"], row["ledger_id"], row, plan_start)


def _holds(entry: Entry, promise: Cells) -> bool:
    row = entry.row
    return bool(
        row["source_id"] == promise["source_id"]
        and row["start"] <= promise["start"]
        and promise["end"] <= row["end"]
    )


def _by_deadline(entry: Entry, deadlines: dict[str, Cells]) -> Iterator[tuple[Cells, list[Cells]]]:
    """Yield each deadline of an entry with its promises, the earliest first, undated ones last.

    An entry without promises is yielded once: it is in the document, so it is in the ledger.
    Where a deadline governs more promises than a row of a sheet can show, it is yielded again.
    """
    groups: dict[str, list[Cells]] = {} if entry.promises else {"": []}
    for promise in sorted(entry.promises, key=lambda one: one["start"]):
        groups.setdefault(plain(promise["deadline_id"]) or "", []).append(promise)
    dated = [(deadlines.get(key, {}), promises) for key, promises in groups.items()]
    for deadline, promises in sorted(dated, key=lambda one: (due_order(one[0].get("due_on")), not one[0])):
        for at in range(0, max(len(promises), 1), MOST):
            yield deadline, promises[at : at + MOST]


def _row(
    words: Words, entry: Entry, deadline: Cells, promises: list[Cells], agencies: dict[str, Cells]
) -> Row:
    planned = [one["action_zh"] for one in promises if one["start"] >= entry.plan_start]
    source = words.sources[entry.source_id]
    city, draft = source["place_id"], words.is_draft(entry.source_id)
    cells = (
        words.cited(entry.source_id)
        | _units(words, entry, agencies)
        | {
            "city": words.name("places", city),
            "task": entry.row.get("task_zh", entry.row.get("title_zh")),
            "plan": "\n".join(planned) or None,
            "due": deadline.get("due_on"),
            "due_text": deadline.get("due_text"),
            "state": words.state(deadline.get("due_on"), deadline.get("recurrence")),
            "task_number": entry.row.get("number"),
            "targets": _targets(words, promises),
            "commitment_count": len(promises),
            "commitments": "; ".join(one["commitment_id"] for one in promises) or None,
            "task_id": entry.key or None,
            "deadline_id": deadline.get("deadline_id"),
            "precision": words.code("precision", deadline.get("due_precision")),
            "recurrence": words.code("recurrence", deadline.get("recurrence")),
            "start": promises[0]["start"] if promises else entry.row["start"],
            "end": max(one["end"] for one in promises) if promises else entry.row["end"],
        }
    )
    notes = [cells.pop("unit_note"), None if planned else _without_plan(promises)]
    cells["ledger_note"] = "\n".join(words.both(f"note.{note}") for note in notes if note) or None
    key = " ".join(filter(None, [entry.key or entry.source_id, cells["deadline_id"]]))
    return Row(key, cells, city, draft)


def _without_plan(promises: list[Cells]) -> str:
    return "task_column" if promises else "no_promise"


def _units(words: Words, entry: Entry, agencies: dict[str, Cells]) -> Cells:
    """Return who must do a task, as far as the document names anyone, in what role, and what it omits."""
    if entry.listed:
        others = plain(entry.row["other_leads_zh"])
        named = [entry.row["unit_zh"], *(SEPARATORS.split(others) if others else [])]
        return {
            "unit_zh": entry.row["unit_zh"],
            "role": words.both("role.listed"),
            "other_leads": others,
            "unit_en": _english(agencies, words.sources[entry.source_id]["place_id"], named),
            "unit_note": None,
        }
    held = {role: _held(entry, role) for role in ROLES}
    zh = {role: "、".join(agencies[one]["name_zh"] for one in held[role]) or None for role in ROLES}
    en = [
        f"{words.pair(f'role.{role}')[1]}: " + "; ".join(agencies[one]["name_en"] for one in held[role])
        for role in ROLES
        if held[role]
    ]
    first, *others = [agencies[one]["name_zh"] for one in held["lead"]] or [zh["responsible"]]
    role = "lead" if held["lead"] else "responsible" if held["responsible"] else None
    return {
        "unit_zh": first,
        "role": words.both(f"role.{role}") if role else None,
        "other_leads": "、".join(others) or None,
        "support": zh["support"],
        "responsible": zh["responsible"],
        "unit_en": "\n".join(en) or None,
        "unit_note": _unit_note(entry, held),
    }


def _unit_note(entry: Entry, held: dict[str, list[str]]) -> str | None:
    if not entry.key:
        return "no_task"
    if held["lead"]:
        return None
    if held["responsible"]:
        return "only_responsible"
    return "only_support" if held["support"] else "no_unit"


def _held(entry: Entry, role: str) -> list[str]:
    ids = plain(entry.row.get(f"{role}_ids"))
    return ids.split(";") if ids else []


def _english(agencies: dict[str, Cells], city: str, names: list[str]) -> str:
    """Return the English names of a city's bodies; one that is in no list keeps its Chinese name."""
    known: dict[str, str] = {}
    for row in agencies.values():
        if row["place_id"] == city:
            aliases = plain(row["aliases_zh"])
            for name in [row["name_zh"], *(aliases.split(";") if aliases else [])]:
                known[name] = row["name_en"]
    return "; ".join(known.get(name.strip(), name.strip()) for name in names)


def _targets(words: Words, promises: list[Cells]) -> str | None:
    """Return the values that the promises state, one a line, with the rows that hold them."""
    ids = {one["commitment_id"] for one in promises}
    rows = [row for row in words.book.records("targets") if row["commitment_id"] in ids]
    lines = [
        f"{words.zh.name('indicators', row['indicator_id'])} {words.zh.value(row)} ({row['target_id']})"
        for row in rows
    ]
    return "\n".join(lines) or None
