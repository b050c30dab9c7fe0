"""The city briefing: what one city promises, leaves out, and is known to have reached, section by section.

A notebook calls the sections in turn; each returns a `Piece`, which JupyterLab shows and a
page takes over. All sentences come from the prose files, all figures from the book.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from compare.analysis.coverage import coverage
from compare.analysis.figures import reached
from compare.analysis.panel import operative
from compare.analysis.passages import statements
from compare.briefings.charts import drawing_beside
from compare.briefings.city import agencies, bars, beside, findings, later, promises
from compare.briefings.comparisons import COMPARED, Comparisons
from compare.briefings.material import Cells
from compare.briefings.pieces import Piece
from compare.tables.book import Book
from compare.tables.edition import read_edition
from compare.words.labels import EVERY

# The agencies named at once; the others are folded.
MOST_AGENCIES = 10


@dataclass(frozen=True, eq=False)
class CityBriefing(Comparisons):
    """The sections of one city's page, in their order; `as_of` is the day on which it speaks.

    Raises CompareError for an unknown city or language, or a date that is none.
    """

    book: Book
    city: str
    lang: str = "zh"
    as_of: str = ""
    cities: Sequence[str] | None = field(init=False, default=None)
    notebook = "city_briefing"

    def __post_init__(self) -> None:
        # An unknown city is told once, under the parameter's own name.
        object.__setattr__(self, "cities", [self.city] if self.city in self.book.cities else None)
        self.settle(city=(self.city, self.book.cities))

    @property
    def subject(self) -> str:
        return self.place(self.city)

    @property
    def key(self) -> str:
        return self.city

    @cached_property
    def today(self) -> pd.Timestamp:
        return pd.Timestamp(self.as_of)

    # ── rows ────────────────────────────────────────────────────────────────────

    @cached_property
    def said(self) -> pd.DataFrame:
        return statements(self.book, city=[self.city])

    @cached_property
    def promised(self) -> pd.DataFrame:
        """The targets of the city's documents that count."""
        return operative(self.book.targets[self.book.targets["city_id"] == self.city])

    @cached_property
    def selected(self) -> pd.DataFrame:
        """The targets that the title counts, and that its examples and cautions are drawn from."""
        return findings.selected(self)

    @cached_property
    def whole(self) -> list[str]:
        """The documents that are coded whole: shares and silence can be told of these alone."""
        return [name for name in self.sources if name not in self.partly]

    @cached_property
    def commitments(self) -> pd.DataFrame:
        return promises.with_deadlines(self)

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """The state of every document at hand for every headline indicator."""
        said = coverage(self.book, city=self.city)
        return said[said["source_id"].isin(self.sources)]

    @cached_property
    def absences(self) -> list[tuple[str, str, list[Cells]]]:
        """The headline indicators without a number, by document and state."""
        return promises.absences(self)

    @cached_property
    def places(self) -> list[str]:
        """The places whose results the page shows: the city alone."""
        return [self.city]

    @cached_property
    def led(self) -> pd.DataFrame:
        return agencies.led(self.book, self.commitments)

    @cached_property
    def fact_ids(self) -> list[str]:
        """The city's figures from elsewhere, and those of the places above that it is held against."""
        above = [row["above_row_id"] for row in self.cascade]
        done = reached(self.book, self.city)["row_id"]
        return [*self.figures_from_elsewhere, *done, *(name for name in above if not name.startswith("t-"))]

    # ── words ───────────────────────────────────────────────────────────────────

    @cached_property
    def lacking(self) -> list[Cells]:
        """The documents of the city that are known to exist but not at hand."""
        rows = self.book.sources[self.book.sources["place_id"] == self.city]
        return [cells for cells in rows.to_dict("records") if cells["status"] == "not_obtained"]

    @cached_property
    def mentioned(self) -> set[str]:
        """The statements in words that stand for their indicators where the page says what is left out."""
        rows = [row for _, _, held in self.absences for row in held]
        return {row["figure"]["id"] for row in rows if row["figure"]}

    def back(self, row_id: str) -> str:
        """Return the element that a mark leads back to: a target, a status, or words without a number."""
        row_id = self.restated().get(row_id, row_id)
        return f"v-{row_id}" if row_id.startswith("t-") or row_id in self.mentioned else ""

    # ── sections ────────────────────────────────────────────────────────────────

    def lead(self) -> Piece:
        """Return title, standfirst and the facts of the page."""
        years = self.promised["due_on"].dropna().dt.year
        return self.piece(
            "lead.html.j2",
            title=findings.title(self),
            standfirst=findings.standfirst(self),
            promised=len(self.promised),
            drafted=self.drafted(self.promised),
            unfinished=self.unfinished(self.promised),
            years=(int(years.min()), int(years.max())) if len(years) else None,
            documents=len(self.sources),
            drafts=sum(source["status"] == "draft" for source in self.sources.values()),
            recurring=EVERY[self.lang]["year"] if self.promised["recurrence"].notna().any() else "",
            edition=read_edition(self.book.root)["edition"],
        )

    def promises(self) -> Piece:
        """Return every target that counts, by topic, with the statuses apart."""
        return self.piece(
            "city_promises.html.j2",
            title=findings.fullest(self),
            topics=promises.by_topic(self),
            statuses=promises.statuses(self),
        )

    def silences(self) -> Piece:
        """Return how many headline indicators are quantified, mentioned or left out, and which."""
        columns, rows = promises.state_counts(self)
        return self.piece(
            "city_silences.html.j2",
            columns=columns,
            rows=rows,
            absences=self.absences,
            title=findings.left_out(self),
            total=self.coverage["indicator_id"].nunique(),
            words=promises.in_words(self),
        )

    def instruments(self) -> Piece:
        """Return by which means each document promises, topic by topic, as bars and as a table.

        Nothing where no commitment is coded.
        """
        coded = [source for source in self.sources if source in set(self.commitments["source_id"])]
        if not coded:
            return self.piece("city_means.html.j2", panels=[])
        charts = [bars.chart(self, source) for source in coded]
        same = sum(
            len(rows) - rows["action_zh"].nunique() for _, rows in self.commitments.groupby("source_id")
        )
        piece = self.piece(
            "city_means.html.j2",
            title=findings.by_means(self),
            panels=[
                (source, made, bars.counted(self, source)) for source, made in zip(coded, charts, strict=True)
            ],
            instruments=bars.INSTRUMENTS,
            same=same,
        )
        return self.charted(piece, charts)

    def deadlines(self) -> Piece:
        """Return how many dated commitments have fallen due, by year, and the figures due last or next."""
        ahead, nearest = promises.nearest_due(self)
        return self.piece(
            "city_deadlines.html.j2",
            title=findings.fell_due(self),
            years=promises.by_year(self),
            total=len(self.commitments),
            dated=int(self.commitments["due_on"].notna().sum()),
            recurring=int(self.commitments["recurrence"].notna().sum()),
            ahead=ahead,
            nearest=nearest,
            # Where most targets share one day, the table of promises shows them already.
            few=2 * len(nearest) <= len(self.promised),
        )

    def above(self) -> Piece:
        """Return the city's figures against those of the places above, with gap or share, or why not."""
        alike = [row for row in self.cascade if row["relation"] in COMPARED]
        charts = drawing_beside.charts_above(self, alike)
        piece = self.piece(
            "city_above.html.j2",
            alike=alike,
            others=[row for row in self.cascade if row["relation"] not in COMPARED],
            charts=charts,
            title=self.title_above(alike),
            populations=beside.populations(self),
        )
        return self.charted(piece, charts)

    def attained(self) -> Piece:
        """Return what became of the city's figures: the verdict on each, with every outcome seen."""
        seen, unseen = beside.outcomes(self)
        return self.piece("city_attained.html.j2", title=findings.judged(self), seen=seen, unseen=unseen)

    def editions(self) -> Piece:
        """Return what each document took up of the one before; nothing where the city has one document."""
        return self.piece("city_editions.html.j2", editions=later.all_later(self))

    def agencies(self) -> Piece:
        """Return which agencies lead most commitments, where the documents name them."""
        leads = agencies.leading(self)
        unled = pd.Series([not ids for ids in self.led["agency_ids"]], index=self.led.index, dtype=bool)
        return self.piece(
            "city_agencies.html.j2",
            leads=leads[:MOST_AGENCIES],
            others=leads[MOST_AGENCIES:],
            unled=int(unled.sum()),
            responsible=int((unled & self.led["responsible"]).sum()),
            title=findings.foremost(self, leads),
        )

    def method(self) -> Piece:
        """Return method, the missing documents of the city and the places above, citation and checksums."""
        rows = self.book.sources[self.book.sources["status"] == "not_obtained"]
        missing = rows[rows["place_id"].isin([self.city, *self._ancestors()])].to_dict("records")
        return self.piece("method.html.j2", missing=missing, edition=read_edition(self.book.root))

    def _ancestors(self) -> list[Any]:
        parents = self.book.places.set_index("place_id")["parent_id"]
        names = [parents[self.city]]
        while not pd.isna(names[-1]):
            names.append(parents[names[-1]])
        return names[:-1]
