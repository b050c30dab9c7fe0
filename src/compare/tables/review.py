"""The tables of data/review as they stand: what each coder left, and what was decided."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from compare.errors import CompareError, Problem
from compare.language.unseen import unseen_in

# A hundred times the largest; and the place of fields that no column has.
LARGEST, BEYOND = 16_000_000, ""
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
    if path.stat().st_size > LARGEST:
        raise _unread([Problem(file, None, f"more than {LARGEST:,} bytes", "a table", "restore the file")])
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines, restkey=BEYOND, restval="")
            rows = list(reader)
    except csv.Error as error:
        todo = "look for a quotation mark that never closes, or restore the file"
        raise _unread([Problem(file, None, str(error), "rows of a table", todo)]) from None
    except UnicodeDecodeError:
        problem = Problem(file, None, "bytes that are not UTF-8", "UTF-8", "save it again as UTF-8")
        raise _unread([problem]) from None
    needed, held = NEEDED.get(path.stem, ()), reader.fieldnames or ()
    lacking = [name for name in needed if name not in held]
    if lacking:
        todo = f"add {', '.join(lacking)}"
        raise _unread([Problem(file, None, ", ".join(held), ", ".join(needed), todo, row=1)])
    problems = [one for number, row in enumerate(rows, 2) for one in _odd(row, file, number)]
    if problems:
        raise _unread(problems)
    return rows


def _odd(row: Cells, file: str, number: int) -> Iterator[Problem]:
    if BEYOND in row:
        todo = "quote every field that holds a comma or a quote"
        yield Problem(file, None, "more fields than columns", "a field for each", todo, row=number)
        return
    for column, cell in row.items():
        if unseen := unseen_in(cell.replace("\n", "")):
            yield Problem(file, column, cell, f"no {unseen}", "remove it", row=number)


def _unread(problems: list[Problem]) -> CompareError:
    return CompareError("What was decided cannot be read", problems)
