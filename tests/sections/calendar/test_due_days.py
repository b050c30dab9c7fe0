"""Every deadline stands once, with its words, what it governs, and the way to its sentence and back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from bs4 import NavigableString, Tag

import compare as cp
from compare import sections
from compare.sections.section import Fold, parts, runs

from .conftest import Page, Told, numbers

DRAFT = {"zh": "代拟稿", "en": "draft"}


def entry_id(entry: Tag) -> str:
    link = entry.select_one(".cal-words-due a.v")
    assert link is not None
    return str(link["href"])[1:]


def test_every_deadline_stands_once_and_opens_its_sentence(tree: Tag, told: Told) -> None:
    entries = tree.select(".cal-entry")
    assert Counter(map(entry_id, entries)) == Counter(list(told.deadlines))
    anchors = {str(one["id"]) for one in tree.select(".evidence .anchor")}
    for entry in entries:
        name, link = entry_id(entry), entry.select_one(".cal-words-due a.v")
        assert link is not None and link["id"] == f"v-{name}" and name in anchors
        words = "".join(part for part in link.children if isinstance(part, NavigableString))
        assert words == told.deadlines[name]["due_text"]


def test_every_promise_stands_with_its_deadline(tree: Tag, told: Told) -> None:
    wanted = {name: [row["action_zh"] for row in told.governed.get(name, [])] for name in told.deadlines}
    found = {
        entry_id(entry): [one.get_text() for one in entry.select(".cal-action")]
        for entry in tree.select(".cal-entry")
    }
    assert found == wanted


def test_tasks_ledger_rows_and_topics_are_named_where_they_change(tree: Tag, told: Told, lang: str) -> None:
    tasks = {row["task_id"]: row for row in told.raw("tasks")}
    for entry in tree.select(".cal-entry"):
        rows = told.governed.get(entry_id(entry), [])
        heads = " ".join(one.get_text() for one in entry.select(".cal-task"))
        assert all(tasks[row["task_id"]]["title_zh"] in heads for row in rows if row["task_id"])
        named = [one.get_text() for one in entry.select(".cal-topic")]
        topics = [told.name("topics", row["topic_id"], lang) for row in rows]
        assert named == [now for before, now in zip(["", *topics], topics, strict=False) if now != before]


def test_bodies_are_named_by_their_role(tree: Tag, told: Told, page: Page) -> None:
    tasks = {row["task_id"]: row for row in told.raw("tasks")}
    seen = 0
    for entry in tree.select(".cal-entry"):
        said = " ".join(one.get_text() for one in entry.select(".cal-named"))
        for row in told.governed.get(entry_id(entry), []):
            for role in ("lead", "support", "responsible"):
                ids = tasks[row["task_id"]][f"{role}_ids"].split(";") if row["task_id"] else []
                for body in filter(None, ids):
                    assert told.name("agencies", body, page.lang) in said
                    assert page.say(f"role.{role}") in said
                    seen += 1
    assert seen


def test_every_target_that_falls_due_is_shown_and_leads_back(tree: Tag, told: Told) -> None:
    governed = {row["commitment_id"] for rows in told.governed.values() for row in rows}
    wanted = {
        row["target_id"]
        for row in told.raw("targets")
        if row["deadline_id"] and row["commitment_id"] in governed
    }
    shown = [str(one["href"])[1:] for one in tree.select(".cal-target a.v")]
    assert wanted and Counter(shown) == Counter(wanted)
    back = {str(link["href"]) for link in tree.select(".backs a")}
    assert {f"#v-{name}" for name in (*wanted, *told.deadlines)} == back


def test_days_stand_in_order_and_say_how_far_off_they_are(tree: Tag, told: Told, lang: str) -> None:
    away = {"zh": ("已过{}天", "还有{}天"), "en": ("{} days ago", "{} days left")}[lang]
    for day in tree.select(".cal-year h4"):
        entries = day.find_next_sibling("ul")
        assert isinstance(entries, Tag)
        (due,) = {told.deadlines[entry_id(one)]["due_on"] for one in entries.select(".cal-entry")}
        apart = (date.fromisoformat(due) - date.fromisoformat(told.as_of)).days
        said = f"{abs(apart):,}" if lang == "en" else str(abs(apart))
        assert away[apart >= 0].format(said) in " ".join(day.get_text(" ").split())
    for year in tree.select(".cal-year"):
        days = [told.deadlines[entry_id(one)]["due_on"] for one in year.select(".cal-entry")]
        assert days == sorted(days) and len({day[:4] for day in days}) == 1


def test_the_latest_and_the_open_years_are_unfolded(tree: Tag, told: Told) -> None:
    wanted = set()
    for city in told.book.cities:
        years = {
            (row["due_on"][:4], told.state(row))
            for row in told.deadlines.values()
            if row["due_on"] and row["city_id"] == city
        }
        # What is still to come, or where nothing is, the last year.
        open_years = {year for year, state in years if state != "past"}
        wanted |= {f"due-{city}-{year}" for year in open_years or {year for year, _ in sorted(years)[-1:]}}
    inside = [(year.select_one(".cal-inside"), year.has_attr("open")) for year in tree.select(".cal-year")]
    assert {str(one["id"]) for one, unfolded in inside if one and unfolded} == wanted
    ways = {str(way["href"])[1:] for way in tree.select(".cal-to-years a")}
    assert ways == {str(one["id"]) for one, _ in inside if one}


def test_a_city_without_a_date_is_told_so(tree: Tag, told: Told, page: Page) -> None:
    lines = tree.select(".cal-to-years li")
    assert len(lines) == len(told.book.cities)
    for city, line in zip(told.book.cities, lines, strict=True):
        assert line.get_text().startswith(told.name("places", city, page.lang))
        none = not any(row["due_on"] for row in told.deadlines.values() if row["city_id"] == city)
        assert (page.say("calendar.none") in line.get_text()) == none


def test_years_say_how_much_they_hold(tree: Tag, told: Told) -> None:
    for year in tree.select(".cal-year"):
        inside = year.select_one(".cal-inside")
        assert inside and year.summary
        _, city, when = str(inside["id"]).split("-")
        held = {
            name
            for name, row in told.deadlines.items()
            if (row["city_id"], row["due_on"][:4]) == (city, when)
        }
        rows = [row for row in told.dated if row["deadline_id"] in held]
        assert numbers(year.summary.get_text())[:3] == [int(when), len(held), len(rows)]


def test_drafts_are_marked_at_every_group(tree: Tag, told: Told, lang: str) -> None:
    seen: Counter[bool] = Counter()
    for group in [*tree.select(".cal-year"), *tree.select(".cal-year h4"), *tree.select(".cal-recurring h3")]:
        head = group.summary if group.name == "details" else group
        below = group if group.name == "details" else group.find_next_sibling("ul")
        assert isinstance(head, Tag) and isinstance(below, Tag)
        names = [entry_id(one) for one in below.select(".cal-entry")]
        draft = any(told.deadlines[name]["source_id"] in told.drafts for name in names)
        tag = head.select_one(".draft-tag")
        assert (tag is not None) == draft and (not tag or DRAFT[lang] in tag.get_text())
        seen[draft] += 1
    assert seen[True] and seen[False]


def test_a_deadline_that_governs_nothing_says_so(told: Told) -> None:
    lone = next(iter(told.deadlines))
    ids = told.book.commitments["deadline_id"]
    freed = told.book.commitments.assign(deadline_id=ids.where(ids != lone))
    page = Page(replace(told.book, commitments=freed), "en", told.as_of)
    entry = next(one for one in page.tree.select(".cal-entry") if entry_id(one) == lone)
    assert page.say("calendar.nothing") in entry.get_text() and not entry.select(".cal-action")


def test_what_a_cell_drops_from_its_frame_is_dropped(page: Page) -> None:
    kept = page.due[page.due["topic_id"] == page.due["topic_id"].dropna().iloc[0]]
    made = sections.due_days(kept, page.said, page.lang)
    shown = {run.text for run in runs(made) if run.look == "cal-action"}
    assert shown == set(kept.loc[kept["due_on"].notna(), "action_zh"])
    assert len(shown) < len({run.text for run in runs(page.sections[4]) if run.look == "cal-action"})


def test_on_an_earlier_day_whatever_is_open_is_unfolded(page: Page, told: Told) -> None:
    days = sorted(row["due_on"] for row in told.deadlines.values() if row["due_on"])
    day = days[len(days) // 2]
    due = cp.schedule(told.book, day)
    made = sections.due_days(due, page.said, page.lang)
    opened = {fold.blocks[0].anchor for fold in parts(made, Fold) if fold.open}
    later = {
        f"due-{row['city_id']}-{row['due_on'][:4]}" for row in told.deadlines.values() if row["due_on"] >= day
    }
    assert later and later <= opened
    today = {run.text for run in runs(made) if run.look == "quiet"}
    assert page.say("calendar.today") in today
