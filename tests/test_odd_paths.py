"""A path that leads nowhere, given to any command: one sentence, a status, and no traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import compare
from compare.__main__ import COMMANDS, main
from compare.errors import CompareError
from compare.project import CURATED, find_root
from compare.words.messages import messages

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and rights are those of a POSIX system")
Make = Callable[[Path], str]


def loop(folder: Path) -> str:
    (folder / "one").symlink_to(folder / "two")
    (folder / "two").symlink_to(folder / "one")
    return str(folder / "one")


def dead_link(folder: Path) -> str:
    (folder / "link").symlink_to(folder / "gone")
    return str(folder / "link")


def file(folder: Path) -> str:
    (folder / "file").write_text("x", encoding="utf-8")
    return str(folder / "file")


ODD: tuple[tuple[str, Make], ...] = (
    ("links in a circle", loop),
    ("below links in a circle", lambda folder: f"{loop(folder)}/x"),
    ("a dead link", dead_link),
    ("a file", file),
    ("below a file", lambda folder: f"{file(folder)}/x"),
    ("nothing there", lambda folder: str(folder / "gone")),
    ("a name too long", lambda folder: str(folder / ("x" * 300))),
    ("a path too long", lambda folder: f"{folder}/{'x/' * 3000}"),
    ("a NUL", lambda folder: f"{folder}/a\0b"),
    ("bytes that are no UTF-8", lambda folder: f"{folder}/a\udcff"),
    ("nothing", lambda folder: ""),
)
# Where a command takes a path; behind all others stands a project that is one.
PLACES = (
    *((one.name, ["--root", "ODD"]) for one in COMMANDS),
    ("verify", ["ODD", "--root", "PROJECT"]),
    ("build", ["ODD", "--root", "PROJECT"]),
    ("build", ["none", "--out", "ODD", "--root", "PROJECT"]),
)


def ended(words: list[str]) -> int | str | None:
    try:
        return main(words)
    except SystemExit as left:
        return left.code


@POSIX
@pytest.mark.parametrize(("why", "make"), ODD, ids=[why for why, _ in ODD])
def test_it_is_told_in_one_sentence(
    why: str, make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd, project = make(tmp_path), tmp_path / "project"
    (project / CURATED).mkdir(parents=True)
    (project / CURATED / "datapackage.yaml").write_text("resources: []\n", encoding="utf-8")
    for command, words in PLACES:
        told = ended(
            [command, *(word.replace("ODD", odd).replace("PROJECT", str(project)) for word in words)]
        )
        said = capsys.readouterr().err
        assert told in (1, 2), (command, words)
        lines = said.strip().splitlines()
        if told == 1:
            assert len(lines) <= 2 and "1 problem" in lines[0], (command, words, said)
        else:
            assert "error: argument" in lines[-1] and "expected the path of a file or folder" in lines[-1]
        assert "Traceback" not in said and "\0" not in said
    assert not (project / "build" / "problems.csv").exists()


@POSIX
@pytest.mark.parametrize(("why", "make"), ODD[:-1], ids=[why for why, _ in ODD[:-1]])
def test_who_calls_the_library_is_told_too(why: str, make: Make, tmp_path: Path) -> None:
    odd = make(tmp_path)
    for call in (compare.load, lambda path: find_root(Path(path))):
        with pytest.raises(CompareError, match="There is no project here: 1 problem"):
            call(odd)


@POSIX
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="who may do everything has all rights"
)
def test_a_folder_that_may_not_be_looked_into_is_told(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    with pytest.raises(CompareError, match="There is no project here"):
        find_root(tmp_path / "closed")


@POSIX
def test_a_disk_that_lets_nobody_look_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where tests may do everything, the right to look is taken away by hand."""

    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(CompareError, match='found "Permission denied"; expected a folder that holds'):
        find_root(tmp_path)


@POSIX
def test_a_current_folder_that_is_gone_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert main(["check"]) == 1
    assert capsys.readouterr().err.startswith("There is no project here: 1 problem.\n  1. .: found")


def test_the_prose_is_found_as_the_tables_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From below a project, from outside of all, and from the one that is named."""
    for folder in (tmp_path, compare.project.PACKAGE):
        monkeypatch.chdir(folder)
        assert messages("en") is messages("en", root=find_root())
    for name, said in (("near", "of the near one"), ("far", "of the far one")):
        (tmp_path / name / CURATED).mkdir(parents=True)
        (tmp_path / name / CURATED / "datapackage.yaml").touch()
        (tmp_path / name / "notebooks" / "text").mkdir(parents=True)
        (tmp_path / name / "notebooks" / "text" / "common.en.md").write_text(
            f"## x\n{said}\n", encoding="utf-8"
        )
    monkeypatch.chdir(tmp_path / "near" / "notebooks" / "text")
    assert messages("en").say("x") == "of the near one"
    for root in (tmp_path / "far", tmp_path / "far" / "." / "data" / "..", Path("..", "..", "..", "far")):
        assert messages("en", root=root).say("x") == "of the far one"
