"""All rules the curated tables must keep: form is the codebook's, content is held here.

Each rule takes the book and yields problems; `check` runs them all. Rules speak
of one thing each, so that a new rule is a new function in `RULES`.
"""

from __future__ import annotations

from compare.errors import Problem
from compare.rules import (
    agencies,
    cited,
    corrected,
    decided,
    due,
    elsewhere,
    english,
    facts,
    links,
    measured,
    once,
    places,
    quoted,
    reach,
    remainder,
    restated,
    silence,
    sources,
    sources_of_one,
    tasks,
    units,
)
from compare.rules.frames import Rule, told_by
from compare.rules.published import release_holds
from compare.tables.book import Book

RULES: tuple[Rule, ...] = (
    *(links.sources_hold, quoted.texts_stand, quoted.values_agree, due.dates_agree, due.dues_follow),
    *(quoted.quotes_hold, measured.measures_fit, links.links_hold),
    *(silence.keywords_can_be_found, silence.silence_is_backed, english.english_is_there),
    *(elsewhere.figures_from_elsewhere_hold, elsewhere.confidence_is_earned, elsewhere.names_are_known),
    *(links.listed_topics_are_known, links.continuations_run_forward),
    *(places.places_fit, places.divisions_fit, places.lists_stand),
    *(measured.indicators_fit, measured.measures_are_used, units.bases_fit, measured.terms_are_used),
    *(measured.words_are_used, units.units_fit, remainder.rules_are_patterns),
    *(facts.facts_are_read, facts.facts_are_dated, facts.facts_were_seen, facts.open_measures_are_told),
    *(cited.facts_name_their_document, elsewhere.searches_are_named, elsewhere.lookalikes_are_told_apart),
    *(sources_of_one.sources_agree, sources_of_one.figures_are_in_proportion),
    *(once.statements_stand_once, once.names_stand_once, once.ids_run_on, once.ids_name_their_place),
    *(sources.sources_are_printed, cited.documents_are_cited),
    *(tasks.tasks_are_printed, tasks.tasks_hold_their_clauses, tasks.ledgers_are_printed),
    *(agencies.agencies_are_named, reach.deadlines_reach),
    *(restated.statements_are_linked, restated.parts_follow_wholes, reach.mentions_are_dated),
    *(english.numbers_are_translated, decided.codes_were_decided, decided.deadlines_were_decided),
    *(decided.acts_were_decided, decided.continuations_were_decided),
    *(corrected.corrections_hold, corrected.added_columns_are_known),
)
# What a researcher who tries something in a cell need not be held by.
THOROUGH: tuple[Rule, ...] = (corrected.corrections_are_sealed,)


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
    rest = told_by([lambda held: remainder.nothing_is_left(held, spared), *THOROUGH], book)
    return problems + [problem for problem in rest if problem not in problems]


def check_thoroughly(book: Book) -> list[Problem]:
    """Return the problems of the rows, what is left uncoded, and what was published otherwise."""
    return check_rows_and_rest(book) + list(release_holds(book))
