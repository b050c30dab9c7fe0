"""`Book`: all curated tables of all cities and the documents they were read from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from compare.disk import write_whole
from compare.errors import SHOWN, CompareError, Problem, UnknownName, near
from compare.language.spans import Span
from compare.project import CURATED, RAW, inside
from compare.tables.codebook import FILE, Rows, Table, read_codebook, read_table, repeated_keys
from compare.texts.source import Document, read_document

DERIVED = ("city_id", "topic_id")


@dataclass(frozen=True, eq=False)
class Book:
    """The curated tables as plain DataFrames, with the documents behind them.

    Tables of several cities are joined, in the order of division codes; `city_id`
    (the folder) and, where there is an indicator, `topic_id` are added in front.
    Missing text is NaN, missing dates NaT: empty means not stated.
    """

    root: Path
    places: pd.DataFrame
    divisions: pd.DataFrame
    topics: pd.DataFrame
    units: pd.DataFrame
    indicators: pd.DataFrame
    measures: pd.DataFrame
    terms: pd.DataFrame
    translations: pd.DataFrame
    agencies: pd.DataFrame
    sources: pd.DataFrame
    web_pages: pd.DataFrame
    reference: pd.DataFrame
    outcomes: pd.DataFrame
    outside_targets: pd.DataFrame
    not_found: pd.DataFrame
    lookalikes: pd.DataFrame
    not_applicable: pd.DataFrame
    number_rules: pd.DataFrame
    lexical_numerals: pd.DataFrame
    release: pd.DataFrame
    corrections: pd.DataFrame
    furniture: pd.DataFrame
    tasks: pd.DataFrame
    ledger: pd.DataFrame
    deadlines: pd.DataFrame
    commitments: pd.DataFrame
    other_clauses: pd.DataFrame
    targets: pd.DataFrame
    continuations: pd.DataFrame
    mentions: pd.DataFrame
    exclusions: pd.DataFrame
    documents: dict[str, Document] = field(repr=False)
    origins: dict[str, list[tuple[str, int]]] = field(repr=False)
    # The cells of every row as its file writes them: what a release seals.
    texts: dict[str, list[tuple[str, ...]]] = field(repr=False)
    _records: dict[str, list[dict[str, Any]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def cities(self) -> list[str]:
        """The compared cities in the order of their division codes."""
        return city_folders(self.root, self.places)

    def records(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of a table as dictionaries, made once."""
        if table not in self._records:
            frame: pd.DataFrame = getattr(self, table)
            # Column by column: pandas' own way to dictionaries takes twice as long.
            columns = [frame[name].tolist() for name in frame.columns]
            self._records[table] = [
                dict(zip(frame.columns, cells, strict=True)) for cells in zip(*columns, strict=True)
            ]
        return self._records[table]

    def read(self, source_id: str) -> Document:
        """Return one document at hand; raise UnknownName, with near names, for any other."""
        if source_id not in self.documents:
            close = near(source_id, self.documents) or list(self.documents)
            raise UnknownName(f'No document "{source_id}" is at hand; there are {", ".join(close)}')
        return self.documents[source_id]

    def __repr__(self) -> str:
        rows = {name: len(getattr(self, name)) for name in ("sources", "targets", "deadlines", "commitments")}
        return f"Book({', '.join(self.cities)}: {', '.join(f'{n} {name}' for name, n in rows.items())})"


def open_book(root: Path) -> tuple[Book, list[Problem]]:
    """Return the book as it stands and the problems of its form; content is checked elsewhere."""
    codebook = read_codebook(root)
    return assemble(root, codebook, read_tables(root, codebook))


def read_tables(root: Path, codebook: dict[str, Table]) -> dict[str, Rows]:
    """Return the rows of every table, those of all cities joined, with the problems of their form."""
    if set(codebook) != set(TABLES):
        found = ", ".join(sorted(set(codebook) ^ set(TABLES)))
        problem = Problem(FILE, "resources", found, "each table of the suite and no other", "restore it")
        raise CompareError("The dictionary of tables cannot be used", [problem])
    places = _read(root, codebook["places"], ())
    cities = city_folders(root, places.frame)
    return {
        name: places if name == "places" else _read(root, table, cities) for name, table in codebook.items()
    }


def assemble(
    root: Path,
    codebook: dict[str, Table],
    tables: dict[str, Rows],
    documents: dict[str, Document] | None = None,
) -> tuple[Book, list[Problem]]:
    """Return the book of tables already read, and the problems of their form, keys and raw texts.

    `documents` spares reading the raw texts where they have been read and checked already.
    """
    problems: list[Problem] = []
    if not tables["places"].problems:
        problems += _stray_folders(root, tables["places"].frame)
    for name, rows in tables.items():
        problems += [*rows.problems, *repeated_keys(codebook[name], rows)]
    if not problems:
        problems += _dangling(codebook, tables)
        if documents is None:
            documents = _documents(root, tables["sources"], tables["furniture"].frame, problems)
    frames = {name: _derive(name, rows.frame, tables) for name, rows in tables.items()}
    origins = {name: rows.origins for name, rows in tables.items()}
    texts = {name: rows.cells for name, rows in tables.items()}
    return Book(root=root, documents=documents or {}, origins=origins, texts=texts, **frames), problems


def city_folders(root: Path, places: pd.DataFrame) -> list[str]:
    """Return the places that have a folder of curated tables, by division code."""
    ordered = places.sort_values("division_code")["place_id"].dropna()
    return [place for place in ordered if (path := inside(root / CURATED, place)) and path.is_dir()]


def _stray_folders(root: Path, places: pd.DataFrame) -> Iterator[Problem]:
    # Editors and JupyterLab leave folders such as .ipynb_checkpoints behind.
    names = [path.name for path in (root / CURATED).iterdir() if path.is_dir() and path.name[0] != "."]
    for name in sorted(set(names) - set(places["place_id"])):
        todo = f"add the place whose tables stand in {name}/"
        yield Problem("data/curated/places.csv", "place_id", "no row", name, todo)


def _read(root: Path, table: Table, cities: Iterable[str]) -> Rows:
    """Return the rows of a table's file, or of its files in the folders of cities."""
    if not table.per_city:
        return read_table(table, root / CURATED / table.path, f"data/curated/{table.path}")
    parts = []
    for city in cities:
        path = table.path.replace("*", city)
        rows = read_table(table, root / CURATED / path, f"data/curated/{path}")
        rows.frame.insert(0, "city_id", pd.Series([city] * len(rows.frame), dtype="str"))
        parts.append(rows)
    return joined(table, parts)


def joined(table: Table, parts: Sequence[Rows]) -> Rows:
    """Return the rows of several files of one table as one."""
    frames = [rows.frame for rows in parts]
    return Rows(
        pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=table.columns),
        [origin for rows in parts for origin in rows.origins],
        [problem for rows in parts for problem in rows.problems],
        [cells for rows in parts for cells in rows.cells],
    )


def _dangling(codebook: dict[str, Table], tables: dict[str, Rows]) -> Iterator[Problem]:
    """Yield a problem for every key that leads nowhere, the first with the names they may have meant."""
    told = 0
    for name, table in codebook.items():
        frame, origins = tables[name].frame, tables[name].origins
        for key in table.foreign_keys:
            known = set(tables[key.table].frame[key.key])
            column, todo = frame[key.column], f"correct it or add it to {key.table}"
            for at in column.index[column.notna() & ~column.isin(known)]:
                (file, row), own = origins[at], str(frame.at[at, table.key[0]])
                told += 1
                alike = near(column[at], known) if told <= SHOWN else []
                close = " or ".join(alike) or f"a {key.key} of {codebook[key.table].path}"
                yield Problem(file, key.column, column[at], close, todo, row=row, key=own)


def _documents(
    root: Path, sources: Rows, furniture: pd.DataFrame, problems: list[Problem]
) -> dict[str, Document]:
    documents = {}
    for at, source in sources.frame[sources.frame["path"].notna()].iterrows():
        name = source["source_id"]
        ranges = furniture[furniture["source_id"] == name]
        spans = [Span(int(row.start), int(row.end)) for row in ranges.itertuples() if row.start <= row.end]
        path = inside(root / RAW, source["path"])
        if path is None:
            (file, row), todo = sources.origins[at], "put the text there, and name it from there"
            problems.append(Problem(file, "path", source["path"], "a file in data/raw", todo, row, name))
            continue
        try:
            documents[name] = document = read_document(path, name, spans)
        except CompareError as error:
            problems += error.problems
            continue
        problems += _stray_furniture(source["place_id"], document)
        if document.sha256 != source["sha256"]:
            (file, row), recorded = sources.origins[at], source["sha256"]
            found = "" if pd.isna(recorded) else recorded
            todo = "the raw text was changed: restore it, or recode the source"
            problems.append(Problem(file, "sha256", found, document.sha256, todo, row=row, key=name))
    return documents


def _stray_furniture(place: str, document: Document) -> Iterator[Problem]:
    file, length, spans = f"data/curated/{place}/furniture.csv", len(document.raw), sorted(document.furniture)
    expected = f"ranges apart from one another within the {length} characters of the raw text"
    for span in [b for a, b in pairwise(spans) if a.overlaps(b)] + [s for s in spans if s.end > length]:
        found, key = f"{span.start}–{span.end}", document.source_id
        yield Problem(file, "start–end", found, expected, "correct the offsets", key=key)


def _derive(name: str, frame: pd.DataFrame, tables: dict[str, Rows]) -> pd.DataFrame:
    if "indicator_id" in frame and "topic_id" not in frame and name != "indicators":
        # What was read stays as it was: a table may be put together again with others.
        frame = frame.copy(deep=False)
        topics = _topics(tables["indicators"].frame, "indicator_id")
        named = frame["indicator_id"].map(topics).astype("str")
        if "measure_id" in frame:
            # A figure outside every indicator belongs where its measure does.
            measured = _topics(tables["measures"].frame, "measure_id")
            named = named.fillna(frame["measure_id"].map(measured).astype("str"))
        frame.insert(1 if "city_id" in frame else 0, "topic_id", named)
    return frame


def _topics(frame: pd.DataFrame, key: str) -> dict[str, str]:
    return dict(zip(frame[key], frame["topic_id"], strict=True))


def write_table(table: Table, rows: Iterable[dict[str, str]], path: Path) -> None:
    """Write rows in the one form tables have: UTF-8, LF, every field quoted, sorted by key."""
    write_whole(path, table_text(table, rows).encode())


def table_text(table: Table, rows: Iterable[dict[str, str]]) -> str:
    """Return the text of a table in its one form: every field quoted, sorted by key, LF.

    Numbers in keys sort as numbers, so that offsets stand in reading order.
    """
    whole = {column.name for column in table.fields if column.type == "integer"}
    ordered = sorted(rows, key=lambda row: [int(row[k]) if k in whole else row[k] for k in table.key])
    return quoted_csv([table.columns, *([row.get(name, "") for name in table.columns] for row in ordered)])


def quoted_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV text with every field quoted and LF alone.

    >>> quoted_csv([["a", "b"], ["1", ""]])
    '"a","b"\\n"1",""\\n'
    """
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return out.getvalue()


TABLES = tuple(
    f.name for f in fields(Book) if f.name not in ("root", "documents", "origins", "texts", "_records")
)
