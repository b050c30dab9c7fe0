"""A calendar as a file that calendar programs read (iCalendar, RFC 5545): one all-day event per deadline.

Folding at 75 octets, escaping and CRLF are the library's work; what stands in an event, in which order,
and under which fixed id and time stamp is settled here, so that the same events give the same bytes.
"""

from __future__ import annotations

import datetime
from typing import Any

import icalendar

from compare.sections.section import Calendar, Event

# Ids and product name must stay the same from edition to edition, or programs show every event twice.
DOMAIN = "city-compare"
PRODUCT = "deadline_calendar"
# The last day of a month is not the same number in every month, hence -1; that of a year is.
REPEAT: dict[str, dict[str, Any]] = {
    "month": {"freq": "monthly", "bymonthday": -1},
    "quarter": {"freq": "monthly", "interval": 3, "bymonthday": -1},
    "half_year": {"freq": "monthly", "interval": 6, "bymonthday": -1},
    "year": {"freq": "yearly"},
}
DAY = datetime.timedelta(days=1)


def ics_bytes(calendar: Calendar) -> bytes:
    """Return a calendar as an iCalendar file.

    The time stamp of an event is the day of the calendar, its id the deadline's own. Format: RFC 5545.
    """
    file = icalendar.Calendar()
    file.add("version", "2.0")
    file.add("prodid", f"-//{DOMAIN}//{PRODUCT}//{calendar.lang.upper()}")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", calendar.title)
    file.add("x-wr-caldesc", calendar.about)
    stamp = datetime.datetime.fromisoformat(calendar.as_of).replace(tzinfo=datetime.UTC)
    for event in calendar.events:
        file.add_component(_event(event, stamp))
    return bytes(file.to_ical(sorted=False))


def _event(event: Event, stamp: datetime.datetime) -> icalendar.Event:
    day = datetime.date.fromisoformat(event.day)
    made = icalendar.Event()
    made.add("uid", f"{event.row}@{DOMAIN}")
    made.add("dtstamp", stamp)
    made.add("dtstart", day)
    made.add("dtend", day + DAY)
    if event.recurrence:
        made.add("rrule", REPEAT[event.recurrence] | {"until": datetime.date.fromisoformat(event.until)})
    made.add("summary", event.title)
    made.add("description", event.words)
    if event.topics:
        made.add("categories", list(event.topics))
    # A deadline takes nobody's time.
    made.add("transp", "TRANSPARENT")
    return made
