"""Links over a drawing: where a chart's labels lie, read from the figure's own ranges and margins."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

import pandas as pd

from compare.outputs.element import Element, classes, element, together
from compare.sections.section import Drawing

BOLD = re.compile("<b>(.*?)</b>")
TAG = re.compile("<[^>]*>")
FROM_ELSEWHERE = ("g-", "o-")
ANCHORS = {"left": "left", "right": "right", "center": "middle"}


def links_over(drawing: Drawing) -> Iterator[Element]:
    """Yield, for every label of a drawing that names a row, a link that lies over it.

    The words are there for whoever cannot see the drawing; a page shows them where nothing draws it.
    """
    layout = json.loads(drawing.figure)["layout"]
    for one in layout.get("annotations", ()):
        if one.get("name"):
            left, top = place(layout, one)
            # What is bold stands at odd places.
            said = [_plain(words) for words in BOLD.split(one["text"])]
            words = [element("small" if at % 2 == 0 else "b", word) for at, word in enumerate(said) if word]
            side, size = ANCHORS[one.get("xanchor", "center")], one["font"]["size"]
            link = element("a", together(words, " "), href=f"#{one['name']}")
            out = "out" if one["name"].startswith(FROM_ELSEWHERE) else ""
            yield element(
                "span", link, class_=classes("lab over", out, f"at-{side}"),
                style=f"left:{left:.1f}px;top:{top:.1f}px;font-size:{size:g}px",
            )  # fmt: skip


def _plain(words: str) -> str:
    """Return the words of a label without what styles them.

    >>> _plain('<span style="color:red">≥ 5 &lt; 6</span>')
    '≥ 5 < 6'
    """
    return unescape(TAG.sub("", words)).strip()


def place(layout: dict[str, Any], label: dict[str, Any]) -> tuple[float, float]:
    """Return where a label lies, in pixels from the top left.

    >>> layout = {"width": 100, "height": 50, "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
    ...           "xaxis": {"range": [0, 4]}, "yaxis": {"range": [0, 3]}}
    >>> place(layout, {"x": 2, "y": 3, "yshift": 5})
    (50.0, 5.0)
    """
    margin = layout["margin"]
    across = layout["width"] - margin["l"] - margin["r"]
    down = layout["height"] - margin["t"] - margin["b"]
    axis = layout["xaxis"]
    cuts = [one["bounds"] for one in axis.get("rangebreaks", ())]
    left = margin["l"] + share(label["x"], axis["range"], cuts) * across + label.get("xshift", 0)
    top = margin["t"] + (1 - share(label["y"], layout["yaxis"]["range"])) * down - label.get("yshift", 0)
    return left, top


def share(at: Any, ends: list[Any], cuts: Iterable[list[str]] = ()) -> float:
    """Return how far along a range a number or a day lies, 0 at its start, days that are cut out not counted.

    >>> share("2022-07-02", ["2022-01-01", "2022-12-31"])
    0.5
    >>> share("2022-03-01", ["2022-01-01", "2022-12-31"], [["2022-02-01", "2022-12-03"]])
    0.525...
    """
    if not isinstance(ends[0], str):
        return float((at - ends[0]) / (ends[1] - ends[0]))
    first, last, here = (pd.Timestamp(day) for day in (*ends, at))
    gone = [tuple(map(pd.Timestamp, cut)) for cut in cuts]

    def shown(day: pd.Timestamp) -> pd.Timedelta:
        cut = [min(day, end) - start for start, end in gone if start < day]
        return day - first - sum(cut, pd.Timedelta(0))

    return float(shown(here) / shown(last))
