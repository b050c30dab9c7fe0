"""Filter rows, align targets of one indicator, grade every pair, and say what does not compare."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

import pandas as pd

from compare.analysis.reasons import DIFFERENCES, said_en, said_zh
from compare.asked import names_asked, read_names
from compare.errors import CompareError, UnknownName, near
from compare.tables.book import Book

PANEL = [
    "city_id",
    "source_id",
    "target_id",
    "indicator_id",
    "kind",
    "comparator",
    "value_low",
    "value_high",
    "unit_id",
    "basis",
    "scope_zh",
    "denominator_zh",
    "force",
    "due_on",
    "due_precision",
    "due_source",
    "recurrence",
    "status",
]
GRADES = ("like", "different_year", "different_measure")


def where(frame: pd.DataFrame, **conditions: str | Iterable[str]) -> pd.DataFrame:
    """Return the rows that meet every condition; a key is a column, its `_id` may be left out.

    Several values are a list, or one text with commas between them. Raises UnknownName, with near names,
    for a column or a value that does not occur at all; CompareError for one named twice and for no value.

    >>> rows = pd.DataFrame({"city_id": ["jinan", "dezhou"], "basis": ["stock", "flow"]})
    >>> where(rows, city="dezhou")["basis"].tolist()
    ['flow']
    >>> where(rows, city="dezho")
    Traceback (most recent call last):
    ...
    compare.errors.UnknownName: No row has city_id "dezho"; did you mean dezhou?
    """
    kept = pd.Series(True, index=frame.index)
    for key, wanted in conditions.items():
        column = _column(frame, key)
        kept &= frame[column].isin(_values(frame[column].dropna(), column, wanted))
    return frame[kept]


def _values(held: pd.Series, column: str, wanted: object) -> list[object]:
    """Return the values asked for in a column, each of which occurs in it."""
    known = list(dict.fromkeys(held))
    # A text with commas in it may be one value of its column.
    whole = isinstance(wanted, str) and wanted in known
    values = [wanted] if whole else names_asked(wanted)
    if not values:
        raise CompareError(f"No {column} is asked for; name at least one, or leave the condition out.")
    for value in values:
        if value not in known:
            close = near(str(value), map(str, known))
            hint = (
                f"did you mean {' or '.join(close)}?"
                if close
                else f"it holds {', '.join(sorted(map(str, known)))}"
            )
            raise UnknownName(f'No row has {column} "{value}"; {hint}')
        if values.count(value) > 1:
            raise CompareError(f'The {column} "{value}" is asked for more than once; name it once.')
    return values


def _column(frame: pd.DataFrame, key: str) -> str:
    for name in (key, f"{key}_id"):
        if name in frame.columns:
            return name
    close = near(key, frame.columns) or list(frame.columns)
    raise UnknownName(f'There is no column "{key}"; there is {", ".join(close)}')


def operative(targets: pd.DataFrame) -> pd.DataFrame:
    """Return the statements that count: targets proper, without those that restate another."""
    return targets[(targets["kind"] == "target") & targets["restates_target_id"].isna()]


def align(
    book: Book, indicator: str, per: str | None = None, city: str | Iterable[str] | None = None
) -> pd.DataFrame:
    """Return the operative targets of one indicator, a row each, with the status of their document.

    With `per` (a kind of measure, such as "population") the reference value dated nearest to
    the due date is added with its source and confidence, and the bounds are divided by it per
    10,000; nothing is interpolated. Raises UnknownName for an unknown indicator, kind or city.
    """
    _require(indicator, book.indicators["indicator_id"], "indicator")
    rows = operative(book.targets[book.targets["indicator_id"] == indicator])
    rows = rows[rows["city_id"].isin(chosen(book, city))]
    panel = rows.merge(book.sources[["source_id", "status"]], on="source_id")[PANEL]
    panel.insert(len(PANEL), "due_year", panel["due_on"].dt.year.astype("Int64"))
    return panel if per is None else _per(book, panel, per)


def chosen(book: Book, city: str | Iterable[str] | None) -> list[str]:
    """Return the cities asked for, one or several, else all.

    Raises UnknownName for any other, CompareError for one named twice and for an empty list.
    """
    return book.cities if city is None else read_names(city, book.cities, "city")


def _require(name: str, known: pd.Series, what: str) -> None:
    read_names([name], known, what)


def _per(book: Book, panel: pd.DataFrame, per: str) -> pd.DataFrame:
    _require(per, book.measures["kind"], "kind of measure")
    facts = [nearest_reference(book, row.city_id, per, row.due_on) or {} for row in panel.itertuples()]
    found = pd.DataFrame(
        facts, index=panel.index, columns=["fact_id", "value", "date_on", "confidence", "comparator"]
    )
    panel["reference_id"], panel["reference_value"] = found["fact_id"], found["value"].astype("float64")
    panel["reference_on"], panel["reference_confidence"] = (
        pd.to_datetime(found["date_on"]),
        found["confidence"],
    )
    for side in ("low", "high"):
        panel[f"{side}_per_10000"] = panel[f"value_{side}"] / panel["reference_value"] * 10_000
    return panel


def nearest_reference(book: Book, place: str, kind: str, on: pd.Timestamp) -> dict[str, Any] | None:
    """Return the reference value of a kind dated nearest to a day, or None where there is none.

    Of equally near ones the exact stands before the rounded, then the better confidence.
    """
    measures = book.measures.loc[book.measures["kind"] == kind, "measure_id"]
    facts = book.reference[
        (book.reference["place_id"] == place) & book.reference["measure_id"].isin(measures)
    ]
    facts = facts[facts["date_on"].notna()]
    if facts.empty or pd.isna(on):
        return None
    order = pd.DataFrame(
        {
            "away": (facts["date_on"] - on).abs(),
            "rounded": facts["comparator"] != "eq",
            "doubt": facts["confidence"] != "high",
            "fact_id": facts["fact_id"],
        },
        index=facts.index,
    )
    best = order.sort_values(["away", "rounded", "doubt", "fact_id"]).index[0]
    return {str(name): value for name, value in facts.loc[best].items()}


def pairs(book: Book, indicator: str, city: str | Iterable[str] | None = None) -> pd.DataFrame:
    """Return every pair of two cities' targets of one indicator, graded, with what sets them apart.

    `grade` is like (basis, unit, denominator, scope and due year agree), different_year
    (all but the year) or different_measure; `differences` names the rest, separated by `;`.
    """
    panel = worded(book, align(book, indicator, city=city))
    for lang in ("zh", "en"):
        names = book.places.set_index("place_id")[f"name_{lang}"]
        panel[f"name_{lang}"] = panel["city_id"].map(names)
    rows = panel.to_dict("records")
    made = [_pair(a, b) for a, b in combinations(rows, 2) if a["city_id"] != b["city_id"]]
    columns = [
        "indicator_id",
        "left_city",
        "left_id",
        "right_city",
        "right_id",
        "grade",
        "differences",
        "reason_zh",
        "reason_en",
    ]
    return pd.DataFrame(made, columns=columns)


def worded(book: Book, panel: pd.DataFrame) -> pd.DataFrame:
    """Return the targets with their scope and denominator in English too, as the reasons quote them."""
    english = dict(zip(book.terms["term_zh"], book.terms["term_en"], strict=True))
    names = ("scope", "denominator")
    return panel.assign(**{f"{name}_en": panel[f"{name}_zh"].map(english) for name in names})


def _pair(left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    return {
        "indicator_id": left["indicator_id"],
        "left_city": left["city_id"],
        "left_id": left["target_id"],
        "right_city": right["city_id"],
        "right_id": right["target_id"],
    } | graded(left, right)


def graded(left: dict[str, Any], right: dict[str, Any]) -> dict[str, str]:
    """Return the grade of two targets, what sets them apart, and the reason in both languages.

    A target is a record of `align` with `worded`'s columns and `name_zh`, `name_en`: what the reason
    calls its side (a city, a document). The keys are grade, differences, reason_zh and reason_en.
    """
    differs = [name for name, test in DIFFERENCES.items() if test(left, right)]
    measure = [
        name
        for name in differs
        if name in ("basis_open", "basis", "unit", "denominator", "scope", "recurrence")
    ]
    return {
        "grade": "different_measure" if measure else "different_year" if "due_year" in differs else "like",
        "differences": ";".join(differs),
        "reason_zh": said_zh(differs, left, right),
        "reason_en": said_en(differs, left, right),
    }


def not_comparable(
    book: Book,
    indicator: str | None = None,
    topic: str | None = None,
    city: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the operative targets that find no like in another city, each with its reasons.

    One row per target and partner; a target whose indicator no other of the cities compared states
    has no partner and says so. Raises UnknownName for an unknown indicator, topic or city.
    """
    names, city = [indicator] if indicator else _indicators(book, topic), chosen(book, city)
    made: list[dict[str, Any]] = []
    for name in names:
        graded = pairs(book, name, city)
        for target in align(book, name, city=city).to_dict("records"):
            made += _unmatched(target, graded)
    return pd.DataFrame(
        made,
        columns=["indicator_id", "city_id", "target_id", "partner_id", "grade", "reason_zh", "reason_en"],
    )


def _indicators(book: Book, topic: str | None) -> list[str]:
    if topic is None:
        return list(book.indicators["indicator_id"])
    _require(topic, book.topics["topic_id"], "topic")
    return list(book.indicators.loc[book.indicators["topic_id"] == topic, "indicator_id"])


def _unmatched(target: dict[str, Any], graded: pd.DataFrame) -> list[dict[str, Any]]:
    name = target["target_id"]
    own = graded[(graded["left_id"] == name) | (graded["right_id"] == name)]
    if (own["grade"] == "like").any():
        return []
    row = {"indicator_id": target["indicator_id"], "city_id": target["city_id"], "target_id": name}
    if own.empty:
        return [
            row
            | {
                "partner_id": None,
                "grade": "alone",
                "reason_zh": "所比的其他城市都没有为这一指标写下数字",
                "reason_en": "none of the other cities compared puts a number to this indicator",
            }
        ]
    return [
        row
        | {
            "partner_id": pair["right_id"] if pair["left_id"] == name else pair["left_id"],
            "grade": pair["grade"],
            "reason_zh": pair["reason_zh"],
            "reason_en": pair["reason_en"],
        }
        for pair in own.to_dict("records")
    ]
