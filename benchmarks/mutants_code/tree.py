"""A copy of the project that may be changed, and pytest run on it in a fork of a process that is warm."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

PARTS = ("src", "tests", "data", "docs", "notebooks", "requirements", "benchmarks", "pyproject.toml")
MEMORY = 4 << 30
# The same examples for each mutant, and none that fails for being slow.
USUAL = (
    *("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--tb=no", "--no-header", "-rN"),
    "--hypothesis-profile=ci",
)
# Tests of sections, pages, builds and browsers are left out: too slow to ask 600 times.
ASKED = (
    *(f"src/compare/{floor}" for floor in ("language", "texts", "analysis", "rules")),
    *(f"tests/{part}" for part in ("language", "texts", "analysis", "rules", "coding", "words", "tables")),
)


def copied(root: Path, into: Path) -> Path:
    """Return a copy of what tests need of the project."""
    for part in PARTS:
        if (root / part).is_dir():
            shutil.copytree(root / part, into / part, symlinks=True)
        elif (root / part).is_file():
            shutil.copy2(root / part, into / part)
    return into


def warm(place: Path, asked: Sequence[str]) -> None:
    """Import what the tests import, then forget the project's own modules, which may change."""
    stand_in(place)
    _quiet(lambda: int(pytest.main([*USUAL, "--collect-only", *asked])))
    for name, module in list(sys.modules.items()):
        origin = getattr(module, "__file__", None) or ""
        if name.split(".")[0] == "compare" or origin.startswith(str(place)):
            del sys.modules[name]


def stand_in(place: Path) -> None:
    """Make a copy the one that is imported from and read."""
    os.chdir(place)
    os.environ["PYTHONPATH"] = str(place / "src")
    others = [path for path in sys.path if not (Path(path) / "compare").is_dir()]
    sys.path[:] = [str(place / "src"), *others]


def run(
    asked: Sequence[str], seconds: float, place: Path, plugins: Sequence[object] = (), first: bool = True
) -> int:
    """Return pytest's exit status for these tests in a fork, or -1 when they took longer than `seconds`."""
    child = os.fork()
    if not child:
        status = 3
        try:
            os.setpgid(0, 0)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            sys.dont_write_bytecode = first
            stand_in(place)
            stop = ["-x"] if first else []
            status = _quiet(lambda: int(pytest.main([*USUAL, *stop, *asked], plugins=list(plugins))))
        finally:
            os._exit(status)
    return _awaited(child, time.monotonic() + seconds)


def _awaited(child: int, until: float) -> int:
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) if not os.WIFSIGNALED(status) else 3
        if time.monotonic() > until:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return -1
        time.sleep(0.01)


def _quiet(act: Callable[[], int]) -> int:
    """Do something while all that it writes goes nowhere."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        try:
            return act()
        finally:
            os.dup2(kept[0], 1)
            os.dup2(kept[1], 2)
            for each in kept:
                os.close(each)
