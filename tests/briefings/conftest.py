"""What the tests of the pages share: the site built once, its pages parsed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

import compare
from compare.build.plan import Briefing, plan

PLANNED = plan(Path(__file__).parents[2])
TOPICS = tuple(dict.fromkeys(str(one.parameters["topic"]) for one in PLANNED if "topic" in one.parameters))
LANGUAGES = ("zh", "en")
AS_OF = "2026-11-21"
BY_NAME = {one.name: one for one in PLANNED}
NAMES = tuple(BY_NAME)
CODE = re.compile(r"<(script|style)\b[^>]*>.*?</\1>", re.DOTALL)
Rows = list[dict[str, str]]


def built_site(root: Path, shared: Path) -> Path:
    """Return a copy of the project with all briefings built in it, made once for all that share a folder.

    A folder can be made by one process only: whoever makes it builds, the others wait.
    """
    copy = shared / "site"
    try:
        copy.mkdir()
    except FileExistsError:
        return _awaited(copy)
    for part in ("data", "notebooks", "requirements"):
        shutil.copytree(root / part, copy / part, copy_function=shutil.copyfile)
    source = Path(compare.__file__).parents[1]
    command = [sys.executable, "-m", "compare", "build", "--root", str(copy)]
    done = subprocess.run(
        command,
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    (copy / "built").write_text(done.stderr if done.returncode else "", encoding="utf-8")
    return _awaited(copy)


def _awaited(copy: Path, seconds: int = 1200) -> Path:
    for _ in range(seconds * 5):
        if (copy / "built").is_file():
            said = (copy / "built").read_text(encoding="utf-8")
            assert not said, f"the site was not built: {said}"
            return copy
        time.sleep(0.2)
    raise AssertionError(f"the site was not built within {seconds} seconds")


@pytest.fixture(scope="session")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with every briefing built; its pages stand in `reports/`."""
    base = tmp_path_factory.getbasetemp()
    return built_site(root, base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@dataclass(frozen=True)
class Page:
    """One built page: its file, its text, and its elements without what scripts and styles hold."""

    name: str
    file: Path

    @property
    def briefing(self) -> Briefing:
        return BY_NAME[self.name]

    @property
    def topic(self) -> str:
        return str(self.briefing.parameters["topic"])

    @property
    def lang(self) -> str:
        return self.briefing.lang

    @property
    def html(self) -> str:
        return self.file.read_text(encoding="utf-8")

    @property
    def tree(self) -> BeautifulSoup:
        return parsed(self.file)

    def one(self, selector: str) -> Tag:
        found = self.tree.select(selector)
        assert len(found) == 1, f"{self.name}: {len(found)} elements for {selector}"
        return found[0]


@lru_cache(maxsize=4)
def parsed(file: Path) -> BeautifulSoup:
    """Return a page's elements; tests run page by page, so a few are held and not all thirty."""
    return BeautifulSoup(CODE.sub(r"<\1></\1>", file.read_text(encoding="utf-8")), "html.parser")


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    """Return every built page by name."""
    return {name: Page(name, site / "reports" / BY_NAME[name].page) for name in NAMES}


# With the scope of a session pytest runs all tests of a page before those of the next.
@pytest.fixture(scope="session", params=NAMES)
def page(request: pytest.FixtureRequest, pages: dict[str, Page]) -> Page:
    """Return each built page in turn."""
    return pages[request.param]


@pytest.fixture(scope="session", params=[name for name in NAMES if name.startswith("topic-")])
def topic_page(request: pytest.FixtureRequest, pages: dict[str, Page]) -> Page:
    """Return each built topic page in turn."""
    return pages[request.param]


@pytest.fixture(scope="session", params=[name for name in NAMES if name.endswith(".en")])
def english(request: pytest.FixtureRequest, pages: dict[str, Page]) -> Page:
    """Return each built English page in turn."""
    return pages[request.param]


@pytest.fixture(scope="session", params=[name for name in NAMES if name.endswith(".zh")])
def chinese(request: pytest.FixtureRequest, pages: dict[str, Page]) -> Page:
    """Return each built Chinese page in turn."""
    return pages[request.param]
