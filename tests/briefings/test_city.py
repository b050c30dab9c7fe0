"""The city pages: true to the bare CSV, whole for a city with little, and the same in both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup, NavigableString, Tag

from compare.briefings.city.agencies import led
from compare.briefings.city.bars import INSTRUMENTS, Means, chart, stacked
from compare.briefings.city.briefing import CityBriefing
from compare.errors import CompareError
from compare.tables.book import Book

CITIES = ("jinan", "qingdao", "dongying", "dezhou")
LANGUAGES = ("zh", "en")
AS_OF = "2026-11-21"
SECTIONS = (
    "lead",
    "promises",
    "silences",
    "instruments",
    "deadlines",
    "above",
    "attained",
    "editions",
    "agencies",
    "sentences",
    "elsewhere",
    "method",
)
SIGNS = {"eq": "", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "range": ""}
Rows = list[dict[str, str]]
Raw = Callable[[str], Rows]


def parsed(made: CityBriefing, *sections: str) -> BeautifulSoup:
    html = "".join(getattr(made, name)().html for name in sections or SECTIONS)
    return BeautifulSoup(html, "html.parser")


@cache
def page_of(book: Book, city: str, lang: str) -> BeautifulSoup:
    return parsed(CityBriefing(book, city, lang, AS_OF))


@pytest.fixture(params=[(city, lang) for city in CITIES for lang in LANGUAGES], ids="-".join)
def shown(request: pytest.FixtureRequest, book: Book) -> tuple[str, str, BeautifulSoup]:
    """Return each city and language in turn, with its page."""
    city, lang = request.param
    return city, lang, page_of(book, city, lang)


@pytest.fixture(params=CITIES)
def chinese(request: pytest.FixtureRequest, book: Book) -> tuple[str, BeautifulSoup]:
    """Return each city in turn, with its Chinese page."""
    return request.param, page_of(book, request.param, "zh")


def of(rows: Rows, city: str) -> Rows:
    return [row for row in rows if row["city_id"] == city]


def promised(raw: Raw, city: str) -> Rows:
    """Return the promises of a city that count, by the rule and not by the code under test."""
    rows = of(raw("targets"), city)
    return [row for row in rows if row["kind"] == "target" and not row["restates_target_id"]]


def documents(raw: Raw, city: str) -> list[str]:
    return [row["source_id"] for row in raw("sources") if row["place_id"] == city and row["path"]]


def text_of(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def numbers_in(words: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", words)]


@cache
def prose(lang: str) -> dict[str, str]:
    """Return the sentences of the prose file by name, read past the code under test."""
    path = Path(__file__).parents[2] / "notebooks" / "text" / f"city_briefing.{lang}.md"
    found = re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", path.read_text(encoding="utf-8"), re.M | re.S)
    return {name: words.strip() for name, words in found}


def counts_said(said: str, sentence: str) -> list[dict[str, int]]:
    """Return the counts with which a text says a sentence of the prose file, none where it does not."""
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>\\d+)", re.escape(sentence))
    found = re.finditer(pattern, said)
    return [{name: int(count) for name, count in one.groupdict().items()} for one in found]


def linked(element: Tag) -> list[str]:
    return [link["href"][1:] for link in element.select('a.v[href^="#"]')]


# ── the page as a whole ─────────────────────────────────────────────────────


def test_every_link_lands_and_no_name_stands_twice(shown: tuple[str, str, BeautifulSoup]) -> None:
    _, _, page = shown
    ids = Counter(element["id"] for element in page.select("[id]"))
    assert [name for name, times in ids.items() if times > 1] == []
    links = {link["href"][1:] for link in page.select('a[href^="#"]')}
    assert links - set(ids) == {"closed"}
    labels = {element["aria-labelledby"] for element in page.select("[aria-labelledby]")}
    assert labels <= set(ids)


@pytest.mark.parametrize("city", CITIES)
def test_both_languages_have_the_same_parts(book: Book, city: str) -> None:
    parts = []
    for lang in LANGUAGES:
        page = page_of(book, city, lang)
        names = [element["id"] for element in page.select("[id]")]
        parts.append((names, [element.name for element in page.select("h1, h2, h3, table, details, figure")]))
    assert parts[0] == parts[1]


def test_the_same_data_give_the_same_bytes(book: Book) -> None:
    one, other = (CityBriefing(book, "qingdao", "en", AS_OF) for _ in range(2))
    for section in SECTIONS:
        assert getattr(one, section)().html == getattr(other, section)().html, section


def test_english_pages_mark_all_their_chinese(shown: tuple[str, str, BeautifulSoup]) -> None:
    _, lang, page = shown
    if lang == "zh":
        return
    stray = [
        text.strip()
        for text in page.find_all(string=re.compile("[一-鿿]"))
        if not any(str(parent.get("lang", "")).startswith("zh") for parent in text.parents)
    ]
    assert stray == []


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        (("dezho", "zh", AS_OF), 'column city: found "dezho"; expected dezhou'),
        (("shandong", "zh", AS_OF), 'column city: found "shandong"'),
        (("dezhou", "zhh", AS_OF), 'column lang: found "zhh"; expected zh'),
        (("dezhou", "en", "tomorrow"), 'column as_of: found "tomorrow"; expected a date as 2026-11-21'),
    ],
    ids=["a near name", "a place that is not compared", "a language", "a day that is none"],
)
def test_wrong_parameters_are_told_with_near_names(
    book: Book, parameters: tuple[str, str, str], told: str
) -> None:
    with pytest.raises(CompareError) as error:
        CityBriefing(book, *parameters)
    assert told in str(error.value) and len(error.value.problems) == 1


# ── title and standfirst ────────────────────────────────────────────────────


def past_term(raw: Raw, city: str, day: str = AS_OF) -> Rows:
    """Return the promises whose term is over: those of a draft only where the city has no others."""
    due = [row for row in promised(raw, city) if "" < row["due_on"] <= day]
    return [row for row in due if not is_draft(raw, row)] or due


def is_draft(raw: Raw, row: dict[str, str]) -> bool:
    return status_of(raw)[row["source_id"]] == "draft"


def test_titles_count_what_fell_due(shown: tuple[str, str, BeautifulSoup], raw: Raw) -> None:
    city, lang, page = shown
    due = past_term(raw, city)
    title = page.h1.get_text()
    name = next(row[f"name_{lang}"] for row in raw("places") if row["place_id"] == city)
    assert name in title and numbers_in(title) == [len(due)]
    assert len(title) <= 26 if lang == "zh" else len(title.split()) <= 14


def test_standfirsts_hold_figures_with_years_and_mark_drafts(
    shown: tuple[str, str, BeautifulSoup], raw: Raw
) -> None:
    city, _, page = shown
    standfirst = page.select_one("p.standfirst")
    rows = {row["target_id"]: row for row in promised(raw, city)}
    figures = linked(standfirst)
    assert 2 <= len(figures) <= 3
    assert all(rows[name]["due_on"][:4] in text_of(standfirst) for name in figures)
    marks = standfirst.select(".draft-tag")
    assert len(marks) == sum(is_draft(raw, rows[name]) for name in figures)


def test_standfirsts_count_what_to_be_careful_about(shown: tuple[str, str, BeautifulSoup], raw: Raw) -> None:
    """Deadlines that are the plan’s, promises of a draft, outcomes that were sought: each if there is one."""
    city, lang, page = shown
    said, own = text_of(page.select_one("p.standfirst")), promised(raw, city)
    past = past_term(raw, city)
    inferred = sum(row["due_source"] == "period" for row in past)
    drafts = sum(is_draft(raw, row) for row in own)
    looked = sum(was_sought(raw, row) for row in past)
    for name, count, counts in (
        ("period", inferred, {"past": len(past), "count": inferred}),
        ("draft", drafts, {"count": drafts}),
        ("unjudged", looked, {"sought": looked}),
    ):
        assert counts_said(said, prose(lang)[f"caution.{name}"]) == ([counts] if count else []), name
    assert (prose(lang)["caution.unsought"] in said) == (not looked)
    assert (prose(lang)["caution.work_points"] in said) == (city == "qingdao")


def was_sought(raw: Raw, row: dict[str, str]) -> bool:
    """Return whether an outcome of a promise was looked for in vain, in its year or in any."""
    return any(
        (one["place_id"], one["item_id"]) == (row["city_id"], row["indicator_id"])
        and one["date_text"][:4] in ("", row["due_on"][:4])
        for one in raw("not_found")
    )


def test_the_facts_tell_how_many_targets_stand_in_a_draft(
    shown: tuple[str, str, BeautifulSoup], raw: Raw
) -> None:
    city, _, page = shown
    own = promised(raw, city)
    drafts = sum(is_draft(raw, row) for row in own)
    assert numbers_in(text_of(page.select(".facts dd")[1])) == [len(own), *([drafts] if drafts else [])]


def test_a_city_with_nothing_but_a_draft_counts_the_draft(book: Book, raw: Raw) -> None:
    made = replace(book, targets=book.targets[book.targets["source_id"] != "dezhou-2023"])
    own = [row for row in promised(raw, "dezhou") if row["source_id"] == "dezhou-2020"]
    inferred = sum(row["due_source"] == "period" for row in own)
    for lang in LANGUAGES:
        lead = parsed(CityBriefing(made, "dezhou", lang, AS_OF), "lead")
        said = text_of(lead.select_one("p.standfirst"))
        assert numbers_in(lead.h1.get_text()) == [len(own)]
        assert counts_said(said, prose(lang)["caution.draft.only"]) == [{"count": len(own)}]
        counts = {"past": len(own), "count": inferred}
        assert inferred and counts_said(said, prose(lang)["caution.period"]) == [counts]
        assert not counts_said(said, prose(lang)["caution.draft"])


@pytest.mark.parametrize(
    ("day", "another"),
    [(AS_OF, True), ("2022-06-30", False), ("2019-01-31", False)],
    ids=["the title counts issued ones", "the title counts the draft's", "the title counts all"],
)
def test_the_draft_s_are_others_only_where_the_title_leaves_them_out(
    book: Book, raw: Raw, day: str, another: bool
) -> None:
    counted = past_term(raw, "dezhou", day) or promised(raw, "dezhou")
    assert another != any(is_draft(raw, row) for row in counted)
    for lang in LANGUAGES:
        lead = parsed(CityBriefing(book, "dezhou", lang, day), "lead")
        words = text_of(lead.select_one("p.standfirst"))
        apart, among = (counts_said(words, prose(lang)[f"caution.draft{one}"]) for one in ("", ".among"))
        assert numbers_in(lead.h1.get_text()) == [len(counted)]
        assert (bool(apart), bool(among)) == (another, not another), lang


def status_of(raw: Raw) -> dict[str, str]:
    return {row["source_id"]: row["status"] for row in raw("sources")}


REACHED = {
    "fact_id": "o-dezhou-9001",
    "place_id": "dezhou",
    "topic_id": "smart_community",
    "indicator_id": "smart_community_coverage",
    "comparator": "eq",
    "value": 92.0,
    "unit_id": "percent",
    "basis": "rate",
    "date_text": "2025年底",
    "date_on": pd.Timestamp("2025-12-31"),
    "date_precision": "day",
    "source_title": "甲",
    "publisher": "乙",
    "confidence": "high",
}


def with_outcomes(book: Book, *rows: dict[str, Any]) -> Book:
    outcomes = pd.concat([book.outcomes, pd.DataFrame(rows)], ignore_index=True)
    return replace(book, outcomes=outcomes.astype(book.outcomes.dtypes.to_dict()))


@pytest.mark.parametrize(
    ("as_of", "zh", "en"),
    [
        ("2026-11-21", "德州7条量化承诺到期或期满，能判断是否完成的1条", "outcomes settle 1"),
        ("2024-06-30", "德州4条量化承诺到期或期满，是否完成尚无从判断", "whether any was met is unverified"),
        ("2022-06-30", "德州13条量化承诺到期或期满，是否完成尚无从判断", "13 targets are past their term"),
        ("2020-01-31", "德州写下21条量化承诺，还没有一条到期", "none has fallen due yet"),
    ],
    ids=["an outcome decides", "the outcome is not known yet", "only the draft's are due", "nothing is due"],
)
def test_titles_follow_the_day_and_the_outcomes(book: Book, as_of: str, zh: str, en: str) -> None:
    made = with_outcomes(book, REACHED)
    titles = [parsed(CityBriefing(made, "dezhou", lang, as_of), "lead").h1.get_text() for lang in LANGUAGES]
    assert titles[0] == zh and en in titles[1]


def test_a_city_without_numbers_keeps_a_whole_page(book: Book) -> None:
    """Everything is made from what is there, down to no target, no mention and no figure from elsewhere."""

    def without(name: str, column: str) -> pd.DataFrame:
        frame = getattr(book, name)
        return frame[frame[column] != "qingdao"]

    frames = {name: without(name, "city_id") for name in ("targets", "mentions")}
    frames |= {name: without(name, "place_id") for name in ("outcomes", "outside_targets")}
    bare = replace(book, **frames)
    for lang, words in (("zh", "没有一个承诺写了数字"), ("en", "put a number to none")):
        page = parsed(CityBriefing(bare, "qingdao", lang, AS_OF))
        assert words in page.h1.get_text()
        assert page.select_one("section.promises h2") and not page.select("section.promises table")
        assert len(page.select("section.silences li")) == 2, "the documents that are not at hand"
        assert page.select_one("section.means .plot") and not page.select(".passage")


# ── what it promises ────────────────────────────────────────────────────────


def number(value: str, lang: str) -> str:
    """Return a plain number of the CSV as the page is to print it."""
    exact, mark = Decimal(value), ""
    sizes = {"zh": (("1e8", "亿"), ("1e4", "万")), "en": (("1e9", " bn"), ("1e6", " m"))}[lang]
    for size, words in sizes:
        if not mark and exact >= Decimal(size):
            exact, mark = exact / Decimal(size), words
    plain = f"{exact.normalize():{',' if lang == 'en' else ''}f}"
    return plain + mark


def worded(row: dict[str, str], lang: str, units: dict[str, str]) -> str:
    low, high = row["value_low"], row["value_high"]
    ends = [low, high] if row["comparator"] == "range" else [low or high]
    shown = {"percent": "%", "person": " people", "yuan": " yuan"}
    unit = units[row["unit_id"]] if lang == "zh" else shown.get(row["unit_id"], "")
    value = SIGNS[row["comparator"]] + "–".join(number(end, lang) for end in ends) + unit
    return value if row["multiplier"] == "1" else f"各{value}" if lang == "zh" else f"{value} each"


def test_every_target_is_in_the_table_and_leads_to_its_sentence(
    shown: tuple[str, str, BeautifulSoup], raw: Raw
) -> None:
    city, lang, page = shown
    units = {row["unit_id"]: row["name_zh"] for row in raw("units")}
    names = {row["indicator_id"]: row[f"name_{lang}"] for row in raw("indicators")}
    cells = page.select("section.promises td .worth")
    assert Counter(linked(cell)[0] for cell in cells) == Counter(
        row["target_id"] for row in promised(raw, city)
    )
    anchors = {anchor["id"] for anchor in page.select(".evidence .anchor")}
    for row in promised(raw, city):
        cell = page.find(id=f"v-{row['target_id']}")
        value = "".join(part for part in cell.a.children if isinstance(part, NavigableString))
        assert value == worded(row, lang, units), row["target_id"]
        assert row["target_id"] in anchors
        head = cell.find_parent("tr").th
        assert head.find(string=True, recursive=False).strip() == names[row["indicator_id"]]


def test_targets_stand_under_their_topics_with_the_page_that_compares_them(
    shown: tuple[str, str, BeautifulSoup], raw: Raw
) -> None:
    city, lang, page = shown
    topic_of = {row["indicator_id"]: row["topic_id"] for row in raw("indicators")}
    names = {row[f"name_{lang}"]: row["topic_id"] for row in raw("topics")}
    cities: dict[str, set[str]] = {}
    for row in raw("targets"):
        cities.setdefault(topic_of[row["indicator_id"]], set()).add(row["city_id"])
    rows = {row["target_id"]: row for row in promised(raw, city)}
    for body in page.select("section.promises tbody"):
        head = body.select_one(".group th")
        topic = names[head.find(string=True, recursive=False).strip()]
        held = {topic_of[rows[linked(cell)[0]]["indicator_id"]] for cell in body.select(".worth")}
        assert held == {topic}
        files = [link["href"] for link in head.select("a")]
        assert files == ([f"topic-{topic}.{lang}.html"] if len(cities[topic]) > 1 else [])
        assert [link.get_text() for link in head.select("a")] == [prose(lang)["promises.page"]] * len(files)


def test_drafts_weak_promises_and_supplied_dates_are_marked(
    shown: tuple[str, str, BeautifulSoup], raw: Raw
) -> None:
    city, lang, page = shown
    weak, supplied = {"zh": ("力争", "按规划期末"), "en": ("aspirational", "end of the plan’s period")}[lang]
    for row in promised(raw, city):
        line = page.find(id=f"v-{row['target_id']}").find_parent("tr")
        assert bool(line.select(".draft-tag")) == (status_of(raw)[row["source_id"]] == "draft")
        assert bool(line.select(".shape.draft")) == (status_of(raw)[row["source_id"]] == "draft")
        assert (weak in text_of(line)) == (row["force"] == "aspirational")
        assert (supplied in text_of(line)) == (row["due_source"] == "period")


def test_repeated_statements_and_other_cities_stand_beside(
    chinese: tuple[str, BeautifulSoup], raw: Raw
) -> None:
    city, page = chinese
    names = {row["place_id"]: row["name_zh"] for row in raw("places")}
    counted = [row for row in raw("targets") if row["kind"] == "target" and not row["restates_target_id"]]
    for row in promised(raw, city):
        line = page.find(id=f"v-{row['target_id']}").find_parent("tr")
        again = [one["target_id"] for one in raw("targets") if one["restates_target_id"] == row["target_id"]]
        whole = [row["part_of_target_id"]] if row["part_of_target_id"] else []
        assert sorted(linked(line)) == sorted([row["target_id"], *again, *whole])
        others = {one["city_id"] for one in counted if one["indicator_id"] == row["indicator_id"]} - {city}
        last = line.find_all("td")[-1]
        for other in set(CITIES) - {city}:
            assert (names[other] in text_of(last)) == (other in others), (row["target_id"], other)


def test_statuses_stand_apart(chinese: tuple[str, BeautifulSoup], raw: Raw) -> None:
    city, page = chinese
    statuses = [row["target_id"] for row in of(raw("targets"), city) if row["kind"] == "status"]
    found = [linked(line)[0] for line in page.select("section.promises ul.named li")]
    assert sorted(found) == sorted(statuses)


def test_the_way_back_leads_to_the_figure(shown: tuple[str, str, BeautifulSoup], raw: Raw) -> None:
    city, _, page = shown
    backs = {link["href"][1:] for link in page.select(".backs a")}
    assert {f"v-{row['target_id']}" for row in promised(raw, city)} <= backs
    for name in backs:
        assert page.find(id=name).select_one(f'a[href="#{name.removeprefix("v-")}"]'), name


# ── what it leaves out ──────────────────────────────────────────────────────


def state(raw: Raw, source: str, indicator: str) -> str:
    """Return what a document says of an indicator, from the bare rows: every document is coded in full."""
    targets = [r for r in raw("targets") if (r["source_id"], r["indicator_id"]) == (source, indicator)]
    if any(row["kind"] == "target" and not row["restates_target_id"] for row in targets):
        return "quantified"
    if any(row["kind"] == "status" for row in targets):
        return "status_only"
    words = [r for r in raw("mentions") if (r["source_id"], r["indicator_id"]) == (source, indicator)]
    return "unquantified" if any(row["class"] == "unquantified" for row in words) else "silent"


def test_states_of_coverage_are_counted_and_named(chinese: tuple[str, BeautifulSoup], raw: Raw) -> None:
    city, page = chinese
    headline = [row for row in raw("indicators") if row["headline"] == "yes"]
    states = {
        (source, row["indicator_id"]): state(raw, source, row["indicator_id"])
        for source in documents(raw, city)
        for row in headline
    }
    section = page.select_one("section.silences")
    glyphs = Counter(
        next(one[2:] for one in glyph["class"] if one.startswith("g-"))
        for glyph in section.select(".signs .glyph")
    )
    assert glyphs == Counter(states.values())
    assert sum(int(cell.get_text()) for cell in section.select(".tally .num")) == len(states)
    named = text_of(section.select_one(".lists"))
    assert all(row["name_zh"] in named for row in unsaid(raw, city))
    for kind in ("silent", "unquantified", "status_only"):
        heads = section.select(f".lists h3 .g-{kind}")
        assert bool(heads) == (kind in states.values()), kind


def unsaid(raw: Raw, city: str) -> Rows:
    """Return the headline indicators of which no document of a city says anything."""
    return [
        row
        for row in raw("indicators")
        if row["headline"] == "yes"
        and {state(raw, source, row["indicator_id"]) for source in documents(raw, city)} == {"silent"}
    ]


def called(raw: Raw, source_id: str, lang: str) -> str:
    """Return how a document is called in a sentence: its first year and what it is."""
    row = next(row for row in raw("sources") if row["source_id"] == source_id)
    kinds = {
        "zh": {"draft": "代拟稿", "work_points": "工作要点", "adopted": "方案"},
        "en": {"draft": "draft", "work_points": "work priorities", "adopted": "plan"},
    }
    return f"{row['period_start'][:4]}{'年' if lang == 'zh' else ' '}{kinds[lang][row['status']]}"


def test_silences_are_headed_by_the_document_that_is_silent(
    shown: tuple[str, str, BeautifulSoup], raw: Raw
) -> None:
    """One document is named; of several, all of which are silent, it is told how many they are."""
    city, lang, page = shown
    held = documents(raw, city)
    counts = {
        "total": sum(row["headline"] == "yes" for row in raw("indicators")),
        "silent": len(unsaid(raw, city)),
    }
    title = prose(lang)["silences.title"].format(document=called(raw, held[0], lang), **counts)
    if len(held) > 1:
        several = {"zh": "两", "en": "two"}[lang]
        title = prose(lang)["silences.title.several"].format(documents=several, **counts)
        assert len(held) == 2
    assert page.select_one("section.silences h2").get_text() == title


def test_the_words_searched_for_read_as_a_list(shown: tuple[str, str, BeautifulSoup]) -> None:
    """Words of one clause are joined by dots, which the head of the list explains."""
    _, _, page = shown
    for search in page.select("section.silences details"):
        terms = [cell.get_text() for cell in search.select("tbody td[lang=zh]")]
        assert terms and not any("+" in words or ";" in words for words in terms)
        assert "…" in search.select_one("summary").get_text() and any("…" in words for words in terms)


def test_words_without_a_number_lead_to_their_sentence(chinese: tuple[str, BeautifulSoup]) -> None:
    _, page = chinese
    anchors = {anchor["id"] for anchor in page.select(".evidence .anchor")}
    for line in page.select("section.silences .lists li[id]"):
        assert linked(line) == [line["id"].removeprefix("v-")] and linked(line)[0] in anchors


def test_documents_that_are_not_at_hand_are_named(chinese: tuple[str, BeautifulSoup], raw: Raw) -> None:
    city, page = chinese
    titles = [
        row["title_zh"]
        for row in raw("sources")
        if row["place_id"] == city and row["status"] == "not_obtained"
    ]
    assert all(title in text_of(page.select_one("section.silences .lists")) for title in titles) and titles


# ── by which means, and when ────────────────────────────────────────────────


def test_means_are_counted_as_the_clauses_stand(shown: tuple[str, str, BeautifulSoup], raw: Raw) -> None:
    city, lang, page = shown
    names = {row["topic_id"]: row[f"name_{lang}"] for row in raw("topics")}
    tables = page.select("section.means table.counts")
    assert len(tables) == len(documents(raw, city))
    for source, table in zip(documents(raw, city), tables, strict=True):
        rows = [row for row in raw("commitments") if row["source_id"] == source]
        for line in table.select("tbody tr"):
            own = [row for row in rows if names[row["topic_id"]] == line.th.get_text()]
            expected = [
                len(own),
                sum(row["force"] == "aspirational" for row in own),
                sum(row["quantifier"] == "figure" for row in own),
                *(sum(row["instrument"] == name for row in own) for name in INSTRUMENTS),
            ]
            assert [int(cell.get_text().replace("–", "0")) for cell in line.select("td")] == expected
        assert int(table.select_one("tfoot td").get_text()) == len(rows)


@pytest.mark.parametrize("city", CITIES)
def test_bars_are_as_long_as_their_counts(book: Book, city: str, raw: Raw) -> None:
    made = CityBriefing(book, city, "zh", AS_OF)
    for source in documents(raw, city):
        rows = [row for row in raw("commitments") if row["source_id"] == source]
        drawn = chart(made, source)
        totals = Counter(row["instrument"] for row in rows)
        assert all(f"{words}{totals[name]}" in drawn.alt for name, words in WORDS.items())
        for plot in drawn.plots:
            fills = [shape for shape in plot.figure.layout.shapes if shape.fillcolor][len(INSTRUMENTS) :]
            length = sum(shape.x1 - shape.x0 for shape in fills)
            counts = [int(label.words) for label in plot.labels if label.look == "count"]
            assert sum(counts) == len(rows) and counts == sorted(counts, reverse=True)
            for name, strength in zip(INSTRUMENTS, (1.0, 0.5, 0.16), strict=True):
                part = sum(shape.x1 - shape.x0 for shape in fills if shape.opacity == strength)
                assert part / length == pytest.approx(totals[name] / len(rows)), name
            assert all(shape.x1 <= plot.width for shape in fills)


WORDS = {"supply": "供给", "demand": "需求", "environment": "环境"}


def test_a_part_of_nothing_is_not_drawn() -> None:
    plot = stacked([Means("a", "甲", 4, 0, 0, (4, 0, 0))], ["一", "二", "三"], "#19236B", 516, "zh")
    fills = [shape for shape in plot.figure.layout.shapes if shape.fillcolor]
    assert len(fills) == 4, "three in the key, one in the bar"


def test_deadlines_are_counted_by_year(chinese: tuple[str, BeautifulSoup], raw: Raw) -> None:
    city, page = chinese
    due = {row["deadline_id"]: row["due_on"] for row in raw("deadlines")}
    rows = of(raw("commitments"), city)
    dated = [row for row in rows if due.get(row["deadline_id"], "")]
    years = Counter(due[row["deadline_id"]][:4] for row in dated)
    figures = Counter(due[row["deadline_id"]][:4] for row in dated if row["quantifier"] == "figure")
    past = Counter(due[row["deadline_id"]][:4] for row in dated if due[row["deadline_id"]] <= AS_OF)
    section = page.select_one("section.deadlines")
    found = {line.th.get_text().rstrip("年"): line.select("td.num") for line in section.select("tbody tr")}
    assert sorted(found) == sorted(years)
    for year, cells in found.items():
        counts = [int(cell.get_text().replace("–", "0")) for cell in cells]
        assert counts[-3:] == [years[year], figures[year], past[year]]
        assert len(counts) == 3 or sum(counts[:-3]) == years[year], "documents add up"
    assert set(numbers_in(section.h2.get_text())) == {len(dated), sum(past.values())}
    assert numbers_in(text_of(section.select_one(".deck")))[:2] == [len(rows), len(dated)]


def test_bars_of_drafts_are_hollow_in_the_table_of_years(
    chinese: tuple[str, BeautifulSoup], raw: Raw
) -> None:
    """A bar is as long as its count; what a draft sets a date for stands apart, hollow."""
    city, page = chinese
    due = {row["deadline_id"]: row["due_on"][:4] for row in raw("deadlines")}
    dated = [row for row in of(raw("commitments"), city) if due.get(row["deadline_id"], "")]
    counts = Counter((due[row["deadline_id"]], is_draft(raw, row)) for row in dated)
    most = max(Counter(due[row["deadline_id"]] for row in dated).values())
    for line in page.select("section.deadlines tbody tr"):
        year = line.th.get_text().rstrip("年")
        drawn = {
            "hollow" in rod["class"]: float(re.search(r"width:([\d.]+)%", rod["style"])[1])
            for rod in line.select(".bar-cell .rod")
        }
        wanted = {draft: 100 * counts[year, draft] / most for draft in (False, True) if counts[year, draft]}
        assert drawn == pytest.approx(wanted, abs=0.051), year
    assert bool(page.select(".rod.hollow")) == any(is_draft(raw, row) for row in dated)


def test_the_next_figures_stand_before_the_last(book: Book, raw: Raw) -> None:
    """With most of the plan ahead, what comes next is named; where all share a day, none is picked out."""
    section = parsed(CityBriefing(book, "dezhou", "zh", "2023-06-30"), "deadlines")
    assert "接下来到期的数字（2023年底）" in section.get_text()
    assert "接下来" not in parsed(CityBriefing(book, "dezhou", "zh", AS_OF), "deadlines").get_text()
    alone = parsed(CityBriefing(book, "dongying", "zh", AS_OF), "deadlines")
    last = sum(row["due_on"] == "2022-12-31" for row in promised(raw, "dongying"))
    said = prose("zh")["deadlines.one"].format(count=last, due="2022年底")
    assert said in alone.get_text() and not alone.select("ul.named")


# ── beside others ───────────────────────────────────────────────────────────


def test_figures_above_stand_beside_with_the_gap(shown: tuple[str, str, BeautifulSoup], raw: Raw) -> None:
    city, lang, page = shown
    section = page.find(id="above").find_parent("section")
    values = {row["target_id"]: row for row in raw("targets")}
    above = {row["fact_id"]: row for row in raw("outside_targets")}
    table = section.select_one("table.stack")
    assert table, "every city has a figure that compares"
    for line in table.select("tbody tr"):
        here, there = linked(line)
        assert there in above and there.startswith("g-")
        gap = text_of(line.select_one(".derived"))
        if here in values and values[here]["unit_id"] == "percent":
            size = abs(float(values[here]["value_low"]) - float(above[there]["value"]))
            same = {"zh": "相同", "en": "the same"}[lang]
            assert f"{size:g}" in gap if size else same in gap.lower(), (here, gap)
        else:
            assert gap
    folded = section.select("details.folded tbody tr")
    assert folded and all(line.find_all("td")[-1].get_text(strip=True) for line in folded)
    assert {linked(line)[0] for line in folded} <= {*values, *above}


def test_every_target_figure_is_judged_once(shown: tuple[str, str, BeautifulSoup], raw: Raw) -> None:
    city, _, page = shown
    section = page.find(id="attained").find_parent("section")
    told = [linked(line.th)[0] for line in section.select("table tbody tr")]
    told += [linked(line)[0] for line in section.select(".unseen li")]
    own = [row["target_id"] for row in promised(raw, city)]
    same = [
        row["fact_id"]
        for row in raw("outside_targets")
        if row["place_id"] == city and row["confidence"] != "suspect"
    ]
    assert len(told) == len(set(told)) and set(own) <= set(told) <= {*own, *same}
    sought = {row["item_id"] for row in raw("not_found") if row["place_id"] == city and row["date_text"]}
    for row in promised(raw, city):
        if row["indicator_id"] in sought:
            group = section.find("a", href=f"#{row['target_id']}").find_parent("div")
            assert group.select_one("h3 .g-not_found"), row["target_id"]


def test_outcomes_are_headed_by_how_many_targets_they_settle(
    shown: tuple[str, str, BeautifulSoup], raw: Callable[[str], Rows]
) -> None:
    """Those reported elsewhere are told apart; without an outcome that settles, nothing is counted."""
    _, lang, page = shown
    section = page.find(id="attained").find_parent("section")
    told = [linked(line)[0] for line in section.select("tbody th, .unseen li")]
    elsewhere = sum(name.startswith("g-") for name in told)
    decides = prose(lang)["outcomes.decides"]
    settling = [line for line in section.select("tbody tr") if decides in text_of(line)]
    settled = len(settling)
    counts = {"count": len(told), "outside": elsewhere, "known": settled}
    title = prose(lang)["outcomes.title.outside" if elsewhere else "outcomes.title"].format(**counts)
    rested = {linked(line.th)[0] for line in settling}
    rested |= {linked(one)[0] for line in settling for one in line.select(".seen") if decides in text_of(one)}
    facts = {row["fact_id"]: row for table in ("outside_targets", "outcomes") for row in raw(table)}
    unsure = sum(facts.get(name, {}).get("confidence") == "medium" for name in rested)
    if unsure:
        doubts = prose(lang)["doubt.medium"].format(count=unsure)
        title = prose(lang)["doubt.title"].format(title=title, doubts=doubts)
    assert (section.h2.get_text() == title) == bool(settled)
    assert bool(numbers_in(section.h2.get_text())) == bool(settled)


def test_sources_that_contradict_each_other_stand_side_by_side(book: Book) -> None:
    other = REACHED | {"fact_id": "o-dezhou-9002", "value": 71.0, "source_title": "丙"}
    made = CityBriefing(with_outcomes(book, REACHED, other), "dezhou", "zh", AS_OF)
    page = parsed(made, "attained", "elsewhere")
    line = next(row for row in page.select("table.thirds tbody tr") if "t-dezhou-0010" in linked(row.th))
    assert {"o-dezhou-9001", "o-dezhou-9002"} <= set(linked(line.find_all("td")[-1]))
    assert not {"o-dezhou-9001", "o-dezhou-9002"} & {
        name for one in line.select("details") for name in linked(one)
    }
    assert {"o-dezhou-9001", "o-dezhou-9002"} <= {row["id"] for row in page.select("tr.fact")}


# ── two documents ───────────────────────────────────────────────────────────


def test_only_a_city_with_two_documents_has_editions(shown: tuple[str, str, BeautifulSoup], raw: Raw) -> None:
    city, _, page = shown
    assert bool(page.select("section.editions")) == (len(documents(raw, city)) > 1)


def test_pairs_taken_up_are_shown_with_both_sentences(book: Book, raw: Raw) -> None:
    section = page_of(book, "dezhou", "zh").select_one("section.editions")
    words = {row["commitment_id"]: row["action_zh"] for row in raw("commitments")}
    topics = {row["commitment_id"]: row["topic_id"] for row in raw("commitments")}
    names = {row["topic_id"]: row["name_zh"] for row in raw("topics")}
    shown = Counter(
        (group.summary.find(string=True).strip(), *(clause.get_text() for clause in line.select(".clause")))
        for group in section.select("details.folded")
        for line in group.select("tbody tr")
    )
    assert shown == Counter(
        (names[topics[row["later_id"]]], words[row["earlier_id"]], words[row["later_id"]])
        for row in raw("continuations")
    )
    notes = [text_of(note) for note in section.select(".pairs .why")]
    assert Counter(notes) == Counter(row["note"] for row in raw("continuations") if row["note"])


def test_commitments_taken_up_are_counted_by_topic(book: Book, raw: Raw) -> None:
    section = page_of(book, "dezhou", "zh").select_one("section.editions")
    rows = {row["commitment_id"]: row for row in raw("commitments")}

    def clauses(ids: Iterable[str]) -> set[tuple[str, str]]:
        return {(rows[name]["source_id"], rows[name]["action_zh"]) for name in ids}

    earlier = clauses(name for name, row in rows.items() if row["source_id"] == "dezhou-2020")
    taken = clauses(row["earlier_id"] for row in raw("continuations"))
    title = prose("zh")["editions.title"].format(
        first=called(raw, "dezhou-2020", "zh"),
        second=called(raw, "dezhou-2023", "zh"),
        earlier=len(earlier),
        taken=len(taken),
    )
    assert section.h2.get_text() == title
    lines = section.select(".scroll tbody tr")
    assert sum(int(line.select("td")[0].get_text().replace("–", "0")) for line in lines) == len(earlier)
    assert sum(int(line.select("td")[1].get_text().replace("–", "0")) for line in lines) == len(taken)


def test_every_indicator_of_either_document_is_followed(book: Book, raw: Raw) -> None:
    section = page_of(book, "dezhou", "zh").select_one("section.editions")
    names = {row["indicator_id"]: row["name_zh"] for row in raw("indicators")}
    said = {row["indicator_id"] for row in promised(raw, "dezhou")}
    spoken = [row for row in of(raw("mentions"), "dezhou") if row["class"] == "unquantified"]
    said |= {row["indicator_id"] for row in spoken}
    heads = [line.th.get_text() for line in section.select_one("table.stack").select("tbody tr")]
    assert sorted(heads) == sorted(names[name] for name in said)


# ── who leads ───────────────────────────────────────────────────────────────


def test_leaders_are_counted_where_they_are_named(shown: tuple[str, str, BeautifulSoup], raw: Raw) -> None:
    city, lang, page = shown
    leads = {row["task_id"]: [one for one in row["lead_ids"].split(";") if one] for row in raw("tasks")}
    agency = {row["name_zh"]: row["agency_id"] for row in raw("agencies") if row["place_id"] == city}
    names = {row["agency_id"]: row[f"name_{lang}"] for row in raw("agencies")}
    counts: Counter[str] = Counter()
    for row in of(raw("commitments"), city):
        if row["task_id"]:
            counts.update(leads[row["task_id"]])
            continue
        for entry in of(raw("ledger"), city):
            inside = int(entry["start"]) <= int(row["start"]) and int(row["end"]) <= int(entry["end"])
            if inside and entry["source_id"] == row["source_id"]:
                counts.update([agency[entry["unit_zh"]]])
    section = page.select_one("section.agencies")
    found = [
        (line.th.get_text(), int(line.select("td")[-1].get_text())) for line in section.select("tbody tr")
    ]
    assert Counter(found) == Counter((names[name], count) for name, count in counts.items())
    assert [count for _, count in found] == sorted((count for _, count in found), reverse=True)
    if not counts:
        assert not section.select("table, p.deck") and section.h2.get_text()


def test_a_unit_of_the_ledger_that_is_no_agency_keeps_its_printed_name(book: Book) -> None:
    agencies = book.agencies[book.agencies["agency_id"] != "dezhou-audit"]
    ledger = book.ledger.assign(unit_zh=book.ledger["unit_zh"].replace("市委政法委", "市委政法委员会"))
    broken = replace(book, agencies=agencies, ledger=ledger)
    found = led(broken, book.commitments[book.commitments["source_id"] == "dezhou-2020"])
    assert "市委政法委员会" in set(found["agency_ids"].explode())


def test_the_door_offers_it(root: Path) -> None:
    import compare as cp

    assert (
        cp.CityBriefing is CityBriefing and (root / "notebooks" / f"{CityBriefing.notebook}.ipynb").is_file()
    )
