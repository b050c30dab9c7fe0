"""Rules on how far a time expression reaches: it governs what follows it, up to the next one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from compare.errors import Problem
from compare.rules.rows import Row, grouped, keyed, named, rows_of, shown, told, unused
from compare.tables.book import Book


def deadlines_reach(book: Book) -> Iterator[Problem]:
    """A clause names the deadline inside it, else none but the last before it; each governs something."""
    deadlines = sorted(rows_of(book, "deadlines"), key=lambda row: row["due_start"])
    placed = grouped(deadlines, "source_id")
    known = {row.key for row in deadlines}
    for row in rows_of(book, "commitments"):
        yield from _governed(row, placed.get((row["source_id"],), []), known)
    governed = named(book, "deadline_id", "commitments", "targets")
    yield from unused(
        book, "deadlines", governed, "a deadline that a commitment or target names", "name it there"
    )
    clauses = keyed(book, "commitments")
    for row in rows_of(book, "targets"):
        clause = clauses.get(row["commitment_id"])
        if row["kind"] == "target" and clause is not None:
            todo = f"its clause {row['commitment_id']} is governed by it"
            yield from row.unlike({"deadline_id": clause["deadline_id"]}, todo)


def _governed(row: Row, deadlines: list[Row], known: set[str]) -> Iterator[Problem]:
    """Yield a clause that names another deadline than the first inside it, or the last before it."""
    first, last = (
        bisect_left(deadlines, row[end], key=lambda one: one["due_start"]) for end in ("start", "end")
    )
    inside, ahead = deadlines[first:last], [one.key for one in deadlines[:first][-1:]]
    named_here = row["deadline_id"]
    if inside and named_here not in {one.key for one in inside}:
        todo = f"the clause itself says “{inside[0]['due_text']}”"
        yield row.wrong("deadline_id", inside[0].key, todo)
    elif not inside and named_here in known and named_here not in ahead:
        expected = f"{ahead[0] if ahead else 'nothing'} or nothing"
        yield row.wrong("deadline_id", expected, "a time expression reaches up to the next one, and not back")


def mentions_are_dated(book: Book) -> Iterator[Problem]:
    """A mention is due on the day of the deadline that governs the clause in which it stands."""
    deadlines, clauses = told(book, "deadlines", "due_on"), grouped(rows_of(book, "commitments"), "source_id")
    for row in rows_of(book, "mentions"):
        days = {
            shown(deadlines.get(clause["deadline_id"]))
            for clause in clauses.get((row["source_id"],), ())
            if clause["start"] < row["quote_end"] and row["quote_start"] < clause["end"]
        } or {""}
        if row.text("due_on") not in days:
            expected = " or ".join(sorted(day or "nothing" for day in days))
            yield row.wrong("due_on", expected, "the deadline of the clause says so")
