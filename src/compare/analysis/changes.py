"""What became of every indicator between a document of a city and its next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from compare.analysis.coverage import coverage
from compare.analysis.editions import PAIR, Cells, clause_of, clauses, linked
from compare.analysis.moves import moves
from compare.analysis.panel import operative
from compare.asked import Names
from compare.tables.book import Book

INDICATORS = [
    *PAIR, "topic_id", "indicator_id", "earlier_state", "later_state", "change", "earlier_ids", "later_ids",
    "earlier_due_on", "lapsed", "differences", "set_against",
]  # fmt: skip
# The forms a promise has in the earlier and in the later document, and what that makes of it.
FORMS = {
    ("number", "words"): "to_words", ("number", "none"): "dropped", ("number", "status"): "reported",
    ("words", "number"): "to_number", ("words", "words"): "in_words", ("words", "none"): "dropped",
    ("words", "status"): "reported", ("none", "number"): "new_number", ("none", "words"): "new_words",
    ("status", "number"): "new_number", ("status", "words"): "new_words",
}  # fmt: skip
CHANGES = (
    "again", "raised", "lowered", "differs", "mixed", "different_measure", "to_number", "to_words",
    "in_words", "taken_up", "new_number", "new_words", "reported", "dropped", "status_only", "unknown",
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What one document says of one indicator: in which form, in which rows, due when, in which clauses."""

    state: str
    form: str
    ids: tuple[str, ...] = ()
    dues: tuple[pd.Timestamp, ...] = ()
    clauses: frozenset[str] = frozenset()


def indicator_changes(book: Book, city: Names = None) -> pd.DataFrame:
    """Return what became of every indicator that one of two documents quantifies, reports or mentions.

    `change` is, of two figures, again, raised, lowered, differs, different_measure (see `moves`) or mixed
    (several measures that moved differently); to_number, to_words, in_words (words in both); new_number,
    new_words; dropped (the later document is silent); taken_up (one of the two is silent on the indicator,
    but a commitment that speaks of it is taken up or takes one up: the silent side's ids are those
    commitments); reported (the later one gives a status only); status_only (no promise in either); unknown
    (one is not coded, or the indicator does not apply). Ids are separated by `;`. `earlier_due_on` is the
    last day stated in the earlier document, `lapsed` whether all its days had passed when the later was
    drawn up, empty where a day is not stated. Raises as `editions`.
    """
    firsts = clause_of(clauses(book))
    made: list[Cells] = []
    for pair, links in linked(book, city):
        states = coverage(book, city=pair["city_id"], headline=False)
        states = states.pivot(index="indicator_id", columns="source_id", values="state")
        for indicator in book.indicators[["topic_id", "indicator_id"]].to_dict("records"):
            earlier, later = (
                _said(book, firsts, pair[f"{side}_source_id"], indicator["indicator_id"], states)
                for side in ("earlier", "later")
            )
            if earlier.ids or later.ids:
                cells = {column: pair[column] for column in PAIR} | indicator
                cells |= {"earlier_state": earlier.state, "later_state": later.state}
                cells |= _due(earlier, pair["drawn_up_on"])
                made.append(cells | _became(book, cells, earlier, later, links))
    rows = pd.DataFrame(made, columns=INDICATORS)
    return rows.assign(
        earlier_due_on=pd.to_datetime(rows["earlier_due_on"]), lapsed=rows["lapsed"].astype("boolean")
    )


def _said(book: Book, firsts: dict[str, str], source_id: str, indicator: str, states: pd.DataFrame) -> Said:
    state = str(states.loc[indicator, source_id])
    if state in ("not_coded", "not_applicable"):
        return Said(state, "unknown")
    targets, mentions = (
        rows[(rows["source_id"] == source_id) & (rows["indicator_id"] == indicator)]
        for rows in (book.targets, book.mentions[book.mentions["class"] == "unquantified"])
    )
    named = [*targets["commitment_id"].dropna(), *_around(book, source_id, mentions)]
    within = frozenset(firsts[name] for name in named)
    if state == "quantified":
        rows = operative(targets)
        return Said(state, "number", tuple(rows["target_id"]), tuple(rows["due_on"]), within)
    if not mentions.empty:
        # A promise in words may stand beside a status, and counts for more.
        return Said(state, "words", tuple(mentions["mention_id"]), tuple(mentions["due_on"]), within)
    return Said(state, "none" if targets.empty else "status", tuple(targets["target_id"]), (), within)


def _around(book: Book, source_id: str, mentions: pd.DataFrame) -> Iterator[str]:
    """Yield the commitments in whose words a mention stands."""
    rows = book.commitments[book.commitments["source_id"] == source_id]
    for start, end in zip(mentions["quote_start"], mentions["quote_end"], strict=True):
        yield from rows.loc[(rows["start"] < end) & (rows["end"] > start), "commitment_id"]


def _due(said: Said, drawn_up_on: pd.Timestamp) -> Cells:
    """Return the last day stated, and whether all days had passed by the other; unknown where one is not."""
    days = [due for due in said.dues if not pd.isna(due)]
    row: Cells = {"earlier_due_on": max(days, default=pd.NaT), "lapsed": pd.NA}
    if days and not pd.isna(drawn_up_on):
        if max(days) >= drawn_up_on:
            row["lapsed"] = False
        elif len(days) == len(said.dues):
            row["lapsed"] = True
    return row


def _became(book: Book, cells: Cells, earlier: Said, later: Said, links: pd.DataFrame) -> Cells:
    """Return the change, the rows of both documents that show it, and what sets two figures apart."""
    if earlier.form == later.form == "number":
        found = moves(book, cells["indicator_id"], cells["earlier_source_id"], cells["later_source_id"])
        return _shown(earlier.ids, later.ids) | _together(found)
    change = FORMS.get((earlier.form, later.form), "status_only")
    before, after = earlier.ids, later.ids
    if "unknown" in (earlier.form, later.form):
        change = "unknown"
    elif change == "dropped":
        after = tuple(links.loc[links["earlier_id"].isin(earlier.clauses), "later_id"].unique())
        change = "taken_up" if after else change
    elif change in ("new_number", "new_words") and earlier.form == "none":
        before = tuple(links.loc[links["later_id"].isin(later.clauses), "earlier_id"].unique())
        change = "taken_up" if before else change
    return _shown(before, after) | {"change": change}


def _shown(earlier: tuple[str, ...], later: tuple[str, ...]) -> Cells:
    return {"earlier_ids": ";".join(earlier) or None, "later_ids": ";".join(later) or None}


def _together(found: pd.DataFrame) -> Cells:
    """Return the one change of the figures that compare, or mixed; where none does, why not."""
    comparable = found[found["grade"] != "different_measure"]
    rows = found if comparable.empty else comparable
    ways = rows["change"].unique()
    return {
        "change": ways[0] if len(ways) == 1 else "mixed",
        "differences": ";".join(dict.fromkeys(";".join(rows["differences"]).split(";"))),
        "set_against": ";".join(rows["earlier_id"] + ">" + rows["later_id"]),
    }
