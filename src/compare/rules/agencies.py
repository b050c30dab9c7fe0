"""Rules on agencies: those that a task names are listed, and those listed are named by one, or a ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.errors import Problem
from compare.rules.rows import Row, rows_of, told, unused
from compare.rules.tasks import bare
from compare.tables.book import Book
from compare.texts.quotes import locate

ROLES = ("lead_ids", "support_ids", "responsible_ids")
# The note of agencies that closes a task.
NOTE = re.compile("[(（][^()（）]*(?:牵头|负责|责任单位|配合)[^()（）]*[)）]$")


def agencies_are_named(book: Book) -> Iterator[Problem]:
    """Every agency that a task names is listed, belongs to its city or a place above it, and stands in the
    task's words; every agency listed is named by a task or by an annexed ledger."""
    agencies = {row.key: row for row in rows_of(book, "agencies")}
    above = told(book, "places", "parent_id")
    used: set[str] = set()
    for row in rows_of(book, "tasks"):
        words, homes = bare(row.words()), _lineage(row["city_id"], above)
        held: dict[str, str] = {}
        for role in ROLES:
            for name in row.parts(role):
                if name in held:
                    expected = "one role for each agency"
                    yield row.problem(role, name, expected, f"{held[name]} names it too")
                held[name] = role
                yield from _in_role(row, role, name, agencies.get(name), homes, words)
        used |= set(held)
        yield from _unlisted(row, words, set(held), list(agencies.values()))
    for row in rows_of(book, "ledger"):
        leads = " ".join(row[name] for name in ("unit_zh", "other_leads_zh") if row.has(name))
        own = [agency for agency in agencies.values() if agency["place_id"] == row["city_id"]]
        used |= {agency.key for agency in own if any(name in leads for name in _names(agency))}
    yield from unused(book, "agencies", used, "an agency that a task or a ledger names", "remove it")
    yield from _unprinted(book)


def _in_role(
    row: Row, role: str, name: str, agency: Row | None, homes: list[str], words: str
) -> Iterator[Problem]:
    if agency is None:
        yield row.problem(role, name, "an agency of agencies.csv", "correct it or add the agency")
    elif agency["place_id"] not in homes:
        expected = f"an agency of {' or '.join(homes)}"
        yield row.problem(role, name, expected, f"that one is of {agency['place_id']}")
    elif not any(bare(one) in words for one in _names(agency)):
        todo = f"the task does not say {agency['name_zh']}"
        yield row.problem(role, name, "an agency that the task names", todo)


def _lineage(place: str, above: dict[str, str]) -> list[str]:
    """Return a place and those above it; a circle of parents ends where it closes."""
    found: list[str] = []
    while place in above and place not in found:
        found.append(place)
        place = above[place]
    return found


def _names(agency: Row) -> list[str]:
    """Return the names of an agency, its own first."""
    return [agency["name_zh"], *agency.parts("aliases_zh")]


def _unlisted(row: Row, words: str, listed: set[str], agencies: list[Row]) -> Iterator[Problem]:
    """Yield the agencies of the city that a closing note of agencies names and no role holds."""
    note = NOTE.search(words)
    if note is None:
        return
    own = [agency for agency in agencies if agency["place_id"] == row["city_id"]]
    claimed = [bare(name) for agency in own if agency.key in listed for name in _names(agency)]
    rest = note[0]
    for name in sorted(claimed, key=len, reverse=True):
        rest = rest.replace(name, "｜")
    for agency in own:
        if agency.key not in listed and any(bare(name) in rest for name in _names(agency)):
            todo = f"the note reads {note[0][:60]}"
            yield row.problem(", ".join(ROLES), agency.key, "an agency in one of the roles", todo)


def _unprinted(book: Book) -> Iterator[Problem]:
    """Yield the names that no document of an agency's place prints."""
    places = told(book, "sources", "place_id")
    for row in rows_of(book, "agencies"):
        texts = [one for name, one in book.documents.items() if places[name] == row["place_id"]]
        # The full name may stand nowhere, the names in use must.
        column = "aliases_zh" if row.has("aliases_zh") else "name_zh"
        for name in row.parts(column):
            if not any(name in one.raw or locate(one, name) for one in texts):
                yield row.problem(column, name, "a name that a document of the place prints", "correct it")
