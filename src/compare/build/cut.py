"""A briefing of one's own: one notebook with parameters of one's own, into a folder of one's own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from compare.build.parameters import declared_parameters, parameter_problems
from compare.build.plan import LANGUAGES, Briefing
from compare.build.stale import PAGES
from compare.disk import write_whole
from compare.errors import CompareError, Problem, near
from compare.tables.edition import read_edition

# What a value adds to the name of a file at most.
LONGEST = 40
GIVEN = re.compile(r"(?P<name>[A-Za-z_]\w*)=(?P<value>.*)", re.DOTALL)


def cuts(root: Path, notebook: str, given: Sequence[str]) -> list[Briefing]:
    """Return the pages that a notebook and parameters such as `topic=5g` call for, one in each language.

    `notebook` is the name of one in notebooks/ or the path of any; without `lang` both languages are made,
    without `as_of` the day is that of the edition. Raises CompareError for a notebook that there is not and
    for every parameter that it does not take.
    """
    path = root / (source := _found(root, notebook))
    values = _values(given)
    problems = parameter_problems(path, values)
    if problems:
        raise CompareError("The notebook does not take these parameters", problems)
    declared = declared_parameters(path) or []
    usual = {"as_of": read_edition(root)["as_of"]}
    values = {name: value for name, value in usual.items() if name in declared} | values
    languages = [_language(values["lang"])] if "lang" in values else list(LANGUAGES)
    parts = [path.stem, *(_slug(value) for name, value in values.items() if name not in ("lang", "as_of"))]
    stem = "-".join(filter(None, parts))
    spoken = {} if "lang" not in declared else {"lang": ""}
    return [
        Briefing(f"{stem}.{lang}", path.stem, values | dict.fromkeys(spoken, lang), lang, source)
        for lang in (languages if spoken else languages[:1])
    ]


def publish(root: Path, made: Sequence[Briefing], out: Path, say: Callable[[str], None]) -> None:
    """Write the pages just made into a folder; raise `Refused` where the disk does not take them."""
    for one in made:
        write_whole(out / one.page, (root / PAGES / one.page).read_bytes())
        say(f"{out / one.page} is written.")


def _language(value: object) -> str:
    if value not in LANGUAGES:
        problem = Problem("-p", "lang", str(value), " or ".join(LANGUAGES), "correct it")
        raise CompareError("There is no such language", [problem])
    return str(value)


def _found(root: Path, notebook: str) -> Path:
    for path in (root / "notebooks" / f"{notebook}.ipynb", Path(notebook)):
        if path.suffix == ".ipynb" and path.is_file():
            whole = path.resolve()
            return whole.relative_to(root) if whole.is_relative_to(root) else whole
    known = sorted(path.stem for path in (root / "notebooks").glob("*.ipynb"))
    expected = " or ".join(near(notebook, known) or known)
    raise CompareError(
        "There is no such notebook",
        [
            Problem(
                "build", found=notebook, expected=f"{expected}, or the path of a notebook", todo="correct it"
            )
        ],
    )


def _values(given: Sequence[str]) -> dict[str, object]:
    said = [(one, GIVEN.fullmatch(one)) for one in given]
    odd = [
        Problem("-p", found=one, expected="name=value", todo="correct it") for one, match in said if not match
    ]
    if odd:
        raise CompareError("These are no parameters", odd)
    return {match["name"]: _value(match["value"]) for _, match in said if match}


def _value(words: str) -> object:
    """Return what a value on the command line says: a number, true, false, null or a list, else text.

    >>> _value("5g"), _value("3"), _value("jinan,dezhou"), _value("null")
    ('5g', 3, 'jinan,dezhou', None)
    """
    try:
        return json.loads(words)
    except ValueError:
        return words


def _slug(value: object) -> str:
    """Return a value as part of a file's name.

    >>> _slug("jinan, dezhou"), _slug(None), _slug(["5g"])
    ('jinan-dezhou', '', '5g')
    """
    words = " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return "-".join(re.findall(r"[\w.]+", words))[:LONGEST]
