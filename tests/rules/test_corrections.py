"""corrections.csv broken on purpose: a correction names a row and a column, and the cell is its `new`."""

from __future__ import annotations

import pytest

from .breaking import Bench, Case, again, case, drop, edit

X = "corrections.csv"
ONE = "x-2026-0001"


def correction(column: str, reason: str, /, **cells: str) -> Case:
    """Return a case that changes cells of the first correction."""
    return case(
        reason,
        edit("corrections", ONE, **cells),
        told=(X, ONE, column),
        thorough=column == "before_sha256",
    )


def added(column: str, reason: str, /, **cells: str) -> Case:
    """Return a case of one more correction of the same cell."""
    return case(
        reason,
        again("corrections", ONE, correction_id="x-2026-0998", **cells),
        told=(X, "x-2026-0998", column),
    )


CASES = [
    correction("table", "a table that there is not", table="source"),
    correction("table", "a table of another package", table="editions"),
    correction("column", "a column that there is not", column="title"),
    correction("column", "a column of another table", column="value_text"),
    correction("row_id", "a row that there is not", row_id="dezhou-2020-date"),
    correction("row_id", "a row of another table", row_id="t-dongying-0008"),
    correction("new", "a new value that the cell does not hold", new="Dezhou work plan, 2020"),
    correction("new", "nothing for the new value", new=""),
    correction("new", "another cell of the row", column="title_zh"),
    correction("new", "a correction that corrects nothing", old="Dezhou ‘Data empowerment’ work plan, 2020"),
    correction("corrected_on", "a day of no edition", corrected_on="2026-11-20"),
    correction("corrected_on", "a day to come", corrected_on="2031-01-01"),
    correction("before_sha256", "another value than the one that stood", old="德州市工作方案"),
    correction("before_sha256", "nothing for the old value", old=""),
    correction("before_sha256", "a seal of another row", before_sha256="0" * 64),
    correction("before_sha256", "no seal", before_sha256=""),
    case(
        "an old date with a digit changed",
        edit("corrections", "x-2026-0210", old="2021-12-31"),
        told=(X, "x-2026-0210", "before_sha256"),
        thorough=True,
    ),
    case(
        "a cell of a corrected row that was changed since without a word",
        edit("outside_targets", "g-shandong-0027", value_text="2.5%", value="2.5"),
        told=(X, "x-2026-0210", "before_sha256"),
        thorough=True,
    ),
    case(
        "an id of another year",
        edit("corrections", ONE, correction_id="x-2025-0001"),
        told=(X, "x-2025-0001", "correction_id"),
    ),
    added(
        "new",
        "a later correction to another value than the cell's",
        old="Dezhou ‘Data empowerment’ work plan, 2020",
        new="Dezhou plan",
    ),
    case(
        "a chain that breaks: the later one goes on from another value",
        again("corrections", ONE, correction_id="x-2026-0998", old="Dezhou plan"),
        told=(X, ONE, "new"),
    ),
    case(
        "the same correction twice",
        again("corrections", ONE, correction_id="x-2026-0998"),
        told=(X, "x-2026-0998", ""),
    ),
    case(
        "a corrected cell changed once more without a word",
        edit("sources", "dezhou-2020-data", title_en="Dezhou ‘Data empowerment’ plan, 2020"),
        told=(X, ONE, "new"),
    ),
    case(
        "a corrected goal's publisher set back",
        edit("outside_targets", "g-jinan-0001", publisher="企业网站"),
        told=(X, "x-2026-0014", "new"),
    ),
    case(
        "a corrected row gone, with no correction of its key",
        drop("reference", "r-shandong-0014"),
        told=(X, "x-2026-0156", "row_id"),
    ),
]


@pytest.mark.parametrize("broken", CASES, ids=lambda broken: broken.reason)
def test_what_is_told_of_a_correction(bench: Bench, broken: Case) -> None:
    bench.holds(broken)


def test_a_chain_of_two_corrections_may_stand(bench: Bench) -> None:
    last = bench.draft().lines("corrections")[-1].cells
    following = f"{last['correction_id'][:-4]}{int(last['correction_id'][-4:]) + 1:04}"
    title = "Dezhou data plan of 2020"
    made = again(
        "corrections",
        ONE,
        correction_id=following,
        new=title,
        corrected_on=last["corrected_on"],
        old="Dezhou ‘Data empowerment’ work plan, 2020",
    )
    told = bench.told(made, edit("sources", "dezhou-2020-data", title_en=title))
    assert [str(problem) for problem in told] == []
