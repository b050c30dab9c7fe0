"""What the tests of the briefings share: the site built once, its pages parsed, the tables as bare CSV."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

import compare
from compare.briefings.plan import plan
from compare.briefings.topic import TopicBriefing
from compare.tables.book import Book

PLANNED = plan(Path(__file__).parents[2])
TOPICS = tuple(dict.fromkeys(str(one.parameters["topic"]) for one in PLANNED if "topic" in one.parameters))
LANGUAGES = ("zh", "en")
AS_OF = "2026-11-21"
NAMES = tuple(f"topic-{topic}.{lang}" for topic in TOPICS for lang in LANGUAGES)
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


def _awaited(copy: Path, seconds: int = 240) -> Path:
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


@dataclass(frozen=True, eq=False)
class Page:
    """One built page: its text, and its elements without what scripts and styles hold."""

    name: str
    html: str

    @property
    def topic(self) -> str:
        return self.name.removeprefix("topic-").removesuffix(f".{self.lang}")

    @property
    def lang(self) -> str:
        return self.name.rpartition(".")[2]

    @cached_property
    def tree(self) -> BeautifulSoup:
        return BeautifulSoup(CODE.sub(r"<\1></\1>", self.html), "html.parser")

    def one(self, selector: str) -> Tag:
        found = self.tree.select(selector)
        assert len(found) == 1, f"{self.name}: {len(found)} elements for {selector}"
        return found[0]


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    """Return the six built topic pages by name."""
    return {
        name: Page(name, (site / "reports" / f"{name}.html").read_text(encoding="utf-8")) for name in NAMES
    }


@pytest.fixture(params=NAMES)
def page(request: pytest.FixtureRequest, pages: dict[str, Page]) -> Page:
    """Return each built topic page in turn."""
    return pages[request.param]


@pytest.fixture(params=[name for name in NAMES if name.endswith(".en")])
def english(request: pytest.FixtureRequest, pages: dict[str, Page]) -> Page:
    """Return each built English topic page in turn."""
    return pages[request.param]


@pytest.fixture(params=[name for name in NAMES if name.endswith(".zh")])
def chinese(request: pytest.FixtureRequest, pages: dict[str, Page]) -> Page:
    """Return each built Chinese topic page in turn."""
    return pages[request.param]


@pytest.fixture(scope="session")
def raw(root: Path) -> Callable[[str], Rows]:
    """Return a reader of tables as bare CSV, past everything the project itself does with them."""

    @cache
    def read(name: str) -> Rows:
        folder = root / "data" / "curated"
        paths = sorted(folder.glob(f"{name}.csv")) or sorted(folder.glob(f"*/{name}.csv"))
        rows = []
        for path in paths:
            with path.open(encoding="utf-8", newline="") as lines:
                place = {} if path.parent == folder else {"city_id": path.parent.name}
                rows += [place | row for row in csv.DictReader(lines)]
        return rows

    return read


@pytest.fixture(scope="session")
def promised(raw: Callable[[str], Rows]) -> Callable[[str], Rows]:
    """Return a picker of the promises of a topic that count, by the rule and not by the code under test."""
    topic_of = {row["indicator_id"]: row["topic_id"] for row in raw("indicators")}

    def pick(topic: str) -> Rows:
        return [
            row
            for row in raw("targets")
            if topic_of[row["indicator_id"]] == topic
            and row["kind"] == "target"
            and not row["restates_target_id"]
        ]

    return pick


@pytest.fixture(scope="session")
def brief(book: Book) -> Callable[..., TopicBriefing]:
    """Return a maker of briefings over the checked tables; the same one is made once."""

    @cache
    def make(topic: str, lang: str = "zh") -> TopicBriefing:
        return TopicBriefing(book, topic, lang, AS_OF, book.cities)

    return make
