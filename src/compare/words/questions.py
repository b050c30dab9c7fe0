"""What to ask a city about its promises, in the words of each language."""

from __future__ import annotations

import pandas as pd

from compare.analysis import questions as coded
from compare.asked import LANGUAGES, Names
from compare.tables.book import Book
from compare.words.named import with_names
from compare.words.signs import table

QUESTION = table("question")


def questions(book: Book, city: Names = None, topic: str | None = None) -> pd.DataFrame:
    """Return `analysis.questions.questions` with names of place and topic, and each `question` in words.

    Raises UnknownName for an unknown city or topic.
    """
    rows = coded.questions(book, city, topic)
    made = with_names(book, rows, place=("places", "place_id"), topic=("topics", "topic_id"))
    return made.assign(**{f"question_{lang}": rows["code"].map(QUESTION[lang]) for lang in LANGUAGES})
