"""A table file that is none: told row by row, in memory that does not run away, and in time."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path
from random import Random

import pytest

from compare.errors import CompareError, Problem
from compare.tables import book, codebook, lines
from compare.tables.book import open_book
from compare.tables.codebook import Rows, read_codebook, read_table
from compare.tables.damage import mended
from compare.tables.review import decisions

TABLE = read_codebook(Path(__file__).resolve().parents[2])["targets"]
HEADER = ",".join(TABLE.columns) + "\n"
FILE = "data/curated/jinan/targets.csv"


def read(folder: Path, text: str | bytes) -> Rows:
    path = folder / "targets.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_table(TABLE, path, FILE)


def noise(rows: int) -> str:
    rng = Random(7)
    return HEADER + "".join("".join(rng.choices("abc12,", k=19)) + "\n" for _ in range(rows))


def test_every_row_of_noise_is_told_in_a_few_hundred_bytes(tmp_path: Path) -> None:
    text = noise(50_000)
    tracemalloc.start()
    problems = read(tmp_path, text).problems
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(problems) == 50_000 and {problem.file for problem in problems} == {FILE}
    assert [problem.row for problem in problems] == list(range(2, 50_002))
    # Fifty megabytes of this are two and a half million rows: 500 bytes for each make a gigabyte.
    assert peak / len(problems) < 500


@pytest.mark.parametrize(
    ("text", "found", "reason"),
    [
        (HEADER + "a\n" * 500, "more than 100 rows or problems", "rows without their fields"),
        (HEADER + "\n" * 500, "more than 100 rows or problems", "blank rows"),
        (
            HEADER + f"{',' * len(TABLE.columns[1:])}\n" * 500,
            "more than 100 rows or problems",
            "of empty cells",
        ),
        (HEADER + ("x," * len(TABLE.columns))[:-1] + "\n", "x", "a row whose cells are all wrong"),
        (
            HEADER + (("x," * len(TABLE.columns))[:-1] + "\n") * 50,
            "more than 100 rows or problems",
            "many such",
        ),
        ("," * 1_500_000, "a line of 1,500,000 characters", "a header without end"),
        (
            HEADER + '"' + "x\n" * 100_000,
            "field larger than field limit (131072)",
            "a quotation mark that opens",
        ),
        (HEADER + "x" * 3_000_000, "more than 2,000,000 bytes", "a file too large"),
        (Random(7).randbytes(1_000_000), "bytes that are not UTF-8", "bytes of no text"),
        ("\0" * 1_000_000, "\0" * 131_072, "nothing but nothing"),
    ],
    ids=lambda one: one if isinstance(one, str) and len(one) < 60 else "",
)
def test_what_is_no_table_is_read_so_far_and_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | bytes, found: str, reason: str
) -> None:
    monkeypatch.setattr(lines, "MOST", 100)
    monkeypatch.setattr(codebook, "MOST", 100)
    monkeypatch.setattr(lines, "LARGEST", 2_000_000)
    start = time.process_time()
    problems = read(tmp_path, text).problems
    assert time.process_time() - start < 5
    assert any(problem.found[: len(found)] == found for problem in problems) or found.startswith("\0"), reason
    assert 0 < len(problems) <= 102
    content = (tmp_path / "targets.csv").read_bytes()
    assert len(mended(TABLE, content, FILE)[1].left) <= 102, "nor is it mended any further"


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("value_start", "9" * 30, "a whole number"),
        ("value_start", "9" * 5_000, "a whole number"),
        ("value_low", "9" * 400, "a plain number"),
        ("value_low", "1." + "0" * 400, "a plain number"),
        ("due_on", "99999-12-31", "a date as 2025-12-31"),
        ("act", "x" * 100_000, "list"),
    ],
)
def test_a_cell_without_end_is_refused(tmp_path: Path, column: str, cell: str, expected: str) -> None:
    row = ",".join(cell if name == column else "" for name in TABLE.columns)
    told = [one for one in read(tmp_path, f"{HEADER}{row}\n").problems if one.column == column]
    assert len(told) == 1 and expected in told[0].expected
    assert len(str(told[0])) < 1_500


def test_names_alike_are_looked_for_where_they_are_read(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(book, "near", lambda name, known: asked.append(name) or [])
    for path in (project / "data" / "curated").glob("*/commitments.csv"):
        path.write_bytes(path.read_bytes().replace(b'"d-', b'"d-x-'))
    problems = open_book(project)[1]
    assert len(problems) > 200 and len(asked) == 100
    assert {problem.expected for problem in problems} == {"a deadline_id of */deadlines.csv"}


def big(project: Path) -> None:
    (project / "data/review/acts.csv").write_bytes(b'"row_id","decision"\n' + b"x" * 17_000_000)


def unclosed(project: Path) -> None:
    (project / "data/review/acts.csv").write_text('"row_id","decision"\n"' + "x\n" * 100_000)


def too_wide(project: Path) -> None:
    (project / "data/review/acts.csv").write_text('"row_id","decision"\n"a","b","c"\n')


def hidden(project: Path) -> None:
    (project / "data/review/acts.csv").write_text('"row_id","decision"\n"a","b\u202e"\n', encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (big, "more than 16,000,000 bytes"),
        (unclosed, "field larger"),
        (too_wide, "more fields"),
        (hidden, "b"),
    ],
)
def test_a_table_of_decisions_that_is_none_is_told(tmp_path: Path, damage, found: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "data/review").mkdir(parents=True)
    damage(tmp_path)
    with pytest.raises(CompareError) as told:
        decisions(tmp_path, "acts")
    [problem] = told.value.problems
    assert isinstance(problem, Problem) and problem.found.startswith(found)
