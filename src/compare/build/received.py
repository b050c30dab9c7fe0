"""What was received, read with care: it may be anything, and nothing in it is taken for true."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path

from compare.build.altered import shown
from compare.build.site import GENERATOR
from compare.errors import Problem

# What a page says of itself in its head.
SAID = re.compile(r'<meta name="compare:(edition|inputs)" content="([^"]*)">')
# How files begin that a build makes beside pages, by the ends of their names.
BEGINS = {".ics": b"BEGIN:VCALENDAR", ".xlsx": b"PK\x03\x04"}
# In bytes; the largest page has a tenth of it.
LARGEST = 64 * 1024 * 1024
AGAIN = "ask the sender for the file as it was built"


def unlike(file: str, found: str, expected: str, todo: str) -> Problem:
    """Return one thing in which what was received is unlike what this checkout makes."""
    return Problem(file, None, found, expected, todo)


def is_folder(path: Path) -> bool:
    """Return whether a path leads to a folder; one that no system could hold leads to none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def files_in(folder: Path) -> dict[str, Path]:
    """Return every file below a folder by its name seen from there."""
    found = [Path(place, name) for place, _, names in os.walk(folder) for name in names]
    return {path.relative_to(folder).as_posix(): path for path in found}


def content_of(path: Path, label: str) -> bytes | Problem:
    """Return the bytes of a file, or why they cannot be had."""
    try:
        if not path.exists():
            return unlike(label, "no such file or folder", "what was received", "correct the name")
        if not path.is_file():
            return unlike(label, "neither file nor folder", "what was received", "name another")
        if (size := path.stat().st_size) > LARGEST:
            return unlike(label, f"{size} bytes", f"{LARGEST} at most", AGAIN)
        return path.read_bytes()
    except OSError as error:
        return unlike(label, error.strerror or str(error), "a file that can be read", "see to that")


def said_by(content: bytes) -> dict[str, str]:
    """Return the edition and the fingerprint of its inputs that a page says in its head, if it does.

    >>> said_by(b'<head><meta name="compare:edition" content="2031.05"></head>')
    {'edition': '2031.05'}
    """
    head = content.partition(b"<body")[0].decode("utf-8", "replace")
    return {name: html.unescape(said) for name, said in SAID.findall(head)}


def kind_of(content: bytes) -> str | None:
    """Return the suffix that a file of a build has by what is in it, None where no build made it.

    >>> kind_of(b"BEGIN:VCALENDAR"), kind_of(b"<html>")
    ('.ics', None)
    """
    if GENERATOR in content:
        return ".html"
    plain = content.removeprefix(b"\xef\xbb\xbf")
    return next((suffix for suffix, begins in BEGINS.items() if plain.startswith(begins)), None)


def strange(content: bytes) -> str:
    """Return in words what a file is that no build made.

    >>> strange(b" "), strange(b"\\xff\\xfe"), strange(b"Dear all")
    ('an empty file', 'bytes that are no text', 'a file that begins “Dear all”')
    """
    if not content.strip():
        return "an empty file"
    try:
        return f"a file that begins “{shown(content.decode('utf-8'))}”"
    except UnicodeDecodeError:
        return "bytes that are no text"
