"""Frames with names, units and states in both languages, so that a chart or section needs nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from compare.analysis.every_figure import figures as coded_figures
from compare.tables.book import Book
from compare.words.labels import Labels

LANGUAGES = ("zh", "en")
VALUED, OUTSIDE = ("target", "status", "elsewhere", "outcome"), ("elsewhere", "outcome")
NAMED = (
    "place", "indicator", "item", "source", "unit", "value", "basis", "measured", "due", "scope",
    "denominator", "quote", "note", "state", "standing", "cited", "partly",
)  # fmt: skip
# The types of cells that may be missing; all others are handed on without being asked.
MISSING = (float, type(pd.NaT), type(pd.NA))
ELSEWHERE = ("outcomes", "outside_targets")
Cells = dict[str, Any]


def figures(book: Book, topic: str | None = None, city: str | Iterable[str] | None = None) -> pd.DataFrame:
    """Return every figure with its names: a row per statement, figure from elsewhere, and absence.

    Beside the columns of `analysis.every_figure.figures` each row holds, in zh and en, `place`, `indicator`,
    `item`, `source`, `unit`, `value` (bounded, with its unit), `basis`, `measured` (basis and act), `due`,
    `scope`, `denominator`, `quote` (as a working translation in English), `note`, `state`, `standing` (what
    the document is, or how sure the figure), `cited` and `partly` (that the document is not coded whole).
    Raises UnknownName for an unknown topic or city.
    """
    return named(book, coded_figures(book, topic, city))


def named(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of `analysis.every_figure.figures` with their names in both languages."""
    held = records(rows)
    made = {}
    for lang in LANGUAGES:
        told = [names(row) for names in [_names(book, lang)] for row in held]
        made |= {f"{name}_{lang}": [one[name] for one in told] for name in NAMED}
    return rows.assign(**made)


def _names(book: Book, lang: str) -> Callable[[Cells], Cells]:
    """Return what gives a row's names in one language."""
    labels, english = Labels(book, lang), lang == "en"
    sources = {cells["source_id"]: cells for cells in book.records("sources")}
    translations = {cells["row_id"]: cells for cells in book.records("translations")}
    facts = {cells["fact_id"]: cells for name in ELSEWHERE for cells in book.records(name)}
    terms = {cells["term_zh"]: cells["term_en"] for cells in book.records("terms")}
    notes = {cells["target_id"]: cells["note"] for cells in book.records("targets")}

    def term(words: Any) -> str:
        return str(terms.get(words, words)) if english else str(words)

    def names(row: Cells) -> Cells:
        kind, translation = row["kind"], translations.get(row["row_id"], {})
        valued, outside = kind in VALUED, kind in OUTSIDE
        dated = kind in ("target", "elsewhere")
        return {
            "place": labels.name("places", row["place_id"]),
            "indicator": labels.name("indicators", row["indicator_id"]) if row["indicator_id"] else "",
            "item": labels.item(row["item_id"]),
            "source": "" if outside else labels.source(sources[row["source_id"]]),
            "unit": labels.unit_name(row["unit_id"]) if valued else "",
            "value": labels.value(row) if valued else "",
            "basis": labels.basis(row["basis"]) if valued else "",
            "measured": labels.measured(row) if valued else "",
            "due": labels.due(row) if dated else labels.when(row["due_on"], row["due_precision"])
            if kind == "outcome" else "",
            "scope": term(row["scope_zh"] or ""),
            "denominator": term(row["denominator_zh"] or ""),
            "quote": (translation.get("quote_en") if english else row["quote"]) or "",
            "note": present(translation.get("note_en") if english else notes.get(row["row_id"])) or "",
            "standing": labels.confidence(row["confidence"]) if outside else labels.status(row["status"]),
            "cited": _cited(labels, facts[row["row_id"]] if outside else sources[row["source_id"]]),
            "partly": labels.coding(row["coding"]),
            "state": "" if row["state"] == "quantified" else labels.state(row["state"]),
        }  # fmt: skip

    return names


def _cited(labels: Labels, source: Cells) -> str:
    """Return a document's title and number, or the title and publisher of a page."""
    if "source_title" in source:
        return f"{source['source_title']}, {source['publisher']}"
    held = (source["title_zh"], present(source["document_number"]))
    return labels.comma.join(str(one) for one in held if one)


def present(value: Any) -> Any:
    """Return a cell, None where it is missing.

    >>> present(float("nan")), present(pd.NaT), present(""), present(0)
    (None, None, '', 0)
    """
    return None if isinstance(value, MISSING) and pd.isna(value) else value


def records(frame: pd.DataFrame) -> list[Cells]:
    """Return the rows of a frame, a missing cell being None."""
    return [{name: present(value) for name, value in row.items()} for row in frame.to_dict("records")]
