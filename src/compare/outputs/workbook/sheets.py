"""The workbook's sheets of deadlines, coverage, documents and figures from elsewhere."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.analysis.coverage import coverage
from compare.analysis.topic_coverage import topic_coverage
from compare.outputs.workbook.table import Column, Row, Sheet, plain
from compare.outputs.workbook.words import CODED, NAMED, Cells, Words, due_order, joined
from compare.tables.codebook import read_codebook
from compare.texts.keywords import listed

# The columns that a page has room for, in its order; whatever else a table has follows on the right.
FACT_WIDTHS = {
    "place_id": 12,
    "indicator_id": 18,
    "measure_id": 17,
    "shown": 10,
    "shown_en": 12,
    "basis": 12,
    "scope_zh": 14,
    "denominator_zh": 14,
    "date_on": 15,
    "date_precision": 9,
    "source_title": 24,
    "publisher": 16,
    "seen": 8,
    "standing": 10,
    "copy": 9,
    "confidence": 11,
    "note": 22,
    "note_en": 22,
}
OTHER_WIDTH = 15


def deadline_sheet(words: Words) -> Sheet:
    """Return every time expression with what it governs, by date; recurring ones come last."""
    columns = words.columns(
        *(("due", 15), ("city", 9, "city"), ("due_text", 14, "quote"), ("precision", 10), ("state", 11)),
        *(("governed", 60, "quote"), ("status", 8, "status"), ("document", 26), ("number", 12)),
        *(("row_id", 10), ("|", 0), ("recurrence", 12), ("due_source", 22), ("commitment_count", 9)),
        *(("target_count", 9), ("commitments", 30), ("due_start", 9), ("due_end", 9), ("note", 34)),
        *(("document_en", 34), ("source_id", 16)),
    )
    promised = _grouped(words.book.records("commitments"))
    counted = _grouped(words.book.records("targets"))

    def order(row: Cells) -> tuple[Any, ...]:
        place = words.reading_order[row["source_id"]]
        return (due_order(row["due_on"]), place, row["due_start"], row["deadline_id"])

    ordered = sorted(words.book.records("deadlines"), key=order)
    rows = [_deadline(words, row, promised, counted) for row in ordered]
    return words.sheet("deadlines", columns, rows, 3)


def _grouped(rows: list[Cells]) -> dict[str, list[Cells]]:
    groups: dict[str, list[Cells]] = {}
    for row in rows:
        groups.setdefault(row["deadline_id"], []).append(row)
    return groups


def _deadline(
    words: Words, row: Cells, promised: dict[str, list[Cells]], counted: dict[str, list[Cells]]
) -> Row:
    promises, targets = promised.get(row["deadline_id"], []), counted.get(row["deadline_id"], [])
    said = [one["action_zh"] for one in promises] or [one["quote"] for one in targets]
    cells = {key: row[key] for key in ("due_text", "due_start", "due_end", "note")} | {
        "due": row["due_on"],
        "city": words.name("places", row["city_id"]),
        "precision": words.code("precision", row["due_precision"]),
        "state": words.state(row["due_on"], row["recurrence"]),
        "governed": "；".join(said),
        "row_id": row["deadline_id"],
        "recurrence": words.code("recurrence", row["recurrence"]),
        "due_source": words.code("due_source", row["due_source"]),
        "commitment_count": len(promises),
        "target_count": len(targets),
        "commitments": "; ".join(one["commitment_id"] for one in promises),
    }
    draft = words.is_draft(row["source_id"])
    return Row(row["deadline_id"], cells | words.cited(row["source_id"]), row["city_id"], draft)


def coverage_sheet(words: Words) -> Sheet:
    """Return what every document of every city says of every headline indicator, silence among it."""
    columns = words.columns(
        *(("city", 9, "city"), ("document", 30), ("status", 10, "status"), ("topic", 16)),
        *(("indicator", 22), ("coverage_state", 16, "state"), ("evidence", 40, "quote"), ("quote_en", 34)),
        *(
            ("hits", 8),
            ("keywords", 24),
            ("note", 22),
            ("number", 12),
            ("row_id", 11),
            ("|", 0),
            ("document_en", 34),
        ),
        ("source_id", 16),
    )
    topics = dict(zip(words.book.indicators["indicator_id"], words.book.indicators["topic_id"], strict=True))
    spoken = {
        (row["source_id"], row["topic_id"]): row["count"]
        for row in topic_coverage(words.book, by="source").to_dict("records")
        if row["state"] == "unquantified"
    }
    rows = [_coverage(words, row, topics, spoken) for row in coverage(words.book).to_dict("records")]
    return words.sheet("coverage", columns, rows, 2)


def _coverage(words: Words, row: Cells, topics: dict[str, str], spoken: dict[tuple[str, str], int]) -> Row:
    evidence_id = plain(row["evidence_id"])
    note = None if evidence_id else words.titled(row["evidence"])
    # An indicator that is not mentioned may belong to a topic that is promised in words.
    count = spoken.get((row["source_id"], topics[row["indicator_id"]]), 0)
    if row["state"] == "silent" and count:
        note = joined(*words.pair("coverage.in_words", count=count))
    cells = {
        "city": words.name("places", row["city_id"]),
        "topic": words.name("topics", topics[row["indicator_id"]]),
        "indicator": words.name("indicators", row["indicator_id"]),
        "state_id": row["state"],
        "coverage_state": words.both(f"coverage.{row['state']}"),
        "evidence": row["evidence"] if evidence_id else None,
        "note": note,
        "quote_en": words.translations.get(evidence_id or "", {}).get("quote_en"),
        "hits": row["hits"],
        "keywords": None if plain(row["hits"]) is None else listed(row["keywords_zh"], "；"),
        "row_id": evidence_id,
    }
    key = f"{row['source_id']} × {row['indicator_id']}"
    return Row(key, cells | words.cited(row["source_id"]), row["city_id"], words.is_draft(row["source_id"]))


def source_sheet(words: Words) -> Sheet:
    """Return every document known, those not obtained among them."""
    columns = words.columns(
        *(("source_id", 16), ("place", 11), ("document", 34), ("document_en", 34), ("number", 16)),
        *(("issuer", 18), ("status", 11, "status"), ("drawn_up", 15), ("published", 15)),
        *(("period_start", 15), ("period_end", 15), ("note_zh", 44), ("|", 0), ("cites", 40)),
        *(("coding", 14), ("script", 10), ("checksum", 68), ("url", 30)),
    )
    rows = []
    for source in words.book.records("sources"):
        cells = {
            "place": words.name("places", source["place_id"]),
            "issuer": source["issuer_zh"],
            "drawn_up": source["drawn_up_on"],
            "published": source["published_on"],
            "coding": words.code("coding", source["coding_state"]),
            "script": words.code("script", source["script"]),
            "cites": source["cites_zh"],
            "checksum": source["sha256"],
            "note_zh": words.titled(source["note"]),
        } | {key: source[key] for key in ("period_start", "period_end", "url")}
        key = source["source_id"]
        rows.append(Row(key, cells | words.cited(key), source["place_id"], words.is_draft(key)))
    return words.sheet("sources", columns, rows, 1)


def fact_sheet(words: Words, table: str) -> Sheet | None:
    """Return the figures of a table from elsewhere in whatever columns it has; None where it is empty.

    Columns that are new to the prose take their heads from the dictionary of tables.
    """
    frame: pd.DataFrame = getattr(words.book, table)
    if frame.empty:
        return None
    described = read_codebook(words.book.root)[table]
    titles = {column.name: column.title for column in described.fields}
    key = described.key[0]
    held = ["shown", "shown_en", *frame.columns]
    first = [key, *(name for name in FACT_WIDTHS if name in held)]
    names = [*first, *(name for name in held if name not in first)]
    columns = [_fact_column(words, name, titles.get(name, ""), name in first) for name in names]
    records = frame.to_dict("records")
    rows = [
        Row(str(row[key]), {name: _fact(words, name, row) for name in frame.columns} | _shown(words, row))
        for row in records
    ]
    return words.sheet(table, columns, rows, 1)


def _fact_column(words: Words, name: str, title: str, printed: bool) -> Column:
    # The value with its bound has the plain name already.
    section = f"column.{'value_number' if name == 'value' else name}"
    known = section in words.prose["zh"].sections
    head = words.both(section) if known else joined(title or name, name.replace("_", " "))
    return Column(name, head, FACT_WIDTHS.get(name, OTHER_WIDTH), "text", printed)


def _fact(words: Words, name: str, row: Cells) -> Any:
    value = plain(row[name])
    if value is None:
        return None
    if name in NAMED:
        return words.name(NAMED[name], value)
    if name == "unit_id":
        return words.unit(value)
    if name == "comparator" or name.endswith("precision"):
        return words.code(name.rpartition("_")[2], value)
    if name.endswith("_zh"):
        return words.term(value)
    return words.code(name, value) if name in CODED else value


def _shown(words: Words, row: Cells) -> Cells:
    if not {"value", "comparator", "unit_id"} <= row.keys() or plain(row["value"]) is None:
        return {}
    target = row | {"value_low": row["value"], "value_high": row["value"]}
    return {"shown": words.zh.value(target), "shown_en": words.en.value(target)}
