"""A schedule as the events of a calendar file: one all-day event per deadline, in words of one language."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pandas as pd

from compare.analysis.schedule import ROLES
from compare.sections.dues import NOTEBOOK, Due
from compare.sections.section import Calendar, Event
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs

# How many months lie between two due days of a recurring deadline.
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
# A title longer than this is cut by most programs, at a place of their own choosing.
MOST = 48


def calendar_file(
    schedule: pd.DataFrame, lang: str = "zh", city: str = "", root: Path | None = None
) -> Calendar:
    """Return the calendar of a city's deadlines, of all where no city is named.

    Every deadline stands on the last day that keeps the promise, recurring ones on the last day of each
    interval of their document's period. One whose document states no period has no day to stand on: the
    description counts it. The words are those of the project at `root`, of the one around without it.
    """
    said = messages(lang, NOTEBOOK, root)
    rows = schedule[schedule["deadline_id"].notna()]
    rows = rows[rows["city_id"] == city] if city else rows
    groups = groupby(records(rows), key=lambda row: row["deadline_id"])
    events = [_event(list(held), said, lang) for _, held in groups]
    names = dict(zip(schedule["city_id"], schedule[f"place_{lang}"], strict=True))
    whose = names[city] if city else said.say("files.all")
    day = schedule["as_of"].iloc[0]
    about = said.say("ics.about", day=Labels(None, lang).day(day), edition=said.say("site"))
    lost = sum(event is None for event in events)
    return Calendar(
        f"calendar-{city or 'all'}.{lang}.ics",
        said.say("files.name", city=whose),
        about + (said.say("ics.lost", count=lost) if lost else ""),
        day.date().isoformat(),
        tuple(filter(None, events)),
        lang,
    )


def last_days(start: pd.Timestamp, end: pd.Timestamp, recurrence: str) -> list[datetime.date]:
    """Return the last day of every interval of a recurrence that ends within a period.

    >>> last_days(pd.Timestamp("2022-01-01"), pd.Timestamp("2022-12-31"), "quarter")[:2]
    [datetime.date(2022, 3, 31), datetime.date(2022, 6, 30)]
    """
    months = MONTHS[recurrence]
    ends = pd.date_range(start, end, freq="ME")
    return [day.date() for day in ends if day.month % months == 0]


def _event(rows: list[Due], said: Messages, lang: str) -> Event | None:
    """Return the event of one deadline, none where a recurring one has no period to stand in."""
    first = rows[0]
    days = _days(first)
    if not days:
        return None
    topics = dict.fromkeys(row[f"topic_{lang}"] for row in rows if row["topic_id"])
    until = days[-1].isoformat() if first["recurrence"] else ""
    words = "\n".join(_lines(rows, said, lang))
    title, again = _summary(rows, said, lang), first["recurrence"] or ""
    return Event(first["deadline_id"], days[0].isoformat(), title, words, tuple(topics), again, until)


def _days(first: Due) -> list[datetime.date]:
    if first["due_on"]:
        return [first["due_on"].date()]
    if not first["started_on"] or not first["ended_on"]:
        return []
    return last_days(first["started_on"], first["ended_on"], first["recurrence"])


def _summary(rows: list[Due], said: Messages, lang: str) -> str:
    words = rows[0]["action_zh"] or rows[0]["due_text"]
    if len(words) > MOST:
        words = words[: MOST - 1].rstrip("、，, ") + "…"
    section = "ics.summary.draft" if rows[0]["status"] == "draft" else "ics.summary"
    return said.say(section, city=rows[0][f"place_{lang}"], words=words)


def _lines(rows: list[Due], said: Messages, lang: str) -> Iterator[str]:
    """Yield the lines of a description: the promises by who is named for them, then the document."""
    first = rows[0]
    for _, part in groupby(rows, key=lambda row: [row[f"{role}_ids"] for role in ROLES]):
        held = list(part)
        for row in held:
            yield from _words(row, said, lang)
        yield from _named(held[0], said, lang)
    if first["due_on"]:
        precision = said.say(f"precision.{first['due_precision']}")
        day = Labels(None, lang).day(first["due_on"])
        yield said.say("ics.words", words=first["due_text"], precision=precision, day=day)
    else:
        yield said.say("ics.every", words=first["due_text"], due=first[f"due_{lang}"])
    if first["due_source"] == "inherited_year":
        yield said.say("calendar.inherited")
    titles = dict.fromkeys((first[f"title_{lang}"], first["title_zh"], first["document_number"]))
    title = " ".join(filter(None, titles))
    yield said.say("ics.document", title=title, status=first[f"standing_{lang}"])
    yield said.say("ics.caution")


def _words(row: Due, said: Messages, lang: str) -> Iterator[str]:
    """Yield the words of a commitment, and below them their working translation where there is one."""
    if row["action_zh"]:
        yield f"· {row['action_zh']}"
    if signs(lang).foreign and row.get(f"action_{lang}"):
        yield f"  {row[f'action_{lang}']} ({said.say('calendar.translation')})"


def _named(row: Due, said: Messages, lang: str) -> Iterator[str]:
    for role in ROLES:
        names = row[f"{role}_{lang}"].split(";") + (row["unlisted_zh"].split(";") if role == "lead" else [])
        if held := [name for name in names if name]:
            yield said.say("ics.named", role=said.say(f"role.{role}"), names=signs(lang).item.join(held))
