"""Rules on how far a time expression reaches: it governs what follows it, up to the next one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from compare.errors import Problem
from compare.rules.rows import rows_of, shown
from compare.tables.book import Book

Cells = dict[str, Any]


def deadlines_reach(book: Book) -> Iterator[Problem]:
    """A clause names the deadline inside it, else none but the last before it; each governs something."""
    deadlines = {cells["deadline_id"]: cells for cells in book.records("deadlines")}
    placed = _by_place(deadlines)
    for row in rows_of(book, "commitments"):
        cells = row.cells
        starts, found = placed.get(cells["source_id"], ([], []))
        inside = found[bisect_left(starts, cells["start"]) : bisect_left(starts, cells["end"])]
        ahead = found[: bisect_left(starts, cells["start"])][-1:]
        named = deadlines.get(cells["deadline_id"])
        if inside and (named is None or named["deadline_id"] not in {one["deadline_id"] for one in inside}):
            yield row.problem(
                "deadline_id",
                cells["deadline_id"],
                inside[0]["deadline_id"],
                f"the clause itself says “{inside[0]['due_text']}”",
            )
        elif not inside and named is not None and named not in ahead:
            yield row.problem(
                "deadline_id",
                cells["deadline_id"],
                f"{ahead[0]['deadline_id'] if ahead else 'nothing'} or nothing",
                "a time expression reaches up to the next one, and not back",
            )
    yield from _gaps(book)


def _by_place(deadlines: dict[str, Cells]) -> dict[str, tuple[list[int], list[Cells]]]:
    placed: dict[str, list[Cells]] = {}
    for cells in sorted(deadlines.values(), key=lambda cells: cells["due_start"]):
        placed.setdefault(cells["source_id"], []).append(cells)
    return {source: ([one["due_start"] for one in found], found) for source, found in placed.items()}


def _gaps(book: Book) -> Iterator[Problem]:
    """Yield deadlines that govern nothing, and targets whose clause has another deadline than they."""
    governed = set(book.commitments["deadline_id"].dropna()) | set(book.targets["deadline_id"].dropna())
    for row in rows_of(book, "deadlines"):
        if row.key not in governed:
            yield row.problem(
                "deadline_id", row.key, "a deadline that a commitment or target names", "name it there"
            )
    clauses = {cells["commitment_id"]: cells for cells in book.records("commitments")}
    for row in rows_of(book, "targets"):
        clause = clauses.get(row.cells["commitment_id"])
        if (
            row.cells["kind"] == "target"
            and clause
            and shown(clause["deadline_id"]) != shown(row.cells["deadline_id"])
        ):
            yield row.problem(
                "deadline_id",
                row.cells["deadline_id"],
                shown(clause["deadline_id"]) or "nothing",
                f"its clause {row.cells['commitment_id']} is governed by it",
            )


def mentions_are_dated(book: Book) -> Iterator[Problem]:
    """A mention is due on the day of the deadline that governs the clause in which it stands."""
    deadlines = {cells["deadline_id"]: cells["due_on"] for cells in book.records("deadlines")}
    clauses: dict[str, list[Cells]] = {}
    for cells in book.records("commitments"):
        clauses.setdefault(cells["source_id"], []).append(cells)
    for row in rows_of(book, "mentions"):
        days = {
            shown(deadlines.get(cells["deadline_id"]))
            for cells in clauses.get(row.cells["source_id"], ())
            if cells["start"] < row.cells["quote_end"] and row.cells["quote_start"] < cells["end"]
        } or {""}
        if shown(row.cells["due_on"]) not in days:
            yield row.problem(
                "due_on",
                row.cells["due_on"],
                " or ".join(sorted(day or "nothing" for day in days)),
                "the deadline of the clause says so",
            )
