"""The findings that README.md tells, in the words of the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from compare.disk import write_whole
from compare.errors import CompareError, Problem
from compare.sections.section import Chart, Paragraph, Section, parts
from compare.words.text import Text, plain

START, END = "<!-- findings: written by python -m compare findings --write -->", "<!-- end of findings -->"


def findings_text(pages: Mapping[str, Sequence[Section]]) -> str:
    """Return the findings of pages on topics as Markdown, a paragraph for each, by what the page is about.

    >>> from compare.words.text import Run
    >>> lead = Section("lead", (Run("One city puts >3 to it"),))
    >>> findings_text({"Open data": [lead]})
    '**Open data.** One city puts >3 to it.\\n'
    """
    return "\n\n".join(f"**{subject}.** {_told(sections)}" for subject, sections in pages.items()) + "\n"


def _told(sections: Sequence[Section]) -> str:
    """Return title and standfirst of a page, and what its sections find that look beyond the documents."""
    held = {one.key: one for one in sections}
    said: list[Text] = [held["lead"].title]
    said += [one.text for one in parts(held["lead"], Paragraph) if one.look == "standfirst"]
    said += [held[key].title for key in ("above",) if key in held]
    said += [chart.title for chart in parts(held.get("ranked", ()), Chart)]
    said += [held[key].title for key in ("attained",) if key in held]
    words = (" ".join(plain(one).split()) for one in said)
    return " ".join(one if one.endswith(".") else f"{one}." for one in words)


def write_findings(root: Path, findings: str) -> Path:
    """Write findings between their marks in README.md and return its path.

    Raises CompareError where the marks are missing.
    """
    path = root / "README.md"
    before, mark, rest = path.read_text(encoding="utf-8").partition(START)
    _, end, after = rest.partition(END)
    if not mark or not end:
        problem = Problem("README.md", found="no marks", expected=f"the lines {START} and {END}")
        raise CompareError("The findings have no place", [problem])
    write_whole(path, f"{before}{START}\n\n{findings}\n{END}{after}".encode())
    return path
