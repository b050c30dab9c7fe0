"""How long the suite's main jobs take, each as a ratio against a plain peer in the same run.

    python benchmarks/speed.py          # or: make bench

Medians of several runs; the machine's speed cancels out of a ratio. Nothing here is a test.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import compare
from compare.project import CURATED, find_root

RUNS = 7


def median(job: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median seconds of a job after one run that does not count."""
    job()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def in_turn(ours: Callable[[], object], peer: Callable[[], object]) -> tuple[float, float]:
    """Return the medians of two jobs."""
    return median(ours), median(peer)


def python(*words: str) -> Callable[[], object]:
    """Return a job that runs this Python in a process of its own."""
    return lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=find_root())


def main() -> None:
    """Print one line per job: our median, the peer's, the ratio."""
    tables: list[Path] = sorted((find_root() / CURATED).rglob("*.csv"))
    jobs = {
        "load and check all rows, against pandas reading the same files": (
            compare.load, lambda: [pd.read_csv(path, dtype=str) for path in tables]),
        "load and prove completeness, against loading alone": (
            lambda: compare.load(thorough=True), compare.load),
        "a build with nothing to do, against starting Python": (
            python("-m", "compare", "build"), python("-c", "pass")),
    }  # fmt: skip
    for name, (ours, peer) in jobs.items():
        first, second = in_turn(ours, peer)
        print(f"{name}: {first * 1000:.0f} ms, {second * 1000:.0f} ms, ratio {first / second:.1f}")


if __name__ == "__main__":
    main()
