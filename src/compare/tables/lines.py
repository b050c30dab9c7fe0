"""The lines of one table file, and all by which its form departs from the one that tables have."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from compare.errors import Problem, near

BOM = b"\xef\xbb\xbf"
# What a command undoes by rule.
BY_RULE = ", or: python -m compare mend"


def read_lines(
    path: Path, file: str, table: str, columns: list[str]
) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Return the numbered rows under the header, and what is wrong with the form of the file.

    Encoding, line ends and blank rows are told and read past, so that what else is wrong is told too; a file
    without its header has no rows.
    """
    if not path.is_file():
        todo = "restore it; a table without rows still has its header"
        return [], [Problem(file, None, "no file", f"the table {table}", todo)]
    text, problems = readable(path.read_bytes(), file)
    if text is None:
        return [], problems
    lines, broken = split_lines(text, file)
    if broken:
        return [], [*problems, broken]
    header = lines[0] if lines else []
    if header != columns:
        return [], [*problems, wrong_header(header, columns, file)]
    rows = []
    for number, cells in enumerate(lines[1:], 2):
        if any(cell.strip() for cell in cells):
            rows.append((number, cells))
        else:
            todo = f"remove it{BY_RULE}"
            problems.append(Problem(file, None, "a blank row", "rows with a key", todo, row=number))
    return rows, problems


def split_lines(text: str, file: str) -> tuple[list[list[str]], Problem | None]:
    """Return the cells of every line of a table file, and why they cannot be told, if they cannot."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return list(reader), None
    except csv.Error as error:
        todo = "look for a quotation mark that never closes, or restore the file"
        expected = "rows of fields in quotation marks"
        return [], Problem(file, None, str(error), expected, todo, row=reader.line_num)


def wrong_width(cells: list[str], width: int, file: str, number: int) -> Problem:
    """Return the problem of a row that has too many fields or too few."""
    found, todo = f"{len(cells)} fields", "quote every field that holds a comma or a quote"
    return Problem(file, None, found, f"{width}", todo, row=number, key=cells[0] if cells else None)


def readable(content: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a table file as it was meant, None where it cannot be told, and what departs from
    plain UTF-8 with lines that end in LF alone."""
    if not content:
        return None, [Problem(file, None, "an empty file", "a header and rows", "restore the file")]
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
    alike = {name: " or ".join(near(name, missing)) for name in unknown}
    hints = [f"{name} (did you mean {close}?)" for name, close in alike.items() if close]
    told = [f"add {', '.join(missing)}"] if missing else []
    told += [f"remove or rename {', '.join(hints or unknown)}"] if unknown else []
    todo = "; ".join(told) or "put the columns in the dictionary's order"
    return Problem(file, None, ", ".join(header), ", ".join(columns), todo, row=1)
