"""The workbook's sheets as plain rows under columns, before anything is written."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

LONGEST_NAME = 31


@dataclass(frozen=True)
class Column:
    """A column: its key in the rows, its head, its width in digits, its look, whether it is printed."""

    key: str
    head: str
    width: float
    look: str = "text"
    printed: bool = True


@dataclass(frozen=True)
class Row:
    """A row: its id, for whoever must mend it, its cells by column, its city, whether a draft says it."""

    row_id: str
    cells: dict[str, Any]
    city: str = ""
    draft: bool = False


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table for one sheet; the first `frozen` columns stay in sight, `about` says what it holds."""

    name: str
    about: tuple[str, str]
    columns: Sequence[Column]
    rows: Sequence[Row]
    frozen: int = 1
    colour: str = ""

    @property
    def printed(self) -> int:
        """How many columns a page shows: those before the first that is for the screen only."""
        looks = [column.printed for column in self.columns]
        return looks.index(False) if False in looks else len(looks)


def plain(value: Any) -> Any:
    """Return a table's value as a cell takes it: None where nothing is stated, dates as dates.

    >>> plain(pd.NaT), plain(90.0), plain(pd.Timestamp(2022, 12, 31))
    (None, 90, datetime.date(2022, 12, 31))
    """
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """Return a name that a sheet may bear: valid, at most 31 characters, and none of those taken.

    >>> sheet_name("数据/共享", []), sheet_name("5G", ["5g"])
    ('数据／共享', '5G (2)')
    """
    taken = {name.casefold() for name in taken}
    valid = wanted.translate(str.maketrans("[]:*?/\\'", "（）：＊？／＼’")).strip() or "—"
    count, name = 1, valid[:LONGEST_NAME]
    while name.casefold() in taken:
        count += 1
        tail = f" ({count})"
        name = valid[: LONGEST_NAME - len(tail)] + tail
    return name
