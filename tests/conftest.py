"""What every test may use: the project's folder, its checked tables, and a copy to break."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import compare
from compare.tables.book import Book

Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the repository's root."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def book(root: Path) -> Book:
    """Return the checked tables of the repository, loaded once; a test reads them and changes nothing."""
    return compare.load(root)


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """Return the root of a copy of the data that the test may break.

    It has no release: the rules on content must catch what is broken, not the hashes of the edition.
    """
    folder = tmp_path / "project"
    for part in ("curated", "raw"):
        shutil.copytree(root / "data" / part, folder / "data" / part, copy_function=shutil.copyfile)
    release = folder / "data" / "curated" / "release.csv"
    header, _, _ = release.read_text(encoding="utf-8").partition("\n")
    release.write_text(header + "\n", encoding="utf-8", newline="")
    return folder


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
