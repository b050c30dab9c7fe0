"""The pages as a reader meets them: from a folder, without network, by mouse, keys, phone and print."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from compare.briefings.plan import plan

pytestmark = pytest.mark.browser

ALL = [one.name for one in plan(Path(__file__).parents[2])]
# The three that every browser behaviour is tried on; every page is opened once.
NAMES = [f"topic-{topic}.{lang}" for topic in ("5g", "open_data", "smart_community") for lang in ("zh", "en")]
# A figure of each page, and a place where it is linked.
FIGURES = {
    "topic-5g": "t-dongying-0004",
    "topic-open_data": "t-jinan-0002",
    "topic-smart_community": "t-dongying-0006",
}
VISIBLE = """
return [...document.querySelectorAll('.plot')].filter(plot => plot.offsetParent).map(plot => ({
  width: plot.offsetWidth, traces: plot.querySelectorAll('.trace').length,
  marks: plot.querySelectorAll('.trace path.point').length,
  links: plot.querySelectorAll('.lab-label a').length,
  stroke: [...plot.querySelectorAll('.trace path.point')].map(mark => getComputedStyle(mark).fill)}))
"""
OPEN = """
const anchor = document.querySelector('.anchor:target');
if (!anchor) { return null; }
const passage = anchor.closest('.passage'), box = passage.getBoundingClientRect();
const mark = anchor.nextElementSibling.getBoundingClientRect();
return {id: anchor.id, position: getComputedStyle(passage).position, right: box.right, top: box.top,
        bottom: box.bottom, close: getComputedStyle(passage.querySelector('.close')).display,
        mark: [mark.top, mark.bottom], width: innerWidth, height: innerHeight};
"""


def open_page(driver: Any, site: Path, name: str, fragment: str = "") -> None:
    """Open a page from its file, anew even where only the fragment differs."""
    driver.get("about:blank")
    driver.get((site / "reports" / f"{name}.html").as_uri() + fragment)


def asked_for(driver: Any) -> set[str]:
    """Return every address a browser asked for since the last look."""
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    return {
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    }


def settled(driver: Any, ask: str, wanted: Callable[[Any], bool], seconds: float = 5) -> Any:
    """Return the answer to a question once it is the one wanted: scrolling and redrawing take their time."""
    end = time.monotonic() + seconds
    while not wanted(answer := driver.execute_script(ask)):
        assert time.monotonic() < end, answer
        time.sleep(0.05)
    return answer


def click(driver: Any, link: Any) -> None:
    """Click a link once it stands still in the middle of the window."""
    driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", link)
    link.click()


def errors(driver: Any) -> list[str]:
    return [
        entry["message"] for entry in driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")
    ]


def wide(driver: Any) -> None:
    """Give the window the width of a desk's screen and light colours."""
    size = {"width": 1240, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def family(name: str) -> str:
    return FIGURES[name.partition(".")[0]]


def figure_link(driver: Any, name: str) -> Any:
    return driver.find_element("css selector", f'table.grid a.v[href="#{family(name)}"]')


# ── opened from a folder ────────────────────────────────────────────────────


@dataclass(frozen=True)
class Opened:
    """A page as opened once for several tests: what it asked for, and what it complained of."""

    name: str
    asked: set[str]
    errors: list[str]


@pytest.fixture(scope="module", params=NAMES)
def opened(request: pytest.FixtureRequest, shared: Any, site: Path) -> Opened:
    wide(shared)
    asked_for(shared), errors(shared)
    open_page(shared, site, request.param)
    return Opened(request.param, asked_for(shared), errors(shared))


@pytest.fixture
def topic(opened: Opened, shared: Any) -> str:
    """Return the name of the opened page, in a wide window with light colours."""
    wide(shared)
    return opened.name


def test_it_opens_without_an_error_and_asks_for_nothing(opened: Opened) -> None:
    assert any(url.endswith(f"/{opened.name}.html") for url in opened.asked), "the log of requests is blind"
    assert {url.partition(":")[0] for url in opened.asked} <= {"file", "data", "about"}, opened.asked
    assert opened.errors == []


def test_the_index_opens_too(browser: Any, site: Path) -> None:
    asked_for(browser), errors(browser)
    open_page(browser, site, "index")
    asked = asked_for(browser)
    assert any(url.endswith("/index.html") for url in asked)
    assert {url.partition(":")[0] for url in asked} <= {"file", "data", "about"}, asked
    assert errors(browser) == []
    links = browser.find_elements("css selector", "h3 a")
    assert {Path(link.get_attribute("href")).stem for link in links} == set(ALL)


def test_every_visible_chart_is_drawn(shared: Any, topic: str) -> None:
    plots = shared.execute_script(VISIBLE)
    assert plots, "no chart is to be seen"
    for plot in plots:
        assert plot["traces"] == plot["marks"] == plot["links"] > 0, plot
        assert plot["width"] in (516, 1080)
    # Charts of the other widths wait until they are seen.
    assert len(shared.find_elements("css selector", ".plot")) > len(plots)


def test_a_figure_opens_its_sentence_beside_the_page(shared: Any, topic: str) -> None:
    link = figure_link(shared, topic)
    shared.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", link)
    before = shared.execute_script("return scrollY")
    link.click()
    shown = shared.execute_script(OPEN)
    assert shown and shown["id"] == family(topic)
    assert shown["position"] == "fixed" and shown["close"] != "none"
    assert shown["right"] == shown["width"] and (shown["top"], shown["bottom"]) == (0, shown["height"])
    settled(shared, OPEN, lambda shown: shown["mark"][0] >= 0 and shown["mark"][1] <= shown["height"])
    assert shared.execute_script("return scrollY") == before, "the page moved"
    shared.find_element("css selector", ".passage:has(.anchor:target) .close a").click()
    assert shared.execute_script(OPEN) is None
    assert shared.execute_script("return scrollY") == before, "closing moved the page"


def test_dark_pages_draw_with_dark_colours(shared: Any, topic: str) -> None:
    scheme = {"name": "prefers-color-scheme", "value": "dark"}
    shared.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    paper = shared.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(21, 24, 28)"
    light = {
        "rgb(25, 35, 107)",
        "rgb(11, 99, 120)",
        "rgb(185, 87, 18)",
        "rgb(133, 20, 63)",
        "rgb(251, 250, 247)",
    }
    darker = {"rgb(156, 149, 247)", "rgb(163, 232, 234)", "rgb(237, 178, 94)", "rgb(227, 90, 134)"}
    colours = settled(
        shared, VISIBLE, lambda plots: darker & {one for plot in plots for one in plot["stroke"]}
    )
    assert not light & {one for plot in colours for one in plot["stroke"]}


def test_a_narrower_window_draws_the_charts_it_shows(browser: Any, site: Path) -> None:
    open_page(browser, site, NAMES[0])
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 900, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )
    plots = browser.execute_script(VISIBLE)
    assert 720 in {plot["width"] for plot in plots} and 1080 not in {plot["width"] for plot in plots}
    assert all(plot["marks"] for plot in plots)


# ── from a figure to its sentence and back ──────────────────────────────────


@pytest.mark.parametrize("place", ["h1 ~ * .standfirst", ".comparability", ".plot", "table.grid"])
def test_figures_open_their_sentence_wherever_they_stand(browser: Any, site: Path, place: str) -> None:
    open_page(browser, site, "topic-5g.zh")
    link = browser.find_element("css selector", f'{place} a.v[href="#{family("topic-5g.zh")}"]')
    click(browser, link)
    shown = browser.execute_script(OPEN)
    assert shown and shown["id"] == family("topic-5g.zh")


def test_the_way_back_leads_to_the_figure(browser: Any, site: Path) -> None:
    open_page(browser, site, "topic-5g.en", f"#{family('topic-5g.en')}")
    click(browser, browser.find_element("css selector", f'.backs a[href="#v-{family("topic-5g.en")}"]'))
    where = "return document.querySelector(':target').getBoundingClientRect().top"
    settled(browser, where, lambda top: 0 <= top < 900)
    assert browser.execute_script(OPEN) is None


def test_the_back_button_closes_the_panel(browser: Any, site: Path) -> None:
    open_page(browser, site, "topic-5g.zh")
    click(browser, figure_link(browser, "topic-5g.zh"))
    assert browser.execute_script(OPEN)
    browser.back()
    assert browser.execute_script(OPEN) is None


def test_keys_are_enough(browser: Any, site: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    open_page(browser, site, "topic-5g.en")
    link = figure_link(browser, "topic-5g.en")
    browser.execute_script("arguments[0].focus()", link)
    outline = "return getComputedStyle(document.activeElement).outlineWidth"
    link.send_keys(Keys.TAB)
    browser.switch_to.active_element.send_keys(Keys.SHIFT, Keys.TAB)
    assert browser.switch_to.active_element == link and browser.execute_script(outline) == "3px"
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.execute_script(OPEN)["id"] == family("topic-5g.en")
    browser.switch_to.active_element.send_keys(Keys.TAB)
    assert browser.execute_script("return document.activeElement.getAttribute('href')") == "#closed"
    assert browser.execute_script(
        "return document.activeElement.closest('.passage') ==="
        " document.querySelector('.passage:has(.anchor:target)')"
    )
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.execute_script(OPEN) is None


def test_the_first_tab_skips_to_the_text(browser: Any, site: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    open_page(browser, site, "topic-5g.zh")
    browser.find_element("tag name", "body").send_keys(Keys.TAB)
    assert browser.execute_script("return document.activeElement.getAttribute('href')") == "#main"
    assert browser.execute_script("return document.activeElement.getBoundingClientRect().left") >= 0


def test_without_scripts_links_still_land(start: Callable[..., Any], site: Path) -> None:
    driver = start("--blink-settings=scriptEnabled=false", "--window-size=1400,900")
    open_page(driver, site, "topic-5g.zh", f"#{family('topic-5g.zh')}")
    # The driver's own questions run in spite of the setting; the page's script must not have.
    assert driver.execute_script("return document.documentElement.dataset.drawn || ''") == ""
    shown = driver.execute_script(OPEN)
    assert shown and shown["position"] == "fixed" and 0 <= shown["mark"][0] < shown["height"]
    driver.find_element("css selector", ".passage:has(.anchor:target) .close a").click()
    assert driver.execute_script(OPEN) is None
    labels = driver.find_elements("css selector", ".w1080 .lab-label a")
    assert labels and all(label.is_displayed() for label in labels), "the figures of a chart need no script"


# ── phone, dark, print ──────────────────────────────────────────────────────


@pytest.mark.parametrize("name", [*ALL, "index"])
def test_a_phone_does_not_scroll_sideways(phone: Any, site: Path, name: str) -> None:
    open_page(phone, site, name)
    for width in (390, 360):
        size = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": True}
        phone.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        wide, inner = phone.execute_script("return [document.scrollingElement.scrollWidth, innerWidth]")
        assert inner == width and wide <= inner


@pytest.mark.parametrize("name", ["topic-5g.zh", "topic-smart_community.en"])
def test_a_phone_shows_the_sentence_in_its_place(phone: Any, site: Path, name: str) -> None:
    open_page(phone, site, name, f"#{family(name)}")
    shown = settled(phone, OPEN, lambda shown: shown["mark"][0] >= 0 and shown["mark"][1] <= shown["height"])
    assert shown["position"] != "fixed"
    names = "[...document.querySelectorAll('.twin .city, td .city')]"
    broken = phone.execute_script(f"return {names}.filter(name => name.getClientRects().length > 1)")
    assert broken == [], "a city's name is broken across lines"


def test_a_page_turns_dark_and_light_while_it_is_open(browser: Any, site: Path) -> None:
    open_page(browser, site, "topic-5g.zh")
    for scheme, jinan in (
        ("light", "rgb(25, 35, 107)"),
        ("dark", "rgb(156, 149, 247)"),
        ("light", "rgb(25, 35, 107)"),
    ):
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        settled(browser, VISIBLE, lambda plots, jinan=jinan: any(jinan in plot["stroke"] for plot in plots))


# Fonts make a PDF slow to write: one page in each language stands for all.
@pytest.mark.parametrize("name", ["topic-open_data.zh", "topic-open_data.en"])
def test_it_prints(browser: Any, site: Path, name: str) -> None:
    open_page(browser, site, name)
    settings = {"preferCSSPageSize": True, "printBackground": True}
    pdf = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", settings)["data"])
    assert pdf.startswith(b"%PDF")
    pages = re.findall(rb"/Type\s*/Page\b", pdf)
    assert 1 < len(pages) < 20
    # A4 in points.
    sizes = {
        tuple(round(float(side)) for side in box.split())
        for box in re.findall(rb"/MediaBox\s*\[([^]]*)\]", pdf)
    }
    assert sizes == {(0, 0, 595, 842)}


def test_print_is_light_even_where_the_screen_is_dark(dark: Any, site: Path) -> None:
    open_page(dark, site, "topic-5g.zh")
    scheme = {"name": "prefers-color-scheme", "value": "dark"}
    dark.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": [scheme]})
    assert dark.execute_script("return getComputedStyle(document.body).color") == "rgb(27, 29, 33)"
    dark.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    colours = {colour for plot in dark.execute_script(VISIBLE) for colour in plot["stroke"]}
    assert "rgb(133, 20, 63)" in colours and "rgb(227, 90, 134)" not in colours
