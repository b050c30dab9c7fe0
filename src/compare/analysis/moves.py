"""The figures of one indicator in two documents of a city: the same again, further, less far, or unlike."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.analysis.pairs import graded
from compare.analysis.panel import align
from compare.tables.book import Book

CHANGES = ("again", "raised", "lowered", "differs", "different_measure")
COLUMNS = ["earlier_id", "later_id", "grade", "change", "differences"]
GRADES = ("like", "different_year", "different_measure")
BELOW, ABOVE = ("le", "lt"), ("ge", "gt")
Target = dict[str, Any]


def moves(book: Book, indicator: str, earlier_id: str, later_id: str) -> pd.DataFrame:
    """Return the operative targets of an indicator in two documents, each beside the one it is set against.

    Of figures that measure the same, those due in one year are set against one another, else those due
    last; a figure without its like is set against the one left over. `change` is again (same bound, same
    value), raised or lowered (by the indicator's direction, whatever the due years), differs (the same
    measure, but another bound, range or number of groups leaves open which goes further) or
    different_measure; `differences` are the codes of what sets the two apart. Raises UnknownName for an
    unknown indicator or document.
    """
    better = book.indicators.set_index("indicator_id")["better"]
    sides = [_targets(book, indicator, name) for name in (earlier_id, later_id)]
    pairs = [(a, b, graded(a, b)) for a in sides[0] for b in sides[1]]
    made = [
        {"earlier_id": a["target_id"], "later_id": b["target_id"]}
        | found
        | {"change": _change(a, b, found["grade"], better[indicator])}
        for a, b, found in _matched(pairs)
    ]
    return pd.DataFrame(made, columns=COLUMNS)


def _targets(book: Book, indicator: str, source_id: str) -> list[Target]:
    """Return a document's operative targets as records, each with its number of groups."""
    book.read(source_id)
    place = book.sources.set_index("source_id")["place_id"][source_id]
    panel = align(book, indicator, city=place)
    panel = panel[panel["source_id"] == source_id]
    groups = dict(zip(book.targets["target_id"], book.targets["multiplier"], strict=True))
    return panel.assign(multiplier=panel["target_id"].map(groups)).to_dict("records")


def _matched(
    pairs: list[tuple[Target, Target, dict[str, str]]],
) -> list[tuple[Target, Target, dict[str, str]]]:
    """Return the pairs to show: one for each measure, the best graded and then the last due."""
    ranked = sorted(
        pairs,
        key=lambda p: (
            GRADES.index(p[2]["grade"]),
            -_day(p[0]),
            -_day(p[1]),
            p[0]["target_id"],
            p[1]["target_id"],
        ),
    )
    used: set[str] = set()
    kept = []
    for a, b, found in ranked:
        own = {a["target_id"], b["target_id"]}
        if own & used:
            continue
        kept.append((a, b, found))
        used |= own
        # A measure promised for several years is one matter: its other years are no further pair.
        for x, y, other in pairs:
            ids = {x["target_id"], y["target_id"]}
            if other["grade"] != "different_measure" and ids & own:
                used |= ids
    return kept


def _day(target: Target) -> int:
    return 0 if pd.isna(target["due_on"]) else int(target["due_on"].toordinal())


def _change(earlier: Target, later: Target, grade: str, better: str) -> str:
    if grade == "different_measure":
        return grade
    bounds = (earlier["comparator"], later["comparator"])
    if any(b in BELOW for b in bounds) and any(b in ABOVE for b in bounds):
        return "differs"
    if earlier["multiplier"] != later["multiplier"]:
        # 各50项 for two groups is neither more nor less than 100 for all.
        return "differs"
    steps = {(b > a) - (b < a) for a, b in zip(_ends(earlier), _ends(later), strict=True)}
    if steps == {0}:
        return "again" if bounds[0] == bounds[1] else "differs"
    if better == "none" or steps == {-1, 1}:
        return "differs"
    return "raised" if (1 in steps) == (better == "higher") else "lowered"


def _ends(target: Target) -> tuple[float, float]:
    """Return the lowest and the highest value stated; an open side is that of the other."""
    low, high = target["value_low"], target["value_high"]
    return float(high if pd.isna(low) else low), float(low if pd.isna(high) else high)
