"""What one language has of its own stands in its file, alike in every language, and nowhere in the code."""

from __future__ import annotations

import ast
import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from compare.asked import LANGUAGES
from compare.words.signs import signs

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "compare"
FILES = {path.stem: path for path in sorted((PACKAGE / "words").glob("*.yaml"))}
SPEAKING = [
    path for floor in ("words", "charts", "sections") for path in sorted((PACKAGE / floor).glob("*.py"))
]
# What stands between words in Chinese; quotation marks and the ellipsis are those of any language here.
BETWEEN = re.compile(r"[\s，、；：。（）]*[，、；：。（）][\s，、；：。（）]*")
LISTED = ("widths", "text", "calendar_file")  # modules that break, mark or cut words at such signs


def keys(held: dict[str, Any], path: str = "") -> Iterator[str]:
    for name, value in held.items():
        yield f"{path}{name}"
        if isinstance(value, dict):
            yield from keys(value, f"{path}{name}.")


def test_every_language_has_its_file_and_all_hold_the_same_keys() -> None:
    held = {lang: set(keys(yaml.safe_load(path.read_bytes()))) for lang, path in FILES.items()}
    assert set(held) == set(LANGUAGES)
    first, *others = held.values()
    assert [first ^ other for other in others] == [set()] * len(others)


def placeholders(words: Any) -> list[list[str]]:
    said = words.values() if isinstance(words, dict) else words if isinstance(words, list) else [words]
    if any(isinstance(one, dict | list) for one in said):
        return [one for held in said for one in placeholders(held)]
    return [sorted(set(re.findall(r"\{(\w+)", str(one)))) for one in said]


@pytest.mark.parametrize("name", ["in_words", "difference", "reason", "verdict", "beside_verdict"])
def test_a_phrase_asks_for_the_same_values_in_every_language(name: str) -> None:
    asked = [placeholders(yaml.safe_load(path.read_bytes())[name]) for path in FILES.values()]
    assert all(one == asked[0] for one in asked)


def asks_for_a_language(node: ast.AST) -> bool:
    """Return whether code does one thing in one language and another in others."""
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        return any(isinstance(side, ast.Constant) and side.value in LANGUAGES for side in sides)
    if isinstance(node, ast.Dict):
        return {getattr(key, "value", None) for key in node.keys} == set(LANGUAGES)
    return False


def test_no_module_asks_which_language_it_speaks() -> None:
    found = [
        f"{path.stem}:{node.lineno}"
        for path in SPEAKING
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if asks_for_a_language(node)
    ]
    assert found == []


def test_no_sign_of_one_language_stands_in_the_code() -> None:
    found = [
        f"{path.stem}:{node.lineno}: {node.value}"
        for path in SPEAKING
        if path.stem not in LISTED
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and BETWEEN.fullmatch(node.value)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ('x = "，" if lang == "zh" else ", "', True),
        ('COMMA = {"zh": "，", "en": ", "}', True),
        ('WIDTHS = {"topic": 1, "city": 2}', False),
        ("x = signs(lang).comma", False),
    ],
    ids=["a comparison", "a table by language", "a table of something else", "the signs themselves"],
)
def test_a_question_for_a_language_is_seen(code: str, asks: bool) -> None:
    assert any(map(asks_for_a_language, ast.walk(ast.parse(code)))) is asks


@pytest.mark.parametrize(
    ("shape", "month", "zh", "en", "reason"),
    [
        ("half_year", 6, "2022年上半年", "first half of 2022", "June closes the first half"),
        ("half_year", 7, "2022年下半年", "second half of 2022", "July opens the second"),
        ("full_quarter", 3, "2022年第一季度", "the first quarter of 2022", "March closes a quarter"),
        ("full_quarter", 12, "2022年第四季度", "the fourth quarter of 2022", "December closes the last"),
        ("full_day", 5, "2022年5月9日", "9 May 2022", "a month in full that is short"),
        ("full_day", 9, "2022年9月9日", "9 September 2022", "a month in full that is long"),
        ("day", 9, "2022年9月9日", "9 Sep 2022", "a month of three letters"),
        ("end_of_month", 9, "2022年9月底", "end of September 2022", "the end of a month"),
    ],
)
def test_a_day_in_each_shape(shape: str, month: int, zh: str, en: str, reason: str) -> None:
    day = datetime.date(2022, month, 9)
    assert [signs(lang).date(shape, day) for lang in ("zh", "en")] == [zh, en], reason
