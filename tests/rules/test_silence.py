"""Silent where a document is silent, found where it says the same thing in other words.

A made-up plan takes the place of one document; what `coverage` then says of it is held, case by case.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import compare as cp
from compare.tables.book import Book
from compare.texts.source import Document


def place_of(book: Book) -> tuple[str, str]:
    """Return the first document at hand, and its city."""
    at_hand = book.sources[book.sources["source_id"].isin(book.documents)]
    row = at_hand.sort_values("source_id").iloc[0]
    return str(row["source_id"]), str(row["place_id"])


def saying(book: Book, body: str, **keywords: str) -> Book:
    """Return the book with a document that says `body` and of which no row speaks."""
    source, _ = place_of(book)
    indicators = book.indicators.copy()
    for indicator, words in keywords.items():
        indicators.loc[indicators["indicator_id"] == indicator, "keywords_zh"] = words
    return replace(
        book,
        documents={**book.documents, source: Document(source, body, "")},
        targets=book.targets[book.targets["source_id"] != source],
        mentions=book.mentions[book.mentions["source_id"] != source],
        indicators=indicators,
    )


def told(book: Book, indicator: str, source: str | None = None) -> pd.Series:
    """Return what coverage says of an indicator in a document, by default the made-up one."""
    source = source or place_of(book)[0]
    topic = book.indicators.set_index("indicator_id").loc[indicator, "topic_id"]
    city = book.sources.set_index("source_id").loc[source, "place_id"]
    rows = cp.coverage(book, topic=topic, city=city, headline=False)
    return rows[(rows["source_id"] == source) & (rows["indicator_id"] == indicator)].iloc[0]


class Said(NamedTuple):
    indicator: str
    body: str
    hits: int
    reason: str


FOUND = [
    Said("theme_databases", "年底前建成人口、法人等主题数据库。", 1, "a word inserted: 主题库, 主题数据库"),
    Said("theme_databases", "完善各領域主題資源庫。", 1, "Traditional script, and a word inserted"),
    Said("theme_databases", "建成专题信息资源库。", 1, "the sister term, which a row must then set apart"),
    Said("big_data_scenarios", "推出一批大数据典型应用场景。", 1, "a word inserted into the phrase"),
    Said("big_data_scenarios", "在应用场景的打造中推广大数据技术。", 1, "the phrase split and turned about"),
    Said("base_stations_5g", "５Ｇ 网络向乡镇覆盖。", 1, "full-width letters and a blank"),
    Said("base_stations_5g", "加快第五代移动通信建设。", 1, "the long name"),
    Said("smart_communities", "推進智慧型社區試點。", 1, "Traditional script, and a word inserted"),
    Said("smart_communities", "打造一批数字社区。", 1, "another name"),
    Said("charging_piles", "完善充换电设施布局。", 1, "a short form that shares no two characters"),
    Said("online_office_rate", "推行无纸化办公。", 1, "another name"),
    Said("online_service_rate", "“互联网+政务服务”向村居延伸。", 1, "words that hold a plus of their own"),
    Said("chain_services", "推动高频事项一件事一次办。", 1, "the new name of bundled handling"),
    Said("ftth_share", "提高Ｆ TTH用户的比例。", 1, "full width, capitals and a blank in one word"),
    Said("data_sharing_satisfaction", "部门提出的数据共享需求按期答复。", 1, "the request, not the rate"),
    Said("digital_campus_rate", "中小学校园实现数字化。", 1, "noun and attribute turned about"),
    Said("core_gdp_share", "其增加值占地区生产总值的比重稳步提高。", 1, "GDP in words"),
    Said("four_star_rate", "支持县区争创五星级新型智慧城市。", 1, "another number of stars"),
    Said("culture_halls_rate", "群众艺术馆提供数字服务。", 1, "another name of the house"),
    Said("core_growth", "推进数字产业化。", 1, "the statistical name of the core industries"),
    Said("theme_databases", "建成主题库。完善主题库。", 2, "each place counts"),
    Said(
        "big_data_scenarios", "建成大数据典型应用场景。", 1, "a place that several keywords hit counts once"
    ),
]
SILENT = [
    Said("theme_databases", "开展主题教育，建设图书库。", 0, "the words stand in two clauses"),
    Said("theme_databases", "明确建设主题。\n书库对外开放", 0, "the words stand in two paragraphs"),
    Said("big_data_scenarios", "发展大数据；打造消费场景。", 0, "a semicolon parts them"),
    Said("base_stations_5g", "引进5G手机制造企业。", 0, "5G, and no network"),
    Said("smart_communities", "加强社区居家养老服务。", 0, "a community that is not a smart one"),
    Said("data_sharing_satisfaction", "规范共享单车停放。", 0, "another kind of sharing"),
    Said("open_datasets", "扩大口岸开放，汇聚物流数据。", 0, "another kind of opening"),
    Said("rural_100m_coverage", "硬化农村公路。", 0, "the countryside without a network"),
    Said("yinong_rate", "推进涉农服务事项在线办理。", 0, "services for villages, no information station"),
    Said("charging_piles", "充分发挥电力公司作用。", 0, "the two characters apart"),
]


@pytest.mark.parametrize("case", FOUND + SILENT, ids=lambda case: f"{case.indicator}: {case.reason}")
def test_what_a_plan_says_in_its_own_words_is_found(book: Book, case: Said) -> None:
    row = told(saying(book, case.body), case.indicator)
    assert (row["state"], row["hits"]) == ("silent", case.hits), case.reason


class Held(NamedTuple):
    source: str
    indicator: str
    state: str
    words: str
    reason: str


HELD = [
    Held("jinan-2019", "theme_databases", "unquantified", "主题数据库", "主题库 with a word inserted"),
    Held("jinan-2019", "data_sharing_satisfaction", "unquantified", "数据共享", "the thing without its rate"),
    Held("jinan-2019", "big_data_scenarios", "unquantified", "大数据在社会态势感知", "uses of big data"),
    Held("jinan-2019", "iot_terminals", "unquantified", "物联网感知", "sensing by the Internet of Things"),
    Held("qingdao-2020", "big_data_scenarios", "unquantified", "大數據新技術應用場景", "words inserted"),
    Held(
        "qingdao-2020", "online_office_rate", "unquantified", "移動辦公", "Traditional script, another name"
    ),
    Held(
        "qingdao-2020", "smart_scenarios", "unquantified", "智慧城市應用", "another name, Traditional script"
    ),
    Held(
        "qingdao-2020", "four_star_rate", "unquantified", "區(市)兩級", "districts as pilots, without stars"
    ),
    Held("qingdao-2020", "smart_community_coverage", "unquantified", "擴大范圍", "found by reading alone"),
    Held("dongying-2022", "data_sharing_satisfaction", "unquantified", "数据共享", "one item of a list"),
    Held("dongying-2022", "digital_parks", "unquantified", "数字经济产业园", "园区 by its short form"),
    Held(
        "dezhou-2020", "online_service_rate", "unquantified", "线上线下政务服务", "online services in words"
    ),
    Held("dezhou-2020", "online_office_rate", "unquantified", "协同办公", "office work under another name"),
    Held("dezhou-2020", "culture_halls_rate", "unquantified", "文化", "cultural centres and their services"),
    Held("dezhou-2020", "cloud_firms", "unquantified", "企业上云", "firms on the cloud, no model firms"),
    Held(
        "dezhou-2023",
        "core_growth",
        "unquantified",
        "数字产业化",
        "core industries by their statistical name",
    ),
    Held("dezhou-2023", "smart_factories", "unquantified", "晨星工厂", "the province's name for them"),
    Held("dezhou-2023", "theme_services", "unquantified", "主题集成服务", "主题式服务 in other words"),
]


@pytest.mark.parametrize("case", HELD, ids=lambda case: f"{case.source} {case.indicator}: {case.reason}")
def test_what_the_five_documents_speak_of_is_not_called_silent(book: Book, case: Held) -> None:
    row = told(book, case.indicator, case.source)
    assert row["state"] == case.state, case.reason
    rows = book.mentions[
        (book.mentions["source_id"] == case.source) & (book.mentions["indicator_id"] == case.indicator)
    ]
    promised = rows[rows["class"] == "unquantified"]
    assert promised["quote"].str.contains(case.words, regex=False).any(), case.reason


QUIET = [
    ("dezhou-2020", "smart_communities", 0, "communities are told to join the network, and cared for"),
    ("dezhou-2020", "grid_management_coverage", 0, "counties answer townships, no grid"),
    ("dongying-2022", "open_datasets", 0, "data are shared and nowhere opened"),
    ("dongying-2022", "yinong_rate", 0, "services reach the countryside without stations"),
    ("qingdao-2020", "base_stations_5g", 0, "5G stands in the name of a park alone"),
    ("jinan-2019", "digital_campus_rate", 4, "the smart campus is told apart by the coding rule"),
    ("jinan-2019", "rural_100m_coverage", 1, "users are not coverage"),
    ("dongying-2022", "core_gdp_share", 1, "growth is no share"),
]


@pytest.mark.parametrize(("source", "indicator", "hits", "reason"), QUIET)
def test_what_they_do_not_speak_of_stays_silent(
    book: Book, source: str, indicator: str, hits: int, reason: str
) -> None:
    row = told(book, indicator, source)
    assert (row["state"], row["hits"]) == ("silent", hits), reason


def test_every_silence_is_backed(book: Book) -> None:
    assert [problem for problem in cp.check(book) if problem.column == "keywords_zh"] == []


def test_a_hit_without_a_row_is_told_with_its_place(book: Book) -> None:
    """The words of a plan that no row explains are problems; quoted by a mention they are none."""
    plan = "推出一批大数据典型应用场景。"
    altered = saying(book, plan)
    source, _ = place_of(book)
    assert any("big_data_scenarios at 4–11" in line for line in unexplained(altered, source))
    mention = book.mentions.iloc[[0]].assign(
        source_id=source,
        indicator_id="big_data_scenarios",
        quote=plan[:-1],
        quote_start=0,
        quote_end=len(plan) - 1,
    )
    settled = replace(altered, mentions=pd.concat([altered.mentions, mention], ignore_index=True))
    assert not any("big_data_scenarios" in line for line in unexplained(settled, source))


def unexplained(book: Book, source: str) -> list[str]:
    """Return what is to be done about the hits in a document that no row explains."""
    told = [problem for problem in cp.check(book) if problem.column == "keywords_zh"]
    return [problem.todo for problem in told if problem.todo.endswith(source)]


FAULTY = [
    (
        "charging_piles",
        "充电；换电",
        "充电；换电",
        "a full-width semicolon makes two words one that is never found",
    ),
    ("theme_databases", "主题库;", "", "a semicolon at the end"),
    ("open_datasets", "数据集;;开放数据", "", "an empty keyword between two"),
    ("iot_terminals", "物联+", "物联+", "a plus with nothing behind it"),
    ("yinong_rate", "益农 信息社", "益农 信息社", "a blank, which folded texts do not hold"),
    ("grid_management_coverage", "网格、一格通", "网格、一格通", "a list mark of the page"),
    ("smart_streets", "街区;智慧街道;街区", "街区", "a keyword that stands twice"),
    ("app_branches", "分厅＋区县", "分厅＋区县", "a full-width plus"),
]


def test_keywords_that_can_never_be_found_are_told(book: Book) -> None:
    """Each would make a silence that nobody searched for; all are told in one go."""
    broken = saying(book, "", **{indicator: words for indicator, words, _, _ in FAULTY})
    found = {(problem.key, problem.found) for problem in cp.check(broken) if problem.column == "keywords_zh"}
    for indicator, _, word, reason in FAULTY:
        assert (indicator, word) in found, reason


WORDS = st.text(alphabet="数据应用场景主题", min_size=1, max_size=4)
BETWEEN = st.text(alphabet="的在和一批典型、“”", max_size=6)


@settings(max_examples=40, deadline=None)
@given(first=WORDS, second=WORDS, between=BETWEEN, mark=st.sampled_from("，,；。\n！"))
@example(first="数据", second="场景", between="、", mark="，")
def test_words_of_one_clause_are_found_in_either_order(
    book: Book, first: str, second: str, between: str, mark: str
) -> None:
    """Whatever stands between them, but never over a mark that ends the clause."""
    quoted = between.replace("“", "").replace("”", "")
    for one, other in ((first, second), (second, first)):
        joined = saying(book, f"打造{one}{quoted}{other}。", yinong_rate=f"{first}+{second}")
        assert told(joined, "yinong_rate")["hits"] >= 1
    parted = saying(book, f"打造甲{mark}乙{second}。", yinong_rate=f"甲+{second}")
    assert told(parted, "yinong_rate")["hits"] == 0
