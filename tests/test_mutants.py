"""Faults drawn from the dictionary: every way of it, the same for a seed, and each judged by the rules."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.mutants.draw import CELL_KINDS, ROW_KINDS, Mutant, Way, draw
from benchmarks.mutants.judge import Bench
from benchmarks.mutants.report import REASONS, reason_of

from compare.tables.book import read_tables
from compare.tables.codebook import Rows, Table, read_codebook


@pytest.fixture(scope="module")
def codebook(root: Path) -> dict[str, Table]:
    return read_codebook(root)


@pytest.fixture(scope="module")
def tables(root: Path, codebook: dict[str, Table]) -> dict[str, Rows]:
    return read_tables(root, codebook)


@pytest.fixture(scope="module")
def drawn(codebook: dict[str, Table], tables: dict[str, Rows]) -> dict[Way, list[Mutant]]:
    return draw(codebook, tables, seed=1, most=1)


@pytest.fixture(scope="module")
def bench(root: Path) -> Bench:
    return Bench(root)


def test_every_column_and_table_of_the_dictionary_is_a_way(
    codebook: dict[str, Table], drawn: dict[Way, list[Mutant]]
) -> None:
    kinds = Counter((way.table, way.column) for way in drawn)
    for table in codebook.values():
        assert kinds[table.name, ""] == len(ROW_KINDS)
        for column in table.columns:
            assert kinds[table.name, column] == len(CELL_KINDS)


def test_a_seed_draws_the_same_faults_and_another_one_others(
    codebook: dict[str, Table], tables: dict[str, Rows], drawn: dict[Way, list[Mutant]]
) -> None:
    assert draw(codebook, tables, seed=1, most=1) == drawn
    assert draw(codebook, tables, seed=2, most=1) != drawn


def test_a_mutant_changes_one_row_and_nothing_else(
    tables: dict[str, Rows], drawn: dict[Way, list[Mutant]]
) -> None:
    for found in drawn.values():
        for one in found:
            held = tables[one.way.table].cells[one.at]
            if one.way.column:
                assert one.cells is not None
                assert sum(a != b for a, b in zip(held, one.cells, strict=True)) == 1, one.name
            else:
                assert one.cells is None or one.new or one.city or one.cells != held, one.name


@pytest.mark.parametrize(
    ("table", "column", "kind", "rule"),
    [
        ("targets", "value_low", "a digit changed", "values_agree"),
        ("targets", "due_on", "another valid value", "dates_agree"),
        ("outcomes", "value", "a digit changed", "facts_are_read"),
        ("reference", "url", "a digit changed", "form"),
        ("units", "factor", "a digit changed", "units_fit"),
        ("places", "division_code", "a digit changed", "places_fit"),
        ("tasks", "start", "a digit changed", "statements_stand_once"),
        ("continuations", "", "row dropped", "continuations_were_decided"),
        ("commitments", "", "row doubled under a new id", "statements_stand_once"),
        ("mentions", "", "row moved to another city", "links_hold"),
        ("corrections", "old", "another valid value", "corrections_are_sealed"),
        ("lookalikes", "item_id", "another valid value", "lookalikes_are_told_apart"),
        ("lookalikes", "other_id", "the neighbour's value", "lookalikes_are_told_apart"),
    ],
)
def test_a_fault_is_caught_without_the_release(
    bench: Bench, drawn: dict[Way, list[Mutant]], table: str, column: str, kind: str, rule: str
) -> None:
    [one] = drawn[Way(table, column, kind)]
    verdict = bench.judge(one)
    assert verdict.rule and not verdict.crash, f"{one.name}: {rule} should tell it"


@pytest.mark.parametrize(
    ("table", "column"), [("indicators", "better"), ("indicators", "headline"), ("number_rules", "class")]
)
def test_what_no_rule_can_see_the_release_holds(
    bench: Bench, drawn: dict[Way, list[Mutant]], table: str, column: str
) -> None:
    [one] = drawn[Way(table, column, "another valid value")]
    verdict = bench.judge(one)
    assert verdict.release and not verdict.rule
    assert reason_of(one.way), "a way that no rule can see says why"


def test_every_reason_is_of_a_column_that_there_is(codebook: dict[str, Table]) -> None:
    with REASONS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            assert row["table"] == "*" or row["table"] in codebook, row
            columns = {name for table in codebook.values() for name in table.columns}
            assert row["column"] in {"*", "", *columns}, row
            assert row["reason"]
