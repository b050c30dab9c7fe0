"""The front page: all pages linked, findings as the pages say them, every row in the search, changes told."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import opencc
import pytest
from bs4 import BeautifulSoup, Tag

from compare.analysis.news import corrections, row_counts
from compare.build.plan import plan
from compare.build.takeaways import takeaways
from compare.outputs import front as module
from compare.outputs.dots import RECURRING, Dot, Lane, axis, draw
from compare.outputs.search import CODED, KINDS, SPOKEN, simple_forms
from compare.project import FRONT
from compare.rules.load import load
from compare.sections.news import COUNTED
from compare.tables import book as tables
from compare.tables import release
from compare.tables.book import Book
from compare.tables.codebook import read_codebook
from compare.tables.edition import edition_of, edition_text, read_edition
from front_pages import finding, front

LANGUAGES = ("zh", "en")
NAMED = {"zh": "中文", "en": "English"}
CHINESE = re.compile(r"[⺀-鿿豈-﫿]")
CITIES = ("jinan", "qingdao", "dongying", "dezhou")
BRIEFINGS = plan(Path(__file__).parents[2])
Rows = list[dict[str, str]]
Raw = Callable[[str], Rows]


class Front:
    """One front page: its text, its elements, and the data of its search."""

    def __init__(self, lang: str, html: str) -> None:
        self.lang, self.html = lang, html
        self.tree = BeautifulSoup(html, "html.parser")
        self.data: dict[str, Any] = json.loads(self.one("script#rows").string or "")

    def one(self, selector: str) -> Tag:
        found = self.tree.select(selector)
        assert len(found) == 1, f"{len(found)} elements for {selector}"
        return found[0]

    def links(self) -> list[str]:
        return [str(link["href"]) for link in self.tree.select("main a[href]")]


@pytest.fixture(scope="module")
def fronts(root: Path, book: Book) -> dict[str, Front]:
    return {lang: Front(lang, front(root, book, BRIEFINGS, lang)) for lang in LANGUAGES}


@pytest.fixture(params=LANGUAGES)
def page(request: pytest.FixtureRequest, fronts: dict[str, Front]) -> Front:
    return fronts[request.param]


def text_of(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


@cache
def prose(lang: str) -> dict[str, str]:
    """Return the sentences of the prose file by name, read past the code under test."""
    path = Path(__file__).parents[2] / "notebooks" / "text" / f"index.{lang}.md"
    found = re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", path.read_text(encoding="utf-8"), re.M | re.S)
    return {name: words.strip() for name, words in found}


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


# ── the file ────────────────────────────────────────────────────────────────


def test_the_same_inputs_give_the_same_bytes(root: Path, fronts: dict[str, Front]) -> None:
    again = front(root, load(root), plan(root), "en")
    assert again == fronts["en"].html


def test_it_is_small_enough_for_a_mail(page: Front) -> None:
    assert len(page.html.encode("utf-8")) < 900_000


def test_nothing_is_fetched_and_every_link_is_to_what_stands(page: Front, root: Path, raw: Raw) -> None:
    files = {one.name for one in takeaways(root)} | {one.page for one in BRIEFINGS} | set(FRONT.values())
    for element in page.tree.find_all(True):
        for name in ("src", "href", "srcset", "action", "poster", "data", "xlink:href"):
            reference = str(element.get(name, "#"))
            file, _, place = reference.partition("#")
            assert not file or file in files or reference == "data:,", reference
            # Beyond the page only rows are led to: in a full text, or on the page of their topic.
            assert not (file and place) or file.split(".")[0] in places_of(raw, place), reference
    # A pattern that stands in the sheet itself is fetched from nowhere.
    rest = re.sub(r'url\("data:[^"]*"\)', "", page.html)
    # A corrected address is quoted as text, in a cell that leads nowhere.
    rest = re.sub(r'<table class="plain corrections">.*?</table>', "", rest, flags=re.S)
    assert not re.search(r"url\(|@import|image-set\(|https?:|www\.", rest)
    assert not page.tree.select(
        "link[rel=stylesheet], script[src], iframe, form, img, meta[http-equiv=refresh]"
    )


def places_of(raw: Raw, row_id: str) -> set[str]:
    """Return the pages on which a row stands: the full text of its document, the page of its topic."""
    topics = {row["indicator_id"]: row["topic_id"] for row in raw("indicators")}
    figures = {row["fact_id"]: row for row in raw("outside_targets")}
    figures |= {row["target_id"]: row for row in raw("targets")}
    row = figures.get(row_id, {})
    topic = row.get("topic_id") or topics.get(row.get("indicator_id", ""), "")
    return {f"topic-{topic}"} | ({f"sources/{document_of(raw, row_id)}"} if "fact_id" not in row else set())


def document_of(raw: Raw, row_id: str) -> str:
    """Return the document of a row that is marked in a full text."""
    keys = ("target_id", "deadline_id", "commitment_id", "mention_id")
    rows = (row | {"id": row[key]} for key in keys for row in raw(f"{key.removesuffix('_id')}s"))
    return next(row["source_id"] for row in rows if row["id"] == row_id)


def test_links_within_the_page_land_and_ids_are_single(page: Front) -> None:
    ids = [element["id"] for element in page.tree.select("[id]")]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    named = {link["href"][1:] for link in page.tree.select('a[href^="#"]')}
    named |= {str(element["aria-labelledby"]) for element in page.tree.select("[aria-labelledby]")}
    named |= {str(element["aria-describedby"]) for element in page.tree.select("[aria-describedby]")}
    assert named <= set(ids)


def test_headings_do_not_skip_a_level(page: Front) -> None:
    levels = [int(element.name[1]) for element in page.tree.find_all(re.compile(r"^h[1-6]$"))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_control_has_a_label(page: Front) -> None:
    controls = page.tree.select("input, select")
    assert len(controls) == 3 + len(KINDS)
    assert all(text_of(control.find_parent("label")) for control in controls)


def test_an_english_page_marks_all_its_chinese(fronts: dict[str, Front]) -> None:
    tree = BeautifulSoup(re.sub(r"<(script|style).*?</\1>", "", fronts["en"].html, flags=re.S), "html.parser")
    stray = [
        str(text)
        for text in tree.find_all(string=CHINESE)
        if not str(text.find_parent(lambda one: one.has_attr("lang"))["lang"]).startswith("zh")
    ]
    assert stray == []
    said = [
        str(one[name]) for one in tree.find_all(True) for name in ("aria-label", "title") if one.get(name)
    ]
    assert said and not any(map(CHINESE.search, said))


def test_a_chinese_page_holds_no_english_words(fronts: dict[str, Front], raw: Raw) -> None:
    tree = BeautifulSoup(re.sub(r"<(script|style).*?</\1>", "", fronts["zh"].html, flags=re.S), "html.parser")
    # A corrected English name is quoted as it stood and as it stands, beside the name of its row.
    quoted = ", ".join(f".corrections td:nth-child({column})" for column in (1, 3, 4))
    for part in tree.select(f".file, nav, .cite, code, {quoted}"):
        part.decompose()
    # A reason given for many cells may name a file or a column.
    named = re.findall(r"[A-Za-z]{4,}", " ".join(row["reason"] for row in raw("corrections")))
    words = re.findall(r"[A-Za-z]{4,}", tree.body.get_text(" "))
    assert set(words) <= {"comparison", "xlsx", *named}


# ── what it links ───────────────────────────────────────────────────────────


def test_every_briefing_is_linked_in_both_languages(page: Front) -> None:
    """Its title leads to the page in the language of the front, the links below it to either."""
    own = Counter(one.page for one in BRIEFINGS if one.lang == page.lang)
    titled = Counter(link["href"] for link in page.tree.select("h3 a"))
    assert titled == own + Counter(["comparison.xlsx"])
    below = Counter(link["href"] for link in page.tree.select("a.file"))
    assert {one.page: below[one.page] for one in BRIEFINGS} == dict.fromkeys(
        (one.page for one in BRIEFINGS), 1
    )
    for group in page.tree.select(".card, .town"):
        titles = {str(link["href"]) for link in group.select("h3 a")}
        beside = {str(link["href"]) for link in group.select(".at > a.file")}
        pairs = {name.replace(f".{page.lang}.", f".{lang}.") for name in titles for lang in LANGUAGES}
        assert titles and pairs <= beside, titles


def test_every_file_beside_the_briefings_is_linked_in_both_languages(page: Front, root: Path) -> None:
    """Documents and calendars, and the workbook that holds both."""
    names = Counter(one.name for one in takeaways(root))
    assert Counter(name for name in names.elements() if ".zh." in name)
    pages = {one.page for one in BRIEFINGS}
    linked = Counter(link["href"] for link in page.tree.select("a.file") if link["href"] not in pages)
    assert linked == names


def test_the_other_language_of_the_front_is_linked(page: Front) -> None:
    other = "en" if page.lang == "zh" else "zh"
    link = page.one(f'nav a[href="{FRONT[other]}"]')
    assert (link["lang"], link["title"], text_of(link)) == (other, FRONT[other], NAMED[other])


def test_files_are_called_by_their_language(page: Front) -> None:
    """A link beside a title says which language it leads to, the workbook’s its kind: no file’s name."""
    shown = {str(link["href"]): link for link in page.tree.select("a.file")}
    for name, link in shown.items():
        lang = next((lang for lang in LANGUAGES if f".{lang}." in name), "")
        assert text_of(link) == (NAMED[lang] if lang else "XLSX") and link.get("lang", "") == lang, name
    linked = {str(link["href"]).partition("#")[0] for link in page.tree.select("main a[href]")}
    assert linked - {""} == set(shown)
    visible = BeautifulSoup(page.html, "html.parser").body
    # Old and new value of a corrected cell are quoted, an address among them.
    for part in visible.select("script, style, .unscripted, .corrections td"):
        part.decompose()
    assert not re.search(r"\w\.(html|ics|xlsx)\b", visible.get_text(" "))


@pytest.mark.parametrize("briefing", BRIEFINGS, ids=lambda one: one.name)
def test_findings_are_those_of_the_pages(fronts: dict[str, Front], briefing: Any) -> None:
    assert text_of(fronts[briefing.lang].one(f'h3 a[href="{briefing.page}"]')) == finding(briefing)


def test_only_what_stands_is_linked(root: Path, book: Book) -> None:
    standing = [one for one in BRIEFINGS if one.name in ("topic-5g.zh", "topic-5g.en", "city-dezhou.zh")]
    files = ["sources/dezhou-2023.zh.html"]
    page = Front("zh", front(root, book, standing, "zh", files))
    linked = {link for link in page.links() if not link.startswith("#")}
    rows = {link for link in linked if "#" in link}
    assert {link.partition("#")[0] for link in rows} == {"topic-5g.zh.html"}
    linked -= rows
    # The other language is linked where it stands: the topic's page in English does, the city's does not.
    assert linked == {"topic-5g.zh.html", "topic-5g.en.html", "city-dezhou.zh.html", *files}
    assert {topic[3] for topic in page.data["topics"]} == {"", "topic-5g.zh.html"}
    assert {source[4] for source in page.data["sources"]} == {"", *files}
    names = {row["topic_id"]: row["name_zh"] for row in book.records("topics")}
    assert all(names[topic] in text_of(page.one(".note")) for topic in names if topic != "5g")


def test_without_any_briefing_there_is_still_a_page(root: Path, book: Book) -> None:
    page = Front("en", front(root, book, [], "en", []))
    assert not page.tree.select("#findings, #others") and page.data["rows"]


def test_a_briefing_of_a_notebook_of_ones_own_stands_among_those_over_all(root: Path, book: Book) -> None:
    own = replace(BRIEFINGS[0], name="weather.zh", notebook="weather", parameters=CARDS[0].parameters)
    own = replace(own, parameters={key: own.parameters[key] for key in ("lang", "as_of")})
    page = Front("zh", front(root, book, [own], "zh", []))
    assert text_of(page.one('#others h3 a[href="weather.zh.html"]')) == finding(own)


# ── the masthead ────────────────────────────────────────────────────────────


def operative(rows: Rows) -> Rows:
    return [row for row in rows if row["kind"] == "target" and not row["restates_target_id"]]


def test_the_masthead_counts_the_tables(page: Front, raw: Raw, root: Path) -> None:
    facts = [text_of(value) for value in page.tree.select(".facts dd")]
    held = [row for row in raw("sources") if row["path"]]
    drafts = [row for row in held if row["status"] == "draft"]
    figures = [re.findall(r"\d+", fact.replace(",", "")) for fact in facts]
    assert figures[0] == [str(len(held)), str(len(drafts))]
    counts = [operative(raw("targets")), raw("deadlines"), raw("commitments")]
    assert figures[1:4] == [[str(len(rows))] for rows in counts]
    edition = read_edition(root)
    assert facts[4] == edition["edition"]
    year, month, day = (str(int(part)) for part in edition["as_of"].split("-"))
    assert {year, day} <= set(figures[5]) and (page.lang == "en" or month in figures[5])


def shares(raw: Raw, lang: str, without: str = "") -> str:
    """Return in which kind of document how many promises stand, those of one document left out."""
    status = {row["source_id"]: row["status"] for row in raw("sources")}
    rows = [row for row in operative(raw("targets")) if row["source_id"] != without]
    counts = Counter(status[row["source_id"]] for row in rows)
    assert set(counts) <= {"adopted", "draft", "work_points"} and sum(counts.values()) == len(rows)
    parts = [
        prose(lang)[f"deck.part.{kind}"].format(count=counts[kind])
        for kind in ("adopted", "draft", "work_points")
        if counts[kind]
    ]
    return prose(lang)["deck.parts"].format(parts={"zh": "，", "en": ", "}[lang].join(parts))


def test_the_deck_tells_in_which_kind_of_document_the_targets_stand(page: Front, raw: Raw) -> None:
    said = text_of(page.one(".about .deck"))
    assert said.endswith({"zh": "", "en": " "}[page.lang] + shares(raw, page.lang))


def test_a_kind_of_document_without_a_target_is_not_named(root: Path, book: Book, raw: Raw) -> None:
    drafted = book.targets["source_id"] == "dezhou-2020"
    made = replace(book, targets=book.targets[~drafted])
    page = Front("zh", front(root, made, [], "zh", []))
    said = shares(raw, "zh", without="dezhou-2020")
    assert drafted.any() and "代拟稿" not in said and text_of(page.one(".about .deck")).endswith(said)


def test_cities_stand_in_the_order_of_their_codes_with_their_documents(page: Front, raw: Raw) -> None:
    shown = [
        next(one[2:] for one in b["class"] if one.startswith("c-")) for b in page.tree.select(".held .city")
    ]
    assert tuple(shown) == CITIES
    drafts = {row["source_id"] for row in raw("sources") if row["path"] and row["status"] == "draft"}
    marked = {link["href"] for link in page.tree.select(".held .draft-tag a")}
    assert marked == {f"sources/{name}.{page.lang}.html" for name in drafts}


@pytest.mark.parametrize(
    ("like", "said"), [(0, "没有两条可直接相比"), (1, "能直接相比的只有一对"), (3, "能直接相比的三对")]
)
def test_the_headline_tells_how_many_pairs_compare(
    root: Path, book: Book, monkeypatch: pytest.MonkeyPatch, raw: Raw, like: int, said: str
) -> None:
    left = [like]
    grades = module.pairs(book, "base_stations_5g").iloc[:0]

    def some(_book: Book, _indicator: str) -> Any:
        count, left[0] = left[0], 0
        made = grades.reindex(range(count + 1)).assign(grade="like", reported=0)
        # What others report of a city counts for no pair of its documents.
        made.loc[count, "reported"] = 1
        return made

    monkeypatch.setattr(module, "pairs", some)
    page = Front("zh", front(root, book, [], "zh", []))
    head = text_of(page.one("#about-title"))
    assert said in head and f"{len(operative(raw('targets')))}条" in head


# ── the small charts ────────────────────────────────────────────────────────

SHAPE = {"flow": "l4.4 8.4", "stock": "h7.4", "ambiguous": "v9.6"}
CARDS = [one for one in BRIEFINGS if one.notebook == "topic_comparison"]


def lanes_of(page: Front, briefing: Any) -> dict[str, Tag]:
    link = page.one(f'h3 a[href="{briefing.page}"]')
    groups = link.find_parent("li").select("svg.dots > g")
    return {next(one[2:] for one in group["class"] if one.startswith("c-")): group for group in groups}


@pytest.mark.parametrize("briefing", CARDS, ids=lambda one: one.name)
def test_a_chart_has_a_mark_for_every_target(
    fronts: dict[str, Front], promised: Any, raw: Raw, briefing: Any
) -> None:
    status = {row["source_id"]: row["status"] for row in raw("sources")}
    lanes = lanes_of(fronts[briefing.lang], briefing)
    assert tuple(lanes) == CITIES
    for city, lane in lanes.items():
        rows = [row for row in promised(str(briefing.parameters["topic"])) if row["city_id"] == city]
        marks = [mark for mark in lane.find_all("g") if mark.title]
        assert len(marks) == len(rows)
        drafts = sum(status[row["source_id"]] == "draft" for row in rows)
        assert sum(not mark.select(".full") for mark in marks) == drafts
        for basis, name in (("rate", "circle"), ("growth", "circle"), ("flow", "path"), ("stock", "path")):
            assert sum(bool(mark.find(name)) for mark in marks) >= sum(row["basis"] == basis for row in rows)
        assert bool(lane.select(".said")) == (not rows)


def years_of(page: Front, svg: Tag) -> dict[str, float]:
    return {text.get_text(): float(text["x"]) for text in svg.select(".tick")}


def test_all_charts_share_one_axis_over_all_due_years(page: Front, promised: Any) -> None:
    axes = [years_of(page, svg) for svg in page.tree.select("svg.dots")]
    assert len(axes) == len(CARDS) / 2 and all(one == axes[0] for one in axes)
    due = {
        int(row["due_on"][:4]) for one in CARDS for row in promised(one.parameters["topic"]) if row["due_on"]
    }
    assert [int(year) for year in axes[0]] == list(range(min(due), max(due) + 1))


@pytest.mark.parametrize("briefing", CARDS, ids=lambda one: one.name)
def test_marks_stand_at_their_due_year(fronts: dict[str, Front], promised: Any, briefing: Any) -> None:
    page = fronts[briefing.lang]
    at = years_of(page, page.tree.select_one("svg.dots"))
    slot = min(b - a for a, b in zip(at.values(), list(at.values())[1:], strict=False)) / 2
    for city, lane in lanes_of(page, briefing).items():
        rows = [row for row in promised(briefing.parameters["topic"]) if row["city_id"] == city]
        seen = []
        for mark in (group for group in lane.find_all("g") if group.title):
            shape = mark.find(["circle", "path"])
            x = (
                float(shape["cx"])
                if shape.name == "circle"
                else float(re.findall(r"-?[\d.]+", shape["d"])[0])
            )
            seen += [next((year for year, middle in at.items() if abs(x - middle) <= slot + 1), "")]
        assert Counter(seen) == Counter(row["due_on"][:4] for row in rows)


@pytest.mark.parametrize("briefing", CARDS, ids=lambda one: one.name)
def test_a_city_without_a_target_says_which_absence_it_is(
    fronts: dict[str, Front], raw: Raw, promised: Any, briefing: Any
) -> None:
    """By the rows: commitments in words with their number, mentions, then a status, else nothing is said."""
    topic, lang = briefing.parameters["topic"], briefing.lang
    topic_of = {row["indicator_id"]: row["topic_id"] for row in raw("indicators")}
    words = {
        "zh": ("文字表述，{}项承诺", "有提法，无数字", "只写现状", "未提及"),
        "en": ("In words, {} commitments", "Words, no number", "Status only", "Not mentioned"),
    }[lang]
    card = fronts[lang].one(f'h3 a[href="{briefing.page}"]').find_parent("li")
    linked = {}
    for city, lane in lanes_of(fronts[lang], briefing).items():
        if any(row["city_id"] == city for row in promised(topic)):
            continue
        pledges = [row for row in raw("commitments") if row["city_id"] == city and row["topic_id"] == topic]
        status = any(
            row["kind"] == "status" and row["city_id"] == city and topic_of[row["indicator_id"]] == topic
            for row in raw("targets")
        )
        mentions = [
            row
            for row in raw("mentions")
            if row["class"] == "unquantified" and row["city_id"] == city
            and topic_of[row["indicator_id"]] == topic
        ]  # fmt: skip
        states = (len(pledges) > 0, len(mentions) > 0, status, True)
        expected = words[states.index(True)].format(len(pledges))
        said = text_of(lane.select_one(".said"))
        assert said == expected.replace("1 commitments", "1 commitment" if len(pledges) == 1 else
                                        "1 commitments"), city  # fmt: skip
        assert said[0].lower() + said[1:] in card.svg["aria-label"]
        if pledges:
            linked[f"sources/{pledges[0]['source_id']}.{lang}.html#{pledges[0]['commitment_id']}"] = said
    # The words lead to the first of the commitments in the full text.
    assert {str(link["href"]): text_of(link) for link in card.select(".words a")} == linked


def test_alt_texts_state_the_finding_and_every_city(page: Front, raw: Raw) -> None:
    names = {row["place_id"]: row[f"name_{page.lang}"] for row in raw("places")}
    for card in page.tree.select("#findings .card"):
        alt = card.svg["aria-label"]
        assert card.svg["role"] == "img" and alt.startswith(text_of(card.h3))
        assert all(names[city] in alt for city in CITIES)


def test_an_axis_grows_with_the_years_and_marks_stay_in_their_slot() -> None:
    dots = [Dot(2, False, "") for _ in range(7)]
    lanes = [Lane("a", "甲", {2019: dots, 2040: dots[:1], RECURRING: dots[:1]})]
    along = axis(lanes)
    assert along.slots == (*range(2019, 2041), RECURRING) and along.abreast == 1
    svg = BeautifulSoup(draw(lanes, along, "x"), "html.parser")
    ticks = [text.get_text() for text in svg.select(".tick")]
    assert ticks[0] == "2019" and len(ticks) < 12, "ticks that would run into one another are left out"
    assert max(float(one["cx"]) for one in svg.select("circle")) < 316


def test_charts_without_any_target_have_no_year() -> None:
    lanes = [Lane("a", "甲", {}, "silent", "未提及")]
    svg = BeautifulSoup(draw(lanes, axis(lanes), "x"), "html.parser")
    assert svg.select("circle.none") and not svg.select(".tick, .grid")


def test_words_in_a_chart_are_escaped() -> None:
    lanes = [Lane("a", "<甲>", {2020: [Dot(0, False, "<b>&")]})]
    assert "<b>" not in draw(lanes, axis(lanes), '"><script>') and "<script>" not in draw(
        lanes, axis(lanes), "<script>"
    )


# ── the rows that are searched ──────────────────────────────────────────────


def linked(page: Front, row: list[Any]) -> tuple[str, str]:
    """Return where a row leads: into the full text, and to the page of its topic if it has one."""
    source = page.data["sources"][row[2]]
    topic = page.data["topics"][row[3]][3] if page.data["kinds"][row[0]] in ("target", "status") else ""
    return f"{source[4]}#{row[1]}", f"{topic}#{row[1]}" if topic else ""


def expected_links(raw: Raw, lang: str) -> dict[str, tuple[str, str]]:
    topic_of = {row["indicator_id"]: row["topic_id"] for row in raw("indicators")}
    pages = {one.page for one in BRIEFINGS}
    made = {}
    for table, key in (
        ("targets", "target_id"),
        ("deadlines", "deadline_id"),
        ("commitments", "commitment_id"),
    ):
        for row in raw(table):
            topic = f"topic-{topic_of[row['indicator_id']]}.{lang}.html" if table == "targets" else ""
            target = f"{topic}#{row[key]}" if topic in pages else ""
            made[row[key]] = (f"sources/{row['source_id']}.{lang}.html#{row[key]}", target)
    return made


def test_every_row_is_in_the_search_once_with_its_links(page: Front, raw: Raw) -> None:
    expected = expected_links(raw, page.lang)
    # What is suspect stays out of every comparison, and so out of the search; a figure that a second source
    # gives alike is one.
    facts = [row for row in (*raw("outside_targets"), *raw("outcomes")) if row["confidence"] != "suspect"]
    same = ("place_id", "indicator_id", "measure_id", "comparator", "value", "basis", "date_on")
    seen = {(row["fact_id"][0], *(row[name] for name in same)): row["fact_id"] for row in reversed(facts)}
    outside = list(seen.values())
    assert Counter(row[1] for row in page.data["rows"]) == Counter([*expected, *outside])
    assert {row[1]: linked(page, row) for row in of_documents(page)} == expected
    told = [row for row in page.data["rows"] if page.data["kinds"][row[0]] == "elsewhere"]
    assert sorted(row[1] for row in told) == sorted(outside)


def of_documents(page: Front) -> list[list[Any]]:
    """Return the rows of the search that stand in a document."""
    return [row for row in page.data["rows"] if page.data["kinds"][row[0]] in CODED]


def test_briefings_are_found_by_every_name_of_what_they_are_on(page: Front, raw: Raw) -> None:
    held = {one[0]: one[4] for one in page.data["briefings"]}
    names = {row["topic_id"]: (row["name_zh"], row["name_en"]) for row in raw("topics")}
    indicators = {row["topic_id"]: (row["name_zh"], row["name_en"]) for row in raw("indicators")}
    met = 0
    for topic in names:
        for words in (
            [held[f"topic-{topic}.{page.lang}.html"]] if f"topic-{topic}.{page.lang}.html" in held else []
        ):
            assert all(name in words for name in (*names[topic], *indicators.get(topic, ()))), topic
            met += 1
    assert met


def test_rows_hold_the_words_and_the_kind_of_the_tables(page: Front, raw: Raw) -> None:
    words = {row["target_id"]: (row["quote"], row["kind"]) for row in raw("targets")}
    words |= {row["commitment_id"]: (row["action_zh"], "commitment") for row in raw("commitments")}
    held = {row[1]: (row[5], page.data["kinds"][row[0]]) for row in page.data["rows"]}
    assert {name: held[name] for name in words} == words
    soft = {row["commitment_id"] for row in raw("commitments") if row["force"] == "aspirational"}
    soft |= {row["target_id"] for row in raw("targets") if row["force"] == "aspirational"}
    assert {row[1] for row in page.data["rows"] if row[6]} == soft


def test_deadlines_hold_their_words_and_what_they_govern(page: Front, raw: Raw) -> None:
    governed = Counter(row["deadline_id"] for row in raw("commitments") if row["deadline_id"])
    clauses: dict[str, set[str]] = {}
    for row in raw("commitments"):
        clauses.setdefault(row["deadline_id"], set()).add(row["action_zh"])
    for row in raw("deadlines"):
        packed = next(one for one in page.data["rows"] if one[1] == row["deadline_id"])
        assert packed[7:] == [row["due_text"], governed[row["deadline_id"]]]
        assert packed[5] in clauses[row["deadline_id"]]


def test_due_dates_are_those_of_the_tables_and_say_what_was_inferred(page: Front, raw: Raw) -> None:
    how = {"inherited_year": ("年份按规划期", "year of the plan"), "carried": ("承前文", "carried from")}
    how |= {"period": ("取规划期末", "end of the plan’s period")}
    dues = {row["deadline_id"]: row for row in raw("deadlines")}
    stated = dues | {row["target_id"]: row for row in raw("targets") if row["kind"] == "target"}
    stated |= {
        row["commitment_id"]: dues[row["deadline_id"]] for row in raw("commitments") if row["deadline_id"]
    }
    for packed in of_documents(page):
        row = stated.get(packed[1])
        assert (packed[4] < 0) == (row is None)
        if row and row["due_on"]:
            due = page.data["dues"][packed[4]]
            assert row["due_on"][:4] in due
            said = [way for way, pair in how.items() if pair[page.lang == "en"] in due]
            assert said == [row["due_source"]] * (row["due_source"] in how)


def test_drafts_are_marked_in_the_search(page: Front, raw: Raw) -> None:
    drafts = {row["source_id"] for row in raw("sources") if row["status"] == "draft"}
    marked = {source[4].split("/")[1].split(".")[0] for source in page.data["sources"] if source[2]}
    assert marked == drafts & {row["source_id"] for row in raw("sources") if row["path"]}


def test_repeated_promises_name_the_one_that_counts(page: Front, raw: Raw) -> None:
    repeats = {row["target_id"]: row["restates_target_id"] for row in raw("targets")}
    assert {
        row[1]: row[11] for row in page.data["rows"] if page.data["kinds"][row[0]] in ("target", "status")
    } == repeats


def test_english_rows_hold_their_translations(fronts: dict[str, Front], raw: Raw) -> None:
    translated = {row["row_id"]: row["quote_en"] for row in raw("translations")}
    for row in fronts["en"].data["rows"]:
        if fronts["en"].data["kinds"][row[0]] in ("target", "status"):
            assert row[12] == translated[row[1]]
    assert not any(row[12] for row in fronts["zh"].data["rows"] if len(row) > 12)


def test_large_values_can_be_found_by_their_digits(page: Front, raw: Raw) -> None:
    """1.2万 and 12,000 are shown; 12000 is what one types."""
    for row in raw("targets"):
        packed = next(one for one in page.data["rows"] if one[1] == row["target_id"])
        digits = (row["value_low"] or row["value_high"]).removesuffix(".0")
        assert digits in f"{packed[8]} {packed[9]}", row["target_id"]


@pytest.mark.parametrize(
    ("words", "pairs", "reason"),
    [
        ("智慧社区", {"區区"}, "a Traditional form of a Simplified text"),
        ("社區", {"區区"}, "a Traditional text"),
        ("里", {"裏里", "裡里"}, "two forms of one character"),
        ("ABC 123", set(), "nothing to fold"),
    ],
)
def test_traditional_forms_are_those_of_the_words(words: str, pairs: set[str], reason: str) -> None:
    found = simple_forms(words)
    assert {found[at : at + 2] for at in range(0, len(found), 2)} == pairs, reason


def test_the_pairs_turn_every_traditional_word_into_the_simplified_one(page: Front) -> None:
    convert = opencc.OpenCC("t2s")
    found = page.data["simple"]
    pairs = {ord(found[at]): found[at + 1] for at in range(0, len(found), 2)}
    simple = cache(convert.convert)
    words = "".join(row[5] for row in page.data["rows"])
    assert words.translate(pairs) == "".join(simple(letter) for letter in words) != words


def test_the_page_has_two_scripts_and_no_more(page: Front) -> None:
    assert page.html.count("<script") == page.html.count("</script>") == 2
    assert page.one("script#rows")["type"] == "application/json"


def test_near_words_are_names_that_occur(page: Front, raw: Raw) -> None:
    names = {row[f"name_{page.lang}"] for table in ("topics", "indicators", "measures") for row in raw(table)}
    words = {word for row in raw("indicators") for word in row["keywords_zh"].split(";")}
    assert set(page.data["near"]) <= names | words and len(page.data["near"]) == len(set(page.data["near"]))
    assert {row[f"name_{page.lang}"] for row in raw("topics")} <= set(page.data["near"])


def test_without_a_script_the_search_is_hidden_and_its_place_says_where_the_rows_are(page: Front) -> None:
    assert page.one("#find .box").has_attr("hidden")
    assert not page.one("#find .unscripted").has_attr("hidden")
    assert {link["href"] for link in page.one("#find .unscripted").select("a")} == {
        "comparison.xlsx",
        "#cities",
    }


# ── what changed ────────────────────────────────────────────────────────────


def test_an_edition_tells_what_it_is_the_first_to_publish(page: Front, raw: Raw, root: Path) -> None:
    """Rows with a line of an earlier edition are not new, however often they were published since."""
    edition = read_edition(root)["edition"]
    of_edition: dict[tuple[str, str], set[str]] = {}
    for row in raw("release"):
        of_edition.setdefault((row["table"], row["row_id"]), set()).add(row["edition"])
    new = Counter(table for (table, _), told in of_edition.items() if told == {edition})
    held = prose(page.lang)
    # Lists of codes, dictionaries and the corrections themselves are published too, without a count.
    told = {table: new[table] for table in new if f"table.{table}" in held}
    assert told and len({row["edition"] for row in raw("release")}) > 1
    assert {f"table.{name}" for name in ("targets", "commitments", "mentions", "sources")} <= set(held)
    counts = (sum(told.values()), new["corrections"])
    count, corrected = (f"{one:,}" if page.lang == "en" else str(one) for one in counts)
    title = held["changes.title"].format(edition=edition, new=count, corrected=corrected)
    assert text_of(page.one("section.changes h2")) == title
    said = text_of(page.tree.select("section.changes p")[0])
    for table, rows in told.items():
        words = f"{rows:,}" if page.lang == "en" else str(rows)
        assert held["changes.rows"].format(table=held[f"table.{table}"], count=words) in said, table
    assert len(re.findall(r"[0-9][0-9,]*", said)) == len(told)


def test_corrections_of_one_reason_are_folded_and_the_others_listed(page: Front, raw: Raw) -> None:
    """More than three of one reason stand under it, and every corrected cell stands on the page once."""
    latest_first = sorted(raw("corrections"), key=lambda row: row["corrected_on"], reverse=True)
    why = {"zh": "reason", "en": "reason_en"}[page.lang]
    reasons = Counter(re.sub(r"\s", "", row[why]) for row in latest_first)
    section = page.one("section.changes")
    folded = [
        one
        for one in section.select("details")
        if "：" in text_of(one.summary) or ": " in text_of(one.summary)
    ]
    many = {reason: count for reason, count in reasons.items() if count > 3}
    assert many and len(folded) == len(many)
    for one, (reason, count) in zip(folded, many.items(), strict=True):
        words = f"{count:,}" if page.lang == "en" else str(count)
        assert reason in re.sub(r"\s", "", text_of(one.summary)) and words in text_of(one.summary)
        assert len(one.select("tbody tr")) == count
    assert len(section.select("table.corrections tbody tr")) == sum(reasons.values())


def test_corrected_columns_have_names_and_reasons_their_language(page: Front, raw: Raw) -> None:
    """Not the bare code of a column; and reasons in the language of the page, what they quote marked."""
    section = page.one("section.changes")
    assert squeezed(prose(page.lang)["changes.reasons"]) in squeezed(text_of(section))
    known = {row["column"] for row in raw("corrections")}
    for cell in section.select("table.corrections td:nth-child(2)"):
        code = text_of(cell.code) if cell.code else text_of(cell).lower()
        name = text_of(cell).removesuffix(code).strip()
        assert code in known and name and name != code
        assert page.lang == "zh" or (name[0].isupper() and "_" not in name)
    why = {"zh": "reason", "en": "reason_en"}[page.lang]
    given = {squeezed(row[why]) for row in raw("corrections")}
    shown = [squeezed(text_of(cell)) for cell in section.select("table.corrections td:nth-child(6)")]
    assert shown and set(shown) <= given


def rewrite(path: Path, change: Callable[[Rows], Rows]) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        header, rows = list(reader.fieldnames or ()), change(list(reader))
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, header, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def publish(root: Path, edition: str) -> None:
    """Publish the tables, right or wrong, under an edition; the first one knows of none before it."""
    curated = root / "data" / "curated"
    if (curated / "release.csv").read_text(encoding="utf-8").count("\n") == 1:
        named = f'edition: "{edition}"\nas_of: "2027-02-01"\n'
        (curated / "edition.yaml").write_text(named, encoding="utf-8")
    lines, now = release.publish(opened(root), edition_of(root), edition, date(2027, 2, 1))
    tables.write_table(read_codebook(root)["release"], lines, curated / "release.csv")
    (curated / "edition.yaml").write_text(edition_text(now), encoding="utf-8", newline="")


def correct(root: Path) -> None:
    """Change a value of the first target, and say so in the table of corrections."""
    curated = root / "data" / "curated"
    rewrite(
        curated / "jinan" / "targets.csv",
        lambda rows: (
            [row | {"force": "firm" if row["force"] != "firm" else "aspirational"} for row in rows[:1]]
            + rows[1:]
        ),
    )
    correction = {"correction_id": "x-0001", "table": "targets", "row_id": "t-jinan-0001", "column": "force"}
    correction |= {
        "old": "firm",
        "new": "aspirational",
        "corrected_on": "2027-01-15",
        "reason": "原文写“力争<”。",
        "reason_en": "The text says “strive <”.",
    }
    rewrite(curated / "corrections.csv", lambda rows: [*rows, correction])


@pytest.fixture
def later(project: Path) -> Path:
    """Return a project whose second edition adds a source and corrects a value of the first."""
    curated = project / "data" / "curated"
    publish(project, "2026.11")
    rewrite(curated / "sources.csv", lambda rows: [*rows, rows[0] | {"source_id": "china-2027"}])
    correct(project)
    publish(project, "2027.02")
    return project


def opened(root: Path) -> Book:
    book, problems = tables.open_book(root)
    assert problems == []
    return book


def told(book: Book, edition: str, when: str) -> dict[str, int]:
    """Return the tables that a reader is told the number of, with how many of their rows are of a kind."""
    counts = row_counts(book, edition).set_index("table")[when]
    return {table: int(counts[table]) for table in COUNTED if counts.get(table)}


def values(book: Book, edition: str) -> list[tuple[str, str, str]]:
    return [(one.row_id, one.old, one.new) for one in corrections(book, edition).itertuples()]


def test_a_later_edition_tells_new_rows_and_corrections(later: Path, root: Path) -> None:
    book = opened(later)
    assert told(book, "2027.02", "new") == {"sources": 1} and told(book, "2027.02", "unpublished") == {}
    assert told(book, "2027.02", "earlier")["targets"] == len(book.targets)
    (one,) = corrections(book, "2027.02").to_dict("records")
    assert (one["row_id"], one["column"]) == ("t-jinan-0001", "force")
    assert (one["old"], one["new"], one["source_id"]) == ("firm", "aspirational", "jinan-2019")
    assert str(one["corrected_on"].date()) == "2027-01-15"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_correction_is_shown_with_both_values_its_reason_and_its_place(
    later: Path, root: Path, lang: str
) -> None:
    (later / "notebooks").symlink_to(root / "notebooks")
    page = Front(lang, front(later, opened(later), [], lang))
    section = page.one("section.changes")
    assert "2027.02" in text_of(section.h2)
    cells = [text_of(cell) for cell in section.select("tbody td")]
    assert cells[0].endswith("t-jinan-0001") and cells[2:4] == ["firm", "aspirational"]
    assert cells[1] == {"zh": "语气 force", "en": "Force"}[lang]
    assert squeezed(cells[5]) == {"zh": "原文写“力争<”。", "en": "Thetextsays“strive<”."}[lang]
    assert section.select_one(f'a[href="sources/jinan-2019.{lang}.html#t-jinan-0001"]')


@pytest.fixture
def corrected(project: Path) -> Path:
    """Return a project whose first edition is followed by a correction and by no other edition."""
    correct(project)
    publish(project, "2026.11")
    return project


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_first_edition_with_a_correction_tells_it_and_is_still_new_in_whole(
    corrected: Path, root: Path, lang: str
) -> None:
    (corrected / "notebooks").symlink_to(root / "notebooks")
    book = opened(corrected)
    page, count = Front(lang, front(corrected, book, [], lang, [])), len(book.corrections)
    title = prose(lang)["changes.title.corrected"].format(edition="2026.11", corrected=count)
    assert count and text_of(page.one("section.changes h2")) == title
    rows = sum(f"table.{table}" in prose(lang) for table in book.release["table"])
    assert (f"{rows:,}" if lang == "en" else str(rows)) in text_of(page.one("section.changes h2 + p"))


def test_a_correction_of_an_earlier_edition_is_no_news(later: Path) -> None:
    publish(later, "2027.05")
    book = opened(later)
    assert told(book, "2027.05", "new") == {} and values(book, "2027.05") == []


def test_rows_that_no_edition_holds_yet_are_told_apart(later: Path) -> None:
    curated = later / "data" / "curated"
    rewrite(curated / "sources.csv", lambda rows: [*rows, rows[0] | {"source_id": "china-2028"}])
    book = opened(later)
    assert told(book, "2027.02", "unpublished") == told(book, "2027.02", "new") == {"sources": 1}


def test_a_correction_that_is_not_released_yet_is_told(later: Path) -> None:
    publish(later, "2027.05")
    again(later, "targets", "t-jinan-0001", "force")
    assert values(opened(later), "2027.05") == [("t-jinan-0001", "aspirational", "firm")]


def again(root: Path, table: str, row_id: str, column: str) -> None:
    """Say in the table of corrections that one more value was corrected."""
    correction = {"correction_id": "x-0002", "table": table, "row_id": row_id, "column": column}
    correction |= {"old": "aspirational", "new": "firm", "corrected_on": "2027-04-15"}
    correction |= {"reason": "再查。", "reason_en": "Looked up again."}
    rewrite(root / "data" / "curated" / "corrections.csv", lambda rows: [*rows, correction])


def test_a_row_published_again_brings_its_old_corrections_back_to_nobody(later: Path) -> None:
    """A later edition publishes the corrected row anew, for another reason than the old correction."""
    rewrite(
        later / "data" / "curated" / "jinan" / "targets.csv",
        lambda rows: [row | {"force": "firm"} if row["target_id"] == "t-jinan-0001" else row for row in rows],
    )
    again(later, "targets", "t-jinan-0001", "force")
    publish(later, "2027.05")
    assert values(opened(later), "2027.05") == [("t-jinan-0001", "aspirational", "firm")]


@pytest.mark.parametrize("table", ["units", "terms", "agencies", "indicators", "places", "divisions"])
def test_a_correction_in_a_table_without_a_count_stands_by_its_name(
    later: Path, root: Path, table: str
) -> None:
    (later / "notebooks").symlink_to(root / "notebooks")
    again(later, table, "one", "note")
    page = Front("en", front(later, opened(later), [], "en", []))
    assert f"{table} one" in [text_of(one) for one in page.tree.select(".corrections td:first-child")]


def test_without_a_release_nothing_is_called_new(project: Path, root: Path) -> None:
    assert told(opened(project), "2026.11", "new") == {}
    (project / "notebooks").symlink_to(root / "notebooks")
    # Where nothing was published there is nothing to correct either.
    rewrite(project / "data" / "curated" / "corrections.csv", lambda _: [])
    page = Front("en", front(project, opened(project), [], "en", []))
    assert text_of(page.one("section.changes")) == "No edition has been published yet"


# ── the words ───────────────────────────────────────────────────────────────


def test_the_script_says_what_it_is_given(root: Path) -> None:
    code = (Path(module.__file__).with_name("front.js")).read_text(encoding="utf-8")
    asked = set(re.findall(r'say\("([\w.]+)"', code))
    asked |= {name for one in re.findall(r'counted\("([\w.]+)"', code) for name in (one, f"{one}.one")}
    assert asked == set(SPOKEN)
    for lang in LANGUAGES:
        text = (root / f"notebooks/text/index.{lang}.md").read_text(encoding="utf-8")
        spoken = re.findall(r"^## say\.\S+\n(.*)$", text, re.M)
        assert {name for words in spoken for name in re.findall(r"\{(\w+)\}", words)} == {
            "count",
            "due",
            "other",
            "typed",
            "used",
        }
