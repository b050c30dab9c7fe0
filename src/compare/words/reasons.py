"""What sets two figures apart, said in both languages: of pairs, of a figure above, of two documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from compare.analysis import changes as changes_coded
from compare.analysis import pairs as pairs_coded
from compare.analysis.differences import Target, acts, differing
from compare.analysis.figures import promised
from compare.asked import LANGUAGES, Names
from compare.tables.book import Book
from compare.words.called import ACT, EVERY
from compare.words.signs import signs, table

Said = Callable[[Target, str], str]
DIFFERENCE, REASON, ABOVE = table("difference"), table("reason"), table("above")
BASIS, BOUND = table("basis_in_reasons"), table("bound_in_reasons")


def acted(target: Target, lang: str) -> str:
    """Return the words for the acts of a figure: one, or the two that its words name.

    >>> acted({"act": "open", "also_act": "build"}, "en")
    'built and put into use'
    """
    return signs(lang).acts.join(ACT[lang][one] for one in acts(target))


def _cell(column: str) -> Said:
    def said(target: Target, lang: str) -> str:
        words = target[f"{column}_{lang}"]
        return str(REASON[lang]["unstated"] if pd.isna(words) else words)

    return said


def _coded(column: str, words: dict[str, dict[str, str]]) -> Said:
    return lambda target, lang: words[lang][target[column]]


def _year(target: Target, lang: str) -> str:
    """Return the due year of a figure, or how it recurs."""
    if not pd.isna(target["due_year"]):
        return str(signs(lang).dates["year"].format(year=int(target["due_year"])))
    return str(EVERY[lang].get(target.get("recurrence") or "", REASON[lang]["dateless"]))


# What is said of both sides, by the code of a difference.
BOTH: dict[str, Said] = {
    "act": acted,
    "basis": _coded("basis", BASIS),
    "denominator": _cell("denominator"),
    "scope": _cell("scope"),
    "recurrence": _coded("recurrence", EVERY),
    "due_year": _year,
    "comparator": _coded("comparator", BOUND),
}
# Whose figure it is that has a value, by the code.
OWNED = {
    "basis_open": ("basis", "ambiguous"), "force": ("force", "aspirational"), "draft": ("status", "draft"),
}  # fmt: skip


def _difference(code: str, left: Target, right: Target, lang: str) -> str:
    forms, written = DIFFERENCE[lang], signs(lang)
    if code in OWNED:
        column, value = OWNED[code]
        names = [one.get(f"name_{lang}") or "" for one in (left, right) if one.get(column) == value]
        held = [written.owner.format(name) for name in names if name]
        return str((forms["other"] if len(held) > 1 else forms)[code].format(written.owners.join(held)))
    if code == "recurrence" and (pd.isna(left[code]) or pd.isna(right[code])):
        return str(forms["other"][code])
    said = BOTH.get(code)
    return str(forms[code].format(*([said(left, lang), said(right, lang)] if said else [])))


def said(codes: Iterable[str], left: Target, right: Target, lang: str) -> str:
    """Return what sets two figures apart as one phrase, empty where nothing does.

    A figure is a record of `sides`.

    >>> said(["due_year"], {"due_year": 2022}, {"due_year": 2025}, "zh")
    '到期年不同（2022年、2025年）'
    """
    known = {*BOTH, *OWNED, "unit"}
    told = [_difference(code, left, right, lang) for code in codes if code in known]
    above = [ABOVE[lang][code] for code in codes if code in ABOVE[lang]]
    return signs(lang).semicolon.join([*told, *above])


def sides(book: Book) -> dict[str, Target]:
    """Return every promised figure by its row, with all that a reason says of it.

    `name_zh` and `name_en` are what a reason calls it by: its place.
    """
    rows = promised(book)
    english = dict(zip(book.terms["term_zh"], book.terms["term_en"], strict=True))
    names = book.places.set_index("place_id")
    made: dict[str, Any] = {"due_year": rows["due_on"].dt.year.astype("Int64")}
    for lang in LANGUAGES:
        own = signs(lang)
        made[f"name_{lang}"] = rows["place_id"].map(names[f"name_{own.names}"])
        for column in ("scope", "denominator"):
            words = rows[f"{column}_zh"]
            made[f"{column}_{lang}"] = words.map(english) if own.foreign else words
    rows = rows.assign(**made)
    return {str(cells["row_id"]): cells for cells in rows.to_dict("records")}


def with_reasons(rows: pd.DataFrame, reason: Callable[[dict[str, Any], str], str]) -> pd.DataFrame:
    """Return rows with `reason_zh` and `reason_en`, as `reason` gives them of a row in a language."""
    held = rows.to_dict("records")
    return rows.assign(**{f"reason_{lang}": [reason(row, lang) for row in held] for lang in LANGUAGES})


def pairs(
    book: Book, indicator: str | None = None, city: Names = None, topic: str | None = None
) -> pd.DataFrame:
    """Return the pairs of `analysis.pairs.pairs` with the reasons in zh and en; raises as it does."""
    known = sides(book)

    def reason(row: dict[str, Any], lang: str) -> str:
        return said(row["differences"].split(";"), known[row["left_id"]], known[row["right_id"]], lang)

    return with_reasons(pairs_coded.pairs(book, indicator, city, topic), reason)


def not_comparable(
    book: Book, indicator: str | None = None, topic: str | None = None, city: Names = None
) -> pd.DataFrame:
    """Return the rows of `analysis.pairs.not_comparable` with the reasons in zh and en; raises as it does."""
    known = sides(book)
    order = {name: at for at, name in enumerate(known)}

    def reason(row: dict[str, Any], lang: str) -> str:
        if row["grade"] == "alone":
            return str(REASON[lang]["alone"])
        # A reason names the two in the order of the pair, whichever of them is left out.
        left, right = sorted((row["target_id"], row["partner_id"]), key=order.__getitem__)
        return said(row["differences"].split(";"), known[left], known[right], lang)

    return with_reasons(pairs_coded.not_comparable(book, indicator, topic, city), reason)


def indicator_changes(book: Book, city: Names = None) -> pd.DataFrame:
    """Return the rows of `analysis.changes.indicator_changes` with the reasons; raises as it does.

    A reason calls a figure by the year in which its document begins.
    """
    known, sources = sides(book), book.sources.set_index("source_id")
    for target in known.values():
        target |= _document(sources, target["source_id"])

    def reason(row: dict[str, Any], lang: str) -> str:
        if pd.isna(row["set_against"]):
            return ""
        held = [pair.split(">") for pair in row["set_against"].split(";")]
        told = [said(differing(known[a], known[b]), known[a], known[b], lang) for a, b in held]
        return signs(lang).semicolon.join(dict.fromkeys(told))

    return with_reasons(changes_coded.indicator_changes(book, city), reason)


def _document(sources: pd.DataFrame, source_id: Any) -> Target:
    start = sources["period_start"].get(source_id)
    known = start is not None and not pd.isna(start)
    return {
        f"name_{lang}": REASON[lang]["document"].format(year=start.year) if known else source_id
        for lang in LANGUAGES
    }
