"""Hold every mutant against the checks: what catches it without the release, and what with it.

What does not change is read once. A mutant's table alone is cast anew, and of the rules only those run
that read this table: what each reads is recorded while it passes over the tables as they stand.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pandas as pd
from benchmarks.mutants.draw import Mutant

from compare.errors import CompareError, Problem
from compare.rules.check import RULES, THOROUGH
from compare.rules.published import release_holds
from compare.rules.remainder import nothing_is_left
from compare.tables import book as books
from compare.tables.book import Book
from compare.tables.codebook import Rows, Table, cast_lines, read_codebook

Rule = Callable[[Book], Iterable[Problem]]
CONTENT: tuple[Rule, ...] = (*RULES, *THOROUGH, nothing_is_left)
# A document is made of these; the others leave its text and reading as they are.
TEXTUAL = ("sources", "furniture")
FORM = "form"
WITH_TOPICS = {"targets", "mentions", "outcomes", "outside_targets", "not_applicable"}


@dataclass(frozen=True)
class Verdict:
    """What caught a mutant: the first rule on content, empty where none did, and whether the release did.

    `crash` holds the error by which a rule ended instead of telling a problem.
    """

    name: str
    rule: str
    release: bool
    crash: str = ""


class Recorder:
    """A book that notes which tables are read of it."""

    def __init__(self, held: Book) -> None:
        self._held = held
        self.seen: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        # What stands for several tables names them.
        behind = {
            "cities": {"places"},
            "documents": set(TEXTUAL),
            "read": set(TEXTUAL),
            "texts": set(self._held.texts),
        }
        self.seen |= behind.get(name, {name})
        return getattr(self._held, name)

    def records(self, table: str) -> list[dict[str, Any]]:
        self.seen.add(table)
        return self._held.records(table)


class Bench:
    """The tables as they stand, and what each rule reads of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.codebook = read_codebook(root)
        self.tables = books.read_tables(root, self.codebook)
        self.book, problems = books.assemble(root, self.codebook, self.tables)
        if problems:
            raise CompareError("The tables that are to be mutated do not hold", problems)
        self.reads = {rule: _reads(rule, self.book) for rule in CONTENT}

    def judge(self, mutant: Mutant) -> Verdict:
        """Return what catches one mutant."""
        table = self.codebook[mutant.way.table]
        tables = self.tables | {table.name: _mutated(table, self.tables[table.name], mutant)}
        documents = None if table.name in TEXTUAL else self.book.documents
        try:
            book, problems = books.assemble(self.root, self.codebook, tables, documents)
        except Exception as error:
            return Verdict(mutant.name, "", False, f"assemble: {error!r}")
        if problems:
            return Verdict(mutant.name, FORM, True)
        rule, crash = self._content(book, table.name)
        return Verdict(mutant.name, rule, bool(rule) or any(True for _ in release_holds(book)), crash)

    def _content(self, book: Book, table: str) -> tuple[str, str]:
        for rule in CONTENT:
            if table not in self.reads[rule]:
                continue
            try:
                if any(True for _ in rule(book)):
                    return rule.__name__, ""
            except Exception as error:
                return "", f"{rule.__name__}: {error!r}"
        return "", ""


def _reads(rule: Rule, book: Book) -> set[str]:
    recorder = Recorder(book)
    for problem in rule(recorder):  # type: ignore[arg-type]  it stands for the book
        raise CompareError("The tables that are to be mutated do not hold", [problem])
    # The topic of a statement is derived from its indicator or measure.
    return recorder.seen | ({"indicators", "measures"} if recorder.seen & WITH_TOPICS else set())


def _mutated(table: Table, rows: Rows, mutant: Mutant) -> Rows:
    """Return the rows of a table with one of them changed, gone, moved or added."""
    entries = [(file, list(cells)) for (file, _), cells in zip(rows.origins, rows.cells, strict=True)]
    file = entries[mutant.at][0]
    if mutant.city:
        parts = file.split("/")
        file = "/".join([*parts[:-2], mutant.city, parts[-1]])
    changed = [] if mutant.cells is None else [(file, list(mutant.cells))]
    if mutant.new or mutant.city:
        kept = entries if mutant.new else entries[: mutant.at] + entries[mutant.at + 1 :]
        entries = [*kept, *changed]
    else:
        entries[mutant.at : mutant.at + 1] = changed
    return _cast(table, entries)


def _cast(table: Table, entries: list[tuple[str, list[str]]]) -> Rows:
    files = dict.fromkeys(file for file, _ in entries)
    parts = []
    for file in files:
        lines = enumerate((cells for other, cells in entries if other == file), 2)
        problems: list[Problem] = []
        rows = cast_lines(table, lines, file, problems)
        rows.problems.extend(problem for problem in problems if problem not in rows.problems)
        if table.per_city:
            rows.frame.insert(0, "city_id", pd.Series([file.split("/")[-2]] * len(rows.frame), dtype="str"))
        parts.append(rows)
    return books.joined(table, parts)


_BENCH: Bench | None = None


def judged(root: Path, mutants: Iterable[Mutant], jobs: int = 0) -> Iterator[Verdict]:
    """Yield the verdict on every mutant, in their order, judged side by side."""
    global _BENCH
    _BENCH = Bench(root)
    workers = jobs or os.cpu_count() or 1
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        yield from pool.map(_judge, mutants, chunksize=16)


def _judge(mutant: Mutant) -> Verdict:
    assert _BENCH is not None
    return _BENCH.judge(mutant)
