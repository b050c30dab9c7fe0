"""What was reached of what was promised, told again from the CSV files, and the rules case by case."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from compare.analysis.attainment import ATTAINMENT, OBSERVATIONS
from compare.analysis.verdicts import APART, REACHED, VERDICTS, Sighting, judge, meets
from compare.errors import CompareError, UnknownName
from compare.tables.book import Book
from compare.words.verdicts import (
    ASPECTS,
    BESIDE,
    CAUSES,
    TELLING,
    attainment,
    due_words,
    observations,
    observed_words,
)

CURATED = Path(__file__).resolve().parents[2] / "data" / "curated"
REASONS = ("reason_zh", "reason_en")
AS_OF = "2026-11-21"
WHOLE = ("", "全市", "全省", "全国")


def rows_in(pattern: str) -> Iterator[dict[str, str]]:
    for path in sorted(CURATED.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            yield from ({"city_id": path.parent.name} | row for row in csv.DictReader(file))


OUTCOMES = [row for row in rows_in("outcomes.csv") if row["confidence"] != "suspect"]
NOT_FOUND = list(rows_in("not_found.csv"))
LISTS = {row["measure_id"] for row in rows_in("measures.csv") if row["kind"] == "assigned"}
PROMISED = [
    row | {"id": row["fact_id"], "low": row["value"], "due_on": row["date_on"]}
    for row in rows_in("outside_targets.csv")
    if row["confidence"] != "suspect"
] + [
    row
    | {"id": row["target_id"], "low": row["value_low"], "place_id": row["city_id"]}
    | {"measure_id": "", "confidence": "high"}
    for row in rows_in("*/targets.csv")
    if row["kind"] == "target" and not row["restates_target_id"]
]


@pytest.fixture(scope="module")
def made(book: Book) -> pd.DataFrame:
    return attainment(book, AS_OF)


def by_id(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["row_id"]: row for row in frame.to_dict("records")}


# The verdicts once more, from the files and by other means.


def spoken_of(target: dict[str, str]) -> Iterator[tuple[dict[str, str], bool]]:
    """Yield the outcomes that may decide, with whether each counts a part only."""
    item = target["measure_id"] or target["indicator_id"]
    for row in OUTCOMES:
        same = (row["measure_id"] or row["indicator_id"]) == item
        part = row["indicator_id"] == item and row["measure_id"] not in LISTS
        alike = row["place_id"] == target["place_id"] and row["unit_id"] == target["unit_id"]
        year = target["basis"] not in ("flow", "growth") or row["date_on"][:4] == target["due_on"][:4]
        if alike and row["basis"] == target["basis"] and year and (same or part):
            yield row, not same


def told_by(target: dict[str, str], outcome: dict[str, str], part: bool) -> str:
    """Return yes, no or open by trying the least and the greatest value that the outcome allows."""
    pair = (target["denominator_zh"], outcome["denominator_zh"])
    scopes = tuple("" if row["scope_zh"] in WHOLE else row["scope_zh"] for row in (target, outcome))
    if any(all(both) and both[0] != both[1] for both in (pair, scopes)) or target["basis"] == "ambiguous":
        return "open"
    value, bound = Fraction(outcome["value"]), Fraction(target["low"])
    assert outcome["comparator"] in ("eq", "ge") and target["comparator"] in ("eq", "ge", "gt")
    least = value > bound if target["comparator"] == "gt" else value >= bound
    return "yes" if least else "open" if part or outcome["comparator"] == "ge" else "no"


def judged(target: dict[str, str]) -> tuple[str, str]:
    """Return the verdict and, where the target was reached, the first day that shows it."""
    due = target["due_on"]
    told = sorted(
        (row["date_on"], told_by(target, row, part))
        for row, part in spoken_of(target)
        if row["date_on"] <= AS_OF
    )
    yes, no = ([day for day, word in told if word == which] for which in ("yes", "no"))
    assert not any(day >= first for day in no for first in yes), "the files hold no contradiction yet"
    if yes and yes[0] <= due:
        return ("reached_early" if yes[0] < due else "reached"), yes[0]
    if due > AS_OF:
        return "not_due", ""
    if yes:
        return ("reached_later" if any(day >= due for day in no) else "reached_by"), yes[0]
    if any(day >= due for day in no):
        return "missed", ""
    if told:
        return "unknown", ""
    names = {target["measure_id"], target["indicator_id"]} - {""}
    sought = any(
        row["place_id"] == target["place_id"]
        and row["item_id"] in names
        and row["date_text"] in ("", due[:4])
        for row in NOT_FOUND
    )
    return ("not_found" if sought else "no_figure"), ""


def test_every_promised_figure_has_the_verdict_that_the_files_give(made: pd.DataFrame) -> None:
    rows = by_id(made)
    seconds = {"g-shandong-0007", "g-shandong-0026"}  # Second sources of figures told once.
    assert {target["id"] for target in PROMISED} - set(rows) <= seconds
    assert set(rows) <= {target["id"] for target in PROMISED}
    with_outcome = 0
    for target in PROMISED:
        if target["id"] not in rows:
            continue
        row, (verdict, day) = rows[target["id"]], judged(target)
        assert row["verdict"] == verdict, target["id"]
        with_outcome += row["outcome_id"] is not None
        if day:
            assert str(row["reached_on"])[:10] == day
            gone = datetime.date.fromisoformat(target["due_on"]) - datetime.date.fromisoformat(day)
            assert row["lead_days"] == gone.days
    assert with_outcome >= 8


def test_every_deciding_outcome_is_of_the_same_thing_and_the_weaker_confidence_is_kept(
    made: pd.DataFrame,
) -> None:
    targets = {target["id"]: target for target in PROMISED}
    outcomes = {row["fact_id"]: row for row in OUTCOMES}
    for row in made[made["outcome_id"].notna()].to_dict("records"):
        target, outcome = targets[row["row_id"]], outcomes[row["outcome_id"]]
        assert outcome in [one for one, _ in spoken_of(target)]
        assert str(row["reached_on"])[:10] == outcome["date_on"]
        weaker = "medium" if "medium" in (target["confidence"], outcome["confidence"]) else "high"
        assert row["confidence"] == weaker
        unsure = target["confidence"] != outcome["confidence"]
        assert ("confidence" in row["differs"].split(";")) == unsure
        narrower = not target["measure_id"] and outcome["measure_id"] != ""
        levels = target["act"] in ("reach", "other")
        shared = {target["act"], target["also_act"]} & {outcome["act"], outcome["also_act"]} - {""}
        assert ("measure_open" in row["differs"].split(";")) == (narrower and levels)
        assert ("act" in row["differs"].split(";")) == (narrower and not levels and not shared)


@pytest.mark.parametrize(
    ("row_id", "verdict", "outcome_id", "differs", "reason"),
    [
        ("g-qingdao-0002", "reached_early", "o-qingdao-0001", "act", "to be built, in service by September"),
        ("g-shandong-0002", "reached", "o-shandong-0006", "", "the same count at the year's end"),
        ("g-shandong-0003", "reached", "o-shandong-0006", "measure_open", "a year before it was short"),
        ("g-shandong-0009", "unknown", "o-shandong-0015", "denominator", "a lower bound, of other services"),
        ("g-shandong-0010", "unknown", "o-shandong-0016", "denominator", "a lower bound, of other services"),
        ("g-china-0001", "reached", "o-china-0003", "", "the nation, at the end of the plan"),
        ("g-shandong-0018", "reached_by", "o-shandong-0017", "", "first seen two years after"),
        ("g-jinan-0002", "unknown", "o-jinan-0003", "measure_open", "only figures from long before"),
        ("g-shandong-0004", "not_due", None, "", "short of it so far, and not due"),
        ("g-qingdao-0004", "not_due", None, "", "due at the end of this year"),
        ("t-dezhou-0003", "not_found", None, "", "5G stations looked for in 2020"),
        ("t-dongying-0008", "not_found", None, "", "5G stations looked for in 2022"),
        ("t-jinan-0002", "not_found", None, "", "data sets looked for in any year"),
        ("g-shandong-0005", "no_figure", None, "measure;basis", "totals at hand, new ones promised"),
        ("g-shandong-0006", "no_figure", None, "measure;basis", "a second source is the same figure"),
        ("g-qingdao-0003", "no_figure", None, "basis;year", "new ones, but of another year"),
        ("t-dezhou-0008", "no_figure", None, "", "each year, without a due day"),
    ],
)
def test_the_verdicts_that_the_sources_bear_out(
    made: pd.DataFrame, row_id: str, verdict: str, outcome_id: str | None, differs: str, reason: str
) -> None:
    row = by_id(made)[row_id]
    assert (row["verdict"], row["outcome_id"], row["differs"]) == (verdict, outcome_id, differs), reason


def test_the_frame_keeps_its_form(book: Book, made: pd.DataFrame) -> None:
    assert list(made.columns) == [*ATTAINMENT, *REASONS] and made["row_id"].is_unique
    assert set(made["verdict"]) <= set(VERDICTS)
    assert (made["lead_days"].notna() == made["verdict"].isin(REACHED)).all()
    assert (made["reached_on"].notna() == made["outcome_id"].notna()).all()
    assert made.equals(attainment(book, AS_OF))
    empty = attainment(book, AS_OF, place="binzhou")
    assert empty.empty and list(empty.columns) == [*ATTAINMENT, *REASONS]
    assert empty.dtypes[["reached_on", "lead_days"]].astype(str).tolist() == ["datetime64[s]", "Int64"]


def test_places_and_a_topic_can_be_chosen(book: Book, made: pd.DataFrame) -> None:
    some = attainment(book, AS_OF, place=["qingdao", "china"], topic="5g")
    assert set(some["place_id"]) == {"qingdao", "china"}
    assert by_id(some) == {row_id: by_id(made)[row_id] for row_id in some["row_id"]}


@pytest.mark.parametrize(
    ("as_of", "row_id", "verdict", "reason"),
    [
        ("2022-10-01", "g-qingdao-0002", "reached_early", "seen the day before"),
        ("2022-09-29", "g-qingdao-0002", "not_due", "not seen yet"),
        ("2022-10-01", "g-shandong-0002", "not_due", "what comes later is not known"),
        ("2022-12-31", "g-shandong-0002", "reached", "the due day itself"),
        ("2023-01-01", "g-shandong-0018", "no_figure", "due, and the first figure is years away"),
        ("2020-12-30", "t-jinan-0002", "not_due", "a search says nothing before the day"),
    ],
)
def test_only_what_is_known_by_the_day_counts(
    book: Book, as_of: str, row_id: str, verdict: str, reason: str
) -> None:
    assert by_id(attainment(book, as_of))[row_id]["verdict"] == verdict, reason


def test_reasons_are_one_sentence_with_no_figure_but_days(book: Book, made: pd.DataFrame) -> None:
    names = {
        name
        for table in (book.indicators, book.measures)
        for lang in ("zh", "en")
        for name in table[f"name_{lang}"]
    }
    for row in made.to_dict("records"):
        assert row["reason_zh"].endswith("。") and row["reason_zh"].count("。") == 1
        assert row["reason_en"].endswith(".") and row["reason_en"].count(".") == 1
        zh, en = row["reason_zh"].split("：", 1), row["reason_en"].split(": ", 1)
        assert zh[0] in names and en[0] in names
        assert not re.search(r"\d", re.sub(r"20\d\d年(\d+月(\d+日)?)?", "", zh[1])), row["reason_zh"]
        assert not re.search(r"\d", re.sub(r"(\d+ )?([A-Z][a-z]+ )?20\d\d", "", en[1])), row["reason_en"]
        if row["outcome_id"] is not None:
            assert f"{row['reached_on'].year}年" in zh[1] and str(row["reached_on"].year) in en[1]


def test_every_verdict_and_every_code_has_words_in_both_languages() -> None:
    for table in (TELLING, BESIDE, ASPECTS, CAUSES):
        assert list(table["zh"]) == list(table["en"])
    assert tuple(TELLING["zh"]) == VERDICTS
    assert set(APART) <= set(ASPECTS["zh"])
    assert {"each", "basis_open", "denominator", "scope", "contradicted"} <= set(CAUSES["zh"])
    for verdict in VERDICTS:
        places = [sorted(re.findall(r"\{(\w+)\}", TELLING[lang][verdict])) for lang in ("zh", "en")]
        assert places[0] == places[1]


# Bounds.


@pytest.mark.parametrize(
    ("target", "outcome", "better", "expected", "reason"),
    [
        ((10, "eq"), (10, 10, "eq"), "higher", True, "exactly"),
        ((10, "eq"), (9, 9, "eq"), "higher", False, "short"),
        ((10, "ge"), (11, 11, "eq"), "higher", True, "more"),
        ((10, "gt"), (10, 10, "eq"), "higher", False, "more than was promised"),
        ((10, "gt"), (10, None, "gt"), "higher", True, "more than is more than"),
        ((10, "gt"), (10, None, "ge"), "higher", None, "may be just so many"),
        ((10, "eq"), (10, None, "ge"), "higher", True, "a lower bound at the target"),
        ((10, "eq"), (9, None, "ge"), "higher", None, "a lower bound proves no miss"),
        ((10, "eq"), (9, None, "gt"), "higher", None, "nor does a strict one"),
        ((10, "eq"), (None, 9, "le"), "higher", False, "an upper bound below the target"),
        ((10, "eq"), (None, 10, "le"), "higher", None, "an upper bound at the target"),
        ((10, "eq"), (None, 10, "lt"), "higher", False, "fewer than the target"),
        ((10, "gt"), (None, 10, "le"), "higher", False, "at most, and more was promised"),
        ((10, "eq"), (None, 11, "lt"), "higher", None, "an upper bound above the target"),
        ((10, "eq"), (8, 12, "range"), "higher", None, "a range around it"),
        ((10, "eq"), (10, 12, "range"), "higher", True, "a range from it"),
        ((10, "gt"), (8, 10, "range"), "higher", False, "a range up to it"),
        ((3, "range"), (3, 3, "eq"), "higher", True, "the low end of a promised range"),
        ((3, "range"), (2, 2, "eq"), "higher", False, "below a promised range"),
        ((1500, "approx"), (1500, 1500, "eq"), "higher", True, "as many as about"),
        ((1500, "approx"), (1450, 1450, "eq"), "higher", None, "still rounds to it"),
        ((1500, "approx"), (1449, 1449, "eq"), "higher", False, "rounds to less"),
        ((1500, "approx"), (None, 1450, "lt"), "higher", False, "all of it rounds to less"),
        ((1500, "approx"), (1500, 1500, "approx"), "higher", None, "both rounded"),
        ((1500, "approx"), (1600, 1600, "approx"), "higher", True, "beyond both roundings"),
        ((1549, "eq"), (1500, 1500, "approx"), "higher", None, "within the rounding"),
        ((1450, "eq"), (1500, 1500, "approx"), "higher", True, "above, however it was rounded"),
        ((1551, "eq"), (1500, 1500, "approx"), "higher", False, "below, however it was rounded"),
        ((34.5, "eq"), (34.5, 34.5, "approx"), "higher", None, "a decimal rounds finely"),
        ((34.4, "eq"), (34.5, 34.5, "approx"), "higher", True, "beyond a tenth"),
        ((10, "eq"), (9, 9, "eq"), "lower", True, "fewer is better"),
        ((10, "eq"), (11, 11, "eq"), "lower", False, "too many"),
        ((10, "eq"), (11, None, "ge"), "lower", False, "at least too many"),
        ((10, "eq"), (9, None, "ge"), "lower", None, "a lower bound proves no success"),
        ((10, "eq"), (None, 10, "le"), "lower", True, "at most so many"),
        ((1500, "approx"), (1540, 1540, "eq"), "lower", None, "still rounds to it from above"),
        ((1500, "approx"), (1551, 1551, "eq"), "lower", False, "rounds to more"),
        ((10, "le"), (10, 10, "eq"), "higher", True, "at most, in its own words"),
        ((10, "lt"), (10, 10, "eq"), "higher", False, "fewer than was promised"),
        ((10, "lt"), (None, 10, "lt"), "lower", True, "fewer is fewer"),
        ((10, "ge"), (11, 11, "eq"), "lower", True, "at least, in its own words"),
    ],
)
def test_an_outcome_meets_a_target_only_where_every_value_it_allows_does(
    target: tuple[float, str],
    outcome: tuple[float | None, float | None, str],
    better: str,
    expected: bool | None,
    reason: str,
) -> None:
    assert meets(*target, *outcome, better) is expected, reason


# Days.

DUE = pd.Timestamp("2022-12-31")


def sighting(on: str, plain: bool | None, precision: str = "day", same: str = "yes", **more: Any) -> Sighting:
    cells = {"due_on": pd.Timestamp(on), "due_precision": precision, "confidence": "high"}
    return Sighting(cells | {"row_id": f"o-{on}-{plain}"}, same, plain=plain, **more)


@pytest.mark.parametrize(
    ("told", "verdict", "rests_on", "reason"),
    [
        ([], "no_figure", None, "nothing at hand"),
        ([("2022-09-30", True)], "reached_early", 0, "met before"),
        ([("2022-12-31", True)], "reached", 0, "met on the day"),
        ([("2022-12-31", True, "year")], "reached", 0, "dated to the year stands for its end"),
        ([("2021-12-31", False), ("2022-12-31", True)], "reached", 1, "short a year before"),
        ([("2022-06-30", True), ("2022-12-31", True)], "reached_early", 0, "the first that meets it"),
        ([("2022-01-31", True), ("2022-06-30", False), ("2022-12-31", True)], "reached", 2, "fell back"),
        ([("2023-01-31", True)], "reached_by", 0, "whether in time is unknown"),
        ([("2021-12-31", False), ("2023-01-31", True)], "reached_by", 1, "short long before says nothing"),
        ([("2022-12-31", None), ("2023-01-31", True)], "reached_by", 1, "the day itself left open"),
        ([("2022-12-31", False), ("2023-06-30", True)], "reached_later", 1, "short on the day"),
        ([("2023-01-31", False), ("2023-06-30", True)], "reached_later", 1, "short even after it"),
        ([("2022-12-31", False)], "missed", 0, "short on the day"),
        ([("2023-03-31", False), ("2024-03-31", False)], "missed", 0, "short ever since"),
        ([("2023-03-31", False), ("2024-03-31", None)], "missed", 0, "a bound later shows no success"),
        ([("2022-11-30", False)], "unknown", 0, "a month was left"),
        ([("2022-06-30", None), ("2023-02-28", None)], "unknown", 1, "bounds; the one after is nearer"),
        ([("2021-12-31", None), ("2022-06-30", None)], "unknown", 1, "the nearest before"),
        ([("2022-12-31", True), ("2022-12-31", False)], "unknown", 1, "two sources of one day"),
        ([("2022-06-30", True), ("2022-12-31", False)], "unknown", 1, "met, then short: no sure miss"),
        ([("2023-06-30", True), ("2023-06-30", False)], "unknown", 1, "two sources of one later day"),
        ([("2023-06-30", False, "half_year")], "missed", 0, "the half-year after it"),
        ([("2022-12-31", False, "month"), ("2022-12-31", True)], "reached", 1, "the month before its end"),
        ([("2027-01-31", True)], "no_figure", None, "after the day of reckoning"),
    ],
)
def test_days_decide_between_early_late_and_unknown(
    told: list[tuple[Any, ...]], verdict: str, rests_on: int | None, reason: str
) -> None:
    seen = [sighting(*one) for one in told]
    for order in (seen, seen[::-1]):
        found, one, _ = judge(DUE, pd.Timestamp(AS_OF), order)
        assert found == verdict, reason
        assert one is (None if rests_on is None else seen[rests_on]), reason


@pytest.mark.parametrize(
    ("told", "against", "reason"),
    [
        ([("2022-09-30", True), ("2023-05-31", False)], True, "short after it was met"),
        ([("2022-09-30", True), ("2022-09-30", False), ("2022-10-31", True)], True, "two of one day"),
        ([("2022-09-30", False), ("2022-12-31", True)], False, "first short, then met"),
        ([("2022-09-30", True), ("2022-12-31", False, "year")], False, "perhaps from before"),
    ],
)
def test_a_figure_that_tells_otherwise_is_noticed(
    told: list[tuple[Any, ...]], against: bool, reason: str
) -> None:
    assert judge(pd.Timestamp("2023-12-31"), pd.Timestamp(AS_OF), [sighting(*one) for one in told])[2] is (
        against
    ), reason


def test_a_shortfall_in_a_period_around_the_due_day_is_no_miss() -> None:
    due, as_of = pd.Timestamp("2022-06-30"), pd.Timestamp(AS_OF)
    assert judge(due, as_of, [sighting("2022-12-31", False, "year")])[0] == "unknown"
    assert judge(due, as_of, [sighting("2022-12-31", False, "half_year")])[0] == "missed"
    assert judge(due, as_of, [sighting("2022-12-31", True, "year")])[0] == "reached_by"


def test_without_a_due_day_nothing_is_early_or_late() -> None:
    seen = [sighting("2021-12-31", True), sighting("2022-12-31", True)]
    verdict, one, _ = judge(pd.NaT, pd.Timestamp(AS_OF), seen)
    assert (verdict, one) == ("unknown", seen[1])


def test_before_the_due_day_only_success_is_a_verdict() -> None:
    before = pd.Timestamp("2022-10-01")
    assert judge(DUE, before, [sighting("2022-09-30", False)])[0] == "not_due"
    assert judge(DUE, before, [sighting("2022-09-30", True)])[0] == "reached_early"


@pytest.mark.parametrize(
    ("plain", "downward", "expected", "reason"),
    [
        (True, False, True, "a part that is enough"),
        (False, False, None, "a part that is not: the whole may be"),
        (False, True, False, "a part that is too much already"),
        (True, True, None, "a part that is little: the whole may be too much"),
    ],
)
def test_a_part_is_a_lower_bound(plain: bool, downward: bool, expected: bool | None, reason: str) -> None:
    one = sighting("2022-12-31", plain, same="narrower", differs=("measure_open",), downward=downward)
    assert one.meets is expected, reason


def test_a_target_whose_act_is_stated_does_not_leave_open_what_it_counts(made: pd.DataFrame) -> None:
    row = by_id(made)["g-qingdao-0002"]
    assert "目标数的是建设，这里的数字数的是投用，是其中一部分" in row["reason_zh"]
    assert "the target counts what is built, this figure what is put into use" in row["reason_en"]
    assert "does not say which" not in row["reason_en"] and "没有写明" not in row["reason_zh"]


# What may decide, on tables changed in one point.


def changed(book: Book, **tables: pd.DataFrame) -> Book:
    # Rows already read as dictionaries are kept beside the tables: they must not outlive them.
    return replace(book, **tables)


def with_outcome(book: Book, fact_id: str, **cells: Any) -> Book:
    rows = book.outcomes.copy()
    for name, value in cells.items():
        rows.loc[rows["fact_id"] == fact_id, name] = value
    return changed(book, outcomes=rows)


@pytest.mark.parametrize(
    ("fact_id", "cells", "row_id", "verdict", "differs", "reason"),
    [
        ("o-shandong-0015", {"value": 85.0}, "g-shandong-0009", "unknown", "denominator", "other services"),
        (
            "o-shandong-0015",
            {"value": 85.0, "denominator_zh": "依申请政务服务事项"},
            "g-shandong-0009",
            "reached_by",
            "",
            "the same services, two months after",
        ),
        (
            "o-shandong-0015",
            {"value": 85.0, "denominator_zh": None},
            "g-shandong-0009",
            "reached_by",
            "denominator",
            "left unstated by one",
        ),
        (
            "o-shandong-0015",
            {"comparator": "eq", "denominator_zh": None, "scope_zh": "全省"},
            "g-shandong-0009",
            "missed",
            "denominator",
            "surely short; the whole province is no other scope",
        ),
        ("o-shandong-0006", {"confidence": "suspect"}, "g-shandong-0002", "reached_by", "", "kept out"),
        ("o-shandong-0006", {"confidence": "high"}, "g-shandong-0002", "reached", "confidence", "surer"),
        ("o-shandong-0006", {"value": 159999.0}, "g-shandong-0002", "reached_later", "", "one too few"),
        ("o-shandong-0006", {"value": 111999.0}, "g-shandong-0003", "reached_by", "measure_open", "a part"),
        ("o-qingdao-0001", {"basis": "stock"}, "g-qingdao-0002", "no_figure", "basis", "a total"),
        (
            "o-qingdao-0001",
            {"basis": "ambiguous"},
            "g-qingdao-0002",
            "unknown",
            "act;basis_open",
            "",
        ),  # fmt: skip
        ("o-qingdao-0001", {"scope_zh": "农村"}, "g-qingdao-0002", "reached_early", "act;scope", ""),
        ("o-qingdao-0001", {"value": 9999.0}, "g-qingdao-0002", "unknown", "act", "a part too small"),
        (
            "o-qingdao-0001",
            {"act": "build", "value": 9999.0, "date_on": pd.Timestamp("2022-12-31")},
            "g-qingdao-0002",
            "missed",
            "",
            "built against built, one too few",
        ),
        ("o-qingdao-0001", {"act": "begin"}, "g-qingdao-0002", "no_figure", "measure;basis", "not yet built"),
        ("o-qingdao-0001", {"act": "reach"}, "g-qingdao-0002", "no_figure", "measure;basis", "a level"),
        ("o-qingdao-0001", {"unit_id": "percent"}, "g-qingdao-0002", "no_figure", "basis;unit", "a unit"),
        (
            "o-qingdao-0001",
            {"measure_id": "smart_communities_listed"},
            "g-qingdao-0002",
            "no_figure",
            "measure;basis",
            "a list that is set is nothing built",
        ),
        ("o-china-0003", {"confidence": "suspect"}, "g-china-0001", "unknown", "", "only one from before"),
    ],
)
def test_only_the_same_thing_decides(
    book: Book, fact_id: str, cells: dict[str, Any], row_id: str, verdict: str, differs: str, reason: str
) -> None:
    row = by_id(attainment(with_outcome(book, fact_id, **cells), AS_OF))[row_id]
    assert (row["verdict"], row["differs"]) == (verdict, differs), reason


def test_a_suspect_figure_is_kept_out_and_named(book: Book) -> None:
    doubted = with_outcome(
        book, "o-qingdao-0001", confidence="suspect", note="数字有误", note_en="a wrong figure"
    )
    row = by_id(attainment(doubted, AS_OF))["g-qingdao-0002"]
    assert row["verdict"] == "no_figure" and row["outcome_id"] is None
    assert row["differs"].split(";")[-1] == "suspect"
    assert "存疑" in row["reason_zh"] and "in doubt" in row["reason_en"]
    seen = observations(doubted, "g-qingdao-0002").set_index("outcome_id").loc["o-qingdao-0001"]
    assert seen["meets"] is None and seen["confidence"] == "suspect"
    assert seen["reason_zh"].endswith("数字有误") and seen["reason_en"].endswith("a wrong figure")


def test_the_weaker_confidence_is_the_verdicts(book: Book) -> None:
    targets = book.outside_targets.copy()
    targets.loc[targets["fact_id"] == "g-shandong-0002", "confidence"] = "high"
    sure = changed(book, outside_targets=targets)
    for base, outcome, confidence in (
        (sure, "medium", "medium"),
        (book, "high", "medium"),
        (sure, "high", "high"),
    ):
        made = attainment(with_outcome(base, "o-shandong-0006", confidence=outcome), AS_OF)
        assert by_id(made)["g-shandong-0002"]["confidence"] == confidence


def test_two_sources_that_contradict_each_other_decide_nothing_and_stand_side_by_side(book: Book) -> None:
    torn = with_outcome(book, "o-shandong-0007", date_on=DUE, date_precision="day", value=150000.0)
    row = by_id(attainment(torn, AS_OF))["g-shandong-0002"]
    # The later figure of 2024 meets it; of the due day nothing is sure.
    assert (row["verdict"], row["outcome_id"]) == ("reached_by", "o-shandong-0008")
    assert row["differs"] == "contradicted" and "矛盾" in row["reason_zh"]
    seen = observations(torn, "g-shandong-0002")
    seen = seen[seen["observed_on"] == DUE]
    assert dict(zip(seen["outcome_id"], seen["meets"], strict=True)) == {
        "o-shandong-0006": "yes",
        "o-shandong-0007": "no",
    }


def test_a_target_for_each_of_several_groups_is_not_held_against_a_total(book: Book) -> None:
    grouped = [row["target_id"] for row in rows_in("*/targets.csv") if int(row["multiplier"] or 1) > 1]
    assert grouped == ["t-jinan-0013"]
    target = next(row for row in PROMISED if row["id"] == "t-jinan-0013")
    told = with_outcome(
        book,
        "o-jinan-0001",
        indicator_id=target["indicator_id"],
        measure_id=None,
        unit_id=target["unit_id"],
        basis="stock",
        scope_zh=target["scope_zh"],
        value=1000.0,
    )
    row = by_id(attainment(told, AS_OF))["t-jinan-0013"]
    assert (row["verdict"], row["differs"]) == ("unknown", "each;basis_open")
    assert "each of several groups" in row["reason_en"]


def test_a_first_rank_is_the_best(book: Book) -> None:
    goals = book.outside_targets.copy()
    goals.loc[goals["fact_id"] == "g-qingdao-0004", ["measure_id", "unit_id", "basis"]] = [
        "open_data_rank_sub_provincial",
        "rank",
        "stock",
    ]
    goals.loc[goals["fact_id"] == "g-qingdao-0004", "value"] = 3.0
    row = by_id(attainment(changed(book, outside_targets=goals), AS_OF))["g-qingdao-0004"]
    assert (row["verdict"], row["outcome_id"]) == ("reached_early", "o-qingdao-0011")


@pytest.mark.parametrize(
    ("date_text", "verdict", "reason"),
    [
        ("2020", "not_found", "the due year"),
        ("2021", "no_figure", "another year was searched"),
        (None, "not_found", "no year named"),
    ],
)
def test_a_search_counts_for_its_year(book: Book, date_text: str | None, verdict: str, reason: str) -> None:
    sought = book.not_found.copy()
    sought.loc[(sought["place_id"] == "dezhou") & (sought["item_id"] == "base_stations_5g"), "date_text"] = (
        date_text
    )
    assert by_id(attainment(changed(book, not_found=sought), AS_OF))["t-dezhou-0003"]["verdict"] == verdict, (
        reason
    )


# Side by side.


def test_every_source_of_the_item_stands_in_the_order_of_days(book: Book) -> None:
    seen = observations(book, "g-shandong-0003")
    assert list(seen.columns) == [*OBSERVATIONS, *REASONS] and seen["observed_on"].is_monotonic_increasing
    own = [
        row["fact_id"]
        for row in OUTCOMES
        if (row["place_id"], row["indicator_id"]) == ("shandong", "base_stations_5g")
    ]
    assert set(seen["outcome_id"]) == set(own) and len(own) == len(seen)
    assert {"o-shandong-0004", "o-shandong-0005"} <= set(seen["outcome_id"]), "second sources too"
    assert set(seen["same"]) == {"narrower"}
    assert seen.set_index("outcome_id")["comparator"]["o-shandong-0003"] == "ge"


@pytest.mark.parametrize(
    ("row_id", "place", "outcome_id", "same", "meets_it", "reason"),
    [
        ("g-shandong-0002", None, "o-shandong-0006", "yes", "yes", "the same measure"),
        ("g-shandong-0002", None, "o-shandong-0003", "other", None, "built, not in service"),
        ("g-shandong-0009", None, "o-shandong-0015", "yes", "open", "another denominator"),
        ("g-shandong-0009", None, "o-shandong-0016", "other", None, "a look-alike"),
        ("g-qingdao-0002", None, "o-qingdao-0004", "narrower", None, "a total beside new ones"),
        ("g-china-0001", None, "o-china-0002", "yes", "no", "short in an earlier year"),
        ("g-shandong-0018", None, "o-shandong-0018", "yes", "yes", "a lower bound above it"),
        ("t-dezhou-0003", "qingdao", "o-qingdao-0004", "narrower", "open", "another place, where asked"),
    ],
)
def test_what_each_source_says_stands_beside_it(
    book: Book, row_id: str, place: str | None, outcome_id: str, same: str, meets_it: str | None, reason: str
) -> None:
    seen = observations(book, row_id, place).set_index("outcome_id").loc[outcome_id]
    assert (seen["same"], seen["meets"]) == (same, meets_it), reason
    if same == "other" or meets_it is None:
        assert seen["reason_zh"] and seen["reason_en"], reason


def test_a_lookalike_comes_with_its_own_reason(book: Book) -> None:
    told = {frozenset((row["item_id"], row["other_id"])): row for row in rows_in("lookalikes.csv")}
    row = told[frozenset(("end_to_end_rate", "online_service_rate"))]
    seen = observations(book, "g-shandong-0009").set_index("outcome_id").loc["o-shandong-0016"]
    assert (seen["reason_zh"], seen["reason_en"]) == (row["reason_zh"], row["reason_en"])


def test_a_figure_without_any_outcome_has_an_empty_table(book: Book) -> None:
    seen = observations(book, "t-jinan-0002")
    assert seen.empty and list(seen.columns) == [*OBSERVATIONS, *REASONS]


# Names and days that are none.


@pytest.mark.parametrize(
    ("asked", "words", "reason"),
    [
        ({"as_of": "2026-13-01"}, "2026-13-01", "no such month"),
        ({"as_of": "today"}, "today", "no date"),
    ],
)
def test_a_day_that_is_none_is_refused(book: Book, asked: dict[str, str], words: str, reason: str) -> None:
    with pytest.raises(CompareError) as raised:
        attainment(book, **asked)
    assert words in str(raised.value) and "as_of" in str(raised.value), reason


def test_unknown_names_are_refused_with_near_ones(book: Book) -> None:
    with pytest.raises(UnknownName, match="g-qingdao-0002"):
        observations(book, "g-qingdao-002")
    with pytest.raises(UnknownName, match="qingdao"):
        observations(book, "g-qingdao-0002", place="qindao")
    with pytest.raises(UnknownName, match="qingdao"):
        attainment(book, AS_OF, place="qindao")
    with pytest.raises(UnknownName, match="5g"):
        attainment(book, AS_OF, topic="5gg")


@pytest.mark.parametrize(
    ("on", "precision", "zh", "en"),
    [
        ("2022-09-30", "day", "2022年9月30日", "30 September 2022"),
        ("2023-02-28", "month", "2023年2月", "February 2023"),
        ("2024-12-31", "year", "2024年", "2024"),
        ("2020-06-30", "half_year", "2020年上半年", "the first half of 2020"),
        ("2020-12-31", "half_year", "2020年下半年", "the second half of 2020"),
        ("2021-03-31", "quarter", "2021年第一季度", "the first quarter of 2021"),
        ("2021-12-31", "quarter", "2021年第四季度", "the fourth quarter of 2021"),
    ],
)
def test_a_period_is_told_as_exactly_as_its_source_does(on: str, precision: str, zh: str, en: str) -> None:
    assert observed_words("zh", pd.Timestamp(on), precision) == zh
    assert observed_words("en", pd.Timestamp(on), precision) == en


def test_a_deadline_is_told_as_exactly_as_its_source_does() -> None:
    assert due_words("zh", pd.Timestamp("2022-06-30"), "month") == "2022年6月底"
    assert due_words("en", pd.Timestamp("2022-12-31"), "day") == "31 December 2022"
    assert due_words("en", pd.Timestamp("2022-06-30"), "year") == "30 June 2022"
    assert due_words("zh", pd.NaT, "recurring") == "未写期限"
