"""Figures beside those of the places above: told again from the CSV files, and the rules case by case."""

from __future__ import annotations

import csv
import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from compare.analysis.cascade import CASCADE, RELATIONS, cascade, goals_above, population_pair
from compare.analysis.figures import FIGURES
from compare.errors import UnknownName
from compare.tables.book import Book
from compare.words.cascade import cascade as worded

CURATED = Path(__file__).resolve().parents[2] / "data" / "curated"
COMPARED = ("like", "assigned")
SHARED = ("indicator_id", "comparator", "unit_id", "act", "also_act", "basis", "scope_zh", "denominator_zh")
Row = dict[str, Any]


def rows_in(pattern: str) -> Iterator[dict[str, str]]:
    for path in sorted(CURATED.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            yield from ({"city_id": path.parent.name} | row for row in csv.DictReader(file))


PARENTS = {row["place_id"]: row["parent_id"] for row in rows_in("places.csv")}
CITIES = {path.parent.name for path in CURATED.glob("*/targets.csv")}
BETTER = {row["indicator_id"]: row["better"] for row in rows_in("indicators.csv")}
TOPICS = {row["indicator_id"]: row["topic_id"] for row in rows_in("indicators.csv")}
MEASURES = {row["measure_id"]: row for row in rows_in("measures.csv")}
LISTS = {name for name, row in MEASURES.items() if row["kind"] == "assigned"}
DRAFTS = {row["source_id"] for row in rows_in("sources.csv") if row["status"] == "draft"}
REFERENCE = {row["fact_id"]: row for row in rows_in("reference.csv")}

# ── the pairs once more, from the files and by other means ─────────────────────


def promises() -> Iterator[Row]:
    """Yield every figure of a document that counts, then one row per figure from elsewhere."""
    for row in rows_in("*/targets.csv"):
        if row["kind"] == "target" and not row["restates_target_id"]:
            yield {name: row[name] for name in (*SHARED, "recurrence", "force")} | {
                "id": row["target_id"],
                "place": row["city_id"],
                "measure": "",
                "number": Fraction(row["value_low"] or row["value_high"]),
                "open_below": not row["value_low"],
                "due": row["due_on"],
                "draft": row["source_id"] in DRAFTS,
            }
    told: set[tuple[object, ...]] = set()
    rows = [row for row in rows_in("outside_targets.csv") if row["confidence"] != "suspect"]
    for row in sorted(rows, key=lambda row: (row["confidence"] != "high", row["fact_id"])):
        cells = {name: row[name] for name in SHARED}
        key = (row["place_id"], row["measure_id"], row["date_on"], Fraction(row["value"]), *cells.values())
        if key not in told:
            told.add(key)
            yield cells | {
                "id": row["fact_id"],
                "place": row["place_id"],
                "measure": row["measure_id"],
                "number": Fraction(row["value"]),
                "open_below": row["comparator"] in ("le", "lt"),
                "due": row["date_on"],
                "draft": False,
                "recurrence": "",
                "force": "firm",
            }


PROMISES = {row["id"]: row for row in promises()}


def ancestors(place: str) -> list[str]:
    return [PARENTS[place], *ancestors(PARENTS[place])] if PARENTS[place] else []


def item(row: Row) -> str:
    return str(row["measure"] or row["indicator_id"])


def topic(row: Row) -> str:
    return TOPICS[row["indicator_id"]] if row["indicator_id"] else MEASURES[row["measure"]]["topic_id"]


def whole(scope: str) -> str:
    return re.sub("^全[市省国]", "", scope)


def bare(denominator: str) -> str:
    named = denominator.replace("（", "(").replace("）", ")")
    return named.partition("(")[0] if named.endswith("除外)") else named


def meet(one: Row, other: Row) -> bool:
    """Say whether two figures are about one matter and stand one above the other, or list and listed."""
    lists = {item(one), item(other)} & LISTS
    same = item(one) == item(other)
    matter = same or bool(one["indicator_id"]) and one["indicator_id"] == other["indicator_id"]
    if one["id"] == other["id"] or not matter:
        return False
    if one["place"] == other["place"]:
        return one["place"] in CITIES and item(other) in LISTS
    return other["place"] in ancestors(one["place"]) and (same or not lists)


def acts(row: Row) -> set[str]:
    """Return what is done with what a figure counts: one act, or two of the same things."""
    return {row["act"], row["also_act"]} - {""}


def apart(one: Row, other: Row) -> set[str]:
    """Return the codes of all that sets two figures apart."""
    plain = {"unit_id": "unit", "recurrence": "recurrence", "comparator": "comparator", "force": "force"}
    found = {code for column, code in plain.items() if one[column] != other[column]}
    found |= {"due_year"} if one["due"][:4] != other["due"][:4] else set()
    found |= {"scope"} if whole(one["scope_zh"]) != whole(other["scope_zh"]) else set()
    found |= {"draft"} if one["draft"] else set()
    if "ambiguous" in (one["basis"], other["basis"]):
        found.add("basis_open")
    elif one["basis"] != other["basis"]:
        found.add("basis")
    pair = (one["denominator_zh"], other["denominator_zh"])
    if pair[0] != pair[1]:
        found.add("exception" if bare(pair[0]) == bare(pair[1]) else "denominator")
    # A list of the province names what the city is to build: the two acts stand for one matter.
    found |= {"act"} if one["place"] != other["place"] and not acts(one) & acts(other) else set()
    if one["place"] != other["place"] and one["measure"] != other["measure"]:
        bare_side = other if one["measure"] else one
        if bare_side["measure"]:
            found.add("measure")
        elif not acts(bare_side) & {"begin", "build", "open", "list"}:
            # Built, or put into use: a side whose verb says so leaves nothing open.
            found.add("measure_open")
    return found


def related(one: Row, other: Row) -> str:
    barred = apart(one, other) - {"comparator", "force", "draft", "measure_open", "exception"}
    if barred:
        return "different_year" if barred == {"due_year"} else "different_measure"
    return "assigned" if one["place"] == other["place"] else "like"


def pairs_told() -> dict[tuple[str, str], str]:
    told = {
        (one["id"], other["id"]): related(one, other)
        for one in PROMISES.values()
        for other in PROMISES.values()
        if meet(one, other)
    }
    matched = {name for (name, _), relation in told.items() if relation == "like"}
    for row in rows_in("lookalikes.csv"):
        for a, b in ((row["item_id"], row["other_id"]), (row["other_id"], row["item_id"])):
            for one in PROMISES.values():
                for other in PROMISES.values():
                    named = a in (item(one), one["indicator_id"]) and b in (
                        item(other),
                        other["indicator_id"],
                    )
                    over = other["place"] in ancestors(one["place"])
                    if named and over and one["due"][:4] == other["due"][:4] and one["id"] not in matched:
                        assert (one["id"], other["id"]) not in told
                        told[one["id"], other["id"]] = "lookalike"
    return told


TOLD = pairs_told()


def gap_told(one: Row, other: Row) -> Fraction | None:
    """Return what is left of one figure without the other, where the two are rates or list and listed."""
    relation = TOLD[one["id"], other["id"]]
    rates = one["basis"] in ("rate", "growth")
    return one["number"] - other["number"] if relation == "assigned" or relation == "like" and rates else None


def share_told(one: Row, other: Row) -> Fraction | None:
    counted = TOLD[one["id"], other["id"]] == "like" and one["basis"] in ("stock", "flow")
    bounded = one["open_below"] or other["open_below"] or not other["number"]
    return 100 * one["number"] / other["number"] if counted and not bounded else None


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def people_told(place: str, above: str, due: str) -> tuple[str, str]:
    """Return the rows of the populations of the day nearest to the due day on which both are counted."""
    found: dict[tuple[str, str], dict[str, list[tuple[bool, bool, str]]]] = {}
    for row in REFERENCE.values():
        if MEASURES[row["measure_id"]]["kind"] == "population" and row["place_id"] in (place, above):
            sides = found.setdefault((row["measure_id"], row["date_on"]), {place: [], above: []})
            sides[row["place_id"]].append(
                (row["comparator"] != "eq", row["confidence"] != "high", row["fact_id"])
            )
    days = {
        abs(day(on) - day(due)): sides for (_, on), sides in found.items() if sides[place] and sides[above]
    }
    nearest = days[min(days)]
    return min(nearest[place])[2], min(nearest[above])[2]


@pytest.fixture(scope="module")
def made(book: Book) -> pd.DataFrame:
    return cascade(book)


@pytest.fixture(scope="module")
def said(book: Book) -> pd.DataFrame:
    """The same pairs with their reasons in words."""
    return worded(book)


def by_pair(frame: pd.DataFrame) -> dict[tuple[str, str], Row]:
    rows = {(row["row_id"], row["above_row_id"]): row for row in frame.to_dict("records")}
    assert len(rows) == len(frame), "a pair stands once"
    return rows


def test_the_pairs_and_their_relations_are_those_of_the_files(made: pd.DataFrame) -> None:
    assert {pair: row["relation"] for pair, row in by_pair(made).items()} == TOLD
    # No relation goes untried.
    assert set(TOLD.values()) == set(RELATIONS)
    assert list(made.columns) == CASCADE


def test_every_row_names_its_figures(made: pd.DataFrame) -> None:
    for (name, above), row in by_pair(made).items():
        one, other = PROMISES[name], PROMISES[above]
        assert (row["place_id"], row["above_id"]) == (one["place"], other["place"])
        assert (row["item_id"], row["topic_id"]) == (item(one), topic(one))


def test_what_sets_two_figures_apart_is_told_in_full(made: pd.DataFrame) -> None:
    for (name, above), row in by_pair(made).items():
        codes = row["differs"].split(";") if row["differs"] else []
        assert len(codes) == len(set(codes))
        alike = row["relation"] == "lookalike"
        assert set(codes) == (set() if alike else apart(PROMISES[name], PROMISES[above])), (name, above)


def test_gaps_are_the_differences_of_the_written_figures(made: pd.DataFrame) -> None:
    counts: Counter[str] = Counter()
    for (name, above), row in by_pair(made).items():
        one, other = PROMISES[name], PROMISES[above]
        gap = gap_told(one, other)
        if gap is None:
            assert pd.isna(row["gap"]) and pd.isna(row["stance"]), (name, above)
            continue
        assert row["gap"] == pytest.approx(float(gap), rel=1e-12, abs=1e-12)
        further = gap if BETTER[one["indicator_id"]] == "higher" else -gap
        stance = "higher" if further > 0 else "lower" if further < 0 else "equal"
        assert row["stance"] == stance, (name, above)
        counts[stance] += 1
    assert set(counts) == {"higher", "equal", "lower"} and sum(counts.values()) >= 8


def test_shares_stand_beside_those_of_the_population(made: pd.DataFrame) -> None:
    shares = 0
    for (name, above), row in by_pair(made).items():
        one, other = PROMISES[name], PROMISES[above]
        share = share_told(one, other)
        if share is None:
            assert all(pd.isna(row[column]) for column in ("share", "population_share", "population_id"))
            continue
        shares += 1
        assert row["share"] == pytest.approx(float(share), rel=1e-12)
        here, there = people_told(one["place"], other["place"], one["due"])
        assert (row["population_id"], row["above_population_id"]) == (here, there)
        people = 100 * Fraction(REFERENCE[here]["value"]) / Fraction(REFERENCE[there]["value"])
        assert row["population_share"] == pytest.approx(float(people), rel=1e-12)
        assert REFERENCE[here]["date_on"] == REFERENCE[there]["date_on"]
        assert REFERENCE[here]["measure_id"] == REFERENCE[there]["measure_id"]
    assert shares >= 9


def test_days_run_from_the_deadline_above_to_the_figures_own(made: pd.DataFrame) -> None:
    for (name, above), row in by_pair(made).items():
        if row["relation"] in ("like", "assigned", "different_year"):
            gone = day(PROMISES[name]["due"]) - day(PROMISES[above]["due"])
            assert row["gap_days"] == gone.days, (name, above)
        else:
            assert pd.isna(row["gap_days"]), (name, above)


ACT_ZH = {"begin": "启动", "build": "建设", "open": "投用", "reach": "达到", "list": "列名或认定",
          "other": "其他"}  # fmt: skip
ACT_EN = {"begin": "begun", "build": "built", "open": "put into use", "reach": "a level reached",
          "list": "listed or recognised", "other": "something else"}  # fmt: skip


def test_both_languages_say_what_sets_two_figures_apart(said: pd.DataFrame) -> None:
    """One phrase for each code, with the words and years of the files where it quotes them."""
    names = {row["place_id"]: (row["name_zh"], row["name_en"]) for row in rows_in("places.csv")}
    for (name, above), row in by_pair(said).items():
        if row["relation"] == "lookalike":
            continue
        one, other = PROMISES[name], PROMISES[above]
        codes = [*filter(None, row["differs"].split(";")), *["assigned"][: row["relation"] == "assigned"]]
        assert [len([*filter(None, re.split("；|; ", row[f"reason_{lang}"]))]) for lang in ("zh", "en")] == [
            len(codes)
        ] * 2
        if "due_year" in codes:
            assert f"（{one['due'][:4]}年、{other['due'][:4]}年）" in row["reason_zh"]
            assert f"({one['due'][:4]}, {other['due'][:4]})" in row["reason_en"]
        for code in {"denominator", "scope"} & set(codes):
            words = [side[f"{code}_zh"] or "未写" for side in (one, other)]
            assert f"（{'、'.join(words)}）" in row["reason_zh"]
        for place in [side["place"] for side in (one, other) if side["basis"] == "ambiguous"]:
            assert names[place][0] in row["reason_zh"] and names[place][1] in row["reason_en"]
        if "act" in codes:
            acted_by = [[*filter(None, (side["also_act"], side["act"]))] for side in (one, other)]
            zh = "、".join("并".join(ACT_ZH[act] for act in acted) for acted in acted_by)
            en = ", ".join(" and ".join(ACT_EN[act] for act in acted) for acted in acted_by)
            assert f"所做的事不同（{zh}）" in row["reason_zh"]
            assert f"different acts ({en})" in row["reason_en"]
        if "draft" in codes:
            assert f"{names[one['place']][0]}的出自代拟稿" in row["reason_zh"]
            assert f"{names[one['place']][1]}’s is from a draft" in row["reason_en"]


def test_lookalikes_give_the_reason_of_their_row(said: pd.DataFrame) -> None:
    reasons = {
        frozenset((row["item_id"], row["other_id"])): (row["reason_zh"], row["reason_en"])
        for row in rows_in("lookalikes.csv")
    }
    for row in said[said["relation"] == "lookalike"].to_dict("records"):
        one, other = PROMISES[row["row_id"]], PROMISES[row["above_row_id"]]
        named = [
            reasons[pair]
            for a in (item(one), one["indicator_id"])
            for b in (item(other), other["indicator_id"])
            if (pair := frozenset((a, b))) in reasons
        ]
        assert (row["reason_zh"], row["reason_en"]) in named


def test_goals_above_are_those_that_no_pair_names(book: Book) -> None:
    answered = {above for _, above in TOLD}
    left = sorted(
        name for name, row in PROMISES.items() if row["place"] not in CITIES and name not in answered
    )
    goals = goals_above(book)
    assert sorted(goals["row_id"]) == left and left
    assert list(goals.columns) == FIGURES and list(goals.index) == list(range(len(left)))
    assert all(PROMISES[name]["place"] in ("shandong", "china") for name in left)


# ── the real pairs, by hand ────────────────────────────────────────────────────

NONE: dict[str, Any] = {"gap": None, "stance": None, "gap_days": None, "share": None}
BY_HAND = [
    ("t-dongying-0010", "g-shandong-0020", "like", {"gap": 0, "stance": "equal", "gap_days": 0},
     "growth of more than eleven against growth of more than eleven"),
    ("t-dongying-0006", "g-shandong-0025", "like", {"gap": 10, "stance": "higher", "gap_days": 0},
     "more than thirty per cent against more than twenty: percentage points"),
    ("t-dongying-0015", "g-shandong-0010", "like", {"gap": 2, "stance": "higher", "gap_days": 0},
     "the denominator names an exception, and the bound is another: both are told, neither forbids"),
    ("t-dongying-0016", "g-shandong-0009", "like", {"gap": 5, "stance": "higher", "gap_days": 0},
     "the exception alone"),
    ("t-dongying-0011", "g-shandong-0021", "lookalike", {},
     "growth by eight per cent is not set against a share of seven per cent"),
    ("t-dongying-0008", "g-shandong-0005", "like", {"share": 100 * 2000 / 60000, "gap_days": 0},
     "a provincial total is no quota: a share and no gap"),
    ("t-dongying-0014", "g-shandong-0027", "like", {"share": 100 * 3500 / 60000, "gap_days": 0},
     "a total at a date is shared as well as what is new"),
    ("t-dezhou-0003", "g-shandong-0006", "different_measure", {},
     "due in one year, but the draft does not say whether new or in total: neither gap nor share"),
    ("t-dezhou-0010", "g-shandong-0025", "different_year", {"gap_days": 1096},
     "the same rate three years later: days and nothing else"),
    ("t-jinan-0006", "g-shandong-0012", "different_year", {"gap_days": -730},
     "two years before the province"),
    ("t-dongying-0005", "g-dongying-0001", "assigned", {"gap": -2, "stance": "lower", "gap_days": 0},
     "the province lists 72 for the city, which sets itself at least 70"),
    ("t-qingdao-0002", "g-qingdao-0001", "different_year", {"gap_days": -730},
     "the list of a later year sets the city nothing for this one"),
    ("g-dezhou-0001", "g-shandong-0001", "like", {"share": 100 * 64 / 1542, "gap_days": 0},
     "a list for the city against the list for the province"),
    ("g-jinan-0003", "g-shandong-0006", "different_measure", {},
     "stations newly built are no share of those newly put into use"),
    ("g-jinan-0004", "g-shandong-0005", "like", {"share": 100 / 6, "gap_days": 0},
     "the province builds and puts into use, and its words say so of the same stations"),
    ("t-dezhou-0011", "g-shandong-0013", "different_measure", {},
     "rural households are not all households"),
    ("g-shandong-0029", "g-china-0001", "different_year", {"gap_days": 730},
     "the province has a place above it too"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "above", "relation", "held", "reason"), BY_HAND, ids=[case[-1] for case in BY_HAND]
)
def test_the_pairs_worked_out_by_hand(
    made: pd.DataFrame, name: str, above: str, relation: str, held: Row, reason: str
) -> None:
    row = by_pair(made)[name, above]
    assert row["relation"] == relation
    for column, value in (NONE | held).items():
        if value is None:
            assert pd.isna(row[column]), column
        else:
            assert row[column] == (pytest.approx(value) if isinstance(value, float) else value), column


@pytest.mark.parametrize(
    ("name", "above", "reason"),
    [
        ("t-dongying-0005", "g-shandong-0001", "a city's own figure is not held against the province's list"),
        ("g-dongying-0001", "g-shandong-0024", "a list is not held against a provincial total"),
        ("g-dongying-0001", "g-shandong-0023", "nor against one of open basis"),
        ("t-dongying-0005", "g-dezhou-0001", "the list for one city is nothing to another"),
        ("g-jinan-0001", "g-dongying-0001", "nor are two cities' lists"),
        ("g-shandong-0001", "g-shandong-0024", "the province's list assigns nothing to the province"),
        ("g-dongying-0001", "t-dongying-0005", "a list is not held against the city's figure"),
        ("g-shandong-0005", "t-dongying-0008", "what stands above is not held against what stands below"),
        ("t-dongying-0006", "g-shandong-0026", "a second source is the same figure"),
        ("t-dongying-0004", "g-china-0001", "another matter"),
        ("t-dongying-0014", "g-china-0001", "another matter of the nation"),
        ("t-dongying-0016", "g-shandong-0010", "a look-alike where something better compares"),
    ],
)
def test_figures_that_do_not_meet(made: pd.DataFrame, name: str, above: str, reason: str) -> None:
    assert (name, above) not in by_pair(made), reason


def test_growth_and_share_of_gdp_stand_apart_with_the_reason(said: pd.DataFrame) -> None:
    row = by_pair(said)["t-dongying-0011", "g-shandong-0021"]
    assert (
        row["reason_zh"]
        == "「数字经济核心产业增加值占比」是占地区生产总值的比重，「数字经济核心产业增加值增幅」是增幅"
    )
    assert row["reason_en"] == (
        "“Core digital industries’ value added, share of GDP” is a share of GDP, "
        "“Growth of core digital industries’ value added” a growth rate"
    )


# ── places, topics and names ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("place", "about", "reason"),
    [
        ("dongying", None, "one place by its name"),
        (["dezhou", "jinan"], None, "several places"),
        ("shandong", None, "a province is held against the nation"),
        ("china", None, "nothing stands above the nation"),
        ("liaocheng", None, "a place that promises nothing"),
        (None, "5g", "a topic"),
        ("dongying", "smart_community", "a topic of one place"),
        (("qingdao",), "digital_economy", "a topic on which the place has no pair"),
    ],
)
def test_places_and_a_topic_pick_rows_and_change_none(
    book: Book, made: pd.DataFrame, place: Any, about: str | None, reason: str
) -> None:
    names = [place] if isinstance(place, str) else place
    told = [
        pair
        for pair in TOLD
        if (names is None or PROMISES[pair[0]]["place"] in names)
        and about in (None, topic(PROMISES[pair[0]]))
    ]
    some = cascade(book, place, about)
    assert set(by_pair(some)) == set(told) and list(some.columns) == CASCADE
    whole_rows = by_pair(made)
    for pair, row in by_pair(some).items():
        assert all(row[name] == whole_rows[pair][name] or pd.isna(row[name]) for name in CASCADE)
        assert [name for name in CASCADE if pd.isna(row[name])] == [
            name for name in CASCADE if pd.isna(whole_rows[pair][name])
        ]


@pytest.mark.parametrize(
    ("asked", "words", "reason"),
    [
        ({"place": "dongyin"}, 'There is no place "dongyin"; did you mean dongying', "a place misspelt"),
        (
            {"place": ["dongying", "shandog"]},
            'There is no place "shandog"; did you mean shandong',
            "the second of two",
        ),
        (
            {"topic": "opendata"},
            'There is no topic "opendata"; did you mean open_data?',
            "a topic misspelt",
        ),
        (
            {"topic": "base_stations_5g"},
            'There is no topic "base_stations_5g"; did you mean ',
            "an indicator is no topic",
        ),
        (
            {"place": "dongyin", "topic": "5g"},
            'There is no place "dongyin"; did you mean dongying',
            "a right topic hides no wrong place",
        ),
    ],
)
def test_unknown_names_are_refused(book: Book, asked: Row, words: str, reason: str) -> None:
    with pytest.raises(UnknownName) as told:
        cascade(book, **asked)
    assert str(told.value).startswith(words)


def test_twice_is_the_same_and_nothing_of_the_book_changes(book: Book, made: pd.DataFrame) -> None:
    before = {name: getattr(book, name).copy() for name in ("targets", "outside_targets", "places")}
    pd.testing.assert_frame_equal(cascade(book), made)
    goals_above(book)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(getattr(book, name), frame)


# ── altered tables ─────────────────────────────────────────────────────────────


def altered(book: Book, **tables: pd.DataFrame) -> Book:
    return replace(book, **tables)


def edited(frame: pd.DataFrame, key: str, names: Any, **cells: Any) -> pd.DataFrame:
    """Return a table with some cells of the named rows changed, its columns of the type they were."""
    frame = frame.copy()
    at = frame[key].isin([names] if isinstance(names, str) else names)
    assert at.any()
    for column, value in cells.items():
        frame[column] = frame[column].mask(at, pd.Series(value, index=frame.index, dtype=frame[column].dtype))
    return frame


def test_without_its_parent_a_city_has_nothing_above_but_its_own_list(book: Book) -> None:
    rows = cascade(altered(book, places=edited(book.places, "place_id", "dongying", parent_id=None)))
    own = rows[rows["place_id"] == "dongying"]
    assert list(zip(own["row_id"], own["above_row_id"], own["relation"], strict=True)) == [
        ("t-dongying-0005", "g-dongying-0001", "assigned")
    ]
    others = {pair for pair in TOLD if PROMISES[pair[0]]["place"] != "dongying"}
    assert set(by_pair(rows[rows["place_id"] != "dongying"])) == others


def test_with_the_province_set_under_a_city_the_nation_stands_above_all_of_them(book: Book) -> None:
    """Ancestors are followed to the end, not one step."""
    places = edited(book.places, "place_id", "shandong", parent_id="jinan")
    places = edited(places, "place_id", "jinan", parent_id="china")
    rows = by_pair(cascade(altered(book, places=places), "dongying"))
    assert ("t-dongying-0008", "g-jinan-0004") in rows and ("t-dongying-0008", "g-shandong-0005") in rows
    assert ("t-dongying-0005", "g-jinan-0001") not in rows, "a list stays a list whoever holds it"


@pytest.mark.parametrize(
    ("name", "gap", "stance", "reason"),
    [
        ("t-dongying-0006", 10, "lower", "more is less far where lower is better"),
        ("t-dongying-0005", -2, "higher", "fewer than listed is further"),
        ("t-dongying-0004", 0, "equal", "equal stays equal"),
    ],
)
def test_lower_is_better_turns_the_stance_round_and_leaves_the_gap(
    book: Book, name: str, gap: float, stance: str, reason: str
) -> None:
    turned = altered(book, indicators=book.indicators.assign(better="lower"))
    rows = cascade(turned, "dongying").query("row_id == @name and relation in @COMPARED")
    [row] = rows.to_dict("records")
    assert (row["gap"], row["stance"]) == (gap, stance)


def test_a_suspect_figure_disappears_and_its_second_source_takes_its_place(book: Book) -> None:
    one = edited(book.outside_targets, "fact_id", "g-shandong-0025", confidence="suspect")
    rows = by_pair(cascade(altered(book, outside_targets=one)))
    assert not any("g-shandong-0025" in pair for pair in rows)
    taken = {
        (name, "g-shandong-0026" if above == "g-shandong-0025" else above): told
        for (name, above), told in TOLD.items()
    }
    assert {pair: row["relation"] for pair, row in rows.items()} == taken
    both = edited(one, "fact_id", "g-shandong-0026", confidence="suspect")
    rows = by_pair(cascade(altered(book, outside_targets=both)))
    assert set(rows) == {pair for pair in TOLD if pair[1] != "g-shandong-0025"}


def test_a_suspect_figure_of_a_city_has_no_row_and_leaves_its_goal_open(book: Book) -> None:
    doubted = edited(book.outside_targets, "fact_id", "g-shandong-0029", confidence="suspect")
    made = altered(book, outside_targets=doubted)
    assert "g-shandong-0029" not in set(cascade(made)["row_id"])
    goals = set(goals_above(made)["row_id"])
    assert "g-shandong-0029" not in goals and "g-china-0001" in goals
    assert "g-china-0001" not in set(goals_above(book)["row_id"])


def test_a_second_source_adds_no_pair(book: Book, made: pd.DataFrame) -> None:
    facts = book.outside_targets
    again = facts[facts["fact_id"].isin(["g-dongying-0001", "g-shandong-0005"])]
    again = again.assign(
        fact_id=again["fact_id"].str.replace("-000", "-900"), source_title="另一出处", confidence="medium"
    )
    rows = cascade(altered(book, outside_targets=pd.concat([facts, again], ignore_index=True)))
    pd.testing.assert_frame_equal(rows, made)


def test_another_value_of_the_province_is_another_pair(book: Book) -> None:
    facts = book.outside_targets
    again = facts[facts["fact_id"] == "g-shandong-0025"].assign(fact_id="g-shandong-9001", value=25.0)
    rows = by_pair(cascade(altered(book, outside_targets=pd.concat([facts, again], ignore_index=True))))
    assert rows["t-dongying-0006", "g-shandong-0025"]["gap"] == 10
    assert rows["t-dongying-0006", "g-shandong-9001"]["gap"] == 5


def test_without_targets_of_documents_only_those_from_elsewhere_are_held(book: Book) -> None:
    emptied = altered(book, targets=book.targets[:0])
    pairs = {pair for pair in TOLD if pair[0].startswith("g-")}
    rows = by_pair(cascade(emptied))
    assert {pair for pair in rows if rows[pair]["relation"] != "lookalike"} == {
        pair for pair in pairs if TOLD[pair] != "lookalike"
    }
    goals = set(goals_above(emptied)["row_id"])
    assert goals > set(goals_above(book)["row_id"]) and "g-shandong-0010" not in goals
    assert "g-shandong-0011" in goals, "only a document's figure answered it"


def test_a_lookalike_is_told_only_where_nothing_is_like(book: Book) -> None:
    """Without the like figure of the province the one with similar words comes up, with its reason."""
    facts = book.outside_targets
    rows = by_pair(worded(altered(book, outside_targets=facts[facts["fact_id"] != "g-shandong-0009"])))
    row = rows["t-dongying-0016", "g-shandong-0010"]
    assert row["relation"] == "lookalike" and pd.isna(row["gap"]) and pd.isna(row["gap_days"])
    assert row["reason_en"] == (
        "“Services handled entirely online” are done online from end to end,"
        " “Services available online” can be applied for online"
    )


def test_a_lookalike_of_another_year_is_not_told(book: Book) -> None:
    later = edited(book.outside_targets, "fact_id", "g-shandong-0021", date_on=pd.Timestamp("2023-12-31"))
    assert ("t-dongying-0011", "g-shandong-0021") not in by_pair(
        cascade(altered(book, outside_targets=later))
    )


def test_without_its_row_a_lookalike_is_not_told(book: Book) -> None:
    rows = cascade(altered(book, lookalikes=book.lookalikes[:0]))
    assert set(by_pair(rows)) == {pair for pair, relation in TOLD.items() if relation != "lookalike"}


def test_a_place_that_is_not_compared_is_assigned_nothing(book: Book) -> None:
    facts = book.outside_targets
    moved = facts[facts["fact_id"].isin(["g-dezhou-0001", "g-dezhou-0004"])]
    moved = moved.assign(
        fact_id=moved["fact_id"].str.replace("dezhou", "liaocheng"),
        place_id="liaocheng",
        basis="flow",
        date_on=pd.Timestamp("2022-12-31"),
    )
    rows = by_pair(cascade(altered(book, outside_targets=pd.concat([facts, moved], ignore_index=True))))
    assert ("g-liaocheng-0001", "g-shandong-0001") in rows
    assert ("g-liaocheng-0004", "g-liaocheng-0001") not in rows


@pytest.mark.parametrize(
    ("cells", "relation", "held", "reason"),
    [
        ({}, "assigned", {"gap": -2, "gap_days": 0}, "as it stands"),
        ({"value": 60.0}, "assigned", {"gap": 10, "gap_days": 0}, "the city sets itself more"),
        ({"value": 70.0}, "assigned", {"gap": 0, "gap_days": 0}, "exactly what is listed"),
        ({"date_on": pd.Timestamp("2023-12-31")}, "different_year", {"gap_days": -365}, "a later list"),
        ({"basis": "ambiguous"}, "different_measure", {}, "a list of open basis"),
        ({"basis": "stock"}, "different_measure", {}, "a list of what there is in all"),
        ({"comparator": "le"}, "assigned", {"gap": -2, "gap_days": 0}, "at most is a bound, and is told"),
    ],
)
def test_what_the_list_sets_for_the_city(
    book: Book, cells: Row, relation: str, held: Row, reason: str
) -> None:
    facts = edited(book.outside_targets, "fact_id", "g-dongying-0001", **cells)
    rows = cascade(altered(book, outside_targets=facts), "dongying", "smart_community")
    row = by_pair(rows)["t-dongying-0005", "g-dongying-0001"]
    assert row["relation"] == relation
    told = {name: row[name] for name in ("gap", "gap_days", "share") if not pd.isna(row[name])}
    assert told == held


# ── the rules, case by case ────────────────────────────────────────────────────

RATE = {"value_low": 30.0, "value_high": None, "comparator": "gt"}
COUNT = {"indicator_id": "smart_communities", "unit_id": "count", "basis": "flow"}
GOAL = COUNT | {"comparator": "gt", "value": 1000.0}
EXCEPTION = "依申请政务服务事项（法律法规规定或涉密等事项除外）"
RULES = [
    ({}, {}, "like", {"gap": 10.0, "stance": "higher", "gap_days": 0}, "", "all agrees"),
    ({"value_low": 15.0}, {}, "like", {"gap": -5.0, "stance": "lower", "gap_days": 0}, "", "less far"),
    ({"value_low": 20.0}, {}, "like", {"gap": 0.0, "stance": "equal", "gap_days": 0}, "", "the same bound"),
    ({"value_low": 11.0, "basis": "growth"}, {"value": 11.0, "basis": "growth"}, "like",
     {"gap": 0.0, "stance": "equal", "gap_days": 0}, "", "growth against growth"),
    ({"value_low": 10.3}, {"value": 10.1}, "like",
     {"gap": pytest.approx(0.2), "stance": "higher", "gap_days": 0}, "", "tenths of a point"),
    ({"value_low": None, "value_high": 30.0, "comparator": "le"}, {"comparator": "le"}, "like",
     {"gap": 10.0, "stance": "higher", "gap_days": 0}, "", "both say at most: their upper bounds"),
    ({"value_low": None, "value_high": 30.0, "comparator": "lt"}, {}, "like",
     {"gap": 10.0, "stance": "higher", "gap_days": 0}, "comparator", "below against above: told beside"),
    ({"value_high": 40.0, "comparator": "range"}, {}, "like",
     {"gap": 10.0, "stance": "higher", "gap_days": 0}, "comparator", "a range from its lower end"),
    ({"comparator": "eq", "value_high": 30.0}, {"comparator": "ge"}, "like",
     {"gap": 10.0, "stance": "higher", "gap_days": 0}, "comparator", "a plain figure against at least"),
    ({"due_on": pd.Timestamp("2022-06-30"), "due_precision": "month"}, {}, "like",
     {"gap": 10.0, "stance": "higher", "gap_days": -184}, "", "half a year before, in the same year"),
    ({"due_on": pd.Timestamp("2023-01-01")}, {}, "different_year", {"gap_days": 1}, "due_year",
     "a day later, in another year"),
    ({"due_on": pd.NaT, "recurrence": "year"}, {}, "different_measure", {}, "recurrence;due_year",
     "a figure for every year"),
    ({"act": "open"}, {}, "different_measure", {}, "act", "what is in use is no level to reach"),
    ({"act": "build", "basis": "growth"}, {"act": "begin"}, "different_measure", {}, "act;basis",
     "neither the act nor the basis"),
    ({"act": "open", "also_act": "build"}, {"act": "build"}, "like",
     {"gap": 10.0, "stance": "higher", "gap_days": 0}, "", "the city opens as well what both build"),
    ({"act": "open"}, {"act": "open", "also_act": "build"}, "like",
     {"gap": 10.0, "stance": "higher", "gap_days": 0}, "", "the province builds as well what both open"),
    ({"act": "list"}, {"act": "open", "also_act": "build"}, "different_measure", {}, "act",
     "a list against what is built and put into use"),
    ({"act": "begin", "due_on": pd.Timestamp("2023-12-31")}, {}, "different_measure", {}, "act;due_year",
     "begun a year later is no matter of days"),
    ({"basis": "growth"}, {}, "different_measure", {}, "basis", "growth against a rate"),
    ({"basis": "ambiguous"}, {}, "different_measure", {}, "basis_open", "an open basis"),
    ({}, {"basis": "ambiguous"}, "different_measure", {}, "basis_open", "an open basis above"),
    ({"basis": "ambiguous"}, {"basis": "ambiguous"}, "different_measure", {}, "basis_open",
     "not even like another"),
    ({"unit_id": "per_10000"}, {}, "different_measure", {}, "unit", "another unit"),
    ({"denominator_zh": "家庭"}, {}, "different_measure", {}, "denominator", "a denominator on one side"),
    ({"denominator_zh": "家庭"}, {"denominator_zh": "农村家庭"}, "different_measure", {}, "denominator",
     "another denominator"),
    ({"denominator_zh": EXCEPTION}, {"denominator_zh": "依申请政务服务事项"}, "like",
     {"gap": 10.0, "stance": "higher", "gap_days": 0}, "exception", "one denominator, with an exception"),
    ({"denominator_zh": "依申请政务服务事项"}, {"denominator_zh": EXCEPTION}, "like",
     {"gap": 10.0, "stance": "higher", "gap_days": 0}, "exception", "the exception is the province's"),
    ({"denominator_zh": "依申请政务服务事项(涉密事项除外)"}, {"denominator_zh": "依申请政务服务事项"}, "like",
     {"gap": 10.0, "stance": "higher", "gap_days": 0}, "exception", "half-width brackets as well"),
    ({"denominator_zh": EXCEPTION}, {}, "different_measure", {}, "denominator",
     "an exception to what the other does not name"),
    ({"denominator_zh": "依申请政务服务事项（市级）"}, {"denominator_zh": "依申请政务服务事项"},
     "different_measure", {}, "denominator", "what stands in brackets need be no exception"),
    ({"scope_zh": "全市"}, {"scope_zh": "全省"}, "like",
     {"gap": 10.0, "stance": "higher", "gap_days": 0}, "", "the whole place by its own name"),
    ({"scope_zh": "全市"}, {}, "like", {"gap": 10.0, "stance": "higher", "gap_days": 0}, "",
     "the whole place, named or not"),
    ({"scope_zh": "农村"}, {}, "different_measure", {}, "scope", "a part against the whole"),
    ({"scope_zh": "全市农村"}, {"scope_zh": "农村"}, "like",
     {"gap": 10.0, "stance": "higher", "gap_days": 0}, "", "the same part"),
    ({"force": "aspirational"}, {}, "like", {"gap": 10.0, "stance": "higher", "gap_days": 0}, "force",
     "an aspiration is told beside the gap"),
    ({"source_id": "dezhou-2020"}, {}, "like", {"gap": 10.0, "stance": "higher", "gap_days": 0}, "draft",
     "a draft is told beside the gap"),
    ({}, {"measure_id": "one_matter_ease"}, "like", {"gap": 10.0, "stance": "higher", "gap_days": 0},
     "measure_open", "only one says which of two things it counts"),
    (COUNT | {"value_low": 50.0}, GOAL, "like", {"share": 5.0, "gap_days": 0}, "",
     "a total gives a share and no gap"),
    (COUNT | {"value_low": 50.0, "basis": "stock"}, GOAL | {"basis": "stock"}, "like",
     {"share": 5.0, "gap_days": 0}, "", "in all as well as new"),
    (COUNT | {"value_low": 2000.0}, GOAL, "like", {"share": 200.0, "gap_days": 0}, "",
     "a share of more than all is not hidden"),
    (COUNT | {"value_low": None, "value_high": 50.0, "comparator": "le"}, GOAL, "like", {"gap_days": 0},
     "comparator", "of at most so many no share is known"),
    (COUNT | {"value_low": 50.0}, GOAL | {"comparator": "le"}, "like", {"gap_days": 0}, "comparator",
     "nor a share of at most so many"),
    (COUNT | {"value_low": 50.0}, GOAL | {"value": 0.0}, "like", {"gap_days": 0}, "",
     "nothing is no total to have a share of"),
    (COUNT | {"value_low": 50.0, "due_on": pd.Timestamp("2020-12-31")}, GOAL, "different_year",
     {"gap_days": -730}, "due_year", "a share of another year's total is none"),
    (COUNT | {"value_low": 50.0, "act": "build"}, GOAL | {"act": "open"}, "different_measure", {}, "act",
     "built is no share of what is put into use"),
    (COUNT | {"value_low": 50.0, "basis": "ambiguous"}, GOAL, "different_measure", {}, "basis_open",
     "an open basis has no share either"),
    (COUNT | {"value_low": 50.0, "source_id": "dezhou-2020", "force": "aspirational"}, GOAL, "like",
     {"share": 5.0, "gap_days": 0}, "force;draft", "a share beside what is told of it"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right", "relation", "held", "differs", "reason"), RULES, ids=[case[-1] for case in RULES]
)
def test_one_figure_against_one_above(
    book: Book, left: Row, right: Row, relation: str, held: Row, differs: str, reason: str
) -> None:
    name, above = "t-dongying-0006", "g-shandong-0025"
    targets = book.targets[book.targets["target_id"] == name]
    goals = book.outside_targets[book.outside_targets["fact_id"] == above]
    made = altered(
        book,
        targets=edited(targets, "target_id", name, **RATE | left),
        outside_targets=edited(goals, "fact_id", above, **right),
        lookalikes=book.lookalikes[:0],
    )
    [row] = cascade(made).to_dict("records")
    assert (row["row_id"], row["above_row_id"]) == (name, above)
    assert (row["relation"], row["differs"]) == (relation, differs)
    columns = ("gap", "stance", "gap_days", "share")
    assert {column: row[column] for column in columns if not pd.isna(row[column])} == held
    assert pd.isna(row["population_share"]) == ("share" not in held)
    assert goals_above(made).empty


@pytest.mark.parametrize(
    ("measures", "relation", "differs", "reason"),
    [
        (("base_stations_built", "base_stations_in_service"), "different_measure", "measure", "two things"),
        (("base_stations_in_service", "base_stations_in_service"), "like", "", "the same thing"),
        (("base_stations_built", None), "like", "", "the province names none, its act says it"),
        ((None, "base_stations_built"), "like", "", "the city names none, its act says it"),
        (("base_stations_built", None, "build"), "like", "", "both built, the province by its act"),
        (("base_stations_built", None, "open"), "different_measure", "act", "the acts alone set them apart"),
        (("base_stations_built", None, "reach"), "different_measure", "act;measure_open", "a level"),
        (("base_stations_built", None, "other"), "different_measure", "act;measure_open", "done, but what?"),
        ((None, "base_stations_in_service", "open"), "different_measure", "act", "the city’s are built"),
    ],
)
def test_what_is_counted_is_held_against_what_is_counted(
    book: Book, measures: tuple[str | None, ...], relation: str, differs: str, reason: str
) -> None:
    facts = edited(book.outside_targets, "fact_id", "g-jinan-0004", measure_id=measures[0])
    facts = edited(facts, "fact_id", "g-shandong-0005", measure_id=measures[1])
    if len(measures) > 2:
        facts = edited(facts, "fact_id", "g-shandong-0005", act=measures[2], also_act=None)
    rows = cascade(altered(book, outside_targets=facts), "jinan", "5g")
    row = by_pair(rows)["g-jinan-0004", "g-shandong-0005"]
    assert (row["relation"], row["differs"]) == (relation, differs)
    assert pd.isna(row["share"]) == (relation != "like")


@pytest.mark.parametrize(
    ("pair", "told", "reason"),
    [
        (("t-dongying-0008", "g-shandong-0002"), {"basis"}, "both built and put into use"),
        (("t-dezhou-0003", "g-shandong-0006"), {"act", "basis_open", "draft"}, "built, and put into use"),
        (("g-jinan-0002", "g-shandong-0002"), {"act", "due_year", "measure_open"}, "a total, of what?"),
    ],
)
def test_an_act_that_is_stated_leaves_nothing_open(
    said: pd.DataFrame, pair: tuple[str, str], told: set[str], reason: str
) -> None:
    row = by_pair(said)[pair]
    assert set(row["differs"].split(";")) == told, reason
    for lang, words in (("zh", "没有写明数的是建成还是开通"), ("en", "built or in service")):
        assert (words in row[f"reason_{lang}"]) == ("measure_open" in told)


# ── populations of one day ─────────────────────────────────────────────────────


def count(
    name: str, place: str, on: str | None, comparator: str = "eq", sure: str = "high", by: str = "m1"
) -> Row:
    return {
        "fact_id": name,
        "place_id": place,
        "measure_id": by,
        "comparator": comparator,
        "value": 1.0,
        "date_on": pd.Timestamp(on) if on else pd.NaT,
        "confidence": sure,
    }


POPULATIONS = [
    ([count("a", "p", "2020-12-31"), count("b", "q", "2020-12-31")], ("a", "b"), "one day"),
    ([count("a", "p", "2020-12-31"), count("b", "q", "2020-11-01")], None, "two days"),
    ([count("a", "p", "2020-12-31"), count("b", "q", "2020-12-31", by="m2")], None, "two definitions"),
    ([count("a", "p", "2020-12-31", by="l"), count("b", "q", "2020-12-31", by="l")], None, "no population"),
    ([count("a", "p", "2020-12-31")], None, "one side alone"),
    ([], None, "no figure"),
    ([count("a", "p", None), count("b", "q", None)], None, "days that nobody states are not the same day"),
    (
        [count("a", "p", "2020-12-31"), count("b", "p", "2012-01-01"), count("c", "q", "2012-01-01")],
        ("b", "c"),
        "a nearer day of one side alone does not count",
    ),
    (
        [count(f"{on}{place}", place, on) for on in ("2019-12-31", "2021-06-30") for place in "pq"],
        ("2021-06-30p", "2021-06-30q"),
        "half a year after is nearer than a year before",
    ),
    (
        [
            count("a", "p", "2020-12-31", "approx"),
            count("b", "p", "2020-12-31"),
            count("c", "q", "2020-12-31"),
        ],
        ("b", "c"),
        "exact before rounded",
    ),
    (
        [
            count("a", "p", "2020-12-31", sure="medium"),
            count("b", "p", "2020-12-31"),
            count("c", "q", "2020-12-31"),
        ],
        ("b", "c"),
        "the better confidence",
    ),
    (
        [
            count("a", "p", "2020-12-31", "approx"),
            count("b", "p", "2020-12-31", sure="medium"),
            count("c", "q", "2020-12-31"),
        ],
        ("b", "c"),
        "exact before rounded, whatever the confidence",
    ),
    (
        [count("b", "p", "2020-12-31"), count("a", "p", "2020-12-31"), count("c", "q", "2020-12-31")],
        ("a", "c"),
        "two alike: by key, not by row",
    ),
    (
        [
            count("a", "p", "2020-12-31", "approx", "medium"),
            count("b", "q", "2020-12-31", "approx", "medium"),
            count("c", "p", "2020-06-30"),
            count("d", "q", "2020-06-30"),
        ],
        ("a", "b"),
        "the nearer day before all",
    ),
    (
        [count("a", "p", "2020-12-31", by="m2"), count("b", "q", "2020-12-31", by="m2")],
        ("a", "b"),
        "any measure of the kind",
    ),
    (
        [count("a", "r", "2020-12-31"), count("b", "q", "2020-12-31"), count("c", "p", "2010-12-31")],
        None,
        "another place's figure is no stand-in",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "chosen", "reason"), POPULATIONS, ids=[case[-1] for case in POPULATIONS])
def test_populations_are_of_one_measure_and_one_day(
    book: Book, facts: list[Row], chosen: tuple[str, str] | None, reason: str
) -> None:
    measures = pd.DataFrame({"measure_id": ["m1", "m2", "l"], "kind": ["population", "population", "area"]})
    columns = list(count("a", "p", None))
    frame = pd.DataFrame(facts, columns=columns)
    frame["date_on"] = pd.to_datetime(frame["date_on"])
    pair = population_pair(
        altered(book, measures=measures, reference=frame), "p", "q", pd.Timestamp("2020-12-31")
    )
    assert (pair and tuple(cells["fact_id"] for cells in pair)) == chosen


def test_a_share_stands_alone_where_no_day_has_both_populations(book: Book) -> None:
    """Nothing is estimated: the share of the population is missing, not the total's."""
    reference = book.reference[book.reference["place_id"] != "qingdao"]
    rows = cascade(altered(book, reference=reference), "qingdao", "5g")
    row = by_pair(rows)["g-qingdao-0002", "g-shandong-0005"]
    assert row["share"] == pytest.approx(100 / 6)
    assert all(pd.isna(row[name]) for name in ("population_share", "population_id", "above_population_id"))
