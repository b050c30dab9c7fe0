"""Each floor rests only on those before it, and no module on itself by way of others.

The imports of every module are read, not run, those for types and those within functions included.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "compare"
FLOORS = ("language", "texts", "tables", "rules", "coding", "analysis")
FLOORS += ("words", "charts", "sections", "outputs", "build")
BESIDE = ("errors", "project", "asked", "disk")
DOORS = ("__init__", "__main__", "commands")
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
    if floor == "disk":
        return ("errors", "project")
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
    assert parts <= {*FLOORS, *BESIDE, *DOORS}


def package_of(path: Path) -> str:
    return ".".join(["compare", *path.relative_to(PACKAGE).parts[:-1]])


def rests(codes: dict[str, tuple[str, str]]) -> dict[str, set[str]]:
    """Return the modules that each module imports, given its code and its package by its name."""
    return {
        module: {home for name in imported(code, package) if (home := home_of(name, codes))}
        for module, (code, package) in codes.items()
    }


def home_of(name: str, known: Collection[str]) -> str:
    """Return the module that an imported name is, or stands in; empty where it is none of these."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name


def circles(rests_on: dict[str, set[str]]) -> set[frozenset[str]]:
    """Return the groups of modules each of which rests on all the others of its group."""
    reached = {module: closure(module, rests_on) for module in rests_on}
    return {
        frozenset({module} | {other for other in held if module in reached[other]})
        for module, held in reached.items()
        if module in held
    }


def closure(module: str, rests_on: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    open_ = [module]
    while open_:
        new = rests_on[open_.pop()] - found
        found |= new
        open_ += new
    return found


def test_no_module_rests_on_itself_by_way_of_others() -> None:
    codes = {
        f"compare.{name_of(path)}": (path.read_text(encoding="utf-8"), package_of(path))
        for path in MODULES
        if path.stem not in DOORS
    }
    assert circles(rests(codes)) == set()


def test_a_circle_is_seen_even_where_it_is_for_types_only() -> None:
    a = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from compare.tables.b import B"
    codes = {
        "compare.tables.a": (a, "compare.tables"),
        "compare.tables.b": ("def f():\n    from . import c", "compare.tables"),
        "compare.tables.c": ("import compare.tables.a", "compare.tables"),
        "compare.tables.d": ("from compare.tables import a", "compare.tables"),
    }
    assert circles(rests(codes)) == {frozenset({"compare.tables.a", "compare.tables.b", "compare.tables.c"})}


def test_a_module_imports_only_its_own_floor_and_those_before_it() -> None:
    found = {
        (name_of(path), name.removeprefix("compare."))
        for path in MODULES
        if path.stem not in DOORS
        for name in strays(path.read_text(encoding="utf-8"), name_of(path).split(".")[0], package_of(path))
    }
    assert found == set()


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
            "def f():\n    from compare.build.run import run",
            "analysis",
            ["compare.build.run.run"],
            "in a function",
        ),
        ("from ..outputs import page", "tables", ["compare.outputs.page"], "a relative import"),
        (
            "from compare.rules.check import check",
            "tables",
            ["compare.rules.check.check"],
            "rules from tables",
        ),
        ("from compare.analysis.panel import align", "rules", ["compare.analysis.panel.align"], "from rules"),
        ("from compare.rules.load import load", "coding", [], "rules stand before coding"),
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
