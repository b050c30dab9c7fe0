"""What holds between two places' promises: told of the stronger first, in total and per resident."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import compare as cp
from compare.sections.section import Section, runs
from compare.tables.book import Book
from compare.words.order import READING, holding
from compare.words.text import plain


def lines(section: Section) -> list[str]:
    return [plain(item) for block in section.blocks for item in block.items]


def made(book: Book, topic: str, lang: str, **more: Any) -> list[str]:
    figures = cp.figures(book, topic=topic, **more)
    indicators = book.indicators.query("topic_id == @topic")["indicator_id"]
    lists = book.measures.query("topic_id == @topic or indicator_id in @indicators")["measure_id"]
    order = cp.order(book, [*indicators, *lists])
    return lines(cp.sections.ordered(order, figures, lang=lang))


WORDS = (
    ("same", "same", "same", "higher", "the two are equal, due at the same time"),
    ("at_least", "more", "earlier", "higher", "the first is higher, and due sooner"),
    ("at_least", "at_least", "same", "higher", "the first is at least as high, due at the same time"),
    ("at_most", "less", "later", "higher", "the first is lower, and due later"),
    ("more_later", "more", "later", "higher", "the first is higher, but due later"),
    ("less_earlier", "less", "earlier", "higher", "the first is lower, but due sooner"),
    ("not_told", "not_told", "same", "higher", "not to be told"),
    ("not_told", "not_told", "same", "none", "not to be told"),
    ("same", "same", "same", "lower", "the two are equal, due at the same time"),
    ("at_least", "more", "earlier", "lower",
     "the first is the lower number, and lower is better, and due sooner"),
    ("at_least", "at_least", "same", "lower",
     "the first is no higher, and lower is better, due at the same time"),
    ("at_most", "less", "later", "lower",
     "the first is the higher number, where lower is better, and due later"),
    ("at_most", "at_most", "same", "lower",
     "the first is no lower, where lower is better, due at the same time"),
    ("more_later", "more", "later", "lower",
     "the first is the lower number, and lower is better, but due later"),
    ("less_earlier", "less", "earlier", "lower",
     "the first is the higher number, where lower is better, but due sooner"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("relation", "amount", "time", "better", "words"), WORDS, ids=[case[-1] for case in WORDS]
)
def test_words(relation: str, amount: str, time: str, better: str, words: str) -> None:
    assert holding(relation, amount, time, better, lang="en") == words


def test_where_less_is_better_the_words_fit_the_numbers(book: Book) -> None:
    """The same numbers in the other direction: the better side is told first, and what is lower as lower."""
    indicators = book.indicators.assign(
        better=book.indicators["better"].where(
            book.indicators["indicator_id"] != "smart_community_coverage", "lower"
        )
    )
    turned = replace(book, indicators=indicators)
    usual, other = (cp.order(one, "smart_community_coverage") for one in (book, turned))
    assert set(other["better"]) == {"lower"} and set(usual["better"]) == {"higher"}
    told = other[other["relation"] != "not_told"]
    assert not told.empty
    number = cp.promised(book).set_index("row_id")["value_low"]
    for row in told.to_dict("records"):
        if row["amount"] in ("more", "less"):
            lower = number[row["left_id"]] < number[row["right_id"]]
            assert ("the lower number" in row["relation_en"]) == lower == (row["amount"] == "more")
            assert ("数值低于" in row["relation_zh"]) == lower
    said = lines(cp.sections.ordered(other, cp.figures(turned, topic="smart_community"), lang="en"))
    assert said and not [line for line in said if "the first is higher" in line or "at least as high" in line]
    assert all("lower is better" in line or "are equal" in line for line in said)


def test_the_stations_of_one_year_in_total_and_per_resident(book: Book) -> None:
    first, second, third, last = made(book, "5g", "en")
    assert "Jinan 10,000" in first and "Dongying 2,000" in first and "This rests on" not in first
    assert "The same holds when divided by" in first
    assert "Jinan 10,000" in second and "Qingdao 10,000" in second
    assert "the two are equal, due at the same time" in second
    assert "Divided by" in second and "the first is higher" in second
    assert all(
        "This rests on a figure of medium confidence being counted." in line for line in (second, third)
    )
    assert "Dezhou" in last and "a draft being counted" in last


def test_the_stronger_is_named_first_and_what_rests_on_least(book: Book) -> None:
    told = made(book, "smart_community", "zh")
    assert (
        told[0].startswith("智慧社区覆盖率 德州")
        and "前者不低于后者，期限相同" in told[0]
        and "前提：计入可信度中等的数。" in told[0]
    )
    assert all("前提：" in line for line in told[1:])
    # Rates whose denominator nobody states.
    assert [line for line in told if "没有写分母" in line] == [line for line in told if "覆盖率" in line]


def test_what_a_list_assigned_turns_round_per_resident(book: Book) -> None:
    (line,) = [
        one for one in made(book, "smart_community", "en") if "Jinan 200" in one and "Dongying 72" in one
    ]
    assert "the first is higher" in line and "census (derived): the first is lower" in line


def test_the_order_of_the_cities_changes_nothing_that_is_told(book: Book) -> None:
    figures = cp.figures(book, topic="smart_community")
    told = [
        lines(cp.sections.ordered(cp.order(book, "smart_communities_listed", cities), figures, lang="en"))
        for cities in (["jinan", "dongying"], ["dongying", "jinan"])
    ]
    assert told[0] == told[1] and "Jinan 200" in told[0][0]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_reading_has_words(lang: str) -> None:
    sides = {"bound": ("written", "open"), "left_basis": ("stock", "flow"), "right_basis": ("stock", "flow")}
    sides |= {"left_period": ("named", "plan"), "right_period": ("named", "plan"), "reference": ("taken",)}
    named = {f"{field}={value}" for field, values in sides.items() for value in values}
    assert named | {"draft=in", "confidence=all"} <= set(READING[lang])


def test_only_what_stands_in_the_frame_is_told(book: Book) -> None:
    assert not [line for line in made(book, "5g", "en", city=["jinan", "dongying"]) if "Qingdao" in line]


def test_every_figure_leads_to_its_row(book: Book) -> None:
    figures = cp.figures(book, topic="5g")
    order = cp.order(book, "base_stations_5g")
    section = cp.sections.ordered(order, figures, lang="en")
    held = {run.row for run in runs([section]) if run.row}
    told = order[order["relation"] != "not_told"]
    assert held == {*told["left_id"], *told["right_id"]}


def test_where_nothing_holds_there_is_no_section(book: Book) -> None:
    figures = cp.figures(book, topic="5g")
    none = cp.order(book, []).astype(object)
    assert cp.sections.ordered(pd.DataFrame(none), figures, lang="zh").blocks == ()
    apart = cp.order(book, "smart_communities")
    assert cp.sections.ordered(apart, cp.figures(book, topic="smart_community"), lang="zh").title == ()
