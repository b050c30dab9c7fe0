"""Promises on an axis of days: a line per target from the day of issue to the day it falls due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
import plotly.graph_objects as go

from compare.charts import drawing as draw
from compare.charts.drawing import SMALL, Piece, Row, Scale
from compare.charts.look import RULE, SECOND, THIRD
from compare.charts.widths import fitted, text_width
from compare.words.messages import messages
from compare.words.signs import signs

COLUMNS = (
    "row_id", "kind", "operative", "place_id", "division_code", "basis", "due_on", "issued_on", "started_on",
    "status",
)  # fmt: skip
# The room right of the plot, and the height of the years.
RIGHT, TOP = 24, 30
# Down: a row, what is added where a label stands above its line, and what lies between places.
LANE, OVER, BETWEEN = 30, 16, 22
# On a narrow screen a place's name and each label have a line of their own.
NARROW, MARGIN, CITY_HEAD, UPRIGHT = 500, 10, 32, 50
# A target, how far down in the rows of its place its line lies, and its label.
Spot = tuple[Row, float, Piece]


def timeline(
    figures: pd.DataFrame, lang: str = "zh", width: int = 1080, title: str | None = None
) -> go.Figure:
    """Return the targets that count, each as a line from the day of issue (tick) to the due day (mark).

    The line is dotted, from the start of the plan's period, where the day of issue is unknown. Places follow
    in the order of their codes; one without a dated target keeps its row, in words. Narrower than 500 pixels
    each label stands above its own line. `figures` are rows of `cp.figures`; an empty `title` leaves
    the title to the page. Raises CompareError for a missing column, and where no target has a day.

    >>> from compare.charts.example import FIGURES
    >>> [line.x for line in timeline(FIGURES, "en").data]
    [('2021-07-01', '2022-12-31'), ('2021-01-01', '2025-12-31')]
    """
    held = draw.needs(figures, [*COLUMNS, *draw.told(lang)], "timeline", "cp.figures")
    dated = [row for row in held if row["kind"] == "target" and row["operative"] and row["due_on"]]
    if not dated:
        raise draw.unfit("timeline", "due_on", "no target with a day", "one at least")
    dated.sort(key=lambda row: (row["due_on"], row["row_id"]))
    said, upright = messages(lang, "topic_comparison"), width < NARROW
    first, last = min(_start(row) for row in dated).year, dated[-1]["due_on"].year
    left, right = (MARGIN, MARGIN) if upright else (signs(lang).charts["place"], RIGHT)
    scale = Scale(pd.Timestamp(first, 1, 1), pd.Timestamp(last + 1, 1, 1), left, width - right)
    names = {row["place_id"]: row[f"place_{lang}"] for row in held}
    pieces, y = [draw.across(0, left, width - left, THIRD)], 0.0
    for place, ink in draw.places(figures).items():
        own = [row for row in dated if row["place_id"] == place]
        spots, tall = (_upright if upright else _lanes)(own, scale, lang)
        pieces.append(draw.edge(y + (16 if upright else tall / 2), names[place], draw.NAME, ink, left))
        if not own:
            words = said.say("timeline.none")
            down, dx = (CITY_HEAD + 12, 0) if upright else (tall / 2, 8)
            pieces.append(draw.placed(day(scale.first), y + down, words, SMALL, SECOND, dx=dx))
        for row, down, told in spots:
            pieces += _span(row, y + down, ink, lang)
            pieces.append(told | {"y": y + told["y"]})
        y += tall
        pieces.append(draw.across(y, left, width - left, THIRD if upright else RULE))
    due = {"first": dated[0]["due_on"].year, "last": last}
    called = said.say("timeline.title.undated" if due["first"] == last else "timeline.title.span", **due)
    return draw.figure(
        pieces, _axis(scale, lang), size=(width, y + 4), margin=(left, right, TOP, 0), lang=lang,
        title=called if title is None else title,
    )  # fmt: skip


def day(on: pd.Timestamp) -> str:
    """Return a day as the axis and the labels on it take it."""
    return str(on.date().isoformat())


def _start(row: Row) -> pd.Timestamp:
    """Return where a target's line starts; where nothing is known of its document it has no length."""
    return row["issued_on"] or row["started_on"] or row["due_on"]


def _axis(scale: Scale, lang: str) -> Piece:
    """Return the axis of days: a tick a year, named in its middle, in two digits where years are many."""
    year = (scale.right - scale.left) / (scale.last.year - scale.first.year)
    behind = signs(lang).charts["year"]
    return {
        "type": "date",
        "range": [day(scale.first), day(scale.last)],
        "side": "top",
        "dtick": "M12",
        "tick0": day(scale.first),
        "ticklabelmode": "period",
        "tickformat": f"%Y{behind}" if year > text_width(f"2020{behind}", SMALL) + 6 else "’%y",
    }


def _span(row: Row, y: float, ink: str, lang: str) -> Iterator[Piece]:
    """Yield the trace of a target: its line with a tick where it was issued and its mark where it is due."""
    symbol, fill, thick = draw.mark(row, ink)
    known = row["issued_on"] is not None
    marker = {
        "symbol": ["line-ns", symbol], "size": [12, draw.MARK], "opacity": [1 if known else 0, 1],
        "color": [ink, fill], "line": {"color": ink, "width": [2, thick]},
    }  # fmt: skip
    ends, dash = [day(_start(row)), day(row["due_on"])], "solid" if known else "dot"
    yield draw.trace("lines+markers", ends, [y, y], [row, row], lang, marker, color=ink, width=2, dash=dash)
    yield from draw.half(row, day(row["due_on"]), y, ink)


def _reach(row: Row, scale: Scale, lang: str) -> tuple[float, float, bool]:
    """Return the pixels a target and its label take, and whether the label stands on the left."""
    wide = draw.label_width(row[f"value_{lang}"], row[f"item_{lang}"]) + 24
    start, end = scale.at(_start(row)), scale.at(row["due_on"])
    # The figure ends a little behind the axis.
    if end + wide > scale.right + RIGHT:
        return min(start, end - wide) - 8, end + 10, True
    return start - 4, end + wide + 8, False


def _lanes(rows: Sequence[Row], scale: Scale, lang: str) -> tuple[list[Spot], float]:
    """Return a place's targets in as few lanes as keep their labels apart, in due order, and the height."""
    lanes: list[tuple[float, list[Row]]] = []
    for row in rows:
        start, end, _ = _reach(row, scale, lang)
        free = next((n for n, (taken, _) in enumerate(lanes) if start > taken), len(lanes))
        lanes[free : free + 1] = [(end, [*(lanes[free][1] if free < len(lanes) else []), row])]
    spots: list[Spot] = []
    y = BETWEEN / 2
    for _, lane in lanes:
        y += LANE + (OVER if any(_reach(row, scale, lang)[2] for row in lane) else 0)
        spots += [(row, y - LANE / 2, _beside(row, y - LANE / 2, scale, lang)) for row in lane]
    return spots, (y if lanes else y + LANE) + BETWEEN / 2


def _beside(row: Row, y: float, scale: Scale, lang: str) -> Piece:
    """Return a target's label: right of its mark, or just above its line, cut where it is too long."""
    value, words, end = row[f"value_{lang}"], row[f"item_{lang}"], day(row["due_on"])
    if not _reach(row, scale, lang)[2]:
        return draw.label(end, y, value, words, row["row_id"], dx=12)
    cut = fitted(words, scale.at(row["due_on"]) - 10 - scale.left - draw.label_width(value, "") - 8, SMALL)
    return draw.label(end, y, value, cut, row["row_id"], "right", dx=-10, dy=-16)


def _upright(rows: Sequence[Row], scale: Scale, lang: str) -> tuple[list[Spot], float]:
    """Return a place's targets one under another, the label of each above its line, and the height."""
    spots: list[Spot] = []
    for n, row in enumerate(rows):
        value, y, end = row[f"value_{lang}"], CITY_HEAD + UPRIGHT * n, scale.right + MARGIN - 2
        cut = fitted(row[f"item_{lang}"], end - draw.label_width(value, "") - 7, SMALL)
        # It begins above the line's start, or where it still ends inside the figure.
        shift = min(0.0, end - draw.label_width(value, cut) - scale.at(_start(row)))
        spots.append((row, y + 35, draw.label(day(_start(row)), y + 12, value, cut, row["row_id"], dx=shift)))
    return spots, CITY_HEAD + (UPRIGHT * len(rows) or LANE) + 10
