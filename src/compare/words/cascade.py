"""The figures of places beside those above them, with names, and with gaps and shares in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.analysis import cascade as coded
from compare.asked import LANGUAGES, Names
from compare.tables.book import Book
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import Cells
from compare.words.reasons import said as said_of
from compare.words.reasons import sides, with_reasons
from compare.words.signs import signs

# What is named of each side, and what is known of it as a code or a number.
SIDES = {"": "row_id", "above_": "above_row_id"}
KNOWN = ("comparator", "unit_id", "basis", "status", "due_on")
FLOORS = ("ge", "gt")


def cascade(book: Book, place: Names = None, topic: str | None = None) -> pd.DataFrame:
    """Return every figure of the places beside each of the places above, as codes, numbers and words.

    Beside the columns of `analysis.cascade.cascade` each row holds, of the figure and (`above_`) of the one
    above it, the number `value`, comparator, unit_id, basis, status and due_on, and in zh and en `place`,
    `item`, `value` and `due`; `gap_zh` and `gap_en` say gap or share in words, `reason_zh` and `reason_en`
    what sets the two apart, `beside_zh` and `beside_en` that or else in what they agree. Raises UnknownName
    for an unknown place or topic.
    """
    every = sides(book)
    rows = _reasoned(book, coded.cascade(book, place, topic), every)
    for side, key in SIDES.items():
        held = [every[name] for name in rows[key]]
        rows[f"{side}value"] = [_number(cells) for cells in held]
        for name in KNOWN:
            rows[f"{side}{name}"] = [cells[name] for cells in held]
        for lang in LANGUAGES:
            told = [_named(cells, Labels(book, lang)) for cells in held]
            for name in ("place", "item", "value", "due"):
                rows[f"{side}{name}_{lang}"] = [one[name] for one in told]
    unstated = [_is_unstated(every[one], every[other]) for one, other in zip(*_ids(rows), strict=True)]
    rows["unstated"] = unstated
    for lang in LANGUAGES:
        labels, said = Labels(book, lang), messages(lang, root=book.root)
        cells = rows.to_dict("records")
        rows[f"gap_{lang}"] = [_gap(row, labels, said, lang) for row in cells]
        rows[f"beside_{lang}"] = [row[f"reason_{lang}"] or _agreement(row, said) for row in cells]
    return rows


def _reasoned(book: Book, rows: pd.DataFrame, every: dict[str, Cells]) -> pd.DataFrame:
    alike = {f"{cells['item_id']};{cells['other_id']}": cells for cells in book.records("lookalikes")}

    def reason(row: Cells, lang: str) -> str:
        if row["relation"] == "lookalike":
            return str(alike[row["lookalike"]][f"reason_{signs(lang).names}"])
        codes = [*row["differs"].split(";"), row["relation"]]
        return said_of(codes, every[row["row_id"]], every[row["above_row_id"]], lang)

    return with_reasons(rows, reason)


def _ids(rows: pd.DataFrame) -> list[pd.Series]:
    return [rows[key] for key in SIDES.values()]


def _number(cells: Cells) -> float:
    return float(cells["value_high"] if pd.isna(cells["value_low"]) else cells["value_low"])


def _named(cells: Cells, labels: Labels) -> dict[str, str]:
    return {
        "place": labels.name("places", cells["place_id"]),
        "item": labels.item(cells["item_id"]),
        "value": labels.value(cells),
        "due": labels.due(cells),
    }


def _is_unstated(one: Cells, other: Cells) -> bool:
    """Return whether two figures are rates neither of which states its denominator."""
    return all(cells["basis"] == "rate" and pd.isna(cells["denominator_zh"]) for cells in (one, other))


def _agreement(row: dict[str, Any], said: Messages) -> str:
    """Return in what two figures agree that nothing sets apart; only rates have a denominator."""
    if row["basis"] != "rate":
        return said.say("above.like.undivided")
    return said.say("above.like.unstated" if row["unstated"] else "above.like")


def _gap(row: dict[str, Any], labels: Labels, said: Messages, lang: str) -> str:
    """Return a gap or a share in words, empty where there is neither."""
    if not pd.isna(row["gap"]):
        size = labels.number(abs(row["gap"]))
        percent = row["unit_id"] == "percent"
        measured = said.say("above.points", size=size) if percent else f"{size}{labels.unit(row['unit_id'])}"
        # A minimum that lies below an exact figure is kept by that figure too.
        if row["comparator"] in FLOORS and row["above_comparator"] == "eq":
            above = row[f"above_value_{lang}"]
            place = labels.name("places", row["above_id"]) if row["relation"] == "like" else ""
            listed = place or said.say("above.lister")
            own = {"value": row[f"value_{lang}"], "place": listed}
            return said.say(f"above.bound.{row['stance']}", gap=measured, above=above, **own)
        return said.say(f"above.{row['stance']}", gap=measured)
    if pd.isna(row["share"]):
        return ""
    share = labels.share(row["share"])
    if pd.isna(row["population_share"]):
        return said.say("above.share.alone", share=share)
    return said.say("above.share", share=share, people=labels.share(row["population_share"]))
