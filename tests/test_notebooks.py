"""The notebooks: short, without code of their own, and good for any engine."""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml

import compare
import compare as cp
from compare.briefings.material import Material
from compare.briefings.page import render
from compare.briefings.pieces import MIMETYPE
from compare.build.plan import plan
from compare.errors import CompareError
from compare.tables.book import Book

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PLANNED = plan(ROOT)
# What a notebook may call by a bare name: Jupyter's own.
JUPYTER = {"display"}
# The sections of each page in their order.
SECTIONS = {
    "topic_comparison": (
        *("lead", "comparability", "values", "timeline", "table", "per_capita"),
        *("above", "ranked", "attained", "sentences", "elsewhere", "searches", "method"),
    ),
    "cascade": ("lead", "above", "ranked", "untaken", "attained", "sentences", "elsewhere", "method"),
    "city_briefing": (
        *("lead", "promises", "silences", "instruments", "deadlines", "above"),
        *("attained", "editions", "agencies", "sentences", "elsewhere", "method"),
    ),
    "deadline_calendar": (
        *("lead", "chart", "topics", "agencies", "calendar", "recurring", "undated"),
        *("take_away", "sentences", "method"),
    ),
}
# Sections that a briefing has from what it shares with others, and its page leaves out.
LEFT_OUT = {
    "city_briefing": {"ranked": "one city has no rank"},
    "deadline_calendar": {"elsewhere": "every deadline stands in a document at hand"},
}
FORBIDDEN = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.With,
    ast.Try,
)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture
def cells(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_bytes())["cells"]
    return found


def code(cells: list[dict[str, Any]]) -> list[str]:
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def parameters(cells: list[dict[str, Any]]) -> dict[str, object]:
    """Return the names that the one cell of parameters sets, with their values."""
    (tagged,) = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    given: dict[str, object] = {}
    for line in ast.parse("".join(tagged["source"])).body:
        assert isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)
        given[line.targets[0].id] = ast.literal_eval(line.value)
    return given


def test_every_notebook_makes_pages() -> None:
    assert {one.notebook for one in PLANNED} == {path.stem for path in NOTEBOOKS} == set(SECTIONS)


def test_it_is_committed_without_outputs(cells: list[dict[str, Any]]) -> None:
    for cell in cells:
        assert cell.get("outputs", []) == [] and cell.get("execution_count") is None
        assert set(cell["metadata"]) <= {"tags"}, "an editor left its traces"


def test_it_is_a_notebook_for_any_python(path: Path) -> None:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5), "ids of cells came with 4.5"
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata.get("language_info", {})) <= {"name"}, "the version of one machine"


def test_its_cells_have_names_of_their_own(cells: list[dict[str, Any]]) -> None:
    """Given by a person: an editor's are drawn by lot, and a page must not change with them."""
    names = [cell["id"] for cell in cells]
    assert len(set(names)) == len(names)
    for name in names:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name), name
        assert not re.fullmatch(r"[0-9a-f]{8}", name), f"{name}: drawn by lot"


def test_it_is_short(cells: list[dict[str, Any]]) -> None:
    assert len(cells) <= 20
    assert all(len(source.strip().splitlines()) <= 8 for source in code(cells))


def test_it_has_one_cell_of_parameters(path: Path, cells: list[dict[str, Any]]) -> None:
    """It takes what the plan passes, and by itself makes one of the pages planned."""
    given = parameters(cells)
    passed = [one.parameters for one in PLANNED if one.notebook == path.stem]
    assert all(set(one) == set(given) for one in passed)
    assert given in passed


def test_its_defaults_are_those_of_the_edition(cells: list[dict[str, Any]]) -> None:
    edition = yaml.safe_load((ROOT / "data/curated/edition.yaml").read_bytes())
    assert parameters(cells)["as_of"] == str(edition["as_of"])


def test_it_has_no_code_of_its_own(cells: list[dict[str, Any]]) -> None:
    for source in code(cells):
        nodes = list(ast.walk(ast.parse(source)))
        assert not [node for node in nodes if isinstance(node, FORBIDDEN)], source
        imports = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
        assert set(imports) <= {"compare"} and not any(isinstance(node, ast.ImportFrom) for node in nodes)
        calls = {
            node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert calls <= JUPYTER, "a notebook calls what the library offers, and nothing else"
        texts = [
            node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert not [text for text in texts if "/" in text or "\\" in text or re.search(r"\.\w{2,4}$", text)]


def test_it_says_what_every_part_is_for(cells: list[dict[str, Any]]) -> None:
    assert "".join(cells[0]["source"]).startswith("# ") and cells[0]["cell_type"] == "markdown"
    runs = "".join("c" if cell["cell_type"] == "code" else "m" for cell in cells)
    assert "cccc" not in runs, "four cells of code in a row read as a program"


def kind(name: str) -> type[Material]:
    """Return the class of the briefing that a notebook makes."""
    (found,) = [
        held
        for one in compare.__all__
        if isinstance(held := getattr(compare, one), type)
        and issubclass(held, Material)
        and held.notebook == name
    ]
    return found


def sections_of(made: type[Material]) -> set[str]:
    """Return every method of a briefing that makes a section and asks for nothing."""
    found = set()
    for name, method in inspect.getmembers(made, inspect.isfunction):
        signature = inspect.signature(method)
        if signature.return_annotation == "Piece" and list(signature.parameters) == ["self"]:
            found.add(name)
    return found


def test_every_section_of_the_briefing_is_shown_once(path: Path, cells: list[dict[str, Any]]) -> None:
    shown = re.findall(r"\bbrief\.(\w+)\(", "\n".join(code(cells)))
    assert tuple(shown) == SECTIONS[path.stem]
    left_out = set(LEFT_OUT.get(path.stem, ()))
    assert sections_of(kind(path.stem)) - set(shown) == left_out
    assert shown[0] == "lead" and shown[-1] == "method" and len(set(shown)) == len(shown)
    # A section counts only where the notebook displays it: last in its cell, or in a display of its own.
    for source in code(cells):
        *before, last = ast.parse(source).body
        assert not any(re.search(r"\bbrief\.\w+\(", ast.unparse(line)) for line in before)
        assert "brief." not in ast.unparse(last) or re.fullmatch(
            r"display\((brief\.\w+\(\)(, )?)+\)|brief\.\w+\(\)", ast.unparse(last)
        )


# The first page of each notebook in English: its notebook is run once more by a stock papermill.
ONE_EACH = {one.notebook: one.name for one in reversed(PLANNED) if one.lang == "en"}


@pytest.mark.parametrize("name", ONE_EACH.values())
def test_a_stock_papermill_makes_the_same_page(name: str, site: Path, tmp_path: Path) -> None:
    """Without the fast engine, from the command line, with the parameters as a person would type them."""
    briefing = next(one for one in plan(site) if one.name == name)
    given = tmp_path / "parameters.yaml"
    given.write_text(json.dumps(briefing.parameters), encoding="utf-8")
    result = tmp_path / "executed.ipynb"
    notebook = site / briefing.source
    command = [
        sys.executable,
        "-m",
        "papermill",
        "-k",
        "python3",
        "--no-progress-bar",
        "-f",
        str(given),
        "--cwd",
        str(notebook.parent),
        str(notebook),
        str(result),
    ]
    settings = {
        "PYTHONPATH": str(Path(compare.__file__).parents[1]),
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
    }
    done = subprocess.run(
        command, env=os.environ | settings, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr[-2000:]
    executed = nbformat.read(result, as_version=4)
    sections = [
        output
        for cell in executed.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if MIMETYPE in output.get("data", {})
    ]
    assert len(sections) == len(SECTIONS[briefing.notebook])
    page = (site / "reports" / briefing.page).read_text(encoding="utf-8")
    assert render(executed, briefing=briefing, root=site) == page


# Parameters that are right: those of a notebook alone, and those of all.
GIVEN: dict[str, dict[str, Any]] = {
    "topic_comparison": {"topic": "5g", "cities": None},
    "cascade": {"cities": None},
    "city_briefing": {"city": "jinan"},
    "deadline_calendar": {"cities": None},
}
SOUND = {"lang": "zh", "as_of": "2026-11-21"}


def problem(column: str, found: str, expected: str) -> tuple[str, str, str, str]:
    return column, found, expected, "correct the parameter"


LANG = problem("lang", "fr", "zh or en")
DAY = problem("as_of", "yesterday", "a date as 2026-11-21")


@pytest.mark.parametrize(
    ("notebook", "wrong", "told"),
    [
        (
            "topic_comparison",
            {"topic": "5gg", "cities": ["jinnan", "dezhou"]},
            [problem("topic", "5gg", "5g"), LANG, problem("cities", "jinnan", "jinan"), DAY],
        ),
        ("cascade", {"cities": ["jinnan", "dezhou"]}, [LANG, problem("cities", "jinnan", "jinan"), DAY]),
        ("city_briefing", {"city": "jinnan"}, [problem("city", "jinnan", "jinan"), LANG, DAY]),
        (
            "deadline_calendar",
            {"cities": ["jinnan", "dezhou"]},
            [LANG, problem("cities", "jinnan", "jinan"), DAY],
        ),
    ],
)
def test_wrong_parameters_are_told_all_at_once(
    book: Book, notebook: str, wrong: dict[str, Any], told: list[tuple[str, str, str, str]]
) -> None:
    with pytest.raises(CompareError) as error:
        kind(notebook)(book, **wrong, lang="fr", as_of="yesterday")  # type: ignore[call-arg]
    lines = "\n".join(
        f'  {at}. parameters, column {column}: found "{found}"; expected {expected}; {todo}'
        for at, (column, found, expected, todo) in enumerate(told, 1)
    )
    said = f"The briefing cannot be made with these parameters: {len(told)} problems.\n{lines}"
    assert str(error.value) == said


WRONG = [
    ({"topic": "5G"}, "case matters"),
    ({"lang": "ZH"}, "in a language too"),
    ({"as_of": "21.11.2026"}, "another style of date"),
    ({"as_of": ""}, "no date"),
    ({"as_of": "2026-02-30"}, "no such day"),
    ({"cities": ["shandong"]}, "no compared city"),
    ({"cities": "shandong"}, "no compared city, as one text"),
    ({"cities": []}, "no city at all"),
    ({"cities": ["jinan", "jinan"]}, "a city twice"),
    ({"city": ["jinan"]}, "a list for a name"),
    ({"city": "jinan,dezhou"}, "two for one"),
    ({"city": "shandong"}, "no compared city"),
    ({"city": ""}, "no city at all"),
]


@pytest.mark.parametrize(
    ("notebook", "parameter", "reason"),
    [
        pytest.param(notebook, parameter, reason, id=f"{notebook}, {parameter}")
        for notebook, given in GIVEN.items()
        for parameter, reason in WRONG
        if set(parameter) <= set(given | SOUND)
    ],
)
def test_each_wrong_parameter_is_found(
    book: Book, notebook: str, parameter: dict[str, Any], reason: str
) -> None:
    with pytest.raises(CompareError) as error:
        kind(notebook)(book, **GIVEN[notebook] | SOUND | parameter)  # type: ignore[call-arg]
    assert [problem.column for problem in error.value.problems] == list(parameter), reason


def test_cities_may_be_chosen_and_keep_their_order(book: Book) -> None:
    brief = cp.TopicBriefing(book, "5g", "zh", "2026-11-21", ["dezhou", "jinan"])
    assert brief.shown == ["jinan", "dezhou"]
    assert cp.TopicBriefing(book, "5g", "zh", "2026-11-21").shown == book.cities
    assert {cells["city_id"] for cells in brief.rows.values()} == {"jinan", "dezhou"}
    assert {city for row in brief.grid for city in [cell.city_id for cell in row.cells]} == {
        "jinan",
        "dezhou",
    }
