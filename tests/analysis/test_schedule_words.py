"""How a clause reads in English, and which clause said it before, in a made-up book."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pandas as pd
import pytest

import compare as cp
from compare.tables.book import Book
from made_up import Paper, Shape, write_project

AS_OF = "2026-01-01"
SHAPE = Shape(cities=2, papers=((Paper(), Paper("draft", first_year=2019)),))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return cp.load(write_project(tmp_path_factory.mktemp("words") / "p", SHAPE, Random(11), released=False))


@pytest.fixture(scope="module")
def clauses(made: Book) -> pd.DataFrame:
    """Return the commitments as a reader meets them: city by city, document by document, down the text."""
    return made.commitments.sort_values(["city_id", "source_id", "start"])


def saying(book: Book, words: dict[str, str]) -> Book:
    """Return the book with these words in these commitments, and words of its own in every other."""
    ids = book.commitments["commitment_id"]
    return replace(book, commitments=book.commitments.assign(action_zh=ids.map(words).fillna(ids)))


def repeated(book: Book) -> dict[str, str]:
    """Return the clauses that repeat another, with the one they repeat."""
    frame = cp.schedule(book, AS_OF).dropna(subset=["repeats_id"])
    return dict(zip(frame["commitment_id"], frame["repeats_id"], strict=True))


def test_a_clause_reads_as_its_translation_and_else_not_at_all(made: Book, clauses: pd.DataFrame) -> None:
    read, unread = clauses["commitment_id"].iloc[:2]
    row = {"row_id": read, "quote_en": "Open one hall", "note_en": None}
    only = replace(made, translations=pd.DataFrame([row], columns=made.translations.columns))
    frame = cp.schedule(only, AS_OF).set_index("commitment_id")["action_en"]
    assert frame[read] == "Open one hall"
    assert pd.isna(frame[unread]) and frame.notna().sum() == 1


@pytest.mark.parametrize(
    ("first", "again", "repeats", "reason"),
    [
        ("建成一厅", "建成一厅", True, "the same words"),
        ("建成一厅,开放", "建成一厅, 开放。", True, "signs and spaces are no words"),
        ("建成一厅", "建成二厅", False, "another number is another promise"),
        ("建成一厅", "建成一厅并开放", False, "what says more is no repeat"),
    ],
)
def test_the_later_clause_repeats_the_earlier(
    made: Book, clauses: pd.DataFrame, first: str, again: str, repeats: bool, reason: str
) -> None:
    own = clauses[clauses["city_id"] == made.cities[0]]["commitment_id"]
    early, late = own.iloc[0], own.iloc[-1]
    wanted = {late: early} if repeats else {}
    assert repeated(saying(made, {early: first, late: again})) == wanted, reason


def test_every_repeat_names_the_first(made: Book, clauses: pd.DataFrame) -> None:
    own = clauses[clauses["city_id"] == made.cities[0]]["commitment_id"]
    first, second, third = own.iloc[:3]
    assert repeated(saying(made, dict.fromkeys((third, first, second), "建成一厅"))) == {
        second: first, third: first,
    }  # fmt: skip


def test_a_city_does_not_repeat_another(made: Book, clauses: pd.DataFrame) -> None:
    heads = clauses.groupby("city_id")["commitment_id"].first()
    assert len(heads) == 2 and repeated(saying(made, dict.fromkeys(heads, "建成一厅"))) == {}


def test_what_is_repeated_may_stand_outside_the_rows_asked_for(made: Book, clauses: pd.DataFrame) -> None:
    own = clauses[clauses["city_id"] == made.cities[0]]
    early = own.iloc[0]
    late = own[own["topic_id"] != early["topic_id"]].iloc[-1]
    told = saying(made, dict.fromkeys((early["commitment_id"], late["commitment_id"]), "建成一厅"))
    frame = cp.schedule(told, AS_OF, topic=str(late["topic_id"])).set_index("commitment_id")
    assert early["commitment_id"] not in frame.index
    assert frame.loc[late["commitment_id"], "repeats_id"] == early["commitment_id"]
