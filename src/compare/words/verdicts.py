"""Verdicts on what was reached with a sentence each, and outcomes with why one does not decide."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import pandas as pd

from compare.analysis import attainment as coded
from compare.analysis.figures import promised
from compare.analysis.verdicts import APART
from compare.asked import Names
from compare.tables.book import Book
from compare.words.labels import Labels
from compare.words.named import Cells
from compare.words.reasons import BASIS, REASON, acted, with_reasons
from compare.words.signs import signs, table

TELLING, BESIDE, ASPECTS, CAUSES = map(table, ("verdict", "beside_verdict", "aspect", "cause"))


def attainment(
    book: Book, as_of: str | datetime.date, place: Names = None, topic: str | None = None
) -> pd.DataFrame:
    """Return the verdicts of `analysis.attainment.attainment`, each with a sentence; raises as it does."""
    targets, outcomes = _by_row(promised(book)), _by_row(coded.observed(book))

    def reason(row: Cells, lang: str) -> str:
        target, one = targets[row["row_id"]], outcomes.get(row["outcome_id"])
        item = Labels(book, lang).item((one or target)["item_id"])
        return told(lang, item, target, row["verdict"], one, _codes(row["differs"]), _codes(row["causes"]))

    return with_reasons(coded.attainment(book, as_of, place, topic), reason)


def observations(book: Book, row_id: Names = None, place: str | None = None) -> pd.DataFrame:
    """Return the outcomes of `analysis.attainment.observations`, each with why it does not decide.

    What keeps one from it is empty where nothing does; a figure in doubt says why it is. Raises as it does.
    """
    targets = _by_row(promised(book))
    alike = {f"{cells['item_id']};{cells['other_id']}": cells for cells in book.records("lookalikes")}
    facts = {cells["fact_id"]: cells for cells in book.records("outcomes")}

    def reason(row: Cells, lang: str) -> str:
        apart, own = alike.get(row["lookalike"]), signs(lang)
        bars = bars_words(lang, targets[row["row_id"]], _codes(row["differs"]), _codes(row["bars"]))
        doubt = facts[row["outcome_id"]][own.note] if row["confidence"] == "suspect" else ""
        told = [apart[f"reason_{own.names}"] if apart else bars, doubt]
        return own.semicolon.join(filter(None, told))

    return with_reasons(coded.observations(book, row_id, place), reason)


def _by_row(figures: pd.DataFrame) -> dict[str, Cells]:
    return {str(cells["row_id"]): cells for cells in figures.to_dict("records")}


def _codes(held: str) -> list[str]:
    return held.split(";") if held else []


def told(
    lang: str,
    item: str,
    target: Cells,
    verdict: str,
    one: Cells | None,
    differs: Iterable[str],
    why: Iterable[str],
) -> str:
    """Return the sentence of a verdict: what was observed when, why it follows, and what stands beside it.

    `item` is the name of what was observed, `one` the outcome that the verdict rests on, `differs` and `why`
    are codes, the latter of an unknown.
    """
    due = due_words(lang, target["due_on"], str(target["due_precision"]))
    on = "" if one is None else observed_words(lang, one["due_on"], str(one["due_precision"]))
    parts = [TELLING[lang][verdict].format(item=item, on=on, due=due, causes=_caused(lang, why))]
    if one is None:
        parts += [words] if (words := apart_words(lang, target, differs, "others_apart")) else []
        parts += [REASON[lang]["doubted"]] if "suspect" in differs else []
    else:
        beside = [
            name for name in differs if name not in why and not (name == "measure_open" and "part" in why)
        ]
        said = {"target": acted(target, lang), "outcome": acted(one, lang)}
        parts += [BESIDE[lang][name].format(**said) for name in beside if name in BESIDE[lang]]
    return signs(lang).semicolon.join(parts) + signs(lang).stop


def bars_words(lang: str, target: Cells, differs: Iterable[str], bars: Iterable[str]) -> str:
    """Return what keeps an outcome that differs from a target from deciding, empty where nothing does."""
    named = [name for name in bars if name not in ASPECTS[lang]]
    barring = [name for name in differs if name in APART or name in bars]
    parts = [apart_words(lang, target, barring), _caused(lang, named)]
    return signs(lang).semicolon.join(filter(None, parts))


def apart_words(lang: str, target: Cells, differs: Iterable[str], form: str = "apart") -> str:
    """Return in what figures differ from a target, empty where no code names an aspect."""
    codes = [name for name in differs if name in ASPECTS[lang]]
    if not codes:
        return ""
    words = REASON[lang][form].format(aspects=signs(lang).all_of([ASPECTS[lang][name] for name in codes]))
    basis = REASON[lang]["of_basis"].format(basis=BASIS[lang][target["basis"]]) if "basis" in codes else ""
    return f"{words}{basis}"


def _caused(lang: str, names: Iterable[str]) -> str:
    return signs(lang).causes.join(CAUSES[lang][name] for name in names)


def due_words(lang: str, on: pd.Timestamp, precision: str) -> str:
    """Return a deadline as exact as it is stated.

    >>> due_words("en", pd.Timestamp("2022-12-31"), "year")
    'the end of 2022'
    >>> due_words("zh", pd.Timestamp("2022-06-30"), "day")
    '2022年6月30日'
    """
    if pd.isna(on):
        return signs(lang).undated
    if precision == "month" or (precision == "year" and (on.month, on.day) == (12, 31)):
        return signs(lang).date(f"full_end_of_{precision}", on)
    return signs(lang).date("full_day", on)


def observed_words(lang: str, on: pd.Timestamp, precision: str) -> str:
    """Return the day, or the period, of an outcome as exact as its source states it.

    >>> observed_words("en", pd.Timestamp("2020-12-31"), "half_year")
    'the second half of 2020'
    >>> observed_words("zh", pd.Timestamp("2023-02-28"), "month")
    '2023年2月'
    """
    shape = precision if precision in ("year", "month") else f"full_{precision}"
    return signs(lang).date(shape if shape in signs(lang).dates else "full_day", on)
