"""The lines of one table file, and all by which its form departs from the one that tables have."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from sys import intern
from typing import Any

from compare.errors import SHOWN, Problem, near

# Beyond this a file is no table, and would take more memory than there is.
LARGEST, LONGEST, MOST = 64_000_000, 1_000_000, 3_000_000
# What a spreadsheet takes for the beginning of a formula, or swallows.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LINE = re.compile("[^\n]*\n|[^\n]+")
BOM = b"\xef\xbb\xbf"
# What a command undoes by rule.
BY_RULE = ", or: python -m compare mend"


def read_lines(
    path: Path, file: str, table: str, columns: list[str]
) -> tuple[Iterable[tuple[int, list[str]]], list[Problem]]:
    """Return the numbered rows under the header, read one by one, and what is wrong with the file's form.

    Encoding and line ends are told and read past, so that what else is wrong is told too; why rows cannot be
    read is told once they are gone through. A file without its header has no rows.
    """
    if not path.is_file():
        todo = "restore it; a table without rows still has its header"
        return [], [Problem(file, None, "no file", f"the table {table}", todo)]
    text, problems = readable(content_of(path), file)
    if text is None:
        return [], problems
    before = len(problems)
    lines = split_lines(text, file, problems)
    header = next(lines, [])
    if len(problems) > before:
        return [], problems
    if header != columns:
        return [], [*problems, wrong_header(header, columns, file)]
    return numbered(lines, file, problems), problems


def content_of(path: Path) -> bytes:
    """Return the bytes of a table file; of one that is too large as many as tell that it is."""
    with path.open("rb") as file:
        return file.read(min(LARGEST, path.stat().st_size) + 1)


def split_lines(text: str, file: str, problems: list[Problem]) -> Iterator[list[str]]:
    """Yield the cells of every line of a table file; why they cannot be told is added to `problems`."""
    reader = csv.reader(_whole_lines(text))
    try:
        yield from reader
    except csv.Error as error:
        todo = "look for a quotation mark that never closes, or restore the file"
        expected = "rows of fields in quotation marks"
        problems.append(Problem(file, None, str(error), expected, todo, row=max(reader.line_num, 1)))


def _whole_lines(text: str) -> Iterator[str]:
    for line in LINE.finditer(text):
        if line.end() - line.start() > LONGEST:
            raise csv.Error(f"a line of {line.end() - line.start():,} characters")
        yield line[0]


def numbered(
    lines: Iterable[list[str]], file: str, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with their numbers, the header being row 1, as long as they can be those of a table."""
    for number, cells in enumerate(lines, 2):
        if number > MOST or len(problems) >= MOST:
            problems.append(endless(file, number))
            return
        yield number, cells


def endless(file: str, number: int) -> Problem:
    """Return the problem of a file that is read no further."""
    found, expected = f"more than {MOST:,} rows or problems", "the rows of a table"
    return Problem(file, None, found, expected, "restore it; from here on it was not read", row=number)


def blank_row(file: str, number: int) -> Problem:
    """Return the problem of a row without a word."""
    return Problem(file, None, "a blank row", "rows with a key", f"remove it{BY_RULE}", row=number)


def as_text(cell: Any) -> Any:
    """Return a cell so that a spreadsheet takes text for text; what is no text stays.

    >>> as_text("=1"), as_text("1"), as_text(1)
    ("'=1", '1', 1)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def wrong_width(cells: list[str], width: int, file: str, number: int) -> Problem:
    """Return the problem of a row that has too many fields or too few."""
    # A file that is none has millions of such rows: what they share is kept once.
    found, expected = intern(f"{len(cells)} fields"), intern(str(width))
    todo, key = "quote every field that holds a comma or a quote", cells[0] if cells else None
    return Problem(file, None, found, expected, todo, row=number, key=key)


def readable(content: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a table file as it was meant, None where it cannot be told, and what departs from
    plain UTF-8 with lines that end in LF alone."""
    if not content:
        return None, [Problem(file, None, "an empty file", "a header and rows", "restore the file")]
    if len(content) > LARGEST:
        return None, [Problem(file, None, f"more than {LARGEST:,} bytes", "a table", "restore the file")]
    problems = []
    if content.startswith(BOM):
        content = content.removeprefix(BOM)
        todo = f"save it again as plain UTF-8 (not “CSV UTF-8” of Excel){BY_RULE}"
        problems.append(Problem(file, None, "a byte order mark", "UTF-8 without BOM", todo))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        told = _by_gbk(content)
        todo = f"save it again as UTF-8 (GBK is the usual cause){'' if told is None else BY_RULE}"
        problems.append(Problem(file, None, "bytes that are not UTF-8", "UTF-8", todo, row=line))
        if told is None:
            return None, problems
        text = told
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        expected, todo = "lines that end in LF alone", f"convert the line ends{BY_RULE}"
        problems.append(Problem(file, None, "a carriage return (CR)", expected, todo, row=line))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, problems


def _by_gbk(content: bytes) -> str | None:
    """Return a text that Excel saved as GBK, None where it is not that either."""
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        return None


def wrong_header(header: list[str], columns: list[str], file: str) -> Problem:
    """Return the problem of a header that is not that of its table, with the names it may have meant."""
    unknown = [name for name in header if name not in columns]
    missing = [name for name in columns if name not in header]
    alike = {name: " or ".join(near(name, missing)) for name in unknown[:SHOWN]}
    hints = [f"{name} (did you mean {close}?)" for name, close in alike.items() if close]
    told = [f"add {', '.join(missing)}"] if missing else []
    told += [f"remove or rename {', '.join(hints or unknown)}"] if unknown else []
    todo = "; ".join(told) or "put the columns in the dictionary's order"
    return Problem(file, None, ", ".join(header), ", ".join(columns), todo, row=1)
