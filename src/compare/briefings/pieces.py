"""Sections of a page: HTML from a template, shown by JupyterLab and taken over by the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from compare.tables.silence import listed

MIMETYPE = "application/x.compare.briefing+html"
CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]+")
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Piece:
    """One section of a briefing as HTML; its charts are drawn by a page, and in JupyterLab by Plotly.

    `figures` are the charts to show where there is no page; `plain` is then the HTML beside them.
    """

    html: str
    plain: str = ""
    figures: tuple[go.Figure, ...] = ()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        bundle = {
            "text/html": self.plain or self.html,
            MIMETYPE: self.html,
            "text/plain": f"<section of {len(self.html)} characters>",
        }
        display(bundle, raw=True)
        for figure in self.figures:
            display(figure)


@cache
def environment() -> Environment:
    """Return the templates' environment: text is escaped, a missing name is an error and no blank."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["chinese"] = marked_chinese
    made.filters["listed"] = listed
    return made


def marked_chinese(words: str) -> Markup:
    """Return words as HTML with each run of Chinese marked as such, so that it is read out as Chinese.

    >>> print(marked_chinese("超过 is coded >"))
    <span lang="zh">超过</span> is coded &gt;
    """
    return Markup(CHINESE.sub(lambda run: f'<span lang="zh">{run.group()}</span>', str(escape(words))))


def render(template: str, **context: Any) -> Piece:
    """Return the piece that a template makes of a context."""
    return Piece(environment().get_template(template).render(**context))
