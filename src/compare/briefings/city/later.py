"""Two documents of one city side by side: indicators, commitments by topic, and the pairs taken up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from compare.analysis.changes import CHANGES
from compare.analysis.editions import EARLIER, LATER, commitment_changes, editions, taken_up
from compare.briefings.material import Cells
from compare.words.reasons import indicator_changes

if TYPE_CHECKING:
    from compare.briefings.city.briefing import CityBriefing

# The clauses named where one side is silent on an indicator; more are counted.
MOST_CLAUSES = 2


@dataclass(frozen=True)
class Later:
    """What one document took up of the one before: by indicator, by topic, and clause by clause."""

    earlier: Cells
    later: Cells
    indicators: list[Cells]
    columns: dict[str, list[str]]
    topics: list[tuple[str, list[str]]]
    pairs: list[tuple[str, list[Cells]]]
    promised: int
    taken: int
    known: bool


def all_later(brief: CityBriefing) -> list[Later]:
    """Return the city's documents in pairs with what became of the earlier one, none where there is one."""
    return [_later(brief, pair) for pair in editions(brief.book, brief.city).to_dict("records")]


def _of(rows: pd.DataFrame, pair: Cells) -> pd.DataFrame:
    return rows[
        (rows["earlier_source_id"] == pair["earlier_id"]) & (rows["later_source_id"] == pair["later_id"])
    ]


def _later(brief: CityBriefing, pair: Cells) -> Later:
    counts = _of(commitment_changes(brief.book, brief.city), pair)
    columns = {
        side: [side, *(name for name in names if name != "not_taken_up" and counts[name].fillna(1).any())]
        for side, names in (("earlier", EARLIER), ("later", LATER))
    }
    topics = [
        (
            brief.labels.name("topics", cells["topic_id"]),
            [_count(cells[name]) for names in columns.values() for name in names],
        )
        for cells in counts.to_dict("records")
        if pd.isna(cells["earlier"]) or pd.isna(cells["later"]) or cells["earlier"] + cells["later"]
    ]
    return Later(
        earlier=brief.sources[pair["earlier_id"]],
        later=brief.sources[pair["later_id"]],
        indicators=_indicators(brief, _of(indicator_changes(brief.book, brief.city), pair)),
        columns=columns,
        topics=topics,
        pairs=_pairs(brief, _of(taken_up(brief.book, brief.city), pair)),
        promised=int(counts["earlier"].fillna(0).sum()),
        taken=int(counts["taken_up"].fillna(0).sum()),
        # Of a document that is not coded whole nobody can say what it leaves out.
        known=not {pair["earlier_id"], pair["later_id"]} & set(brief.partly),
    )


def _count(count: Any) -> str:
    return "" if pd.isna(count) else str(count)


def _indicators(brief: CityBriefing, rows: pd.DataFrame) -> list[Cells]:
    """Return the indicators by what became of them, each with what both documents say."""
    order = {name: at for at, name in enumerate(CHANGES)}
    made = [
        {
            "name": brief.labels.name("indicators", cells["indicator_id"]),
            "change": cells["change"],
            "earlier": _shown(brief, cells["earlier_ids"]) | {"state": cells["earlier_state"]},
            "later": _shown(brief, cells["later_ids"]) | {"state": cells["later_state"]},
            "reason": "" if pd.isna(cells[f"reason_{brief.lang}"]) else cells[f"reason_{brief.lang}"],
            "lapsed": cells["lapsed"] is True,
        }
        for cells in rows.to_dict("records")
    ]
    return sorted(made, key=lambda row: order[row["change"]])


def _shown(brief: CityBriefing, ids: Any) -> Cells:
    """Return the figures or words of a side: all figures, the first mention, the first clauses."""
    names = ids.split(";") if isinstance(ids, str) else []
    clauses = [name for name in names if name.startswith("c-")]
    numbers = [name for name in names if name.startswith("t-")]
    mentions = [name for name in names if name.startswith("m-")]
    actions = brief.commitments.set_index("commitment_id")["action_zh"]
    shown = [*numbers, *mentions[:1]]
    return {
        "figures": [brief.figure(name) for name in shown],
        "clauses": [actions[name] for name in clauses[:MOST_CLAUSES]],
        "more": len(names) - len(shown) - len(clauses[:MOST_CLAUSES]),
    }


def _pairs(brief: CityBriefing, rows: pd.DataFrame) -> list[tuple[str, list[Cells]]]:
    """Return the pairs of clauses by the later one's topic, in the order of the later document."""
    made = []
    for topic in brief.book.topics["topic_id"]:
        own = rows[rows["topic_id"] == topic].to_dict("records")
        pairs = [cells | {"note": "" if pd.isna(cells["note"]) else cells["note"]} for cells in own]
        if pairs:
            made.append((brief.labels.name("topics", topic), pairs))
    return made
