"""Count the mutants that a test notices, floor by floor, and list those that none does."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.between import write_between
from benchmarks.mutants_code.draw import FLOORS, Mutant
from benchmarks.mutants_code.judge import TIMED_OUT, UNREACHED, Verdict

EQUIVALENTS = Path(__file__).with_name("equivalents.csv")
TARGET = Path("docs", "reliability.md")
BEGIN, END = (
    "<!-- mutants of the code: written by make mutants-code -->",
    "<!-- end of mutants of the code -->",
)

Verdicts = Sequence[tuple[Mutant, Verdict]]


def equivalents(path: Path = EQUIVALENTS) -> Mapping[tuple[str, str], str]:
    """Return why a change is the same program to all who use it, by module and diff."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {(row["module"], row["diff"]): row["reason"] for row in csv.DictReader(lines)}


def survivors(verdicts: Verdicts) -> list[Mutant]:
    """Return the mutants that no test notices and that are not called equivalent."""
    same = equivalents()
    return [one for one, verdict in verdicts if not verdict.killed and (one.module, one.diff) not in same]


def report(verdicts: Verdicts, seed: int) -> str:
    """Return the section of docs/reliability.md."""
    return "\n".join(_lines(verdicts, seed))


def _lines(verdicts: Verdicts, seed: int) -> Iterator[str]:
    yield f"Seed {seed}: {len(verdicts)} mutants."
    yield ""
    yield "| floor | mutants | killed | of them endless | equivalent | survive | of them reached by no test |"
    yield "|---|---|---|---|---|---|---|"
    for floor in FLOORS:
        yield _row(floor, [each for each in verdicts if each[0].module.split("/")[2] == floor])
    yield _row("together", verdicts)


def _row(name: str, verdicts: Verdicts) -> str:
    killed = sum(verdict.killed for _, verdict in verdicts)
    endless = sum(verdict.outcome == TIMED_OUT for _, verdict in verdicts)
    left = survivors(verdicts)
    unreached = sum(verdict.outcome == UNREACHED for one, verdict in verdicts if one in left)
    same = len(verdicts) - killed - len(left)
    share = f" ({100 * killed / len(verdicts):.1f} %)" if verdicts else ""
    return f"| {name} | {len(verdicts)} | {killed}{share} | {endless} | {same} | {len(left)} | {unreached} |"


def write_report(root: Path, text: str) -> Path:
    """Write the section between its marks in docs/reliability.md and return its path."""
    write_between(root / TARGET, (BEGIN, END), text)
    return TARGET
