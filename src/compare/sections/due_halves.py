"""How many commitments fall due in which half-year: a table of bars, a column per city."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.sections.calendar_lead import fullest, half
from compare.sections.dues import NOTEBOOK, Due, across, cell, city, head, year
from compare.sections.section import Bar, Cell, Row, Section, Take
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.text import Run, text

# A half-year in words, and the commitments of each city that fall due in it.
Line = tuple[str, list[list[Due]]]


def due_halves(schedule: pd.DataFrame, lang: str = "zh") -> Section:
    """Return the commitments that fall due by half-year and city, as bars of one scale, hollow for drafts.

    `cp.charts.schedule` draws the same frame on an axis of days.
    """
    said, kicker = messages(lang, NOTEBOOK), "halves.kicker"
    rows = records(schedule)
    dated = sorted((row for row in rows if row["due_on"] and row["commitment_id"]), key=half)
    if not dated:
        return Section("halves", said.text("halves.none"), said.text(kicker), look="cal", lang=lang)
    firsts = {row["city_id"]: row for row in reversed(rows)}
    cities = [firsts[name] for name in dict.fromkeys(row["city_id"] for row in rows)]
    halves: dict[Any, dict[str, list[Due]]] = {}
    for row in dated:
        halves.setdefault(half(row), {}).setdefault(row["city_id"], []).append(row)
    lines = [
        (_when(held, lang), [held.get(row["city_id"], []) for row in cities]) for held in halves.values()
    ]
    most = fullest(dated)
    title = said.text(
        "halves.title", half=_when({"": most}, lang), count=Labels(None, lang).number(len(most))
    )
    counts = {"past": sum(row["state"] == "past" for row in dated)}
    counts["open"] = len(dated) - counts["past"]
    told = {name: Labels(None, lang).number(count) for name, count in counts.items()}
    deck = said.text("halves.deck", day=Labels(None, lang).day(dated[0]["as_of"]), **told)
    blocks = (_table(cities, lines, said.say("halves.table"), said, lang), _take(cities, lines, said, lang))
    return Section("halves", title, said.text(kicker), deck, blocks, "cal", lang)


def _when(held: dict[str, list[Due]], lang: str) -> str:
    return Labels(None, lang).when(next(iter(held.values()))[0]["due_on"], "half_year")


def _drafts(rows: list[Due]) -> int:
    return sum(row["status"] == "draft" for row in rows)


def _table(cities: list[Due], lines: list[Line], label: str, said: Messages, lang: str) -> Any:
    names = [head(city(row, lang), look="cal-rod") for row in cities]
    heads = Row((head(said.say("chart.when")), *names, head(said.say("halves.all"), look="num")))
    most = max(len(rows) for _, held in lines for rows in held)
    rows = [
        Row((
            head(when),
            *(_count(of, row["city_id"], most, said) for of, row in zip(held, cities, strict=True)),
            cell(str(sum(map(len, held))), look="num"),
        ))
        for when, held in lines
    ]  # fmt: skip
    return across([heads], rows, label, "cal-halves")


def _count(rows: list[Due], place: str, most: int, said: Messages) -> Cell:
    """Return a bar as long as its share of the longest, the part of drafts hollow, and the count."""
    if not rows:
        return cell("–", look="cal-rod cal-none")
    drafts = _drafts(rows)
    parts = ((len(rows) - drafts, "cal-amount"), (drafts, "cal-amount cal-hollow"))
    bars = tuple(Bar(count / most, look) for count, look in parts if count)
    count = Run(str(len(rows)), to=f"#{year(place, rows[0]['due_on'].year)}")
    some = f" {drafts}" if drafts != len(rows) else ""
    draft = (" ", Run(said.say("mark.draft") + some, "tag draft-tag")) if drafts else ()
    return Cell((*bars, text(count, *draft)), "cal-rod", place)


def _take(cities: list[Due], lines: list[Line], said: Messages, lang: str) -> Take:
    names = [row[f"place_{lang}"] for row in cities]
    heads = [one for name in names for one in (name, f"{name} {said.say('mark.draft')}")]
    columns = tuple((name, 16) for name in (said.say("chart.when"), *heads, said.say("halves.all")))
    rows = [
        (when, *(count for rows in held for count in (len(rows), _drafts(rows))), sum(map(len, held)))
        for when, held in lines
    ]
    return Take("calendar-due", columns, tuple(rows), ("CSV", "XLSX"))
