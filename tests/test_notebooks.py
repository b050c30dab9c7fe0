"""The notebooks: short, without code of their own, good for any engine, and made of the frames they show."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup

import compare
import compare as cp
from compare.build.page import frame_of, page_of, sections_of
from compare.build.plan import Briefing, plan
from compare.errors import CompareError
from compare.outputs.page import html_page
from compare.sections.section import Chart, Section, parts, runs
from compare.tables.book import Book
from every_page import run_notebook

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PLANNED = plan(ROOT)
# What a notebook may call by a bare name: Jupyter's own, and the length of a frame.
BARE = {"display", "len"}
# The sections of each page in their order.
SECTIONS = {
    "topic_comparison": (
        *("topic_lead", "questions", "ordered", "comparability", "values", "timeline", "table", "per_capita"),
        *("worded", "above", "ranked", "attained", "sentences", "elsewhere", "searches", "method"),
    ),
    "cascade": (
        *("cascade_lead", "above", "ranked", "untaken", "attained"),
        *("sentences", "elsewhere", "method"),
    ),
    "city_briefing": (
        *("city_lead", "questions", "promises", "silences", "instruments", "deadlines", "city_above"),
        *("outcomes", "editions", "agencies", "sentences", "elsewhere", "method"),
    ),
    "deadline_calendar": (
        *("calendar_lead", "due_halves", "due_topics", "due_agencies", "due_days", "recurring"),
        *("undated", "calendar_files", "sentences", "method"),
    ),
}
# What compares, each called by some notebook: together they teach the library.
COMPARING = (
    *("figures", "align", "pairs", "ranks", "mean_bounds", "tally", "cascade", "attainment"),
    *("indicator_changes", "commitment_changes", "taken_up", "schedule", "coverage", "evidence"),
)
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
    return read(path)


def read(path: Path) -> list[dict[str, Any]]:
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
    # Where no city is named the notebook takes those of the book, which are the ones that are passed.
    every = {"cities": cp.load(ROOT).cities} if given.get("cities", ...) is None else {}
    assert given | every in passed


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
        assert calls <= BARE, "a notebook calls what the library offers, and nothing else"
        texts = [
            node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert not [text for text in texts if "/" in text or "\\" in text or re.search(r"\.\w{2,4}$", text)]


def test_it_says_what_every_part_is_for(cells: list[dict[str, Any]]) -> None:
    assert "".join(cells[0]["source"]).startswith("# ") and cells[0]["cell_type"] == "markdown"
    runs = "".join("c" if cell["cell_type"] == "code" else "m" for cell in cells)
    assert "cccc" not in runs, "four cells of code in a row read as a program"


def calls(source: str, of: str) -> list[ast.Call]:
    """Return the calls of functions under a dotted name, in the order in which they are written."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    held = [node for node in found if re.fullmatch(rf"{of}\.\w+", ast.unparse(node.func))]
    return sorted(held, key=lambda node: (node.lineno, node.col_offset))


def called(source: str, of: str) -> list[str]:
    return [ast.unparse(node.func).rpartition(".")[2] for node in calls(source, of)]


def test_every_section_of_its_page_is_shown_once(path: Path, cells: list[dict[str, Any]]) -> None:
    assert tuple(called("\n".join(code(cells)), "cp.sections")) == SECTIONS[path.stem]
    # A section counts only where the notebook displays it: last in its cell, or in a display of its own.
    for source in code(cells):
        *before, last = ast.parse(source).body
        assert not any("cp.sections." in ast.unparse(line) for line in before), source
        if "cp.sections." in ast.unparse(last):
            assert isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)
            assert ast.unparse(last.value.func) == "display" or last.value in calls_of(last), source


def calls_of(line: ast.stmt) -> list[ast.AST]:
    return [node for node in ast.walk(line) if ast.unparse(node).startswith("cp.sections.")]


def test_a_section_is_made_of_frames_and_never_of_the_book(cells: list[dict[str, Any]]) -> None:
    for node in calls("\n".join(code(cells)), "cp.sections"):
        given = [*node.args, *(one.value for one in node.keywords)]
        assert not [one for one in given if isinstance(one, ast.Name) and one.id == "book"], ast.unparse(node)


def test_every_step_shows_a_frame_or_a_section(cells: list[dict[str, Any]]) -> None:
    """A cell that only prepares would hide what the next one draws; loading is the one that may."""
    silent = []
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and not isinstance(ast.parse(source).body[-1], ast.Expr):
            silent.append(cell["id"])
    assert silent == ["parameters"]


def test_the_notebooks_call_every_function_that_compares() -> None:
    made = {name for path in NOTEBOOKS for source in code(read(path)) for name in called(source, "cp")}
    assert set(COMPARING) - made == set()


def test_it_checks_the_parameters_that_it_takes(cells: list[dict[str, Any]]) -> None:
    checks = [one for one in calls("\n".join(code(cells)), "cp") if "check_parameters" in ast.unparse(one)]
    assert [[ast.unparse(arg) for arg in one.args] for one in checks] == [["book"]]
    passed = {str(one.arg): ast.unparse(one.value) for one in checks[0].keywords}
    assert passed == {name: name for name in parameters(cells)}


# ── what a cell holds is what is drawn ─────────────────────────────────────────

TOPIC_PAGE = next(one for one in PLANNED if one.name == "topic-5g.en")


@pytest.fixture(scope="module")
def usual(book: Book) -> list[Section]:
    """Return the sections of the topic 5G as its notebook makes them."""
    return run_notebook(ROOT, book, TOPIC_PAGE)


def places(sections: list[Section]) -> set[str]:
    return {run.place for run in runs(sections) if run.place}


def edited(folder: Path, cell: str, line: str) -> Briefing:
    """Return the briefing of the topic 5G from a copy of its notebook with a line added to one cell."""
    notebook = json.loads((ROOT / TOPIC_PAGE.source).read_bytes())
    [one] = [one for one in notebook["cells"] if one["id"] == cell]
    first, _, rest = "".join(one["source"]).partition("\n")
    one["source"] = f"{first}\n{line}\n{rest}"
    path = folder / "topic_comparison.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return replace(TOPIC_PAGE, path=path)


def test_a_city_dropped_from_a_frame_is_dropped_from_what_is_made_of_it(
    book: Book, usual: list[Section], tmp_path: Path
) -> None:
    """Without its figures a city is in no section but that of pledges in words, which has its own frame."""
    before = {one.key: one for one in usual}
    # One that puts numbers to the topic in its own documents.
    dropped = max(places([before["percapita"]]) & set(book.cities))
    planned = edited(tmp_path, "figures", f'figures = figures[figures["place_id"] != "{dropped}"]')
    sections = run_notebook(ROOT, book, planned)
    after = {one.key: one for one in sections}
    told = {name for name, one in before.items() if dropped in places([one])}
    assert told >= {"lead", "values", "timeline", "table", "percapita", "above"}
    assert {name for name, one in after.items() if dropped in places([one])} == {"worded"}
    lead = {run.row for run in runs([before["lead"]]) if run.row.startswith("t-")}
    gone = set(book.targets.loc[book.targets["city_id"] == dropped, "target_id"])
    assert lead & gone and not {run.row for run in runs([after["lead"]])} & gone
    frame = frame_of(ROOT, planned)
    pages = [BeautifulSoup(html_page(made, frame), "html.parser") for made in (usual, sections)]
    links = [{link["href"] for link in page.select("a[href]")} for page in pages]
    of_city = {f"#{row}" for row in gone}
    assert links[0] & of_city and not links[1] & of_city


def test_a_value_changed_in_a_frame_is_drawn(book: Book, usual: list[Section], tmp_path: Path) -> None:
    """As it lies in the frame, so it lies on the axis: ten times the value, ten times as far."""
    line = 'figures.loc[figures["indicator_id"] == "base_stations_5g", "value_low"] *= 10'
    sections = run_notebook(ROOT, book, edited(tmp_path, "figures", line))
    assert {1500, 2000} <= drawn_values(usual) and not {15000, 20000} & drawn_values(usual)
    assert {15000, 20000} <= drawn_values(sections)


def drawn_values(sections: list[Section]) -> set[float]:
    """Return what lies as data on the horizontal axes that a reader sees, over the charts of the values."""
    held: set[float] = set()
    for chart in parts([one for one in sections if one.key == "values"], Chart):
        for drawing in chart.drawings:
            figure = json.loads(drawing.figure)
            for trace in figure["data"]:
                axis = figure["layout"][trace.get("xaxis", "x").replace("x", "xaxis")]
                if axis.get("visible", True) and axis.get("showticklabels", True):
                    held |= set(trace["x"])
    return held


def test_the_figures_of_two_cities_lie_on_an_axis_that_is_seen(usual: list[Section]) -> None:
    assert {1500, 2000} <= drawn_values(usual)


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
    sections = sections_of(executed)
    assert 1 < len(sections) <= len(SECTIONS[briefing.notebook])
    page = (site / "reports" / briefing.page).read_text(encoding="utf-8")
    assert page_of(executed, briefing, site) == page


# Parameters that are right: those of a notebook alone, and those of all.
GIVEN: dict[str, dict[str, Any]] = {
    "topic_comparison": {"topic": "5g", "cities": None},
    "cascade": {"cities": None},
    "city_briefing": {"city": "jinan"},
    "deadline_calendar": {"cities": None},
}
SOUND = {"lang": "zh", "as_of": "2026-11-21"}


def check(book: Book, notebook: str, given: dict[str, Any]) -> None:
    """Check parameters as a notebook does, in the order in which it sets them."""
    names = parameters(read(ROOT / "notebooks" / f"{notebook}.ipynb"))
    assert set(names) == set(given)
    cp.check_parameters(book, **{name: given[name] for name in names})


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
            [problem("topic", "5gg", "5g"), LANG, DAY, problem("cities", "jinnan", "jinan")],
        ),
        ("cascade", {"cities": ["jinnan", "dezhou"]}, [LANG, DAY, problem("cities", "jinnan", "jinan")]),
        ("city_briefing", {"city": "jinnan"}, [problem("city", "jinnan", "jinan"), LANG, DAY]),
        (
            "deadline_calendar",
            {"cities": ["jinnan", "dezhou"]},
            [LANG, DAY, problem("cities", "jinnan", "jinan")],
        ),
    ],
)
def test_wrong_parameters_are_told_all_at_once(
    book: Book, notebook: str, wrong: dict[str, Any], told: list[tuple[str, str, str, str]]
) -> None:
    with pytest.raises(CompareError) as error:
        check(book, notebook, wrong | {"lang": "fr", "as_of": "yesterday"})
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
        check(book, notebook, GIVEN[notebook] | SOUND | parameter)
    assert [problem.column for problem in error.value.problems] == list(parameter), reason


@pytest.mark.parametrize("notebook", GIVEN)
def test_right_parameters_are_taken(book: Book, notebook: str) -> None:
    check(book, notebook, GIVEN[notebook] | SOUND)


def test_cities_may_be_chosen_and_stand_in_the_order_asked_for(book: Book) -> None:
    asked = ["dezhou", "jinan"]
    planned = replace(TOPIC_PAGE, parameters=TOPIC_PAGE.parameters | {"cities": asked})
    sections = {one.key: one for one in run_notebook(ROOT, book, planned)}
    heads = [run.place for run in runs([sections["table"]]) if run.place in book.cities]
    assert list(dict.fromkeys(heads)) == asked
    told = [one for name, one in sections.items() if name not in ("attained", "elsewhere")]
    assert places(told) & set(book.cities) == set(asked)
    assert cp.figures(book, "5g")["place_id"].isin(book.cities).any()
    assert set(cp.figures(book, "5g", asked)["place_id"]) & set(book.cities) == set(asked)
