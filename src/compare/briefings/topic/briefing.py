"""The topic briefing: what cities promise on one topic, section by section.

A notebook calls the sections in turn; each returns a `Piece`, which JupyterLab shows and a
page takes over. All sentences come from the prose files, all figures from the book.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from compare.analysis.bounds import tally
from compare.analysis.coverage import coverage
from compare.analysis.figures import promised, reached
from compare.analysis.grid import EVERY as EVERY_GROUP
from compare.analysis.grid import STATUS, UNDATED, Cell, Row, grid
from compare.analysis.panel import align, nearest_reference, operative, where
from compare.analysis.passages import statements
from compare.analysis.selection import coded_topics, whole_topics
from compare.analysis.topic_coverage import topic_coverage
from compare.briefings.charts import drawing
from compare.briefings.comparisons import Comparisons
from compare.briefings.material import Cells
from compare.briefings.pieces import Piece
from compare.briefings.topic import findings
from compare.tables.book import Book
from compare.tables.edition import read_edition
from compare.words.labels import EVERY
from compare.words.reasons import pairs


@dataclass(frozen=True, eq=False)
class TopicBriefing(Comparisons):
    """The sections of one topic's page, in their order; `as_of` is the day on which it speaks.

    `cities` are those compared, all where none is named. Raises CompareError for an unknown topic, language
    or city, for one named twice, and for a date that is none.
    """

    book: Book
    topic: str
    lang: str = "zh"
    as_of: str = ""
    cities: Sequence[str] | None = None
    notebook = "topic_comparison"

    def __post_init__(self) -> None:
        self.settle(topic=(self.topic, list(self.book.topics["topic_id"])))

    @cached_property
    def said(self) -> pd.DataFrame:
        return statements(self.book, self.topic, self.shown)

    @cached_property
    def fact_ids(self) -> list[str]:
        """The figures from elsewhere on the topic, of every place."""
        frames = [promised(self.book, topic=self.topic), reached(self.book, topic=self.topic)]
        rows = pd.concat(frames, ignore_index=True)
        return list(rows.loc[rows["origin"] == "elsewhere", "row_id"])

    @property
    def subject(self) -> str:
        return self.labels.name("topics", self.topic)

    @property
    def key(self) -> str:
        return self.topic

    @property
    def about(self) -> str:
        return self.topic

    @cached_property
    def targets(self) -> pd.DataFrame:
        """All targets and statuses of the topic in the cities compared."""
        rows = self.book.targets
        return rows[(rows["topic_id"] == self.topic) & rows["city_id"].isin(self.shown)]

    @cached_property
    def promised(self) -> pd.DataFrame:
        """The targets that count: whatever the page counts, names or draws is of these."""
        return operative(self.targets)

    def coding(self, source: Cells) -> str:
        """Return how far a document is coded for the topic: complete, in_review, registered (not at all)."""
        if self.topic in whole_topics(source):
            return "complete"
        return "in_review" if self.topic in coded_topics(source) else "registered"

    @cached_property
    def states(self) -> dict[str, Cells]:
        """What each city shown says of the topic as a whole, as `topic_coverage` tells it."""
        rows = topic_coverage(self.book, self.topic, self.shown).to_dict("records")
        sources = self.book.commitments.set_index("commitment_id")["source_id"]
        for row in rows:
            first = str(row["evidence_ids"]).partition(";")[0]
            # Words lead to the full text; figures stand on the page itself.
            row["link"] = self.full_text(first, sources[first]) if first in sources else ""
        return {row["city_id"]: row for row in rows}

    @cached_property
    def grid(self) -> list[Row]:
        return grid(self.book, self.topic, self.shown)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Every graded pair of two cities' targets, over all indicators of the topic."""
        names = where(self.book.indicators, topic=self.topic)["indicator_id"]
        return pd.concat([pairs(self.book, name, self.shown) for name in names], ignore_index=True)

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """The state of every document at hand for every indicator of the topic."""
        said = coverage(self.book, self.topic, self.shown, headline=False)
        return said[said["source_id"].isin(self.sources)]

    @cached_property
    def places_in_table(self) -> dict[str, tuple[str, str]]:
        """Where in the table each statement stands, by the row and group that carry its anchor.

        That is the row of its own year, else the first in which it is shown.
        """
        found: dict[str, tuple[str, str]] = {}
        for row in self.grid:
            for cell in row.cells:
                for row_id in cell.row_ids[:1] if cell.state == "unquantified" else cell.row_ids:
                    place = (row.group, row.indicator_id)
                    found[row_id] = place if cell.state == "quantified" else found.get(row_id, place)
        return found

    def back(self, row_id: str) -> str:
        """Return the statement of the table that a mark leads back to, empty where the table has none."""
        shown = row_id if row_id in self.places_in_table else self.restated().get(row_id, row_id)
        return f"v-{shown}" if shown in self.places_in_table else ""

    def lacking(self, city: str, group: str) -> str:
        """Return the title of a document of that year known to exist but not at hand, else empty."""
        if not group.isdigit():
            return ""
        rows = self.book.sources[
            (self.book.sources["place_id"] == city) & (self.book.sources["status"] == "not_obtained")
        ]
        rows = rows[(rows["period_start"].dt.year <= int(group)) & (int(group) <= rows["period_end"].dt.year)]
        return "" if rows.empty else str(rows[f"title_{self.lang}"].iloc[0])

    def group_name(self, group: str) -> str:
        """Return the words for a due group of the table."""
        if group == STATUS:
            return self.words("group.status")
        if group == UNDATED:
            return self.words("group.undated")
        if group.startswith(EVERY_GROUP):
            return EVERY[self.lang][group.removeprefix(EVERY_GROUP)].capitalize()
        return self.words("group.year", year=group)

    def cell_state(self, group: str, cell: Cell) -> str:
        """Return the words for a cell without a figure of its own: a figure elsewhere, or which absence."""
        if cell.state != "other_year":
            return self.labels.state(cell.state)
        if group == STATUS:
            return self.words("cell.target")
        return self.words("cell.recurs") if self.recurs(cell.row_ids[0]) else self.labels.state(cell.state)

    def recurs(self, row_id: str) -> bool:
        """Return whether a statement is of every year, quarter or month and so due in none."""
        cells = self.rows[row_id]
        return bool(pd.isna(cells["due_on"]) and not pd.isna(cells["recurrence"]))

    def indicators(self) -> dict[str, Cells]:
        rows = self.book.indicators[self.book.indicators["topic_id"] == self.topic]
        return {cells["indicator_id"]: cells for cells in rows.to_dict("records")}

    def lead(self) -> Piece:
        """Return title, standfirst and the facts of the page."""
        promised = self.promised
        years = promised["due_on"].dropna().dt.year
        drafts = sum(source["status"] == "draft" for source in self.sources.values())
        return self.piece(
            "lead.html.j2",
            title=findings.title(self),
            standfirst=findings.standfirst(self),
            promised=len(promised),
            drafted=self.drafted(promised),
            unfinished=self.unfinished(promised),
            years=(int(years.min()), int(years.max())) if len(years) else None,
            documents=len(self.sources),
            drafts=drafts,
            recurring=EVERY[self.lang]["year"] if promised["recurrence"].notna().any() else "",
            edition=read_edition(self.book.root)["edition"],
        )

    def comparability(self) -> Piece:
        """Return what can and cannot be compared, pair by pair, with the reasons."""

        return self.piece("comparability.html.j2", groups=findings.grouped_pairs(self))

    def values(self) -> Piece:
        """Return values against due dates, one panel per indicator that two cities put a number to."""
        head = "" if self.panels else self.words("values.none")
        like = (self.pairs["grade"] == "like").any()
        section = "values.title.none" if not self.panels else "values.title.like" if like else "values.title"
        differs = findings.differences(self, self.pairs)
        piece = self.piece(
            "values.html.j2", title=self.words(section, differences=differs), panels=self.panels
        )
        return self.charted(piece, self.panels, head)

    @cached_property
    def panels(self) -> list[drawing.Chart]:
        """The charts of indicators that two cities put a number to: the first figure, where there are any."""
        return drawing.panels(self)

    def timeline(self) -> Piece:
        """Return the timeline of targets from issue to due date."""
        chart = drawing.timeline(self)
        charts = [chart] if chart else []
        number = 2 if self.panels else 1
        return self.charted(self.piece("timeline.html.j2", chart=chart, number=number), charts)

    def table(self) -> Piece:
        """Return the comparison table: a row per indicator and due year, every city in it."""
        groups = [
            (name, [row for row in self.grid if row.group == name])
            for name in dict.fromkeys(row.group for row in self.grid)
        ]
        heads = [
            {
                "id": city,
                "name": self.place(city),
                "population": self._population(city),
                "whole": self.states[city],
                "sources": [
                    (self.labels.source(s), s["status"])
                    for s in self.sources.values()
                    if s["place_id"] == city
                ],
            }
            for city in self.shown
        ]
        counted = tally(self.book, self.topic, self.shown).to_dict("records")
        return self.piece(
            "table.html.j2",
            title=findings.shared_rows(self),
            groups=groups,
            heads=heads,
            indicators=self.indicators(),
            restates=self.restated(),
            tally=[row for row in counted if row["least"]],
            unsure=any(row["least"] != row["most"] for row in counted),
        )

    def _population(self, city: str) -> str:

        fact = nearest_reference(self.book, city, "population", pd.Timestamp("2020-11-01"))
        return "" if fact is None else self.labels.number(fact["value"])

    def per_capita(self) -> Piece:
        """Return the figures that a population makes sense of, per 10,000 residents, marked as derived."""
        names = [name for name, cells in self.indicators().items() if not pd.isna(cells["normaliser"])]
        rows = [
            cells
            for name in names
            for cells in align(self.book, name, self.indicators()[name]["normaliser"], self.shown).to_dict(
                "records"
            )
        ]
        facts = self.book.reference.set_index("fact_id").to_dict("index")
        return self.piece("per_capita.html.j2", rows=rows, facts=facts)

    def searches(self) -> Piece:
        """Return the searches behind every "not mentioned"."""
        silent = [
            (row.indicator_id, cell) for row in self.grid for cell in row.cells if cell.state == "silent"
        ]
        seen = sorted(
            {
                (self.shown.index(cell.city_id), cell.source_id, indicator, cell.hits)
                for indicator, cell in silent
            }
        )
        return self.piece(
            "searches.html.j2",
            rows=[(self.shown[at], *rest) for at, *rest in seen],
            indicators=self.indicators(),
        )
