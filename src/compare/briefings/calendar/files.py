"""What a reader takes away from the deadline calendar: calendar files and tables, held in the links."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from compare.analysis.schedule import ROLES
from compare.briefings.calendar import findings
from compare.briefings.calendar.days import Cells
from compare.briefings.calendar.ics import PRECISION, calendar_ics
from compare.briefings.calendar.tables import STATE

if TYPE_CHECKING:
    from compare.briefings.calendar.briefing import CalendarBriefing

# The heads of the table of all rows, in its order.
HEADS = (
    "files.city",
    "undated.document",
    "table.status",
    "table.words",
    "table.due",
    "table.precision",
    "table.state",
    "table.past",
    "table.left",
    "table.promise",
    "topics.head",
    "table.force",
    "table.task",
    "role.lead",
    "role.support",
    "role.responsible",
    "table.deadline_id",
    "table.commitment_id",
    "table.start",
    "table.end",
)


@dataclass(frozen=True)
class File:
    """A calendar file as a page holds it: its name, whose it is, its events, and its bytes as a data URI."""

    name: str
    city: str
    events: int
    drafts: int
    uri: str


def calendars(brief: CalendarBriefing) -> list[File]:
    """Return one calendar file per city with deadlines, and one for all where there are several."""
    held = [city for city in brief.shown if city in set(brief.schedule["city_id"])]
    made = [_calendar(brief, city, brief.schedule[brief.schedule["city_id"] == city]) for city in held]
    return [*made, _calendar(brief, "", brief.schedule)] if len(held) > 1 else made


def _calendar(brief: CalendarBriefing, city: str, rows: pd.DataFrame) -> File:
    whose = brief.place(city) if city else brief.words("files.all")
    content = calendar_ics(rows, brief.book, brief.as_of, brief.lang, brief.words("files.name", city=whose))
    return File(
        f"calendar-{city or 'all'}.{brief.lang}.ics",
        city,
        content.count(b"BEGIN:VEVENT"),
        rows.loc[rows["status"] == "draft", "deadline_id"].nunique(),
        _uri("text/calendar", content),
    )


def schedule_csv(brief: CalendarBriefing) -> str:
    """Return every row of the schedule as a data URI of a CSV file, in the language of the page."""
    return _csv([[brief.words(head) for head in HEADS], *(_row(brief, row) for row in brief.due)])


def _row(brief: CalendarBriefing, row: Cells) -> Iterable[Any]:
    source = brief.sources[row["source_id"]]
    dated = not pd.isna(row["due_on"])
    yield brief.place(row["city_id"])
    yield source["title_zh"]
    yield brief.labels.status(source["status"])
    yield row["due_text"]
    yield row["due_on"].date().isoformat() if dated else brief.labels.due(row)
    yield brief.words(PRECISION[row["due_precision"]]) if dated else ""
    yield brief.words(STATE[row["state"]])
    yield from (row["days_past"], row["days_left"], row["action_zh"])
    yield "" if pd.isna(row["topic_id"]) else brief.topic_names[row["topic_id"]]
    yield brief.words("mark.aspirational") if row["force"] == "aspirational" else ""
    yield " ".join(filter(None, (row["task_number"], row["task_zh"])))
    for role in ROLES:
        names = [brief.bodies[one] for one in row[f"{role}_ids"].split(";") if one]
        yield "; ".join([*names, *filter(None, row["unlisted_zh"].split(";"))] if role == "lead" else names)
    yield from (row["deadline_id"], row["commitment_id"], row["start"], row["end"])


def counts_csv(brief: CalendarBriefing) -> str:
    """Return the chart's counts as a data URI of a CSV file: half-years, cities, drafts apart."""
    draft = brief.words("mark.draft")
    heads = [brief.words("chart.when")]
    for city in brief.shown:
        heads += [brief.place(city), f"{brief.place(city)} {draft}"]
    rows = [
        [when, *(cell for bar in bars for cell in ((bar.count, bar.drafts) if bar else (0, 0))), total]
        for when, bars, total in findings.twin(brief)
    ]
    return _csv([[*heads, brief.words("chart.all")], *rows])


def _csv(rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    # Spreadsheets know UTF-8 by the mark in front.
    return _uri("text/csv", text.getvalue().encode("utf-8-sig"))


def _safe(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula, empty where there is nothing."""
    if pd.isna(cell):
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") else cell


def _uri(kind: str, content: bytes) -> str:
    return f"data:{kind};charset=utf-8;base64,{base64.b64encode(content).decode('ascii')}"
