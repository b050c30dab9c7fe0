"""The head of the page that holds cities against the levels above: the finding, and what was compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from compare.sections.above import pairs
from compare.sections.leads import lead
from compare.sections.section import Section
from compare.sections.shown import Figure, acted, by_row, enumerated, place, value
from compare.sections.stances import COMPARED, STANCES, both, cautioned, parts, stances
from compare.words.messages import Messages, messages
from compare.words.named import Cells
from compare.words.signs import signs
from compare.words.text import Run, Said, Text, text


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
    standfirst = [*_copied(alike, known, said, lang), *standfirst]
    return lead(_finding(alike, known, counts, figures, said, lang), standfirst, facts, documents, said, lang)


def _finding(
    alike: Sequence[Cells], known: Mapping[str, Figure], counts: Mapping[str, int],
    figures: pd.DataFrame, said: Messages, lang: str,
) -> str:  # fmt: skip
    """Return the finding that heads the page; where one city alone compares, what it copied and raised, and
    why: that its plan alone is for the year of the figures above."""
    every = sum(counts[name] for name in STANCES)
    if not every:
        return said.say("above.none")
    like = [row for row in alike if row["relation"] == "like" and row["gap"] is not None]
    cities = {row[f"place_{lang}"] for row in like}
    told = parts({name: counts[name] for name in STANCES}, said, lang)
    if len(cities) == 1:
        title = said.say("lead.title.alone", city=cities.pop(), stances=told)
        if counts["equal"] and counts["higher"]:
            title = _alone(like, counts, figures, said, lang)
    else:
        title = said.say("lead.title", all=every, stances=told)
    return cautioned(title, both(like, known), said, lang)


def _alone(
    like: Sequence[Cells], counts: Mapping[str, int], figures: pd.DataFrame, said: Messages, lang: str
) -> str:
    """Return what the one city copied and raised, with its year where no other plan is of that year alone."""
    place, years = like[0]["place_id"], {row["due_on"].year for row in like}
    spans = figures[["place_id", "started_on", "ended_on"]].dropna().drop_duplicates()
    of_year = spans[(spans["started_on"].dt.year == spans["ended_on"].dt.year)]
    of_year = of_year[of_year["ended_on"].dt.year.isin(years)]
    told = {name: said.say("lead.count", count=counts[name]) for name in ("equal", "higher")}
    told["city"] = like[0][f"place_{lang}"]
    if len(years) == 1 and set(of_year["place_id"]) == {place}:
        return said.say("lead.title.year", year=years.pop(), **told)
    return said.say("lead.title.copied", **told)


def _copied(alike: Sequence[Cells], known: Mapping[str, Figure], said: Messages, lang: str) -> list[Text]:
    """Return which figures are those above, and which go beyond, linked, where one city alone compares."""
    like = [row for row in alike if row["relation"] == "like" and row["gap"] is not None]
    if len({row["place_id"] for row in like}) != 1:
        return []
    made = []
    for stance, name in (("equal", "lead.copied"), ("higher", "lead.raised")):
        rows = [row for row in like if row["stance"] == stance]
        items = [text(row[f"item_{lang}"], " ", value(known[row["row_id"]], lang)) for row in rows]
        if items:
            made.append(said.text(name, items=enumerated(items, lang)))
    return made


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
        denominator=f"{signs(lang).space}{said.say('lead.unstated')}" if row["unstated"] else "",
    )
