"""A made-up frame of figures, as small as it can be, for examples and tests of charts."""

from __future__ import annotations

from typing import Any

import pandas as pd

PLACES = {
    "hill": ("990100", "丘市", "Hill"),
    "lake": ("990200", "湖市", "Lake"),
    "moor": ("990300", "原市", "Moor"),
    "land": ("990000", "某省", "Land"),
}


def figure(place: str, value: float | None = None, due: str | None = None, **cells: Any) -> dict[str, Any]:
    """Return one row as `cp.figures` gives it: a share of households by a date, what else it is by name."""
    (code, *names), year, said = PLACES[place], (due or "")[:4], "" if value is None else f"{value:g}%"
    row = {
        "row_id": f"t-{place}-{year}", "kind": "target", "state": "quantified", "operative": True,
        "place_id": place, "division_code": code, "indicator_id": "reach", "item_id": "reach",
        "measure_id": None, "value_low": value, "value_high": value, "comparator": "eq", "act": "reach",
        "also_act": None, "unit_id": "percent", "source_id": f"{place}-2021", "basis": "rate",
        "scope_zh": None, "denominator_zh": "户", "due_on": due, "recurrence": None, "force": "firm",
        "status": "adopted", "issued_on": "2021-07-01", "started_on": "2021-01-01", "quote": "覆盖农户",
    }  # fmt: skip
    words = {
        "place": names, "item": ("覆盖率", "Coverage"), "unit": "%%", "basis": ("比率", "rate"),
        "value": (said, said), "due": (f"{year}年底", f"end-{year}"), "denominator": ("户", "households"),
        "state": ("未提及", "Not mentioned"), "source": ("2021年方案", "2021 plan"), "partly": ("", ""),
        "quote": ("覆盖农户", "reach farm households"),
    }  # fmt: skip
    named = {
        f"{name}_{lang}": word
        for name, pair in words.items()
        for lang, word in zip(("zh", "en"), pair, strict=True)
    }
    return row | named | cells


def figures(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return rows as a frame, its days as days."""
    days = ("due_on", "issued_on", "started_on")
    frame = pd.DataFrame(rows)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in days})


# Two cities with a number, one of them in a draft, one without, and the province's target.
FIGURES = figures(
    figure("hill", 70, "2022-12-31"),
    figure("lake", 80, "2025-12-31", value_high=None, status="draft", issued_on=None),
    figure("moor", kind="absent", state="silent", row_id=None, operative=False),
    figure("land", 60, "2022-12-31", kind="elsewhere", status="elsewhere", row_id="g-land-2022"),
)

# What one city reached by one measure at two dates, and by another.
SERIES = figures(
    figure("hill", 40, "2021-12-31", kind="outcome", status="elsewhere", row_id="o-hill-1"),
    figure("hill", 60, "2022-12-31", kind="outcome", status="elsewhere", row_id="o-hill-2"),
    figure("hill", 50, "2023-06-30", kind="outcome", status="elsewhere", row_id="o-hill-3", item_id="use"),
    figure("hill", kind="absent", state="silent", row_id=None, operative=False),
)

CASCADE = pd.DataFrame(
    {
        "row_id": ["t-hill-2022", "t-lake-2025"] * 2,
        "above_row_id": "g-land-2022",
        "relation": "like",
        "gap": [10.0, 20.0, None, None],
        "share": [None, None, 25.0, 5.0],
        "population_share": [None, None, 15.0, 10.0],
    }
)

RANKS = pd.DataFrame(
    {
        "item_id": "reach",
        "row_ids": ["t-lake-2025", "t-hill-2022", None],
        "best": [2, 1, None],
        "worst": [3, 1, None],
    }
).astype({"best": "Int64", "worst": "Int64"})

SCHEDULE = pd.DataFrame(
    {
        "city_id": ["hill", "hill", "lake", "moor"],
        "commitment_id": ["c-1", "c-2", "c-3", "c-4"],
        "due_on": pd.to_datetime(["2022-12-31", "2022-12-31", "2025-12-31", None]),
        "status": ["adopted", "adopted", "draft", "adopted"],
        "as_of": pd.Timestamp("2024-06-30"),
    }
)
SCHEDULE = SCHEDULE.assign(
    place_zh=[PLACES[name][1] for name in SCHEDULE["city_id"]],
    place_en=[PLACES[name][2] for name in SCHEDULE["city_id"]],
)
