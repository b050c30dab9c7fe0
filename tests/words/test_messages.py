"""The readers' prose: both languages say the same things, all of it is used, all that is used is there.

What may be said is read from the code, not heard: a sentence for data that nobody has yet must be there too.
A key is a text in the code, or fits one that is put together there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from compare.errors import CompareError
from compare.words.messages import COMMON, Messages, placeholders, read_messages

ROOT = Path(__file__).resolve().parents[2]
TEXT = ROOT / "notebooks" / "text"
TEXTS = sorted({path.name.split(".")[0] for path in TEXT.glob("*.md")})
SPEAKING = [path for floor in ("words", "charts", "sections", "outputs", "build", "analysis")
            for path in sorted((ROOT / "src" / "compare" / floor).rglob("*.py"))]  # fmt: skip
SAYS = ("say", "text")


def written(text: str, lang: str = "zh") -> dict[str, str]:
    parts = re.split(r"^## +(\S+)\s*$", (TEXT / f"{text}.{lang}.md").read_text(encoding="utf-8"), flags=re.M)
    return {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}


@cache
def spoken() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return every text of the code, and a pattern for each that is put together of parts."""
    texts, patterns = set(), []
    for path in SPEAKING:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr) and (pattern := pattern_of(node)):
                patterns.append(re.compile(pattern))
    for path in (ROOT / "src" / "compare").rglob("*.j2"):
        held = set(re.findall(r"""["']([a-z_.]+)["']""", path.read_text(encoding="utf-8")))
        texts |= held
        patterns += [re.compile(re.escape(head) + r"\w+") for head in held if head.endswith(".")]
    return frozenset(texts), tuple(patterns)


def pattern_of(node: ast.JoinedStr) -> str:
    """Return what a text that is put together may be, empty where no part of it is fixed."""
    fixed = [part.value for part in node.values if isinstance(part, ast.Constant)]
    if not any(re.search("[a-z]", str(one)) for one in fixed):
        return ""
    parts = (
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.]*" for part in node.values
    )
    return "".join(parts)


def is_spoken(name: str) -> bool:
    """Return whether the code says a key: as it stands, put together, or of parts each of which it names."""
    texts, patterns = spoken()
    parts = name.split(".")
    joined = len(parts) > 1 and all(part in texts or part in codes() for part in parts)
    return name in texts or joined or any(one.fullmatch(name) for one in patterns)


@cache
def codes() -> frozenset[str]:
    """Return the codes that the dictionary allows in some column: they end keys."""
    dictionary = (ROOT / "data/curated/datapackage.yaml").read_text(encoding="utf-8")
    lists = re.findall(r"enum: \[([^\]]*)\]", dictionary)
    return frozenset(one.strip() for held in lists for one in held.split(","))


def said() -> Iterator[tuple[str, str]]:
    """Yield each key that code says as it stands, with the file."""
    for path in SPEAKING:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in SAYS and node.args:
                for one in ast.walk(node.args[0]):
                    if isinstance(one, ast.Constant) and not isinstance(node.args[0], ast.JoinedStr):
                        yield str(one.value), path.relative_to(ROOT).as_posix()


def every(names: list[str]) -> Any:
    return pytest.mark.parametrize("text", names)


@every(TEXTS)
def test_both_languages_hold_the_same_sections_in_the_same_order(text: str) -> None:
    assert list(written(text, "zh")) == list(written(text, "en"))


@every(TEXTS)
def test_both_languages_ask_for_the_same_values(text: str) -> None:
    # English writes a topic inside a sentence in small letters, and the workbook both languages in one line.
    for name, zh in written(text, "zh").items():
        asked = [
            {re.sub("_(zh|en)$", "", one) for one in placeholders(words)}
            for words in (zh, written(text, "en")[name])
        ]
        assert asked[0] == asked[1], name


@every(TEXTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_section_is_empty_or_stands_twice(text: str, lang: str) -> None:
    lines = (TEXT / f"{text}.{lang}.md").read_text(encoding="utf-8").splitlines()
    names = [line[3:].strip() for line in lines if line.startswith("## ")]
    assert len(names) == len(set(names)) == len(written(text, lang))
    assert all(written(text, lang).values())


@every(TEXTS)
def test_every_section_written_may_be_said(text: str) -> None:
    assert [name for name in written(text) if not is_spoken(name)] == []


def test_every_section_said_is_written() -> None:
    held = {name for text in TEXTS for name in written(text)}
    keys = [(name, file) for name, file in said() if re.fullmatch(r"[a-z_]+(\.[a-z_.]+)*", name)]
    assert len(keys) > 100, "nothing is said: the reading of modules no longer works"
    assert [(name, file) for name, file in keys if name not in held and "." in name] == []


def test_what_all_share_is_in_the_common_text_alone_unless_a_page_says_it_otherwise() -> None:
    common = written(COMMON)
    for text in TEXTS:
        same = [name for name, words in written(text).items() if text != COMMON and common.get(name) == words]
        assert same == [], text


PROSE = Messages(
    "notebooks/text/x.zh.md", {"values.title": "{city}的数字", "deck": "一句话", "pair": "{a}{b}"}
)


def test_a_section_is_filled() -> None:
    assert PROSE.say("values.title", city="济南", unused=1) == "济南的数字"


@pytest.mark.parametrize(
    ("section", "values", "words"),
    [
        (
            "value.title",
            {"city": "济南"},
            "The prose lacks a section: 1 problem.\n"
            '  1. notebooks/text/x.zh.md, column value.title: found "no such section"; '
            "expected values.title; add “## value.title” to both languages",
        ),
        (
            "zzz",
            {},
            "The prose lacks a section: 1 problem.\n"
            '  1. notebooks/text/x.zh.md, column zzz: found "no such section"; expected deck or pair or '
            "values.title; add “## zzz” to both languages",
        ),
        (
            "values.title",
            {"place": "济南"},
            "The prose asks for a value that is not known: 1 problem.\n"
            '  1. notebooks/text/x.zh.md, column values.title: found "{city}"; expected place; '
            "correct the placeholder",
        ),
        (
            "pair",
            {},
            "The prose asks for a value that is not known: 2 problems.\n"
            '  1. notebooks/text/x.zh.md, column pair: found "{a}"; expected no placeholder; '
            "correct the placeholder\n"
            '  2. notebooks/text/x.zh.md, column pair: found "{b}"; expected no placeholder; '
            "correct the placeholder",
        ),
    ],
    ids=[
        "a section with a near name",
        "a section like no other",
        "a placeholder",
        "every placeholder at once",
    ],
)
def test_what_is_missing_is_named(section: str, values: dict[str, str], words: str) -> None:
    with pytest.raises(CompareError) as error:
        PROSE.say(section, **values)
    assert str(error.value) == words


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CompareError) as error:
        read_messages(tmp_path, "topic_comparison", "en")
    assert str(error.value) == (
        "The prose is missing: 1 problem.\n"
        '  1. notebooks/text/topic_comparison.en.md: found "no file"; expected the text in en; '
        "write it with the sections of the other language"
    )
