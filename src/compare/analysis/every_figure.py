"""Every figure on a topic in one frame: statements of documents, figures from elsewhere, and absences."""

from __future__ import annotations

import pandas as pd

from compare.analysis.contradictions import contradictions
from compare.analysis.coverage import coverage
from compare.analysis.figures import promised, reached
from compare.analysis.panel import chosen, operative
from compare.analysis.selection import coded_topics, counted, whole_topics
from compare.asked import Names, read_names
from compare.tables.book import Book

# What every row of `figures` holds as codes and numbers; `words.named` adds the names.
FIGURES = [
    "row_id", "kind", "state", "operative", "restates_target_id", "place_id", "source_id", "topic_id",
    "indicator_id", "measure_id", "item_id", "value_low", "value_high", "comparator", "multiplier", "unit_id",
    "act", "also_act", "basis", "scope_zh", "denominator_zh", "due_on", "due_precision", "recurrence",
    "force", "status", "coding", "issued_on", "started_on", "ended_on", "script", "confidence", "also",
    "indicator_order", "value_text", "quote", "quote_start", "hits", "better", "headline", "normaliser",
    "division_code", "disputed", "part_of_target_id", "due_source",
]  # fmt: skip
ABSENCES = ("silent", "not_coded", "not_obtained", "not_applicable")


def figures(book: Book, topic: str | None = None, city: Names = None) -> pd.DataFrame:
    """Return a row per statement, per figure from elsewhere, and per document and indicator without any.

    `kind` is target, status, mention, elsewhere (promised), outcome or absent; `state` is that of the row's
    document for its indicator; `operative` marks the statements that count; `coding` says how far the
    document is coded for the topic, `disputed` whether it contradicts another figure. Of places without
    documents here all figures are kept: those above are among them. Raises UnknownName for an unknown topic
    or city.
    """
    book = counted(book)
    cities = chosen(book, city)
    if topic is not None:
        read_names([topic], book.topics["topic_id"], "topic")
    rows = pd.concat(
        [_stated(book, cities), _elsewhere(book, cities), _absent(book, topic, cities)], ignore_index=True
    )
    if topic is not None:
        rows = rows[rows["topic_id"] == topic]
    rows = _with_documents(book, rows)
    traits = book.indicators.set_index("indicator_id")[["better", "headline", "normaliser"]]
    rows = rows.drop(columns=list(traits), errors="ignore").join(traits, on="indicator_id")
    order = {name: at for at, name in enumerate(book.indicators["indicator_id"])}
    rows["indicator_order"] = rows["indicator_id"].map(order)
    rows["due_on"] = pd.to_datetime(rows["due_on"])
    rows["disputed"] = rows["row_id"].isin(contradictions(book)["row_id"])
    rows["division_code"] = rows["place_id"].map(book.places.set_index("place_id")["division_code"])
    return rows.reindex(columns=FIGURES).reset_index(drop=True)


def statements(book: Book, source_id: str) -> pd.DataFrame:
    """Return every target, status and mention of one document, counted or not, with all their columns."""
    rows = _stated(book, book.cities)
    return _with_documents(book, rows[rows["source_id"] == source_id])


def _stated(book: Book, cities: list[str]) -> pd.DataFrame:
    counts = set(operative(book.targets)["target_id"])
    targets = book.targets.assign(
        row_id=book.targets["target_id"],
        state=book.targets["kind"].map({"target": "quantified", "status": "status_only"}),
        operative=book.targets["target_id"].isin(counts),
    )
    mentions = book.mentions[book.mentions["class"] == "unquantified"]
    mentions = mentions.assign(
        row_id=mentions["mention_id"], kind="mention", state="unquantified", operative=True
    )
    rows = pd.concat([targets, mentions], ignore_index=True)
    rows = rows[rows["city_id"].isin(cities)]
    return rows.assign(place_id=rows["city_id"], item_id=rows["indicator_id"], confidence="")


def _elsewhere(book: Book, cities: list[str]) -> pd.DataFrame:
    found = promised(book)
    both = pd.concat(
        [
            found[found["origin"] == "elsewhere"].assign(kind="elsewhere"),
            reached(book).assign(kind="outcome"),
        ],
        ignore_index=True,
    )
    others = set(book.cities) - set(cities)
    both = both[~both["place_id"].isin(others)].sort_values(["place_id", "row_id"])
    return both.assign(state="quantified", operative=True, status="elsewhere")


def _absent(book: Book, topic: str | None, cities: list[str]) -> pd.DataFrame:
    rows = coverage(book, topic, cities, headline=False)
    rows = rows[rows["state"].isin(ABSENCES)]
    topics = book.indicators.set_index("indicator_id")["topic_id"]
    return rows.drop(columns=["coding_state"]).assign(
        row_id=None,
        kind="absent",
        operative=False,
        place_id=rows["city_id"],
        item_id=rows["indicator_id"],
        topic_id=rows["indicator_id"].map(topics),
    )


def _with_documents(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with what is known of their documents; a figure from elsewhere rests on none here."""
    known = book.sources.set_index("source_id").rename(
        columns={"drawn_up_on": "issued_on", "period_start": "started_on", "period_end": "ended_on"}
    )
    of_document = ~rows["kind"].isin(["elsewhere", "outcome"])
    for name in ("issued_on", "started_on", "ended_on", "script"):
        rows[name] = rows["source_id"].map(known[name]).where(of_document)
    rows["status"] = rows["source_id"].map(known["status"]).where(of_document, "elsewhere")
    sources = {cells["source_id"]: cells for cells in book.records("sources")}
    rows["coding"] = [
        coding_of(sources[source], topic) if held else "complete"
        for source, topic, held in zip(rows["source_id"], rows["topic_id"], of_document, strict=True)
    ]
    return rows


def coding_of(source: dict[str, object], topic: str) -> str:
    """Return how far a document is coded for a topic: complete, in_review, registered (not at all)."""
    if topic in whole_topics(source):
        return "complete"
    return "in_review" if topic in coded_topics(source) else "registered"
