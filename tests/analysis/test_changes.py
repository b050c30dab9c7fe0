"""What became of each indicator of Dezhou, held against the CSV files; other changes on altered rows."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from compare.analysis.changes import CHANGES, INDICATORS
from compare.errors import UnknownName
from compare.tables.book import Book
from compare.words.reasons import indicator_changes

CURATED = Path(__file__).resolve().parents[2] / "data" / "curated"
EARLY, LATE = "dezhou-2020", "dezhou-2023"
# 93 % of households by December 2020, in the draft; the later document does not speak of it.
BROADBAND, PENETRATION = "t-dezhou-0005", "fixed_broadband_penetration"
Row = dict[str, str]


@cache
def rows_in(pattern: str) -> list[Row]:
    rows: list[Row] = []
    for path in sorted(CURATED.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows


@pytest.fixture(scope="module")
def changes(book: Book) -> pd.DataFrame:
    return indicator_changes(book, "dezhou").set_index("indicator_id", drop=False)


# ── the tables as they are ─────────────────────────────────────────────────────


def statements(source: str, indicator: str) -> tuple[str, list[Row], set[str]]:
    """Return the form in which a document speaks of an indicator, its rows, and the clauses they stand in."""
    targets = [
        row
        for row in rows_in("dezhou/targets.csv")
        if (row["source_id"], row["indicator_id"]) == (source, indicator)
    ]
    words = [
        row
        for row in rows_in("dezhou/mentions.csv")
        if (row["source_id"], row["indicator_id"], row["class"]) == (source, indicator, "unquantified")
    ]
    commitments = [row for row in rows_in("dezhou/commitments.csv") if row["source_id"] == source]
    holders = {row["commitment_id"] for row in targets}
    for word in words:
        holders |= {
            row["commitment_id"]
            for row in commitments
            if int(row["start"]) < int(word["quote_end"]) and int(word["quote_start"]) < int(row["end"])
        }
    said = {row["action_zh"] for row in commitments if row["commitment_id"] in holders}
    within = {row["commitment_id"] for row in commitments if row["action_zh"] in said}
    numbers = [row for row in targets if row["kind"] == "target" and not row["restates_target_id"]]
    if numbers:
        return "number", numbers, within
    return ("words", words, within) if words else ("status" if targets else "none", targets, within)


def expected(indicator: str) -> tuple[str, set[str], set[str]]:
    """Return the change and the rows that show it, by another reading of the rule."""
    (before, old, old_in), (after, new, new_in) = (statements(source, indicator) for source in (EARLY, LATE))
    ids = [{row.get("target_id") or row["mention_id"] for row in rows} for rows in (old, new)]
    links = rows_in("dezhou/continuations.csv")
    if after == "none":
        follow = {row["later_id"] for row in links if row["earlier_id"] in old_in}
        return ("taken_up", ids[0], follow) if follow else ("dropped", *ids)
    if before == "none":
        follow = {row["earlier_id"] for row in links if row["later_id"] in new_in}
        return ("taken_up", follow, ids[1]) if follow else (f"new_{after}", *ids)
    return ("in_words" if before == after else f"to_{after}", *ids)


def ids(cell: Any) -> set[str]:
    return set() if pd.isna(cell) else set(cell.split(";"))


@pytest.mark.parametrize("indicator", sorted(row["indicator_id"] for row in rows_in("indicators.csv")))
def test_every_indicator_became_what_the_files_say(changes: pd.DataFrame, indicator: str) -> None:
    told = expected(indicator) if any(statements(source, indicator)[1] for source in (EARLY, LATE)) else None
    if told is None:
        assert indicator not in changes.index
        return
    row = changes.loc[indicator]
    assert statements(EARLY, indicator)[0] != "number" or statements(LATE, indicator)[0] != "number"
    assert (row["change"], ids(row["earlier_ids"]), ids(row["later_ids"])) == told


@pytest.mark.parametrize(
    ("indicator", "states", "change", "lapsed", "reason"),
    [
        ("base_stations_5g", ("quantified", "unquantified"), "to_words", True, "1500 stations, then words"),
        ("gigabit_households", ("unquantified", "quantified"), "to_number", None, "words, then 80 %"),
        ("open_datasets", ("unquantified", "unquantified"), "in_words", None, "words in both"),
        ("digital_parks", ("quantified", "silent"), "dropped", True, "three to five parks, then nothing"),
        ("yinong_rate", ("unquantified", "silent"), "dropped", None, "words, some undated, then nothing"),
        ("licence_kinds", ("unquantified", "silent"), "dropped", None, "undated words, then nothing"),
        (
            "rural_100m_coverage",
            ("unquantified", "silent"),
            "taken_up",
            None,
            "a hundred megabits, then gigabit",
        ),
        ("smart_communities", ("silent", "quantified"), "new_number", None, "a number out of nothing"),
        ("grid_management_coverage", ("silent", "unquantified"), "new_words", None, "words out of nothing"),
    ],
)
def test_real_changes(
    changes: pd.DataFrame,
    indicator: str,
    states: tuple[str, str],
    change: str,
    lapsed: bool | None,
    reason: str,
) -> None:
    row = changes.loc[indicator]
    assert ((row["earlier_state"], row["later_state"]), row["change"]) == (states, change)
    assert (None if pd.isna(row["lapsed"]) else bool(row["lapsed"])) is lapsed


def test_dated_words_lapse(book: Book) -> None:
    """Of the same words only the dated ones are kept: their last day has passed."""
    dated = replace(book, mentions=book.mentions[book.mentions["due_on"].notna()])
    [row] = indicator_changes(only(dated, indicator_id="yinong_rate"), "dezhou").to_dict("records")
    assert (row["change"], bool(row["lapsed"])) == ("dropped", True)


def test_deadlines_are_those_of_the_earlier_rows(changes: pd.DataFrame) -> None:
    [issued] = [row["drawn_up_on"] for row in rows_in("sources.csv") if row["source_id"] == LATE]
    for row in changes.to_dict("records"):
        form, rows, _ = statements(EARLY, row["indicator_id"])
        days = [one["due_on"] for one in rows] if form != "none" else []
        last = max(days, default="")
        assert ("" if pd.isna(row["earlier_due_on"]) else f"{row['earlier_due_on']:%Y-%m-%d}") == last
        # A day that is not stated leaves open whether all have passed.
        told = None if "" in days or not days else last < issued
        assert (None if pd.isna(row["lapsed"]) else bool(row["lapsed"])) is told, row["indicator_id"]


def test_a_draft_is_told_in_every_row(changes: pd.DataFrame) -> None:
    assert set(changes["earlier_status"]) == {"draft"} and set(changes["later_status"]) == {"adopted"}
    assert set(changes["change"]) <= set(CHANGES)


def test_a_city_with_one_document_has_no_changes(book: Book) -> None:
    made = indicator_changes(book, "jinan")
    assert made.empty and list(made.columns) == [*INDICATORS, "reason_zh", "reason_en"]
    with pytest.raises(UnknownName, match='There is no city "dezho"'):
        indicator_changes(book, "dezho")


# ── changes that the tables do not hold yet ────────────────────────────────────


def later(book: Book, *changes: dict[str, Any], target: str = BROADBAND) -> Book:
    """Return the book with altered copies of a target of the draft in the later document, due in 2025."""
    row = book.targets[book.targets["target_id"] == target]
    base = {"source_id": LATE, "due_on": pd.Timestamp("2025-12-31")}
    copies = [row.assign(**(base | {"target_id": f"t-new-{at}"} | cells)) for at, cells in enumerate(changes)]
    return replace(book, targets=pd.concat([book.targets, *copies]))


def earlier(book: Book, **cells: Any) -> Book:
    own = book.targets["target_id"] == BROADBAND
    return replace(book, targets=pd.concat([book.targets[own].assign(**cells), book.targets[~own]]))


def only(book: Book, **names: str) -> Book:
    """Return the book with few indicators: to search the documents for the words of all takes a second."""
    [(column, name)] = names.items()
    return replace(book, indicators=book.indicators[book.indicators[column] == name])


def became(book: Book) -> dict[str, Any]:
    [row] = indicator_changes(only(book, indicator_id=PENETRATION), "dezhou").to_dict("records")
    return row


NUMBER: dict[str, Any] = {"value_low": 95.0, "value_high": 95.0}
STATUS: dict[str, Any] = {"kind": "status", "due_on": pd.NaT}


@pytest.mark.parametrize(
    ("changed", "change", "reason_zh"),
    [
        ([{}], "again", "到期年不同（2020年、2025年）；2020年文件的出自代拟稿"),
        ([NUMBER], "raised", "到期年不同（2020年、2025年）；2020年文件的出自代拟稿"),
        (
            [{"value_low": 90.0, "value_high": 90.0}],
            "lowered",
            "到期年不同（2020年、2025年）；2020年文件的出自代拟稿",
        ),
        (
            [{"value_high": None, "comparator": "ge"}],
            "differs",
            "到期年不同（2020年、2025年）；界限不同（定数、至少）；2020年文件的出自代拟稿",
        ),
        (
            [NUMBER | {"basis": "growth"}],
            "different_measure",
            "口径不同（比率、增幅）；到期年不同（2020年、2025年）；2020年文件的出自代拟稿",
        ),
        (
            [{"basis": "ambiguous"}],
            "different_measure",
            "2023年文件没有写明是新增还是累计；到期年不同（2020年、2025年）；2020年文件的出自代拟稿",
        ),
    ],
    ids=lambda case: case if isinstance(case, str) and case.isascii() else "",
)
def test_two_figures(book: Book, changed: list[dict[str, Any]], change: str, reason_zh: str) -> None:
    row = became(later(book, *changed))
    assert (row["earlier_state"], row["later_state"], row["change"]) == ("quantified", "quantified", change)
    assert (row["earlier_ids"], row["later_ids"]) == (BROADBAND, "t-new-0")
    assert row["reason_zh"] == reason_zh and row["reason_en"].endswith("the 2020 document’s is from a draft")
    assert bool(row["lapsed"]) and row["differences"].endswith("draft")
    assert row["set_against"] == f"{BROADBAND}>t-new-0"


def test_a_reason_names_the_documents_in_english_too(book: Book) -> None:
    assert became(later(book, {"basis": "ambiguous"}))["reason_en"] == (
        "the 2023 document’s does not say whether the figure is new or a total; "
        "due in different years (2020, 2025); the 2020 document’s is from a draft"
    )


def test_measures_that_move_differently_are_mixed(book: Book) -> None:
    rural = {"scope_zh": "农村", "value_low": 80.0, "value_high": 80.0}
    held = later(book, NUMBER, rural | {"value_low": 70.0, "value_high": 70.0})
    other = book.targets[book.targets["target_id"] == BROADBAND].assign(target_id="t-rural", **rural)
    held = replace(held, targets=pd.concat([held.targets, other]))
    row = became(held)
    assert row["change"] == "mixed" and ids(row["earlier_ids"]) == {BROADBAND, "t-rural"}
    # Two figures left over, of unlike measures, do not blur what compares.
    urban = rural | {"scope_zh": "主城区"}
    row = became(
        replace(later(book, NUMBER, urban), targets=pd.concat([later(book, NUMBER, urban).targets, other]))
    )
    assert (row["change"], row["differences"]) == ("raised", "due_year;draft")
    # A third measure, found in one document alone, decides nothing and stays among the rows.
    row = became(later(book, NUMBER, rural))
    assert (row["change"], row["later_ids"]) == ("raised", "t-new-0;t-new-1")


def without(book: Book, source: str, topic: str) -> Book:
    sources = book.sources.copy()
    own = sources["source_id"] == source
    topics = sources.loc[own, "coded_topics"].iloc[0].split(";")
    sources.loc[own, "coded_topics"] = ";".join(name for name in topics if name != topic)
    return replace(book, sources=sources)


@pytest.mark.parametrize(
    ("change", "states", "reason"),
    [
        ("reported", ("quantified", "status_only"), "promised, then said to be reached"),
        ("status_only", ("status_only", "silent"), "reached, then nothing: no promise was made"),
        ("status_only2", ("status_only", "status_only"), "reached in both"),
        ("new_number", ("status_only", "quantified"), "reached, then promised"),
        ("unknown", ("not_coded", "quantified"), "the earlier is not coded for the topic"),
        ("unknown2", ("quantified", "not_coded"), "nor the later: it is not said to drop anything"),
        ("unknown3", ("quantified", "not_applicable"), "the indicator does not apply any more"),
    ],
)
def test_other_states(book: Book, change: str, states: tuple[str, str], reason: str) -> None:
    # What the draft says beside its figure in words would be a promise of its own.
    book = replace(book, mentions=book.mentions[book.mentions["indicator_id"] != PENETRATION])
    apart = pd.DataFrame(
        {"source_id": [LATE], "indicator_id": [PENETRATION], "reason_zh": ["不设"], "reason_en": ["none"]}
    )
    # What the later document promises stands in a commitment that takes one up: the status stays what it was.
    promised = {"kind": "target", "commitment_id": "c-dezhou-0912"}
    altered = {
        "reported": lambda: later(book, STATUS),
        "status_only": lambda: earlier(book, **STATUS),
        "status_only2": lambda: later(earlier(book, **STATUS), STATUS),
        "new_number": lambda: later(earlier(book, **STATUS), promised),
        "unknown": lambda: without(later(book, NUMBER), EARLY, "5g"),
        "unknown2": lambda: without(book, LATE, "5g"),
        "unknown3": lambda: replace(book, not_applicable=apart),
    }[change]()
    row = became(altered)
    assert (row["change"], (row["earlier_state"], row["later_state"])) == (change.rstrip("23"), states)


def test_words_beside_a_status_are_a_promise(book: Book) -> None:
    """A status hides the words in the state of the document, not in what became of them."""
    word = book.mentions[book.mentions["mention_id"] == "m-dezhou-0027"]
    held = replace(book, mentions=pd.concat([book.mentions, word.assign(indicator_id=PENETRATION)]))
    row = became(later(held, STATUS))
    assert (row["later_state"], row["change"], row["later_ids"]) == (
        "status_only",
        "to_words",
        "m-dezhou-0027",
    )


@pytest.mark.parametrize(
    ("due", "lapsed", "reason"),
    [
        ("2023-04-03", True, "the day before the later was drawn up"),
        ("2023-04-04", False, "on that day it could still be kept"),
        ("2025-12-31", False, "still to come"),
        (None, None, "no day"),
    ],
)
def test_a_deadline_has_passed(book: Book, due: str | None, lapsed: bool | None, reason: str) -> None:
    row = became(earlier(book, due_on=pd.Timestamp(due or "NaT")))
    assert row["change"] == "dropped"
    assert (None if pd.isna(row["lapsed"]) else bool(row["lapsed"])) is lapsed


def test_without_the_day_of_the_later_nothing_is_said_to_have_passed(book: Book) -> None:
    held = replace(only(book, topic_id="5g"), sources=book.sources.assign(drawn_up_on=pd.NaT))
    assert indicator_changes(held, "dezhou")["lapsed"].isna().all()
    assert indicator_changes(only(book, topic_id="5g"), "dezhou")["lapsed"].any()


def test_without_continuations_silence_is_all_that_is_told(book: Book) -> None:
    held = only(book, topic_id="5g")
    assert "taken_up" in set(indicator_changes(held, "dezhou")["change"])
    made = indicator_changes(replace(held, continuations=book.continuations.iloc[:0]), "dezhou")
    assert "taken_up" not in set(made["change"])
    assert (made.loc[made["later_state"] == "silent", "change"] == "dropped").all()
