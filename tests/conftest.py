"""What every test may use: the project's folder, its checked tables, and a copy to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import compare
from compare.tables.book import Book


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
