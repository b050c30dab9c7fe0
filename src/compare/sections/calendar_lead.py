"""The head of the calendar: how many dated commitments have fallen due, the fullest half-year, the rest."""

from __future__ import annotations

from itertools import groupby

import pandas as pd

from compare.analysis.schedule import STATES
from compare.sections.dues import NOTEBOOK, Due, city, year
from compare.sections.leads import documents_fact, lead
from compare.sections.section import Section
from compare.sections.shown import enumerated
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import records
from compare.words.text import Run, Text


def calendar_lead(schedule: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh") -> Section:
    """Return title, standfirst and facts, as of the day of the schedule: the frames are those of the door."""
    said = messages(lang, NOTEBOOK)
    rows = records(schedule[schedule["commitment_id"].notna()])
    counts = {name: sum(row["state"] == name for row in rows) for name in STATES}
    dated = [row for row in rows if row["due_on"]]
    number, held = Labels(None, lang).number, {"lead.dated": len(dated)}
    held |= {f"state.{name}": count for name, count in counts.items() if count or name == "past"}
    facts = {
        "facts.documents": documents_fact(documents, said, lang),
        "lead.deadlines": said.say("lead.deadlines.value", count=number(schedule["deadline_id"].nunique())),
        **{name: said.say("lead.count", count=number(count)) for name, count in held.items()},
    }
    return lead(_verdict(dated, lang), _standfirst(dated, counts, lang), facts, documents, said, lang)


def _verdict(dated: list[Due], lang: str) -> str:
    number = Labels(None, lang).number
    past = [row for row in dated if row["state"] == "past"]
    drafts = sum(row["status"] == "draft" for row in past)
    some = "title.some.draft" if drafts else "title.some"
    section = "title.empty" if not dated else "title.before" if not past else some
    section = "title.all" if past and len(past) == len(dated) else section
    counts = {"dated": number(len(dated)), "past": number(len(past)), "drafts": number(drafts)}
    return messages(lang, NOTEBOOK).say(section, **counts)


def _standfirst(dated: list[Due], counts: dict[str, int], lang: str) -> list[Text]:
    said, number = messages(lang, NOTEBOOK), Labels(None, lang).number
    told: list[Text] = [_most(dated, lang), _open(dated, lang)] if dated else []
    rest = {name: number(counts[name]) for name in ("undated", "recurring")}
    told.append(said.text("lead.rest", **rest))
    if drafts := sum(row["status"] == "draft" for row in dated):
        told.append(said.text("lead.draft", count=number(drafts)))
    return [*told, said.text("lead.caution")]


def fullest(dated: list[Due]) -> list[Due]:
    """Return the commitments of the half-year in which most fall due, the first of equals."""
    halves = groupby(sorted(dated, key=lambda row: row["due_on"]), key=half)
    return max((list(held) for _, held in halves), key=len)


def half(row: Due) -> tuple[int, int]:
    """Return the half-year in which a commitment falls due: its year and 0 or 1."""
    return row["due_on"].year, (row["due_on"].month - 1) // 6


def _most(dated: list[Due], lang: str) -> Text:
    said, labels = messages(lang, NOTEBOOK), Labels(None, lang)
    rows = fullest(dated)
    told: list[Text] = []
    for place in dict.fromkeys(row["city_id"] for row in dated):
        for draft in (False, True):
            held = [row for row in rows if (row["city_id"], row["status"] == "draft") == (place, draft)]
            if held:
                count = Run(labels.number(len(held)), to=f"#{year(place, held[0]['due_on'].year)}")
                section = "lead.part.draft" if draft else "lead.part"
                told.append(said.text(section, city=city(held[0], lang), count=count))
    when, most = labels.when(rows[0]["due_on"], "half_year"), labels.number(len(rows))
    return said.text("lead.most", half=when, count=most, parts=enumerated(told, lang))


def _open(dated: list[Due], lang: str) -> Text:
    said, labels = messages(lang, NOTEBOOK), Labels(None, lang)
    rows = [row for row in dated if row["state"] == "open"]
    day = labels.day(dated[0]["as_of"])
    if not rows:
        return said.text("lead.open.none", day=day)
    last = max(rows, key=lambda row: row["due_on"])
    due = Run(last[f"due_{lang}"], "bare", row=last["deadline_id"])
    same = all((row["due_on"], row["city_id"]) == (last["due_on"], last["city_id"]) for row in rows)
    section = "lead.open.one" if len(rows) == 1 else "lead.open.same" if same else "lead.open"
    return said.text(section, day=day, count=labels.number(len(rows)), due=due, city=city(last, lang))
