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
        raise CompareError(
            f"The text of {source_id} cannot be read",
            [
                Problem(
                    path.name,
                    found="no file",
                    expected=f"the raw text of {source_id}",
                    todo="put the scraped file there or mark the source not_obtained",
                )
            ],
        ) from None
    if not content:
        raise CompareError(
            f"The text of {source_id} cannot be read",
            [Problem(path.name, found="an empty file", expected="the scraped text", todo="scrape it again")],
        )
    try:
        # Not Path.read_text: it would turn CRLF into LF and shift every offset behind it.
        raw = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CompareError(
            f"The text of {source_id} cannot be read",
            [
                Problem(
                    path.name,
                    found=f"bytes that are not UTF-8 at position {error.start}",
                    expected="UTF-8",
                    todo="save it as UTF-8 (GBK is the usual cause) before any offset is taken",
                )
            ],
        ) from None
    return Document(source_id, raw, sha256(content).hexdigest(), tuple(furniture))
