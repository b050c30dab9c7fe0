"""`python -m benchmarks.mutants_code` (or `make mutants-code`): change the code, and count what tests notice.

python -m benchmarks.mutants_code                    # counts, and every change that no test notices
python -m benchmarks.mutants_code --write            # the counts into docs/reliability.md too
python -m benchmarks.mutants_code --only language    # mutants of the sample in modules whose path holds this
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.mutants_code import tree
from benchmarks.mutants_code.draw import FLOORS, Mutant, draw, sources
from benchmarks.mutants_code.judge import Verdict, controls, judged, users_of
from benchmarks.mutants_code.reach import Reach, measure
from benchmarks.mutants_code.report import report, survivors, write_report

from compare.project import find_root

SEED, MOST = 20261128, 600
ENOUGH = 0.9


def main(words: list[str] | None = None) -> int:
    """Return 0 where a test notices nine mutants of ten, and tests pass where nothing is changed."""
    asked = _asked(words)
    root = find_root()
    modules = sources(root)
    users = users_of(modules)
    mutants = [each for each in draw(modules, asked.seed, asked.most) if asked.only in each.module]
    with tempfile.TemporaryDirectory() as made:
        copies = [tree.copied(root, Path(made, f"copy-{at}")) for at in range(asked.jobs)]
        tree.warm(copies[0], tree.ASKED)
        reaches = _reaches(copies[0], asked.jobs, asked.reach)
        failing = [each for each in judged(controls(mutants), reaches, users, copies) if each.killed]
        verdicts = list(zip(mutants, _shown(mutants, judged(mutants, reaches, users, copies)), strict=True))
    text = report(verdicts, asked.seed)
    print(text)
    for one in survivors(verdicts):
        print(f"\n{one.name}\n{one.diff}")
    if asked.write and not asked.only:
        print(f"{write_report(root, text).as_posix()} is written.")
    print(f"{len(failing)} of {len(controls(mutants))} runs with nothing changed fail.", file=sys.stderr)
    killed = sum(verdict.killed for _, verdict in verdicts)
    return 1 if failing or killed < ENOUGH * len(verdicts) else 0


def _whole(path: str) -> Path:
    return Path(path).absolute()


def _asked(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants_code", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--most", type=int, default=MOST, help="how many mutants")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once")
    parser.add_argument("--only", default="", metavar="PART", help="modules whose path holds this")
    parser.add_argument("--reach", type=_whole, help="folder that keeps what tests reach, to be used again")
    parser.add_argument("--write", action="store_true", help="write docs/reliability.md")
    return parser.parse_args(words)


def _reaches(copy: Path, jobs: int, kept: Path | None) -> list[Reach]:
    folder = kept or copy.parent
    folder.mkdir(parents=True, exist_ok=True)
    return measure(copy, tree.ASKED, [f"src/compare/{floor}" for floor in FLOORS], folder, jobs)


def _shown(mutants: Sequence[Mutant], verdicts: Iterable[Verdict]) -> list[Verdict]:
    told = []
    for one, verdict in zip(mutants, verdicts, strict=True):
        print(
            f"{len(told) + 1} {one.name}: {verdict.outcome}, {verdict.tests} tests",
            file=sys.stderr,
            flush=True,
        )
        told.append(verdict)
    return told


if __name__ == "__main__":
    sys.exit(main())
