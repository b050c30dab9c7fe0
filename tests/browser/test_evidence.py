"""From a figure to its sentence and back, on every kind of page: by keys, by pointer, without a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser

# A figure of the page's own documents, and one whose source is a row of the list at its end.
FIGURE, OUTSIDE = "main a.v[href^='#']:not(.out)", "main a.v.out[href^='#']:not(.made)"
# What stands open: the passage of the target, and where the words are that the link led to.
OPEN = """
const anchor = document.querySelector('.anchor:target');
if (!anchor) { return null; }
const passage = anchor.closest('.passage'), box = passage.getBoundingClientRect();
const words = anchor.parentElement.querySelector('.anchor:target ~ mark');
const mark = words.getClientRects()[0];
const top = document.elementFromPoint(mark.left + mark.width / 2, mark.top + mark.height / 2);
return {id: anchor.id, fixed: getComputedStyle(passage).position === 'fixed',
        fills: box.right === innerWidth && box.top === 0 && box.bottom === innerHeight,
        close: passage.querySelector('.close').checkVisibility(), words: words.textContent,
        seen: mark.top >= 0 && mark.bottom <= innerHeight && !!top && words.contains(top)};
"""
TARGET = """
const target = document.querySelector(':target');
if (!target) { return null; }
const box = target.getClientRects()[0] || target.getBoundingClientRect();
return {id: target.id, row: target.classList.contains('fact'), shown: target.checkVisibility(),
        seen: box.top > -1 && box.top < innerHeight, text: target.textContent,
        ground: getComputedStyle(target.querySelector('td') || target).backgroundColor};
"""
WHERE = "return [scrollY, location.hash]"
FOCUS = """
const one = document.activeElement, look = getComputedStyle(one), box = one.getBoundingClientRect();
return {href: one.getAttribute('href'), ring: look.outlineStyle + ' ' + look.outlineWidth,
        seen: box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth};
"""


def shown(state: Any) -> bool:
    return bool(state and state["seen"])


def tab_to(reader: Any, selector: str, most: int = 40) -> Any:
    """Return the first element of a kind that the Tab key reaches from the link at the top of the page."""
    reader.focus(reader.find(".skip"))
    for _ in range(most):
        if reader.ask("return arguments[0].matches(arguments[1])", reader.press(Keys.TAB), selector):
            return reader.driver.switch_to.active_element
    raise AssertionError(f"{most} Tabs do not reach {selector}")


@pytest.fixture
def page(quoting: Any, reader: Any) -> str:
    """Return the kind of the opened page, at its top with no passage open."""
    if reader.driver.current_url.partition("#")[0].endswith(f"/{quoting.name}.html"):
        reader.open_again("#")
    else:
        reader.open(quoting.name)
    return str(quoting.kind)


def test_keys_are_enough(reader: Any, page: str) -> None:
    link = tab_to(reader, FIGURE)
    focus, before = reader.ask(FOCUS), reader.ask(WHERE)
    assert focus["ring"] == "solid 3px" and focus["seen"], "the focus is not to be seen"
    link.send_keys(Keys.ENTER)
    passage = reader.wait(OPEN, shown)
    assert f"#{passage['id']}" == focus["href"] and passage["words"].strip()
    assert passage["fixed"] and passage["fills"] and passage["close"]
    assert reader.ask(WHERE) == [before[0], focus["href"]], "the page moved"
    reader.press(Keys.TAB)
    assert reader.ask(FOCUS)["href"] == "#closed", "Close is not the next stop"
    assert reader.ask("return !!document.activeElement.closest('.passage').querySelector('.anchor:target')")
    reader.press(Keys.ENTER)
    assert reader.ask(OPEN) is None
    assert reader.ask(WHERE) == [before[0], "#closed"], "closing moved the page"


def test_the_back_button_closes_the_passage(reader: Any, page: str) -> None:
    link = reader.find(FIGURE)
    reader.focus(link)
    before = reader.ask(WHERE)
    link.send_keys(Keys.ENTER)
    reader.wait(OPEN, shown)
    reader.driver.back()
    assert reader.ask(OPEN) is None and reader.ask(WHERE) == before
    reader.driver.forward()
    reader.wait(OPEN, shown)


def test_the_way_back_leads_to_the_figure(reader: Any, page: str) -> None:
    figure = reader.ask("return document.querySelector('.passage:has(.backs a) .anchor').id")
    reader.open_again(f"#{figure}")
    back = reader.find(".passage:has(.anchor:target) .backs a")
    where = back.get_attribute("href").partition("#")[2]
    back.send_keys(Keys.ENTER)
    target = reader.wait(TARGET, lambda state: shown(state) and state["id"] == where)
    assert target["shown"] and reader.ask(OPEN) is None


def test_a_figure_from_elsewhere_lands_on_its_row(reader: Any, page: str) -> None:
    if page == "calendar":
        assert reader.ask(f'return document.querySelector("{OUTSIDE}")') is None, "test it here as well"
        return
    link = reader.find(OUTSIDE)
    plain = reader.ask("return getComputedStyle(document.querySelector('.fact td')).backgroundColor")
    reader.focus(link)
    before = reader.ask(WHERE)
    link.send_keys(Keys.ENTER)
    row = reader.wait(TARGET, shown)
    assert row["row"] and f"#{row['id']}" == link.get_dom_attribute("href")
    assert row["ground"] != plain, "the row is not marked"
    assert reader.ask("return arguments[0].textContent", link).rstrip("0123456789") in row["text"]
    reader.driver.back()
    reader.wait(WHERE, lambda where: where == before)


def test_a_phone_shows_the_sentence_in_its_place(reader: Any, page: str) -> None:
    reader.sit((390, 844))
    link = reader.find(FIGURE)
    reader.click(link)
    passage = reader.wait(OPEN, shown)
    assert not passage["fixed"] and not passage["close"]
    reader.driver.back()
    reader.wait("return arguments[0].getBoundingClientRect().top", lambda top: 0 <= top < 844, link)
    assert reader.ask(OPEN) is None


def test_the_sentence_leads_to_its_place_in_the_document(reader: Any, page: str) -> None:
    figure = reader.ask("return document.querySelector('.passage .anchor').id")
    reader.open_again(f"#{figure}")
    reader.find(".passage:has(.anchor:target) .whole a").send_keys(Keys.ENTER)
    place = reader.wait(TARGET, shown)
    assert "/sources/" in reader.driver.current_url and place["id"] and place["shown"]


# ── documents ───────────────────────────────────────────────────────────────


def test_a_document_leads_from_its_words_to_the_note_and_back(reader: Any, samples: dict[str, str]) -> None:
    reader.open(samples["source"])
    chip = reader.find(".block .text a.chip")
    row = chip.get_dom_attribute("href").removeprefix("#n-")
    reader.focus(chip)
    assert reader.ask(FOCUS)["ring"] == "solid 3px"
    chip.send_keys(Keys.ENTER)
    note = reader.wait(TARGET, shown)
    assert note["id"] == f"n-{row}" and note["shown"]
    reader.find(".gloss:target a.back").send_keys(Keys.ENTER)
    words = reader.wait(TARGET, lambda state: shown(state) and state["id"] == row)
    assert words["shown"]


def test_contents_lead_to_their_headings(reader: Any, samples: dict[str, str]) -> None:
    reader.open(samples["source"])
    entry = reader.find(".contents a")
    said = entry.text
    entry.send_keys(Keys.ENTER)
    heading = reader.wait(TARGET, shown)
    assert "".join(said.split()) in "".join(heading["text"].split())


# ── without a script ────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def scriptless(start: Callable[..., Any], desk: Any) -> Any:
    """Return a reader whose browser runs no script of a page; the driver may still ask its own questions."""
    plain = type(desk)(start("--blink-settings=scriptEnabled=false"), desk.folder)
    plain.sit()
    return plain


FOLDS = "return [...document.querySelectorAll('details.document')].map(one => one.open)"


@pytest.mark.parametrize("window", ["reader", "scriptless"])
def test_a_link_opens_the_fold_of_its_document_alone(
    window: str, quoting: Any, request: pytest.FixtureRequest
) -> None:
    page = request.getfixturevalue(window)
    page.open(quoting.name)
    assert not any(page.ask(FOLDS))
    page.find(FIGURE).send_keys(Keys.ENTER)
    page.wait(OPEN, shown)
    assert sum(page.ask(FOLDS)) == 1
    assert page.ask("return document.querySelector('.anchor:target').closest('details.document').open")


def test_without_scripts_links_still_land(scriptless: Any, quoting: Any) -> None:
    scriptless.open(quoting.name)
    assert scriptless.ask("return document.documentElement.dataset.drawn || ''") == "", "a script ran"
    link = scriptless.find(FIGURE)
    scriptless.focus(link)
    before = scriptless.ask(WHERE)
    link.send_keys(Keys.ENTER)
    passage = scriptless.wait(OPEN, shown)
    assert f"#{passage['id']}" == link.get_dom_attribute("href")
    assert passage["fixed"] and scriptless.ask(WHERE)[0] == before[0]
    scriptless.find(".passage:has(.anchor:target) .close a").send_keys(Keys.ENTER)
    assert scriptless.ask(OPEN) is None
    charts = scriptless.ask(
        "return [...document.querySelectorAll('figure:has(.plot)')].map(one => ({"
        "drawn: [...one.querySelectorAll('.plot')].filter(plot => plot.checkVisibility()).map("
        "plot => [...plot.querySelectorAll('.lab')].filter(label => label.checkVisibility()).length),"
        "table: [...(one.closest('.panels') || one).querySelectorAll('table')]"
        ".some(it => it.checkVisibility())"
        "}))"
    )
    # The calendar draws none: its counts are a table.
    assert bool(charts) != quoting.name.startswith("calendar")
    for chart in charts:
        # A chart whose words name no row is not drawn, and has its table open beside it.
        assert all(chart["drawn"]) and (chart["drawn"] or chart["table"]), "a chart needs no script"


def test_without_scripts_a_figure_from_elsewhere_lands_too(scriptless: Any, samples: dict[str, str]) -> None:
    scriptless.open(samples["cascade"])
    link = scriptless.find(OUTSIDE)
    scriptless.focus(link)
    link.send_keys(Keys.ENTER)
    assert scriptless.wait(TARGET, shown)["row"]


def test_without_scripts_a_document_lands_on_its_words(scriptless: Any, samples: dict[str, str]) -> None:
    scriptless.open(samples["source"])
    row = scriptless.find(".gloss a.back").get_dom_attribute("href")
    scriptless.open(samples["source"], row)
    assert scriptless.wait(TARGET, shown)["id"] == row[1:]
