"""What is written whole or not at all, and how every command that writes tells what a disk refused."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from compare.__main__ import main
from compare.disk import refused, remove, write_together, write_whole
from compare.errors import Refused
from compare.outputs.readme import END, START
from compare.project import CURATED, SOURCES
from disks import Disks
from made_up import Paper, Shape, write_project

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the faults are those of a POSIX system")


@pytest.fixture
def disks() -> Iterator[Disks]:
    held = Disks()
    yield held
    held.leave()


# --- files


def test_files_that_belong_together_take_their_names_together(tmp_path: Path) -> None:
    """A folder in the way of the last is met before the first is touched."""
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"old")
    (tmp_path / "c").mkdir()
    with pytest.raises(Refused, match='found "a folder"; expected a file; move it away'):
        write_together({tmp_path / name: b"new" for name in "abc"})
    assert [(tmp_path / name).read_bytes() for name in "ab"] == [b"old", b"old"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]
    write_together({tmp_path / "d" / name: b"new" for name in "ab"})
    assert sorted(path.name for path in (tmp_path / "d").iterdir()) == ["a", "b"]


def test_a_disk_that_becomes_full_leaves_what_stood(tmp_path: Path, disks: Disks) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "a").write_bytes(b"old")
    disks.put(tmp_path / "small")
    with pytest.raises(Refused, match="/small/a: .*No space left on device.*make room"):
        write_whole(tmp_path / "small" / "a", bytes(2_000_000))
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "small").iterdir()] == [("a", b"old")]


def test_all_that_can_be_removed_is_before_the_rest_is_told(tmp_path: Path) -> None:
    for name in ("a", "d"):
        (tmp_path / name).touch()
    for name in ("b", "c"):
        (tmp_path / name).mkdir()
    with pytest.raises(Refused) as caught:
        remove([tmp_path / name for name in "abcde"] + [tmp_path / "f" / "g"])
    assert [Path(one.file).name for one in caught.value.problems] == ["b", "c"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "c"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "full", "a"), 'a: found "full"; make room on its disk, then'),
        (OSError(errno.EROFS, "fixed", "a"), 'a: found "fixed"; make its disk writable, then'),
        (
            PermissionError(errno.EACCES, "no", "a"),
            "give yourself the right to it, or close it where it is open",
        ),
        (OSError(errno.EIO, "broken", "a"), 'a: found "broken"; see what is wrong with it, then'),
        (OSError(errno.ENOSPC, "full", "a.csv.12.part"), 'given: found "full"'),
        (OSError(errno.ENOSPC, "full"), 'given: found "full"'),
    ],
)
def test_what_is_told_of_an_error(error: OSError, words: str) -> None:
    assert words in str(refused(error, Path("given")))


def test_a_file_is_named_as_seen_from_its_project(tmp_path: Path) -> None:
    (tmp_path / CURATED).mkdir(parents=True)
    (tmp_path / CURATED / "datapackage.yaml").touch()
    told = refused(OSError(errno.ENOSPC, "full", str(tmp_path / "reports" / "a.html")))
    assert "  1. reports/a.html: " in str(told)


# --- commands that write


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shape = Shape(cities=2, topics=(("5g",),), papers=((Paper(targets=2, tasks=2, years=1),),))
    folder = write_project(tmp_path_factory.mktemp("made"), shape, Random(7), released=False)
    (folder / "README.md").write_text(f"{START}\nof before\n{END}\n", encoding="utf-8")
    (folder / CURATED / "CODEBOOK.md").write_text("of before\n", encoding="utf-8")
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a made-up project in which every command that writes has something to write."""
    monkeypatch.setattr("compare.build.documents.findings", lambda root: "told\n")
    monkeypatch.setattr("compare.coding.review.review_text", lambda root: "told\n")
    return Path(shutil.copytree(made, tmp_path / "project"))


WRITES = [
    (["codebook"], "data/curated/CODEBOOK.md"),
    (["mend"], "data/curated/topics.csv"),
    (["package"], "build/package/datapackage.json"),
    (["release"], "data/curated/release.csv"),
    (["agreement", "--write"], "data/review/README.md"),
    (["findings", "--write"], "README.md"),
]
# Of these nothing is read before they are written.
NEW = ("data/curated/CODEBOOK.md", "build/package/datapackage.json", "data/review/README.md")


def held(project: Path) -> dict[str, bytes]:
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and path.name != "ballast"
    }


@pytest.mark.parametrize("fault", ["full", "read-only"])
@pytest.mark.parametrize(("words", "file"), WRITES)
def test_a_command_whose_disk_takes_nothing(
    project: Path, disks: Disks, capsys: pytest.CaptureFixture[str], words: list[str], file: str, fault: str
) -> None:
    if words == ["mend"]:
        (project / file).write_bytes(b"\xef\xbb\xbf" + (project / file).read_bytes())
    folder = (project / file).parent
    if fault == "full":
        disks.fill(folder, "20m")
    else:
        disks.forbid(folder)
    before = held(project)
    capsys.readouterr()
    assert main([*words, "--root", str(project)]) == 1
    told = capsys.readouterr().err
    assert held(project) == before, "what stood stands, whole"
    assert told.startswith("A file cannot be read or written: 1 problem.\n")
    assert told.count("\n") == 2 and folder.relative_to(project).as_posix() in f"./{told}", told
    assert {"full": "make room on its disk", "read-only": "make its disk writable"}[fault] in told
    disks.mend()
    assert main([*words, "--root", str(project)]) == 0
    changed = {name for name, content in held(project).items() if before.get(name) != content}
    assert file in changed
    assert words != ["release"] or changed == {file, "data/curated/edition.yaml"}, "the lines and their seal"


@pytest.mark.parametrize(("words", "file"), [one for one in WRITES if one[1] in NEW])
def test_a_command_before_whose_file_a_folder_stands(
    project: Path, capsys: pytest.CaptureFixture[str], words: list[str], file: str
) -> None:
    (project / file).unlink(missing_ok=True)
    (project / file).mkdir(parents=True)
    before = held(project)
    assert main([*words, "--root", str(project)]) == 1
    told = capsys.readouterr().err
    assert f'  1. {file}: found "a folder"; expected a file; move it away, then run the command again' in told
    assert held(project) == before
    (project / file).rmdir()
    assert main([*words, "--root", str(project)]) == 0
    assert (project / file).is_file()


# --- what is printed


@POSIX
@pytest.mark.parametrize("words", [["ledger"], ["coverage"], ["mend", "--dry-run"], ["build", "--why"]])
@pytest.mark.parametrize(("to", "found"), [("pipe", "Broken pipe"), ("/dev/full", "No space left on device")])
def test_a_command_to_which_nobody_listens(made: Path, words: list[str], to: str, found: str) -> None:
    if to == "pipe":
        ours, theirs = os.pipe()
        os.close(ours)
    elif Path(to).exists():
        theirs = os.open(to, os.O_WRONLY)
    else:
        pytest.skip(f"There is no {to} on this system.")
    command = [sys.executable, "-m", "compare", *words, "--root", str(made)]
    environment = os.environ | {"PYTHONPATH": str(SOURCES)}
    done = subprocess.run(command, env=environment, stdout=theirs, stderr=subprocess.PIPE, text=True)
    os.close(theirs)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 2 and lines[1].startswith(f'  1. standard output: found "{found}"; '), done.stderr
