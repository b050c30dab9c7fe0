"""A briefing as one self-contained HTML file, made of its sections in their order."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from compare.charts import look
from compare.outputs.arrange import arrange
from compare.outputs.element import (
    HERE,
    Element,
    classes,
    code,
    data,
    filled,
    fingerprint,
    name_of,
    packed,
    together,
)  # fmt: skip
from compare.outputs.html import Leaf, section
from compare.sections.section import Chart, Section, parts, runs
from compare.words.messages import Messages
from compare.words.text import plain

VERSION = "0.1.0"
# Styles are written by Plotly as attributes; nothing is fetched by them, since nothing may be.
NO_SOURCE = "'none'"
POLICY = (
    f"default-src {NO_SOURCE}; style-src 'unsafe-inline'; img-src data: blob:; base-uri {NO_SOURCE}; "
    f"form-action {NO_SOURCE}"
)
SERIF = '"Songti SC","Noto Serif CJK SC","Source Han Serif SC",SimSun,serif'
LATIN = '-apple-system,"Segoe UI",Inter,"Helvetica Neue",Arial,"Liberation Sans",'


@dataclass(frozen=True)
class Frame:
    """What stands around a page's sections: its language, day, words, name in the bar, and ways elsewhere.

    `edition` and `inputs`, a fingerprint of what the page is made from, are what it can be verified by.
    """

    lang: str
    as_of: datetime.date
    messages: Messages
    kicker: str
    links: tuple[tuple[str, str, str], ...] = ()
    edition: str = ""
    inputs: str = ""


def html_page(sections: Sequence[Section], frame: Frame) -> str:
    """Return a page as one HTML text that needs no network: style, script, plotly.js and data stand in it."""
    leaf = Leaf(arrange(sections), frame.messages, frame.lang, frame.as_of)
    body = together((section(one, leaf) for one in sections), "\n")
    drawn = any(True for _ in parts(sections, Chart))
    skip = ("main", frame.messages.say("kicker"))
    sheet = style(frame.lang, places(sections))
    held = (data(look.DARK, id="palette"), plotly()) if drawn else ()
    runs = ("open.js", *(("briefing.js",) if drawn else ()))
    return whole_page(frame, plain(sections[0].title), body, sheet, skip, data=held, scripts=runs)


def whole_page(
    frame: Frame, title: str, body: Element, sheet: str, skip: tuple[str, str], look: str = "",
    data: Sequence[Element] = (), scripts: Sequence[str] = (),
) -> str:  # fmt: skip
    """Return an HTML text with its head, bar and style sheet around what its elements make.

    `skip` is where the first link leads, and its words; `look` a class of the whole; `data` what its
    `scripts`, files of this package, read. Its policy lets nothing else run and nothing be fetched.
    """
    run = [(HERE / name).read_text(encoding="utf-8") for name in scripts]
    # What the first script unpacks and adds to the page is named too.
    hashes = [fingerprint(one) for one in (*run, *([plotly_js()] if "briefing.js" in scripts else ()))]
    page = {
        "frame": frame,
        "title": title,
        "version": VERSION,
        "policy": f"{POLICY}; script-src {' '.join(hashes) or NO_SOURCE}",
        "style": code("style", sheet),
        "skip": skip,
        "site": frame.messages.say("site"),
        "foot": frame.messages.say("foot", edition=frame.edition, inputs=frame.inputs)
        if frame.inputs
        else "",
        "shipped": frame.messages.say("foot.shipped") if "briefing.js" in scripts else "",
        "look": classes("page", look),
        "body": body,
        "scripts": [*data, *(code("script", one) for one in run)],
    }
    return filled("page.html.j2", page=page)


@cache
def plotly() -> Element:
    """Return plotly.js as a page holds it: packed, until the page's own script unpacks it."""
    return packed(plotly_js(), id="plotly")


def places(sections: Sequence[Section]) -> list[str]:
    """Return the places whose colours the sections bear, in the order in which they come."""
    return list(dict.fromkeys(run.place for run in runs(sections) if run.place))


@cache
def plotly_js() -> str:
    """Return plotly.js as the installed plotly ships it: whole, so that no trace type can be missing."""
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs())


def style(lang: str, cities: Sequence[str]) -> str:
    """Return the style sheet of a page with its fonts and the colours of its cities, light and dark."""
    colours = look.colours(list(cities))
    sans = look.FONT[lang]
    fonts = f":root{{--sans:{sans};--serif:{SERIF};--latin:{LATIN}{look.FONT['zh']}}}"
    names = "".join(f".c-{name_of(city)}{{--c:var(--c{colour[1:]})}}" for city, colour in colours.items())
    # The places above are drawn in ink.
    drawn = [*colours.values(), look.INK]
    light = ":root{" + "".join(f"--c{c[1:]}:{c};" for c in drawn) + "}"
    swapped = "".join(f"--c{c[1:]}:{look.DARK[c]};" for c in drawn)
    dark = (
        "@media screen and (prefers-color-scheme:dark){:root{"
        "--paper:#15181C;--card:#1C2025;--ink:#ECEAE4;--second:#B9BCC2;"
        "--third:#969AA2;--rule:#3A3F46;--hatch:#40454D;--na:#262A30;--mark:#5A4700;--mark-ink:#ECEAE4;--line:#E5B93A;"
        f"--tint:11%;color-scheme:dark;{swapped}}}}}"
    )
    return "\n".join([(HERE / "briefing.css").read_text(encoding="utf-8"), fonts, light, names, dark])
