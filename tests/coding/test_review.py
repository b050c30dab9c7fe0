"""The two codings: their README is generated from them, and every difference was decided and carried out."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

import pytest

from compare.coding.agreement import agreement
from compare.coding.review import (
    CODES,
    REVIEW,
    SPANS,
    adjudications,
    coded_alike,
    continuations,
    found_spans,
    read_coding,
    review_text,
)
from compare.errors import CompareError
from compare.language.spans import Span
from compare.tables.book import Book

Row = dict[str, str]
# A column of both codings, and what adjudication.csv calls it.
DECIDED = [
    ("commitments", "topic_id", "topic"),
    ("commitments", "quantifier", "quantifier"),
    ("commitments", "force", "force"),
    ("commitments", "instrument", "instrument"),
    ("targets", "basis", "basis"),
    ("targets", "comparator", "comparator"),
    ("targets", "force", "force"),
]
Key = tuple[str, ...]


def keyed(rows: list[Row], table: str) -> dict[Key, Row]:
    start, end = SPANS[table]
    return {(row["source_id"], row[start], row[end], row.get("indicator_id", "")): row for row in rows}


@pytest.fixture(scope="module")
def decided(root: Path) -> list[Row]:
    return adjudications(root)


@pytest.fixture(scope="module")
def curated(root: Path) -> dict[str, dict[Key, Row]]:
    tables: dict[str, dict[Key, Row]] = {}
    for table in SPANS:
        rows: list[Row] = []
        for path in sorted((root / "data" / "curated").glob(f"*/{table}.csv")):
            with path.open(encoding="utf-8", newline="") as lines:
                rows += csv.DictReader(lines)
        tables[table] = keyed(rows, table)
    return tables


def both(root: Path, table: str) -> list[tuple[Key, Row, Row]]:
    """Return what both coders marked with one span, with each one's row."""
    first, second = (keyed(read_coding(root, coding, table), table) for coding in ("first", "second"))
    return [(key, first[key], second[key]) for key in sorted(first.keys() & second.keys())]


# ── the codings and the decisions ──────────────────────────────────────────────


def test_the_readme_in_the_repository_is_the_one_generated(root: Path) -> None:
    held = (root / REVIEW / "README.md").read_bytes().decode("utf-8")
    assert held == review_text(root), "run `python -m compare agreement --write`"


@pytest.mark.parametrize(("coding", "coder"), [("first", "A"), ("second", "B")])
@pytest.mark.parametrize("table", SPANS)
def test_a_coding_is_one_coders_and_quotes_the_documents(
    root: Path, book: Book, coding: str, coder: str, table: str
) -> None:
    start, end = SPANS[table]
    words = {"commitments": "action_zh", "deadlines": "due_text", "targets": "value_text"}[table]
    rows = read_coding(root, coding, table)
    assert {row["coder"] for row in rows} == {coder}
    for row in rows:
        document = book.read(row["source_id"])
        assert document.reading.cut(Span(int(row[start]), int(row[end]))) == row[words], row


def test_every_decision_quotes_the_document_and_gives_a_reason(book: Book, decided: list[Row]) -> None:
    assert len(decided) > 100
    for row in decided:
        document = book.read(row["source_id"])
        assert document.reading.cut(Span(int(row["start"]), int(row["end"]))) == row["text"], row
        assert row["reason"].strip()
        assert row["decision"] in ("A", "B", "neither")


def test_nothing_is_decided_twice(decided: list[Row]) -> None:
    places = Counter((row["source_id"], row["start"], row["end"], row["field"]) for row in decided)
    assert [place for place, times in places.items() if times > 1] == []


@pytest.mark.parametrize(("table", "column", "field"), DECIDED)
def test_every_difference_was_decided_and_the_tables_hold_the_decision(
    root: Path, decided: list[Row], curated: dict[str, dict[Key, Row]], table: str, column: str, field: str
) -> None:
    decisions = {(row["source_id"], row["start"], row["end"], row["field"]): row for row in decided}
    for key, a, b in both(root, table):
        if a[column] == b[column]:
            continue
        decision = decisions.get((*key[:3], field))
        assert decision, f"{key}: {a[column]} or {b[column]}"
        assert (decision["code_a"], decision["code_b"]) == (a[column], b[column])
        outcome = {"A": a, "B": b}[decision["decision"]][column]
        assert curated[table][key][column] == outcome, decision


@pytest.mark.parametrize("field", ["topic", "quantifier", "force", "instrument", "basis", "comparator"])
def test_every_decision_on_a_code_decides_a_difference(root: Path, decided: list[Row], field: str) -> None:
    """What was not in dispute needs no decision, and both codes stand as they were given."""
    open_to_decide = {
        (*key[:3], a[column], b[column])
        for table, column, name in DECIDED
        if name == field
        for key, a, b in both(root, table)
        if a[column] != b[column]
    }
    # A reading after both codings may still decide against both; it is told as such.
    rows = [row for row in decided if row["field"] == field and row["decision"] != "neither"]
    found = {(row["source_id"], row["start"], row["end"], row["code_a"], row["code_b"]) for row in rows}
    assert found == open_to_decide


def test_a_decided_due_date_is_that_of_the_tables(
    root: Path, book: Book, decided: list[Row], curated: dict[str, dict[Key, Row]]
) -> None:
    dues = book.deadlines.set_index("deadline_id")["due_text"]
    rows = [row for row in decided if row["field"] == "due_text"]
    assert rows
    for row in rows:
        held = curated["commitments"][row["source_id"], row["start"], row["end"], ""]["deadline_id"]
        assert (dues[held] if held else "") == row[f"code_{row['decision'].lower()}"], row


def test_a_decided_class_is_that_of_the_tables(book: Book, decided: list[Row]) -> None:
    classes = [
        (cells["source_id"], Span(cells["start"], cells["end"]), cells.get("class", "commitment"))
        for table in ("commitments", "other_clauses")
        for cells in book.records(table)
    ]
    rows = [row for row in decided if row["field"] == "class"]
    assert rows
    for row in rows:
        place = Span(int(row["start"]), int(row["end"]))
        told = row[f"code_{row['decision'].lower()}"]
        holders = [
            kind for source, span, kind in classes if source == row["source_id"] and span.contains(place)
        ]
        assert holders == [told], row


# ── what the later documents take up ───────────────────────────────────────────


def test_the_tables_hold_the_continuations_decided(root: Path) -> None:
    """A pair is a continuation exactly where the decision says how, and the coding that stands is named."""
    reviewed = continuations(root)
    assert len({(row["later_id"], row["earlier_id"]) for row in reviewed}) == len(reviewed)
    held: dict[tuple[str, str], Row] = {}
    for path in sorted((root / "data" / "curated").glob("*/continuations.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            held |= {(row["later_id"], row["earlier_id"]): row for row in csv.DictReader(lines)}
    told = {(row["later_id"], row["earlier_id"]): row for row in reviewed if row["decision"] != "none"}
    assert {key: row["relation"] for key, row in held.items()} == {
        key: row["decision"] for key, row in told.items()
    }
    for key, row in told.items():
        codes = {coder: row[f"code_{coder.lower()}"] for coder in ("A", "B")}
        if row["decision"] in codes.values():
            assert codes[held[key]["coder"]] == row["decision"], row


def test_every_pair_reviewed_was_named_by_a_coder(root: Path) -> None:
    relations = {"again", "raised", "lowered", "changed"}
    for row in continuations(root):
        codes = {row["code_a"], row["code_b"]} - {""}
        assert codes and codes <= relations, row
        assert row["decision"] in relations | {"none"}, row
        if len(codes) == 1 and row["code_a"] == row["code_b"]:
            assert row["decision"] in codes, f"{row}: decided against both, who agreed"


def test_the_readme_tells_of_continuations(root: Path) -> None:
    text = review_text(root)
    assert text.count("## Continuations") == 1 and text.index("## Adjudication") < text.index(
        "## Continuations"
    )


@pytest.mark.parametrize(
    ("table", "read"), [("adjudication", adjudications), ("continuations", continuations)]
)
def test_a_decision_file_that_is_not_there_is_told(
    tmp_path: Path, table: str, read: Callable[[Path], list[Row]]
) -> None:
    with pytest.raises(CompareError) as told:
        read(tmp_path)
    assert str(told.value) == (
        "What was decided is missing: 1 problem.\n"
        f'  1. data/review/{table}.csv: found "no file"; put the table of both codings there'
    )


# ── how agreement is counted ───────────────────────────────────────────────────


def test_agreement_is_that_of_what_both_marked_alike(root: Path) -> None:
    counted = [
        (table, column, held) for table, column, level, held in coded_alike(root) if level == "nominal"
    ]
    nominal = [(table, column) for table, column, level in CODES if level == "nominal"]
    assert [(table, column) for table, column, _ in counted] == nominal
    for table, column, held in counted:
        pairs = [(a[column] or None, b[column] or None) for _, a, b in both(root, table)]
        assert held.units == sum(None not in pair for pair in pairs)
        whole = agreement([[a for a, _ in pairs], [b for _, b in pairs]])
        assert astuple(held) == pytest.approx(astuple(whole), nan_ok=True)


def test_spans_found_are_counted_by_overlap_within_a_document(root: Path) -> None:
    for found in found_spans(root):
        start, end = SPANS[found.table]
        sides = []
        for coding in ("first", "second"):
            rows = read_coding(root, coding, found.table)
            sides.append({(row["source_id"], Span(int(row[start]), int(row[end]))) for row in rows})
        first, second = sides
        assert (found.first, found.second) == (len(first), len(second))
        for share, own, other in (
            (found.first_in_second, first, second), (found.second_in_first, second, first)
        ):  # fmt: skip
            hits = sum(any(a == b and x.overlaps(y) for b, y in other) for a, x in own)
            assert share == pytest.approx(hits / len(own))


def test_a_coding_that_is_not_there_is_told(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / REVIEW / "first", tmp_path / REVIEW / "first")
    with pytest.raises(CompareError) as told:
        found_spans(tmp_path)
    assert str(told.value) == (
        "A coding is missing: 1 problem.\n"
        '  1. data/review/second: found "no tables"; expected a folder per city with commitments.csv; '
        "put the coder's tables there"
    )
