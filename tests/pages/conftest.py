"""What the tests of the pages share: the pages of the built site, parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag

from compare.build.plan import Briefing, plan

BY_NAME = {one.name: one for one in plan(Path(__file__).parents[2])}
NAMES = tuple(BY_NAME)
# On the pages of the other topics commitments stand in words alone, without a table of figures or a chart.
_CODED = Path(__file__).parents[2] / "data" / "curated"
_TARGETS = pd.concat([pd.read_csv(path, dtype=str) for path in sorted(_CODED.glob("*/targets.csv"))])
_INDICATORS = pd.read_csv(_CODED / "indicators.csv", dtype=str).set_index("indicator_id")["topic_id"]
FIGURED = frozenset(_TARGETS["indicator_id"].map(_INDICATORS))
CODE = re.compile(r"<(script|style)\b[^>]*>.*?</\1>", re.DOTALL)


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
    def is_worded(self) -> bool:
        """Whether it is on a topic of which cities speak in words alone."""
        return self.briefing.parameters.get("topic", next(iter(FIGURED))) not in FIGURED

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


@pytest.fixture(
    scope="session",
    params=[name for name in NAMES if BY_NAME[name].parameters.get("topic") in FIGURED],
)
def topic_page(request: pytest.FixtureRequest, pages: dict[str, Page]) -> Page:
    """Return each built page of a topic with figures in turn."""
    return pages[request.param]


@pytest.fixture(scope="session", params=[name for name in NAMES if name.endswith(".en")])
def english(request: pytest.FixtureRequest, pages: dict[str, Page]) -> Page:
    """Return each built English page in turn."""
    return pages[request.param]


@pytest.fixture(scope="session", params=[name for name in NAMES if name.endswith(".zh")])
def chinese(request: pytest.FixtureRequest, pages: dict[str, Page]) -> Page:
    """Return each built Chinese page in turn."""
    return pages[request.param]
