"""Which agencies lead a city's commitments, where its documents name them."""

from __future__ import annotations

import pandas as pd

from compare.sections.documents import Documents
from compare.sections.section import Fold, Row, Section, Table
from compare.sections.tables import bars, cell, count, heads, table
from compare.words.text import text

# The agencies named at once; the others are folded.
MOST = 10


def agencies(commitments: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh") -> Section:
    """Return which agencies lead most commitments of a city; nothing where no commitment is coded."""
    if commitments.empty:
        return Section("agencies", (), lang=lang)
    papers, leads = Documents(documents, lang), leading(commitments)
    if leads.empty:
        return papers.section("agencies", papers.say("unread" if papers.unread else "agencies.title.none"))
    names = list(dict.fromkeys(leads["lead_ids"]))
    first = leads[leads["lead_ids"] == names[0]]
    values = {"agency": first[f"leads_{lang}"].iloc[0], "count": len(first), "total": len(commitments)}
    unled = commitments[commitments["lead_ids"] == ""]
    responsible = int(unled["responsible"].sum())
    deck = (
        papers.say("agencies.deck"),
        papers.say("agencies.unled", count=len(unled)) if len(unled) else "",
        papers.say("agencies.responsible", count=responsible) if responsible else "",
    )
    blocks: list[Table | Fold] = [_table(names[:MOST], leads, len(first), papers)]
    if others := names[MOST:]:
        summary = text(papers.say("agencies.others", count=len(others)))
        blocks.append(Fold(summary, (_table(others, leads, len(first), papers),), "folded"))
    return papers.section("agencies", papers.say("agencies.title", **values), *blocks, deck=deck)


def leading(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return a row per commitment and agency that leads it, the agency of the most first; joint ones each."""
    lists = ["lead_ids", *(name for name in commitments if name.startswith("leads_"))]
    rows = commitments[commitments["lead_ids"] != ""]
    rows = rows.assign(**{name: rows[name].str.split(";") for name in lists}).explode(lists)
    rows["times"] = rows.groupby("lead_ids")["lead_ids"].transform("size")
    return rows.sort_values(["times", "lead_ids"], ascending=[False, True], kind="stable")


def _table(names: list[str], leads: pd.DataFrame, most: int, papers: Documents) -> Table:
    rows = []
    for name in names:
        own = leads[leads["lead_ids"] == name]
        head = cell(own[f"leads_{papers.lang}"].iloc[0], head=True)
        bar = bars(len(own), 0, most, own["city_id"].iloc[0])
        rows.append(Row((head, bar, *papers.counts(own["source_id"]), count(len(own)))))
    ends = [papers.say(f"agencies.column.{name}") for name in ("agency", "all")]
    return table(heads([ends[0], None, *papers.heads(), ends[1]], "num"), rows, "plain counts")
