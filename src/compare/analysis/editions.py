"""A city's document against its next one: what is promised again, further, less far, no more, or anew.

What the later document does not take up may have been kept: it is told as not taken up, with whether its
deadline had passed. Commitments in the same words of one document are counted once. The status of both
documents stands in every row: a draft may never have been issued.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pandas as pd

from compare.analysis.findings import topics_in_order
from compare.analysis.panel import chosen
from compare.analysis.selection import whole_topics
from compare.asked import Names
from compare.errors import CompareError, Problem
from compare.tables.book import Book

EDITIONS = ["city_id", "earlier_id", "earlier_status", "later_id", "later_status", "drawn_up_on"]
PAIR = ["city_id", "earlier_source_id", "earlier_status", "later_source_id", "later_status"]
TAKEN_UP = [
    *PAIR, "topic_id", "earlier_topic_id", "relation", "later_id", "later_zh", "earlier_id", "earlier_zh",
    "note",
]  # fmt: skip
RELATIONS = ("again", "raised", "lowered", "changed")
LATER = (*RELATIONS, "mixed", "new")
EARLIER = ("taken_up", "not_taken_up", "lapsed", "running", "undated")
COMMITMENTS = [*PAIR, "topic_id", "earlier", "later", *LATER, *EARLIER]
Cells = dict[str, Any]


def editions(book: Book, city: Names = None) -> pd.DataFrame:
    """Return the documents at hand of a city in pairs, each with the next by the start of its period.

    Documents that start on one day are no editions of one another: each is paired with those that start
    next. `drawn_up_on` is the later one's. Raises UnknownName for an unknown city, and CompareError
    where one of several documents has no `period_start`.
    """
    made: list[Cells] = []
    for name in chosen(book, city):
        held = book.sources[(book.sources["place_id"] == name) & book.sources["path"].notna()]
        if len(held) > 1:
            _require_starts(book, held)
        groups = [group.to_dict("records") for _, group in held.groupby("period_start")]
        made += [_edition(a, b) for earlier, later in pairwise(groups) for a in earlier for b in later]
    return pd.DataFrame(made, columns=EDITIONS)


def _require_starts(book: Book, sources: pd.DataFrame) -> None:
    problems = []
    for at, source_id in sources.loc[sources["period_start"].isna(), "source_id"].items():
        file, row = book.origins["sources"][int(str(at))]
        todo = "enter it: a city's documents are put in order by it"
        problems.append(
            Problem(
                file, "period_start", expected="the first day of the plan", todo=todo, row=row, key=source_id
            )
        )
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


def clauses(book: Book) -> pd.DataFrame:
    """Return the commitments of all documents, those in the same words of one document as one row.

    `clause_id` is the first of them, `commitment_ids` names all, separated by `;`, and `due_on` is the
    last day that any of them gives (a plan and its annexed ledger often say the same).
    """
    dues = book.deadlines.set_index("deadline_id")["due_on"]
    # Not by `map`, which forgets the type of a column where no row has a day.
    rows = book.commitments.assign(due_on=dues.reindex(book.commitments["deadline_id"]).array)
    same = rows.groupby(["source_id", "action_zh"], sort=False)
    return same.agg(
        clause_id=("commitment_id", "first"),
        topic_id=("topic_id", "first"),
        commitment_ids=("commitment_id", ";".join),
        due_on=("due_on", "max"),
    ).reset_index()


def clause_of(held: pd.DataFrame) -> dict[str, str]:
    """Return, for every commitment, the first one in the same words; `held` are the rows of `clauses`."""
    return {
        name: first
        for first, names in zip(held["clause_id"], held["commitment_ids"], strict=True)
        for name in names.split(";")
    }


def taken_up(book: Book, city: Names = None) -> pd.DataFrame:
    """Return every commitment of a later document beside the one it takes up, with the words of both.

    `relation` is again, raised, lowered or changed (the same object, but another act or means, so that
    further or less far cannot be said), `topic_id` the later one's. Of several in the same words the
    first stands for all. Raises UnknownName for an unknown city.
    """
    links = book.continuations[book.continuations["city_id"].isin(chosen(book, city))]
    held = clauses(book).merge(book.sources[["source_id", "status"]], on="source_id")
    firsts = clause_of(held)
    for side in ("later", "earlier"):
        names = {
            "clause_id": f"{side}_id",
            "source_id": f"{side}_source_id",
            "status": f"{side}_status",
            "topic_id": "topic_id" if side == "later" else "earlier_topic_id",
            "action_zh": f"{side}_zh",
        }
        links = links.assign(**{f"{side}_id": links[f"{side}_id"].map(firsts)})
        links = links.merge(held[list(names)].rename(columns=names), on=f"{side}_id")
    return links[TAKEN_UP].reset_index(drop=True)


def linked(book: Book, city: Names = None) -> Iterator[tuple[Cells, pd.DataFrame]]:
    """Yield each pair of documents, with what the later one takes up of the earlier (see `taken_up`).

    The pair is a record of `editions` in which the two are called `earlier_source_id` and
    `later_source_id`, for rows of them have ids too.
    """
    city = chosen(book, city)
    links = taken_up(book, city)
    names = {"earlier_id": "earlier_source_id", "later_id": "later_source_id"}
    for pair in editions(book, city).rename(columns=names).to_dict("records"):
        own = links["earlier_source_id"] == pair["earlier_source_id"]
        yield pair, links[own & (links["later_source_id"] == pair["later_source_id"])]


def commitment_changes(book: Book, city: Names = None) -> pd.DataFrame:
    """Return, for each pair of documents and each topic, how many commitments are taken up, and how.

    `earlier` and `later` count the commitments of the two documents, the same words once. The later ones
    divide into again, raised, lowered, changed, mixed (one takes up several in different ways) and new; the
    earlier ones into taken_up and not_taken_up, and these into lapsed (the deadline lay before the day on
    which the later document was drawn up), running (it did not) and undated (no day is stated). Each is
    counted under its own topic. A count is missing where it is not known: the topic is not coded, nobody has
    read the two documents against one another (no continuation links them), or the day is not stated.
    Raises as `editions`.
    """
    held = clauses(book)
    made = [
        {column: pair[column] for column in PAIR} | {"topic_id": topic} | counts
        for pair, links in linked(book, city)
        for topic, counts in _counts(book, pair, links, held).items()
    ]
    return pd.DataFrame(made, columns=COMMITMENTS).astype(
        dict.fromkeys(("earlier", "later", *LATER, *EARLIER), "Int64")
    )


def _counts(book: Book, pair: Cells, links: pd.DataFrame, held: pd.DataFrame) -> dict[str, Cells]:
    earlier, later = (held[held["source_id"] == pair[f"{side}_source_id"]] for side in ("earlier", "later"))
    ways = {name: set(way) for name, way in links.groupby("later_id")["relation"]}
    kinds = later["clause_id"].map(lambda name: _only(ways.get(name, {"new"})))
    fates = _fates(earlier, links, pair["drawn_up_on"])
    coded = [_coded(book, pair[f"{side}_source_id"]) for side in ("earlier", "later")]
    made: dict[str, Cells] = {}
    for topic in topics_in_order(book):
        here, there = kinds[later["topic_id"] == topic], fates[earlier["topic_id"] == topic]
        row: Cells = {"earlier": len(there), "later": len(here)}
        row |= {kind: int((here == kind).sum()) for kind in LATER}
        row |= {fate: int((there == fate).sum()) for fate in EARLIER}
        row["not_taken_up"] = len(there) - row["taken_up"]
        unknown = [
            side for side, topics in zip(("earlier", "later"), coded, strict=True) if topic not in topics
        ]
        if unknown or links.empty:
            unknown += [*LATER, *EARLIER]
        elif pd.isna(pair["drawn_up_on"]):
            unknown += ["lapsed", "running"]
        made[topic] = row | dict.fromkeys(unknown, pd.NA)
    return made


def _only(ways: set[str]) -> str:
    return next(iter(ways)) if len(ways) == 1 else "mixed"


def _fates(earlier: pd.DataFrame, links: pd.DataFrame, drawn_up_on: pd.Timestamp) -> pd.Series:
    fates = pd.Series("running", index=earlier.index)
    fates[earlier["due_on"] < drawn_up_on] = "lapsed"
    fates[earlier["due_on"].isna()] = "undated"
    fates[earlier["clause_id"].isin(links["earlier_id"])] = "taken_up"
    return fates


def _coded(book: Book, source_id: str) -> list[str]:
    [source] = book.sources[book.sources["source_id"] == source_id].to_dict("records")
    return whole_topics(source)
