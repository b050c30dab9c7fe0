"""Hold every mutant against the tests that pass through it, each in a copy of the project of its own."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from benchmarks.mutants_code.draw import Mutant
from benchmarks.mutants_code.reach import Reach

# What a test of the sources may need; what is built stays behind.
PARTS = ("src", "tests", "data", "notebooks", "benchmarks", "requirements", "docs")
FILES = (
    "pyproject.toml",
    "README.md",
    "CITATION.cff",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Makefile",
    "environment.yml",
)
# A mutant gets so many times the seconds of its tests, and so many at least; one that takes longer goes round.
TIMES, LEAST = 5, 60
# So many tests are tried for a line that many pass through, the fastest of every file first.
MOST = 400


@dataclass(frozen=True)
class Verdict:
    """How a mutant ended: killed by a test, timed out, survived, or reached by no test."""

    mutant: Mutant
    end: str
    tests: int
    seconds: float


def copied(root: Path, folder: Path) -> Path:
    """Return a copy of what the tests need of a project."""
    folder.mkdir(parents=True)
    for part in PARTS:
        shutil.copytree(root / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in FILES:
        if (root / file).exists():
            shutil.copyfile(root / file, folder / file)
    return folder


def judged(root: Path, folder: Path, mutants: Sequence[Mutant], reach: Reach, jobs: int) -> Iterator[Verdict]:
    """Yield the verdict on every mutant, several at once, in no fixed order."""
    import hypothesis  # noqa: F401  what a fork need not import anew
    import pandas  # noqa: F401
    import pytest  # noqa: F401

    free: SimpleQueue[Path] = SimpleQueue()
    for number in range(jobs):
        free.put(copied(root, folder / f"copy-{number}"))

    def one(mutant: Mutant) -> Verdict:
        tree = free.get()
        try:
            return judge(root, tree, mutant, reach)
        finally:
            free.put(tree)

    with ThreadPoolExecutor(jobs) as threads:
        yield from threads.map(one, mutants)


def judge(root: Path, tree: Path, mutant: Mutant, reach: Reach) -> Verdict:
    """Return how one mutant ends in a copy of the project, which stands as before afterwards."""
    tests = reach.of(mutant.module, mutant.line)[:MOST]
    if not tests:
        return Verdict(mutant, "untested", 0, 0.0)
    allowed = max(LEAST, TIMES * sum(reach.seconds[test] for test in tests))
    path = tree / mutant.module
    path.write_text(mutant.source, encoding="utf-8")
    started = time.monotonic()
    try:
        child = multiprocessing.get_context("fork").Process(target=_test, args=(tree, tests))
        child.start()
        child.join(allowed)
        if child.is_alive():
            os.killpg(child.pid or 0, signal.SIGKILL)
            child.join()
            end = "timed out"
        else:
            end = "survived" if child.exitcode == 0 else "killed"
    finally:
        shutil.copyfile(root / mutant.module, path)
    return Verdict(mutant, end, len(tests), time.monotonic() - started)


def _test(tree: Path, tests: list[str]) -> None:
    """Run tests in a process that holds nothing of the project yet, until one fails."""
    import pytest

    os.setpgid(0, 0)
    os.chdir(tree)
    void = os.open(os.devnull, os.O_WRONLY)
    os.dup2(void, 1)
    os.dup2(void, 2)
    # The sources stand in the copy; bytecode of the source before would be taken for that of the mutant.
    sys.dont_write_bytecode = True
    os.environ |= {"PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    sys.path[:] = [str(tree / "src"), str(tree), *(one for one in sys.path if "compare" not in one)]
    words = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov", "--rootdir", str(tree)]
    os._exit(int(pytest.main([*words, *tests])))
