"""A briefing as one self-contained HTML file, made of its sections in their order."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from compare.charts import look
from compare.outputs.arrange import arrange
from compare.outputs.html import Leaf, chinese, classes, element, section
from compare.sections.section import Chart, Section, parts, runs
from compare.words.messages import Messages
from compare.words.text import plain

HERE = Path(__file__).parent
VERSION = "0.1.0"
SERIF = '"Songti SC","Noto Serif CJK SC","Source Han Serif SC",SimSun,serif'
LATIN = '-apple-system,"Segoe UI",Inter,"Helvetica Neue",Arial,"Liberation Sans",'


@dataclass(frozen=True)
class Frame:
    """What stands around a page's sections: its language, day, words, name in the bar, and ways elsewhere."""

    lang: str
    as_of: datetime.date
    messages: Messages
    kicker: str
    links: tuple[tuple[str, str, str], ...] = ()


def html_page(sections: Sequence[Section], frame: Frame) -> str:
    """Return a page as one HTML text that needs no network: style, script, plotly.js and data stand in it."""
    leaf = Leaf(arrange(sections), frame.messages, frame.lang, frame.as_of)
    body = Markup("\n").join(section(one, leaf) for one in sections)
    drawn = any(True for _ in parts(sections, Chart))
    skip = ("main", frame.messages.say("kicker"))
    sheet = style(frame.lang, places(sections))
    return whole_page(frame, plain(sections[0].title), body, sheet, skip, scripts=_drawing() if drawn else ())


def whole_page(
    frame: Frame, title: str, body: Markup, sheet: str, skip: tuple[str, str], look: str = "",
    scripts: Sequence[Markup] = (),
) -> str:  # fmt: skip
    """Return an HTML text with its head, bar and style sheet around what its elements make.

    `skip` is where the first link leads, and its words; `look` a class of the whole.
    """
    # Only what was made by elements or stands in a file of this package is markup.
    page = {
        "frame": frame,
        "title": title,
        "version": VERSION,
        "style": Markup(sheet),
        "skip": skip,
        "site": frame.messages.say("site"),
        "look": classes("page", look),
        "body": body,
        "scripts": scripts,
    }
    return environment().get_template("page.html.j2").render(page=page)


def _drawing() -> list[Markup]:
    """Return the scripts that draw charts, the colours of dark paper before them."""
    palette = element("script", Markup(json.dumps(look.DARK)), type="application/json", id="palette")
    code = (HERE / "briefing.js").read_text(encoding="utf-8")
    return [palette, element("script", Markup(plotly_js())), element("script", Markup(code))]


@cache
def environment() -> Environment:
    """Return the templates' environment: what is not made by elements is escaped, a missing name an error."""
    loader = FileSystemLoader(HERE / "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters["chinese"] = chinese
    return made


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
    names = "".join(f".c-{city}{{--c:var(--c{colour[1:]})}}" for city, colour in colours.items())
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
