"""Where a file parts from the one built here, in words: the heading, the sheet and cell, or the line."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from os.path import commonprefix

# Characters shown before what differs, and in all.
BEFORE, SHOWN = 20, 70
# Elements that stand within a line.
INLINE = frozenset(
    ("a", "b", "cite", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup")
)
HEADING = re.compile(r"h[1-6]")
NAME = re.compile(r"</?\s*([\w-]*)")
# What breaks the long lines of a calendar: they are counted whole.
FOLD = re.compile(r"\r?\n[ \t]")
# A workbook unpacked is a few megabytes, and has some ten thousand cells: what is far larger is none of ours.
LARGEST, CELLS = 20_000_000, 1_000_000


@dataclass(frozen=True)
class Difference:
    """The first place where two files part: what stands there in each, and how many passages differ."""

    place: str
    found: str
    expected: str
    count: int = 1


@dataclass(frozen=True)
class _Passage:
    place: str
    words: str


def first_difference(theirs: bytes, ours: bytes, suffix: str) -> Difference:
    """Return where a file first parts from ours; `suffix` tells page, workbook, calendar and text apart.

    >>> first_difference(b"<h2>A</h2><p>has 16</p>", b"<h2>A</h2><p>has <b>15</b></p>", ".html")
    Difference(place='under “A”', found='has 16', expected='has 15', count=1)
    """
    if suffix == ".xlsx":
        return _in_workbook(theirs, ours)
    read = _html if suffix == ".html" else _lines
    told, meant = (one.decode("utf-8-sig", "replace") for one in (theirs, ours))
    if suffix == ".ics":
        told, meant = (FOLD.sub("", one) for one in (told, meant))
    # What is read comes before what is only done: a script, a link, a style.
    for tags in (False, True):
        pairs = zip_longest(read(told, tags), read(meant, tags))
        if parted := next((pair for pair in pairs if pair[0] != pair[1]), None):
            return _parted(*parted, _apart(read(told, tags), read(meant, tags)))
    found = "other spaces or line ends, as mail programs and editors make them"
    return Difference("in no word", found, "those built here")


def shown(words: str, start: int = 0) -> str:
    """Return words on one line, short, and without characters that a terminal would obey.

    >>> shown("a\\x1b[2J\\n b")
    'a�[2J b'
    """
    from_here = max(0, start - BEFORE)
    held = " ".join(words.split())[from_here:]
    cut = ("…" if from_here else "") + held[:SHOWN] + ("…" if len(held) > SHOWN else "")
    return "".join(letter if letter.isprintable() else "�" for letter in cut)


def _passage(place: str, words: str) -> _Passage:
    # How words are spaced is no news to a reader.
    return _Passage(place, " ".join(words.split()))


def _parted(one: _Passage | None, other: _Passage | None, count: int) -> Difference:
    found, expected = (each.words if each else "" for each in (one, other))
    at = len(commonprefix([found, expected]))
    place = (other or one or _Passage("", "")).place
    return Difference(place, shown(found, at) or "nothing", shown(expected, at) or "nothing", count)


def _apart(here: Iterable[_Passage], there: Iterable[_Passage]) -> int:
    held, meant = (Counter(one.words for one in all) for all in (here, there))
    return max((held - meant).total(), (meant - held).total(), 1)


def _lines(text: str, _: bool) -> Iterator[_Passage]:
    for number, line in enumerate(text.splitlines(), 1):
        yield _passage(f"line {number}", line)


def _html(text: str, tags: bool) -> Iterator[_Passage]:
    """Yield what a page says, line by line under its headings; with `tags` each tag, style and script too."""
    heading = line = ""
    for name, part in _parts(text):
        if name in INLINE or not name:
            line += part if not name else ""
        elif line.strip():
            # Cut once, since every line under it tells it.
            heading = shown(line) if HEADING.fullmatch(name) and part.startswith("</") else heading
            yield _passage(_under(heading), line)
            line = ""
        if name and tags:
            yield _passage(f"{_under(heading)}, in what is not read, <{name}>", part)
    if line.strip():
        yield _passage(_under(heading), line)


def _under(heading: str) -> str:
    return f"under “{shown(heading)}”" if heading.strip() else "before the first heading"


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield each run of text with an empty name, each tag with its own; a script or style is one tag."""
    at = 0
    while at < len(text):
        start = text.find("<", at)
        if start != at:
            yield "", text[at : start if start >= 0 else None]
        if start < 0:
            return
        end = text.find(">", start) + 1 or len(text)
        name = (NAME.match(text, start) or ["", ""])[1].lower()
        if name in ("script", "style") and text[start + 1] != "/":
            end = text.find(f"</{name}", end)
            end = end if end >= 0 else len(text)
        yield name or "!", text[start:end]
        at = end


def _in_workbook(theirs: bytes, ours: bytes) -> Difference:
    try:
        told, meant = (list(_cells(one)) for one in (theirs, ours))
    # Every reader of archives and XML has errors of its own; for whoever asks they are one.
    except Exception:
        return Difference("in the file as a whole", "no workbook that can be read", "the one built here")
    for one, other in zip_longest(told, meant):
        if one != other:
            return _parted(one, other, _apart(told, meant))
    return Difference("in no cell", "the same cells, saved by another program", "the file as it was built")


def _cells(content: bytes) -> Iterator[_Passage]:
    """Yield the filled cells of a workbook, sheet by sheet; raises ValueError where it is too large."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(one.file_size for one in archive.infolist()) > LARGEST:
            raise ValueError("too large")
    read = 0
    for sheet in load_workbook(io.BytesIO(content), read_only=True).worksheets:
        place = f"sheet “{shown(sheet.title)}”, cell"
        # How far a sheet says that it reaches is not to be believed: every cell up to there would be made.
        sheet.reset_dimensions()
        for row in sheet.iter_rows():
            if (read := read + len(row)) > CELLS:
                raise ValueError("too many cells")
            for cell in (cell for cell in row if cell.value is not None):
                yield _passage(f"{place} {cell.coordinate}", str(cell.value))
