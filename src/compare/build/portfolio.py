"""notebooks/briefings.yaml: which notebooks `make` runs, for what, and under which names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compare.errors import CompareError, Problem, near
from compare.tables.plain_yaml import read_yaml

FILE = Path("notebooks", "briefings.yaml")
KEYS = ("notebook", "name", "each", "parameters")
EACH = ("topic", "city")
WRITE = "see the entries above it"
# What becomes a part of the names of files.
NAME = re.compile(r"[\w{}][\w{}.-]{0,99}")


@dataclass(frozen=True)
class Entry:
    """One line of the portfolio: a notebook, the name of its pages, what there is one of for each."""

    notebook: str
    name: str
    each: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)


def read_portfolio(root: Path) -> list[Entry]:
    """Return the entries of notebooks/briefings.yaml, none where there is no such file.

    Raises CompareError naming everything in it that is no entry.
    """
    path = root / FILE
    if not path.is_file():
        return []
    try:
        said = read_yaml(path.read_bytes())
    except ValueError as error:
        problem = _problem(found=str(error), expected="YAML")
        raise CompareError("The portfolio cannot be read", [problem]) from None
    if not isinstance(said, list):
        raise CompareError(
            "The portfolio is no list", [_problem(found=type(said).__name__, expected="a list")]
        )
    problems = [one for at, entry in enumerate(said, 1) for one in _problems(at, entry)]
    names = [entry["name"] for entry in said if isinstance(entry, dict) and "name" in entry]
    twice = dict.fromkeys(name for name in names if names.count(name) > 1)
    problems += [
        _problem("name", name, "each name once", "give one of the two another name") for name in twice
    ]
    if problems:
        raise CompareError("The portfolio holds what is no briefing", problems)
    return [Entry(**entry) for entry in said]


def _problem(column: str = "", found: str = "", expected: str = "", todo: str = "") -> Problem:
    return Problem(FILE.as_posix(), column or None, found, expected, todo)


def _problems(at: int, entry: Any) -> list[Problem]:
    """Return what is wrong with one entry; `at` counts from one."""
    if not isinstance(entry, dict):
        return [_problem(f"entry {at}", str(entry), "notebook and name", WRITE)]
    strange = [str(key) for key in entry if key not in KEYS]
    found = [_problem(key, key, " or ".join(near(key, KEYS) or KEYS), "correct the key") for key in strange]
    for key in ("notebook", "name"):
        if not isinstance(entry.get(key), str) or not NAME.fullmatch(entry[key]):
            found.append(_problem(key, str(entry.get(key, "")), "a name of a file", f"correct entry {at}"))
    each = entry.get("each", "")
    if each not in ("", *EACH):
        found.append(_problem("each", str(each), " or ".join(EACH), "correct it, or leave it out"))
    elif each and "{" + each + "}" not in str(entry.get("name")):
        found.append(
            _problem("name", str(entry.get("name")), "{" + each + "} in it", "or all share one file")
        )
    if not isinstance(entry.get("parameters", {}), dict):
        found.append(_problem("parameters", str(entry["parameters"]), "names and values", WRITE))
    return found
