"""The lines of one table file, or the one reason why it cannot be read: encoding, line ends, header."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from compare.errors import Problem, near


def read_lines(
    path: Path, shown: str, table: str, columns: list[str]
) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Return the numbered rows under the header, or the one reason why the file cannot be read."""
    if not path.is_file():
        return [], [
            Problem(
                shown,
                found="no file",
                expected=f"the table {table}",
                todo="restore it; a table without rows still has its header",
            )
        ]
    content = path.read_bytes()
    text, trouble = _decode(content, shown)
    if trouble:
        return [], [trouble]
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        lines = list(reader)
    except csv.Error as error:
        return [], [
            Problem(
                shown,
                row=reader.line_num,
                found=str(error),
                expected="rows of fields in quotation marks",
                todo="look for a quotation mark that never closes, or restore the file",
            )
        ]
    header = lines[0] if lines else []
    if header != columns:
        return [], [_wrong_header(header, columns, shown)]
    return list(enumerate(lines[1:], 2)), []


def _decode(content: bytes, shown: str) -> tuple[str, Problem | None]:
    if not content:
        return "", Problem(
            shown, found="an empty file", expected="a header and rows", todo="restore the file"
        )
    if content.startswith(b"\xef\xbb\xbf"):
        return "", Problem(
            shown,
            found="a byte order mark",
            expected="UTF-8 without BOM",
            todo="save it again as plain UTF-8 (not “CSV UTF-8” of Excel)",
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return "", Problem(
            shown,
            row=line,
            found="bytes that are not UTF-8",
            expected="UTF-8",
            todo="save it again as UTF-8 (GBK is the usual cause)",
        )
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        return "", Problem(
            shown,
            row=line,
            found="a carriage return (CR)",
            expected="lines that end in LF alone",
            todo="convert the line ends",
        )
    return text, None


def _wrong_header(header: list[str], columns: list[str], shown: str) -> Problem:
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
