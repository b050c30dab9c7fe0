"""Which test reaches which line, and how long it takes: measured once, with nothing changed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import coverage
import pytest
from benchmarks.mutants_code import tree


@dataclass(frozen=True)
class Reach:
    """One test: its name for pytest, its seconds, and the lines it runs of each module.

    What runs on import, before any test, stands under the empty name.
    """

    test: str
    seconds: float
    lines: dict[str, frozenset[int]]


class Watch:
    """A plugin of pytest that keeps, for each test that passes, its time and the lines it runs."""

    def __init__(self, root: Path, floors: Sequence[str], into: Path) -> None:
        self.root, self.into = root, into
        include = [f"{root.as_posix()}/{floor}/*.py" for floor in floors]
        self.measured = coverage.Coverage(data_file=None, include=include, config_file=False)
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    def pytest_sessionstart(self) -> None:
        self.measured.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.measured.switch_context(item.nodeid)
        started = time.perf_counter()
        done = yield
        self.seconds[item.nodeid] = time.perf_counter() - started
        return done  # type: ignore[return-value]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.measured.stop()
        data = self.measured.get_data()
        rows: dict[str, dict[str, list[int]]] = {}
        for file in data.measured_files():
            module = Path(file).relative_to(self.root).as_posix()
            for line, tests in data.contexts_by_lineno(file).items():
                for test in tests:
                    rows.setdefault(test, {}).setdefault(module, []).append(line)
        self.seconds[""] = 0.0
        told = {
            test: [self.seconds[test], lines]
            for test, lines in rows.items()
            if test in self.seconds and test not in self.failed
        }
        self.into.write_text(json.dumps(told, sort_keys=True), encoding="utf-8")


def measure(root: Path, asked: Sequence[str], floors: Sequence[str], folder: Path, jobs: int) -> list[Reach]:
    """Return what each test that passes reaches, the fastest first.

    Each part asked for runs in a fork of its own and leaves a file in the folder; one that is there stands.
    """
    files = {part: folder / f"reach-{part.replace('/', '-')}.json" for part in asked}

    def one(part: str) -> None:
        if not files[part].is_file():
            tree.run([part], 3600, root, [Watch(root, floors, files[part])], first=False)

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(one, asked))
    return sorted(_read(file for file in files.values() if file.is_file()), key=_fastest)


def _fastest(each: Reach) -> tuple[float, str]:
    return each.seconds, each.test


def _read(files: Iterable[Path]) -> Iterator[Reach]:
    """Yield what was measured, from its files."""
    for file in files:
        for test, (seconds, modules) in json.loads(file.read_text(encoding="utf-8")).items():
            yield Reach(test, seconds, {name: frozenset(lines) for name, lines in modules.items()})
