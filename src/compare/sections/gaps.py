"""Charts of figures beside those above: rates as gaps, totals as shares beside the population's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from compare.charts.gaps import gaps, shares
from compare.sections.drawn import PANEL_WIDTHS, Line, charted
from compare.sections.section import Chart
from compare.sections.shown import Figure, by_row, listed, take, value
from compare.sections.stances import STANCES, both, cautioned, parts
from compare.words.labels import share
from compare.words.messages import Messages, messages
from compare.words.named import Cells
from compare.words.signs import signs
from compare.words.text import Run, plain, text

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
        f"{row[f'place_{lang}']} {_shown(kind, row, lang)} {words}"
        for row, words in zip(rows, told, strict=True)
    ]
    figures = both(rows, known)
    apart = {row["row_id"]: row[f"gap_{lang}"] for row in rows}
    lines = [_line(kind, row, words, known, said, lang) for row, words in zip(rows, told, strict=True)]
    return charted(
        name, lambda width: draw(cascade, frame, lang, width, title=""), PANEL_WIDTHS, lines, said, lang,
        title=text(cautioned(_title(kind, counts, said, lang), figures, said, lang)),
        deck=said.text(f"above.{kind}.deck"),
        alt=said.say(f"above.{kind}.alt", figures=signs(lang).all_of(named)),
        taken=take(f"{name}-above-{kind}", figures, said, lang, apart),
    )  # fmt: skip


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


def _shown(kind: str, row: Cells, lang: str) -> str:
    """Return the value as it is drawn: as stated, or the share worked out of it."""
    return str(row[f"value_{lang}"]) if kind == "rates" else share(row["share"])


def _line(kind: str, row: Cells, words: str, known: Mapping[str, Figure], said: Messages, lang: str) -> Line:
    figure, over = known[row["row_id"]], known[row["above_row_id"]]
    made = None if kind == "rates" else Run(_shown(kind, row, lang), "made", row=row["row_id"])
    above = text(over[f"place_{lang}"], " ", replace(value(over, lang), look="bare"))
    year = said.say("axis.year", year=row["due_on"].year)
    return Line(figure, year, words, made, (above, row[f"gap_{lang}"]))
