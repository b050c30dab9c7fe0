"""The finding that leads a topic, as words: what compares there, else whose number stands alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from compare.analysis.findings import apart, compared, narrowed, weightiest
from compare.sections.shown import Figure, by_row, enumerated, place
from compare.sections.topic_words import in_sentence
from compare.words.messages import Messages
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, text

Linked = Callable[[Figure], Run | Text]


@dataclass(frozen=True)
class Finding:
    """The figures that lead a topic: they compare (`compared`), the higher is due later (`later`), do not
    compare (`unlike`), or one city alone has a number (`alone`); `kind` says which."""

    kind: str
    rows: tuple[Figure, ...]

    @property
    def compares(self) -> bool:
        return self.kind in ("compared", "later")


def findings(figures: pd.DataFrame, order: pd.DataFrame) -> list[Finding]:
    """Return what leads some figures of a topic, given what holds between them, the first first."""
    known = by_row(figures)
    for kind, groups in (("compared", compared(order, figures)), ("later", apart(order, figures))):
        if groups:
            return [Finding(kind, tuple(known[row] for row in group)) for group in groups]
    ranked = weightiest(figures)
    if not ranked:
        return []
    first = known[ranked[0]]
    own = [known[row] for row in ranked if known[row]["item_id"] == first["item_id"]]
    own = list({row["place_id"]: row for row in reversed(own)}.values())[::-1]
    return [Finding("unlike" if len(own) > 1 else "alone", tuple(own))]


def finding(figures: pd.DataFrame, order: pd.DataFrame) -> Finding | None:
    """Return the finding that leads a topic, None where no figure counts."""
    return next(iter(findings(figures, order)), None)


def told(found: Finding, said: Messages, lang: str, linked: Linked) -> Text:
    """Return a finding as a sentence without its stop; `linked` makes a value a run."""
    first = found.rows[0]
    values = {"indicator": named(first, said, lang, found.kind == "alone"), "due": first[f"due_{lang}"]}
    if found.kind == "compared":
        same = [list(rows) for _, rows in groupby(found.rows, lambda row: row[f"value_{lang}"])]
        parts = [_together(rows, said, lang, linked) for rows in same]
        return said.text("finding.compared", figures=joined(parts, signs(lang).comma), **values)
    if found.kind == "alone":
        return said.text(
            "finding.alone", city=place(first, lang), value=_valued(first, said, lang, linked), **values
        )
    parts = [
        said.text(
            "finding.one",
            city=place(row, lang),
            value=_valued(row, said, lang, linked),
            due=row[f"due_{lang}"],
        )
        for row in found.rows
    ]
    return said.text(f"finding.{found.kind}", figures=joined(parts, signs(lang).comma), **values)


def plainly(figure: Figure, lang: str) -> Run:
    """Return a value as words alone."""
    return Run(figure[f"value_{lang}"], "strong")


def rest(cities: Sequence[Figure], figures: pd.DataFrame, found: Finding, said: Messages, lang: str) -> str:
    """Return what the cities outside a finding do: number other things, or promise in words only."""
    inside = {row["place_id"] for row in found.rows}
    numbered = set(figures.loc[(figures["kind"] == "target") & figures["operative"].astype(bool), "place_id"])
    others = [row[f"place_{lang}"] for row in cities if row["city_id"] in numbered - inside]
    words = [
        row[f"place_{lang}"] for row in cities
        if row["city_id"] not in numbered | inside and row["state"] == "unquantified"
    ]  # fmt: skip
    own = signs(lang)
    parts = [
        said.say(f"finding.rest.{name}", cities=own.all_of(held))
        for name, held in (("others", others), ("words", words))
        if held
    ]
    return "".join(own.semicolon + one for one in parts)


def named(figure: Figure, said: Messages, lang: str, inside: bool = False) -> str:
    """Return what is counted, as new where it is; `inside` a sentence an English name begins small."""
    name, new = figure[f"item_{lang}"], figure["basis"] == "flow" and figure["act"] in ("build", "open")
    name = in_sentence(name) if signs(lang).foreign and (new or inside) else name
    name = said.say("finding.new", indicator=name) if new else name
    part = figure[f"scope_{lang}"] if narrowed(figure) else ""
    return said.say("finding.of", indicator=name, scope=part) if part else name


def _together(rows: Sequence[Figure], said: Messages, lang: str, linked: Linked) -> Text:
    cities = enumerated([text(place(row, lang)) for row in rows], lang)
    if len(rows) == 1:
        return said.text("finding.figure", cities=cities, value=_valued(rows[0], said, lang, linked))
    # Each city's own figure keeps its own link.
    each = [
        said.text("finding.figure", cities=text(place(row, lang)), value=_valued(row, said, lang, linked))
        for row in rows
    ]
    first = linked(rows[0])
    same = isinstance(first, Run) and first.look == "strong"
    shared = said.text("finding.each", cities=cities, value=_valued(rows[0], said, lang, linked))
    return shared if same else joined(each, signs(lang).comma)


def _valued(row: Figure, said: Messages, lang: str, linked: Linked) -> Text:
    if row["status"] != "draft":
        return text(linked(row))
    return text(linked(row), signs(lang).space, said.say("finding.draft"))
