"""Rules across rows: due dates follow deadlines, measures fit, links lead home, sources are whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import regex

from compare.errors import Problem
from compare.language.spans import Span
from compare.rules.quoted import SPANS
from compare.rules.rows import Row, rows_of, shown
from compare.tables.book import Book

# A semicolon parts the clauses of one sentence.
SENTENCE_ENDS = "。!?！？\n"
NEW_IN_PERIOD = ("新建", "新增", "新开通", "新開通", "新創建", "新创建")


def dues_follow(book: Book) -> Iterator[Problem]:
    """A target's due date is its deadline's, or the plan's end where no phrase governs it."""
    deadlines = book.deadlines.set_index("deadline_id").to_dict("index")
    ends = book.sources.set_index("source_id")["period_end"]
    for row in rows_of(book, "targets"):
        cells = row.cells
        if cells["kind"] == "status":
            yield from _no_due(row, "a status has no due date")
        elif cells["due_source"] == "period":
            end = ends[cells["source_id"]]
            if not pd.isna(end) and cells["due_on"] != end:
                yield row.problem(
                    "due_on", cells["due_on"], shown(end), "due_source period takes the plan's own end"
                )
            yield from _no_due(row, "the plan's own end is taken", dated=True)
        elif pd.isna(cells["deadline_id"]):
            yield row.problem("deadline_id", "", "a deadline", "name it, or set due_source to period")
        else:
            yield from _as_deadline(row, deadlines[cells["deadline_id"]])


def _no_due(row: Row, why: str, dated: bool = False) -> Iterator[Problem]:
    """Yield what a target says of a time expression where none governs it."""
    told = {"due_precision": "year" if dated else "none"} | (
        {} if dated else {"due_on": "", "due_source": ""}
    )
    told |= dict.fromkeys(("deadline_id", "due_text", "due_start", "due_end", "recurrence"), "")
    for column, value in told.items():
        if shown(row.cells[column]) != value:
            yield row.problem(column, row.cells[column], value or "nothing", why)


def _as_deadline(row: Row, deadline: dict[str, Any]) -> Iterator[Problem]:
    for column in ("source_id", "due_text", "due_start", "due_end", "due_on", "due_precision", "recurrence"):
        held, told = row.cells[column], deadline[column]
        if shown(held) != shown(told):
            yield row.problem(
                column, held, shown(told) or "nothing", f"{row.cells['deadline_id']} says so in deadlines.csv"
            )
    document = row.book.documents.get(row.cells["source_id"])
    if document is None or pd.isna(row.cells["due_end"]):
        return
    # Carried is what stands earlier in the text: the whole expression, or the year that it leaves out.
    start, end = int(row.cells["due_end"]), int(row.cells["value_start"])
    crossed = start < end and any(mark in document.reading.cut(Span(start, end)) for mark in SENTENCE_ENDS)
    expected = "carried" if crossed else deadline["due_source"]
    if row.cells["due_source"] != expected:
        where = "an earlier sentence" if crossed else "the same sentence"
        year = ", its year in earlier words" if expected == "carried" and not crossed else ""
        todo = f"the time expression stands in {where}{year}"
        yield row.problem("due_source", row.cells["due_source"], expected, todo)


def measures_fit(book: Book) -> Iterator[Problem]:
    """Unit and basis fit the indicator and the wording; one statement is one row."""
    indicators = book.indicators.set_index("indicator_id")["unit_id"]
    shares = set(book.units.loc[book.units["dimension"] == "share", "unit_id"])
    for row in rows_of(book, "targets"):
        cells = row.cells
        if cells["unit_id"] != indicators[cells["indicator_id"]]:
            yield row.problem(
                "unit_id",
                cells["unit_id"],
                indicators[cells["indicator_id"]],
                f"{cells['indicator_id']} is kept in it",
            )
        rate = cells["basis"] in ("rate", "growth")
        if rate != (cells["unit_id"] in shares):
            yield row.problem(
                "basis",
                cells["basis"],
                "rate or growth" if not rate else "stock, flow or ambiguous",
                f"the unit is {cells['unit_id']}",
            )
        before = regex.split("[,，;；。]", cells["quote"].split(cells["value_text"])[0])[-1]
        new = [word for word in NEW_IN_PERIOD if word in before]
        if new and cells["basis"] in ("stock", "ambiguous"):
            yield row.problem("basis", cells["basis"], "flow", f"the text says “{new[0]}” before the value")
    for at in book.targets.index[book.targets.duplicated(["source_id", "value_start", "indicator_id"])]:
        row = Row(book, "targets", int(at), book.targets.loc[at].to_dict())
        yield row.problem(
            "value_start",
            row.cells["value_start"],
            "one row per statement and indicator",
            "this statement has been coded twice: keep one row",
        )


def links_hold(book: Book) -> Iterator[Problem]:
    """Restatements point at an operative target of their document and indicator; rows stay in their city."""
    targets = {cells["target_id"]: cells for cells in book.records("targets")}
    for row in rows_of(book, "targets"):
        other = targets.get(row.cells["restates_target_id"])
        if other is None:
            continue
        for column in ("source_id", "indicator_id"):
            if other[column] != row.cells[column]:
                yield row.problem(
                    "restates_target_id",
                    other["target_id"],
                    f"a target of the same {column}",
                    f"that one's is {other[column]}",
                )
        if other["target_id"] == row.cells["target_id"]:
            yield row.problem(
                "restates_target_id", other["target_id"], "another row", "no row restates itself"
            )
        elif not pd.isna(other["restates_target_id"]):
            yield row.problem(
                "restates_target_id",
                other["target_id"],
                str(other["restates_target_id"]),
                "point at the operative statement itself",
            )
    homes = book.sources.set_index("source_id")["place_id"]
    for table in ("furniture", "tasks", "ledger", *SPANS):
        for row in rows_of(book, table):
            if homes[row.cells["source_id"]] != row.cells["city_id"]:
                yield row.problem(
                    "source_id",
                    row.cells["source_id"],
                    f"a document of {row.cells['city_id']}",
                    f"move the row to the folder {homes[row.cells['source_id']]}/",
                )


def sources_hold(book: Book) -> Iterator[Problem]:
    """A document at hand has its text, its period and its city's folder; another has none of these."""
    topics = set(book.topics["topic_id"])
    spoken = book.commitments.groupby("source_id")["topic_id"].agg(set).to_dict()
    for row in rows_of(book, "sources"):
        cells, at_hand = row.cells, row.cells["status"] != "not_obtained"
        if at_hand != (not pd.isna(cells["path"])):
            yield row.problem(
                "path",
                "" if at_hand else cells["path"],
                "a file under data/raw" if at_hand else "nothing",
                f"the status is {cells['status']}",
            )
        if at_hand and pd.isna(cells["period_end"]):
            yield row.problem("period_end", "", "a date", "undated targets take the plan's end")
        if at_hand and cells["place_id"] not in book.cities:
            yield row.problem(
                "place_id",
                cells["place_id"],
                f"a folder data/curated/{cells['place_id']}",
                "the city's curated tables are missing",
            )
        coded = [] if pd.isna(cells["coded_topics"]) else cells["coded_topics"].split(";")
        for topic in [name for name in coded if name not in topics]:
            yield row.problem("coded_topics", topic, "a topic of topics.csv", "correct it or add the topic")
        for topic in sorted(spoken.get(cells["source_id"], set()) - set(coded)):
            if cells["coding_state"] == "complete":
                yield row.problem("coded_topics", cells["coded_topics"], topic, "commitments of it are coded")
    yield from _furniture(book)


def _furniture(book: Book) -> Iterator[Problem]:
    """Yield the ranges of page furniture that begin or end with other words than they say."""
    for row in rows_of(book, "furniture"):
        document, span = book.documents.get(row.cells["source_id"]), row.span("start", "end")
        if document is None:
            continue
        words = document.raw[span.start : span.end] if span else ""
        told = {"first_words": words.startswith, "last_words": words.endswith}
        for column, holds in told.items():
            said = row.cells[column].replace("\\r", "\r").replace("\\n", "\n")
            if not words or not holds(said):
                which = column.removesuffix("_words")
                yield row.problem(
                    column, row.cells[column], f"the {which} words of its range", "correct the offsets"
                )


def continuations_run_forward(book: Book) -> Iterator[Problem]:
    """A continuation leads from a document to a later one of the same city."""
    sources = book.sources.set_index("source_id")[["place_id", "period_start"]].to_dict("index")
    homes = dict(zip(book.commitments["commitment_id"], book.commitments["source_id"], strict=True))
    for row in rows_of(book, "continuations"):
        later, earlier = (sources[homes[row.cells[name]]] for name in ("later_id", "earlier_id"))
        if later["place_id"] != row.cells["city_id"]:
            yield row.problem("later_id", row.cells["later_id"], f"a commitment of {row.cells['city_id']}",
                              f"move the row to the folder {later['place_id']}/")  # fmt: skip
        if later["place_id"] != earlier["place_id"] or not later["period_start"] > earlier["period_start"]:
            yield row.problem(
                "earlier_id",
                row.cells["earlier_id"],
                "a commitment of an earlier document of the city",
                "correct the id, or swap the two",
            )
