"""What each document says of each indicator, told again straight from the CSV files."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import opencc
import pandas as pd
import pytest

from compare.analysis.coverage import COLUMNS, STATES, coverage
from compare.errors import UnknownName
from compare.tables.book import Book

CURATED = Path(__file__).resolve().parents[2] / "data" / "curated"


def rows_in(pattern: str) -> Iterator[dict[str, str]]:
    for path in sorted(CURATED.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


SOURCES = list(rows_in("sources.csv"))
INDICATORS = list(rows_in("indicators.csv"))
TARGETS = list(rows_in("*/targets.csv"))
MENTIONS = list(rows_in("*/mentions.csv"))
APART = {(row["source_id"], row["indicator_id"]) for row in rows_in("not_applicable.csv")}


def state_of(source: dict[str, str], indicator: dict[str, str]) -> str:
    """Return the state by the files alone."""
    key = (source["source_id"], indicator["indicator_id"])
    if key in APART:
        return "not_applicable"
    if source["status"] == "not_obtained":
        return "not_obtained"
    if indicator["topic_id"] not in source["coded_topics"].split(";"):
        return "not_coded"
    kinds = {row["kind"] for row in TARGETS if (row["source_id"], row["indicator_id"]) == key}
    classes = {row["class"] for row in MENTIONS if (row["source_id"], row["indicator_id"]) == key}
    if "target" in kinds:
        return "quantified"
    return "status_only" if "status" in kinds else "unquantified" if "unquantified" in classes else "silent"


@pytest.mark.parametrize("headline", [True, False])
def test_every_document_has_one_row_for_every_indicator(book: Book, headline: bool) -> None:
    told = {(source["place_id"], source["source_id"], indicator["indicator_id"]): state_of(source, indicator)
            for source in SOURCES if source["place_id"] in book.cities
            for indicator in INDICATORS if indicator["headline"] == "yes" or not headline}  # fmt: skip
    made = coverage(book, headline=headline)
    assert list(made.columns) == COLUMNS
    keys = list(zip(made["city_id"], made["source_id"], made["indicator_id"], strict=True))
    assert len(keys) == len(set(keys))
    assert dict(zip(keys, made["state"], strict=True)) == told
    assert set(made["state"]) <= set(STATES)


def test_every_city_keeps_its_rows_and_cities_stand_in_order(book: Book) -> None:
    made = coverage(book)
    assert list(dict.fromkeys(made["city_id"])) == book.cities
    headline = {row["indicator_id"] for row in INDICATORS if row["headline"] == "yes"}
    for city in book.cities:
        assert set(made.loc[made["city_id"] == city, "indicator_id"]) == headline


def test_documents_known_but_not_at_hand_are_shown(book: Book) -> None:
    missing = [row for row in SOURCES if row["status"] == "not_obtained" and row["place_id"] in book.cities]
    made = coverage(book)
    for source in missing:
        rows = made[made["source_id"] == source["source_id"]]
        assert set(rows["state"]) == {"not_obtained"} and rows["hits"].isna().all()
        assert set(rows["evidence"]) == {source["note"]}


SIMPLIFIED = opencc.OpenCC("t2s")


@cache
def clauses(body: str) -> list[str]:
    """Return the clauses of a body, folded by another path than the library's."""
    plain = SIMPLIFIED.convert(body).lower()
    return ["".join(clause.split()) for clause in re.split(r"[,，;；。\n!！?？]", plain)]


def holds(clause: str, word: str) -> bool:
    return all(part in clause for part in word.split("+"))


def test_a_silence_has_no_hit_outside_explained_words(book: Book) -> None:
    """Searched by another path: clause by clause in the text without the explained quotes."""
    checked = 0
    for row in coverage(book, headline=False).query("state == 'silent'").to_dict("records"):
        body = book.documents[row["source_id"]].reading.text
        for mention in MENTIONS:
            if (mention["source_id"], mention["indicator_id"]) == (row["source_id"], row["indicator_id"]):
                assert mention["class"] != "unquantified"
                body = body.replace(mention["quote"], "。")
        parts = clauses(body)
        for word in row["keywords_zh"].split(";"):
            assert not [part for part in parts if holds(part, word)], (row["source_id"], word)
            checked += 1
    assert checked > 1000


def test_the_evidence_is_the_rows_own_words(book: Book) -> None:
    told = {row["target_id"]: row for row in TARGETS} | {row["mention_id"]: row for row in MENTIONS}
    for row in coverage(book, headline=False).to_dict("records"):
        if row["state"] in ("quantified", "status_only", "unquantified"):
            evidence = told[row["evidence_id"]]
            assert (evidence["source_id"], evidence["indicator_id"]) == (
                row["source_id"],
                row["indicator_id"],
            )
            assert evidence["quote"] == row["evidence"]
            assert not evidence.get("restates_target_id")
        else:
            assert pd.isna(row["evidence_id"])


def test_hits_are_counted_where_a_body_was_searched(book: Book) -> None:
    made = coverage(book, headline=False)
    searched = made["state"].isin(["quantified", "status_only", "unquantified", "silent"])
    assert made.loc[searched, "hits"].notna().all() and made.loc[~searched, "hits"].isna().all()
    counted = 0
    for row in made[searched].to_dict("records"):
        words = row["keywords_zh"].split(";")
        # Marks between quotation marks or brackets part no clause of the library's, but they do here.
        parts = clauses(book.documents[row["source_id"]].reading.text)
        hit = any(holds(part, word) for word in words for part in parts)
        assert row["hits"] > 0 or not hit, (row["source_id"], row["indicator_id"])
        if not any("+" in word for word in words):
            assert row["hits"] <= sum("".join(parts).count(word) for word in words)
            counted += row["hits"]
    assert counted > 50


def test_a_topic_and_cities_can_be_chosen(book: Book) -> None:
    mine = {
        row["indicator_id"]
        for row in INDICATORS
        if row["topic_id"] == "open_data" and row["headline"] == "yes"
    }
    made = coverage(book, topic="open_data", city=["dezhou", "jinan"])
    assert set(made["indicator_id"]) == mine and list(dict.fromkeys(made["city_id"])) == ["dezhou", "jinan"]
    assert set(coverage(book, city="dezhou")["city_id"]) == {"dezhou"}


@pytest.mark.parametrize(
    ("asked", "words", "reason"),
    [
        ({"topic": "opendata"}, 'There is no topic "opendata"; did you mean open_data?', "a topic misspelt"),
        ({"city": ["jinan", "dezho"]}, 'There is no city "dezho"; did you mean dezhou?', "a city misspelt"),
        ({"city": "dezho"}, 'There is no city "dezho"; did you mean dezhou?', "one city misspelt"),
    ],
)
def test_unknown_names_are_refused_instead_of_answered_with_nothing(
    book: Book, asked: dict[str, str], words: str, reason: str
) -> None:
    with pytest.raises(UnknownName) as told:
        coverage(book, **asked)
    assert str(told.value) == words


# ── states that the real tables do not hold yet ────────────────────────────────


def state(book: Book, source: str, indicator: str) -> tuple[str, object]:
    made = coverage(book, city=source.split("-")[0], headline=False)
    [row] = made[(made["source_id"] == source) & (made["indicator_id"] == indicator)].to_dict("records")
    return row["state"], row["evidence"]


def test_what_makes_no_sense_together_says_why(book: Book) -> None:
    apart = pd.DataFrame([{"source_id": "jinan-2019", "indicator_id": "base_stations_5g",
                           "reason_zh": "早于发牌", "reason_en": "before licences"}])  # fmt: skip
    made = replace(book, not_applicable=apart)
    assert state(made, "jinan-2019", "base_stations_5g") == ("not_applicable", "早于发牌")
    assert state(made, "dezhou-2020", "base_stations_5g")[0] == "quantified"


def test_a_document_not_read_for_a_topic_is_not_silent_on_it(book: Book) -> None:
    sources = book.sources.copy()
    sources.loc[sources["source_id"] == "jinan-2019", "coded_topics"] = "open_data"
    made = replace(book, sources=sources)
    before, after = (
        coverage(b, city="jinan", headline=False).query("source_id == 'jinan-2019'") for b in (book, made)
    )
    topics = dict(zip(book.indicators["indicator_id"], book.indicators["topic_id"], strict=True))
    for was, row in zip(before.to_dict("records"), after.to_dict("records"), strict=True):
        assert row["state"] == (was["state"] if topics[row["indicator_id"]] == "open_data" else "not_coded")
        assert was["state"] != "not_coded"


@pytest.mark.parametrize(
    ("dropped", "expected", "reason"),
    [
        ([], "quantified", "a number before all"),
        (["target"], "status_only", "then what is said to be reached"),
        (["target", "status"], "unquantified", "then words"),
        (["target", "status", "unquantified"], "silent", "a heading alone is no promise"),
    ],
)
def test_the_most_telling_state_wins(book: Book, dropped: list[str], expected: str, reason: str) -> None:
    base = book.targets[book.targets["target_id"] == "t-dongying-0005"]
    targets = pd.concat([base, base.assign(kind="status", target_id="t-dongying-0098")])
    mentions = book.mentions[
        (book.mentions["source_id"] == "dongying-2022")
        & book.mentions["class"].isin({"unquantified", "heading"} - set(dropped))
    ]
    made = replace(book, targets=targets[~targets["kind"].isin(dropped)], mentions=mentions)
    assert state(made, "dongying-2022", "smart_communities")[0] == expected
