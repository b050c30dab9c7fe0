"""Any page as blocks: headings, lists, tables, pictures, and words in elements that are not known."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from docx.shared import Mm

from compare.outputs.word import style as word_style
from compare.outputs.word.blocks import Paragraph, Picture, Table
from compare.outputs.word.file import document
from compare.outputs.word.page import read_page

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of(html: str) -> ElementTree.Element:
    """Return the text part of the document made of a page without pictures."""
    content = document(read_page(html), {}, edition="1", as_of="2026-11-21")
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))


def words_in(element: ElementTree.Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


CSS = """
/* .x{display:none} */ .a::before{display:none} .gone{color:red;display:none} .line,.lines b{display:block}
@media (max-width:9px){.b{display:none}} @media print{.ways{display: none!important}}
"""


def blocks(body: str, lang: str = "zh-CN") -> list[Any]:
    html = f"<html lang='{lang}'><head><style>{CSS}</style></head><body><main>{body}</main></body></html>"
    return list(read_page(html).blocks)


@pytest.mark.parametrize(
    ("body", "said", "reason"),
    [
        ("<p class='kicker'>图1</p><h2>标题</h2>", [("Heading1", "标题（图1）")], "it follows its heading"),
        ("<p class='kicker'>原文</p><h2>哪一句</h2>", [("Heading1", "原文：哪一句")], "or leads it in"),
        ("<section><p class='kicker'>图1</p><p>句</p></section>", [("BodyText", "句"), ("BodyText", "图1")],
         "a kicker without a heading is kept"),
        ("<ul><li>一</li><li>二</li></ul>", [("ListNumber", "一"), ("ListNumber", "二")], "items count"),
        ("<ul><li>一</li></ul>", [("BodyText", "一")], "a single item needs no number"),
        ("<article><aside>旁</aside>话<p>句</p>尾</article>",
         [("BodyText", "旁"), ("BodyText", "话"), ("BodyText", "句"), ("BodyText", "尾")],
         "words anywhere in elements that are not known"),
        ("<p>a<!-- b --> <b>c</b>\n d</p>", [("BodyText", "a c d")], "comments are no words, blanks are one"),
        ("<p>a <br> b</p>", [("BodyText", "a\nb")], "a break takes the blanks beside it"),
        ("<p>70%<sup class='chip'>6</sup></p>", [("BodyText", "70%[6]")], "or one would read 70%6"),
        ("<p>例 <span class='legend'><span>甲</span><span>乙</span></span></p>", [("BodyText", "例 甲；乙")],
         "a page sets a legend apart by space"),
        ("<p><span class='shape s-flow draft c-jinan'></span>新</p>", [("BodyText", "△新")],
         "a page draws the sign of a basis"),
        ("<p>看<a class='ways' href='#x'>跳</a></p><nav>页</nav><i class='gone'>它</i>", [("BodyText", "看")],
         "what paper does not show"),
        ("<details><summary>细目</summary><p>句</p></details>", [("Heading2", "细目"), ("Note", "句")],
         "what opens on asking"),
        ("<details><summary>表</summary><table><tr><td>1</td></tr></table></details>", [("Caption", "表")],
         "the table of a chart"),
        ("<div class='about'><p><i class='shape s-stock'></i><b>甲</b></p><p>乙<br>丙</p></div>",
         [("Source", "甲　乙　丙")], "all about a passage is one line"),
        ("<p class='a b x'>甲</p>", [("BodyText", "甲")], "hidden elsewhere, or in part, or in a comment"),
        ("<p>甲<span class='line'>乙</span> 丙</p>", [("BodyText", "甲\n乙\n丙")], "a line of its own"),
        ("<pre>甲</pre>", [("BodyText", "甲")], "another unknown element"),
    ],
)  # fmt: skip
def test_blocks_of_a_page(body: str, said: list[tuple[str, str]], reason: str) -> None:
    found = [(one.style, one.text) for one in blocks(body) if isinstance(one, Paragraph)]
    assert found == said, reason


def test_cells_that_span_rows_are_taken_up_in_each() -> None:
    html = (
        "<html lang='en'><main><table><tr><th rowspan='2'>a</th><td colspan='2'>b</td></tr>"
        "<tr><td>c</td><td>d</td></tr></table></main></html>"
    )
    xml = text_of(html)
    merges = [
        [(one.find(f"{W}tcPr/{W}vMerge") is not None, words_in(one))
         for one in row.findall(f"{W}tc")]
        for row in xml.iter(f"{W}tr")
    ]  # fmt: skip
    assert merges == [[(True, "a"), (False, "b")], [(True, ""), (False, "c"), (False, "d")]]


@pytest.mark.parametrize(
    ("rows", "grid", "reason"),
    [
        ("<tr><td rowspan='2' colspan='2'>a</td><td>b</td></tr><tr><td>c</td></tr>", ["aab", "aac"],
         "one cell over rows and columns"),
        ("<tr><td>a</td><td>b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr>", ["abc", "dee"],
         "the last cell of a short row reaches the end"),
        ("<tr><td>a</td><td rowspan='9'>b</td></tr><tr><td>c</td></tr>", ["ab", "cb"],
         "a cell that spans more rows than there are"),
        ("<tr><td>a</td><td rowspan='2'>b</td><td>c</td></tr><tr><td>d</td></tr>", ["abc", "db"],
         "what no cell fills stays empty"),
        ("<tr><th colspan='2'>a</th></tr><tr><td>b</td><td>c</td></tr>", ["aa", "bc"], "a head over columns"),
    ],
)  # fmt: skip
def test_merged_cells_are_one_to_those_who_read_them(rows: str, grid: list[str], reason: str) -> None:
    page = read_page(f"<html lang='en'><main><table>{rows}</table></main></html>")
    [table] = docx.Document(io.BytesIO(document(page, {}, edition="1", as_of="2026-11-21"))).tables
    assert ["".join(cell.text for cell in row.cells) for row in table.rows] == grid, reason
    assert {line.style.style_id for row in table.rows for cell in row.cells for line in cell.paragraphs} <= {
        "TableText", "TableRow",
    }  # fmt: skip


def test_a_table_without_rows_leaves_nothing_but_its_line() -> None:
    xml = text_of("<html lang='zh'><main><p>前</p><table></table><p>后</p></main></html>")
    assert list(xml.iter(f"{W}tbl")) == [] and words_in(xml) == "前后"


@pytest.mark.parametrize(
    ("body", "kind", "said", "reason"),
    [
        ("<b>甲</b>", "b", {}, "bold"),
        ("<sup>甲</sup>", "vertAlign", {"val": "superscript"}, "raised"),
        ("<mark class='value'>甲</mark>", "shd", {"fill": "FFE58A"}, "marked in yellow"),
        ("<span class='tag'>甲</span>", "bdr", {"val": "single"}, "in a frame"),
        ("<span class='tag draft-tag'>甲</span>", "bdr", {"val": "dashed"}, "a draft's frame"),
        ("<span class='draft-tag'>甲</span>", "u", {"val": "dash", "color": "4D5158"}, "a draft's line"),
        ("<span class='derived'>甲</span>", "u", {"val": "dotted", "color": "D9A400"}, "computed"),
        ("<span lang='zh-Hant'>甲</span>", "lang", {"eastAsia": "zh-TW"}, "in traditional characters"),
        ("甲“", "rFonts", {"hint": "eastAsia"}, "a mark that both fonts have"),
    ],
)
def test_words_keep_their_look(body: str, kind: str, said: dict[str, str], reason: str) -> None:
    xml = text_of(f"<html lang='zh'><main><p>{body}</p></main></html>")
    [held] = xml.findall(f".//{W}r/{W}rPr/{W}{kind}")
    assert {name: held.get(f"{W}{name}") for name in said} == said, reason


@pytest.mark.parametrize("count", [2, 7])
def test_facts_stand_over_or_beside_what_is_said_of_them(count: int) -> None:
    body = "<dl>" + "".join(f"<div><dt>t{n}</dt><dd>d{n}</dd></div>" for n in range(count)) + "</dl>"
    [table] = blocks(body)
    assert isinstance(table, Table)
    assert len(table.rows) == (2 if count == 2 else 7)
    assert {one.text for row in table.rows for cell in row for one in cell.paragraphs} == {
        f"{kind}{n}" for kind in "td" for n in range(count)
    }


def test_a_cell_has_the_lines_that_the_style_sheet_gives_it() -> None:
    cells = "<th>甲<span class='line'>乙</span></th>"
    cells += "<td class='lines'><b>丙</b><i>丁</i><ul><li>戊</li></ul></td>"
    [table] = blocks(f"<table><tr>{cells}</tr></table>")
    said = [[(one.style, one.text) for one in held.paragraphs] for held in table.rows[0]]
    assert said == [
        [("TableRow", "甲"), ("TableText", "乙")],
        [("TableText", "丙"), ("TableText", "丁"), ("TableText", "戊")],
    ]


def test_links_to_rows_and_items_find_them() -> None:
    body = "<p><a href='#r'>一</a><a href='#i'>二</a><a href='#s'>三</a><a href='#gone'>四</a></p>"
    body += (
        "<table><tr id='r'><td>行</td></tr></table><ul><li id='i'>项</li></ul><section id='s'>段</section>"
    )
    xml = text_of(f"<html lang='zh'><main>{body}</main></html>")
    assert [one.get(f"{W}anchor") for one in xml.iter(f"{W}hyperlink")] == ["p_r", "p_i", "p_s"]
    assert [one.get(f"{W}name") for one in xml.iter(f"{W}bookmarkStart")] == ["p_r", "p_i", "p_s"]


def test_a_picture_is_bound_to_the_words_over_it() -> None:
    over, picture = blocks("<p>说明</p><div class='plot' aria-label='图'></div>")
    assert over.keep and picture == Picture(0, "图")


def test_signs_that_xml_cannot_hold_are_shown_as_such() -> None:
    assert words_in(text_of("<html lang='zh'><main><p>前\x0b后\x01</p></main></html>")) == "前 后\ufffd"
    # The title, which is among the properties of the file as well, may not be longer there than 255 signs.
    xml = text_of(f"<html lang='zh'><main><h1>前\x01{'长' * 300}</h1></main></html>")
    assert words_in(xml) == f"前\ufffd{'长' * 300}"


@pytest.mark.parametrize(
    ("columns", "narrow", "reason"),
    [
        ([["城市"], ["一" * 40]], 0, "a short column is narrow"),
        ([["一" * 40], ["2"]], 1, "a number's column too"),
    ],
)
def test_columns_are_as_wide_as_their_words(columns: list[list[str]], narrow: int, reason: str) -> None:
    widths = word_style.column_widths(columns)
    assert widths[narrow] == min(widths) and sum(widths) == Mm(156).twips, reason
    # Two characters of 10.5 points fit on a line of their own.
    assert widths[narrow] >= 2 * 210 if narrow == 0 else widths[narrow] > 0
