"""Count how the mutants of the code ended, and say of every one called equivalent why nothing could tell it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.mutants_code.draw import FLOORS
from benchmarks.mutants_code.judge import Verdict

REASONS = Path(__file__).with_name("equivalent.csv")
TARGET = Path("docs", "reliability.md")
BEGIN, END = (
    "<!-- mutants of the code: written by make mutants-code -->",
    "<!-- end of mutants of the code -->",
)
ENDS = ("killed", "timed out", "survived", "untested")
# The share of mutants that tests must notice, and the most that may be called equivalent.
LEAST, MOST = 0.90, 0.02


def reasons() -> dict[str, str]:
    """Return why a mutant does what the code does, by its diff: names and lines move, the change stays."""
    with REASONS.open(encoding="utf-8", newline="") as lines:
        return {row["change"]: row["reason"] for row in csv.DictReader(lines)}


def unexplained(verdicts: Sequence[Verdict], root: Path) -> list[str]:
    """Return what is short of the aim: too few killed, or too many called equivalent."""
    ends, known = Counter(one.end for one in verdicts), reasons()
    alike = sum(one.mutant.diff(root) in known for one in verdicts if one.end in ENDS[2:])
    noticed = ends["killed"] + ends["timed out"]
    told = []
    if noticed < LEAST * (len(verdicts) - alike):
        told.append(f"{noticed} of {len(verdicts) - alike} noticed, {100 * LEAST:.0f} % wanted")
    if alike > MOST * len(verdicts):
        told.append(f"{alike} of {len(verdicts)} called equivalent, {100 * MOST:.0f} % at most")
    return told


def report(root: Path, verdicts: Sequence[Verdict], seed: int) -> str:
    """Return the section of docs/reliability.md."""
    known = reasons()
    left = [one for one in verdicts if one.end in ENDS[2:]]
    alike = [one for one in left if one.mutant.diff(root) in known]
    noticed, counted = len(verdicts) - len(left), len(verdicts) - len(alike)
    head = [
        f"Seed {seed}: {len(verdicts)} mutants, {noticed} noticed; {len(alike)} are equivalent "
        f"({100 * len(alike) / len(verdicts):.1f} %), so {100 * noticed / counted:.1f} % of the others.",
        "",
        f"| floor | mutants | {' | '.join(ENDS)} |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *_floors(verdicts), "", *_left(root, left, known)])


def _floors(verdicts: Sequence[Verdict]) -> Iterator[str]:
    for floor in FLOORS:
        ends = Counter(one.end for one in verdicts if one.mutant.module.split("/")[2] == floor)
        yield f"| {floor} | {ends.total()} | {' | '.join(str(ends[end]) for end in ENDS)} |"


def _left(root: Path, left: Sequence[Verdict], known: dict[str, str]) -> Iterator[str]:
    yield "| not noticed | change | equivalent, because |"
    yield "|---|---|---|"
    for one in left:
        change = one.mutant.diff(root)
        module = one.mutant.module.removeprefix("src/compare/")
        shown = change.replace("|", "\\|").replace("`", "'")
        yield f"| {module} | `{shown}` | {known.get(change, '')} |"


def write_report(root: Path, text: str) -> Path:
    """Write the section between its marks in docs/reliability.md and return its path."""
    path = root / TARGET
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8", newline="")
    return TARGET
