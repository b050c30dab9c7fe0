"""Figures beside those of the places above: every pair, its gap, share or reason."""

from __future__ import annotations

import json
import re
from collections import Counter
from fractions import Fraction

import pytest

from compare.outputs.element import unpacked

from .doubts import cautioned
from .retold import (
    COMPARED,
    STANCES,
    agreement,
    anchor,
    by_size,
    compared,
    gap,
    gap_words,
    heading,
    is_plain,
    pairs_on,
    people,
    share,
)
from .telling import (
    DIGITS,
    PAIRS,
    Sheet,
    Teller,
    goal_of,
    lines,
    links,
    listed,
    percent,
    section,
    squeeze_all,
    squeezed,
)


def test_the_heading_counts_what_compares(sheet: Sheet, told: Teller) -> None:
    part = section(sheet, "above")
    assert part is not None and squeezed(part.h2) == squeezed(
        cautioned(told, heading(told), [name for pair in compared(told) for name in pair])
    )
    assert "0" not in DIGITS.findall(part.h2.get_text()), "a count of nought is left out"


def test_every_pair_that_compares_is_a_row_with_its_numbers(sheet: Sheet, told: Teller) -> None:
    part = section(sheet, "above")
    assert part is not None
    rows = {str(row["id"]): row for row in part.select("table.above tbody tr")}
    assert set(rows) == {anchor(pair) for pair in compared(told)}
    order = [row.select_one("a.v")["href"][1] for row in rows.values()]
    assert order == sorted(order, reverse=True), "figures at hand before those from elsewhere"
    for pair in compared(told):
        row = rows[anchor(pair)]
        over = told.city(pair[1]) if pairs_on(told)[pair] == "like" else told.say("above.assigned")
        *cells, reason = [squeezed(cell) for cell in row.find_all("td")]
        [expected] = squeeze_all(
            [
                [
                    told.city(pair[0]),
                    told.what(pair[0]) + told.stated(pair[0]),
                    over + told.value(pair[1]) + told.when(pair[1]),
                    gap_words(told, pair),
                ]
            ]
        )
        assert cells == expected, pair
        assert [goal_of(link) for link in links(row)] == list(pair)
        if is_plain(told, pair):
            assert reason == squeezed(told.say(agreement(pair)))
        else:
            beside = PAIRS.apart(*(PAIRS.PROMISES[name] for name in pair))
            assert len(re.split("[；;]", reason)) == len(beside) + (pairs_on(told)[pair] == "assigned")
            assert not DIGITS.search(reason), "nothing that compares differs in a number"


def test_every_pair_that_does_not_compare_is_told_with_its_reason(sheet: Sheet, told: Teller) -> None:
    part = section(sheet, "above")
    assert part is not None
    left = {pair: relation for pair, relation in pairs_on(told).items() if relation not in COMPARED}
    lists = part.select("details.apart-list")
    assert len(lists) == bool(left)
    if not left:
        return
    assert squeezed(lists[0].summary) == squeezed(told.say("above.apart", count=len(left)))
    shown = []
    for group in lists[0].select(".apart-one"):
        [head] = links(group.p)
        name = goal_of(head)
        assert squeezed(group.p) == squeezed(told.city(name) + told.what(name) + told.stated(name))
        for item in group.select("li"):
            [link] = links(item)
            pair = (name, goal_of(link))
            shown.append(pair)
            above = told.city(pair[1]) + told.what(pair[1]) + told.value(pair[1]) + told.when(pair[1])
            assert squeezed(item).startswith(squeezed(above)), pair
            assert_reason(told, pair, left[pair], squeezed(item).removeprefix(squeezed(above)))
    assert sorted(shown) == sorted(left)


def assert_reason(told: Teller, pair: tuple[str, str], relation: str, words: str) -> None:
    """Hold a reason against the files: a look-alike's word for word, the others' parts and numbers."""
    one, other = (PAIRS.PROMISES[name] for name in pair)
    if relation == "lookalike":
        reasons = {
            squeezed(told.say("above.because", reason=row[f"reason_{told.lang}"]))
            for row in told.raw("lookalikes")
            if {row["item_id"], row["other_id"]}
            <= {PAIRS.item(one), PAIRS.item(other), one["indicator_id"], other["indicator_id"]}
        }
        assert words in reasons, pair
        return
    codes = PAIRS.apart(one, other)
    assert len(re.split("[；;]", words)) == len(codes), pair
    years = [one["due"][:4], other["due"][:4]] if "due_year" in codes else []
    assert DIGITS.findall(words) == years, pair
    for code in {"denominator", "scope"} & codes:
        for side in (one, other):
            assert squeezed(told.term(side[f"{code}_zh"])) in words, pair
    for side, name in zip((one, other), pair, strict=True):
        assert side["basis"] != "ambiguous" or squeezed(told.city(name)) in words, pair


def charts_above(told: Teller) -> dict[str, list[tuple[str, str]]]:
    """Return the pairs of each chart: one of rates and one of shares, where there are two of them."""
    rates = [p for p in compared(told) if gap(p) is not None and told.rows[p[0]]["unit_id"] == "percent"]
    shares = [p for p in compared(told) if gap(p) is None]
    both = {"above.rates": rates, "above.shares": shares}
    return {key: pairs for key, pairs in both.items() if len(pairs) > 1}


def chart_title(told: Teller, key: str, sides: list[tuple[Fraction, Fraction]]) -> str:
    """Return how the figures of a chart stand to those beside them; of shares only how many are larger."""
    found = Counter(by_size(one, other) for one, other in sides)
    held = {name: found[name] for name in STANCES}
    if key == "above.rates":
        [first, *others] = [name for name, count in held.items() if count]
        if not others:
            return told.say(f"above.rates.all.{first}", all=len(sides))
        return told.say(f"{key}.title", all=len(sides), stances=told.parts(held))
    extent = ".none" if not held["higher"] else ".all" if held["higher"] == len(sides) else ""
    return told.say(f"{key}.title{extent}", all=len(sides), higher=held["higher"])


def test_charts_set_every_figure_beside_the_one_above(sheet: Sheet, told: Teller) -> None:
    part = section(sheet, "above")
    assert part is not None
    figures = part.select("figure.panel")
    charts = charts_above(told)
    assert len(figures) == len(charts)
    for figure, (key, pairs) in zip(figures, charts.items(), strict=True):
        by_rate = key == "above.rates"
        words: dict[str, tuple[str, str, Fraction, Fraction]] = {}
        for pair in pairs:
            one, other = (PAIRS.PROMISES[name]["number"] for name in pair)
            beside = (
                told.say("above.beside", place=told.city(pair[1]), above=told.value(pair[1]))
                if by_rate
                else ""
            )
            said = told.comma.join(filter(None, [told.what(pair[0]), told.year(pair[0]), beside]))
            value = told.value(pair[0]) if by_rate else percent(share(pair))
            sides = (one, other) if by_rate else (share(pair), people(told, pair))
            words[pair[0]] = (value, said, *sides)
        title = chart_title(told, key, [(one, other) for *_, one, other in words.values()])
        assert squeezed(figure.h3) == squeezed(cautioned(told, title, [name for p in pairs for name in p]))
        order = [goal_of(row.a) for row in figure.select(".twin tr")]
        assert sorted(order) == sorted(words)
        over = {pair[0]: pair for pair in pairs}
        assert lines(figure, ".twin tr") == squeeze_all(
            [
                *(told.year(name), told.city(name), words[name][0], words[name][1]),
                *(told.city(over[name][1]) + told.value(over[name][1]), gap_words(told, over[name])),
            ]
            for name in order
        )
        named = listed([f"{told.city(name)} {words[name][0]} {words[name][1]}" for name in order], told.lang)
        plots = figure.select(".plot")
        assert len(plots) == 2
        for plot in plots:
            assert squeezed(plot["aria-label"]) == squeezed(told.say(f"{key}.alt", figures=named))
            figure = json.loads(unpacked(plot.script.string))
            traces = [one for one in figure["data"] if one.get("customdata")]
            drawn = {one["customdata"][1]: one["x"] for one in traces}
            assert drawn == {
                name: [pytest.approx(float(other)), pytest.approx(float(value))]
                for name, (*_, value, other) in words.items()
            }
