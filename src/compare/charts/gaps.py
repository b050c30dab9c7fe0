"""One value beside another: a rate and the one above it, a share of a total and that of the population."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from compare.charts import drawing as draw
from compare.charts.drawing import SMALL, Piece, Row, Scale
from compare.charts.look import INK, PAPER, SECOND
from compare.charts.widths import broken
from compare.words.labels import share
from compare.words.messages import Messages, messages
from compare.words.signs import signs

CASCADE = ("row_id", "above_row_id", "relation", "gap", "share", "population_share")
COLUMNS = (
    "row_id", "kind", "place_id", "division_code", "value_low", "value_high", "unit_id", "basis", "due_on",
    "status",
)  # fmt: skip
LEFT, RIGHT, TOP, ROW, LINE, FOOT = 84, 24, 4, 58, 17, 26


@dataclass(frozen=True)
class Pair:
    """A figure and the one above, the two numbers that stand beside each other, and what is said of them."""

    row: Row
    above: Row
    number: float
    other: float
    value: str
    words: str
    derived: bool = False


def gaps(
    cascade: pd.DataFrame, figures: pd.DataFrame, lang: str = "zh", width: int = 516, title: str | None = None
) -> go.Figure:
    """Return the rates that compare with one above, each mark joined to a ring for the other.

    `cascade` is the frame of `cp.cascade`, `figures` that of `cp.figures`: what is dropped from either is not
    drawn. An empty `title` leaves the title to the page. Raises CompareError for a missing column, and where
    no rate compares.

    >>> from compare.charts.example import CASCADE, FIGURES
    >>> [pair.x for pair in gaps(CASCADE, FIGURES, "en").data]
    [(60.0, 70.0), (60.0, 80.0)]
    """
    said = messages(lang)
    pairs = []
    for line, row, above in _alike(cascade, figures, "gaps", lang):
        if line["gap"] is not None and row["unit_id"] == "percent":
            words = said.say("above.beside", place=above[f"place_{lang}"], above=above[f"value_{lang}"])
            told = _told(row, words, said, lang)
            pairs.append(Pair(row, above, draw.number(row), draw.number(above), row[f"value_{lang}"], told))
    return _drawn(
        pairs, figures, "gaps", said.say("above.rates.deck") if title is None else title, lang, width
    )


def shares(
    cascade: pd.DataFrame, figures: pd.DataFrame, lang: str = "zh", width: int = 516, title: str | None = None
) -> go.Figure:
    """Return parts of totals above, in per cent, each joined to a ring for the part of the population.

    Frames and title are those of `gaps`, and it raises as `gaps` does.

    >>> from compare.charts.example import CASCADE, FIGURES
    >>> [pair.x for pair in shares(CASCADE, FIGURES, "en").data]
    [(15.0, 25.0), (10.0, 5.0)]
    """
    said = messages(lang)
    pairs = [
        Pair(row, above, line["share"], line["population_share"], share(line["share"]),
             _told(row, "", said, lang), derived=True)
        for line, row, above in _alike(cascade, figures, "shares", lang)
        if line["population_share"] is not None
    ]  # fmt: skip
    return _drawn(
        pairs, figures, "shares", said.say("above.shares.deck") if title is None else title, lang, width
    )


def _alike(
    cascade: pd.DataFrame, figures: pd.DataFrame, kind: str, lang: str
) -> Iterator[tuple[Row, Row, Row]]:
    """Yield the lines of a cascade whose two figures compare one to one, with the figures."""
    held = {
        row["row_id"]: row for row in draw.needs(figures, [*COLUMNS, *draw.told(lang)], kind, "cp.figures")
    }
    for line in draw.needs(cascade, CASCADE, kind, "cp.cascade"):
        if line["relation"] in ("like", "assigned") and {line["row_id"], line["above_row_id"]} <= set(held):
            yield line, held[line["row_id"]], held[line["above_row_id"]]


def _told(row: Row, words: str, said: Messages, lang: str) -> str:
    year = said.say("axis.year", year=row["due_on"].year)
    draft = said.say("mark.draft") if row["status"] == "draft" else ""
    return signs(lang).listed([row[f"item_{lang}"], year, words, draft])


def _drawn(
    pairs: Sequence[Pair], figures: pd.DataFrame, kind: str, title: str, lang: str, width: int
) -> go.Figure:
    if not pairs:
        raise draw.unfit(kind, "relation", "no pair that compares", "one at least")
    highest = max(max(pair.number, pair.other) for pair in pairs)
    top = 100 if kind == "gaps" and highest <= 100 else highest * 1.1
    scale, inks = Scale(0, top, LEFT, width - RIGHT), draw.places(figures)
    pieces: list[Piece] = []
    y = 0.0
    for pair in pairs:
        room = width - LEFT - draw.label_width(pair.value, "") - 9
        words = broken(pair.words, room, width - LEFT - 2, SMALL)
        y += ROW + LINE * (len(words) - 1)
        pieces += _pair(pair, y - 18, words, inks.get(pair.row["place_id"], INK), scale, lang)
    axis = draw.of_numbers(top, share=True)
    return draw.figure(pieces, axis, size=(width, y), margin=(LEFT, RIGHT, TOP, FOOT), title=title, lang=lang)


def _pair(pair: Pair, y: float, lines: Sequence[str], ink: str, scale: Scale, lang: str) -> Iterator[Piece]:
    """Yield a place's name, the words over its row, and the trace: the ring first, so the mark lies on it."""
    yield draw.edge(y, pair.row[f"place_{lang}"], draw.NAME, ink, LEFT)
    head, *rest = lines
    wide, end = draw.label_width(pair.value, head), scale.right + RIGHT - 2
    # Words in one line stand above the marks they belong to.
    start = LEFT if rest else max(LEFT, min(scale.at(pair.number) - 8, scale.at(pair.other) - 8, end - wide))
    up = 22 + LINE * len(rest)
    row_id = pair.row["row_id"]
    yield draw.label(0, y, pair.value, head, row_id, dx=start - LEFT, dy=-up, derived=pair.derived)
    for n, more in enumerate(rest, 1):
        yield draw.placed(0, y, draw.escaped(more), SMALL, SECOND, dy=LINE * n - up)
    symbol, fill, thick = draw.mark(pair.row, ink)
    marker = {
        "symbol": ["circle", symbol], "size": [15, draw.MARK], "color": [PAPER, fill],
        "line": {"color": [INK, ink], "width": [2.5, thick]},
    }  # fmt: skip
    ends, rows = [pair.other, pair.number], [pair.above, pair.row]
    yield draw.trace("lines+markers", ends, [y, y], rows, lang, marker, color=INK, width=3)
