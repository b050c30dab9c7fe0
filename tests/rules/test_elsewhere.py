"""Figures from elsewhere and continuations broken on purpose: what the curator is told, word for word.

In a message `{row}` stands for the edited row's number, so that rows may be added to the tables.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest

from compare.errors import CompareError
from compare.rules.elsewhere import figures_from_elsewhere_hold, names_are_known
from compare.rules.links import continuations_run_forward
from compare.rules.load import load
from compare.tables.book import Book
from compare.tables.codebook import Table, read_codebook

OUTCOMES, GOALS = "outcomes.csv", "outside_targets.csv"
LINKS = "dezhou/continuations.csv"
Break = Callable[[Path], int]


class Case(NamedTuple):
    reason: str
    breaks: Break
    messages: tuple[str, ...]
    # Files below data/curated that depend on what is broken, and of which problems may be told too.
    also: tuple[str, ...] = ()


def edit(table: str, keys: str | tuple[str, ...], **cells: str) -> Break:
    """Return a change of the row whose first cells are `keys`; it says which row of the file that is."""

    def breaks(project: Path) -> int:
        path = project / "data" / "curated" / table
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        named = (keys,) if isinstance(keys, str) else keys
        [at] = [at for at, row in enumerate(rows) if tuple(row[: len(named)]) == named]
        for column, value in cells.items():
            assert rows[at][header.index(column)] != value, "a case that changes nothing breaks nothing"
            rows[at][header.index(column)] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([header, *rows])
        return at + 2

    return breaks


def place(table: str, key: str, column: str) -> str:
    return f"data/curated/{table}, row {{row}} ({key}), column {column}: "


TERM = "expected a row of terms.csv; add its English there"
LANGUAGES = "expected the note in both languages; add the one that is missing"
REASON = 'found ""; expected the reason; say why the figure is kept out'
KNOWN = "expected an indicator or a measure; correct the name"
SHARED = "figures of one measure share a unit"
EARLIER = "expected a commitment of an earlier document of the city; correct the id, or swap the two"

WHAT_IS_MEASURED = [
    Case("an outcome that names neither indicator nor measure",
         edit(OUTCOMES, "o-jinan-0005", measure_id=""),
         (place(OUTCOMES, "o-jinan-0005", "indicator_id")
          + 'found ""; expected an indicator or a measure; name what the figure measures in either column',),
         also=("measures.csv",)),
    Case("a target from elsewhere that names neither, and nothing is said of its unit",
         edit(GOALS, "g-shandong-0029", measure_id="", unit_id="yuan"),
         (place(GOALS, "g-shandong-0029", "indicator_id")
          + 'found ""; expected an indicator or a measure; name what the figure measures in either column',)),
    Case("a measure without the indicator that it belongs to",
         edit(OUTCOMES, "o-jinan-0001", indicator_id=""),
         (place(OUTCOMES, "o-jinan-0001", "indicator_id")
          + 'found ""; expected base_stations_5g; measures.csv says so of base_stations_built',)),
    Case("a measure under another indicator than its own",
         edit(OUTCOMES, "o-jinan-0001", indicator_id="charging_piles"),
         (place(OUTCOMES, "o-jinan-0001", "indicator_id")
          + 'found "charging_piles"; expected base_stations_5g; '
          "measures.csv says so of base_stations_built",)),
    Case("a measure that stands beside all indicators put under one, whose unit is another",
         edit(OUTCOMES, "o-jinan-0005", indicator_id="base_stations_5g"),
         (place(OUTCOMES, "o-jinan-0005", "indicator_id")
          + 'found "base_stations_5g"; expected nothing; measures.csv says so of records_gathered',
          place(OUTCOMES, "o-jinan-0005", "unit_id")
          + f'found "record"; expected count; {SHARED}')),
    Case("a list that names no indicator",
         edit(GOALS, "g-dongying-0001", indicator_id=""),
         (place(GOALS, "g-dongying-0001", "indicator_id")
          + 'found ""; expected smart_communities; measures.csv says so of smart_communities_listed',)),
    Case("another unit than the indicator's",
         edit(GOALS, "g-shandong-0010", unit_id="count"),
         (place(GOALS, "g-shandong-0010", "unit_id") + f'found "count"; expected percent; {SHARED}',)),
    Case("another unit than the measure's, where there is no indicator",
         edit(GOALS, "g-shandong-0029", unit_id="count"),
         (place(GOALS, "g-shandong-0029", "unit_id") + f'found "count"; expected per_10000; {SHARED}',)),
    Case("another unit than the indicator's, a measure being named as well",
         edit(OUTCOMES, "o-qingdao-0008", unit_id="item"),
         (place(OUTCOMES, "o-qingdao-0008", "unit_id") + f'found "item"; expected count; {SHARED}',)),
]  # fmt: skip

WORDS = [
    Case("a scope without English",
         edit(GOALS, "g-shandong-0012", scope_zh="乡村"),
         (place(GOALS, "g-shandong-0012", "scope_zh") + f'found "乡村"; {TERM}',)),
    Case("a denominator without English",
         edit(OUTCOMES, "o-shandong-0015", denominator_zh="全部事项"),
         (place(OUTCOMES, "o-shandong-0015", "denominator_zh") + f'found "全部事项"; {TERM}',)),
    Case("both at once",
         edit(GOALS, "g-jinan-0007", scope_zh="本级", denominator_zh="本级事项"),
         (place(GOALS, "g-jinan-0007", "scope_zh") + f'found "本级"; {TERM}',
          place(GOALS, "g-jinan-0007", "denominator_zh") + f'found "本级事项"; {TERM}'),
         also=("terms.csv",)),
    Case("a note in Chinese only",
         edit(GOALS, "g-dezhou-0002", note_en=""),
         (place(GOALS, "g-dezhou-0002", "note_en") + f'found ""; {LANGUAGES}',)),
    Case("a note in English only",
         edit(OUTCOMES, "o-jinan-0005", note=""),
         (place(OUTCOMES, "o-jinan-0005", "note_en") + f'found ""; {LANGUAGES}',)),
    Case("a figure set apart as suspect without a reason",
         edit(OUTCOMES, "o-jinan-0001", confidence="suspect"),
         (place(OUTCOMES, "o-jinan-0001", "note") + REASON,)),
    Case("a suspect target from elsewhere without a reason",
         edit(GOALS, "g-shandong-0004", confidence="suspect"),
         (place(GOALS, "g-shandong-0004", "note") + REASON,)),
    Case("the reason of a suspect figure struck out",
         edit(OUTCOMES, "o-binzhou-0001", note="", note_en=""),
         (place(OUTCOMES, "o-binzhou-0001", "note") + REASON,)),
    Case("the reason of a suspect figure left in English only: both are told",
         edit(OUTCOMES, "o-binzhou-0001", note=""),
         (place(OUTCOMES, "o-binzhou-0001", "note") + REASON,
          place(OUTCOMES, "o-binzhou-0001", "note_en") + f'found ""; {LANGUAGES}')),
]  # fmt: skip

NAMES = [
    Case("a look-alike misspelt",
         edit("lookalikes.csv", ("core_gdp_share", "core_growth"), item_id="core_share"),
         (place("lookalikes.csv", "core_share", "item_id") + f'found "core_share"; {KNOWN}',),
         also=("corrections.csv",)),
    Case("the other look-alike misspelt",
         edit("lookalikes.csv", ("open_datasets", "open_records"), other_id="open_record"),
         (place("lookalikes.csv", "open_datasets", "other_id") + f'found "open_record"; {KNOWN}',),
         also=("corrections.csv",)),
    Case("a topic is nothing that is measured",
         edit("lookalikes.csv", ("open_datasets", "open_records"), item_id="5g", other_id="open_data"),
         (place("lookalikes.csv", "5g", "item_id") + f'found "5g"; {KNOWN}',
          place("lookalikes.csv", "5g", "other_id") + f'found "open_data"; {KNOWN}'),
         also=("corrections.csv",)),
    Case("a search for what nobody measures",
         edit("not_found.csv", ("jinan", "open_datasets"), item_id="open_dataset"),
         (place("not_found.csv", "jinan", "item_id") + f'found "open_dataset"; {KNOWN}',)),
]  # fmt: skip

CONTINUED = [
    Case("a continuation that runs backwards",
         edit(LINKS, "c-dezhou-0591", later_id="c-dezhou-0180", earlier_id="c-dezhou-0591"),
         (place(LINKS, "c-dezhou-0180", "earlier_id") + f'found "c-dezhou-0591"; {EARLIER}',)),
    Case("a continuation within one document",
         edit(LINKS, "c-dezhou-0591", earlier_id="c-dezhou-0596"),
         (place(LINKS, "c-dezhou-0591", "earlier_id") + f'found "c-dezhou-0596"; {EARLIER}',)),
    Case("within one document by its later end",
         edit(LINKS, "c-dezhou-0591", later_id="c-dezhou-0040"),
         (place(LINKS, "c-dezhou-0040", "earlier_id") + f'found "c-dezhou-0180"; {EARLIER}',)),
    Case("a commitment taken up from another city's earlier document",
         edit(LINKS, "c-dezhou-0591", earlier_id="c-jinan-0001"),
         (place(LINKS, "c-dezhou-0591", "earlier_id") + f'found "c-jinan-0001"; {EARLIER}',)),
    Case("and from another city's document of the same year",
         edit(LINKS, "c-dezhou-0591", earlier_id="c-qingdao-0001"),
         (place(LINKS, "c-dezhou-0591", "earlier_id") + f'found "c-qingdao-0001"; {EARLIER}',)),
]  # fmt: skip


@pytest.fixture(scope="module")
def codebook(root: Path) -> dict[str, Table]:
    return read_codebook(root)


@pytest.fixture(autouse=True)
def same_codebook(codebook: dict[str, Table], monkeypatch: pytest.MonkeyPatch) -> None:
    """No case breaks the dictionary: it is read once for all of them."""
    monkeypatch.setattr("compare.tables.book.read_codebook", lambda _root: codebook)


@pytest.mark.parametrize("case", WHAT_IS_MEASURED + WORDS + NAMES + CONTINUED, ids=lambda case: case.reason)
def test_what_is_told(project: Path, case: Case) -> None:
    row = case.breaks(project)
    with pytest.raises(CompareError) as told:
        load(project)
    held = [str(problem) for problem in told.value.problems]
    messages = [message.format(row=row) for message in case.messages]
    assert [message for message in messages if message not in held] == []
    rest = iter(held)
    assert all(message in rest for message in messages), "the messages are told in their order"
    files = {message.split(",")[0] for message in messages} | {f"data/curated/{file}" for file in case.also}
    assert {problem.file for problem in told.value.problems} <= files


def test_faults_of_both_tables_are_told_at_once_in_their_order(project: Path) -> None:
    edit(GOALS, "g-shandong-0010", unit_id="count")(project)
    edit(OUTCOMES, "o-jinan-0001", confidence="suspect")(project)
    edit("not_found.csv", ("jinan", "open_datasets"), item_id="open_dataset")(project)
    edit(LINKS, "c-dezhou-0591", earlier_id="c-dezhou-0596")(project)
    with pytest.raises(CompareError) as told:
        load(project)
    assert [(problem.key, problem.column) for problem in told.value.problems][:4] == [
        ("o-jinan-0001", "note"),
        ("g-shandong-0010", "unit_id"),
        ("jinan", "item_id"),
        ("c-dezhou-0591", "earlier_id"),
    ]
    assert {problem.key for problem in told.value.problems} == {
        "o-jinan-0001", "g-shandong-0010", "jinan", "c-dezhou-0591",
    }  # fmt: skip


def test_a_fault_of_a_figure_names_the_document_that_states_it(project: Path) -> None:
    """So that what follows from a document's faults is told once."""
    edit(GOALS, "g-shandong-0010", unit_id="count")(project)
    edit(OUTCOMES, "o-jinan-0001", unit_id="item")(project)
    with pytest.raises(CompareError) as told:
        load(project)
    named = {"o-jinan-0001": None, "g-shandong-0010": "shandong-2022"}
    assert {(problem.key, problem.source) for problem in told.value.problems} == set(named.items())


# ── what may stand ─────────────────────────────────────────────────────────────


def altered(book: Book, table: str, key: str, name: str, **cells: Any) -> Book:
    frame = getattr(book, table).copy()
    at = frame[key] == name
    assert at.any()
    for column, value in cells.items():
        frame[column] = frame[column].mask(at, pd.Series(value, index=frame.index, dtype=frame[column].dtype))
    return replace(book, **{table: frame})


@pytest.mark.parametrize(
    ("name", "cells", "reason"),
    [
        ("g-jinan-0004", {}, "an indicator alone"),
        ("g-china-0001", {}, "a measure alone"),
        ("g-shandong-0006", {}, "an indicator and a measure of it"),
        ("g-jinan-0004", {"measure_id": "base_stations_built"}, "the measure added where one is known"),
        ("g-jinan-0004", {"note": None, "note_en": None}, "no note in either language"),
        ("g-jinan-0004", {"confidence": "suspect"}, "a suspect figure with its reason"),
        ("g-jinan-0004", {"scope_zh": "农村", "denominator_zh": "家庭"}, "words that have their English"),
        ("g-jinan-0004", {"basis": "ambiguous"}, "an open basis is no fault"),
    ],
)
def test_what_may_stand(book: Book, name: str, cells: dict[str, Any], reason: str) -> None:
    made = altered(book, "outside_targets", "fact_id", name, **cells)
    assert list(figures_from_elsewhere_hold(made)) == [], reason


def test_the_tables_of_the_project_hold(book: Book) -> None:
    for rule in (figures_from_elsewhere_hold, names_are_known, continuations_run_forward):
        assert list(rule(book)) == []


def test_a_measure_and_an_indicator_may_both_be_looked_for(book: Book) -> None:
    for name in ("open_datasets", "gdp"):
        made = altered(book, "not_found", "item_id", "open_datasets", item_id=name)
        assert list(names_are_known(made)) == []


def test_a_unit_is_held_against_its_own_table(book: Book) -> None:
    """With the unit of an indicator changed all its figures are told, and none of any other."""
    made = altered(book, "indicators", "indicator_id", "smart_community_coverage", unit_id="count")
    told = [problem.key for problem in figures_from_elsewhere_hold(made)]
    facts = pd.concat([book.outcomes, book.outside_targets])
    mine = facts.loc[facts["indicator_id"] == "smart_community_coverage", "fact_id"]
    assert told == list(mine) and len(told) >= 3


def rows_in(root: Path, pattern: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for path in sorted((root / "data" / "curated").glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows


def test_the_files_keep_the_rules_by_another_reading(root: Path) -> None:
    """The same rules from the bare files, so that a rule which sees nothing is seen."""
    indicators = {row["indicator_id"]: row["unit_id"] for row in rows_in(root, "indicators.csv")}
    measures = {row["measure_id"]: row for row in rows_in(root, "measures.csv")}
    terms = {row["term_zh"] for row in rows_in(root, "terms.csv")} | {""}
    for row in [*rows_in(root, OUTCOMES), *rows_in(root, GOALS)]:
        units = {indicators[row["indicator_id"]]} if row["indicator_id"] else set()
        if row["measure_id"]:
            measure = measures[row["measure_id"]]
            assert row["indicator_id"] == measure["indicator_id"], row["fact_id"]
            units.add(measure["unit_id"])
        assert units == {row["unit_id"]}, row["fact_id"]
        assert {row["scope_zh"], row["denominator_zh"]} <= terms
        assert bool(row["note"]) == bool(row["note_en"])
        assert row["note"] or row["confidence"] != "suspect"
    named = [row[name] for row in rows_in(root, "lookalikes.csv") for name in ("item_id", "other_id")]
    named += [row["item_id"] for row in rows_in(root, "not_found.csv")]
    assert set(named) <= indicators.keys() | measures.keys()


def test_the_files_lead_every_continuation_back_in_time(root: Path) -> None:
    sources = {row["source_id"]: row for row in rows_in(root, "sources.csv")}
    homes = {row["commitment_id"]: sources[row["source_id"]] for row in rows_in(root, "*/commitments.csv")}
    links = rows_in(root, "*/continuations.csv")
    assert links
    for row in links:
        later, earlier = homes[row["later_id"]], homes[row["earlier_id"]]
        assert later["place_id"] == earlier["place_id"], row["later_id"]
        assert "" < earlier["period_start"] < later["period_start"], row["later_id"]
