"""Names from tables, parameters and the portfolio stay in the folder in which they are looked for."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from compare.build.cut import cuts
from compare.build.inputs import shared_files
from compare.build.plan import Briefing
from compare.build.portfolio import read_portfolio
from compare.build.site import survey
from compare.errors import CompareError
from compare.project import inside
from compare.tables.book import open_book, quoted_csv
from compare.texts import source
from made_up.tables import change_rows, read_rows

ROOT = Path(__file__).resolve().parents[1]
NAMES = [
    ("a.txt", True, "a file"),
    ("a/b.txt", True, "a file in a folder"),
    ("甲/乙 1.txt", True, "in Chinese, with a blank"),
    ("a..b", True, "two dots in a name"),
    ("..", False, "the folder above"),
    ("../a.txt", False, "beside it"),
    ("a/../../b.txt", False, "out by a way in"),
    ("a/../b.txt", False, "in by a way out"),
    ("/etc/passwd", False, "from the root"),
    ("C:/a.txt", False, "a drive of Windows"),
    ("C:a.txt", False, "a place on a drive"),
    ("\\\\server\\share\\a.txt", False, "another machine"),
    ("..\\a.txt", False, "above, in the spelling of Windows"),
    ("a\\b.txt", False, "a file on one system, a folder on another"),
    ("a.txt:b", False, "a stream of a file"),
    ("a*.txt", False, "what Windows takes for many"),
    ("", False, "nothing"),
    (".", False, "the folder itself"),
    ("a\0b", False, "nothing at all, in a name"),
    ("a\nb", False, "a line end"),
    ("a\u202eb", False, "what nobody sees"),
    ("a" * 250, False, "longer than a disk takes"),
    ("out/passwd", False, "a link that leads out"),
    ("round/a.txt", False, "a link to itself"),
    ("in/b.txt", True, "a link that stays"),
]


@pytest.mark.parametrize(("name", "stays", "reason"), NAMES, ids=[one[2] for one in NAMES])
def test_a_name_leads_into_the_folder_or_nowhere(tmp_path: Path, name: str, stays: bool, reason: str) -> None:
    folder = tmp_path / "raw"
    (folder / "a").mkdir(parents=True)
    for link, leads in (("out", "/etc"), ("round", "round"), ("in", "a")):
        (folder / link).symlink_to(leads)
    assert inside(folder, name) == (folder / name if stays else None), reason


def elsewhere(project: Path, name: str) -> None:
    """Have the first document stand under another path."""
    rows = read_rows(project, "sources")
    first = next(row for row in rows if row["path"])["source_id"]
    change_rows(project, "sources", lambda row: row | {"path": name} if row["source_id"] == first else row)


def linked(project: Path) -> None:
    (project / "data/raw/x.txt").symlink_to("/etc/hostname")
    elsewhere(project, "x.txt")


def piped(project: Path) -> None:
    os.mkfifo(project / "data/raw/x.txt")
    elsewhere(project, "x.txt")


def huge(project: Path) -> None:
    with (project / "data/raw/x.txt").open("wb") as file:
        file.truncate(50_000_000)
    elsewhere(project, "x.txt")


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (lambda project: elsewhere(project, "../curated/sources.csv"), "../curated/sources.csv"),
        (lambda project: elsewhere(project, "/etc/passwd"), "/etc/passwd"),
        (lambda project: elsewhere(project, "C:\\x.txt"), "C:\\x.txt"),
        (linked, "x.txt"),
        pytest.param(
            piped, "no file", marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
        ),
        (huge, "50,000,000 bytes"),
    ],
    ids=["above", "root", "drive", "link", "pipe", "fifty megabytes"],
)
def test_a_document_is_a_file_of_data_raw(project: Path, place: Callable[[Path], None], found: str) -> None:
    place(project)
    problems = open_book(project)[1]
    assert found in [problem.found for problem in problems]


def test_the_longest_document_is_far_below_the_bound() -> None:
    longest = max(path.stat().st_size for path in (ROOT / "data" / "raw").rglob("*.txt"))
    assert longest * 20 < source.LARGEST


@pytest.mark.parametrize("name", ["../../x.zh", "/tmp/x.zh", "a\\b", "x" * 300])
def test_no_page_leaves_its_folder_and_nothing_there_is_removed(project: Path, name: str) -> None:
    beside = project / "x.zh.html"
    beside.write_text("mine")
    with pytest.raises(CompareError) as told:
        survey(project, lambda _root: [Briefing(name, "a", {}, "zh")])
    assert [problem.found for problem in told.value.problems] == [f"{name}.html"]
    assert beside.read_text() == "mine"


def test_an_id_that_leads_out_is_told_before_anything_is_removed(project: Path) -> None:
    from compare.build.takeaways import takeaways

    first = next(row for row in read_rows(project, "sources") if row["path"])["source_id"]
    path = project / "data/curated/sources.csv"
    path.write_bytes(path.read_bytes().replace(f'"{first}"'.encode(), b'"../../../mine"', 1))
    mine = project.parent / "mine.zh.html"
    mine.write_text("mine")
    with pytest.raises(CompareError, match="sources/../../../mine.zh.html"):
        survey(project, lambda _root: [], takeaways)
    assert mine.read_text() == "mine"


@pytest.mark.parametrize(
    "entry",
    [
        "{notebook: ../a, name: b}",
        "{notebook: a, name: ../b}",
        "{notebook: a, name: /b}",
        '{notebook: a, name: "b\\u202e"}',
    ],
)
def test_the_portfolio_names_files(tmp_path: Path, entry: str) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/briefings.yaml").write_text(f"- {entry}\n", encoding="utf-8")
    with pytest.raises(CompareError, match="expected a name of a file"):
        read_portfolio(tmp_path)


@pytest.mark.parametrize("lang", ["lang=../../x", "lang=fr", 'lang=["zh"]', "lang=5"])
def test_a_briefing_of_ones_own_is_in_a_language_that_there_is(lang: str) -> None:
    with pytest.raises(CompareError, match="There is no such language"):
        cuts(ROOT, "topic_comparison", [lang])


@pytest.mark.parametrize("value", ["../../x", "/etc/passwd", "x" * 5_000, "a\\b", "..\n.."])
def test_values_become_names_without_ways(value: str) -> None:
    names = [one.page for one in cuts(ROOT, "topic_comparison", [f"topic={value}"])]
    assert all(inside(ROOT, name) == ROOT / name and "/" not in name for name in names)


@pytest.mark.parametrize(
    "said",
    ["[" * 100_000, "5", "{}", '{"cells": 5}', '{"cells": [5]}', '{"cells": [{"metadata": 5}]}', "\xff",
     '{"cells": [{"metadata": {"tags": ["parameters"]}, "source": "' + "-" * 200_000 + '1"}]}',
     '{"cells": [{"metadata": {"tags": ["parameters"]}, "source": "' + "(" * 200_000 + '"}]}'],
    ids=["depth", "number", "nothing", "no cells", "a cell", "no tags", "no JSON", "signs", "brackets"],
)  # fmt: skip
def test_a_notebook_that_is_none_is_told(tmp_path: Path, said: str) -> None:
    (tmp_path / "mine.ipynb").write_text(said, encoding="latin-1")
    with pytest.raises(CompareError, match="expected a notebook that can be read"):
        cuts(ROOT, str(tmp_path / "mine.ipynb"), ["topic=x"])


def test_links_among_the_inputs_lead_neither_round_nor_out(project: Path) -> None:
    before = shared_files(project).by_name
    (project / "data/raw/round").symlink_to(".")
    (project / "data/raw/up").symlink_to("..")
    (project / "data/raw/out").symlink_to("/usr")
    assert shared_files(project).by_name == before


@pytest.mark.usefixtures("usual_csv")
def test_a_table_that_is_none_ends_the_plan_in_words(project: Path) -> None:
    from compare.build.plan import plan

    topics = project / "data/curated/topics.csv"
    topics.write_text(quoted_csv([["topic_id"]]) + '"' + "x\n" * 100_000)
    with pytest.raises(CompareError, match="topics.csv, row .*field larger than field limit"):
        plan(project)


def test_workbooks_of_others_are_read_in_one_place() -> None:
    """Who brings in another reader holds it by bombs, as tests/build/test_bombs.py holds this one."""
    readers = re.compile(
        r"load_workbook|read_excel|read_xml|read_html|etree|minidom|\bsax\b|expat|ZipFile\(\w+\)"
    )
    found = [path.name for path in (ROOT / "src").rglob("*.py") if readers.search(path.read_text("utf-8"))]
    assert found == ["altered.py"]
    # Whoever opens one in a notebook all the same has openpyxl refuse entities.
    assert openpyxl.DEFUSEDXML
