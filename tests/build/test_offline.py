"""A whole build needs no network: nothing in it asks for a name, opens a connection or sends a word."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from compare.__main__ import main
from compare.project import SOURCES
from made_up.project import write_project
from made_up.shapes import Paper, Shape

SMALL = Shape(cities=2, papers=((Paper(targets=1, tasks=1),),), topics=(("5g",),))

# Python itself tells of each such step, in forked children too, and this refuses it; what a library then
# makes of the error, the note of it stays.
REFUSED = """
import os, sys

def refuse(event, arguments):
    if event.startswith("socket.") and event.removeprefix("socket.") in (
        "connect", "sendto", "sendmsg", "getaddrinfo", "gethostbyname", "gethostbyaddr", "getnameinfo"
    ):
        with open(os.environ["NOTE"], "a") as note:
            print(event, arguments[-1], file=note)
        raise OSError("the network is refused")

sys.addaudithook(refuse)
"""
BUILD = "from compare.__main__ import main\nsys.exit(main(sys.argv[1:]))"


def run(code: str, note: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Return how some code ended that ran where the network is refused; what it tried is in `note`."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCES), "NOTE": str(note)}
    line = [sys.executable, "-c", REFUSED + code, *words]
    return subprocess.run(line, env=environment, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import urllib.request; urllib.request.urlopen('http://192.0.2.1/')",
        "import os, socket\nif os.fork() == 0: socket.gethostbyname('example.org')\nelse: os.wait()",
    ],
)
def test_the_refusal_is_noted_wherever_it_is_met(tmp_path: Path, code: str) -> None:
    run(code, tmp_path / "note")
    assert (tmp_path / "note").read_text().startswith("socket.")


def test_a_project_is_built_whole_without_a_network(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_project(tmp_path / "project", SMALL, Random(11), released=False)
    done = run(BUILD, tmp_path / "note", "build", "--root", str(root))
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "note").exists(), (tmp_path / "note").read_text()
    # Every file that the tables call for is there, as the manifest has it.
    assert main(["verify", "--root", str(root)]) == 0
    assert "each with the bytes that this checkout makes" in capsys.readouterr().out
    assert {path.suffix for path in (root / "reports").rglob("*.*")} == {".html", ".ics", ".xlsx", ".json"}
