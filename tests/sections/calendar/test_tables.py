"""The tables of the calendar: by topic and document, by body, and what has no date."""

from __future__ import annotations

from collections import Counter

import yaml
from bs4 import Tag

from .conftest import Page, Told, number, numbers


def table_after(tree: Tag, key: str) -> Tag:
    heading = tree.find(id=key)
    found = heading.find_next("table") if isinstance(heading, Tag) else None
    assert isinstance(found, Tag)
    return found


# ── due_topics ──────────────────────────────────────────────────────────────


def test_topics_are_counted_per_document(tree: Tag, told: Told, lang: str) -> None:
    names = {row[f"name_{lang}"]: row["topic_id"] for row in told.raw("topics")}
    table = tree.select_one(".cal-by-document")
    assert table is not None
    widths = [int(head.get("colspan", 1)) for head in table.select("thead .cal-top")]
    past = Counter((row["source_id"], row["topic_id"]) for row in told.dated if told.state(row) == "past")
    loose = Counter((row["source_id"], row["topic_id"]) for row in told.governed.get("", []))
    any_kind = {(row["source_id"], row["topic_id"]) for row in told.raw("commitments")}
    said = yaml.safe_load((told.book.root / "data/curated/edition.yaml").read_bytes())
    first = [*said.get("featured", []), *said.get("topic_order", [])]
    order = [*first, *(row["topic_id"] for row in told.raw("topics"))]
    shown = [names[line.th.get_text()] for line in table.select("tbody tr")]
    assert shown == sorted({topic for _, topic in any_kind}, key=order.index)
    for topic, line in zip(shown, table.select("tbody tr"), strict=True):
        cells = [cell.get_text() for cell in line.find_all("td")]
        for source, width in zip(told.documents, widths, strict=True):
            own, cells = cells[:width], cells[width:]
            key = (source["source_id"], topic)
            if key in any_kind:
                assert (int(own[0]), int(own[-1])) == (past[key], loose[key]), key
            else:
                assert set(own) == {"–"}, "a document that says nothing of a topic has no zero there"


def test_the_foot_is_the_sum_of_each_column(tree: Tag) -> None:
    table = tree.select_one(".cal-by-document")
    assert table is not None
    rows = [[cell.get_text() for cell in line.find_all("td")] for line in table.select("tbody tr")]
    foot = [number(cell.get_text()) for cell in table.select("tfoot td")]
    assert foot == [sum(int(cell) for cell in column if cell != "–") for column in zip(*rows, strict=True)]


def test_the_title_is_the_topic_with_most_past_due(tree: Tag, told: Told, lang: str) -> None:
    past = Counter(row["topic_id"] for row in told.dated if told.state(row) == "past")
    title = tree.find(id="topics")
    assert title and max(past.values()) in numbers(title.get_text())
    most = [topic for topic, count in past.items() if count == max(past.values())]
    assert any(told.name("topics", topic, lang) in title.get_text() for topic in most)


# ── due_agencies ────────────────────────────────────────────────────────────


def led_by_tasks(told: Told, source_id: str) -> tuple[Counter[str], Counter[str]]:
    """Return how many commitments with a deadline each body leads, and stands beside, by the tasks."""
    tasks = {row["task_id"]: row for row in told.raw("tasks")}
    lead: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    for name, rows in told.governed.items():
        for row in rows if name else ():
            if row["source_id"] == source_id and row["task_id"]:
                task = tasks[row["task_id"]]
                lead.update(filter(None, task["lead_ids"].split(";")))
                for role in ("support", "responsible"):
                    beside.update(filter(None, task[f"{role}_ids"].split(";")))
    return lead, beside


def test_leading_bodies_are_counted(tree: Tag, told: Told, lang: str) -> None:
    section = tree.select_one(".cal-bodies")
    assert section is not None
    ledgers = {row["source_id"] for row in told.raw("ledger")}
    heads = iter(section.find_all("h3"))
    tried = 0
    for source in told.documents:
        lead, beside = led_by_tasks(told, source["source_id"])
        if source["source_id"] in ledgers:
            # The bodies of a printed ledger are told by the tests of the schedule.
            next(heads)
            continue
        if not lead and not beside:
            continue
        head = next(heads)
        tables = [head.find_next("table")]
        fold = head.find_next_sibling("details")
        if fold and fold.find_previous_sibling("h3") is head:
            tables.append(fold.find("table"))
        lines = [line for table in tables for line in table.select("tbody tr")]
        shown = [
            (line.th.get_text(), int(line.b.get_text()), int(line.find_all("td")[-1].get_text()))
            for line in lines
        ]
        wanted = {(told.name("agencies", name, lang), lead[name], beside[name]) for name in {*lead, *beside}}
        assert set(shown) == wanted and len(shown) == len(wanted)
        assert [count for _, count, _ in shown] == sorted((count for _, count, _ in shown), reverse=True)
        assert len(tables[0].select("tbody tr")) <= 8
        tried += 1
    assert tried and next(heads, None) is None


def test_bars_are_as_long_as_their_share_and_hollow_in_drafts(tree: Tag) -> None:
    for table in tree.select(".cal-led"):
        for line in table.select("tbody tr"):
            bar = line.select_one(".cal-amount")
            assert (bar is None) == (line.b.get_text() == "0")
    widths = [str(bar["style"]) for bar in tree.select(".cal-bodies .cal-amount")]
    assert any("calc(1.000*" in width for width in widths)
    for head in tree.select(".cal-bodies h3"):
        draft = bool(head.select(".draft-tag"))
        assert bool(head.find_next("table").select(".cal-hollow")) == draft


def test_documents_that_name_nobody_are_said(tree: Tag, told: Told) -> None:
    notes = [note.get_text() for note in tree.select(".cal-bodies .note")]
    ledgers = {row["source_id"] for row in told.raw("ledger")}
    silent = [
        row
        for row in told.documents
        if not any(led_by_tasks(told, row["source_id"])) and row["source_id"] not in ledgers
    ]
    assert silent
    for row in silent:
        assert row["period_start"][:4] in notes[-1]


# ── undated ─────────────────────────────────────────────────────────────────


def test_what_has_no_date_is_counted_per_document(tree: Tag, told: Told) -> None:
    lines = table_after(tree, "undated").select("tbody tr")
    for source, line in zip(told.documents, lines, strict=True):
        rows = [row for row in told.raw("commitments") if row["source_id"] == source["source_id"]]
        loose = [row for row in rows if not row["deadline_id"]]
        again = [
            row for row in rows if row["deadline_id"] and not told.deadlines[row["deadline_id"]]["due_on"]
        ]
        cells = [cell.get_text() for cell in line.find_all("td")]
        wanted = [len(rows), len(rows) - len(loose) - len(again), len(again), len(loose)]
        assert [number(cell) for cell in cells[:4]] == wanted, source["source_id"]
        assert cells[4] == f"{100 * len(loose) / len(rows) if rows else 0:.0f}%"
        assert int(cells[5]) == sum(row["quantifier"] == "figure" for row in loose)


# ── recurring ───────────────────────────────────────────────────────────────


def test_recurring_deadlines_stand_with_the_period_of_their_document(
    tree: Tag, told: Told, page: Page
) -> None:
    sources = {row["source_id"]: row for row in told.documents}
    heads = tree.select(".cal-recurring h3")
    again = {name: row for name, row in told.deadlines.items() if row["recurrence"]}
    assert len(heads) == len(again)
    for head in heads:
        entry = head.find_next("a", class_="v")
        row = again[str(entry["href"])[1:]]
        source = sources[row["source_id"]]
        assert source["period_start"][:4] in head.get_text() and source["period_end"][:4] in head.get_text()
        assert (page.say("recurring.ended") in head.get_text()) == (source["period_end"] < told.as_of)
