"""What each document says of each indicator: a number, words, nothing, and why nothing is known.

Seven states, never drawn or counted as zero: `quantified`, `status_only`,
`unquantified`, `silent`, `not_coded`, `not_obtained`, `not_applicable`. What a document says
stands once it is coded for the topic; that it says nothing can be told only of one that is coded whole.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.analysis.panel import _require, chosen, operative
from compare.analysis.selection import coded_topics, whole_topics
from compare.asked import Names
from compare.tables.book import Book
from compare.texts.keywords import keyword_hits

STATES = (
    "quantified", "status_only", "unquantified", "silent", "not_coded", "not_obtained", "not_applicable",
)  # fmt: skip
Said = list[tuple[int, str, str | None, str | None]]
COLUMNS = [
    "city_id", "source_id", "indicator_id", "state", "evidence_id", "evidence", "hits", "keywords_zh",
    "coding_state",
]  # fmt: skip


def coverage(book: Book, topic: str | None = None, city: Names = None, headline: bool = True) -> pd.DataFrame:
    """Return the state of every city's documents for every indicator, with the evidence for it.

    `evidence_id` names the target, status or mention; `evidence` holds its words, or the
    reason; `hits` counts the keywords' hits in the body, all of them explained; `coding_state` says how far
    the document is coded. `headline` False takes in the lesser indicators. A topic that commitments speak of
    without its indicators is told by `topic_coverage`. Raises UnknownName for an unknown topic or city.
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
    said = _statements(book)
    rows = [
        _state(book, source, indicator, said)
        for source in sorted(sources.to_dict("records"), key=lambda s: (order[s["place_id"]], s["source_id"]))
        for indicator in indicators.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _state(
    book: Book, source: dict[str, Any], indicator: dict[str, Any], said: dict[tuple[str, str], Said]
) -> dict[str, Any]:
    row = {
        "city_id": source["place_id"],
        "source_id": source["source_id"],
        "indicator_id": indicator["indicator_id"],
        "keywords_zh": indicator["keywords_zh"],
        "coding_state": source["coding_state"],
        "evidence_id": None,
        "evidence": None,
        "hits": None,
    }
    key = (source["source_id"], indicator["indicator_id"])
    for apart in book.not_applicable.to_dict("records"):
        if (apart["source_id"], apart["indicator_id"]) == key:
            return row | {"state": "not_applicable", "evidence": apart["reason_zh"]}
    if source["status"] == "not_obtained":
        return row | {
            "state": "not_obtained",
            "evidence": None if pd.isna(source["note"]) else source["note"],
        }
    held = coded_topics(source) if key in said else whole_topics(source)
    if indicator["topic_id"] not in held:
        return row | {"state": "not_coded"}
    hits = len(keyword_hits(book.documents[source["source_id"]], indicator["keywords_zh"]))
    best = min(said.get(key, [(len(STATES), "silent", None, None)]))
    return row | {"hits": hits, "state": best[1], "evidence_id": best[2], "evidence": best[3]}


def _statements(book: Book) -> dict[tuple[str, str], Said]:
    """Return what each document says of each indicator: the rank of its state, the state, row id, words."""
    counts = set(operative(book.targets)["target_id"])
    # A document that only repeats the figure of another gives a number too.
    targets = sorted(book.targets.to_dict("records"), key=lambda row: row["target_id"] not in counts)
    found: dict[tuple[str, str], Said] = {}
    rows = [
        ("quantified" if row["kind"] == "target" else "status_only", row["target_id"], row) for row in targets
    ] + [
        ("unquantified", row["mention_id"], row)
        for row in book.mentions.to_dict("records")
        if row["class"] == "unquantified"
    ]
    for state, row_id, row in rows:
        told = found.setdefault((row["source_id"], row["indicator_id"]), [])
        # Of one state the first statement of the table stands for all.
        if all(held[1] != state for held in told):
            told.append((STATES.index(state), state, row_id, row["quote"]))
    return found


def coverage_table(book: Book, topic: str) -> str:
    """Return the states of the documents at hand as text: an indicator a row, a document a column.

    Raises UnknownName for an unknown topic.
    """
    said = coverage(book, topic, headline=False)
    said = said[said["source_id"].isin(book.documents)]
    if said.empty:
        return "no indicator: the topic's commitments hold no number"
    return str(said.pivot(index="indicator_id", columns="source_id", values="state").to_string())
