"""What each city undertakes on a topic, clause by clause in its own words, cities side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pandas as pd

from compare.analysis.commitments import INSTRUMENTS
from compare.sections.dues import Due, bodies, city, document, reading, task
from compare.sections.section import Fold, Items, Paragraph, Part, Section
from compare.sections.shown import enumerated, listed, script
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, text

# What marks a clause, in the order in which it is counted.
MARKS = ("dated", "aspirational", "draft", "ledger", "repeats")


def worded(schedule: pd.DataFrame, lang: str = "zh") -> Section:
    """Return every commitment of a topic, by city and instrument, folded, each linked to its place.

    `schedule` is the frame of `cp.schedule` for one topic. Nothing where no city commits to anything.
    """
    said = messages(lang, "topic_comparison")
    held = schedule[schedule["commitment_id"].notna()].sort_values(["source_id", "start"], kind="stable")
    if held.empty:
        return Section("worded", (), lang=lang)
    cities = list(dict.fromkeys(schedule["city_id"]))
    own = {name: records(held[held["city_id"] == name]) for name in cities}
    lone = [schedule[schedule["city_id"] == name].iloc[0] for name in cities if not own[name]]
    panels = tuple(_city(rows, said, lang) for rows in own.values() if rows)
    none = [text(Run(row[f"place_{lang}"], "city", place=row["city_id"])) for row in lone]
    silent = (Paragraph(said.text("worded.none", cities=enumerated(none, lang)), "quiet"),) if none else ()
    deck = [said.say("worded.deck"), *([said.say("worded.translated")] if signs(lang).foreign else [])]
    return Section(
        "worded", text(_title(own, said, lang)), said.text("worded.kicker"), joined(deck, signs(lang).space),
        (Part(panels, "worded-cities"), *silent), "worded", lang,
    )  # fmt: skip


def _title(own: dict[str, list[Due]], said: Messages, lang: str) -> str:
    """Return how many clauses there are, and whose are the most."""
    sizes = {rows[0][f"place_{lang}"]: len(rows) for rows in own.values() if rows}
    most = [name for name, size in sizes.items() if size == max(sizes.values())]
    values = {"count": sum(sizes.values()), "cities": Labels(None, lang).count(len(sizes))}
    if len(sizes) == 1:
        return said.say("worded.title.one", city=most[0], **values)
    whose = Labels(None, lang).all_of(most)
    return said.say("worded.title", most=whose, number=max(sizes.values()), **values)


def _city(rows: list[Due], said: Messages, lang: str) -> Part:
    counts = _counts(rows, said, lang)
    head = text(
        city(rows[0], lang), " ", said.say("worded.count", count=len(rows)), " ", Run(counts, "quiet")
    )
    folds = tuple(
        Fold(
            text(Run(said.say(f"worded.{name}"), "strong"), " ", str(len(held))),
            tuple(_clauses(held, said, lang)),
            "folded",
        )
        for name in INSTRUMENTS
        if (held := [row for row in rows if row["instrument"] == name])
    )
    return Part((Paragraph(head, "city-line"), *folds))


def marks(row: Due) -> list[str]:
    """Return what is to be said of a clause, so that no two are taken for one or one for two."""
    flags = (
        row["deadline_id"], row["force"] == "aspirational", row["status"] == "draft",
        row["task_id"].startswith("l-"), row["repeats_id"],
    )  # fmt: skip
    return [name for name, flag in zip(MARKS, flags, strict=True) if flag]


def _counts(rows: list[Due], said: Messages, lang: str) -> str:
    held = [name for row in rows for name in marks(row)]
    told = [said.say(f"worded.of.{name}", count=held.count(name)) for name in MARKS if name in held]
    return said.say("worded.of", counts="".join(run.text for run in listed(lang, told))) if told else ""


def _clauses(rows: list[Due], said: Messages, lang: str) -> Iterator[Paragraph | Items]:
    """Yield the clauses by document and task, with who is named for each task."""
    for _, of_one in groupby(rows, key=lambda row: row["source_id"]):
        papers = list(of_one)
        yield Paragraph(text(document(papers[0], lang)), "label")
        for _, of_task in groupby(papers, key=lambda row: row["task_id"]):
            held = list(of_task)
            yield task(held[0], lang)
            yield Items(tuple((_clause(row, said, lang), *reading(row, lang)) for row in held))
            yield from bodies(held[0], lang)


def _clause(row: Due, said: Messages, lang: str) -> Text:
    """Return the words of a clause, linked to their place, with what marks it."""
    to = f"sources/{row['source_id']}.{lang}.html#{row['commitment_id']}"
    due = [row[f"due_{lang}"]] if row["deadline_id"] else []
    tags = [said.say(f"worded.mark.{name}") for name in marks(row) if name in ("aspirational", "repeats")]
    number = [said.say("worded.mark.figure")] if row["quantifier"] == "figure" else []
    untold = signs(lang).foreign and not row.get(f"action_{lang}")
    about = listed(lang, [*due, *tags, *number, said.say("worded.untranslated") if untold else ""])
    quiet = (" ", Run("".join(run.text for run in about), "quiet")) if about else ()
    return text(Run(row["action_zh"], lang=script(row), to=to), *quiet)
