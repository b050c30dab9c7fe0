"""What grew within a promised period, with its size and its doubts in words."""

from __future__ import annotations

import pandas as pd

from compare.analysis import increments as coded
from compare.asked import LANGUAGES
from compare.tables.book import Book
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import Cells, present


def increments(book: Book, row_id: str | None = None) -> pd.DataFrame:
    """Return the frame of `analysis.increments.increments` with its words.

    `size_zh` and `size_en` say what the totals differ by, `doubts_zh` and `doubts_en` what is to be borne in
    mind of them: that they span a part of the year only, and the notes on both.
    """
    rows = coded.increments(book, row_id)
    facts = {cells["fact_id"]: cells for cells in book.records("outcomes")}
    for lang in LANGUAGES:
        labels, said = Labels(book, lang), messages(lang, root=book.root)
        held = rows.to_dict("records")
        rows[f"size_{lang}"] = [_size(row, facts, labels) for row in held]
        spans = ["" if row["whole"] else said.say("grown.part", day=labels.day(row["to_on"])) for row in held]
        notes = [
            [present(facts[row[name]][labels.signs.note]) for name in ("from_id", "to_id")] for row in held
        ]
        rows[f"doubts_{lang}"] = [
            labels.signs.listed([*dict.fromkeys([span, *own])])
            for span, own in zip(spans, notes, strict=True)
        ]
    return rows


def _size(row: Cells, facts: dict[str, Cells], labels: Labels) -> str:
    size = {"value_low": row["increment"], "value_high": row["increment"], "comparator": row["comparator"]}
    return labels.value(size | {"unit_id": facts[row["to_id"]]["unit_id"]})
