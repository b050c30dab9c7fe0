"""Every commitment, dated or not: what it undertakes, by which means, by when, and who leads it."""

from __future__ import annotations

import pandas as pd

from compare.analysis.panel import chosen
from compare.analysis.schedule import Bodies
from compare.analysis.selection import counted
from compare.asked import Names
from compare.tables.book import Book

COMMITMENTS = [
    "commitment_id", "city_id", "source_id", "task_id", "topic_id", "action_zh", "quantifier", "force",
    "instrument", "due_on", "recurrence", "numbered", "lead_ids", "responsible",
]  # fmt: skip


def commitments(book: Book, city: Names = None) -> pd.DataFrame:
    """Return the commitments that count, a row per clause, with the deadline that governs each.

    `numbered` says whether a target puts a number to it; `lead_ids` holds the agencies that lead its task, or
    the unit of the annexed ledger in whose entry it stands, joined by `;`, and `responsible` says that the
    task names responsible agencies and no leader. Raises UnknownName for an unknown city.
    """
    cities = chosen(book, city)
    book = counted(book)
    rows = book.commitments[book.commitments["city_id"].isin(cities)]
    # Not by `map`, which forgets the type of a column where no row has a deadline.
    governing = book.deadlines.set_index("deadline_id").reindex(rows["deadline_id"])
    bodies = Bodies(book)
    leading = [bodies.leading(cells) for cells in rows.to_dict("records")]
    return rows.assign(
        due_on=governing["due_on"].array,
        recurrence=governing["recurrence"].array,
        numbered=rows["commitment_id"].isin(book.targets["commitment_id"].dropna()),
        lead_ids=[";".join(leads) for leads, _ in leading],
        responsible=pd.Series([named for _, named in leading], index=rows.index, dtype=bool),
    )[COMMITMENTS].reset_index(drop=True)


INSTRUMENTS = ("supply", "demand", "environment")
COUNTS = ("all", "aspirational", "figures", *INSTRUMENTS)
TOPIC = ["source_id", "city_id", "topic_id"]


def by_means(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return how many of some commitments each document makes on each topic, the most first.

    `all` counts the clauses as they stand, the same words too; of these are `aspirational`, `figures` (with a
    number) and the means: `supply`, `demand` and `environment`. Names of the topic are kept.
    """
    flags = {"all": True, "aspirational": commitments["force"] == "aspirational"}
    flags |= {"figures": commitments["quantifier"] == "figure"}
    flags |= {name: commitments["instrument"] == name for name in INSTRUMENTS}
    key = [*TOPIC, *(name for name in commitments if name.startswith("topic_") and name not in TOPIC)]
    made = commitments.assign(**flags).groupby(key, as_index=False)[list(COUNTS)].sum()
    return made.sort_values(["source_id", "all"], ascending=[True, False], kind="stable", ignore_index=True)
