"""Values on one axis: a mark per statement, grouped by the year in which it falls due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
import plotly.graph_objects as go

from compare.analysis.cascade import holds_against
from compare.analysis.differences import COMPARED
from compare.charts import drawing as draw
from compare.charts.drawing import SMALL, Piece, Row, Scale
from compare.charts.look import INK, SECOND
from compare.charts.widths import fitted, text_width
from compare.words.called import EVERY
from compare.words.messages import Messages, messages
from compare.words.signs import signs

COLUMNS = (
    "row_id", "kind", "operative", "state", "place_id", "division_code", "source_id", "indicator_id",
    "item_id", "measure_id", "value_low", "value_high", "due_on", "status", "quote", *COMPARED,
)  # fmt: skip
NAMED = ("source", "unit", "denominator", "state", "partly", "quote")
WORDS = ("status", "mention", "absent")
RIGHT, ROW, GROUP, FOOT, ABSENT = 24, 46, 34, 30, 28
FAR = 0.6  # a mark beyond this share of the axis has its label on the left
QUOTED = 26  # how many characters of a quotation are enough to know it by


def values(figures: pd.DataFrame, lang: str = "zh", width: int = 516, title: str | None = None) -> go.Figure:
    """Return statements of one unit as marks on one axis of values, in rows by due year.

    Drawn are the targets that count, and as outlines with a dot what others report that the same places shall
    reach, with a pale band over the values that keep a bound. A figure from elsewhere, of a place without
    documents in the frame, comes first in its year and a dotted line runs from it, where it can be held
    against a target as in `cp.cascade`. Places without a number follow in words.
    `figures` are rows of `cp.figures`, of an indicator or of several with one unit; an empty `title` leaves
    the title to the page. Raises CompareError for a missing column, for two units, and where no row counts.

    >>> from compare.charts.example import FIGURES
    >>> drawn = values(FIGURES, "en")
    >>> drawn.data[0].x, drawn.layout.xaxis.range
    ((60.0, 70.0, 80.0), (0, 100))
    """
    held = draw.needs(figures, [*COLUMNS, *draw.told(lang, *NAMED)], "values", "cp.figures")
    inks = draw.places(figures)
    own = [row for row in held if row["operative"] and (
        row["kind"] == "target" or (row["kind"] == "elsewhere" and row["place_id"] in inks))]  # fmt: skip
    if len(units := {row["unit_id"] for row in own}) != 1:
        found = ", ".join(sorted(units)) or "no target that counts"
        raise draw.unfit("values", "unit_id", found, "one unit")
    said, order = messages(lang, "topic_comparison"), list(inks)
    own.sort(key=lambda row: (row["due_on"] or pd.Timestamp.max, order.index(row["place_id"]), row["row_id"]))
    above = [row for row in held if row["kind"] == "elsewhere" and row["place_id"] not in inks]
    groups = _grouped(own, above)
    silent = {place: [row for row in held if row["place_id"] == place and row["kind"] in WORDS]
              for place in order if place not in {row["place_id"] for row in own}}  # fmt: skip
    heads = list(dict.fromkeys(str(row[f"item_{lang}"]) for row in own))
    scale, axis = _axis([row for rows in groups.values() for row in rows], lang, width)
    height = sum(GROUP + ROW * len(rows) for rows in groups.values())
    foot = FOOT if axis["ticksuffix"] else FOOT + 18
    below = foot + (GROUP + ABSENT * len(silent) if silent else 0)
    pieces = [*_rows(groups, inks, scale, said, lang, several=len(heads) > 1)]
    pieces += _silent(silent, inks, (height, foot), said, lang, width) if silent else []
    margin = (signs(lang).charts["place"], RIGHT, 0, below)
    called = signs(lang).comma.join(heads) if title is None else title
    return draw.figure(pieces, axis, size=(width, height), margin=margin, title=called, lang=lang)


def _grouped(own: Sequence[Row], elsewhere: Sequence[Row]) -> dict[str, list[Row]]:
    """Return the rows by due year or recurrence, the targets of places above first and marked as such."""
    groups: dict[str, list[Row]] = {}
    for row in own:
        groups.setdefault(str(row["due_on"].year if row["due_on"] else row["recurrence"]), []).append(row)
    return {
        key: [one | {"above": True} for one in elsewhere if any(_against(row, one) for row in rows)] + rows
        for key, rows in groups.items()
    }


def _against(row: Row, above: Row) -> bool:
    """Return whether a target is to be held against one of a place above."""
    both = [one | {"due_year": one["due_on"] and one["due_on"].year} for one in (row, above)]
    return bool(row["item_id"] == above["item_id"] and holds_against(*both))


def _axis(rows: Sequence[Row], lang: str, width: int) -> tuple[Scale, Piece]:
    """Return where the axis lies and what it is like: a share ends at 100, others leave room for a bound."""
    share = rows[0]["unit_id"] == "percent"
    ends = [float(row[name]) for row in rows for name in ("value_low", "value_high") if row[name] is not None]
    top = 100 if share and max(ends) <= 100 else max(ends) * 1.15
    return Scale(0, top, signs(lang).charts["place"], width - RIGHT), draw.of_numbers(top, share) | {
        "title": {"text": "" if share else rows[0][f"unit_{lang}"], "standoff": 4},
        "separatethousands": bool(signs(lang).thousands),
        "labelalias": _large(top, lang),
    }


def _large(top: float, lang: str) -> dict[str, str]:
    """Return how a language writes large round numbers up to `top`, by how Plotly writes them at a tick.

    >>> _large(15000, "zh")
    {'10,000': '1万', '12,000': '1.2万', '14,000': '1.4万', '15,000': '1.5万'}
    """
    steps = (part * 10**size for size in range(3, 13) for part in (1, 2, 5))
    ticks = {step * n for step in steps if 2 <= top / step < 15 for n in range(int(top / step) + 1)}
    return {f"{tick:,}": signs(lang).number(tick) for tick in sorted(ticks) if tick >= 10_000}


def _rows(
    groups: dict[str, list[Row]], inks: dict[str, str], scale: Scale, said: Messages, lang: str, several: bool
) -> Iterator[Piece]:
    y, left = 0.0, scale.left
    drawn: list[tuple[Row, float, float, str]] = []
    for key, rows in groups.items():
        yield draw.edge(y, _head(key, said, lang), draw.HEAD, INK, left, dy=18)
        y += GROUP
        yield draw.across(y, left, scale.right - left, SECOND, dy=-4)
        for n, row in enumerate(rows):
            value, ink = draw.number(row), INK if "above" in row else inks[row["place_id"]]
            if "above" in row:
                # It crosses the rows of its own year and no others.
                yield {
                    "type": "line", "x0": value, "x1": value, "y0": y, "y1": y + ROW * len(rows) - 4,
                    "layer": "below", "line": {"color": INK, "width": 1.5, "dash": "dot"},
                }  # fmt: skip
            drawn.append((row, value, y + ROW * n + 33, ink))
            yield from _row(*drawn[-1], scale, _words(row, said, lang, several), lang)
        y += ROW * len(rows)
    rows, xs, ys, edges = (list(one) for one in zip(*drawn, strict=True))
    symbols, fills, thick = zip(
        *(draw.mark(row, ink) for row, ink in zip(rows, edges, strict=True)), strict=True
    )
    line = {"color": edges, "width": thick}
    marker = {"symbol": symbols, "size": draw.MARK, "color": fills, "line": line}
    yield draw.trace("markers", xs, ys, rows, lang, marker)
    for row, value, down, ink in drawn:
        yield from draw.half(row, value, down, ink)


def _head(key: str, said: Messages, lang: str) -> str:
    if key.isdigit():
        return said.say("group.year", year=key)
    return EVERY[lang][key].capitalize() if key in EVERY[lang] else said.say("group.undated")


def _row(row: Row, value: float, y: float, ink: str, scale: Scale, words: str, lang: str) -> Iterator[Piece]:
    yield draw.edge(y, row[f"place_{lang}"], draw.NAME, ink, scale.left)
    start, end = (row["value_low"] or 0.0, scale.last if row["value_high"] is None else row["value_high"])
    if end > start:
        # A bound is kept by every value up to the axis's end, or down to nothing.
        yield {
            "type": "rect", "x0": start, "x1": min(end, scale.last), "y0": y - 3, "y1": y + 3,
            "layer": "below", "fillcolor": ink, "opacity": 0.28, "line": {"width": 0},
        }  # fmt: skip
    far = scale.at(value) > scale.left + FAR * (scale.right - scale.left)
    shown, at = row[f"value_{lang}"], scale.at(value)
    room = at + 8 if far else scale.right + RIGHT - at + 8
    cut = fitted(words, room - text_width(shown, draw.VALUE) - 7, SMALL)
    side, dx = ("right", 8) if far else ("left", -8)
    yield draw.label(value, y, shown, cut, row["row_id"], side, dx, dy=-22)


def _words(row: Row, said: Messages, lang: str, several: bool) -> str:
    """Return what qualifies a value: what it is of, how it is measured, and that it is not quite sure."""
    first = said.say("panel.benchmark") if "above" in row else row[f"basis_{lang}"]
    # What makes a mark of its own kind is said before a label runs out of room.
    outside = row["kind"] == "elsewhere" and "above" not in row
    parts = [said.say("mark.outside")] if outside else []
    parts += [row[f"item_{lang}"] if several else "", first, row[f"denominator_{lang}"]]
    parts += [said.say("mark.draft")] if row["status"] == "draft" else []
    parts += [row[f"partly_{lang}"]]
    parts += [said.say("mark.aspirational")] if row["force"] == "aspirational" else []
    return signs(lang).listed(parts)


def _silent(
    silent: dict[str, list[Row]], inks: dict[str, str], at: tuple[float, float], said: Messages, lang: str,
    width: int,
) -> Iterator[Piece]:  # fmt: skip
    """Yield the places without a number, below the axis: their words where they have some, or their state."""
    left, (height, foot) = signs(lang).charts["place"], at
    yield draw.edge(height, said.say("panel.absent"), draw.HEAD, INK, left, dy=foot + 18)
    yield draw.across(height, left, width - left - RIGHT, SECOND, dy=foot + GROUP - 4)
    for n, (place, rows) in enumerate(silent.items()):
        down = foot + GROUP + 14 + ABSENT * n
        yield draw.edge(height, rows[0][f"place_{lang}"], draw.NAME, inks[place], left, dy=down)
        said_of = sorted((row for row in rows if row["kind"] == "mention"), key=lambda row: row["source_id"])
        spoken = said_of[0] if said_of else None
        if spoken is None:
            rows = [row for row in rows if row["state"] != "not_obtained"] or rows
            states = [
                said.say("panel.state", source=row[f"source_{lang}"], state=row[f"state_{lang}"])
                for row in rows
            ]
            words = signs(lang).semicolon.join(dict.fromkeys(states))
            text = draw.escaped(fitted(words, width - left, SMALL))
        else:
            text = _quoted(spoken, said, lang, width - left)
        made = draw.placed(0, height, text, SMALL, SECOND, dy=down)
        yield made if spoken is None else made | {"name": spoken["row_id"]}


def _quoted(row: Row, said: Messages, lang: str, room: float) -> str:
    """Return the first words of a statement without a number, with what says that they are words."""
    quote, before = row[f"quote_{lang}"] or row["quote"], said.say("panel.words")
    short = quote if len(quote) <= QUOTED else quote[: QUOTED - 1] + "…"
    cut = fitted(short, room - text_width(f"{before} “”", SMALL), SMALL)
    # Words that hold quotation marks of their own stand without a second pair.
    held = cut if "“" in quote else f"“{cut}”"
    return f"{draw.escaped(before)} <b>{draw.escaped(held)}</b>"
