"""What the check makes of hostile input: how much it finds, and what that costs.

    python -m benchmarks.noise            # or: make noise
    python -m benchmarks.noise --write    # the same into docs/reliability.md

Two things are put into a copy of the data, drawn by a seed: rows of noise for a table, and behind a document
a text made to keep readers busy (numerals within numerals, blanks without end, brackets that open, halves of
dates). Each size runs in a process of its own; seconds and memory are those of this machine.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from compare.build.problems import PROBLEMS
from compare.disk import write_whole
from compare.project import CURATED, RAW, find_root
from compare.tables.book import quoted_csv

SEED, MEGABYTE = 20261128, 1_000_000
PAGE = Path("docs", "reliability.md")
BEGIN, END = "<!-- noise: written by make noise ARGS=--write -->", "<!-- end of noise -->"
# What once took long, or could: numerals nested and unfinished, blanks, brackets, halves of phrases.
BUSY = (
    "8", "0", "万", "亿", "千", "百", "零", "十", "〇", "1,", "1 ", "1.", "%", "％", "+", "-", "~", "至",
    "至少", " ", "\u3000", "\n", "\r\n", "\t", "（", "(", "《", "“", "一是", "（一）", "1、", "第", "个",
    "项", "以上", "2020年", "12月", "底前", "年底前", "每季度", "不低于", "达到", "完成", "，", "。", "；",
)  # fmt: skip
LONG = (" " * 1_600, "800 万" * 200, "（" * 500, "9" * 1_000, "十百千万亿" * 200, "1," * 500, "2020年" * 200)
HEADS = ("input", "size", "problems told", "CPU seconds", "peak memory", "message", "problems.csv")


@dataclass(frozen=True)
class Cost:
    """What one check took: problems told, seconds of processor, and three sizes in bytes."""

    problems: int
    seconds: float
    memory: int
    message: int
    kept: int


def table_of_noise(root: Path, size: int, rng: Random) -> None:
    """Put `size` bytes of rows that are none under the header of a city's largest table."""
    path = max((root / CURATED).glob("*/*.csv"), key=lambda one: (one.stat().st_size, one.as_posix()))
    with path.open("rb") as file:
        header = file.readline()
    lines = ("".join(rng.choices("abc12,", k=19)) + "\n" for _ in range(size // 20))
    with path.open("wb") as file:
        file.write(header)
        file.writelines(line.encode() for line in lines)


def text_to_keep_busy(root: Path, size: int, rng: Random) -> None:
    """Put `size` bytes of hostile text behind the last document that is coded whole, and have it known."""
    sources = root / CURATED / "sources.csv"
    with sources.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # The text is in the simplified script.
    whole = [
        one for one in rows if one["path"] and (one["coding_state"], one["script"]) == ("complete", "Hans")
    ]
    row = whole[-1]
    path = root / RAW / row["path"]
    content = path.read_bytes() + "".join(_busy(size, rng)).encode()
    path.write_bytes(content)
    row["sha256"] = hashlib.sha256(content).hexdigest()
    sources.write_text(quoted_csv([list(rows[0]), *(one.values() for one in rows)]), "utf-8", newline="")


def _busy(size: int, rng: Random) -> Iterator[str]:
    while size > 0:
        piece = rng.choice(LONG) if rng.random() < 0.01 else "".join(rng.choices(BUSY, k=rng.randint(1, 40)))
        size -= len(piece.encode())
        yield piece


KINDS: dict[str, tuple[Callable[[Path, int, Random], None], tuple[int, ...]]] = {
    "rows of noise in a table": (table_of_noise, (1, 10, 50)),
    "hostile text behind a document": (text_to_keep_busy, (1, 3)),
}


def cost(root: Path) -> Cost:
    """Return what a check of a project takes in a process of its own."""
    with tempfile.TemporaryFile() as said:
        line = [sys.executable, "-m", "compare", "check", "--root", str(root)]
        process = subprocess.Popen(line, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        message = said.tell()
    kept = root / PROBLEMS
    with kept.open(encoding="utf-8-sig", newline="") as file:
        problems = sum(1 for _ in csv.reader(file)) - 1
    memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Cost(problems, used.ru_utime + used.ru_stime, memory, message, kept.stat().st_size)


def measured(root: Path, seed: int, only: float | None = None) -> Iterator[tuple[str, float, Cost]]:
    """Yield the cost of each kind and size in megabytes; `only` one size of each where it is given."""
    for kind, (put, sizes) in KINDS.items():
        for size in (only,) if only else sizes:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder)
                for part in (CURATED, RAW):
                    shutil.copytree(root / part, copy / part)
                put(copy, int(size * MEGABYTE), Random(seed))
                yield kind, size, cost(copy)


def report(rows: list[tuple[str, float, Cost]], seed: int) -> str:
    """Return the costs as a table in Markdown."""
    lines = [f"Seed {seed}.", "", f"| {' | '.join(HEADS)} |", "|---" * len(HEADS) + "|"]
    for kind, size, one in rows:
        cells = (
            kind, f"{size:g} MB", f"{one.problems:,}", f"{one.seconds:.0f}", f"{_mega(one.memory):,.0f} MB",
            f"{one.message / 1000:.1f} kB", f"{_mega(one.kept):,.1f} MB",
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _mega(size: int) -> float:
    return size / MEGABYTE


def main(words: list[str] | None = None) -> int:
    """Return 0 once the costs are printed, or written into docs/reliability.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.noise", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--size", type=float, metavar="MB", help="one size instead of the usual ones")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.as_posix()}")
    asked = parser.parse_args(words)
    root = find_root()
    text = report(list(measured(root, asked.seed, asked.size)), asked.seed)
    if not asked.write or asked.size:
        print(text)
        return 0
    page = (root / PAGE).read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    write_whole(root / PAGE, f"{before}{BEGIN}\n\n{text}\n\n{END}{after}".encode())
    print(f"{PAGE.as_posix()} is written.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
