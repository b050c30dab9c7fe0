"""One document: its exact bytes as text, its checksum, its reading and its matching reading."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from compare.errors import CompareError, Problem
from compare.language.spans import Span
from compare.language.unseen import sign_of
from compare.texts.cleaning import CLEANING, FOLDING, unseen_characters, without
from compare.texts.reading import Reading

# No plan has so many bytes; a reading of more would take gigabytes of memory.
LARGEST = 4_000_000


@dataclass(frozen=True)
class Document:
    """A source as scraped, with the ranges of its page furniture (navigation, footers, foreign names).

    `reading` is the document's own words: furniture and scraping noise are gone,
    and every offset leads back to `raw`.
    """

    source_id: str
    raw: str
    sha256: str
    furniture: tuple[Span, ...] = ()

    @cached_property
    def reading(self) -> Reading:
        """The body of the document, cleaned; its quotes are verbatim."""
        return Reading.of(self.raw, (without(self.furniture), *CLEANING))

    @cached_property
    def matching(self) -> Reading:
        """The body folded (Simplified, half-width, lower case, no spaces): for search only."""
        folded = self.reading
        for rule in FOLDING:
            folded = folded.apply(rule)
        return folded

    @cached_property
    def signs(self) -> list[tuple[int, int, str]]:
        """What is shown for the characters that no reader sees, where the reading leaves them out.

        Each stands before (0) or behind (1) a character of the reading: the one that follows it, at the
        end of a line the one it follows.
        """
        body, text = Reading.of(self.raw, [without(self.furniture)]), self.reading.text
        head = len(text) - len(text.lstrip())
        found: list[tuple[int, int, str]] = []
        last, looked = -1, head
        for edit in unseen_characters(body.text):
            at = max(head, bisect_left(self.reading.starts, body.starts[edit.start]))
            last = next((i for i in range(at - 1, looked - 1, -1) if not text[i].isspace()), last)
            looked = at
            ends_line = last >= 0 and text[at : at + 1].strip() == ""
            place = (last, 1) if ends_line else (at, 0)
            found.append((*place, sign_of(body.text[edit.start])))
        return found


def read_document(path: Path, source_id: str, furniture: Iterable[Span] = ()) -> Document:
    """Return the document in a file, decoded as UTF-8 byte for byte.

    Raises CompareError when the file is missing, empty, far too large or not UTF-8.
    """
    try:
        # A pipe would be waited for, and a device never ends.
        size = path.stat().st_size if path.is_file() else -1
        content = path.read_bytes() if 0 <= size <= LARGEST else b""
    except OSError:
        size, content = -1, b""
    if size < 0:
        todo = "put the scraped file there or mark the source not_obtained"
        raise _unread(path, source_id, "no file", f"the raw text of {source_id}", todo)
    if size > LARGEST:
        found, expected = f"{size:,} bytes", f"at most {LARGEST:,}, which no plan reaches"
        raise _unread(path, source_id, found, expected, "see whether it is the scraped text")
    if not content:
        raise _unread(path, source_id, "an empty file", "the scraped text", "scrape it again")
    try:
        # Not Path.read_text: it would turn CRLF into LF and shift every offset behind it.
        raw = content.decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"bytes that are not UTF-8 at position {error.start}"
        todo = "save it as UTF-8 (GBK is the usual cause) before any offset is taken"
        raise _unread(path, source_id, found, "UTF-8", todo) from None
    return Document(source_id, raw, sha256(content).hexdigest(), tuple(furniture))


def _unread(path: Path, source_id: str, found: str, expected: str, todo: str) -> CompareError:
    problem = Problem(path.name, None, found, expected, todo)
    return CompareError(f"The text of {source_id} cannot be read", [problem])
