"""The notebook: short, without code of its own, and good for any engine."""

from __future__ import annotations

import ast
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
from compare.briefings.page import render
from compare.briefings.pieces import MIMETYPE
from compare.briefings.plan import plan
from compare.errors import CompareError
from compare.tables.book import Book

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
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
def cells(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(request.param.read_bytes())["cells"]
    return found


def code(cells: list[dict[str, Any]]) -> list[str]:
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def test_it_is_committed_without_outputs(cells: list[dict[str, Any]]) -> None:
    for cell in cells:
        assert cell.get("outputs", []) == [] and cell.get("execution_count") is None
        assert set(cell["metadata"]) <= {"tags"}, "an editor left its traces"


def test_it_is_short(cells: list[dict[str, Any]]) -> None:
    assert len(cells) <= 20
    assert all(len(source.strip().splitlines()) <= 8 for source in code(cells))


def test_it_has_one_cell_of_parameters(cells: list[dict[str, Any]]) -> None:
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    names = [target.id for line in ast.parse("".join(tagged[0]["source"])).body for target in line.targets]  # type: ignore[attr-defined]
    assert names == ["topic", "lang", "as_of", "cities"]


def test_it_has_no_code_of_its_own(cells: list[dict[str, Any]]) -> None:
    for source in code(cells):
        nodes = list(ast.walk(ast.parse(source)))
        assert not [node for node in nodes if isinstance(node, FORBIDDEN)], source
        imports = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
        assert set(imports) <= {"compare"} and not any(isinstance(node, ast.ImportFrom) for node in nodes)
        calls = [
            node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        ]
        assert calls == [], "a notebook calls what the library offers, and nothing else"
        texts = [
            node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert not [text for text in texts if "/" in text or "\\" in text or re.search(r"\.\w{2,4}$", text)]


def test_it_says_what_every_part_is_for(cells: list[dict[str, Any]]) -> None:
    assert "".join(cells[0]["source"]).startswith("# ") and cells[0]["cell_type"] == "markdown"
    runs = "".join("c" if cell["cell_type"] == "code" else "m" for cell in cells)
    assert "cccc" not in runs, "four cells of code in a row read as a program"


def test_every_section_of_the_briefing_is_called(cells: list[dict[str, Any]]) -> None:
    called = re.findall(r"^brief\.(\w+)\(\)$", "\n".join(code(cells)), re.MULTILINE)
    assert called == [
        "lead",
        "comparability",
        "values",
        "timeline",
        "table",
        "per_capita",
        "sentences",
        "searches",
        "method",
    ]


def test_its_defaults_are_those_of_the_edition(cells: list[dict[str, Any]]) -> None:
    defaults: dict[str, object] = {}
    tagged = next(cell for cell in cells if "parameters" in cell["metadata"].get("tags", []))
    for line in ast.parse("".join(tagged["source"])).body:
        assert isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)
        defaults[line.targets[0].id] = ast.literal_eval(line.value)
    edition = yaml.safe_load((ROOT / "data/curated/edition.yaml").read_bytes())
    assert defaults["as_of"] == str(edition["as_of"])
    assert defaults["cities"] == next(iter(plan(ROOT))).parameters["cities"]


def test_a_stock_papermill_makes_the_same_page(site: Path, tmp_path: Path) -> None:
    """Without the fast engine, from the command line, with the parameters as a person would type them."""
    briefing = next(one for one in plan(site) if one.name == "topic-5g.en")
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
    assert len(sections) == 9
    page = (site / "reports" / briefing.page).read_text(encoding="utf-8")
    assert render(executed, briefing=briefing, root=site) == page


def test_wrong_parameters_are_told_all_at_once(book: Book) -> None:
    with pytest.raises(CompareError) as error:
        cp.TopicBriefing(book, "5gg", "fr", "yesterday", ["jinnan", "dezhou"])
    assert str(error.value) == (
        "The briefing cannot be made with these parameters: 4 problems.\n"
        '  1. parameters, column topic: found "5gg"; expected 5g; correct the parameter\n'
        '  2. parameters, column lang: found "fr"; expected zh or en; correct the parameter\n'
        '  3. parameters, column cities: found "jinnan"; expected jinan; correct the parameter\n'
        '  4. parameters, column as_of: found "yesterday"; expected a date as 2026-11-21; '
        "correct the parameter"
    )


@pytest.mark.parametrize(
    ("parameters", "column"),
    [
        (("5G", "zh", "2026-11-21", []), "topic"),
        (("5g", "ZH", "2026-11-21", []), "lang"),
        (("5g", "zh", "21.11.2026", []), "as_of"),
        (("5g", "zh", "", []), "as_of"),
        (("5g", "zh", "2026-02-30", []), "as_of"),
        (("5g", "zh", "2026-11-21", ["shandong"]), "cities"),
    ],
    ids=[
        "case matters",
        "in a language too",
        "another style of date",
        "no date",
        "no such day",
        "no compared city",
    ],
)
def test_each_wrong_parameter_is_found(book: Book, parameters: tuple[Any, ...], column: str) -> None:
    with pytest.raises(CompareError) as error:
        cp.TopicBriefing(book, *parameters)
    assert [problem.column for problem in error.value.problems] == [column]


def test_cities_may_be_chosen_and_keep_their_order(book: Book) -> None:
    brief = cp.TopicBriefing(book, "5g", "zh", "2026-11-21", ["dezhou", "jinan"])
    assert brief.shown == ["jinan", "dezhou"]
    assert cp.TopicBriefing(book, "5g", "zh", "2026-11-21").shown == book.cities
    assert {cells["city_id"] for cells in brief.rows.values()} == {"jinan", "dezhou"}
    assert {city for row in brief.grid for city in [cell.city_id for cell in row.cells]} == {
        "jinan",
        "dezhou",
    }
