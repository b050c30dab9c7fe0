"""One city's figures beside those of the places above, an indicator a row: gap or share, or why neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from compare.sections.above import Known, compared
from compare.sections.section import Fold, Paragraph, Row, Section, Table
from compare.sections.shown import Figure, enumerated, listed, shape, tags, value
from compare.sections.stances import COMPARED
from compare.sections.tables import cell, heads, line, table
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import Cells, records
from compare.words.signs import signs
from compare.words.text import Run, Text, text

NOTEBOOK = "city_briefing"


def city_above(
    cascade: pd.DataFrame, figures: pd.DataFrame, contradictions: pd.DataFrame, reference: pd.DataFrame,
    lang: str = "zh",
) -> Section:  # fmt: skip
    """Return a city's figures beside those above, the pairs that do not compare folded, each with its reason.

    The frames are those of the door that bear these names, for one city; a pair whose two figures are not
    both among `figures` is left out.
    """
    said = messages(lang, NOTEBOOK)

    def inside(alike: Sequence[Cells], others: Sequence[Cells], known: Known) -> Iterator[Any]:
        if alike:
            yield _table(alike, known, said, lang)
            yield from _populations(alike, reference, said, lang)
        if others:
            summary = said.text("above.apart", count=len(others))
            yield Fold(summary, (_table(others, known, said, lang),), "folded")

    name = next(iter(cascade["place_id"]), "")
    return compared(cascade, figures, contradictions, said, lang, name, inside)


def _table(rows: Sequence[Cells], known: Known, said: Messages, lang: str) -> Table:
    compared = rows[0]["relation"] in COMPARED
    city = rows[0][f"place_{lang}"]
    columns = (
        said.say("promises.column.indicator"), city, said.say("above.column.above"),
        said.say("above.column.gap" if compared else "above.column.beside"),
    )  # fmt: skip
    lines = []
    for row in rows:
        here, over = known[row["row_id"]], known[row["above_row_id"]]
        last = [Paragraph(text(Run(row[f"gap_{lang}"], "made")), "derived")] if compared else []
        why = row[f"beside_{lang}"]
        lines.append(Row((
            cell(here[f"item_{lang}"], head=True),
            cell(line(city, look="label"), *_stated(here, said, lang)),
            cell(*_stated(over, said, lang, Run(_whose(row, here, over, said, lang), "quiet"), " ")),
            cell(*last, line(why) if compared else why),
        )))  # fmt: skip
    return table(heads(columns), lines, "plain stack")


def _whose(row: Cells, here: Figure, over: Figure, said: Messages, lang: str) -> str:
    """Return whose the figure above is, and what it measures where that is something else."""
    if row["relation"] == "assigned":
        return said.say("above.assigned")
    same = over[f"item_{lang}"] == here[f"item_{lang}"] or row["relation"] == "like"
    return signs(lang).listed([over[f"place_{lang}"], "" if same else over[f"item_{lang}"]])


def _stated(figure: Figure, said: Messages, lang: str, *before: Run | str) -> list[Text | Paragraph | None]:
    about = listed(lang, [figure[f"measured_{lang}"], figure[f"due_{lang}"]])
    # A place above has no colour.
    mark = replace(shape(figure), place="" if before else figure["place_id"])
    return [text(*before, value(figure, lang)), line(mark, about, tags(figure, lang, said))]


def _populations(
    rows: Sequence[Cells], reference: pd.DataFrame, said: Messages, lang: str
) -> list[Paragraph]:
    """Return where the populations behind the shares come from: how many, when, counted by whom."""
    names = [row[key] for row in rows for key in ("population_id", "above_population_id") if row[key]]
    facts, style = {row["fact_id"]: row for row in records(reference)}, Labels(None, lang)
    told = [
        said.text(
            "province.population",
            place=fact[f"place_{lang}"],
            value=style.number(fact["value"]),
            measure=fact[f"measure_{lang}"],
            day=style.day(fact["date_on"]),
            publisher=Run(fact["publisher"], lang="zh"),
        )
        for fact in (facts[name] for name in dict.fromkeys(names))
    ]
    note = text(said.say("province.note"), signs(lang).space, enumerated(told, lang))
    return [Paragraph(note, "note")] if told else []
