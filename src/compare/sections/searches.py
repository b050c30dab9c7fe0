"""The searches behind every "not mentioned"."""

from __future__ import annotations

import pandas as pd

from compare.sections.section import Fold, Row, Section
from compare.sections.tables import cell, table
from compare.words.messages import messages
from compare.words.named import records
from compare.words.text import Run

COLUMNS, LOOKS = ("city", "indicator", "document", "terms", "hits"), {"hits": "num"}


def searches(cells: pd.DataFrame, lang: str = "zh") -> Section:
    """Return a row for each document and indicator of `cp.table` that is silent: terms searched, and hits."""
    if cells.empty:
        return Section("searches", (), lang=lang)
    said = messages(lang, "topic_comparison")
    silent = cells[cells["state"] == "silent"].drop_duplicates(["source_id", "indicator_id"])
    cities = {name: at for at, name in enumerate(cells["city_id"].unique())}
    order = silent.assign(at=silent["city_id"].map(cities)).sort_values(["at", "source_id", "indicator_id"])
    rows = records(order)
    title = said.text("searches.title")
    if not rows:
        return Section("searches", title, (), said.text("searches.none"), (), "searches", lang)
    heads = [cell(said.say(f"searches.{one}"), look=LOOKS.get(one, ""), head=True) for one in COLUMNS]
    body = [
        Row((
            cell(Run(row[f"place_{lang}"], "city", place=row["city_id"])),
            cell(row[f"indicator_{lang}"]),
            cell(row[f"source_{lang}"]),
            cell(Run(row["keywords"], lang="zh")),
            cell(str(row["hits"]), look="num"),
        ))
        for row in rows
    ]  # fmt: skip
    found = Fold(
        said.text("searches.count", count=len(rows)), (table(Row(tuple(heads)), body, "plain"),), "more"
    )
    return Section("searches", title, (), said.text("searches.deck"), (found,), "searches", lang)
