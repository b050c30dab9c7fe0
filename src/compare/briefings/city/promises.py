"""What one city promises with a number, what it does not mention, and what falls due when, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from compare.analysis.coverage import STATES
from compare.analysis.panel import operative
from compare.briefings.material import Cells
from compare.build.plan import FEWEST_CITIES
from compare.texts.keywords import listed

if TYPE_CHECKING:
    from compare.briefings.city.briefing import CityBriefing

Group = tuple[str, str, list[Cells]]
Column = tuple[str, str]


def by_topic(brief: CityBriefing) -> list[Group]:
    """Return the operative targets of the city by topic: id, comparison page, and rows by due date."""
    restated = brief.restated()
    cities = operative(brief.book.targets).groupby("indicator_id")["city_id"].agg(set)
    made: list[Group] = []
    for topic in brief.book.topics["topic_id"]:
        rows = brief.promised[brief.promised["topic_id"] == topic].sort_values(["due_on", "target_id"])
        if not rows.empty:
            told = [
                _row(brief, cells, restated, cities[cells["indicator_id"]])
                for cells in rows.to_dict("records")
            ]
            made.append((topic, topic_page(brief, topic), told))
    return made


def topic_page(brief: CityBriefing, topic: str) -> str:
    """Return the file name of a topic's comparison page, empty where there is none."""
    rows = brief.book.targets[brief.book.targets["topic_id"] == topic]
    return f"topic-{topic}.{brief.lang}.html" if rows["city_id"].nunique() >= FEWEST_CITIES else ""


def _row(brief: CityBriefing, cells: Cells, restated: dict[str, str], cities: set[str]) -> Cells:
    """Return a target as the table shows it; `cities` put a number to its indicator."""
    restating = [name for name, counts in restated.items() if counts == cells["target_id"]]
    whole = cells["part_of_target_id"]
    others = [brief.place(city) for city in brief.book.cities if city in cities - {brief.city}]
    return {
        "figure": brief.figure(cells["target_id"]),
        "source": brief.sources[cells["source_id"]],
        "from_period": cells["due_source"] == "period",
        "also": [brief.figure(name) for name in restating],
        "whole": None if pd.isna(whole) else brief.figure(whole),
        "others": brief.labels.all_of(others),
    }


def statuses(brief: CityBriefing) -> list[Cells]:
    """Return what the documents say is reached already, in the order of the text."""
    rows = brief.said[brief.said["kind"] == "status"].sort_values(["source_id", "quote_start"])
    return [brief.figure(name) for name in rows["row_id"]]


# ── silence ────────────────────────────────────────────────────────────────────


def state_counts(brief: CityBriefing) -> tuple[list[Column], list[tuple[str, list[tuple[Column, int]]]]]:
    """Return the states of the headline indicators: columns of document and state, and counts by topic.

    A state that no indicator of a document is in has no column.
    """
    said = brief.coverage.merge(brief.book.indicators[["indicator_id", "topic_id"]], on="indicator_id")
    seen = set(zip(said["source_id"], said["state"], strict=True))
    columns = [(source, state) for source in brief.sources for state in STATES if (source, state) in seen]
    rows = [
        (topic, [(column, _count(said[said["topic_id"] == topic], column)) for column in columns])
        for topic in brief.book.topics["topic_id"]
        if (said["topic_id"] == topic).any()
    ]
    return columns, rows


def in_words(brief: CityBriefing) -> dict[str, list[tuple[str, int, str]]]:
    """Return the commitments on each topic without a number: document, how many, where the first stands.

    An indicator may be silent where its topic is not.
    """
    made: dict[str, list[tuple[str, int, str]]] = {}
    numbered = brief.commitments["commitment_id"].isin(brief.book.targets["commitment_id"].dropna())
    for (topic, source), rows in brief.commitments[~numbered].groupby(["topic_id", "source_id"]):
        first = brief.full_text(rows["commitment_id"].iloc[0], str(source))
        made.setdefault(str(topic), []).append((str(source), len(rows), first))
    return made


def _count(said: pd.DataFrame, column: Column) -> int:
    source, state = column
    return int(((said["source_id"] == source) & (said["state"] == state)).sum())


def absences(brief: CityBriefing) -> list[tuple[str, str, list[Cells]]]:
    """Return the headline indicators without a number, by document and state; each with what shows it.

    A row has the indicator's name, the figure that speaks of it in words, the reason why it does not
    apply, and the search that found nothing.
    """
    made = []
    reasons = brief.book.not_applicable.set_index(["source_id", "indicator_id"])
    for source in brief.sources:
        for state in STATES[1:]:
            said = brief.coverage
            said = said[(said["source_id"] == source) & (said["state"] == state)]
            rows = [
                {
                    "name": brief.labels.name("indicators", cells["indicator_id"]),
                    "figure": None if pd.isna(cells["evidence_id"]) else brief.figure(cells["evidence_id"]),
                    "why": str(reasons.loc[(source, cells["indicator_id"]), f"reason_{brief.lang}"])
                    if state == "not_applicable"
                    else "",
                    "terms": listed(cells["keywords_zh"]),
                    "hits": cells["hits"],
                }
                for cells in said.to_dict("records")
            ]
            if rows:
                made.append((source, state, rows))
    return made


def unmentioned(brief: CityBriefing) -> list[str]:
    """Return the headline indicators that no document at hand mentions, of those that are coded whole."""
    whole = brief.coverage[brief.coverage["source_id"].isin(brief.whole)]
    states = whole.groupby("indicator_id")["state"].agg(set)
    return [str(name) for name, held in states.items() if held == {"silent"}]


# ── deadlines ──────────────────────────────────────────────────────────────────


def by_year(brief: CityBriefing) -> list[Cells]:
    """Return the dated commitments by due year: per document, in all, in drafts, with a number, past."""
    dated = brief.commitments[brief.commitments["due_on"].notna()]
    drafts = [name for name, source in brief.sources.items() if source["status"] == "draft"]
    made: list[Cells] = []
    for year, rows in dated.groupby(dated["due_on"].dt.year):
        counts = [int((rows["source_id"] == source).sum()) for source in brief.sources]
        made.append(
            {
                "year": int(str(year)),
                "counts": counts,
                "all": len(rows),
                "draft": int(rows["source_id"].isin(drafts).sum()),
                "figures": int((rows["quantifier"] == "figure").sum()),
                "past": int((rows["due_on"] <= brief.today).sum()),
            }
        )
    return made


def nearest_due(brief: CityBriefing) -> tuple[bool, list[Cells]]:
    """Return whether targets are still to fall due, and those of the next due day, else of the last."""
    dated = brief.promised[brief.promised["due_on"].notna()]
    ahead = dated[dated["due_on"] > brief.today]
    day = dated["due_on"].max() if ahead.empty else ahead["due_on"].min()
    rows = dated[dated["due_on"] == day].sort_values("target_id")
    return not ahead.empty, [brief.figure(name) for name in rows["target_id"]]


def with_deadlines(brief: CityBriefing) -> pd.DataFrame:
    """Return the commitments of the city with the day and the interval of the deadline that governs each."""
    rows = brief.book.commitments[brief.book.commitments["source_id"].isin(brief.sources)]
    dues = brief.book.deadlines.set_index("deadline_id")
    # Not by `map`, which forgets the type of a column where no row has a deadline.
    governing = dues.reindex(rows["deadline_id"])
    return rows.assign(due_on=governing["due_on"].array, recurrence=governing["recurrence"].array)
