"""Figures that a population makes sense of, per 10,000 residents, marked as derived."""

from __future__ import annotations

import pandas as pd

from compare.sections.section import Paragraph, Row, Section
from compare.sections.shown import Figure, by_row, listed, place, shape, tags, value
from compare.sections.tables import cell, heads, table
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, text

COLUMNS = ("city", "value", "basis", "reference", "per")


def per_capita(panel: pd.DataFrame, figures: pd.DataFrame, lang: str = "zh") -> Section:
    """Return the targets of `cp.per_head` beside the population they are divided by; without blocks where
    there are none. `figures` is the frame of `cp.figures`."""
    said, known = messages(lang, "topic_comparison"), by_row(figures)
    rows = [row for row in records(panel) if row["target_id"] in known]
    if not rows:
        return Section("percapita", (), lang=lang)
    head = heads(said.say(f"percapita.column.{name}") for name in COLUMNS)
    body = [_row(row, known[row["target_id"]], said, lang) for row in rows]
    return Section(
        "percapita", said.text("percapita.title"), said.text("percapita.kicker"), said.text("percapita.deck"),
        (table(head, body, "plain"),), "matrix", lang,
    )  # fmt: skip


def _row(row: Figure, figure: Figure, said: Messages, lang: str) -> Row:
    labels = Labels(None, lang)
    basis = text(shape(figure), listed(lang, [figure[f"measured_{lang}"], figure[f"due_{lang}"]]))
    reference, per = text("–"), text("–")
    if row["reference_id"]:
        source = Run(
            signs("zh").listed([row["reference_title"], row["reference_publisher"]]), "quiet", lang="zh"
        )
        reference = text(
            labels.number(row["reference_value"]), " ", Run(f"{row[f'reference_{lang}']} · ", "quiet"),
            source, Run(f" · {labels.confidence(row['reference_confidence'])}", "quiet"),
        )  # fmt: skip
        low, high = row["low_per_10000"], row["high_per_10000"]
        per = text(labels.number(high if low is None else low))
    return Row((
        cell(place(figure, lang)),
        cell(text(figure[f"indicator_{lang}"], " ", value(figure, lang))),
        cell(text(basis, tags(figure, lang, said))),
        cell(reference),
        cell(Paragraph(per), look="derived"),
    ))  # fmt: skip
