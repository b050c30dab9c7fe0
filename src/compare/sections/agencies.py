"""Which agencies lead a city's commitments, where its documents name them."""

from __future__ import annotations

import pandas as pd

from compare.sections.city_lead import NOTEBOOK
from compare.sections.deadlines import bar_cell, document_heads, of_documents
from compare.sections.documents import Document, at_hand, titled, whole
from compare.sections.section import Fold, Group, Row, Section, Table
from compare.sections.shown import SPACE
from compare.sections.tables import cell, heads
from compare.words.messages import messages
from compare.words.text import joined, text

# The agencies named at once; the others are folded.
MOST = 10


def agencies(commitments: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh") -> Section:
    """Return which agencies lead most commitments of a city; nothing where no commitment is coded."""
    if commitments.empty:
        return Section("agencies", (), lang=lang)
    held, said = at_hand(documents), messages(lang, NOTEBOOK)
    kicker, leads = text(said.say("agencies.kicker")), leading(commitments, lang)
    if leads.empty:
        none = said.say("unread" if len(whole(held)) < len(held) else "agencies.title.none")
        return Section("agencies", text(titled(none, held, lang)), kicker, look="agencies", lang=lang)
    names = list(dict.fromkeys(leads["lead"]))
    most = int((leads["lead"] == names[0]).sum())
    title = said.say("agencies.title", agency=names[0], count=most, total=len(commitments))
    unled = commitments[commitments["lead_ids"] == ""]
    named = int(unled["responsible"].sum())
    decks = [
        said.say("agencies.deck"),
        said.say("agencies.unled", count=len(unled)) if len(unled) else "",
        said.say("agencies.responsible", count=named) if named else "",
    ]
    folded = Fold(
        text(said.say("agencies.others", count=len(names) - MOST)),
        (_table(names[MOST:], leads, most, held, lang),),
        "folded",
    )
    return Section(
        "agencies",
        text(titled(title, held, lang)),
        kicker,
        joined(decks, SPACE[lang]),
        (_table(names[:MOST], leads, most, held, lang), *([folded] if len(names) > MOST else [])),
        "agencies",
        lang,
    )


def leading(commitments: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return a row per commitment and agency that leads it, the agency of the most first; joint ones each."""
    pairs = {"lead_id": "lead_ids", "lead": f"leads_{lang}"}
    rows = commitments[commitments["lead_ids"] != ""]
    rows = rows.assign(**{name: rows[column].str.split(";") for name, column in pairs.items()})
    rows = rows.explode(list(pairs), ignore_index=True)
    rows["times"] = rows.groupby("lead_id")["lead_id"].transform("size")
    return rows.sort_values(["times", "lead_id"], ascending=[False, True], kind="stable")


def _table(
    names: list[str], leads: pd.DataFrame, most: int, held: dict[str, Document], lang: str
) -> Table:
    said = messages(lang, NOTEBOOK)
    columns = (said.say("agencies.column.agency"), None, *document_heads(held, lang))
    rows = []
    for name in names:
        own = leads[leads["lead"] == name]
        bar = bar_cell(len(own), len(own), most, own["city_id"].iloc[0])
        counted = (*of_documents(own["source_id"], held), cell(str(len(own)), look="num"))
        rows.append(Row((cell(name, head=True), bar, *counted)))
    return Table((heads([*columns, said.say("agencies.column.all")], "num"),), (Group(tuple(rows)),), "plain counts")
