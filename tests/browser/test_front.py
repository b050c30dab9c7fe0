"""The search of the front page as a reader meets it: typed, filtered, linked to, by keys, on paper."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import opencc
import pytest

import compare as cp
from compare.analysis.findings import featured
from compare.build.plan import plan, read_edition
from compare.outputs.document import document_page
from compare.outputs.search import LIMITS
from compare.project import FRONT
from compare.tables.book import Book
from front_pages import front

pytestmark = pytest.mark.browser

KINDS = {"t": "targets", "d": "deadlines", "c": "commitments"}
IDS = "return [...document.querySelectorAll('.result .id')].map(one => one.textContent)"
STATUS = "return document.getElementById('status').textContent"
ACTIVE = "return document.activeElement.id"
simplified = opencc.OpenCC("t2s").convert


@pytest.fixture(scope="module")
def reports(root: Path, book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the front page in both languages and one document that it leads to."""
    folder = tmp_path_factory.mktemp("front") / "reports"
    (folder / "sources").mkdir(parents=True)
    edition = read_edition(root)
    for lang, name in FRONT.items():
        (folder / name).write_text(front(root, book, plan(root), lang), encoding="utf-8")
    page = document_page(book, "qingdao-2020", "zh", edition["as_of"], edition["edition"])
    (folder / "sources" / "qingdao-2020.zh.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def words(root: Path) -> dict[str, str]:
    """Return the words of every target, deadline and commitment by the bare tables, in Simplified letters."""
    found = {}
    for table, key, column in (
        ("targets", "target_id", "quote"),
        ("deadlines", "deadline_id", "due_text"),
        ("commitments", "commitment_id", "action_zh"),
    ):
        for path in (root / "data" / "curated").glob(f"*/{table}.csv"):
            with path.open(encoding="utf-8", newline="") as lines:
                found |= {row[key]: "".join(map(simplified, row[column])) for row in csv.DictReader(lines)}
    return found


def open_front(driver: Any, reports: Path, lang: str = "zh", fragment: str = "") -> None:
    driver.get("about:blank")
    driver.get((reports / FRONT[lang]).as_uri() + fragment)


def settled(driver: Any, ask: str, wanted: Callable[[Any], bool], seconds: float = 5) -> Any:
    """Return the answer to a question once it is the one wanted: a search waits until typing has stopped."""
    end = time.monotonic() + seconds
    while not wanted(answer := driver.execute_script(ask)):
        assert time.monotonic() < end, answer
        time.sleep(0.05)
    return answer


def ask(driver: Any, typed: str) -> None:
    """Type words into the empty search, and wait for what is said of them."""
    box = driver.find_element("id", "words")
    driver.execute_script("document.getElementById('clear').click()")
    box.send_keys(typed)
    settled(driver, STATUS, bool)


def found(driver: Any) -> list[str]:
    """Return the ids of all results, listed to the last."""
    driver.execute_script("const more = document.getElementById('more'); while (!more.hidden) more.click()")
    return list(driver.execute_script(IDS))


def click(driver: Any, element: Any) -> None:
    """Click an element once it stands still in the middle of the window."""
    driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
    element.click()


@pytest.fixture
def zh(browser: Any, reports: Path) -> Any:
    open_front(browser, reports)
    return browser


@pytest.fixture
def en(browser: Any, reports: Path) -> Any:
    open_front(browser, reports, "en")
    return browser


# ── what is found ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_opens_searches_and_asks_the_network_for_nothing(browser: Any, reports: Path, lang: str) -> None:
    browser.get_log("performance"), browser.get_log("browser")
    open_front(browser, reports, lang)
    ask(browser, "5G")
    assert found(browser)
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"}
    assert any(url.endswith(FRONT[lang]) for url in asked), "the log of requests is blind"
    assert {url.partition(":")[0] for url in asked} <= {"file", "data", "about"}, asked
    assert [entry["message"] for entry in browser.get_log("browser")] == []


@pytest.mark.parametrize(
    ("typed", "other", "reason"),
    [
        ("智慧社区", "智慧社區", "Simplified and Traditional"),
        ("建設", "建设", "a character that most documents have in Simplified form"),
        ("5G基站", "５ｇ 基站", "full width, small letters and a blank"),
        ("平台", "平臺", "a common character with two Traditional forms"),
    ],
)
def test_either_way_of_writing_finds_the_same(
    zh: Any, words: dict[str, str], typed: str, other: str, reason: str
) -> None:
    ask(zh, typed)
    one = found(zh)
    ask(zh, other)
    assert set(found(zh)) >= set(one), reason
    plain = simplified(typed).lower()
    assert {name for name, said in words.items() if plain in said.lower().replace(" ", "")} <= set(one)


def test_a_traditional_document_is_found_by_a_simplified_word(zh: Any) -> None:
    ask(zh, "智慧社区")
    assert "t-qingdao-0002" in found(zh)
    marks = zh.execute_script(
        "return [...document.querySelectorAll('[lang=zh-Hant] mark.hit')].map(one => one.textContent)"
    )
    assert marks and set(marks) == {"智慧社區"}


@pytest.mark.parametrize(
    "typed",
    ["5G 基站", "数据 共享 德州", "社区　覆盖率", "2022 智慧"],
    ids=["two", "city", "wide blank", "year"],
)
def test_several_words_must_all_occur(zh: Any, typed: str) -> None:
    each = []
    for word in typed.split():
        ask(zh, word)
        each.append(set(found(zh)))
    ask(zh, typed)
    both = found(zh)
    assert set(both) == set.intersection(*each) and 0 < len(both) < min(map(len, each))


def test_rows_that_say_it_themselves_come_first_within_their_kind(zh: Any, words: dict[str, str]) -> None:
    ask(zh, "智慧社区")
    targets = [name for name in found(zh) if name.startswith("t-")]
    said = ["智慧社区" in words[name] for name in targets]
    assert said[0] and not said[-1]


def test_a_number_is_found_by_its_plain_digits(zh: Any) -> None:
    ask(zh, "12000")
    assert "t-dongying-0009" in found(zh)


def test_english_words_find_translations_and_names(en: Any, root: Path) -> None:
    ask(en, "base STATIONS")
    ids = found(en)
    assert {"t-dezhou-0001", "t-dongying-0008"} <= set(ids)
    assert en.execute_script("return document.querySelectorAll('.result .words mark.hit').length") > 0
    ask(en, "青島")
    assert found(en) and all("qingdao" in name for name in found(en))


def test_every_result_says_kind_city_document_and_due(zh: Any) -> None:
    ask(zh, "t-dezhou-0001")
    said = zh.find_element("css selector", ".result").text
    for part in (
        "目标",
        "德州",
        "2020年方案，代拟稿",
        "5G基站",
        "1500个",
        "口径不明",
        "2020年底",
        "年底前全市开通5G基站1500个",
    ):
        assert part in said
    assert zh.find_elements("css selector", ".result .draft-tag")
    links = {
        link.get_attribute("href").rpartition("reports/")[2]
        for link in zh.find_elements("css selector", ".result a")
    }
    assert links == {"sources/dezhou-2020.zh.html#t-dezhou-0001", "topic-5g.zh.html#t-dezhou-0001"}


def test_a_result_leads_to_its_words_and_back_to_the_search(zh: Any) -> None:
    ask(zh, "t-qingdao-0002")
    click(zh, zh.find_element("css selector", ".result .words a"))
    assert zh.current_url.endswith("sources/qingdao-2020.zh.html#t-qingdao-0002")
    assert zh.execute_script("return document.querySelector(':target') !== null")
    zh.back()
    assert settled(zh, IDS, bool) == ["t-qingdao-0002"]


# ── filters ─────────────────────────────────────────────────────────────────


def choose(driver: Any, name: str, value: str) -> None:
    from selenium.webdriver.support.ui import Select

    Select(driver.find_element("id", name)).select_by_value(value)


@pytest.mark.parametrize("city", ["jinan", "qingdao", "dongying", "dezhou"])
def test_a_city_alone(zh: Any, city: str) -> None:
    ask(zh, "平台")
    whole = found(zh)
    choose(zh, "city", city)
    assert found(zh) == [name for name in whole if f"-{city}-" in name] != []


def test_kinds_can_be_left_out_and_are_counted(zh: Any) -> None:
    ask(zh, "平台")
    whole = found(zh)
    for kind in ("briefing", "elsewhere", "commitment", "deadline"):
        click(zh, zh.find_element("css selector", f"input[value={kind}]"))
    assert found(zh) == [name for name in whole if name.startswith("t-")]
    counts = zh.execute_script(
        "return [...document.querySelectorAll('#find .count')].map(one => +one.textContent)"
    )
    assert sum(counts[1:]) == len(whole) and counts[0], "a briefing is no row"
    assert counts[4:] == [sum(name.startswith(kind) for name in whole) for kind in ("d-", "c-")]


def test_a_topic_alone_lists_its_rows_without_a_word(zh: Any, root: Path) -> None:
    choose(zh, "topic", "open_data")
    expected = set()
    for path in (root / "data" / "curated").glob("*/commitments.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            expected |= {
                row["commitment_id"] for row in csv.DictReader(lines) if row["topic_id"] == "open_data"
            }
    assert {name for name in found(zh) if name.startswith("c-")} == expected


def test_more_results_are_listed_when_asked_for_and_told(zh: Any) -> None:
    ask(zh, "建设")
    results = "return document.querySelectorAll('.result').length"
    assert zh.execute_script(results) == LIMITS["first"]
    assert str(LIMITS["first"]) in zh.execute_script(STATUS)
    click(zh, zh.find_element("id", "more"))
    assert zh.execute_script(results) == LIMITS["first"] + LIMITS["more"]
    at = "const results = document.querySelectorAll('.result');"
    at += "return document.activeElement.closest('.result') === results[arguments[0]]"
    assert zh.execute_script(at, LIMITS["first"]), "the first of the new results is where the keys go on"
    live = zh.find_element("id", "status")
    assert live.get_attribute("aria-live") == "polite" and str(LIMITS["first"] + LIMITS["more"]) in live.text


# ── what people type ────────────────────────────────────────────────────────

FIRST = "return (document.querySelector('.result a') || {}).href"


@pytest.mark.parametrize(
    ("lang", "typed", "page"),
    [
        ("zh", "智慧社区", "topic-smart_community.zh.html"),
        ("zh", "济南 5G", "topic-5g.zh.html"),
        ("zh", "open data", "topic-open_data.zh.html"),
        ("en", "data open", "topic-open_data.en.html"),
        ("en", "smart communities", "topic-smart_community.en.html"),
        ("en", "智慧社区覆盖率", "topic-smart_community.en.html"),
        ("en", "Dezhou", "city-dezhou.en.html"),
    ],
)
def test_the_briefing_of_a_topic_or_city_comes_first(
    browser: Any, reports: Path, lang: str, typed: str, page: str
) -> None:
    open_front(browser, reports, lang)
    ask(browser, typed)
    assert str(browser.execute_script(FIRST)).endswith(page)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("community", "communities"),
        ("base station", "base stations"),
        ("coverage rural", "rural coverage"),
        ("base stations", "base staitons"),
        ("communities", "comunities"),
        ("broadband", "brodband"),
    ],
)
def test_number_order_and_a_letter_make_no_difference(en: Any, one: str, other: str) -> None:
    ask(en, one)
    held = found(en)
    ask(en, other)
    assert held and found(en) == held


def test_what_was_searched_instead_is_said(en: Any) -> None:
    ask(en, "brodband")
    assert "“broadband”" in en.execute_script(STATUS) and "“brodband”" in en.execute_script(STATUS)


def test_figures_from_elsewhere_are_found_and_lead_to_their_page(zh: Any, root: Path) -> None:
    path = root / "data" / "curated" / "outside_targets.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        expected = [
            row["fact_id"]
            for row in csv.DictReader(lines)
            if row["measure_id"] and row["place_id"] == "jinan"
        ]
    ask(zh, expected[0])
    assert found(zh) == [expected[0]]
    assert "#" + expected[0] in str(zh.execute_script(FIRST))


def test_a_statement_stands_before_what_repeats_it(zh: Any, root: Path) -> None:
    repeats = set()
    for path in (root / "data" / "curated").glob("*/targets.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            repeats |= {row["target_id"] for row in csv.DictReader(lines) if row["restates_target_id"]}
    ask(zh, "智慧社区覆盖率")
    own = (
        "return [...document.querySelectorAll('.r-target')].map(one => one.querySelector('.id').textContent)"
    )
    order = [name in repeats for name in zh.execute_script(own)]
    assert True in order and order == sorted(order)


# ── nothing found ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("lang", "typed", "near"), [("zh", "5G基佔", "5G基站"), ("en", "base statxyqon", "5G base stations")]
)
def test_nothing_found_says_so_and_offers_near_words(
    browser: Any, reports: Path, lang: str, typed: str, near: str
) -> None:
    open_front(browser, reports, lang)
    ask(browser, typed)
    assert browser.execute_script(IDS) == []
    assert browser.execute_script(STATUS) == {"zh": "没有找到", "en": "Nothing found"}[lang]
    offered = browser.find_elements("css selector", "#near .word")
    chosen = next(button for button in offered if button.text == near)
    click(browser, chosen)
    assert browser.execute_script(ACTIVE) == "words" and found(browser)


def test_of_several_words_each_is_offered_alone(zh: Any) -> None:
    ask(zh, "5G 覆盖率 茶叶")
    labels = [button.text for button in zh.find_elements("css selector", "#near .word")]
    assert any(label.startswith("5G (") for label in labels) and not any("茶叶" in label for label in labels)


def test_what_filters_hide_is_told(zh: Any) -> None:
    ask(zh, "t-dezhou-0001")
    choose(zh, "city", "jinan")
    assert zh.execute_script(IDS) == []
    click(zh, zh.find_element("css selector", "#near .word"))
    assert zh.execute_script(IDS) == ["t-dezhou-0001"]


def test_what_is_typed_is_never_markup(zh: Any) -> None:
    ask(zh, '<img src="x" onerror="document.title=1"> 5G')
    assert zh.execute_script("return document.querySelectorAll('#find img').length") == 0
    assert zh.title != "1"


# ── the address ─────────────────────────────────────────────────────────────


def test_the_address_keeps_the_search(zh: Any, reports: Path) -> None:
    ask(zh, "5G 基站")
    choose(zh, "city", "dezhou")
    click(zh, zh.find_element("css selector", "input[value=commitment]"))
    ids, address = found(zh), zh.current_url
    assert "city=dezhou" in address and "基站" in unquote(address)
    zh.get("about:blank")
    zh.get(address)
    assert found(zh) == ids != []
    assert zh.find_element("id", "words").get_attribute("value") == "5G 基站"


@pytest.mark.parametrize(
    ("fragment", "results", "reason"),
    [
        (f"#q={quote('智慧社區')}&kind=target", True, "words and a kind"),
        ("#topic=open_data", True, "a topic alone"),
        ("#city=atlantis&q=5G", True, "a city that is none is no filter"),
        ("#findings", False, "a place in the page is no search"),
        ("#q=", False, "no words"),
    ],
)
def test_an_address_opens_its_search(
    browser: Any, reports: Path, fragment: str, results: bool, reason: str
) -> None:
    open_front(browser, reports, "zh", fragment)
    assert bool(browser.execute_script(IDS)) == results, reason


def test_a_new_hash_is_a_new_search(zh: Any) -> None:
    ask(zh, "5G")
    before = zh.execute_script(IDS)
    zh.execute_script("location.hash = 'q=t-jinan-0001'")
    assert settled(zh, IDS, lambda ids: ids != before) == ["t-jinan-0001"]


# ── keys ────────────────────────────────────────────────────────────────────


def test_a_slash_begins_and_escape_clears(zh: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    zh.find_element("tag name", "body").send_keys("/")
    assert zh.execute_script(ACTIVE) == "words"
    box = zh.find_element("id", "words")
    assert box.get_attribute("value") == ""
    box.send_keys("5G/基站")
    assert box.get_attribute("value") == "5G/基站", "inside the box a slash is a slash"
    settled(zh, STATUS, bool)
    choose(zh, "city", "jinan")
    box.send_keys(Keys.ESCAPE)
    assert box.get_attribute("value") == "" and zh.execute_script(IDS) == [] and "#" not in zh.current_url
    assert (
        zh.execute_script(
            "return document.getElementById('city').value + document.getElementById('status').textContent"
        )
        == ""
    )
    assert zh.execute_script(ACTIVE) == "words"


def test_keys_reach_every_control_and_result(zh: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    ask(zh, "t-dezhou-0001")
    zh.find_element("id", "words").send_keys("")
    reached = []
    for _ in range(11):
        zh.switch_to.active_element.send_keys(Keys.TAB)
        reached.append(
            zh.execute_script(
                "const one = document.activeElement; return one.id || one.value || one.className"
            )
        )
    kinds = ["briefing", "target", "elsewhere", "status", "deadline", "commitment"]
    assert reached == ["city", "topic", *kinds, "clear", "v", "v q"]
    outline = "return getComputedStyle(document.activeElement).outlineWidth"
    assert zh.execute_script(outline) == "3px"


# ── without a script, on a phone, in the dark, on paper ─────────────────────


def test_without_a_script_the_search_is_hidden_and_says_where_the_rows_are(
    start: Callable[..., Any], reports: Path
) -> None:
    driver = start("--blink-settings=scriptEnabled=false", "--window-size=1240,900")
    open_front(driver, reports)
    assert not driver.find_element("id", "words").is_displayed()
    assert driver.find_element("css selector", ".unscripted a").is_displayed()
    assert driver.find_elements("css selector", "#findings h3 a")


def test_with_a_script_the_sentence_about_it_is_gone(zh: Any) -> None:
    assert not zh.find_element("css selector", ".unscripted").is_displayed()
    assert zh.find_element("id", "words").is_displayed()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_does_not_scroll_sideways(phone: Any, reports: Path, lang: str) -> None:
    for fragment in ("", f"#q={quote('平台')}", f"#q={quote('基佔')}"):
        open_front(phone, reports, lang, fragment)
        size = {"width": 360, "height": 780, "deviceScaleFactor": 1, "mobile": True}
        phone.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        wide, inner = phone.execute_script("return [document.scrollingElement.scrollWidth, innerWidth]")
        assert inner == 360 and wide <= inner, fragment


def test_paper_shows_findings_and_links_but_no_search(zh: Any) -> None:
    zh.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    assert not zh.find_element("id", "find").is_displayed()
    assert all(link.is_displayed() for link in zh.find_elements("css selector", "h3 a, a.file"))


def test_marks_take_the_colours_of_the_dark(dark: Any, reports: Path) -> None:
    open_front(dark, reports)
    fills = dark.execute_script(
        "return [...document.querySelectorAll('.dots .full')].map(one => getComputedStyle(one).fill)"
    )
    assert set(fills) == {
        "rgb(156, 149, 247)",
        "rgb(163, 232, 234)",
        "rgb(237, 178, 94)",
        "rgb(227, 90, 134)",
    }


def test_nothing_but_links_to_sentences_is_yellow(zh: Any) -> None:
    ask(zh, "智慧社区")
    yellow = """
    const line = 'rgb(217, 164, 0)', mark = 'rgb(255, 229, 138)';
    return [...document.querySelectorAll('body *')].filter(one => {
      const look = getComputedStyle(one);
      return look.textDecorationLine !== 'none' && look.textDecorationColor === line
        || look.borderBottomColor === line && look.borderBottomWidth !== '0px'
        || look.backgroundColor === mark;
    }).filter(one => !one.closest('a.v')).map(one => one.outerHTML.slice(0, 80))"""
    assert zh.execute_script(yellow) == []
    assert zh.find_elements("css selector", ".result a.v")


# ── the first screen ────────────────────────────────────────────────────────

SEEN = """return [...document.querySelectorAll(arguments[0])].map(one => {
  const box = one.getBoundingClientRect();
  return [one.textContent, one.querySelectorAll("a.v").length, box.bottom, box.right];
})"""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_first_screen_holds_every_city_on_every_featured_topic(
    start: Callable[..., Any], root: Path, book: Book, reports: Path, lang: str
) -> None:
    """A value that leads to its sentence, or the absence in words with its count; no scrolling."""
    driver = start("--window-size=1200,900", "--hide-scrollbars")
    size = {"width": 1200, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    open_front(driver, reports, lang)
    cells = driver.execute_script(SEEN, ".featured tbody tr:not(.below) td")
    topics = featured(book)
    assert len(cells) == len(topics) * len(book.cities)
    held = [cells[at : at + len(book.cities)] for at in range(0, len(cells), len(book.cities))]
    for topic, row in zip(topics, held, strict=True):
        states = cp.cities(book, topic).set_index("city_id")
        numbered = set(cp.promised(book, book.cities, topic)["place_id"])
        for city, (words, links, bottom, right) in zip(book.cities, row, strict=True):
            assert bottom <= 900 and right <= 1200, (topic, city)
            assert bool(links) == (city in numbered), (topic, city)
            assert links or str(states["count"][city]) in words, (topic, city)
    for words, _, bottom, _ in driver.execute_script(SEEN, ".featured tr.below, .lead .standfirst"):
        assert words and bottom <= 900


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_shows_the_sentences_and_the_first_topic(phone: Any, reports: Path, lang: str) -> None:
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    phone.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    open_front(phone, reports, lang)
    for part in (".lead .standfirst", ".featured tbody tr:first-child"):
        [(words, _, bottom, right)] = phone.execute_script(SEEN, part)
        assert words and bottom <= 844 and right <= 390, part
