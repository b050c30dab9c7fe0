"""The cards of the front page: each topic's finding over its small chart, all charts on one axis."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from compare.analysis.topic_coverage import TELLING
from compare.outputs.dots import BASES, RECURRING, Axis, Dot, Lane, axis, draw
from compare.outputs.element import Element
from compare.sections.shown import Figure
from compare.words.labels import Labels
from compare.words.messages import Messages
from compare.words.named import records


@dataclass(frozen=True)
class Listed:
    """A briefing that stands: its file, its subject and finding, and the topic or city that it is on."""

    page: str
    lang: str
    subject: str
    title: str
    topic: str = ""
    city: str = ""


@dataclass(frozen=True, eq=False)
class Cards:
    """The topics' briefings of one language, each with a lane per city, and the axis their charts share."""

    topics: Sequence[tuple[Listed, list[Lane]]]
    labels: Labels
    said: Messages

    @cached_property
    def lanes(self) -> list[Lane]:
        return [lane for _, lanes in self.topics for lane in lanes]

    @cached_property
    def axis(self) -> Axis:
        return axis(self.lanes)

    def chart(self, one: Listed, lanes: list[Lane]) -> Element:
        """Return the chart of a topic, with all that it shows in words."""
        cities = self.labels.signs.semicolon.join(map(self._told, lanes))
        return draw(lanes, self.axis, self.said.say("chart.alt", finding=one.title, cities=cities))

    def _told(self, lane: Lane) -> str:
        if not lane.dots:
            # Inside a sentence they begin small.
            state = lane.said[:1].lower() + lane.said[1:]
            return self.said.say("chart.absent", city=lane.name, state=state)
        slots = [self.said.say("chart.recurring") if slot == RECURRING else str(slot) for slot in lane.dots]
        count = sum(len(dots) for dots in lane.dots.values())
        section = "chart.city.partly" if lane.note else "chart.city"
        return self.said.say(section, city=lane.name, count=count, dues=self.labels.all_of(slots))

    @property
    def signs(self) -> tuple[list[str], list[str], bool, bool]:
        """What the key must explain: bases, absences, whether there are drafts, and recurring targets."""
        dots = [dot for lane in self.lanes for held in lane.dots.values() for dot in held]
        drawn, absent = {BASES[dot.basis] for dot in dots}, {lane.state for lane in self.lanes}
        bases = [basis for basis in BASES if basis in drawn and not (basis == "growth" and "rate" in drawn)]
        states = [state for state in TELLING if state in absent]
        return bases, states, any(dot.draft for dot in dots), RECURRING in self.axis.slots

    @property
    def full(self) -> int:
        """How many topics have a target of every city compared."""
        return sum(all(lane.dots for lane in lanes) for _, lanes in self.topics)


def lanes(
    promised: Sequence[Figure], cities: pd.DataFrame, documents: pd.DataFrame, labels: Labels,
    files: Collection[str],
) -> list[Lane]:  # fmt: skip
    """Return a lane per city: its targets by due year, or the absence, its words and where they stand.

    `promised` are the targets of a topic that count, `cities` and `documents` the frames of the door on it.
    """
    lang = labels.lang
    made = []
    for city in records(cities):
        here = [row for row in promised if row["place_id"] == city["city_id"]]
        dots: dict[int, list[Dot]] = {}
        # Recurring targets come behind all years.
        for row in sorted(here, key=lambda row: (_slot(row) == RECURRING, _slot(row))):
            dots.setdefault(_slot(row), []).append(_dot(row, labels))
        partly = documents[(documents["place_id"] == city["city_id"]) & (documents[f"partly_{lang}"] != "")]
        note = labels.all_of(list(partly.loc[partly["at_hand"], f"source_{lang}"]))
        page = f"sources/{city['link_source']}.{lang}.html"
        link = f"{page}#{city['link']}" if page in files else ""
        absent = {} if dots else {"state": city["state"], "said": city[f"said_{lang}"], "link": link}
        made.append(Lane(city["city_id"], city[f"place_{lang}"], dots, **absent, note=note))
    return made


def _slot(row: Figure) -> int:
    return row["due_on"].year if row["due_on"] else RECURRING


def _dot(row: Figure, labels: Labels) -> Dot:
    lang, draft = labels.lang, row["status"] == "draft"
    what = f"{row[f'indicator_{lang}']} {row[f'value_{lang}']}"
    said = [row[f"place_{lang}"], what, row[f"measured_{lang}"], row[f"due_{lang}"]]
    said += [labels.status("draft") if draft else "", row[f"partly_{lang}"]]
    return Dot(BASES.index(row["basis"]), draft, labels.comma.join(filter(None, said)))
