"""A city's document against its next one: what is promised again, further, less far, no more, or anew.

What the later document does not take up may have been kept: it is told as not taken up, with whether its
deadline had passed. Commitments in the same words of one document are counted once. The status of both
documents stands in every row, for a draft promises nothing yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from compare.analysis.coverage import coverage
from compare.analysis.moves import moves
from compare.analysis.panel import chosen, operative
from compare.errors import CompareError, Problem
from compare.tables.book import Book

EDITIONS = ["city_id", "earlier_id", "earlier_status", "later_id", "later_status", "drawn_up_on"]
PAIR = ["city_id", "earlier_source_id", "earlier_status", "later_source_id", "later_status"]
INDICATORS = [
    *PAIR,
    "topic_id",
    "indicator_id",
    "earlier_state",
    "later_state",
    "change",
    "earlier_ids",
    "later_ids",
    "earlier_due_on",
    "lapsed",
    "differences",
    "reason_zh",
    "reason_en",
]
RELATIONS = ("again", "raised", "lowered", "changed")
LATER = (*RELATIONS, "mixed", "new")
EARLIER = ("taken_up", "not_taken_up", "lapsed", "running", "undated")
TAKEN_UP = [
    *PAIR,
    "topic_id",
    "earlier_topic_id",
    "relation",
    "later_id",
    "later_zh",
    "earlier_id",
    "earlier_zh",
    "note",
]
# What became of a promise, by the form it has in the earlier and in the later document.
FORMS = {
    ("number", "words"): "to_words",
    ("number", "none"): "dropped",
    ("number", "status"): "reported",
    ("words", "number"): "to_number",
    ("words", "words"): "in_words",
    ("words", "none"): "dropped",
    ("words", "status"): "reported",
    ("none", "number"): "new_number",
    ("none", "words"): "new_words",
    ("status", "number"): "new_number",
    ("status", "words"): "new_words",
}
City = str | Iterable[str] | None
Cells = dict[str, Any]


def editions(book: Book, city: City = None) -> pd.DataFrame:
    """Return the documents at hand of a city in pairs, each with the next by the start of its period.

    Documents that start on one day are no editions of one another: each is paired with those that start
    next. `drawn_up_on` is the later one's. Raises UnknownName for an unknown city, and CompareError
    where one of several documents has no `period_start`.
    """
    made: list[Cells] = []
    for name in chosen(book, city):
        held = book.sources[(book.sources["place_id"] == name) & book.sources["path"].notna()]
        if len(held) > 1:
            _require_starts(held)
        groups = [group.to_dict("records") for _, group in held.groupby("period_start")]
        made += [_edition(a, b) for earlier, later in pairwise(groups) for a in earlier for b in later]
    return pd.DataFrame(made, columns=EDITIONS)


def _require_starts(sources: pd.DataFrame) -> None:
    problems = [
        Problem(
            "data/curated/sources.csv",
            "period_start",
            expected="the first day the plan covers",
            todo="enter it: a city's documents are told apart by it",
            key=name,
        )
        for name in sources.loc[sources["period_start"].isna(), "source_id"]
    ]
    if problems:
        raise CompareError("The documents of a city cannot be put in order", problems)


def _edition(earlier: Cells, later: Cells) -> Cells:
    return {
        "city_id": later["place_id"],
        "earlier_id": earlier["source_id"],
        "earlier_status": earlier["status"],
        "later_id": later["source_id"],
        "later_status": later["status"],
        "drawn_up_on": later["drawn_up_on"],
    }


def _pairs(book: Book, city: City) -> list[Cells]:
    """Return the pairs of documents under the names of columns that speak of rows too."""
    names = {"earlier_id": "earlier_source_id", "later_id": "later_source_id"}
    return editions(book, city).rename(columns=names).to_dict("records")


# ── indicators ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Said:
    """What one document says of one indicator: the form of it, its rows, and the clauses they stand in."""

    state: str
    form: str
    ids: tuple[str, ...] = ()
    dues: tuple[pd.Timestamp, ...] = ()
    clauses: frozenset[str] = frozenset()


def indicator_changes(book: Book, city: City = None) -> pd.DataFrame:
    """Return what became of every indicator that one of two documents quantifies, reports or mentions.

    `change` is, of two figures, again, raised, lowered, differs, different_measure (see `moves`) or mixed
    (several measures, moved differently); to_number, to_words or in_words (words in both); new_number and
    new_words; dropped (the later document is silent); taken_up (one of the two is silent on the indicator,
    but a commitment that speaks of it is taken up: the silent side's ids are those commitments); reported
    (the later one gives a status only); status_only (no promise in either); unknown (one was not coded, or
    the indicator does not apply). Ids are separated by `;`. `lapsed` is whether every deadline of the
    earlier promise had passed when the later document was drawn up, empty where a day is not stated.
    Raises as `editions`.
    """
    links = book.continuations
    made: list[Cells] = []
    for pair in _pairs(book, city):
        states = coverage(book, city=pair["city_id"], headline=False)
        sides = [
            states[states["source_id"] == pair[f"{side}_source_id"]].set_index("indicator_id")["state"]
            for side in ("earlier", "later")
        ]
        for indicator in book.indicators.to_dict("records"):
            name = indicator["indicator_id"]
            said = [
                _said(book, pair[f"{side}_source_id"], name, state[name])
                for side, state in zip(("earlier", "later"), sides, strict=True)
            ]
            if any(one.ids for one in said):
                row = {column: pair[column] for column in PAIR} | {
                    "topic_id": indicator["topic_id"],
                    "indicator_id": name,
                    "lapsed": _passed(said[0].dues, pair["drawn_up_on"]),
                }
                made.append(row | _became(book, row, said[0], said[1], links))
    return pd.DataFrame(made, columns=INDICATORS).astype({"lapsed": "boolean"})
