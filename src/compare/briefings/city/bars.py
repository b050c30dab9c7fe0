"""By which means a city's documents promise: commitments per topic, counted and drawn as stacked bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.briefings.charts.canvas import Label, Plot, canvas, text_width
from compare.briefings.charts.drawing import Chart
from compare.charts.look import colours

if TYPE_CHECKING:
    from compare.briefings.city.briefing import CityBriefing

INSTRUMENTS = ("supply", "demand", "environment")
# One hue, three strengths: the palest still stands out from paper by its edge.
STRENGTH = (1.0, 0.5, 0.16)
WIDTHS = (516, 340)
ROW, TALL, HEAD, COUNT = 25, 44, 30, 40
# Narrower than this, a topic's name stands above its bar.
NARROW = 400


@dataclass(frozen=True)
class Means:
    """The commitments of one topic in one document: all, and how many of each force, quantity and means."""

    topic_id: str
    name: str
    all: int
    aspirational: int
    figures: int
    instruments: tuple[int, ...]


def counted(brief: CityBriefing, source_id: str) -> list[Means]:
    """Return the commitments of a document by topic, the most first; the same words count as they stand."""
    rows = brief.commitments[brief.commitments["source_id"] == source_id]
    made = [
        Means(
            topic,
            brief.labels.name("topics", topic),
            len(own),
            int((own["force"] == "aspirational").sum()),
            int((own["quantifier"] == "figure").sum()),
            tuple(int((own["instrument"] == name).sum()) for name in INSTRUMENTS),
        )
        for topic in brief.book.topics["topic_id"]
        if not (own := rows[rows["topic_id"] == topic]).empty
    ]
    return sorted(made, key=lambda one: -one.all)


def chart(brief: CityBriefing, source_id: str) -> Chart:
    """Return a document's commitments per topic as bars cut by means, with the finding as alt text."""
    rows = counted(brief, source_id)
    heads = [brief.words(f"means.{name}") for name in INSTRUMENTS]
    document = brief.labels.source(brief.sources[source_id])
    totals = [sum(one.instruments[at] for one in rows) for at in range(len(INSTRUMENTS))]
    colour = colours(brief.shown)[brief.city]
    return Chart(
        f"{brief.key}-{source_id}",
        brief.words("means.document", document=document, count=sum(one.all for one in rows)),
        "",
        brief.words(
            "means.alt",
            document=document,
            count=sum(one.all for one in rows),
            parts=brief.labels.all_of(
                [
                    brief.words("means.part", part=head, count=total)
                    for head, total in zip(heads, totals, strict=True)
                ]
            ),
            topic=rows[0].name,
            most=rows[0].all,
        ),
        [stacked(rows, heads, colour, width, brief.lang) for width in WIDTHS],
        [],
    )


def stacked(rows: Sequence[Means], heads: Sequence[str], colour: str, width: int, lang: str) -> Plot:
    """Return a bar per topic, cut by means, its total behind it, under a key of the means."""
    narrow = width < NARROW
    left = 0 if narrow else (132 if lang == "zh" else 198)
    row = TALL if narrow else ROW
    scale = (width - left - COUNT) / max(one.all for one in rows)
    height = HEAD + row * len(rows)
    figure, labels, shapes = canvas(width, height, lang), [], []
    x = float(left)
    for head, strength in zip(heads, STRENGTH, strict=True):
        shapes += _filled(x, HEAD / 2 - 3, 14, colour, strength)
        labels.append(Label(x + 20, HEAD / 2 - 3, words=head, look="key"))
        x += 20 + text_width(head, 12.5) + 16
    for at, one in enumerate(rows):
        # A name above its bar comes before the heads of the parts, which stand on the first bar.
        top = HEAD + row * at + (row - ROW)
        middle = top + ROW / 2
        labels.append(Label(0, middle - (ROW - 6 if narrow else 0), words=one.name, look="topic"))
        x = float(left)
        for part, strength in zip(one.instruments, STRENGTH, strict=True):
            shapes += _filled(x, middle, part * scale, colour, strength) if part else []
            x += part * scale
        labels.append(Label(x + 8, middle, words=str(one.all), look="count"))
    figure.update_layout(shapes=shapes)
    return Plot(width, height, figure, labels)


def _filled(x: float, middle: float, wide: float, colour: str, strength: float) -> list[dict[str, Any]]:
    """Return a piece of a bar: its tint, and an edge at full strength that shows where it ends."""
    box = {"type": "rect", "x0": x, "x1": x + wide, "y0": middle - 7, "y1": middle + 7, "layer": "below"}
    tint = {"fillcolor": colour, "opacity": strength, "line": {"width": 0}}
    return [box | tint, box | {"line": {"color": colour, "width": 1}}]
