"""Pairs, gaps, verdicts and figures from elsewhere, as the tests of the analysis tell them again."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from .telling import CITIES, PAIRS, VERDICTS, Teller, listed, number, percent

COMPARED = ("like", "assigned")
REACHED = ("reached_early", "reached", "reached_later", "reached_by")
STANCES = ("higher", "equal", "lower")


def places_above() -> set[str]:
    return {*CITIES, *(above for city in CITIES for above in PAIRS.ancestors(city))}


def once(told: Teller, table: str) -> dict[str, list[str]]:
    """Return the figures of a table that are not suspect, each with all its sources, the surest first."""
    same = (
        "place_id",
        "indicator_id",
        "measure_id",
        "act",
        "comparator",
        "basis",
        "scope_zh",
        "denominator_zh",
    )
    rows = [row for row in told.raw(table) if row["confidence"] != "suspect"]
    held: dict[tuple[object, ...], list[str]] = {}
    for row in sorted(rows, key=lambda row: (row["confidence"] != "high", row["fact_id"])):
        key = (*(row[cell] for cell in same), Fraction(row["value"]), row["date_on"])
        held.setdefault(key, []).append(row["fact_id"])
    return {names[0]: names for names in held.values()}


def pairs_on(told: Teller) -> dict[tuple[str, str], str]:
    """Return the pairs of the cities' figures on the page's topic, with their relation."""
    return {
        pair: relation
        for pair, relation in PAIRS.TOLD.items()
        if told.place(pair[0]) in CITIES and told.on_topic(pair[0])
    }


def compared(told: Teller) -> list[tuple[str, str]]:
    return [pair for pair, relation in pairs_on(told).items() if relation in COMPARED]


def gap(pair: tuple[str, str]) -> Fraction | None:
    found = PAIRS.gap_told(*(PAIRS.PROMISES[name] for name in pair))
    return found if found is None else Fraction(found)


def share(pair: tuple[str, str]) -> Fraction:
    return Fraction(PAIRS.share_told(*(PAIRS.PROMISES[name] for name in pair)))


def people(told: Teller, pair: tuple[str, str]) -> Fraction:
    due = PAIRS.PROMISES[pair[0]]["due"]
    here, above = PAIRS.people_told(*(told.place(name) for name in pair), due)
    return 100 * Fraction(PAIRS.REFERENCE[here]["value"]) / Fraction(PAIRS.REFERENCE[above]["value"])


def stance(told: Teller, pair: tuple[str, str]) -> str:
    found = gap(pair)
    assert found is not None
    further = found if PAIRS.BETTER[told.rows[pair[0]]["indicator_id"]] == "higher" else -found
    return "equal" if not further else "higher" if further > 0 else "lower"


def gap_words(told: Teller, pair: tuple[str, str]) -> str:
    found = gap(pair)
    if found is None:
        return told.say("above.share", share=percent(share(pair)), people=percent(people(told, pair)))
    size, unit = number(abs(found), told.lang), told.rows[pair[0]]["unit_id"]
    words = told.say("above.points", size=size) if unit == "percent" else size + told.unit(unit)
    held = stance(told, pair)
    assert held == by_size(found, Fraction(0)), "where less is better “higher” would not be true yet"
    if not is_floor(told, pair):
        return told.say(f"above.{held}", gap=words)
    return told.say(
        f"above.bound.{held}",
        value=told.value(pair[0]),
        place=told.say("above.lister"),
        above=told.value(pair[1]),
    )


def by_size(one: Fraction, other: Fraction) -> str:
    return "equal" if one == other else "higher" if one > other else "lower"


def is_floor(told: Teller, pair: tuple[str, str]) -> bool:
    """Say whether a city sets a minimum where an exact figure stands above, which may keep it as well."""
    here, above = (told.rows[name]["comparator"] for name in pair)
    return here in ("ge", "gt") and above == "eq"


def agreement(pair: tuple[str, str]) -> str:
    """Return the words for what nothing sets apart: only rates have a denominator, and may state none."""
    one, other = (PAIRS.PROMISES[name] for name in pair)
    assert one["denominator_zh"] == other["denominator_zh"]
    if one["basis"] != "rate":
        return "above.like.undivided"
    return "above.like" if one["denominator_zh"] else "above.like.unstated"


def is_plain(told: Teller, pair: tuple[str, str]) -> bool:
    """Say whether nothing is to be read with two figures that compare."""
    return pairs_on(told)[pair] == "like" and not PAIRS.apart(*(PAIRS.PROMISES[name] for name in pair))


def anchor(pair: tuple[str, str]) -> str:
    return f"a-{pair[0]}-{pair[1]}"


def counts(told: Teller) -> dict[str, int]:
    """Return how many pairs stand how; a figure the province's list sets for the city counts apart."""
    listed = [pair for pair in compared(told) if pairs_on(told)[pair] == "assigned"]
    shares = [pair for pair in compared(told) if gap(pair) is None]
    plain = [pair for pair in compared(told) if pair not in listed and pair not in shares]
    stances = Counter(stance(told, pair) for pair in plain)
    found = {name: stances[name] for name in STANCES}
    return found | {"all": len(plain), "shares": len(shares), "assigned": len(listed)}


def heading(told: Teller) -> str:
    """Return how many figures stand how to those above, and what is only seen beside them."""
    held = counts(told)
    tails = [
        told.say(f"above.tail.{name}", count=held[name]) for name in ("shares", "assigned") if held[name]
    ]
    head = compared_heading(told, held)
    if not tails:
        return head or told.say("above.none")
    joined = listed(tails, told.lang)
    if not head:
        return told.say("above.title.only", tails=joined)
    return told.say("above.title.also", head=head, tails=joined)


def compared_heading(told: Teller, held: dict[str, int]) -> str:
    stances = {name: held[name] for name in STANCES}
    found = [name for name, count in stances.items() if count]
    if not found:
        return ""
    if held["all"] == 1:
        return told.say(f"above.title.one.{found[0]}")
    if len(found) == 1:
        return told.say(f"above.title.all.{found[0]}", all=held["all"])
    return told.say("above.title", all=held["all"], stances=told.parts(stances))


def verdicts(told: Teller) -> dict[str, tuple[str, str]]:
    """Return the verdict on every promise of the cities and the places above, with the day that shows it."""
    return {
        target["id"]: VERDICTS.judged(target)
        for target in VERDICTS.PROMISED
        if target["id"] in PAIRS.PROMISES
        and PAIRS.PROMISES[target["id"]]["place"] in places_above()
        and told.on_topic(target["id"])
    }


def backed(told: Teller) -> dict[str, list[str]]:
    """Return the figures from elsewhere that the page may show, each with its sources."""
    return {
        name: names
        for table in ("outside_targets", "outcomes")
        for name, names in once(told, table).items()
        if told.on_topic(name) and (told.about or told.place(name) in places_above())
    }
