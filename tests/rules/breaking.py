"""Ways to break the real tables in memory, and what the checks tell of it.

What does not change is read once: only the tables that a case breaks are cast anew, and of the rules only
those run that read one of them. The inner modules are used here and nowhere else in the tables of cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import pandas as pd

from compare.errors import Problem
from compare.rules.check import RULES, THOROUGH
from compare.rules.remainder import nothing_is_left
from compare.tables import book as books
from compare.tables.book import Book
from compare.tables.codebook import Rows, Table, cast_lines, read_codebook

Rule = Callable[[Book], Iterable[Problem]]
CONTENT: tuple[Rule, ...] = (*RULES, *THOROUGH, nothing_is_left)
# A document is made of these; the others leave its text and reading as they are.
TEXTUAL = ("sources", "furniture")
WITH_TOPICS = {"targets", "mentions", "outcomes", "outside_targets", "not_applicable"}
# What a problem of the form is told by, before any rule is asked.
FORM = "form"


class Line(NamedTuple):
    """One row of a table as text, and the file it stands in."""

    file: str
    cells: dict[str, str]


class Told(NamedTuple):
    """Where a problem must be told: the file below data/curated, the key of its row, the column."""

    file: str
    key: str
    column: str


class Case(NamedTuple):
    """One way to break the tables: why it is a fault, the changes, and where it must be told."""

    reason: str
    changes: tuple[Change, ...]
    told: tuple[Told, ...]
    # Whether what is left uncoded must be looked for too.
    thorough: bool = False


def case(reason: str, *changes: Change, told: tuple[str, str, str], thorough: bool = False) -> Case:
    """Return a case that is told in one place: file, key and column, the latter two empty for any."""
    return Case(reason, changes, (Told(*told),), thorough)


Lines = dict[str, list[Line]]


class Draft:
    """The rows of all tables as text; those of a table are copied when a change first asks for them."""

    def __init__(self, codebook: dict[str, Table], tables: dict[str, Rows]) -> None:
        self.codebook, self._tables = codebook, tables
        self.changed: Lines = {}

    def lines(self, table: str) -> list[Line]:
        if table not in self.changed:
            rows, columns = self._tables[table], self.codebook[table].columns
            self.changed[table] = [
                Line(file, dict(zip(columns, cells, strict=True)))
                for (file, _), cells in zip(rows.origins, rows.cells, strict=True)
            ]
        return self.changed[table]

    def place(self, table: str, key: str) -> int:
        """Return where the one row of a key stands; the parts of a key are joined by `;`."""
        names = self.codebook[table].key
        [at] = [
            at
            for at, (_, cells) in enumerate(self.lines(table))
            if ";".join(cells[name] for name in names) == key
        ]
        return at


Change = Callable[[Draft], None]


def edit(table: str, key: str, /, **cells: str) -> Change:
    """Return a change of some cells of one row."""

    def change(draft: Draft) -> None:
        held = draft.lines(table)[draft.place(table, key)].cells
        assert any(held[name] != value for name, value in cells.items()), "a case that changes nothing"
        held.update(cells)

    return change


def again(table: str, key: str, /, **cells: str) -> Change:
    """Return the doubling of one row, at the end of its file, with some other cells."""

    def change(draft: Draft) -> None:
        lines = draft.lines(table)
        file, held = lines[draft.place(table, key)]
        assert set(cells) <= set(held)
        last = max(at for at, line in enumerate(lines) if line.file == file)
        lines.insert(last + 1, Line(file, held | cells))

    return change


def drop(table: str, key: str) -> Change:
    """Return the removal of one row."""

    def change(draft: Draft) -> None:
        del draft.lines(table)[draft.place(table, key)]

    return change


def move(table: str, key: str, city: str) -> Change:
    """Return the move of one row to the folder of another city."""

    def change(draft: Draft) -> None:
        lines = draft.lines(table)
        _, cells = lines.pop(draft.place(table, key))
        lines.append(Line(f"data/curated/{city}/{table}.csv", cells))

    return change


def empty(*tables: str) -> Change:
    """Return the removal of every row of some tables."""

    def change(draft: Draft) -> None:
        for table in tables:
            draft.lines(table).clear()

    return change


def new(table: str, city: str = "", /, **cells: str) -> Change:
    """Return the addition of one row, empty but for some cells."""

    def change(draft: Draft) -> None:
        columns = draft.codebook[table].columns
        assert set(cells) <= set(columns)
        folder = f"{city}/" if city else ""
        draft.lines(table).append(
            Line(f"data/curated/{folder}{table}.csv", dict.fromkeys(columns, "") | cells)
        )

    return change


class Noting(dict[str, Any]):
    """The cells of all tables as text, which notes whose are asked for."""

    def __init__(self, held: dict[str, Any], seen: set[str]) -> None:
        super().__init__(held)
        self._seen = seen

    def __getitem__(self, table: str) -> Any:
        self._seen.add(table)
        return super().__getitem__(table)


class Recorder:
    """A book that notes which tables are read of it."""

    def __init__(self, held: Book) -> None:
        self._held = held
        self.seen: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        # What stands for several tables names them.
        behind = {"cities": {"places"}, "documents": set(TEXTUAL), "read": set(TEXTUAL), "texts": set()}
        self.seen |= behind.get(name, {name})
        held = getattr(self._held, name)
        return Noting(held, self.seen) if name == "texts" else held

    def records(self, table: str) -> list[dict[str, Any]]:
        self.seen.add(table)
        return self._held.records(table)


class Bench:
    """The real tables, without a release, and what is told of them once they are changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.codebook = read_codebook(root)
        self.tables = books.read_tables(root, self.codebook)
        self.tables["release"] = self._cast(self.codebook["release"], [])
        self.book, problems = books.assemble(root, self.codebook, self.tables)
        assert not problems, "\n".join(map(str, problems))
        # A second time each is as quick as it will be.
        quick = sorted((self._seconds(rule), at) for at, rule in enumerate(CONTENT))
        self.reads = {CONTENT[at]: self._reads(CONTENT[at]) for _, at in quick}

    def _seconds(self, rule: Rule) -> float:
        told = list(rule(self.book))
        assert not told, "\n".join(map(str, told))
        start = perf_counter()
        list(rule(self.book))
        return perf_counter() - start

    def _reads(self, rule: Rule) -> set[str]:
        recorder = Recorder(self.book)
        list(rule(recorder))  # type: ignore[arg-type]  it stands for the book
        # The topic of a statement is derived from its indicator or measure.
        return recorder.seen | ({"indicators", "measures"} if recorder.seen & WITH_TOPICS else set())

    def draft(self, *changes: Change) -> Draft:
        """Return the rows as they are after the changes."""
        draft = Draft(self.codebook, self.tables)
        for change in changes:
            change(draft)
        return draft

    def assembled(self, *changes: Change) -> tuple[Book, list[Problem], set[str]]:
        """Return the changed book, the problems of its form, and which tables were changed."""
        draft = self.draft(*changes)
        tables = self.tables | {
            name: self._cast(self.codebook[name], lines) for name, lines in draft.changed.items()
        }
        documents = None if self._other_texts(draft) else self.book.documents
        return *books.assemble(self.root, self.codebook, tables, documents), set(draft.changed)

    def _other_texts(self, draft: Draft) -> bool:
        """Tell whether a change asks for another text: its place, its sum, or what is no part of it."""
        if "furniture" in draft.changed:
            return True
        names = ("source_id", "place_id", "path", "sha256")
        before = self.draft().lines("sources")
        texts = [[line.cells[name] for name in names] for line in before]
        return texts != [
            [line.cells[name] for name in names] for line in draft.changed.get("sources", before)
        ]

    def telling(self, *changes: Change, thorough: bool = False) -> Iterator[tuple[str, Problem]]:
        """Yield what is told of the changed tables with the name of its rule, the quickest rules first.

        `thorough` also proves that nothing is left uncoded, which takes as long as many other rules.
        """
        book, problems, changed = self.assembled(*changes)
        yield from ((FORM, problem) for problem in problems)
        for rule in self.reads if not problems else ():
            if self.reads[rule] & changed and (thorough or rule in RULES):
                yield from ((rule.__name__, problem) for problem in rule(book))

    def told_by(self, *changes: Change, thorough: bool = False) -> dict[str, list[Problem]]:
        """Return what is told of the changed tables, by the name of the rule that tells it."""
        found: dict[str, list[Problem]] = {}
        for name, problem in self.telling(*changes, thorough=thorough):
            found.setdefault(name, []).append(problem)
        return found

    def told(self, *changes: Change, thorough: bool = False) -> list[Problem]:
        """Return all that is told of the changed tables."""
        return [problem for _, problem in self.telling(*changes, thorough=thorough)]

    def told_by_one(self, name: str, *changes: Change) -> list[Problem]:
        """Return what one rule, and no other, tells of the changed tables."""
        book, problems, _ = self.assembled(*changes)
        assert not problems, "\n".join(map(str, problems))
        [rule] = [rule for rule in self.reads if rule.__name__ == name]
        return list(rule(book))

    def tells_of(self, file: str, *changes: Change) -> bool:
        """Tell whether anything is told of a file."""
        return any(problem.file == file for _, problem in self.telling(*changes))

    def holds(self, case: Case) -> None:
        """Assert that a case is told where it says."""
        told: list[Problem] = []
        for _, problem in self.telling(*case.changes, thorough=case.thorough):
            told.append(problem)
            if not missing(told, case.told):
                return
        raise AssertionError(f"{case.reason}: {missing(told, case.told)}\n" + "\n".join(map(str, told)))

    def _cast(self, table: Table, lines: list[Line]) -> Rows:
        parts = []
        for file in dict.fromkeys(line.file for line in lines) or [table.path]:
            mine = [[*line.cells.values()] for line in lines if line.file == file]
            rows = cast_lines(table, enumerate(mine, 2), file, [])
            if table.per_city:
                rows.frame.insert(0, "city_id", pd.Series([file.split("/")[-2]] * len(mine), dtype="str"))
            parts.append(rows)
        return books.joined(table, parts)


def places(problems: Iterable[Problem]) -> set[Told]:
    """Return where problems are told."""
    return {Told(one.file.removeprefix("data/curated/"), one.key or "", one.column or "") for one in problems}


def missing(problems: Iterable[Problem], wanted: Iterable[Told]) -> set[Told]:
    """Return the places at which nothing is told; a key or column left empty stands for any."""
    held = places(problems)
    return {
        one
        for one in wanted
        if not any(
            one.file == file and one.key in ("", key) and one.column in ("", column)
            for file, key, column in held
        )
    }
