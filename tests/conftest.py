"""What every test may use: the project's folder, its checked tables, a copy to break, and the built site."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
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
def usual_csv() -> Iterator[None]:
    """Hold the longest cell of a CSV to Python's own bound, which frictionless takes away from all."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


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


def built_site(root: Path, shared: Path) -> Path:
    """Return a copy of the project with all pages built in it, made once for all that share a folder.

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
    """Return a copy of the project with every page built; its pages stand in `reports/`."""
    base = tmp_path_factory.getbasetemp()
    return built_site(root, base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)
