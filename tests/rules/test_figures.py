"""Figures from elsewhere broken on purpose: values, units, dates, pages, and two sources of one figure."""

from __future__ import annotations

import pytest

from .breaking import Bench, Case, again, case, edit, new

R, OUT, G, PAGES = "reference.csv", "outcomes.csv", "outside_targets.csv", "web_pages.csv"


def figure(column: str, table: str, key: str, reason: str, **cells: str) -> Case:
    """Return a case that changes cells of one row and must be told of one of its columns."""
    return case(reason, edit(table, key, **cells), told=(f"{table}.csv", key, column))


VALUES = [
    case(
        "a census of fewer than no people",
        edit("reference", "r-dezhou-0001", value="-5611194"),
        told=(R, "", "value"),
    ),
    case(
        "a share of less than nothing, small enough for the dictionary",
        edit("outcomes", "o-shandong-0015", value_text="80%", value="-80"),
        told=(OUT, "o-shandong-0015", "value"),
    ),
    figure("value", "reference", "r-dezhou-0001", "a census of nobody", value="0"),
    figure("value", "reference", "r-dezhou-0001", "ten times the people, the words left", value="56111940"),
    figure(
        "value",
        "reference",
        "r-dezhou-0004",
        "ten times the households, words and all",
        value_text="18578400户",
        value="18578400.5",
    ),
    figure(
        "value", "reference", "r-dezhou-0001", "half a person", value_text="5611194.5人", value="5611194.5"
    ),
    figure(
        "value", "reference", "r-jinan-0014", "two digits of a product changed about", value="1041091000000"
    ),
    figure("value", "reference", "r-jinan-0014", "亿 for nothing", value_text="10140.91元"),
    figure(
        "value",
        "reference",
        "r-jinan-0019",
        "742 per cent of the people in towns",
        value_text="742%",
        value="742",
    ),
    figure("value", "outcomes", "o-dongying-0001", "a coverage of 700 %", value_text="700%", value="700"),
    figure("value", "outcomes", "o-shandong-0016", "a share below nothing", value_text="-90%", value="-90"),
    figure(
        "value",
        "outcomes",
        "o-shandong-0004",
        "half a base station",
        value_text="101000.5个",
        value="101000.5",
    ),
    figure("value", "outcomes", "o-shandong-0005", "no base station at all", value_text="0个", value="0"),
    figure("value", "outcomes", "o-shandong-0001", "a rise of 43 times, the words left", value="43"),
    figure("value", "outside_targets", "g-shandong-0011", "an amount without its 亿", value="14000"),
    figure(
        "value",
        "outside_targets",
        "g-shandong-0012",
        "more than the whole",
        value_text="超过190%",
        value="190",
    ),
    figure("comparator", "outside_targets", "g-shandong-0012", "a bound dropped", comparator="eq"),
    figure("comparator", "outside_targets", "g-dezhou-0004", "at least made more than", comparator="gt"),
    figure("comparator", "outcomes", "o-shandong-0003", "a bound turned about", comparator="le"),
    figure("unit_id", "outside_targets", "g-shandong-0008", "items written as counts", unit_id="count"),
    figure("unit_id", "outcomes", "o-shandong-0006", "stations taken down in 项", value_text="160000项"),
    figure(
        "unit_id", "reference", "r-dongying-0003", "households taken down as people", value_text="811291人"
    ),
    figure("value_text", "reference", "r-qingdao-0011", "words that are no figure", value_text="很大的面积"),
    figure(
        "value_text",
        "outcomes",
        "o-china-0002",
        "two figures in one cell",
        value_text="10.1个/万人和26个/万人",
    ),
    figure("value_text", "outside_targets", "g-jinan-0007", "a figure left out", value_text="全部"),
    figure("basis", "outcomes", "o-dongying-0001", "a share kept as a stock", basis="stock"),
    figure("basis", "reference", "r-dezhou-0001", "people kept as a rate", basis="rate"),
    figure("basis", "outside_targets", "g-shandong-0004", "a count kept as growth", basis="growth"),
]

PROPORTIONS = [
    figure(
        "value",
        "reference",
        "r-jinan-0005",
        "the people of a city doubled within a year",
        value_text="18830000人",
        value="18830000",
    ),
    figure(
        "value",
        "reference",
        "r-dezhou-0003",
        "a year's end at a tenth of the census before it",
        value_text="557490人",
        value="557490",
    ),
    figure(
        "value",
        "reference",
        "r-jinan-0016",
        "a product that trebles within a year",
        value_text="36082.5亿元",
        value="3608250000000",
    ),
    figure(
        "value",
        "reference",
        "r-jinan-0011",
        "registered households ten times those of the year before",
        value_text="28664000户",
        value="28664000",
    ),
    figure(
        "value",
        "reference",
        "r-shandong-0005",
        "a province that loses half its people",
        value_text="50813950人",
        value="50813950",
    ),
    figure(
        "value",
        "reference",
        "r-qingdao-0001",
        "a city of more people than its province, without a note",
        value_text="110071722人",
        value="110071722",
    ),
    figure(
        "value",
        "reference",
        "r-jinan-0018",
        "a city's product above its province's, without a note",
        value_text="127574亿元",
        value="12757400000000",
    ),
    figure(
        "value",
        "reference",
        "r-dezhou-0004",
        "more households than the province has",
        value_text="38578400户",
        value="38578400",
    ),
    case(
        "more stations in a new row of a city than in its province",
        again(
            "outcomes",
            "o-shandong-0004",
            fact_id="o-jinan-0099",
            place_id="jinan",
            value_text="201000个",
            value="201000",
            note="",
            note_en="",
        ),
        told=(OUT, "o-jinan-0099", "value"),
    ),
    case(
        "more communities on a city's list than on the whole list",
        edit("outside_targets", "g-jinan-0001", value_text="2000个", value="2000", note="", note_en=""),
        told=(G, "g-jinan-0001", "value"),
    ),
]

DATES = [
    figure("date_on", "reference", "r-dezhou-0001", "a census a year late", date_on="2021-11-01"),
    figure("date_precision", "reference", "r-dezhou-0001", "a day kept as a year", date_precision="year"),
    figure(
        "date_on",
        "reference",
        "r-jinan-0014",
        "a year's product dated on its first day",
        date_on="2020-01-01",
    ),
    figure(
        "date_on",
        "outcomes",
        "o-shandong-0004",
        "an outcome dated otherwise than its words",
        date_on="2022-12-31",
    ),
    figure(
        "date_on",
        "outcomes",
        "o-shandong-0020",
        "the second half of a year ended in June",
        date_on="2020-06-30",
    ),
    figure("date_on", "outcomes", "o-binzhou-0001", "October of 30 days", date_on="2022-10-30"),
    figure("date_precision", "outcomes", "o-binzhou-0001", "a month kept as a day", date_precision="day"),
    figure(
        "date_on",
        "outcomes",
        "o-china-0001",
        "reached after the day on which pages reckon",
        date_text="2031-12-31",
        date_on="2031-12-31",
    ),
    figure(
        "date_on",
        "outcomes",
        "o-shandong-0018",
        "reached in a year that is not over",
        date_text="2026",
        date_on="2026-12-31",
    ),
    figure(
        "date_on",
        "reference",
        "r-shandong-0011",
        "a product of a year to come",
        date_text="2062",
        date_on="2062-12-31",
    ),
    figure(
        "date_text",
        "outside_targets",
        "g-shandong-0026",
        "a goal of a year written as its last day",
        date_text="2022-12-31",
    ),
    figure(
        "date_text", "outside_targets", "g-shandong-0029", "the same of a later year", date_text="2027-12-31"
    ),
    figure("date_text", "outcomes", "o-dezhou-0002", "words that are no date", date_text="去年"),
    figure(
        "date_text", "outcomes", "o-shandong-0001", "a span that ends before it begins", date_text="2025/2020"
    ),
    figure(
        "date_text", "outside_targets", "g-shandong-0004", "a month that does not exist", date_text="2027-13"
    ),
    figure("date_text", "outside_targets", "g-china-0001", "a spreadsheet's date", date_text="2025/12/31"),
    figure("date_on", "outside_targets", "g-shandong-0019", "a goal a year early", date_on="2026-12-31"),
    figure(
        "date_precision",
        "outside_targets",
        "g-jinan-0007",
        "a goal of a year kept as a day",
        date_precision="day",
    ),
    figure("date_on", "reference", "r-qingdao-0011", "a day without words", date_on="2017-12-31"),
    case(
        "a fruitless search of no year",
        edit("not_found", "dezhou;base_stations_5g;2020", date_text="2020年"),
        told=("not_found.csv", "dezhou", "date_text"),
    ),
]

SOURCES = [
    case(
        "the same page twice for one figure",
        again("reference", "r-dezhou-0006", fact_id="r-dezhou-0007"),
        told=(R, "r-dezhou-0007", "fact_id"),
    ),
    case(
        "another figure of the same page for the same day",
        again("reference", "r-dezhou-0006", fact_id="r-dezhou-0007", value_text="56.26%", value="56.26"),
        told=(R, "r-dezhou-0007", "fact_id"),
    ),
    case(
        "two sources of a census that differ by a hundred people, without a note",
        edit("reference", "r-dezhou-0002", value_text="5611294人", value="5611294", note=""),
        told=(R, "r-dezhou-0002", "note"),
    ),
    case(
        "the other of the two must say so too",
        edit("reference", "r-dezhou-0002", value_text="5611294人", value="5611294"),
        told=(R, "r-dezhou-0001", "note"),
    ),
    case(
        "two sources of a city's registered households that differ",
        edit("reference", "r-jinan-0012", value_text="2866500户", value="2866500", note=""),
        told=(R, "r-jinan-0012", "note"),
    ),
    case(
        "a rounded figure that is not the other rounded",
        edit("reference", "r-shandong-0002", value_text="约101537000人", value="101537000", note=""),
        told=(R, "r-shandong-0002", "note"),
    ),
    case(
        "two sources of one goal that differ",
        edit("outside_targets", "g-shandong-0007", value_text="45000个", value="45000", note="", note_en=""),
        told=(G, "g-shandong-0007", "note"),
    ),
    case(
        "two sources of one goal as far apart as 10,000 and 6,000",
        edit("outside_targets", "g-shandong-0007", value_text="60000个", value="60000", note="", note_en=""),
        edit(
            "outside_targets", "g-shandong-0006", value_text="100000个", value="100000", note="", note_en=""
        ),
        told=(G, "g-shandong-0006", "note"),
    ),
    case(
        "two sources of one outcome that differ",
        edit("outcomes", "o-shandong-0005", value_text="107000个", value="107000", note="", note_en=""),
        told=(OUT, "o-shandong-0005", "note"),
    ),
    case(
        "an outcome doubled under a new id",
        again("outcomes", "o-qingdao-0010", fact_id="o-qingdao-0013"),
        told=(OUT, "o-qingdao-0013", "fact_id"),
    ),
    case(
        "a goal doubled under a new id",
        again("outside_targets", "g-dezhou-0002", fact_id="g-dezhou-0005"),
        told=(G, "g-dezhou-0005", "fact_id"),
    ),
]

PAGES_SEEN = [
    figure(
        "source_title",
        "reference",
        "r-jinan-0005",
        "another title than the page's",
        source_title="济南统计公报",
    ),
    figure(
        "publisher",
        "outcomes",
        "o-qingdao-0010",
        "another publisher than the page's",
        publisher="青岛市大数据局",
    ),
    figure(
        "url",
        "outcomes",
        "o-qingdao-0010",
        "an address of no page",
        url="http://echinagov.com/news/350541.htm",
    ),
    figure(
        "url",
        "outside_targets",
        "g-dezhou-0002",
        "a digit of the address changed",
        url="http://cctime.com/html/2023-8-5",
    ),
    figure(
        "publisher",
        "outcomes",
        "o-shandong-0020",
        "another page's address",
        url="http://www.echinagov.com/policy/366571.htm",
    ),
    figure("url", "reference", "r-dezhou-0001", "no address at all", url=""),
    case(
        "an id of another city",
        edit("reference", "r-dezhou-0006", fact_id="r-jinan-0023"),
        told=(R, "r-jinan-0023", "fact_id"),
    ),
    figure("fact_id", "outcomes", "o-shandong-0020", "an outcome given to another place", place_id="jinan"),
    case(
        "a page seen in a month of no edition",
        edit("web_pages", "http://bbs.zhanhuiz.com/showtopic-10720.aspx", seen="2025-03"),
        told=(PAGES, "", "seen"),
    ),
    figure("seen", "outcomes", "o-qingdao-0010", "seen in another month than the page", seen="2026-10"),
    figure("standing", "outcomes", "o-qingdao-0010", "a page judged in two ways", standing="government"),
    figure("copy", "outcomes", "o-jinan-0002", "a page that is original and reprint", copy="reprint"),
    figure("confidence", "outside_targets", "g-shandong-0002", "high for a reprint alone", confidence="high"),
    figure(
        "confidence",
        "outside_targets",
        "g-dezhou-0001",
        "high for what a company retells",
        confidence="high",
    ),
    figure(
        "confidence", "outcomes", "o-qingdao-0001", "high for an original of a trade page", confidence="high"
    ),
    case(
        "high for a second page on the site of the first",
        edit("reference", "r-dezhou-0002", url="http://m.hbzqbyyxgs.com/news/506054.html"),
        told=(R, "r-dezhou-0001", "confidence"),
    ),
    case(
        "a page that no figure names",
        new(
            "web_pages",
            url="https://www.example.cn/a.html",
            source_title="某页",
            publisher="某报",
            seen="2026-11",
        ),
        told=(PAGES, "https://www.example.cn/a.html", "url"),
    ),
    case(
        "an address that is none of the web",
        edit("web_pages", "http://bbs.zhanhuiz.com/showtopic-10720.aspx", url="ftp://bbs.zhanhuiz.com/a"),
        told=(PAGES, "", "url"),
    ),
    case(
        "a script for an address",
        edit("web_pages", "http://bbs.zhanhuiz.com/showtopic-10720.aspx", url="javascript:alert(1)"),
        told=(PAGES, "", "url"),
    ),
    case(
        "a page renamed, which its figures notice",
        edit("web_pages", "http://echinagov.com/news/350540.htm", source_title="另一标题"),
        told=(OUT, "o-qingdao-0010", "source_title"),
    ),
]


@pytest.mark.parametrize(
    "broken", VALUES + PROPORTIONS + DATES + SOURCES + PAGES_SEEN, ids=lambda broken: broken.reason
)
def test_what_is_told_of_a_figure(bench: Bench, broken: Case) -> None:
    bench.holds(broken)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ((edit("reference", "r-jinan-0002", value_text="约9202395人", value="9202395"),), "within rounding"),
        (
            (edit("reference", "r-shandong-0002", value_text="约101530000人", value="101530000"),),
            "rounded more",
        ),
        (
            (
                edit("reference", "r-dezhou-0002", value_text="5611294人", value="5611294", note="其一有误"),
                # What the two no longer support each other in is sure no more.
                edit("reference", "r-dezhou-0001", note="另一处不同", confidence="medium"),
            ),
            "apart, and both notes say so",
        ),
        (
            (
                edit(
                    "outcomes", "o-shandong-0005", value_text="100000个以上", value="100000", comparator="ge"
                ),
            ),
            "a bound that the other source keeps",
        ),
        (
            (
                edit(
                    "reference",
                    "r-jinan-0018",
                    value_text="127574亿元",
                    value="12757400000000",
                    note="口径不同",
                ),
                edit("reference", "r-jinan-0016", date_text="2012", date_on="2012-12-31"),
                edit("reference", "r-jinan-0014", date_text="2013", date_on="2013-12-31"),
                edit("reference", "r-jinan-0015", date_text="2014", date_on="2014-12-31"),
                edit("reference", "r-jinan-0017", date_text="2012", date_on="2012-12-31"),
            ),
            "far apart in time, and above the province's with a note",
        ),
        (
            (edit("outcomes", "o-china-0003", date_text="2025", date_precision="year"),),
            "a year for its last day",
        ),
    ],
)
def test_what_may_stand(bench: Bench, changes: tuple, reason: str) -> None:
    assert [str(problem) for problem in bench.told(*changes)] == [], reason
