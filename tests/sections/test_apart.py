"""What cannot all be so, and what totals say of a year."""

from __future__ import annotations

import datetime
import math
from fractions import Fraction

from bs4 import Tag

from .retold import backed, compared, gap, once, places_above
from .telling import PAIRS, SIGNS, Row, Sheet, Teller, ended, goal_of, links, number, section, squeezed


def bounds(told: Teller, name: str) -> tuple[Fraction | float, Fraction | float]:
    """Return the least and the greatest value that a figure allows; about 1,500 is 1,450 to 1,550."""
    row = told.rows[name]
    low, high = (row["value_low"], row["value_high"]) if name not in told.facts else (row["value"],) * 2
    least = -math.inf if not low or row["comparator"] in ("le", "lt") else Fraction(low)
    most = math.inf if not high or row["comparator"] in ("ge", "gt") else Fraction(high)
    if row["comparator"] != "approx":
        return least, most
    digits = len(low.rstrip("0")) if "." not in low else None
    assert digits, "no tenths stand here yet"
    step = Fraction(10 ** (len(low) - digits)) / 2
    return least - step, most + step


def contradict(told: Teller, one: str, other: str) -> bool:
    """Say whether two figures of one place, indicator and year cannot both be so."""
    rows = [told.rows[name] for name in (one, other)]
    if any(rows[0][cell] != rows[1][cell] for cell in ("unit_id", "denominator_zh", "scope_zh")):
        return False
    by_basis = {row["basis"]: bounds(told, name) for row, name in zip(rows, (one, other), strict=True)}
    if set(by_basis) == {"stock", "flow"}:
        # What is new within the year is a part of what there is at its end.
        return by_basis["flow"][0] > by_basis["stock"][1]
    (low, high), (low_other, high_other) = bounds(told, one), bounds(told, other)
    apart = high < low_other or high_other < low
    return apart and (len(by_basis) == 1 or "ambiguous" in by_basis)


def contradicted(told: Teller) -> list[list[str]]:
    """Return the figures of each place, indicator and year of which two cannot both be so."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for name, row in PAIRS.PROMISES.items():
        if row["place"] in places_above() and row["indicator_id"] and row["due"] and told.on_topic(name):
            groups.setdefault((row["place"], row["indicator_id"], row["due"][:4]), []).append(name)
    against = [
        [one for one in names if any(contradict(told, one, other) for other in names if other != one)]
        for names in groups.values()
    ]
    return sorted(sorted(names, key=lambda name: (name in told.facts, name)) for names in against if names)


def apart_list(sheet: Sheet, told: Teller, key: str, kind: str, title: str) -> list[Tag]:
    """Return the items of a list behind a section's table, whose head and deck are those of the prose."""
    part = section(sheet, key)
    assert part is not None
    boxes = part.select(f".{kind}")
    assert len(boxes) <= 1
    for box in boxes:
        assert squeezed(box.h3) == squeezed(told.say(f"{title}.title"))
        assert squeezed(box.select_one(".deck")) == squeezed(told.say(f"{title}.deck"))
        assert box.li, "no list without an item"
    return [item for box in boxes for item in box.select("li")]


def test_figures_that_cannot_all_be_so_stand_side_by_side(sheet: Sheet, told: Teller) -> None:
    """With the one named that the shares above rest on."""
    held = contradicted(told)
    shares = {pair[1] for pair in compared(told) if gap(pair) is None}
    colon = {"zh": "：", "en": ": "}[told.lang]
    shown = {}
    for item in apart_list(sheet, told, "above", "contradicted", "contradiction"):
        shown[tuple(goal_of(link) for link in links(item))] = squeezed(item)
    assert sorted(shown) == [tuple(names) for names in held]
    for names in held:
        one = PAIRS.PROMISES[names[0]]
        year = {"zh": f"{one['due'][:4]}年", "en": one["due"][:4]}[told.lang]
        figures = told.comma.join(told.value(name) + told.basis(name) + told.draft(name) for name in names)
        rest = "".join(
            told.say("contradiction.rest", value=told.value(name)) for name in names if name in shares
        )
        words = told.city(names[0]) + told.names[one["indicator_id"]] + year + colon + figures + rest
        assert shown[tuple(names)] == squeezed(words), names


def totals(told: Teller, promise: Row, unit: str) -> dict[str, list[str]]:
    """Return the totals reached for a promise's place and indicator, by what exactly was counted."""
    found: dict[str, list[str]] = {}
    for name in once(told, "outcomes"):
        row = told.facts[name]
        own = (row["place_id"], row["indicator_id"]) == (promise["place"], promise["indicator_id"])
        # What was built says nothing of what was put into use.
        acts = [{one["act"], one["also_act"]} - {"", None} for one in (row, promise)]
        if own and row["basis"] == "stock" and row["unit_id"] == unit and acts[0] & acts[1]:
            found.setdefault(row["measure_id"] or row["indicator_id"], []).append(name)
    return found


def ends_of(told: Teller, names: list[str], year: int) -> tuple[str, str] | None:
    """Return the total at the turn to a year and the last one within it, where both say a number."""
    days = {name: datetime.date.fromisoformat(told.facts[name]["date_on"]) for name in names}
    turn = datetime.date(year - 1, 12, 31)
    signs = {name: told.facts[name]["comparator"] for name in names}
    before = [name for name in names if 0 <= (turn - days[name]).days < 31 and signs[name] == "eq"]
    within = [name for name in names if days[name].year == year and signs[name] not in ("le", "lt")]
    if not before or not within:
        return None
    first, last = (max(found, key=lambda name: (days[name], name)) for found in (before, within))
    return first, last


def grown(told: Teller) -> dict[tuple[str, str, str], str]:
    """Return what two totals say of each figure promised for a year, with its words."""
    found = {}
    known = {*backed(told), *(name for name in told.rows if name.startswith("t-") and told.on_topic(name))}
    for name, promise in PAIRS.PROMISES.items():
        if promise["basis"] != "flow" or not promise["due"] or not promise["indicator_id"]:
            continue
        for names in totals(told, promise, promise["unit_id"]).values():
            ends = ends_of(told, names, int(promise["due"][:4]))
            if ends is not None and {name, *ends} <= known:
                found[name, *ends] = grown_words(told, name, *ends)
    return found


def grown_words(told: Teller, name: str, first: str, last: str) -> str:
    one, other = told.facts[first], told.facts[last]
    size = Fraction(other["value"]) - Fraction(one["value"])
    sign = SIGNS["ge" if other["comparator"] in ("ge", "gt") else other["comparator"]]
    said = told.say("grown.said", size=sign + number(size, told.lang) + told.unit(other["unit_id"]))
    on = datetime.date.fromisoformat(other["date_on"])
    day = ended(other["date_on"], "day", told.lang)
    doubts = [] if (on.month, on.day) > (11, 30) else [told.say("grown.part", day=day)]
    note = "note" if told.lang == "zh" else "note_en"
    doubts += dict.fromkeys(row[note] for row in (one, other) if row[note])
    colon = {"zh": "：", "en": ": "}[told.lang]
    ends = f"{told.what(first)}{told.value(first)}{told.when(first)}→{told.value(last)}{told.when(last)}"
    more = told.say("grown.doubts", doubts=told.comma.join(doubts)) if doubts else ""
    return f"{told.city(name)}{told.what(name)}{told.stated(name)}{colon}{ends}{told.comma}{said}{more}"


def starts(told: Teller, name: str) -> list[str]:
    """Return the exact totals before a promise's day that count the same, in the order of their days."""
    promise = told.rows[name]
    if promise["basis"] not in ("stock", "rate") or promise["comparator"] in ("approx", "range"):
        return []
    alike = ("unit_id", "basis", "denominator_zh", "scope_zh")
    found = []
    for other in once(told, "outcomes"):
        row, due = told.facts[other], PAIRS.PROMISES[name]["due"]
        counted = [one.get("measure_id") or one["indicator_id"] for one in (row, promise)]
        acts = [{one["act"], one["also_act"]} - {"", None} for one in (row, promise)]
        same = row["place_id"] == told.place(name) and counted[0] == counted[1] and acts[0] & acts[1]
        if same and row["comparator"] == "eq" and row["date_on"] < due:
            found += [other] if all(row[cell] == promise[cell] for cell in alike) else []
    return sorted(found, key=lambda one: (told.facts[one]["date_on"], one))


def years_between(first: str, last: str) -> Fraction:
    days = [datetime.date.fromisoformat(one) for one in (first, last)]
    ends = [datetime.date(day.year, 12, 31).timetuple().tm_yday for day in days]
    gone = [day.year + Fraction(day.timetuple().tm_yday, end) for day, end in zip(days, ends, strict=True)]
    return gone[1] - gone[0]


def per_10000(told: Teller, name: str, pace: Fraction) -> str:
    """Return a pace divided by the population nearest to the due day, empty where it is not divided."""
    row, due = told.rows[name], datetime.date.fromisoformat(PAIRS.PROMISES[name]["due"])
    kinds = {one["measure_id"]: one["kind"] for one in told.raw("measures")}
    divides = {one["indicator_id"]: one["normaliser"] for one in told.raw("indicators")}
    if row["basis"] != "stock" or divides.get(row["indicator_id"]) != "population":
        return ""
    facts = [one for one in told.raw("reference") if kinds[one["measure_id"]] == "population"]
    held = [one for one in facts if one["place_id"] == told.place(name) and one["date_on"]]
    away = {one["fact_id"]: abs(datetime.date.fromisoformat(one["date_on"]) - due) for one in held}
    fact = min(
        held, key=lambda one: (away[one["fact_id"]], one["comparator"] != "eq", one["confidence"] != "high")
    )
    return number(pace / Fraction(fact["value"]) * 10_000, told.lang)


def asked(told: Teller) -> dict[tuple[str, str, str], str]:
    """Return the pace that each promise asks for from the last total before it, with its words."""
    assert not [row for row in told.raw("targets") if row["baseline_target_id"]], "none is named yet"
    found = {}
    for name in PAIRS.PROMISES:
        known = {*backed(told), *([name] if name.startswith("t-") and told.on_topic(name) else [])}
        due = PAIRS.PROMISES[name]["due"]
        for first in (starts(told, name) if due and name in known else [])[-1:]:
            row, one = told.rows[name], told.facts[first]
            value = Fraction(row.get("value") or row["value_low"] or row["value_high"])
            pace = (value - Fraction(one["value"])) / years_between(one["date_on"], due)
            heads = per_10000(told, name, pace)
            size = SIGNS[row["comparator"]] + number(pace, told.lang) + told.unit(row["unit_id"])
            said = (
                told.say("grown.asked.heads", size=size, heads=heads)
                if heads
                else told.say("grown.asked", size=size)
            )
            note = "note" if told.lang == "zh" else "note_en"
            notes = told.comma.join(dict.fromkeys(one[note] for one in (one, row) if one.get(note)))
            colon = {"zh": "：", "en": ": "}[told.lang]
            ends = (
                f"{told.what(first)}{told.value(first)}{told.when(first)}→{told.value(name)}{told.when(name)}"
            )
            more = told.say("grown.doubts", doubts=notes) if notes else ""
            if first in known:
                head = f"{told.city(name)}{told.what(name)}{told.stated(name)}{colon}"
                found[name, first, name] = f"{head}{ends}{told.comma}{said}{more}"
    return found


def test_what_two_totals_say_of_a_year_is_worked_out_again(sheet: Sheet, told: Teller) -> None:
    """A difference or a pace that no source states stands with both totals, their days and their doubts."""
    shown = {}
    for item in apart_list(sheet, told, "attained", "grown", "grown"):
        assert item.select_one(".derived") is not None, "what is derived is marked as such"
        shown[tuple(goal_of(link) for link in links(item))] = squeezed(item)
    assert shown == {names: squeezed(words) for names, words in (grown(told) | asked(told)).items()}
