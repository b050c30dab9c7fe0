"""How the data were made, what is missing, how to cite, and the checksums of the documents."""

from __future__ import annotations

import datetime

import pandas as pd

from compare.asked import read_day
from compare.sections.section import Fold, Heading, Items, Paragraph, Part, Section
from compare.sections.shown import titled
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import records
from compare.words.text import Run, text


def method(
    documents: pd.DataFrame, as_of: str | datetime.date, subject: str, key: str, lang: str = "zh",
    notebook: str = "common",
) -> Section:  # fmt: skip
    """Return method, documents not obtained, citation and checksums from the frame of `cp.documents`.

    `subject` is what the page is about in a word or two, without one what its words say; `key` is its short
    name in a citation.
    """
    said = messages(lang, notebook)
    subject = subject or said.say("subject")
    edition = str(documents["edition"].iloc[0])
    on = read_day(as_of)
    left = [
        Heading(said.text("method.title"), level=2),
        Paragraph(text(Run(said.say("method.text"), "said"))),
        Paragraph(said.text("method.asof", day=Labels(None, lang).day(on))),
    ]
    right: list[object] = [
        Heading(said.text("method.cite"), level=2),
        Paragraph(said.text("cite.gbt", subject=subject, edition=edition, as_of=on.isoformat()), "cite"),
        Paragraph(
            said.text("cite.bibtex", key=key, subject=subject, edition=edition, year=on.year), "cite sums"
        ),
        Paragraph(said.text("method.license")),
    ]
    missing = records(documents[documents["status"] == "not_obtained"])
    if missing:
        right += [
            Heading(said.text("method.missing"), level=2),
            Items(tuple(titled(row, lang) for row in missing)),
        ]
    held = records(documents[documents["at_hand"]])
    if held:
        sums = tuple(text(f"{row['source_id']} {row['sha256'][:16]}") for row in held)
        right += [Heading(said.text("method.sums"), level=2), Items(sums, "sums")]
    folded = Fold(said.text("method.more"), tuple(right), "more")
    return Section("method", (), blocks=(Part(tuple(left)), folded), look="method", lang=lang)
