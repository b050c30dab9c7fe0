"""The ways from figure to source, and what is kept out."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from .telling import SECTIONS, SURE, Sheet, Teller, goal_of, links, section, squeezed


def test_every_link_leads_to_a_figure_on_the_page(sheet: Sheet, told: Teller) -> None:
    ids = Counter(element["id"] for element in sheet.tree.select("[id]"))
    for key in SECTIONS:
        for link in links(section(sheet, key)):
            assert ids[goal_of(link)] == 1, (key, link)
            assert goal_of(link) in told.rows, "every figure is a row of the tables"
            # A link over a drawing has the look of the drawing.
            if not link.find_parent(class_="labels"):
                assert ("out" in link["class"]) == (goal_of(link) in told.facts), link


def test_every_linked_figure_from_elsewhere_is_listed_with_its_source(sheet: Sheet, told: Teller) -> None:
    """Of the whole page, not of these sections only."""
    part = section(sheet, "elsewhere")
    rows = {} if part is None else {str(row["id"]): row for row in part.select("tr.fact")}
    shown = {goal_of(link) for link in sheet.tree.select('a[href^="#g-"], a[href^="#o-"]')}
    assert shown <= set(rows)
    for name in shown:
        source = squeezed(rows[name].find_all("td")[-1])
        fact = told.facts[name]
        for words in (fact["source_title"], fact["publisher"], SURE[told.lang][fact["confidence"]]):
            assert squeezed(words) in source, name


def test_chips_bear_one_number_per_figure(sheet: Sheet) -> None:
    numbers: dict[str, set[str]] = {}
    for key in SECTIONS:
        for link in links(section(sheet, key)):
            numbers.setdefault(goal_of(link), set()).update(chip.get_text() for chip in link.select(".chip"))
    part = section(sheet, "elsewhere")
    for row in [] if part is None else part.select("tr.fact"):
        numbers.setdefault(str(row["id"]), set()).add(row.find("td", class_="num").get_text())
    for name, said in numbers.items():
        assert len(said) <= 1, name
        for anchor in sheet.tree.select(f'.anchor[id="{name}"]') if said else []:
            closes = [chip.get_text() for chip in anchor.find_parent("blockquote").select(".chip")]
            assert said <= set(closes), name
    every = Counter(one for said in numbers.values() for one in said)
    assert not every or max(every.values()) == 1


def test_drafts_are_marked_wherever_their_figures_stand(sheet: Sheet, told: Teller) -> None:
    for key in SECTIONS:
        for link in links(section(sheet, key)):
            around = link.find_parent(["tr", "p", "li", "span"])
            assert told.draft(goal_of(link)) in around.get_text(), (key, goal_of(link))
        part = section(sheet, key)
        for tag in [] if part is None else part.select(".draft-tag"):
            beside = [goal_of(link) for link in links(tag.find_parent(["tr", "p", "li"]))]
            assert any(map(told.draft, beside)), (key, beside)


def test_suspect_figures_are_named_with_their_reason_and_never_shown(sheet: Sheet, told: Teller) -> None:
    suspect = {name for name, row in told.facts.items() if row["confidence"] == "suspect"}
    assert not suspect & {goal_of(link) for link in sheet.tree.select('a[href^="#"]')}
    assert not suspect & {element["id"] for element in sheet.tree.select("[id]")}
    part, words = section(sheet, "elsewhere"), sheet.tree.get_text()
    apart = [] if part is None else [squeezed(item) for item in part.select("ul.apart li")]
    topics = {told.topic(str(row["id"])) for row in ([] if part is None else part.select("tr.fact"))}
    note = {"zh": "note", "en": "note_en"}[told.lang]
    held = [
        told.comma.join([told.city(name), told.facts[name]["source_title"], told.facts[name][note]])
        for name in sorted(suspect)
        if told.topic(name) in topics
    ]
    assert apart == [squeezed(item) for item in held]
    for name in suspect:
        value = Decimal(told.facts[name]["value"])
        assert f"{value:f}" not in words and f"{value:,f}" not in words


def test_addresses_of_sources_are_plain_text_beside_their_figures(sheet: Sheet, told: Teller) -> None:
    """Nowhere else: not in what elements refer to, not in other words."""
    addresses = {row["url"] for row in (*told.facts.values(), *told.raw("reference")) if row.get("url")}
    hosts = {urlsplit(one).netloc.removeprefix("www.").removeprefix("m.") for one in addresses}
    assert addresses
    page = BeautifulSoup(sheet.html, "html.parser")
    written = [one.extract() for one in page.select(".address")]
    assert all(not one.find_all(True) and one.get_text() in addresses for one in written)
    assert {row["id"] for row in sheet.tree.select("tr.fact")} == {
        one.find_parent("tr")["id"] for one in sheet.tree.select("tr.fact .address")
    }
    said = str(page)
    shown = re.sub(r'="data:[^"]*"', "", said)
    assert not re.search(r"https?:|www\.", shown)
    assert not [one for one in (*addresses, *hosts) if one in shown]
