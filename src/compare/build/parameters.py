"""The parameters a briefing passes, held against those its notebook declares.

Papermill only warns about a name the notebook does not know, and runs on the
defaults: a page on the wrong city would come out without a word.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from compare.errors import CompareError, Problem, near

# In what the reading of a notebook of another form ends.
UNREADABLE = (ValueError, SyntaxError, LookupError, TypeError, AttributeError, RecursionError, MemoryError)


def check_parameters(notebook: Path, parameters: Mapping[str, object]) -> None:
    """Return nothing where `notebook` declares every one of `parameters` and all are plain JSON values.

    Raises `CompareError` naming each that is not, with the nearest names that are declared.
    """
    problems = parameter_problems(notebook, parameters)
    if problems:
        raise CompareError("The notebook does not take these parameters", problems)


def parameter_problems(notebook: Path, parameters: Mapping[str, object]) -> list[Problem]:
    """Return what is wrong with `parameters`, each with what `notebook` takes instead."""
    place = f"{notebook.parent.name}/{notebook.name}"
    try:
        declared = declared_parameters(notebook)
    except OSError:
        return [Problem(place, found="no such file", expected="a notebook")]
    except UNREADABLE as error:
        found = f"{type(error).__name__}: {error}"
        return [Problem(place, found=found, expected="a notebook that can be read")]
    if declared is None:
        todo = 'give the cell that sets the defaults the tag "parameters"'
        return [Problem(place, found='no cell tagged "parameters"', todo=todo)]
    unknown = [name for name in parameters if name not in declared]
    odd = [name for name, value in parameters.items() if not is_plain(value)]
    plain = "text, numbers, true, false, null, or lists of these"
    return [Problem(place, name, found=name, expected=_expected(name, declared)) for name in unknown] + [
        Problem(place, name, found=repr(parameters[name]), expected=plain) for name in odd
    ]


def declared_parameters(notebook: Path) -> list[str] | None:
    """Return the names set in the cell tagged "parameters", in order; None where no cell has that tag.

    Raises `OSError`, `ValueError` or `SyntaxError` where the notebook or that cell cannot be read.
    """
    for cell in json.loads(notebook.read_bytes())["cells"]:
        if "parameters" in cell.get("metadata", {}).get("tags", []):
            return list(_assigned("".join(cell["source"])))
    return None


def is_plain(value: object) -> bool:
    """Return whether `value` is the same after a round through JSON.

    >>> is_plain({"cities": ["jinan"], "n": 1.5, "x": None}), is_plain(("jinan",)), is_plain(float("nan"))
    (True, False, False)
    """
    try:
        return bool(json.loads(json.dumps(value, allow_nan=False)) == value)
    except (TypeError, ValueError):
        return False


def _assigned(source: str) -> Iterator[str]:
    for statement in ast.parse(source).body:
        alone = [getattr(statement, "target", None)]
        targets = statement.targets if isinstance(statement, ast.Assign) else alone
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def _expected(name: str, declared: list[str]) -> str:
    alike = near(name, declared)
    return " or ".join(alike) if alike else "one of " + ", ".join(declared)
