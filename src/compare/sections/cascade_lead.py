"""The head of the page that holds cities against the levels above: the finding, and what was compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from compare.sections.above import pairs
from compare.sections.leads import lead
from compare.sections.section import Section
from compare.sections.shown import Figure, acted, by_row, place
from compare.sections.stances import COMPARED, STANCES, both, cautioned, parts, stances
from compare.words.messages import Messages, messages
from compare.words.named import Cells
from compare.words.text import Run, Said, Text


def cascade_lead(
    cascade: pd.DataFrame, figures: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh"
) -> Section:
    """Return title, standfirst and facts of the frames that `cp.cascade`, `figures` and `documents` give."""
    said, known = messages(lang, "cascade"), by_row(figures)
    rows = pairs(cascade, known)
    alike = [row for row in rows if row["relation"] in COMPARED]
    apart = len({row["row_id"] for row in rows} - {row["row_id"] for row in alike})
    counts = stances(alike)
    above = len({row["above_row_id"] for row in rows})
    told = {"compared": sum(counts.values()), "apart": apart, "above": above}
    facts = {f"lead.{name}": said.say(f"lead.{name}.value", count=count) for name, count in told.items()}
    standfirst: list[Said] = [_furthest(alike, known, said, lang), said.say("lead.caution", apart=apart)]
    return lead(_finding(alike, known, counts, said, lang), standfirst, facts, documents, said, lang)


def _finding(
    alike: Sequence[Cells], known: Mapping[str, Figure], counts: Mapping[str, int], said: Messages, lang: str
) -> str:
    """Return the finding that heads the page, naming the city where only one compares one to one."""
    every = sum(counts[name] for name in STANCES)
    if not every:
        return said.say("above.none")
    like = [row for row in alike if row["relation"] == "like" and row["gap"] is not None]
    cities = {row[f"place_{lang}"] for row in like}
    told = parts({name: counts[name] for name in STANCES}, said, lang)
    if len(cities) == 1:
        title = said.say("lead.title.alone", city=cities.pop(), stances=told)
    else:
        title = said.say("lead.title", all=every, stances=told)
    return cautioned(title, both(like, known), said, lang)


def _furthest(alike: Sequence[Cells], known: Mapping[str, Figure], said: Messages, lang: str) -> Text:
    """Return the figure that lies furthest beyond the one above it, nothing where none does."""
    ahead = [row for row in alike if row["relation"] == "like" and row["stance"] == "higher"]
    if not ahead:
        return ()
    row = max(ahead, key=lambda row: abs(row["gap"]))
    figure, over = known[row["row_id"]], known[row["above_row_id"]]
    return said.text(
        "lead.furthest",
        city=place(figure, lang),
        indicator=Run(figure[f"item_{lang}"]),
        due=Run(figure[f"due_{lang}"]),
        value=acted(figure, lang, said),
        above=acted(over, lang, said),
        denominator=said.say("lead.unstated") if row["unstated"] else "",
    )
