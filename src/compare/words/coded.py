"""What cities undertake, leave out and take up again, how they rank and what they come to, with all names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

import pandas as pd

from compare.analysis import bounds, editions
from compare.analysis import commitments as of_clauses
from compare.analysis import coverage as of_indicators
from compare.analysis import increments as of_totals
from compare.analysis import pace as of_promises
from compare.analysis import ranks as of_items
from compare.analysis.alike import Measure, require_item
from compare.analysis.figures import promised
from compare.analysis.findings import topics_in_order
from compare.analysis.panel import chosen
from compare.analysis.selection import counted
from compare.asked import LANGUAGES, Names
from compare.tables.book import Book
from compare.words import reasons
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import ELSEWHERE, Cells, present, with_names
from compare.words.signs import signs

PLACE, TOPIC, INDICATOR = ("places", "city_id"), ("topics", "topic_id"), ("indicators", "indicator_id")
ITEM, UNIT = ("items", "item_id"), ("units", "unit_id")
LISTS = ("without", "approximate", "row_ids")
BOUNDS = [*Measure._fields, "year", "what", "low", "high", "figures", "cities", *LISTS]


def commitments(book: Book, city: Names = None) -> pd.DataFrame:
    """Return `analysis.commitments.commitments` with the names of `place`, `topic` and leading agencies.

    `leads` are joined by `;` as their ids are; one that is in no list has the name that is printed. Raises
    UnknownName for an unknown city.
    """
    rows = with_names(book, of_clauses.commitments(book, city), place=PLACE, topic=TOPIC)
    for lang in LANGUAGES:
        names = dict(zip(book.agencies["agency_id"], book.agencies[f"name_{signs(lang).names}"], strict=True))
        rows[f"leads_{lang}"] = [
            ";".join(names.get(one, one) for one in held.split(";")) for held in rows["lead_ids"]
        ]
    return rows


def coverage(book: Book, topic: str | None = None, city: Names = None, headline: bool = True) -> pd.DataFrame:
    """Return `analysis.coverage.coverage` with names, and `why` an indicator does not apply to a document.

    Raises UnknownName for an unknown topic or city.
    """
    rows = of_indicators.coverage(counted(book), topic, city, headline)
    topics = dict(zip(book.indicators["indicator_id"], book.indicators["topic_id"], strict=True))
    apart = {(row["source_id"], row["indicator_id"]): row for row in book.records("not_applicable")}
    held = [apart.get(key, {}) for key in zip(rows["source_id"], rows["indicator_id"], strict=True)]
    why = {f"why_{lang}": [one.get(f"reason_{signs(lang).names}", "") for one in held] for lang in LANGUAGES}
    order = {name: at for at, name in enumerate(topics_in_order(book))}
    named = rows["indicator_id"].map(topics)
    rows = rows.assign(topic_id=named, topic_order=named.map(order), **why)
    return with_names(book, rows, topic=TOPIC, indicator=INDICATOR)


def commitment_changes(book: Book, city: Names = None) -> pd.DataFrame:
    """Return `analysis.editions.commitment_changes` with the names of topics; it raises as that."""
    return with_names(book, editions.commitment_changes(counted(book), city), topic=TOPIC)


def indicator_changes(book: Book, city: Names = None) -> pd.DataFrame:
    """Return `words.reasons.indicator_changes` with the names of indicators; it raises as that."""
    return with_names(book, reasons.indicator_changes(counted(book), city), indicator=INDICATOR)


def taken_up(book: Book, city: Names = None) -> pd.DataFrame:
    """Return `analysis.editions.taken_up` with the names of topics; it raises as that."""
    return with_names(book, editions.taken_up(counted(book), city), topic=TOPIC)


def reference(book: Book) -> pd.DataFrame:
    """Return the table of reference values, such as populations, with the names of `place` and `measure`."""
    names = {"place": ("places", "place_id"), "measure": ("measures", "measure_id")}
    return with_names(book, book.reference, **names)


def ranks(
    book: Book, item: str | Iterable[str], city: Names = None, hold: str | Iterable[str] = ()
) -> pd.DataFrame:
    """Return the frame of `analysis.ranks.ranks` with `item` and `place` in zh and en; raises as it does."""
    return with_names(book, of_items.ranks(book, item, city, hold), item=ITEM, place=PLACE)


def tally(book: Book, topic: str | None = None, city: Names = None) -> pd.DataFrame:
    """Return `analysis.bounds.tally` with the `indicator` in zh and en. Raises UnknownName as it does."""
    return with_names(book, bounds.tally(book, topic, city), indicator=INDICATOR)


def mean_bounds(
    book: Book, item: str | Iterable[str], year: int | None = None, city: Names = None
) -> pd.DataFrame:
    """Return what means and totals can be, a row per measure and year, with `item` and `unit` in zh and en.

    Each row is one of `analysis.bounds.mean_bounds`, its lists separated by `;`. Without a `year` all are
    told in which a figure of the items falls due. Raises UnknownName for an unknown item or city.
    """
    cities, items = chosen(book, city), [item] if isinstance(item, str) else list(item)
    for each in items:
        require_item(book, each)
    own = promised(book, cities)
    years = own.assign(year=own["due_on"].dt.year).dropna(subset="year").groupby("item_id")["year"]
    dues = {name: sorted({int(one) for one in held}) for name, held in years}
    made = [
        {**asdict(one), **one.measure._asdict(), **{name: ";".join(getattr(one, name)) for name in LISTS}}
        for each in items
        for due in (dues.get(each, []) if year is None else [year])
        for one in bounds.mean_bounds(book, each, due, cities)
    ]
    return with_names(book, pd.DataFrame(made, columns=BOUNDS), item=ITEM, unit=UNIT)


def increments(book: Book, row_id: str | None = None) -> pd.DataFrame:
    """Return the frames of `analysis.increments.increments` and `analysis.pace.pace` with their words.

    Of the latter the promise itself is the later total. `size_zh` and `size_en` say what the totals differ
    by, in a year where a pace is asked for; `heads_zh` and `heads_en` the same per 10,000 of the population;
    `doubts_zh` and `doubts_en` what is to be borne in mind of them: that they span a part of the year only,
    and the notes on both.
    """
    asked = of_promises.pace(book, row_id).assign(whole=True)
    made = [of_totals.increments(book, row_id), asked.assign(to_id=asked["row_id"])]
    rows = pd.DataFrame(
        [row for one in made for row in one.to_dict("records")],
        columns=dict.fromkeys(name for one in made for name in one),
    )
    facts = {cells["fact_id"]: cells for name in ELSEWHERE for cells in book.records(name)}
    facts |= {cells["target_id"]: cells for cells in book.records("targets")}
    for lang in LANGUAGES:
        labels, said = Labels(book, lang), messages(lang, root=book.root)
        held = rows.to_dict("records")
        rows[f"size_{lang}"] = [
            _size(row, row["increment"] if pd.isna(row["per_year"]) else row["per_year"], facts, labels)
            for row in held
        ]
        heads = [row["per_10000"] for row in held]
        rows[f"heads_{lang}"] = ["" if pd.isna(one) else labels.number(one) for one in heads]
        spans = ["" if row["whole"] else said.say("grown.part", day=labels.day(row["to_on"])) for row in held]
        notes = [
            [present(facts[row[name]].get(labels.signs.note)) for name in ("from_id", "to_id")]
            for row in held
        ]
        rows[f"doubts_{lang}"] = [
            labels.signs.listed([*dict.fromkeys([span, *own])])
            for span, own in zip(spans, notes, strict=True)
        ]
    return rows


def _size(row: Cells, number: float, facts: dict[str, Cells], labels: Labels) -> str:
    size = {"value_low": number, "value_high": number, "comparator": row["comparator"]}
    return labels.value(size | {"unit_id": facts[row["to_id"]]["unit_id"]})
