"""By which means a city's documents promise, topic by topic: as bars, and counted."""

from __future__ import annotations

import pandas as pd

from compare.sections.city_lead import NOTEBOOK
from compare.sections.documents import Document, at_hand, titled, whole
from compare.sections.section import Chart, Drawing, Group, Part, Section, Table
from compare.sections.shown import SPACE
from compare.sections.tables import counts, heads
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.text import joined, text

INSTRUMENTS = ("supply", "demand", "environment")
COUNTS = ("all", "aspirational", "figures", *INSTRUMENTS)


def means(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return how many commitments a document makes on each topic, the most first, a row per topic.

    `all` counts the clauses as they stand, the same words too; `aspirational`, `figures` (with a number) and
    the means, supply, demand and environment, are of these.
    """
    flags = {"aspirational": commitments["force"] == "aspirational"}
    flags |= {"figures": commitments["quantifier"] == "figure"}
    flags |= {name: commitments["instrument"] == name for name in INSTRUMENTS}
    keys = ["source_id", "city_id", "topic_id", "topic_zh", "topic_en"]
    made = commitments.assign(all=1, **flags).groupby(keys, as_index=False)[list(COUNTS)].sum()
    return made.sort_values(["source_id", "all"], ascending=[True, False], kind="stable", ignore_index=True)


def instruments(commitments: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh") -> Section:
    """Return by which means each document of a city promises; nothing where no commitment is coded."""
    if commitments.empty:
        return Section("means", (), lang=lang)
    held, said = at_hand(documents), messages(lang, NOTEBOOK)
    by_source = commitments.groupby("source_id")["action_zh"]
    same = int((by_source.size() - by_source.nunique()).sum())
    counted = means(commitments)
    decks = [said.say("means.deck"), said.say("means.same", count=same) if same else ""]
    return Section(
        "means",
        text(titled(_title(commitments, held, lang), held, lang)),
        kicker=text(said.say("means.kicker")),
        deck=joined(decks, SPACE[lang]),
        blocks=tuple(
            Part((_chart(rows, held[source], lang), Part((_table(rows, lang),), "panel")), "panels")
            for source, rows in ((one, counted[counted["source_id"] == one]) for one in held)
            if len(rows)
        ),
        look="figure means",
        lang=lang,
    )


def _title(commitments: pd.DataFrame, held: dict[str, Document], lang: str) -> str:
    """Return which means most commitments name, and how few bear a number: of documents coded whole."""
    said, style, read = messages(lang, NOTEBOOK), Labels(None, lang), whole(held)
    rows = commitments[commitments["source_id"].isin(read)]
    if rows.empty:
        return said.say("means.title.partly", count=len(commitments))
    counted = {name: int((rows["instrument"] == name).sum()) for name in INSTRUMENTS}
    most = max(INSTRUMENTS, key=lambda name: counted[name])
    finding = said.say(
        "means.title",
        share=style.share(100 * counted[most] / len(rows)),
        instrument=said.say(f"means.{most}.long"),
        figures=style.share(100 * float((rows["quantifier"] == "figure").mean())),
    )
    if len(read) == len(held):
        return finding
    names = style.all_of([held[name][f"document_{lang}"] for name in read])
    return said.say("means.title.whole", said=finding, documents=names)


def _chart(rows: pd.DataFrame, document: Document, lang: str) -> Chart:
    """Return a document's commitments per topic as bars cut by means, with the finding as alt text."""
    said, name = messages(lang, NOTEBOOK), document[f"source_{lang}"]
    count = int(rows["all"].sum())
    parts = [
        said.say("means.part", part=said.say(f"means.{one}"), count=rows[one].sum()) for one in INSTRUMENTS
    ]
    first = rows.iloc[0]
    alt = said.say(
        "means.alt",
        document=name,
        count=count,
        parts=Labels(None, lang).all_of(parts),
        topic=first[f"topic_{lang}"],
        most=first["all"],
    )
    return Chart(
        text(said.say("means.document", document=name, count=count)), (), alt, _drawings(rows, lang),
        look="draft" if document["status"] == "draft" else "",
    )  # fmt: skip


def _drawings(rows: pd.DataFrame, lang: str) -> tuple[Drawing, ...]:
    return ()


def _table(rows: pd.DataFrame, lang: str) -> Table:
    said = messages(lang, NOTEBOOK)
    names = [said.say(f"means.column.{name}") for name in ("topic", "all", "aspirational", "figures")]
    names += [said.say(f"means.{name}") for name in INSTRUMENTS]
    lines = [counts(name, own) for name, *own in rows[[f"topic_{lang}", *COUNTS]].itertuples(index=False)]
    total = counts(said.say("means.column.sum"), (int(rows[name].sum()) for name in COUNTS))
    return Table((heads(names, "num"),), (Group(tuple(lines)),), "plain counts", foot=(total,))
