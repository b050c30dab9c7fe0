"""Draw the mutants: every way in which one cell or one row of the tables can go wrong, from the dictionary.

A way is a table, a column and a kind of change; nothing here knows what any rule looks at.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from compare.tables.codebook import Field, Rows, Table

CELL_KINDS = ("another valid value", "the neighbour's value", "empty", "a digit changed")
ROW_KINDS = ("row doubled under a new id", "row moved to another city", "row dropped")
FIGURES = "0123456789"
NUMERALS = "一二三四五六七八九"
# How often a draw is tried before a way counts as having too few rows that it can change.
TRIES = 60

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """One kind of change in one column, or in whole rows (`column` empty), of one table."""

    table: str
    column: str
    kind: str


@dataclass(frozen=True)
class Mutant:
    """One change: the row `at` of a table holds other `cells`, is gone (None), or `cells` come as a new row.

    `city` is the folder the row then stands in, where that is another one; `row` is the key it had.
    """

    way: Way
    number: int
    at: int
    cells: Cells | None
    new: bool = False
    city: str = ""
    row: str = ""

    @property
    def name(self) -> str:
        """Return what it is listed by: table, column, kind, number."""
        place = f"{self.way.table}.{self.way.column}" if self.way.column else self.way.table
        return f"{place} / {self.way.kind} / {self.number}"


def ways(codebook: Mapping[str, Table]) -> list[Way]:
    """Return every way of the dictionary: four for each column, three for each table."""
    made = []
    for table in codebook.values():
        made += [Way(table.name, column.name, kind) for column in table.fields for kind in CELL_KINDS]
        made += [Way(table.name, "", kind) for kind in ROW_KINDS]
    return made


def draw(
    codebook: Mapping[str, Table], tables: Mapping[str, Rows], seed: int, most: int = 3
) -> dict[Way, list[Mutant]]:
    """Return up to `most` mutants of every way, fewer only where the tables hold too few rows for it.

    One way's mutants do not depend on another's, so that a new column leaves those of the others alone.
    """
    return {
        way: list(_drawn(way, codebook, tables, random.Random(f"{seed} {way}"), most))
        for way in ways(codebook)
    }


def _drawn(
    way: Way, codebook: Mapping[str, Table], tables: Mapping[str, Rows], dice: random.Random, most: int
) -> Iterator[Mutant]:
    table, rows = codebook[way.table], tables[way.table]
    if not rows.cells:
        return
    seen: set[tuple[int, Cells | None, str]] = set()
    for _ in range(TRIES):
        at = dice.randrange(len(rows.cells))
        made = (
            _row(way, table, rows, at, codebook, tables, dice)
            if not way.column
            else _cell(way, table, rows, at, codebook, tables, dice)
        )
        if made is None or (made[0], made[1], made[3]) in seen:
            continue
        seen.add((made[0], made[1], made[3]))
        at, cells, new, city = made
        keys = [rows.cells[at][table.columns.index(name)] for name in table.key]
        yield Mutant(way, len(seen), at, cells, new, city, ";".join(keys))
        if len(seen) == most:
            return


Change = tuple[int, Cells | None, bool, str]


def _cell(way: Way, table: Table, rows: Rows, at: int, codebook, tables, dice) -> Change | None:  # type: ignore[no-untyped-def]
    place = table.columns.index(way.column)
    held = rows.cells[at][place]
    make: Callable[[], str | None] = {
        "another valid value": lambda: _valid(
            table, table.fields[place], rows, place, held, codebook, tables, dice
        ),
        "the neighbour's value": lambda: _neighbour(rows, at, place),
        "empty": lambda: "",
        "a digit changed": lambda: _digit(held, dice),
    }[way.kind]
    value = make()
    if value is None or value == held:
        return None
    cells = (*rows.cells[at][:place], value, *rows.cells[at][place + 1 :])
    return at, cells, False, ""


def _valid(  # type: ignore[no-untyped-def]
    table: Table, column: Field, rows: Rows, place: int, held: str, codebook, tables, dice
) -> str | None:
    """Return another value that the dictionary allows in the column."""
    if column.enum:
        return dice.choice([value for value in column.enum if value != held])
    key = next((key for key in table.foreign_keys if key.column == column.name), None)
    if key is not None:
        other = tables[key.table]
        values = [cells[codebook[key.table].columns.index(key.key)] for cells in other.cells]
        return dice.choice(values)
    if column.type == "date" and held:
        return (
            date.fromisoformat(held) + timedelta(days=dice.choice([-365, -31, -1, 1, 31, 365]))
        ).isoformat()
    if column.type == "integer" and held:
        return str(max(0, int(held) + dice.choice([-10, -1, 1, 10])))
    if column.type == "number" and held:
        return f"{float(held) * dice.choice([0.1, 0.5, 2, 10]):.15g}"
    others = sorted({cells[place] for cells in rows.cells} - {held, ""})
    return dice.choice(others) if others else None


def _neighbour(rows: Rows, at: int, place: int) -> str | None:
    """Return the value of the nearest row below, or else above, that holds another one."""
    held = rows.cells[at][place]
    for other in [*range(at + 1, len(rows.cells)), *range(at - 1, -1, -1)]:
        if rows.cells[other][place] != held:
            return rows.cells[other][place]
    return None


def _digit(held: str, dice: random.Random) -> str | None:
    """Return the value with one of its figures, or else one of its Chinese numerals, changed."""
    signs = FIGURES if re.search("[0-9]", held) else NUMERALS
    places = [at for at, sign in enumerate(held) if sign in signs]
    if not places:
        return None
    at = dice.choice(places)
    return held[:at] + dice.choice([sign for sign in signs if sign != held[at]]) + held[at + 1 :]


def _row(way: Way, table: Table, rows: Rows, at: int, codebook, tables, dice) -> Change | None:  # type: ignore[no-untyped-def]
    cells = rows.cells[at]
    if way.kind == "row dropped":
        return at, None, False, ""
    if way.kind == "row moved to another city":
        return _moved(table, rows, at, tables, dice)
    place = table.columns.index(table.key[-1])
    keys = {row[place] for row in rows.cells}
    return at, (*cells[:place], _new_key(cells[place], keys), *cells[place + 1 :]), True, ""


def _moved(
    table: Table, rows: Rows, at: int, tables: Mapping[str, Rows], dice: random.Random
) -> Change | None:
    cells = rows.cells[at]
    places = [row[0] for row in tables["places"].cells]
    if table.per_city:
        home = rows.origins[at][0].split("/")[-2]
        cities = sorted({file.split("/")[-2] for file, _ in tables["targets"].origins} - {home})
        return at, cells, False, dice.choice(cities)
    if "place_id" in table.columns and table.name != "places":
        place = table.columns.index("place_id")
        other = dice.choice([name for name in places if name != cells[place]])
        return at, (*cells[:place], other, *cells[place + 1 :]), False, ""
    return None


def _new_key(held: str, keys: set[str]) -> str:
    """Return a key of the same form that no row has: the next number, or the old one with a letter more."""
    number = re.search(r"[0-9]+$", held)
    if number is None:
        return f"{held}x"
    width, stem = len(number[0]), held[: number.start()]
    value = int(number[0])
    while f"{stem}{value:0{width}d}" in keys:
        value += 1
    return f"{stem}{value:0{width}d}"
