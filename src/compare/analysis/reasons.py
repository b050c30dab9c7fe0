"""Every way in which two targets of one indicator may differ, and how it is said in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

Target = dict[str, Any]
WHOLE = re.compile("^全[市省国]")
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


def _unlike(column: str) -> Callable[[Target, Target], bool]:
    def differs(left: Target, right: Target) -> bool:
        a, b = left[column], right[column]
        return not (pd.isna(a) and pd.isna(b)) and (pd.isna(a) or pd.isna(b) or bool(a != b))

    return differs


def _scope(left: Target, right: Target) -> bool:
    return own_scope(left["scope_zh"]) != own_scope(right["scope_zh"])


def own_scope(scope: Any) -> str:
    """Return a scope without the words for the whole place, which an empty cell says as well.

    >>> own_scope("全市"), own_scope("全市农村")
    ('', '农村')
    """
    return "" if pd.isna(scope) else WHOLE.sub("", str(scope))


def _open_basis(left: Target, right: Target) -> bool:
    return "ambiguous" in (left["basis"], right["basis"])


def _drafts(left: Target, right: Target) -> bool:
    return bool((left["status"] == "draft") != (right["status"] == "draft"))


DIFFERENCES: dict[str, Callable[[Target, Target], bool]] = {
    "basis_open": _open_basis,
    "basis": lambda left, right: not _open_basis(left, right) and _unlike("basis")(left, right),
    "unit": _unlike("unit_id"),
    "denominator": _unlike("denominator_zh"),
    "scope": _scope,
    "recurrence": _unlike("recurrence"),
    "due_year": _unlike("due_year"),
    "comparator": _unlike("comparator"),
    "force": _unlike("force"),
    "draft": _drafts,
}


def said_zh(differs: list[str], left: Target, right: Target) -> str:
    """Return the differences of a pair as one Chinese phrase, empty where there are none.

    >>> said_zh(["due_year"], {"due_year": 2022}, {"due_year": 2025})
    '到期年不同（2022年、2025年）'
    """
    return "；".join(_word_zh(name, left, right) for name in differs)


def said_en(differs: list[str], left: Target, right: Target) -> str:
    """Return the differences of a pair as one English phrase, empty where there are none.

    >>> said_en(["due_year"], {"due_year": 2022}, {"due_year": 2025})
    'due in different years (2022, 2025)'
    """
    return "; ".join(_word_en(name, left, right) for name in differs)


def _word_zh(name: str, left: Target, right: Target) -> str:
    if name == "basis_open":
        return f"{_who(left, right, 'basis', 'ambiguous')}没有写明是新增还是累计"
    if name == "basis":
        return f"口径不同（{BASIS_ZH[left['basis']]}、{BASIS_ZH[right['basis']]}）"
    if name == "due_year":
        return f"到期年不同（{_year(left, '年', '无')}、{_year(right, '年', '无')}）"
    if name in ("denominator", "scope"):
        column = f"{name}_zh"
        head = {"denominator": "分母不同", "scope": "范围不同"}[name]
        return f"{head}（{_text(left[column], '未写')}、{_text(right[column], '未写')}）"
    if name == "comparator":
        return f"界限不同（{BOUND_ZH[left['comparator']]}、{BOUND_ZH[right['comparator']]}）"
    return {
        "unit": "单位不同",
        "recurrence": "一个是每期的数、一个不是",
        "force": f"{_who(left, right, 'force', 'aspirational')}的写作力争",
        "draft": f"{_who(left, right, 'status', 'draft')}的出自代拟稿",
    }[name]


def _word_en(name: str, left: Target, right: Target) -> str:
    if name == "basis_open":
        who, several = _owners(left, right, "basis", "ambiguous")
        return f"{who} {'do' if several else 'does'} not say whether the figure is new or a total"
    if name == "basis":
        return f"one is {BASIS_EN[left['basis']]}, the other {BASIS_EN[right['basis']]}"
    if name == "due_year":
        return f"due in different years ({_year(left, '', 'none')}, {_year(right, '', 'none')})"
    if name in ("denominator", "scope"):
        column = f"{name}_en"
        return f"different {name} ({_text(left[column], 'not stated')}, {_text(right[column], 'not stated')})"
    if name == "comparator":
        return f"one is {BOUND_EN[left['comparator']]}, the other {BOUND_EN[right['comparator']]}"
    if name in ("force", "draft"):
        column, value = {"force": ("force", "aspirational"), "draft": ("status", "draft")}[name]
        who, several = _owners(left, right, column, value)
        said = {"force": "only an aim to strive for", "draft": "from a draft"}[name]
        return f"{who} {'are' if several else 'is'} {said}"
    return {"unit": "different units", "recurrence": "only one is a figure per period"}[name]


def _who(left: Target, right: Target, column: str, value: str) -> str:
    """Return whose figure has a value, as the subject of a Chinese phrase."""
    return "和".join(target.get("name_zh") or "" for target in (left, right) if target.get(column) == value)


def _owners(left: Target, right: Target, column: str, value: str) -> tuple[str, bool]:
    """Return whose figure has a value, as the subject of an English phrase, and whether there are two."""
    names = [target.get("name_en") or "" for target in (left, right) if target.get(column) == value]
    return " and ".join(f"{name}’s" for name in names if name), len(names) > 1


def _year(target: Target, mark: str, none: str) -> str:
    return none if pd.isna(target["due_year"]) else f"{int(target['due_year'])}{mark}"


def _text(value: Any, none: str) -> str:
    return none if pd.isna(value) else str(value)
