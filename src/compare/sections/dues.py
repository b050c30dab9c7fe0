"""How a deadline and its document are shown wherever they stand: as runs, and as an entry of the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from compare.analysis.schedule import ROLES
from compare.sections.section import Cell, Group, Items, Paragraph, Part, Row, Table
from compare.sections.shown import Figure, listed, script, shape, value
from compare.words.messages import messages
from compare.words.signs import signs
from compare.words.text import Run, Said, joined, text

NOTEBOOK = "deadline_calendar"
Due = dict[str, Any]


def cell(*said: Said | None, **look: Any) -> Cell:
    """Return a cell of one line."""
    return Cell((text(*said),), **look)


def head(*said: Said | None, **look: Any) -> Cell:
    """Return a cell of one line that heads its column or row."""
    return Cell((text(*said),), head=True, **look)


def across(
    heads: Sequence[Row], rows: Sequence[Row], label: str, look: str = "", caption: str = "", **more: Any
) -> Part:
    """Return a table that a reader can scroll across, a region called by its `label`."""
    looks = f"cal-table {look}".rstrip()
    table = Table(tuple(heads), (Group(tuple(rows)),), looks, caption, **more)
    return Part((table,), "cal-across", label=label)


def city(row: Due, lang: str) -> Run:
    """Return the name of a row's city in its colour."""
    return Run(row[f"place_{lang}"], "city", place=row["city_id"])


def document(row: Due, lang: str, look: str = "", draft: str = "draft-tag") -> Run:
    """Return a row's document in short, a draft as such."""
    return Run(row[f"source_{lang}"], draft if row["status"] == "draft" else look)


def called(row: Due, lang: str) -> str:
    """Return how a document is called in a sentence, with its city in front and what it is behind."""
    own = signs(lang)
    name, _, standing = row[f"source_{lang}"].partition(own.comma)
    kind = own.bracket.format(standing) if standing else ""
    return f"{row[f'place_{lang}']}{own.space}{name}{kind}"


def year(place: str, of: int) -> str:
    """Return the anchor of a city's year.

    >>> year("a", 2020)
    'due-a-2020'
    """
    return f"due-{place}-{of}"


def promises(rows: Iterable[Due]) -> int:
    """Return how many commitments stand in rows of a schedule."""
    return sum(row["commitment_id"] is not None for row in rows)


def entries(rows: Iterable[Due], figures: Mapping[str, Figure], lang: str) -> Items:
    """Return the deadlines of rows in their order, each with its words beside what it governs."""
    groups = groupby(rows, key=lambda row: row["deadline_id"])
    return Items(tuple((_entry(list(held), figures, lang),) for _, held in groups), "cal-dues")


def _entry(rows: list[Due], figures: Mapping[str, Figure], lang: str) -> Part:
    said, first = messages(lang, NOTEBOOK), rows[0]
    quote = Run(first["due_text"], "quote", lang=script(first), row=first["deadline_id"])
    inherited = Run(said.say("calendar.inherited"), "quiet")
    told = text(quote, *((" ", inherited) if first["due_source"] == "inherited_year" else ()))
    governed: list[Any] = []
    topic = None
    for _, group in groupby(rows, key=lambda row: row["task_id"]):
        held = [row for row in group if row["commitment_id"]]
        shown = []
        for row in held:
            shown.append(_promise(row, figures, lang, row["topic_id"] != topic))
            topic = row["topic_id"]
        if held:
            governed += [task(held[0], lang), Items(tuple(shown)), *bodies(held[0], lang)]
    nothing = Paragraph(text(said.say("calendar.nothing")), "quiet")
    return Part(
        (Paragraph(told, "cal-words-due"), Part(tuple(governed or [nothing]), "cal-governed")), "cal-entry"
    )


def task(row: Due, lang: str) -> Paragraph:
    """Return the task or the entry of a ledger under which a commitment stands."""
    said = messages(lang, NOTEBOOK)
    if row["task_id"].startswith("l-"):
        words = text(said.say("calendar.ledger", number=row["task_number"]))
    elif row["task_id"]:
        words = text(Run(f"{row['task_number']} {row['task_zh']}", lang=script(row)))
    else:
        words = text(said.say("calendar.goal"))
    return Paragraph(words, "cal-task")


def _promise(row: Due, figures: Mapping[str, Figure], lang: str, topic: bool) -> tuple[Any, ...]:
    """Return a commitment as printed, its topic where that is new, and the figures that it holds."""
    weak = Run(messages(lang, NOTEBOOK).say("mark.aspirational"), "tag")
    words = text(
        Run(row["action_zh"], "cal-action", lang=script(row)),
        *((" ", Run(row[f"topic_{lang}"], "cal-topic")) if topic else ()),
        *((" ", weak) if row["force"] == "aspirational" else ()),
    )
    held = [figures[name] for name in row["target_ids"].split(";") if name in figures]
    return (words, *reading(row, lang), *(_figure(one, lang) for one in held))


def reading(row: Due, lang: str) -> tuple[Paragraph, ...]:
    """Return the working translation of a clause, marked as such, on a page in another language."""
    if not signs(lang).foreign or not row.get(f"action_{lang}"):
        return ()
    mark = Run(messages(lang, NOTEBOOK).say("calendar.translation"), "tag")
    return (Paragraph(text(row[f"action_{lang}"], " ", mark), "cal-reading"),)


def _figure(figure: Figure, lang: str) -> Paragraph:
    scopes = dict.fromkeys([figure[f"denominator_{lang}"], figure[f"scope_{lang}"]])
    about = "".join(run.text for run in listed(lang, [figure[f"measured_{lang}"], *scopes]))
    name = figure[f"indicator_{lang}"]
    return Paragraph(
        text(shape(figure), f"{name} ", value(figure, lang), " ", Run(about, "quiet")), "cal-target"
    )


def bodies(row: Due, lang: str) -> list[Paragraph]:
    """Return who is named, role by role; a name outside the list of bodies is Chinese on every page."""
    told: list[Said] = []
    for role in ROLES:
        names: list[Said] = [name for name in row[f"{role}_{lang}"].split(";") if name]
        if role == "lead":
            names += [Run(name, lang="zh") for name in row["unlisted_zh"].split(";") if name]
        if names:
            heading = Run(messages(lang, NOTEBOOK).say(f"role.{role}"), "strong")
            told.append(text(heading, " ", joined(names, signs(lang).item)))
    return [Paragraph(joined(told, Run(" ", "cal-gap")), "cal-named")] if told else []
