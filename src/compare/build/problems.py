"""build/problems.csv: all that the last check of the book found, for whoever mends it in a spreadsheet."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from pathlib import Path

from compare.errors import SHOWN, CompareError, Problem, Refused, brief
from compare.tables.lines import as_text

PROBLEMS = Path("build", "problems.csv")
COLUMNS = [column.name for column in fields(Problem)]
VALUES = attrgetter(*COLUMNS)
# A spreadsheet takes 32,767 characters into a cell.
CELL = 32_000


@contextmanager
def kept(root: Path, whole: bool = True) -> Iterator[None]:
    """Keep what a check of the book in the block finds in the place of what an earlier one found.

    The error raised says in a note where all of it stands. Where nothing is found the file goes, unless the
    check is of a part of the book only, not `whole`: the rest may still hold what the file tells.
    """
    try:
        yield
    except Refused:  # what a disk refuses is no problem of the data, and a second file would fare no better
        raise
    except CompareError as error:
        if error.problems:
            error.add_note(keep(root, error.problems))
        raise
    if whole:
        _forget(root)


def _forget(root: Path) -> None:
    with suppress(OSError):
        (root / PROBLEMS).unlink()


def keep(root: Path, problems: Sequence[Problem]) -> str:
    """Write problems into build/problems.csv, a row each, and return what a reader of the first is told."""
    path = root / PROBLEMS
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Row by row: there may be millions.
        with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
            writer.writerow(COLUMNS)
            writer.writerows(map(_cell, value) for value in map(VALUES, problems))
        unfinished.replace(path)
    except OSError as error:
        _forget(root)
        return f"They could not be written to {PROBLEMS.as_posix()}: {error.strerror}.\n"
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return f"All {len(problems):,} stand in {PROBLEMS.as_posix()}.\n" if len(problems) > SHOWN else ""


@lru_cache(maxsize=1024)
def _cell(value: str | int | None) -> str:
    return "" if value is None else as_text(brief(str(value), CELL))
