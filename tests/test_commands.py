"""The commands on the data: what they print and write, and the status they end with."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from compare.__main__ import COMMANDS, main
from compare.build import documents
from compare.outputs.readme import END, START
from compare.rules.accounts import CLASSES

CURATED = Path("data", "curated")
# Those that the tests of the data and of the build try are tried there.
ON_DATA = tuple(one.name for one in COMMANDS if one.name not in ("check", "build"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def without_line(path: Path, holds: str) -> None:
    lines = path.read_bytes().decode("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f'"{holds}"')]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), encoding="utf-8", newline="")


@pytest.fixture
def reviewed(root: Path, project: Path) -> Path:
    """Return a copy of the data with both codings."""
    shutil.copytree(root / "data" / "review", project / "data" / "review")
    return project


# ── help ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ON_DATA)
def test_help_says_what_a_command_does(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    (command,) = (command for command in COMMANDS if command.name == name)
    assert " ".join(command.detail.split()) in told
    assert told.startswith(f"usage: python -m compare {name} ")
    assert "--root DIR" in told


def test_the_door_names_every_command_without_loading_a_table(root: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(root / 'src')!r}); from compare.__main__ import main\n"
        "try: main(['--help'])\nfinally: print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for command in COMMANDS:
        assert f"\n    {command.name} " in done.stdout or f"\n    {command.name}\n" in done.stdout
    assert done.stdout.endswith("False\n")


@pytest.mark.parametrize("words", [["ledger", "--format", "xml"], ["agreement", "now"], ["publish"], []])
def test_what_is_no_command_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "usage: python -m compare" in capsys.readouterr().err


@pytest.mark.parametrize("name", ON_DATA)
def test_a_folder_without_a_project_is_told(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--root", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("There is no project here: 1 problem.\n")
    assert list(tmp_path.iterdir()) == []


# ── ledger ─────────────────────────────────────────────────────────────────────


def test_the_ledger_of_whole_data_is_a_table_and_ends_well(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ledger", "--root", str(root)]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    firsts = [line.split()[0] for line in printed.out.splitlines() if line]
    assert firsts[2 : 2 + len(CLASSES)] == list(CLASSES)
    assert printed.out.endswith(" % of the body undertakes something\n")


def test_the_ledger_of_one_document_as_csv(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "qingdao-2020", "--format", "csv", "--root", str(root)]) == 0
    held = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(held[0]) == ["source_id", "start", "end", "text", "class"]
    assert {row["source_id"] for row in held} == {"qingdao-2020"}
    assert {row["class"] for row in held} <= set(CLASSES)


def test_a_ledger_that_does_not_come_out_ends_badly(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without_line(project / CURATED / "dongying" / "commitments.csv", "c-dongying-0006")
    assert main(["ledger", "--root", str(project)]) == 1
    printed = capsys.readouterr()
    (left,) = (line for line in printed.out.splitlines() if line.startswith("clauses left"))
    assert sorted(left.split()[2:]) == ["0", "0", "0", "0", "1"]
    assert printed.err.startswith("Not everything is accounted for: 1 problem.\n")
    assert "深化拓展应用场景" in printed.err
    # Of documents that are named each by itself, it is that of the one concerned.
    (concerned,) = (row["source_id"] for row in rows(project / CURATED / "sources.csv")
                    if row["source_id"] in printed.err)  # fmt: skip
    assert main(["ledger", concerned, "--root", str(project)]) == 1
    assert "深化拓展应用场景" in capsys.readouterr().err
    assert main(["ledger", "qingdao-2020", "qingdao-2020", "--root", str(project)]) == 0
    assert capsys.readouterr().err == ""
    assert main(["ledger", "qingdao-2020", concerned, "--root", str(project)]) == 1


def test_a_document_that_is_none_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "qingdao-2021", "--root", str(root)]) == 1
    assert capsys.readouterr().err.startswith('No document "qingdao-2021" is at hand; there are qingdao-2020')


# ── agreement, codebook, package ───────────────────────────────────────────────


def test_agreement_is_printed_or_written(reviewed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = reviewed / "data" / "review" / "README.md"
    told = readme.read_bytes().decode("utf-8")
    readme.unlink()
    assert main(["agreement", "--root", str(reviewed)]) == 0
    assert capsys.readouterr().out == told
    assert not readme.exists()
    assert main(["agreement", "--write", "--root", str(reviewed)]) == 0
    assert capsys.readouterr().out == "data/review/README.md is written.\n"
    assert readme.read_bytes().decode("utf-8") == told


def test_agreement_without_codings_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data" / "review").mkdir()
    (project / "data" / "review" / "adjudication.csv").write_text(
        "source_id,start,end,field,code_a,code_b,decision\n", encoding="utf-8"
    )
    assert main(["agreement", "--root", str(project)]) == 1
    assert capsys.readouterr().err.startswith("A coding is missing: 1 problem.\n  1. data/review/first: ")


def test_the_codebook_is_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / CURATED / "CODEBOOK.md"
    told = path.read_bytes()
    path.unlink()
    assert main(["codebook", "--root", str(project)]) == 0
    assert capsys.readouterr().out == "data/curated/CODEBOOK.md is written.\n"
    assert path.read_bytes() == told


def test_the_package_is_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["package", "--root", str(project)]) == 0
    assert capsys.readouterr().out == "build/package/datapackage.json is written.\n"
    assert (project / "build" / "package" / "targets.csv").is_file()


# ── findings ───────────────────────────────────────────────────────────────────


def test_findings_are_printed_or_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "findings", lambda root: "**A.** Told.\n")
    (tmp_path / CURATED).mkdir(parents=True)
    (tmp_path / CURATED / "datapackage.yaml").touch()
    readme = tmp_path / "README.md"
    readme.write_text(f"{START}\nof before\n{END}\n", encoding="utf-8")
    assert main(["findings", "--root", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "**A.** Told.\n"
    assert main(["findings", "--write", "--root", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "README.md is written.\n"
    assert readme.read_text(encoding="utf-8") == f"{START}\n\n**A.** Told.\n\n{END}\n"
    readme.write_text("nothing", encoding="utf-8")
    assert main(["findings", "--write", "--root", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("The findings have no place: 1 problem.\n  1. README.md: ")
    assert readme.read_text(encoding="utf-8") == "nothing"


# ── release ────────────────────────────────────────────────────────────────────


def test_a_release_holds_the_tables_to_what_they_say(
    root: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows(root / CURATED / "release.csv")
    shutil.copyfile(root / CURATED / "release.csv", project / CURATED / "release.csv")
    assert main(["release", "--edition", "2031.05", "--on", "2031-05-01", "--root", str(project)]) == 0
    held = rows(project / CURATED / "release.csv")
    new = [row for row in held if row["edition"] == "2031.05"]
    said = f"{len(new)} rows new or changed, {len(held)} lines in release.csv."
    assert capsys.readouterr().out == f"Edition 2031.05: {said}\n"
    # Nothing but the edition itself is new, and what was published stays as it was.
    assert {row["table"] for row in new} == {"edition"}
    assert sorted(row for row in map(str, held) if row not in set(map(str, new))) == sorted(map(str, before))

    # From now on a change without a correction is refused, by the check and by the next release.
    assert main(["check", "--root", str(project)]) == 0
    # The words of a note are no rule's matter: only what was published holds them.
    replaced(project / CURATED / "sources.csv", '"dezhou-2023 的依据。"', '"dezhou-2023 的依据之一。"')
    for command in ("check", "release"):
        assert main([command, "--root", str(project)]) == 1
        assert "restore china-2022 in sources" in capsys.readouterr().err
    assert rows(project / CURATED / "release.csv") == held


def test_a_table_that_does_not_hold_is_not_released(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without_line(project / CURATED / "dongying" / "commitments.csv", "c-dongying-0006")
    assert main(["release", "--root", str(project)]) == 1
    assert capsys.readouterr().err.startswith("What does not hold is not published: 2 problems.\n")
    assert rows(project / CURATED / "release.csv") == []


# ── coverage ───────────────────────────────────────────────────────────────────


def test_coverage_names_the_state_of_every_document(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "smart_community", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    [line] = [line for line in said.splitlines() if line.startswith("smart_community_coverage")]
    # By document id: the draft of 2020, the plans of 2023, 2022 and 2019, the work points of 2020.
    assert line.split()[1:] == ["silent", "quantified", "quantified", "unquantified", "unquantified"]


def test_a_topic_without_indicators_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "safeguards", "--root", str(root)]) == 0
    assert "no indicator" in capsys.readouterr().out


def test_coverage_of_a_topic_that_is_none_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "smart_comunity", "--root", str(root)]) == 1
    assert capsys.readouterr().err == (
        'There is no topic "smart_comunity"; did you mean smart_community or smart_city or security?\n'
    )


# ── all of them ────────────────────────────────────────────────────────────────


def test_make_and_the_guide_know_the_commands_by_the_same_names(root: Path) -> None:
    """Whatever the Makefile or a text tells someone to type is a command."""
    names = {command.name for command in COMMANDS}
    assert len(names) == len(COMMANDS)
    for file in ("Makefile", "README.md", "CONTRIBUTING.md", "docs/coding.md", "docs/decisions.md"):
        text = (root / file).read_text(encoding="utf-8")
        assert set(re.findall(r"-m compare ([a-z]+)", text)) <= names, file
    assert re.findall(r"-m compare ([a-z]+)", (root / "Makefile").read_text(encoding="utf-8"))
