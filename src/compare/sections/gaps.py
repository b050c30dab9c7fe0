"""Charts of figures beside those above: rates as gaps, totals as shares beside the population's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from compare.charts.gaps import gaps, shares
from compare.sections.drawn import PANEL_WIDTHS, drawings
from compare.sections.section import Cell, Chart, Group, Row, Table
from compare.sections.shown import Figure, by_row, listed, place, take, value
from compare.sections.stances import STANCES, both, cautioned, parts
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import Cells
from compare.words.text import Run, Text, plain, text

# The numbers that a chart sets beside each other, by its kind.
SIDES = {"rates": ("value", "above_value"), "shares": ("share", "population_share")}


def charts(
    alike: Sequence[Cells], cascade: pd.DataFrame, figures: pd.DataFrame, lang: str, name: str
) -> tuple[Chart, ...]:
    """Return a chart of rates beside those above and one of shares beside the population's.

    Each only where it has two rows; `alike` are the records of `cascade` that compare, `name` what the
    files to take away are called.
    """
    rates = [row for row in alike if row["gap"] is not None and row["unit_id"] == "percent"]
    shares = [row for row in alike if row["population_share"] is not None]
    return tuple(
        _chart(kind, rows, cascade, figures, lang, name)
        for kind, rows in (("rates", rates), ("shares", shares))
        if len(rows) > 1
    )


def _chart(
    kind: str, rows: Sequence[Cells], cascade: pd.DataFrame, frame: pd.DataFrame, lang: str, name: str
) -> Chart:
    said, known = messages(lang), by_row(frame)
    draw = {"rates": gaps, "shares": shares}[kind]
    counts = _counts(rows, *SIDES[kind])
    told = [_words(kind, row, said, lang) for row in rows]
    named = [
        f"{row[f'place_{lang}']} {_shown(kind, row, known, lang).text} {words}"
        for row, words in zip(rows, told, strict=True)
    ]
    figures = both(rows, known)
    apart = {row["row_id"]: row[f"gap_{lang}"] for row in rows}
    return Chart(
        text(cautioned(_title(kind, counts, said, lang), figures, said, lang)),
        text(said.say(f"above.{kind}.deck")),
        said.say(f"above.{kind}.alt", figures=Labels(None, lang).all_of(named)),
        drawings(lambda width: draw(cascade, frame, lang, width, title=""), PANEL_WIDTHS),
        _twin(kind, rows, told, known, lang),
        take(f"{name}-above-{kind}", figures, said, lang, apart),
    )


def _counts(rows: Sequence[Cells], here: str, over: str) -> dict[str, int]:
    """Return how many numbers are larger than, equal to and smaller than those they stand beside."""
    found = Counter((row[here] < row[over]) - (row[here] > row[over]) for row in rows)
    return dict(zip(STANCES, (found[-1], found[0], found[1]), strict=True))


def _title(kind: str, counts: Mapping[str, int], said: Messages, lang: str) -> str:
    every = sum(counts.values())
    if kind == "shares":
        extent = {0: ".none", every: ".all"}.get(counts["higher"], "")
        return said.say(f"above.shares.title{extent}", all=every, higher=counts["higher"])
    found = [name for name in STANCES if counts[name]]
    if len(found) == 1:
        return said.say(f"above.rates.all.{found[0]}", all=every)
    return said.say("above.rates.title", all=every, stances=parts(counts, said, lang))


def _words(kind: str, row: Cells, said: Messages, lang: str) -> str:
    """Return what stands beside a value: its item and year, and in a chart of rates the one above."""
    over = {"place": row[f"above_place_{lang}"], "above": row[f"above_value_{lang}"]}
    beside = said.say("above.beside", **over) if kind == "rates" else ""
    year = said.say("axis.year", year=row["due_on"].year)
    draft = said.say("mark.draft") if row["status"] == "draft" else ""
    return plain(listed(lang, [row[f"item_{lang}"], year, beside, draft]))


def _shown(kind: str, row: Cells, known: Mapping[str, Figure], lang: str) -> Run:
    """Return the value as it is drawn: as stated, or the share worked out of it."""
    if kind == "rates":
        return replace(value(known[row["row_id"]], lang), look="bare")
    return Run(Labels(None, lang).share(row["share"]), "made", row=row["row_id"])


def _twin(
    kind: str, rows: Sequence[Cells], told: Sequence[str], known: Mapping[str, Figure], lang: str
) -> Table:
    said = messages(lang)

    def line(row: Cells, words: str) -> tuple[Text | str, ...]:
        over = known[row["above_row_id"]]
        above = text(over[f"place_{lang}"], " ", replace(value(over, lang), look="bare"))
        return (
            said.say("axis.year", year=row["due_on"].year),
            text(place(known[row["row_id"]], lang)),
            text(_shown(kind, row, known, lang)),
            words,
            above,
            row[f"gap_{lang}"],
        )

    lines = [line(row, words) for row, words in zip(rows, told, strict=True)]
    held = tuple(Row(tuple(Cell((text(one),)) for one in cells)) for cells in lines)
    return Table((), (Group(held),), "")
