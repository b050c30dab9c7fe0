"""The page of a document: all of its words and no others, every coded row once, in its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from compare.errors import CompareError, UnknownName
from compare.outputs.document import document_page
from compare.tables.book import Book
from compare.words.labels import Labels
from compare.words.messages import Messages, placeholders

DOCUMENTS = ("dezhou-2020", "dezhou-2023", "dongying-2022", "jinan-2019", "qingdao-2020")
PAGES = [(source_id, lang) for source_id in DOCUMENTS for lang in ("zh", "en")]
AS_OF, EDITION = "2026-11-21", "2026.11"
# Sections for what the tables may hold and the documents of today do not.
AHEAD = {"nature.binding", "nature.expected", "note.baseline", "partly", "unread", "method.text.partly"}
Rows = list[dict[str, str]]
Raw = Callable[[str], Rows]


def packed(text: str) -> str:
    """Return a text without its white space, which a page sets as it likes."""
    return "".join(text.split())


def words(tag: Tag) -> str:
    """Return the document's words in an element: all but the numbers of the notes."""
    return "".join(
        str(text) for text in tag.find_all(string=True) if not text.find_parent("a", class_="chip")
    )


@dataclass(frozen=True, eq=False)
class Page:
    """One page: its text, its elements, and those of the document's words by what they carry."""

    source_id: str
    lang: str
    html: str

    @cached_property
    def tree(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    @cached_property
    def blocks(self) -> list[Tag]:
        return self.tree.select(".body .block")

    @cached_property
    def texts(self) -> list[Tag]:
        return self.tree.select(".body .text")

    @cached_property
    def text(self) -> str:
        return "".join(map(words, self.texts))

    @cached_property
    def ids(self) -> dict[str, Tag]:
        return {str(tag["id"]): tag for tag in self.tree.find_all(id=True)}

    @cached_property
    def quoted(self) -> dict[str, list[Tag]]:
        """The elements that hold the words of each figure and mention, in order."""
        parts: dict[str, list[Tag]] = {}
        for text in self.texts:
            for tag in text.find_all(attrs={"data-q": True}):
                for row_id in str(tag["data-q"]).split():
                    parts.setdefault(row_id, []).append(tag)
        return parts

    def marked(self, row_id: str) -> Tag:
        """Return the element that carries a row's id, or the one behind its empty anchor."""
        found = self.ids[row_id]
        while "anchor" in (found.get("class") or []):
            behind = found.find_next_sibling()
            assert behind is not None
            found = behind
        return found


@pytest.fixture(scope="module")
def make(book: Book) -> Callable[[str, str], Page]:
    """Return a maker of pages; the same one is made once, and no test changes it."""
    return cache(
        lambda source_id, lang: Page(source_id, lang, document_page(book, source_id, lang, AS_OF, EDITION))
    )


@pytest.fixture(params=PAGES, ids=".".join)
def page(request: pytest.FixtureRequest, make: Callable[[str, str], Page]) -> Page:
    """Return the page of each document in each language."""
    return make(*request.param)


@pytest.fixture(params=DOCUMENTS)
def chinese(request: pytest.FixtureRequest, make: Callable[[str, str], Page]) -> Page:
    """Return the Chinese page of each document, for what no language of a page touches."""
    return make(request.param, "zh")


@pytest.fixture
def of(request: pytest.FixtureRequest, raw: Raw) -> Raw:
    """Return a reader of the rows of the document whose page is tested."""
    name = "page" if "page" in request.fixturenames else "chinese"
    source_id = request.getfixturevalue(name).source_id
    return lambda table: [row for row in raw(table) if row["source_id"] == source_id]


def file_of(root: Path, source_id: str) -> str:
    path = root / "data" / "raw" / source_id.partition("-")[0] / f"{source_id}.txt"
    return path.read_bytes().decode("utf-8")


def test_the_text_is_the_body_and_nothing_else(book: Book, page: Page) -> None:
    assert packed(page.text) == packed(book.read(page.source_id).reading.text)


@pytest.mark.parametrize("source_id", [name for name in DOCUMENTS if name != "dezhou-2020"])
def test_the_text_is_the_raw_file_less_the_furniture(
    root: Path, raw: Raw, make: Callable[[str, str], Page], source_id: str
) -> None:
    """dezhou-2020 has chunk markers in its words, so its raw file says more than its body."""
    text = file_of(root, source_id)
    rows = [row for row in raw("furniture") if row["source_id"] == source_id]
    for row in sorted(rows, key=lambda row: -int(row["start"])):
        text = text[: int(row["start"])] + text[int(row["end"]) :]
    assert packed(make(source_id, "zh").text) == packed(text)


def test_furniture_stands_nowhere(root: Path, page: Page, of: Raw) -> None:
    text, shown = file_of(root, page.source_id), packed(page.tree.get_text())
    for row in of("furniture"):
        assert packed(text[int(row["start"]) : int(row["end"])]) not in shown, row["first_words"]


def coded_ids(of: Raw) -> list[str]:
    keys = {"targets": "target_id", "deadlines": "deadline_id", "commitments": "commitment_id"}
    ids = [row[key] for table, key in keys.items() for row in of(table)]
    return ids + [row["mention_id"] for row in of("mentions") if row["class"] == "unquantified"]


def test_every_row_is_an_anchor_once(page: Page, of: Raw) -> None:
    ids = Counter(str(tag["id"]) for tag in page.tree.find_all(id=True))
    assert {name: count for name, count in ids.items() if count > 1} == {}
    in_text = [str(tag["id"]) for text in page.texts for tag in text.find_all(id=True)]
    assert sorted(in_text) == sorted(coded_ids(of))


def test_marks_hold_the_quote_and_the_value(chinese: Page, of: Raw) -> None:
    for row in of("targets"):
        parts = chinese.quoted[row["target_id"]]
        assert "".join(part.get_text() for part in parts) == row["quote"], row["target_id"]
        assert {part.name for part in parts} == {"mark"}
        value = chinese.marked(row["target_id"])
        assert value.get_text() == row["value_text"], row["target_id"]
        assert {"quote", "value"} <= set(value["class"])
        assert ("status" in value["class"]) == (row["kind"] == "status")


def test_only_words_with_a_figure_have_a_yellow_ground(chinese: Page, of: Raw) -> None:
    figures = {row["target_id"] for row in of("targets")}
    for mark in chinese.tree.select(".body mark"):
        assert set(str(mark["data-q"]).split()) & figures, mark.get_text()
    values = "".join(mark.get_text() for mark in chinese.tree.select(".body mark.value"))
    # Two figures may share one value: it is marked once.
    spans = {(row["value_start"], row["value_text"]) for row in of("targets")}
    assert len(values) == sum(len(text) for _, text in spans)


def test_mentions_are_underlined(chinese: Page, of: Raw) -> None:
    for row in of("mentions"):
        parts = chinese.quoted.get(row["mention_id"], [])
        if row["class"] == "unquantified":
            assert "".join(map(words, parts)) == row["quote"], row["mention_id"]
            assert all("said" in part["class"] for part in parts)
        else:
            assert parts == [], f"{row['mention_id']} is {row['class']}: no statement of the document"


def test_deadlines_are_boxed_and_dated(chinese: Page, of: Raw) -> None:
    boxes = chinese.tree.select(".body .due")
    assert len(boxes) == len(of("deadlines"))
    for row in of("deadlines"):
        box = chinese.marked(row["deadline_id"])
        assert box.get_text() == row["due_text"] and "due" in box["class"], row["deadline_id"]
        # The date is written out where the words leave the year to the reader, and only there.
        assert box.has_attr("data-due") == (row["due_source"] != "explicit"), row["deadline_id"]
        if row["due_on"]:
            assert row["due_on"][:4] in str(box["title"])


def test_commitments_hold_their_words(chinese: Page, of: Raw) -> None:
    pieces: dict[str, str] = {}
    for tag in chinese.tree.select(".body .pledge"):
        row_id = str(tag["title"]).rpartition(" ")[2]
        pieces[row_id] = pieces.get(row_id, "") + words(tag)
    assert pieces == {row["commitment_id"]: row["action_zh"] for row in of("commitments")}
    soft = {str(tag["title"]).rpartition(" ")[2] for tag in chinese.tree.select(".body .pledge.soft")}
    assert soft == {row["commitment_id"] for row in of("commitments") if row["force"] == "aspirational"}


def test_a_topic_is_named_where_it_changes(page: Page, of: Raw, raw: Raw) -> None:
    names = {row["topic_id"]: row[f"name_{page.lang}"] for row in raw("topics")}
    topic_of = {row["commitment_id"]: names[row["topic_id"]] for row in of("commitments")}
    for text in page.texts:
        pledges = text.select(".pledge")
        real = [topic_of[str(tag["title"]).rpartition(" ")[2]] for tag in pledges]
        changes = [now if now != before else None for before, now in zip(["", *real], real, strict=False)]
        assert [tag.get("data-topic") for tag in pledges] == changes


def test_clauses_that_undertake_nothing_are_plain(chinese: Page, of: Raw) -> None:
    copy = Page(chinese.source_id, "zh", chinese.html)
    for tag in copy.tree.select(".body .pledge"):
        tag.extract()
    left = packed(copy.text)
    for row in of("other_clauses"):
        assert packed(row["text_zh"]) in left, row["clause_id"]


def test_figures_are_numbered_in_reading_order(chinese: Page, of: Raw) -> None:
    chips = [chip.get_text() for chip in chinese.tree.select(".body .text .chip")]
    assert chips == [str(number) for number in range(1, len(of("targets")) + 1)]


def test_each_figure_has_its_note_beside_its_paragraph(book: Book, page: Page, of: Raw, raw: Raw) -> None:
    name_of = {row["indicator_id"]: row[f"name_{page.lang}"] for row in raw("indicators")}
    labels = Labels(book, page.lang)
    cells_of = {cells["target_id"]: cells for cells in book.records("targets")}
    for row in of("targets"):
        note, mark = page.ids[f"n-{row['target_id']}"], page.marked(row["target_id"])
        assert note.find_parent(class_="block") is mark.find_parent(class_="block") is not None
        text, cells = note.get_text(), cells_of[row["target_id"]]
        assert labels.value(cells) in text and name_of[row["indicator_id"]] in text
        assert labels.basis(row["basis"]) in text and row["target_id"] in text
        if row["kind"] == "target":
            assert labels.due(cells) in text
        back = note.find("a", href=f"#{row['target_id']}")
        there = page.tree.find("a", class_="chip", href=f"#n-{row['target_id']}")
        assert back is not None and there is not None
        assert back.get_text().split()[0] == there.get_text()
        # The number stands right behind the value, or behind that of another figure on the same value.
        assert [tag for tag in there.find_previous_siblings() if "chip" not in tag["class"]][0] is mark


def test_only_the_draft_is_marked_as_one(page: Page) -> None:
    tree, draft = page.tree, page.source_id == "dezhou-2020"
    assert bool(tree.select(".notice")) == draft and bool(tree.select(".draft-tag")) == draft
    word = {"zh": "代拟稿", "en": "draft"}[page.lang]
    notes = tree.select(".gloss:not(.mention)")
    assert [word in note.get_text() for note in notes] == [draft] * len(notes)
    assert [bool(note.select(".shape.draft")) for note in notes] == [draft] * len(notes)


def test_translations_stand_in_english_only(page: Page, raw: Raw) -> None:
    ids = {str(note["id"]).removeprefix("n-") for note in page.tree.select(".gloss")}
    rows = [row for row in raw("translations") if row["row_id"] in ids]
    assert {row["row_id"] for row in rows} == ids
    shown = [text.get_text() for text in page.tree.select(".translated")]
    wanted = {row["quote_en"] for row in rows}
    assert set(shown) == (wanted if page.lang == "en" else set())


def test_both_scripts_stand_side_by_side(page: Page) -> None:
    simple = page.tree.select(".body .simple")
    langs = {str(text["lang"]) for text in page.texts}
    if page.source_id != "qingdao-2020":
        assert simple == [] and langs == {"zh-Hans"}
        return
    assert langs == {"zh-Hant"} and {str(text["lang"]) for text in simple} == {"zh-Hans"}
    beside = [packed(one.get_text()) for block in page.blocks for one in block.select(".simple")]
    assert list(map(len, beside)) == [len(packed(words(text))) for text in page.texts]
    assert "统筹推进“数字青岛”建设" in "".join(beside) and "統籌推進“數字青島”建設" in page.text
    assert set("".join(beside)) & set("數據區臺項個為務") == set()


def test_headings_are_headings(chinese: Page, of: Raw) -> None:
    heads = packed("".join(words(tag) for tag in chinese.tree.select(".body :is(h3, h4, h5)")))
    for row in of("other_clauses"):
        if row["class"] == "heading":
            assert packed(row["text_zh"]) in heads, row["clause_id"]
    levels = [int(tag.name[1]) for tag in chinese.tree.select("h1, h2, h3, h4, h5")]
    assert all(below - above <= 1 for above, below in zip(levels, levels[1:], strict=False))


def test_the_contents_lead_to_every_section(chinese: Page, of: Raw) -> None:
    starts = []
    for link in chinese.tree.select(".contents li a"):
        block = chinese.ids[str(link["href"])[1:]]
        starts.append(int(str(block["id"])[2:]))
        # A unit of the ledger is parted from its number, which the text runs into its name.
        assert packed(link.get_text()) in packed(words(block.select(".text")[0]))
    assert starts == sorted(set(starts))
    counted = [int(tag.get_text()) for tag in chinese.tree.select(".contents .quiet")]
    assert sum(counted) == len(of("targets"))


def test_offsets_lead_back_to_the_raw_file(root: Path, page: Page) -> None:
    text, last = file_of(root, page.source_id), 0
    for block, shown in zip(page.blocks, map(words, page.texts), strict=True):
        start, end = map(int, re.findall(r"\d+", block.select(".at")[0].get_text()))
        assert (text[start], text[end - 1]) == (shown[0], shown[-1])
        assert str(block["id"]) == f"p-{start}" and last <= start < end
        last = end


def test_the_ledger_keeps_its_columns(make: Callable[[str, str], Page], raw: Raw) -> None:
    texts = make("dezhou-2020", "zh").texts
    columns = {"牵头任务": "task_zh", "工作计划": "plan_zh", "其他牵头单位": "other_leads_zh"}
    for label, column in columns.items():
        cells = [packed(words(text)) for text in texts if text.get("data-cell") == label]
        assert cells == [packed(row[column]) for row in raw("ledger") if row[column]], label


def test_the_header_says_what_the_document_is(page: Page, of: Raw) -> None:
    source, tree = of("sources")[0], page.tree
    header = tree.select("header.lead")[0].get_text()
    for name in ("title_zh", "document_number", "issuer_zh", "sha256", "note"):
        assert source[name] in header, name
    counts = [int(dd.get_text().replace(",", "")) for dd in tree.select(".facts dd")[:6]]
    assert counts == [
        sum(row["kind"] == "target" for row in of("targets")),
        sum(row["kind"] == "status" for row in of("targets")),
        len(of("deadlines")),
        len(of("commitments")),
        sum(row["class"] == "unquantified" for row in of("mentions")),
        len(of("other_clauses")),
    ]
    html = tree.find("html")
    assert isinstance(html, Tag) and html["lang"] == {"zh": "zh-CN", "en": "en"}[page.lang]


def test_the_page_needs_neither_network_nor_script(page: Page) -> None:
    assert len(page.html.encode()) < 1_500_000
    assert page.tree.find_all(["script", "img", "iframe", "object"]) == []
    assert page.tree.find_all(src=True) == []
    # What the style sheet paints with stands in it; a drawing names its format by an address.
    bare = re.sub(r'url\("data:[^"]*"\)', "", page.html)
    assert re.findall(r"https?://|url\(|@import", bare) == []
    assert [str(link["href"]) for link in page.tree.find_all("link")] == ["data:,"]
    other = {"zh": "en", "en": "zh"}[page.lang]
    links = {str(link["href"]) for link in page.tree.find_all("a")}
    front = {"zh": "../index.html", "en": "../index.en.html"}[page.lang]
    assert links - {f"#{name}" for name in page.ids} == {front, f"{page.source_id}.{other}.html"}


def test_the_same_rows_give_the_same_bytes(book: Book, make: Callable[[str, str], Page]) -> None:
    assert document_page(book, "qingdao-2020", "en", AS_OF, EDITION) == make("qingdao-2020", "en").html


@pytest.mark.parametrize(
    ("arguments", "error", "expected"),
    [
        (("dezhou-2022", "zh", AS_OF), UnknownName, 'No document "dezhou-2022" is at hand'),
        (("shandong-2019", "zh", AS_OF), UnknownName, 'No document "shandong-2019" is at hand'),
        (("dezhou-2020", "fr", AS_OF), CompareError, 'column lang: found "fr"; expected zh or en'),
        (("dezhou-2020", "zh", "today"), CompareError, 'column as_of: found "today"'),
    ],
    ids=["unknown", "known but not obtained", "another language", "no date"],
)
def test_what_cannot_be_shown_is_said(
    book: Book, arguments: tuple[str, str, str], error: type[CompareError], expected: str
) -> None:
    with pytest.raises(error, match=re.escape(expected)):
        document_page(book, *arguments, EDITION)


def written(root: Path, lang: str) -> dict[str, str]:
    """Return the sections of the page's own text, without those that all pages share."""
    file = (root / "notebooks" / "text" / f"source.{lang}.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (\S+)$", file, flags=re.MULTILINE)
    return {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def test_both_languages_hold_the_same_sections(root: Path) -> None:
    zh, en = (written(root, lang) for lang in ("zh", "en"))
    assert list(zh) == list(en) and all(zh.values()) and all(en.values())
    assert [placeholders(text) for text in zh.values()] == [placeholders(text) for text in en.values()]


def test_every_section_is_said(book: Book, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()

    def say(self: Messages, section: str, /, **values: object) -> str:
        asked.add(section)
        return self.sections[section].format(**values)

    monkeypatch.setattr(Messages, "say", say)
    for source_id in DOCUMENTS:
        document_page(book, source_id, "en", AS_OF, EDITION)
    assert set(written(root, "zh")) - asked == AHEAD
