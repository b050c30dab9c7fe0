"""What each document says of each indicator, told again straight from the CSV files."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import opencc
import pandas as pd
import pytest

import compare as cp
from compare.analysis.coverage import COLUMNS, STATES, coverage
from compare.analysis.topic_coverage import topic_coverage
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
OUTSIDE = list(rows_in("outside_targets.csv"))
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
    if "status" in kinds or "unquantified" in classes:
        return "status_only" if "status" in kinds else "unquantified"
    whole = source["coding_state"] == "complete" and indicator["topic_id"] in source["coded_topics"].split(
        ";"
    )
    return "silent" if whole else "not_coded"


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


EVERY = {row["topic_id"] for row in rows_in("topics.csv")}
PARTLY = [
    ({}, EVERY, EVERY, "complete"),
    ({"coded_topics": "open_data"}, {"open_data"}, {"open_data"}, "complete, but read for one topic"),
    ({"coded_topics": None}, set(), set(), "complete, but read for no topic"),
    ({"coding_state": "in_review"}, EVERY, set(), "in review for every topic: what is found stands"),
    ({"coding_state": "in_review", "coded_topics": "open_data"}, {"open_data"}, set(), "in review for one"),
    ({"coding_state": "in_review", "coded_topics": None}, set(), set(), "in review for none as yet"),
    ({"coding_state": "registered", "coded_topics": None}, set(), set(), "known, at hand and unread"),
    ({"coding_state": "registered"}, set(), set(), "registered is not coded, whatever it lists"),
]


@pytest.mark.parametrize(("cells", "coded", "whole", "reason"), PARTLY, ids=[case[-1] for case in PARTLY])
@pytest.mark.parametrize("source", ["jinan-2019", "dezhou-2020"])
def test_what_is_partly_coded_is_not_silent(
    book: Book, source: str, cells: dict[str, Any], coded: set[str], whole: set[str], reason: str
) -> None:
    made = partly(book, source, **cells)
    before, after = (
        rows[rows["source_id"] == source].to_dict("records")
        for rows in (coverage(one, city=source.split("-")[0], headline=False) for one in (book, made))
    )
    topics = dict(zip(book.indicators["indicator_id"], book.indicators["topic_id"], strict=True))
    for was, row in zip(before, after, strict=True):
        held = topics[row["indicator_id"]] in (whole if was["state"] == "silent" else coded)
        assert row["state"] == (was["state"] if held else "not_coded"), reason
        assert row["coding_state"] == cells.get("coding_state", "complete")


def partly(book: Book, source: str, **cells: Any) -> Book:
    """Return a book in which one document is coded otherwise."""
    sources = book.sources.copy()
    for column, value in cells.items():
        sources.loc[sources["source_id"] == source, column] = value
    return replace(book, sources=sources)


def test_a_document_that_repeats_the_figure_of_another_gives_a_number(book: Book) -> None:
    targets = book.targets.copy()
    rows = (targets["source_id"] == "dezhou-2020") & (targets["indicator_id"] == "base_stations_5g")
    targets.loc[rows, "restates_target_id"] = "t-dezhou-0011"
    assert state(replace(book, targets=targets), "dezhou-2020", "base_stations_5g")[0] == "quantified"


# ── whole topics ───────────────────────────────────────────────────────────────

TOPICS = sorted(EVERY)
TOPIC_OF = {row["indicator_id"]: row["topic_id"] for row in INDICATORS}
COMMITMENTS = list(rows_in("*/commitments.csv"))


def of_topic(sources: set[str], topic: str) -> tuple[str, set[str]]:
    """Return the state of a topic in documents coded whole, and the rows it rests on, by the files alone."""
    targets = [
        row for row in TARGETS if row["source_id"] in sources and TOPIC_OF[row["indicator_id"]] == topic
    ]
    counting = {r["target_id"] for r in targets if r["kind"] == "target" and not r["restates_target_id"]}
    words = {r["commitment_id"] for r in COMMITMENTS if r["source_id"] in sources and r["topic_id"] == topic}
    statuses = {row["target_id"] for row in targets if row["kind"] == "status"}
    spoken = {
        row["mention_id"]
        for row in MENTIONS
        if row["source_id"] in sources
        and TOPIC_OF[row["indicator_id"]] == topic
        and row["class"] == "unquantified"
    }
    grounds = (
        ("quantified", counting),
        ("unquantified", words),
        ("unquantified", spoken),
        ("status_only", statuses),
    )
    for name, rows in grounds:
        if rows:
            return name, rows
    return "silent", set()


def told(book: Book, city: str, topic: str) -> tuple[str, set[str], dict[str, Any]]:
    [row] = topic_coverage(book, topic, city).to_dict("records")
    ids = set(row["evidence_ids"].split(";")) if isinstance(row["evidence_ids"], str) else set()
    assert row["count"] == len(ids)
    return row["state"], ids, row


@pytest.mark.parametrize("topic", TOPICS)
def test_the_state_of_a_topic_rests_on_its_rows(book: Book, topic: str) -> None:
    for city in book.cities:
        sources = {row["source_id"] for row in SOURCES if row["place_id"] == city and row["path"]}
        state, ids, row = told(book, city, topic)
        assert (state, ids) == of_topic(sources, topic), (city, topic)
        assert pd.isna(row["partly_coded"]) and state in STATES
        assert isinstance(row["source_ids"], str) and set(row["source_ids"].split(";")) <= sources
    for row in topic_coverage(book, topic, by="source").to_dict("records"):
        source = next(one for one in SOURCES if one["source_id"] == row["source_id"])
        expected = of_topic({row["source_id"]}, topic)[0] if source["path"] else "not_obtained"
        assert row["state"] == expected


def test_a_topic_that_is_promised_in_words_is_not_called_silent(book: Book) -> None:
    state, ids, _ = told(book, "jinan", "smart_city")
    assert (state, len(ids)) == ("unquantified", 58)
    assert ids <= {row["commitment_id"] for row in COMMITMENTS}
    assert told(book, "qingdao", "open_data")[0] == "unquantified"  # beside figures that are reached already


STATES_OF_TOPICS = [
    ({"coding_state": "in_review"}, "qingdao", "transport", "not_coded", "no silence while in review"),
    ({"coding_state": "registered", "coded_topics": None}, "qingdao", "transport", "not_coded", "unread"),
    ({"coding_state": "in_review"}, "jinan", "digital_economy", "unquantified", "a mention stands as well"),
    ({"coding_state": "in_review"}, "jinan", "smart_city", "unquantified", "words that are found stand"),
    ({"coding_state": "in_review", "coded_topics": "5g"}, "jinan", "5g", "quantified", "and numbers do"),
    ({"coding_state": "in_review", "coded_topics": "5g"}, "jinan", "smart_city", "not_coded", "not yet read"),
    ({"coding_state": "in_review", "coded_topics": "5g"}, "jinan", "gov_services", "not_coded", "nor here"),
    ({"coded_topics": "5g"}, "qingdao", "transport", "not_coded", "complete, but not read for the topic"),
    ({"coded_topics": "5g"}, "jinan", "digital_economy", "not_coded", "nor does a mention count there"),
    ({"status": "not_obtained", "path": None}, "jinan", "smart_city", "not_obtained", "no document at hand"),
    ({}, "qingdao", "transport", "silent", "complete and silent"),
    ({}, "jinan", "digital_economy", "unquantified", "an indicator spoken of in words, and no commitment"),
]


@pytest.mark.parametrize(
    ("cells", "city", "topic", "expected", "reason"), STATES_OF_TOPICS, ids=[c[-1] for c in STATES_OF_TOPICS]
)
def test_the_state_of_a_topic_follows_that_of_its_documents(
    book: Book, cells: dict[str, Any], city: str, topic: str, expected: str, reason: str
) -> None:
    [source] = [row["source_id"] for row in SOURCES if row["place_id"] == city and row["path"]]
    state, _, row = told(partly(book, source, **cells), city, topic)
    assert state == expected, reason
    partial = cells.get("coding_state", "complete") != "complete" or "coded_topics" in cells
    assert (row["partly_coded"] == source) == (partial and topic not in whole_of(cells))


def whole_of(cells: dict[str, Any]) -> list[str]:
    """Return the topics a document is coded whole for, of those that a case names."""
    complete = cells.get("coding_state", "complete") == "complete"
    return str(cells.get("coded_topics", "")).split(";") if complete else []


def test_one_silent_document_does_not_make_a_city_silent_while_another_is_unread(book: Book) -> None:
    gone = book.commitments["source_id"] == "dezhou-2020"
    bare = replace(book, commitments=book.commitments[~gone | (book.commitments["topic_id"] != "transport")])
    assert told(bare, "dezhou", "transport")[0] == "silent"
    state, _, row = told(partly(bare, "dezhou-2023", coding_state="in_review"), "dezhou", "transport")
    assert (state, row["partly_coded"]) == ("not_coded", "dezhou-2023")


def test_a_commitment_whose_number_belongs_elsewhere_is_not_in_words(book: Book) -> None:
    """Of the topic's own commitments one bears a number that is counted under another topic."""
    rows = book.targets[book.targets["topic_id"] == "gov_services"]
    name = rows.loc[rows["city_id"] == "jinan", "commitment_id"].iloc[0]
    commitments = book.commitments.copy()
    commitments.loc[commitments["commitment_id"] == name, "topic_id"] = "smart_city"
    state, ids, _ = told(replace(book, commitments=commitments), "jinan", "smart_city")
    assert (state, len(ids)) == ("unquantified", 58) and name not in ids
    alone = replace(book, commitments=commitments[commitments["commitment_id"] == name])
    assert told(alone, "jinan", "smart_city")[:2] == ("unquantified", {name})


@pytest.mark.parametrize("asked", [{"topic": "smartcity"}, {"city": "jnan"}])
def test_unknown_topics_and_cities_are_refused(book: Book, asked: dict[str, str]) -> None:
    with pytest.raises(UnknownName):
        topic_coverage(book, **asked)


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


# ── one selection for all frames ───────────────────────────────────────────────


@pytest.mark.parametrize(("cells", "coded", "whole", "reason"), PARTLY, ids=[case[-1] for case in PARTLY])
def test_every_frame_counts_the_rows_on_topics_that_are_coded(
    book: Book, cells: dict[str, Any], coded: set[str], whole: set[str], reason: str
) -> None:
    made = partly(book, "jinan-2019", **cells)
    counting = {
        row["target_id"]
        for row in TARGETS
        if row["kind"] == "target"
        and not row["restates_target_id"]
        and (row["source_id"] != "jinan-2019" or TOPIC_OF[row["indicator_id"]] in coded)
    }
    figures = cp.promised(made)
    assert set(figures.loc[figures["origin"] == "document", "row_id"]) == counting
    for indicator in ("online_service_rate", "mobile_services", "open_datasets"):
        own = {row["target_id"] for row in TARGETS if row["indicator_id"] == indicator} & counting
        assert set(cp.align(made, indicator)["target_id"]) == own
        # Figures from elsewhere stand whether or not a document of their city is coded.
        told = own | {
            row["fact_id"]
            for row in OUTSIDE
            if row["indicator_id"] == indicator and row["place_id"] in book.cities
        }
        pairs = cp.pairs(made, indicator)
        assert {*pairs["left_id"], *pairs["right_id"]} <= told
        left_out = cp.not_comparable(made, indicator)
        assert {*left_out["target_id"], *left_out["partner_id"].dropna()} <= told


def test_a_repeat_of_a_target_that_does_not_count_counts_itself(book: Book) -> None:
    """The statement that counts stands in a document that is not coded yet."""
    targets = book.targets.copy()
    row = (targets["source_id"] == "dezhou-2023") & (targets["indicator_id"] == "gigabit_households")
    name = targets.loc[row, "target_id"].iloc[0]
    targets.loc[row, "restates_target_id"] = "t-dezhou-0003"
    made = partly(replace(book, targets=targets), "dezhou-2020", coding_state="registered")
    assert name in set(cp.align(made, "gigabit_households")["target_id"])
    assert name not in set(cp.align(replace(book, targets=targets), "gigabit_households")["target_id"])
