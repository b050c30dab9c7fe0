"""Charts as pictures for paper, by Plotly's own exporter, for which a browser of this machine draws.

The bytes of a picture depend on that browser and on the fonts of this machine.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from compare.charts.look import PAPER
from compare.disk import refusals
from compare.errors import CompareError, Problem
from compare.outputs.overlay import place
from compare.sections.section import Chart, Drawing

# Pixels: the widest drawing whose words can still be read on a sheet.
WIDEST = 760
# Pixels of a picture for each of the drawing's: about 350 to an inch at the widest.
SHARPNESS = 3
# A drawing taller than this, for its width, would have to shrink below what can be read: it is cut.
MOST_RATIO = 1.25
HINT = (
    "install Chromium, Chrome or Edge (on Debian and Ubuntu: sudo apt-get install chromium fonts-noto-cjk), "
    "or name one that is there in the environment variable BROWSER_PATH"
)
FONT_HINT = "install one (on Debian and Ubuntu: sudo apt-get install fonts-noto-cjk)"
CHINESE = re.compile("[\u4e00-\u9fff]")
Figure = dict[str, Any]


@dataclass(frozen=True)
class Picture:
    """One picture: its PNG, and its size in CSS pixels."""

    png: bytes
    width: float
    height: float


def on_paper(chart: Chart) -> Drawing | None:
    """Return the drawing of a chart for paper: the widest that a sheet has room for, or the narrowest."""
    held = sorted(chart.drawings, key=lambda one: one.width)
    return next((one for one in reversed(held) if one.width <= WIDEST), held[0] if held else None)


def pictures(drawings: Iterable[Drawing]) -> dict[Drawing, list[Picture]]:
    """Return the pictures of each drawing, several of one that is too tall for a sheet.

    Raises `CompareError` where no browser or no font can be found, or the browser does not do its work.
    """
    cut = {one: parts(json.loads(one.figure.replace(PAPER, "#FFFFFF"))) for one in drawings}
    drawn = iter(_drawn([figure for figures in cut.values() for figure in figures]))
    return {
        one: [Picture(next(drawn), each["layout"]["width"], each["layout"]["height"]) for each in figures]
        for one, figures in cut.items()
    }


def _drawn(figures: Sequence[Figure]) -> Iterator[bytes]:
    """Yield the PNG of every figure."""
    if not figures:
        return
    _see_to_fonts(figures)
    import kaleido
    from kaleido import errors

    # It tells of its own leave-taking from the browser as if that were a fault.
    logging.getLogger("choreographer").setLevel(logging.CRITICAL)

    failures = (
        errors.BrowserClosedError, errors.BrowserFailedError, errors.JavascriptError, errors.KaleidoError,
        TimeoutError,
    )  # fmt: skip
    with refusals(Path(gettempdir())), TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.png") for number in range(len(figures))]
        asked = [
            {"fig": figure, "path": path, "opts": {"format": "png", "scale": SHARPNESS, **_size(figure)}}
            for figure, path in zip(figures, paths, strict=True)
        ]
        try:
            # No formula is drawn, so nothing is fetched from a network.
            failed = kaleido.write_fig_from_object_sync(asked, kopts={"mathjax": False})
        except errors.ChromeNotFoundError:
            problem = Problem("browser", found="none", expected="a Chromium, Chrome or Edge", todo=HINT)
            raise CompareError("The charts cannot be drawn without a browser", [problem]) from None
        except failures as failure:
            failed = [failure]
        if failed and isinstance(failed[0], OSError) and failed[0].errno:
            # The disk is at fault, not the browser.
            raise failed[0]
        if failed or not all(path.is_file() for path in paths):
            said = str(failed[0]) if failed else "no picture"
            problem = Problem("browser", found=said, expected="pictures of the charts", todo=HINT)
            raise CompareError("The browser did not draw the charts", [problem])
        yield from [path.read_bytes() for path in paths]


def _see_to_fonts(figures: Sequence[Figure]) -> None:
    """Raise `CompareError` where Chinese is to be drawn and fontconfig, which browsers ask, has no font.

    A browser would draw boxes and say nothing. Windows and macOS have such fonts, and no fontconfig.
    """
    asked = shutil.which("fc-list")
    if not asked or not CHINESE.search(json.dumps(figures, ensure_ascii=False)):
        return
    found = subprocess.run([asked, ":charset=4e2d", "family"], capture_output=True, check=False)
    if found.returncode == 0 and not found.stdout.strip():
        problem = Problem("fonts", found="none", expected="a font with Chinese characters", todo=FONT_HINT)
        raise CompareError("The charts cannot be drawn without a Chinese font", [problem])


def _size(figure: Figure) -> dict[str, Any]:
    return {name: figure["layout"][name] for name in ("width", "height")}


def parts(figure: Figure) -> list[Figure]:
    """Return a figure in parts, each with its own axis, where it is too tall for a sheet.

    It is cut at lines that cross all of it; what stands between two of them is never parted.
    """
    layout = figure["layout"]
    margin = layout["margin"]
    down = layout["height"] - margin["t"] - margin["b"]
    most = layout["width"] * MOST_RATIO - margin["t"] - margin["b"]
    bottom, top = layout["yaxis"]["range"]
    lines = [one["yanchor"] for one in layout.get("shapes", ()) if one["type"] == "line" and "yanchor" in one]
    made, start = [], 0.0
    for line, following in pairwise([*sorted((y - top) / (bottom - top) * down for y in lines), down]):
        if down > most and line > start and following - start > most:
            made.append((start, line))
            start = line
    return [_part(figure, one) for one in (*made, (start, down))] if made else [figure]


def _part(figure: Figure, part: tuple[float, float]) -> Figure:
    """Return the stretch of a figure between two heights of its plot, in pixels from the top."""
    layout, (start, end) = dict(figure["layout"]), part
    margin = layout["margin"]
    down = layout["height"] - margin["t"] - margin["b"]
    bottom, top = layout["yaxis"]["range"]
    labels = [(one, place(layout, one)[1] - margin["t"]) for one in layout.get("annotations", ())]
    layout["annotations"] = [one for one, at in labels if start <= at < end or (at >= down == end)]
    layout["yaxis"] = layout["yaxis"] | {"range": [top + at / down * (bottom - top) for at in (end, start)]}
    layout["height"] = round(margin["t"] + end - start + margin["b"])
    return figure | {"layout": layout}
