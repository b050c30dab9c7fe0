"""Compare what Chinese cities promise in their digital-government plans.

    import compare as cp
    book = cp.load()                                   # checked, or one error listing every problem
    cp.where(book.targets, topic="5g", city=["dezhou", "dongying"])
    cp.align(book, indicator="base_stations_5g", per="population")

Names are loaded when first used, so that `import compare` costs next to nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

_HOMES = {
    "compare.asked": ("check_parameters",),
    "compare.errors": ("CompareError", "Problem", "UnknownName"),
    "compare.tables.book": ("Book",),
    "compare.rules.check": ("check",),
    "compare.rules.load": ("load",),
    "compare.rules.accounts": ("ledger",),
    "compare.coding.agreement": ("krippendorff_alpha",),
    "compare.texts.quotes": ("locate",),
    "compare.analysis.panel": ("align", "operative", "where"),
    "compare.words.reasons": ("not_comparable", "pairs"),
    "compare.words.named": ("cities", "documents", "facts", "figures", "per_head", "table"),
    "compare.words.coded": (
        "commitment_changes",
        "commitments",
        "coverage",
        "increments",
        "indicator_changes",
        "mean_bounds",
        "ranks",
        "reference",
        "taken_up",
        "tally",
    ),
    "compare.analysis.topic_coverage": ("topic_coverage",),
    "compare.analysis.figures": ("promised",),
    "compare.words.cascade": ("cascade",),
    "compare.words.order": ("order",),
    "compare.words.questions": ("questions",),
    "compare.analysis.cascade": ("goals_above", "places_compared"),
    "compare.analysis.contradictions": ("contradictions",),
    "compare.analysis.ranks": ("rankable",),
    "compare.words.verdicts": ("attainment", "observations"),
    "compare.analysis.editions": ("editions",),
    "compare.words.schedule": ("dues", "schedule"),
    "compare.analysis.passages": ("evidence", "passages"),
}
_FLOORS = ("charts", "sections")
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = sorted((*_HOME_OF, *_FLOORS))  # noqa: PLE0605  the names are those of the table above


def __getattr__(name: str) -> Any:
    _show_in_notebooks()
    if name in _FLOORS:
        return import_module(f"compare.{name}")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'compare' has no attribute {name!r}; it offers {', '.join(__all__)}")
    return getattr(import_module(_HOME_OF[name]), name)


def _show_in_notebooks() -> None:
    """Let a notebook, where this is one, show sections as their page does, without loading any."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        formatter = shell.display_formatter.ipython_display_formatter
        formatter.for_type_by_name("compare.sections.section", "Section", _show)


def _show(section: Any) -> None:
    import_module("compare.outputs.jupyter").show(section)


def __dir__() -> list[str]:
    return __all__
