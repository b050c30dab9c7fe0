"""The calendar files: read back by the library and by eye, and held against the bare CSV."""

from __future__ import annotations

import datetime
from typing import Any

import icalendar
import pandas as pd
import pytest

import compare as cp
from compare.build.takeaways import takeaways
from compare.outputs.calendar import ics_bytes
from compare.sections.calendar_file import calendar_file, last_days

from .conftest import Page, Told

DRAFT = {"zh": "代拟稿", "en": "draft"}


@pytest.fixture(scope="module")
def content(page: Page) -> bytes:
    return ics_bytes(calendar_file(page.due, page.lang))


@pytest.fixture(scope="module")
def events(content: bytes) -> dict[str, Any]:
    """Return every event of the file by its deadline."""
    held = icalendar.Calendar.from_ical(content).walk("VEVENT")
    found = {str(event["UID"]).removesuffix("@city-compare"): event for event in held}
    assert len(found) == len(held), "an id stands twice"
    return found


# ── the format ──────────────────────────────────────────────────────────────


def test_lines_end_in_crlf_and_are_short_and_whole(content: bytes) -> None:
    assert content.endswith(b"\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75, "a line is longer than 75 octets"
    for line in lines:
        line.decode("utf-8")
    assert any(line.startswith(b" ") for line in lines), "nothing is folded: the test sees nothing"


def test_the_file_names_itself(content: bytes, page: Page) -> None:
    file = icalendar.Calendar.from_ical(content)
    assert file["VERSION"] == "2.0" and file["METHOD"] == "PUBLISH" and file["PRODID"]
    assert str(file["X-WR-CALNAME"]) == page.say("files.name", city=page.say("files.all"))


def test_the_same_rows_give_the_same_bytes(told: Told, content: bytes, page: Page) -> None:
    assert ics_bytes(calendar_file(cp.schedule(told.book, told.as_of), page.lang)) == content


def test_the_file_beside_the_pages_is_the_one_held_in_them(told: Told, content: bytes, lang: str) -> None:
    [made] = [one for one in takeaways(told.book.root) if one.name == f"calendars/calendar-all.{lang}.ics"]
    assert made.make(told.book, told.as_of, "1") == content


def test_no_clock_is_read(events: dict[str, Any], told: Told, lang: str) -> None:
    day = datetime.datetime.fromisoformat(told.as_of).replace(tzinfo=datetime.UTC)
    assert {event["DTSTAMP"].dt for event in events.values()} == {day}
    other = ics_bytes(calendar_file(cp.schedule(told.book, "2021-05-04"), lang, told.book.cities[0]))
    stamps = {event["DTSTAMP"].dt.date() for event in icalendar.Calendar.from_ical(other).walk("VEVENT")}
    assert stamps == {datetime.date(2021, 5, 4)}


# ── what it says ────────────────────────────────────────────────────────────


def test_every_deadline_is_one_event_on_its_day(events: dict[str, Any], told: Told) -> None:
    assert set(events) == set(told.deadlines)
    for name, row in told.deadlines.items():
        start, end = events[name]["DTSTART"], events[name]["DTEND"]
        assert start.params["VALUE"] == end.params["VALUE"] == "DATE"
        assert end.dt - start.dt == datetime.timedelta(days=1)
        if row["due_on"]:
            assert start.dt == datetime.date.fromisoformat(row["due_on"]), name
        assert ("RRULE" in events[name]) == bool(row["recurrence"]), name


def repeated(event: Any) -> list[datetime.date]:
    """Return the days on which an event stands, by the rule's own words: RFC 5545, 3.3.10."""
    rule, first = event["RRULE"], event["DTSTART"].dt
    (step,) = rule.get("INTERVAL", [1])
    (until,) = rule["UNTIL"]
    days = [first + datetime.timedelta(days=n) for n in range((until - first).days + 1)]
    if rule["FREQ"] == ["YEARLY"]:
        return [day for day in days if (day.month, day.day) == (first.month, first.day)]
    assert rule["FREQ"] == ["MONTHLY"] and rule["BYMONTHDAY"] == [-1]
    ends = [day for day in days if (day + datetime.timedelta(days=1)).day == 1]
    return [day for day in ends if (12 * (day.year - first.year) + day.month - first.month) % step == 0]


def test_recurring_deadlines_end_with_their_document(events: dict[str, Any], told: Told) -> None:
    """Each falls on the last day of every interval of the period, and on no other day."""
    periods = {row["source_id"]: (row["period_start"], row["period_end"]) for row in told.raw("sources")}
    ends = {"month": range(1, 13), "quarter": (3, 6, 9, 12), "half_year": (6, 12), "year": (12,)}
    recurring = [row for row in told.deadlines.values() if row["recurrence"]]
    assert recurring
    for row in recurring:
        start, end = map(datetime.date.fromisoformat, periods[row["source_id"]])
        days = [start + datetime.timedelta(days=n) for n in range((end - start).days + 1)]
        wanted = [
            day for day in days
            if day.month in ends[row["recurrence"]] and (day + datetime.timedelta(days=1)).month != day.month
        ]  # fmt: skip
        event = events[row["deadline_id"]]
        assert repeated(event) == wanted, row["deadline_id"]


@pytest.mark.parametrize(
    ("recurrence", "count"), [("month", 24), ("quarter", 8), ("half_year", 4), ("year", 2)]
)
def test_intervals_end_on_the_last_day_of_a_month(recurrence: str, count: int) -> None:
    days = last_days(pd.Timestamp("2023-01-01"), pd.Timestamp("2024-12-31"), recurrence)
    assert len(days) == count and days[-1] == datetime.date(2024, 12, 31)
    assert all((day + datetime.timedelta(days=1)).day == 1 for day in days)
    if recurrence == "month":
        assert datetime.date(2024, 2, 29) in days, "a leap year"


def test_a_recurring_deadline_without_a_period_is_counted_not_dated(told: Told, lang: str) -> None:
    rows = cp.schedule(told.book, told.as_of).assign(ended_on=pd.NaT)
    file = icalendar.Calendar.from_ical(ics_bytes(calendar_file(rows, lang)))
    lost = rows.loc[rows["state"] == "recurring", "deadline_id"].nunique()
    assert lost and len(file.walk("VEVENT")) == rows["deadline_id"].nunique() - lost
    assert str(lost) in str(file["X-WR-CALDESC"]).replace(told.as_of[:4], "")


def test_descriptions_hold_every_promise_and_the_words(events: dict[str, Any], told: Told) -> None:
    """Commas, semicolons and brackets of the documents come back as they are."""
    for name, row in told.deadlines.items():
        lines = str(events[name]["DESCRIPTION"]).split("\n")
        promises = [line.removeprefix("· ") for line in lines if line.startswith("· ")]
        assert promises == [one["action_zh"] for one in told.governed.get(name, [])], name
        assert any(f"“{row['due_text']}”" in line for line in lines)


def test_inherited_years_are_told(events: dict[str, Any], told: Told, page: Page) -> None:
    for name, row in told.deadlines.items():
        lines = str(events[name]["DESCRIPTION"]).split("\n")
        assert (page.say("calendar.inherited") in lines) == (row["due_source"] == "inherited_year"), name


def test_documents_and_drafts_are_named(events: dict[str, Any], told: Told, lang: str) -> None:
    sources = {row["source_id"]: row for row in told.raw("sources")}
    kinds = set()
    for name, row in told.deadlines.items():
        source, event = sources[row["source_id"]], events[name]
        kinds.add(source["status"])
        assert source["title_zh"] in event["DESCRIPTION"]
        assert source["document_number"] in event["DESCRIPTION"]
        assert (DRAFT[lang] in event["SUMMARY"]) == (source["status"] == "draft"), name
    assert "draft" in kinds and len(kinds) > 1


def test_titles_begin_with_the_city_and_the_first_promise(
    events: dict[str, Any], told: Told, lang: str
) -> None:
    for name, row in told.deadlines.items():
        said = str(events[name]["SUMMARY"])
        assert said.startswith(told.name("places", row["city_id"], lang)), name
        first = next((one["action_zh"] for one in told.governed.get(name, [])), row["due_text"])
        assert first[:12] in said, name


def test_topics_are_categories(events: dict[str, Any], told: Told, lang: str) -> None:
    names = {row["topic_id"]: row[f"name_{lang}"] for row in told.raw("topics")}
    for name, event in events.items():
        wanted = list(dict.fromkeys(names[row["topic_id"]] for row in told.governed.get(name, [])))
        assert (list(event["CATEGORIES"].cats) if wanted else []) == wanted, name


def test_bodies_are_named_where_the_document_names_them(
    events: dict[str, Any], told: Told, lang: str
) -> None:
    bodies = {row["agency_id"]: row[f"name_{lang}"] for row in told.raw("agencies")}
    tasks = {row["task_id"]: row for row in told.raw("tasks")}
    named = {row["source_id"] for row in tasks.values() if row["lead_ids"] or row["responsible_ids"]}
    ledgers = {row["source_id"] for row in told.raw("ledger")}
    for name, event in events.items():
        said = str(event["DESCRIPTION"])
        for row in told.governed.get(name, []):
            ids = tasks[row["task_id"]]["lead_ids"].split(";") if row["task_id"] else []
            assert all(bodies[one] in said for one in filter(None, ids)), name
            if row["source_id"] not in named | ledgers:
                assert {"zh": "牵头：", "en": "Lead: "}[lang] not in said, name


def test_one_city_holds_its_own_deadlines(told: Told) -> None:
    rows = cp.schedule(told.book, told.as_of)
    for city in told.book.cities:
        made = ics_bytes(calendar_file(rows, "zh", city))
        assert made == ics_bytes(calendar_file(cp.schedule(told.book, told.as_of, city), "zh", city))
        ids = {str(event["UID"]) for event in icalendar.Calendar.from_ical(made).walk("VEVENT")}
        wanted = {name for name, row in told.deadlines.items() if row["city_id"] == city}
        assert ids == {f"{name}@city-compare" for name in wanted}


def test_words_are_those_of_the_project_given(page: Page, told: Told, tmp_path: Any) -> None:
    for name in ("common", "deadline_calendar"):
        file = f"notebooks/text/{name}.{page.lang}.md"
        words = (told.book.root / file).read_text(encoding="utf-8").replace("{city}", "~{city}")
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(words, encoding="utf-8")
    (tmp_path / "data" / "curated").mkdir(parents=True)
    # By its tables a folder is known as a project's.
    (tmp_path / "data" / "curated" / "datapackage.yaml").write_text("", encoding="utf-8")
    made = calendar_file(page.due, page.lang, root=tmp_path)
    assert made.events and all(event.title.startswith("~") for event in made.events)


def test_nothing_says_that_a_promise_was_kept_or_broken(content: bytes) -> None:
    text = content.replace(b"\r\n ", b"").decode()
    for word in ("逾期", "未兑现", "overdue", "missed", "broken"):
        assert word not in text
