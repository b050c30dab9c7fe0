"""A schedule as a file that calendar programs read (iCalendar, RFC 5545): one all-day event per deadline.

Folding at 75 octets, escaping and CRLF are the library's work; what stands in an event, in which order,
and under which fixed id and time stamp is settled here, so that the same rows give the same bytes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import icalendar
import pandas as pd

from compare.analysis.schedule import ROLES
from compare.asked import read_day
from compare.tables.book import Book
from compare.words.labels import Labels
from compare.words.messages import Messages, read_messages

# Ids and product name must stay the same from edition to edition, or programs show every event twice.
DOMAIN = "city-compare"
NOTEBOOK = "deadline_calendar"
ROLE = {"lead": "role.lead", "support": "role.support", "responsible": "role.responsible"}
PRECISION = {
    "day": "precision.day",
    "ten_day": "precision.ten_day",
    "month": "precision.month",
    "quarter": "precision.quarter",
    "half_year": "precision.half_year",
    "year": "precision.year",
}
# How many months lie between two due days of a recurring deadline.
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
# The last day of a month is not the same number in every month, hence -1; that of a year is.
REPEAT: dict[str, dict[str, Any]] = {
    "month": {"freq": "monthly", "bymonthday": -1},
    "quarter": {"freq": "monthly", "interval": 3, "bymonthday": -1},
    "half_year": {"freq": "monthly", "interval": 6, "bymonthday": -1},
    "year": {"freq": "yearly"},
}
# A title longer than this is cut by most programs, at a place of their own choosing.
MOST = 48
DAY = datetime.timedelta(days=1)
Cells = dict[str, Any]


def calendar_ics(rows: pd.DataFrame, book: Book, as_of: str, lang: str, name: str) -> bytes:
    """Return rows of a `schedule` as an iCalendar file called `name`, in the language `lang`.

    Every deadline is an all-day event on the last day that keeps the promise, recurring ones repeat on the
    last day of each interval of their document's period. One whose document states no period has no day to
    stand on: the file's description counts it. The time stamp is the day `as_of`, the id the deadline's own.
    Format: RFC 5545.
    """
    labels, prose = Labels(book, lang), read_messages(book.root, NOTEBOOK, lang)
    made = _Events(book, labels, prose, read_day(as_of))
    groups = [list(held) for _, held in groupby(rows.to_dict("records"), key=lambda row: row["deadline_id"])]
    events = [made.event(held) for held in groups]
    file = icalendar.Calendar()
    add = file.add
    add("version", "2.0")
    add("prodid", f"-//{DOMAIN}//{NOTEBOOK}//{lang.upper()}")
    add("calscale", "GREGORIAN")
    add("method", "PUBLISH")
    add("x-wr-calname", name)
    said = prose.say("ics.about", day=labels.day(made.day), edition=prose.say("site"))
    lost = sum(event is None for event in events)
    add("x-wr-caldesc", said + (prose.say("ics.lost", count=lost) if lost else ""))
    for event in filter(None, events):
        file.add_component(event)
    return bytes(file.to_ical(sorted=False))


def last_days(start: pd.Timestamp, end: pd.Timestamp, recurrence: str) -> list[datetime.date]:
    """Return the last day of every interval of a recurrence that ends within a period.

    >>> last_days(pd.Timestamp("2022-01-01"), pd.Timestamp("2022-12-31"), "quarter")[:2]
    [datetime.date(2022, 3, 31), datetime.date(2022, 6, 30)]
    """
    months = MONTHS[recurrence]
    ends = pd.date_range(start, end, freq="ME")
    return [day.date() for day in ends if day.month % months == 0]


class _Events:
    """The events of one file, with the names and words they need."""

    def __init__(self, book: Book, labels: Labels, prose: Messages, day: datetime.date) -> None:
        self.labels, self.prose, self.day = labels, prose, day
        self.sources = {row["source_id"]: row for row in book.records("sources")}
        self.places, self.topics = (
            {row[key]: row[f"name_{labels.lang}"] for row in book.records(table)}
            for table, key in (("places", "place_id"), ("topics", "topic_id"))
        )
        self.bodies = {row["agency_id"]: row[f"name_{labels.lang}"] for row in book.records("agencies")}

    def event(self, rows: list[Cells]) -> icalendar.Event | None:
        """Return the event of one deadline, none where a recurring one has no period to stand in."""
        first, source = rows[0], self.sources[rows[0]["source_id"]]
        days = self._days(first, source)
        if not days:
            return None
        event = icalendar.Event()
        add = event.add
        add("uid", f"{first['deadline_id']}@{DOMAIN}")
        add("dtstamp", datetime.datetime.combine(self.day, datetime.time(), datetime.UTC))
        add("dtstart", days[0])
        add("dtend", days[0] + DAY)
        if not pd.isna(first["recurrence"]):
            add("rrule", REPEAT[first["recurrence"]] | {"until": days[-1]})
        add("summary", self._summary(rows, source))
        add("description", "\n".join(self._lines(rows, source)))
        topics = dict.fromkeys(row["topic_id"] for row in rows if not pd.isna(row["topic_id"]))
        if topics:
            add("categories", [self.topics[topic] for topic in topics])
        # A deadline takes nobody's time.
        add("transp", "TRANSPARENT")
        return event

    def _days(self, first: Cells, source: Cells) -> list[datetime.date]:
        if not pd.isna(first["due_on"]):
            return [first["due_on"].date()]
        if pd.isna(source["period_start"]) or pd.isna(source["period_end"]):
            return []
        return last_days(source["period_start"], source["period_end"], first["recurrence"])

    def _summary(self, rows: list[Cells], source: Cells) -> str:
        city = self.places[rows[0]["city_id"]]
        actions = [row["action_zh"] for row in rows if not pd.isna(row["action_zh"])]
        words = actions[0] if actions else rows[0]["due_text"]
        if len(words) > MOST:
            words = words[: MOST - 1].rstrip("、，, ") + "…"
        section = "ics.summary.draft" if source["status"] == "draft" else "ics.summary"
        return self.prose.say(section, city=city, words=words)

    def _lines(self, rows: list[Cells], source: Cells) -> Iterator[str]:
        """Yield the lines of a description: the promises by who is named for them, then the document."""
        for _, part in groupby(rows, key=lambda row: [row[f"{role}_ids"] for role in ROLES]):
            held = list(part)
            yield from (f"· {row['action_zh']}" for row in held if not pd.isna(row["action_zh"]))
            yield from self._named(held[0])
        first = rows[0]
        if pd.isna(first["due_on"]):
            every = self.labels.due(first)
            yield self.prose.say("ics.every", words=first["due_text"], due=every)
        else:
            yield self.prose.say(
                "ics.words",
                words=first["due_text"],
                precision=self.prose.say(PRECISION[first["due_precision"]]),
                day=self.labels.day(first["due_on"]),
            )
        if first["due_source"] == "inherited_year":
            yield self.prose.say("calendar.inherited")
        titles = (
            [source["title_zh"]] if self.labels.lang == "zh" else [source["title_en"], source["title_zh"]]
        )
        number = source["document_number"]
        title = " ".join(titles if pd.isna(number) else [*titles, number])
        yield self.prose.say("ics.document", title=title, status=self.labels.status(source["status"]))
        yield self.prose.say("ics.caution")

    def _named(self, row: Cells) -> Iterator[str]:
        between = "、" if self.labels.lang == "zh" else ", "
        for role in ROLES:
            names = [self.bodies[one] for one in row[f"{role}_ids"].split(";") if one]
            if role == "lead" and row["unlisted_zh"]:
                names += row["unlisted_zh"].split(";")
            if names:
                yield self.prose.say("ics.named", role=self.prose.say(ROLE[role]), names=between.join(names))
