"""What an edition brings: rows that it is the first to publish, rows in none yet, and corrected values."""

from __future__ import annotations

import pandas as pd

from compare.tables.book import Book
from compare.tables.codebook import read_codebook
from compare.tables.edition import edition_of
from compare.tables.release import Published, published_rows, release_lines, released

# The tables whose rows have an anchor in the page of their document.
ANCHORED = {
    name: f"{name.removesuffix('s')}_id" for name in ("targets", "deadlines", "commitments", "mentions")
}
COLUMNS = [
    *("table", "row_id", "column", "title_zh", "old", "new", "corrected_on", "reason_zh", "reason_en"),
    "source_id",
]
WHEN = ["earlier", "new", "unpublished"]


def row_counts(book: Book, edition: str) -> pd.DataFrame:
    """Return how many rows of each table an earlier edition held, this one is the first to, and none does."""
    told = _released(book)
    rows = [(table, "new" if one.first == edition else "earlier") for (table, _), one in told.items()]
    rows += [(table, "unpublished") for table, key, _ in published_rows(book) if (table, key) not in told]
    counted = pd.DataFrame(rows, columns=["table", "when"]).value_counts().unstack(fill_value=0)
    return counted.reindex(columns=WHEN, fill_value=0).reset_index()


def corrections(book: Book, edition: str) -> pd.DataFrame:
    """Return the corrections that this edition is the first to publish, or none has yet, latest first.

    `title_zh` is what the dictionary calls the column, `source_id` the document that holds the row.
    """
    told, codebook = _released(book), read_codebook(book.root)
    sources = {
        (table, cells[key]): cells["source_id"]
        for table, key in ANCHORED.items()
        for cells in book.records(table)
    }
    made = []
    for row in sorted(book.records("corrections"), key=lambda row: str(row["correction_id"])):
        # Not by the corrected row: a column added later publishes it again, a withdrawn one is gone for good.
        published = told.get(("corrections", row["correction_id"]))
        if published is None or published.first == edition:
            titles = {field.name: field.title for field in codebook[row["table"]].fields}
            source = sources.get((row["table"], row["row_id"]), "")
            named = {"title_zh": titles.get(row["column"], ""), "reason_zh": row["reason"]}
            made.append(row | named | {"source_id": source})
    frame = pd.DataFrame(made, columns=COLUMNS).fillna({"old": "", "new": ""})
    return frame.sort_values("corrected_on", ascending=False, kind="stable", ignore_index=True)


def _released(book: Book) -> dict[tuple[str, str], Published]:
    """Return what the editions hold of every published row."""
    return released(release_lines(book, edition_of(book.root)))
