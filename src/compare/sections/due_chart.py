"""How many commitments fall due in which half-year, a row of bars per city, with their table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from compare.charts.schedule import schedule as schedule_chart
from compare.sections.calendar_lead import fullest, half
from compare.sections.drawn import drawings
from compare.sections.dues import NOTEBOOK, Due, cell, city, head, year
from compare.sections.section import Chart, Group, Row, Section, Table, Take
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import records
from compare.words.text import Run, text

WIDTHS = (1080, 720, 340)
# The commitments that fall due, by half-year and city.
Halves = Mapping[tuple[Any, str], list[Due]]


def due_chart(schedule: pd.DataFrame, lang: str = "zh") -> Section:
    """Return the chart of a schedule: bars by half-year, on narrow screens by year, hollow for drafts."""
    said, labels = messages(lang, NOTEBOOK), Labels(None, lang)
    rows = records(schedule)
    dated = [row for row in rows if row["due_on"] and row["commitment_id"]]
    kicker = text(said.say("chart.kicker"))
    if not dated:
        return Section("chart", text(said.say("chart.none")), kicker, look="cal figure", lang=lang)
    cities = list({row["city_id"]: row for row in reversed(rows)}.values())[::-1]
    halves: dict[tuple[Any, str], list[Due]] = {}
    for row in dated:
        halves.setdefault((half(row), row["city_id"]), []).append(row)
    most = fullest(dated)
    when = labels.when(most[0]["due_on"], "half_year")
    title = said.say("chart.title", half=when, count=labels.number(len(most)))
    drawn = drawings(lambda width: schedule_chart(schedule, lang=lang, width=width), WIDTHS)
    chart = Chart(
        (), (), _alt(title, dated, cities, halves, lang), drawn,
        _twin(cities, halves, lang), _take(cities, halves, lang), "cal-when-due",
    )  # fmt: skip
    deck = text(said.say("chart.deck"))
    return Section("chart", text(title), kicker, deck, (chart,), "cal figure", lang)


def _drafts(rows: list[Due]) -> int:
    return sum(row["status"] == "draft" for row in rows)


def _alt(title: str, dated: list[Due], cities: list[Due], halves: Halves, lang: str) -> str:
    said, labels = messages(lang, NOTEBOOK), Labels(None, lang)
    series = []
    for place in cities:
        told = [
            said.say(
                "chart.figure.draft" if _drafts(rows) else "chart.figure",
                half=labels.when(rows[0]["due_on"], "half_year"), count=len(rows), draft=_drafts(rows),
            )
            for (_, name), rows in sorted(halves.items())
            if name == place["city_id"]
        ]  # fmt: skip
        figures = labels.all_of(told) if told else said.say("chart.absent")
        series.append(said.say("chart.series", city=place[f"place_{lang}"], figures=figures))
    past = sum(row["state"] == "past" for row in dated)
    counts = {"past": labels.number(past), "open": labels.number(len(dated) - past)}
    told_all = ("；" if lang == "zh" else "; ").join(series)
    day = labels.day(dated[0]["as_of"])
    return said.say("chart.alt", title=title, series=told_all, day=day, **counts)


def _lines(cities: list[Due], halves: Halves, lang: str) -> list[tuple[str, list[list[Due]]]]:
    """Return each half-year in words, with the commitments of each city."""
    return [
        (Labels(None, lang).when(next(filter(None, held))[0]["due_on"], "half_year"), held)
        for at in sorted({at for at, _ in halves})
        for held in [[halves.get((at, row["city_id"]), []) for row in cities]]
    ]


def _twin(cities: list[Due], halves: Halves, lang: str) -> Table:
    said = messages(lang, NOTEBOOK)
    heads = (said.say("chart.when"), *(city(row, lang) for row in cities), said.say("chart.all"))
    rows = [
        Row((head(when), *(cell(*_count(rows, lang)) for rows in held), cell(str(sum(map(len, held))))))
        for when, held in _lines(cities, halves, lang)
    ]
    return Table((Row(tuple(map(head, heads))),), (Group(tuple(rows)),), "cal-table")


def _count(rows: list[Due], lang: str) -> list[Any]:
    if not rows:
        return ["–"]
    count = Run(str(len(rows)), to=f"#{year(rows[0]['city_id'], rows[0]['due_on'].year)}")
    drafts = _drafts(rows)
    some = f" {drafts}" if drafts != len(rows) else ""
    tag = Run(messages(lang, NOTEBOOK).say("mark.draft") + some, "tag draft-tag")
    return [count, " ", tag] if drafts else [count]


def _take(cities: list[Due], halves: Halves, lang: str) -> Take:
    said = messages(lang, NOTEBOOK)
    names = [row[f"place_{lang}"] for row in cities]
    heads = [one for name in names for one in (name, f"{name} {said.say('mark.draft')}")]
    columns = (said.say("chart.when"), *heads, said.say("chart.all"))
    rows = [
        (when, *(count for rows in held for count in (len(rows), _drafts(rows))), sum(map(len, held)))
        for when, held in _lines(cities, halves, lang)
    ]
    return Take("calendar-due", tuple((name, 16) for name in columns), tuple(rows))
