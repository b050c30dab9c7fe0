"""The cascade briefing: what cities promise beside what the levels above ask, over all topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from compare.analysis.cascade import goals_above
from compare.analysis.figures import reached
from compare.analysis.passages import statements
from compare.briefings.comparisons import COMPARED, Comparisons
from compare.briefings.material import Cells
from compare.briefings.pieces import Piece
from compare.tables.book import Book
from compare.tables.edition import read_edition


@dataclass(frozen=True, eq=False)
class CascadeBriefing(Comparisons):
    """The sections of the page that holds cities against the province and the nation, and against outcomes.

    `cities` are those compared, all where none is named. Raises CompareError for an unknown language or
    city, for one named twice, and for a date that is none.
    """

    book: Book
    lang: str = "zh"
    as_of: str = ""
    cities: Sequence[str] | None = None
    notebook = "cascade"

    def __post_init__(self) -> None:
        self.settle()

    @property
    def subject(self) -> str:
        return self.words("subject")

    @property
    def key(self) -> str:
        return "cascade"

    @cached_property
    def said(self) -> pd.DataFrame:
        """The statements that are compared with a figure above, with an outcome, or with other cities'."""
        names = {row["row_id"] for row in self.cascade}
        names |= {
            name for _, rows in self.rankings for row in rows for name in str(row["row_ids"]).split(";")
        }
        names |= {row["row_id"] for row in self.attainment if row["verdict"] not in ("no_figure", "not_due")}
        rows = statements(self.book, city=self.shown)
        return rows[rows["row_id"].isin(names)]

    @cached_property
    def fact_ids(self) -> list[str]:
        done = reached(self.book, self.places)
        return [*self.figures_from_elsewhere, *done["row_id"]]

    def back(self, row_id: str) -> str:
        for row in self.cascade:
            if row["row_id"] == row_id and row["relation"] in COMPARED:
                return f"a-{row_id}-{row['above_row_id']}"
        return ""

    def lead(self) -> Piece:
        """Return title, standfirst and the facts of the page."""
        alike = [row for row in self.cascade if row["relation"] in COMPARED]
        counts = self.stances(alike)
        ahead = [row for row in alike if row["relation"] == "like" and row["stance"] == "higher"]
        furthest = max(ahead, key=lambda row: abs(row["gap"]), default=None)
        unstated = furthest and self.unstated(furthest["row_id"], furthest["above_row_id"])
        return self.piece(
            "cascade_lead.html.j2",
            title=self.titled(self._title(alike, counts)),
            counts=counts,
            unstated=self.words("lead.unstated") if unstated else "",
            furthest=furthest,
            apart=len({row["row_id"] for row in self.cascade} - {row["row_id"] for row in alike}),
            above=len({row["above_row_id"] for row in self.cascade}),
            edition=read_edition(self.book.root)["edition"],
        )

    def _title(self, alike: list[Cells], counts: dict[str, Any]) -> str:
        """Return the finding that heads the page, naming the city where only one compares one to one."""
        if not counts["gaps"]:
            return self.words("above.none")
        like = [row for row in alike if row["relation"] == "like" and not pd.isna(row["gap"])]
        cities = {row["place_id"] for row in like}
        stances = self.parts(counts)
        if len(cities) == 1:
            title = self.words("lead.title.alone", city=self.place(cities.pop()), stances=stances)
        else:
            title = self.words("lead.title", all=counts["gaps"], stances=stances)
        return self.cautioned(title, (row[side] for row in like for side in ("row_id", "above_row_id")))

    def untaken(self) -> Piece:
        """Return the goals above that no figure of a city answers, and the parent documents not at hand."""
        goals = [row for row in goals_above(self.book)["row_id"] if row in self.facts]
        cited = self.book.sources[
            (self.book.sources["status"] == "not_obtained")
            & ~self.book.sources["place_id"].isin(self.book.cities)
        ]
        return self.piece("untaken.html.j2", goals=goals, cited=cited.to_dict("records"))
