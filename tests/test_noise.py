"""The measure of hostile input makes what it says, by a seed, and counts what the check leaves."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest
from benchmarks.noise import BEGIN, END, HEADS, KINDS, SEED, Cost, cost, report

from compare.project import CURATED, RAW


def files(root: Path) -> dict[Path, bytes]:
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_put_in_is_that_large_and_the_same_for_a_seed(root: Path, tmp_path: Path, kind: str) -> None:
    put, _ = KINDS[kind]
    made = []
    for name, seed in (("a", SEED), ("b", SEED), ("c", SEED + 1)):
        for part in (CURATED, RAW):
            shutil.copytree(root / part, tmp_path / name / part)
        before = files(tmp_path / name)
        put(tmp_path / name, 20_000, Random(seed))
        after = files(tmp_path / name)
        changed = {path for path in before if before[path] != after[path]}
        made.append({path: after[path] for path in changed})
        assert after.keys() == before.keys()
        assert any(20_000 <= len(after[path]) - len(before[path]) < 30_000 or "csv" in path.name
                   for path in changed)  # fmt: skip
    assert made[0] == made[1] != made[2]
    found = cost(tmp_path / "a")
    assert found.problems > 900 and found.kept > 100 * found.problems // 2
    assert 1_000 < found.message < 100_000 and found.seconds > 0 and found.memory > 10_000_000


def test_it_is_told_in_a_table_that_the_page_holds(root: Path) -> None:
    told = report([("noise", 0.5, Cost(1234, 1.4, 123_456_789, 2_500, 1_000_000))], 7)
    assert told.splitlines()[-1] == "| noise | 0.5 MB | 1,234 | 1 | 123 MB | 2.5 kB | 1.0 MB |"
    page = (root / "docs" / "reliability.md").read_text(encoding="utf-8")
    held = page.split(BEGIN)[1].split(END)[0]
    assert f"Seed {SEED}." in held and f"| {' | '.join(HEADS)} |" in held
    sizes = [(kind, f"{size} MB") for kind, (_, sizes) in KINDS.items() for size in sizes]
    assert [tuple(line.strip("| ").split(" | ")[:2]) for line in held.strip().splitlines()[4:]] == sizes
