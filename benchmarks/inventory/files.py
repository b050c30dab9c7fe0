"""Take from a file that readers save, or that stands beside the pages, its header, digest and rows."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
from collections.abc import Iterator

from openpyxl import load_workbook

Item = tuple[str, str]
ROW_ID = re.compile(r"\b[a-z]-[a-z_]+-\d{4}\b")
MOST_ROWS = 60


def file_items(name: str, address: str) -> Iterator[Item]:
    """Yield a file to save by its name, and what is in it where the page itself holds it."""
    yield "file", name
    if address.startswith("data:"):
        for table in tables(name, base64.b64decode(address.partition(",")[2])).values():
            for kind, item in table_items(table):
                yield kind, f"{name}: {item}" if kind == "file" else item


def tables(name: str, content: bytes) -> dict[str, list[str]]:
    """Return the lines of a file by sheet: cells with their links, or the events of a calendar."""
    if name.endswith(".xlsx"):
        sheets = load_workbook(io.BytesIO(content)).worksheets
        return {sheet.title: [" | ".join(map(_cell, row)) for row in sheet] for sheet in sheets}
    text = content.decode("utf-8-sig")
    if name.endswith(".ics"):
        return {"events": text.replace("\r\n ", "").split("BEGIN:VEVENT")}
    return {"": [" | ".join(row) for row in csv.reader(io.StringIO(text))]}


def table_items(lines: list[str]) -> Iterator[Item]:
    """Yield length, digest and header of a table, and its rows: their words, or where many their ids."""
    text = "\n".join(lines)
    yield "file", f"{len(lines)} lines {digest(text)}"
    yield "file", f"header {short(lines[0])}"
    rows = map(short, lines[1:]) if len(lines) <= MOST_ROWS else set(ROW_ID.findall(text))
    yield from (("file row", row) for row in rows)


def short(text: str) -> str:
    """Return a text; of one that is long in UTF-8 the beginning, with a digest of the whole.

    >>> short("a plain word"), short("word " * 20)
    ('a plain word', 'word word word word … #28c51c')
    """
    plain = " ".join(text.split())
    kept = plain.encode("utf-8")
    return plain if len(kept) <= 36 else f"{kept[:20].decode('utf-8', 'ignore').strip()} … {digest(plain)}"


def digest(text: str) -> str:
    return "#" + hashlib.sha256(text.encode("utf-8")).hexdigest()[:6]


def _cell(cell: object) -> str:
    value, link = getattr(cell, "value", None), getattr(cell, "hyperlink", None)
    address = f" → {link.target or ''}#{link.location or ''}" if link else ""
    return f"{'' if value is None else value}{address}"
