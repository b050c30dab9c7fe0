"""What the tests of the tables share: the real tables in memory, to be broken and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from .breaking import Bench


@pytest.fixture(scope="session")
def bench(root: Path) -> Bench:
    """Return the real tables, read once; a case breaks a copy of the rows that it changes."""
    return Bench(root)
