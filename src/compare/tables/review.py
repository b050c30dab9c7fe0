"""The tables of data/review as they stand: what each coder left, and what was decided."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from compare.errors import CompareError, Problem

REVIEW = Path("data", "review")
# Where the words of a row stand that was coded twice.
SPANS = {
    "commitments": ("start", "end"),
    "other_clauses": ("start", "end"),
    "deadlines": ("due_start", "due_end"),
    "targets": ("value_start", "value_end"),
}
# The columns that are read of each table.
NEEDED: dict[str, tuple[str, ...]] = {
    "acts": ("row_id", "decision"),
    "continuations": ("later_id", "earlier_id", "decision"),
    "adjudication": ("source_id", "start", "end", "field", "code_a", "code_b", "decision"),
} | {name: ("source_id", *span) for name, span in SPANS.items()}
NEEDED["commitments"] += ("deadline_id",)
Cells = dict[str, str]


def decisions(root: Path, table: str) -> list[Cells]:
    """Return the rows of one table of decisions, none where there is no such file.

    Raises CompareError for one that cannot be read or lacks a column.
    """
    path = root / REVIEW / f"{table}.csv"
    return _read(path, *_stamp(path)) if path.is_file() else []


def coding(root: Path, coder: str, table: str) -> list[Cells]:
    """Return the rows of one table as one coder, `first` or `second`, left it, those of all cities.

    Raises as `decisions` does.
    """
    paths = sorted((root / REVIEW / coder).glob(f"*/{table}.csv"))
    return [row for path in paths for row in _read(path, *_stamp(path))]


def _stamp(path: Path) -> tuple[int, int]:
    held = path.stat()
    return held.st_mtime_ns, held.st_size


@cache
def _read(path: Path, _modified: int, _size: int) -> list[Cells]:
    # The codings are the largest tables and never change: once is enough for one state of a file.
    file = "/".join(path.parts[path.parts.index("review") - 1 :])
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines, restval="")
            rows = list(reader)
    except UnicodeDecodeError:
        raise _unread(
            Problem(file, None, "bytes that are not UTF-8", "UTF-8", "save it again as UTF-8")
        ) from None
    needed, held = NEEDED.get(path.stem, ()), reader.fieldnames or ()
    lacking = [name for name in needed if name not in held]
    if lacking:
        todo = f"add {', '.join(lacking)}"
        raise _unread(Problem(file, None, ", ".join(held), ", ".join(needed), todo, row=1))
    return rows


def _unread(problem: Problem) -> CompareError:
    return CompareError("What was decided cannot be read", [problem])
