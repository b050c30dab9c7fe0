"""What a user asks for, tried at every door that takes it: days, cities, and the parameters of notebooks."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd
import pytest

import compare as cp
from compare.__main__ import main
from compare.analysis import schedule
from compare.asked import refuse_other_parameters
from compare.build import run
from compare.build.engine import FORK
from compare.build.plan import Briefing, plan, read_edition
from compare.errors import CompareError, UnknownName
from compare.outputs.document import document_page
from compare.outputs.workbook.book import workbook
from compare.project import SOURCES
from compare.tables.book import Book

DAY = "2026-11-21"

# ── days ───────────────────────────────────────────────────────────────────────

NO_DAYS = [
    ("20261121", "a day without its marks"),
    (20261121, "a number"),
    (2026.1121, "a fraction"),
    ("2026-13-01", "no such month"),
    ("2026-02-30", "no such day"),
    ("2026-11-21T00:00", "a moment"),
    ("2026-11-21 ", "a blank behind it"),
    ("2026-W47-6", "a day of a week, which ISO allows too"),
    ("2026-325", "a day of a year, which ISO allows too"),
    ("2026-1-1", "single digits"),
    ("2026/11/21", "a spreadsheet's day"),
    ("21.11.2026", "the day first"),
    ("２０２６-１１-２１", "digits of full width"),
    ("2022年年底", "a day as the plans say it"),
    ("2020年12月底", "a day as the draft says it"),
    ("tomorrow", "a day that moves"),
    ("", "nothing"),
    (None, "nothing at all"),
    (True, "yes"),
    (["2026-11-21"], "a list"),
    (datetime.datetime(2026, 11, 21), "a moment of Python's"),
    (pd.Timestamp(DAY), "a moment of pandas'"),
    (np.datetime64(DAY), "a day of numpy's"),
    ("0026-11-21", "a year with two digits"),
    ("9999-12-31", "a day that never comes"),
]
BY_DAY: dict[str, Callable[[Book, Any], Any]] = {
    "attainment": lambda book, day: cp.attainment(book, day),
    "schedule": lambda book, day: cp.schedule(book, day),
    "coded schedule": lambda book, day: schedule.schedule(book, day),
    "notebook": lambda book, day: cp.check_parameters(book, as_of=day),
    "page of a document": lambda book, day: document_page(book, next(iter(book.documents)), "en", day, "1"),
    "workbook": lambda book, day: workbook(book, day, "1"),
}


@pytest.mark.parametrize("door", BY_DAY)
def test_a_day_has_one_form_at_every_door(book: Book, door: str) -> None:
    for day, reason in NO_DAYS:
        with pytest.raises(CompareError) as error:
            BY_DAY[door](book, day)
        (problem,) = error.value.problems
        said = (
            f'parameters, column as_of: found "{day}"; expected a date as 2026-11-21; correct the parameter'
        )
        assert str(problem) == said, reason


@pytest.mark.parametrize("door", ["attainment", "schedule", "coded schedule"])
def test_a_date_is_a_day_as_well(book: Book, door: str) -> None:
    made = [BY_DAY[door](book, day) for day in (DAY, datetime.date.fromisoformat(DAY))]
    pd.testing.assert_frame_equal(*made)


def test_a_notebook_takes_a_date_and_a_section_tells_it_as_the_text(book: Book) -> None:
    days = (DAY, datetime.date.fromisoformat(DAY))
    documents = cp.documents(book)
    for day in days:
        cp.check_parameters(book, as_of=day)
    told = [cp.sections.method(documents, day, "", "cascade", "en", "cascade") for day in days]
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("said", "found", "reason"),
    [
        ("20261121", "20261121", "a number"),
        ('"20261121"', "20261121", "a day without its marks"),
        ("2026-13-01", "2026-13-01", "no such month"),
        ('"2026-02-30"', "2026-02-30", "no such day"),
        ("tomorrow", "tomorrow", "a day that moves"),
        ("2026-11-21T00:00:00", "2026-11-21T00:00:00", "a moment"),
        ("2022年年底", "2022年年底", "a day as the plans say it"),
        ('""', "", "nothing"),
        ("", "", "nothing at all"),
        ("[2026-11-21]", "a list", "a list"),
    ],
)
def test_the_day_of_an_edition_has_one_form(
    project: Path, capsys: pytest.CaptureFixture[str], said: str, found: str, reason: str
) -> None:
    edition = project / "data" / "curated" / "edition.yaml"
    kept = [line for line in edition.read_text(encoding="utf-8").splitlines() if "as_of:" not in line]
    edition.write_text("\n".join([*kept, f"as_of: {said}", ""]), encoding="utf-8")
    assert main(["build", "--why", "--root", str(project)]) == 1
    words = f'data/curated/edition.yaml, column as_of: found "{found}"; expected a date as 2026-11-21;'
    assert words in capsys.readouterr().err, reason


@pytest.mark.parametrize("said", ["2026-11-21", '"2026-11-21"', "'2026-11-21'  # the day of the edition"])
def test_the_day_of_an_edition_may_stand_with_or_without_marks(project: Path, said: str) -> None:
    edition = project / "data" / "curated" / "edition.yaml"
    kept = [line for line in edition.read_text(encoding="utf-8").splitlines() if "as_of:" not in line]
    edition.write_text("\n".join([*kept, f"as_of: {said}", ""]), encoding="utf-8")
    assert read_edition(project)["as_of"] == DAY


# ── cities ─────────────────────────────────────────────────────────────────────

BY_CITY: dict[str, Callable[[Book, Any], pd.DataFrame]] = {
    "figures": lambda book, city: cp.figures(book, "5g", city),
    "cities": lambda book, city: cp.cities(book, "5g", city),
    "documents": lambda book, city: cp.documents(book, "5g", city),
    "table": lambda book, city: cp.table(book, "5g", city),
    "per_head": lambda book, city: cp.per_head(book, "5g", city),
    "commitments": lambda book, city: cp.commitments(book, city),
    "places_compared": lambda book, city: pd.DataFrame(cp.places_compared(book, city)),
    "where": lambda book, city: cp.where(book.targets, city=city),
    "align": lambda book, city: cp.align(book, book.indicators["indicator_id"].iloc[0], city=city),
    "pairs": lambda book, city: cp.pairs(book, cp.rankable(book)[0], city),
    "not_comparable": lambda book, city: cp.not_comparable(book, topic="5g", city=city),
    "coverage": lambda book, city: cp.coverage(book, "5g", city),
    "tally": lambda book, city: cp.tally(book, "5g", city),
    "mean_bounds": lambda book, city: cp.mean_bounds(book, cp.rankable(book)[0], 2022, city),
    "ranks": lambda book, city: cp.ranks(book, cp.rankable(book)[0], city),
    "promised": lambda book, place: cp.promised(book, place),
    "cascade": lambda book, place: cp.cascade(book, place),
    "attainment": lambda book, place: cp.attainment(book, DAY, place),
    "schedule": lambda book, city: cp.schedule(book, DAY, city),
    "coded schedule": lambda book, city: schedule.schedule(book, DAY, city),
    "editions": lambda book, city: cp.editions(book, city),
    "taken_up": lambda book, city: cp.taken_up(book, city),
    "commitment_changes": lambda book, city: cp.commitment_changes(book, city),
    "indicator_changes": lambda book, city: cp.indicator_changes(book, city),
}
# How two cities may be asked for, besides a list of them.
FORMS: list[tuple[Callable[[str, str], Any], str]] = [
    (lambda a, b: f"{a},{b}", "a text with a comma"),
    (lambda a, b: f" {a}, {b} ", "a text with a comma and blanks"),
    (lambda a, b: f"{a}、{b}", "a text with a Chinese comma"),
    (lambda a, b: (a, b), "a tuple"),
    (lambda a, b: iter([a, b]), "what can be read once"),
    (lambda a, b: pd.Series([a, b]), "a column"),
]
WRONG: list[tuple[Callable[[str, str], Any], str]] = [
    (lambda a, b: [a, a], "one twice in a list"),
    (lambda a, b: f"{a},{b},{a}", "one twice in a text"),
    (lambda a, b: [], "none"),
    (lambda a, b: "", "none, as a text"),
    (lambda a, b: " , ", "none between commas"),
    (lambda a, b: [a, b + "n"], "one misspelt in a list"),
    (lambda a, b: f"{a},{b}n", "one misspelt in a text"),
    (lambda a, b: a.upper(), "capitals"),
    (lambda a, b: [a, None], "nothing among them"),
    (lambda a, b: 5, "a number"),
    (lambda a, b: [[a, b]], "a list in a list"),
    (lambda a, b: a + b, "two run together"),
]


def two(book: Book) -> tuple[str, str]:
    """Return two cities, in the order of their codes; the last one has more than one document."""
    return book.cities[0], book.cities[-1]


@pytest.mark.parametrize("door", BY_CITY)
def test_cities_are_understood_however_they_are_listed(book: Book, door: str) -> None:
    first, second = two(book)
    told = BY_CITY[door](book, [first, second])
    # It takes a second each time; the first form and what can be read once are the ones that went wrong.
    for form, reason in FORMS[::4] if door == "indicator_changes" else FORMS:
        made = BY_CITY[door](book, form(first, second))
        pd.testing.assert_frame_equal(made, told, obj=reason)
    one = BY_CITY[door](book, second)
    pd.testing.assert_frame_equal(one, BY_CITY[door](book, [second]))


@pytest.mark.parametrize("door", [*BY_CITY, "notebook"])
def test_cities_that_cannot_be_meant_are_refused(book: Book, door: str) -> None:
    first, second = two(book)
    for form, reason in WRONG:
        with pytest.raises(CompareError) as error:
            (BY_CITY | {"notebook": checked})[door](book, form(first, second))
        said = str(error.value)
        if "misspelt" in reason:
            assert second in said and f'"{second}n"' in said, reason
        if "twice" in reason:
            assert "twice" in said and "once" in said or "more than once" in said, (reason, said)
        if reason.startswith("none"):
            assert "at least one" in said, (reason, said)


def checked(book: Book, cities: Any) -> None:
    cp.check_parameters(book, cities=cities)


def test_a_notebook_takes_cities_as_its_frames_do(book: Book) -> None:
    first, second = two(book)
    for form, reason in FORMS:
        checked(book, form(first, second))
        shown = cp.cities(book, "5g", form(first, second))["city_id"].tolist()
        assert shown == [first, second], reason
    for cities in (second, None):
        checked(book, cities)
    assert cp.cities(book, "5g", second)["city_id"].tolist() == [second]
    assert cp.cities(book, "5g", None)["city_id"].tolist() == book.cities


def test_what_is_held_in_ranking_is_listed_in_the_same_ways(book: Book) -> None:
    item = cp.rankable(book)[0]
    told = cp.ranks(book, item, hold=["normaliser", "bound"])
    pd.testing.assert_frame_equal(cp.ranks(book, item, hold="normaliser, bound"), told)
    with pytest.raises(UnknownName, match='There is no choice "normalizer"; did you mean normaliser'):
        cp.ranks(book, item, hold="normalizer")


# ── parameters of a notebook ───────────────────────────────────────────────────

DEFAULTS = 'topic = "5g"\nlang = "zh"\nas_of = "2026-11-21"\ncities = None'
KNOWN = ["topic", "lang", "as_of", "cities"]
LOAD = "import compare as cp\nbook = cp.load()\ncp.check_parameters(book, topic=topic, lang=lang)"


@pytest.mark.parametrize(
    ("cells", "refused", "reason"),
    [
        ([DEFAULTS, LOAD], {}, "the defaults"),
        ([DEFAULTS, '# Parameters\ntopic = "open_data"'], {}, "a known name put in"),
        ([DEFAULTS, '# Parameters\ntopc = "open_data"'], {"topc": "topic"}, "an unknown name put in"),
        ([DEFAULTS, '# Parameters\nlang = "en"\ncity = "x"\nasof = ""'], {"city": "cities", "asof": "as_of"},
         "two unknown names"),
        ([DEFAULTS, "# Parameters\nzzz = float('nan')"], {"zzz": "topic or lang or as_of or cities"},
         "nothing near, and no plain value"),
        ([DEFAULTS.replace("topic", "topc"), LOAD], {"topc": "topic"}, "a slip in the defaults"),
        ([f'{DEFAULTS}\ntopcs: str = "5g"'], {"topcs": "topic"}, "one more in the defaults, with a type"),
        ([f"# the topic\n{DEFAULTS}", "x = 3", LOAD], {}, "a cell of the user's own"),
        ([DEFAULTS, LOAD, 'cities = ["a"]\nrows = cp.where(book.targets, city=cities)', LOAD], {},
         "a cell of the user's own that sets a parameter and works with it"),
        ([DEFAULTS, '# Parameters\ntopc = "5g"', LOAD, '# Parameters\ntopic = "5g"', LOAD], {}, "mended"),
        ([DEFAULTS, '# Parameters\ntopc = "5g"', LOAD, DEFAULTS, LOAD], {}, "left out, and run again"),
        ([DEFAULTS.replace("topic", "topc"), LOAD, DEFAULTS, LOAD], {}, "the defaults mended"),
        (["%matplotlib inline", DEFAULTS, "this is = no code"], {}, "cells that cannot be read"),
        ([], {}, "no cell at all"),
    ],
)  # fmt: skip
def test_parameters_set_in_a_notebook_are_those_it_takes(
    cells: list[str], refused: dict[str, str], reason: str
) -> None:
    try:
        refuse_other_parameters(cells, KNOWN)
        told = {}
    except CompareError as error:
        told = {one.found: one.expected for one in error.problems}
    assert told == refused, reason


SAID = 'parameters: found "topc"; expected topic; correct the name'


def notebook_of(root: Path, name: str) -> Briefing:
    return next(one for one in plan(root) if one.notebook == name and one.lang == "en")


@pytest.mark.parametrize("name", sorted({one.notebook for one in plan(SOURCES.parent)}))
def test_every_notebook_refuses_what_it_does_not_take(root: Path, tmp_path: Path, name: str) -> None:
    """With the engine of the build, but without the check that the build makes beforehand."""
    planned = notebook_of(root, name)
    (tmp_path / "notebooks").symlink_to(root / "notebooks")
    typed = Briefing("typo", name, planned.parameters | {"langs": "en", "citis": ["x"]}, "en")
    with pytest.raises(Exception, match=r'found "langs"; expected lang') as error, run.environment(tmp_path):
        run.execute(tmp_path, typed, FORK)
    assert 'found "citis"; expected cit' in str(error.value)


def test_a_stock_papermill_is_stopped_with_a_sentence(root: Path, tmp_path: Path) -> None:
    """From the command line, as a person would type it."""
    result = tmp_path / "executed.ipynb"
    notebook = root / "notebooks" / "topic_comparison.ipynb"
    line = [sys.executable, "-m", "papermill", "-k", "python3", "--no-progress-bar", "-p", "topc", "5g"]
    settings = {
        "PYTHONPATH": str(SOURCES),
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
    }
    done = subprocess.run(
        [*line, "--cwd", str(notebook.parent), str(notebook), str(result)],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode != 0
    assert SAID in done.stderr
    failed = [
        output
        for cell in nbformat.read(result, as_version=4).cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "error"
    ]
    assert [output.ename for output in failed] == ["CompareError"]
    # What a reader sees in Jupyter is the sentence, not the way through the library.
    assert "".join(failed[0].traceback).count("\n") == 1


def test_outside_of_a_notebook_what_else_is_set_is_not_asked_for(book: Book) -> None:
    code = (
        "import compare as cp; topc = 1; book = cp.load()\n"
        "cp.check_parameters(book, topic='5g', lang='en', cities=None)"
    )
    line = [sys.executable, "-c", code]
    done = subprocess.run(
        line, cwd=book.root, env=os.environ | {"PYTHONPATH": str(SOURCES)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
