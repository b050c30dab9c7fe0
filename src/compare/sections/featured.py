"""The first screen of the front page: the featured topics, each city's figures, what compares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from compare.analysis.findings import weightiest
from compare.analysis.ranks import AS_STATED
from compare.sections.findings import Finding, findings, named, told
from compare.sections.section import Cell, Group, Paragraph, Part, Row, Section, Table
from compare.sections.shown import Figure, by_row, listed, place, shape, tags
from compare.sections.stances import cautioned
from compare.sections.tables import cell, line
from compare.sections.topic_words import in_sentence
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, text

# How many cities have a column; the others stand on the pages of the topics.
COLUMNS = 6
# How many figures a cell holds, the first of them large.
FIGURES = 2
# How many findings are told of a topic.
FINDINGS = 2
PER = 10_000


def featured(
    figures: pd.DataFrame, order: pd.DataFrame, cities: pd.DataFrame, reference: pd.DataFrame,
    pages: Mapping[str, str] | None = None, lang: str = "zh",
) -> Section:  # fmt: skip
    """Return a matrix of topics by city: the figures that count, or the absence in words, and what compares.

    `figures`, `order` and `reference` are the frames of the door, `cities` those of `cp.cities` for each
    topic, one after another in the order of the rows; `pages` names the page of a topic, where
    its figures lead, and of a document, where its words do. A topic of which nothing is known has no row.
    """
    said, at = messages(lang), pages or {}
    topics = [
        Topic(figures[figures["topic_id"] == name], order, held, reference, str(name), at, said, lang)
        for name, held in cities.groupby("topic_id", sort=False)
    ]  # fmt: skip
    if not topics:
        return Section("featured", (), lang=lang)
    places = list(cities.drop_duplicates("city_id").to_dict("records"))
    shown, others = places[:COLUMNS], len(places) - COLUMNS
    rows = [row for topic in topics for row in topic.rows([one["city_id"] for one in shown])]
    table = Table(
        (_head(shown, said, lang),), (Group(tuple(rows)),), "featured", said.say("featured.caption")
    )
    blocks = [Paragraph(_sentences(topics, said, lang), "standfirst"), Part((table,), "featured-table")]
    if others > 0:
        blocks.append(Paragraph(said.text("featured.others", count=others), "note"))
    return Section("featured", text(_title(topics, said, lang)), blocks=tuple(blocks), look="lead", lang=lang)


@dataclass(frozen=True, eq=False)
class Topic:
    """One topic with the frames that it is told from."""

    figures: pd.DataFrame
    order: pd.DataFrame
    cities: pd.DataFrame
    reference: pd.DataFrame
    topic: str
    pages: Mapping[str, str]
    said: Messages
    lang: str

    @property
    def page(self) -> str:
        return self.pages.get(self.topic, "")

    @cached_property
    def findings(self) -> list[Finding]:
        return findings(self.figures, self.order)[:FINDINGS]

    @property
    def found(self) -> Finding | None:
        return next(iter(self.findings), None)

    @property
    def sign(self) -> str:
        """The sign of what compares: the same, at least as much, or nothing."""
        if self.found is None or not self.found.compares:
            return "≠"
        return "=" if len({row[f"value_{self.lang}"] for row in self.found.rows}) == 1 else "≥"

    def link(self, row: Figure) -> Run:
        """Return a value that leads to its sentence on the page of the topic."""
        look = "v out" if row["kind"] == "elsewhere" else "v"
        words = row[f"value_{self.lang}"]
        return Run(words, look, to=f"{self.page}#{row['row_id']}") if self.page else Run(words, "strong")

    def sentence(self, found: Finding) -> Text:
        """Return a finding with its links, and what of it is unsure."""
        said = told(found, self.said, self.lang, self.link)
        doubts = cautioned("", found.rows, self.said, self.lang)
        return text(said, signs(self.lang).space if doubts else "", doubts)

    def rows(self, places: Sequence[str]) -> list[Row]:
        """Return the row of the topic's figures, and below it the row that says what compares."""
        known = {row["city_id"]: row for row in records(self.cities)}
        name = next(iter(known.values()))[f"topic_{self.lang}"]
        head = cell(Run(name, "", to=self.page) if self.page else name, head=True)
        cells = [self._cell(known[one]) for one in places]
        below = cell(self.said.say("featured.compares"), head=True, look="quiet")
        what = Cell((text(Run(self.sign, "compares"), " ", self._compares()),), columns=len(places))
        return [Row((head, *cells)), Row((below, what), "below")]

    def _cell(self, city: Figure) -> Cell:
        """Return a city's figures, the one that compares first and large, or what stands in their place."""
        own = self._own(city["city_id"])
        if not own:
            glyph = Run("", f"glyph g-{city['state']}")
            said = Run(city[f"said_{self.lang}"], "", to=self._words(city))
            return cell(text(glyph, said), look=f"none {city['state']}", label=city[f"place_{self.lang}"])
        first, *more = own
        lines = [
            line(self.link(first), self._draft(first), look="big"),
            line(shape(first), listed(self.lang, [self._item(first), first[f"due_{self.lang}"]])),
            *(self._small(row) for row in more[: FIGURES - 1]),
        ]  # fmt: skip
        if len(more) >= FIGURES:
            left = len(more) - FIGURES + 1
            form = "featured.more.one" if signs(self.lang).form(left) == "one" else "featured.more"
            count = self.said.say(form, count=left)
            lines.append(line(Run(count, "", to=self.page) if self.page else count))
        return cell(*lines, place=city["city_id"], label=city[f"place_{self.lang}"], look="held")

    def _small(self, row: Figure) -> Paragraph | None:
        due = f" {row[f'due_{self.lang}']}"
        return line(self._item(row), " ", self.link(row), self._draft(row), due)

    def _own(self, city: str) -> list[Figure]:
        """Return a city's figures on the topic, those of the finding first, then by weight."""
        held = self.figures[self.figures["place_id"] == city]
        known = by_row(held)
        leading = [row["row_id"] for row in self.found.rows] if self.found else []
        items = {row["item_id"] for row in self.found.rows} if self.found else set()
        outside = list(held.loc[held["kind"] == "elsewhere"].sort_values("due_on")["row_id"])
        ranked = [*weightiest(held), *outside]
        same = [name for name in ranked if name in known and known[name]["item_id"] in items]
        names = dict.fromkeys([*(one for one in leading if one in known), *same, *ranked])
        return [known[name] for name in names if name in known]

    def _words(self, city: Figure) -> str:
        page = self.pages.get(city["link_source"], "") if city["link"] else ""
        return f"{page}#{city['link']}" if page else ""

    def _item(self, row: Figure) -> str:
        return named(row, self.said, self.lang)

    def _draft(self, row: Figure) -> Text:
        return tags(row, self.lang, self.said)

    def _compares(self) -> Text:
        """Return what compares and who stands where, or that nothing does and why."""
        if self.found is None:
            return self.said.text("featured.absent")
        if self.found.compares:
            own = signs(self.lang)
            each = [joined([self.sentence(one), self._per_head(one)], own.semicolon) for one in self.findings]
            return joined([self.said.text("finding.stop", finding=one) for one in each], own.space)
        firsts = {self._item(row) for one in self.cities["city_id"] for row in self._own(one)[:1]}
        if self.found.kind == "unlike":
            return self.sentence(self.found)
        if len(firsts) < 2:
            return self.said.text("featured.alone")
        return self.said.text("featured.nothing", items=self._listed(firsts))

    def _listed(self, names: Iterable[str]) -> str:
        inside = [in_sentence(name) if signs(self.lang).foreign else name for name in sorted(names)]
        return Labels(None, self.lang).all_of(inside)

    def _per_head(self, found: Finding) -> Text:
        """Return the amounts per 10,000 residents, by one measure for all, derived."""
        ids = {row["row_id"] for row in found.rows}
        held = self.order[self.order["left_id"].isin(ids) & self.order["right_id"].isin(ids)]
        facts = {row["fact_id"]: row for row in records(self.reference)}
        for _, rows in held[held["normaliser"] != AS_STATED].groupby("normaliser", sort=True):
            named = {name for cells in rows["reference_ids"] for name in cells.split(";")}
            by = {facts[name]["place_id"]: facts[name]["value"] for name in sorted(named) if name in facts}
            if {row["place_id"] for row in found.rows} <= set(by):
                return self._divided(found, by)
        return ()

    def _divided(self, found: Finding, by: Mapping[str, float]) -> Text:
        sizes = [(row, _size(row) / by[row["place_id"]] * PER) for row in found.rows]
        parts = [
            self.said.text(
                "finding.per.one", city=place(row, self.lang), value=Run(_figures(size), "derived")
            )
            for row, size in sorted(sizes, key=lambda one: -one[1])
        ]
        return self.said.text("finding.per", figures=joined(parts, signs(self.lang).comma))


def _size(row: Figure) -> float:
    return float(row["value_high"] if row["value_low"] is None else row["value_low"])


def _figures(size: float) -> str:
    return f"{size:.1f}" if size >= 1 else f"{size:.2g}"


def _head(places: Sequence[Figure], said: Messages, lang: str) -> Row:
    heads = [cell(Run(one[f"place_{lang}"], "city", place=one["city_id"]), head=True) for one in places]
    return Row((cell(line(said.say("featured.legend"), look="quiet")), *heads))


def _sentences(topics: Sequence[Topic], said: Messages, lang: str) -> Text:
    """Return the findings of the topics in two sentences: the first, and the others together."""
    held = [sentence for topic in topics if topic.found and (sentence := topic.sentence(topic.found))]
    parts = [held[:1], held[1:]]
    own = signs(lang)
    sentences = [said.text("finding.stop", finding=joined(one, own.semicolon)) for one in parts if one]
    return joined(sentences, own.space)


def _title(topics: Sequence[Topic], said: Messages, lang: str) -> str:
    like = sum(topic.found is not None and topic.found.compares for topic in topics)
    key = (
        "featured.title"
        if 0 < like < len(topics)
        else "featured.title.all"
        if like
        else "featured.title.none"
    )
    labels = Labels(None, lang)
    words = said.say(key, topics=labels.count(len(topics)), like=labels.count(like))
    return words[0].upper() + words[1:]
