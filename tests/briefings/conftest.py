"""What the tests of the briefings share: the site built once, its pages parsed, the tables as bare CSV."""

from __future__ import annotations

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

import compare
from compare.briefings.charts.drawing import Chart
from compare.briefings.sections import Sections
from compare.briefings.topic.briefing import TopicBriefing
from compare.build.plan import Briefing, plan
from compare.tables.book import Book

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


@pytest.fixture(scope="session")
def brief(book: Book) -> Callable[..., TopicBriefing]:
    """Return a maker of briefings over the checked tables; the same one is made once."""

    @cache
    def make(topic: str, lang: str = "zh") -> TopicBriefing:
        return TopicBriefing(book, topic, lang, AS_OF, book.cities)

    return make


@pytest.fixture(scope="session")
def briefing(book: Book) -> Callable[[str], Any]:
    """Return a maker of any planned briefing by the name of its page, over the checked tables; made once."""

    kinds = [getattr(compare, one) for one in compare.__all__ if one.endswith("Briefing")]

    @cache
    def make(name: str) -> Any:
        planned = BY_NAME[name]
        (kind,) = [one for one in kinds if one.notebook == planned.notebook]
        return kind(book, **planned.parameters)

    return make


@pytest.fixture(scope="session")
def shown(root: Path) -> Callable[[str], list[str]]:
    """Return a reader of the sections that the notebook of a planned briefing shows, in their order."""

    @cache
    def read(name: str) -> list[str]:
        cells = json.loads((root / BY_NAME[name].source).read_bytes())["cells"]
        code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        return re.findall(r"\bbrief\.(\w+)\(", code)

    return read


@pytest.fixture(scope="session")
def charted(
    briefing: Callable[[str], Any], shown: Callable[[str], list[str]]
) -> Callable[[str], list[Chart]]:
    """Return a maker of all the charts that the page of a planned briefing draws, in their order."""

    @cache
    def make(name: str) -> list[Chart]:
        drawn: list[Chart] = []
        charted = Sections.charted

        def noted(brief: Sections, piece: Any, charts: list[Chart], words: str = "") -> Any:
            drawn.extend(charts)
            return charted(brief, piece, charts, words)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Sections, "charted", noted)
            for section in shown(name):
                method = getattr(briefing(name), section)
                if ".charted(" in inspect.getsource(method):
                    method()
        return drawn

    return make
