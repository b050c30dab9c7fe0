"""A section in JupyterLab: its words and tables as on the page, its charts drawn by JupyterLab itself."""

from __future__ import annotations

import datetime
import json

from compare.charts.drawing import titled
from compare.outputs.arrange import arrange
from compare.outputs.element import code, element
from compare.outputs.html import Leaf
from compare.outputs.html import section as html_section
from compare.outputs.page import places, style
from compare.sections.section import MIMETYPE, Chart, Section, parts
from compare.words.messages import messages
from compare.words.text import plain

# What a notebook has room for beside its files.
WIDEST = 800
# A notebook has a look of its own for these: a class said four times is stronger, and weaker than the page's.
OWN = "table,thead,tbody,tfoot,tr,th,td,ul,ol,li,dl,dt,dd,p,h1,h2,h3,h4,blockquote,a,mark"
BARE = f":where({OWN}){{all:revert}}"
STACKED = ".panels{display:block}"


def show(section: Section) -> None:
    """Show a section in a notebook: as data that a page is made of, as HTML beside it, and its charts."""
    import plotly.graph_objects as go
    from IPython.display import display

    bundle = {
        MIMETYPE: section.to_json(),
        "text/html": alone(section),
        "text/plain": f"<section {section.key}>",
    }
    display(bundle, raw=True)
    for chart in parts(section, Chart):
        # Under all words it stands apart from its own, so it bears its title itself.
        fitting = [one for one in chart.drawings if one.width <= WIDEST] or chart.drawings[-1:]
        display(titled(go.Figure(json.loads(fitting[0].figure)), plain(chart.title or section.title)))


def alone(section: Section) -> str:
    """Return a section as HTML that stands alone: numbered by itself, its style held to itself."""
    # What is taken away here is dated like nothing that was published.
    leaf = Leaf(arrange([section]), messages(section.lang), section.lang, datetime.date(2000, 1, 1), False)
    # A style sheet nested in a class leaves the rest of the notebook as it is.
    sheet = style(section.lang, places([section])).replace(":root", "&").replace("html[", "&[")
    head = code("style", ".compare-section" * 4 + "{" + BARE + sheet + STACKED + "}")
    return str(head + element("div", html_section(section, leaf), class_="compare-section"))
