"""Ranks of cities as intervals, an item each."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.analysis.alike import Measure
from compare.charts.intervals import intervals
from compare.sections.drawn import PANEL_WIDTHS, Line, charted
from compare.sections.section import Chart, Part, Section, Take
from compare.sections.shown import Figure, by_row, listed, take
from compare.sections.stances import cautioned
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import Cells, records
from compare.words.signs import signs
from compare.words.text import Text, joined, text

# What a file to take away holds before the figure itself.
TAKEN = ("rank_as_stated", "rank_per", "per_low", "per_high", "best", "worst")


def ranked(ranks: pd.DataFrame, figures: pd.DataFrame, lang: str = "zh", name: str = "cascade") -> Section:
    """Return the ranks of `cp.ranks` as intervals, a chart per measure; without blocks where there is none.

    `figures` is the frame of `cp.figures`; a city whose figure is not among them is left out. `name` is what
    the files to take away are called.
    """
    said = messages(lang)
    groups = [rows for _, rows in ranks.groupby(list(Measure._fields), dropna=False, sort=False)]
    charts = [_chart(rows, figures, said, lang, name) for rows in groups]
    drawn = tuple(chart for chart in charts if chart)
    if not drawn:
        return Section("ranked", (), lang=lang)
    title, kicker, deck = (said.text(f"ranked.{name}") for name in ("head", "kicker", "deck"))
    return Section("ranked", title, kicker, deck, (Part(drawn, "panels"),), "figure", lang)


def _chart(ranks: pd.DataFrame, frame: pd.DataFrame, said: Messages, lang: str, name: str) -> Chart | None:
    """Return one measure's ranks, the title saying whether any place in the order is certain."""
    rows, known = records(ranks), by_row(frame)
    placed = [row for row in rows if row["best"] is not None and _first(row) in known]
    placed.sort(key=lambda row: (row["best"], row["worst"]))
    if not placed:
        return None
    labels = Labels(None, lang)
    without = labels.all_of([row[f"place_{lang}"] for row in rows if row["best"] is None])
    certain = sum(row["best"] == row["worst"] for row in placed)
    item = placed[0][f"item_{lang}"]
    values = {"item": item, "certain": certain, "cities": len(placed), "sets": placed[0]["choice_sets"]}
    figures = [known[_first(row)] for row in placed]
    extent = {0: ".none", len(placed): ".all"}.get(certain, "")
    told = labels.all_of([f"{row[f'place_{lang}']} {_interval(row, said)}" for row in placed])
    return charted(
        name, lambda width: intervals(ranks, frame, lang, width, title=""), PANEL_WIDTHS,
        [_line(row, known[_first(row)], said, lang) for row in placed], said, lang,
        title=text(cautioned(said.say(f"ranked.title{extent}", **values), figures, said, lang)),
        deck=said.text("ranked.deck.one", **values), alt=said.say("ranked.alt", item=item, figures=told),
        taken=_taken(f"{name}-rank-{placed[0]['item_id']}", placed, figures, said, lang),
        note=_left_out(without, str(placed[0]["dropped_by"]), said, lang), open=True,
    )  # fmt: skip


def _taken(name: str, rows: list[Cells], figures: list[Figure], said: Messages, lang: str) -> Take:
    """Return the ranked figures to take away, each behind its ranks, with its value per resident."""
    held = take(name, figures, said, lang)
    heads = tuple((said.say(f"ranked.column.{key}"), 12) for key in TAKEN)
    return Take(
        name,
        (*heads, *held.columns),
        tuple(
            (*(_cell(row[key]) for key in TAKEN), *line) for row, line in zip(rows, held.rows, strict=True)
        ),
    )


def _cell(value: Any) -> Any:
    return "" if value is None else round(value, 4) if isinstance(value, float) else value


def _first(row: Cells) -> str:
    return str(row["row_ids"]).partition(";")[0]


def _interval(row: Cells, said: Messages) -> str:
    key = "ranked.place" if row["best"] == row["worst"] else "ranked.places"
    return said.say(key, best=row["best"], worst=row["worst"])


def _line(row: Cells, figure: Figure, said: Messages, lang: str) -> Line:
    """Return a city's interval and figure, with the choices that move its rank."""
    choices = _choices(row["moved_by"], said, lang)
    moved = said.say("ranked.moved", choices=choices) if choices else said.say("ranked.certain")
    draft = said.say("mark.draft") if figure["status"] == "draft" else ""
    outside = said.say("mark.outside") if figure["kind"] == "elsewhere" else ""
    return Line(
        figure, _interval(row, said), listed(lang, [moved, draft, outside]), more=(_ranks(row, said, lang),)
    )


def _ranks(row: Cells, said: Messages, lang: str) -> str:
    """Return a city's rank by number, and its value and rank per resident where there is one."""
    told = [said.say("ranked.by_number", rank=row["rank_as_stated"])] if row["rank_as_stated"] else []
    if row["per_low"] is not None:
        ends = dict.fromkeys(Labels(None, lang).number(row[key]) for key in ("per_low", "per_high"))
        told.append(said.say("ranked.by_head", rank=row["rank_per"], value="–".join(ends)))
    return signs(lang).semicolon.join(told)


def _choices(names: str, said: Messages, lang: str) -> str:
    """Return the choices that move a rank, or leave too few cities, as an enumeration; empty for none."""
    every = dict.fromkeys(name for name in names.replace("+", ";").split(";") if name)
    return Labels(None, lang).all_of([said.say(f"ranked.choice.{name}") for name in every])


def _left_out(without: str, dropped: str, said: Messages, lang: str) -> Text:
    """Return the cities without a like figure, and the choices after which too few cities remain."""
    choices = _choices(dropped, said, lang)
    told = [said.say("ranked.without", cities=without)] if without else []
    told += [said.say("ranked.dropped", choices=choices)] if choices else []
    return joined(told, signs(lang).space)
