"""Rules that hold the curated codes against the codings: a code is what both coders gave, or was decided.

The codings stand in data/review; a document that has none there is not held against anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from compare.errors import Problem
from compare.rules.facts import FACTS
from compare.rules.rows import Row, rows_of, told
from compare.tables import review
from compare.tables.book import Book
from compare.tables.review import SPANS
from compare.texts.keywords import keyword_hits
from compare.texts.source import Document

# The codes of a row that both coders gave.
CODED = {
    "commitments": ("topic_id", "quantifier", "force", "instrument"),
    "other_clauses": ("class",),
    "deadlines": ("due_on", "due_precision", "due_source", "recurrence"),
    "targets": ("kind", "comparator", "value_low", "value_high", "multiplier", "basis", "force", "nature"),
}
# What adjudication.csv calls a column, where that is shorter.
FIELDS = {"topic_id": "topic"}
ACTS = ("targets", "outcomes", "outside_targets")
CONTINUATIONS = "data/review/continuations.csv"
Place = tuple[str, ...]


class Decision(NamedTuple):
    """One difference settled: both codes, and for whom, the code itself where it is neither's."""

    code_a: str
    code_b: str
    decision: str

    @property
    def code(self) -> str | None:
        """The code decided for, None where it is neither's."""
        return {"A": self.code_a, "B": self.code_b}.get(self.decision)


def codes_were_decided(book: Book) -> Iterator[Problem]:
    """Every code of a document that was coded twice is the one both coders gave, or the one decided on."""
    decided = _decisions(book.root)
    for table, columns in CODED.items():
        first, second = (_coding(book.root, coder, table) for coder in ("first", "second"))
        for row in rows_of(book, table):
            place = _place(row)
            for column in columns if place in first and place in second else ():
                codes = [coded[place].get(column, "") for coded in (first, second)]
                yield from _settled(row, column, codes, decided.get((*place, FIELDS.get(column, column))))


def _settled(row: Row, column: str, codes: list[str], decision: Decision | None) -> Iterator[Problem]:
    held, allowed = row.text(column), codes
    if decision is not None:
        if decision.code is None and held not in codes:
            return
        allowed = [decision.code or "a code of neither coder"]
    if held not in [code.removesuffix(".0") for code in allowed]:
        expected = " or ".join(dict.fromkeys(code or "nothing" for code in allowed))
        todo = "the coders gave it, or adjudication.csv decided so: restore it, or add the decision there"
        yield row.wrong(column, expected, todo)


def deadlines_were_decided(book: Book) -> Iterator[Problem]:
    """The time expression that governs a clause is the one both coders gave it, or the one decided on."""
    decided, words = _decisions(book.root), told(book, "deadlines", "due_text")
    first, second = (_governed(book.root, coder) for coder in ("first", "second"))
    for row in rows_of(book, "commitments"):
        place = _place(row)
        if place not in first or place not in second:
            continue
        decision = decided.get((*place, "due_text"))
        code, why = (first[place], "both coders gave it") if first[place] == second[place] else (None, "")
        if decision is not None:
            code, why = decision.code, "adjudication.csv decided so"
        held = words.get(row["deadline_id"], "")
        if code is not None and held != code:
            yield row.problem("deadline_id", held, code or "nothing", why)


def _governed(root: Path, coder: str) -> dict[Place, str]:
    """Return, by clause, the words of the time expression that a coder gave it."""
    words = {row["deadline_id"]: row["due_text"] for row in review.coding(root, coder, "deadlines")}
    clauses = _coding(root, coder, "commitments")
    return {place: words.get(row["deadline_id"], "") for place, row in clauses.items()}


def acts_were_decided(book: Book) -> Iterator[Problem]:
    """The act of every statement and figure is the one of data/review/acts.csv."""
    decided = {row["row_id"]: row for row in review.decisions(book.root, "acts")}
    keywords = told(book, "indicators", "keywords_zh")
    for row in rows_of(book, *ACTS):
        decision = decided.get(row.key)
        if decision is not None:
            acts = {"act": decision["decision"], "also_act": decision["also"]}
            yield from row.unlike(acts, "data/review/acts.csv decided so")
            yield from _spoken_of(row, decision, keywords) if row.table in FACTS else ()


def _spoken_of(row: Row, decision: dict[str, str], keywords: dict[str, str]) -> Iterator[Problem]:
    """Yield the figure from elsewhere whose indicator no word of what the coders say it counts speaks of."""
    counted = [decision.get("counted_a", ""), decision.get("counted_b", "")]
    if not row.has("indicator_id") or not any(counted):
        return
    said = Document(row.key, "。".join([*counted, str(row["source_title"])]), "")
    if not keyword_hits(said, keywords[row["indicator_id"]]):
        expected = f"an indicator of {counted[0] or counted[1]}"
        yield row.wrong("indicator_id", expected, "both coders say in data/review/acts.csv what it counts")


def continuations_were_decided(book: Book) -> Iterator[Problem]:
    """The continuations are those on which data/review/continuations.csv decided, with their relation."""
    rows = review.decisions(book.root, "continuations")
    decided = {(row["later_id"], row["earlier_id"]): row["decision"] for row in rows}
    held = set()
    for row in rows_of(book, "continuations") if decided else ():
        pair = (row["later_id"], row["earlier_id"])
        held.add(pair)
        yield from row.unlike({"relation": decided.get(pair, "none")}, f"{CONTINUATIONS} decided so")
    known = set(book.commitments["commitment_id"])
    for (later, earlier), decision in decided.items():
        if decision != "none" and (later, earlier) not in held and later in known:
            expected, todo = (
                "a row of continuations.csv",
                f"{later} takes up {earlier}: restore the row, or decide anew",
            )
            yield Problem(CONTINUATIONS, "decision", decision, expected, todo, key=f"{later};{earlier}")


def _place(row: Row) -> Place:
    return (row["source_id"], *map(row.text, SPANS[row.table]))


def _coding(root: Path, coder: str, table: str) -> dict[Place, dict[str, str]]:
    start, end = SPANS[table]
    rows = review.coding(root, coder, table)
    return {(row["source_id"], row[start], row[end]): row for row in rows}


def _decisions(root: Path) -> dict[Place, Decision]:
    return {
        (row["source_id"], row["start"], row["end"], row["field"]): Decision(
            row["code_a"], row["code_b"], row["decision"]
        )
        for row in review.decisions(root, "adjudication")
    }
