"""Rules across rows: links lead where they may, rows stand in their city's folder, documents are whole."""

from __future__ import annotations

from collections.abc import Iterator

from compare.errors import Problem, near
from compare.rules.quoted import SPANS
from compare.rules.rows import Row, keyed, rows_of, told
from compare.tables.book import Book
from compare.tables.edition import FILE, edition_of


def links_hold(book: Book) -> Iterator[Problem]:
    """Restatements point at an operative target of their document and indicator; rows stay in their city."""
    targets = keyed(book, "targets")
    for row in rows_of(book, "targets"):
        other = targets.get(row["restates_target_id"])
        if other is not None:
            yield from _restates(row, Row(book, "targets", 0, other))
    homes = told(book, "sources", "place_id")
    for row in rows_of(book, "furniture", "tasks", "ledger", *SPANS):
        home, city = homes[row["source_id"]], row["city_id"]
        if home != city:
            yield row.wrong("source_id", f"a document of {city}", f"move the row to the folder {home}/")


def _restates(row: Row, other: Row) -> Iterator[Problem]:
    column = "restates_target_id"
    for name in ("source_id", "indicator_id"):
        if other[name] != row[name]:
            yield row.wrong(column, f"a target of the same {name}", f"that one's is {other[name]}")
    if other["target_id"] == row["target_id"]:
        yield row.wrong(column, "another row", "no row restates itself")
    elif other.has(column):
        yield row.wrong(column, str(other[column]), "point at the operative statement itself")


def sources_hold(book: Book) -> Iterator[Problem]:
    """A document at hand has its text, its period and its city's folder; another has none of these."""
    spoken: dict[str, set[str]] = {}
    for cells in book.records("commitments"):
        spoken.setdefault(cells["source_id"], set()).add(cells["topic_id"])
    for row in rows_of(book, "sources"):
        at_hand, place = row["status"] != "not_obtained", row["place_id"]
        if at_hand != row.has("path"):
            expected = "a file under data/raw" if at_hand else "nothing"
            yield row.wrong("path", expected, f"the status is {row['status']}")
        if at_hand and not row.has("period_end"):
            yield row.wrong("period_end", "a date", "undated targets take the plan's end")
        if at_hand and place not in book.cities:
            todo = "the city's curated tables are missing"
            yield row.wrong("place_id", f"a folder data/curated/{place}", todo)
        coded = row.parts("coded_topics")
        for topic in [name for name in coded if name not in set(book.topics["topic_id"])]:
            yield row.problem("coded_topics", topic, "a topic of topics.csv", "correct it or add the topic")
        for topic in sorted(spoken.get(row["source_id"], set()) - set(coded)):
            if row["coding_state"] == "complete":
                yield row.wrong("coded_topics", topic, "commitments of it are coded")
    yield from _furniture(book)


def _furniture(book: Book) -> Iterator[Problem]:
    """Yield the ranges of page furniture that begin or end with other words than they say."""
    for row in rows_of(book, "furniture"):
        document, span = row.document, row.span()
        if document is None:
            continue
        words = document.raw[span.start : span.end] if span else ""
        for which, holds in (("first", words.startswith), ("last", words.endswith)):
            said = row[f"{which}_words"].replace("\\r", "\r").replace("\\n", "\n")
            if not words or not holds(said):
                expected = f"the {which} words of its range"
                yield row.wrong(f"{which}_words", expected, "correct the offsets")


def continuations_run_forward(book: Book) -> Iterator[Problem]:
    """A continuation leads from a document to a later one of the same city."""
    sources, homes = keyed(book, "sources"), told(book, "commitments", "source_id")
    for row in rows_of(book, "continuations"):
        later, earlier = (sources[homes[row[name]]] for name in ("later_id", "earlier_id"))
        home, city = later["place_id"], row["city_id"]
        if home != city:
            yield row.wrong("later_id", f"a commitment of {city}", f"move the row to the folder {home}/")
        if home != earlier["place_id"] or not later["period_start"] > earlier["period_start"]:
            expected = "a commitment of an earlier document of the city"
            yield row.wrong("earlier_id", expected, "correct the id, or swap the two")


def listed_topics_are_known(book: Book) -> Iterator[Problem]:
    """A topic that edition.yaml features or puts in order is one of topics.csv."""
    held, known = edition_of(book.root), list(book.topics["topic_id"])
    for key, names in (("featured", held.featured), ("topic_order", held.topic_order)):
        for name in names:
            if name not in known:
                expected = " or ".join(near(name, known)) or "a topic of topics.csv"
                yield Problem(FILE, key, name, expected, "correct the name")
