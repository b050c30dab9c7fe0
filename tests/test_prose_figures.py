"""No figure that the data could change is typed: not in the prose, the templates or the notebooks' texts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Digits that may be typed, each with the reason why the data cannot change them.
NAMES = {
    r"5G|IPv6|12345": "names of technologies and of the hotline",
    r"SHA-256": "the name of a method",
    r"前16位|first 16\b": "how much of a checksum is printed: a choice of the page",
    r"CC BY 4\.0": "the name of a licence",
    r"\bArticle 5\b": "an article of a law",
    r"12月31日|\b31 December\b": "the rule by which the end of a year is coded",
    r"\b2020 census\b": "the name of a census; a test holds every figure beside it against its date",
    r"\b10,000\b": "the unit of what is set against a population",
    r"^[图表][1-4]$|^(Figure|Table) [1-4]$": "the numbers of figures and tables, in the page’s order",
}
DIGIT = re.compile(r"[0-9０-９¼-¾⅐-⅞]")
# What is typed in a template beside its own words: marks, code, comments.
MARKUP = re.compile(r"\{[{%#].*?[#%}]\}|<[^>]*>", re.DOTALL)
PLACEHOLDER = re.compile(r"\{\w+\}")


def typed_figures(text: str) -> list[str]:
    """Return the lines of a text that hold a digit which is no part of an allowed name."""
    found = []
    for line in text.splitlines():
        rest = PLACEHOLDER.sub("", line).strip()
        for name in NAMES:
            rest = re.sub(name, "", rest)
        if DIGIT.search(rest):
            found.append(line.strip())
    return found


def texts() -> list[tuple[str, str]]:
    prose = [
        (path.name, path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "notebooks/text").glob("*.md"))
    ]
    folder = ROOT / "src/compare"
    templates = [
        (path.name, MARKUP.sub("\n", path.read_text(encoding="utf-8")))
        for path in sorted(folder.rglob("*.j2"))
    ]
    cells = [
        (f"{path.name}, cell {number}", "".join(cell["source"]))
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
        for number, cell in enumerate(json.loads(path.read_bytes())["cells"], 1)
        if cell["cell_type"] == "markdown"
    ]
    return [*prose, *templates, *cells]


TEXTS = texts()


@pytest.mark.parametrize(("name", "text"), TEXTS, ids=[name for name, _ in TEXTS])
def test_no_figure_is_typed(name: str, text: str) -> None:
    assert typed_figures(text) == [], f"{name}: fill these from the data, or list the name with its reason"


def test_prose_templates_and_notebooks_were_read() -> None:
    kinds = {name.split(", ")[0].rpartition(".")[2] for name, _ in TEXTS}
    assert kinds == {"md", "j2", "ipynb"}


# The first are let pass before a text needs them: topics are called so.
@pytest.mark.parametrize("name", list(NAMES)[1:])
def test_every_allowed_name_is_of_use(name: str) -> None:
    lines = [line.strip() for _, text in TEXTS for line in text.splitlines()]
    assert any(re.search(name, line) for line in lines), "no text says it: take it off the list"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("三市写下数字，最多2000个。", "a value"),
        ("Dezhou aims at 90% by {due}.", "a value beside a placeholder"),
        ("到2025年底", "a due year"),
        ("共１０条", "full-width digits are digits"),
        ("图1：东营2000个", "a figure's number allows nothing else in its line"),
        ("5G基站1500个", "a name allows itself only"),
        ("12345热线办结率99%", "and nothing after it"),
        ("½ of the cities", "a fraction"),
        ("1", "a number that stands by itself"),
        ("图5", "a figure that no page has"),
    ],
)
def test_typed_figures_are_found(text: str, reason: str) -> None:
    assert typed_figures(text) == [text], reason


@pytest.mark.parametrize(
    "text", ["{cities}市都写下数字", "5G与12345热线", "表2", "Figure 1", "“年底”记为12月31日。"]
)
def test_names_and_placeholders_are_let_pass(text: str) -> None:
    assert typed_figures(text) == []
