"""The agreement on continuations, held against counts straight from the file and cases by hand."""

from __future__ import annotations

import csv
import math
from dataclasses import astuple
from pathlib import Path

import pytest

from compare.coding.agreement import agreement
from compare.coding.continued import continued_alike, continued_text

Row = dict[str, str]


@pytest.fixture(scope="module")
def rows(root: Path) -> list[Row]:
    with (root / "data" / "review" / "continuations.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def told(*codes: tuple[str, str, str]) -> list[Row]:
    return [dict(zip(("code_a", "code_b", "decision"), code, strict=True)) for code in codes]


def test_counts_are_those_of_the_file(rows: list[Row]) -> None:
    held = continued_alike(rows)
    a = {(row["later_id"], row["earlier_id"]): row["code_a"] for row in rows if row["code_a"]}
    b = {(row["later_id"], row["earlier_id"]): row["code_b"] for row in rows if row["code_b"]}
    assert (held.first, held.second, held.both) == (len(a), len(b), len(a.keys() & b.keys()))
    assert held.kept == sum(row["decision"] != "none" for row in rows)
    shared = sorted(a.keys() & b.keys())
    whole = agreement([[a[key] for key in shared], [b[key] for key in shared]])
    assert astuple(held.relation) == pytest.approx(astuple(whole))
    assert held.relation.same == sum(a[key] == b[key] for key in shared) / len(shared)


def test_every_difference_is_decided_for_one_side_or_neither(rows: list[Row]) -> None:
    held = continued_alike(rows)
    unlike = [row for row in rows if row["code_a"] != row["code_b"]]
    for coder, code in (("A", "code_a"), ("B", "code_b")):
        assert held.decided[coder] == sum(row["decision"] == (row[code] or "none") for row in unlike)
    assert sum(held.decided.values()) == len(unlike)
    assert held.both + len(unlike) > len(rows), "some pairs were named by both and coded unlike"


@pytest.mark.parametrize(
    ("code", "decided", "kept", "reason"),
    [
        (("again", "again", "again"), {}, 1, "alike: nothing to decide"),
        (("again", "", "again"), {"A": 1}, 1, "one alone named it, and it stands"),
        (("again", "", "none"), {"B": 1}, 0, "one alone named it, and it falls"),
        (("", "raised", "none"), {"A": 1}, 0, "not to name a pair is a code as well"),
        (("", "raised", "changed"), {"neither": 1}, 1, "a third relation"),
        (("again", "raised", "raised"), {"B": 1}, 1, "both named it, unlike"),
        (("again", "raised", "none"), {"neither": 1}, 0, "both named it, and it falls"),
    ],
)
def test_a_decision_is_for(
    code: tuple[str, str, str], decided: dict[str, int], kept: int, reason: str
) -> None:
    held = continued_alike(told(code))
    assert held.decided == {"A": 0, "B": 0, "neither": 0} | decided
    assert held.kept == kept


def test_only_pairs_that_both_named_compare() -> None:
    held = continued_alike(told(("again", "", "none"), ("", "raised", "raised"), ("again", "again", "again")))
    assert held.relation.units == 1 and math.isnan(held.relation.alpha)


def test_the_section_tells_the_counts(rows: list[Row]) -> None:
    held = continued_alike(rows)
    text = continued_text(rows)
    assert f"| {held.first} | {held.second} | {held.both} | {len(rows)} |" in text
    assert f"| {held.relation.units} | {100 * held.relation.same:.1f} % | {held.relation.alpha:.3f} |" in text
    assert f"In the end {held.kept} pairs" in text


def test_without_a_pair_nothing_is_shared() -> None:
    text = continued_text([])
    assert "| 0 | 0 | 0 | 0 | – | – |" in text and "| 0 | – | no variation | – |" in text
