"""Pictures of the charts on finished pages, taken by a Chromium, Chrome or Edge of this machine.

A chart is marks that Plotly draws and words that the page lays over them; a browser alone shows both
as a reader sees them. The bytes of a picture depend on that browser and on the fonts of this machine.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import CompareError, Problem

if TYPE_CHECKING:
    from choreographer import Tab

HERE = Path(__file__).parent
WINDOW = {"width": 1240, "height": 900, "deviceScaleFactor": 1, "mobile": False}
# As the page prints: light colours, and of each chart the size that a sheet has room for.
PRINT = {"media": "print", "features": [{"name": "prefers-color-scheme", "value": "light"}]}
# Pixels of a picture for each of the page's: about 350 to an inch at the widest.
SHARPNESS = 3
# A chart taller than this, for its width, would have to shrink below what can be read: it is cut.
MOST_RATIO = 1.2
PATIENCE = 60
HINT = (
    "install Chromium, Chrome or Edge (on Debian and Ubuntu: sudo apt-get install chromium fonts-noto-cjk), "
    "or name one that is there in the environment variable BROWSER_PATH"
)


@dataclass(frozen=True)
class Shot:
    """One picture: its PNG, and the size it has on the page in CSS pixels."""

    png: bytes
    width: float
    height: float


def photograph(pages: Mapping[str, Path]) -> dict[str, dict[int, list[Shot]]]:
    """Return the pictures of each page by name and by number of the element that shows them.

    Elements that a sheet of paper does not show have none; a chart too tall for a sheet has several.
    Raises `CompareError` where no browser can be found or it does not do its work.
    """
    if not pages:
        return {}
    from choreographer import errors

    failures = (
        errors.BrowserClosedError, errors.BrowserFailedError, errors.BrowserDepsError,
        errors.ChannelClosedError, errors.DevtoolsProtocolError, OSError, TimeoutError,
    )  # fmt: skip
    try:
        return asyncio.run(_photograph(pages))
    except errors.ChromeNotFoundError:
        problem = Problem("browser", found="none", expected="a Chromium, Chrome or Edge", todo=HINT)
        raise CompareError("The charts cannot be drawn without a browser", [problem]) from None
    except failures as failure:
        said = str(failure.args[0]) if failure.args else type(failure).__name__
        problem = Problem("browser", found=said, expected="pictures of the charts", todo=HINT)
        raise CompareError("The browser did not draw the charts", [problem]) from None


async def _photograph(pages: Mapping[str, Path]) -> dict[str, dict[int, list[Shot]]]:
    from choreographer import Browser

    async with Browser() as browser:
        tab = await browser.create_tab("about:blank")
        await _ask(tab, "Page.enable")
        await _ask(tab, "Emulation.setDeviceMetricsOverride", **WINDOW)
        await _ask(tab, "Emulation.setEmulatedMedia", **PRINT)
        return {
            name: await asyncio.wait_for(_page_shots(tab, path), PATIENCE) for name, path in pages.items()
        }


async def _page_shots(tab: Tab, path: Path) -> dict[int, list[Shot]]:
    """Return the pictures of one page, opened from its file."""
    loaded = tab.subscribe_once("Page.loadEventFired")
    await _ask(tab, "Page.navigate", url=path.resolve().as_uri())
    await loaded
    await _evaluate(tab, (HERE / "pictures.js").read_text(encoding="utf-8"))
    found = await _evaluate(tab, "photographer.list()")
    return {index: await _shots(tab, index, drawn) for index, drawn in enumerate(found) if drawn is not None}


async def _shots(tab: Tab, index: int, drawn: Mapping[str, Any]) -> list[Shot]:
    head, cuts = parts(drawn["bands"], drawn["height"], drawn["width"] * MOST_RATIO)
    made = []
    for number, (top, bottom) in enumerate(cuts):
        asked = f"photographer.show({index}, {top}, {bottom}, {head if number else 0})"
        clip = {**await _evaluate(tab, asked), "scale": SHARPNESS}
        taken = await _ask(tab, "Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        made.append(Shot(base64.b64decode(taken["data"]), clip["width"], clip["height"]))
    return made


def parts(
    bands: Sequence[Sequence[float]], height: float, most: float
) -> tuple[float, list[tuple[float, float]]]:
    """Return the height of a chart's head, and the stretches from its top to cut it into.

    `bands` are the top and bottom of every mark and word: a cut goes through none of them. What is not
    taller than `most`, or has no gap to cut at, stays whole.

    >>> parts([(0, 20), (30, 60), (70, 100)], 100, 85)
    (25.0, [(0.0, 65.0), (65.0, 100)])
    """
    gaps = _gaps(bands)
    if height <= most or not gaps:
        return 0, [(0, height)]
    head, start = gaps[0], 0.0
    cuts: list[tuple[float, float]] = []
    while height - start > most - (head if cuts else 0):
        room = most - (head if cuts else 0)
        within = [gap for gap in gaps if start + room / 2 < gap <= start + room]
        if not within:
            return 0, [(0, height)]
        cuts.append((start, within[-1]))
        start = within[-1]
    return head, [*cuts, (start, height)]


def _gaps(bands: Sequence[Sequence[float]]) -> list[float]:
    """Return the middle of every gap between bands, from the top down."""
    gaps, reached = [], None
    for top, bottom in sorted((band[0], band[1]) for band in bands):
        if reached is not None and top > reached:
            gaps.append((reached + top) / 2)
        reached = bottom if reached is None else max(reached, bottom)
    return gaps


async def _evaluate(tab: Tab, expression: str) -> Any:
    """Return the value of a script's expression in the page."""
    answer = await _ask(tab, "Runtime.evaluate", expression=expression, returnByValue=True)
    if "exceptionDetails" in answer:
        raise OSError(answer["exceptionDetails"].get("text", "a script of the page failed"))
    return answer["result"].get("value")


async def _ask(tab: Tab, command: str, **parameters: Any) -> Any:
    """Return what the browser answers to a command of its DevTools protocol."""
    answer = await tab.send_command(command, params=parameters)
    if "error" in answer:
        raise OSError(f"{command}: {answer['error'].get('message', '')}")
    return answer["result"]
