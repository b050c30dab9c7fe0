"""The bodies with most dated commitments, for the documents that name bodies."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.analysis.schedule import ROLES, STATES, by_agency, documents
from compare.sections.dues import NOTEBOOK, Due, across, called, cell, city, document, head
from compare.sections.section import Bar, Cell, Fold, Heading, Paragraph, Row, Section
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, text

# How many bodies of a document are shown before the rest is folded.
FOREMOST = 8
Body = dict[str, Any]


def due_agencies(schedule: pd.DataFrame, lang: str = "zh") -> Section:
    """Return who leads how many commitments with a deadline, a table per document, most first."""
    said, dated = messages(lang, NOTEBOOK), schedule[schedule["deadline_id"].notna()]
    counts = by_agency(dated).to_dict("records")
    blocks: list[Any] = []
    foremost: list[tuple[Body, Due]] = []
    without = []
    for source in records(documents(schedule)):
        own = dated[dated["source_id"] == source["source_id"]]
        known = _names(own, lang)
        held = [row for row in counts if row["source_id"] == source["source_id"]]
        bodies = [row | {"name": known[row["agency_id"]]} for row in held]
        if bodies:
            foremost.append((bodies[0], source))
            blocks += _document(source, bodies, own["unlisted_zh"], said, lang)
        else:
            without.append(called(source, lang))
    if without:
        names = signs(lang).semicolon.join(without)
        blocks.append(Paragraph(said.text("agencies.without", documents=names), "note"))
    title = said.text("agencies.title.none")
    body, source = max(foremost, key=lambda pair: pair[0]["all"], default=({"all": 0}, {}))
    if body["all"]:
        told = {"document": called(source, lang), "agency": body["name"], "count": body["all"]}
        title = said.text("agencies.title", **told)
    return Section(
        "agencies", title, said.text("agencies.kicker"), said.text("agencies.deck"), tuple(blocks),
        "cal cal-bodies", lang,
    )  # fmt: skip


def _names(rows: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the names of the bodies in rows, which stand in the order of their ids."""
    ids, names = (
        ";".join(rows[f"{role}_{kind}"].str.cat(sep=";") for role in ROLES) for kind in ("ids", lang)
    )
    return dict(zip(ids.split(";"), names.split(";"), strict=True))


def _document(source: Due, bodies: list[Body], unlisted: pd.Series, said: Messages, lang: str) -> list[Any]:
    name, most = called(source, lang), max(body["all"] for body in bodies) or 1
    states = [state for state in STATES if state == "past" or any(body[state] for body in bodies)]
    heads = [head(said.say("agencies.agency")), head(said.say("agencies.lead"))]
    words = (*(f"state.{state}" for state in states), "agencies.beside")
    heads += [head(said.say(key), look="num") for key in words]
    rows = [_row(source, body, states, most) for body in bodies]
    blocks: list[Any] = [
        Heading(text(city(source, lang), " ", document(source, lang))),
        across([Row(tuple(heads))], rows[:FOREMOST], name, "cal-led"),
    ]
    if others := rows[FOREMOST:]:
        more = said.say("agencies.more", count=len(others))
        rest = across([Row(tuple(heads))], others, f"{name}{signs(lang).comma}{more}", "cal-led")
        blocks.append(Fold(text(more), (rest,), "more"))
    if outside := [held for held in unlisted if held]:
        names = Run(signs("zh").item.join(dict.fromkeys(";".join(outside).split(";"))), lang="zh")
        note = said.text("agencies.unlisted", count=len(outside), names=names)
        blocks.append(Paragraph(note, "note"))
    return blocks


def _row(source: Due, body: Body, states: list[str], most: int) -> Row:
    look = "cal-amount cal-hollow" if source["status"] == "draft" else "cal-amount"
    bar = (Bar(body["all"] / most, look),) if body["all"] else ()
    lead = Cell((*bar, text(Run(str(body["all"]), "strong"))), "cal-rod", source["city_id"])
    counts = [cell(str(body[state]), look="num" if body[state] else "num cal-none") for state in states]
    return Row((head(body["name"]), lead, *counts, cell(str(body["beside"]), look="num quiet")))
