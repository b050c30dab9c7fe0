"""The findings that README.md tells, made from the data like those of the pages."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from compare.briefings.topic.briefing import TopicBriefing
from compare.errors import CompareError, Problem
from compare.tables.book import Book
from compare.tables.edition import read_edition

TOPICS = ("5g", "smart_community", "open_data")
START, END = "<!-- findings: written by python -m compare findings --write -->", "<!-- end of findings -->"
TAG = re.compile(r"<[^>]+>")
CHIP = re.compile(r"<sup[^>]*>.*?</sup>")
HEADING = re.compile(r"<h[123][^>]*>(.*?)</h[123]>", re.DOTALL)
STANDFIRST = re.compile(r'<p class="standfirst">(.*?)</p>', re.DOTALL)


def findings_text(book: Book) -> str:
    """Return the findings on 5G, smart communities and open data as Markdown, a paragraph each."""
    edition = read_edition(book.root)
    briefs = [TopicBriefing(book, topic, "en", edition["as_of"], book.cities) for topic in TOPICS]
    return "\n\n".join(_paragraph(brief) for brief in briefs) + "\n"


def write_findings(root: Path, book: Book) -> Path:
    """Write the findings between their marks in README.md and return its path.

    Raises CompareError where the marks are missing.
    """
    path = root / "README.md"
    before, mark, rest = path.read_text(encoding="utf-8").partition(START)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise CompareError(
            "The findings have no place",
            [Problem("README.md", found="no marks", expected=f"the lines {START} and {END}")],
        )
    text = f"{before}{START}\n\n{findings_text(book)}\n{END}{after}"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def _paragraph(brief: TopicBriefing) -> str:
    lead = brief.lead().html
    said = [_plain(one) for one in (*HEADING.findall(lead)[:1], *STANDFIRST.findall(lead))]
    beyond = [HEADING.findall(piece.html) for piece in (brief.above(), brief.ranked(), brief.attained())]
    said += [_plain(beyond[0][0]), *map(_plain, beyond[1][1:]), _plain(beyond[2][0])]
    return f"**{brief.subject}.** " + " ".join(one if one.endswith(".") else f"{one}." for one in said)


def _plain(html: str) -> str:
    """Return the words of a piece of a page without its marks.

    >>> _plain('aims for <a class="v" href="#a">&gt;30%<sup class="chip">7</sup></a> by then')
    'aims for >30% by then'
    """
    return re.sub(r"\s+", " ", unescape(TAG.sub("", CHIP.sub("", html)))).strip()
