"""Titles and standfirsts: true to the data as the bare CSV has them, and to data made up for the purpose."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from compare.briefings.topic.briefing import TopicBriefing
from compare.briefings.topic.findings import grouped_pairs, standfirst, title
from compare.build.plan import plan
from compare.sections import comparability, topic_lead
from compare.sections.section import runs
from compare.tables.book import Book
from compare.words.named import cities, documents, figures

PLANNED = plan(Path(__file__).parents[2])
TOPICS = tuple(dict.fromkeys(str(one.parameters["topic"]) for one in PLANNED if "topic" in one.parameters))
AS_OF = "2026-11-21"
NAMES = {"zh": ("零", "一", "两", "三", "四"), "en": ("No", "One", "Two", "Three", "Four")}
Rows = list[dict[str, str]]


@cache
def prose(lang: str) -> dict[str, str]:
    """Return the sentences of the prose file by name, read past the code under test."""
    path = Path(__file__).parents[2] / "notebooks" / "text" / f"topic_comparison.{lang}.md"
    found = re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", path.read_text(encoding="utf-8"), re.M | re.S)
    return {name: words.strip() for name, words in found}


def listed(said: str, sentence: str) -> list[str]:
    """Return the names with which a text says a sentence of the prose file, none where it does not."""
    before, _, after = sentence.partition("{cities}")
    found = re.search(rf"{re.escape(before)}([^。.]*){re.escape(after)}", said)
    return re.split(r"、|和|, and | and |, ", found[1]) if found else []


def alike(left: dict[str, str], right: dict[str, str]) -> bool:
    """Return whether two promises compare, by the rule as the method section words it."""
    same = ("indicator_id", "unit_id", "basis", "denominator_zh", "recurrence")
    scopes = [row["scope_zh"].replace("全市", "") for row in (left, right)]
    return (
        left["city_id"] != right["city_id"]
        and left["basis"] != "ambiguous"
        and scopes[0] == scopes[1]
        and left["due_on"][:4] == right["due_on"][:4]
        and all(left[name] == right[name] for name in same)
    )


@pytest.mark.parametrize("topic", TOPICS)
def test_titles_are_true(
    topic: str, brief: Callable[..., TopicBriefing], promised: Callable[[str], Rows]
) -> None:
    rows = promised(topic)
    cities = len({row["city_id"] for row in rows})
    shared = pairs_of(rows)
    assert not any(alike(*pair) for pair in shared), "two promises compare: titles must say so from now on"
    zh, en = title(brief(topic, "zh")), title(brief(topic, "en"))
    assert zh.startswith(f"{NAMES['zh'][cities]}市文件{'都' if cities == 4 and shared else ''}有")
    number = NAMES["en"][cities]
    assert en.startswith(f"All {number.lower()} cities" if cities == 4 and shared else f"{number} cities")
    assert ("没有两个可直接相比" in zh, "no two compare directly" in en) == (bool(shared), bool(shared))
    assert ("说的却不是同一件事" in zh, "but to different things" in en) == (not shared, not shared)


def pairs_of(rows: Rows) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Return the promises on one indicator by two cities, in pairs."""
    return [
        (left, right)
        for left, right in combinations(rows, 2)
        if left["city_id"] != right["city_id"] and left["indicator_id"] == right["indicator_id"]
    ]


@pytest.mark.parametrize("name", [one.name for one in PLANNED])
def test_titles_are_short(name: str, briefing: Callable[[str], TopicBriefing]) -> None:
    """A title is a finding that fits on two lines of a phone, on every page."""
    said = heading(briefing(name))
    if name.endswith(".zh"):
        finding, _, doubts = said.partition("（")
        assert len(finding) <= 26 and len(doubts) <= 18 and not said.endswith("。"), said
    else:
        assert len(said.split()) <= 14 and not said.endswith("."), said
        assert said[0].isupper() or said[0].isdigit(), said


def heading(brief: TopicBriefing) -> str:
    """Return the words of the heading of a page."""
    [said] = re.findall(r"<h1>(.*?)</h1>", brief.lead().html)
    return unescape(said)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_two_pages_bear_the_same_title(lang: str, briefing: Callable[[str], TopicBriefing]) -> None:
    said = [heading(briefing(one.name)) for one in PLANNED if one.lang == lang]
    assert len(set(said)) == len(said)


def altered(book: Book, changes: dict[str, dict[str, Any]], without: tuple[str, ...] = ()) -> Book:
    """Return the book with cells of some targets changed and all targets of some cities left out."""
    targets = book.targets[~book.targets["city_id"].isin(without)].copy()
    for name, cells in changes.items():
        for column, value in cells.items():
            targets.loc[targets["target_id"] == name, column] = value
    return replace(book, targets=targets)


def of(book: Book, topic: str, lang: str) -> TopicBriefing:
    return TopicBriefing(book, topic, lang, AS_OF, book.cities)


YEAR_END = {"due_on": pd.Timestamp("2022-12-31"), "due_precision": "year"}
ONE_LIKE = {"t-qingdao-0002": YEAR_END}
TWO_LIKE = ONE_LIKE | {
    "t-dezhou-0010": YEAR_END,
    "t-dongying-0006": {"comparator": "ge"},
}


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        (
            ONE_LIKE,
            "智慧社区：有一对承诺可以直接相比",
            "Smart communities: one pair of targets compares directly",
        ),
        (
            TWO_LIKE,
            "智慧社区：有两对承诺可以直接相比",
            "Smart communities: two pairs of targets compare directly",
        ),
    ],
    ids=["one pair", "two pairs"],
)
def test_pairs_that_compare_head_the_page(book: Book, changes: dict[str, Any], zh: str, en: str) -> None:
    made = altered(book, changes)
    assert (title(of(made, "smart_community", "zh")), title(of(made, "smart_community", "en"))) == (zh, en)
    # With something to compare, the caution that nothing compares must go.
    assert "不能排名" not in standfirst(of(made, "smart_community", "zh"))
    for lang in ("zh", "en"):
        assert headed(of(made, "smart_community", lang).values().html) == prose(lang)["values.title.like"]
    groups = {group["key"]: group for group in grouped_pairs(of(made, "smart_community", "zh"))}
    assert len(groups["like"]["pairs"]) == len(changes) // 2 + 1


def test_only_the_year_sets_a_pair_apart(book: Book) -> None:
    made = of(altered(book, {}), "smart_community", "zh")
    years = [group for group in grouped_pairs(made) if group["key"] == "different_year"]
    named = {frozenset((pair["left"]["id"], pair["right"]["id"])) for pair in years[0]["pairs"]}
    assert named == {
        frozenset(("t-qingdao-0002", "t-dongying-0005")),
        frozenset(("t-dongying-0006", "t-dezhou-0010")),
    }


@pytest.mark.parametrize(
    ("without", "zh", "en"),
    [
        (
            ("jinan",),
            "三市文件有智慧社区的数字，没有两个可直接相比",
            "Three cities put numbers to smart communities; no two compare directly",
        ),
        (
            ("jinan", "qingdao", "dongying"),
            "智慧社区：只有一市写下数字",
            "Smart communities: only one city puts numbers to it",
        ),
        (
            ("jinan", "qingdao", "dongying", "dezhou"),
            "智慧社区：各市的文件里都没有数字",
            "Smart communities: no city puts a number to it",
        ),
    ],
    ids=["one city without", "one city with", "no city with"],
)
def test_cities_without_a_number_are_named(book: Book, without: tuple[str, ...], zh: str, en: str) -> None:
    made = altered(book, {}, without)
    assert (title(of(made, "smart_community", "zh")), title(of(made, "smart_community", "en"))) == (zh, en)
    for lang in ("zh", "en"):
        brief = of(made, "smart_community", lang)
        said = BeautifulSoup(standfirst(brief), "html.parser")
        held = {city: sum(row["city_id"] == city and row["topic_id"] == "smart_community"
                          for row in book.records("commitments")) for city in without}  # fmt: skip
        # Each has commitments on the topic, so each is told to say it in words, with their number.
        told = {brief.place(city): prose(lang)["caution.count"].format(count=held[city]) for city in without}
        links = said.select('a[href^="sources/"]')
        assert [one.get_text() for one in links] == [told[brief.place(city)] for city in book.cities
                                                     if city in without]  # fmt: skip
        assert all(f"{name} ({count})" in said.get_text() or f"{name}（{count}）" in said.get_text()
                   for name, count in told.items())  # fmt: skip


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_standfirst_gives_few_figures_and_a_caution(
    topic: str, lang: str, brief: Callable[..., TopicBriefing], promised: Callable[[str], Rows]
) -> None:
    said = str(standfirst(brief(topic, lang)))
    linked = {row["target_id"] for row in promised(topic) if f'href="#{row["target_id"]}"' in said}
    assert 2 <= said.count('<a class="v"') == len(linked) <= 5
    caution = {"zh": ("不能排名", "只能各自来看"), "en": ("cannot be ranked", "stands on its own")}[lang]
    assert any(words in said for words in caution)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_cities_whose_figures_the_standfirst_leaves_out_are_named(
    topic: str,
    lang: str,
    brief: Callable[..., TopicBriefing],
    promised: Callable[[str], Rows],
    raw: Callable[[str], Rows],
) -> None:
    """They have numbers on the topic, but none for an indicator that the standfirst speaks of."""
    said, rows = str(standfirst(brief(topic, lang))), promised(topic)
    names = {row["place_id"]: row[f"name_{lang}"] for row in raw("places")}
    spoken = [row for row in rows if f'href="#{row["target_id"]}"' in said]
    others = {row["city_id"] for row in rows} - {row["city_id"] for row in spoken}
    assert set(listed(said, prose(lang)["caution.others"])) == {names[city] for city in others}
    elsewhere = {row["indicator_id"] for row in rows if row["city_id"] in others}
    assert not elsewhere & {row["indicator_id"] for row in spoken}


def acts(row: dict[str, str]) -> set[str]:
    """Return what a row says is done with what it counts: one act, or two of the same things."""
    return {row["act"], row["also_act"]} - {""}


@pytest.mark.parametrize("topic", TOPICS)
def test_the_caution_names_what_differs(
    topic: str, brief: Callable[..., TopicBriefing], promised: Callable[[str], Rows]
) -> None:
    """Between figures that the standfirst gives, and no others of the topic."""
    said = str(standfirst(brief(topic, "en")))
    given = [row for row in promised(topic) if f'href="#{row["target_id"]}"' in said]
    differs = {
        name
        for left, right in pairs_of(given)
        for name, unlike in {
            "act": not acts(left) & acts(right),
            "due year": left["due_on"][:4] != right["due_on"][:4],
            "unit": left["unit_id"] != right["unit_id"],
            "basis": left["basis"] != right["basis"] or left["basis"] == "ambiguous",
            "denominator": left["denominator_zh"] != right["denominator_zh"],
            "scope": left["scope_zh"].replace("全市", "") != right["scope_zh"].replace("全市", ""),
            "period": left["recurrence"] != right["recurrence"],
        }.items()
        if unlike
    }
    told = said.partition("The documents’ figures differ in ")[2].partition(" and cannot be ranked")[0]
    assert set(filter(None, told.replace(" and ", ", ").split(", "))) == differs


@pytest.mark.parametrize("topic", TOPICS)
def test_every_promise_is_graded_or_stands_alone(
    topic: str, brief: Callable[..., TopicBriefing], promised: Callable[[str], Rows]
) -> None:
    shown: set[str] = set()
    for group in grouped_pairs(brief(topic)):
        shown |= {pair[side]["id"] for pair in group.get("pairs", ()) for side in ("left", "right")}
        shown |= {figure["id"] for figure in group.get("figures", ()) if group["key"] == "alone"}
    assert shown == {row["target_id"] for row in promised(topic)}


@pytest.mark.parametrize("topic", TOPICS)
def test_whatever_is_said_of_a_headline_indicator_without_a_number_is_told(
    topic: str, brief: Callable[..., TopicBriefing], promised: Callable[[str], Rows],
    raw: Callable[[str], Rows],
) -> None:  # fmt: skip
    """Whichever years its document covers: by the page of today and by the section made of frames."""
    headline = {row["indicator_id"]: row["topic_id"] for row in raw("indicators") if row["headline"] == "yes"}
    numbered = {(row["city_id"], row["indicator_id"]) for row in promised(topic)}
    valued = {(row["source_id"], row["indicator_id"]) for row in raw("targets")}
    said: dict[tuple[str, str], set[str]] = {}
    for row in raw("mentions"):
        key = (row["city_id"], row["indicator_id"])
        own = row["class"] == "unquantified" and headline.get(row["indicator_id"]) == topic
        if own and key not in numbered and (row["source_id"], row["indicator_id"]) not in valued:
            said.setdefault(key, set()).add(row["quote"])
    page = brief(topic)
    groups = {group["key"]: group for group in grouped_pairs(page)}
    told = {(one["city"], one["quote"]) for one in groups.get("words", {"figures": []})["figures"]}
    assert all(any((city, quote) in told for quote in quotes) for (city, _), quotes in said.items())
    assert told <= {(city, quote) for (city, _), quotes in said.items() for quote in quotes}
    words = plain_of(comparability(figures(page.book, topic), page.pairs))
    assert all(any(quote in words for quote in quotes) for quotes in said.values())


def plain_of(part: Any) -> str:
    """Return the words of a section, its blocks and items."""
    return "".join(run.text for run in runs(part))


def test_topics_without_a_table_row_of_words_tell_their_words(brief: Callable[..., TopicBriefing]) -> None:
    assert all("words" in {group["key"] for group in grouped_pairs(brief(topic))}
               for topic in ("gov_office", "digital_economy"))  # fmt: skip


@pytest.mark.parametrize("topic", TOPICS)
def test_an_act_that_no_name_says_stands_beside_the_value(
    topic: str, brief: Callable[..., TopicBriefing]
) -> None:
    page = brief(topic, "en")
    for html in (str(standfirst(page)), page.comparability().html):
        parsed = BeautifulSoup(html, "html.parser")
        for link in parsed.select('a.v[href^="#t-"]'):
            done = page.figure(link["href"][1:])["done"]
            assert str(link.next_sibling or "").strip().startswith(done), link["href"]


def test_twelve_thematic_databases_are_begun(brief: Callable[..., TopicBriefing]) -> None:
    """And not in a name that says built or recognised already."""
    page = brief("open_data", "en")
    assert "12</a> begun" in str(standfirst(page))
    assert "启动<a" in str(standfirst(brief("open_data", "zh")))
    lead = topic_lead(
        figures(page.book, "open_data"), page.pairs, cities(page.book, "open_data"),
        documents(page.book, "open_data"), "en",
    )  # fmt: skip
    assert "12 begun" in plain_of(lead)
    assert brief("digital_economy", "en").figure("t-dongying-0021")["done"] == "", "platforms recognised"


# ── headings ────────────────────────────────────────────────────────────────


def headed(html: str) -> str:
    """Return the words of the heading of a section."""
    [said] = re.findall(r"<h2[^>]*>(.*?)</h2>", html)
    return unescape(said)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_is_headed_by_the_rows_that_cities_share(
    topic: str, lang: str, brief: Callable[..., TopicBriefing], raw: Callable[[str], Rows]
) -> None:
    """A row is one indicator and one due year, or one interval; what is reached already is not counted."""
    cities: dict[tuple[str, str], set[str]] = {}
    topic_of = {row["indicator_id"]: row["topic_id"] for row in raw("indicators")}
    rows = [row for row in raw("targets") if topic_of[row["indicator_id"]] == topic]
    for row in (row for row in rows if row["kind"] == "target"):
        key = (row["indicator_id"], row["due_on"][:4] or row["recurrence"])
        cities.setdefault(key, set()).add(row["city_id"])
    shared = sum(len(held) > 1 for held in cities.values())
    sentence = prose(lang)["table.title" if shared else "table.title.none"]
    assert headed(brief(topic, lang).table().html) == sentence.format(rows=len(cities), shared=shared)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_values_are_headed_by_whether_cities_share_an_indicator(
    topic: str, lang: str, brief: Callable[..., TopicBriefing], promised: Callable[[str], Rows]
) -> None:
    pairs = pairs_of(promised(topic))
    said = headed(brief(topic, lang).values().html)
    if not pairs:
        assert said == prose(lang)["values.title.none"]
        return
    unlike = {
        "act": lambda left, right: not acts(left) & acts(right),
        "year": lambda left, right: left["due_on"][:4] != right["due_on"][:4],
        "unit": lambda left, right: left["unit_id"] != right["unit_id"],
        "basis": lambda left, right: left["basis"] != right["basis"] or left["basis"] == "ambiguous",
        "denominator": lambda left, right: left["denominator_zh"] != right["denominator_zh"],
        "scope": lambda left, right: (
            left["scope_zh"].replace("全市", "") != right["scope_zh"].replace("全市", "")
        ),
        "recurrence": lambda left, right: left["recurrence"] != right["recurrence"],
    }
    for noun, differs in unlike.items():
        expected = any(differs(left, right) for left, right in pairs)
        assert (prose(lang)[f"difference.{noun}"] in said) == expected, noun
