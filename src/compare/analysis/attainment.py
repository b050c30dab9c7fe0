"""What was reached of what was promised, where a source says so: early, on the day, later, or unknown.

Only the same thing decides: one place, one item, one basis, one unit, and for what is counted in a
year the same year. A lower bound stays a bound, a suspect figure never decides, and a figure that
was looked for and not found says so.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from compare.analysis.figures import _bounded, chosen_figures, promised, reached
from compare.analysis.verdicts import (
    APART,
    REACHED,
    Sighting,
    causes,
    differences,
    held,
    is_downward,
    judge,
    meets,
)
from compare.asked import Names, read_day
from compare.errors import UnknownName, near
from compare.tables.book import Book

ATTAINMENT = [
    "row_id", "place_id", "above", "item_id", "verdict", "outcome_id", "reached_on", "lead_days",
    "confidence", "differs", "causes",
]  # fmt: skip
OBSERVATIONS = [
    "row_id", "outcome_id", "place_id", "item_id", "same", "meets", "differs", "comparator", "value_low",
    "value_high", "unit_id", "basis", "scope_zh", "denominator_zh", "observed_on", "precision", "confidence",
    "source_title", "publisher", "bars", "lookalike",
]  # fmt: skip
CONFIDENCES = ("high", "medium", "suspect")
SAID = {True: "yes", False: "no", None: "open"}
# A first rank or class is the best: no indicator says so, for ranks are measures.
LOWER_UNITS = ("rank", "class")
Cells = dict[str, Any]


def attainment(
    book: Book, as_of: str | datetime.date, place: Names = None, topic: str | None = None
) -> pd.DataFrame:
    """Return a verdict on every promised figure, a row each, with the outcome that it rests on.

    `above` marks the figures of places that are none of the cities. `reached_on` is the last day that the
    date of that outcome may mean, `lead_days` the days from it to the due day (negative after it), only where
    the verdict is one of `REACHED`; `confidence` the weaker of the two; `differs` the codes of what stands
    beside the verdict, separated by `;`, or sets the figures at hand apart where none is comparable, `causes`
    those of why an unknown, which names the outcome nearest to the due day, is unknown. Raises CompareError
    for a day that is none, UnknownName for an unknown place or topic.
    """
    day, ground = pd.Timestamp(read_day(as_of)), _Ground(book)
    doubted = observed(book)
    doubted = doubted[doubted["confidence"] == "suspect"]
    outcomes = [*reached(book).to_dict("records"), *doubted.to_dict("records")]
    targets = promised(book, place, topic).to_dict("records")
    made = pd.DataFrame([_row(ground, target, day, outcomes) for target in targets], columns=ATTAINMENT)
    made["outcome_id"] = _or_none(made["outcome_id"])
    made["reached_on"] = pd.to_datetime(made["reached_on"])
    made["lead_days"] = made["lead_days"].astype("Int64")
    return made


def observations(book: Book, row_id: Names = None, place: str | None = None) -> pd.DataFrame:
    """Return every outcome that speaks of the item of a promised figure, every source a row, by day.

    Without ids that of all promised figures. `place` is another place than the figure's own. `same` is yes,
    narrower (a part, where the target names no measure) or other (another measure or a look-alike), `meets`
    yes, no or open, empty where it is not held against the target; suspect ones are among them and never
    decide. `bars` are the codes of those differences that forbid a verdict, `lookalike` the key of the row
    that tells two items apart whose words are alike. Raises UnknownName for an id that no promised figure
    has, and for an unknown place.
    """
    ground, every = _Ground(book), observed(book)
    facts = book.outcomes.set_index("fact_id").to_dict("index")
    made = []
    for target in _promised(book, row_id):
        rows = chosen_figures(book, every, target["place_id"] if place is None else place, None)
        seen = [one for cells in rows.to_dict("records") if (one := ground.sighting(target, cells))]
        made += [
            _observation(ground, target, one, facts[one.cells["row_id"]])
            for one in sorted(seen, key=lambda one: (one.on, one.cells["row_id"]))
        ]
    frame = pd.DataFrame(made, columns=OBSERVATIONS)
    return frame.assign(meets=_or_none(frame["meets"]), observed_on=pd.to_datetime(frame["observed_on"]))


def observed(book: Book) -> pd.DataFrame:
    """Return every outcome in the form of promised figures, suspect ones and second sources too."""
    items = book.outcomes["measure_id"].fillna(book.outcomes["indicator_id"])
    return _bounded(book.outcomes.assign(item_id=items, also=None))


def _or_none(cells: pd.Series) -> pd.Series:
    return cells.astype("object").where(cells.notna(), None)


def _promised(book: Book, row_id: Names) -> list[Cells]:
    rows = promised(book)
    every = {str(cells["row_id"]): cells for cells in rows.to_dict("records")}
    names = list(every) if row_id is None else [row_id] if isinstance(row_id, str) else list(row_id)
    for name in names:
        if name not in every:
            close = near(name, every) or list(every)[:1]
            raise UnknownName(f'No promised figure is called "{name}"; did you mean {" or ".join(close)}?')
    return [every[name] for name in names]


@dataclass(frozen=True, eq=False)
class _Ground:
    """What the tables say about items, looked up once: kinds, directions, look-alikes, searches."""

    book: Book

    @cached_property
    def lists(self) -> set[str]:
        """Measures that are lists set by a higher place: no count of what there is."""
        return set(self.book.measures.loc[self.book.measures["kind"] == "assigned", "measure_id"])

    @cached_property
    def better(self) -> dict[str, str]:
        return dict(zip(self.book.indicators["indicator_id"], self.book.indicators["better"], strict=True))

    @cached_property
    def lookalikes(self) -> dict[frozenset[str], Cells]:
        return {frozenset((row["item_id"], row["other_id"])): row for row in self.book.records("lookalikes")}

    @cached_property
    def grouped(self) -> set[str]:
        """Targets set for each of several groups."""
        return set(self.book.targets.loc[self.book.targets["multiplier"] > 1, "target_id"])

    def lookalike(self, one: Cells, other: Cells) -> Cells | None:
        """Return the row that tells two items apart whose words are alike, by item or by indicator."""
        pairs = [
            frozenset((a, b))
            for a in (one["item_id"], one["indicator_id"])
            for b in (other["item_id"], other["indicator_id"])
            if not pd.isna(a) and not pd.isna(b)
        ]
        return next((self.lookalikes[pair] for pair in pairs if pair in self.lookalikes), None)

    def same(self, target: Cells, outcome: Cells) -> str | None:
        if target["item_id"] == outcome["item_id"]:
            return "yes"
        if self.lookalike(target, outcome) is not None:
            return "other"
        if pd.isna(target["indicator_id"]) or target["indicator_id"] != outcome["indicator_id"]:
            return None
        # Only of counts is a part a lower bound of the whole.
        counted = outcome["item_id"] not in self.lists and outcome["basis"] not in ("rate", "growth")
        return held(target, outcome) if counted and pd.isna(target["measure_id"]) else "other"

    def sighting(self, target: Cells, outcome: Cells) -> Sighting | None:
        """Return an outcome beside a target, None where it speaks of something else."""
        same = self.same(target, outcome)
        if same is None:
            return None
        differs, bars = differences(target, outcome, same, target["row_id"] in self.grouped)
        better = "lower" if target["unit_id"] in LOWER_UNITS else self.better.get(target["indicator_id"])
        downward = is_downward(target["comparator"], better or "higher")
        low, high = (
            None if pd.isna(outcome[name]) else outcome[name] for name in ("value_low", "value_high")
        )
        sides = (target["value_high"], target["value_low"])
        bound = next(side for side in (sides if downward else sides[::-1]) if not pd.isna(side))
        plain = meets(bound, target["comparator"], low, high, outcome["comparator"], better or "higher")
        return Sighting(outcome, same, tuple(differs), tuple(bars), plain, downward)

    def was_sought(self, target: Cells) -> bool:
        """Return whether the figure is on record as looked for and not found, for its year or any."""
        year = "" if pd.isna(target["due_on"]) else str(target["due_on"].year)
        return any(
            row["place_id"] == target["place_id"]
            and row["item_id"] in (target["item_id"], target["indicator_id"])
            and (pd.isna(row["date_text"]) or str(row["date_text"])[:4] == year)
            for row in self.book.records("not_found")
        )


def _row(ground: _Ground, target: Cells, day: pd.Timestamp, outcomes: list[Cells]) -> Cells:
    due = target["due_on"]
    seen = [
        one
        for cells in outcomes
        if cells["place_id"] == target["place_id"] and cells["due_on"] <= day
        if (one := ground.sighting(target, cells)) is not None
    ]
    verdict, one, against = judge(due, day, [one for one in seen if one.comparable])
    if verdict == "no_figure" and ground.was_sought(target):
        verdict = "not_found"
    differs = list(one.differs) if one is not None else _others(ground, target, seen, verdict)
    differs += ["contradicted"] if against else []
    why = causes(one, due, against) if one is not None and verdict == "unknown" else []
    made = {name: target[name] for name in ("row_id", "place_id", "item_id")}
    made |= {"verdict": verdict, "confidence": target["confidence"], "differs": ";".join(differs)}
    made["causes"] = ";".join(why)
    made["above"] = target["place_id"] not in ground.book.cities
    if one is not None:
        made |= {"outcome_id": one.cells["row_id"], "reached_on": one.on}
        made["lead_days"] = (due - one.on).days if verdict in REACHED else None
        made["confidence"] = max(target["confidence"], one.cells["confidence"], key=CONFIDENCES.index)
    return made


def _others(ground: _Ground, target: Cells, seen: list[Sighting], verdict: str) -> list[str]:
    """Return what sets apart the figures at hand that are not comparable; a look-alike is no figure of it."""
    if verdict == "not_due":
        return []
    own = [one for one in seen if ground.lookalike(target, one.cells) is None]
    found = {name for one in own for name in one.differs}
    doubted = any(one.cells["confidence"] == "suspect" for one in own)
    return [*(name for name in APART if name in found), *(["suspect"] if doubted else [])]


def _observation(ground: _Ground, target: Cells, one: Sighting, fact: Cells) -> Cells:
    cells = one.cells
    made = {name: cells[name] for name in OBSERVATIONS if name in cells}
    made |= {
        "row_id": target["row_id"],
        "outcome_id": cells["row_id"],
        "observed_on": one.on,
        "precision": cells["due_precision"],
    }
    made |= {"same": one.same, "differs": ";".join(one.differs)}
    made |= {"meets": SAID[one.meets] if one.comparable else None}
    made |= {"source_title": fact["source_title"], "publisher": fact["publisher"]}
    alike = ground.lookalike(target, cells) if one.same == "other" else None
    key = None if alike is None else f"{alike['item_id']};{alike['other_id']}"
    return made | {"bars": ";".join(one.bars), "lookalike": key}
