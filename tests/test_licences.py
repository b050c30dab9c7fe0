"""docs/licences.md names what goes out in pages and what is installed, as that speaks of itself."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
from benchmarks.licences import (
    LOCK,
    NOTICES,
    PACKAGES,
    PAGE,
    PARTS,
    PIN,
    licence,
    notice_lines,
    packages,
    section,
    table,
)
from plotly.offline import get_plotlyjs_version

OUTPUTS = Path(__file__).resolve().parents[1] / "src" / "compare" / "outputs"
AGAIN = "python -m benchmarks.licences --write writes it anew"


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_notices_are_those_that_plotly_js_carries(page: str) -> None:
    told = section(page, NOTICES)
    assert told == notice_lines(), AGAIN
    assert len(told) > 5 and f"plotly.js v{get_plotlyjs_version()} " in told[0]


def test_the_parts_are_those_of_the_plotly_js_that_is_installed(page: str) -> None:
    assert section(page, PARTS)[0] == f"plotly.js {get_plotlyjs_version()}:", AGAIN


def test_every_locked_package_is_listed_with_the_licence_that_it_tells(page: str) -> None:
    lock = LOCK.read_text(encoding="utf-8")
    told = section(page, PACKAGES)
    rows = {tuple(line.strip("| ").split(" | "))[:2]: line for line in told[2:]}
    assert list(rows) == sorted(PIN.findall(lock)), AGAIN
    assert [line for line in rows.values() if len(line.strip("| ").split(" | ")) < 3] == [], (
        "without a licence"
    )
    held = packages(lock)
    assert len(held) > 100
    assert [line for line in table(held) if line not in told] == [], AGAIN


@pytest.mark.parametrize(
    ("said", "words", "reason"),
    [
        ("License-Expression: MIT OR ISC\nLicense: old", "MIT OR ISC", "an expression stands before all"),
        ("License: Apache 2.0", "Apache 2.0", "a word of its own"),
        ("License: UNKNOWN\nClassifier: License :: OSI Approved :: ISC", "ISC", "a word that says nothing"),
        ("License: Copyright (c) 2021\n of many lines\nClassifier: License :: OSI Approved :: BSD License",
         "BSD License", "a whole text in the place of a name"),
        ("Classifier: License :: A\nClassifier: License :: B", "A or B", "a choice"),
        ("Summary: nothing", "The words of LICENSE", "the file alone"),
    ],
)  # fmt: skip
def test_a_licence_is_read_from_where_it_is_told(tmp_path: Path, said: str, words: str, reason: str) -> None:
    folder = tmp_path / "a-1.dist-info"
    (folder / "licenses").mkdir(parents=True)
    (folder / "METADATA").write_text(
        f"Metadata-Version: 2.4\nName: a\nVersion: 1\n{said}\n", encoding="utf-8"
    )
    (folder / "licenses" / "LICENSE.txt").write_text("\nThe words of LICENSE\nand more\n", encoding="utf-8")
    (folder / "RECORD").write_text("a-1.dist-info/licenses/LICENSE.txt,,\n", encoding="utf-8")
    (distribution,) = metadata.distributions(path=[str(tmp_path)])
    assert licence(distribution) == words, reason


def test_pages_bring_no_font_and_fetch_nothing_in_their_style() -> None:
    """The fonts that pages name are the reader's own: none needs a licence of ours."""
    sheets = [path.read_text(encoding="utf-8") for path in OUTPUTS.glob("*.css")]
    assert sheets
    strange = r"@font-face|@import|url\((?![\"']?data:image/svg)"
    assert [found for sheet in sheets for found in re.findall(strange, sheet)] == []
