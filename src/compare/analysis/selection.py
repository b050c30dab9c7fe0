"""Which rows count: those on topics that their document is coded for. Frames and pages rest on this choice.

What is registered is not coded yet; what is in review is coded for the topics it lists, and may say more;
only what is complete can be silent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from compare.tables.book import Book

# Keys by which a target names another.
NAMING = ("restates_target_id", "part_of_target_id", "baseline_target_id")
Cells = dict[str, Any]


def coded_topics(source: Cells) -> list[str]:
    """Return the topics a document is coded for, so that its rows on them count.

    >>> coded_topics({"coding_state": "in_review", "coded_topics": "5g;open_data"})
    ['5g', 'open_data']
    >>> coded_topics({"coding_state": "registered", "coded_topics": "5g"})
    []
    """
    topics = source["coded_topics"]
    return [] if source["coding_state"] == "registered" or pd.isna(topics) else str(topics).split(";")


def whole_topics(source: Cells) -> list[str]:
    """Return the topics on which the silence of a document means something: none until it is coded whole.

    >>> whole_topics({"coding_state": "complete", "coded_topics": "5g;open_data"})
    ['5g', 'open_data']
    >>> whole_topics({"coding_state": "in_review", "coded_topics": "5g;open_data"})
    []
    """
    return coded_topics(source) if source["coding_state"] == "complete" else []


def counted(book: Book) -> Book:
    """Return the book with those rows alone that count: on topics that their documents are coded for.

    It is the same book where all rows count. A target that repeats one which does not count counts itself.
    """
    topics = set(book.topics["topic_id"])
    at_hand = [cells for cells in book.records("sources") if cells["source_id"] in book.documents]
    if all(topics <= set(coded_topics(cells)) for cells in at_hand):
        return book
    coded = {(cells["source_id"], topic) for cells in at_hand for topic in coded_topics(cells)}
    targets, mentions, pledges = (
        _of(frame, coded) for frame in (book.targets, book.mentions, book.commitments)
    )
    known = set(targets["target_id"])
    targets = targets.assign(**{name: targets[name].where(targets[name].isin(known)) for name in NAMING})
    # A commitment may stand under another topic than the number in it.
    named = book.commitments["commitment_id"].isin({*pledges["commitment_id"], *targets["commitment_id"]})
    links = book.continuations
    held = set(book.commitments.loc[named, "commitment_id"])
    governing = {*book.commitments.loc[named, "deadline_id"], *targets["deadline_id"]}
    all_read = {cells["source_id"] for cells in at_hand if topics <= set(coded_topics(cells))}
    dues = book.deadlines
    return replace(
        book,
        targets=targets,
        mentions=mentions,
        commitments=book.commitments[named],
        deadlines=dues[dues["deadline_id"].isin(governing) | dues["source_id"].isin(all_read)],
        continuations=links[links["later_id"].isin(held) & links["earlier_id"].isin(held)],
    )


def _of(rows: pd.DataFrame, coded: set[tuple[str, str]]) -> pd.DataFrame:
    keys = zip(rows["source_id"], rows["topic_id"], strict=True)
    # Not a list, which takes columns where it is empty.
    return rows[pd.Series([key in coded for key in keys], index=rows.index, dtype=bool)]
