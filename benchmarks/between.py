"""The part of a page of docs that a command writes, between its two marks."""

from __future__ import annotations

from pathlib import Path


def write_between(path: Path, marks: tuple[str, str], text: str) -> None:
    """Put a text between the marks of a page, in the place of what stood there."""
    begin, end = marks
    before, _, rest = path.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    path.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8", newline="")
