"""What each document says of each indicator: a number, words, nothing, and why nothing is known.

Seven states, never drawn or counted as zero: `quantified`, `status_only`,
`unquantified`, `silent`, `not_coded`, `not_obtained`, `not_applicable`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from compare.analysis.panel import _require, chosen, operative
from compare.tables.book import Book
from compare.tables.silence import keyword_hits

STATES = (
    "quantified",
    "status_only",
    "unquantified",
    "silent",
    "not_coded",
    "not_obtained",
    "not_applicable",
)
COLUMNS = ["city_id", "source_id", "indicator_id", "state", "evidence_id", "evidence", "hits", "keywords_zh"]


def coverage(
    book: Book, topic: str | None = None, city: str | Iterable[str] | None = None, headline: bool = True
) -> pd.DataFrame:
    """Return the state of every city's documents for every indicator, with the evidence for it.

    `evidence_id` names the target, status or mention; `evidence` holds its words, or the
    reason; `hits` counts the keywords' hits in the body, all of them explained. `headline`
    False takes in the lesser indicators. Raises UnknownName for an unknown topic or city.
    """
    indicators = book.indicators
    if topic is not None:
        _require(topic, book.topics["topic_id"], "topic")
        indicators = indicators[indicators["topic_id"] == topic]
    if headline:
        indicators = indicators[indicators["headline"] == "yes"]
    cities = chosen(book, city)
    sources = book.sources[book.sources["place_id"].isin(cities)]
    order = {name: at for at, name in enumerate(cities)}
    rows = [
        _state(book, source, indicator)
        for source in sorted(sources.to_dict("records"), key=lambda s: (order[s["place_id"]], s["source_id"]))
        for indicator in indicators.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _state(book: Book, source: dict[str, Any], indicator: dict[str, Any]) -> dict[str, Any]:
    row = {
        "city_id": source["place_id"],
        "source_id": source["source_id"],
        "indicator_id": indicator["indicator_id"],
        "keywords_zh": indicator["keywords_zh"],
        "evidence_id": None,
        "evidence": None,
        "hits": None,
    }
    apart = book.not_applicable[
        (book.not_applicable["source_id"] == source["source_id"])
        & (book.not_applicable["indicator_id"] == indicator["indicator_id"])
    ]
    if not apart.empty:
        return row | {"state": "not_applicable", "evidence": apart["reason_zh"].iloc[0]}
    if source["status"] == "not_obtained":
        return row | {
            "state": "not_obtained",
            "evidence": None if pd.isna(source["note"]) else source["note"],
        }
    coded = [] if pd.isna(source["coded_topics"]) else source["coded_topics"].split(";")
    if indicator["topic_id"] not in coded:
        return row | {"state": "not_coded"}
    hits = len(keyword_hits(book.documents[source["source_id"]], indicator["keywords_zh"]))
    return row | {"hits": hits} | _said(book, source["source_id"], indicator["indicator_id"])


def _said(book: Book, source_id: str, indicator_id: str) -> dict[str, Any]:
    targets = _of(book.targets, source_id, indicator_id)
    mentions = _of(book.mentions, source_id, indicator_id)
    for state, rows, key in (
        ("quantified", operative(targets), "target_id"),
        ("status_only", targets[targets["kind"] == "status"], "target_id"),
        ("unquantified", mentions[mentions["class"] == "unquantified"], "mention_id"),
    ):
        if not rows.empty:
            return {"state": state, "evidence_id": rows[key].iloc[0], "evidence": rows["quote"].iloc[0]}
    return {"state": "silent"}


def _of(frame: pd.DataFrame, source_id: str, indicator_id: str) -> pd.DataFrame:
    return frame[(frame["source_id"] == source_id) & (frame["indicator_id"] == indicator_id)]


def coverage_table(book: Book, topic: str) -> str:
    """Return the states of the documents at hand as text: an indicator a row, a document a column.

    Raises UnknownName for an unknown topic.
    """
    said = coverage(book, topic, headline=False)
    said = said[said["source_id"].isin(book.documents)]
    if said.empty:
        return "no indicator: the topic's commitments hold no number"
    return str(said.pivot(index="indicator_id", columns="source_id", values="state").to_string())
