"""Documents in their order, and what the later takes up, held against counts straight from the CSV files."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from compare.analysis.editions import (
    COMMITMENTS,
    EARLIER,
    LATER,
    clause_of,
    clauses,
    commitment_changes,
    editions,
    taken_up,
)
from compare.errors import CompareError, UnknownName
from compare.tables.book import Book

CURATED = Path(__file__).resolve().parents[2] / "data" / "curated"
EARLY, LATE = "dezhou-2020", "dezhou-2023"
Row = dict[str, str]


def rows_in(pattern: str) -> Iterator[Row]:
    for path in sorted(CURATED.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def topics_as_listed() -> list[str]:
    """Return every topic: the featured first, then those that the edition puts in order, then the rest."""
    said = yaml.safe_load((CURATED / "edition.yaml").read_bytes())
    known = [row["topic_id"] for row in rows_in("topics.csv")]
    return list(dict.fromkeys([*said["featured"], *said["topic_order"], *known]))


def said_once(source: str) -> dict[str, list[Row]]:
    """Return a document's commitments by their words."""
    made: dict[str, list[Row]] = {}
    for row in rows_in("*/commitments.csv"):
        if row["source_id"] == source:
            made.setdefault(row["action_zh"], []).append(row)
    return made


def altered(book: Book, source: str, **cells: Any) -> Book:
    """Return the book with cells of one document's registration changed."""
    sources = book.sources.copy()
    for name, cell in cells.items():
        sources.loc[sources["source_id"] == source, name] = cell
    return replace(book, sources=sources)


# ── pairs of documents ─────────────────────────────────────────────────────────


def test_the_draft_of_2020_and_the_plan_of_2023_are_the_only_pair(book: Book) -> None:
    assert editions(book).to_dict("records") == [
        {
            "city_id": "dezhou",
            "earlier_id": EARLY,
            "earlier_status": "draft",
            "later_id": LATE,
            "later_status": "adopted",
            "drawn_up_on": pd.Timestamp("2023-04-04"),
        }
    ]
    assert editions(book, "jinan").empty


def test_documents_are_paired_with_those_that_start_next(book: Book) -> None:
    sources = book.sources.copy()
    sources.loc[sources["source_id"].isin(["jinan-2019", "qingdao-2020"]), "place_id"] = "dezhou"
    # A document that is not at hand is no edition, though its period is known.
    assert (sources["source_id"] == "dezhou-2020-data").any()
    made = editions(replace(book, sources=sources), "dezhou")
    assert sorted(zip(made["earlier_id"], made["later_id"], strict=True)) == [
        (EARLY, LATE),
        ("jinan-2019", EARLY),
        ("jinan-2019", "qingdao-2020"),
        ("qingdao-2020", LATE),
    ]


def test_two_documents_without_an_order_are_refused(book: Book) -> None:
    with pytest.raises(CompareError) as told:
        editions(altered(book, EARLY, period_start=pd.NaT))
    assert str(told.value) == (
        "The documents of a city cannot be put in order: 1 problem.\n"
        '  1. data/curated/sources.csv, row 3 (dezhou-2020), column period_start: found ""; '
        "expected the first day of the plan; enter it: a city's documents are put in order by it"
    )
    # A city's only document needs none.
    assert len(editions(altered(book, "jinan-2019", period_start=pd.NaT))) == 1


@pytest.mark.parametrize("ask", [editions, taken_up, commitment_changes])
def test_unknown_cities_are_refused(book: Book, ask: Any) -> None:
    with pytest.raises(UnknownName, match='There is no city "dezho"; did you mean dezhou?'):
        ask(book, "dezho")


# ── the same words once ────────────────────────────────────────────────────────


@pytest.mark.parametrize("source", [EARLY, LATE, "jinan-2019"])
def test_clauses_are_the_commitments_with_the_same_words_once(book: Book, source: str) -> None:
    dues = {row["deadline_id"]: row["due_on"] for row in rows_in("*/deadlines.csv")}
    made = clauses(book)
    made = made[made["source_id"] == source].set_index("action_zh")
    told = said_once(source)
    assert len(made) == len(told)
    for words, rows in told.items():
        row = made.loc[words]
        assert row["clause_id"] == rows[0]["commitment_id"]
        assert row["commitment_ids"].split(";") == [one["commitment_id"] for one in rows]
        days = [dues[one["deadline_id"]] for one in rows if one["deadline_id"]]
        last = max([day for day in days if day], default="")
        assert ("" if pd.isna(row["due_on"]) else f"{row['due_on']:%Y-%m-%d}") == last


def test_every_commitment_leads_to_the_first_in_its_words(book: Book) -> None:
    firsts = clause_of(clauses(book))
    assert set(firsts) == set(book.commitments["commitment_id"])
    words = book.commitments.set_index("commitment_id")["action_zh"]
    homes = book.commitments.set_index("commitment_id")["source_id"]
    for name, first in firsts.items():
        assert first <= name and (words[name], homes[name]) == (words[first], homes[first])
    # What the plan says, its ledger repeats.
    assert firsts["c-dezhou-0203"] == "c-dezhou-0123"


# ── what is taken up ───────────────────────────────────────────────────────────


def test_every_continuation_stands_with_the_words_of_both(book: Book) -> None:
    words = {row["commitment_id"]: row for row in rows_in("*/commitments.csv")}
    told = list(rows_in("*/continuations.csv"))
    made = taken_up(book).fillna("").to_dict("records")
    assert [(row["later_id"], row["earlier_id"]) for row in made] == [
        (row["later_id"], row["earlier_id"]) for row in told
    ]
    for row, raw in zip(made, told, strict=True):
        later, earlier = words[raw["later_id"]], words[raw["earlier_id"]]
        assert (row["later_zh"], row["earlier_zh"]) == (later["action_zh"], earlier["action_zh"])
        assert (row["topic_id"], row["earlier_topic_id"]) == (later["topic_id"], earlier["topic_id"])
        assert (row["relation"], row["note"]) == (raw["relation"], raw["note"])
        assert (row["later_source_id"], row["later_status"]) == (LATE, "adopted")
        assert (row["earlier_source_id"], row["earlier_status"]) == (EARLY, "draft"), "a draft is told"


def test_a_link_to_a_repetition_leads_to_the_first(book: Book) -> None:
    # c-dezhou-0203 repeats c-dezhou-0123 in the ledger.
    link = book.continuations.iloc[[0]].assign(earlier_id="c-dezhou-0203")
    [row] = taken_up(replace(book, continuations=link)).to_dict("records")
    assert row["earlier_id"] == "c-dezhou-0123"


def test_a_city_with_one_document_takes_nothing_up(book: Book) -> None:
    assert taken_up(book, "jinan").empty and commitment_changes(book, "jinan").empty
    assert list(commitment_changes(book, "jinan").columns) == COMMITMENTS


# ── counts by topic ────────────────────────────────────────────────────────────


def recount() -> dict[str, Counter[str]]:
    """Return the counts of every topic of Dezhou's two documents, straight from the files."""
    dues = {row["deadline_id"]: row["due_on"] for row in rows_in("dezhou/deadlines.csv")}
    ways: dict[str, set[str]] = {}
    for row in rows_in("dezhou/continuations.csv"):
        ways.setdefault(row["later_id"], set()).add(row["relation"])
    used = {row["earlier_id"] for row in rows_in("dezhou/continuations.csv")}
    [issued] = [row["drawn_up_on"] for row in rows_in("sources.csv") if row["source_id"] == LATE]
    made: dict[str, Counter[str]] = {row["topic_id"]: Counter() for row in rows_in("topics.csv")}
    for rows in said_once(LATE).values():
        way = ways.get(rows[0]["commitment_id"], {"new"})
        made[rows[0]["topic_id"]].update(["later", *way] if len(way) == 1 else ["later", "mixed"])
    for rows in said_once(EARLY).values():
        days = [day for row in rows if row["deadline_id"] and (day := dues[row["deadline_id"]])]
        if rows[0]["commitment_id"] in used:
            fate = ["taken_up"]
        else:
            fate = ["not_taken_up", "undated" if not days else "lapsed" if max(days) < issued else "running"]
        made[rows[0]["topic_id"]].update(["earlier", *fate])
    return made


def test_counts_are_those_of_the_files(book: Book) -> None:
    made = commitment_changes(book, "dezhou")
    told = recount()
    assert list(made["topic_id"]) == topics_as_listed(), "every topic keeps its row"
    for row in made.to_dict("records"):
        counts = {name: row[name] for name in ("earlier", "later", *LATER, *EARLIER)}
        assert counts == {name: told[row["topic_id"]][name] for name in counts}, row["topic_id"]
    # Without this the recount would hold for empty tables as well.
    assert all(made[name].sum() > 0 for name in ("again", "raised", "lowered", "changed", "mixed", "new"))
    assert made["lapsed"].sum() > 0 and made["undated"].sum() > 0
    assert set(made["earlier_status"]) == {"draft"}


def test_the_counts_add_up(book: Book) -> None:
    made = commitment_changes(book)
    assert (made[list(LATER)].sum(axis=1) == made["later"]).all()
    assert (made["taken_up"] + made["not_taken_up"] == made["earlier"]).all()
    assert (made[["lapsed", "running", "undated"]].sum(axis=1) == made["not_taken_up"]).all()
    assert made["earlier"].sum() == len(said_once(EARLY)) < sum(map(len, said_once(EARLY).values()))
    assert made["later"].sum() == len(said_once(LATE))


@pytest.mark.parametrize(
    ("due", "fate", "reason"),
    [
        ("2023-04-03", "lapsed", "the day before"),
        ("2023-04-04", "running", "the day itself can still be kept"),
        ("2025-12-31", "running", "after"),
        (None, "undated", "no day"),
    ],
)
def test_a_deadline_has_passed(book: Book, due: str | None, fate: str, reason: str) -> None:
    """All deadlines of the draft are moved to one day: what is dated and not taken up has one fate."""
    own = book.deadlines["source_id"] == EARLY
    moved = book.deadlines["due_on"].mask(own, pd.Timestamp(due or "NaT"))
    made = commitment_changes(replace(book, deadlines=book.deadlines.assign(due_on=moved)))
    used = {row["earlier_id"] for row in rows_in("dezhou/continuations.csv")}
    left = [rows for rows in said_once(EARLY).values() if rows[0]["commitment_id"] not in used]
    dated = sum(any(row["deadline_id"] for row in rows) for rows in left) if due else 0
    told = {"lapsed": 0, "running": 0, "undated": len(left) - dated}
    told[fate] += dated
    assert {name: made[name].sum() for name in told} == told


@pytest.mark.parametrize(
    ("cells", "source", "topic", "unknown", "reason"),
    [
        (
            {"coded_topics": "open_data"},
            EARLY,
            "5g",
            {"earlier", *LATER, *EARLIER},
            "the earlier is not coded",
        ),
        ({"coded_topics": "open_data"}, LATE, "5g", {"later", *LATER, *EARLIER}, "the later is not coded"),
        ({"coded_topics": "open_data"}, LATE, "open_data", set(), "the topic that is coded is counted"),
        ({"drawn_up_on": pd.NaT}, LATE, "open_data", {"lapsed", "running"}, "the day is not stated"),
    ],
)
def test_what_is_not_known_is_not_counted(
    book: Book, cells: dict[str, Any], source: str, topic: str, unknown: set[str], reason: str
) -> None:
    made = commitment_changes(altered(book, source, **cells)).set_index("topic_id").loc[topic]
    missing = {name for name in ("earlier", "later", *LATER, *EARLIER) if pd.isna(made[name])}
    assert missing == unknown


def test_documents_nobody_has_read_together_are_not_said_to_drop_anything(book: Book) -> None:
    made = commitment_changes(replace(book, continuations=book.continuations.iloc[:0]))
    assert made[[*LATER, *EARLIER]].isna().all(axis=None)
    assert made[["earlier", "later"]].notna().all(axis=None)
