"""`python -m benchmarks.mutants` (or `make mutants`): draw, judge, count, and write what survives.

python -m benchmarks.mutants                 # counts, and every way short of 100 %
python -m benchmarks.mutants --write         # the same into docs/reliability.md
python -m benchmarks.mutants --only targets  # the ways of some tables or table.column alone
"""

from __future__ import annotations

import argparse
import sys
import time

from benchmarks.mutants.draw import draw
from benchmarks.mutants.judge import judged
from benchmarks.mutants.report import report, unexplained, write_report

from compare.project import find_root
from compare.tables.book import read_tables
from compare.tables.codebook import read_codebook

SEED, MOST = 20261127, 3


def main(words: list[str] | None = None) -> int:
    """Return 0 where every way is at 100 % with the release, and those short without it are explained."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--most", type=int, default=MOST, help="mutants a way")
    parser.add_argument("--jobs", type=int, default=0, help="processes, one per core unless given")
    parser.add_argument("--only", nargs="*", default=[], metavar="TABLE[.COLUMN]")
    parser.add_argument("--write", action="store_true", help="write docs/reliability.md")
    asked = parser.parse_args(words)
    root = find_root()
    codebook = read_codebook(root)
    drawn = draw(codebook, read_tables(root, codebook), asked.seed, asked.most)
    if asked.only:
        drawn = {
            way: found
            for way, found in drawn.items()
            if {way.table, f"{way.table}.{way.column}"} & set(asked.only)
        }
    mutants = [mutant for found in drawn.values() for mutant in found]
    started = time.monotonic()
    verdicts = dict(zip((one.name for one in mutants), judged(root, mutants, asked.jobs), strict=True))
    print(f"{len(mutants)} mutants judged in {time.monotonic() - started:.0f} s", file=sys.stderr)
    text = report(drawn, verdicts, asked.seed)
    if asked.write and not asked.only:
        print(f"{write_report(root, text).as_posix()} is written.")
    else:
        print(text)
    open_ways = unexplained(drawn, verdicts)
    for line in open_ways:
        print(f"not explained: {line}", file=sys.stderr)
    return 1 if open_ways else 0


if __name__ == "__main__":
    sys.exit(main())
