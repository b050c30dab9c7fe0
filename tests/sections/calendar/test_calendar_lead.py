"""The head of the calendar counts what the tables hold, on whatever day it speaks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from bs4 import Tag

from compare import sections
from compare.words.text import plain

from .conftest import Page, Told, half_of, numbers

DAYS = ("2019-01-01", "2020-01-01", "2020-12-31", "2024-12-31", "2026-11-21", "2040-01-01")


def standfirst(page: Page) -> str:
    return plain(page.lead.blocks[0].text)


def section_of(told: Told, day: str) -> str:
    """Return the name of the sentence that the tables call for."""
    past = [row for row in told.dated if told.state(row, day) == "past"]
    if not past:
        return "title.before"
    if len(past) == len(told.dated):
        return "title.all"
    return "title.some.draft" if any(row["source_id"] in told.drafts for row in past) else "title.some"


@pytest.mark.parametrize("day", DAYS)
def test_the_title_counts_what_has_fallen_due(told: Told, lang: str, day: str) -> None:
    page = Page(told.book, lang, day)
    past = [row for row in told.dated if told.state(row, day) == "past"]
    drafts = sum(row["source_id"] in told.drafts for row in past)
    number = "{:,}".format if lang == "en" else str
    counts = {"dated": number(len(told.dated)), "past": number(len(past)), "drafts": number(drafts)}
    assert plain(page.lead.title).startswith(page.say(section_of(told, day), **counts))


def test_the_days_call_for_every_title(told: Told) -> None:
    assert {section_of(told, day) for day in DAYS} >= {"title.before", "title.some.draft", "title.all"}


def test_a_title_names_the_documents_that_are_not_coded_whole(page: Page, told: Told) -> None:
    title = plain(page.lead.title)
    for row in told.documents:
        partly = row["coding_state"] != "complete"
        shown = next(one for one in page.due.to_dict("records") if one["source_id"] == row["source_id"])
        name = (
            f"{shown[f'place_{page.lang}']}{'' if page.lang == 'zh' else ' '}{shown[f'document_{page.lang}']}"
        )
        assert (name in title) == partly


def test_the_facts_count_what_the_tables_hold(tree: Tag, told: Told, page: Page) -> None:
    facts = {row.dt.get_text(): row.dd.get_text() for row in tree.select(".facts div") if row.dt and row.dd}
    past = sum(told.state(row) == "past" for row in told.dated)
    undated = len(told.governed.get("", []))
    for key, count in {
        "lead.deadlines": len(told.deadlines), "lead.dated": len(told.dated), "state.past": past,
        "state.undated": undated, "facts.documents": len(told.documents),
    }.items():  # fmt: skip
        assert numbers(facts[page.say(key)])[0] == count, key
    assert (page.say("state.today") in facts) == any(told.state(row) == "today" for row in told.dated)


def test_the_standfirst_tells_the_fullest_half_year_and_the_rest(page: Page, told: Told) -> None:
    said = numbers(standfirst(page))
    drafted = sum(row["source_id"] in told.drafts for row in told.dated)
    halves = Counter(map(half_of, told.dated))
    assert {max(halves.values()), len(told.governed.get("", [])), drafted} <= set(said)
    first = min(half for half, count in halves.items() if count == max(halves.values()))
    parts = Counter(row["city_id"] for row in told.dated if half_of(row) == first)
    links = [run for run in page.lead.blocks[0].text if run.to]
    found: Counter[str] = Counter()
    for run in links:
        city, year = run.to.removeprefix("#due-").rsplit("-", 1)
        assert int(year) == first[0]
        found[city] += numbers(run.text)[0]
    assert found == parts


@pytest.mark.parametrize("day", DAYS)
def test_what_is_to_come_is_told_by_its_last_day_or_its_only_one(told: Told, lang: str, day: str) -> None:
    ahead = [row for row in told.dated if row["due_on"] > day]
    places = {(row["due_on"], row["city_id"]) for row in ahead}
    wanted = {0: "lead.open.none", 1: "lead.open.same"}.get(len(places), "lead.open")
    wanted = "lead.open.one" if len(ahead) == 1 else wanted
    page = Page(told.book, lang, day)
    said = "".join(standfirst(page).split())
    for name in ("lead.open", "lead.open.same", "lead.open.one", "lead.open.none"):
        words = "".join(page.words.sections[name].replace("{count}", f"{len(ahead)}").split())
        pattern = re.sub(r"\\\{\w+\\\}", "[^.。]+?", re.escape(words))
        assert bool(re.search(pattern, said)) == (name == wanted), name
    rows = [run.row for run in page.lead.blocks[0].text if run.row]
    last = max((row["due_on"] for row in ahead), default="")
    assert [told.deadlines[row]["due_on"] for row in rows] == [last] * bool(ahead)


def test_without_a_date_the_page_says_so(told: Told, lang: str) -> None:
    book = told.book
    loose = replace(
        book,
        deadlines=book.deadlines.iloc[:0],
        commitments=book.commitments.assign(deadline_id=None),
        targets=book.targets.assign(deadline_id=None),
    )
    page = Page(loose, lang, told.as_of)
    assert plain(page.lead.title).startswith(page.say("title.empty"))
    assert page.say("halves.none") in page.html and "cal-year" not in page.html
    assert page.say("recurring.none") in page.html


def test_a_city_dropped_from_the_frame_is_dropped_from_the_counts(page: Page, told: Told) -> None:
    city = page.due["city_id"].iloc[0]
    kept = page.due[page.due["city_id"] != city]
    lead = sections.calendar_lead(kept, page.documents, page.lang)
    dated = [row for row in told.dated if row["city_id"] != city]
    assert len(dated) < len(told.dated) and len(dated) in numbers(plain(lead.title))
