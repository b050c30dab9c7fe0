"""Verdicts on what was reached with a sentence each, and outcomes with why one does not decide."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import pandas as pd

from compare.analysis import attainment as coded
from compare.analysis.figures import promised
from compare.analysis.verdicts import APART
from compare.tables.book import Book
from compare.words.labels import Labels
from compare.words.reasons import BASIS, JOINTS, acted, with_reasons

Cells = dict[str, Any]
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
TELLING = {
    "zh": {
        "reached_early": "{item}：{on}的数字已达到目标，期限为{due}，即提前达到",
        "reached": "{item}：{on}的数字达到目标，期限为{due}，即按期达到",
        "reached_later": "{item}：到期（{due}）时或到期后有数字尚未达到目标，{on}的数字达到目标，即逾期达到",
        "reached_by": "{item}：{on}的数字达到目标，但没有数字能说明到期（{due}）时的情形，是否按期无从得知",
        "missed": "{item}：目标已到期（{due}），{on}的数字仍未达到，此后也没有达到目标的数字",
        "unknown": "{item}：有{on}的数字，但{causes}，到期（{due}）时是否达到目标无从得知",
        "not_due": "{item}：目标尚未到期（{due}）",
        "not_found": "{item}：查找过，没有找到可与目标相比的数字",
        "no_figure": "{item}：手头没有可与目标相比的数字，也没有查找记录",
    },
    "en": {
        "reached_early": "{item}: the figure of {on} already meets the target, which was due later ({due})",
        "reached": "{item}: the figure of {on} meets the target, on the day it was due ({due})",
        "reached_later": "{item}: on the due day ({due}) or after it a figure still falls short; that of {on}"
        " meets the target, late",
        "reached_by": "{item}: the figure of {on} meets the target, but none shows how things stood when it"
        " was due ({due}), so whether it was in time is unknown",
        "missed": "{item}: the target was due ({due}), the figure of {on} still falls short, and no later one"
        " meets it",
        "unknown": "{item}: there is a figure of {on}, but {causes}, so whether the target was met when due"
        " ({due}) is unknown",
        "not_due": "{item}: the target is not yet due ({due})",
        "not_found": "{item}: a figure to hold against the target was looked for and not found",
        "no_figure": "{item}: no figure to hold against the target is at hand, and no search is on record",
    },
}
# What stands beside a verdict without overturning it.
BESIDE = {
    "zh": {
        "measure_open": "目标没有写明按哪一种计（如建成还是开通），这里的数字是其中一种",
        "act": "目标数的是{target}，这里的数字数的是{outcome}，是其中一部分",
        "denominator": "有一方没有写明分母",
        "scope": "有一方没有写明范围",
        "confidence": "两个数字的可信度不同",
        "contradicted": "手头的数字互有矛盾",
    },
    "en": {
        "measure_open": "the target does not say which of several things it counts,"
        " and this figure counts one",
        "act": "the target counts what is {target}, this figure what is {outcome}, a part of it",
        "denominator": "only one of the two states a denominator",
        "scope": "only one of the two states a scope",
        "confidence": "the two are not equally sure",
        "contradicted": "the figures at hand contradict each other",
    },
}
# What sets a figure apart from the target, as a noun.
ASPECTS = {
    "zh": {
        "measure": "所数对象",
        "basis": "口径",
        "unit": "单位",
        "year": "年份",
        "denominator": "分母",
        "scope": "范围",
    },
    "en": {
        "measure": "what is counted",
        "basis": "basis",
        "unit": "unit",
        "year": "year",
        "denominator": "denominator",
        "scope": "scope",
    },
}
APART_FROM = {"zh": "{which}{aspects}与目标不同", "en": "{which} from the target in {aspects}"}
OF_BASIS = {"zh": "（目标是{}）", "en": " (the target is {})"}
ONE = {"zh": "", "en": "differs"}
SEVERAL = {"zh": "手头的其他数字", "en": "other figures at hand differ"}
DOUBTED = {"zh": "手头另有存疑的数字，不予采用", "en": "a figure at hand is in doubt and not used"}
# Why a figure does not settle the matter.
CAUSES = {
    "zh": {
        "undated": "目标没有写明期限",
        "contradicted": "几个数字互相矛盾",
        "each": "目标是几组各自的数",
        "basis_open": "有一方没有写明是新增还是累计",
        "denominator": "两者分母不同",
        "scope": "两者范围不同",
        "part": "目标没有写明按哪一种计（如建成还是开通），这个数字是其中一种",
        "part_done": "这个数字只是目标所数的一部分",
        "bound": "公布的只是上下限",
        "rounded": "公布的只是约数",
        "period": "看不出是到期之前还是之后的数",
        "before": "时间早于期限，当时尚未达到",
        "earlier": "时间早于期限",
    },
    "en": {
        "undated": "the target names no day",
        "contradicted": "the figures contradict each other",
        "each": "the target is set for each of several groups",
        "basis_open": "one of the two does not say whether it is new or a total",
        "denominator": "the two have different denominators",
        "scope": "the two have different scopes",
        "part": "it counts only one of the things that the target may mean",
        "part_done": "it counts only a part of what the target counts",
        "bound": "it is only a bound",
        "rounded": "it is only rounded",
        "period": "it may be from before or after the due day",
        "before": "it is from before the due day and falls short",
        "earlier": "it is from before the due day",
    },
}
NOTES = {"zh": "note", "en": "note_en"}
UNDATED = {"zh": "未写期限", "en": "no date"}
ENDS = {"zh": "。", "en": "."}
HALVES = {"zh": ("上半年", "下半年"), "en": ("the first half of", "the second half of")}
QUARTERS = {
    "zh": ("第一季度", "第二季度", "第三季度", "第四季度"),
    "en": ("the first quarter of", "the second quarter of", "the third quarter of", "the fourth quarter of"),
}


def attainment(
    book: Book, as_of: str | datetime.date, place: str | Iterable[str] | None = None, topic: str | None = None
) -> pd.DataFrame:
    """Return the verdicts of `analysis.attainment.attainment`, each with a sentence; raises as it does."""
    targets, outcomes = _by_row(promised(book)), _by_row(coded.observed(book))

    def reason(row: Cells, lang: str) -> str:
        target, one = targets[row["row_id"]], outcomes.get(row["outcome_id"])
        item = Labels(book, lang).item((one or target)["item_id"])
        return told(lang, item, target, row["verdict"], one, _codes(row["differs"]), _codes(row["causes"]))

    return with_reasons(coded.attainment(book, as_of, place, topic), reason)


def observations(
    book: Book, row_id: str | Iterable[str] | None = None, place: str | None = None
) -> pd.DataFrame:
    """Return the outcomes of `analysis.attainment.observations`, each with why it does not decide.

    What keeps one from it is empty where nothing does; a figure in doubt says why it is. Raises as it does.
    """
    targets = _by_row(promised(book))
    alike = {f"{cells['item_id']};{cells['other_id']}": cells for cells in book.records("lookalikes")}
    facts = {cells["fact_id"]: cells for cells in book.records("outcomes")}

    def reason(row: Cells, lang: str) -> str:
        apart = alike.get(row["lookalike"])
        bars = bars_words(lang, targets[row["row_id"]], _codes(row["differs"]), _codes(row["bars"]))
        doubt = facts[row["outcome_id"]][NOTES[lang]] if row["confidence"] == "suspect" else ""
        return JOINTS[lang].join(filter(None, [apart[f"reason_{lang}"] if apart else bars, doubt]))

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
    parts = [TELLING[lang][verdict].format(item=item, on=on, due=due, causes=_all_of(lang, CAUSES, why))]
    if one is None:
        parts += [words] if (words := apart_words(lang, target, differs, SEVERAL)) else []
        parts += [DOUBTED[lang]] if "suspect" in differs else []
    else:
        beside = [
            name for name in differs if name not in why and not (name == "measure_open" and "part" in why)
        ]
        said = {"target": acted(target, lang), "outcome": acted(one, lang)}
        parts += [BESIDE[lang][name].format(**said) for name in beside if name in BESIDE[lang]]
    return JOINTS[lang].join(parts) + ENDS[lang]


def bars_words(lang: str, target: Cells, differs: Iterable[str], bars: Iterable[str]) -> str:
    """Return what keeps an outcome that differs from a target from deciding, empty where nothing does."""
    named = [name for name in bars if name not in ASPECTS[lang]]
    barring = [name for name in differs if name in APART or name in bars]
    parts = [apart_words(lang, target, barring, ONE), _all_of(lang, CAUSES, named)]
    return JOINTS[lang].join(filter(None, parts))


def apart_words(lang: str, target: Cells, differs: Iterable[str], which: dict[str, str]) -> str:
    """Return in what figures differ from a target, empty where no code names an aspect."""
    codes = [name for name in differs if name in ASPECTS[lang]]
    if not codes:
        return ""
    nouns = [ASPECTS[lang][name] for name in codes]
    listed = (
        "、".join(nouns) if lang == "zh" else " and ".join(filter(None, [", ".join(nouns[:-1]), nouns[-1]]))
    )
    words = APART_FROM[lang].format(which=which[lang], aspects=listed)
    return words + (OF_BASIS[lang].format(BASIS[lang][target["basis"]]) if "basis" in codes else "")


def _all_of(lang: str, table: dict[str, dict[str, str]], names: Iterable[str]) -> str:
    return ("，且" if lang == "zh" else " and ").join(table[lang][name] for name in names)


def due_words(lang: str, on: pd.Timestamp, precision: str) -> str:
    """Return a deadline as exact as it is stated.

    >>> due_words("en", pd.Timestamp("2022-12-31"), "year")
    'the end of 2022'
    >>> due_words("zh", pd.Timestamp("2022-06-30"), "day")
    '2022年6月30日'
    """
    if pd.isna(on):
        return UNDATED[lang]
    if precision == "year" and (on.month, on.day) == (12, 31):
        return {"zh": f"{on.year}年底", "en": f"the end of {on.year}"}[lang]
    if precision == "month":
        return {"zh": f"{on.year}年{on.month}月底", "en": f"the end of {MONTHS[on.month - 1]} {on.year}"}[
            lang
        ]
    return observed_words(lang, on, "day")


def observed_words(lang: str, on: pd.Timestamp, precision: str) -> str:
    """Return the day, or the period, of an outcome as exact as its source states it.

    >>> observed_words("en", pd.Timestamp("2020-12-31"), "half_year")
    'the second half of 2020'
    >>> observed_words("zh", pd.Timestamp("2023-02-28"), "month")
    '2023年2月'
    """
    parts: dict[str, Any] = {"half_year": HALVES[lang], "quarter": QUARTERS[lang]}
    if precision in parts:
        part = parts[precision][(on.month - 1) * len(parts[precision]) // 12]
        return f"{on.year}年{part}" if lang == "zh" else f"{part} {on.year}"
    if lang == "zh":
        words = {"year": f"{on.year}年", "month": f"{on.year}年{on.month}月"}
        return words.get(precision, f"{on.year}年{on.month}月{on.day}日")
    month = MONTHS[on.month - 1]
    words = {"year": str(on.year), "month": f"{month} {on.year}"}
    return words.get(precision, f"{on.day} {month} {on.year}")
