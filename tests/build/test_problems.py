"""build/problems.csv: all that a command found wrong, and nothing that it did not."""

from __future__ import annotations

import csv
from dataclasses import fields
from pathlib import Path

import pytest

from compare.__main__ import main
from compare.build.problems import PROBLEMS, keep, kept
from compare.errors import CompareError, Problem, Refused

MANY = [Problem("a.csv", "x", f"={at}", "a number", "correct it", row=at, key="k") for at in range(2, 252)]


def rows(root: Path) -> list[dict[str, str]]:
    with (root / PROBLEMS).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_each_problem_has_its_row_and_its_columns(tmp_path: Path) -> None:
    assert keep(tmp_path, MANY) == "All 250 stand in build/problems.csv.\n"
    held = rows(tmp_path)
    assert list(held[0]) == [column.name for column in fields(Problem)]
    assert [row["row"] for row in held] == [str(at) for at in range(2, 252)]
    assert held[0] == {
        "file": "a.csv", "column": "x", "found": "'=2", "expected": "a number", "todo": "correct it",
        "row": "2", "key": "k", "source": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("found", "cell", "reason"),
    [
        ("=1+1", "'=1+1", "a formula"),
        ("@SUM(1)", "'@SUM(1)", "a formula of old"),
        ("+1", "'+1", "a sign"),
        ("\t=1", "‹U+0009›=1", "a tab before one"),
        ("a\nb\u202ec", "a⏎b‹U+202E›c", "what a spreadsheet would hide"),
        ("x" * 40_000, "x" * 32_000 + "… (40,000 characters)", "more than a cell takes"),
        ("智慧　社区", "智慧　社区", "words"),
    ],
)
def test_cells_are_text(tmp_path: Path, found: str, cell: str, reason: str) -> None:
    keep(tmp_path, [Problem("a.csv", found=found)])
    assert rows(tmp_path)[0]["found"] == cell, reason


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("")
    assert keep(tmp_path, MANY).startswith("They could not be written to build/problems.csv: ")


def test_a_command_leaves_what_it_found_and_takes_away_what_is_mended(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = project / "data" / "curated" / "jinan" / "commitments.csv"
    before = table.read_bytes()
    table.write_bytes(before.replace(b'"c-jinan-', b'"=jinan-'))
    assert main(["check", "--root", str(project)]) == 1
    told = capsys.readouterr().err
    count = len(rows(project))
    assert (
        count > 200
        and f"{count:,} problems." in told
        and f"All {count:,} stand in build/problems.csv." in told
    )
    assert told.count("\n  ") == 101 + told.count("\n    ") and "\n  101. " not in told
    rest = [line.split(": ") for line in told.splitlines() if line.startswith("    ")]
    assert sum(int(number.replace(",", "")) for _, number in rest) == count - 100
    assert {row["found"][:2] for row in rows(project) if row["column"] == "commitment_id"} == {"'="}
    found = (project / PROBLEMS).read_bytes()
    table.write_bytes(before)
    # Commands that check nothing, or a part of the book only, leave what was found.
    (project / "notebooks").mkdir()
    for words, status in (
        (["verify"], 1), (["verify", "gone"], 1), (["build", "--why"], 0), (["build", "none"], 1),
        (["build", "-p", "x"], 1), (["word"], 0), (["findings"], 1), (["codebook"], 0), (["package"], 0),
        (["agreement"], 1), (["mend"], 0), (["mend", "--dry-run"], 0), (["ledger", "jinan-2019"], 0),
        (["ledger", "none"], 1),
    ):  # fmt: skip
        ended = main([*words, "--root", str(project)])
        assert (ended, (project / PROBLEMS).read_bytes()) == (status, found), words
    assert main(["check", "--root", str(project)]) == 0
    assert not (project / PROBLEMS).exists()


def test_what_a_disk_refuses_replaces_nothing(tmp_path: Path) -> None:
    keep(tmp_path, MANY)
    with pytest.raises(Refused), kept(tmp_path):
        raise Refused("No room", [Problem("a")])
    with pytest.raises(CompareError), kept(tmp_path):
        raise CompareError("A sentence without a problem")
    assert len(rows(tmp_path)) == len(MANY)
    with pytest.raises(CompareError) as error, kept(tmp_path, whole=False):
        raise CompareError("Another", MANY[:101])
    assert len(rows(tmp_path)) == 101
    assert error.value.__notes__ == ["All 101 stand in build/problems.csv.\n"]
    with kept(tmp_path, whole=False):
        pass
    assert len(rows(tmp_path)) == 101
    with kept(tmp_path):
        pass
    assert not (tmp_path / PROBLEMS).exists()
