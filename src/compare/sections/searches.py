"""The searches behind every "not mentioned"."""

from __future__ import annotations

import pandas as pd

from compare.sections.section import Cell, Group, Row, Section, Table
from compare.words.messages import messages
from compare.words.named import records
from compare.words.text import Run, text

COLUMNS = ("city", "indicator", "document", "terms", "hits")


def searches(cells: pd.DataFrame, lang: str = "zh") -> Section:
    """Return a row for each document and indicator of `cp.table` that is silent: terms searched, and hits."""
    said = messages(lang, "topic_comparison")
    silent = cells[cells["state"] == "silent"].drop_duplicates(["source_id", "indicator_id"])
    cities = {name: at for at, name in enumerate(cells["city_id"].unique())}
    rows = sorted(
        records(silent), key=lambda row: (cities[row["city_id"]], row["source_id"], row["indicator_id"])
    )
    title = said.text("searches.title")
    if not rows:
        return Section("searches", title, (), said.text("searches.none"), (), "searches", lang)
    head = Row(
        tuple(
            Cell((said.text(f"searches.{name}"),), "num" if name == "hits" else "", head=True)
            for name in COLUMNS
        )
    )
    body = tuple(
        Row(
            (
                Cell((text(Run(row[f"place_{lang}"], "city", place=row["city_id"])),)),
                Cell((text(row[f"indicator_{lang}"]),)),
                Cell((text(row[f"source_{lang}"]),)),
                Cell((text(Run(row["keywords"], lang="zh")),)),
                Cell((text(str(row["hits"])),), "num"),
            )
        )
        for row in rows
    )
    found = Table((head,), (Group(body),))
    return Section("searches", title, (), said.text("searches.deck"), (found,), "searches", lang)
