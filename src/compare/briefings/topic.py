"""The topic briefing: what cities promise on one topic, section by section.

A notebook calls the sections in turn; each returns a `Piece`, which JupyterLab shows and a
page takes over. All sentences come from the prose files, all figures from the book.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from compare.analysis.coverage import coverage
from compare.analysis.grid import RECURRING, STATUS, Row, grid
from compare.analysis.panel import align, operative, pairs, where
from compare.briefings import drawing
from compare.briefings.evidence import Evidence, gather, statements
from compare.briefings.labels import EVERY, Labels
from compare.briefings.look import GLYPH, colours
from compare.briefings.pieces import Piece, render
from compare.briefings.plan import read_edition
from compare.briefings.prose import Prose, read_prose
from compare.errors import CompareError, Problem, near
from compare.tables.book import Book

NOTEBOOK = "topic_comparison"
Cells = dict[str, Any]


@dataclass(frozen=True, eq=False)
class TopicBriefing:
    """One topic over one book in one language; `as_of` is the day on which it speaks.

    Raises CompareError for an unknown topic, language or city, or a date that is none.
    """

    book: Book
    topic: str
    lang: str = "zh"
    as_of: str = ""
    cities: Sequence[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        known = {
            "topic": list(self.book.topics["topic_id"]),
            "lang": ["zh", "en"],
            "cities": self.book.cities,
        }
        asked = {"topic": [self.topic], "lang": [self.lang], "cities": list(self.cities)}
        problems = [
            Problem(
                "parameters",
                name,
                value,
                " or ".join(near(value, known[name]) or known[name]),
                "correct the parameter",
            )
            for name, values in asked.items()
            for value in values
            if value not in known[name]
        ]
        try:
            datetime.date.fromisoformat(self.as_of)
        except ValueError:
            problems.append(
                Problem("parameters", "as_of", self.as_of, "a date as 2026-11-21", "correct the parameter")
            )
        if problems:
            raise CompareError("The briefing cannot be made with these parameters", problems)

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.book, self.lang)

    @cached_property
    def prose(self) -> Prose:
        return read_prose(self.book.root, NOTEBOOK, self.lang)

    @cached_property
    def shown(self) -> list[str]:
        """The cities compared, in the order of division codes."""
        return [city for city in self.book.cities if city in self.cities or not self.cities]

    @cached_property
    def targets(self) -> pd.DataFrame:
        """All targets and statuses of the topic in the cities compared."""
        rows = self.book.targets
        return rows[(rows["topic_id"] == self.topic) & rows["city_id"].isin(self.shown)]

    @cached_property
    def rows(self) -> dict[str, Cells]:
        """Every statement of the topic by its id."""
        said = statements(self.book, self.topic, self.shown)
        return {cells["row_id"]: cells for cells in said.to_dict("records")}

    @cached_property
    def evidence(self) -> Evidence:
        return gather(self.book, statements(self.book, self.topic, self.shown))

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
    def sources(self) -> dict[str, Cells]:
        rows = self.book.sources[
            self.book.sources["path"].notna() & self.book.sources["place_id"].isin(self.shown)
        ]
        return {cells["source_id"]: cells for cells in rows.to_dict("records")}

    # ── what every section needs ────────────────────────────────────────────

    def figure(self, row_id: str) -> Cells:
        """Return how a statement is shown wherever it stands: value or words, number, basis, due date."""
        cells = self.rows[row_id]
        city = cells["city_id"]
        is_target = row_id.startswith("t-")
        return {
            "id": row_id,
            "number": self.evidence.numbers[row_id],
            "city": city,
            "city_name": self.place(city),
            "value": self.labels.value(cells) if is_target else "",
            "quote": cells["quote"],
            "glyph": GLYPH[cells["basis"]] if is_target else "",
            "basis_key": cells["basis"] if is_target else "",
            "basis": self.labels.basis(cells["basis"]) if is_target else "",
            "due": self.labels.due(cells) if is_target and cells["kind"] == "target" else "",
            "kind": cells["kind"] if is_target else "mention",
            "aspirational": is_target and cells["force"] == "aspirational",
            "denominator": self.term(cells["denominator_zh"]) if is_target else "",
            "draft": self.sources[cells["source_id"]]["status"] == "draft",
            "indicator": self.labels.name("indicators", cells["indicator_id"]),
            "quote_lang": "zh-Hant" if self.sources[cells["source_id"]]["script"] == "Hant" else "zh-Hans",
            "translation": self.translation(row_id),
        }

    def place(self, city: str) -> str:
        return self.labels.name("places", city)

    def term(self, words: Any) -> str:
        """Return a scope or denominator in the language of the page."""
        if pd.isna(words) or self.lang == "zh":
            return "" if pd.isna(words) else str(words)
        return str(self.book.terms.set_index("term_zh")["term_en"][words])

    def translation(self, row_id: str, column: str = "quote_en") -> str:
        """Return the working translation of a statement's quote or note, empty in Chinese."""
        if self.lang == "zh":
            return ""
        words = self.book.translations.set_index("row_id")[column].get(row_id)
        return "" if words is None or pd.isna(words) else str(words)

    def words(self, name: str, **values: object) -> str:
        return self.prose.say(name, **values)

    @cached_property
    def places_in_table(self) -> dict[str, tuple[str, str]]:
        """Where in the table each statement is shown first: the row and group that carry its anchor."""
        found: dict[str, tuple[str, str]] = {}
        for row in self.grid:
            for cell in row.cells:
                for row_id in cell.row_ids if cell.state == "quantified" else cell.row_ids[:1]:
                    found.setdefault(row_id, (row.group, row.indicator_id))
        return found

    def back(self, row_id: str) -> str:
        """Return the statement of the table that a mark leads back to, empty where the table has none."""
        row_id = self._restated().get(row_id, row_id)
        return row_id if row_id in self.places_in_table else ""

    def lacking(self, city: str, group: str) -> str:
        """Return the title of a document of that year known to exist but not at hand, else empty."""
        rows = self.book.sources[
            (self.book.sources["place_id"] == city) & (self.book.sources["status"] == "not_obtained")
        ]
        rows = rows[(rows["period_start"].dt.year <= int(group)) & (int(group) <= rows["period_end"].dt.year)]
        return "" if rows.empty else str(rows[f"title_{self.lang}"].iloc[0])

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

    def day(self) -> str:
        """Return the day on which the page speaks, in words."""
        return self.labels.day(datetime.date.fromisoformat(self.as_of))

    def restatement(self, row_id: str, other_id: str) -> str:
        """Return how a repeated statement differs from the one that counts."""
        here, counts = self.rows[row_id], self.rows[other_id]
        differs = []
        if here["due_on"] != counts["due_on"]:
            differs.append(self.words("evidence.differs.due", due=self.labels.due(here)))
        if here["comparator"] != counts["comparator"]:
            differs.append(self.words("evidence.differs.comparator"))
        if here["basis"] != counts["basis"]:
            differs.append(self.words("evidence.differs.basis", basis=self.labels.basis(here["basis"])))
        said = self.labels.all_of(differs) or self.words("evidence.same")
        return self.words(
            "evidence.restates",
            number=self.evidence.numbers[row_id],
            other=self.evidence.numbers[other_id],
            differences=said,
        )

    # ── sections, in the order of the page ──────────────────────────────────

    def lead(self) -> Piece:
        """Return title, standfirst and the facts of the page."""
        from compare.briefings.findings import standfirst, title

        promised = operative(self.targets)
        years = promised["due_on"].dropna().dt.year
        drafts = sum(source["status"] == "draft" for source in self.sources.values())
        return self.piece(
            "lead.html.j2",
            title=title(self),
            standfirst=standfirst(self),
            promised=len(promised),
            years=(int(years.min()), int(years.max())) if len(years) else None,
            documents=len(self.sources),
            drafts=drafts,
            recurring=EVERY[self.lang]["year"] if promised["recurrence"].notna().any() else "",
            edition=read_edition(self.book.root)["edition"],
        )

    def comparability(self) -> Piece:
        """Return what can and cannot be compared, pair by pair, with the reasons."""
        from compare.briefings.findings import grouped_pairs

        return self.piece("comparability.html.j2", groups=grouped_pairs(self))

    def values(self) -> Piece:
        """Return values against due dates, one panel per indicator that two cities put a number to."""
        return self.piece("values.html.j2", panels=drawing.panels(self))

    def timeline(self) -> Piece:
        """Return the timeline of targets from issue to due date."""
        return self.piece("timeline.html.j2", chart=drawing.timeline(self))

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
        return self.piece("table.html.j2", groups=groups, heads=heads, indicators=self._indicators())

    def _indicators(self) -> dict[str, Cells]:
        rows = self.book.indicators[self.book.indicators["topic_id"] == self.topic]
        return {cells["indicator_id"]: cells for cells in rows.to_dict("records")}

    def _population(self, city: str) -> str:
        from compare.analysis.panel import nearest_reference

        fact = nearest_reference(self.book, city, "population", pd.Timestamp("2020-11-01"))
        return "" if fact is None else self.labels.number(fact["value"])

    def group_name(self, group: str) -> str:
        """Return the words for a due group of the table."""
        if group == STATUS:
            return self.words("group.status")
        if group == RECURRING:
            return EVERY[self.lang]["year"]
        return self.words("group.year", year=group)

    def per_capita(self) -> Piece:
        """Return the figures that a population makes sense of, per 10,000 residents, marked as derived."""
        names = [name for name, cells in self._indicators().items() if not pd.isna(cells["normaliser"])]
        rows = [
            cells
            for name in names
            for cells in align(self.book, name, self._indicators()[name]["normaliser"], self.shown).to_dict(
                "records"
            )
        ]
        facts = self.book.reference.set_index("fact_id").to_dict("index")
        return self.piece("per_capita.html.j2", rows=rows, facts=facts)

    def sentences(self) -> Piece:
        """Return the marked passages behind every figure, by city and document."""
        return self.piece("evidence.html.j2", passages=self.evidence.passages, restates=self._restated())

    def _restated(self) -> dict[str, str]:
        column = self.targets.set_index("target_id")["restates_target_id"].dropna()
        return {str(key): str(value) for key, value in column.items()}

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
            indicators=self._indicators(),
        )

    def method(self) -> Piece:
        """Return method, missing documents, citation and checksums."""
        missing = self.book.sources[(self.book.sources["status"] == "not_obtained")]
        return self.piece(
            "method.html.j2", missing=missing.to_dict("records"), edition=read_edition(self.book.root)
        )
