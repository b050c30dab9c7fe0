"""One document: its exact bytes as text, its checksum, its reading and its matching reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from compare.errors import CompareError, Problem
from compare.language.spans import Span
from compare.texts.cleaning import CLEANING, FOLDING, without
from compare.texts.reading import Reading


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


def read_document(path: Path, source_id: str, furniture: Iterable[Span] = ()) -> Document:
    """Return the document in a file, decoded as UTF-8 byte for byte.

    Raises CompareError when the file is missing, empty or not UTF-8.
    """
    try:
        content = path.read_bytes()
    except OSError:
        todo = "put the scraped file there or mark the source not_obtained"
        raise _unread(path, source_id, "no file", f"the raw text of {source_id}", todo) from None
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
