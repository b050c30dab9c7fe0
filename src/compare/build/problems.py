"""build/problems.csv: all that the last command found wrong, for whoever mends it in a spreadsheet."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from pathlib import Path

from compare.errors import SHOWN, Problem, brief
from compare.tables.lines import as_text

PROBLEMS = Path("build", "problems.csv")
COLUMNS = [column.name for column in fields(Problem)]
VALUES = attrgetter(*COLUMNS)
# A spreadsheet takes 32,767 characters into a cell.
CELL = 32_000


def forget(root: Path) -> None:
    """Remove what an earlier command found."""
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
        forget(root)
        return f"They could not be written to {PROBLEMS.as_posix()}: {error.strerror}.\n"
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return f"All {len(problems):,} stand in {PROBLEMS.as_posix()}.\n" if len(problems) > SHOWN else ""


@lru_cache(maxsize=1024)
def _cell(value: str | int | None) -> str:
    return "" if value is None else as_text(brief(str(value), CELL))
