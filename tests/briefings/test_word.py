"""The Word documents: every word, link and absence of the page, in the official style, the same each time."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from docx.shared import Mm

from compare.build.plan import plan
from compare.errors import CompareError, UnknownName
from compare.outputs.word import style as word_style
from compare.outputs.word.css import hidden_selectors
from compare.outputs.word.documents import word
from compare.outputs.word.file import document
from compare.outputs.word.page import read_page
from compare.outputs.word.pictures import Shot

NAMES = [one.name for one in plan(Path(__file__).parents[2])]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
# What a page's style sheet may leave out on paper: ways about it, a phone's labels, what can be taken away.
LEFT_OUT = ".bar nav, .skip, .close, .backs, .phone-city, .stack .label, .take, .cal .cal-to-years"
# Hidden as well, yet in the document: the other sizes of a chart, and the headings of what opens.
KEPT = ".w340, .w720, .w1080, .twin summary"
# Words that the picture of a chart shows, and what holds none.
UNWRITTEN = ".labels, nav, script, style, button"
# What the document may have beyond the page: signs the page draws, brackets, and marks between parts.
ADDED = set("▲△■□●○◆◇[]；;：:（）()·")


@dataclass(frozen=True, eq=False)
class Made:
    """One page, and the document made from it with a blank picture for every chart."""

    name: str
    html: str

    @property
    def lang(self) -> str:
        return self.name.rpartition(".")[2]

    @cached_property
    def main(self) -> Tag:
        tree = BeautifulSoup(
            re.sub(r"<(script|style)\b.*?</\1>", "", self.html, flags=re.DOTALL), "html.parser"
        )
        main = tree.find("main")
        assert isinstance(main, Tag)
        for element in main.select(f"{LEFT_OUT}, {UNWRITTEN}"):
            element.extract()
        return main

    @cached_property
    def bytes(self) -> bytes:
        return made_of(self.html)

    @cached_property
    def doc(self) -> Any:
        return docx.Document(io.BytesIO(self.bytes))

    @cached_property
    def xml(self) -> ElementTree.Element:
        return part(self.bytes, "word/document.xml")

    @cached_property
    def text(self) -> str:
        return "".join(one.text or "" for one in self.xml.iter(f"{W}t"))


def made_of(html: str, edition: str = "2026.11") -> bytes:
    page = read_page(html)
    shots = {numbers[0]: [Shot(PNG, 720, 400)] for numbers in page.alts.values()}
    return document(page, shots, edition=edition, as_of="2026-11-21")


def part(content: bytes, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="session")
def documents(site: Path) -> dict[str, Made]:
    """Return the document of every planned page."""
    return {
        name: Made(name, (site / "reports" / f"{name}.html").read_text(encoding="utf-8")) for name in NAMES
    }


@pytest.fixture(params=NAMES)
def made(request: pytest.FixtureRequest, documents: dict[str, Made]) -> Made:
    """Return the document of each planned page in turn."""
    return documents[request.param]


@pytest.fixture(params=["topic-5g.zh", "topic-5g.en"])
def sample(request: pytest.FixtureRequest, documents: dict[str, Made]) -> Made:
    """Return the document of one page in each language."""
    return documents[request.param]


# ── the words ───────────────────────────────────────────────────────────────


def test_no_word_of_the_page_is_lost(made: Made) -> None:
    written = bare(made.text)
    strings = [bare(str(one)) for one in made.main.find_all(string=True) if type(one) is NavigableString]
    assert [one for one in strings if one and one not in written] == []
    said, kept = Counter(bare(made.main.get_text())), Counter(written)
    assert said - kept == Counter()


def test_nothing_is_left_out_but_what_is_known_here(made: Made) -> None:
    css = "".join(re.findall(r"<style>(.*?)</style>", made.html, re.DOTALL))
    hidden = {one.strip() for selector in hidden_selectors(css) for one in selector.split(",")}
    assert hidden <= set(f"{LEFT_OUT}, {KEPT}".split(", "))


def test_nothing_is_added_but_signs_and_the_line_under_the_title(made: Made) -> None:
    page = read_page(made.html)
    said = Counter(bare(made.main.get_text()) + bare("".join(page.about)))
    assert {sign for sign in Counter(bare(made.text)) - said if sign not in ADDED} == set()


def test_the_words_keep_their_order(made: Made) -> None:
    """Paragraphs of the page in their order, apart from kickers, which follow their headings."""
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
    wanted = Counter(
        place_name(str(link["href"])[1:])
        for link in made.main.select('a[href^="#"]')
        if str(link["href"])[1:] in ids and bare(link.get_text())
    )
    found = Counter(anchors(made.xml))
    assert set(found) == set(wanted)
    marks = [one.get(f"{W}name") or "" for one in made.xml.iter(f"{W}bookmarkStart")]
    assert set(wanted) == set(marks) and len(set(marks)) == len(marks)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name, re.ASCII) for name in marks)
    numbers = [one.get(f"{W}id") for one in made.xml.iter(f"{W}bookmarkStart")]
    assert len(set(numbers)) == len(numbers)


def place_name(place: str) -> str:
    return "p_" + re.sub(r"\W", "_", place)


def anchors(xml: ElementTree.Element) -> Iterator[str]:
    for link in xml.iter(f"{W}hyperlink"):
        yield link.get(f"{W}anchor") or ""


def test_the_bookmark_of_a_figure_stands_before_its_bold_words(made: Made) -> None:
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


# ── the official style ──────────────────────────────────────────────────────


def test_the_sheet_is_that_of_the_standard(sample: Made) -> None:
    [section] = sample.doc.sections
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
    held = {one.name.lower(): one for one in documents["topic-5g.zh"].doc.styles}[style.lower()]
    fonts = held.element.rPr.rFonts
    assert fonts.get(f"{W}eastAsia") == font, reason
    assert fonts.get(f"{W}ascii") == (font if style == "footer" else "Times New Roman")
    assert held.font.size.pt == size, reason
    assert line is None or held.paragraph_format.line_spacing.pt == line, reason


def test_only_our_own_styles_are_there(sample: Made) -> None:
    """Word's pane of styles shows those of the standard, and nothing that python-docx brings."""
    basic = {"Normal", "Default Paragraph Font", "Normal Table", "Table Grid"}
    wanted = basic | {style.name for style in word_style.styles(sample.lang)}
    assert {one.element.name_val for one in sample.doc.styles} == wanted
    assert sample.doc.styles.element.find(f"{W}latentStyles") is None
    used = {one.style.style_id for one in sample.doc.paragraphs}
    assert used <= {style.id for style in word_style.styles(sample.lang)}


def test_every_chinese_font_has_others_to_stand_in_for_it(sample: Made) -> None:
    named = {one.get(f"{W}eastAsia") for one in sample.doc.styles.element.iter(f"{W}rFonts")}
    held = part(sample.bytes, "word/fontTable.xml")
    others = {
        one.get(f"{W}name"): (one.find(f"{W}altName").get(f"{W}val") or "").split(",")  # type: ignore[union-attr]
        for one in held.findall(f"{W}font")
        if one.find(f"{W}altName") is not None
    }
    assert named <= set(others) and all(len(names) > 1 for names in others.values())


def test_words_in_no_style_look_like_the_text(documents: dict[str, Made]) -> None:
    [held] = documents["topic-5g.zh"].doc.styles.element.iter(f"{W}rPrDefault")
    assert held.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "仿宋_GB2312"
    assert held.find(f"{W}rPr/{W}sz").get(f"{W}val") == "32"
    assert list(next(documents["topic-5g.zh"].doc.styles.element.iter(f"{W}pPrDefault"))) == []


def test_paragraphs_of_text_begin_two_characters_in(documents: dict[str, Made]) -> None:
    for name in ("Body Text", "heading 1"):
        held = next(one for one in documents["topic-5g.zh"].doc.styles if one.name.lower() == name.lower())
        assert held.element.pPr.ind.get(f"{W}firstLineChars") == "200"


@pytest.mark.parametrize(
    ("lang", "texts"), [("zh", ["%1、", "（%2）", "%3."]), ("en", ["%1.", "%1.%2", "%1.%2.%3"])]
)
def test_headings_are_numbered_as_the_language_does(
    documents: dict[str, Made], lang: str, texts: list[str]
) -> None:
    numbering = part(documents[f"topic-5g.{lang}"].bytes, "word/numbering.xml")
    levels = numbering.findall(f"{W}abstractNum")[0].findall(f"{W}lvl")
    assert [one.find(f"{W}lvlText").get(f"{W}val") for one in levels] == texts  # type: ignore[union-attr]
    assert [one.find(f"{W}pStyle").get(f"{W}val") for one in levels] == ["Heading1", "Heading2", "Heading3"]  # type: ignore[union-attr]


def test_every_list_has_numbers_of_its_own_from_one(made: Made) -> None:
    numbering = part(made.bytes, "word/numbering.xml")
    known = {one.get(f"{W}numId") for one in numbering.findall(f"{W}num")}
    used = {one.get(f"{W}val") for one in made.xml.iter(f"{W}numId")}
    assert used == known - {"1"}
    starts = numbering.findall(f"{W}num/{W}lvlOverride/{W}startOverride")
    assert [one.get(f"{W}val") for one in starts] == ["1"] * len(used)


def test_page_numbers_stand_on_the_outer_side(sample: Made) -> None:
    [section] = sample.doc.sections
    assert sample.doc.settings.odd_and_even_pages_header_footer
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
    found = [one.style.name.lower() for one in made.doc.paragraphs]
    shown = Counter(name for name in found if name in ("title", "heading 1", "heading 2"))
    # In a cell, what opens on a screen is a line of the cell.
    opened = [one for one in made.main.find_all("summary") if not one.find_parent(["td", "th"])]
    summaries = sum(not one.find_next_sibling("table") for one in opened)
    assert shown == Counter(map(str.lower, wanted)) + Counter({"heading 2": summaries})


def test_chinese_marks_take_the_chinese_font(documents: dict[str, Made]) -> None:
    for run in documents["topic-5g.zh"].xml.iter(f"{W}r"):
        text = "".join(one.text or "" for one in run.iter(f"{W}t"))
        fonts = run.find(f"{W}rPr/{W}rFonts")
        assert bool(re.search("[“”……▲]", text)) <= (fonts is not None)


def test_pictures_carry_the_alternative_text(made: Made) -> None:
    alts = list(dict.fromkeys(str(one["aria-label"]) for one in made.main.select(".plot")))
    shapes = [one._inline for one in made.doc.inline_shapes]
    assert [one.docPr.get("descr") for one in shapes] == alts
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
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang "
    "decimalSymbol listSeparator",
}


@pytest.mark.parametrize("name", ["document", "styles", "numbering", "settings", "footer1", "footer2"])
def test_elements_stand_in_the_order_of_the_schema(documents: dict[str, Made], name: str) -> None:
    for made in documents.values():
        for element in part(made.bytes, f"word/{name}.xml").iter():
            kind = element.tag.removeprefix(W)
            if kind in ORDER:
                order = ORDER[kind].split()
                found = [order.index(child.tag.removeprefix(W)) for child in element]
                assert found == sorted(found), (made.name, kind)


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


def test_a_script_reads_and_changes_the_document(sample: Made) -> None:
    """Through python-docx, as a reader of the files would."""
    doc = docx.Document(io.BytesIO(sample.bytes))
    [title] = [one for one in doc.paragraphs if one.style.name == "Title"]
    assert bare(title.text) == bare(sample.main.find("h1").get_text())  # type: ignore[union-attr]
    places = {link.fragment for one in doc.paragraphs for link in one.hyperlinks}
    assert places and places <= {one.get(f"{W}name") for one in sample.xml.iter(f"{W}bookmarkStart")}
    doc.add_heading("附", 1)
    doc.add_paragraph("一句话", style="Body Text")
    held = io.BytesIO()
    doc.save(held)
    assert [one.text for one in docx.Document(held).paragraphs[-2:]] == ["附", "一句话"]


def test_every_part_is_declared_and_every_relation_leads_to_a_part(sample: Made) -> None:
    archive = zipfile.ZipFile(io.BytesIO(sample.bytes))
    names = set(archive.namelist())
    types = ElementTree.fromstring(archive.read("[Content_Types].xml"))
    declared = {one.get("PartName", "").lstrip("/") for one in types if one.get("PartName")}
    assert declared <= names
    assert {name for name in names if name.endswith(".xml") and name != "[Content_Types].xml"} == declared
    links = ElementTree.fromstring(archive.read("word/_rels/document.xml.rels"))
    assert {f"word/{one.get('Target')}" for one in links} <= names
    used = set(re.findall(r'r:(?:id|embed)="(\w+)"', archive.read("word/document.xml").decode()))
    assert used <= {one.get("Id") for one in links}


def test_the_same_page_gives_the_same_bytes_and_no_time_of_this_machine(sample: Made) -> None:
    assert made_of(sample.html) == sample.bytes
    assert made_of(sample.html, edition="2027.01") != sample.bytes
    assert {one.date_time for one in zipfile.ZipFile(io.BytesIO(sample.bytes)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }
    about = sample.doc.core_properties
    assert (about.created.isoformat()[:10], about.modified.isoformat()[:10]) == ("2026-11-21", "2026-11-21")
    assert about.title == sample.main.find("h1").get_text()  # type: ignore[union-attr]
    assert about.version == "2026.11"
    assert about.author == read_page(sample.html).about[0]
    assert "python" not in zipfile.ZipFile(io.BytesIO(sample.bytes)).read("docProps/core.xml").decode()


# ── the command's work ──────────────────────────────────────────────────────


@pytest.fixture
def broken(site: Path, tmp_path: Path) -> Path:
    """Return a copy of the built site whose pages a test may break."""
    copy = tmp_path / "site"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("*.docx"))
    return copy


def test_a_page_that_is_missing_or_old_is_told_and_its_document_leaves(broken: Path) -> None:
    name = "topic-5g.zh"
    old = broken / "reports" / "word" / f"{name}.docx"
    old.parent.mkdir(exist_ok=True)
    old.write_bytes(b"older")
    page = broken / "reports" / f"{name}.html"
    page.write_text(page.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with pytest.raises(CompareError, match="run make first"):
        word(broken, [name])
    assert not old.exists()
    page.unlink()
    with pytest.raises(CompareError, match=f'reports/{name}.html: found "no page"'):
        word(broken, [name])


def test_a_name_that_is_no_briefing_is_refused(site: Path) -> None:
    with pytest.raises(UnknownName, match="topic-5g.zh"):
        word(site, ["topic-5g.cn"])


def test_without_a_browser_the_user_is_told_what_to_install(
    site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    with pytest.raises(CompareError, match="install Chromium, Chrome or Edge"):
        word(site, ["topic-5g.zh"])
    assert not (site / "reports" / "word" / "topic-5g.zh.docx").exists()
