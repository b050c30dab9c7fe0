"""The findings that README.md tells are those that the data give."""

from __future__ import annotations

from pathlib import Path

from compare.build.documents import TOLD, findings
from compare.outputs.readme import END, START


def test_the_readme_tells_what_the_data_give(root: Path, site: Path) -> None:
    """A finding that the data change must reach the README: python -m compare findings --write."""
    told = (root / "README.md").read_text(encoding="utf-8").split(START)[1].split(END)[0]
    assert told.strip() == findings(site).strip()


def test_a_finding_speaks_of_every_topic_that_is_asked_about(site: Path) -> None:
    said = findings(site)
    assert said.count("\n\n") == len(TOLD) - 1
    for value in ("1,500", "2,000", ">30%", "≥90%", ">3,000"):
        assert value in said, "figures that a reader of the documents knows"
    assert "<" not in said and "&" not in said
