"""The cards of the front page: each topic's finding with its small chart, and the findings of the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from compare.analysis.topic_coverage import TELLING
from compare.briefings.cascade import CascadeBriefing
from compare.briefings.city import findings as city_findings
from compare.briefings.city.briefing import CityBriefing
from compare.briefings.front.dots import BASES, RECURRING, Axis, Dot, Lane, axis, draw
from compare.briefings.topic import findings
from compare.briefings.topic.briefing import TopicBriefing
from compare.build.plan import Briefing
from compare.errors import CompareError, Problem
from compare.sections.calendar_lead import calendar_lead
from compare.tables.book import Book
from compare.words.messages import Messages, messages
from compare.words.named import documents
from compare.words.schedule import schedule
from compare.words.text import plain

TOPIC, CALENDAR = "topic_comparison", "deadline_calendar"


@dataclass(frozen=True)
class Card:
    """One briefing as the front page shows it: its subject, its finding and its file.

    `words` are the cities of the chart without a number: their names, what they have instead, and where
    that stands.
    """

    subject: str
    finding: str | Markup
    page: str
    chart: Markup = Markup("")
    words: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Cards:
    """The topic briefings of one language, read once, with the axis that their charts share.

    `files` are those that stand beside the page and may be linked.
    """

    book: Book
    briefings: Sequence[Briefing]
    prose: Messages
    files: Collection[str] = ()

    @cached_property
    def topics(self) -> list[tuple[Briefing, TopicBriefing]]:
        chosen = [one for one in self.briefings if one.notebook == TOPIC]
        return [(one, TopicBriefing(self.book, **_given(one))) for one in chosen]

    @cached_property
    def lanes(self) -> list[list[Lane]]:
        return [lanes(brief, self.files) for _, brief in self.topics]

    @cached_property
    def axis(self) -> Axis:
        return axis(lane for each in self.lanes for lane in each)

    def all(self) -> list[Card]:
        """Return a card per topic briefing, in the order given."""
        return [
            self._card(one, brief, each) for (one, brief), each in zip(self.topics, self.lanes, strict=True)
        ]

    def _card(self, one: Briefing, brief: TopicBriefing, each: list[Lane]) -> Card:
        finding = findings.title(brief)
        said = [self._said(brief, lane) for lane in each]
        between = "；" if brief.lang == "zh" else "; "
        alt = self.prose.say("chart.alt", finding=finding, cities=between.join(said))
        words = tuple((lane.name, lane.state_words, lane.link) for lane in each if lane.link)
        return Card(brief.subject, finding, one.page, draw(each, self.axis, alt), words)

    def _said(self, brief: TopicBriefing, lane: Lane) -> str:
        if not lane.dots:
            return self.prose.say("chart.absent", city=lane.name, state=_inside(lane.state_words))
        slots = [self.prose.say("chart.recurring") if slot == RECURRING else str(slot) for slot in lane.dots]
        count = sum(len(dots) for dots in lane.dots.values())
        dues = brief.labels.all_of(slots)
        section = "chart.city.partly" if lane.note else "chart.city"
        return self.prose.say(section, city=lane.name, count=count, dues=dues)

    @property
    def signs(self) -> tuple[list[str], list[str], bool, bool]:
        """What the key must explain: bases, absences, whether there are drafts, and recurring targets."""
        held = [lane for each in self.lanes for lane in each]
        dots = [dot for lane in held for each in lane.dots.values() for dot in each]
        drawn = {BASES[dot.basis] for dot in dots}
        bases = [basis for basis in BASES if basis in drawn and not (basis == "growth" and "rate" in drawn)]
        states = [state for state in TELLING if state in {lane.state for lane in held}]
        return bases, states, any(dot.draft for dot in dots), RECURRING in self.axis.slots

    @property
    def full(self) -> int:
        """How many topics have a target of every city compared."""
        return sum(all(lane.dots for lane in each) for each in self.lanes)


def lanes(brief: TopicBriefing, files: Collection[str] = ()) -> list[Lane]:
    """Return a lane per city compared: the targets that count by due year, or the absence and its words.

    Words lead to where they stand, if that is among the files that stand.
    """
    made = []
    for city in brief.shown:
        dots: dict[int, list[Dot]] = {}
        for cells in brief.promised[brief.promised["city_id"] == city].to_dict("records"):
            slot = RECURRING if pd.isna(cells["due_on"]) else int(cells["due_on"].year)
            dots.setdefault(slot, []).append(_dot(brief, cells))
        # Recurring targets come behind all years.
        ordered = dict(sorted(dots.items(), key=lambda item: (item[0] == RECURRING, item[0])))
        told = _absence(brief, city, files) if not dots else {}
        made.append(Lane(city, brief.place(city), ordered, **told, note=_note(brief, city)))
    return made


def _absence(brief: TopicBriefing, city: str, files: Collection[str]) -> dict[str, str]:
    """Return why a city has no target on a topic: the state, its words, and where these lead."""
    row = brief.states[city]
    link = row["link"] if row["link"].partition("#")[0] in files else ""
    return {"state": row["state"], "state_words": brief.labels.topic_state(row), "link": link}


def _note(brief: TopicBriefing, city: str) -> str:
    """Return which documents of a city are not coded whole for the topic, empty where all are."""
    held = [brief.sources[name] for name in brief.partly if brief.sources[name]["place_id"] == city]
    return brief.labels.all_of([brief.labels.source(source) for source in held])


def _inside(words: str) -> str:
    """Return words as they stand inside a sentence.

    >>> _inside("In words, 58 commitments"), _inside("未提及")
    ('in words, 58 commitments', '未提及')
    """
    return words[:1].lower() + words[1:]


def _dot(brief: TopicBriefing, cells: dict[str, Any]) -> Dot:
    labels = brief.labels
    draft = brief.sources[cells["source_id"]]["status"] == "draft"
    said = [
        brief.place(cells["city_id"]),
        f"{labels.name('indicators', cells['indicator_id'])} {labels.value(cells)}",
        labels.measured(cells),
        labels.due(cells),
        *([labels.status("draft")] if draft else []),
        *filter(None, [brief.bearing(cells["source_id"])["partly"]]),
    ]
    return Dot(BASES.index(cells["basis"]), draft, labels.comma.join(said))


def other_cards(book: Book, briefings: Sequence[Briefing]) -> dict[str, list[tuple[Briefing, Card]]]:
    """Return the briefings that compare no single topic, by notebook: subject and finding as their pages say.

    Raises CompareError for a notebook whose finding is not known.
    """
    made: dict[str, list[tuple[Briefing, Card]]] = {}
    for one in briefings:
        if one.notebook != TOPIC:
            card = _calendar(book, one) if one.notebook == CALENDAR else _card(book, one)
            made.setdefault(one.notebook, []).append((one, card))
    return made


def _card(book: Book, one: Briefing) -> Card:
    brief = _maker(one)(book, **_given(one))
    return Card(brief.subject, _finding(brief), one.page)


def _calendar(book: Book, one: Briefing) -> Card:
    as_of, cities = one.parameters["as_of"], one.parameters["cities"]
    held = (schedule(book, as_of, cities), documents(book, city=cities))  # type: ignore[arg-type]
    said = messages(one.lang, CALENDAR)
    return Card(said.say("subject"), plain(calendar_lead(*held, one.lang).title), one.page)


def _maker(one: Briefing) -> Callable[..., Any]:
    made: dict[str, Callable[..., Any]] = {
        "cascade": CascadeBriefing,
        "city_briefing": CityBriefing,
    }
    if one.notebook not in made:
        known = " or ".join((TOPIC, *made, CALENDAR))
        problem = Problem(
            "notebooks", found=one.notebook, expected=known, todo="say which class makes its lead"
        )
        raise CompareError("The front page knows no finding of a briefing", [problem])
    return made[one.notebook]


def _finding(brief: Any) -> str | Markup:
    """Return the title of a page: the sentence itself where it can be had alone, else from the built lead."""
    if isinstance(brief, CityBriefing):
        return city_findings.title(brief)
    return heading(brief.lead().html)


def _given(one: Briefing) -> dict[str, Any]:
    return dict(one.parameters)


def heading(html: str) -> Markup:
    """Return what stands in the first-level heading of a section, as HTML.

    >>> heading("<header><h1>5G &amp; more</h1></header>")
    Markup('5G &amp; more')
    """
    _, _, rest = html.partition("<h1>")
    return Markup(rest.partition("</h1>")[0])
