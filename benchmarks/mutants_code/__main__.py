"""`python -m benchmarks.mutants_code` (or `make mutants-code`): draw, judge, count, and list what survives.

python -m benchmarks.mutants_code                  # 600 mutants; counts, and every survivor
python -m benchmarks.mutants_code --write          # the same into docs/reliability.md
python -m benchmarks.mutants_code --only order.py  # the mutants of the sample in some modules alone
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.mutants_code.draw import draw
from benchmarks.mutants_code.judge import copied, judged
from benchmarks.mutants_code.reach import measured
from benchmarks.mutants_code.report import report, unexplained, write_report

ROOT = Path(__file__).resolve().parents[2]
SEED, COUNT = 20261128, 600


def main(words: list[str] | None = None) -> int:
    """Return 0 where at least 90 % are killed and what survives is explained or counted."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants_code", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=[], metavar="MODULE.py")
    parser.add_argument("--write", action="store_true", help="write docs/reliability.md")
    asked = parser.parse_args(words)
    drawn = draw(ROOT, asked.seed, asked.count)
    if asked.only:
        drawn = [one for one in drawn if Path(one.module).name in asked.only or one.name in asked.only]
    started, verdicts = time.monotonic(), []
    with tempfile.TemporaryDirectory() as made:
        reach = measured(copied(ROOT, Path(made) / "measured"), asked.jobs)
        print(f"reach measured in {time.monotonic() - started:.0f} s", file=sys.stderr)
        for verdict in judged(ROOT, Path(made), drawn, reach, asked.jobs):
            verdicts.append(verdict)
            if verdict.end not in ("killed", "timed out"):
                told = f"{verdict.end}: {verdict.mutant.name} line {verdict.mutant.line}"
                print(f"[{len(verdicts)}/{len(drawn)}] {told}: {verdict.mutant.diff(ROOT)}", file=sys.stderr)
    print(f"{len(verdicts)} mutants judged in {time.monotonic() - started:.0f} s", file=sys.stderr)
    short = unexplained(verdicts, ROOT)
    text = report(ROOT, verdicts, asked.seed)
    if asked.write and not asked.only:
        print(f"{write_report(ROOT, text).name} is written.")
    else:
        print(text)
    for line in short:
        print(line, file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
