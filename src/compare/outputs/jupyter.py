"""A section in JupyterLab: its words and tables as on the page, its charts drawn by JupyterLab itself."""

from __future__ import annotations

import datetime
import json

from compare.outputs.arrange import arrange
from compare.outputs.element import code, element
from compare.outputs.html import Leaf
from compare.outputs.html import section as html_section
from compare.outputs.page import places, style
from compare.sections.section import MIMETYPE, Chart, Section, parts
from compare.words.messages import messages


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
        for widest in chart.drawings[:1]:
            display(go.Figure(json.loads(widest.figure)))


def alone(section: Section) -> str:
    """Return a section as HTML that stands alone: numbered by itself, its style held to itself."""
    # What is taken away here is dated like nothing that was published.
    leaf = Leaf(arrange([section]), messages(section.lang), section.lang, datetime.date(2000, 1, 1), False)
    # A style sheet nested in a class leaves the rest of the notebook as it is.
    sheet = style(section.lang, places([section])).replace(":root", "&").replace("html[", "&[")
    # A notebook has its own look for terms, which is stronger than that of a page's elements alone.
    plain = "dl,dt,dd{float:none;width:auto;margin:0;padding:0}"
    head = code("style", ".compare-section{" + sheet + plain + "}")
    return str(head + element("div", html_section(section, leaf), class_="compare-section"))
