"""The findings that README.md tells are those that the data give."""

from __future__ import annotations

from pathlib import Path

import pytest

from compare.briefings.readme import END, START, TOPICS, findings_text, write_findings
from compare.errors import CompareError
from compare.tables.book import Book


def test_the_readme_tells_what_the_data_give(root: Path, book: Book) -> None:
    """A finding that the data change must reach the README: python -m compare findings --write."""
    told = (root / "README.md").read_text(encoding="utf-8").split(START)[1].split(END)[0]
    assert told.strip() == findings_text(book).strip()


def test_a_finding_speaks_of_every_topic_that_is_asked_about(book: Book) -> None:
    said = findings_text(book)
    assert said.count("\n\n") == len(TOPICS) - 1
    for value in ("1,500", "2,000", ">30%", "≥90%", ">3,000"):
        assert value in said, "figures that a reader of the documents knows"
    assert "<" not in said and "&" not in said


def test_findings_go_between_the_marks_and_nothing_else_changes(tmp_path: Path, book: Book) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{START}\nof before\n{END}\nafter\n", encoding="utf-8")
    write_findings(tmp_path, book)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{START}\n\n**5G") and text.endswith(f"\n{END}\nafter\n")
    assert "of before" not in text


def test_a_readme_without_the_marks_is_told(tmp_path: Path, book: Book) -> None:
    (tmp_path / "README.md").write_text("nothing", encoding="utf-8")
    with pytest.raises(CompareError, match='README.md: found "no marks"; expected the lines'):
        write_findings(tmp_path, book)
