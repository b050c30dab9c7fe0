"""What a city's own text leaves open about its promises: questions that only the city can answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from compare.analysis.commitments import commitments
from compare.analysis.figures import promised
from compare.analysis.panel import chosen
from compare.asked import Names
from compare.tables.book import Book

QUESTIONS = ["place_id", "topic_id", "code", "count", "row_ids"]
Target = dict[str, Any]
# What a figure leaves open, in the order in which it is asked.
GAPS: dict[str, Callable[[Target], bool]] = {
    "total_or_new": lambda row: row["basis"] == "ambiguous",
    "issued": lambda row: row["status"] == "draft",
    "denominator": lambda row: row["basis"] == "rate" and pd.isna(row["denominator_zh"]),
    "when": lambda row: row["due_source"] == "period",
    "how_far": lambda row: row["comparator"] in ("approx", "range"),
    "led": lambda row: not row["led"],
}


def questions(book: Book, city: Names = None, topic: str | None = None) -> pd.DataFrame:
    """Return the questions that the targets that count leave open, a row per city, topic and question.

    `code` is total_or_new (does it count what is new or all there is), issued (was the draft issued),
    denominator (of what is the rate), when (by when), how_far (what number) or led (who is in charge);
    `row_ids` are the targets that ask it, separated by `;`. Raises UnknownName for an unknown city or topic.
    """
    rows = promised(book, chosen(book, city), topic)
    rows = rows[rows["origin"] == "document"]
    targets = book.targets.set_index("target_id")
    rows = rows.assign(
        due_source=rows["row_id"].map(targets["due_source"]),
        led=rows["row_id"].map(targets["commitment_id"]).isin(_led(book)),
    )
    asked = [
        {"place_id": row["place_id"], "topic_id": row["topic_id"], "code": code, "row_id": row["row_id"]}
        for row in rows.to_dict("records")
        for code, leaves_open in GAPS.items()
        if leaves_open(row)
    ]
    made = pd.DataFrame(asked, columns=["place_id", "topic_id", "code", "row_id"])
    groups = made.groupby(["place_id", "topic_id", "code"], sort=False)["row_id"]
    return pd.DataFrame(
        [[*key, len(ids), ";".join(ids)] for key, ids in groups], columns=QUESTIONS
    )  # fmt: skip


def _led(book: Book) -> set[str]:
    """Return the commitments for which the text or its ledger names a body, as leading or as responsible."""
    rows = commitments(book)
    return set(rows.loc[(rows["lead_ids"] != "") | rows["responsible"], "commitment_id"])
