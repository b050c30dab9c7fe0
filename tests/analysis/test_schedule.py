"""What falls due when, told again straight from the CSV files."""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import yaml

from compare.analysis.schedule import COLUMNS, ROLES, STATES, by_agency, documents, schedule, tally
from compare.errors import CompareError, UnknownName
from compare.tables.book import Book

CURATED = Path(__file__).resolve().parents[2] / "data" / "curated"
AS_OF = "2026-11-21"
Rows = list[dict[str, str]]


def rows_in(pattern: str) -> Iterator[dict[str, str]]:
    for path in sorted(CURATED.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            yield from ({"city": path.parent.name} | row for row in csv.DictReader(file))


DEADLINES = {row["deadline_id"]: row for row in rows_in("*/deadlines.csv")}
COMMITMENTS = list(rows_in("*/commitments.csv"))
DATED = [row for row in COMMITMENTS if row["deadline_id"]]
TASKS = {row["task_id"]: row for row in rows_in("*/tasks.csv")}
LEDGER = list(rows_in("*/ledger.csv"))
TARGETS = list(rows_in("*/targets.csv"))
STATUS = {row["source_id"]: row["status"] for row in rows_in("sources.csv")}


def topics_as_listed() -> list[str]:
    """Return every topic: the featured first, then those that the edition puts in order, then the rest."""
    said = yaml.safe_load((CURATED / "edition.yaml").read_bytes())
    known = [row["topic_id"] for row in rows_in("topics.csv")]
    return list(dict.fromkeys([*said["featured"], *said["topic_order"], *known]))


def state_on(row: dict[str, str], day: str) -> str:
    """Return the state of a deadline by comparing ISO dates as text."""
    due = row["due_on"]
    return "recurring" if not due else "past" if due < day else "today" if due == day else "open"


@pytest.fixture(scope="module")
def whole(book: Book) -> pd.DataFrame:
    return schedule(book, AS_OF)


@pytest.fixture(scope="module")
def due(whole: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with a deadline."""
    return whole[whole["deadline_id"].notna()]


def test_every_commitment_without_a_date_has_a_row_of_its_own(whole: pd.DataFrame) -> None:
    rows = whole[whole["state"] == "undated"]
    assert Counter(rows["commitment_id"]) == Counter(
        row["commitment_id"] for row in COMMITMENTS if not row["deadline_id"]
    )
    assert rows["due_on"].isna().all() and rows["deadline_id"].isna().all() and rows["days_past"].isna().all()
    assert set(whole["state"]) == {"past", "open", "recurring", "undated"}


def test_documents_and_cities_that_commit_to_nothing_keep_a_row(book: Book) -> None:
    """One city without a commitment, and one of which nothing is at hand."""
    first, last = book.cities[0], book.cities[-1]
    loose = replace(
        book,
        commitments=book.commitments[book.commitments["city_id"] != first],
        deadlines=book.deadlines[book.deadlines["city_id"] != first],
        sources=book.sources.assign(path=book.sources["path"].where(book.sources["place_id"] != last)),
    )
    kept = replace(
        loose,
        commitments=loose.commitments[loose.commitments["city_id"] != last],
        deadlines=loose.deadlines[loose.deadlines["city_id"] != last],
    )
    made = schedule(kept, AS_OF)
    rows = made[made["state"] == "none"].to_dict("records")
    at_hand = [row for row in rows_in("sources.csv") if row["path"] and row["place_id"] == first]
    wanted = [(first, row["source_id"]) for row in at_hand] + [(last, None)]
    assert [
        (row["city_id"], None if pd.isna(row["source_id"]) else row["source_id"]) for row in rows
    ] == wanted
    assert list(dict.fromkeys(made["city_id"])) == book.cities
    assert set(documents(made)["source_id"]) == {
        row["source_id"] for row in rows_in("sources.csv") if row["path"] and row["place_id"] != last
    }


def test_every_deadline_meets_every_commitment_it_governs_once(due: pd.DataFrame) -> None:
    assert list(due.columns) == COLUMNS
    told = Counter((row["deadline_id"], row["commitment_id"]) for row in DATED)
    assert Counter(zip(due["deadline_id"], due["commitment_id"], strict=True)) == told
    assert set(due["deadline_id"]) == set(DEADLINES)


@pytest.mark.parametrize(
    ("column", "table"),
    [(name, "deadline") for name in ("source_id", "due_text", "due_precision", "due_source", "recurrence")]
    + [(name, "commitment") for name in ("action_zh", "topic_id", "force", "quantifier")],
)
def test_words_are_those_of_the_tables(due: pd.DataFrame, column: str, table: str) -> None:
    held = {row["commitment_id"]: row for row in DATED}
    for row in due.to_dict("records"):
        told = DEADLINES[row["deadline_id"]] if table == "deadline" else held[row["commitment_id"]]
        assert ("" if pd.isna(row[column]) else row[column]) == told[column], row["deadline_id"]
        assert row["status"] == STATUS[row["source_id"]] and row["city_id"] == told["city"]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (AS_OF, "the day of the edition"),
        ("2020-12-30", "a day before many fall due"),
        ("2020-12-31", "the day on which many fall due"),
        ("2021-01-01", "a day after"),
        ("2000-01-01", "before all"),
        ("2050-01-01", "after all"),
    ],
)
def test_states_and_days_are_reckoned_on_the_day(book: Book, day: str, reason: str) -> None:
    made = schedule(book, datetime.date.fromisoformat(day))
    assert set(made["state"]) <= set(STATES), reason
    for row in made[made["deadline_id"].notna()].to_dict("records"):
        told = DEADLINES[row["deadline_id"]]
        assert row["state"] == state_on(told, day), reason
        if not told["due_on"]:
            assert pd.isna(row["days_past"]) and pd.isna(row["days_left"])
            continue
        apart = (datetime.date.fromisoformat(told["due_on"]) - datetime.date.fromisoformat(day)).days
        wanted = (-apart, None) if apart < 0 else (None, apart)
        found = tuple(None if pd.isna(row[name]) else row[name] for name in ("days_past", "days_left"))
        assert found == wanted


def test_rows_stand_by_city_date_and_place_in_the_text(
    book: Book, whole: pd.DataFrame, due: pd.DataFrame
) -> None:
    assert list(dict.fromkeys(whole["city_id"])) == book.cities
    for _, rows in whole.groupby("city_id"):
        undated = list(rows["deadline_id"].isna())
        assert undated == sorted(undated), "those without a date stand last"
    for _, rows in due.groupby("city_id"):
        days = [pd.Timestamp.max if pd.isna(day) else day for day in rows["due_on"]]
        keys = list(zip(days, rows["source_id"], rows["due_start"], rows["start"], strict=True))
        assert keys == sorted(keys)


def test_the_same_rows_come_again(book: Book, whole: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(schedule(book, AS_OF), whole)


# ── who is named ────────────────────────────────────────────────────────────


def entry_of(commitment: dict[str, str]) -> dict[str, str] | None:
    """Return the row of a printed ledger that holds a commitment."""
    held = [
        row
        for row in LEDGER
        if row["source_id"] == commitment["source_id"]
        and int(row["start"]) <= int(commitment["start"])
        and int(commitment["end"]) <= int(row["end"])
    ]
    return held[0] if held else None


def test_agencies_are_those_of_the_task_or_of_the_ledger(due: pd.DataFrame) -> None:
    names = {(row["place_id"], row["name_zh"]): row["agency_id"] for row in rows_in("agencies.csv")}
    held = {row["commitment_id"]: row for row in DATED}
    seen = Counter()
    for row in due.to_dict("records"):
        commitment = held[row["commitment_id"]]
        task, entry = TASKS.get(commitment["task_id"]), entry_of(commitment)
        found = {role: row[f"{role}_ids"] for role in ROLES}
        if task:
            assert found == {role: task[f"{role}_ids"] for role in ROLES}
            assert (row["task_id"], row["task_zh"]) == (task["task_id"], task["title_zh"])
        elif entry:
            first = found["lead"].split(";")[0]
            assert first == names[row["city_id"], entry["unit_zh"]]
            assert found["support"] == found["responsible"] == ""
            assert (row["task_id"], row["task_zh"]) == (entry["ledger_id"], entry["task_zh"])
            others = (
                len(found["lead"].split(";")) - 1 + len(list(filter(None, row["unlisted_zh"].split(";"))))
            )
            assert bool(others) == bool(entry["other_leads_zh"])
        else:
            assert set(found.values()) == {""} and row["task_id"] == row["task_zh"] == ""
        seen["task" if task else "ledger" if entry else "neither"] += 1
    assert len(seen) == 3, "the tables hold all three kinds"


def test_documents_without_names_give_none(due: pd.DataFrame) -> None:
    silent = {
        source for source in STATUS
        if not any(row["lead_ids"] or row["support_ids"] or row["responsible_ids"]
                   for row in TASKS.values() if row["source_id"] == source)
        and not any(row["source_id"] == source for row in LEDGER)
    }  # fmt: skip
    rows = due[due["source_id"].isin(silent)]
    assert not rows.empty
    assert {row[f"{role}_ids"] for row in rows.to_dict("records") for role in ROLES} == {""}


def test_every_body_named_is_in_the_list_and_so_has_an_english_name(due: pd.DataFrame) -> None:
    assert set(due["unlisted_zh"]) == {""}
    assert due["lead_ids"].str.contains("dezhou-county-big-data").sum() == 5


def test_a_name_outside_the_list_of_agencies_is_kept(book: Book) -> None:
    """A list inside brackets belongs to its name."""
    shorter = book.agencies[book.agencies["agency_id"] != "dezhou-county-big-data"]
    due = schedule(replace(book, agencies=shorter), AS_OF)
    names = {name for held in due["unlisted_zh"] for name in held.split(";") if name}
    assert names == {"各县(市、区)大数据局(大数据主管部门)"}


def test_targets_are_attached_to_their_deadline(due: pd.DataFrame) -> None:
    found = Counter(
        (row["deadline_id"], row["commitment_id"], name)
        for row in due.to_dict("records")
        for name in row["target_ids"].split(";")
        if name
    )
    told = Counter(
        (row["deadline_id"], row["commitment_id"], row["target_id"]) for row in TARGETS if row["deadline_id"]
    )
    assert found == told and told


# ── chosen rows ─────────────────────────────────────────────────────────────


def test_a_city_a_topic_and_an_agency_can_be_chosen(book: Book, whole: pd.DataFrame) -> None:
    assert set(schedule(book, AS_OF, "dezhou")["city_id"]) == {"dezhou"}
    several = schedule(book, AS_OF, ["dezhou", "jinan"])
    assert list(dict.fromkeys(several["city_id"])) == ["jinan", "dezhou"]
    made = schedule(book, AS_OF, topic="5g")
    wanted = {row["commitment_id"] for row in COMMITMENTS if row["topic_id"] == "5g"}
    assert set(made["commitment_id"].dropna()) == wanted
    agency = "dongying-industry"
    made = schedule(book, AS_OF, agency=agency)
    named = whole[[agency in f"{row.lead_ids};{row.support_ids};{row.responsible_ids}".split(";")
                   for row in whole.itertuples()]]  # fmt: skip
    assert list(made["commitment_id"].dropna()) == list(named["commitment_id"]) and len(named)
    assert set(schedule(book, AS_OF, city="jinan", agency=agency)["state"]) == {"none"}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"city": "dezho"}, 'There is no city "dezho"; did you mean dezhou?'),
        ({"city": ["jinan", "shandong"]}, 'There is no city "shandong"'),
        ({"topic": "smart_comunity"}, 'no topic "smart_comunity"; did you mean smart_community'),
        ({"agency": "dezhou-bigdata"}, 'no agency "dezhou-bigdata"; did you mean dezhou-big-data'),
    ],
    ids=["a slip", "a place that is no compared city", "a topic", "an agency"],
)
def test_unknown_names_are_refused_with_near_ones(book: Book, asked: dict[str, str], words: str) -> None:
    with pytest.raises(UnknownName) as error:
        schedule(book, AS_OF, **asked)
    assert words in str(error.value)


@pytest.mark.parametrize("day", ["", "21.11.2026", "2026-02-30"])
def test_a_day_that_is_none_is_refused(book: Book, day: str) -> None:
    with pytest.raises(CompareError) as error:
        schedule(book, day)
    assert f'column as_of: found "{day}"; expected a date as 2026-11-21' in str(error.value)


def test_a_deadline_that_governs_nothing_keeps_its_row(book: Book) -> None:
    lone = next(iter(DEADLINES))
    freed = book.commitments.assign(
        deadline_id=book.commitments["deadline_id"].where(book.commitments["deadline_id"] != lone)
    )
    made = schedule(replace(book, commitments=freed), AS_OF)
    (row,) = made[made["deadline_id"] == lone].to_dict("records")
    assert pd.isna(row["commitment_id"]) and row["due_text"] == DEADLINES[lone]["due_text"]
    assert row["lead_ids"] == row["task_id"] == row["target_ids"] == ""


# ── counts ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("day", [AS_OF, "2020-12-31"])
def test_every_commitment_is_counted_once(book: Book, day: str) -> None:
    told = Counter(
        (row["source_id"], row["topic_id"], state_on(DEADLINES[row["deadline_id"]], day))
        if row["deadline_id"]
        else (row["source_id"], row["topic_id"], "undated")
        for row in COMMITMENTS
    )
    made = tally(schedule(book, day))
    found = {
        (row["source_id"], row["topic_id"], state): row[state]
        for row in made.to_dict("records")
        for state in STATES
        if row[state]
    }
    assert found == dict(told)
    assert made["all"].sum() == len(COMMITMENTS)
    at_hand = [row["source_id"] for row in rows_in("sources.csv") if row["path"]]
    cities = {row["source_id"]: row["place_id"] for row in rows_in("sources.csv")}
    wanted = sorted(at_hand, key=lambda name: (book.cities.index(cities[name]), name))
    assert list(dict.fromkeys(made["source_id"])) == wanted
    order = topics_as_listed()
    for _, rows in made.groupby("source_id"):
        assert [order.index(name) for name in rows["topic_id"]] == sorted(map(order.index, rows["topic_id"]))


def test_agencies_are_counted_once_per_commitment_and_role(due: pd.DataFrame) -> None:
    told: Counter[tuple[str, str, str]] = Counter()
    for row in DATED:
        task = TASKS.get(row["task_id"])
        state = state_on(DEADLINES[row["deadline_id"]], AS_OF)
        for role in ROLES if task else ():
            column = state if role == "lead" else "beside"
            told.update((row["source_id"], name, column) for name in task[f"{role}_ids"].split(";") if name)
    made = by_agency(due[~due["task_id"].str.startswith("l-")])
    found = {
        (row["source_id"], row["agency_id"], column): row[column]
        for row in made.to_dict("records")
        for column in (*STATES, "beside")
        if row[column]
    }
    assert found == dict(told)
    assert (made[list(STATES)].sum(axis=1) == made["all"]).all()
    for _, rows in made.groupby("source_id"):
        keys = [(-row.all, -row.beside * (not row.all), row.agency_id) for row in rows.itertuples()]
        assert keys == sorted(keys), "most first, and of those that lead none, most beside"


def test_no_rows_give_no_counts(due: pd.DataFrame) -> None:
    assert by_agency(due.iloc[:0]).empty
