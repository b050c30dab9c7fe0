"""What a topic's page finds: titles, standfirsts and pairs, true to the data as the bare CSV has them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

import pytest

from compare import sections
from compare.sections.findings import finding
from compare.tables.book import Book
from compare.words.text import plain

from .telling import LANGUAGES, TOPICS, Row, read_prose, read_rows
from .topics import behind, frames, groups, lead, led, standfirst

Promised = Callable[[str], list[Row]]
EVERY = pytest.mark.parametrize("topic", TOPICS)
BOTH = pytest.mark.parametrize("lang", LANGUAGES)


def prose(lang: str) -> dict[str, str]:
    return read_prose("topic_comparison", lang)


def listed(said: str, sentence: str) -> list[str]:
    """Return the names with which a text says a sentence of the prose file, none where it does not."""
    before, _, behind = sentence.partition("{cities}")
    found = re.search(rf"{re.escape(before)}([^。.]*){re.escape(behind)}", said)
    return re.split(r"、|和|, and | and |, ", found[1]) if found else []


def acts(row: Row) -> set[str]:
    """Return what a row says is done with what it counts: one act, or two of the same things."""
    return {row["act"], row["also_act"]} - {""}


def unlike(left: Row, right: Row) -> dict[str, bool]:
    """Return in what two promises of one indicator differ, by the noun that says it."""
    scopes = [row["scope_zh"].replace("全市", "") for row in (left, right)]
    return {
        "act": not acts(left) & acts(right),
        "year": left["due_on"][:4] != right["due_on"][:4],
        "unit": left["unit_id"] != right["unit_id"],
        "basis": left["basis"] != right["basis"] or left["basis"] == "ambiguous",
        "denominator": left["denominator_zh"] != right["denominator_zh"],
        "scope": scopes[0] != scopes[1],
        "recurrence": left["recurrence"] != right["recurrence"],
    }


def reported(topic: str) -> list[Row]:
    """Return what others report that cities with documents shall reach on a topic, in the form of targets."""
    here = {row["place_id"] for row in read_rows("sources") if row["path"]}
    topics = {row["indicator_id"]: row["topic_id"] for row in read_rows("indicators")}
    return [
        row | {"city_id": row["place_id"], "due_on": row["date_on"], "recurrence": ""}
        for row in read_rows("outside_targets")
        if row["place_id"] in here and topics.get(row["indicator_id"]) == topic
    ]


def pairs_of(rows: list[Row]) -> list[tuple[Row, Row]]:
    """Return the promises on one indicator by two cities, in pairs."""
    return [
        (left, right)
        for left, right in combinations(rows, 2)
        if left["city_id"] != right["city_id"] and left["indicator_id"] == right["indicator_id"]
    ]


@EVERY
@BOTH
def test_titles_give_a_value_that_the_tables_hold(topic: str, lang: str, book: Book) -> None:
    """And every figure of the finding in it, with its city and its year; nothing that only says no."""
    held = frames(book, topic)
    found, said = finding(held["figures"], held["order"]), plain(lead(held, lang).title)
    assert found is not None
    names = {row["place_id"]: row[f"name_{lang}"] for row in read_rows("places")}
    tables = {row["target_id"]: row for row in read_rows("targets")}
    tables |= {row["fact_id"]: row for row in read_rows("outside_targets")}
    for row in found.rows:
        bare = tables[row["row_id"]]
        low = bare.get("value_low") or bare.get("value_high") or bare["value"]
        number = float(low)
        written = f"{number / 10000:g}万" if lang == "zh" and number >= 10000 else f"{number:,g}"
        assert names[row["place_id"]] in said
        assert (written if lang == "en" else written.replace(",", "")) in said
        assert (bare.get("due_on") or bare["date_on"])[:4] in said
    doubtful = any(tables[row["row_id"]].get("confidence") == "medium" for row in found.rows)
    assert (read_prose("common", lang)["finding.draft"] in said) == any(
        row["status"] == "draft" for row in found.rows
    )
    assert doubtful == ({"zh": "可信度中等", "en": "medium confidence"}[lang] in said)


# ── standfirsts ─────────────────────────────────────────────────────────────


@EVERY
@BOTH
def test_a_standfirst_gives_few_figures_and_a_caution(
    topic: str, lang: str, book: Book, promised: Promised
) -> None:
    said = standfirst(frames(book, topic), lang)
    given = led(said)
    assert 1 <= len(given) == len(set(given)) <= 6
    assert set(given) <= {row["target_id"] for row in promised(topic)}
    caution = {"zh": ("不能排名", "只能各自来看"), "en": ("cannot be ranked", "stands on its own")}[lang]
    # The figures of one city alone tempt nobody to rank.
    alone = len({row["city_id"] for row in promised(topic)}) == 1
    assert alone or any(words in plain(said) for words in caution)


@EVERY
@BOTH
def test_cities_whose_figures_the_standfirst_leaves_out_are_named(
    topic: str, lang: str, book: Book, promised: Promised
) -> None:
    """They have numbers on the topic, but none for an indicator that the standfirst speaks of."""
    said, rows = standfirst(frames(book, topic), lang), promised(topic)
    names = {row["place_id"]: row[f"name_{lang}"] for row in read_rows("places")}
    spoken = [row for row in rows if row["target_id"] in led(said)]
    others = {row["city_id"] for row in rows} - {row["city_id"] for row in spoken}
    assert set(listed(plain(said), prose(lang)["caution.others"])) == {names[city] for city in others}
    elsewhere = {row["indicator_id"] for row in rows if row["city_id"] in others}
    assert not elsewhere & {row["indicator_id"] for row in spoken}


@EVERY
@BOTH
def test_the_caution_names_what_differs(topic: str, lang: str, book: Book, promised: Promised) -> None:
    """Between figures that the standfirst gives, and no others of the topic."""
    said = standfirst(frames(book, topic), lang)
    given = [row for row in promised(topic) if row["target_id"] in led(said)]
    differs = {noun for pair in pairs_of(given) for noun, is_so in unlike(*pair).items() if is_so}
    sentence = prose(lang)["caution.differ"].replace("{differences}", "{cities}")
    told = listed(plain(said), sentence)
    assert set(told) == {prose(lang)[f"difference.{noun}"] for noun in differs}


# ── pairs ───────────────────────────────────────────────────────────────────


@EVERY
def test_every_promise_is_graded_or_stands_alone(topic: str, book: Book, promised: Promised) -> None:
    told = groups(frames(book, topic))
    shown = {row for key in told if key != "words" for item in told[key] for row in led(item)}
    assert shown == {row["target_id"] for row in promised(topic)}


@EVERY
def test_whatever_is_said_of_a_headline_indicator_without_a_number_is_told(
    topic: str, book: Book, promised: Promised
) -> None:
    """Whichever years its document covers."""
    headline = {
        row["indicator_id"]: row["topic_id"] for row in read_rows("indicators") if row["headline"] == "yes"
    }
    numbered = {(row["city_id"], row["indicator_id"]) for row in promised(topic)}
    valued = {(row["source_id"], row["indicator_id"]) for row in read_rows("targets")}
    said: dict[tuple[str, str], set[str]] = {}
    for row in read_rows("mentions"):
        key = (row["city_id"], row["indicator_id"])
        own = row["class"] == "unquantified" and headline.get(row["indicator_id"]) == topic
        if own and key not in numbered and (row["source_id"], row["indicator_id"]) not in valued:
            said.setdefault(key, set()).add(row["quote"])
    quotes = {row["mention_id"]: (row["city_id"], row["quote"]) for row in read_rows("mentions")}
    items = groups(frames(book, topic)).get("words", [])
    told = {quotes[run.row] for item in items for run in item if run.look == "quote"}
    assert all(any((city, quote) in told for quote in held) for (city, _), held in said.items())
    assert told <= {(city, quote) for (city, _), held in said.items() for quote in held}


@EVERY
def test_an_act_that_no_name_says_stands_beside_the_value(topic: str, book: Book) -> None:
    held = frames(book, topic)
    done = dict(zip(held["figures"]["row_id"], held["figures"]["done_en"], strict=True))
    items = [item for key, group in groups(held, "en").items() if key != "words" for item in group]
    for words in (standfirst(held, "en"), *items):
        for row_id, said in behind(words):
            assert said.strip().startswith(done[row_id]), row_id


# ── headings ────────────────────────────────────────────────────────────────


@EVERY
@BOTH
def test_the_table_is_headed_by_the_rows_that_cities_share(topic: str, lang: str, book: Book) -> None:
    """A row is one indicator and one due year, or one interval; what is reached already is not counted."""
    cities: dict[tuple[str, str], set[str]] = {}
    topic_of = {row["indicator_id"]: row["topic_id"] for row in read_rows("indicators")}
    for row in read_rows("targets"):
        if topic_of[row["indicator_id"]] == topic and row["kind"] == "target":
            key = (row["indicator_id"], row["due_on"][:4] or row["recurrence"])
            cities.setdefault(key, set()).add(row["city_id"])
    for row in reported(topic):
        cities.setdefault((row["indicator_id"], row["due_on"][:4]), set()).add(row["city_id"])
    shared = sum(len(held) > 1 for held in cities.values())
    sentence = prose(lang)["table.title" if shared else "table.title.none"]
    held = frames(book, topic)
    made = sections.table(
        *(held[name] for name in ("cells", "figures", "cities", "documents", "tally")), lang
    )
    assert plain(made.title) == sentence.format(rows=len(cities), shared=shared)


@EVERY
@BOTH
def test_values_are_headed_by_whether_cities_share_an_indicator(
    topic: str, lang: str, book: Book, promised: Promised
) -> None:
    pairs, held = pairs_of([*promised(topic), *reported(topic)]), frames(book, topic)
    said = plain(sections.values(held["figures"], held["pairs"], lang=lang).title)
    if not pairs:
        alone = len({row["city_id"] for row in [*promised(topic), *reported(topic)]}) < 2
        assert said == ("" if alone else prose(lang)["values.title.none"])
        return
    if not all(any(unlike(*pair).values()) for pair in pairs):
        assert said == prose(lang)["values.title.like"]
        return
    for noun in unlike(*pairs[0]):
        expected = any(unlike(*pair)[noun] for pair in pairs)
        assert (prose(lang)[f"difference.{noun}"] in said) == expected, noun
