"""Sections of a page: HTML from a template, shown by JupyterLab and taken over by the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from compare.outputs.html import chinese
from compare.texts.keywords import listed

MIMETYPE = "application/x.compare.briefing+html"
# The types of cells that may be missing; all others are handed on without being asked.
MISSING = (float, type(pd.NaT), type(pd.NA))
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


class Cleaned(Environment):
    """Templates to which a missing cell is nothing, wherever in the data they meet it.

    A missing value of a frame is true and prints as "nan"; here it is None, which is neither.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what `obj.attribute` says in a template."""
        return present(super().getattr(obj, attribute))

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return what `obj[argument]` says in a template."""
        return present(super().getitem(obj, argument))


def present(value: Any) -> Any:
    """Return a cell, None where it is missing.

    >>> present(float("nan")), present(pd.NaT), present(""), present(0)
    (None, None, '', 0)
    """
    return None if isinstance(value, MISSING) and pd.isna(value) else value


def _printed(value: Any) -> Any:
    value = present(value)
    return "" if value is None else value


@cache
def environment() -> Environment:
    """Return the templates' environment: text is escaped, a missing name is an error and no blank."""
    made = Cleaned(
        finalize=_printed,
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["chinese"] = chinese
    made.filters["listed"] = listed
    return made


def render(template: str, **context: Any) -> Piece:
    """Return the piece that a template makes of a context."""
    return Piece(environment().get_template(template).render(**context))
