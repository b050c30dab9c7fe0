"""`python -m benchmarks.coverage`, after `make coverage` ran the tests: the branches taken, floor by floor.

python -m benchmarks.coverage --write    # into docs/reliability.md
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import coverage
from benchmarks.between import write_between

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- branches: written by make coverage -->", "<!-- end of branches -->"
ENOUGH = 95.0


def counts(report: Mapping[str, object]) -> dict[str, Counter[str]]:
    """Return branches and those taken, by the floor of src/compare they stand in, from coverage's own report.

    >>> summary = {"num_branches": 4, "covered_branches": 3}
    >>> told = counts({"files": {"src/compare/texts/a.py": {"summary": summary}}})
    >>> {floor: dict(found) for floor, found in told.items()}
    {'texts': {'branches': 4, 'taken': 3}}
    """
    found: dict[str, Counter[str]] = {}
    for file, told in sorted(report["files"].items()):  # type: ignore[attr-defined]
        parts = file.split("/")
        floor = parts[2] if len(parts) > 3 else "compare"
        summary = told["summary"]
        found.setdefault(floor, Counter()).update(
            branches=summary["num_branches"], taken=summary["covered_branches"]
        )
    return found


def table(found: Mapping[str, Counter[str]]) -> str:
    """Return the counts as a table, the whole last."""
    rows = [*found.items(), ("together", sum(found.values(), Counter()))]
    lines = [
        f"| {name} | {each['branches']} | {each['taken']} | {share(each):.1f} % |" for name, each in rows
    ]
    return "\n".join(["| floor | branches | taken | share |", "|---|---|---|---|", *lines])


def share(count: Counter[str]) -> float:
    """Return the branches taken in a hundred; a hundred where there are none."""
    return 100 * count["taken"] / count["branches"] if count["branches"] else 100.0


def measured() -> dict[str, object]:
    """Return coverage's report of what `make coverage` kept."""
    held = coverage.Coverage(config_file=str(ROOT / "pyproject.toml"))
    held.load()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "coverage.json")
        held.json_report(outfile=str(path))
        return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def main(words: list[str] | None = None) -> int:
    """Print the table, or write it, and return 0 where 95 of a hundred branches are taken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/reliability.md")
    asked = parser.parse_args(words)
    found = counts(measured())
    print(table(found))
    if asked.write:
        write_between(PAGE, (BEGIN, END), table(found))
    return 0 if share(sum(found.values(), Counter())) >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main())
