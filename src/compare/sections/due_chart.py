"""How many commitments fall due in which half-year, a row of bars per city, with their table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.charts.schedule import schedule as schedule_chart
from compare.sections.calendar_lead import fullest, half
from compare.sections.drawn import drawings
from compare.sections.dues import NOTEBOOK, Due, cell, city, head, year
from compare.sections.section import Chart, Group, Row, Section, Table, Take
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, plain

WIDTHS = (1080, 720, 340)
# A half-year in words, and the commitments of each city that fall due in it.
Line = tuple[str, list[list[Due]]]


def due_chart(schedule: pd.DataFrame, lang: str = "zh") -> Section:
    """Return the chart of a schedule: bars by half-year, on narrow screens by year, hollow for drafts."""
    said, labels, kicker = messages(lang, NOTEBOOK), Labels(None, lang), "chart.kicker"
    rows = records(schedule)
    dated = [row for row in rows if row["due_on"] and row["commitment_id"]]
    if not dated:
        return Section("chart", said.text("chart.none"), said.text(kicker), look="cal figure", lang=lang)
    firsts = {row["city_id"]: row for row in reversed(rows)}
    cities = [firsts[name] for name in dict.fromkeys(row["city_id"] for row in rows)]
    halves: dict[Any, dict[str, list[Due]]] = {}
    for row in sorted(dated, key=half):
        halves.setdefault(half(row), {}).setdefault(row["city_id"], []).append(row)
    lines = [
        (_when(held, lang), [held.get(row["city_id"], []) for row in cities]) for held in halves.values()
    ]
    most, past = fullest(dated), sum(row["state"] == "past" for row in dated)
    when = labels.when(most[0]["due_on"], "half_year")
    title = said.text("chart.title", half=when, count=labels.number(len(most)))
    told = {"title": plain(title), "series": _series(cities, lines, said, lang)}
    counts = {"past": labels.number(past), "open": labels.number(len(dated) - past)}
    alt = said.say("chart.alt", day=labels.day(dated[0]["as_of"]), **told, **counts)
    drawn = drawings(lambda width: schedule_chart(schedule, lang, width, ""), WIDTHS)
    chart = Chart(
        (), (), alt, drawn, _twin(cities, lines, said, lang), _take(cities, lines, said, lang), "cal-when-due"
    )
    return Section("chart", title, said.text(kicker), said.text("chart.deck"), (chart,), "cal figure", lang)


def _when(held: dict[str, list[Due]], lang: str) -> str:
    return Labels(None, lang).when(next(iter(held.values()))[0]["due_on"], "half_year")


def _drafts(rows: list[Due]) -> int:
    return sum(row["status"] == "draft" for row in rows)


def _series(cities: list[Due], lines: list[Line], said: Messages, lang: str) -> str:
    """Return the counts of every city in words, for those who do not see the chart."""
    series = []
    for at, place in enumerate(cities):
        held = [(when, len(rows[at]), _drafts(rows[at])) for when, rows in lines if rows[at]]
        told = [
            said.say(f"chart.figure{'.draft' if drafts else ''}", half=when, count=count, draft=drafts)
            for when, count, drafts in held
        ]
        figures = Labels(None, lang).all_of(told) if told else said.say("chart.absent")
        series.append(said.say("chart.series", city=place[f"place_{lang}"], figures=figures))
    return signs(lang).semicolon.join(series)


def _twin(cities: list[Due], lines: list[Line], said: Messages, lang: str) -> Table:
    names = [head(city(row, lang)) for row in cities]
    heads = Row((head(said.say("chart.when")), *names, head(said.say("chart.all"))))
    rows = [
        Row((head(when), *(cell(*_count(rows, said)) for rows in held), cell(str(sum(map(len, held))))))
        for when, held in lines
    ]
    return Table((heads,), (Group(tuple(rows)),), "cal-table")


def _count(rows: list[Due], said: Messages) -> list[Any]:
    if not rows:
        return ["–"]
    count = Run(str(len(rows)), to=f"#{year(rows[0]['city_id'], rows[0]['due_on'].year)}")
    drafts = _drafts(rows)
    some = f" {drafts}" if drafts != len(rows) else ""
    return [count, " ", Run(said.say("mark.draft") + some, "tag draft-tag")] if drafts else [count]


def _take(cities: list[Due], lines: list[Line], said: Messages, lang: str) -> Take:
    names = [row[f"place_{lang}"] for row in cities]
    heads = [one for name in names for one in (name, f"{name} {said.say('mark.draft')}")]
    columns = tuple((name, 16) for name in (said.say("chart.when"), *heads, said.say("chart.all")))
    rows = [
        (when, *(count for rows in held for count in (len(rows), _drafts(rows))), sum(map(len, held)))
        for when, held in lines
    ]
    return Take("calendar-due", columns, tuple(rows))
