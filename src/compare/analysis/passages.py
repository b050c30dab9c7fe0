"""The way from a figure to its sentence: marked passages of the documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from compare.errors import UnknownName, near
from compare.language.spans import Span
from compare.tables.book import Book
from compare.texts.quotes import Context, context, shown
from compare.texts.reading import Reading
from compare.texts.source import Document


@dataclass(frozen=True)
class Mark:
    """One curated row in its passage: its quote and value as ranges of the reading."""

    row_id: str
    quote: Span
    value: Span


@dataclass(frozen=True)
class Segment:
    """A run of a passage with one look: plain, quote or value; `opens` and `closes` name rows."""

    text: str
    look: str
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A paragraph (or the sentences nearest the quotes) with the marks that lie in it."""

    document: Document
    context: Context
    marks: tuple[Mark, ...]

    @property
    def reading(self) -> Reading:
        """The words of the document, of which the passage is a range."""
        return self.document.reading

    @property
    def offsets(self) -> Span:
        """The raw range that the passage shows."""
        return self.reading.to_raw(self.context.passage)

    @cached_property
    def segments(self) -> list[Segment]:
        """The passage cut where a quote or a value begins or ends."""
        whole = self.context.passage
        spans = [span for mark in self.marks for span in (mark.quote, mark.value)]
        inside = {at for span in spans for at in (span.start, span.end) if whole.start < at < whole.end}
        cuts = sorted({whole.start, whole.end, *inside})
        return [self._segment(Span(a, b)) for a, b in zip(cuts, cuts[1:], strict=False)]

    def _segment(self, span: Span) -> Segment:
        value = any(mark.value.contains(span) for mark in self.marks)
        quote = any(mark.quote.contains(span) for mark in self.marks)
        return Segment(
            shown(self.document, span),
            "value" if value else "quote" if quote else "plain",
            tuple(mark.row_id for mark in self.marks if mark.value.start == span.start),
            tuple(mark.row_id for mark in self.marks if mark.value.end == span.end),
        )


def gather(book: Book, rows: pd.DataFrame) -> dict[str, list[Passage]]:
    """Return the passages of each document that hold some statements; one may have no value, but NaN.

    Documents stand by city, marks within them by their place in the text.
    """
    passages: dict[str, list[Passage]] = {}
    for source_id in _in_order(book, rows["source_id"].unique()):
        document = book.read(source_id)
        own = rows[rows["source_id"] == source_id].to_dict("records")
        marks = (_mark(document.reading, cells) for cells in own)
        passages[source_id] = _passages(document, sorted(marks, key=lambda mark: (mark.value, mark.row_id)))
    return passages


def _mark(reading: Reading, cells: dict[str, Any]) -> Mark:
    sides = ("quote",) if pd.isna(cells.get("value_start")) else ("quote", "value")
    spans = [reading.from_raw(Span(int(cells[f"{side}_start"]), int(cells[f"{side}_end"]))) for side in sides]
    return Mark(cells["row_id"], spans[0], spans[-1])


def _in_order(book: Book, sources: Iterable[str]) -> list[str]:
    order = {city: at for at, city in enumerate(book.cities)}
    homes = book.sources.set_index("source_id")["place_id"]
    return sorted(sources, key=lambda source: (order[homes[source]], source))


def _passages(document: Document, marks: list[Mark]) -> list[Passage]:
    """Return the contexts of the marks, those that overlap made one."""
    made: list[tuple[Context, list[Mark]]] = []
    for mark in marks:
        around = context(document.reading, mark.quote)
        if made and made[-1][0].passage.overlaps(around.passage):
            made[-1] = (_together(made[-1][0], around), [*made[-1][1], mark])
        else:
            made.append((around, [mark]))
    return [Passage(document, around, tuple(held)) for around, held in made]


def _together(one: Context, other: Context) -> Context:
    """Return the context of two that overlap, cut where the one that reaches further is."""
    first = min(one, other, key=lambda held: held.passage.start)
    last = max(other, one, key=lambda held: held.passage.end)
    return Context(Span(first.passage.start, last.passage.end), first.cut_before, last.cut_after)


def statements(book: Book) -> pd.DataFrame:
    """Return all targets, statuses and unquantified mentions as one frame with a `row_id`.

    A mention has the precision of the deadline that governs the commitment it stands in.
    """
    targets = book.targets.assign(row_id=book.targets["target_id"])
    mentions = book.mentions[book.mentions["class"] == "unquantified"]
    precisions = mentions["mention_id"].map(_precisions(book, mentions))
    mentions = mentions.assign(row_id=mentions["mention_id"], due_precision=precisions)
    return pd.concat([targets, mentions], ignore_index=True)


def dues(book: Book) -> pd.DataFrame:
    """Return all deadlines as statements: the words of each in the clause that holds them.

    That clause is a commitment that the deadline governs; where it governs none, the words stand alone.
    """
    governed = book.commitments.groupby("deadline_id")[["start", "end"]].apply(
        lambda rows: rows.to_numpy().tolist()
    )
    words = book.deadlines[["deadline_id", "due_start", "due_end"]].itertuples(index=False)
    quotes = [
        next((span for span in governed.get(name, ()) if span[0] <= start and end <= span[1]), [start, end])
        for name, start, end in words
    ]
    return book.deadlines.assign(
        row_id=book.deadlines["deadline_id"],
        quote_start=[start for start, _ in quotes],
        quote_end=[end for _, end in quotes],
        value_start=book.deadlines["due_start"],
        value_end=book.deadlines["due_end"],
        value_text=book.deadlines["due_text"],
    )


def _precisions(book: Book, mentions: pd.DataFrame) -> dict[str, str]:
    """Return the precision of the due dates of mentions that have one, by mention."""
    dated = mentions.loc[mentions["due_on"].notna(), ["mention_id", "source_id", "quote_start", "quote_end"]]
    governed = book.commitments[["source_id", "start", "end", "deadline_id"]].merge(
        book.deadlines[["deadline_id", "due_precision"]], on="deadline_id"
    )
    held = dated.merge(governed, on="source_id")
    held = held[(held["start"] <= held["quote_start"]) & (held["quote_end"] <= held["end"])]
    return dict(zip(held["mention_id"], held["due_precision"], strict=True))


@dataclass(frozen=True)
class Shown:
    """One statement in its paragraph, for a notebook: `[` and `]` mark the quote, `【` and `】` the value."""

    source_id: str
    title_zh: str
    offsets: Span
    text: str

    def __str__(self) -> str:
        return f"{self.source_id} {self.title_zh} [{self.offsets.start}–{self.offsets.end}]\n{self.text}"

    __repr__ = __str__


def evidence(book: Book, row_id: str) -> Shown:
    """Return the sentence behind a target, mention or deadline, marked, in its context.

    Raises UnknownName, with near names, for an id that no row has.
    """
    rows = pd.concat([statements(book), dues(book)], ignore_index=True)
    found = rows[rows["row_id"] == row_id]
    if found.empty:
        close = near(row_id, rows["row_id"]) or [str(rows["row_id"].iloc[0])]
        raise UnknownName(
            f'No target, mention or deadline is called "{row_id}"; did you mean {" or ".join(close)}?'
        )
    source_id = found["source_id"].iloc[0]
    passage = gather(book, found)[source_id][0]
    title = book.sources.set_index("source_id")["title_zh"][source_id]
    text = "".join(
        {"plain": "{}", "quote": "[{}]", "value": "【{}】"}[segment.look].format(segment.text)
        for segment in passage.segments
    ).replace("][", "")
    return Shown(source_id, str(title), passage.offsets, text)


def passages(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the passages that hold some statements, a row each, by city, document and place in the text.

    `rows` need a `row_id`; those that are no statement of a document are passed over. `segments` are runs of
    the words with their look, `marks` the statements in it in their order, `start` and `end` code points of
    the raw text, `before` and `after` whether the paragraph goes on; the rest is the document's.
    """
    said = pd.concat([statements(book), dues(book)], ignore_index=True)
    said = said[said["row_id"].isin(rows["row_id"])]
    sources = book.sources.set_index("source_id").to_dict("index")
    made = [
        {
            "source_id": source_id,
            **{name: sources[source_id][name] for name in OF_DOCUMENT},
            "start": passage.offsets.start,
            "end": passage.offsets.end,
            "before": bool(passage.context.cut_before),
            "after": bool(passage.context.cut_after),
            "segments": tuple(passage.segments),
            "marks": tuple(mark.row_id for mark in passage.marks),
        }
        for source_id, held in gather(book, said).items()
        for passage in held
    ]
    return pd.DataFrame(made, columns=[*PASSAGE[:1], *OF_DOCUMENT, *PASSAGE[1:]])


OF_DOCUMENT = (
    "place_id", "title_zh", "title_en", "document_number", "drawn_up_on", "status", "script"
)  # fmt: skip
PASSAGE = ("source_id", "start", "end", "before", "after", "segments", "marks")
