"""The Data Package: other tools can read and validate it, and it holds all rows of all cities."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from frictionless import Package

from compare.tables.book import TABLES, Book
from compare.tables.package import PACKAGE, write_package


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a package that tests read and do not change."""
    folder = tmp_path_factory.mktemp("package")
    assert write_package(root, folder) == folder / "datapackage.json"
    return folder


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def errors(descriptor: Path) -> list[tuple[str, str, str]]:
    """Return the type, place and cell of every error that the standard's own tool finds."""
    report = Package(str(descriptor)).validate()
    found = [(error.type, task.name, getattr(error, "field_name", ""))
             for task in report.tasks for error in task.errors]  # fmt: skip
    assert report.valid == (not found)
    return found


def test_the_package_is_valid(folder: Path) -> None:
    assert errors(folder / "datapackage.json") == []


def test_it_holds_a_file_for_every_table_and_nothing_else(folder: Path) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert sorted(resource["name"] for resource in descriptor["resources"]) == sorted(TABLES)
    paths = [resource["path"] for resource in descriptor["resources"]]
    assert sorted([*paths, "datapackage.json"]) == sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("table", TABLES)
def test_a_table_holds_the_rows_of_all_cities(folder: Path, book: Book, table: str) -> None:
    header, *rows = read(folder / f"{table}.csv")
    frame = getattr(book, table)
    assert len(rows) == len(frame)
    held = frame[header[0]]
    assert [row[0] for row in rows] == ["" if value != value else str(value) for value in held]


def test_its_files_are_plain(folder: Path) -> None:
    for path in folder.iterdir():
        content = path.read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\n")
        assert b"\r" not in content


def test_unless_a_folder_is_named_it_stands_among_what_is_built(project: Path) -> None:
    assert write_package(project) == project / PACKAGE / "datapackage.json"
    assert (project / PACKAGE / "targets.csv").is_file()


def test_written_again_it_is_the_same(root: Path, folder: Path, tmp_path: Path) -> None:
    write_package(root, tmp_path)
    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


# ── what validation catches ────────────────────────────────────────────────────


def broken(project: Path, table: str, **cells: str) -> list[tuple[str, str, str]]:
    """Return the errors of the package of a project whose first row of a table was changed."""
    path = project / "data" / "curated" / table
    rows = read(path)
    for column, value in cells.items():
        rows[1][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return errors(write_package(project))


@pytest.mark.parametrize(
    ("table", "cells", "error"),
    [
        pytest.param("dongying/targets.csv", {"unit_id": "furlong"}, ("foreign-key", "targets"),
                     id="a dangling key"),
        pytest.param("dongying/targets.csv", {"value_low": "many"}, ("type-error", "targets"),
                     id="a wrong type"),
        pytest.param("places.csv", {"name_zh": ""}, ("constraint-error", "places"),
                     id="a required cell left empty"),
    ],
)  # fmt: skip
def test_a_broken_table_makes_no_valid_package(
    project: Path, table: str, cells: dict[str, str], error: tuple[str, str]
) -> None:
    assert error in [(kind, name) for kind, name, _ in broken(project, table, **cells)]


def test_other_readers_of_the_standard_find_no_empty_list(root: Path, tmp_path: Path) -> None:
    """An empty list of keys, or an empty value among allowed ones, stops the registry's own library."""
    package = json.loads(write_package(root, tmp_path).read_text(encoding="utf-8"))
    for resource in package["resources"]:
        assert resource["schema"].get("foreignKeys", ["some"]), resource["name"]
        for column in resource["schema"]["fields"]:
            assert "" not in column.get("constraints", {}).get("enum", []), column["name"]
