"""What stands beside a city's figures: the populations behind its shares, and what was seen of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from compare.analysis.verdicts import REACHED
from compare.briefings.material import Cells
from compare.words.verdicts import observations

if TYPE_CHECKING:
    from compare.briefings.city.briefing import CityBriefing

DECIDED = (*REACHED, "missed")
# Verdicts that no figure at hand stands behind: their figures are named in lists.
EMPTY = ("not_found", "no_figure", "not_due")
ORDER = (*DECIDED, "unknown", "not_found", "not_due", "no_figure")


def populations(brief: CityBriefing) -> str:
    """Return where the populations behind the shares come from: how many, when, counted by whom."""
    facts = brief.book.reference.set_index("fact_id")
    names = [row[key] for row in brief.cascade for key in ("population_id", "above_population_id")]
    told = [
        brief.words(
            "province.population",
            place=brief.place(fact["place_id"]),
            value=brief.labels.number(fact["value"]),
            measure=brief.labels.name("measures", fact["measure_id"]),
            day=brief.labels.day(fact["date_on"]),
            publisher=fact["publisher"],
        )
        for fact in (facts.loc[name] for name in dict.fromkeys(names) if not pd.isna(name))
    ]
    return brief.labels.all_of(told)


def outcomes(brief: CityBriefing) -> tuple[list[Cells], dict[str, list[Cells]]]:
    """Return the promised figures of which anything was seen, with all that was, and the rest by verdict.

    `seen` are the outcomes of the same thing, so that sources which contradict each other stand side by
    side; `apart` are those that do not compare, each with the reason.
    """
    seen: list[Cells] = []
    unseen: dict[str, list[Cells]] = {verdict: [] for verdict in EMPTY}
    for cells in sorted(brief.attainment, key=lambda cells: ORDER.index(cells["verdict"])):
        figure = brief.figure(cells["row_id"])
        others = _seen(brief, cells)
        if cells["verdict"] in EMPTY and not others:
            unseen[cells["verdict"]].append(figure)
            continue
        lead = cells["lead_days"]
        seen.append(
            {
                "figure": figure,
                "verdict": cells["verdict"],
                "lead": 0 if pd.isna(lead) else int(lead),
                "reason": "" if cells["verdict"] in EMPTY else cells[f"reason_{brief.lang}"],
                "seen": [one for one in others if one["compares"]],
                "apart": [one for one in others if not one["compares"]],
            }
        )
    return seen, {verdict: rows for verdict, rows in unseen.items() if rows}


def _seen(brief: CityBriefing, cells: Cells) -> list[Cells]:
    """Return the outcomes that speak of a promised figure and are not in doubt, the deciding one first."""
    made = [
        {
            "figure": brief.figure(one["outcome_id"]),
            "decides": one["outcome_id"] == cells["outcome_id"] and cells["verdict"] in DECIDED,
            "compares": not pd.isna(one["meets"]),
            "why": one[f"reason_{brief.lang}"],
        }
        for one in observations(brief.book, cells["row_id"]).to_dict("records")
        if one["outcome_id"] in brief.facts
    ]
    return sorted(made, key=lambda one: not one["decides"])
