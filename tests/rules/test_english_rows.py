"""Translations broken on purpose: the numbers of the Chinese, no other and none less."""

from __future__ import annotations

import pytest

from .breaking import Bench, Case, Change, Draft, case, edit

T = "translations.csv"


def translated(key: str, reason: str, english: str) -> Case:
    return case(reason, edit("translations", key, quote_en=english), told=(T, key, "quote_en"))


def swapped(one: str, other: str) -> Change:
    """Return the exchange of two translations."""

    def change(draft: Draft) -> None:
        first, second = (
            draft.lines("translations")[draft.place("translations", key)].cells for key in (one, other)
        )
        first["quote_en"], second["quote_en"] = second["quote_en"], first["quote_en"]

    return change


QUOTES = [
    translated("t-dezhou-0009", "900 for 100", "Build at least 900 smart communities across the city"),
    translated("t-dezhou-0009", "no number", "Build many smart communities across the city"),
    translated("t-dongying-0001", "a digit lost", "Build 7 or more new smart communities"),
    translated(
        "t-dongying-0001", "a word for another number", "Build seventeen or more new smart communities"
    ),
    translated("t-dongying-0003", "a tenth", "Build and bring into service 200 5G base stations"),
    translated(
        "t-dongying-0013",
        "billions made millions",
        "Revenue of the information technology industry is to exceed 6 million yuan",
    ),
    translated(
        "t-dongying-0018", "a number more", "Hold at least 2 publicity drives of 30 minutes every quarter"
    ),
    translated(
        "t-dongying-0030",
        "one of two numbers",
        "Foster pilot and demonstration smart chemical parks and 1 provincial model park",
    ),
    translated("t-jinan-0005", "another month", "By the end of July 2022, 100% grid coverage of communities"),
    translated("t-jinan-0006", "another year", "By the end of 2021, 85% or more of users of fixed broadband"),
    translated(
        "t-qingdao-0001", "two digits changed about", "On the basis that over 79% is already satisfied"
    ),
    case(
        "two translations changed about",
        swapped("t-dongying-0002", "t-dongying-0008"),
        told=(T, "t-dongying-0002", "quote_en"),
    ),
    case(
        "and the other of the two",
        swapped("t-dongying-0002", "t-dongying-0008"),
        told=(T, "t-dongying-0008", "quote_en"),
    ),
    case(
        "two numbers of one city's goals changed about",
        swapped("t-dezhou-0009", "t-dezhou-0010"),
        told=(T, "t-dezhou-0010", "quote_en"),
    ),
    case(
        "a note in one language only",
        edit("translations", "t-dongying-0010", note_en="In the text"),
        told=(T, "t-dongying-0010", "note_en"),
    ),
    case(
        "a note of other numbers",
        edit("translations", "t-dongying-0001", note_en="The goals state no deadline; task 12 prevails"),
        told=(T, "t-dongying-0001", "note_en"),
    ),
    case(
        "a translation of nothing",
        edit("translations", "t-dongying-0010", row_id="t-dongying-0910"),
        told=(T, "t-dongying-0910", "row_id"),
    ),
    case(
        "a statement without its translation",
        edit("translations", "t-dongying-0010", row_id="t-dongying-0910"),
        told=("dongying/targets.csv", "t-dongying-0010", "target_id"),
    ),
]

LISTS = [
    case(
        "an indicator's name with another year",
        edit("measures", "population_census", name_en="Resident population, 2010 census"),
        told=("measures.csv", "population_census", "name_en"),
    ),
    case(
        "an indicator's definition with another rate",
        edit("measures", "base_stations_per_10000", name_en="5G base stations per 1,000 people"),
        told=("measures.csv", "base_stations_per_10000", "name_en"),
    ),
    case(
        "a document's title with another year",
        edit(
            "sources",
            "jinan-2019",
            title_en="Jinan implementation plan for building digital government (2019–2025)",
        ),
        told=("sources.csv", "jinan-2019", "title_en"),
    ),
    case(
        "a plan's number lost",
        edit("sources", "dongying-2021", title_en="Dongying 12th five-year plan"),
        told=("sources.csv", "dongying-2021", "title_en"),
    ),
    case(
        "a doubt of other numbers",
        edit("outcomes", "o-binzhou-0001", note_en="the figure per 10,000 does not fit (about 5.9 million)"),
        told=("outcomes.csv", "o-binzhou-0001", "note_en"),
    ),
    case(
        "a search of another year",
        edit(
            "not_found",
            "dezhou;base_stations_5g;2020",
            note_en="5G stations actually in service in Dezhou in 2021",
        ),
        told=("not_found.csv", "dezhou", "note_en"),
    ),
]


@pytest.mark.parametrize("broken", QUOTES + LISTS, ids=lambda broken: broken.reason)
def test_what_is_told_of_a_translation(bench: Bench, broken: Case) -> None:
    bench.holds(broken)


@pytest.mark.parametrize(
    ("key", "english", "reason"),
    [
        (
            "t-dongying-0007",
            "Fibre of 100 Mbps reaches a hundred per cent of the rural areas (100%)",
            "a word too",
        ),
        (
            "t-dongying-0009",
            "2,000 5G base stations are newly built; over 12 thousand ports of 10G PON",
            "12 thousand for 1.2万",
        ),
        ("t-dongying-0013", "Revenue of the industry exceeds 6 bn yuan", "6 bn for 60亿"),
        ("t-dezhou-0007", "By the end of June, start building twelve thematic databases", "twelve for 12"),
        ("t-dezhou-0012", "Within the year, foster ten or more teams", "ten for 10"),
        (
            "t-jinan-0006",
            "By the end of 2020, 85% or more, and by December at the latest",
            "the month of a year's end",
        ),
    ],
)
def test_what_may_stand(bench: Bench, key: str, english: str, reason: str) -> None:
    told = [str(problem) for problem in bench.told(edit("translations", key, quote_en=english))]
    if reason == "the month of a year's end":
        # 年底 does not name its month: whoever adds December adds a number.
        assert len(told) == 1 and "it adds 12" in told[0]
    else:
        assert told == [], reason
