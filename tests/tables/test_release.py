"""The published edition: a row stands as it was published, or a correction says what was changed and why."""

from __future__ import annotations

import csv
from hashlib import sha256
from pathlib import Path

import pytest

from compare.errors import CompareError
from compare.tables.book import load, write_table
from compare.tables.codebook import read_codebook
from compare.tables.release import PUBLISHED, published_rows, release_holds, release_rows, row_hash

Cells = dict[str, str]
TARGETS = Path("dongying", "targets.csv")
T8 = "t-dongying-0008"


def rows(project: Path, table: Path | str) -> list[Cells]:
    with (project / "data" / "curated" / table).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(project: Path, table: Path | str, cells: list[Cells]) -> None:
    name = Path(table).stem
    write_table(read_codebook(project)[name], cells, project / "data" / "curated" / table)


def publish(project: Path, edition: str) -> None:
    write(project, "release.csv", release_rows(project, edition))


def change(project: Path, table: Path | str, key: str, **cells: str) -> None:
    held = rows(project, table)
    next(row for row in held if key == next(iter(row.values()))).update(cells)
    write(project, table, held)


def correct(project: Path, *corrections: tuple[str, str, str]) -> None:
    """Add corrections of one row: column, old and new value."""
    made = [
        {"correction_id": f"k-{number:04}", "table": "targets", "row_id": T8, "column": column, "old": old,
         "new": new, "corrected_on": "2024-01-31", "reason": "misread"}
        for number, (column, old, new) in enumerate(corrections, 1)
    ]  # fmt: skip
    write(project, "corrections.csv", made)


def told(project: Path) -> list[str]:
    return [str(problem) for problem in release_holds(project)]


def message(project: Path, key: str, table: str, found: str, expected: str) -> str:
    number = next(at for at, row in enumerate(rows(project, "release.csv"), 2) if row["row_id"] == key)
    return (
        f'data/curated/release.csv, row {number} ({key}), column row_hash: found "{found}"; '
        f"expected {expected}; restore {key} in {table}, or add a row to corrections.csv that gives column, "
        "old and new value and the reason"
    )


@pytest.fixture
def published(project: Path) -> Path:
    publish(project, "2023-1")
    return project


def changed(project: Path, key: str = T8, table: str = "targets") -> str:
    expected = "its values, or a correction"
    return message(project, key, table, "another row than the published one", expected)


def dropped(project: Path, key: str, table: str = "targets") -> str:
    return message(project, key, table, "no such row", "the published row")


# ── what a release holds ───────────────────────────────────────────────────────


def test_a_row_is_known_by_all_its_fields_and_not_by_their_order() -> None:
    assert row_hash({"a": "1", "b": "2"}) == row_hash({"b": "2", "a": "1"})
    assert row_hash({"a": "1", "b": "2"}) == sha256(b'{"a": "1", "b": "2"}').hexdigest()
    assert len({row_hash(cells) for cells in ({"a": "12", "b": ""}, {"a": "1", "b": "2"}, {"a": "1"})}) == 3


def test_a_release_holds_every_row_of_the_published_tables_once(published: Path) -> None:
    held = [(row["table"], row["row_id"]) for row in rows(published, "release.csv")]
    assert len(held) == len(set(held))
    curated = published / "data" / "curated"
    for table in PUBLISHED:
        name = read_codebook(published)[table].path
        count = sum(len(rows(published, path.relative_to(curated))) for path in curated.glob(name))
        assert sum(one == table for one, _ in held) == count
    assert {one for one, _ in held} <= set(PUBLISHED)
    assert sum(1 for _ in published_rows(published)) == len(held)


def test_before_anything_is_published_anything_may_change(project: Path) -> None:
    assert rows(project, "release.csv") == []
    change(project, TARGETS, T8, note="another")
    assert told(project) == []


def test_what_is_published_and_unchanged_passes(published: Path) -> None:
    assert told(published) == []
    load(published)


# ── what was changed ───────────────────────────────────────────────────────────


def test_a_changed_value_is_told(published: Path) -> None:
    change(published, TARGETS, T8, note="another")
    assert told(published) == [changed(published)]


def test_a_change_is_told_by_the_check_of_the_whole_book(published: Path) -> None:
    change(published, TARGETS, T8, note="another")
    with pytest.raises(CompareError) as refused:
        load(published, thorough=True)
    assert [str(problem) for problem in refused.value.problems] == [changed(published)]


def test_a_changed_row_of_a_table_with_a_key_of_several_columns_is_told(published: Path) -> None:
    first = rows(published, Path("dezhou", "tasks.csv"))[0]
    change(published, Path("dezhou", "tasks.csv"), first["task_id"], **{list(first)[-1]: "another"})
    key = next(key for table, key, cells in published_rows(published)
               if table == "tasks" and cells["task_id"] == first["task_id"])  # fmt: skip
    assert told(published) == [changed(published, key, "tasks")]


def test_a_dropped_row_is_told(published: Path) -> None:
    write(published, TARGETS, [row for row in rows(published, TARGETS) if row["target_id"] != T8])
    assert told(published) == [dropped(published, T8)]


def test_a_key_given_to_another_row_is_told_as_both(published: Path) -> None:
    change(published, TARGETS, T8, target_id="t-dongying-0999")
    assert told(published) == [dropped(published, T8)]


def test_rows_added_later_are_no_problem(published: Path) -> None:
    held = rows(published, TARGETS)
    write(published, TARGETS, [*held, {**held[0], "target_id": "t-dongying-0999"}])
    assert told(published) == []


# ── corrections ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "corrections", "holds"),
    [
        pytest.param({"scope_zh": "全省"}, [("scope_zh", "全市", "全省")], True, id="the change it tells of"),
        pytest.param({"scope_zh": "全省"}, [("scope_zh", "全市", "全国")], False, id="another new value"),
        pytest.param({"scope_zh": "全省"}, [("scope_zh", "城区", "全省")], False, id="another old value"),
        pytest.param({"scope_zh": "全省"}, [("note", "全市", "全省")], False, id="another column"),
        pytest.param({"scope_zh": "全省", "basis": "stock"}, [("scope_zh", "全市", "全省")], False,
                     id="one of two changes"),
        pytest.param({"scope_zh": "全省", "basis": "stock"},
                     [("basis", "flow", "stock"), ("scope_zh", "全市", "全省")], True,
                     id="both of two changes"),
        pytest.param({"scope_zh": "全国"}, [("scope_zh", "全市", "全省"), ("scope_zh", "全省", "全国")], True,
                     id="a correction corrected: the latest is taken back first"),
        pytest.param({"scope_zh": "全国"}, [("scope_zh", "全省", "全国"), ("scope_zh", "全市", "全省")],
                     False, id="corrections in the wrong order"),
        pytest.param({}, [("scope_zh", "城区", "全市")], True,
                     id="a correction that an earlier edition took over already"),
    ],
)  # fmt: skip
def test_a_change_needs_its_correction(
    project: Path, changes: Cells, corrections: list[tuple[str, str, str]], holds: bool
) -> None:
    change(project, TARGETS, T8, scope_zh="全市", basis="flow")
    publish(project, "2023-1")
    change(project, TARGETS, T8, **changes)
    correct(project, *corrections)
    assert told(project) == ([] if holds else [changed(project)])


def test_a_correction_of_another_row_does_not_help(published: Path) -> None:
    correct(published, ("note", "", "another"))
    change(published, TARGETS, "t-dongying-0009", note="another")
    assert changed(published, "t-dongying-0009") in told(published)


# ── the next edition ───────────────────────────────────────────────────────────


def test_in_the_next_edition_unchanged_rows_keep_their_first_one(published: Path) -> None:
    held = rows(published, TARGETS)
    write(published, TARGETS, [*held, {**held[0], "target_id": "t-dongying-0999"}])
    change(published, TARGETS, T8, note="another")
    correct(published, ("note", next(row["note"] for row in held if row["target_id"] == T8), "another"))
    made = {(row["table"], row["row_id"]): row["edition"] for row in release_rows(published, "2024-1")}
    assert {place for place, edition in made.items() if edition == "2024-1"} == {
        ("targets", T8),
        ("targets", "t-dongying-0999"),
    }
    assert set(made.values()) == {"2023-1", "2024-1"}


def test_a_corrected_row_holds_in_the_next_edition_too(published: Path) -> None:
    old = next(row["note"] for row in rows(published, TARGETS) if row["target_id"] == T8)
    change(published, TARGETS, T8, note="another")
    correct(published, ("note", old, "another"))
    assert told(published) == []
    publish(published, "2024-1")
    assert told(published) == []
