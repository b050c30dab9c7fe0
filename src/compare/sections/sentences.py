"""The marked passage behind every figure, by city and document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pandas as pd

from compare.sections.section import Fold, Items, Paragraph, Part, Section
from compare.sections.shown import Figure, by_row, script
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, text


def sentences(
    passages: pd.DataFrame, figures: pd.DataFrame, lang: str = "zh", notebook: str = "common"
) -> Section:
    """Return the passages of `cp.passages`, each with what is known of its document and of its rows.

    `figures` is the frame of `cp.figures` that holds the rows; `notebook` names the words of title and deck.
    """
    if passages.empty:
        return Section("evidence", (), lang=lang)
    said, known = messages(lang, notebook), by_row(figures)
    held = records(passages)
    return Section(
        "evidence", said.text("evidence.title"), said.text("evidence.kicker"), said.text("evidence.deck"),
        tuple(_by_document(held, known, said, lang)), "evidence", lang,
        tuple(mark for row in held for mark in row["marks"]),
    )  # fmt: skip


def _by_document(held: list[Figure], known: dict[str, Figure], said: Messages, lang: str) -> Iterator[Fold]:
    """Yield each document behind its name: its titles and numbers, then its passages."""
    for _, passages in groupby(held, lambda row: str(row["source_id"])):
        of_one = list(passages)
        first = known[of_one[0]["marks"][0]]
        count = Run(said.say("evidence.count", count=len(of_one)), "quiet")
        summary = text(*_city(of_one[0], first, lang), _name(of_one[0], first, lang), " ", count)
        shown = (_passage(row, known, said, lang) for row in of_one)
        yield Fold(summary, (_document(of_one[0], said, lang), *shown), "document")


def _document(row: Figure, said: Messages, lang: str) -> Part:
    labels, drawn = Labels(None, lang), row["drawn_up_on"]
    title = Run(row["title_zh"], lang="zh")
    foreign = text(row[f"title_{signs(lang).names}"], Run("", "break"))
    titles = text(foreign if signs(lang).foreign else None, title)
    number = (
        Run(row["document_number"], lang="zh") if row["document_number"] else said.say("evidence.unnumbered")
    )
    day = said.say("evidence.drawn", day=labels.day(drawn)) if drawn else said.say("evidence.undated")
    other = said.say("evidence.hant") if row["script"] == "Hant" else ""
    known_of_it = joined(filter(None, [text(number), text(day), text(other)]), Run("", "break"))
    return Part((Paragraph(titles, "title"), Paragraph(known_of_it)), "about document")


def _city(row: Figure, first: Figure, lang: str) -> Text:
    place = row["place_id"]
    return text(Run("■", "shape s-stock", place=place), Run(first[f"place_{lang}"], "city", place=place), " ")


def _name(row: Figure, first: Figure, lang: str) -> Run:
    """Return a document's name in short, its standing where it has none, as behind a deadline."""
    called = first[f"source_{lang}"] or Labels(None, lang).status(row["status"])
    return Run(called, "draft-tag" if row["status"] == "draft" else "quiet")


def _passage(row: Figure, known: dict[str, Figure], said: Messages, lang: str) -> Part:
    marks = [known[mark] for mark in row["marks"]]
    tongue = script(row)
    notes = [note for mark in marks if (note := _note(mark, known, said, lang))]
    words = [Part((_words(row),), "quoted", lang=tongue)]
    if signs(lang).foreign:
        translated = [
            Paragraph(text(Run("", "chip", row=mark["row_id"]), " ", mark[f"quote_{lang}"])) for mark in marks
        ]
        label = Paragraph(said.text("evidence.translation"), "label")
        words.append(Part((label, *translated), "translations"))
    return Part(
        (
            Part((*_about(row, marks[0], said, lang), _backs(marks, tongue, said)), "about"),
            Part((*words, *(Paragraph(note, "note") for note in notes)), "words"),
            Paragraph(text(Run(said.say("evidence.close"), to="#closed")), "close"),
        ),
        "passage",
        f"p-{row['source_id']}-{row['start']}",
    )


def _about(row: Figure, first: Figure, said: Messages, lang: str) -> tuple[Paragraph, ...]:
    city = text(*_city(row, first, lang), _name(row, first, lang))
    place = said.say("evidence.offsets", start=row["start"], end=row["end"])
    whole = Run(said.say("evidence.whole"), to=f"sources/{row['source_id']}.{lang}.html#{row['marks'][0]}")
    return Paragraph(city, "city-line"), Paragraph(text(place)), Paragraph(text(whole), "whole")


def _backs(marks: list[Figure], tongue: str, said: Messages) -> Items:
    return Items(
        tuple(
            said.text(
                "evidence.back",
                number=Run("", "number", row=mark["row_id"]),
                words=Run(mark["value_text"] or shortened(mark["quote"]), lang=tongue),
            )
            # What is not shown itself leads back to the statement that it repeats.
            + text(Run("", "back", row=mark["restates_target_id"] or ""))
            for mark in marks
        ),
        "backs",
    )


def shortened(words: str, most: int = 14) -> str:
    """Return words cut to a length, with an ellipsis where some are left out.

    >>> shortened("推动一批"), shortened("推动一批智慧社区建设", 5)
    ('推动一批', '推动一批…')
    """
    return words if len(words) <= most else words[: most - 1] + "…"


def _words(row: Figure) -> Text:
    made: list[Run] = [Run("……", "cut")] if row["before"] else []
    for segment in row["segments"]:
        made += [Run("", anchor=mark) for mark in segment.opens]
        look = {"plain": "", "quote": "mark", "value": "mark value"}[segment.look]
        made.append(Run(segment.text, look))
        made += [Run("", "chip", row=mark) for mark in segment.closes]
    return text(*made, Run("……", "cut") if row["after"] else None)


def _note(mark: Figure, known: dict[str, Figure], said: Messages, lang: str) -> Text:
    """Return what is said of a statement: how it differs from the one that counts, or its note."""
    chip = text(Run("", "chip", row=mark["row_id"]), " ")
    counts = known.get(mark["restates_target_id"] or "")
    if counts is not None:
        return chip + restatement(mark, counts, said, lang)
    if mark["kind"] == "mention" or not mark[f"note_{lang}"]:
        return ()
    return text(chip, Run(mark[f"note_{lang}"], "said" if signs(lang).foreign else ""))


def restatement(here: Figure, counts: Figure, said: Messages, lang: str) -> Text:
    """Return how a repeated statement differs from the one that counts."""
    labels, differs = Labels(None, lang), []
    if here["due_on"] != counts["due_on"]:
        differs.append(said.say("evidence.differs.due", due=here[f"due_{lang}"]))
    if here["comparator"] != counts["comparator"]:
        differs.append(said.say("evidence.differs.comparator"))
    if here["basis"] != counts["basis"]:
        key = "evidence.differs.open" if here["basis"] == "ambiguous" else "evidence.differs.basis"
        differs.append(said.say(key, basis=here[f"basis_{lang}"]))
    if labels.act(dict(here)) != labels.act(dict(counts)):
        act = labels.act(dict(here)) or said.say("act.level")
        differs.append(said.say("evidence.differs.act", act=act))
    if here["force"] != counts["force"]:
        differs.append(said.say(f"evidence.differs.{here['force']}"))
    return said.text(
        "evidence.restates",
        number=Run("", "number", row=here["row_id"]),
        other=Run("", "number", row=counts["row_id"]),
        differences=joined([labels.all_of(differs) or said.say("evidence.same")], ""),
    )
