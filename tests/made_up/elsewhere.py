"""Figures from elsewhere: population, what was reached, what the province asks, what was not found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from made_up.names import Town
from made_up.promises import Item
from made_up.writing import Row

CENSUS, YEAR_END = "2020-11-01", "2022-12-31"


def population(place: Town, persons: int, measures: Iterable[Row]) -> list[Row]:
    """Return how many live in a place, by every measure of it there is."""
    rows: list[Row] = []
    counted = [m for m in measures if m["kind"] == "population" and m["unit_id"] == "person"]
    for at, measure in enumerate(counted):
        day = CENSUS if "census" in measure["measure_id"] else YEAR_END
        value = round(persons * (1 if day == CENSUS else 1.01), -2)
        rows.append({
            "fact_id": f"r-{place.place_id}-{at + 1:04d}", "place_id": place.place_id,
            "measure_id": measure["measure_id"], "comparator": "eq", "unit_id": "person", "basis": "stock",
            "value": value, "value_text": f"{value:.0f}人", "date_text": day, "date_on": day,
            "date_precision": "day", **_seen(place, "统计公报", "统计局"),
        })  # fmt: skip
    return rows


def outcomes(
    place: Town, promised: Sequence[tuple[Item, Row]], until: int, measures: Sequence[Row], rng: Random
) -> list[Row]:
    """Return what a place has reached of some of its promises whose day has come by the year `until`."""
    dated = [(item, row) for item, row in promised if row["due_on"] and int(row["due_on"][:4]) <= until]
    # Two documents may promise one thing for one year: it is reached once.
    due = list({(item.indicator_id, row["due_on"][:4]): (item, row) for item, row in dated}.values())
    rows: list[Row] = []
    for item, row in due:
        if rng.random() < 0.6:
            value = item.number(rng.choice((0.5, 1.0, 1.6)))
            rows.append(_fact("o", place, len(rows), item, value, int(row["due_on"][:4]), measures))
    return rows


def asked(place: Town, items: Iterable[Item], year: int, cities: int, measures: Sequence[Row]) -> list[Row]:
    """Return what a province asks of some indicators: shares, and totals of all its cities."""
    rows: list[Row] = []
    for item in items:
        value = item.number(1.0 if item.unit in ("%", "元") else 1.2 * cities)
        rows.append(_fact("g", place, len(rows), item, value, year, measures))
    return rows


def not_found(place: Town, items: Iterable[Row]) -> list[Row]:
    """Return what was looked for in vain."""
    return [
        {
            "place_id": place.place_id,
            "item_id": row.get("measure_id") or row["indicator_id"],
            "note": f"{place.name_zh}的{row['name_zh']}",
            "note_en": f"{row['name_en']} of {place.name_en}",
        }
        for row in items
    ]


def pages(rows: Iterable[Row], seen: str) -> list[Row]:
    """Return the pages on which figures stand, each once."""
    names = ("url", "source_title", "publisher")
    once = {row["url"]: {name: row[name] for name in names} | {"seen": seen} for row in rows}
    return list(once.values())


def _fact(
    letter: str, place: Town, at: int, item: Item, value: float, year: int, measures: Sequence[Row]
) -> Row:
    # What is built or in service is narrower than the indicator where a measure says so.
    narrower = [
        row["measure_id"] for row in measures
        if row["indicator_id"] == item.indicator_id and row.get("act", "") == item.act
    ]  # fmt: skip
    return {
        "fact_id": f"{letter}-{place.place_id}-{at + 1:04d}", "place_id": place.place_id,
        "indicator_id": item.indicator_id, "measure_id": (narrower or [""])[0], "comparator": "eq",
        "value": value, "value_text": f"{value:.0f}{item.unit}", "unit_id": item.unit_id,
        "basis": item.basis, "act": item.act, "scope_zh": item.scope, "date_text": str(year),
        "date_on": f"{year}-12-31", "date_precision": "year", **_seen(place, f"{year}年工作报告", "人民政府"),
    }  # fmt: skip


def _seen(place: Town, title: str, publisher: str) -> Row:
    # A place's own page: its address tells title and publisher.
    suffix = "省" if place.level == "province" else "市"
    return {
        "source_title": f"{place.name_zh}{suffix}{title}", "publisher": f"{place.name_zh}{suffix}{publisher}",
        "url": f"https://www.{place.place_id}.example/{_page(title)}", "confidence": "high",
        "seen": "2026-11", "standing": "government", "copy": "original",
    }  # fmt: skip


def _page(title: str) -> str:
    return f"{title[:4]}.html" if title[:4].isdigit() else "statistics.html"
