"""The sections that every briefing has: the sentences, the figures from elsewhere, the method."""

from __future__ import annotations

from functools import partial
from typing import Any

from markupsafe import escape

from compare.analysis.figures import suspects
from compare.briefings.charts import drawing
from compare.briefings.exports import export
from compare.briefings.material import Material
from compare.briefings.pieces import Piece, render
from compare.charts.look import colours
from compare.tables.edition import read_edition


class Sections(Material):
    """A briefing's material with the sections that do not depend on what it is about."""

    def piece(self, template: str, **context: Any) -> Piece:
        """Return a section from its template, with what all templates may use."""
        return render(
            template,
            brief=self,
            labels=self.labels,
            say=self.words,
            lang=self.lang,
            colours=colours(self.shown),
            export=partial(export, self),
            **context,
        )

    def charted(self, piece: Piece, charts: list[drawing.Chart], words: str = "") -> Piece:
        """Return a piece with its charts as figures that stand without a page."""
        figures = tuple(chart.plots[0].annotated(self.lang, chart.title) for chart in charts)
        return Piece(piece.html, f"<p>{escape(words)}</p>", figures)

    def sentences(self) -> Piece:
        """Return the marked passages behind every figure, by city and document."""
        return self.piece("evidence.html.j2", passages=self.evidence.passages, restates=self.restated())

    def elsewhere(self) -> Piece:
        """Return the figures from elsewhere with title, publisher, confidence and doubts, suspects apart."""
        facts = self.stated
        rows = [
            (self.figure(name), facts[name], [facts[other] for other in _listed(cells["also"])])
            for name, cells in self.facts.items()
        ]
        topics = {cells["topic_id"] for cells in self.facts.values()}
        apart = [cells for cells in suspects(self.book).to_dict("records") if cells["topic_id"] in topics]
        return self.piece("elsewhere.html.j2", rows=rows, apart=apart)

    def method(self) -> Piece:
        """Return method, missing documents, citation and checksums."""
        missing = self.book.sources[(self.book.sources["status"] == "not_obtained")]
        return self.piece(
            "method.html.j2", missing=missing.to_dict("records"), edition=read_edition(self.book.root)
        )


def _listed(ids: Any) -> list[str]:
    return ids.split(";") if isinstance(ids, str) else []
