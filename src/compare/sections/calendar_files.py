"""The calendar files and the table of all rows, held in the page as links that save them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from compare.analysis.schedule import ROLES
from compare.sections.calendar_file import calendar_file
from compare.sections.dues import NOTEBOOK, Due, across, cell, city, head
from compare.sections.section import Cell, Row, Section, Take
from compare.words.messages import messages
from compare.words.named import records
from compare.words.text import Said, text

# The columns of the table of all rows, in its order: their words, and their width in digits.
COLUMNS = {
    "files.city": 8, "undated.document": 40, "table.status": 10, "table.words": 14, "table.due": 12,
    "table.precision": 12, "table.state": 10, "table.past": 10, "table.left": 10, "table.promise": 60,
    "topics.head": 18, "table.force": 8, "table.task": 30, "role.lead": 24, "role.support": 24,
    "role.responsible": 24, "table.deadline_id": 16, "table.commitment_id": 16, "table.start": 8,
    "table.end": 8,
}  # fmt: skip


def calendar_files(schedule: pd.DataFrame, lang: str = "zh") -> Section:
    """Return one calendar file per city with deadlines, one for all where there are several, and the rows."""
    said = messages(lang, NOTEBOOK)
    rows = schedule[schedule["deadline_id"].notna()]
    due = records(rows)
    cities = list({row["city_id"]: row for row in due}.values())
    lines = [
        _line(schedule, rows[rows["city_id"] == row["city_id"]], city(row, lang), row["city_id"], lang)
        for row in cities
    ]
    if len(cities) > 1:
        lines.append(_line(schedule, rows, said.say("files.all"), "", lang))
    heads = Row(tuple(head(said.say(f"files.{name}")) for name in ("city", "file", "events")))
    table = across([heads], lines, "", "cal-files-table")
    columns = tuple((said.say(name), width) for name, width in COLUMNS.items())
    take = Take(
        f"calendar-rows.{lang}",
        columns,
        tuple(tuple(_row(row, lang)) for row in due),
        ("CSV",),
        said.say("files.rows"),
    )
    return Section(
        "files", text(said.say("files.title")), (), text(said.say("files.deck")),
        (*([table] if lines else []), take), "cal cal-files", lang,
    )  # fmt: skip


def _line(schedule: pd.DataFrame, rows: pd.DataFrame, whose: Said, place: str, lang: str) -> Row:
    said = messages(lang, NOTEBOOK)
    file = calendar_file(schedule, lang, place)
    drafts = rows.loc[rows["status"] == "draft", "deadline_id"].nunique()
    section = "files.events.draft" if drafts else "files.events.value"
    events = said.say(section, count=len(file.events), draft=drafts)
    return Row((head(whose), Cell((file,)), cell(events)))


def _row(row: Due, lang: str) -> Iterator[Any]:
    said = messages(lang, NOTEBOOK)
    yield from (row[f"place_{lang}"], row["title_zh"], row[f"standing_{lang}"], row["due_text"])
    yield row["due_on"].date().isoformat() if row["due_on"] else row[f"due_{lang}"]
    yield said.say(f"precision.{row['due_precision']}") if row["due_on"] else ""
    yield said.say(f"state.{row['state']}")
    yield from (row["days_past"], row["days_left"], row["action_zh"])
    yield row[f"topic_{lang}"]
    yield said.say("mark.aspirational") if row["force"] == "aspirational" else ""
    yield " ".join(filter(None, (row["task_number"], row["task_zh"])))
    for role in ROLES:
        names = [row[f"{role}_{lang}"], row["unlisted_zh"] if role == "lead" else ""]
        yield ";".join(filter(None, names)).replace(";", "; ")
    yield from (row["deadline_id"], row["commitment_id"], row["start"], row["end"])
