"""Which tests pass through which line, and how long each takes, measured once for a state of the sources."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

# The tests that say what a module of the four floors must do; those of sections, pages, outputs and build are slow and say
# little more of them. Doctests of the floors belong to them.
TESTS = (
    *(f"tests/{one}" for one in ("language", "texts", "tables", "rules", "coding", "analysis", "words")),
    *(f"src/compare/{one}" for one in ("language", "texts", "tables", "rules", "analysis")),
    *("tests/test_altered_books.py", "tests/test_door.py"),
)


@dataclass(frozen=True)
class Reach:
    """The tests that pass through the lines of each module, and the seconds of every test that passes."""

    lines: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]

    def of(self, module: str, line: int) -> list[str]:
        """Return the tests through a line, the fastest first; where no test is seen there, all of its module.

        What runs when a module is imported belongs to no test.
        """
        held = self.lines.get(module, {})
        tests = held.get(line) or sorted({test for one in held.values() for test in one})
        return sorted(
            (test for test in tests if test in self.seconds), key=lambda one: (self.seconds[one], one)
        )


def measured(tree: Path, jobs: int) -> Reach:
    """Run the tests in a copy of the project, and return what each passes through."""
    notes = tree / "reach.json"
    words = ["-m", "pytest", *TESTS, "-q", "-n", str(jobs), "--dist", "loadfile", "-p", "no:cacheprovider"]
    words += ["--cov=src/compare", "--cov-context=test", "--cov-report=", f"--junit-xml={tree / 'ran.xml'}"]
    ended = subprocess.run([sys.executable, *words], cwd=tree, capture_output=True, text=True)
    if ended.returncode:
        raise SystemExit(f"The tests fail before anything is changed:\n{ended.stdout[-3000:]}")
    held = CoverageData(str(tree / ".coverage"))
    held.read()
    lines: dict[str, dict[int, list[str]]] = {}
    for file in held.measured_files():
        name = Path(file).relative_to(tree).as_posix()
        for line, contexts in held.contexts_by_lineno(file).items():
            tests = sorted({one.rpartition("|")[0] for one in contexts if one})
            if tests:
                lines.setdefault(name, {})[line] = tests
    notes.write_text(json.dumps(lines))
    return Reach(lines, _seconds(tree, lines))


def _seconds(tree: Path, lines: dict[str, dict[int, list[str]]]) -> dict[str, float]:
    """Return the seconds of every test, those of its file's name and its own in the report joined."""
    import xml.etree.ElementTree as etree

    took: dict[tuple[str, str], float] = {}
    for case in etree.parse(tree / "ran.xml").iter("testcase"):
        took[case.get("classname", "").replace(".", "/"), case.get("name", "")] = float(case.get("time", 0))
    every = {test for held in lines.values() for tests in held.values() for test in tests}
    found = {}
    for test in every:
        file, _, name = test.partition("::")
        found[test] = took.get((file.removesuffix(".py"), name), 1.0)
    return found
