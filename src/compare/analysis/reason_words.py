"""The words for what sets two figures apart, in both languages, and what makes phrases of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

Target = dict[str, Any]
Said = Callable[[Target], str]
Words = Callable[[Target, Target], str]
BASIS_ZH = {
    "stock": "时点存量",
    "flow": "当期数",
    "rate": "比率",
    "growth": "增幅",
    "ambiguous": "口径不明",
}
BASIS_EN = {
    "stock": "a total at a date",
    "flow": "a figure for a period",
    "rate": "a rate",
    "growth": "a growth rate",
    "ambiguous": "of unstated basis",
}
BOUND_ZH = {
    "eq": "定数",
    "ge": "至少",
    "gt": "超过",
    "le": "至多",
    "lt": "低于",
    "approx": "约为",
    "range": "区间",
}
BOUND_EN = {
    "eq": "an exact figure",
    "ge": "a minimum",
    "gt": "a figure to be exceeded",
    "le": "a maximum",
    "lt": "a figure to stay below",
    "approx": "an approximate figure",
    "range": "a range",
}
# What is done with what is counted.
ACT_ZH = {
    "begin": "启动",
    "build": "建设",
    "open": "投用",
    "reach": "达到",
    "list": "列名或认定",
    "other": "其他",
}
ACT_EN = {
    "begin": "begun",
    "build": "built",
    "open": "put into use",
    "reach": "a level reached",
    "list": "listed or recognised",
    "other": "something else",
}
EVERY_ZH = {"year": "每年", "half_year": "每半年", "quarter": "每季度", "month": "每月"}
EVERY_EN = {
    "year": "each year",
    "half_year": "each half-year",
    "quarter": "each quarter",
    "month": "each month",
}

# What may set a figure apart from one of the place above, beyond the differences of two cities.
CASCADE_ZH = {
    "measure": "所数不同（一个数建成，一个数开通，或清单与实有）",
    "measure_open": "一方没有写明数的是建成还是开通",
    "exception": "分母相同，只是一方写明了例外",
    "assigned": "省里的清单列给该市的数",
}
CASCADE_EN = {
    "measure": "they count different things (built, in service, or listed)",
    "measure_open": "one does not say whether it counts those built or in service",
    "exception": "the same denominator, but one names an exception",
    "assigned": "the figure that the province’s list sets for the city",
}


def _both(head: str, said: Said, form: str) -> Words:
    """Return words that set the values of both sides in brackets behind a head."""
    return lambda left, right: form.format(head, said(left), said(right))


def bracketed_zh(head: str, said: Said) -> Words:
    """Return Chinese words that set what is said of both sides in brackets behind a head."""
    return _both(head, said, "{}（{}、{}）")


def bracketed_en(head: str, said: Said) -> Words:
    """Return English words that set what is said of both sides in brackets behind a head."""
    return _both(head, said, "{} ({}, {})")


def cell(column: str, none: str) -> Said:
    """Return what gives a cell of a figure as it stands, `none` where it is empty."""
    return lambda target: none if pd.isna(target[column]) else str(target[column])


def year(mark: str, none: str, every: dict[str, str]) -> Said:
    """Return what gives the due year of a figure with a mark behind it, how it recurs, or `none`."""

    def said(target: Target) -> str:
        if not pd.isna(target["due_year"]):
            return f"{int(target['due_year'])}{mark}"
        return every.get(target.get("recurrence") or "", none)

    return said


def named(column: str, words: dict[str, str]) -> Said:
    """Return what gives the words for the code in a cell of a figure."""
    return lambda target: words[target[column]]


def acted(words: dict[str, str], between: str) -> Said:
    """Return what gives the words for the acts of a figure: one, or the two that its words name."""

    def said(target: Target) -> str:
        return between.join(words[one] for one in acts(target))

    return said


def acts(target: Target) -> list[str]:
    """Return what a figure's words say is done with what it counts, the further act first.

    >>> acts({"act": "open", "also_act": "build"}), acts({"act": "reach"})
    (['build', 'open'], ['reach'])
    """
    both = (target.get("also_act"), target.get("act"))
    return [one for one in both if one is not None and not pd.isna(one)]


def leaves_open(target: Target) -> bool:
    """Return whether no act of a figure says which of the things of its indicator it counts.

    >>> leaves_open({"act": "reach"}), leaves_open({"act": "open", "also_act": "build"})
    (True, False)
    """
    return set(acts(target)) <= {"reach", "other"}


def owned_zh(column: str, value: str, said: str) -> Words:
    """Return Chinese words whose subject is whose figure has a value."""
    return lambda left, right: (
        "和".join(one.get("name_zh") or "" for one in (left, right) if one.get(column) == value) + said
    )


def owned_en(column: str, value: str, one: str, several: str, said: str) -> Words:
    """Return English words whose subject is whose figure has a value, with the verb for one or for both."""

    def words(left: Target, right: Target) -> str:
        names = [target.get("name_en") or "" for target in (left, right) if target.get(column) == value]
        who = " and ".join(f"{name}’s" for name in names if name)
        return f"{who} {several if len(names) > 1 else one} {said}"

    return words


def always(words: str) -> Words:
    """Return what says the same words of every pair."""
    return lambda left, right: words
