"""Documents that are coded in part, unread, or not at hand: what pages count, name and call silent.

Every case alters the book a little; what the pages then say is held against the rows that are left.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import compare as cp
from compare.build.plan import plan
from compare.outputs.document import document_page
from compare.outputs.workbook.book import workbook
from compare.tables.book import Book
from every_page import dead_links, html_of, run_notebook
from front_pages import front

AS_OF = "2026-11-21"
TOPICS = ("gov_services", "smart_city", "digital_economy")
SILENT = {"zh": "未提及", "en": "Not mentioned"}
MARKS = {
    "zh": {"in_review": "部分编码", "registered": "尚未编码"},
    "en": {"in_review": "partly coded", "registered": "not coded yet"},
}
OF_A_DOCUMENT = (
    *("targets", "mentions", "commitments", "deadlines", "other_clauses"),
    *("tasks", "ledger", "furniture", "exclusions"),
)


@dataclass(frozen=True)
class Case:
    """One altered book: which document of which city, its cells, and the topics on which its rows count."""

    reason: str
    city: str
    source: str
    cells: dict[str, Any] = field(hash=False)
    coded: frozenset[str] | None = None

    @property
    def coding(self) -> str:
        return str(self.cells.get("coding_state", "complete"))

    def book(self, book: Book) -> Book:
        sources = book.sources.copy()
        for column, value in self.cells.items():
            sources.loc[sources["source_id"] == self.source, column] = value
        return replace(book, sources=sources)


ONE = frozenset({"smart_community"})
PARTLY = [
    Case("one topic is in review", "jinan", "jinan-2019",
         {"coding_state": "in_review", "coded_topics": "smart_community"}, ONE),
    Case("all topics are in review", "jinan", "jinan-2019", {"coding_state": "in_review"}),
    Case("nothing is coded yet", "jinan", "jinan-2019",
         {"coding_state": "registered", "coded_topics": None}, frozenset()),
    Case("a city of few numbers is in review for one topic", "qingdao", "qingdao-2020",
         {"coding_state": "in_review", "coded_topics": "gov_services"}, frozenset({"gov_services"})),
    Case("the later of two documents is in review", "dezhou", "dezhou-2023",
         {"coding_state": "in_review", "coded_topics": "gov_services"}, frozenset({"gov_services"})),
    Case("the draft of two documents is in review", "dezhou", "dezhou-2020", {"coding_state": "in_review"}),
]  # fmt: skip
# Pages take their time: each case is tried in one language, by turns.
BY_TURNS = [(case, ("zh", "en")[at % 2]) for at, case in enumerate(PARTLY)]
in_turn = pytest.mark.parametrize(
    ("case", "lang"), BY_TURNS, ids=[f"{case.reason}-{lang}" for case, lang in BY_TURNS]
)
cases = pytest.mark.parametrize("case", PARTLY, ids=[case.reason for case in PARTLY])
both = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(scope="session")
def made(book: Book) -> Callable[[Case], Book]:
    """Return a maker of altered books; each is made once."""
    return cache(lambda case: case.book(book))


@pytest.fixture(scope="session")
def page_of(made: Callable[[Case], Book]) -> Callable[[Case, str], BeautifulSoup]:
    """Return a maker of pages over altered books by their name; each is made once."""
    return cache(lambda case, name: page_over(made(case), name))


def place_name(book: Book, city: str, lang: str) -> str:
    return str(book.places.set_index("place_id").at[city, f"name_{lang}"])


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL), "html.parser")


def text_of(element: Any) -> str:
    return " ".join(element.get_text(" ").split())


def page_over(book: Book, name: str) -> BeautifulSoup:
    """Return a page that its notebook makes over a book, without what stands around its sections."""
    [planned] = [one for one in plan(book.root) if one.name == name]
    return parsed(html_of(book.root, planned, run_notebook(book.root, book, planned)))


def is_sound(page: BeautifulSoup) -> None:
    """Nothing missing is printed, no heading is empty, every link within the page lands."""
    for element in page.select("h1, h2, h3, dt, dd, th"):
        assert text_of(element) or element.name == "th", element
    assert not re.search(r"\b(nan|None|NaT|inf)\b", page.get_text(" "))
    assert dead_links("page", str(page)) == []


def counting(made: Book, case: Case, topic: str | None = None) -> pd.DataFrame:
    """Return the targets that may count by the rows and the case alone."""
    rows = made.targets[(made.targets["kind"] == "target") & made.targets["restates_target_id"].isna()]
    if topic is not None:
        rows = rows[rows["topic_id"] == topic]
    unread = rows["source_id"].eq(case.source)
    if case.coded is not None:
        rows = rows[~unread | rows["topic_id"].isin(case.coded)]
    return rows


# ── topic pages ─────────────────────────────────────────────────────────────


@in_turn
@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_page_marks_what_is_partly_coded_and_calls_nothing_silent(
    made: Any, page_of: Any, case: Case, lang: str, topic: str
) -> None:
    altered, page = made(case), page_of(case, f"topic-{topic}.{lang}")
    is_sound(page)
    rows = counting(altered, case, topic)
    name = place_name(altered, case.city, lang)
    coded = case.coded is None or topic in case.coded
    mark = MARKS[lang]["in_review" if coded else "registered"]
    # Title, and the count of documents and of targets.
    title = text_of(page.h1)
    assert mark in title and name in title
    facts = [int(number) for number in re.findall(r"\d+", text_of(page.select(".facts dd")[1]))]
    assert facts[0] == len(rows)
    inside = int((rows["source_id"] == case.source).sum())
    assert not inside or facts[-1] == inside
    assert "1" in text_of(page.select(".facts dd")[0])
    # Every figure of the document bears the mark in the table, and no cell that rests on it is silent.
    shown = page.select('table.grid .worth a.v[href^="#t-"]')
    assert shown or rows.empty
    for link in shown:
        row = altered.targets.set_index("target_id").loc[str(link["href"])[1:]]
        marked = link.find_parent("td").select(".tag.partly")
        assert bool(marked) == (row["source_id"] == case.source), link
    alone = (altered.sources["place_id"] == case.city) & altered.sources["path"].notna()
    for cell in page.select(f"table.grid td.c-{case.city}"):
        if alone.sum() == 1:
            assert SILENT[lang] not in text_of(cell)
    searched = [text_of(one) for one in page.select(".searches tbody tr")]
    assert not any(mark in row for row in searched)


@in_turn
def test_what_the_lead_names_are_the_rows_that_count(made: Any, page_of: Any, case: Case, lang: str) -> None:
    altered = made(case)
    for topic in TOPICS:
        lead = page_of(case, f"topic-{topic}.{lang}")
        rows = counting(altered, case, topic)
        named = {str(link["href"])[1:] for link in lead.select('.standfirst a.v[href^="#t-"]')}
        assert named <= set(rows["target_id"]) and bool(named) == bool(len(rows))


# ── city pages ──────────────────────────────────────────────────────────────


@in_turn
def test_a_city_page_counts_shares_and_silence_over_whole_documents_alone(
    made: Any, page_of: Any, case: Case, lang: str
) -> None:
    altered, page = made(case), page_of(case, f"city-{case.city}.{lang}")
    is_sound(page)
    mark = MARKS[lang][case.coding]
    assert mark in text_of(page.h1)
    sources = altered.sources[(altered.sources["place_id"] == case.city) & altered.sources["path"].notna()]
    whole = sources.loc[sources["coding_state"] == "complete", "source_id"]
    silences = page.select_one("section.silences")
    # Where no clause of a city is coded there are no means to count, and no section is headed by them.
    read = sources.loc[sources["coding_state"] != "registered", "source_id"]
    assert bool(page.select("section.means")) == altered.commitments["source_id"].isin(read).any()
    means = " ".join(text_of(head) for head in page.select("section.means h2"))
    assert bool(means) == (not read.empty)
    if whole.empty:
        assert SILENT[lang] not in text_of(silences)
        assert not re.search(r"\d", text_of(silences.h2).replace("2019", "").replace("2020", ""))
        assert "%" not in means
    else:
        states = cp.coverage(altered, city=case.city)
        states = states[states["source_id"].isin(whole)].groupby("indicator_id")["state"].agg(set)
        left = sum(held == {"silent"} for held in states)
        counts = [int(number) for number in re.findall(r"\d+", text_of(silences.h2))]
        assert {left, len(states)} <= set(counts)
        rows = altered.commitments[altered.commitments["source_id"].isin(whole)]
        share = 100 * float((rows["quantifier"] == "figure").mean())
        assert f"{share:.1f}%" in means or f"{share:.0f}%" in means
    # The document says so wherever it is named.
    for head in page.select("section.silences th, section.silences h3 .quiet"):
        if str(sources.set_index("source_id").at[case.source, "period_start"].year) in text_of(head):
            assert mark in text_of(head)


@in_turn
def test_examples_of_a_city_are_of_the_set_its_title_counts(
    made: Any, page_of: Any, case: Case, lang: str
) -> None:
    altered, lead = made(case), page_of(case, f"city-{case.city}.{lang}")
    rows = counting(altered, case)
    rows = rows[rows["city_id"] == case.city]
    due = rows[rows["due_on"] <= AS_OF]
    drafts = altered.sources.loc[altered.sources["status"] == "draft", "source_id"]
    issued = due[~due["source_id"].isin(drafts)]
    counted = issued if not issued.empty else due if not due.empty else rows
    named = {str(link["href"])[1:] for link in lead.select(".standfirst a.v")}
    assert named <= set(counted["target_id"])
    if len(counted):
        # The title gives a value of the set.
        said = text_of(lead.h1).replace(",", "")
        bounds = {f"{value:g}" for side in ("value_low", "value_high") for value in counted[side].dropna()}
        assert bounds & set(re.findall(r"[\d.]+", said))


# ── the front page, the workbook, the full text ─────────────────────────────


@in_turn
def test_the_front_page_says_what_is_partly_coded(made: Any, case: Case, lang: str, book: Book) -> None:
    altered = made(case)
    page = parsed(front(book.root, altered, plan(book.root), lang))
    mark = MARKS[lang][case.coding]
    assert re.search(
        {"zh": "没有编码完", "en": "not coded whole"}[lang], text_of(page.select_one("#about-title"))
    )
    assert mark in text_of(page.select_one("#about .deck"))
    assert mark in text_of(page.select_one(f".held li:has(.c-{case.city})"))
    total = len(counting(altered, case))
    assert str(total) in re.findall(r"\d+", text_of(page.select_one("#about-title")))
    states = cp.topic_coverage(altered, city=case.city).set_index("topic_id")["state"]
    assert "silent" not in set(states)
    for svg in page.select("svg.dots"):
        assert SILENT[lang] not in text_of(svg.select_one(f"g.c-{case.city}"))


@cases
def test_the_workbook_and_the_full_text_say_it_too(made: Any, case: Case, book: Book) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    file = load_workbook(BytesIO(workbook(made(case), AS_OF, "2026.11")))
    sheet = file["覆盖情况 Coverage"]
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(2)]
    own = [row for row in rows if case.source in row.values()]
    assert own and not any("未提及" in str(row) for row in own)
    assert all(MARKS["zh"][case.coding] in str(row) for row in own)
    for lang in ("zh", "en"):
        page = parsed(document_page(made(case), case.source, lang, AS_OF, "2026.11"))
        notices = " ".join(text_of(one) for one in page.select(".notice"))
        assert re.search({"zh": "编码", "en": "coded"}[lang], notices)


# ── cities without targets, with a draft alone, without documents ───────────


def without_documents(book: Book, city: str, kept: tuple[str, ...] = ()) -> Book:
    """Return a book in which the documents of a city, but for those kept, are known and not at hand."""
    gone = [name for name, cells in zip(book.sources["source_id"], book.records("sources"), strict=True)
            if cells["place_id"] == city and name not in kept and name in book.documents]  # fmt: skip
    sources = book.sources.copy()
    rows = sources["source_id"].isin(gone)
    sources.loc[rows, ["status", "coding_state"]] = ["not_obtained", "registered"]
    sources.loc[rows, ["path", "coded_topics", "sha256"]] = None
    frames = {name: getattr(book, name) for name in OF_A_DOCUMENT}
    frames = {name: frame[~frame["source_id"].isin(gone)] for name, frame in frames.items()}
    links = book.continuations
    held = set(frames["commitments"]["commitment_id"])
    return replace(
        book,
        sources=sources,
        documents={name: text for name, text in book.documents.items() if name not in gone},
        continuations=links[links["later_id"].isin(held) & links["earlier_id"].isin(held)],
        **frames,
    )


@both
@pytest.mark.parametrize("city", ["jinan", "dongying"])
def test_a_city_without_targets_is_told_to_promise_in_words(book: Book, city: str, lang: str) -> None:
    bare = replace(book, targets=book.targets[book.targets["city_id"] != city])
    is_sound(page_over(bare, f"city-{city}.{lang}"))
    for topic in TOPICS:
        page = page_over(bare, f"topic-{topic}.{lang}")
        is_sound(page)
        pledges = bare.commitments[
            (bare.commitments["city_id"] == city) & (bare.commitments["topic_id"] == topic)
        ]
        words = {"zh": f"文字表述，{len(pledges)}项承诺", "en": f"In words, {len(pledges)} commitments"}[lang]
        head = page.select_one(f"table.grid th.c-{city}")
        if len(pledges) and head:
            assert words in text_of(head)
            assert head.a["href"].partition("#")[2] == pledges["commitment_id"].iloc[0]


@both
def test_a_city_with_only_a_draft_gives_its_figures_as_those_of_a_draft(book: Book, lang: str) -> None:
    drafted = without_documents(book, "dezhou", ("dezhou-2020",))
    page = page_over(drafted, f"city-dezhou.{lang}")
    is_sound(page)
    links = page.select(".standfirst a.v")
    assert links and len(page.select(".standfirst .draft-tag")) == len(links)
    assert {"zh": "代拟稿", "en": "draft"}[lang] in text_of(page.h1)
    front_page = parsed(front(book.root, drafted, plan(book.root), lang))
    assert not front_page.select("svg.dots g.c-dezhou > g .full")


@both
@pytest.mark.parametrize("city", ["qingdao", "dongying"])
def test_a_city_without_a_document_at_hand_is_neither_silent_nor_in_words(
    book: Book, city: str, lang: str
) -> None:
    gone = without_documents(book, city)
    states = cp.topic_coverage(gone, city=city)
    assert set(states["state"]) == {"not_obtained"} and not states["count"].any()
    missing = {"zh": "未获得文件", "en": "No document at hand"}[lang]
    page = parsed(front(book.root, gone, plan(book.root), lang))
    for svg in page.select("svg.dots"):
        assert text_of(svg.select_one(f"g.c-{city} .said")) == missing
    for topic in TOPICS:
        page = page_over(gone, f"topic-{topic}.{lang}")
        is_sound(page)
        for cell in page.select(f"table.grid td.c-{city}"):
            assert missing in text_of(cell)
        name = place_name(gone, city, lang)
        said = {"zh": f"没有收录{name}", "en": f"No document of {name}"}[lang]
        assert said in text_of(page.select_one(".standfirst"))
