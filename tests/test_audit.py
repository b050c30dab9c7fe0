"""What `make audit` asks about, and what it says where there is an advisory, none, or no answer."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "requirements"


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", FOLDER / "audit.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_pin_of_every_lock_is_asked_about(audit: ModuleType) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.txt")}
    pinned = {line.split(" ")[0] for text in texts.values() for line in text.splitlines() if "==" in line}
    asked = set(re.findall(r'"(\w[^" ]+)', audit.script([texts[name] for name in audit.LOCKS]).split("[")[1]))
    assert {one for one in pinned if re.match(r"\w[\w.-]*==", one)} == asked


@pytest.mark.parametrize(
    ("status", "out", "err", "ends", "said", "reason"),
    [
        (0, "", "Found no known vulnerabilities\n", 0, "Found no known", "nothing is known"),
        (1, "pandas 1 has 1 known vulnerability\n", "Found 1\n", 1, "pandas 1 has", "an advisory"),
        (
            2,
            "",
            "error: failed\n  cause: dns error\n",
            1,
            "Nothing was learnt of vulnerabilities",
            "no network",
        ),
        (2, "", "error: failed\n  cause: dns error\n", 1, "(dns error); run make audit where", "its cause"),
        (1, "", "No module named uv\n", 1, "No module named uv", "no uv"),
        (-9, "", "", 1, "(no word); run make audit", "ended from outside"),
    ],
)
def test_what_was_answered_is_told_and_no_answer_is_no_clean_one(
    audit: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    status: int,
    out: str,
    err: str,
    ends: int,
    said: str,
    reason: str,
) -> None:
    lines: list[list[str]] = []

    def pretend(line: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        assert Path(line[-1]).read_text(encoding="utf-8").startswith("# /// script\n")
        lines.append(line)
        return subprocess.CompletedProcess(line, status, out, err)

    monkeypatch.setattr(audit.subprocess, "run", pretend)
    assert audit.main(["--offline"]) == ends, reason
    told = "".join(capsys.readouterr())
    assert said in told and (status in (0, 1) or told.count("\n") == 1), "one sentence"
    assert lines[0][1:4] == ["-m", "uv", "audit"] and "--offline" in lines[0]
