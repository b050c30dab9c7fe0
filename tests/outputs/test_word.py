"""The Word documents: every word, link and absence of the page, in the official style, the same each time."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from docx.shared import Mm

import compare as cp
from compare.build.plan import plan
from compare.outputs import word_style
from compare.outputs.page import Frame, html_page
from compare.outputs.pictures import Picture, on_paper
from compare.outputs.word import word_document
from compare.sections.section import Chart, Section, parts
from compare.tables.book import Book
from compare.words.messages import messages
from compare.words.text import plain

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
DAY = datetime.date(2026, 11, 21)
# What a page has for readers at a screen, and words that the picture of a chart shows.
UNWRITTEN = ".close, .backs, .phone-city, td .label, .take, .labels, nav, script, style, button"
# What the document may have beyond the page: signs the page draws, brackets, and marks between parts.
ADDED = set("▲△■□●○◆◇[]；;：:（）()·")


@dataclass(frozen=True, eq=False)
class Made:
    """The sections of a page, the page, and the document with a blank picture for every chart."""

    sections: list[Section]
    frame: Frame

    @property
    def lang(self) -> str:
        return self.frame.lang

    @cached_property
    def main(self) -> Tag:
        html = html_page(self.sections, self.frame)
        tree = BeautifulSoup(re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL), "html.parser")
        main = tree.find("main")
        assert isinstance(main, Tag)
        for element in main.select(UNWRITTEN):
            element.extract()
        return main

    @cached_property
    def bytes(self) -> bytes:
        return document(self.sections, self.frame)

    @cached_property
    def doc(self) -> Any:
        return docx.Document(io.BytesIO(self.bytes))

    @cached_property
    def xml(self) -> ElementTree.Element:
        return part(self.bytes, "word/document.xml")

    @cached_property
    def text(self) -> str:
        return "".join(one.text or "" for one in self.xml.iter(f"{W}t"))


def document(sections: list[Section], frame: Frame, edition: str = "2026.11") -> bytes:
    drawn = [one for chart in parts(sections, Chart) if (one := on_paper(chart))]
    return word_document(sections, frame, {one: [Picture(PNG, 720, 400)] for one in drawn}, edition)


def sections_of(book: Book, topic: str, lang: str) -> list[Section]:
    """Return the sections of a page on a topic, as its notebook shows them."""
    figures, pairs, made = cp.figures(book, topic), cp.pairs(book, topic=topic), cp.sections
    cities, documents, cells = cp.cities(book, topic), cp.documents(book, topic), cp.table(book, topic)
    above, ranks = cp.cascade(book, None, topic), cp.ranks(book, cp.rankable(book, topic))
    items = book.indicators.loc[book.indicators["topic_id"] == topic, "indicator_id"]
    order = cp.order(book, items)
    every = [
        made.topic_lead(figures, order, pairs, cities, documents, lang),
        made.comparability(figures, pairs, lang),
        made.values(figures, pairs, above, lang),
        made.timeline(figures, lang),
        made.table(cells, figures, cities, documents, cp.tally(book, topic), lang),
        made.above(above, figures, cp.contradictions(book, topic=topic), lang),
        made.ranked(ranks, figures, lang),
        made.sentences(cp.passages(book, figures), figures, lang),
        made.elsewhere(cp.facts(book, figures), figures, lang),
        made.searches(cells, lang),
        made.method(documents, str(DAY), topic, topic, lang),
    ]
    return [one for one in every if one.title or one.blocks]


def part(content: bytes, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def documents(book: Book) -> dict[str, Made]:
    """Return a document in each language on the first topic that has a page."""
    topic = next(str(one.parameters["topic"]) for one in plan(book.root) if "topic" in one.parameters)
    return {
        lang: Made(
            sections_of(book, topic, lang), Frame(lang, DAY, messages(lang, "topic_comparison"), "简报")
        )
        for lang in ("zh", "en")
    }


@pytest.fixture(params=["zh", "en"])
def made(request: pytest.FixtureRequest, documents: dict[str, Made]) -> Made:
    """Return the document of each language in turn."""
    return documents[request.param]


# ── the words ───────────────────────────────────────────────────────────────


def test_no_word_of_the_page_is_lost(made: Made) -> None:
    written = bare(made.text)
    strings = [bare(str(one)) for one in made.main.find_all(string=True) if type(one) is NavigableString]
    assert [one for one in strings if one and one not in written] == []
    said, kept = Counter(bare(made.main.get_text())), Counter(written)
    assert said - kept == Counter()


def test_nothing_is_added_but_signs_and_the_line_under_the_title(made: Made) -> None:
    about = made.frame.messages.say("site") + made.frame.kicker
    said = Counter(bare(made.main.get_text() + about))
    assert {sign for sign in Counter(bare(made.text)) - said if sign not in ADDED} == set()


def test_the_words_keep_their_order(made: Made) -> None:
    """Apart from kickers, which follow their headings."""
    written, place = bare(made.text), 0
    for element in made.main.find_all(["h1", "h2", "h3", "blockquote", "summary"]):
        # Numbers of sentences stand in brackets in the document.
        for piece in filter(None, (bare(str(one)) for one in element.find_all(string=True))):
            found = written.find(piece, place)
            assert found >= 0, f"{piece} is not after {written[max(0, place - 20) : place]}"
            place = found + len(piece)


def tables(made: Made) -> Iterator[tuple[Tag, ElementTree.Element]]:
    """Yield each table of the page with the one made of it; lists of facts become tables too."""
    written = list(made.xml.iter(f"{W}tbl"))
    shown = made.main.find_all(["table", "dl"])
    assert len(written) == len(shown)
    yield from ((one, other) for one, other in zip(shown, written, strict=True) if one.name == "table")


def cells(row: ElementTree.Element) -> list[ElementTree.Element]:
    """Return the cells that begin in a row, without those that only continue one above."""
    held = row.findall(f"{W}tc")
    merges = [cell.find(f"{W}tcPr/{W}vMerge") for cell in held]
    return [
        cell for cell, one in zip(held, merges, strict=True) if one is None or one.get(f"{W}val") == "restart"
    ]


def said_in(element: ElementTree.Element) -> str:
    text = bare("".join(one.text or "" for one in element.iter(f"{W}t")))
    return "".join(sign for sign in text if sign not in ADDED)


def test_every_cell_keeps_its_words_in_its_place(made: Made) -> None:
    """Also those that say which absence a cell is: silent, not obtained, words only."""
    for table, written in tables(made):
        wanted = [
            [
                "".join(sign for sign in bare(cell.get_text()) if sign not in ADDED)
                for cell in row.select("th, td")
            ]
            for row in table.find_all("tr")
        ]
        assert [[said_in(cell) for cell in cells(row)] for row in written.findall(f"{W}tr")] == wanted


def test_a_value_and_each_absence_look_different(documents: dict[str, Made]) -> None:
    looks: dict[str, set[str]] = {}
    for made in documents.values():
        for table, written in tables(made):
            boxes = [cell for row in written.findall(f"{W}tr") for cell in cells(row)]
            for cell, box in zip(table.select("th, td"), boxes, strict=True):
                shade = box.find(f"{W}tcPr/{W}shd")
                for kind in [one for one in cell.get_attribute_list("class") if str(one).startswith("k-")]:
                    looks.setdefault(str(kind), set()).add("" if shade is None else str(shade.get(f"{W}val")))
    assert looks["k-quantified"] == {"clear"}
    assert looks["k-not_obtained"] == {"thinDiagStripe"}
    assert looks["k-silent"] == looks["k-unquantified"] == {""}


# ── links to the sentences ──────────────────────────────────────────────────


def test_every_figure_leads_to_its_marked_words(made: Made) -> None:
    ids = {str(one["id"]) for one in made.main.select("[id]")}
    wanted = {
        place_name(str(link["href"])[1:])
        for link in made.main.select('a[href^="#"]')
        if str(link["href"])[1:] in ids and bare(link.get_text())
    }
    assert wanted
    found = [link.get(f"{W}anchor") or "" for link in made.xml.iter(f"{W}hyperlink")]
    assert set(found) == wanted
    marks = [one.get(f"{W}name") or "" for one in made.xml.iter(f"{W}bookmarkStart")]
    assert wanted == set(marks) and len(set(marks)) == len(marks)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name, re.ASCII) for name in marks)
    numbers = [one.get(f"{W}id") for one in made.xml.iter(f"{W}bookmarkStart")]
    assert len(set(numbers)) == len(numbers)


def place_name(place: str) -> str:
    return "p_" + re.sub(r"\W", "_", place)


def test_numbers_are_those_of_the_page(made: Made) -> None:
    shown = Counter(one.get_text() for one in made.main.select("sup.chip"))
    written = Counter()
    for run in made.xml.iter(f"{W}r"):
        if run.find(f"{W}rPr/{W}vertAlign") is not None:
            written["".join(one.text or "" for one in run.iter(f"{W}t")).strip("[]")] += 1
    assert written == shown


def test_the_bookmark_of_a_figure_stands_before_its_bold_words(made: Made) -> None:
    seen = 0
    for paragraph in made.xml.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or style.get(f"{W}val") != "Quote":
            continue
        bold = False
        for element in reversed(list(paragraph)):
            if element.tag == f"{W}r":
                bold = all(element.find(f"{W}rPr/{W}{kind}") is not None for kind in ("b", "shd"))
            elif element.tag == f"{W}bookmarkStart":
                assert bold, element.get(f"{W}name")
                seen += 1
    assert seen


# ── the official style ──────────────────────────────────────────────────────


def test_the_sheet_is_that_of_the_standard(made: Made) -> None:
    [section] = made.doc.sections
    millimetres = [
        round(length.mm)
        for length in (section.page_width, section.page_height, section.top_margin, section.bottom_margin,
                       section.left_margin, section.right_margin)
    ]  # fmt: skip
    assert millimetres == [210, 297, 37, 35, 28, 26]


@pytest.mark.parametrize(
    ("style", "font", "size", "line", "reason"),
    [
        ("Title", "方正小标宋简体", 22, 36, "2号"),
        ("heading 1", "黑体", 16, 28, "3号"),
        ("heading 2", "楷体_GB2312", 16, 28, "3号"),
        ("heading 3", "仿宋_GB2312", 16, 28, "3号"),
        ("Body Text", "仿宋_GB2312", 16, 28, "3号, 28 points"),
        ("List Number", "仿宋_GB2312", 16, 28, "items are body text"),
        ("Quote", "仿宋_GB2312", 12, 21, "小四"),
        ("Table Text", "仿宋_GB2312", 10.5, 15, "五号"),
        ("footer", "宋体", 14, None, "4号"),
    ],
)
def test_chinese_styles(
    documents: dict[str, Made], style: str, font: str, size: float, line: float | None, reason: str
) -> None:
    held = {one.name.lower(): one for one in documents["zh"].doc.styles}[style.lower()]
    fonts = held.element.rPr.rFonts
    assert fonts.get(f"{W}eastAsia") == font, reason
    assert fonts.get(f"{W}ascii") == (font if style == "footer" else "Times New Roman")
    assert held.font.size.pt == size, reason
    assert line is None or held.paragraph_format.line_spacing.pt == line, reason


def test_only_our_own_styles_are_there(made: Made) -> None:
    """Word's pane of styles shows those of the standard, and nothing that python-docx brings."""
    basic = {"Normal", "Default Paragraph Font", "Normal Table", "Table Grid"}
    assert {one.element.name_val for one in made.doc.styles} == basic | {
        style.name for style in word_style.STYLES.values()
    }
    assert made.doc.styles.element.find(f"{W}latentStyles") is None
    assert {one.get(f"{W}val") for one in made.xml.iter(f"{W}pStyle")} <= set(word_style.STYLES)


def test_every_chinese_font_has_others_to_stand_in_for_it(made: Made) -> None:
    named = {one.get(f"{W}eastAsia") for one in made.doc.styles.element.iter(f"{W}rFonts")}
    others = {
        one.get(f"{W}name"): str(alias.get(f"{W}val")).split(",")
        for one in part(made.bytes, "word/fontTable.xml").findall(f"{W}font")
        if (alias := one.find(f"{W}altName")) is not None
    }
    assert named <= set(others) and all(len(names) > 1 for names in others.values())


def test_words_in_no_style_look_like_the_text(documents: dict[str, Made]) -> None:
    [held] = documents["zh"].doc.styles.element.iter(f"{W}rPrDefault")
    assert held.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "仿宋_GB2312"
    assert held.find(f"{W}rPr/{W}sz").get(f"{W}val") == "32"
    assert list(next(documents["zh"].doc.styles.element.iter(f"{W}pPrDefault"))) == []


def test_paragraphs_of_text_begin_two_characters_in(documents: dict[str, Made]) -> None:
    for name in ("Body Text", "heading 1"):
        held = next(one for one in documents["zh"].doc.styles if one.name.lower() == name.lower())
        assert held.element.pPr.ind.get(f"{W}firstLineChars") == "200"


@pytest.mark.parametrize(
    ("lang", "texts"), [("zh", ["%1、", "（%2）", "%3."]), ("en", ["%1.", "%1.%2", "%1.%2.%3"])]
)
def test_headings_are_numbered_as_the_language_does(
    documents: dict[str, Made], lang: str, texts: list[str]
) -> None:
    numbering = part(documents[lang].bytes, "word/numbering.xml")
    levels = numbering.findall(f"{W}abstractNum")[0].findall(f"{W}lvl")
    assert [one.find(f"{W}lvlText").get(f"{W}val") for one in levels] == texts  # type: ignore[union-attr]
    assert [one.find(f"{W}pStyle").get(f"{W}val") for one in levels] == ["Heading1", "Heading2", "Heading3"]  # type: ignore[union-attr]


def test_every_list_has_numbers_of_its_own_from_one(made: Made) -> None:
    numbering = part(made.bytes, "word/numbering.xml")
    known = {one.get(f"{W}numId") for one in numbering.findall(f"{W}num")}
    used = {one.get(f"{W}val") for one in made.xml.iter(f"{W}numId")}
    assert used and used == known - {"1"}
    starts = numbering.findall(f"{W}num/{W}lvlOverride/{W}startOverride")
    assert [one.get(f"{W}val") for one in starts] == ["1"] * len(used)


def test_page_numbers_stand_on_the_outer_side(made: Made) -> None:
    [section] = made.doc.sections
    assert made.doc.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        [line] = footer.paragraphs
        assert line._p.pPr.jc.get(f"{W}val") == side
        assert line.text == "— 1 —"
        assert [one.text for one in line._p.iter(f"{W}instrText")] == ["PAGE"]
        # A character from the outer edge, as the standard has it.
        assert line._p.pPr.ind.get(f"{W}{side}Chars") == "100"


def test_headings_are_headings_to_word(made: Made) -> None:
    levels = {"h1": "Title", "h2": "heading 1", "h3": "heading 2"}
    wanted = [levels[one.name] for one in made.main.find_all(["h1", "h2", "h3"])]
    # What opens on a screen has a heading too, but for a table alone and lines of a cell.
    opened = [one for one in made.main.find_all("summary") if not one.find_parent(["td", "th"])]
    wanted += ["heading 2" for one in opened if [part.name for part in one.find_next_siblings()] != ["table"]]
    found = [one.style.name.lower() for one in made.doc.paragraphs]
    shown = Counter(name for name in found if name in ("title", "heading 1", "heading 2"))
    assert shown == Counter(map(str.lower, wanted))


def test_chinese_marks_take_the_chinese_font(documents: dict[str, Made]) -> None:
    for run in documents["zh"].xml.iter(f"{W}r"):
        text = "".join(one.text or "" for one in run.iter(f"{W}t"))
        assert bool(re.search("[“”……▲]", text)) <= (run.find(f"{W}rPr/{W}rFonts") is not None)


def test_pictures_carry_the_alternative_text(made: Made) -> None:
    alts = [chart.alt for chart in parts(made.sections, Chart) if chart.drawings]
    shapes = [one._inline for one in made.doc.inline_shapes]
    assert alts and [one.docPr.get("descr") for one in shapes] == alts
    assert len({one.docPr.id for one in shapes}) == len(shapes)
    widest = round(word_style.TEXT_WIDTH * 36000) + 1
    assert all(one.extent.cx <= widest for one in shapes)
    # Without distances, LibreOffice would move a picture as wide as the text out of it.
    assert {one.get(f"dist{side}") for one in shapes for side in "TBLR"} <= {"0"}


# ── a file that Word opens, the same each time ──────────────────────────────

# The order that the schema of WordprocessingML (ISO/IEC 29500-1) sets for what is used here.
ORDER = {
    "trPr": "cantSplit tblHeader",
    "pPr": "pStyle keepNext keepLines widowControl numPr spacing ind jc outlineLvl",
    "rPr": "rFonts b color kern sz szCs u bdr shd vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd",
    "sectPr": "footerReference pgSz pgMar pgNumType cols",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "settings": "evenAndOddHeaders characterSpacingControl compat themeFontLang",
}


@pytest.mark.parametrize("name", ["document", "styles", "numbering", "settings", "footer1", "footer2"])
def test_elements_stand_in_the_order_of_the_schema(made: Made, name: str) -> None:
    for element in part(made.bytes, f"word/{name}.xml").iter():
        kind = element.tag.removeprefix(W)
        if kind in ORDER:
            order = ORDER[kind].split()
            found = [order.index(child.tag.removeprefix(W)) for child in element]
            assert found == sorted(found), kind


def test_a_table_has_cells_for_every_column(made: Made) -> None:
    for table in made.xml.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
            assert sum(int(one.get(f"{W}val") or 1) if one is not None else 1 for one in spans) == columns
            assert all(cell[-1].tag == f"{W}p" for cell in row.findall(f"{W}tc"))


def test_heads_are_repeated_and_no_row_parts_at_the_end_of_a_sheet(made: Made) -> None:
    for table, written in tables(made):
        heads = [row.find_parent("thead") is not None for row in table.find_all("tr")]
        rows = written.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == heads
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_tables_fill_the_width_of_the_text(made: Made) -> None:
    for table in made.doc.tables:
        assert abs(sum(column.width for column in table.columns) - Mm(word_style.TEXT_WIDTH)) < Mm(0.1)
        assert table.style.name == "Table Grid" and not table.autofit


def test_a_script_reads_and_changes_the_document(made: Made) -> None:
    """Through python-docx, as a reader of the files would."""
    doc = docx.Document(io.BytesIO(made.bytes))
    [title] = [one for one in doc.paragraphs if one.style.name == "Title"]
    assert bare(title.text) == bare(plain(made.sections[0].title))
    places = {link.fragment for one in doc.paragraphs for link in one.hyperlinks}
    assert places and places <= {one.get(f"{W}name") for one in made.xml.iter(f"{W}bookmarkStart")}
    doc.add_heading("附", 1)
    doc.add_paragraph("一句话", style="Body Text")
    held = io.BytesIO()
    doc.save(held)
    assert [one.text for one in docx.Document(held).paragraphs[-2:]] == ["附", "一句话"]


def test_every_part_is_declared_and_every_relation_leads_to_a_part(made: Made) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made.bytes))
    names = set(archive.namelist())
    types = ElementTree.fromstring(archive.read("[Content_Types].xml"))
    declared = {one.get("PartName", "").lstrip("/") for one in types if one.get("PartName")}
    assert declared <= names
    assert {name for name in names if name.endswith(".xml") and name != "[Content_Types].xml"} == declared
    links = ElementTree.fromstring(archive.read("word/_rels/document.xml.rels"))
    assert {f"word/{one.get('Target')}" for one in links} <= names
    used = set(re.findall(r'r:(?:id|embed)="(\w+)"', archive.read("word/document.xml").decode()))
    assert used <= {one.get("Id") for one in links}


def test_the_same_sections_give_the_same_bytes_and_no_time_of_this_machine(made: Made) -> None:
    assert document(made.sections, made.frame) == made.bytes
    assert document(made.sections, made.frame, edition="2027.01") != made.bytes
    archive = zipfile.ZipFile(io.BytesIO(made.bytes))
    assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = made.doc.core_properties
    assert (about.created.date(), about.modified.date()) == (DAY, DAY)
    assert about.title == plain(made.sections[0].title)
    assert (about.version, about.author) == ("2026.11", made.frame.messages.say("site"))
    assert "python" not in archive.read("docProps/core.xml").decode()
