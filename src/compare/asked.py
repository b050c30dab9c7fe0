"""What a user asks for: a day in its one form, names among those that are known, and nothing else.

Each is read in one place and refused in one wording, whichever function, notebook or file it came from.
"""

from __future__ import annotations

import ast
import datetime
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from compare.errors import CompareError, Problem, UnknownName, near

LANGUAGES = ("zh", "en")
# What may be asked for wherever names are: one, several between commas or in a list, all.
Names = str | Iterable[str] | None
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Days outside these years are slips of the pen, and no table could hold them.
FIRST_YEAR, LAST_YEAR = 1900, 2199
BETWEEN = re.compile(r"[,，、;；\s]+")
# The first line of the cell that papermill puts behind the one with the defaults.
INJECTED = "# Parameters"
CORRECT = "correct the parameter"


def read_day(
    value: object, name: str = "as_of", place: str = "parameters", todo: str = CORRECT
) -> datetime.date:
    """Return the day that `value` names: a text as 2026-11-21, or a date without a time.

    Raises CompareError, under the `name` and `place` given, for every other form and for a day that is none.

    >>> read_day("2026-11-21"), read_day(datetime.date(2026, 11, 21))
    (datetime.date(2026, 11, 21), datetime.date(2026, 11, 21))
    >>> read_day(20261121)
    Traceback (most recent call last):
    ...
    compare.errors.CompareError: This is no day: 1 problem.
      1. parameters, column as_of: found "20261121"; expected a date as 2026-11-21; correct the parameter
    """
    if isinstance(value, str) and DAY.fullmatch(value):
        try:
            value = datetime.date.fromisoformat(value)
        except ValueError:
            value = str(value)
    # A moment is a date to Python, yet it says more than was asked and may lie in another zone.
    is_date = isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    if is_date and isinstance(value, datetime.date) and FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    raise CompareError("This is no day", [Problem(place, name, str(value), "a date as 2026-11-21", todo)])


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with the names asked for: what was found, what is expected, and a sentence."""

    found: str
    expected: str
    sentence: str
    unknown: bool = False


def names_asked(asked: object) -> list[object]:
    """Return the names in what was asked for: one name, several between commas, or a list of them.

    >>> names_asked("jinan"), names_asked("jinan, dezhou"), names_asked(("jinan", "dezhou"))
    (['jinan'], ['jinan', 'dezhou'], ['jinan', 'dezhou'])
    """
    if isinstance(asked, str):
        return [name for name in BETWEEN.split(asked) if name]
    if isinstance(asked, Iterable) and not isinstance(asked, bytes):
        # A set has no order of its own that two runs would agree on.
        return sorted(asked, key=str) if isinstance(asked, Set) else list(asked)
    return [asked]


def faults(names: Sequence[object], known: Iterable[str], what: str) -> list[Fault]:
    """Return what is wrong with names asked for: none at all, one that is not known, one named twice."""
    offered = list(dict.fromkeys(known))
    if not names and offered:
        expected = f"at least one {what}, or None for all"
        return [Fault("", expected, f"No {what} is named; name at least one, or leave it out for all.")]
    found = []
    for name, times in Counter(map(_shown, names)).items():
        if name not in offered:
            meant = _meant(name, offered)
            said = f'There is no {what} "{name}"; did you mean {meant}?'
            found.append(Fault(name, meant, said, unknown=True))
        elif times > 1:
            said = f'The {what} "{name}" is named {_times(times)}; name each {what} once.'
            found.append(Fault(f"{name}, {_times(times)}", f"each {what} once", said))
    return found


def read_names(asked: object, known: Iterable[str], what: str) -> list[str]:
    """Return the names asked for in their order: one, several between commas, or a list of them.

    Raises UnknownName, with near names, for one that is not known; CompareError for one named twice and
    for an empty list.

    >>> read_names("jinan, dezhou", ["dezhou", "jinan"], "city")
    ['jinan', 'dezhou']
    >>> read_names(["jinan", "jinan"], ["dezhou", "jinan"], "city")
    Traceback (most recent call last):
    ...
    compare.errors.CompareError: The city "jinan" is named twice; name each city once.
    """
    names = names_asked(asked)
    found = faults(names, known, what)
    if found:
        kind = UnknownName if any(one.unknown for one in found) else CompareError
        raise kind(" ".join(one.sentence for one in found))
    return [str(name) for name in names]


def refuse_other_parameters(cells: Sequence[str], known: Sequence[str]) -> None:
    """Raise CompareError where the parameters that notebook `cells` set hold a name that is not `known`.

    `cells` are the sources run so far. What counts is the last cell that sets nothing but plain values,
    one of them known, and the last one that papermill put behind it: any other cell is the user's own.

    >>> refuse_other_parameters(['topic = "5g"', '# Parameters\\ntopc = "open_data"'], ["topic", "lang"])
    Traceback (most recent call last):
    ...
    compare.errors.CompareError: The notebook does not take these parameters: 1 problem.
      1. parameters: found "topc"; expected topic; correct the name
    """
    defaults: list[str] = []
    injected: list[str] = []
    for source in cells:
        if source.lstrip().startswith(INJECTED):
            injected = _assigned(source, plain=False)
        elif set(names := _assigned(source, plain=True)) & set(known):
            defaults, injected = names, []
    problems = [
        Problem("parameters", found=name, expected=_meant(name, known), todo="correct the name")
        for name in dict.fromkeys([*defaults, *injected])
        if name not in known
    ]
    if problems:
        raise CompareError("The notebook does not take these parameters", problems)


def _assigned(source: str, plain: bool) -> list[str]:
    """Return the names that a cell sets; none where it is to set plain values only and does more."""
    try:
        lines = ast.parse(source).body
    except (SyntaxError, ValueError):
        return []
    if plain and not all(_is_plain(line) for line in lines):
        return []
    targets = [target for line in lines for target in _targets(line)]
    return [node.id for one in targets for node in ast.walk(one) if isinstance(node, ast.Name)]


def _targets(line: ast.stmt) -> list[ast.expr]:
    if isinstance(line, ast.Assign):
        return line.targets
    return [line.target] if isinstance(line, ast.AnnAssign) else []


def _is_plain(line: ast.stmt) -> bool:
    if not isinstance(line, ast.Assign | ast.AnnAssign) or line.value is None:
        return False
    try:
        ast.literal_eval(line.value)
    except (ValueError, TypeError, SyntaxError):
        return False
    return True


def _meant(name: str, known: Iterable[str]) -> str:
    """Return the known names that look like `name`, or all of them.

    >>> _meant("topc", ["topic", "lang"]), _meant("x", ["topic", "lang"])
    ('topic', 'topic or lang')
    """
    return " or ".join(near(name, known) or known)


def _shown(name: object) -> str:
    return name if isinstance(name, str) else repr(name)


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"


def check_parameters(book: Any, **asked: object) -> None:
    """Return nothing where a notebook's parameters name what there is.

    They are any of `topic`, `city`, `cities`, `lang` and `as_of`. Raises CompareError naming each that does
    not, with near names, and in a notebook each that is set and not among those `asked`: papermill would
    warn and go on with the defaults.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        refuse_other_parameters(shell.user_ns.get("In", []), list(asked))
    known = {
        "topic": list(book.topics["topic_id"]),
        "city": book.cities,
        "cities": book.cities,
        "lang": LANGUAGES,
    }
    problems: list[Problem] = []
    for name, value in asked.items():
        if name == "as_of":
            try:
                read_day(value)
            except CompareError as error:
                problems += error.problems
        elif value is not None or name != "cities":
            names = names_asked(value) if name == "cities" else [value]
            what = "city" if name == "cities" else name
            found = faults(names, known[name], what)
            problems += [Problem("parameters", name, one.found, one.expected, CORRECT) for one in found]
    if problems:
        raise CompareError("The briefing cannot be made with these parameters", problems)
