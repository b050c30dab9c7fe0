"""CODEBOOK.md: the dictionary for people says what datapackage.yaml says, of every table and column."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from compare.project import CURATED
from compare.tables.codebook import Field, Table, read_codebook
from compare.tables.dictionary import codebook_text, write_codebook

REPOSITORY = Path(__file__).resolve().parents[2]
TABLES = read_codebook(REPOSITORY)
COLUMNS = [(table, column) for table in TABLES.values() for column in table.fields]


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return codebook_text(root)


def section(text: str, table: Table) -> list[str]:
    return text.split(f"\n## {table.name}\n")[1].split("\n## ")[0].splitlines()


def test_the_codebook_in_the_repository_is_the_one_generated(root: Path, text: str) -> None:
    held = (root / CURATED / "CODEBOOK.md").read_bytes().decode("utf-8")
    assert held == text, "run `python -m compare codebook`"


def test_writing_it_makes_the_same_file_with_plain_line_ends(tmp_path: Path, root: Path, text: str) -> None:
    (tmp_path / CURATED).mkdir(parents=True)
    shutil.copyfile(root / CURATED / "datapackage.yaml", tmp_path / CURATED / "datapackage.yaml")
    path = write_codebook(tmp_path)
    assert path == tmp_path / CURATED / "CODEBOOK.md"
    assert path.read_bytes() == text.encode("utf-8")
    assert b"\r" not in path.read_bytes()


def test_every_table_has_a_section_in_the_dictionarys_order(text: str) -> None:
    titles = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert titles == list(TABLES)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_section_says_what_the_table_is(text: str, table: Table) -> None:
    lines = section(text, table)
    keys = " + ".join(f"`{name}`" for name in table.key)
    assert lines[1:4] == [f"`{table.path}` · key {keys}", "", table.description]
    assert table.description.endswith(".")
    rows = [line.split(" | ")[0] for line in lines if line.startswith("| `")]
    assert rows == [f"| `{column.name}`" for column in table.fields]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{t.name}.{c.name}" for t, c in COLUMNS])
def test_every_column_is_named_and_described(text: str, table: Table, column: Field) -> None:
    assert column.title.strip()
    assert column.description == column.description.strip()
    assert column.description.endswith(".")
    assert len(column.description) > len("Key.")
    line = next(line for line in section(text, table) if line.startswith(f"| `{column.name}` "))
    assert line.startswith(f"| `{column.name}` | {column.title} | {column.type} | {column.description} | ")
    assert line.replace("\\|", "").count("|") == 6, "a bar in a cell must be escaped"
    for value in column.enum:
        assert value in line
    assert line.endswith("required |") == column.required


@pytest.mark.parametrize(
    ("table", "line"),
    [
        pytest.param("targets", "`indicators.indicator_id`; required |", id="where a key leads"),
        pytest.param("targets", "| from 0; to 10,000,000; required |", id="the least and the greatest value"),
        pytest.param("outcomes", "| from 1990-01-01; to 2099-12-31; required |", id="the first and last day"),
        pytest.param("sources", "`\\|[0-9a-f]{64}` |", id="a pattern with a bar"),
        pytest.param("sources", "registered, in_review, complete; required |", id="the values of a list"),
    ],
)
def test_what_a_column_may_hold(text: str, table: str, line: str) -> None:
    assert any(held.endswith(line) for held in section(text, TABLES[table]))
