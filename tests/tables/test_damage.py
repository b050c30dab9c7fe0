"""What a spreadsheet does to a table is told all at once, and one command undoes what is mechanical."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from compare.__main__ import main
from compare.errors import CompareError
from compare.rules.load import load

TARGETS = Path("data", "curated", "dongying", "targets.csv")
SOURCES = Path("data", "curated", "sources.csv")


def rows(project: Path, table: Path) -> list[list[str]]:
    with (project / table).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def as_excel(lines: list[list[str]], ends: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=ends).writerows(lines)
    return out.getvalue()


def bom(project: Path) -> None:
    (project / TARGETS).write_bytes(b"\xef\xbb\xbf" + (project / TARGETS).read_bytes())


def gbk(project: Path) -> None:
    (project / TARGETS).write_bytes((project / TARGETS).read_text(encoding="utf-8").encode("gb18030"))


def crlf(project: Path) -> None:
    (project / TARGETS).write_bytes(as_excel(rows(project, TARGETS)).encode())


def old_mac(project: Path) -> None:
    (project / TARGETS).write_bytes(as_excel(rows(project, TARGETS), "\r").encode())


def blank(project: Path) -> None:
    held = rows(project, TARGETS)
    (project / TARGETS).write_bytes(as_excel([*held, [""] * len(held[0]), []], "\n").encode())


def slashes(project: Path) -> None:
    held = rows(project, TARGETS)
    at = held[0].index("due_on")
    made = [[*row[:at], row[at].replace("-0", "/").replace("-", "/"), *row[at + 1 :]] for row in held[1:]]
    (project / TARGETS).write_bytes(as_excel([held[0], *made], "\n").encode())


def floats(project: Path) -> None:
    held = rows(project, TARGETS)
    at = held[0].index("value_start")
    made = [[*row[:at], f"{row[at]}.0", *row[at + 1 :]] for row in held[1:]]
    (project / TARGETS).write_bytes(as_excel([held[0], *made], "\n").encode())


def turned(project: Path) -> None:
    (project / TARGETS).write_bytes(as_excel([row[::-1] for row in rows(project, TARGETS)], "\n").encode())


def unquoted(project: Path) -> None:
    (project / TARGETS).write_bytes(as_excel(rows(project, TARGETS), "\n").encode())


def spaces(project: Path) -> None:
    text = (project / TARGETS).read_text(encoding="utf-8").replace('"dongying-2022"', '"dongying-2022 "')
    (project / TARGETS).write_text(text, encoding="utf-8", newline="")


def everything(project: Path) -> None:
    slashes(project)
    held = rows(project, TARGETS)
    (project / TARGETS).write_bytes(b"\xef\xbb\xbf" + as_excel([*held, [""] * len(held[0])]).encode())


CASES = [
    (bom, ["a byte order mark"], "Excel's “CSV UTF-8” writes one"),
    (gbk, ["bytes that are not UTF-8"], "a Chinese Excel saves CSV as GBK"),
    (crlf, ["a carriage return (CR)"], "Windows line ends"),
    (old_mac, ["a carriage return (CR)"], "line ends of CR alone"),
    (blank, ["a blank row", "a blank row"], "rows emptied, not removed"),
    (slashes, ["2022/12/31"], "a day as the Chinese Excel shows it"),
    (floats, [".0"], "whole numbers that passed through a column with gaps"),
    (turned, ["coder, note"], "columns in another order"),
    (spaces, ["dongying-2022 "], "a space typed behind a name"),
    (everything, ["a byte order mark", "a carriage return (CR)", "a blank row", "2022/12/31"], "all at once"),
]


@pytest.mark.parametrize(("damage", "found", "reason"), CASES, ids=[case[0].__name__ for case in CASES])
def test_damage_is_told_all_at_once(project: Path, damage, found: list[str], reason: str) -> None:  # type: ignore[no-untyped-def]
    damage(project)
    with pytest.raises(CompareError) as told:
        load(project)
    said = [problem.found for problem in told.value.problems if problem.file == TARGETS.as_posix()]
    for one in found:
        assert any(one in each for each in said), reason
    assert {problem.file for problem in told.value.problems} == {TARGETS.as_posix()}


@pytest.mark.parametrize("damage", [case[0] for case in CASES] + [unquoted])
def test_one_command_gives_the_bytes_back(project: Path, damage) -> None:  # type: ignore[no-untyped-def]
    before = (project / TARGETS).read_bytes()
    damage(project)
    assert (project / TARGETS).read_bytes() != before
    assert main(["mend", "--root", str(project)]) == 0
    assert (project / TARGETS).read_bytes() == before
    load(project)


def test_a_dry_run_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    crlf(project)
    before = (project / TARGETS).read_bytes()
    assert main(["mend", "--root", str(project), "--dry-run"]) == 0
    assert (project / TARGETS).read_bytes() == before
    assert "targets.csv: a carriage return (CR) (1)" in capsys.readouterr().out


def test_what_needs_a_person_is_left_and_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = rows(project, SOURCES)
    broken = as_excel([held[0], [*held[1], "one field too many"], *held[2:]])
    (project / SOURCES).write_bytes(broken.encode())
    crlf(project)
    assert main(["mend", "--root", str(project)]) == 1
    told = capsys.readouterr().err
    assert "data/curated/sources.csv, row 2" in told and "targets.csv: a carriage return (CR) (1)" in told
    assert (project / SOURCES).read_bytes() == broken.encode(), "a file that is not understood stays as it is"


def test_bytes_of_no_known_writing_are_left(project: Path) -> None:
    (project / TARGETS).write_bytes(b"\xff\xfe\x00" + (project / TARGETS).read_bytes())
    assert main(["mend", "--root", str(project)]) == 1


def test_tables_in_order_are_left_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mend", "--root", str(project)]) == 0
    assert capsys.readouterr().out == "Nothing to undo.\n"
