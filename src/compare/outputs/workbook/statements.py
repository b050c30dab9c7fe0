"""The workbook's sheets of statements: every target, status and mention, by topic and by city."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from compare.analysis.passages import statements
from compare.outputs.workbook.table import Row, Sheet, plain
from compare.outputs.workbook.words import Cells, Words, due_order, joined
from compare.words.called import STATE

PART = (
    ("kind", 8),
    ("value", 9, "value"),
    ("basis", 9),
    ("act", 9),
    ("scope", 10),
    ("denominator", 12),
    ("due", 15),
    ("due_words", 10),
    ("force", 11),
    ("status", 8, "status"),
    ("quote", 27, "quote"),
    ("quote_en", 34),
    ("document", 20),
    ("number", 11),
    ("row_id", 10),
    ("restates", 10),
    ("|", 0),
    ("value_en", 13, "value"),
    ("value_low", 12),
    ("value_high", 12),
    ("unit", 14),
    ("multiplier", 8),
    ("precision", 11),
    ("due_text", 14, "quote"),
    ("due_source", 22),
    ("recurrence", 12),
    ("nature", 10),
    ("part_of", 16),
    ("baseline", 16),
    ("value_text", 14, "quote"),
    ("value_start", 9),
    ("value_end", 9),
    ("quote_start", 9),
    ("quote_end", 9),
    ("note", 34),
    ("note_en", 34),
    ("document_en", 34),
    ("source_id", 16),
)
AS_THEY_STAND = (
    *("row_id", "quote", "quote_start", "quote_end", "value_text", "value_start", "value_end"),
    *("value_low", "value_high", "multiplier", "nature", "due_text", "note"),
)
Made = tuple[Cells, Row]


def statement_rows(words: Words) -> list[Made]:
    """Return every target, status and unquantified mention as the table has it, and as a row shows it."""
    records = statements(words.book).to_dict("records")
    return [(row, _statement(words, row)) for row in records]


def _statement(words: Words, row: Cells) -> Row:
    quantified = plain(row["value_text"]) is not None
    translated = words.translations.get(row["row_id"], {})
    cells = {key: row[key] for key in AS_THEY_STAND} | {
        "city": words.name("places", row["city_id"]),
        "topic": words.name("topics", row["topic_id"]),
        "indicator": words.name("indicators", row["indicator_id"]),
        "kind": words.both(f"kind.{row['kind'] if quantified else 'unquantified'}"),
        "value": words.zh.value(row) if quantified else STATE["zh"]["unquantified"],
        "value_en": words.en.value(row) if quantified else STATE["en"]["unquantified"],
        "basis": words.code("basis", row["basis"]),
        "act": words.acts(row),
        "scope": words.term(row["scope_zh"]),
        "denominator": words.term(row["denominator_zh"]),
        "due": row["due_on"],
        "due_words": joined(words.zh.due(row), words.en.due(row)),
        "force": words.code("force", row["force"]),
        "quote_en": translated.get("quote_en"),
        "restates": row["restates_target_id"],
        "unit": words.unit(row["unit_id"]),
        "precision": words.code("precision", row["due_precision"]),
        "due_source": words.code("due_source", row["due_source"]),
        "recurrence": words.code("recurrence", row["recurrence"]),
        "part_of": row["part_of_target_id"],
        "baseline": row["baseline_target_id"],
        "note_en": translated.get("note_en"),
    }
    draft = words.is_draft(row["source_id"])
    return Row(row["row_id"], cells | words.cited(row["source_id"]), row["city_id"], draft)


def topic_sheets(words: Words, made: list[Made]) -> Iterator[Sheet]:
    """Yield a sheet for each topic that has statements: by indicator, then city, then due date."""
    indicators = {name: at for at, name in enumerate(words.book.indicators["indicator_id"])}
    columns = words.columns(("city", 9, "city"), ("indicator", 17), *PART)

    def order(one: Made) -> tuple[Any, ...]:
        row = one[0]
        place = (indicators[row["indicator_id"]], words.book.cities.index(row["city_id"]))
        return (*place, due_order(row["due_on"]), row["row_id"])

    for topic in words.book.records("topics"):
        rows = sorted((one for one in made if one[0]["topic_id"] == topic["topic_id"]), key=order)
        if rows:
            names = {"topic_zh": topic["name_zh"], "topic_en": topic["name_en"]}
            about = words.pair("about.topic", **names)
            yield Sheet(topic["name_zh"], about, columns, [row for _, row in rows], 2)


def city_sheets(words: Words, made: list[Made], colours: dict[str, str]) -> Iterator[Sheet]:
    """Yield a sheet for each city with all its statements, by due date; undated ones come last."""
    columns = words.columns(("city", 9, "city"), ("indicator", 17), ("topic", 12), *PART)

    def order(one: Made) -> tuple[Any, ...]:
        row = one[0]
        return (due_order(row["due_on"]), row["source_id"], row["quote_start"], row["row_id"])

    for city in words.book.cities:
        rows = sorted((one for one in made if one[0]["city_id"] == city), key=order)
        names = {"city_zh": words.zh.name("places", city), "city_en": words.en.name("places", city)}
        about = words.pair("about.city", **names)
        yield Sheet(joined(*names.values()), about, columns, [row for _, row in rows], 2, colours[city])
