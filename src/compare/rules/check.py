"""All rules the curated tables must keep: form is the codebook's, content is held here.

Each rule takes the book and yields problems; `check` runs them all. Rules speak
of one thing each, so that a new rule is a new function in `RULES`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from compare.errors import Problem
from compare.rules.accounts import nothing_is_left, rules_are_patterns
from compare.rules.cited import (
    documents_are_cited,
    facts_name_their_document,
    lookalikes_are_told_apart,
    searches_are_named,
)
from compare.rules.code_lists import (
    bases_fit,
    divisions_fit,
    indicators_fit,
    lists_stand,
    measures_are_used,
    places_fit,
    terms_are_used,
    units_fit,
    words_are_used,
)
from compare.rules.corrected import added_columns_are_known, corrections_are_sealed, corrections_hold
from compare.rules.decided import (
    acts_were_decided,
    codes_were_decided,
    continuations_were_decided,
    deadlines_were_decided,
)
from compare.rules.elsewhere import figures_from_elsewhere_hold, names_are_known
from compare.rules.english import numbers_are_translated
from compare.rules.facts import (
    facts_are_dated,
    facts_are_read,
    facts_were_seen,
    open_measures_are_told,
)
from compare.rules.frames import Rule, told_by
from compare.rules.links import (
    continuations_run_forward,
    dues_follow,
    links_hold,
    measures_fit,
    sources_hold,
)
from compare.rules.once import ids_name_their_place, ids_run_on, names_stand_once, statements_stand_once
from compare.rules.printed import (
    agencies_are_named,
    ledgers_are_printed,
    sources_are_printed,
    tasks_are_printed,
    tasks_hold_their_clauses,
)
from compare.rules.published import release_holds
from compare.rules.quoted import dates_agree, quotes_hold, texts_stand, values_agree
from compare.rules.reach import deadlines_reach, mentions_are_dated
from compare.rules.restated import parts_follow_wholes, statements_are_linked
from compare.rules.rows import rows_of
from compare.rules.silence import keywords_can_be_found, silence_is_backed
from compare.rules.sources_of_one import figures_are_in_proportion, sources_agree
from compare.tables.book import Book


def check(book: Book) -> list[Problem]:
    """Return every problem of the book's rows, in the order of rules, tables and rows."""
    return told_by(RULES, book)


def check_rows_and_rest(book: Book) -> list[Problem]:
    """Return the problems of the rows, then what is left uncoded.

    Completeness is proved for the documents whose rows hold; a row in the wrong place would only
    come up again there, as the words it leaves uncoded.
    """
    problems = check(book)
    spared = {problem.source for problem in problems}
    rest = told_by([lambda held: nothing_is_left(held, spared), *THOROUGH], book)
    return problems + [problem for problem in rest if problem not in problems]


def check_thoroughly(book: Book) -> list[Problem]:
    """Return the problems of the rows, what is left uncoded, and what was published otherwise."""
    return check_rows_and_rest(book) + list(release_holds(book))


def english_is_there(book: Book) -> Iterator[Problem]:
    """Every statement that pages show has a working translation, every scope and denominator a term."""
    translated, terms = set(book.translations["row_id"]), set(book.terms["term_zh"])
    shown: set[str] = set()
    for table, key in (("targets", "target_id"), ("mentions", "mention_id")):
        for row in rows_of(book, table):
            if table == "mentions" and row.cells["class"] != "unquantified":
                continue
            shown.add(row.cells[key])
            if row.cells[key] not in translated:
                yield row.problem(
                    key, row.cells[key], "a working translation", "add the row to translations.csv"
                )
            for column in ("scope_zh", "denominator_zh"):
                if not pd.isna(row.cells.get(column)) and row.cells[column] not in terms:
                    yield row.problem(
                        column, row.cells[column], "a row of terms.csv", "add its English there"
                    )
    for row in rows_of(book, "translations"):
        if row.cells["row_id"] not in shown:
            yield row.problem(
                "row_id",
                row.cells["row_id"],
                "a target or an unquantified mention",
                "remove the row, or correct its id",
            )


RULES: tuple[Rule, ...] = (
    sources_hold,
    texts_stand,
    values_agree,
    dates_agree,
    dues_follow,
    quotes_hold,
    measures_fit,
    links_hold,
    keywords_can_be_found,
    silence_is_backed,
    english_is_there,
    figures_from_elsewhere_hold,
    names_are_known,
    continuations_run_forward,
    places_fit,
    divisions_fit,
    lists_stand,
    units_fit,
    indicators_fit,
    measures_are_used,
    bases_fit,
    terms_are_used,
    words_are_used,
    rules_are_patterns,
    facts_are_read,
    facts_are_dated,
    facts_were_seen,
    open_measures_are_told,
    facts_name_their_document,
    searches_are_named,
    lookalikes_are_told_apart,
    sources_agree,
    figures_are_in_proportion,
    statements_stand_once,
    names_stand_once,
    ids_run_on,
    ids_name_their_place,
    sources_are_printed,
    documents_are_cited,
    tasks_are_printed,
    tasks_hold_their_clauses,
    ledgers_are_printed,
    agencies_are_named,
    deadlines_reach,
    statements_are_linked,
    parts_follow_wholes,
    mentions_are_dated,
    numbers_are_translated,
    codes_were_decided,
    deadlines_were_decided,
    acts_were_decided,
    continuations_were_decided,
    corrections_hold,
    added_columns_are_known,
)
# What a researcher who tries something in a cell need not be held by.
THOROUGH: tuple[Rule, ...] = (corrections_are_sealed,)
