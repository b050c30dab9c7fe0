"""Frames with names, units and states in both languages, so that a chart or section needs nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from compare.analysis.every_figure import coding_of
from compare.analysis.every_figure import figures as coded_figures
from compare.analysis.findings import topics_in_order
from compare.analysis.grid import table as cells_of
from compare.analysis.panel import DIVIDED, align, chosen, nearest_reference
from compare.analysis.topic_coverage import topic_coverage
from compare.asked import LANGUAGES, Names
from compare.tables.book import Book
from compare.tables.edition import read_edition
from compare.texts.keywords import listed
from compare.words.labels import Labels
from compare.words.signs import signs

VALUED, OUTSIDE = ("target", "status", "elsewhere", "outcome"), ("elsewhere", "outcome")
NAMED = (
    "place", "indicator", "indicator_unit", "item", "source", "unit", "value", "basis", "measured", "done",
    "due", "scope", "denominator", "quote", "note", "state", "standing", "cited", "partly",
    "topic", "origin",
)  # fmt: skip
# The types of cells that may be missing; all others are handed on without being asked.
MISSING = (float, type(pd.NaT), type(pd.NA))
ELSEWHERE = ("outcomes", "outside_targets")
Cells = dict[str, Any]


def figures(book: Book, topic: str | None = None, city: Names = None) -> pd.DataFrame:
    """Return every figure with its names: a row per statement, figure from elsewhere, and absence.

    Beside the columns of `analysis.every_figure.figures` each row holds, in zh and en, `place`, `indicator`,
    `item`, `source`, `unit`, `value` (bounded, with its unit), `basis`, `measured` (basis and act), `done`
    (the act, where the name of what is counted does not say it), `due`, `scope`, `denominator`, `quote` (as a
    working translation in English), `note`, `state`, `standing` (what the document is, or how sure the
    figure), `cited`, `topic`, `partly` (that the document is not coded whole) and `origin` (of a figure from
    elsewhere: what its publisher is, what was seen of its words and when); `address` is where that was.
    Raises UnknownName for an unknown topic or city.
    """
    return named(book, coded_figures(book, topic, city))


def named(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of `analysis.every_figure.figures` with their names in both languages."""
    held = records(rows)
    made: dict[str, list[Any]] = {}
    for lang in LANGUAGES:
        told = [names(row) for names in [_names(book, lang)] for row in held]
        made |= {f"{name}_{lang}": [one[name] for one in told] for name in NAMED}
    pages = {name: cells["url"] for name, cells in _facts(book).items()}
    order = {name: at for at, name in enumerate(topics_in_order(book))}
    addresses = [pages.get(row["row_id"], "") for row in held]
    return rows.assign(**made, topic_order=rows["topic_id"].map(order), address=addresses)


def _facts(book: Book) -> dict[str, Cells]:
    return {cells["fact_id"]: cells for name in ELSEWHERE for cells in book.records(name)}


def _names(book: Book, lang: str) -> Callable[[Cells], Cells]:
    """Return what gives a row's names in one language."""
    labels, own = Labels(book, lang), signs(lang)
    sources = {cells["source_id"]: cells for cells in book.records("sources")}
    translations = {cells["row_id"]: cells for cells in book.records("translations")}
    facts = _facts(book)
    units = {cells["indicator_id"]: cells["unit_id"] for cells in book.records("indicators")}
    terms = {cells["term_zh"]: cells["term_en"] for cells in book.records("terms")}
    notes = {cells["target_id"]: cells["note"] for cells in book.records("targets")}

    def term(words: Any) -> str:
        return str(terms.get(words, words)) if own.foreign else str(words)

    def names(row: Cells) -> Cells:
        kind, translation = row["kind"], translations.get(row["row_id"], {})
        valued, outside = kind in VALUED, kind in OUTSIDE
        dated = kind in ("target", "elsewhere")
        return {
            "place": labels.name("places", row["place_id"]),
            "topic": labels.name("topics", row["topic_id"]),
            "indicator": labels.name("indicators", row["indicator_id"]) if row["indicator_id"] else "",
            "indicator_unit": labels.unit_name(units[row["indicator_id"]]) if row["indicator_id"] else "",
            "item": labels.item(row["item_id"]),
            "source": "" if outside else labels.source(sources[row["source_id"]]),
            "unit": labels.unit_name(row["unit_id"]) if valued else "",
            "value": labels.value(row) if valued else "",
            "basis": labels.basis(row["basis"]) if valued else "",
            "measured": labels.measured(row) if valued else "",
            "done": labels.done(row) if valued else "",
            "due": labels.due(row) if dated else labels.when(row["due_on"], row["due_precision"])
            if kind == "outcome" else "",
            "scope": term(row["scope_zh"] or ""),
            "denominator": term(row["denominator_zh"] or ""),
            "quote": (translation.get(f"quote_{own.names}") if own.foreign else row["quote"]) or "",
            "note": present(translation.get(own.note) if own.foreign else notes.get(row["row_id"])) or "",
            "standing": labels.confidence(row["confidence"]) if outside else labels.status(row["status"]),
            "cited": _cited(labels, facts[row["row_id"]] if outside else sources[row["source_id"]]),
            "origin": labels.origin(facts[row["row_id"]]) if outside else "",
            "partly": labels.coding(row["coding"]),
            "state": "" if row["state"] == "quantified" else labels.state(row["state"]),
        }  # fmt: skip

    return names


def _cited(labels: Labels, source: Cells) -> str:
    """Return a document's title and number, or the title and publisher of a page."""
    if "source_title" in source:
        return f"{source['source_title']}, {source['publisher']}"
    held = (source["title_zh"], present(source["document_number"]))
    return labels.signs.listed(held)


def present(value: Any) -> Any:
    """Return a cell, None where it is missing.

    >>> present(float("nan")), present(pd.NaT), present(""), present(0)
    (None, None, '', 0)
    """
    return None if isinstance(value, MISSING) and pd.isna(value) else value


def records(frame: pd.DataFrame) -> list[Cells]:
    """Return the rows of a frame, a missing cell being None."""
    return [{name: present(value) for name, value in row.items()} for row in frame.to_dict("records")]


def documents(book: Book, topic: str | None = None, city: Names = None) -> pd.DataFrame:
    """Return the cities' documents at hand, then all known and not obtained, as `sources` holds them, named.

    `place`, `source` and `document` (how it is called in a sentence) and `partly` stand in zh and en;
    `coding` says how far a document is coded, for the topic where one is given; `at_hand` whether its text
    is here; `edition` names the edition of the data. Raises UnknownName for an unknown city.
    """
    order = {name: at for at, name in enumerate(chosen(book, city))}
    here = [cells for cells in book.records("sources") if not pd.isna(cells["path"])]
    rows = [cells for cells in here if cells["place_id"] in order]
    rows.sort(key=lambda cells: (order[cells["place_id"]], cells["source_id"]))
    rows += [cells for cells in book.records("sources") if cells["status"] == "not_obtained"]
    edition = read_edition(book.root)["edition"]
    made = []
    for cells in rows:
        held = cells | {
            "at_hand": not pd.isna(cells["path"]),
            "coding": cells["coding_state"] if topic is None else coding_of(cells, topic),
            "edition": edition,
        }
        for lang in LANGUAGES:
            labels = Labels(book, lang)
            held[f"place_{lang}"] = labels.name("places", cells["place_id"])
            held[f"source_{lang}"] = labels.source(cells)
            held[f"document_{lang}"] = labels.document(cells)
            held[f"partly_{lang}"] = labels.coding(held["coding"])
        made.append(held)
    return pd.DataFrame(made)


def cities(book: Book, topic: str, city: Names = None) -> pd.DataFrame:
    """Return the cities with what each says of a topic as a whole, a row each, as `topic_coverage` tells it.

    `place` and `said` (the state in words) stand in zh and en; `link` is the first commitment that speaks of
    the topic, `link_source` its document; `population` the census figure. Raises UnknownName as it does.
    """
    rows = topic_coverage(book, topic, city)
    sources = dict(zip(book.commitments["commitment_id"], book.commitments["source_id"], strict=True))
    first = rows["evidence_ids"].astype(str).str.partition(";")[0]
    census = pd.Timestamp(2020, 11, 1)
    facts = [nearest_reference(book, name, "population", census) for name in rows["city_id"]]
    made = rows.assign(
        link=[one if one in sources else "" for one in first],
        link_source=[sources.get(one, "") for one in first],
        population=[None if fact is None else fact["value"] for fact in facts],
    )
    for lang in LANGUAGES:
        labels = Labels(book, lang)
        made[f"place_{lang}"] = [labels.name("places", name) for name in rows["city_id"]]
        made[f"topic_{lang}"] = labels.name("topics", topic)
        made[f"said_{lang}"] = [labels.topic_state(row) for row in rows.to_dict("records")]
    return made


def table(book: Book, topic: str, city: Names = None) -> pd.DataFrame:
    """Return the cells of `analysis.grid.table` with `place`, `indicator` and `source` named.

    `keywords` are the terms of the indicator, `searched` how many they are. Raises UnknownName as it does.
    """
    rows = cells_of(book, topic, city)
    terms = dict(zip(book.indicators["indicator_id"], book.indicators["keywords_zh"], strict=True))
    sources = {cells["source_id"]: cells for cells in book.records("sources")}
    made = rows.assign(
        keywords=[listed(terms[name]) for name in rows["indicator_id"]],
        searched=[len(terms[name].split(";")) for name in rows["indicator_id"]],
    )
    for lang in LANGUAGES:
        labels = Labels(book, lang)
        made[f"place_{lang}"] = [labels.name("places", name) for name in rows["city_id"]]
        made[f"indicator_{lang}"] = [labels.name("indicators", name) for name in rows["indicator_id"]]
        made[f"source_{lang}"] = [labels.source(sources[name]) if name else "" for name in rows["source_id"]]
    return made


def per_head(book: Book, topic: str, city: Names = None) -> pd.DataFrame:
    """Return the targets of a topic that a population makes sense of, aligned, with the reference's names.

    `reference` is the measure in zh and en, `reference_title` and `reference_publisher` its source. Raises
    UnknownName for an unknown topic or city.
    """
    # A list that can be read once only is asked for once.
    city = chosen(book, city)
    held = book.indicators[book.indicators["topic_id"] == topic]
    held = held[held["normaliser"].notna()]
    panels = [align(book, row["indicator_id"], row["normaliser"], city) for row in held.to_dict("records")]
    none = align(book, [], city=city)
    # Where nothing is to be divided the frame is empty, and has the columns that it has elsewhere.
    rows = pd.concat(panels or [none.reindex(columns=[*none, *DIVIDED])], ignore_index=True)
    facts = book.reference.set_index("fact_id")
    known = rows["reference_id"].where(rows["reference_id"].isin(facts.index))
    made = rows.assign(
        measure_id=known.map(facts["measure_id"]),
        reference_title=known.map(facts["source_title"]),
        reference_publisher=known.map(facts["publisher"]),
    )
    return with_names(book, made, reference=("measures", "measure_id"))


def facts(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the figures from elsewhere that some figures rest on, as their tables state them, with `place`
    and `origin` (what the publisher is, what was seen of its words and when).

    Those in doubt on the topics of `rows` are among them, whatever their place.
    """
    ids = {
        one for held in (rows["row_id"], rows["also"]) for cell in held.dropna() for one in cell.split(";")
    }
    every = pd.concat([book.outcomes, book.outside_targets], ignore_index=True)
    every["note_zh"] = every["note"]
    doubted = (every["confidence"] == "suspect") & every["topic_id"].isin(rows["topic_id"])
    held = with_names(book, every[every["fact_id"].isin(ids) | doubted], place=("places", "place_id"))
    origins = {
        f"origin_{lang}": [Labels(book, lang).origin(row) for row in held.to_dict("records")]
        for lang in LANGUAGES
    }
    return held.assign(**origins)


def with_names(book: Book, rows: pd.DataFrame, **names: tuple[str, str]) -> pd.DataFrame:
    """Return rows with names in both languages: by new column the code list and the column with the code.

    The list `items` is that of indicators and measures together.
    """
    made = rows.copy()
    for lang in LANGUAGES:
        labels = Labels(book, lang)
        for column, (listing, key) in names.items():
            codes = rows[key]
            made[f"{column}_{lang}"] = ["" if pd.isna(code) else labels.name(listing, code) for code in codes]
    return made
