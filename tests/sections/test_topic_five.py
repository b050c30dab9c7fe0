"""What the pages of topics find in the five documents, and in these with cells changed or cities left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import compare as cp
from compare import sections
from compare.tables.book import Book
from compare.words.text import plain

from .telling import LANGUAGES, read_prose, read_rows
from .topics import Frames, frames, groups, lead, led, standfirst

TOPIC = "smart_community"
YEAR_END = {"due_on": pd.Timestamp("2022-12-31"), "due_precision": "year"}
ONE_LIKE = {"t-qingdao-0002": YEAR_END}
TWO_LIKE = ONE_LIKE | {
    "t-dezhou-0010": YEAR_END,
    "t-dongying-0006": {"comparator": "ge"},
}

# What the topic's title gives where no document's figures serve it better.
LISTED = (
    "省里清单列给各市的智慧社区（2022年底）：济南200个，青岛127个，东营72个，德州64个（4个数可信度中等）",
    "Smart communities assigned by the province (end-2022): Jinan 200, Qingdao 127, Dongying 72, "
    "Dezhou 64 (medium confidence: 4)",
)


def altered(book: Book, changes: dict[str, dict[str, Any]], without: tuple[str, ...] = ()) -> Frames:
    """Return the frames with cells of some targets changed and all targets of some cities left out."""
    targets = book.targets[~book.targets["city_id"].isin(without)].copy()
    for name, cells in changes.items():
        for column, value in cells.items():
            targets.loc[targets["target_id"] == name, column] = value
    return frames(replace(book, targets=targets), TOPIC)


def titles(held: Frames) -> tuple[str, ...]:
    return tuple(plain(lead(held, lang).title) for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        (
            ONE_LIKE,
            LISTED[0].replace("中等", "中等，1个数有矛盾"),
            LISTED[1].replace("confidence: 4", "confidence: 4, contradicted: 1"),
        ),
        (
            TWO_LIKE,
            "智慧社区覆盖率（2022年底）：德州≥90%，东营≥30%",
            "Smart-community coverage (end-2022): Dezhou ≥90%, Dongying ≥30%",
        ),
    ],
    ids=["one pair", "two pairs"],
)
def test_pairs_that_compare_head_the_page(book: Book, changes: dict[str, Any], zh: str, en: str) -> None:
    made = altered(book, changes)
    assert titles(made) == (zh, en)
    # With something to compare, the caution that nothing compares must go.
    assert "不能排名" not in plain(standfirst(made, "zh"))
    for lang in LANGUAGES:
        said = plain(sections.values(made["figures"], made["pairs"], lang=lang).title)
        assert said == read_prose("topic_comparison", lang)["values.title.like"]
    of_documents = [item for item in groups(made)["like"] if len(led(item)) == 2]
    assert len(of_documents) == len(changes) // 2 + 1


def test_only_the_year_sets_a_pair_apart(book: Book) -> None:
    told = [led(item) for item in groups(frames(book, TOPIC))["different_year"]]
    # Pairs with a figure that others report stand beside those of two documents.
    named = {frozenset(ids) for ids in told if len(ids) == 2}
    assert named == {
        frozenset(("t-qingdao-0002", "t-dongying-0005")),
        frozenset(("t-dongying-0006", "t-dezhou-0010")),
    }


@pytest.mark.parametrize(
    ("without", "zh", "en"),
    [
        (
            ("jinan",),
            *LISTED,
        ),
        (
            ("jinan", "qingdao", "dongying"),
            *LISTED,
        ),
        (
            ("jinan", "qingdao", "dongying", "dezhou"),
            *LISTED,
        ),
    ],
    ids=["one city without", "one city with", "no city with"],
)
def test_cities_without_a_number_are_named(book: Book, without: tuple[str, ...], zh: str, en: str) -> None:
    made = altered(book, {}, without)
    assert titles(made) == (zh, en)
    held = {city: sum(row["city_id"] == city and row["topic_id"] == TOPIC
                      for row in book.records("commitments")) for city in without}  # fmt: skip
    for lang in LANGUAGES:
        said, pattern = standfirst(made, lang), read_prose("topic_comparison", lang)["caution.count"]
        names = {row["place_id"]: row[f"name_{lang}"] for row in read_rows("places")}
        # Each has commitments on the topic, so each is told to say it in words, with their number.
        counts = [pattern.format(count=held[city]) for city in book.cities if city in without]
        assert [run.text for run in said if run.to.startswith("sources/")] == counts
        for city in without:
            count = pattern.format(count=held[city])
            assert any(f"{names[city]}{told}" in plain(said) for told in (f" ({count})", f"（{count}）"))


def test_topics_without_a_table_row_of_words_tell_their_words(book: Book) -> None:
    assert all("words" in groups(frames(book, topic)) for topic in ("gov_office", "digital_economy"))


def test_twelve_thematic_databases_are_begun(book: Book) -> None:
    """And not in a name that says built or recognised already."""
    held = frames(book, "open_data")
    assert "12 begun" in plain(standfirst(held, "en")) and "启动12" in plain(standfirst(held, "zh"))
    done = cp.figures(book, "digital_economy").set_index("row_id")["done_en"]
    assert done["t-dongying-0021"] == "", "platforms recognised"
