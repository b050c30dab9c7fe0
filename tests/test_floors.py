"""Each floor rests only on those before it: the imports of every module are read, not run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "compare"
FLOORS = ("language", "texts", "tables", "analysis", "briefings")
BESIDE = ("errors", "project", "asked")
DOORS = ("__init__", "__main__")
MODULES = sorted(PACKAGE.rglob("*.py"))
WITHOUT_PANDAS = ("language", "texts", *BESIDE)


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def imported(code: str, package: str) -> Iterator[str]:
    """Return the full name of everything that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join(filter(None, [*parts, node.module]))
            yield from (f"{base}.{alias.name}" for alias in node.names)


def allowed(floor: str) -> tuple[str, ...]:
    """Return the parts of the package that a floor, or a module beside the floors, may import."""
    if floor == "errors":
        return ()
    if floor in ("project", "asked"):
        return ("errors",)
    return (*BESIDE, *FLOORS[: FLOORS.index(floor) + 1])


def strays(code: str, floor: str, package: str) -> list[str]:
    ours = [name for name in imported(code, package) if name.split(".")[0] == "compare"]
    return [
        name
        for name in ours
        if not f"{name}.".startswith(tuple(f"compare.{part}." for part in allowed(floor)))
    ]


def test_every_module_stands_on_a_floor_or_beside_them() -> None:
    parts = {name_of(path).split(".")[0] for path in MODULES}
    assert parts <= {*FLOORS, *BESIDE, *DOORS} and set(FLOORS) <= parts


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_its_own_floor_and_those_before_it(path: Path) -> None:
    floor = name_of(path).split(".")[0]
    if floor not in DOORS:
        package = ".".join(["compare", *path.relative_to(PACKAGE).parts[:-1]])
        assert strays(path.read_text(encoding="utf-8"), floor, package) == []


@pytest.mark.parametrize(
    "path", [p for p in MODULES if name_of(p).split(".")[0] in WITHOUT_PANDAS], ids=name_of
)
def test_words_and_documents_need_no_pandas(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    assert not {name.split(".")[0] for name in imported(code, "compare")} & {"pandas", "numpy"}


@pytest.mark.parametrize(
    ("code", "floor", "found", "reason"),
    [
        ("from compare.tables.book import Book", "texts", ["compare.tables.book.Book"], "a later floor"),
        (
            "import compare.analysis.panel",
            "tables",
            ["compare.analysis.panel"],
            "a plain import of a later floor",
        ),
        (
            "def f():\n    from compare.briefings.build.run import run",
            "analysis",
            ["compare.briefings.build.run.run"],
            "in a function",
        ),
        ("from ..briefings import run", "tables", ["compare.briefings.run"], "a relative import"),
        ("from . import book", "tables", [], "a relative import of its own floor"),
        ("from compare import load", "analysis", ["compare.load"], "the door from inside"),
        ("from compare.project import RAW", "errors", ["compare.project.RAW"], "errors rests on nothing"),
        (
            "from compare.language.spans import Span",
            "project",
            ["compare.language.spans.Span"],
            "project on errors alone",
        ),
        (
            "from compare.errors import near\nfrom compare.texts.source import Document",
            "tables",
            [],
            "earlier floors",
        ),
        ("import compare_other.tables", "language", [], "another package"),
    ],
)
def test_the_reader_of_imports_sees(code: str, floor: str, found: list[str], reason: str) -> None:
    assert strays(code, floor, f"compare.{floor}") == found
