"""Every dated deadline with its words, what it governs and the bodies named, by city, year and day."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import pandas as pd

from compare.sections.dues import NOTEBOOK, Due, city, document, entries, promises, year
from compare.sections.section import Fold, Heading, Items, Part, Section
from compare.sections.shown import Figure, by_row
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, Text, text


def due_days(schedule: pd.DataFrame, figures: pd.DataFrame, lang: str = "zh") -> Section:
    """Return the calendar: of each city what is still open is unfolded, or where nothing is, the last year.

    `figures` gives the values of the targets that a commitment holds.
    """
    said, number = messages(lang, NOTEBOOK), Labels(None, lang).number
    cities = [list(held) for _, held in groupby(records(schedule), key=lambda row: row["city_id"])]
    dated = [[row for row in rows if row["due_on"]] for rows in cities]
    known = by_row(figures)
    blocks: list[Any] = []
    for rows in filter(None, dated):
        blocks.append(Heading(text(city(rows[0], lang)), f"cal-of-city c-{rows[0]['city_id']}"))
        blocks += [_year(held, _unfolded(held, rows), known, lang) for held in _years(rows)]
    deadlines = len({row["deadline_id"] for rows in dated for row in rows})
    title = said.say(
        "calendar.title", deadlines=number(deadlines), promises=number(sum(map(promises, dated)))
    )
    foreign = signs(lang).space + said.say("calendar.foreign") if signs(lang).foreign else ""
    ways = tuple(_ways(rows[0], held, lang) for rows, held in zip(cities, dated, strict=True))
    return Section(
        "calendar", text(title), text(said.say("calendar.kicker")), text(said.say("calendar.deck"), foreign),
        (Items(ways, "cal-to-years"), *blocks), "cal cal-calendar", lang,
    )  # fmt: skip


def _years(rows: list[Due]) -> list[list[Due]]:
    return [list(held) for _, held in groupby(rows, key=lambda row: row["due_on"].year)]


def _unfolded(held: list[Due], rows: list[Due]) -> bool:
    """Return whether a year is open: what is still to come, or where nothing is, the last."""
    if any(row["state"] != "past" for row in rows):
        return any(row["state"] != "past" for row in held)
    return held[0]["due_on"].year == rows[-1]["due_on"].year


def _ways(first: Due, rows: list[Due], lang: str) -> Text:
    """Return a city with the links to its years."""
    ways = [
        part
        for held in _years(rows)
        for part in (" ", Run(f"{_called(held, lang)} {promises(held)}", to=f"#{_anchor(held)}"))
    ]
    none = Run(messages(lang, NOTEBOOK).say("calendar.none"), "quiet")
    return text(city(first, lang), *(ways or [" ", none]))


def _called(rows: list[Due], lang: str) -> str:
    return Labels(None, lang).when(rows[0]["due_on"], "year")


def _anchor(rows: list[Due]) -> str:
    return year(rows[0]["city_id"], rows[0]["due_on"].year)


def _year(rows: list[Due], unfolded: bool, figures: Mapping[str, Figure], lang: str) -> Fold:
    said = messages(lang, NOTEBOOK)
    drafts = promises(row for row in rows if row["status"] == "draft")
    counts = {"deadlines": len({row["deadline_id"] for row in rows}), "promises": promises(rows)}
    section = "calendar.counts.draft" if drafts not in (0, counts["promises"]) else "calendar.counts"
    told = text(
        Run(_called(rows, lang), "strong"), " ", Run(said.say(section, drafts=drafts, **counts), "quiet"),
        *((" ", Run(said.say("mark.draft"), "tag draft-tag")) if drafts else ()),
    )  # fmt: skip
    blocks: list[Any] = []
    for _, held in groupby(rows, key=lambda row: (row["due_on"], row["source_id"])):
        day = list(held)
        blocks += [_day(day[0], lang), entries(day, figures, lang)]
    # A link to what lies inside unfolds the year.
    inside = Part(tuple(blocks), "cal-inside", _anchor(rows))
    return Fold(told, (inside,), f"cal-year c-{rows[0]['city_id']}", unfolded)


def _day(row: Due, lang: str) -> Heading:
    said, labels = messages(lang, NOTEBOOK), Labels(None, lang)
    if row["state"] == "today":
        distance = said.say("calendar.today")
    elif row["state"] == "past":
        distance = said.say("calendar.past", days=labels.number(row["days_past"]))
    else:
        distance = said.say("calendar.left", days=labels.number(row["days_left"]))
    source = document(row, lang, "quiet", "tag draft-tag")
    return Heading(text(labels.day(row["due_on"]), " ", Run(distance, "quiet"), " ", source), level=4)
