"""The published edition: its name, its day, what was sealed of it, and the columns that came later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compare.errors import CompareError, Problem
from compare.project import CURATED

FILE = "data/curated/edition.yaml"
KEYS = ("edition", "as_of", "editions", "columns")


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
    every edition so far, oldest first, and the columns added since the first."""

    edition: str
    as_of: date
    editions: tuple[Sealed, ...] = ()
    columns: tuple[Added, ...] = ()

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
        said = _safe_load(path.read_bytes()) if path.is_file() else None
    except ValueError as error:
        raise _unknown([Problem(FILE, found=str(error), expected="YAML")]) from None
    if not isinstance(said, dict) or not {"edition", "as_of"} <= set(said) <= set(KEYS):
        found = ", ".join(sorted(map(str, said))) if isinstance(said, dict) else "no keys"
        raise _unknown(
            [Problem(FILE, found=found, expected='the keys "edition" and "as_of", and no others but '
                     '"editions" and "columns"')]
        )  # fmt: skip
    problems: list[Problem] = []
    held = Edition(
        _text(said, "edition", problems),
        _day(said, "as_of", problems),
        tuple(_sealed(entry, problems) for entry in _entries(said, "editions", problems)),
        tuple(one for entry in _entries(said, "columns", problems) for one in _added(entry, problems)),
    )
    problems += _out_of_order(held)
    if problems:
        raise _unknown(problems)
    return held


def _safe_load(content: bytes) -> Any:
    import yaml

    try:
        return yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise ValueError(str(error).splitlines()[0]) from None


def _unknown(problems: list[Problem]) -> CompareError:
    return CompareError("The edition is unknown", problems)


def _entries(said: dict[str, Any], key: str, problems: list[Problem]) -> list[dict[str, Any]]:
    entries = said.get(key) or []
    if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        return entries
    problems.append(Problem(FILE, key, str(entries)[:40], "a list of entries", "write one line per entry"))
    return []


def _text(entry: dict[str, Any], key: str, problems: list[Problem]) -> str:
    value = entry.get(key)
    # An unquoted 2026.10 arrives as the number 2026.1.
    if isinstance(value, str) and value.strip():
        return value
    problems.append(Problem(FILE, key, "" if value is None else str(value), "words in quotation marks"))
    return ""


def _day(entry: dict[str, Any], key: str, problems: list[Problem]) -> date:
    # An unquoted day arrives as a date already.
    value = entry.get(key)
    try:
        if isinstance(value, str) and len(value) == len("2026-11-21"):
            return date.fromisoformat(value)
        if type(value) is date:
            return value
    except ValueError:
        pass
    problems.append(Problem(FILE, key, "" if value is None else str(value), "a date as 2026-11-21"))
    return date.min


def _sealed(entry: dict[str, Any], problems: list[Problem]) -> Sealed:
    lines, digest = entry.get("lines"), entry.get("sha256", "")
    if (lines is None) != (digest == "") or not (lines is None or type(lines) is int):
        problems.append(Problem(FILE, "editions", str(entry), "lines and sha256, both or neither",
                                "python -m compare release writes them"))  # fmt: skip
    return Sealed(
        _text(entry, "edition", problems), _day(entry, "published_on", problems), lines, str(digest)
    )


def _added(entry: dict[str, Any], problems: list[Problem]) -> Iterator[Added]:
    columns = entry.get("columns")
    if not isinstance(columns, list) or not columns:
        problems.append(Problem(FILE, "columns", str(entry), "the table, the day and a list of columns"))
        return
    for column in columns:
        yield Added(_day(entry, "added", problems), _text(entry, "table", problems), str(column))


def _out_of_order(held: Edition) -> Iterator[Problem]:
    names = [one.edition for one in held.editions]
    days = [one.published_on for one in held.editions]
    if names and (len(set(names)) < len(names) or days != sorted(days)):
        yield Problem(FILE, "editions", ", ".join(names), "each edition once, in the order of their days")
    if names and names[-1] != held.edition:
        yield Problem(FILE, "edition", held.edition, names[-1], "the edition in force is the last one listed")
    if days and held.as_of > days[-1]:
        yield Problem(
            FILE, "as_of", held.as_of.isoformat(), f"a day up to {days[-1]}",
            "what is due cannot be reckoned on a day after the edition was published",
        )  # fmt: skip


def edition_text(held: Edition) -> str:
    """Return the text of edition.yaml."""
    lines = [
        '# The published edition, and the day on which "overdue" and "days left" are reckoned in every briefing.',
        f'edition: "{held.edition}"',
        f'as_of: "{held.as_of}"',
        "# Every edition so far with its seal: the number and SHA-256 of the lines of release.csv up to it,",
        "# written by `python -m compare release`. Whoever rewrites both escapes this check; a copy elsewhere",
        "# (a tag, an archive) does not.",
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
