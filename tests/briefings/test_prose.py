"""The readers' prose: both languages say the same things, all of it is used, all that is used is there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import nodes

from compare.briefings.findings import GROUPS, NAMED
from compare.briefings.pieces import TEMPLATES, environment
from compare.briefings.prose import Prose, placeholders, read_prose
from compare.errors import CompareError

NOTEBOOKS = ("topic_comparison", "index")
BRIEFINGS = TEMPLATES.parent
# Names put together from a head and a part that comes from the data or from a loop.
PUT_TOGETHER = {
    "comparability.": (*GROUPS, "words", "alone"),
    "difference.": tuple(NAMED.values()),
    "percapita.column.": ("city", "value", "basis", "reference", "per"),
}


@pytest.fixture(scope="module", params=NOTEBOOKS)
def both(request: pytest.FixtureRequest, root: Path) -> tuple[Prose, Prose]:
    return read_prose(root, request.param, "zh"), read_prose(root, request.param, "en")


def test_both_languages_hold_the_same_sections_in_the_same_order(both: tuple[Prose, Prose]) -> None:
    assert list(both[0].sections) == list(both[1].sections)


def test_both_languages_ask_for_the_same_values(both: tuple[Prose, Prose]) -> None:
    # English writes a topic inside a sentence in small letters, so it takes it by another name.
    same = {"topic_en": "topic"}
    for name, zh in both[0].sections.items():
        asked = [{same.get(one, one) for one in placeholders(text)} for text in (zh, both[1].sections[name])]
        assert asked[0] == asked[1], name


def test_no_section_is_empty_or_stands_twice(root: Path) -> None:
    for path in sorted((root / "notebooks" / "text").glob("*.md")):
        names = [
            line[3:].strip()
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.startswith("## ")
        ]
        assert len(names) == len(set(names)), path.name
        notebook, lang, _ = path.name.split(".")
        assert all(read_prose(root, notebook, lang).sections.values()), path.name


@cache
def said_by_templates(template: str) -> frozenset[str]:
    """Return every section a template says, read from its syntax tree."""
    tree = environment().parse((TEMPLATES / template).read_text(encoding="utf-8"))
    calls = [call for call in tree.find_all(nodes.Call) if _called(call.node) == "say"]
    return frozenset(name for call in calls for name in _names_in(call.args[0]))


def _called(node: nodes.Expr) -> str:
    return getattr(node, "name", None) or getattr(node, "attr", "")


def _names_in(node: nodes.Expr) -> Iterator[str]:
    if isinstance(node, nodes.Concat):
        head = node.nodes[0].as_const()
        yield from (f"{head}{part}" for part in PUT_TOGETHER[head])
    elif isinstance(node, nodes.CondExpr):
        yield from [*_names_in(node.expr1), *_names_in(node.expr2 or node.expr1)]
    else:
        yield node.as_const()


@cache
def said_by_modules() -> frozenset[str]:
    """Return every section a module says, read from its syntax tree."""
    found = []
    for path in sorted(BRIEFINGS.glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(call, ast.Call)
                and getattr(call.func, "attr", "") in ("words", "say")
                and call.args
            ):
                found += _constants(call.args[0])
    # `panel.like` and its opposite are chosen before they are said.
    return frozenset([*found, "panel.like", "panel.unlike"])


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        head = node.values[0]
        assert isinstance(head, ast.Constant)
        yield from (f"{head.value}{part}" for part in PUT_TOGETHER[head.value])
    elif isinstance(node, ast.IfExp):
        yield from [*_constants(node.body), *_constants(node.orelse)]
    elif isinstance(node, ast.Constant):
        yield node.value


def said(notebook: str) -> set[str]:
    """Return every section that the pages of a notebook say."""
    if notebook == "index":
        return set(said_by_templates("index.html.j2"))
    templates = [path.name for path in TEMPLATES.glob("*.j2") if path.name != "index.html.j2"]
    return set(said_by_modules()).union(*map(said_by_templates, templates))


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_every_section_said_is_written(root: Path, notebook: str) -> None:
    assert said(notebook), "nothing is said: the reading of templates and modules no longer works"
    assert said(notebook) - set(read_prose(root, notebook, "zh").sections) == set()


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_every_section_written_is_said(root: Path, notebook: str) -> None:
    assert set(read_prose(root, notebook, "zh").sections) - said(notebook) == set()


PROSE = Prose("notebooks/text/x.zh.md", {"values.title": "{city}的数字", "deck": "一句话", "pair": "{a}{b}"})


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
        read_prose(tmp_path, "topic_comparison", "en")
    assert str(error.value) == (
        "The prose is missing: 1 problem.\n"
        '  1. notebooks/text/topic_comparison.en.md: found "no file"; expected the text in en; '
        "write it with the sections of the other language"
    )
