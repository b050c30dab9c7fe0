"""The real tables: they hold, they stand in their one form, and they are read as the dictionary says."""

from __future__ import annotations

import csv
from dataclasses import fields, replace
from pathlib import Path

import pandas as pd
import pytest

from compare.errors import UnknownName
from compare.project import CURATED
from compare.rules.check import check
from compare.rules.load import load
from compare.tables.book import TABLES, Book, open_book, table_text, write_table
from compare.tables.codebook import Table, read_codebook, read_table, repeated_keys
from compare.texts.keywords import keyword_hits

REPOSITORY = Path(__file__).resolve().parents[2]
CODEBOOK = read_codebook(REPOSITORY)
FILES = [
    (table, path.relative_to(REPOSITORY).as_posix())
    for table in CODEBOOK.values()
    for path in sorted((REPOSITORY / CURATED).glob(table.path))
]


def test_the_real_book_holds(root: Path) -> None:
    book, problems = open_book(root)
    assert [str(problem) for problem in problems + check(book)] == []


def test_the_book_has_a_place_for_every_table_of_the_dictionary() -> None:
    assert set(TABLES) == set(CODEBOOK)
    beside = {"root", "documents", "origins", "texts", "_records"}
    assert {field.name for field in fields(Book)} == {*CODEBOOK, *beside}


def test_every_file_among_the_tables_is_in_the_dictionary(root: Path) -> None:
    known = {file for _, file in FILES}
    assert {path.relative_to(root).as_posix() for path in (root / CURATED).rglob("*.csv")} == known


def rows_in(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("table", "file"), FILES, ids=[file for _, file in FILES])
def test_every_table_stands_in_its_one_form(root: Path, table: Table, file: str) -> None:
    """Quoted, sorted, LF, no byte order mark: writing a table's own rows changes no byte."""
    assert table_text(table, rows_in(root / file)).encode() == (root / file).read_bytes()


@pytest.mark.parametrize(("table", "file"), FILES, ids=[file for _, file in FILES])
def test_every_row_of_every_table_is_read(root: Path, table: Table, file: str) -> None:
    rows = read_table(table, root / file, file)
    assert (rows.problems, list(rows.frame.columns)) == ([], table.columns)
    assert rows.origins == [(file, number) for number in range(2, 2 + len(rows_in(root / file)))]


def test_rows_are_sorted_by_key_and_offsets_as_numbers(tmp_path: Path) -> None:
    table = CODEBOOK["exclusions"]
    row = {"end": "1", "text": "一", "class": "date", "reason": 'a "quoted", comma\nand line'}
    write_table(
        table,
        [
            row | {"source_id": "b-1", "start": "9"},
            row | {"source_id": "b-1", "start": "10"},
            row | {"source_id": "a-1", "start": "99"},
        ],
        tmp_path / "x.csv",
    )
    content = (tmp_path / "x.csv").read_bytes()
    assert content.startswith(b'"source_id","start","end","text","class","reason"\n"a-1","99"')
    assert b"\r" not in content and content.endswith(b"\n")
    read = read_table(table, tmp_path / "x.csv", "x.csv").frame
    assert list(zip(read["source_id"], read["start"], strict=True)) == [("a-1", 99), ("b-1", 9), ("b-1", 10)]
    assert set(read["reason"]) == {row["reason"]}


def test_columns_have_the_types_of_the_dictionary(book: Book) -> None:
    kinds = {"string": "str", "integer": "Int64", "number": "float64", "date": "datetime64[s]"}
    for table in CODEBOOK.values():
        frame = getattr(book, table.name)
        # Joining files of which some are empty must not loosen a type.
        assert {c.name: str(frame[c.name].dtype) for c in table.fields} == {
            c.name: kinds[c.type] for c in table.fields
        }


def test_empty_means_missing_and_nothing_else_does(book: Book, root: Path) -> None:
    told = rows_in(root / "data/curated/dezhou/targets.csv")
    read = book.targets[book.targets["city_id"] == "dezhou"].to_dict("records")
    for row, cells in zip(told, read, strict=True):
        assert {name for name, cell in row.items() if cell == ""} == {
            name for name, cell in cells.items() if name in row and pd.isna(cell)
        }


def test_city_and_topic_are_added_in_front(book: Book) -> None:
    assert list(book.targets.columns[:2]) == ["city_id", "topic_id"]
    assert list(book.outcomes.columns[:2]) == ["topic_id", "fact_id"]
    topics = dict(zip(book.indicators["indicator_id"], book.indicators["topic_id"], strict=True))
    assert [topics[name] for name in book.targets["indicator_id"]] == list(book.targets["topic_id"])
    assert all(
        f"-{city}-" in key
        for city, key in zip(book.targets["city_id"], book.targets["target_id"], strict=True)
    )


def test_cities_stand_in_the_order_of_their_codes(book: Book, root: Path) -> None:
    codes = {row["place_id"]: row["division_code"] for row in rows_in(root / "data/curated/places.csv")}
    folders = [path.name for path in (root / CURATED).iterdir() if path.is_dir() and path.name[0] != "."]
    assert book.cities == sorted(folders, key=codes.__getitem__)
    assert list(dict.fromkeys(book.targets["city_id"])) == [
        city for city in book.cities if city in set(book.targets["city_id"])
    ]


def test_only_documents_at_hand_are_read(book: Book) -> None:
    at_hand = book.sources.loc[book.sources["path"].notna(), "source_id"]
    assert set(book.documents) == set(at_hand)
    assert book.read("jinan-2019").source_id == "jinan-2019"
    with pytest.raises(UnknownName, match='^No document "jinan-2018" is at hand; there are jinan-2019'):
        book.read("jinan-2018")
    with pytest.raises(UnknownName, match='^No document "???" is at hand; there are '.replace("?", r"\?")):
        book.read("???")


def test_the_book_says_what_it_holds(book: Book) -> None:
    assert repr(book) == (
        f"Book({', '.join(book.cities)}: {len(book.sources)} sources, {len(book.targets)} targets, "
        f"{len(book.deadlines)} deadlines, {len(book.commitments)} commitments)"
    )


def test_a_project_is_found_from_a_folder_named_as_words(project: Path) -> None:
    assert load(str(project)).root == project.resolve()


@pytest.mark.parametrize(
    ("words", "hits", "reason"),
    [
        ("智慧社区", {"智慧社区"}, "one keyword"),
        ("智慧社区;智慧街区", {"智慧社区", "智慧街区"}, "each of several"),
        ("智慧村庄", set(), "none"),
    ],
)
def test_keywords_are_found_in_either_script(book: Book, words: str, hits: set[str], reason: str) -> None:
    found = keyword_hits(book.documents["qingdao-2020"], words)
    assert {word for word, _ in found} == hits
    assert {span.slice(book.documents["qingdao-2020"].raw) for _, span in found} <= {"智慧社區", "智慧街區"}


def test_the_hidden_parts_of_a_page_back_no_finding(book: Book) -> None:
    """A word of the page's footer is no word of the document."""
    dezhou = book.documents["dezhou-2023"]
    assert "杀毒软件" in dezhou.raw and keyword_hits(dezhou, "杀毒软件") == []


def test_csv_lines_are_told_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    table = CODEBOOK["measures"]
    good = ",".join(f'"{cell}"' for cell in ("a", "k", "甲", "A", "u", "", "", "", "one\ntwo"))
    bad = ",".join(f'"{cell}"' for cell in ("b", "", "乙", "B", "u", "", "", "", ""))
    (tmp_path / "m.csv").write_text(
        ",".join(table.columns) + f"\n{good}\n{bad}\n", encoding="utf-8", newline=""
    )
    problems = read_table(table, tmp_path / "m.csv", "m.csv").problems
    # A line end in a note is told too, and the rows after it keep their numbers.
    assert {(problem.row, problem.column) for problem in problems} == {(2, "note"), (3, "kind")}


def test_keys_that_cannot_be_read_are_not_told_as_repeated(tmp_path: Path) -> None:
    table = CODEBOOK["exclusions"]
    row = {"source_id": "a-1", "end": "1", "text": "一", "class": "date", "reason": "a"}
    with (tmp_path / "x.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows([row | {"start": "one"}, row | {"start": "two"}])
    rows = read_table(table, tmp_path / "x.csv", "x.csv")
    assert [problem.found for problem in rows.problems] == ["one", "two"]
    assert list(repeated_keys(table, rows)) == []


def test_a_changed_book_does_not_remember_the_rows_of_the_one_before(book: Book) -> None:
    """Researchers change a table with dataclasses.replace: its rows as dictionaries must be the new ones."""
    assert len(book.records("targets")) > 1
    assert len(replace(book, targets=book.targets[:1]).records("targets")) == 1
