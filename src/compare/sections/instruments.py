"""By which means a city's documents promise, topic by topic: as bars, and counted."""

from __future__ import annotations

import pandas as pd

from compare.analysis.commitments import COUNTS, INSTRUMENTS, by_means
from compare.charts.means import means
from compare.sections.documents import Documents
from compare.sections.drawn import drawings
from compare.sections.section import Chart, Group, Part, Row, Section, Table
from compare.sections.tables import cell, count, heads
from compare.words.text import text

WIDTHS = (516, 340)


def instruments(commitments: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh") -> Section:
    """Return by which means each document of a city promises; nothing where no commitment is coded."""
    if commitments.empty:
        return Section("means", (), lang=lang)
    papers, counted = Documents(documents, lang), by_means(commitments)
    by_source = commitments.groupby("source_id")["action_zh"]
    same = int((by_source.size() - by_source.nunique()).sum())
    deck = (papers.say("means.deck"), papers.say("means.same", count=same) if same else "")
    panels = []
    for source in papers.held:
        clauses, rows = (frame[frame["source_id"] == source] for frame in (commitments, counted))
        if len(rows):
            table = Part((_table(rows, papers),), "panel")
            panels.append(Part((_chart(clauses, rows, papers), table), "panels"))
    return papers.section("means", _title(commitments, papers), *panels, deck=deck, look="figure means")


def _title(commitments: pd.DataFrame, papers: Documents) -> str:
    """Return which means most commitments name, and how few bear a number: of documents coded whole."""
    rows = commitments[commitments["source_id"].isin(papers.whole)]
    if rows.empty:
        return papers.say("means.title.partly", count=len(commitments))
    counted = {name: (rows["instrument"] == name).mean() for name in INSTRUMENTS}
    most = max(INSTRUMENTS, key=lambda name: counted[name])
    finding = papers.say(
        "means.title",
        share=papers.style.share(100 * counted[most]),
        instrument=papers.say(f"means.{most}.long"),
        figures=papers.style.share(100 * (rows["quantifier"] == "figure").mean()),
    )
    if not papers.unread:
        return finding
    return papers.say("means.title.whole", said=finding, documents=papers.called(papers.whole))


def _chart(clauses: pd.DataFrame, rows: pd.DataFrame, papers: Documents) -> Chart:
    """Return a document's commitments per topic as bars cut by means, with the finding as alt text."""
    first, source, lang = rows.iloc[0], rows["source_id"].iloc[0], papers.lang
    told = {"document": papers.called([source], "source"), "count": len(clauses)}
    parts = papers.style.all_of([
        papers.say("means.part", part=papers.say(f"means.{name}"), count=rows[name].sum())
        for name in INSTRUMENTS
    ])  # fmt: skip
    alt = papers.say("means.alt", parts=parts, topic=first[f"topic_{lang}"], most=first["all"], **told)
    drawn = drawings(lambda width: means(clauses, lang, width, title=""), WIDTHS)
    look = "panel draft" if source in papers.drafts else "panel"
    return Chart(text(papers.say("means.document", **told)), (), alt, drawn, look=look)


def _table(rows: pd.DataFrame, papers: Documents) -> Table:
    names = [papers.say(f"means.column.{name}") for name in ("topic", *COUNTS[:3])]
    names += [papers.say(f"means.{name}") for name in INSTRUMENTS]
    lines = rows[[f"topic_{papers.lang}", *COUNTS]].itertuples(index=False)
    made = tuple(Row((cell(name, head=True), *map(count, numbers))) for name, *numbers in lines)
    totals = (count(int(rows[name].sum())) for name in COUNTS)
    foot = Row((cell(papers.say("means.column.sum"), head=True), *totals))
    return Table((heads(names, "num"),), (Group(made),), "plain counts", foot=(foot,))
