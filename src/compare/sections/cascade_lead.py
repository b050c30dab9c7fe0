"""The head of the page that holds cities against the levels above: the finding, and what was compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from compare.sections.above import pairs
from compare.sections.section import Facts, Paragraph, Section
from compare.sections.shown import Figure, acted, by_row, place
from compare.sections.stances import COMPARED, STANCES, both, cautioned, parts, stances
from compare.sections.topic_words import titled
from compare.words.messages import Messages, messages
from compare.words.named import Cells
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, text


def cascade_lead(
    cascade: pd.DataFrame, figures: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh"
) -> Section:
    """Return title, standfirst and facts of the frames that `cp.cascade`, `figures` and `documents` give."""
    said, known = messages(lang, "cascade"), by_row(figures)
    rows = pairs(cascade, known)
    alike = [row for row in rows if row["relation"] in COMPARED]
    apart = len({row["row_id"] for row in rows} - {row["row_id"] for row in alike})
    counts = stances(alike)
    facts = {
        "compared": said.say("lead.compared.value", count=sum(counts.values())),
        "apart": said.say("lead.apart.value", count=apart),
        "above": said.say("lead.above.value", count=len({row["above_row_id"] for row in rows})),
    }
    told = [(text(said.say(f"lead.{key}")), text(words)) for key, words in facts.items()]
    edition = (text(said.say("facts.edition")), text(str(documents["edition"].iloc[0])))
    caution = said.say("lead.caution", apart=apart)
    standfirst = joined([_furthest(alike, known, said, lang), caution], signs(lang).space)
    return Section(
        "lead",
        titled(_finding(alike, known, counts, said, lang), documents, said, lang),
        blocks=(Paragraph(standfirst, "standfirst"), Facts((*told, edition))),
        look="lead",
        lang=lang,
    )


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
