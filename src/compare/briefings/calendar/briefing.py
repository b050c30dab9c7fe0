"""The deadline calendar: what falls due when, in which city, on which topic, and who is named for it.

It says that a day has come, never that a promise was or was not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import pandas as pd

from compare.analysis.passages import statements
from compare.analysis.schedule import STATES, schedule, tally
from compare.briefings.calendar import files, findings, tables
from compare.briefings.calendar.days import dues, governed, years
from compare.briefings.material import Cells
from compare.briefings.pieces import Piece
from compare.briefings.sections import Sections
from compare.language.spans import Span
from compare.tables.book import Book
from compare.tables.edition import read_edition


@dataclass(frozen=True, eq=False)
class CalendarBriefing(Sections):
    """The sections of the deadline calendar, in their order; `as_of` is the day on which it speaks.

    `cities` are those compared, all where none is named. Raises CompareError for an unknown language or
    city, for one named twice, and for a date that is none.
    """

    book: Book
    lang: str = "zh"
    as_of: str = ""
    cities: Sequence[str] | None = None
    notebook = "deadline_calendar"

    def __post_init__(self) -> None:
        self.settle()

    @property
    def subject(self) -> str:
        return self.words("subject")

    @property
    def key(self) -> str:
        return "calendar"

    @cached_property
    def schedule(self) -> pd.DataFrame:
        """The rows of `schedule` for the cities shown."""
        return schedule(self.book, self.as_of, self.shown)

    @cached_property
    def due(self) -> list[Cells]:
        """The schedule as dictionaries."""
        return self.schedule.to_dict("records")

    @cached_property
    def dated(self) -> list[Cells]:
        """The rows with a day and a commitment."""
        return [row for row in self.due if not pd.isna(row["due_on"]) and not pd.isna(row["commitment_id"])]

    @cached_property
    def said(self) -> pd.DataFrame:
        """Every deadline with the clause that holds it, and every target that falls due by one."""
        targets = statements(self.book, city=self.shown)
        attached = {name for row in self.due for name in row["target_ids"].split(";") if name}
        clauses = [_clause(list(rows)) for _, rows in groupby(self.due, key=lambda row: row["deadline_id"])]
        return pd.concat(
            [pd.DataFrame(clauses), targets[targets["row_id"].isin(attached)]], ignore_index=True
        )

    @cached_property
    def documents(self) -> dict[str, Cells]:
        """The documents at hand of the cities shown, city by city."""
        order = {city: at for at, city in enumerate(self.shown)}
        ordered = sorted(self.sources.items(), key=lambda item: (order[item[1]["place_id"]], item[0]))
        return dict(ordered)

    @cached_property
    def topic_names(self) -> dict[str, str]:
        """The name of every topic."""
        return dict(zip(self.book.topics["topic_id"], self.book.topics[f"name_{self.lang}"], strict=True))

    @cached_property
    def bodies(self) -> dict[str, str]:
        """The name of every agency."""
        names = self.book.agencies[f"name_{self.lang}"]
        return dict(zip(self.book.agencies["agency_id"], names, strict=True))

    def script(self, source_id: str) -> str:
        """Return the language tag of a document's words."""
        return "zh-Hant" if self.sources[source_id]["script"] == "Hant" else "zh-Hans"

    def back(self, row_id: str) -> str:
        return f"v-{row_id}"

    def restated(self) -> dict[str, str]:
        """The repeated statements whose operative one is on the page too."""
        return {name: other for name, other in super().restated().items() if other in self.rows}

    def translation(self, row_id: str, column: str = "quote_en") -> str:
        """Return the working translation of a target, and of a deadline the date it stands for."""
        if self.lang == "zh" or not row_id.startswith("d-"):
            return super().translation(row_id, column)
        cells = self.rows[row_id]
        inherited = cells["due_source"] == "inherited_year"
        section = "deadline.reading.inherited" if inherited else "deadline.reading"
        return self.words(section, due=self.labels.due(cells)) if column == "quote_en" else ""

    def count(self, number: int) -> str:
        return self.labels.number(number)

    @cached_property
    def tallied(self) -> pd.DataFrame:
        """The counts of every document and topic, as `tally` gives them."""
        return tally(self.book, self.as_of, self.shown)

    @cached_property
    def counts(self) -> Cells:
        """How many commitments stand in each state, how many have no date, how many stand in drafts."""
        held: Cells = {name: int(self.tallied[name].sum()) for name in (*STATES, "undated", "all")}
        held["dated"] = held["past"] + held["today"] + held["open"]
        held["drafts"] = governed(row for row in self.dated if row["status"] == "draft")
        return held

    # ── the sections ────────────────────────────────────────────────────────

    def lead(self) -> Piece:
        """Return title, standfirst and the facts of the page."""
        return self.piece(
            "calendar_lead.html.j2",
            title=findings.title(self),
            standfirst=findings.standfirst(self),
            state=tables.STATE,
            deadlines=self._deadlines(),
            drafts=sum(source["status"] == "draft" for source in self.sources.values()),
            edition=read_edition(self.book.root)["edition"],
        )

    def _deadlines(self) -> int:
        return len(set(self.schedule["deadline_id"]))

    def chart(self) -> Piece:
        """Return how many promises fall due in which half-year, a row of bars per city."""
        chart = findings.chart(self)
        charts = [chart] if chart else []
        piece = self.piece(
            "calendar_chart.html.j2", chart=chart, twin=findings.twin(self), counts=files.counts_csv(self)
        )
        return self.charted(piece, charts, self.words("chart.none") if not charts else "")

    def topics(self) -> Piece:
        """Return the promises of every topic and document by what has become of their dates."""
        drafts = sum(row["state"] == "past" and row["status"] == "draft" for row in self.dated)
        return self.piece(
            "calendar_topics.html.j2", table=tables.topics(self), state=tables.STATE, drafts=drafts
        )

    def agencies(self) -> Piece:
        """Return the bodies with most dated promises, for the documents that name bodies."""
        held = tables.agencies(self)
        foremost = [(one.foremost[0], one.source) for one in held if one.foremost]
        return self.piece(
            "calendar_agencies.html.j2",
            held=held,
            first=max(foremost, key=lambda pair: pair[0].lead["all"], default=None),
            without=[self.document(source) for source in tables.unnamed(self)],
            state=tables.STATE,
        )

    def document(self, source: Cells) -> str:
        """Return how a document is called in short, with its city in front."""
        name, _, status = self.labels.source(source).partition(self.labels.comma)
        kind = f"（{status}）" if self.lang == "zh" else f" ({status})"
        between = "" if self.lang == "zh" else " "
        return f"{self.place(source['place_id'])}{between}{name}{kind if status else ''}"

    def calendar(self) -> Piece:
        """Return every dated deadline with its words, its promises and the bodies named, by city and year."""
        held = [(city, years(self, city)) for city in self.shown]
        shown = [year for _, each in held for year in each]
        return self.piece(
            "calendar_days.html.j2",
            held=held,
            deadlines=sum(year.deadlines for year in shown),
            promises=sum(year.promises for year in shown),
        )

    def recurring(self) -> Piece:
        """Return the deadlines that come again and again, with the period of their document."""
        rows = [row for row in self.due if row["state"] == "recurring"]
        each = {row["deadline_id"]: row for row in rows}
        day = pd.Timestamp(self.as_of)
        return self.piece(
            "calendar_recurring.html.j2",
            held=[
                (due, each[due.deadline_id], self._period(each[due.deadline_id])) for due in dues(self, rows)
            ],
            day=day,
        )

    def _period(self, row: Cells) -> tuple[pd.Timestamp, pd.Timestamp] | None:
        source = self.sources[row["source_id"]]
        known = not pd.isna(source["period_start"]) and not pd.isna(source["period_end"])
        return (source["period_start"], source["period_end"]) if known else None

    def undated(self) -> Piece:
        """Return how many promises of each document carry no date."""
        return self.piece("calendar_undated.html.j2", rows=tables.undated(self))

    def take_away(self) -> Piece:
        """Return the calendar files and the table of all rows, held in the page as links that save them."""
        return self.piece(
            "calendar_files.html.j2", files=files.calendars(self), rows=files.schedule_csv(self)
        )


def _clause(rows: list[Cells]) -> Cells:
    """Return a deadline as a statement: its quote is the commitment that holds its words."""
    first = rows[0]
    words = Span(first["due_start"], first["due_end"])
    spans = [Span(int(row["start"]), int(row["end"])) for row in rows if not pd.isna(row["start"])]
    holding = next((span for span in spans if span.contains(words)), words)
    kept = ("city_id", "source_id", "due_on", "due_precision", "due_source", "recurrence")
    return {name: first[name] for name in kept} | {
        "row_id": first["deadline_id"],
        "quote_start": holding.start,
        "quote_end": holding.end,
        "value_start": words.start,
        "value_end": words.end,
        "value_text": first["due_text"],
    }
