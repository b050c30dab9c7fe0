"""The pages in either palette, at either width, and where a figure may stand."""

from __future__ import annotations

from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from compare.charts.look import CITY, DARK, PAPER

pytestmark = pytest.mark.browser

# The colours in which the marks of the charts that are shown are drawn.
COLOURS = """
return [...document.querySelectorAll('.plot')].filter(plot => plot.checkVisibility()).flatMap(
  plot => [...plot.querySelectorAll('.trace path.point, .trace .point path, .shapelayer path')].flatMap(
    mark => [getComputedStyle(mark).fill, getComputedStyle(mark).stroke]));
"""
GROUND = "return getComputedStyle(document.body).backgroundColor"
OPEN = "const one = document.querySelector('.anchor:target'); return one && one.id"
NAMES = """
return [...document.querySelectorAll('.twin .city, td .city, .phone-city')]
  .filter(name => name.getClientRects().length > 1).map(name => name.textContent);
"""


def rgb(colour: str) -> str:
    """Return a colour as a browser tells it.

    >>> rgb("#19236B")
    'rgb(25, 35, 107)'
    """
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


# Colours that stand in one palette only; those of the cities are the ones that a chart must show.
LIGHT_ONLY = {rgb(colour) for colour in DARK}
DARK_ONLY = {rgb(colour) for colour in DARK.values()}
CITIES = {
    "light": {rgb(colour) for colour in CITY.values()},
    "dark": {rgb(DARK[colour]) for colour in CITY.values()},
}


# Kinds of pages that draw no chart.
UNDRAWN = ("source", "index", "calendar")


def test_each_palette_has_its_own_colours(reader: Any, sample: Any) -> None:
    """A page turns dark and light while it is open; what is drawn turns with it."""
    for scheme, other in (("dark", LIGHT_ONLY), ("light", DARK_ONLY), ("dark", LIGHT_ONLY)):
        reader.sit(scheme=scheme)
        ground = {"light": rgb(PAPER), "dark": rgb(DARK[PAPER])}[scheme]
        reader.wait(GROUND, lambda colour, ground=ground: colour == ground)
        if sample.kind in UNDRAWN:
            continue
        drawn = reader.wait(COLOURS, lambda drawn, own=CITIES[scheme]: bool(own & {*drawn}))
        assert not other & {*drawn}, scheme


def test_print_is_light_even_where_the_screen_is_dark(reader: Any, sample: Any) -> None:
    reader.sit(scheme="dark", media="print")
    assert reader.ask("return getComputedStyle(document.body).color") == "rgb(27, 29, 33)"
    if sample.kind not in UNDRAWN:
        reader.ask("window.dispatchEvent(new Event('beforeprint'))")
        drawn = {*reader.ask(COLOURS)}
        reader.ask("window.dispatchEvent(new Event('afterprint'))")
        assert CITIES["light"] & drawn and not DARK_ONLY & drawn


def test_the_first_tab_skips_to_the_text(reader: Any, sample: Any) -> None:
    reader.open(sample.name)
    reader.driver.find_element("tag name", "body").send_keys(Keys.TAB)
    skip = reader.driver.switch_to.active_element
    to = skip.get_dom_attribute("href")
    assert "skip" in skip.get_dom_attribute("class") and reader.ask(
        f"return !!document.querySelector('{to}')"
    )
    assert reader.ask("return arguments[0].getBoundingClientRect().left", skip) >= 0


def test_a_phone_breaks_no_name_of_a_city(reader: Any, sample: Any) -> None:
    reader.sit((360, 780))
    assert reader.ask(NAMES) == []


@pytest.mark.parametrize("place", ["h1 ~ * .standfirst", ".comparability", ".plot", "table.grid"])
@pytest.mark.parametrize("size", [(1240, 900), (390, 844)], ids=["wide", "phone"])
def test_figures_open_their_sentence_wherever_they_stand(
    reader: Any, samples: dict[str, str], place: str, size: tuple[int, int]
) -> None:
    if not reader.driver.current_url.partition("#")[0].endswith(f"/{samples['topic']}.html"):
        reader.open(samples["topic"])
    reader.open_again("#")
    reader.sit(size)
    link = reader.find(f"{place} a[href^='#t-']")
    figure = link.get_dom_attribute("href")[1:]
    reader.click(link)
    reader.wait(OPEN, lambda shown: shown == figure)
