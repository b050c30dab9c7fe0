"""How long the suite's main jobs take, each as a ratio against a plain peer in the same run.

    python benchmarks/speed.py          # or: make bench

Medians of several runs; the machine's speed cancels out of a ratio. Nothing here is a test.
Then, per kind of page, the largest file and the time until its first charts are drawn: these need
Chromium and its driver, and are left out with a word where there is none.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

import compare
from compare.outputs.page import plotly_js
from compare.project import CURATED, find_root

RUNS = 7
# A page's script stands at its end: once the document is read, what is shown has been drawn.
DRAWN = "return performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
# The plain peer of a page: the same plotly.js, and one chart of one mark.
PLAIN = """<!DOCTYPE html><title>one chart</title><div id="chart"></div><script>{script}</script>
<script>Plotly.react("chart", [{{type: "scatter", mode: "markers", x: [1], y: [1]}}])</script>
"""


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


def largest(reports: Path) -> dict[str, Path]:
    """Return the largest page of each kind in `reports`: documents, and briefings by their first word."""
    pages = sorted(reports.rglob("*.html"), key=lambda path: path.stat().st_size)
    return {
        "source" if path.parent != reports else path.name.partition(".")[0].partition("-")[0]: path
        for path in pages
    }


def pages(reports: Path) -> None:
    """Print one line per kind: size and time of its largest page, each against plotly.js alone."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        print("Pages are not timed: Chromium and its driver are not installed.")
        return
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in ("--headless=new", "--no-sandbox", "--window-size=1240,900"):
        options.add_argument(flag)
    with (
        tempfile.TemporaryDirectory() as folder,
        webdriver.Chrome(options=options, service=webdriver.ChromeService(driver)) as browser,
    ):
        plain = Path(folder, "plain.html")
        plain.write_text(PLAIN.format(script=plotly_js()), encoding="utf-8")
        size, soonest = plain.stat().st_size, first_drawing(browser, plain)
        print(f"one chart of one mark: {size / 1e6:.1f} MB, first drawing after {soonest:.0f} ms")
        for kind, path in largest(reports).items():
            own, took = path.stat().st_size, first_drawing(browser, path)
            print(
                f"largest page of kind {kind} ({path.name}): {own / 1e6:.1f} MB, ratio {own / size:.2f}; "
                f"first drawing after {took:.0f} ms, ratio {took / soonest:.1f}"
            )


def first_drawing(browser: Any, path: Path) -> float:
    """Return the median milliseconds from asking for a page to its first charts, after a run not counted."""
    times = []
    for _ in range(RUNS + 1):
        browser.get(path.as_uri())
        times.append(float(browser.execute_script(DRAWN)))
    return statistics.median(times[1:])


def main() -> None:
    """Print one line per job: our median, the peer's, the ratio; then one per kind of page."""
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
    pages(find_root() / "reports")


if __name__ == "__main__":
    main()
