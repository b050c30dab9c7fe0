"""What a spreadsheet does to a table file, told all at once, and undone where that is mechanical.

A byte order mark, GBK, Windows line ends, blank rows, columns in another order, dates as 2022/12/31, whole
numbers as 12.0, thousands with commas, spaces at the ends of cells. Nothing else is touched.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from compare.disk import write_whole
from compare.errors import CompareError, Problem
from compare.project import CURATED
from compare.tables.book import city_folders, table_text
from compare.tables.codebook import Field, Table, read_codebook, read_table
from compare.tables.lines import content_of, numbered, readable, split_lines, wrong_header, wrong_width

DAY = re.compile(r"(?P<year>[0-9]{4})[/.年](?P<month>[0-9]{1,2})[/.月](?P<day>[0-9]{1,2})日?")
WHOLE = re.compile(r"(?P<whole>-?[0-9]+)\.0+")
THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Mended:
    """One file: its name, what was undone and how often, and what is left to a person."""

    file: str
    undone: dict[str, int]
    left: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        told = ", ".join(f"{what} ({count})" for what, count in self.undone.items())
        return f"{self.file}: {told or 'nothing to undo'}"


def mend(root: Path, write: bool = True) -> list[Mended]:
    """Return what was undone in the table files of a project, file by file, those untouched left out.

    Files are written only where `write` says so, and only where all of a file could be read.
    """
    found = []
    codebook = read_codebook(root)
    places = read_table(codebook["places"], root / CURATED / "places.csv", "places.csv").frame
    for table in codebook.values():
        cities = city_folders(root, places) if table.per_city else [""]
        for path in [table.path.replace("*", city) for city in cities]:
            file = root / CURATED / path
            shown = (CURATED / path).as_posix()
            if not file.is_file():
                continue
            text, one = mended(table, content_of(file), shown)
            if text is not None and one.undone and write:
                write_whole(file, text.encode())
            if one.undone or one.left:
                found.append(one)
    return found


def mended(table: Table, content: bytes, shown: str) -> tuple[str | None, Mended]:
    """Return the text of a table file with its damage undone, None where it cannot be read, and what was."""
    text, problems = readable(content, shown)
    undone: Counter[str] = Counter(problem.found for problem in problems if problem.todo.endswith("mend"))
    left = [problem for problem in problems if not problem.todo.endswith("mend")]
    lines = split_lines(text or "", shown, left)
    header = [name.strip() for name in next(lines, [])]
    if text is not None and not left and sorted(header) != sorted(table.columns):
        left.append(wrong_header(header, table.columns, shown))
    if text is None or left:
        return None, Mended(shown, {}, tuple(left))
    undone["columns in another order"] += header != table.columns
    rows = []
    for number, cells in numbered(lines, shown, left):
        if not any(cell.strip() for cell in cells):
            undone["a blank row"] += 1
            continue
        if len(cells) > len(header) and not any(cells[len(header) :]):
            undone["empty fields behind the last column"] += 1
            cells = cells[: len(header)]
        if len(cells) == len(header):
            rows.append(_row(table, header, cells, undone))
        else:
            left.append(wrong_width(cells, len(header), shown, number))
    if left:
        return None, Mended(shown, {}, tuple(left))
    try:
        made = table_text(table, rows)
    except ValueError as error:
        problem = Problem(shown, None, str(error), "keys that can be sorted", "correct the keys")
        return None, Mended(shown, {}, (problem,))
    undone["another order of rows, or fields without quotation marks"] += not undone.total() and made != text
    return made, Mended(shown, {what: count for what, count in undone.items() if count})


def _row(table: Table, header: list[str], cells: list[str], undone: Counter[str]) -> dict[str, str]:
    fields = {field.name: field for field in table.fields}
    return {name: _cell(fields[name], cell, undone) for name, cell in zip(header, cells, strict=True)}


def _cell(field: Field, cell: str, undone: Counter[str]) -> str:
    made = cell.strip()
    undone["spaces at the end of a cell"] += made != cell
    day, whole = DAY.fullmatch(made), WHOLE.fullmatch(made)
    if field.type == "date" and day:
        undone["a day as 2022/12/31"] += 1
        return f"{day['year']}-{int(day['month']):02d}-{int(day['day']):02d}"
    if field.type in ("integer", "number") and whole:
        undone["a whole number as 12.0"] += 1
        return whole["whole"]
    if field.type in ("integer", "number") and THOUSANDS.fullmatch(made):
        undone["a number as 1,500"] += 1
        return made.replace(",", "")
    return made


def mend_project(root: Path, write: bool = True) -> str:
    """Return what `mend` undid, in words; raises `CompareError` with what is left to a person."""
    found = mend(root, write)
    left = [problem for one in found for problem in one.left]
    told = [str(one) for one in found if one.undone]
    if left:
        raise CompareError("\n".join([*told, "Not everything can be undone by rule"]), left)
    return "\n".join(told or ["Nothing to undo."])
