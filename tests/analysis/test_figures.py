"""Promised and reached figures in one form: told again from the CSV files, second sources, doubts apart."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from compare.analysis.figures import FIGURES, promised, reached
from compare.errors import UnknownName
from compare.tables.book import Book

CURATED = Path(__file__).resolve().parents[2] / "data" / "curated"
CITIES = ("jinan", "qingdao", "dongying", "dezhou")  # by division code
Row = dict[str, Any]
Teller = Callable[..., pd.DataFrame]


def rows_in(pattern: str) -> Iterator[dict[str, str]]:
    for path in sorted(CURATED.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            yield from ({"city_id": path.parent.name} | row for row in csv.DictReader(file))


TOPICS = {
    row[key]: row["topic_id"]
    for table, key in (("indicators", "indicator_id"), ("measures", "measure_id"))
    for row in rows_in(f"{table}.csv")
}
STATUS = {row["source_id"]: row["status"] for row in rows_in("sources.csv")}
TABLES = {"promised": "outside_targets", "reached": "outcomes"}

# ── the figures once more, from the files and by other means ───────────────────


def of_documents() -> Iterator[Row]:
    for city in CITIES:
        for row in rows_in(f"{city}/targets.csv"):
            if row["kind"] == "target" and not row["restates_target_id"]:
                yield {name: row.get(name, "") for name in FIGURES} | {
                    "row_id": row["target_id"],
                    "origin": "document",
                    "place_id": city,
                    "item_id": row["indicator_id"],
                    "status": STATUS[row["source_id"]],
                    "confidence": "high",
                }


def from_elsewhere(table: str) -> Iterator[Row]:
    """Yield a row per figure: of the sources that agree in all but words the surest, then the first."""
    kept: dict[tuple[object, ...], list[dict[str, str]]] = {}
    for row in rows_in(f"{table}.csv"):
        if row["confidence"] != "suspect":
            item = row["measure_id"] or row["indicator_id"]
            told = [row[name] for name in ("comparator", "basis", "scope_zh", "denominator_zh", "date_on")]
            kept.setdefault((row["place_id"], item, Fraction(row["value"]), *told), []).append(row)
    chosen = [
        sorted(rows, key=lambda row: (row["confidence"] != "high", row["fact_id"])) for rows in kept.values()
    ]
    for first, *others in sorted(chosen, key=lambda rows: rows[0]["fact_id"]):
        item, bound = first["measure_id"] or first["indicator_id"], first["comparator"]
        yield {name: first.get(name, "") for name in FIGURES} | {
            "row_id": first["fact_id"],
            "origin": "elsewhere",
            "topic_id": TOPICS[item],
            "item_id": item,
            "value_low": "" if bound in ("le", "lt") else first["value"],
            "value_high": "" if bound in ("ge", "gt") else first["value"],
            "force": "firm",
            "due_on": first["date_on"],
            "due_precision": first["date_precision"],
            "status": "elsewhere",
            "also": ";".join(row["fact_id"] for row in others),
        }


TOLD = {
    "promised": [
        *(row | {"topic_id": TOPICS[row["item_id"]]} for row in of_documents()),
        *from_elsewhere("outside_targets"),
    ],
    "reached": [*from_elsewhere("outcomes")],
}
TELLERS: dict[str, Teller] = {"promised": promised, "reached": reached}


def as_written(cell: Any) -> str | Fraction:
    """Return a cell as its file would hold it; numbers by their value."""
    if cell is None or pd.isna(cell):
        return ""
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    return cell if isinstance(cell, str) else Fraction(str(cell))


@pytest.fixture(params=["promised", "reached"])
def which(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_figure_is_told_as_the_files_hold_it(book: Book, which: str) -> None:
    made = TELLERS[which](book)
    assert list(made.columns) == FIGURES and list(made.index) == list(range(len(made)))
    assert list(made["row_id"]) == [row["row_id"] for row in TOLD[which]]
    for row, told in zip(made.to_dict("records"), TOLD[which], strict=True):
        for name in FIGURES:
            cell = told[name]
            value = Fraction(cell) if name.startswith("value_") and cell else cell
            assert as_written(row[name]) == value, (row["row_id"], name)


def test_the_files_hold_what_these_rules_are_for() -> None:
    """Both tables have second sources, and there are doubts, drafts and restatements to leave out."""
    assert all(any(row["also"] for row in rows) for rows in TOLD.values())
    assert any(row["status"] == "draft" for row in TOLD["promised"])
    assert any(row["confidence"] == "suspect" for row in rows_in("outcomes.csv"))
    assert any(row["restates_target_id"] for row in rows_in("*/targets.csv"))
    assert {row["comparator"] for row in TOLD["promised"]} >= {"eq", "ge", "gt", "approx"}


def test_no_figure_is_lost_but_the_suspect_ones(book: Book, which: str) -> None:
    made = TELLERS[which](book)
    also = [name for names in made["also"].dropna() for name in names.split(";")]
    shown = [*made.loc[made["origin"] == "elsewhere", "row_id"], *also]
    assert sorted(shown) == sorted(
        row["fact_id"] for row in rows_in(f"{TABLES[which]}.csv") if row["confidence"] != "suspect"
    )


def test_suspects_are_kept_out_with_their_reason(book: Book) -> None:
    held = [
        row
        for table in ("outcomes", "outside_targets")
        for row in rows_in(f"{table}.csv")
        if row["confidence"] == "suspect"
    ]
    made = pd.concat([book.outcomes, book.outside_targets], ignore_index=True)
    made = made[made["confidence"] == "suspect"]
    assert held and list(made["fact_id"]) == [row["fact_id"] for row in held]
    for row, told in zip(made.to_dict("records"), held, strict=True):
        assert row["note"] == told["note"] and row["note_en"] == told["note_en"] and told["note"]
        for name in ("place_id", "comparator", "unit_id", "source_title", "publisher", "url"):
            assert as_written(row[name]) == told[name]
        assert Fraction(str(row["value"])) == Fraction(told["value"])
    names = set(made["fact_id"])
    assert not names & {*promised(book)["row_id"], *reached(book)["row_id"]}


def test_a_figure_of_a_document_leads_to_it_and_one_from_elsewhere_to_its_row(book: Book) -> None:
    made = promised(book)
    of_files = {row["target_id"]: row["source_id"] for row in rows_in("*/targets.csv")}
    documents = made[made["origin"] == "document"].set_index("row_id")["source_id"]
    assert documents.to_dict() == {name: of_files[name] for name in documents.index}
    assert set(made.loc[made["origin"] == "elsewhere", "row_id"]) <= set(book.outside_targets["fact_id"])
    assert set(documents.map(STATUS)) <= {"adopted", "draft", "work_points"}


# ── places and topics ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("place", "topic", "reason"),
    [
        ("dongying", None, "one place by its name"),
        (["shandong", "jinan"], None, "several"),
        (("china",), "5g", "a place and a topic"),
        (None, "smart_community", "a topic"),
        ("binzhou", None, "a place whose only figure is suspect"),
        ("dezhou", "open_data", "a rank, and no promise"),
    ],
)
def test_places_and_a_topic_pick_rows(
    book: Book, which: str, place: Any, topic: str | None, reason: str
) -> None:
    names = [place] if isinstance(place, str) else place
    told = [
        row["row_id"]
        for row in TOLD[which]
        if (names is None or row["place_id"] in names) and topic in (None, row["topic_id"])
    ]
    made = TELLERS[which](book, place, topic)
    assert list(made["row_id"]) == told and list(made.columns) == FIGURES
    assert list(made.index) == list(range(len(told)))


@pytest.mark.parametrize(
    ("asked", "words", "reason"),
    [
        ({"place": "jinann"}, 'There is no place "jinann"; did you mean jinan or ', "a place misspelt"),
        ({"place": ["jinan", "qindao"]}, 'There is no place "qindao"; did you mean qingdao', "the second"),
        ({"topic": "5gg"}, 'There is no topic "5gg"; did you mean 5g?', "a topic misspelt"),
        ({"topic": "gov_service"}, 'There is no topic "gov_service"; did you mean gov_services', "nearly"),
        (
            {"place": "???"},
            'There is no place "???"; did you mean binzhou or china or dezhou',
            "like no other",
        ),
        ({"place": "济南"}, 'There is no place "济南"; did you mean ', "a name is no id"),
    ],
)
def test_unknown_names_are_refused(book: Book, which: str, asked: Row, words: str, reason: str) -> None:
    with pytest.raises(UnknownName) as told:
        TELLERS[which](book, **asked)
    assert str(told.value).startswith(words)


# ── altered tables ─────────────────────────────────────────────────────────────


def altered(book: Book, **tables: pd.DataFrame) -> Book:
    return replace(book, **tables)


def edited(frame: pd.DataFrame, key: str, name: str, **cells: Any) -> pd.DataFrame:
    """Return a table with some cells of a row changed, its columns of the type they were."""
    frame = frame.copy()
    at = frame[key] == name
    assert at.any()
    for column, value in cells.items():
        frame[column] = frame[column].mask(at, pd.Series(value, index=frame.index, dtype=frame[column].dtype))
    return frame


def with_copy(book: Book, table: str, name: str, copy: str, **cells: Any) -> Book:
    """Return the book with one figure told once more, under another id and with some cells changed."""
    frame: pd.DataFrame = getattr(book, table)
    again = edited(frame[frame["fact_id"] == name], "fact_id", name, fact_id=copy)
    again = edited(again, "fact_id", copy, **cells)
    return altered(book, **{table: pd.concat([frame, again], ignore_index=True)})


def row_of(frame: pd.DataFrame, name: str) -> Row:
    [row] = frame[frame["row_id"] == name].to_dict("records")
    return {str(column): cell for column, cell in row.items()}


AGAIN = [
    ({}, True, "the same in all"),
    (
        {"source_title": "另一报道", "publisher": "另一家", "url": "http://example.org"},
        True,
        "another source",
    ),
    ({"note": "说明", "note_en": "a note"}, True, "another note"),
    ({"date_text": "2022年底"}, True, "the same day in other words"),
    ({"confidence": "medium"}, True, "a less sure source"),
    ({"confidence": "suspect", "note": "存疑", "note_en": "in doubt"}, False, "a doubted source backs none"),
    ({"place_id": "china"}, False, "another place"),
    ({"measure_id": "base_stations_built"}, False, "another thing counted"),
    ({"measure_id": None}, False, "the thing counted is not named"),
    ({"comparator": "ge"}, False, "another bound"),
    ({"value": 160001.0}, False, "another value"),
    ({"basis": "flow"}, False, "another basis"),
    ({"scope_zh": "农村"}, False, "another scope"),
    ({"denominator_zh": "家庭"}, False, "another denominator"),
    ({"date_on": pd.Timestamp("2022-12-30")}, False, "another day"),
]


@pytest.mark.parametrize(("cells", "one", "reason"), AGAIN, ids=[case[-1] for case in AGAIN])
@pytest.mark.parametrize(("which", "name"), [("promised", "g-shandong-0002"), ("reached", "o-shandong-0006")])
def test_two_sources_tell_one_figure_where_all_but_words_agrees(
    book: Book, which: str, name: str, cells: Row, one: bool, reason: str
) -> None:
    copy = f"{name[0]}-shandong-9001"
    made = TELLERS[which](with_copy(book, TABLES[which], name, copy, **cells))
    before = TELLERS[which](book)
    assert row_of(made, name)["also"] == copy if one else pd.isna(row_of(made, name)["also"])
    shown = not one and cells.get("confidence") != "suspect"
    assert (copy in set(made["row_id"])) == shown and len(made) == len(before) + shown
    others = made[~made["row_id"].isin([name, copy])].reset_index(drop=True)
    unlike = before[before["row_id"] != name].reset_index(drop=True)
    pd.testing.assert_frame_equal(others, unlike, check_dtype=False)


def test_the_surest_source_stands_first_whatever_its_id(book: Book) -> None:
    made = promised(with_copy(book, "outside_targets", "g-jinan-0002", "g-jinan-9001", confidence="high"))
    row = row_of(made, "g-jinan-9001")
    assert (row["also"], row["confidence"]) == ("g-jinan-0002", "high")
    assert "g-jinan-0002" not in set(made["row_id"])
    # Of equally sure ones the first id, though its row comes last.
    made = promised(with_copy(book, "outside_targets", "g-jinan-0002", "g-jinan-0000"))
    assert row_of(made, "g-jinan-0000")["also"] == "g-jinan-0002"


def test_three_sources_are_all_named_in_order(book: Book) -> None:
    twice = with_copy(book, "outside_targets", "g-shandong-0025", "g-shandong-9002")
    thrice = with_copy(twice, "outside_targets", "g-shandong-0025", "g-shandong-9001")
    row = row_of(promised(thrice), "g-shandong-0025")
    assert row["also"] == "g-shandong-0026;g-shandong-9001;g-shandong-9002"


def test_a_doubted_first_source_leaves_the_second(book: Book) -> None:
    frame = edited(book.outside_targets, "fact_id", "g-shandong-0006", confidence="suspect")
    made = altered(book, outside_targets=frame)
    row = row_of(promised(made), "g-shandong-0007")
    assert pd.isna(row["also"]) and "g-shandong-0006" not in set(promised(made)["row_id"])


@pytest.mark.parametrize(
    ("comparator", "low", "high"),
    [
        ("eq", 5.0, 5.0),
        ("approx", 5.0, 5.0),
        ("ge", 5.0, None),
        ("gt", 5.0, None),
        ("le", None, 5.0),
        ("lt", None, 5.0),
    ],
)
def test_a_bound_leaves_its_other_side_open(
    book: Book, which: str, comparator: str, low: float | None, high: float | None
) -> None:
    table = TABLES[which]
    name = getattr(book, table)["fact_id"].iloc[3]
    frame = edited(getattr(book, table), "fact_id", name, comparator=comparator, value=5.0)
    row = row_of(TELLERS[which](altered(book, **{table: frame})), name)
    assert row["comparator"] == comparator
    for side, value in (("value_low", low), ("value_high", high)):
        assert pd.isna(row[side]) if value is None else row[side] == value


@pytest.mark.parametrize(
    ("cells", "counts", "reason"),
    [
        ({"kind": "status"}, False, "a status promises nothing"),
        ({"restates_target_id": "t-dongying-0004"}, False, "a restatement counts once"),
        ({"force": "aspirational"}, True, "an aspiration counts and says so"),
        ({"due_on": pd.NaT, "recurrence": "year"}, True, "a figure for every year counts without a day"),
        ({"source_id": "dezhou-2020"}, True, "a draft counts and says so"),
    ],
)
def test_which_statements_count(book: Book, cells: Row, counts: bool, reason: str) -> None:
    made = promised(altered(book, targets=edited(book.targets, "target_id", "t-dongying-0008", **cells)))
    rows = made[made["row_id"] == "t-dongying-0008"].to_dict("records")
    assert bool(rows) == counts
    for row in rows:
        assert row["force"] == cells.get("force", "firm")
        assert row["status"] == ("draft" if "source_id" in cells else "adopted")
        assert pd.isna(row["due_on"]) == ("due_on" in cells)


def test_empty_tables_give_empty_frames(book: Book) -> None:
    empty = altered(
        book,
        targets=book.targets[:0],
        outside_targets=book.outside_targets[:0],
        outcomes=book.outcomes[:0],
    )
    for made in (promised(empty), reached(empty), reached(empty, "jinan", "5g")):
        assert made.empty and list(made.columns) == FIGURES
    documents = promised(altered(book, outside_targets=book.outside_targets[:0]))
    assert list(documents["row_id"]) == [row["row_id"] for row in of_documents()]
    doubted = altered(book, outcomes=book.outcomes.assign(confidence="suspect"))
    assert reached(doubted).empty


def test_nothing_of_the_book_changes(book: Book) -> None:
    names = ("targets", "outside_targets", "outcomes", "sources")
    before = {name: getattr(book, name).copy() for name in names}
    pd.testing.assert_frame_equal(promised(book), promised(book))
    pd.testing.assert_frame_equal(reached(book), reached(book))
    for name, frame in before.items():
        pd.testing.assert_frame_equal(getattr(book, name), frame)
