"""City pages of the five documents: what they say on other days, with other rows, and of their ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import compare as cp
from compare.tables.book import Book

from .cities import (
    counts_said,
    frames,
    is_draft,
    linked,
    numbers_in,
    parsed,
    past_term,
    promised,
    prose,
    text_of,
)
from .telling import AS_OF, LANGUAGES

CITY = "dezhou"
REACHED = {
    "fact_id": "o-dezhou-9001", "place_id": CITY, "topic_id": "smart_community",
    "indicator_id": "smart_community_coverage", "comparator": "eq", "value": 92.0, "unit_id": "percent",
    "basis": "rate", "date_text": "2025年底", "date_on": pd.Timestamp("2025-12-31"), "date_precision": "day",
    "source_title": "甲", "publisher": "乙", "confidence": "high", "seen": "2026-11",
    "standing": "government", "copy": "original",
}  # fmt: skip


def with_outcomes(book: Book, *rows: dict[str, Any]) -> Book:
    outcomes = pd.concat([book.outcomes, pd.DataFrame(rows)], ignore_index=True)
    return replace(book, outcomes=outcomes.astype(book.outcomes.dtypes.to_dict()))


def test_a_city_with_nothing_but_a_draft_counts_the_draft(book: Book) -> None:
    made = replace(book, targets=book.targets[book.targets["source_id"] != "dezhou-2023"])
    own = [row for row in promised(CITY) if row["source_id"] == "dezhou-2020"]
    inferred = sum(row["due_source"] == "period" for row in own)
    for lang in LANGUAGES:
        lead = parsed(frames(made, CITY), lang, "lead")
        said = text_of(lead.select_one("p.standfirst"))
        assert counts_said(said, prose(lang)["due.unjudged"]) == [{"due": len(own)}]
        assert counts_said(said, prose(lang)["caution.draft.only"]) == [{"count": len(own)}]
        counts = {"past": len(own), "count": inferred}
        assert inferred and counts_said(said, prose(lang)["caution.period"]) == [counts]
        assert not counts_said(said, prose(lang)["caution.draft"])


@pytest.mark.parametrize(
    ("day", "another"),
    [(AS_OF, True), ("2022-06-30", False), ("2019-01-31", False)],
    ids=["the title counts issued ones", "the title counts the draft's", "the title counts all"],
)
def test_the_draft_s_are_others_only_where_the_title_leaves_them_out(
    book: Book, day: str, another: bool
) -> None:
    counted = past_term(CITY, day) or promised(CITY)
    assert another != any(map(is_draft, counted))
    for lang in LANGUAGES:
        lead = parsed(frames(book, CITY, day), lang, "lead")
        words = text_of(lead.select_one("p.standfirst"))
        apart, among = (counts_said(words, prose(lang)[f"caution.draft{one}"]) for one in ("", ".among"))
        assert len(counted) in numbers_in(words)
        assert (bool(apart), bool(among)) == (another, not another), lang


@pytest.mark.parametrize(
    ("as_of", "zh", "en"),
    [
        ("2026-11-21", "7条量化承诺到期或期满，能判断是否完成的1条", "outcomes settle 1"),
        ("2024-06-30", "4条量化承诺到期或期满，本库没有查到", "no outcome that settles them"),
        ("2022-06-30", "13条量化承诺到期或期满", "13 targets are past their term"),
        ("2020-01-31", "21条量化承诺，还没有一条到期", "none has fallen due yet"),
    ],
    ids=["an outcome decides", "the outcome is not known yet", "only the draft's are due", "nothing is due"],
)
def test_standfirsts_follow_the_day_and_the_outcomes(book: Book, as_of: str, zh: str, en: str) -> None:
    held = frames(with_outcomes(book, REACHED), CITY, as_of)
    said = [text_of(parsed(held, lang, "lead").select_one("p.standfirst")) for lang in LANGUAGES]
    assert zh in said[0] and en in said[1]


def test_a_city_without_numbers_keeps_a_whole_page(book: Book) -> None:
    """Everything is made from what is there, down to no target, no mention and no figure from elsewhere."""

    def without(name: str, column: str) -> pd.DataFrame:
        frame = getattr(book, name)
        return frame[frame[column] != "qingdao"]

    rows = {name: without(name, "city_id") for name in ("targets", "mentions")}
    rows |= {name: without(name, "place_id") for name in ("outcomes", "outside_targets")}
    bare = replace(book, **rows)
    for lang, words in (("zh", "没有一个承诺写了数字"), ("en", "set a target for none")):
        page = parsed(frames(bare, "qingdao"), lang)
        assert words in page.h1.get_text()
        assert page.select_one("section.promises h2") and not page.select("section.promises table")
        assert len(page.select("section.silences li")) == 2, "the documents that are not at hand"
        assert page.select_one("section.means .plot") and not page.select(".passage")


def test_the_next_figures_stand_before_the_last(book: Book) -> None:
    """With most of the plan ahead, what comes next is named; where all share a day, none is picked out."""
    section = parsed(frames(book, CITY, "2023-06-30"), "zh", "deadlines")
    assert "接下来到期的数字（2023年底）" in section.get_text()
    assert "接下来" not in parsed(frames(book, CITY), "zh", "deadlines").get_text()
    alone = parsed(frames(book, "dongying"), "zh", "deadlines")
    last = sum(row["due_on"] == "2022-12-31" for row in promised("dongying"))
    said = prose("zh")["deadlines.one"].format(count=last, due="2022年底")
    assert said in alone.get_text() and not alone.select("ul.named")


def test_every_city_has_a_figure_that_compares_and_others_that_do_not(book: Book) -> None:
    for city in book.cities:
        section = parsed(frames(book, city), "zh", "above").section
        assert section.select(":scope > table.stack .derived") and section.select("details.folded tbody tr")


def test_sources_that_contradict_each_other_stand_side_by_side(book: Book) -> None:
    other = REACHED | {"fact_id": "o-dezhou-9002", "value": 71.0, "source_title": "丙"}
    page = parsed(frames(with_outcomes(book, REACHED, other), CITY), "zh", "outcomes", "elsewhere")
    line = next(row for row in page.select("table.thirds tbody tr") if "t-dezhou-0010" in linked(row.th))
    both = {"o-dezhou-9001", "o-dezhou-9002"}
    assert both <= set(linked(line.find_all("td")[-1]))
    assert not both & {name for one in line.select("details") for name in linked(one)}
    assert both <= {row["id"] for row in page.select("tr.fact")}


def test_a_unit_of_the_ledger_that_is_no_agency_keeps_its_printed_name(book: Book) -> None:
    agencies = book.agencies[book.agencies["agency_id"] != "dezhou-audit"]
    ledger = book.ledger.assign(unit_zh=book.ledger["unit_zh"].replace("市委政法委", "市委政法委员会"))
    found = cp.commitments(replace(book, agencies=agencies, ledger=ledger), CITY)
    for column in ("lead_ids", "leads_zh", "leads_en"):
        assert "市委政法委员会" in set(found[column].str.split(";").explode()), column


def test_a_year_with_a_draft_and_a_plan_has_one_bar_of_two_pieces(book: Book) -> None:
    held = frames(book, CITY)
    both = held["clauses"].assign(due_on=pd.Timestamp("2025-12-31"))
    page = parsed(held | {"clauses": both}, "zh", "deadlines")
    [bar] = page.select(".bar-cell .rods")
    assert [rod["class"] for rod in bar.select(".rod")] == [["rod"], ["rod", "hollow"]]
