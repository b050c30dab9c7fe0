"""The bodies with most dated commitments, for the documents that name bodies."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.analysis.schedule import ROLES, STATES, by_agency, documents
from compare.sections.dues import NOTEBOOK, Due, called, cell, city, document, head
from compare.sections.section import Bar, Cell, Fold, Group, Heading, Paragraph, Part, Row, Section, Table
from compare.sections.shown import COMMA
from compare.words.messages import messages
from compare.words.named import records
from compare.words.text import Run, text

# How many bodies of a document are shown before the rest is folded.
FOREMOST = 8
Body = dict[str, Any]


def due_agencies(schedule: pd.DataFrame, lang: str = "zh") -> Section:
    """Return who leads how many commitments with a deadline, a table per document, most first."""
    said = messages(lang, NOTEBOOK)
    dated = schedule[schedule["deadline_id"].notna()]
    bodies = {row["source_id"]: _bodies(dated[dated["source_id"] == row["source_id"]], lang) for row in records(documents(schedule))}
    sources = records(documents(schedule))
    naming = [row for row in sources if bodies[row["source_id"]]]
    blocks = [block for row in naming for block in _document(row, bodies[row["source_id"]], dated, lang)]
    without = [called(row, lang) for row in sources if not bodies[row["source_id"]]]
    if without:
        names = ("；" if lang == "zh" else "; ").join(without)
        blocks.append(Paragraph(text(said.say("agencies.without", documents=names)), "note"))
    first = max(((bodies[row["source_id"]][0], row) for row in naming), key=lambda pair: pair[0]["all"], default=None)
    title = said.say("agencies.title.none")
    if first and first[0]["all"]:
        title = said.say(
            "agencies.title", document=called(first[1], lang), agency=first[0]["name"], count=first[0]["all"]
        )
    return Section(
        "agencies", text(title), text(said.say("agencies.kicker")), text(said.say("agencies.deck")),
        tuple(blocks), "cal cal-bodies", lang,
    )  # fmt: skip


def _bodies(dated: pd.DataFrame, lang: str) -> list[Body]:
    """Return the bodies of one document: how many commitments each leads, by state, and stands beside."""
    names = {
        one: name
        for role in ROLES
        for ids, told in zip(dated[f"{role}_ids"], dated[f"{role}_{lang}"], strict=True)
        for one, name in zip(ids.split(";"), told.split(";"), strict=True)
    }
    made: dict[str, Body] = {}
    rows = by_agency(dated).to_dict("records")
    for row in sorted(rows, key=lambda row: row["role"] != "lead"):
        body = made.setdefault(row["agency_id"], dict.fromkeys([*STATES, "all", "beside"], 0))
        body["name"] = names[row["agency_id"]]
        if row["role"] == "lead":
            body |= {state: row[state] for state in (*STATES, "all")}
        else:
            body["beside"] += row["all"]
    return [body for _, body in sorted(made.items(), key=lambda item: (-item[1]["all"], -item[1]["beside"] * (not item[1]["all"]), item[0]))]


def _document(source: Due, bodies: list[Body], dated: pd.DataFrame, lang: str) -> list[Any]:
    said, name = messages(lang, NOTEBOOK), called(source, lang)
    states = [state for state in STATES if state == "past" or any(body[state] for body in bodies)]
    blocks: list[Any] = [
        Heading(text(city(source, lang), " ", document(source, lang))),
        Part((_table(source, bodies[:FOREMOST], states, bodies, lang),), "cal-across", label=name),
    ]
    if others := bodies[FOREMOST:]:
        more = said.say("agencies.more", count=len(others))
        rest = _table(source, others, states, bodies, lang)
        blocks.append(Fold(text(more), (Part((rest,), "cal-across", label=f"{name}{COMMA[lang]}{more}"),), "more"))
    outside = dated.loc[(dated["source_id"] == source["source_id"]) & (dated["unlisted_zh"] != ""), "unlisted_zh"]
    if len(outside):
        names = "、".join(dict.fromkeys(name for held in outside for name in held.split(";")))
        note = said.text("agencies.unlisted", count=len(outside), names=Run(names, lang="zh"))
        blocks.append(Paragraph(note, "note"))
    return blocks


def _table(source: Due, held: list[Body], states: list[str], bodies: list[Body], lang: str) -> Table:
    said = messages(lang, NOTEBOOK)
    heads = Row(
        (
            head(said.say("agencies.agency")),
            head(said.say("agencies.lead")),
            *(head(said.say(f"state.{state}"), look="num") for state in states),
            head(said.say("agencies.beside"), look="num"),
        )
    )
    most = max(body["all"] for body in bodies) or 1
    rows = tuple(_row(source, body, states, most) for body in held)
    return Table((heads,), (Group(rows),), "cal-table cal-led")


def _row(source: Due, body: Body, states: list[str], most: int) -> Row:
    hollow = " cal-hollow" if source["status"] == "draft" else ""
    bar = (Bar(body["all"] / most, f"cal-amount{hollow}"),) if body["all"] else ()
    return Row(
        (
            head(body["name"]),
            Cell((*bar, text(Run(str(body["all"]), "strong"))), "cal-rod", source["city_id"]),
            *(cell(str(body[state]), look="num" if body[state] else "num cal-none") for state in states),
            cell(str(body["beside"]), look="num quiet"),
        )
    )
