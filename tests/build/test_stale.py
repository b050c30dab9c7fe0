"""Whatever a page is made from makes it stale: tried through the command, on a copy of the whole project.

Nothing is replaced here: the copy's own package finds itself, as the project's does.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from compare.build.run import environment

ROOT = Path(__file__).resolve().parents[2]
NAME = "cascade.en"
PAGE = f"{NAME}.html"
STANDS = f"{PAGE}: nothing has changed\n"
FLOORS = (
    *("language", "texts", "tables", "rules", "coding", "analysis"),
    *("words", "charts", "sections", "outputs", "build"),
)


def one_of(pattern: str) -> str:
    """Return the first file that fits, so that no test depends on how modules and cities are called."""
    return min(path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern))


READ = [
    *(pytest.param(one_of(f"src/compare/{floor}/[a-z]*.py"), id=f"a module of {floor}") for floor in FLOORS),
    pytest.param("src/compare/words/reasons.py", id="the words for what sets figures apart"),
    pytest.param("src/compare/errors.py", id="what stands beside the floors"),
    pytest.param("src/compare/project.py", id="what finds the package"),
    pytest.param("src/compare/__init__.py", id="the door"),
    pytest.param("src/compare/__main__.py", id="the command"),
    pytest.param(one_of("src/compare/outputs/workbook/[a-z]*.py"), id="a module of a folder in a floor"),
    pytest.param("src/compare/outputs/templates/page.html.j2", id="the template"),
    pytest.param("src/compare/outputs/briefing.css", id="the style"),
    pytest.param("src/compare/outputs/briefing.js", id="the script"),
    pytest.param("notebooks/cascade.ipynb", id="its notebook"),
    pytest.param("notebooks/briefings.yaml", id="the portfolio"),
    pytest.param("notebooks/text/cascade.en.md", id="its prose"),
    pytest.param("notebooks/text/common.en.md", id="prose of all"),
    pytest.param("data/curated/topics.csv", id="a code list"),
    pytest.param(one_of("data/curated/*/targets.csv"), id="a table of a city"),
    *(
        pytest.param(path.relative_to(ROOT).as_posix(), id=f"the text of {path.stem}")
        for path in sorted(ROOT.glob("data/raw/*/*.txt"))
    ),
    pytest.param("data/curated/datapackage.yaml", id="the dictionary"),
    pytest.param("data/curated/edition.yaml", id="the edition"),
    pytest.param("requirements/lean.txt", id="the locked versions"),
]
# What no page reads, each with what it is.
NOT_READ = {
    "README.md": "the front door for people",
    "CHANGELOG.md": "what changed",
    "docs/decisions.md": "decisions",
    "data/curated/CODEBOOK.md": "the dictionary for people",
    "data/review/adjudication.csv": "the second coding",
    "tests/conftest.py": "a test",
    "requirements/lab.txt": "the versions of JupyterLab",
    "notebooks/city_briefing.ipynb": "another notebook",
    "notebooks/text/city_briefing.en.md": "prose of another notebook",
    "src/compare/__pycache__/door.cpython-311.pyc": "bytecode",
    "src/compare/.errors.py.swp": "what an editor leaves",
    "reports/mine.html": "a file of the user's",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project, package and all, with one page built in it by its own package."""
    folder = tmp_path_factory.mktemp("copy")
    without = shutil.ignore_patterns("__pycache__")
    for part in ("src", "data/raw", "data/curated", "notebooks", "requirements"):
        shutil.copytree(ROOT / part, folder / part, copy_function=shutil.copyfile, ignore=without)
    assert f"[1/1] {NAME} … " in compare(folder, "--only", NAME)
    return folder


def compare(folder: Path, *words: str) -> str:
    """Return what `build` prints where it is the package of `folder` that runs."""
    done = subprocess.run(
        [sys.executable, "-m", "compare", "build", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def said_after(folder: Path, *files: str) -> str:
    """Return what is said of the page once a line was added to files, which are then put back."""
    before = {path: path.read_bytes() if path.is_file() else None for path in (folder / one for one in files)}
    for path, content in before.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((content or b"") + b"\n")
    try:
        return compare(folder, "--why", "--only", NAME)
    finally:
        for path, content in before.items():
            path.unlink() if content is None else path.write_bytes(content)


@pytest.mark.parametrize("file", READ)
def test_a_change_of_what_a_page_is_made_from_is_told(copy: Path, file: str) -> None:
    assert said_after(copy, file) == f"{PAGE}: {file} changed\n1 of 1 would be made; nothing was built.\n"


def test_a_change_of_what_no_page_reads_leaves_it_standing(copy: Path) -> None:
    """All at once: whichever counted would be named."""
    assert said_after(copy, *NOT_READ) == STANDS + "Nothing would be made.\n"


def test_every_file_of_the_package_and_the_data_is_recorded_once(copy: Path) -> None:
    """Taken from the folders themselves: a file that no rule thought of is missed here."""
    held = json.loads((copy / "build" / "manifest.json").read_text(encoding="utf-8"))
    page = held["pages"][PAGE]
    names = {*held["files"][page["shared"]], *held["files"][page["own"]]}
    wanted = [path for part in ("src", "data") for path in (copy / part).rglob("*") if path.is_file()]
    named = {path.relative_to(copy).as_posix() for path in wanted}
    assert named - names == {"data/curated/CODEBOOK.md"}
    assert {one["shared"] for one in held["pages"].values()} == {page["shared"]}


def test_a_changed_phrase_of_another_floor_reaches_the_page(copy: Path) -> None:
    from compare.words.reasons import ABOVE

    file, page = copy / "src" / "compare" / "words" / "en.yaml", copy / "reports" / PAGE
    words, html = file.read_text(encoding="utf-8"), page.read_text(encoding="utf-8")
    phrase = next(one for one in ABOVE["en"].values() if one in html)
    file.write_text(words.replace(phrase, "said in other words"), encoding="utf-8")
    assert f"[1/1] {NAME} … " in compare(copy, "--only", NAME)
    html = page.read_text(encoding="utf-8")
    assert phrase not in html and "said in other words" in html
    assert compare(copy, "--why", "--only", NAME).startswith(STANDS)


def test_a_stock_kernel_finds_the_package_that_builds(tmp_path: Path) -> None:
    """Without `site`, only the settings of the build can lead there."""
    import compare as ours

    with environment(tmp_path):
        line = [sys.executable, "-S", "-c", "import compare; print(compare.__file__)"]
        found = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert Path(found.strip()).resolve() == Path(str(ours.__file__)).resolve()
