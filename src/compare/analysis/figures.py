"""Every promised figure in one form: targets of the documents at hand, and targets that others report.

A target of a document leads to its sentence, one from elsewhere to its title and publisher;
`origin` says which it is. Figures that are suspect are not among them.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.analysis.differences import COMPARED
from compare.analysis.panel import operative
from compare.analysis.selection import counted
from compare.asked import Names, read_names
from compare.tables.book import Book

# Whatever figures are compared by is among these.
FIGURES = [
    "row_id", "origin", "place_id", "topic_id", "indicator_id", "measure_id", "item_id", "value_low",
    "value_high", *COMPARED, "due_on", "due_precision", "source_id", "status", "confidence", "also",
]  # fmt: skip
# Two sources tell one figure where all of this is the same.
SAME = ["place_id", "item_id", "act", "comparator", "value", "basis", "scope_zh", "denominator_zh", "date_on"]


def promised(book: Book, place: Names = None, topic: str | None = None) -> pd.DataFrame:
    """Return every figure that is promised, a row each: operative targets, then targets from elsewhere.

    `item_id` is what is measured (the measure where one is named, else the indicator), `status` what
    the document is, `also` the ids of further sources of the same figure, separated by `;`. Raises
    UnknownName for an unknown place or topic.
    """
    rows = pd.concat([_of_documents(book), _bounded(_once(book.outside_targets))], ignore_index=True)
    # A column that only documents state is empty for what comes from elsewhere.
    rows = rows.reindex(columns=FIGURES)
    # An empty table beside a full one makes days into objects.
    rows["due_on"] = pd.to_datetime(rows["due_on"])
    return chosen_figures(book, rows, place, topic)


def reached(book: Book, place: Names = None, topic: str | None = None) -> pd.DataFrame:
    """Return every figure said to be reached, suspect ones left out, one row per figure.

    `due_on` holds the day on which it was so; a second source of the same figure is named in `also`.
    Raises UnknownName for an unknown place or topic.
    """
    return chosen_figures(book, _bounded(_once(book.outcomes)), place, topic)


def chosen_figures(book: Book, rows: pd.DataFrame, place: Names, topic: str | None) -> pd.DataFrame:
    """Return the rows of the places and the topic asked for, all where none is named."""
    if topic is not None:
        read_names([topic], book.topics["topic_id"], "topic")
        rows = rows[rows["topic_id"] == topic]
    if place is not None:
        rows = rows[rows["place_id"].isin(read_names(place, book.places["place_id"], "place"))]
    return rows.reset_index(drop=True)


def _of_documents(book: Book) -> pd.DataFrame:
    rows = operative(counted(book).targets).merge(book.sources[["source_id", "status"]], on="source_id")
    return rows.assign(
        row_id=rows["target_id"],
        origin="document",
        place_id=rows["city_id"],
        measure_id=None,
        item_id=rows["indicator_id"],
        confidence="high",
        also=None,
    )


def _once(facts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per figure that is not suspect, the surest source first, the others in `also`."""
    facts = facts[facts["confidence"] != "suspect"]
    facts = facts.assign(item_id=facts["measure_id"].fillna(facts["indicator_id"]))
    kept: dict[tuple[Any, ...], dict[str, Any]] = {}
    for cells in facts.sort_values(["confidence", "fact_id"]).to_dict("records"):
        key = tuple(None if pd.isna(cells[name]) else cells[name] for name in SAME)
        if key in kept:
            kept[key]["also"].append(cells["fact_id"])
        else:
            kept[key] = cells | {"also": []}
    rows = sorted(kept.values(), key=lambda cells: str(cells["fact_id"]))
    return pd.DataFrame([cells | {"also": ";".join(cells["also"]) or None} for cells in rows])


def _bounded(facts: pd.DataFrame) -> pd.DataFrame:
    """Return figures from elsewhere in the form of targets: a bound leaves its other side open."""
    if facts.empty:
        return pd.DataFrame(columns=FIGURES)
    below, above = facts["comparator"].isin(["ge", "gt"]), facts["comparator"].isin(["le", "lt"])
    made = facts.assign(
        row_id=facts["fact_id"],
        origin="elsewhere",
        value_low=facts["value"].where(~above),
        value_high=facts["value"].where(~below),
        force="firm",
        due_on=facts["date_on"],
        due_precision=facts["date_precision"],
        recurrence=None,
        status="elsewhere",
        source_id=facts.get("source_id"),
    )
    return made.reindex(columns=FIGURES)
