"""A schedule with its names in both languages, so that a chart, section or calendar needs nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pandas as pd

from compare.analysis.schedule import ROLES
from compare.analysis.schedule import schedule as coded_schedule
from compare.analysis.selection import counted
from compare.asked import LANGUAGES, Names, read_day
from compare.tables.book import Book
from compare.words.labels import Labels
from compare.words.messages import messages
from compare.words.named import Cells, records
from compare.words.signs import signs

# Columns of the documents, under the names that `figures` gives them too.
OF_DOCUMENT = {
    "script": "script", "document_number": "document_number", "started_on": "period_start",
    "ended_on": "period_end", "coding": "coding_state",
}  # fmt: skip
NAMED = ("place", "source", "document", "standing", "partly", "title", "topic", "due", *ROLES)


def schedule(
    book: Book,
    as_of: str | datetime.date,
    city: Names = None,
    topic: str | None = None,
    agency: str | None = None,
) -> pd.DataFrame:
    """Return every deadline with what it governs, and every commitment without one, with their names.

    Beside the columns of `analysis.schedule.schedule` each row holds the day `as_of`, its document's number,
    script, period (`started_on`, `ended_on`) and how far it is coded, and, in zh and en, `place`, `source`
    and `document` (in short), `standing` (what the document is), `partly`, `title`, `topic`, `due`, and the
    names of the bodies that lead, support and answer for it, joined by `;` as their ids are. Raises
    UnknownName for an unknown city, topic or agency, CompareError for an `as_of` that is no day.
    """
    book = counted(book)
    rows = coded_schedule(book, as_of, city, topic, agency)
    sources = {cells["source_id"]: cells for cells in records(book.sources)}
    held = [sources.get(source, {}) for source in rows["source_id"]]
    made = {name: [cells.get(column) for cells in held] for name, column in OF_DOCUMENT.items()}
    for lang in LANGUAGES:
        names = _names(book, lang, sources)
        told = [names(row) for row in records(rows)]
        made |= {f"{name}_{lang}": [one[name] for one in told] for name in NAMED}
    return rows.assign(as_of=pd.Timestamp(read_day(as_of)), **made)


def dues(schedule: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Return the deadlines of a schedule as statements, and the figures of `cp.figures` that fall due then.

    A deadline has the columns of a figure that tell where it stands; its `quote` is its words, in another
    language the date that they are taken for.
    """
    rows = schedule[schedule["deadline_id"].notna()].drop_duplicates("deadline_id")
    made = rows.assign(
        row_id=rows["deadline_id"], kind="deadline", place_id=rows["city_id"],
        value_text=rows["due_text"], quote=rows["due_text"],
        **{f"quote_{lang}": [_read(row, lang) for row in records(rows)] for lang in LANGUAGES},
    )  # fmt: skip
    attached = {name for held in schedule["target_ids"] for name in held.split(";") if name}
    places, quotes = ([f"{name}_{lang}" for lang in LANGUAGES] for name in ("place", "quote"))
    known = ["row_id", "kind", "place_id", *places, "script", "value_text", "quote", *quotes]
    return pd.concat([made[known], figures[figures["row_id"].isin(attached)]], ignore_index=True)


def _read(row: Cells, lang: str) -> str:
    if not signs(lang).foreign:
        return str(row["due_text"])
    key = "deadline.reading.inherited" if row["due_source"] == "inherited_year" else "deadline.reading"
    return messages(lang, "deadline_calendar").say(key, due=row[f"due_{lang}"])


def _names(book: Book, lang: str, sources: dict[str, Cells]) -> Callable[[Cells], Cells]:
    """Return what gives a row's names in one language."""
    labels = Labels(book, lang)
    bodies = dict(zip(book.agencies["agency_id"], book.agencies[f"name_{labels.signs.names}"], strict=True))
    documents = {
        name: {
            "source": labels.source(cells),
            "document": labels.document(cells),
            "standing": labels.status(cells["status"]),
            "partly": labels.coding(cells["coding_state"]),
            "title": cells[f"title_{labels.signs.names}"],
        }
        for name, cells in sources.items()
        if cells["path"]
    }

    def names(row: Cells) -> Cells:
        return documents.get(row["source_id"], dict.fromkeys(NAMED, "")) | {
            "place": labels.name("places", row["city_id"]),
            "topic": labels.name("topics", row["topic_id"]) if row["topic_id"] else "",
            "due": labels.due(row) if row["deadline_id"] else "",
            **{role: ";".join(bodies[one] for one in row[f"{role}_ids"].split(";") if one) for role in ROLES},
        }

    return names
