"""Every rule can fail: each has a case that it tells; and whatever stands there, none ends the check."""

from __future__ import annotations

import random
from dataclasses import replace

import pandas as pd
import pytest

import compare
from compare.rules.check import RULES, THOROUGH, check_rows_and_rest
from compare.tables.codebook import Field

from .breaking import FORM, Bench, Change, Draft, again, drop, edit, empty, new

T8 = "t-dongying-0008"
# By rule: what breaks it.
FAILS: dict[str, tuple[Change, ...]] = {
    "sources_hold": (edit("sources", "dongying-2022", status="not_obtained"),),
    "texts_stand": (edit("targets", T8, value_start="5716"),),
    "values_agree": (edit("targets", T8, value_low="3000"),),
    "dates_agree": (edit("deadlines", "d-jinan-0010", due_on="2021-12-31"),),
    "dues_follow": (edit("targets", T8, due_source="carried"),),
    "quotes_hold": (edit("targets", T8, commitment_id="c-dongying-0007"),),
    "measures_fit": (edit("targets", "t-dongying-0005", basis="stock"),),
    "links_hold": (edit("targets", "t-dongying-0001", restates_target_id=T8),),
    "silence_is_backed": (drop("mentions", "m-dongying-0005"),),
    "keywords_can_be_found": (edit("indicators", "open_datasets", keywords_zh="数据集;数据集"),),
    "english_is_there": (drop("translations", T8),),
    "figures_from_elsewhere_hold": (
        edit("outcomes", "o-jinan-0001", confidence="suspect", note="", note_en=""),
    ),
    "confidence_is_earned": (edit("outcomes", "o-jinan-0001", copy="reprint"),),
    "names_are_known": (edit("lookalikes", "open_datasets;open_records", other_id="open_record"),),
    "continuations_run_forward": (
        edit("continuations", "c-dezhou-0591;c-dezhou-0180", earlier_id="c-dezhou-0596"),
    ),
    "places_fit": (edit("places", "shandong", parent_id="dezhou"),),
    "divisions_fit": (edit("places", "dongying", name_zh="东管"),),
    "lists_stand": (edit("divisions", "110000", name_zh="北平市"),),
    "units_fit": (edit("units", "yuan", factor="10"),),
    "indicators_fit": (edit("indicators", "base_stations_5g", normaliser="inhabitants"),),
    "measures_are_used": (edit("measures", "base_stations_built", act="open"),),
    "bases_fit": (edit("reference", "r-dezhou-0001", basis="rate"),),
    "terms_are_used": (edit("terms", "农村", term_zh="农衬"),),
    "words_are_used": (edit("lexical_numerals", "一个平台", word_zh="一个平合"),),
    "rules_are_patterns": (edit("number_rules", "n50", pattern="三年行动("),),
    "facts_are_read": (edit("outcomes", "o-shandong-0004", value="111000"),),
    "facts_are_dated": (edit("reference", "r-dezhou-0001", date_on="2021-11-01"),),
    "facts_were_seen": (edit("outcomes", "o-qingdao-0010", publisher="青岛市大数据局"),),
    "open_measures_are_told": (edit("outcomes", "o-shandong-0002", measure_id="", note="", note_en=""),),
    "facts_name_their_document": (edit("outside_targets", "g-shandong-0010", source_id=""),),
    "searches_are_named": (edit("not_found", "jinan;land_area;", note=""),),
    "lookalikes_are_told_apart": (
        edit("lookalikes", "open_datasets;open_records", other_id="open_datasets"),
    ),
    "sources_agree": (again("reference", "r-dezhou-0006", fact_id="r-dezhou-0007"),),
    "figures_are_in_proportion": (edit("reference", "r-dezhou-0003", value_text="557490人", value="557490"),),
    "statements_stand_once": (again("deadlines", "d-qingdao-0003", deadline_id="d-qingdao-0099"),),
    "names_stand_once": (again("units", "record", unit_id="rows"),),
    "ids_run_on": (drop("other_clauses", "o-dongying-0009"),),
    "ids_name_their_place": (edit("mentions", "m-dongying-0002", mention_id="m-jinan-0991"),),
    "sources_are_printed": (edit("sources", "dongying-2022", document_number="东政办字〔2022〕37号"),),
    "documents_are_cited": (edit("sources", "china-2022", document_number=""),),
    "tasks_are_printed": (edit("tasks", "k-dongying-0010", number="12"),),
    "tasks_hold_their_clauses": (edit("commitments", "c-jinan-0101", task_id=""),),
    "ledgers_are_printed": (edit("ledger", "l-dezhou-0002", unit_zh="市委政法委"),),
    "agencies_are_named": (drop("agencies", "dongying-big-data"),),
    "deadlines_reach": (edit("commitments", "c-dongying-0233", deadline_id=""),),
    "statements_are_linked": (edit("targets", "t-dongying-0001", restates_target_id="", note=""),),
    "parts_follow_wholes": (edit("targets", "t-jinan-0023", part_of_target_id=""),),
    "mentions_are_dated": (edit("mentions", "m-jinan-0002", due_on=""),),
    "numbers_are_translated": (
        edit(
            "translations", "t-dezhou-0009", quote_en="Build at least 900 smart communities across the city"
        ),
    ),
    "codes_were_decided": (edit("commitments", "c-dongying-0007", force="aspirational"),),
    "deadlines_were_decided": (edit("commitments", "c-dongying-0171", deadline_id="d-dongying-0008"),),
    "acts_were_decided": (edit("targets", "t-dezhou-0007", act="build"),),
    "continuations_were_decided": (edit("continuations", "c-dezhou-0591;c-dezhou-0180", relation="raised"),),
    "corrections_hold": (edit("corrections", "x-2026-0001", column="title"),),
    "corrections_are_sealed": (edit("corrections", "x-2026-0210", old="2021-12-31"),),
}
# What these find stands in edition.yaml: their cases are in test_release.py.
ASIDE = {"added_columns_are_known", "listed_topics_are_known"}


def test_every_rule_has_its_case() -> None:
    assert set(FAILS) == {rule.__name__ for rule in (*RULES, *THOROUGH)} - ASIDE


@pytest.mark.parametrize("name", FAILS)
def test_every_rule_can_fail(bench: Bench, name: str) -> None:
    told = bench.told_by_one(name, *FAILS[name])
    assert told
    for problem in told:
        # A list that was taken over whole is told as a whole.
        assert problem.file and (problem.column or problem.row is None), problem
        assert problem.expected and problem.todo, problem
        assert "nan" not in str(problem).replace("finance", "").split(), "an empty cell is shown empty"


# ── whatever stands in the tables ──────────────────────────────────────────────

ODD = [
    "nan",
    "None",
    "0",
    "-1",
    "1e5",
    "９",
    ";",
    "a;;b",
    "(",
    "[*",
    "九",
    "二〇二〇",
    "2020",
    "2019/2022",
    "十四五",
    "第",
    "%",
    "100%",
    "超过",
    "c-jinan-0001",
    "t-jinan-0001",
    "jinan",
    "jinan-2019",
    "x" * 3000,
    "2022-12-31",
    "1.5",
    "1000000",
    "百",
    "https://",
    "〔〕",
    "\n",
]


def fits(column: Field, cell: str) -> bool:
    if column.enum:
        return cell in column.enum
    if cell == "":
        return not column.required
    return column.pattern is None or bool(column.pattern.fullmatch(cell))


def at_random(bench: Bench, seed: int) -> tuple[str, Change]:
    """Return a change of one cell of some table to what its dictionary lets pass, drawn by a seed."""
    draw = random.Random(seed)
    tables = [name for name in bench.codebook if name != "release" and bench.tables[name].cells]
    table = bench.codebook[draw.choice(tables)]
    column = draw.choice(table.fields)
    held = bench.draft().lines(table.name)
    line = draw.choice(held)
    others = {other.cells[column.name] for other in held}
    cells = [cell for cell in [*ODD, "", *sorted(others), *column.enum] if fits(column, cell)]
    cell = draw.choice(cells)
    if cell == line.cells[column.name]:
        return "the same", lambda draft: None
    key = ";".join(line.cells[name] for name in table.key)
    return f"{table.name} {key} {column.name} = {cell[:20]!r}", edit(table.name, key, **{column.name: cell})


@pytest.mark.parametrize("seed", range(16))
def test_no_cell_whatever_ends_the_check(bench: Bench, seed: int) -> None:
    reason, change = at_random(bench, seed)
    for problem in bench.told(change):
        assert problem.file.startswith("data/") and str(problem), reason


# What a researcher may leave in a frame: nothing where something must stand, a name that leads nowhere.
LEFT = [
    ("targets", "indicator_id", None, "a target of nothing"),
    ("targets", "indicator_id", "nobody", "a target of what there is not"),
    ("sources", "place_id", None, "a plan of nowhere"),
    ("units", "words_zh", None, "a unit without words"),
    ("places", "division_code", None, "a place without its code"),
    ("outcomes", "value_text", None, "an outcome without its words"),
    ("tasks", "number", None, "a task without its number"),
    ("number_rules", "pattern", None, "a rule without a pattern"),
]


@pytest.mark.parametrize(("table", "column", "cell", "reason"), LEFT)
def test_a_changed_frame_ends_no_check(
    bench: Bench, table: str, column: str, cell: str | None, reason: str
) -> None:
    frame = getattr(bench.book, table).copy()
    frame.loc[0, column] = cell
    told = check_rows_and_rest(replace(bench.book, **{table: frame}))
    file, row = bench.book.origins[table][0]
    assert (file, row) in {(one.file, one.row) for one in told}, reason


def test_a_row_added_to_a_frame_is_told_by_its_table(bench: Bench) -> None:
    frame = pd.concat([bench.book.mentions, bench.book.mentions[:1]], ignore_index=True)
    told = compare.check(replace(bench.book, mentions=frame))
    assert "data/curated/mentions.csv" in {one.file for one in told}


EMPTIED = [
    ("targets",),
    ("mentions",),
    ("commitments", "targets", "continuations"),
    ("deadlines", "commitments", "targets"),
    ("reference",),
    ("outcomes",),
    ("outside_targets",),
    ("reference", "outcomes", "outside_targets", "web_pages"),
    ("translations",),
    ("terms",),
    ("tasks", "commitments"),
    ("ledger",),
    ("agencies",),
    ("corrections",),
    ("number_rules",),
    ("lexical_numerals",),
    ("furniture",),
    ("divisions",),
    ("not_found", "lookalikes"),
    ("measures",),
    ("indicators",),
    ("units",),
    ("places",),
    ("topics",),
    ("sources",),
    ("continuations",),
    ("other_clauses",),
]


@pytest.mark.parametrize("tables", EMPTIED, ids=" ".join)
def test_tables_without_rows_are_told_or_stand(bench: Bench, tables: tuple[str, ...]) -> None:
    told = next(bench.telling(empty(*tables), thorough=True), None)
    # What nothing else names is missed by the release alone.
    assert told or set(tables) <= {"ledger", "corrections", "not_found", "lookalikes"}, (
        "an emptied table passes"
    )


def test_all_tables_without_rows_end_in_problems_or_nothing(bench: Bench) -> None:
    every = tuple(name for name in bench.codebook if name not in ("release",))
    assert bench.told(empty(*every))


@pytest.mark.parametrize("city", ["dezhou", "dongying", "jinan", "qingdao"])
def test_a_city_without_rows_is_told(bench: Bench, city: str) -> None:
    def gone(draft: Draft) -> None:
        for name, table in draft.codebook.items():
            if table.per_city:
                lines = draft.lines(name)
                lines[:] = [line for line in lines if f"/{city}/" not in line.file]

    told = bench.told_by(gone, thorough=True)
    assert told and FORM not in told
    assert any(
        problem.source and problem.source.startswith(city) or f"{city}-" in str(problem)
        for problems in told.values()
        for problem in problems
    )


def test_a_document_that_nobody_coded_is_told_word_by_word(bench: Bench) -> None:
    made = new(
        "sources",
        "",
        source_id="dezhou-2031",
        place_id="dezhou",
        title_zh="某方案",
        title_en="A plan",
        status="adopted",
        coding_state="complete",
    )
    told = bench.told(made)
    assert {("dezhou-2031", "path"), ("dezhou-2031", "period_end")} <= {(one.key, one.column) for one in told}
