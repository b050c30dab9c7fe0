"""The cities' figures beside those of the places above: what compares, and what does not and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from compare.sections.contradicted import contradicted
from compare.sections.gaps import charts
from compare.sections.section import Cell, Fold, Group, Items, Paragraph, Part, Row, Section, Table
from compare.sections.shown import Figure, by_row, place, stated, value
from compare.sections.stances import COMPARED, both, cautioned, heading, stances
from compare.words.messages import Messages, messages
from compare.words.named import Cells, records
from compare.words.text import Run, Text, text

COLUMNS = ("city", "value", "above", "gap", "beside")


def above(
    cascade: pd.DataFrame,
    figures: pd.DataFrame,
    contradictions: pd.DataFrame,
    lang: str = "zh",
    name: str = "cascade",
) -> Section:
    """Return figures beside those above, with gap or share, the others by figure, each with its reason.

    `cascade`, `figures` and `contradictions` are the frames of the door that bear these names; a pair whose
    two figures are not both among `figures` is left out. `name` is what its files to take away are called.
    """
    said, known = messages(lang), by_row(figures)
    rows = pairs(cascade, known)
    alike = [row for row in rows if row["relation"] in COMPARED]
    others = [row for row in rows if row["relation"] not in COMPARED]
    drawn = charts(alike, cascade, figures, lang, name)
    blocks = (
        Part(drawn, "panels") if drawn else None,
        _table(alike, known, said, lang) if alike else None,
        _apart(others, known, said, lang, not alike) if others else None,
        *contradicted(contradictions, rows, known, lang),
    )
    return Section(
        "above",
        text(cautioned(heading(stances(alike), said, lang), both(alike, known), said, lang)),
        text(said.say("above.kicker")),
        text(said.say("above.deck")),
        tuple(block for block in blocks if block),
        "figure",
        lang,
    )


def pairs(cascade: pd.DataFrame, known: Mapping[str, Figure]) -> list[Cells]:
    """Return the rows of a cascade both of whose figures are known; a missing cell is None."""
    return [row for row in records(cascade) if row["row_id"] in known and row["above_row_id"] in known]


def _table(alike: Sequence[Cells], known: Mapping[str, Figure], said: Messages, lang: str) -> Table:
    head = Row(tuple(Cell((text(said.say(f"above.column.{one}")),), head=True) for one in COLUMNS))
    rows = tuple(_row(row, known, said, lang) for row in alike)
    return Table((head,), (Group(rows),), "plain above")


def _row(row: Cells, known: Mapping[str, Figure], said: Messages, lang: str) -> Row:
    here, over = known[row["row_id"]], known[row["above_row_id"]]
    whose = over[f"place_{lang}"] if row["relation"] == "like" else said.say("above.assigned")
    item, line = Run(here[f"item_{lang}"], "quiet"), Run("", "break")
    cells = (
        Cell((text(place(here, lang)),)),
        Cell((text(item, line, stated(here, lang, said)),)),
        Cell((text(whose, line, value(over, lang), " ", Run(over[f"due_{lang}"], "quiet")),)),
        Cell((Paragraph(text(row[f"gap_{lang}"])),), "derived"),
        Cell((text(row[f"beside_{lang}"]),), "quiet"),
    )
    return Row(cells, anchor=f"a-{row['row_id']}-{row['above_row_id']}")


def _apart(
    others: Sequence[Cells], known: Mapping[str, Figure], said: Messages, lang: str, is_open: bool
) -> Fold:
    """Return the pairs that do not compare, figure by figure."""
    groups: dict[str, list[Cells]] = {}
    for row in others:
        groups.setdefault(row["row_id"], []).append(row)
    blocks = tuple(
        Part(
            (
                Paragraph(_named(known[name], lang) + stated(known[name], lang, said)),
                Items(tuple(_beside(row, known, said, lang) for row in rows)),
            ),
            "apart-one",
        )
        for name, rows in groups.items()
    )
    return Fold(text(said.say("above.apart", count=len(others))), blocks, "apart-list", is_open)


def _named(figure: Figure, lang: str) -> Text:
    return text(place(figure, lang), " ", Run(figure[f"item_{lang}"], "name"), " ")


def _beside(row: Cells, known: Mapping[str, Figure], said: Messages, lang: str) -> Text:
    over = known[row["above_row_id"]]
    named = text(over[f"place_{lang}"], " ", Run(over[f"item_{lang}"], "name"), " ")
    because = said.say("above.because", reason=row[f"reason_{lang}"])
    return named + text(value(over, lang), " ", Run(over[f"due_{lang}"], "quiet"), because)
