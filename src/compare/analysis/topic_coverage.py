"""What each city's documents say of a whole topic: numbers, words, nothing, and why nothing is known.

The states are those of `coverage`. A topic that commitments speak of without a number is `unquantified`,
however silent the documents are on each of its indicators.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.analysis.panel import _require, chosen, operative
from compare.analysis.selection import counted, whole_topics
from compare.asked import Names
from compare.tables.book import Book

# Of several documents of a city the more telling state wins; silence is told only where all are silent.
TELLING = (
    "quantified", "unquantified", "status_only", "not_coded", "not_applicable", "silent", "not_obtained",
)  # fmt: skip
# What brings a state about, the more telling first.
GROUNDS = {
    "counting": "quantified",
    "repeating": "quantified",
    "in_words": "unquantified",
    "counted_elsewhere": "unquantified",
    "mentioned": "unquantified",
    "reported": "status_only",
}
BY_SOURCE = ["city_id", "source_id", "topic_id", "state", "count", "evidence_ids", "coding_state"]
BY_CITY = ["city_id", "topic_id", "state", "count", "evidence_ids", "source_ids", "partly_coded"]
Rows = dict[tuple[str, str], list[str]]
Cells = dict[str, Any]


def topic_coverage(
    book: Book, topic: str | None = None, city: Names = None, by: str = "city"
) -> pd.DataFrame:
    """Return the state of every topic in each city, or with `by` "source" in each document, and its evidence.

    `count` says how many rows the state rests on and `evidence_ids` names them, separated by `;`: the targets
    of a topic that is quantified, else the commitments that speak of it without a number (mentions, where
    there is no commitment), else the statuses. By city, `source_ids` are the documents at hand in that state,
    and `partly_coded` those not coded whole for the topic, so that they may say more; both are separated by
    `;`. Raises UnknownName for an unknown topic or city.
    """
    if topic is not None:
        _require(topic, book.topics["topic_id"], "topic")
    topics = [topic] if topic is not None else list(book.topics["topic_id"])
    cities = chosen(book, city)
    held = {name: _by_topic(rows) for name, rows in _evidence(counted(book)).items()}
    made = [
        _of_source(book, source, one, held)
        for name in cities
        for source in sorted(book.records("sources"), key=lambda cells: cells["source_id"])
        if source["place_id"] == name
        for one in topics
    ]
    if by == "source":
        return pd.DataFrame(made, columns=BY_SOURCE)
    whole = [
        _of_city(name, one, [row for row in made if (row["city_id"], row["topic_id"]) == (name, one)])
        for name in cities
        for one in topics
    ]
    return pd.DataFrame(whole, columns=BY_CITY)


def _evidence(book: Book) -> dict[str, pd.DataFrame]:
    """Return the rows that may bring a state about, by the grounds they give, each with a `row_id`."""
    targets = book.targets[book.targets["kind"] == "target"].assign(row_id=lambda rows: rows["target_id"])
    numbered = book.commitments["commitment_id"].isin(targets["commitment_id"].dropna())
    pledges = book.commitments.assign(row_id=book.commitments["commitment_id"])
    mentions = book.mentions[book.mentions["class"] == "unquantified"]
    statuses = book.targets[book.targets["kind"] == "status"]
    return {
        "counting": operative(targets),
        # A document that only repeats the figure of another gives a number too.
        "repeating": targets,
        "in_words": pledges[~numbered],
        # A commitment may bear a number that belongs to an indicator of another topic.
        "counted_elsewhere": pledges,
        "mentioned": mentions.assign(row_id=mentions["mention_id"]),
        "reported": statuses.assign(row_id=statuses["target_id"]),
    }


def _by_topic(rows: pd.DataFrame) -> Rows:
    groups = rows.groupby(["source_id", "topic_id"], sort=False)["row_id"]
    return {(str(source), str(topic)): list(ids) for (source, topic), ids in groups}


def _of_source(book: Book, source: Cells, topic: str, held: dict[str, Rows]) -> Cells:
    whole = topic in whole_topics(source)
    row = {
        "city_id": source["place_id"],
        "source_id": source["source_id"],
        "topic_id": topic,
        "count": 0,
        "evidence_ids": None,
        "coding_state": source["coding_state"],
        "whole": whole,
        "ground": "",
    }
    if source["status"] == "not_obtained":
        return row | {"state": "not_obtained"}
    for ground, rows in held.items():
        ids = rows.get((source["source_id"], topic), [])
        if ids:
            found = {"ground": ground, "count": len(ids), "evidence_ids": ";".join(ids)}
            return row | {"state": GROUNDS[ground]} | found
    if not whole:
        return row | {"state": "not_coded"}
    return row | {"state": "not_applicable" if _apart(book, source["source_id"], topic) else "silent"}


def _apart(book: Book, source_id: str, topic: str) -> bool:
    """Return whether none of the indicators of a topic applies to a document."""
    indicators = set(book.indicators.loc[book.indicators["topic_id"] == topic, "indicator_id"])
    rows = book.not_applicable
    return bool(indicators) and indicators <= set(rows.loc[rows["source_id"] == source_id, "indicator_id"])


def _of_city(city: str, topic: str, rows: list[Cells]) -> Cells:
    """Return the state of a topic over all documents of a city, resting on its best grounds alone."""
    at_hand = [row for row in rows if row["state"] != "not_obtained"]
    state = min((row["state"] for row in at_hand), key=TELLING.index, default="not_obtained")
    telling = [row for row in at_hand if row["state"] == state]
    grounds = [ground for ground in GROUNDS if any(row["ground"] == ground for row in telling)][:1]
    resting = [row for row in telling if row["ground"] in grounds]
    return {
        "city_id": city,
        "topic_id": topic,
        "state": state,
        "count": sum(row["count"] for row in resting),
        "evidence_ids": ";".join(row["evidence_ids"] for row in resting) or None,
        "source_ids": ";".join(row["source_id"] for row in resting or telling) or None,
        "partly_coded": ";".join(row["source_id"] for row in at_hand if not row["whole"]) or None,
    }
