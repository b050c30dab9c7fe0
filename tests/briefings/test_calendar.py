"""The deadline calendar: every deadline once, led to its sentence; every count told again from the CSV."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag

from compare.analysis.schedule import schedule
from compare.briefings.calendar import findings
from compare.briefings.calendar.briefing import CalendarBriefing
from compare.briefings.calendar.chart import axis, interval
from compare.briefings.calendar.ics import calendar_ics
from compare.errors import CompareError
from compare.tables.book import Book

AS_OF = "2026-11-21"
CITIES = ("jinan", "qingdao", "dongying", "dezhou")
SECTIONS = (
    "lead",
    "chart",
    "topics",
    "agencies",
    "calendar",
    "recurring",
    "undated",
    "take_away",
    "sentences",
    "method",
)
CHINESE = re.compile(r"[⺀-鿿豈-﫿]")
DRAFT = {"zh": "代拟稿", "en": "draft"}
Rows = list[dict[str, str]]
Raw = Callable[[str], Rows]


def page_of(brief: CalendarBriefing) -> str:
    """Return the sections of a page as one text, without the scripts that hold the charts."""
    html = "\n".join(getattr(brief, name)().html for name in SECTIONS)
    return re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)


@pytest.fixture(scope="module", params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def brief(book: Book, lang: str) -> CalendarBriefing:
    return CalendarBriefing(book, lang, AS_OF, book.cities)


@pytest.fixture(scope="module")
def pages(book: Book) -> dict[str, str]:
    """Return the page in both languages."""
    return {one: page_of(CalendarBriefing(book, one, AS_OF, book.cities)) for one in ("zh", "en")}


@pytest.fixture(scope="module")
def html(pages: dict[str, str], lang: str) -> str:
    return pages[lang]


@pytest.fixture(scope="module")
def tree(html: str, lang: str) -> Tag:
    found = BeautifulSoup(f'<main lang="{lang}">{html}</main>', "html.parser").main
    assert found is not None
    return found


@pytest.fixture(scope="module")
def deadlines(raw: Raw) -> dict[str, dict[str, str]]:
    return {row["deadline_id"]: row for row in raw("deadlines")}


@pytest.fixture(scope="module")
def dated(raw: Raw, deadlines: dict[str, dict[str, str]]) -> Rows:
    """Return every commitment with a day, with the columns of its deadline."""
    held = [deadlines[row["deadline_id"]] | row for row in raw("commitments") if row["deadline_id"]]
    return [row for row in held if row["due_on"]]


@pytest.fixture(scope="module")
def drafts(raw: Raw) -> set[str]:
    return {row["source_id"] for row in raw("sources") if row["status"] == "draft"}


@cache
def prose(lang: str) -> dict[str, str]:
    """Return the sentences of the prose file by name, read past the code under test."""
    path = Path(__file__).parents[2] / "notebooks" / "text" / f"deadline_calendar.{lang}.md"
    found = re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", path.read_text(encoding="utf-8"), re.M | re.S)
    return {name: words.strip() for name, words in found}


def number(words: str) -> int:
    return int(words.replace(",", ""))


def state_of(row: dict[str, str]) -> str:
    return "past" if row["due_on"] < AS_OF else "today" if row["due_on"] == AS_OF else "open"


def half_of(row: dict[str, str]) -> tuple[int, int]:
    return int(row["due_on"][:4]), int(row["due_on"][5:7]) > 6


# ── every deadline, once, with its sentence ─────────────────────────────────


def test_every_deadline_stands_once_and_opens_its_sentence(
    tree: Tag, deadlines: dict[str, dict[str, str]]
) -> None:
    entries = [str(entry["id"]).removeprefix("v-") for entry in tree.select(".cal-entry")]
    assert Counter(entries) == Counter(list(deadlines))
    anchors = {str(one["id"]) for one in tree.select(".evidence .anchor")}
    for entry in tree.select(".cal-entry"):
        name = str(entry["id"]).removeprefix("v-")
        link = entry.select_one(".cal-words-due a.v")
        assert link is not None and link["href"] == f"#{name}" and name in anchors
        words = "".join(part for part in link.children if isinstance(part, NavigableString))
        assert words == deadlines[name]["due_text"]


def test_every_promise_stands_with_its_deadline(tree: Tag, raw: Raw) -> None:
    told: dict[str, list[str]] = {}
    for row in sorted(raw("commitments"), key=lambda row: int(row["start"])):
        if row["deadline_id"]:
            told.setdefault(f"v-{row['deadline_id']}", []).append(row["action_zh"])
    found = {
        str(entry["id"]): [one.get_text() for one in entry.select(".cal-action")]
        for entry in tree.select(".cal-entry")
    }
    assert found == told


def test_every_target_that_falls_due_is_linked_and_leads_back(tree: Tag, raw: Raw) -> None:
    told = {row["target_id"] for row in raw("targets") if row["deadline_id"]}
    shown = {str(one["id"]).removeprefix("v-") for one in tree.select(".cal-target")}
    assert shown == told
    back = {str(link["href"]) for link in tree.select(".backs a")}
    assert {f"#v-{name}" for name in told} <= back


def test_every_link_lands_and_no_id_stands_twice(tree: Tag) -> None:
    ids = Counter(str(one["id"]) for one in tree.select("[id]"))
    assert [name for name, times in ids.items() if times > 1] == []
    links = {str(link["href"])[1:] for link in tree.select('a[href^="#"]')}
    assert links - set(ids) == {"closed"}
    assert all(tree.find(id=one["aria-labelledby"]) for one in tree.select("[aria-labelledby]"))


def test_only_links_to_sentences_are_yellow(tree: Tag) -> None:
    anchors = {f"#{one['id']}" for one in tree.select(".evidence .anchor")}
    yellow = {str(link["href"]) for link in tree.select("a.v")}
    assert yellow and yellow <= anchors


def test_the_sentence_is_the_clause_that_holds_the_words(
    brief: CalendarBriefing, deadlines: dict[str, dict[str, str]], raw: Raw
) -> None:
    """The clause comes from the tables, its words from the raw file."""
    clauses = {(row["source_id"], int(row["start"]), int(row["end"])) for row in raw("commitments")}
    rows = {name: cells for name, cells in brief.rows.items() if name.startswith("d-")}
    assert set(rows) == set(deadlines)
    for name, cells in rows.items():
        told = deadlines[name]
        assert (cells["value_start"], cells["value_end"]) == (int(told["due_start"]), int(told["due_end"]))
        quote = (cells["source_id"], int(cells["quote_start"]), int(cells["quote_end"]))
        assert quote in clauses and quote[1] <= cells["value_start"] < cells["value_end"] <= quote[2]


def test_the_clause_is_the_one_with_the_words_though_another_comes_first(book: Book, raw: Raw) -> None:
    """No deadline of today governs a clause before its words; the rule must not rest on that."""
    rows = sorted(
        (row for row in raw("commitments") if row["city_id"] == "jinan"), key=lambda r: int(r["start"])
    )
    at = next(n for n, row in enumerate(rows) if n and row["deadline_id"] and not rows[n - 1]["deadline_id"])
    before, holding = rows[at - 1], rows[at]
    same = book.commitments["commitment_id"] == before["commitment_id"]
    given = book.commitments["deadline_id"].mask(same, holding["deadline_id"])
    moved = replace(book, commitments=book.commitments.assign(deadline_id=given))
    cells = CalendarBriefing(moved, "zh", AS_OF, ["jinan"]).rows[holding["deadline_id"]]
    assert (cells["quote_start"], cells["quote_end"]) == (int(holding["start"]), int(holding["end"]))


def test_days_stand_in_order_and_say_how_far_off_they_are(
    tree: Tag, lang: str, deadlines: dict[str, dict[str, str]]
) -> None:
    away = {"zh": ("已过{}天", "还有{}天"), "en": ("{} days ago", "{} days left")}[lang]
    for day in tree.select(".cal-year h4"):
        entries = day.find_next_sibling("ol")
        assert isinstance(entries, Tag)
        held = {
            deadlines[str(one["id"]).removeprefix("v-")]["due_on"] for one in entries.select(".cal-entry")
        }
        (due,) = held
        apart = (date.fromisoformat(due) - date.fromisoformat(AS_OF)).days
        said = f"{abs(apart):,}" if lang == "en" else str(abs(apart))
        assert away[apart >= 0].format(said) in " ".join(day.get_text(" ").split())
    for year in tree.select(".cal-year"):
        ids = [str(one["id"]).removeprefix("v-") for one in year.select(".cal-entry")]
        days = [deadlines[name]["due_on"] for name in ids]
        assert days == sorted(days) and len({day[:4] for day in days}) == 1


def test_the_latest_and_the_open_years_are_unfolded(tree: Tag, dated: Rows) -> None:
    wanted = set()
    for city in CITIES:
        years = {(row["due_on"][:4], state_of(row)) for row in dated if row["city_id"] == city}
        wanted.add(f"due-{city}-{max(year for year, state in years if state == 'past')}")
        wanted |= {f"due-{city}-{year}" for year, state in years if state != "past"}
    inside = [(year.select_one(".cal-inside"), year.has_attr("open")) for year in tree.select(".cal-year")]
    assert {str(one["id"]) for one, unfolded in inside if one and unfolded} == wanted
    assert any(not unfolded for _, unfolded in inside)


def test_years_say_how_much_they_hold(tree: Tag, dated: Rows) -> None:
    for year in tree.select(".cal-year"):
        inside = year.select_one(".cal-inside")
        assert inside and year.summary
        _, city, when = str(inside["id"]).split("-")
        rows = [row for row in dated if (row["city_id"], row["due_on"][:4]) == (city, when)]
        said = [number(one) for one in re.findall(r"[\d,]*\d", year.summary.get_text())]
        assert said[:3] == [int(when), len({row["deadline_id"] for row in rows}), len(rows)]


def test_drafts_are_marked_at_every_group(
    tree: Tag, lang: str, deadlines: dict[str, dict[str, str]], drafts: set[str]
) -> None:
    seen = Counter()
    for group in [*tree.select(".cal-year"), *tree.select(".cal-year h4"), *tree.select(".cal-recurring h3")]:
        head = group.summary if group.name == "details" else group
        below = group if group.name == "details" else group.find_next_sibling("ol")
        assert isinstance(head, Tag) and isinstance(below, Tag)
        names = [str(one["id"]).removeprefix("v-") for one in below.select(".cal-entry")]
        draft = any(deadlines[name]["source_id"] in drafts for name in names)
        tag = head.select_one(".draft-tag")
        assert (tag is not None) == draft and (not tag or DRAFT[lang] in tag.get_text())
        seen[draft] += 1
    assert seen[True] and seen[False]


# ── counts ──────────────────────────────────────────────────────────────────


def test_the_lead_counts_what_the_tables_hold(
    tree: Tag, lang: str, raw: Raw, dated: Rows, deadlines: dict[str, dict[str, str]], drafts: set[str]
) -> None:
    past = [row for row in dated if state_of(row) == "past"]
    drafted = sum(row["source_id"] in drafts for row in past)
    counts = {"past": len(past), "dated": len(dated), "drafts": drafted}
    title = prose(lang)["title.some.draft"].format(**counts)
    assert drafted and tree.h1 and tree.h1.get_text() == title
    facts = {row.dt.get_text(): row.dd.get_text() for row in tree.select(".facts div") if row.dt and row.dd}
    undated = sum(not row["deadline_id"] for row in raw("commitments"))
    values = [number(found[0]) for one in facts.values() if (found := re.findall(r"[\d,]*\d", one))]
    assert {len(deadlines), len(dated), len(past), undated} <= set(values)
    standfirst = tree.select_one(".standfirst")
    assert standfirst is not None
    halves = Counter(map(half_of, dated))
    for count in (max(halves.values()), undated, sum(row["source_id"] in drafts for row in dated)):
        assert (f"{count:,}" if lang == "en" else str(count)) in standfirst.get_text()


@pytest.mark.parametrize(
    ("day", "section", "reason"),
    [
        (AS_OF, "lead.open.same", "all are of one city and one day, so none is the last"),
        ("2020-12-31", "lead.open", "several days are to come"),
        ("2036-01-01", "lead.open.none", "nothing is to come"),
    ],
)
def test_what_is_to_come_is_told_by_its_last_day_or_its_only_one(
    book: Book, lang: str, dated: Rows, day: str, section: str, reason: str
) -> None:
    ahead = [row for row in dated if row["due_on"] > day]
    places = {(row["due_on"], row["city_id"]) for row in ahead}
    assert section == {0: "lead.open.none", 1: "lead.open.same"}.get(len(places), "lead.open")
    lead = BeautifulSoup(CalendarBriefing(book, lang, day, book.cities).lead().html, "html.parser")
    said = "".join(lead.select_one(".standfirst").get_text().split())
    for name in ("lead.open", "lead.open.same", "lead.open.one", "lead.open.none"):
        words = "".join(prose(lang)[name].replace("{count}", str(len(ahead))).split())
        pattern = re.sub(r"\\\{\w+\\\}", "[^.。]+?", re.escape(words))
        assert bool(re.search(pattern, said)) == (name == section), (reason, name)
    last = max((row["due_on"] for row in ahead), default="")
    assert last[:4] in said


def test_the_chart_counts_half_years_by_city(tree: Tag, dated: Rows, drafts: set[str]) -> None:
    halves = sorted(set(map(half_of, dated)))
    counts = Counter((half_of(row), row["city_id"]) for row in dated)
    of_drafts = Counter((half_of(row), row["city_id"]) for row in dated if row["source_id"] in drafts)
    lines = tree.select(".cal-when-due .twin tbody tr")
    assert len(lines) == len(halves)
    for half, line in zip(halves, lines, strict=True):
        cells = line.find_all("td")
        for city, cell in zip(CITIES, cells, strict=False):
            wanted = counts[half, city]
            link = cell.find("a")
            assert (link.get_text() if link else "–") == (str(wanted) if wanted else "–")
            assert (not link) or link["href"] == f"#due-{city}-{half[0]}"
            assert bool(cell.select(".draft-tag")) == bool(of_drafts[half, city])
        assert int(cells[-1].get_text()) == sum(counts[half, city] for city in CITIES)


@pytest.mark.parametrize(("width", "parts"), [(1080, 2), (720, 2), (340, 1)])
def test_every_width_draws_every_count(tree: Tag, dated: Rows, width: int, parts: int) -> None:
    keys = [half_of(row) if parts == 2 else half_of(row)[:1] for row in dated]
    wanted = Counter((key, row["city_id"]) for key, row in zip(keys, dated, strict=True))
    labels = tree.select(f".w{width} .lab-due a")
    found = Counter((link["href"].split("-")[1], int(link.get_text())) for link in labels)
    assert found == Counter((city, count) for (_, city), count in wanted.items())


def test_bars_of_drafts_are_hollow(brief: CalendarBriefing, dated: Rows, drafts: set[str]) -> None:
    chart = findings.chart(brief)
    assert chart is not None
    for plot in chart.plots:
        hollow = [trace for trace in plot.figure.data if trace.marker.line.width]
        full = [trace for trace in plot.figure.data if not trace.marker.line.width]
        cities = {row["city_id"] for row in dated if row["source_id"] in drafts}
        assert len(hollow) == len(cities) and len(full) == len({row["city_id"] for row in dated})


def test_the_chart_says_its_finding_to_those_who_do_not_see_it(tree: Tag, dated: Rows) -> None:
    title = tree.find(id="chart")
    (alt,) = {plot["aria-label"] for plot in tree.select(".plot")}
    assert title and alt.startswith(title.get_text())
    told = Counter((half_of(row), row["city_id"]) for row in dated)
    assert {str(count) for count in told.values()} <= set(re.findall(r"\d+", alt))


def test_topics_are_counted_per_document(tree: Tag, lang: str, raw: Raw, dated: Rows) -> None:
    names = {row[f"name_{lang}"]: row["topic_id"] for row in raw("topics")}
    table = tree.select_one(".cal-by-document")
    assert table is not None
    sources = sorted(
        [row for row in raw("sources") if row["path"]],
        key=lambda row: (CITIES.index(row["place_id"]), row["source_id"]),
    )
    widths = [int(head["colspan"]) for head in table.select("thead .cal-top")]
    assert len(widths) == len(sources)
    past = Counter((row["source_id"], row["topic_id"]) for row in dated if state_of(row) == "past")
    loose = Counter(
        (row["source_id"], row["topic_id"]) for row in raw("commitments") if not row["deadline_id"]
    )
    any_kind = {(row["source_id"], row["topic_id"]) for row in raw("commitments")}
    for line in table.select("tbody tr"):
        topic, cells = names[line.th.get_text()], [cell.get_text() for cell in line.find_all("td")]
        for source, width in zip(sources, widths, strict=True):
            own, cells = cells[:width], cells[width:]
            key = (source["source_id"], topic)
            if key in any_kind:
                assert (int(own[0]), int(own[-1])) == (past[key], loose[key]), key
            else:
                assert set(own) == {"–"}, "a document that says nothing of a topic has no zero there"
    assert len(table.select("tbody tr")) == len({topic for _, topic in any_kind})


def test_leading_bodies_are_counted(tree: Tag, lang: str, raw: Raw, brief: CalendarBriefing) -> None:
    bodies = {row["agency_id"]: row[f"name_{lang}"] for row in raw("agencies")}
    tasks = {row["task_id"]: row for row in raw("tasks")}
    section = tree.select_one(".cal-bodies")
    assert section is not None
    heads = section.find_all("h3")
    assert len(heads) == len({row["source_id"] for row in raw("tasks") if row["lead_ids"]})
    # The documents without a printed ledger, whose bodies are those of their tasks.
    for source_id in ("dongying-2022", "dezhou-2023"):
        led: Counter[str] = Counter()
        for row in raw("commitments"):
            if row["source_id"] == source_id and row["deadline_id"] and row["task_id"]:
                led.update(filter(None, tasks[row["task_id"]]["lead_ids"].split(";")))
        (head,) = [one for one in heads if brief.labels.source(brief.sources[source_id]) in one.get_text()]
        table = head.find_next("table")
        assert isinstance(table, Tag)
        shown = [(line.th.get_text(), int(line.b.get_text())) for line in table.select("tbody tr")]
        counts = [count for _, count in shown]
        assert counts == [count for _, count in led.most_common(len(shown))]
        assert set(shown) <= {(bodies[name], count) for name, count in led.items()}


def test_documents_that_name_nobody_are_said(tree: Tag, brief: CalendarBriefing) -> None:
    note = tree.select(".cal-bodies .note")[-1].get_text()
    for source_id in ("jinan-2019", "qingdao-2020"):
        assert brief.document(brief.sources[source_id]) in note


def test_what_has_no_date_is_counted_per_document(
    tree: Tag, raw: Raw, brief: CalendarBriefing, deadlines: dict[str, dict[str, str]]
) -> None:
    section = tree.find(id="undated")
    table = section.find_next("table") if section else None
    assert isinstance(table, Tag)
    lines = table.select("tbody tr")
    assert len(lines) == len(brief.sources)
    for (source_id, _), line in zip(brief.documents.items(), lines, strict=True):
        rows = [row for row in raw("commitments") if row["source_id"] == source_id]
        loose = [row for row in rows if not row["deadline_id"]]
        again = [row for row in rows if row["deadline_id"] and not deadlines[row["deadline_id"]]["due_on"]]
        cells = [cell.get_text() for cell in line.find_all("td")]
        wanted = [len(rows), len(rows) - len(loose) - len(again), len(again), len(loose)]
        assert [number(cell) for cell in cells[:4]] == wanted, source_id
        assert cells[4] == f"{100 * len(loose) / len(rows):.0f}%"
        assert int(cells[5]) == sum(row["quantifier"] == "figure" for row in loose)


# ── what can be taken away ──────────────────────────────────────────────────


def held(link: Tag) -> bytes:
    kind, _, content = str(link["href"]).partition(",")
    assert kind.startswith("data:") and kind.endswith(";base64")
    return base64.b64decode(content)


def test_calendar_files_are_held_in_the_page(
    tree: Tag, book: Book, lang: str, brief: CalendarBriefing
) -> None:
    files = {str(link["download"]): link for link in tree.select('.cal-files a[href^="data:text/calendar"]')}
    assert set(files) == {f"calendar-{city}.{lang}.ics" for city in (*CITIES, "all")}
    for name, link in files.items():
        assert link.get_text() == name, "the name is told"
        city = name.split(".")[0].removeprefix("calendar-")
        rows = schedule(book, AS_OF, None if city == "all" else city)
        whose = brief.words("files.all") if city == "all" else brief.place(city)
        title = brief.words("files.name", city=whose)
        assert held(link) == calendar_ics(rows, book, AS_OF, lang, title)


def test_the_table_of_all_rows_is_whole(tree: Tag, raw: Raw, deadlines: dict[str, dict[str, str]]) -> None:
    link = tree.select_one('.cal-files a[href^="data:text/csv"]')
    assert link is not None
    content = held(link)
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert len(head) == len(set(head)) and {len(row) for row in rows} == {len(head)}
    told = {row["commitment_id"]: row for row in raw("commitments") if row["deadline_id"]}
    assert Counter(row[17] for row in rows) == Counter(list(told))
    for row in rows:
        commitment = told[row[17]]
        due = deadlines[commitment["deadline_id"]]
        assert (row[16], row[3]) == (due["deadline_id"], due["due_text"])
        assert row[9] == commitment["action_zh"] and (not due["due_on"] or row[4] == due["due_on"])


# ── languages, days, parameters ─────────────────────────────────────────────


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        (r'\bid="([^"]*)"', "places"),
        (r'href="(#[^"]*)"', "links"),
        (r"<(h[1-6]|summary|table|details)\b", "headings and tables"),
        (r'<sup class="chip">(\d+)', "numbers of sentences"),
    ],
)
def test_both_languages_have_the_same_sections(pages: dict[str, str], pattern: str, what: str) -> None:
    found = [re.findall(pattern, pages[one]) for one in ("zh", "en")]
    if what == "numbers of sentences":
        # English has a line of translation for every mark besides.
        found = [sorted(set(one), key=int) for one in found]
    assert found[0] == found[1] and found[0], what


def test_two_makings_are_the_same_to_the_byte(book: Book, html: str, lang: str) -> None:
    assert page_of(CalendarBriefing(book, lang, AS_OF, book.cities)) == html


def test_english_marks_all_its_chinese(pages: dict[str, str]) -> None:
    tree = BeautifulSoup(f'<main lang="en">{pages["en"]}</main>', "html.parser")
    stray = {
        text.strip()
        for text in tree.find_all(string=CHINESE.search)
        if not next(str(one["lang"]) for one in text.parents if "lang" in one.attrs).startswith("zh")
    }
    assert stray == set()
    said = [str(one["aria-label"]) for one in tree.select("[aria-label]")]
    assert said and not any(CHINESE.search(one) for one in said)


def test_english_reads_every_deadline_out(pages: dict[str, str]) -> None:
    for passage in BeautifulSoup(pages["en"], "html.parser").select("article.passage"):
        marks = [chip.get_text() for chip in passage.select("blockquote .chip")]
        lines = passage.select(".translations p:not(.label)")
        assert sorted(line.sup.get_text() for line in lines) == sorted(marks)
        assert all(len(line.get_text()) > 6 and not CHINESE.search(line.get_text()) for line in lines)


def test_nothing_says_that_a_promise_was_kept_or_broken(tree: Tag) -> None:
    ours = [
        text
        for text in tree.find_all(string=True)
        if not any(str(one.get("lang", "")).startswith("zh-") for one in text.parents)
    ]
    for word in ("逾期", "兑现", "落空", "overdue", "missed", "broken", "fulfilled"):
        assert not any(word in text for text in ours), word


@pytest.mark.parametrize(
    ("day", "section", "reason"),
    [
        ("2019-01-01", "title.before", "nothing is due yet"),
        ("2020-01-01", "title.some", "some is, all of it from issued documents"),
        ("2020-12-31", "title.some.draft", "some is, some of it from a draft, and some falls due today"),
        ("2036-01-01", "title.all", "all is"),
    ],
)
def test_other_days_give_other_findings(
    book: Book, dated: Rows, drafts: set[str], day: str, section: str, reason: str
) -> None:
    brief = CalendarBriefing(book, "zh", day, book.cities)
    past = [row for row in dated if row["due_on"] < day]
    drafted = sum(row["source_id"] in drafts for row in past)
    counts = {"dated": len(dated), "past": len(past), "drafts": drafted}
    assert findings.title(brief) == prose("zh")[section].format(**counts), reason
    today = sum(row["due_on"] == day for row in dated)
    page = page_of(brief)
    assert (brief.words("calendar.today") in page) == bool(today)
    assert (f">{brief.words('state.today')}<" in page) == bool(today)


def test_a_city_alone_has_its_own_page(book: Book) -> None:
    brief = CalendarBriefing(book, "en", AS_OF, ["qingdao"])
    page = page_of(brief)
    assert not re.search(r"[dvtk]-(?:v-)?(?:jinan|dezhou|dongying)-\d{4}", page)
    assert page.count('href="data:text/calendar') == 1, "one city needs no file for all"
    assert brief.words("recurring.none") in page and brief.words("agencies.title.none") in page


def test_without_dates_the_page_says_so(book: Book) -> None:
    loose = replace(
        book,
        deadlines=book.deadlines.iloc[:0],
        commitments=book.commitments.assign(deadline_id=None),
        targets=book.targets.assign(deadline_id=None),
    )
    brief = CalendarBriefing(loose, "zh", AS_OF, book.cities)
    page = page_of(brief)
    assert findings.title(brief) == brief.words("title.empty")
    assert brief.words("chart.none") in page and "<details" not in page


def test_wrong_parameters_are_told_all_at_once(book: Book) -> None:
    with pytest.raises(CompareError) as error:
        CalendarBriefing(book, "fr", "yesterday", ["jinnan"])
    assert {problem.column for problem in error.value.problems} == {"lang", "as_of", "cities"}


@pytest.mark.parametrize(
    ("days", "per_year", "wanted", "reason"),
    [
        (["2020-06-30", "2020-07-01"], 2, [(2020, 0), (2020, 1)], "a half-year ends in June"),
        (["2020-12-31", "2021-01-01"], 1, [(2020, 0), (2021, 0)], "a year ends in December"),
        (["2020-01-01", "2022-01-01"], 2, [(2020, 0), (2020, 1), (2021, 0), (2021, 1), (2022, 0)], "few"),
        (["2020-01-01", "2022-07-01"], 2, [(2020, 0), None, (2022, 1)], "a long empty stretch is cut"),
        (["2020-01-01"], 2, [(2020, 0)], "one day"),
    ],
)
def test_the_axis_holds_every_day_and_leaves_out_long_gaps(
    days: list[str], per_year: int, wanted: list[Any], reason: str
) -> None:
    slots = axis([date.fromisoformat(day) for day in days], per_year)
    assert [slot and (slot.year, slot.part) for slot in slots] == wanted, reason


@pytest.mark.parametrize(
    ("day", "per_year", "share"),
    [("2021-06-30", 2, 1.0), ("2021-12-31", 1, 1.0), ("2021-07-01", 2, 1 / 184), ("2020-01-31", 1, 31 / 366)],
)
def test_a_day_stands_where_it_belongs(day: str, per_year: int, share: float) -> None:
    when = date.fromisoformat(day)
    assert interval(when, per_year).share(when) == pytest.approx(share)
