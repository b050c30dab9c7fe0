"""The cities' figures beside those of the places above: what compares, and what does not and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from compare.sections.contradicted import contradicted
from compare.sections.gaps import charts
from compare.sections.section import Fold, Items, Paragraph, Part, Row, Section, Table
from compare.sections.shown import Figure, by_row, place, stated, value
from compare.sections.stances import COMPARED, both, cautioned, heading, stances
from compare.sections.tables import cell, heads, table
from compare.words.messages import Messages, messages
from compare.words.named import Cells, records
from compare.words.text import Run, Said, Text, text

COLUMNS = ("city", "value", "above", "gap", "beside")
Known = Mapping[str, Figure]
Inside = Callable[[Sequence[Cells], Sequence[Cells], Known], Iterator[Any]]


def above(
    cascade: pd.DataFrame, figures: pd.DataFrame, contradictions: pd.DataFrame, lang: str = "zh",
    name: str = "cascade",
) -> Section:  # fmt: skip
    """Return figures beside those above, with gap or share, the others by figure, each with its reason.

    `cascade`, `figures` and `contradictions` are the frames of the door that bear these names; a pair whose
    two figures are not both among `figures` is left out. `name` is what its files to take away are called.
    """
    said = messages(lang)

    def inside(alike: Sequence[Cells], others: Sequence[Cells], known: Known) -> Iterator[Any]:
        if alike:
            yield _table(alike, known, said, lang)
        if others:
            yield _apart(others, known, said, lang, not alike)

    return compared(cascade, figures, contradictions, said, lang, name, inside)


def compared(
    cascade: pd.DataFrame, figures: pd.DataFrame, contradictions: pd.DataFrame, said: Messages, lang: str,
    name: str, inside: Inside,
) -> Section:  # fmt: skip
    """Return figures beside those above: as charts, then what `inside` makes of the pairs that compare and of
    the others, then what contradicts itself."""
    known = by_row(figures)
    if not known:
        return Section("above", (), lang=lang)
    rows = pairs(cascade, known)
    alike = [row for row in rows if row["relation"] in COMPARED]
    others = [row for row in rows if row["relation"] not in COMPARED]
    drawn = charts(alike, cascade, figures, lang, name)
    blocks = (
        *([Part(drawn, "panels")] if drawn else []), *inside(alike, others, known),
        *contradicted(contradictions, rows, known, lang),
    )  # fmt: skip
    title = cautioned(heading(stances(alike), said, lang), both(alike, known), said, lang)
    head = (text(title), said.text("above.kicker"), said.text("above.deck"))
    return Section("above", *head, blocks, "figure", lang)


def pairs(cascade: pd.DataFrame, known: Mapping[str, Figure]) -> list[Cells]:
    """Return the rows of a cascade both of whose figures are known; a missing cell is None."""
    return [row for row in records(cascade) if row["row_id"] in known and row["above_row_id"] in known]


def _table(alike: Sequence[Cells], known: Known, said: Messages, lang: str) -> Table:
    head = heads(said.say(f"above.column.{one}") for one in COLUMNS)
    return table(head, [_row(row, known, said, lang) for row in alike], "plain above")


def _row(row: Cells, known: Known, said: Messages, lang: str) -> Row:
    here, over = known[row["row_id"]], known[row["above_row_id"]]
    whose = over[f"place_{lang}"] if row["relation"] == "like" else said.say("above.assigned")
    item, new = Run(here[f"item_{lang}"], "quiet"), Run("", "break")
    cells = (
        cell(place(here, lang)),
        cell(text(item, new, stated(here, lang, said))),
        cell(text(whose, new, value(over, lang), " ", Run(over[f"due_{lang}"], "quiet"))),
        cell(Paragraph(text(row[f"gap_{lang}"])), look="derived"),
        cell(row[f"beside_{lang}"], look="quiet"),
    )
    return Row(cells, anchor=f"a-{row['row_id']}-{row['above_row_id']}")


def _apart(others: Sequence[Cells], known: Known, said: Messages, lang: str, is_open: bool) -> Fold:
    """Return the pairs that do not compare, figure by figure."""
    groups: dict[str, list[Cells]] = {}
    for row in others:
        groups.setdefault(row["row_id"], []).append(row)
    blocks = []
    for name, rows in groups.items():
        figure, apart = known[name], tuple(_beside(row, known, said, lang) for row in rows)
        head = Paragraph(_named(figure, place(figure, lang), lang) + stated(figure, lang, said))
        blocks.append(Part((head, Items(apart)), "apart-one"))
    return Fold(said.text("above.apart", count=len(others)), tuple(blocks), "apart-list", is_open)


def _named(figure: Figure, whose: Said, lang: str) -> Text:
    return text(whose, " ", Run(figure[f"item_{lang}"], "name"), " ")


def _beside(row: Cells, known: Known, said: Messages, lang: str) -> Text:
    over, because = known[row["above_row_id"]], said.say("above.because", reason=row[f"reason_{lang}"])
    due = Run(over[f"due_{lang}"], "quiet")
    return _named(over, over[f"place_{lang}"], lang) + text(value(over, lang), " ", due, because)
