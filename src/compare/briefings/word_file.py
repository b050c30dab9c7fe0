"""A finished page as the bytes of a Word document: the same page gives the same bytes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document

from compare.briefings.pictures import Shot
from compare.briefings.word_blocks import Page
from compare.briefings.word_body import write_body
from compare.briefings.word_runs import sayable
from compare.briefings.word_sheet import empty

CONTENT_TYPES = "[Content_Types].xml"
# The earliest time a zip archive can hold: no time of this machine gets into a document.
EPOCH = (1980, 1, 1, 0, 0, 0)
# What python-docx takes for a property of a document.
LONGEST = 255


def document(page: Page, shots: Mapping[int, Sequence[Shot]], *, edition: str, as_of: str) -> bytes:
    """Return a page as the bytes of a .docx file, dated on the day `as_of` of its edition."""
    made = empty(page.lang)
    write_body(made, page, shots)
    _describe(made, page, edition, datetime.datetime.fromisoformat(as_of))
    return _saved(made)


def _describe(made: Document, page: Page, edition: str, moment: datetime.datetime) -> None:
    """Set what a file manager shows of the document, in place of what python-docx says of itself."""
    about = made.core_properties
    said = [page.title, "".join(page.about[:1]), "".join(page.about[1:])]
    about.title, about.author, about.subject = [sayable(text)[:LONGEST] for text in said]
    about.language = "zh-CN" if page.lang == "zh" else "en-GB"
    about.version = edition
    about.created = about.modified = moment
    about.comments = about.keywords = about.last_modified_by = ""


def _saved(made: Document) -> bytes:
    """Return the document's bytes: the clock and the platform leave no mark."""
    raw, out = BytesIO(), BytesIO()
    made.save(raw)
    with ZipFile(raw) as old, ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda part: (part != CONTENT_TYPES, part)):
            entry = ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            new.writestr(entry, old.read(name))
    return out.getvalue()
