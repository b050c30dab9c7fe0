"""Rules that hold the curated codes against the codings: a code is what both coders gave, or was decided.

The codings stand in data/review; a document that has none there is not held against anything.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from compare.errors import CompareError, Problem
from compare.rules.facts import FACTS
from compare.rules.rows import Row, rows_of, shown
from compare.tables.book import Book
from compare.texts.keywords import keyword_hits
from compare.texts.source import Document

REVIEW = Path("data", "review")
# Where a row's words stand, and the codes of it that both coders gave.
CODED = {
    "commitments": (("start", "end"), ("topic_id", "quantifier", "force", "instrument")),
    "other_clauses": (("start", "end"), ("class",)),
    "deadlines": (("due_start", "due_end"), ("due_on", "due_precision", "due_source", "recurrence")),
    "targets": (
        ("value_start", "value_end"),
        ("kind", "comparator", "value_low", "value_high", "multiplier", "basis", "force", "nature"),
    ),
}
# What adjudication.csv calls a column, where that is shorter.
FIELDS = {"topic_id": "topic"}
# The columns of the tables of decisions that are read here.
NEEDED = {
    "acts.csv": ("row_id", "decision"),
    "continuations.csv": ("later_id", "earlier_id", "decision"),
    "adjudication.csv": ("source_id", "start", "end", "field", "code_a", "code_b", "decision"),
} | {
    f"{table}.csv": ("source_id", *span, *(("deadline_id",) if table == "commitments" else ()))
    for table, (span, _) in CODED.items()
}
ACTS = ("targets", "outcomes", "outside_targets")
Place = tuple[str, str, str]


class Decision(NamedTuple):
    """One difference settled: both codes, and for whom, the code itself where it is neither's."""

    code_a: str
    code_b: str
    decision: str


def codes_were_decided(book: Book) -> Iterator[Problem]:
    """Every code of a document that was coded twice is the one both coders gave, or the one decided on."""
    decided = _decisions(book.root)
    for table, (span, columns) in CODED.items():
        first, second = (_coding(book.root, coding, table, span) for coding in ("first", "second"))
        for row in rows_of(book, table):
            place = (row.cells["source_id"], *(shown(row.cells[name]) for name in span))
            if place not in first or place not in second:
                continue
            for column in columns:
                codes = first[place].get(column, ""), second[place].get(column, "")
                yield from _settled(row, column, codes, decided.get((*place, FIELDS.get(column, column))))


def deadlines_were_decided(book: Book) -> Iterator[Problem]:
    """The time expression that governs a clause is the one both coders gave it, or the one decided on."""
    decided = _decisions(book.root)
    first, second = (_governed(book.root, coding) for coding in ("first", "second"))
    words = {cells["deadline_id"]: cells["due_text"] for cells in book.records("deadlines")}
    for row in rows_of(book, "commitments"):
        place = (row.cells["source_id"], shown(row.cells["start"]), shown(row.cells["end"]))
        if place not in first or place not in second:
            continue
        held, codes = words.get(row.cells["deadline_id"], ""), (first[place], second[place])
        decision = decided.get((*place, "due_text"))
        if decision is not None:
            told = {"A": decision.code_a, "B": decision.code_b}.get(decision.decision)
            if told is not None and held != told:
                yield row.problem("deadline_id", held, told or "nothing", "adjudication.csv decided so")
        elif codes[0] == codes[1] != held:
            yield row.problem("deadline_id", held, codes[0] or "nothing", "both coders gave it")


def _governed(root: Path, coding: str) -> dict[Place, str]:
    """Return, by clause, the words of the time expression that a coder gave it."""
    paths = (root / REVIEW / coding).glob("*/deadlines.csv")
    words = {row["deadline_id"]: row["due_text"] for path in paths for row in _rows(path)}
    clauses = _coding(root, coding, "commitments", ("start", "end"))
    return {place: words.get(row["deadline_id"], "") for place, row in clauses.items()}


def _settled(row: Row, column: str, codes: tuple[str, str], decision: Decision | None) -> Iterator[Problem]:
    held, allowed = shown(row.cells[column]), list(codes)
    if decision is not None:
        told = {"A": decision.code_a, "B": decision.code_b}.get(decision.decision)
        if told is None and held not in codes:
            return
        allowed = [told or "a code of neither coder"]
    elif column == "topic_id" and codes[0] != codes[1]:
        allowed = list(codes)
    if _plain(held) not in map(_plain, allowed):
        yield row.problem(
            column,
            held,
            " or ".join(dict.fromkeys(code or "nothing" for code in allowed)),
            "the coders gave it, or adjudication.csv decided so: restore it, or add the decision there",
        )


def _plain(code: str) -> str:
    return code.removesuffix(".0")


def acts_were_decided(book: Book) -> Iterator[Problem]:
    """The act of every statement and figure is the one of data/review/acts.csv."""
    decided = {row["row_id"]: row for row in _rows(book.root / REVIEW / "acts.csv")}
    keywords = dict(zip(book.indicators["indicator_id"], book.indicators["keywords_zh"], strict=True))
    for table in ACTS:
        for row in rows_of(book, table):
            for column, field in (("act", "decision"), ("also_act", "also")) if row.key in decided else ():
                held, told = shown(row.cells[column]), decided[row.key][field]
                if held != told:
                    yield row.problem(column, held, told or "nothing", "data/review/acts.csv decided so")
            if table in FACTS and row.key in decided:
                yield from _spoken_of(row, decided[row.key], keywords)


def _spoken_of(row: Row, decision: dict[str, str], keywords: dict[str, str]) -> Iterator[Problem]:
    """Yield the figure from elsewhere whose indicator no word of what the coders say it counts speaks of."""
    words = [decision.get("counted_a", ""), decision.get("counted_b", ""), str(row.cells["source_title"])]
    indicator = row.cells["indicator_id"]
    if pd.isna(indicator) or not any(words[:2]):
        return
    if not keyword_hits(Document(row.key, "。".join(words), ""), keywords[indicator]):
        yield row.problem(
            "indicator_id",
            indicator,
            f"an indicator of {words[0] or words[1]}",
            "both coders say in data/review/acts.csv what it counts",
        )


def continuations_were_decided(book: Book) -> Iterator[Problem]:
    """The continuations are those on which data/review/continuations.csv decided, with their relation."""
    decided = {
        (row["later_id"], row["earlier_id"]): row["decision"]
        for row in _rows(book.root / REVIEW / "continuations.csv")
    }
    if not decided:
        return
    held = set()
    for row in rows_of(book, "continuations"):
        pair = (row.cells["later_id"], row.cells["earlier_id"])
        held.add(pair)
        told = decided.get(pair, "none")
        if row.cells["relation"] != told:
            yield row.problem(
                "relation", row.cells["relation"], told, "data/review/continuations.csv decided so"
            )
    known = set(book.commitments["commitment_id"])
    for later, earlier in decided:
        if decided[later, earlier] != "none" and (later, earlier) not in held and later in known:
            yield Problem(
                "data/review/continuations.csv",
                "decision",
                decided[later, earlier],
                "a row of continuations.csv",
                f"{later} takes up {earlier}: restore the row, or decide anew",
                key=f"{later};{earlier}",
            )


def _coding(root: Path, coding: str, table: str, span: tuple[str, ...]) -> dict[Place, dict[str, str]]:
    paths = sorted((root / REVIEW / coding).glob(f"*/{table}.csv"))
    return {(row["source_id"], row[span[0]], row[span[1]]): row for path in paths for row in _rows(path)}


def _decisions(root: Path) -> dict[tuple[str, str, str, str], Decision]:
    return {
        (row["source_id"], row["start"], row["end"], row["field"]): Decision(
            row["code_a"], row["code_b"], row["decision"]
        )
        for row in _rows(root / REVIEW / "adjudication.csv")
    }


def _rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a review table, none where there is no such file."""
    if not path.is_file():
        return []
    stamp = path.stat()
    return _read(path, stamp.st_mtime_ns, stamp.st_size)


@cache
def _read(path: Path, _modified: int, _size: int) -> list[dict[str, str]]:
    # The codings are the largest tables and never change: once is enough for one state of a file.
    shown_as = "/".join(path.parts[path.parts.index("review") - 1 :])
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines, restval="")
            rows = list(reader)
    except UnicodeDecodeError:
        raise _unread(
            Problem(
                shown_as, found="bytes that are not UTF-8", expected="UTF-8", todo="save it again as UTF-8"
            )
        ) from None
    lacking = [name for name in NEEDED.get(path.name, ()) if name not in (reader.fieldnames or ())]
    if lacking:
        raise _unread(
            Problem(
                shown_as,
                row=1,
                found=", ".join(reader.fieldnames or ()),
                expected=", ".join(NEEDED[path.name]),
                todo=f"add {', '.join(lacking)}",
            )
        )
    return rows


def _unread(problem: Problem) -> CompareError:
    return CompareError("What was decided cannot be read", [problem])
