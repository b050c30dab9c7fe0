"""What was reached of what was promised."""

from __future__ import annotations

import datetime
from collections import Counter

from bs4 import Tag

from .doubts import cautioned
from .retold import REACHED, once, verdicts
from .telling import (
    AS_OF,
    CITIES,
    DIGITS,
    PAIRS,
    SURE,
    VERDICTS,
    Row,
    Sheet,
    Teller,
    goal_of,
    links,
    section,
    squeezed,
)


def observed_of(told: Teller, name: str) -> list[str]:
    """Return the outcomes of a promise's own matter, or of a part of it, by their day."""
    one, found = PAIRS.PROMISES[name], []
    for other in map(told.facts.__getitem__, once(told, "outcomes")):
        same = PAIRS.item(one) == (other["measure_id"] or other["indicator_id"])
        part = not one["measure"] and one["indicator_id"] == other["indicator_id"] != ""
        counted = other["basis"] not in ("rate", "growth") and other["measure_id"] not in PAIRS.LISTS
        if other["place_id"] == one["place"] and (same or part and counted):
            found.append((other["date_on"], other["fact_id"]))
    return [name for _, name in sorted(found)]


def test_verdicts_rest_on_the_outcomes_that_are_shown(sheet: Sheet, told: Teller) -> None:
    part, held = section(sheet, "attained"), verdicts(told)
    assert part is not None
    shown = {name: found for name, found in held.items() if found[0] not in ("no_figure", "not_due")}
    rows = part.select("table:not(.twin table) tbody tr")
    names = [goal_of(links(row)[0]) for row in rows]
    assert sorted(names) == sorted(shown)
    order = (*REACHED, "missed", "unknown", "not_found")
    places = [order.index(shown[name][0]) for name in names]
    assert places == sorted(places)
    for row, name in zip(rows, names, strict=True):
        verdict, day = shown[name]
        city, target, result, outcome, reason = row.find_all("td")
        assert squeezed(city) == squeezed(told.city(name))
        assert squeezed(target) == squeezed(told.what(name) + told.stated(name))
        assert squeezed(result) == squeezed(told.say(f"attained.verdict.{verdict}"))
        assert result["class"] == [f"verdict-{verdict}"]
        assert_outcome(told, name, day, outcome)
        decided = [goal_of(link) for link in links(outcome)][:1]
        known = " ".join(told.what(one) + " " + told.when(one) for one in (name, *decided))
        assert set(DIGITS.findall(squeezed(reason))) <= set(DIGITS.findall(known)), name
        assert squeezed(reason)[-1] in "。."


def assert_outcome(told: Teller, name: str, day: str, cell: Tag) -> None:
    """Hold the outcome that decides, and the others of the matter, against the files."""
    found, own = [goal_of(link) for link in links(cell)], observed_of(told, name)
    assert sorted(found) == (sorted(own) if found else []), name
    if not found:
        assert squeezed(cell) == "" and verdicts(told)[name][0] == "not_found"
        return
    first, *others = found
    deciding = {one["fact_id"] for one, _ in VERDICTS.spoken_of(target_of(name))}
    due = datetime.date.fromisoformat(PAIRS.PROMISES[name]["due"])
    away = {one: abs(datetime.date.fromisoformat(told.rows[one]["date_on"]) - due) for one in deciding}
    assert first in deciding
    assert told.rows[first]["date_on"] == day if day else away[first] == min(away.values()), name
    assert others == [one for one in own if one != first]
    words = {
        one: f"{told.value(one)}{told.when(one)}{told.comma}{told.what(one)}{told.comma}"
        + SURE[told.lang][told.rows[one]["confidence"]]
        for one in found
    }
    also = told.say("attained.also", count=len(others)) if others else ""
    assert squeezed(cell) == squeezed(words[first] + also + "".join(words[one] for one in others)), name


def target_of(name: str) -> Row:
    [target] = [row for row in VERDICTS.PROMISED if row["id"] == name]
    return dict(target)


def outcomes_heading(told: Teller) -> str:
    """Return how many targets were reached, missed or cannot be told: the cities’ before those above."""
    both: dict[str, Counter[str]] = {"cities": Counter(), "above": Counter()}
    for name, (verdict, _) in verdicts(told).items():
        whose = "cities" if told.place(name) in CITIES else "above"
        both[whose]["reached" if verdict in REACHED else verdict] += 1
    if not any(found["reached"] or found["missed"] for found in both.values()):
        return told.say("attained.title.none")
    held = {
        whose: told.parts({name: found[name] for name in ("reached", "missed", "unknown")})
        for whose, found in both.items()
    }
    if not held["cities"]:
        return told.say("attained.title.above.alone", parts=held["above"])
    more = told.say("attained.title.above", parts=held["above"]) if held["above"] else ""
    return told.say("attained.title.cities", parts=held["cities"]) + more


def test_the_counts_of_what_was_reached(sheet: Sheet, told: Teller) -> None:
    part, found = section(sheet, "attained"), Counter(verdict for verdict, _ in verdicts(told).values())
    assert part is not None
    rows = [row.find_all("td") for row in part.select("table:not(.twin table) tbody tr")]
    names = [goal_of(links(cell)[0]) for row in rows if links(row[3]) for cell in (row[1], row[3])]
    settled = any(verdict in (*REACHED, "missed") for verdict in found)
    title = outcomes_heading(told)
    assert squeezed(part.h2) == squeezed(cautioned(told, title, names) if settled else title)
    assert "0" not in DIGITS.findall(part.h2.get_text()), "a count of nought is left out"
    notes = [told.say("attained.not_due", count=found["not_due"])] if found["not_due"] else []
    notes.append(told.say("attained.no_figure", count=found["no_figure"]))
    assert [squeezed(note) for note in part.select("p.note")] == [squeezed("".join(notes))]
    assert AS_OF == VERDICTS.AS_OF
