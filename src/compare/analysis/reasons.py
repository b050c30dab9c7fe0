"""Every way in which two targets of one indicator may differ, and how it is said in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from compare.analysis.reason_words import (
    ACT_EN,
    ACT_ZH,
    BASIS_EN,
    BASIS_ZH,
    BOUND_EN,
    BOUND_ZH,
    EVERY_EN,
    EVERY_ZH,
    Target,
    Words,
    acted,
    acts,
    always,
    bracketed_en,
    bracketed_zh,
    cell,
    named,
    owned_en,
    owned_zh,
    year,
)

Test = Callable[[Target, Target], bool]
MEASURE, YEAR = "different_measure", "different_year"
# The grades of a pair, the best first.
GRADES = ("like", YEAR, MEASURE)
WHOLE = re.compile("^全[市省国]")


@dataclass(frozen=True)
class Difference:
    """One way in which two figures may differ: when it holds, what it makes of the pair, how it is said.

    `grade` is the grade it takes the pair down to, empty where it is told and grades nothing; `noun` names
    it where several are told in one breath; `columns` are those of the targets that it reads.
    """

    code: str
    columns: tuple[str, ...]
    grade: str
    noun: str
    holds: Test
    zh: Words
    en: Words


def _unlike(column: str) -> Test:
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


def _acts(left: Target, right: Target) -> bool:
    """Tell whether two figures share no act: twelve begun are not twelve built."""
    return not set(acts(left)) & set(acts(right))


def _open_basis(left: Target, right: Target) -> bool:
    return "ambiguous" in (left["basis"], right["basis"])


def _basis(left: Target, right: Target) -> bool:
    return not _open_basis(left, right) and _unlike("basis")(left, right)


def _drafts(left: Target, right: Target) -> bool:
    return bool((left["status"] == "draft") != (right["status"] == "draft"))


def _recurrence_zh(left: Target, right: Target) -> str:
    if pd.isna(left["recurrence"]) or pd.isna(right["recurrence"]):
        return "一个是每期的数、一个不是"
    return bracketed_zh("周期不同", named("recurrence", EVERY_ZH))(left, right)


def _recurrence_en(left: Target, right: Target) -> str:
    if pd.isna(left["recurrence"]) or pd.isna(right["recurrence"]):
        return "only one is a figure per period"
    return bracketed_en("different periods", named("recurrence", EVERY_EN))(left, right)


# Whatever two figures are compared by stands here once: what is compared, graded and said follows from it.
EVERY_DIFFERENCE = (
    Difference(
        "act",
        ("act", "also_act"),
        MEASURE,
        "act",
        _acts,
        bracketed_zh("所做的事不同", acted(ACT_ZH, "并")),
        bracketed_en("different acts", acted(ACT_EN, " and ")),
    ),
    Difference(
        "basis_open",
        ("basis",),
        MEASURE,
        "basis",
        _open_basis,
        owned_zh("basis", "ambiguous", "没有写明是新增还是累计"),
        owned_en("basis", "ambiguous", "does", "do", "not say whether the figure is new or a total"),
    ),
    Difference(
        "basis",
        ("basis",),
        MEASURE,
        "basis",
        _basis,
        bracketed_zh("口径不同", named("basis", BASIS_ZH)),
        lambda left, right: f"one is {BASIS_EN[left['basis']]}, the other {BASIS_EN[right['basis']]}",
    ),
    Difference(
        "unit",
        ("unit_id",),
        MEASURE,
        "unit",
        _unlike("unit_id"),
        always("单位不同"),
        always("different units"),
    ),
    Difference(
        "denominator",
        ("denominator_zh",),
        MEASURE,
        "denominator",
        _unlike("denominator_zh"),
        bracketed_zh("分母不同", cell("denominator_zh", "未写")),
        bracketed_en("different denominator", cell("denominator_en", "not stated")),
    ),
    Difference(
        "scope",
        ("scope_zh",),
        MEASURE,
        "scope",
        _scope,
        bracketed_zh("范围不同", cell("scope_zh", "未写")),
        bracketed_en("different scope", cell("scope_en", "not stated")),
    ),
    Difference(
        "recurrence",
        ("recurrence",),
        MEASURE,
        "recurrence",
        _unlike("recurrence"),
        _recurrence_zh,
        _recurrence_en,
    ),
    Difference(
        "due_year",
        (),
        YEAR,
        "year",
        _unlike("due_year"),
        bracketed_zh("到期年不同", year("年", "无", EVERY_ZH)),
        bracketed_en("due in different years", year("", "none", EVERY_EN)),
    ),
    Difference(
        "comparator",
        ("comparator",),
        "",
        "",
        _unlike("comparator"),
        bracketed_zh("界限不同", named("comparator", BOUND_ZH)),
        lambda left, right: (
            f"one is {BOUND_EN[left['comparator']]}, the other {BOUND_EN[right['comparator']]}"
        ),
    ),
    Difference(
        "force",
        ("force",),
        "",
        "",
        _unlike("force"),
        owned_zh("force", "aspirational", "的写作力争"),
        owned_en("force", "aspirational", "is", "are", "only an aim to strive for"),
    ),
    Difference(
        "draft",
        (),
        "",
        "",
        _drafts,
        owned_zh("status", "draft", "的出自代拟稿"),
        owned_en("status", "draft", "is", "are", "from a draft"),
    ),
)
BY_CODE = {one.code: one for one in EVERY_DIFFERENCE}
DIFFERENCES: dict[str, Test] = {one.code: one.holds for one in EVERY_DIFFERENCE}
# The columns of targets by which figures are compared.
COMPARED = tuple(dict.fromkeys(column for one in EVERY_DIFFERENCE for column in one.columns))


def grade_of(differs: Iterable[str]) -> str:
    """Return the grade that differences leave a pair: the worst of theirs, like where none grades.

    >>> grade_of(["due_year", "force"]), grade_of(["basis", "due_year"]), grade_of(["comparator"])
    ('different_year', 'different_measure', 'like')
    """
    return max((BY_CODE[name].grade or "like" for name in differs), key=GRADES.index, default="like")


def said_zh(differs: list[str], left: Target, right: Target) -> str:
    """Return the differences of a pair as one Chinese phrase, empty where there are none.

    >>> said_zh(["due_year"], {"due_year": 2022}, {"due_year": 2025})
    '到期年不同（2022年、2025年）'
    """
    return "；".join(BY_CODE[name].zh(left, right) for name in differs)


def said_en(differs: list[str], left: Target, right: Target) -> str:
    """Return the differences of a pair as one English phrase, empty where there are none.

    >>> said_en(["due_year"], {"due_year": 2022}, {"due_year": 2025})
    'due in different years (2022, 2025)'
    """
    return "; ".join(BY_CODE[name].en(left, right) for name in differs)
