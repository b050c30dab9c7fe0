"""Every way in which two targets of one indicator may differ, as a test and what it makes of the pair."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

Target = dict[str, Any]
Test = Callable[[Target, Target], bool]
MEASURE, YEAR = "different_measure", "different_year"
# The grades of a pair, the best first.
GRADES = ("like", YEAR, MEASURE)
WHOLE = re.compile("^全[市省国]")


@dataclass(frozen=True)
class Difference:
    """One way in which two figures may differ: when it holds, and what it makes of the pair.

    `grade` is the grade it takes the pair down to, empty where it is told and grades nothing; `noun` names
    it where several are told in one breath; `columns` are those of the targets that it reads.
    """

    code: str
    columns: tuple[str, ...]
    grade: str
    noun: str
    holds: Test


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


# Whatever two figures are compared by stands here once: what is compared and graded follows from it.
EVERY_DIFFERENCE = (
    Difference("act", ("act", "also_act"), MEASURE, "act", _acts),
    Difference("basis_open", ("basis",), MEASURE, "basis", _open_basis),
    Difference("basis", ("basis",), MEASURE, "basis", _basis),
    Difference("unit", ("unit_id",), MEASURE, "unit", _unlike("unit_id")),
    Difference("denominator", ("denominator_zh",), MEASURE, "denominator", _unlike("denominator_zh")),
    Difference("scope", ("scope_zh",), MEASURE, "scope", _scope),
    Difference("recurrence", ("recurrence",), MEASURE, "recurrence", _unlike("recurrence")),
    Difference("due_year", (), YEAR, "year", _unlike("due_year")),
    Difference("comparator", ("comparator",), "", "", _unlike("comparator")),
    Difference("force", ("force",), "", "", _unlike("force")),
    Difference("draft", (), "", "", _drafts),
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


def differing(left: Target, right: Target) -> list[str]:
    """Return the codes of what sets two figures apart, in the order in which it is told.

    >>> same = dict.fromkeys([*COMPARED, "due_year", "status"]) | {"act": "build"}
    >>> differing(same | {"due_year": 2022}, same | {"due_year": 2025})
    ['due_year']
    """
    return [name for name, test in DIFFERENCES.items() if test(left, right)]
