"""From an executed notebook to one self-contained HTML file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from compare.briefings.pieces import MIMETYPE, TEMPLATES
from compare.build.plan import Briefing
from compare.charts import look
from compare.project import FRONT, find_root
from compare.words.messages import Messages, read_messages

if TYPE_CHECKING:
    from nbformat import NotebookNode

HERE = Path(__file__).parent
VERSION = "0.1.0"
SERIF = '"Songti SC","Noto Serif CJK SC","Source Han Serif SC",SimSun,serif'
LATIN = '-apple-system,"Segoe UI",Inter,"Helvetica Neue",Arial,"Liberation Sans",'


def render(notebook: NotebookNode, *, briefing: Briefing, root: Path | None = None) -> str:
    """Return an executed notebook as one HTML text that needs no network.

    Style, script, plotly.js and the sections stand in the file; nothing in it is fetched.
    """
    from nbconvert.exporters.html import HTMLExporter

    root = root or find_root()
    prose = read_messages(root, briefing.notebook, briefing.lang)
    sections = _sections(notebook)
    exporter = HTMLExporter(template_name="nbconvert", extra_template_basedirs=[str(TEMPLATES)])
    body, _ = exporter.from_notebook_node(
        notebook,
        {
            "page": {
                "lang": "zh-CN" if briefing.lang == "zh" else "en",
                "title": _title(sections),
                "version": VERSION,
                "style": style(briefing.lang, _cities(briefing)),
                "skip": prose.say("kicker"),
                "site": prose.say("site"),
                "kicker": _kicker(root, prose, briefing),
                "links": _links(briefing, prose),
                "mimetype": MIMETYPE,
                "palette": json.dumps(look.DARK),
                "plotly": plotly_js() if 'class="plot' in sections else "",
                "script": (HERE / "briefing.js").read_text(encoding="utf-8")
                if 'class="plot' in sections
                else "",
            }
        },
    )
    return str(body)


def _sections(notebook: NotebookNode) -> str:
    return "\n".join(
        output.data[MIMETYPE]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if MIMETYPE in output.get("data", {})
    )


def _title(sections: str) -> str:
    start, end = sections.find("<h1>"), sections.find("</h1>")
    return sections[start + 4 : end] if start >= 0 else ""


def _cities(briefing: Briefing) -> list[str]:
    cities = briefing.parameters.get("cities", briefing.parameters.get("city"))
    return [str(city) for city in cities] if isinstance(cities, list) else [str(cities)] if cities else []


def _kicker(root: Path, prose: Messages, briefing: Briefing) -> str:
    mark = "：" if briefing.lang == "zh" else ": "
    return f"{prose.say('kicker')}{mark}{_subject(root, prose, briefing)}"


def _subject(root: Path, prose: Messages, briefing: Briefing) -> str:
    for name, table, key in (("topic", "topics", "topic_id"), ("city", "places", "place_id")):
        if name in briefing.parameters:
            names = {row[key]: row[f"name_{briefing.lang}"] for row in _rows(root, table)}
            return names.get(str(briefing.parameters[name]), "")
    return prose.say("subject")


def _rows(root: Path, table: str) -> list[dict[str, str]]:
    import csv

    with (root / "data" / "curated" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _links(briefing: Briefing, prose: Messages) -> list[tuple[str, str, str]]:
    other = "en" if briefing.lang == "zh" else "zh"
    stem = briefing.name.removesuffix(f".{briefing.lang}")
    return [
        (FRONT[briefing.lang], prose.say("index"), briefing.lang),
        (f"{stem}.{other}.html", prose.say("other_language"), other),
    ]


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
