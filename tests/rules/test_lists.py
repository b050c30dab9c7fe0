"""The code lists broken on purpose: places, divisions, units, indicators, measures, terms, searches."""

from __future__ import annotations

import pytest

from .breaking import Bench, Case, again, case, drop, edit, new


def told_of(table: str, key: str, column: str, reason: str, **cells: str) -> Case:
    """Return a case that changes cells of one row and must be told of one of its columns."""
    return case(reason, edit(table, key, **cells), told=(f"{table}.csv", key, column))


PLACES = [
    told_of("places", "dezhou", "parent_id", "a circle of parents of two", parent_id="dezhou"),
    case(
        "a circle of parents that closes further up",
        edit("places", "shandong", parent_id="dezhou"),
        told=("places.csv", "shandong", "parent_id"),
    ),
    told_of("places", "china", "parent_id", "a nation below a province", parent_id="shandong"),
    told_of("places", "jinan", "parent_id", "a city directly below the nation", parent_id="china"),
    told_of("places", "jinan", "parent_id", "a city below a city", parent_id="qingdao"),
    told_of("places", "shandong", "parent_id", "a province below nothing", parent_id=""),
    told_of("places", "dezhou", "division_code", "another city's code", division_code="371600"),
    told_of("places", "dezhou", "division_code", "a code of another province", division_code="321400"),
    told_of("places", "dezhou", "division_code", "a county's code", division_code="371402"),
    told_of("places", "shandong", "division_code", "a province with a city's code", division_code="371400"),
    told_of("places", "qingdao", "level", "a sub-provincial city made a prefecture", level="prefecture"),
    told_of("places", "dezhou", "level", "a city made a province", level="province"),
    told_of("places", "dezhou", "division_code", "a name that is not the code's", name_zh="滨州"),
    told_of("places", "dongying", "name_zh", "a name with one character wrong", name_zh="东管"),
    case(
        "a place that nothing names",
        new(
            "places",
            place_id="weihai",
            level="prefecture",
            name_zh="威海",
            name_en="Weihai",
            division_code="371000",
            parent_id="shandong",
        ),
        told=("places.csv", "weihai", "place_id"),
    ),
    case(
        "a national list with one city's code changed",
        edit("divisions", "371400", division_code="371401"),
        told=("divisions.csv", "", ""),
    ),
    case(
        "a national list in which two cities changed names",
        edit("divisions", "370200", name_zh="济南市"),
        edit("divisions", "370100", name_zh="青岛市"),
        told=("divisions.csv", "", ""),
    ),
]

MU = {
    "unit_id": "mu",
    "name_zh": "亩",
    "name_en": "mu",
    "dimension": "area",
    "factor": "0.000667",
    "equals": "0.000667 sqkm",
    "words_zh": "亩",
    "display": "mu",
}
UNITS = [
    told_of("units", "count", "factor", "ten times a count", factor="10"),
    told_of("units", "percent", "factor", "a tenth of a share", factor="0.1"),
    told_of("units", "yuan", "factor", "money in ten thousands", factor="10000"),
    told_of(
        "units",
        "yuan",
        "equals",
        "a factor told in a unit of another dimension",
        factor="10000",
        equals="10000 count",
    ),
    case(
        "a factor that is not the one told",
        new("units", **MU | {"factor": "0.01"}),
        told=("units.csv", "mu", "factor"),
    ),
    told_of("units", "household", "dimension", "households made people", dimension="persons"),
    told_of("units", "sqkm", "dimension", "an area made a length", dimension="length"),
    told_of("units", "item", "dimension", "items made money", dimension="money"),
    told_of("units", "percent", "words_zh", "a share written as people", words_zh="人"),
    told_of("units", "person", "words_zh", "people without their own word", words_zh="名"),
    told_of("units", "sqkm", "display", "an area printed as people", display="people"),
    told_of("units", "yuan", "display", "money without its name", display=""),
    case(
        "a target whose words are another unit's",
        edit("units", "item", words_zh="项;个", name_zh="项"),
        edit("units", "count", name_zh="大", words_zh="大"),
        told=("dongying/targets.csv", "t-dongying-0008", "unit_id"),
    ),
    case(
        "a factor of nought, which the dictionary refuses",
        edit("units", "yuan", factor="0"),
        told=("units.csv", "", "factor"),
    ),
]

MEASURES = [
    told_of(
        "indicators",
        "base_stations_5g",
        "normaliser",
        "a normaliser that is no kind of measure",
        normaliser="inhabitants",
    ),
    told_of(
        "indicators", "gigabit_households", "normaliser", "a share divided once more", normaliser="population"
    ),
    case(
        "an indicator kept in another unit than its targets",
        edit("indicators", "smart_communities", unit_id="item"),
        told=("dongying/targets.csv", "t-dongying-0001", "unit_id"),
    ),
    case(
        "an indicator moved to another topic than its measures",
        edit("indicators", "smart_communities", topic_id="5g"),
        told=("measures.csv", "smart_communities_listed", "topic_id"),
    ),
    told_of(
        "measures",
        "base_stations_built",
        "unit_id",
        "a measure in another unit than its indicator",
        unit_id="item",
    ),
    told_of(
        "measures",
        "base_stations_built",
        "topic_id",
        "a measure under another topic than its indicator",
        topic_id="open_data",
    ),
    case(
        "a measure of built made one of opened",
        edit("measures", "base_stations_built", act="open"),
        told=("outcomes.csv", "o-shandong-0002", "act"),
    ),
    case(
        "a measure given to another indicator",
        edit("measures", "base_stations_built", indicator_id="charging_piles"),
        told=("outcomes.csv", "o-shandong-0002", "indicator_id"),
    ),
    case(
        "an indicator that nothing measures",
        again(
            "indicators",
            "open_datasets",
            indicator_id="open_rooms",
            name_zh="开放机房",
            name_en="Open rooms",
            definition_zh="机房。",
            definition_en="Rooms.",
        ),
        told=("indicators.csv", "open_rooms", "indicator_id"),
    ),
    case(
        "a measure that nothing names",
        again("measures", "gdp", measure_id="gnp", name_zh="国民生产总值", name_en="Gross national product"),
        told=("measures.csv", "gnp", "measure_id"),
    ),
    case(
        "two indicators of one definition",
        again("indicators", "open_datasets", indicator_id="open_sets", name_zh="数据集", name_en="Sets"),
        told=("indicators.csv", "open_sets", "definition_zh"),
    ),
    case(
        "an outcome of what is built that names no measure, nor says what its source leaves open",
        edit("outcomes", "o-shandong-0002", measure_id="", note="", note_en=""),
        told=("outcomes.csv", "o-shandong-0002", "measure_id"),
    ),
]

WORDS = [
    case(
        "a term that no row names",
        edit("terms", "农村", term_zh="农衬"),
        told=("terms.csv", "农衬", "term_zh"),
    ),
    case(
        "a scope without English",
        drop("terms", "农村"),
        told=("dezhou/targets.csv", "t-dezhou-0011", "scope_zh"),
    ),
    case(
        "a word that no document holds",
        edit("lexical_numerals", "一个平台", word_zh="一个平合"),
        told=("lexical_numerals.csv", "一个平合", "word_zh"),
    ),
    told_of(
        "lookalikes", "open_datasets;open_records", "other_id", "its own look-alike", other_id="open_datasets"
    ),
    case(
        "a pair of look-alikes the other way about",
        again("lookalikes", "open_datasets;open_records", item_id="open_records", other_id="open_datasets"),
        told=("lookalikes.csv", "open_records", "other_id"),
    ),
    told_of(
        "lookalikes",
        "open_datasets;open_records",
        "item_id",
        "a look-alike that is nothing",
        item_id="opendata",
    ),
    case(
        "another look-alike than the reason names",
        edit("lookalikes", "rural_100m_coverage;rural_100m_users", item_id="gigabit_households"),
        told=("lookalikes.csv", "gigabit_households", "reason_zh"),
    ),
    case(
        "the reason of another pair",
        edit(
            "lookalikes",
            "no_meeting_rate;end_to_end_rate",
            reason_en="“Open data sets” counts data sets, “Open public data records” records",
        ),
        told=("lookalikes.csv", "no_meeting_rate", "reason_en"),
    ),
    case(
        "the two sides exchanged",
        edit(
            "lookalikes",
            "charging_piles;public_charging_piles",
            item_id="public_charging_piles",
            other_id="charging_piles",
        ),
        told=("lookalikes.csv", "public_charging_piles", "reason_zh"),
    ),
    told_of(
        "not_found",
        "dezhou;base_stations_5g;2020",
        "date_text",
        "a search of another year than its note",
        date_text="2021",
    ),
    told_of(
        "not_found",
        "dongying;charging_piles;2022",
        "place_id",
        "a search of another place than its note",
        place_id="qingdao",
    ),
    told_of(
        "not_found",
        "dongying;charging_piles;2022",
        "item_id",
        "a search of another thing than its note",
        item_id="gdp",
    ),
    told_of("not_found", "jinan;land_area;", "note", "a search without its words", note=""),
    case(
        "a search that found something after all",
        new(
            "not_found",
            place_id="jinan",
            item_id="gdp",
            date_text="2020",
            note="济南2020年的地区生产总值",
            note_en="Jinan’s GDP in 2020",
        ),
        told=("not_found.csv", "jinan", "item_id"),
    ),
]
# Changed keys are told by the first cell of the row as it is then.
for at, one in enumerate(WORDS):
    if one.reason == "a look-alike that is nothing":
        WORDS[at] = case(one.reason, *one.changes, told=("lookalikes.csv", "opendata", "item_id"))
    elif one.told[0].file == "lookalikes.csv" and ";" in one.told[0].key:
        WORDS[at] = case(
            one.reason, *one.changes, told=("lookalikes.csv", "open_datasets", one.told[0].column)
        )
    elif one.told[0].file == "not_found.csv" and ";" in one.told[0].key:
        place = "qingdao" if one.told[0].column == "place_id" else one.told[0].key.split(";")[0]
        WORDS[at] = case(one.reason, *one.changes, told=("not_found.csv", place, one.told[0].column))


@pytest.mark.parametrize("broken", PLACES + UNITS + MEASURES + WORDS, ids=lambda broken: broken.reason)
def test_what_is_told_of_a_list(bench: Bench, broken: Case) -> None:
    bench.holds(broken)


def test_a_circle_of_parents_is_told_and_not_followed_for_ever(bench: Bench) -> None:
    told = bench.told(
        edit("places", "china", parent_id="dezhou"), edit("places", "shandong", parent_id="dezhou")
    )
    assert {(problem.key, problem.column) for problem in told} >= {
        ("china", "parent_id"),
        ("shandong", "parent_id"),
    }


def test_a_unit_with_a_factor_and_its_words_may_stand(bench: Bench) -> None:
    assert bench.told(new("units", **MU)) == []
