"""What sets two figures apart, in the words of both languages."""

from __future__ import annotations

from typing import Any

import pytest

from compare.analysis.differences import EVERY_DIFFERENCE, differing
from compare.analysis.verdicts import VERDICTS
from compare.asked import LANGUAGES
from compare.tables.book import Book
from compare.words.reasons import DIFFERENCE, not_comparable, pairs, said
from compare.words.signs import signs
from compare.words.verdicts import TELLING

ONE = {"name_zh": "济南", "name_en": "Jinan"}
OTHER = {"name_zh": "德州", "name_en": "Dezhou"}


def figure(place: dict[str, str], changed: dict[str, Any]) -> dict[str, Any]:
    """Return a figure that agrees with every other made here but for what is named."""
    plain = {
        "act": "build", "also_act": None, "basis": "stock", "unit_id": "count", "denominator_zh": None,
        "denominator_en": None, "scope_zh": None, "scope_en": None, "recurrence": None, "due_year": 2025,
        "comparator": "ge", "force": "firm", "status": "adopted",
    }  # fmt: skip
    return plain | place | changed


CASES = [
    ({}, {}, "", "", "nothing"),
    ({}, {"status": "draft"}, "德州的出自代拟稿", "Dezhou’s is from a draft", "a draft"),
    ({}, {"unit_id": "item"}, "单位不同", "different units", "another unit"),
    ({}, {"comparator": "eq"}, "界限不同（至少、定数）", "one is a minimum, the other an exact figure",
     "bounds"),
    ({"comparator": "gt"}, {"comparator": "le"}, "界限不同（超过、至多）",
     "one is a figure to be exceeded, the other a maximum", "from above and from below"),
    ({"comparator": "lt"}, {"comparator": "approx"}, "界限不同（低于、约为）",
     "one is a figure to stay below, the other an approximate figure",
     "a figure that is itself no more than near"),
    ({}, {"comparator": "range"}, "界限不同（至少、区间）", "one is a minimum, the other a range",
     "two ends"),
    ({}, {"basis": "flow"}, "口径不同（时点存量、当期数）",
     "one is a total at a date, the other a figure for a period", "a period need not be a year"),
    ({}, {"force": "aspirational"}, "德州的写作力争", "Dezhou’s is only an aim to strive for",
     "whose figure is only striven for"),
    ({"act": "begin"}, {}, "所做的事不同（启动、建设）", "different acts (begun, built)",
     "what is done with what is counted"),
    ({"act": "reach"}, {"act": "open", "also_act": "build"}, "所做的事不同（达到、建设并投用）",
     "different acts (a level reached, built and put into use)",
     "the further act stands first, as it is done first"),
    ({"act": "list", "basis": "flow"}, {"act": "other"},
     "所做的事不同（列名或认定、其他）；口径不同（当期数、时点存量）",
     "different acts (listed or recognised, something else); "
     "one is a figure for a period, the other a total at a date", "act and basis"),
    ({"basis": "ambiguous"}, {}, "济南没有写明是新增还是累计",
     "Jinan’s does not say whether the figure is new or a total", "one basis is open"),
    ({"basis": "ambiguous"}, {"basis": "ambiguous"}, "济南和德州没有写明是新增还是累计",
     "Jinan’s and Dezhou’s do not say whether the figure is new or a total",
     "both are, and the verb follows"),
    ({"denominator_zh": "家庭", "denominator_en": "households"}, {}, "分母不同（家庭、未写）",
     "different denominator (households, not stated)", "a denominator on one side alone"),
    ({}, {"scope_zh": "主城区", "scope_en": "the inner city"}, "范围不同（未写、主城区）",
     "different scope (not stated, the inner city)", "a part against the whole"),
    ({"recurrence": "year"}, {"recurrence": "quarter"}, "周期不同（每年、每季度）",
     "different periods (each year, each quarter)",
     "both recur: neither is said to be no figure per period"),
    ({"recurrence": "year", "due_year": None}, {}, "一个是每期的数、一个不是；到期年不同（每年、2025年）",
     "only one is a figure per period; due in different years (each year, 2025)",
     "what recurs has no date because it recurs"),
    ({"due_year": None}, {}, "到期年不同（无、2025年）", "due in different years (none, 2025)", "no date"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "zh", "en", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_a_difference_in_words(
    left: dict[str, Any], right: dict[str, Any], zh: str, en: str, reason: str
) -> None:
    one, other = figure(ONE, left), figure(OTHER, right)
    codes = differing(one, other)
    assert [said(codes, one, other, lang) for lang in LANGUAGES] == [zh, en]
    assert said([*codes, "assigned"], one, other, "zh").endswith("省里的清单列给该市的数")


def test_every_code_has_its_words() -> None:
    for lang in LANGUAGES:
        assert [*DIFFERENCE[lang]][:-1] == [one.code for one in EVERY_DIFFERENCE]
    assert all(set(TELLING[lang]) == set(VERDICTS) for lang in LANGUAGES)


def test_the_stations_of_two_cities_do_not_compare(book: Book) -> None:
    [pair] = pairs(book, "base_stations_5g", city=["dezhou", "dongying"]).to_dict("records")
    assert (pair["grade"], pair["differences"]) == ("different_measure", "basis_open;due_year;draft")
    assert pair["reason_zh"] == ("德州没有写明是新增还是累计；到期年不同（2022年、2020年）；德州的出自代拟稿")
    assert pair["reason_en"] == (
        "Dezhou’s does not say whether the figure is new or a total; "
        "due in different years (2022, 2020); Dezhou’s is from a draft"
    )


def test_a_target_left_out_has_the_reason_of_its_pair(book: Book) -> None:
    """In the words of the pair, whichever of the two is left out, and those alone say that they are."""
    told = {}
    for row in pairs(book).to_dict("records"):
        told[frozenset((row["left_id"], row["right_id"]))] = tuple(
            row[f"reason_{lang}"] for lang in LANGUAGES
        )
    for row in not_comparable(book).to_dict("records"):
        reasons = tuple(row[f"reason_{lang}"] for lang in LANGUAGES)
        if row["grade"] == "alone":
            assert reasons == (
                "所比的其他城市都没有为这一指标写下数字",
                "none of the other cities compared sets a target for this indicator",
            )
        else:
            assert reasons == told[frozenset((row["target_id"], row["partner_id"]))]
            assert len(reasons[1].split(signs("en").semicolon)) == len(row["differences"].split(";"))
