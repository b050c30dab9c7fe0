"""The built pages: whole without network, every figure linked to its sentence and true to the bare CSV."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup, NavigableString, Tag

import compare as cp
from compare.build.build import render_front
from compare.build.page import page_of
from compare.build.plan import plan
from compare.build.takeaways import takeaways
from compare.outputs.element import HERE, fingerprint, unpacked
from compare.project import FRONT

from .conftest import BY_NAME, FIGURED

WORDED = {str(one.parameters["topic"]) for one in BY_NAME.values() if "topic" in one.parameters} - FIGURED
CODE = re.compile(r"<(script|style)\b[^>]*>.*?</\1>", re.DOTALL)
CHINESE = re.compile(r"[⺀-鿿豈-﫿]")
Rows = list[dict[str, str]]


def text_of(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


# ── the file ────────────────────────────────────────────────────────────────


def test_two_renders_are_the_same_to_the_byte(site: Path) -> None:
    """The first render was the build's, in another process."""
    for briefing in plan(site):
        notebook = nbformat.read(site / "build" / "notebooks" / f"{briefing.name}.ipynb", as_version=4)
        again = page_of(notebook, briefing, site)
        assert again == (site / "reports" / briefing.page).read_text(encoding="utf-8"), briefing.name
    beside = [one.name for one in takeaways(site)]
    for lang, name in FRONT.items():
        again = render_front(site, plan(site), lang, beside)
        assert again == (site / "reports" / name).read_text(encoding="utf-8"), name


def test_the_front_page_calls_a_briefing_by_its_title(page: Any, site: Path) -> None:
    front = BeautifulSoup((site / "reports" / FRONT[page.lang]).read_text(encoding="utf-8"), "html.parser")
    (link,) = front.select(f'h3 a[href="{page.file.name}"]')
    title = BeautifulSoup(page.html.partition("<h1>")[2].partition("</h1>")[0], "html.parser")
    for chip in title.select("sup"):
        chip.decompose()
    assert text_of(title).replace(" ", "") == text_of(link).replace(" ", "") != ""


def test_tables_tell_what_they_are_by_their_elements(site: Path) -> None:
    """A validator refuses a role that the element has anyway; browsers keep it whatever the layout."""
    parts = re.compile(r"<(table|thead|tbody|tfoot|tr|th|td)\b[^>]*\srole=[^>]*>")
    pages = [*(site / "reports").rglob("*.html")]
    assert len(pages) > len(plan(site)), "the front pages and those of documents too"
    for page in pages:
        html = CODE.sub("", page.read_text(encoding="utf-8"))
        worded = any(page.name.startswith(f"topic-{topic}.") for topic in WORDED)
        assert "<table" in html or page.parent.name == "sources" or worded, page.name
        assert [found[0] for found in parts.finditer(html)] == [], page.name


def referred(page: Any) -> Iterator[tuple[Tag, str]]:
    """Yield everything a page's elements refer to by an attribute."""
    for element in page.tree.find_all(True):
        for name in ("src", "href", "srcset", "action", "poster", "data", "background", "xlink:href"):
            if name in element.attrs:
                yield element, str(element[name])


# What a page holds in a link itself, for its reader to keep.
KEPT = re.compile(
    r"data:(text/csv;charset=utf-8|text/calendar;charset=utf-8"
    r"|application/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet);base64,[A-Za-z0-9+/]+={0,2}"
)


DRAWN = re.compile(r'url\("data:image/svg\+xml,([^"]*)"\)')
SVG = "xmlns='http://www.w3.org/2000/svg'"


def test_nothing_is_fetched(page: Any) -> None:
    for element, reference in referred(page):
        if reference.startswith("data:"):
            kept = element.name == "a" and KEPT.fullmatch(reference)
            assert kept or (element.get("rel") == ["icon"] and reference == "data:,"), reference[:80]
            assert not kept or re.fullmatch(r"[\w.-]+\.(csv|xlsx|ics)", str(element["download"]))
        else:
            # Beside the page, never elsewhere on the disk or the web: it can be moved with its neighbours.
            assert element.name == "a" and re.fullmatch(r"#.*|[\w./-]+(#.*)?", reference), reference
            assert not re.match(r"/|.*\.\./", reference), reference
    styles = "".join(re.findall(r"<style>(.*?)</style>", page.html, re.DOTALL))
    # A pattern may be drawn in the style itself; of addresses it holds the name of SVG, which nobody opens.
    styles = DRAWN.sub(lambda found: found[1].replace(SVG, ""), styles)
    # A rule may be for links to places of the page.
    styles = styles.replace('[href^="#', "")
    assert styles and not re.search(r"url\(|@import|image-set\(|http|href", styles)
    assert not page.tree.select(
        "link[rel=stylesheet], script[src], iframe, object, embed, img, base, form, audio, video"
    )
    assert [tag["http-equiv"] for tag in page.tree.select("meta[http-equiv]")] == ["Content-Security-Policy"]


def test_its_policy_lets_nothing_run_but_its_own_scripts(page: Any) -> None:
    told = page.tree.select_one("head > meta[charset] + meta")["content"]
    policy = {name: held for name, *held in (one.split() for one in told.split("; "))}
    assert list(policy["script-src"]) == [fingerprint(one) for one in run_by(page)] or ["'none'"]
    assert {name: held for name, held in policy.items() if name != "script-src"} == {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:", "blob:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    assert not [tag for tag in page.tree.find_all(True) if any(name.startswith("on") for name in tag.attrs)]


def run_by(page: Any) -> list[str]:
    """Return what runs in a page: its own script, and what that one unpacks."""
    held = BeautifulSoup(page.html, "html.parser").find_all("script")
    own = [str(tag.string) for tag in held if not tag.get("type")]
    return own + [unpacked(str(tag.string)) for tag in held if tag.get("id") == "plotly"]


def test_every_page_beside_it_stands_with_the_place_that_is_meant(page: Any, site: Path) -> None:
    for _, reference in referred(page):
        name, _, place = reference.partition("#")
        if name and not reference.startswith("data:"):
            file = site / "reports" / name
            assert file.is_file(), f"{page.name} leads to {name}, which is not built"
            assert not place or place in places(file), f"{name} has no place {place}"


@lru_cache(maxsize=64)
def places(file: Path) -> frozenset[str]:
    """Return the ids in a page's text."""
    return frozenset(re.findall(r'\sid="([^"]+)"', file.read_text(encoding="utf-8")))


def test_our_own_scripts_ask_nobody() -> None:
    """Plotly's own can fetch maps, which no chart here has; what is ours is read here."""
    for file in sorted(HERE.glob("*.js")):
        code = file.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert not re.search(
            r"https?:|fetch\(|XMLHttpRequest|import\(|WebSocket|sendBeacon|localStorage", code
        )


@pytest.mark.parametrize("lang", FRONT)
def test_a_front_page_leads_to_every_page_of_its_language(lang: str, site: Path) -> None:
    html = CODE.sub("", (site / "reports" / FRONT[lang]).read_text(encoding="utf-8"))
    named = {one.partition("#")[0] for one in re.findall(r'(?:href|src)="([^"]*)"', html)} - {"data:,", ""}
    assert {one.page for one in plan(site) if one.lang == lang} <= named
    assert set(FRONT.values()) - {FRONT[lang]} <= named
    assert [name for name in sorted(named) if not (site / "reports" / name).is_file()] == []
    assert not re.search(r"https?:|url\(|@import", html)


@pytest.mark.parametrize(
    ("lang", "mark"), [("zh", "（网址，见数据表）"), ("en", "(an address, see the tables)")]
)
def test_an_address_that_was_corrected_is_named_and_not_shown(
    lang: str, mark: str, site: Path, raw: Callable[[str], Rows]
) -> None:
    """Both values stand as such: what was written beside the address is told."""
    page = BeautifulSoup((site / "reports" / FRONT[lang]).read_text(encoding="utf-8"), "html.parser")
    lines = [row.find_all("td") for row in page.select("table.corrections tbody tr")]
    shown = {
        text_of(cells[0]).split()[-1]: [text_of(cell) for cell in cells]
        for cells in lines
        if "url" in text_of(cells[1]).lower().split()
    }
    rows = [row for row in raw("corrections") if row["column"] == "url"]
    assert rows and set(shown) == {row["row_id"] for row in rows}
    for row in rows:
        for said, value in zip(shown[row["row_id"]][2:4], (row["old"], row["new"]), strict=True):
            address, _, beside = value.partition(" ")
            words = "".join(f"{mark}{beside}".split())
            assert address.startswith("http") and "".join(said.split()) == words, row["row_id"]


def test_no_address_of_the_web_is_shown(page: Any) -> None:
    """But those of figures from elsewhere, as plain text in their own place."""
    written = page.tree.select("tr.fact .address")
    assert not any(one.find_parent("a") or one.find_all(True) for one in written)
    words = "".join(
        text for text in page.tree.find_all(string=True) if not text.find_parent(class_="address")
    )
    assert not re.search(r"https?://|www\.", words)


def test_every_link_within_the_page_lands(page: Any) -> None:
    ids = [element["id"] for element in page.tree.select("[id]")]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    links = {element["href"][1:] for element in page.tree.select('a[href^="#"]')}
    # “Close” leads to no place on purpose: the panel closes and the page stays where it is.
    assert links - set(ids) <= {"closed"}


def test_the_title_is_the_heading(page: Any) -> None:
    assert page.one("title").get_text() == page.one("h1").get_text()
    assert page.one("html")["lang"] == {"zh": "zh-CN", "en": "en"}[page.lang]


def test_titles_are_short(page: Any) -> None:
    """A title is a finding with the values of the cities; it fits on three lines of a phone."""
    said = text_of(page.one("h1"))
    if page.lang == "zh":
        assert len(said) <= 60 and not said.endswith("。"), said
    else:
        assert len(said.split()) <= 22 and not said.endswith("."), said
        assert said[0].isupper() or said[0].isdigit(), said


@pytest.mark.parametrize("lang", FRONT)
def test_no_two_pages_bear_the_same_title(lang: str, pages: dict[str, Any]) -> None:
    said = [text_of(page.one("h1")) for page in pages.values() if page.lang == lang]
    assert said and len(set(said)) == len(said)


def test_figures_and_tables_are_numbered_in_their_order(page: Any) -> None:
    kickers = [text_of(one) for one in page.tree.select(".kicker")]
    for head in {"zh": ("图", "表"), "en": ("Figure ", "Table ")}[page.lang]:
        numbers = [one.removeprefix(head) for one in kickers if re.fullmatch(rf"{head}\d+", one)]
        assert numbers == [str(at) for at in range(1, len(numbers) + 1)]


def test_nothing_missing_is_printed(page: Any) -> None:
    """What a table has not must be left out or named, and never read as Python writes it."""
    words = {str(text).strip() for text in page.tree.find_all(string=True)}
    assert not words & {"nan", "NaN", "NaT", "None", "<NA>", "nat", "inf", "[]", "{}"}
    assert not any(re.search(r"\b(nan|NaT|None)\b|<NA>", text) for text in words if len(text) < 400)


def test_headings_do_not_skip_a_level(page: Any) -> None:
    levels = [int(element.name[1]) for element in page.tree.find_all(re.compile(r"^h[1-6]$"))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_name_an_element_is_labelled_by_stands(page: Any) -> None:
    for element in page.tree.select("[aria-labelledby]"):
        assert page.tree.find(id=element["aria-labelledby"]), element["aria-labelledby"]
    assert all(element["aria-label"].strip() for element in page.tree.select(".plot"))


# ── figures and their sentences ─────────────────────────────────────────────


@pytest.fixture
def stated(topic_page: Any, raw: Callable[[str], Rows]) -> Rows:
    """Return the statements of the page's topic that stand in its table, from the bare CSV.

    These are all but those that repeat another one of the same year.
    """
    page = topic_page
    topic_of = {row["indicator_id"]: row["topic_id"] for row in raw("indicators")}
    due = {row["target_id"]: row["due_on"][:4] for row in raw("targets")}
    return [
        row
        for row in raw("targets")
        if topic_of[row["indicator_id"]] == page.topic
        and (row["kind"] == "status" or due.get(row["restates_target_id"]) != row["due_on"][:4])
    ]


def worth(page: Any, row: dict[str, str]) -> Tag:
    """Return the figure of a statement in the table."""
    return page.one(f'table.grid .worth a.v[href="#{row["target_id"]}"]')


def test_every_statement_is_in_the_table_and_in_the_evidence(topic_page: Any, stated: Rows) -> None:
    page = topic_page
    places = [link["href"][1:] for link in page.tree.select("table.grid .worth a.v")]
    linked = Counter(name for name in places if name.startswith("t-"))
    assert linked == Counter(row["target_id"] for row in stated)
    anchors = {element["id"] for element in page.tree.select(".evidence .anchor")}
    assert {row["target_id"] for row in stated} <= anchors


def test_every_city_has_a_cell_in_every_row(topic_page: Any, raw: Callable[[str], Rows]) -> None:
    page, coded = topic_page, {row["city_id"] for row in raw("targets")}
    places = sorted(raw("places"), key=lambda row: row["division_code"])
    cities = [row["place_id"] for row in places if row["place_id"] in coded]
    rows = [row for row in page.tree.select("table.grid tbody tr") if "group" not in row.get("class", [])]
    assert rows
    for row in rows:
        cells = [
            next(one[2:] for one in cell["class"] if one.startswith("c-")) for cell in row.find_all("td")
        ]
        assert cells == cities
        assert all(
            text_of(cell.find(class_="worth") or cell.find(class_="state")) for cell in row.find_all("td")
        )


def group_of(row: dict[str, str]) -> str:
    """Return the due group of a statement: its year, its interval, or that it is a status."""
    return "status" if row["kind"] == "status" else row["due_on"][:4] or row["recurrence"]


def shown_for(statements: Rows, group: str, covering: set[str]) -> tuple[str, set[str]]:
    """Return what a cell must show of a city: the statements of its year, else those nearest to it."""
    own = {row["target_id"] for row in statements if group_of(row) == group}
    if own:
        return "own", own
    if not covering:
        return "not_obtained", set()
    held = [row for row in statements if row["source_id"] in covering]
    promises = [row for row in held if row["kind"] == "target"]
    dated = [row for row in promises if row["due_on"]]
    if dated:
        end = int(group) * 12 + 12 if group.isdigit() else 10**6
        days = {row["due_on"]: abs(int(row["due_on"][:4]) * 12 + int(row["due_on"][5:7]) - end)
                for row in dated}  # fmt: skip
        nearest = max(day for day in days if days[day] == min(days.values()))
        return "other", {row["target_id"] for row in dated if row["due_on"] == nearest}
    if promises:
        return "other", {row["target_id"] for row in promises}
    return "status" if held else "none", {row["target_id"] for row in held}


def test_every_cell_shows_the_figure_of_its_year_or_the_nearest_to_it(
    topic_page: Any, stated: Rows, raw: Callable[[str], Rows]
) -> None:
    """Recomputed from the bare CSV, cell by cell: which figures, with which dates, or which absence."""
    page = topic_page
    names = {row[f"name_{page.lang}"]: row["indicator_id"] for row in raw("indicators")
             if row["topic_id"] == page.topic}  # fmt: skip
    words = {"zh": ("未获得文件", "文件所说的现状"), "en": ("No document at hand", "Status as")}[page.lang]
    rows = {row["target_id"]: row for row in raw("targets")}
    met = 0
    for body in page.tree.select("table.grid tbody"):
        head = text_of(body.find("tr", class_="group"))
        of_year = re.search(r"(20\d\d)", head)
        every = {"每年": "year", "每季度": "quarter", "Each year": "year", "Each quarter": "quarter"}
        group = of_year[1] if of_year else "status" if head.startswith(words[1]) else every[head]
        for line in body.select("tr:not(.group)"):
            indicator = names[line.th.find(string=True, recursive=False).strip()]
            for cell in line.select("td"):
                [city] = [one[2:] for one in cell["class"] if one.startswith("c-")]
                covering = {
                    row["source_id"] for row in raw("sources") if row["place_id"] == city and row["path"]
                    and (not of_year or row["period_start"][:4] <= group <= row["period_end"][:4])
                }  # fmt: skip
                own = [row for row in stated if row["city_id"] == city and row["indicator_id"] == indicator]
                kind, expected = shown_for(own, group, covering)
                linked = {str(link["href"])[1:] for link in cell.select("a.v")}
                assert {name for name in linked if name.startswith("t-")} == expected, (head, indicator, city)
                assert (words[0] in text_of(cell)) == (kind == "not_obtained")
                for name in expected:
                    assert rows[name]["due_on"][:4] in text_of(cell), (name, text_of(cell))
                met += len(expected)
    assert met >= len(stated)


def test_every_pair_is_told_once_with_the_reasons_of_its_two_figures(topic_page: Any, book: Any) -> None:
    """The frame of pairs is held against the files elsewhere; here the page is held against the frame."""
    page = topic_page
    frames = [cp.pairs(book, name) for name in cp.where(book.indicators, topic=page.topic)["indicator_id"]]
    told = {
        (row["left_id"], row["right_id"]): row[f"reason_{page.lang}"]
        for frame in frames for row in frame.to_dict("records")
    }  # fmt: skip
    shown = []
    for item in page.tree.select("section.comparability li"):
        ids = tuple(str(link["href"])[1:] for link in item.select("a.v"))
        if len(ids) == 2:
            shown.append(ids)
            assert told[ids] in text_of(item).replace(" .", ".")
    assert sorted(shown) == sorted(told) and len({frozenset(pair) for pair in shown}) == len(shown)


def test_chips_bear_the_number_of_their_sentence(page: Any) -> None:
    """Sentences are numbered first, figures from elsewhere after them; each link bears the right number."""
    closes = [int(chip.get_text()) for chip in page.tree.select("blockquote .chip")]
    assert sorted(closes) == list(range(1, len(closes) + 1))
    facts = {row["id"]: int(row.td.get_text()) for row in page.tree.select("tr.fact")}
    assert list(facts.values()) == list(range(len(closes) + 1, len(closes) + len(facts) + 1))
    passages = {anchor["id"]: anchor.find_parent("article") for anchor in page.tree.select(".anchor")}
    # The way back bears the number too; what repeats a statement leads back to that.
    backs = {
        (link["href"], int(re.findall(r"\d+", link.get_text())[0])) for link in page.tree.select(".backs a")
    }
    met = 0
    for link in page.tree.select('main a.v[href^="#"]'):
        goal = link["href"][1:]
        for chip in link.select(".chip"):
            met += 1
            if goal in facts:
                assert int(chip.get_text()) == facts[goal], link
            else:
                held = [int(one.get_text()) for one in passages[goal].select("blockquote .chip")]
                assert int(chip.get_text()) in held, link
                assert (f"#v-{goal}", int(chip.get_text())) in backs, link
    assert met or page.is_worded


def test_figures_from_elsewhere_look_like_it(page: Any) -> None:
    """A reader must see without following a link which figures no document at hand holds."""
    facts = {row["id"] for row in page.tree.select("tr.fact")}
    for link in page.tree.select('main a.v[href^="#"]'):
        assert ("out" in link["class"]) == (link["href"][1:] in facts), link


def test_the_way_back_leads_to_the_figure(topic_page: Any, stated: Rows) -> None:
    page = topic_page
    back = {link["href"] for link in page.tree.select(".backs a")}
    assert {f"#v-{row['target_id']}" for row in stated} <= back
    for row in stated:
        assert page.tree.find(id=f"v-{row['target_id']}")["href"] == f"#{row['target_id']}"


SIGNS = {"eq": "", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "range": ""}


def number(value: str, lang: str) -> str:
    """Return a plain number of the CSV as the page is to print it."""
    exact = Decimal(value)
    size, mark = Decimal(1), ""
    for least, word in (
        (("100000000", "亿"), ("10000", "万"))
        if lang == "zh"
        else (
            ("1000000000", " bn"),
            ("1000000", " m"),
        )
    ):
        if not mark and exact >= Decimal(least):
            size, mark = Decimal(least), word
    short = (exact / size).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    whole = short == short.to_integral_value()
    grouped = f"{short.to_integral_value() if whole else short.normalize():{',' if lang == 'en' else ''}f}"
    return grouped + mark


def worded(row: dict[str, str], lang: str, units: dict[str, str]) -> str:
    low, high = row["value_low"], row["value_high"]
    ends = [low, high] if row["comparator"] == "range" else [low or high]
    unit = (
        units[row["unit_id"]]
        if lang == "zh"
        else {"percent": "%", "person": " people", "yuan": " yuan"}.get(row["unit_id"], "")
    )
    value = SIGNS[row["comparator"]] + "–".join(number(end, lang) for end in ends) + unit
    if row["multiplier"] == "1":
        return value
    return f"各{value}" if lang == "zh" else f"{value} each"


def test_values_are_those_of_the_tables(topic_page: Any, stated: Rows, raw: Callable[[str], Rows]) -> None:
    page = topic_page
    units = {row["unit_id"]: row["name_zh"] for row in raw("units")}
    for row in stated:
        shown = worth(page, row)
        value = "".join(part for part in shown.children if isinstance(part, NavigableString))
        assert value == worded(row, page.lang, units), row["target_id"]


def test_every_place_shows_the_value_of_the_tables(page: Any, raw: Callable[[str], Rows]) -> None:
    """Wherever a figure stands on whichever page; a share reckoned from it is marked as derived."""
    units = {row["unit_id"]: row["name_zh"] for row in raw("units")}
    rows = {row["target_id"]: row for row in raw("targets")}
    links = page.tree.select('a.v[href^="#t-"]:not(.made)')
    assert links or page.is_worded
    for link in links:
        said = "".join(part for part in link.children if isinstance(part, NavigableString))
        printed = worded(rows[link["href"][1:]], page.lang, units)
        assert said == printed or printed in said, (link["href"], said, printed)


def test_each_row_heads_its_own_year_and_indicator(
    topic_page: Any, stated: Rows, raw: Callable[[str], Rows]
) -> None:
    page = topic_page
    names = {row["indicator_id"]: row[f"name_{page.lang}"] for row in raw("indicators")}
    status = {"zh": "文件所说的现状", "en": "Status as the documents give it"}
    year = {"zh": "{}年底前到期", "en": "Due by end-{}"}
    every = {
        "zh": {"year": "每年", "quarter": "每季度"},
        "en": {"year": "Each year", "quarter": "Each quarter"},
    }
    for row in stated:
        cell = worth(page, row).find_parent("td")
        line, body = cell.find_parent("tr"), cell.find_parent("tbody")
        assert line.th.find(string=True, recursive=False).strip() == names[row["indicator_id"]]
        due = (
            year[page.lang].format(row["due_on"][:4])
            if row["due_on"]
            else every[page.lang][row["recurrence"] or "year"]
        )
        assert text_of(body.find("tr", class_="group")) == (
            status[page.lang] if row["kind"] == "status" else due
        )
        assert f"c-{row['city_id']}" in cell["class"]


def test_drafts_and_weak_promises_are_marked(
    topic_page: Any, stated: Rows, raw: Callable[[str], Rows]
) -> None:
    page = topic_page
    status = {row["source_id"]: row["status"] for row in raw("sources")}
    weak, draft = {"zh": ("力争", "代拟稿"), "en": ("aspirational", "draft")}[page.lang]
    for row in stated:
        base = worth(page, row).find_parent(class_="worth").find_next_sibling(class_="base")
        assert (base.select_one(".draft-tag") is not None) == (status[row["source_id"]] == "draft")
        assert (draft in text_of(base)) == (status[row["source_id"]] == "draft")
        assert (weak in text_of(base)) == (row["force"] == "aspirational")


def test_drafts_are_marked_wherever_their_figures_stand(page: Any, raw: Callable[[str], Rows]) -> None:
    """In its line or row, or in the heading it stands under; a mark in a chart is hollow."""
    drafts = {row["source_id"] for row in raw("sources") if row["status"] == "draft"}
    rows = {row[f"{table}_id"] for table in ("target", "mention") for row in raw(f"{table}s")
            if row["source_id"] in drafts}  # fmt: skip
    assert rows
    for link in page.tree.select('main a.v[href^="#"]'):
        if link["href"][1:] in rows and not link.find_parent(class_="labels"):
            assert told_as_draft(link, page.lang), (page.name, link.parent)


def told_as_draft(link: Tag, lang: str) -> bool:
    around = link.find_parent(["tr", "li", "p"]) or link.parent
    assert around is not None
    if "standfirst" in around.get("class", []):
        # A sentence with several figures says it behind each.
        after = itertools.takewhile(lambda one: one.name not in ("a", "b"), link.next_siblings)
        behind = "".join(one.get_text() for one in after)
        return {"zh": "代拟稿", "en": "draft"}[lang] in behind
    heading = link.find_previous(["h2", "h3", "h4"])
    # What is folded stands under the line that opens it.
    fold = link.find_parent("details")
    told = text_of(around) + "".join(text_of(one) for one in (heading, fold and fold.summary) if one)
    return {"zh": "代拟稿", "en": "draft"}[lang] in told


def test_populations_are_those_of_the_census_named_beside_them(
    topic_page: Any, raw: Callable[[str], Rows]
) -> None:
    """The head says which census: every figure under it must be a value of that day."""
    page = topic_page
    for head in page.tree.select("table.grid thead th.head"):
        city = next(one[2:] for one in head["class"] if one.startswith("c-"))
        counted = {
            row["value"]
            for row in raw("reference")
            if row["place_id"] == city
            and row["measure_id"] == "population_census"
            and row["date_on"] == "2020-11-01"
        }
        assert any(number(value, page.lang) in text_of(head) for value in counted), text_of(head)


def test_searches_behind_silence_are_listed(topic_page: Any) -> None:
    page = topic_page
    silent = page.tree.select("table.grid .k-silent")
    listed = page.tree.select("section.searches tbody tr")
    assert bool(silent) == bool(listed) and len(listed) <= len(silent)
    assert all(cell.select_one('a[href="#searches"]') for cell in silent)
    # Words of one clause are joined by dots, as the deck explains; the sign of the table is none for readers.
    terms = [row.select("td")[3].get_text() for row in listed]
    assert not any("+" in words or ";" in words for words in terms)
    assert not terms or (
        any("…" in words for words in terms) and "…" in text_of(page.one("section.searches p"))
    )


# ── languages ───────────────────────────────────────────────────────────────


def language_of(text: NavigableString) -> str:
    return next(
        str(parent["lang"])
        for parent in text.parents
        if parent.name != "[document]" and "lang" in parent.attrs
    )


def test_english_pages_mark_all_their_chinese(english: Any) -> None:
    page = english
    stray = {
        text.strip()
        for text in page.tree.find_all(string=True)
        if CHINESE.search(text) and not language_of(text).startswith("zh")
    }
    assert stray == set()
    attributes = [
        str(value)
        for element in page.tree.find_all(True)
        for name, value in element.attrs.items()
        if name in ("title", "alt", "aria-label")
    ]
    assert not any(CHINESE.search(value) for value in attributes)


def test_english_pages_translate_every_mark(english: Any) -> None:
    page = english
    for passage in page.tree.select("article.passage"):
        marks = [chip.get_text() for chip in passage.select("blockquote .chip")]
        lines = passage.select(".translations p:not(.label)")
        assert sorted(line.sup.get_text() for line in lines) == sorted(marks)
        for line in lines:
            words = text_of(line).removeprefix(line.sup.get_text()).strip()
            assert len(words) > 3 and not CHINESE.search(words), text_of(line)


def test_quotes_say_their_script(page: Any, raw: Callable[[str], Rows]) -> None:
    scripts = {row["source_id"]: row["script"] for row in raw("sources")}
    for passage in page.tree.select("article.passage"):
        source = passage["id"].removeprefix("p-").rpartition("-")[0]
        assert passage.blockquote["lang"] == f"zh-{scripts[source]}"


def test_chinese_pages_hold_no_english_words(chinese: Any) -> None:
    page = chinese
    names = re.compile(
        r"English|SHA|CC BY|PON|FTTH|Mbps|XLSX|Rothwell|Zegveld|[\w./-]+\.(html|ics|csv|xlsx)\b"
        r"|python -m compare verify|Plotly(\.js)?|[0-9a-f]{6}(-[0-9a-f]{6}){4}",
        re.IGNORECASE,
    )
    ours = [
        names.sub("", text)
        for text in page.tree.find_all(string=True)
        if type(text) is NavigableString
        and not text.find_parent(["blockquote", "mark"])
        and not text.find_parent(class_=["sums", "q", "cite", "address"])
    ]
    found = {word for text in ours for word in re.findall(r"[A-Za-z]{4,}", text)}
    assert found == set()
