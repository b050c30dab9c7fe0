"""Two codings of the same documents, as each coder left them, and how far they agree.

`data/review/first` and `data/review/second` hold a folder per city in the columns of the
curated tables; `data/review/adjudication.csv` says how each difference was decided, and
`data/review/continuations.csv` which later commitments each coder found to take up which earlier one.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare.coding.acted import acts_text
from compare.coding.agreement import Agreement, agreement, span_recall
from compare.coding.continued import continued_text, counted, interval, number, share
from compare.errors import CompareError, Problem
from compare.language.spans import Span
from compare.tables import review
from compare.tables.review import REVIEW

# Of the tables that were coded twice, those whose spans are compared.
SPANS = {table: review.SPANS[table] for table in ("commitments", "deadlines", "targets")}
CODERS = ("first", "second")
CODES = (
    ("commitments", "topic_id", "nominal"),
    ("commitments", "quantifier", "nominal"),
    ("commitments", "force", "nominal"),
    ("commitments", "instrument", "nominal"),
    ("targets", "basis", "nominal"),
    ("targets", "comparator", "nominal"),
    ("targets", "force", "nominal"),
    ("targets", "due_on", "interval"),
)
Row = dict[str, str]


@dataclass(frozen=True)
class Found:
    """How many spans of a table each coder marked, and the share of one's that the other marked too."""

    table: str
    first: int
    second: int
    first_in_second: float
    second_in_first: float


def read_coding(root: Path, coder: str, table: str) -> list[Row]:
    """Return the rows of one table of one coding, all cities; raise CompareError if there are none."""
    rows = review.coding(root, coder, table)
    if not rows:
        folder, expected = f"{REVIEW.as_posix()}/{coder}", f"a folder per city with {table}.csv"
        problem = Problem(folder, None, "no tables", expected, "put the coder's tables there")
        raise CompareError("A coding is missing", [problem])
    return rows


def found_spans(root: Path) -> list[Found]:
    """Return, for commitments, deadlines and targets, how many spans both coders marked."""
    made = []
    for table, (start, end) in SPANS.items():
        first, second = (_by_source(read_coding(root, coder, table), start, end) for coder in CODERS)
        one, other = (sum(map(len, spans.values())) for spans in (first, second))
        made.append(Found(table, one, other, _recall(second, first), _recall(first, second)))
    return made


def _by_source(rows: list[Row], start: str, end: str) -> dict[str, list[Span]]:
    spans: dict[str, set[Span]] = {}
    for row in rows:
        spans.setdefault(row["source_id"], set()).add(Span(int(row[start]), int(row[end])))
    return {source: sorted(held) for source, held in spans.items()}


def _recall(found: dict[str, list[Span]], wanted: dict[str, list[Span]]) -> float:
    hits, count = 0, 0
    for source, spans in wanted.items():
        hits += round(span_recall(found.get(source, []), spans) * len(spans))
        count += len(spans)
    return hits / count if count else math.nan


def coded_alike(root: Path) -> Iterator[tuple[str, str, str, Agreement]]:
    """Yield table, column, level and agreement over the statements that both coders marked with one span."""
    for table, column, level in CODES:
        first, second = (_keyed(read_coding(root, coder, table), *SPANS[table]) for coder in CODERS)
        both = sorted(first.keys() & second.keys())
        codes = [[_code(rows[key][column], level) for key in both] for rows in (first, second)]
        yield table, column, level, agreement(codes, level)


def _keyed(rows: list[Row], start: str, end: str) -> dict[tuple[str, ...], Row]:
    return {(row["source_id"], row[start], row[end], row.get("indicator_id", "")): row for row in rows}


def _code(cell: str, level: str) -> Any:
    if level == "interval":
        return datetime.date.fromisoformat(cell).toordinal() if cell else None
    return cell or None


def adjudications(root: Path) -> list[Row]:
    """Return the rows of adjudication.csv; raise CompareError if it is missing."""
    return _decisions(root, "adjudication")


def continuations(root: Path) -> list[Row]:
    """Return the rows of continuations.csv: each pair that a coder named, both codes and the decision.

    A code is empty where that coder did not name the pair; the decision "none" is no continuation.
    Raises CompareError if the file is missing.
    """
    return _decisions(root, "continuations")


def _decisions(root: Path, table: str) -> list[Row]:
    file = REVIEW / f"{table}.csv"
    if not (root / file).is_file():
        todo = "put the table of both codings there"
        raise CompareError(
            "What was decided is missing", [Problem(file.as_posix(), None, "no file", todo=todo)]
        )
    return review.decisions(root, table)


def review_text(root: Path) -> str:
    """Return data/review/README.md: what the codings are, how far they agree, what was decided."""
    decided = adjudications(root)
    spans = [
        [found.table, found.first, found.second, share(found.first_in_second), share(found.second_in_first)]
        for found in found_spans(root)
    ]
    codes = [
        [table, column, level, held.units, share(held.same), number(held.alpha), interval(held)]
        for table, column, level, held in coded_alike(root)
    ]
    told = TEXT.format(
        spans=_lines(spans),
        codes=_lines(codes),
        count=len(decided),
        fields=counted(row["field"] for row in decided),
        chosen=counted(row["decision"] for row in decided),
    )
    return told + continued_text(continuations(root)) + acts_text(_decisions(root, "acts"))


def _lines(rows: list[list[object]]) -> str:
    """Return rows as the lines of a Markdown table."""
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


TEXT = """# Second coding and agreement

Generated by `python -m compare agreement --write` from the tables in this folder.

`first/` is the coding of coder A, `second/` that of coder B, as they stood before anything was compared.
Each coder read the documents, cut into the same segments, and `docs/coding.md`, and nothing else; neither
saw the other's rows. Both are automatic readers of the same kind, so their agreement says that the rules
can be followed; it is no proof that a reader of another kind would agree as closely, and it should be read
as an upper bound.

The lists that coder A read showed the segments without the marks that close them, those of coder B with
them (for dezhou-2023 from the second pass on); whether a date stands in the same sentence was therefore
computed from the text for both. Coders named indicators in words; the ids were assigned afterwards, and no
agreement is reported on them. After adjudication all targets, mentions, tasks and ledger rows were read
once more against the documents; a decision against both coders reads "neither".

## Spans found

A span counts as found where the other coder marked one that overlaps it.

| table | A | B | A's spans found by B | B's spans found by A |
|---|---|---|---|---|
{spans}

## Codes of spans that both marked alike

Krippendorff's alpha with 95 % jackknife intervals over statements; the due date as days (interval).

| table | column | level | statements | the same | alpha | interval |
|---|---|---|---|---|---|---|
{codes}

## Adjudication

`adjudication.csv` holds {count} differences with both codes, the decision and its reason ({fields}).
Decided for: {chosen}. The curated tables hold the outcome.
"""
