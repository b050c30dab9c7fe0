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
    path: Path, shown: str, table: str, columns: list[str]
) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Return the numbered rows under the header, and what is wrong with the form of the file.

    Encoding, line ends and blank rows are told and read past, so that what else is wrong is told too; a file
    without its header has no rows.
    """
    if not path.is_file():
        return [], [
            Problem(
                shown,
                found="no file",
                expected=f"the table {table}",
                todo="restore it; a table without rows still has its header",
            )
        ]
    text, problems = readable(path.read_bytes(), shown)
    if text is None:
        return [], problems
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        lines = list(reader)
    except csv.Error as error:
        return [], [
            *problems,
            Problem(
                shown,
                row=reader.line_num,
                found=str(error),
                expected="rows of fields in quotation marks",
                todo="look for a quotation mark that never closes, or restore the file",
            ),
        ]
    header = lines[0] if lines else []
    if header != columns:
        return [], [*problems, wrong_header(header, columns, shown)]
    rows = list(enumerate(lines[1:], 2))
    blank = [number for number, cells in rows if not any(cell.strip() for cell in cells)]
    problems += [
        Problem(
            shown, row=number, found="a blank row", expected="rows with a key", todo=f"remove it{BY_RULE}"
        )
        for number in blank
    ]
    return [row for row in rows if row[0] not in set(blank)], problems


def readable(content: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a table file as it was meant, None where it cannot be told, and what departs from
    plain UTF-8 with lines that end in LF alone."""
    if not content:
        return None, [
            Problem(shown, found="an empty file", expected="a header and rows", todo="restore the file")
        ]
    problems = []
    if content.startswith(BOM):
        content = content.removeprefix(BOM)
        problems.append(
            Problem(
                shown,
                found="a byte order mark",
                expected="UTF-8 without BOM",
                todo=f"save it again as plain UTF-8 (not “CSV UTF-8” of Excel){BY_RULE}",
            )
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        told, rule = _by_gbk(content)
        problems.append(
            Problem(
                shown,
                row=line,
                found="bytes that are not UTF-8",
                expected="UTF-8",
                todo=f"save it again as UTF-8 (GBK is the usual cause){rule}",
            )
        )
        if told is None:
            return None, problems
        text = told
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        problems.append(
            Problem(
                shown,
                row=line,
                found="a carriage return (CR)",
                expected="lines that end in LF alone",
                todo=f"convert the line ends{BY_RULE}",
            )
        )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, problems


def _by_gbk(content: bytes) -> tuple[str | None, str]:
    """Return a text that Excel saved as GBK, and that a rule undoes it; None where it is not that either."""
    try:
        return content.decode("gb18030"), BY_RULE
    except UnicodeDecodeError:
        return None, ""


def wrong_header(header: list[str], columns: list[str], shown: str) -> Problem:
    unknown = [name for name in header if name not in columns]
    missing = [name for name in columns if name not in header]
    hints = [
        f"{name} (did you mean {' or '.join(near(name, missing))}?)"
        for name in unknown
        if near(name, missing)
    ]
    todo = "; ".join(
        filter(
            None,
            [
                f"add {', '.join(missing)}" if missing else "",
                f"remove or rename {', '.join(hints or unknown)}" if unknown else "",
                "" if missing or unknown else "put the columns in the dictionary's order",
            ],
        )
    )
    return Problem(shown, row=1, found=", ".join(header), expected=", ".join(columns), todo=todo)
