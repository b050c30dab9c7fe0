"""The topic briefing: what cities promise on one topic, section by section.

A notebook calls the sections in turn; each returns a `Piece`, which JupyterLab shows and a
page takes over. All sentences come from the prose files, all figures from the book.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import escape

from compare.analysis.panel import align, nearest_reference, operative
from compare.briefings import drawing, findings
from compare.briefings.labels import EVERY
from compare.briefings.look import colours
from compare.briefings.material import Material
from compare.briefings.pieces import Piece, render
from compare.briefings.plan import read_edition


@dataclass(frozen=True, eq=False)
class TopicBriefing(Material):
    """The sections of one topic's page, in their order; `as_of` is the day on which it speaks."""

    def piece(self, template: str, **context: Any) -> Piece:
        """Return a section from its template, with what all templates may use."""
        return render(
            template,
            brief=self,
            labels=self.labels,
            say=self.words,
            lang=self.lang,
            colours=colours(self.shown),
            **context,
        )

    def lead(self) -> Piece:
        """Return title, standfirst and the facts of the page."""

        promised = operative(self.targets)
        years = promised["due_on"].dropna().dt.year
        drafts = sum(source["status"] == "draft" for source in self.sources.values())
        return self.piece(
            "lead.html.j2",
            title=findings.title(self),
            standfirst=findings.standfirst(self),
            promised=len(promised),
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
        panels = drawing.panels(self)
        head = "" if panels else self.words("values.none")
        return self._charted(self.piece("values.html.j2", panels=panels), panels, head)

    def timeline(self) -> Piece:
        """Return the timeline of targets from issue to due date."""
        chart = drawing.timeline(self)
        charts = [chart] if chart else []
        return self._charted(self.piece("timeline.html.j2", chart=chart), charts)

    def _charted(self, piece: Piece, charts: list[drawing.Chart], words: str = "") -> Piece:
        """Return a piece with its charts as figures that stand without a page."""
        figures = tuple(chart.plots[0].annotated(self.lang, chart.title) for chart in charts)
        return Piece(piece.html, f"<p>{escape(words)}</p>", figures)

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
                "sources": [
                    (self.labels.source(s), s["status"])
                    for s in self.sources.values()
                    if s["place_id"] == city
                ],
            }
            for city in self.shown
        ]
        return self.piece("table.html.j2", groups=groups, heads=heads, indicators=self.indicators())

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

    def sentences(self) -> Piece:
        """Return the marked passages behind every figure, by city and document."""
        return self.piece("evidence.html.j2", passages=self.evidence.passages, restates=self.restated())

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

    def method(self) -> Piece:
        """Return method, missing documents, citation and checksums."""
        missing = self.book.sources[(self.book.sources["status"] == "not_obtained")]
        return self.piece(
            "method.html.j2", missing=missing.to_dict("records"), edition=read_edition(self.book.root)
        )
