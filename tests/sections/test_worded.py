"""What cities undertake in words: every commitment of a topic once, linked to its place in the text."""

from __future__ import annotations

import pytest

import compare as cp
from compare import sections
from compare.sections.section import Fold, parts, runs
from compare.tables.book import Book

AS_OF = "2026-01-01"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_commitment_stands_once_under_its_city(book: Book, lang: str) -> None:
    for topic in book.topics["topic_id"]:
        frame = cp.schedule(book, AS_OF, topic=topic)
        held = frame[frame["commitment_id"].notna()]
        made = sections.worded(frame, lang)
        told = [run.to.partition("#")[2] for run in runs(made) if "#c-" in run.to]
        assert sorted(told) == sorted(held["commitment_id"])
        assert len(list(parts(made, Fold))) == len(held.drop_duplicates(["city_id", "instrument"]))
        assert bool(made.title) == bool(len(held))
