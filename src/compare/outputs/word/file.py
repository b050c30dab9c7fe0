"""A finished page as the bytes of a Word document: the same page gives the same bytes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from io import BytesIO

from docx.document import Document

from compare.asked import read_day
from compare.outputs.archive import settled
from compare.outputs.word.blocks import Page
from compare.outputs.word.body import write_body
from compare.outputs.word.pictures import Shot
from compare.outputs.word.runs import sayable
from compare.outputs.word.sheet import empty

# What python-docx takes for a property of a document.
LONGEST = 255


def document(page: Page, shots: Mapping[int, Sequence[Shot]], *, edition: str, as_of: str) -> bytes:
    """Return a page as the bytes of a .docx file, dated on the day `as_of` of its edition."""
    made = empty(page.lang)
    write_body(made, page, shots)
    _describe(made, page, edition, datetime.datetime.combine(read_day(as_of), datetime.time()))
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
    raw = BytesIO()
    made.save(raw)
    return settled(raw.getvalue())
