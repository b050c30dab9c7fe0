"""The published edition: its name, its day, what was sealed of it, and the columns that came later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compare.asked import read_day
from compare.errors import CompareError, Problem
from compare.language.unseen import unseen_in
from compare.project import CURATED
from compare.tables.plain_yaml import read_yaml

FILE = "data/curated/edition.yaml"
KEYS = ("edition", "as_of", "featured", "topic_order", "editions", "columns")
SEALED, ADDED = ("edition", "published_on", "lines", "sha256"), ("added", "table", "columns")


@dataclass(frozen=True)
class Sealed:
    """One published edition: its day, and the number and SHA-256 of the lines of release.csv up to it.

    The seal is empty while nothing has been published under it.
    """

    edition: str
    published_on: date
    lines: int | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Added:
    """One column that a table was given on a day: rows published before have no such cell."""

    added: date
    table: str
    column: str


@dataclass(frozen=True)
class Edition:
    """What edition.yaml says: the edition in force, the day in `as_of` by which what is due is reckoned,
    every edition so far, oldest first, and the columns added since the first.

    `featured` are the topics of the front page's first screen, `topic_order` those that come first wherever
    topics are listed.
    """

    edition: str
    as_of: date
    editions: tuple[Sealed, ...] = ()
    columns: tuple[Added, ...] = ()
    featured: tuple[str, ...] = ()
    topic_order: tuple[str, ...] = ()

    def before(self, table: str, edition: str) -> set[str]:
        """Return the columns of a table that did not exist yet when an edition was published."""
        day = next((one.published_on for one in self.editions if one.edition == edition), None)
        return {one.column for one in self.columns if one.table == table and day and one.added > day}


def read_edition(root: Path) -> dict[str, str]:
    """Return the name of the edition in force and its `as_of` day, as the pages print them.

    Raises `CompareError` where edition.yaml lacks one of the two or says something else.
    """
    held = edition_of(root)
    return {"edition": held.edition, "as_of": held.as_of.isoformat()}


def edition_of(root: Path) -> Edition:
    """Return what edition.yaml says; raises `CompareError` with all that is wrong in it."""
    path = root / CURATED / "edition.yaml"
    try:
        # As text throughout: YAML would make 2026.10 a number and stop at a day that is none.
        said = read_yaml(path.read_bytes(), as_text=True) if path.is_file() else None
    except ValueError as error:
        raise _unknown([Problem(FILE, found=str(error), expected="YAML")]) from None
    if not isinstance(said, dict) or not {"edition", "as_of"} <= set(said) <= set(KEYS):
        found = ", ".join(sorted(map(_shown, said))) if isinstance(said, dict) else "no keys"
        expected = f'the keys "edition" and "as_of", and no others but {" and ".join(map(repr, KEYS[2:]))}'
        raise _unknown([Problem(FILE, None, found, expected)])
    problems: list[Problem] = []
    held = Edition(
        _text(said, "edition", problems),
        _day(said, "as_of", problems),
        tuple(_sealed(entry, problems) for entry in _entries(said, "editions", problems)),
        tuple(one for entry in _entries(said, "columns", problems) for one in _added(entry, problems)),
        _names(said, "featured", problems),
        _names(said, "topic_order", problems),
    )
    problems += _out_of_order(held)
    if problems:
        raise _unknown(problems)
    return held


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return "" if value is None else str(value)[:60]


def _strange(entry: dict[str, Any], known: tuple[str, ...], key: str, problems: list[Problem]) -> None:
    strange = sorted(_shown(name) for name in entry if name not in known)
    if strange:
        problems.append(Problem(FILE, key, ", ".join(strange), " or ".join(known), "remove or rename it"))


def _unknown(problems: list[Problem]) -> CompareError:
    return CompareError("The edition is unknown", problems)


def _entries(said: dict[str, Any], key: str, problems: list[Problem]) -> list[dict[str, Any]]:
    entries = said.get(key) or []
    if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        return entries
    problems.append(Problem(FILE, key, _shown(entries), "a list of entries", "write one line per entry"))
    return []


def _names(said: dict[str, Any], key: str, problems: list[Problem]) -> tuple[str, ...]:
    held = said.get(key) or []
    if isinstance(held, list) and all(isinstance(one, str) for one in held) and len({*held}) == len(held):
        return tuple(held)
    problems.append(Problem(FILE, key, _shown(held), "the names of topics, each once, in a list"))
    return ()


def _text(entry: dict[str, Any], key: str, problems: list[Problem]) -> str:
    value = entry.get(key)
    if isinstance(value, str) and value.strip() == value != "" and not unseen_in(value):
        return value
    problems.append(Problem(FILE, key, _shown(value), "words"))
    return ""


def _day(entry: dict[str, Any], key: str, problems: list[Problem]) -> date:
    try:
        return read_day(_shown(entry.get(key)), key, place=FILE, todo="correct the file")
    except CompareError as error:
        problems += error.problems
        return date.min


def _sealed(entry: dict[str, Any], problems: list[Problem]) -> Sealed:
    lines, digest = entry.get("lines", ""), entry.get("sha256", "")
    _strange(entry, SEALED, "editions", problems)
    texts = isinstance(lines, str) and isinstance(digest, str)
    whole = texts and re.fullmatch("[0-9]{1,9}", lines) and re.fullmatch("[0-9a-f]{64}", digest)
    if not whole and (lines, digest) != ("", ""):
        found, todo = f"{_shown(lines)}, {_shown(digest)}", "python -m compare release writes them"
        problems.append(Problem(FILE, "editions", found, "lines and sha256, both or neither", todo))
        lines, digest = "", ""
    name, day = _text(entry, "edition", problems), _day(entry, "published_on", problems)
    return Sealed(name, day, int(lines) if lines else None, digest)


def _added(entry: dict[str, Any], problems: list[Problem]) -> Iterator[Added]:
    columns = entry.get("columns")
    _strange(entry, ADDED, "columns", problems)
    if not isinstance(columns, list) or not columns or not all(isinstance(one, str) for one in columns):
        problems.append(Problem(FILE, "columns", _shown(columns), "the names of columns, in a list"))
        return
    day, table = _day(entry, "added", problems), _text(entry, "table", problems)
    for column in columns:
        yield Added(day, table, column)


def _out_of_order(held: Edition) -> Iterator[Problem]:
    names = [one.edition for one in held.editions]
    days = [one.published_on for one in held.editions]
    if names and (len(set(names)) < len(names) or days != sorted(days)):
        yield Problem(FILE, "editions", ", ".join(names), "each edition once, in the order of their days")
    if names and names[-1] != held.edition:
        yield Problem(FILE, "edition", held.edition, names[-1], "the edition in force is the last one listed")
    if days and held.as_of > days[-1]:
        todo = "what is due cannot be reckoned on a day after the edition was published"
        yield Problem(FILE, "as_of", held.as_of.isoformat(), f"a day up to {days[-1]}", todo)


def edition_text(held: Edition) -> str:
    """Return the text of edition.yaml."""
    lines = [
        '# The published edition, and the day on which "overdue" and "days left" are reckoned in briefings.',
        f'edition: "{held.edition}"',
        f'as_of: "{held.as_of}"',
        *_listed("featured", held.featured, "Topics of the front page's first screen, in this order."),
        *_listed(
            "topic_order", held.topic_order, "Topics that come first, after those, where they are listed."
        ),
        "# Every edition so far with its seal: the number and SHA-256 of the lines of release.csv up to it,",
        "# written by `python -m compare release`. Whoever rewrites both escapes this check; a copy",
        "# elsewhere (a tag, an archive) does not.",
        "editions:" if held.editions else "editions: []",
    ]
    for one in held.editions:
        seal = "" if one.lines is None else f', lines: {one.lines}, sha256: "{one.sha256}"'
        lines.append(f'  - {{edition: "{one.edition}", published_on: "{one.published_on}"{seal}}}')
    lines += ["# Columns added since the first edition: rows published before that day have no such cell."]
    lines += ["columns:" if held.columns else "columns: []"]
    grouped: dict[tuple[date, str], list[str]] = {}
    for added in held.columns:
        grouped.setdefault((added.added, added.table), []).append(added.column)
    for (day, table), columns in grouped.items():
        lines.append(f'  - {{added: "{day}", table: {table}, columns: [{", ".join(columns)}]}}')
    return "\n".join([*lines, ""])


def _listed(key: str, names: tuple[str, ...], about: str) -> list[str]:
    return [f"# {about}", f"{key}: [{', '.join(map(_quoted, names))}]"] if names else []


def _quoted(name: str) -> str:
    return f'"{name}"'
