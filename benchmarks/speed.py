"""How long the suite's main jobs take, each as a ratio against a plain peer in the same run.

    python benchmarks/speed.py          # or: make bench

Medians of several runs; the machine's speed cancels out of a ratio. Nothing here is a test.
Then, per kind of page, the largest file and the time until its first charts are drawn, in turn with the
same page whose scripts stand in it unpacked: these need Chromium and its driver, and are left out with a
word where there is none.
"""

from __future__ import annotations

import json
import re
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
from compare.outputs.element import data, unpacked
from compare.project import CURATED, find_root

RUNS = 7
TURNS = 9
# Told by the page's own script once what is shown has been drawn.
DRAWN = "return (performance.getEntriesByName('drawn')[0] || {}).startTime || 0"
HELD = re.compile(r'<script type="application/gzip"( id="plotly")?>([^<]*)</script>')
POLICY = re.compile('<meta http-equiv="Content-Security-Policy"[^>]*>')


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
    """Print one line per kind: size and time of its largest page, each against the same page unpacked."""
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
        for kind, path in largest(reports).items():
            plain = Path(folder, "plain.html")
            plain.write_text(unpacked_page(path.read_text(encoding="utf-8")), encoding="utf-8")
            own, raw = path.stat().st_size, plain.stat().st_size
            told = f"largest page of kind {kind} ({path.name}): {own / 1e6:.2f} MB, ratio {own / raw:.2f}"
            if HELD.search(path.read_text(encoding="utf-8")):
                ours, peer = first_drawings(browser, path, plain)
                told += (
                    f"; first drawing after {ours:.0f} ms, {peer:.0f} ms unpacked, ratio {ours / peer:.2f}"
                )
            print(told)


def unpacked_page(html: str) -> str:
    """Return a page whose plotly.js and figures stand in it as they are, without the policy."""

    def plain(found: re.Match[str]) -> str:
        held = unpacked(found[2])
        return f"<script>{held}</script>" if found[1] else str(data(json.loads(held)))

    return HELD.sub(plain, POLICY.sub("", html))


def first_drawings(browser: Any, ours: Path, peer: Path) -> tuple[float, float]:
    """Return the median milliseconds from asking for each page to its first charts, read in turn."""
    times: dict[Path, list[float]] = {ours: [], peer: []}
    for _ in range(TURNS + 1):
        for path, taken in times.items():
            browser.get(path.as_uri())
            while not (drawn := float(browser.execute_script(DRAWN))):
                time.sleep(0.02)
            taken.append(drawn)
    return statistics.median(times[ours][1:]), statistics.median(times[peer][1:])


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
