"""What sets two figures apart, said in both languages: of pairs, of a figure above, of two documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from compare.analysis import changes as changes_coded
from compare.analysis import pairs as pairs_coded
from compare.analysis.differences import Target, acts, differing
from compare.analysis.figures import promised
from compare.tables.book import Book
from compare.words import called
from compare.words.called import ACT, AND, EVERY

LANGUAGES = ("zh", "en")
JOINTS = {"zh": "；", "en": "; "}
Said = Callable[[Target], str]
Words = Callable[[Target, Target], str]
BASIS = {
    "zh": called.BASIS["zh"],
    "en": {
        "stock": "a total at a date",
        "flow": "a figure for a period",
        "rate": "a rate",
        "growth": "a growth rate",
        "ambiguous": "of unstated basis",
    },
}
BOUND = {
    "zh": {
        "eq": "定数",
        "ge": "至少",
        "gt": "超过",
        "le": "至多",
        "lt": "低于",
        "approx": "约为",
        "range": "区间",
    },
    "en": {
        "eq": "an exact figure",
        "ge": "a minimum",
        "gt": "a figure to be exceeded",
        "le": "a maximum",
        "lt": "a figure to stay below",
        "approx": "an approximate figure",
        "range": "a range",
    },
}
# What may set a figure apart from one of the place above, beyond the differences of two cities.
ABOVE = {
    "zh": {
        "measure": "所数不同（一个数建成，一个数开通，或清单与实有）",
        "measure_open": "一方没有写明数的是建成还是开通",
        "exception": "分母相同，只是一方写明了例外",
        "assigned": "省里的清单列给该市的数",
    },
    "en": {
        "measure": "they count different things (built, in service, or listed)",
        "measure_open": "one does not say whether it counts those built or in service",
        "exception": "the same denominator, but one names an exception",
        "assigned": "the figure that the province’s list sets for the city",
    },
}
ALONE = {
    "zh": "所比的其他城市都没有为这一指标写下数字",
    "en": "none of the other cities compared puts a number to this indicator",
}


def _bracketed(form: str, said: Said) -> Words:
    """Return words that set what is said of both sides in a form."""
    return lambda left, right: form.format(said(left), said(right))


def _cell(column: str, none: str) -> Said:
    return lambda target: none if pd.isna(target[column]) else str(target[column])


def _coded(column: str, words: dict[str, str]) -> Said:
    return lambda target: words[target[column]]


def acted(target: Target, lang: str) -> str:
    """Return the words for the acts of a figure: one, or the two that its words name.

    >>> acted({"act": "open", "also_act": "build"}, "en")
    'built and put into use'
    """
    return AND[lang].join(ACT[lang][one] for one in acts(target))


def _year(mark: str, none: str, every: dict[str, str]) -> Said:
    """Return what gives the due year of a figure with a mark behind it, how it recurs, or `none`."""

    def said(target: Target) -> str:
        if not pd.isna(target["due_year"]):
            return f"{int(target['due_year'])}{mark}"
        return every.get(target.get("recurrence") or "", none)

    return said


def _owned(column: str, value: str, zh: str, en: tuple[str, str, str]) -> dict[str, Words]:
    """Return words whose subject is whose figure has a value; in English the verb is for one or for both."""

    def owners(left: Target, right: Target, name: str) -> list[str]:
        held = [one.get(name) or "" for one in (left, right) if one.get(column) == value]
        return [one for one in held if one]

    def in_english(left: Target, right: Target) -> str:
        who = owners(left, right, "name_en")
        one, several, said = en
        return f"{' and '.join(f'{name}’s' for name in who)} {several if len(who) > 1 else one} {said}"

    return {"zh": lambda left, right: "和".join(owners(left, right, "name_zh")) + zh, "en": in_english}


def _recurrence(apart: str, alone: str, every: dict[str, str]) -> Words:
    def said(left: Target, right: Target) -> str:
        if pd.isna(left["recurrence"]) or pd.isna(right["recurrence"]):
            return alone
        return _bracketed(apart, _coded("recurrence", every))(left, right)

    return said


# By the code of a difference and the language.
DIFFERENCES: dict[str, dict[str, Words]] = {
    "act": {
        "zh": _bracketed("所做的事不同（{}、{}）", lambda target: acted(target, "zh")),
        "en": _bracketed("different acts ({}, {})", lambda target: acted(target, "en")),
    },
    "basis_open": _owned("basis", "ambiguous", "没有写明是新增还是累计",
                         ("does", "do", "not say whether the figure is new or a total")),
    "basis": {
        "zh": _bracketed("口径不同（{}、{}）", _coded("basis", BASIS["zh"])),
        "en": _bracketed("one is {}, the other {}", _coded("basis", BASIS["en"])),
    },
    "unit": {"zh": lambda *_: "单位不同", "en": lambda *_: "different units"},
    "denominator": {
        "zh": _bracketed("分母不同（{}、{}）", _cell("denominator_zh", "未写")),
        "en": _bracketed("different denominator ({}, {})", _cell("denominator_en", "not stated")),
    },
    "scope": {
        "zh": _bracketed("范围不同（{}、{}）", _cell("scope_zh", "未写")),
        "en": _bracketed("different scope ({}, {})", _cell("scope_en", "not stated")),
    },
    "recurrence": {
        "zh": _recurrence("周期不同（{}、{}）", "一个是每期的数、一个不是", EVERY["zh"]),
        "en": _recurrence("different periods ({}, {})", "only one is a figure per period", EVERY["en"]),
    },
    "due_year": {
        "zh": _bracketed("到期年不同（{}、{}）", _year("年", "无", EVERY["zh"])),
        "en": _bracketed("due in different years ({}, {})", _year("", "none", EVERY["en"])),
    },
    "comparator": {
        "zh": _bracketed("界限不同（{}、{}）", _coded("comparator", BOUND["zh"])),
        "en": _bracketed("one is {}, the other {}", _coded("comparator", BOUND["en"])),
    },
    "force": _owned("force", "aspirational", "的写作力争", ("is", "are", "only an aim to strive for")),
    "draft": _owned("status", "draft", "的出自代拟稿", ("is", "are", "from a draft")),
}  # fmt: skip


def said(codes: Iterable[str], left: Target, right: Target, lang: str) -> str:
    """Return what sets two figures apart as one phrase, empty where nothing does.

    A figure is a record of `sides`.

    >>> said(["due_year"], {"due_year": 2022}, {"due_year": 2025}, "zh")
    '到期年不同（2022年、2025年）'
    """
    told = [DIFFERENCES[code][lang](left, right) for code in codes if code in DIFFERENCES]
    return JOINTS[lang].join([*told, *(ABOVE[lang][code] for code in codes if code in ABOVE[lang])])


def sides(book: Book) -> dict[str, Target]:
    """Return every promised figure by its row, with all that a reason says of it.

    `name_zh` and `name_en` are what a reason calls it by: its place.
    """
    rows = promised(book)
    english = dict(zip(book.terms["term_zh"], book.terms["term_en"], strict=True))
    names = book.places.set_index("place_id")
    rows = rows.assign(
        due_year=rows["due_on"].dt.year.astype("Int64"),
        scope_en=rows["scope_zh"].map(english),
        denominator_en=rows["denominator_zh"].map(english),
        name_zh=rows["place_id"].map(names["name_zh"]),
        name_en=rows["place_id"].map(names["name_en"]),
    )
    return {str(cells["row_id"]): cells for cells in rows.to_dict("records")}


def with_reasons(rows: pd.DataFrame, reason: Callable[[dict[str, Any], str], str]) -> pd.DataFrame:
    """Return rows with `reason_zh` and `reason_en`, as `reason` gives them of a row in a language."""
    held = rows.to_dict("records")
    return rows.assign(**{f"reason_{lang}": [reason(row, lang) for row in held] for lang in LANGUAGES})


def pairs(
    book: Book,
    indicator: str | None = None,
    city: str | Iterable[str] | None = None,
    topic: str | None = None,
) -> pd.DataFrame:
    """Return the pairs of `analysis.pairs.pairs` with the reasons in zh and en; raises as it does."""
    known = sides(book)

    def reason(row: dict[str, Any], lang: str) -> str:
        return said(row["differences"].split(";"), known[row["left_id"]], known[row["right_id"]], lang)

    return with_reasons(pairs_coded.pairs(book, indicator, city, topic), reason)


def not_comparable(
    book: Book,
    indicator: str | None = None,
    topic: str | None = None,
    city: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the rows of `analysis.pairs.not_comparable` with the reasons in zh and en; raises as it does."""
    known = sides(book)
    order = {name: at for at, name in enumerate(known)}

    def reason(row: dict[str, Any], lang: str) -> str:
        if row["grade"] == "alone":
            return ALONE[lang]
        # A reason names the two in the order of the pair, whichever of them is left out.
        left, right = sorted((row["target_id"], row["partner_id"]), key=order.__getitem__)
        return said(row["differences"].split(";"), known[left], known[right], lang)

    return with_reasons(pairs_coded.not_comparable(book, indicator, topic, city), reason)


def indicator_changes(book: Book, city: str | Iterable[str] | None = None) -> pd.DataFrame:
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
        return JOINTS[lang].join(dict.fromkeys(told))

    return with_reasons(changes_coded.indicator_changes(book, city), reason)


def _document(sources: pd.DataFrame, source_id: Any) -> Target:
    start = sources["period_start"].get(source_id)
    if start is None or pd.isna(start):
        return {"name_zh": source_id, "name_en": source_id}
    return {"name_zh": f"{start.year}年文件", "name_en": f"the {start.year} document"}
