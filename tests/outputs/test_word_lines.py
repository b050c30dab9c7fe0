"""Any block of a section in a Word document: its style, its place, its look; and tables of any shape."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any, get_args
from xml.etree import ElementTree

import docx
import pytest
from docx.shared import Mm

from compare.outputs.page import Frame
from compare.outputs.pictures import Picture
from compare.outputs.word import word_document
from compare.outputs.word_lines import Said, lines
from compare.outputs.word_style import TEXT_WIDTH
from compare.outputs.word_table import placed, widths
from compare.sections.section import (
    Bar,
    Block,
    Calendar,
    Cell,
    Chart,
    Drawing,
    Facts,
    Fold,
    Group,
    Heading,
    Items,
    Paragraph,
    Part,
    Row,
    Section,
    Table,
    Take,
)
from compare.words.messages import messages
from compare.words.text import Run, Text, text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FRAMES = {lang: Frame(lang, datetime.date(2026, 11, 21), messages(lang), "简报") for lang in ("zh", "en")}
DRAWING = Drawing(720, 300, "{}")
CHART = Chart(text("题"), text("注"), "图", (DRAWING,), note=text("附"))


def words(*lines: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text(one)) for one in lines)


def table(*rows: tuple[Any, ...], head: int = 0, look: str = "plain") -> Table:
    """Return a table of rows; a cell is its words, or a `Cell`."""
    made = [Row(tuple(one if isinstance(one, Cell) else Cell((text(one),)) for one in row)) for row in rows]
    return Table(tuple(made[:head]), (Group(tuple(made[head:])),), look)


def document(*blocks: Any, lang: str = "zh", title: Text = ()) -> bytes:
    lead = Section("lead", title or text("题"), look="lead", lang=lang)
    pictures = {DRAWING: [Picture(PNG, 720, 300)]}
    return word_document([lead, Section("s", (), blocks=blocks, lang=lang)], FRAMES[lang], pictures)


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def xml_of(*blocks: Any, lang: str = "zh") -> ElementTree.Element:
    archive = zipfile.ZipFile(io.BytesIO(document(*blocks, lang=lang)))
    return ElementTree.fromstring(archive.read("word/document.xml"))


def words_in(element: ElementTree.Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def read(*blocks: Any, lang: str = "zh") -> list[tuple[str, str]]:
    """Return style and words of the paragraphs after title and subtitle, those in tables left out."""
    made = docx.Document(io.BytesIO(document(*blocks, lang=lang)))
    return [
        (one.style.style_id, one.text) for one in made.paragraphs[2:] if one.style.style_id != "TableText"
    ]


ITEMS = Items((text("一"), text("二")))
FOLD = Fold(text("细目"), words("句"))
ABOUT = Part(
    (
        Paragraph(text(Run("■", "shape s-stock"), "甲")),
        Paragraph(text("乙", Run("", "break"), "丙")),
        Items((text("回"),), "backs"),
    ),
    "about",
)


@pytest.mark.parametrize(
    ("block", "said", "reason"),
    [
        (Paragraph(text("句")), [("BodyText", "句")], "words"),
        (Paragraph(text("句"), "note"), [("Note", "句")], "small print"),
        (Paragraph(text("句"), "cite sums"), [("Cite", "句")], "what is to be copied"),
        (Paragraph(text("回"), "close"), [], "ways about a page"),
        (Heading(text("题"), level=2), [("Heading1", "题")], "as deep as on the page"),
        (Heading(text("题")), [("Heading2", "题")], "one level down"),
        (Heading(text("题"), level=4), [("Heading3", "题")], "two levels down"),
        (ITEMS, [("ListNumber", "一"), ("ListNumber", "二")], "items count"),
        (Items((text("一"),)), [("BodyText", "一")], "a single item needs no number"),
        (Items((words("一", "二"), words("三"))),
         [("ListNumber", "一"), ("BodyText", "二"), ("ListNumber", "三")], "items of several blocks"),
        (Part((ITEMS,), "legends"), [("Note", "一"), ("Note", "二")], "nor does a list in small print"),
        (FOLD, [("Heading2", "细目"), ("Note", "句")], "what opens on asking"),
        (Fold(text("表"), (table("1"),)), [("Caption", "表")], "a table that opens"),
        (ABOUT, [("Source", "甲　乙　丙")], "all about a passage is one line, without ways back"),
        (Part((text("原文"),), "quoted", lang="zh-Hant"), [("Quote", "原文")], "words of a document"),
        (Part((words("甲"), Part(words("乙")))), [("BodyText", "甲"), ("BodyText", "乙")], "parts in parts"),
        (Part((text(Run("", "sign sign-like")), Part(words("乙")))), [("BodyText", "乙")],
         "a sign that a page draws leaves no empty line"),
        (Take("n", (), ()), [], "rows to take away are files of the page"),
        (Bar(0.5), [], "bars beside numbers are for the eye"),
        (Calendar("a.ics", "t", "a", "2026-11-21", ()), [("BodyText", "a.ics")], "a file by its name"),
        (CHART, [("Heading2", "题"), ("BodyText", "注"), ("Figure", ""), ("Note", "附")], "a chart"),
        (Chart((), (), "", (), table("1")), [("Caption", "数据表")], "a chart that is all table"),
        (text("a  b\n", " c"), [("BodyText", "a b c")], "blanks are one"),
        (text("a ", Run("", "break"), " b"), [("BodyText", "a \nb")], "a break takes the blank after it"),
        (text("70%", Run("", "chip", row="t-1")), [("BodyText", "70%[1]")], "or one would read 70%1"),
        (text(Run("", "shape s-flow"), Run("甲", "key"), " ", Run("", "glyph g-silent"), Run("乙", "key")),
         [("BodyText", "▲甲；乙")], "a page sets a legend apart by space"),
        (text(Run("", "shape s-flow draft", place="jinan"), "新"), [("BodyText", "△新")],
         "a page draws the sign of a basis"),
    ],
)  # fmt: skip
def test_blocks_of_a_section(block: Any, said: list[tuple[str, str]], reason: str) -> None:
    assert read(block) == said, reason


def test_words_of_a_document_bear_its_language() -> None:
    xml = xml_of(Part((text("“原文”"),), "quoted", lang="zh-Hant"), lang="en")
    runs = [one for one in xml.iter(f"{W}r") if words_in(one) in ("“", "原文", "”")]
    assert [one.find(f"{W}rPr/{W}lang").get(f"{W}eastAsia") for one in runs] == ["zh-TW"] * 3  # type: ignore[union-attr]
    assert [one.find(f"{W}rPr/{W}rFonts") is not None for one in runs] == [True, False, True]


def test_items_of_one_list_count_on_and_another_begins_anew() -> None:
    lists = [
        [one.get(f"{W}val") for one in xml_of(*held).iter(f"{W}numId")] for held in ([ITEMS], [ITEMS, ITEMS])
    ]
    assert lists == [["2", "2"], ["2", "2", "3", "3"]]


def test_every_kind_of_block_can_be_written() -> None:
    files = Take("n", (), ()), Calendar("a", "t", "a", "2026-11-21", ())
    facts = Facts(((text("a"), text("b")),))
    cases = [
        *words("a"),
        Heading(text("a")),
        ITEMS,
        facts,
        table(("a",)),
        CHART,
        FOLD,
        ABOUT,
        Bar(0.5),
        *files,
    ]
    assert {type(one) for one in cases} == set(get_args(Block))
    for one in cases:
        xml_of(one)
    with pytest.raises(TypeError, match="no part of a section"):
        list(lines("words", FRAMES["zh"]))


@pytest.mark.parametrize(
    ("kicker", "said", "reason"),
    [
        (text("图", Run("", "figure-number")), "标题（图1）", "it follows its heading"),
        (text("表1"), "标题（表1）", "so does that of a table"),
        (text("原文"), "原文：标题", "other words lead it in"),
        ((), "标题", "none"),
    ],
)
def test_a_kicker_stands_with_its_heading(kicker: Text, said: str, reason: str) -> None:
    section = Section("s", text("标题"), kicker, blocks=(CHART,))
    made = word_document([section], FRAMES["zh"], {DRAWING: [Picture(PNG, 720, 300)]})
    first = docx.Document(io.BytesIO(made)).paragraphs[0]
    assert (first.style.style_id, first.text) == ("Heading1", said), reason


def test_a_long_title_breaks_at_a_clause_and_the_series_stands_under_it() -> None:
    title = "三市为通信网络写下数字，没有两个可以直接相比"
    made = docx.Document(io.BytesIO(document(title=text(title))))
    said = [(one.style.style_id, one.text) for one in made.paragraphs[:2]]
    assert said[0] == ("Title", title.replace("，", "，\n"))
    assert said[1] == ("Subtitle", FRAMES["zh"].messages.say("site") + "　简报")


@pytest.mark.parametrize(
    ("rows", "grid", "reason"),
    [
        ([(Cell(words("a"), rows=2, columns=2), "b"), ("c",)], ["aab", "aac"], "one over rows and columns"),
        ([("a", "b", "c"), ("d", "e")], ["abc", "dee"], "the last cell of a short row reaches the end"),
        ([("a", Cell(words("b"), rows=9)), ("c",)], ["ab", "cb"], "more rows than there are"),
        ([("a", Cell(words("b"), rows=2), "c"), ("d",)], ["abc", "db"], "what no cell fills stays empty"),
        ([(Cell(words("a"), columns=2, head=True),), ("b", "c")], ["aa", "bc"], "a head over columns"),
    ],
)
def test_merged_cells_are_one_to_those_who_read_them(rows: list[Any], grid: list[str], reason: str) -> None:
    [made] = docx.Document(io.BytesIO(document(table(*rows)))).tables
    assert ["".join(cell.text for cell in row.cells) for row in made.rows] == grid, reason
    styles = {line.style.style_id for row in made.rows for cell in row.cells for line in cell.paragraphs}
    assert styles <= {"TableText", "TableRow"}


def test_cells_that_span_rows_are_taken_up_in_each() -> None:
    xml = xml_of(table((Cell(words("a"), rows=2), Cell(words("b"), columns=2)), ("c", "d")))
    merges = [
        [(one.find(f"{W}tcPr/{W}vMerge") is not None, words_in(one)) for one in row.findall(f"{W}tc")]
        for row in xml.iter(f"{W}tr")
    ]
    assert merges == [[(True, "a"), (False, "b")], [(True, ""), (False, "c"), (False, "d")]]


def test_a_table_without_rows_leaves_nothing() -> None:
    xml = xml_of(Paragraph(text("前")), Table((), ()), Paragraph(text("后")))
    assert list(xml.iter(f"{W}tbl")) == [] and words_in(xml).endswith("前后")


def test_a_group_has_its_head_over_all_columns_and_a_foot_comes_last() -> None:
    group = Group((Row((Cell((text("1"),)), Cell((text("2"),)))),), text("组"))
    [made] = docx.Document(
        io.BytesIO(document(Table((), (group,), foot=table(("和", "3")).groups[0].rows)))
    ).tables
    assert [[cell.text for cell in row.cells] for row in made.rows] == [["组", "组"], ["1", "2"], ["和", "3"]]
    assert made.rows[0].cells[0].paragraphs[0].paragraph_format.keep_with_next


@pytest.mark.parametrize(
    ("run", "kind", "said", "reason"),
    [
        (Run("甲", "strong"), "b", {}, "bold"),
        (Run("甲", "value", row="t-1"), "u", {"val": "single", "color": "D9A400"}, "its sentence is near"),
        (
            Run("甲", "bare", row="g-1"),
            "u",
            {"val": "single", "color": "676B72"},
            "from elsewhere: no yellow",
        ),
        (Run("甲", "made", row="t-1"), "u", {"val": "dotted", "color": "676B72"}, "made, not printed"),
        (Run("", "chip", row="t-1"), "vertAlign", {"val": "superscript"}, "raised"),
        (Run("甲", "mark value"), "shd", {"fill": "FFE58A"}, "marked in yellow"),
        (Run("甲", "tag"), "bdr", {"val": "single"}, "in a frame"),
        (Run("甲", "tag draft-tag"), "bdr", {"val": "dashed"}, "a draft's frame"),
        (Run("甲", "draft-tag"), "u", {"val": "dash", "color": "4D5158"}, "a draft's line"),
        (Run("甲", "derived"), "u", {"val": "dotted", "color": "D9A400"}, "computed"),
        (Run("甲", lang="zh-Hant"), "lang", {"eastAsia": "zh-TW"}, "in traditional characters"),
        (Run("甲“"), "rFonts", {"hint": "eastAsia"}, "a mark that both fonts have"),
        (Run("", "shape s-flow", place="jinan"), "color", {"val": "19236B"}, "the sign of a place"),
    ],
)
def test_words_keep_their_look(run: Run, kind: str, said: dict[str, str], reason: str) -> None:
    xml = xml_of(Paragraph((run,)))
    held = xml.findall(f".//{W}r/{W}rPr/{W}{kind}")
    assert held and {name: held[0].get(f"{W}{name}") for name in said} == said, reason


@pytest.mark.parametrize(
    ("cell", "kind", "said", "reason"),
    [
        (Cell((text("2"),), "derived"), "u", {"val": "dotted"}, "what is computed"),
        (Cell((Paragraph(text("2"), "worth"),)), "b", {}, "a value"),
        (Cell((Paragraph(text("稿"), "draft-tag"),)), "u", {"val": "dash"}, "a draft's name"),
    ],
)
def test_words_take_on_the_look_of_their_cell_or_line(
    cell: Cell, kind: str, said: dict[str, str], reason: str
) -> None:
    [held] = xml_of(table((cell,))).findall(f".//{W}tc//{W}rPr/{W}{kind}")
    assert {name: held.get(f"{W}{name}") for name in said} == said, reason


@pytest.mark.parametrize("count", [2, 7])
def test_facts_stand_over_or_beside_what_is_said_of_them(count: int) -> None:
    facts = Facts(tuple((text(f"t{n}"), text(f"d{n}")) for n in range(count)))
    [made] = docx.Document(io.BytesIO(document(facts))).tables
    assert len(made.rows) == (2 if count == 2 else 7)
    said = {cell.text for row in made.rows for cell in row.cells}
    assert said == {f"{kind}{n}" for kind in "td" for n in range(count)}


def test_a_cell_has_a_line_for_each_of_its_parts() -> None:
    held = Fold(text("另有"), (Items((text("丙"), text("丁"))),))
    label = tuple(Paragraph(text("列名"), look) for look in ("label", "phone-city"))
    [made] = docx.Document(
        io.BytesIO(document(table((Cell(words("甲", "乙"), head=True), Cell((*label, held, Bar(1))), ))))
    ).tables  # fmt: skip
    said = [[(one.style.style_id, one.text) for one in cell.paragraphs] for cell in made.rows[0].cells]
    assert said == [
        [("TableRow", "甲"), ("TableText", "乙")],
        [("TableText", "另有"), ("TableText", "丙"), ("TableText", "丁")],
    ]


def test_numbers_stand_on_the_right() -> None:
    cells = xml_of(table((Cell((text("1"),), "num"), "词"))).iter(f"{W}tc")
    sides = [[one.get(f"{W}val") for one in cell.iter(f"{W}jc")] for cell in cells]
    assert sides == [["right"], []]


def test_links_to_every_kind_of_place_find_it() -> None:
    leading = [Run(name, to=f"#{name}") for name in ("r", "f", "p", "h", "w", "s", "gone")]
    row = Row((Cell((text("行"),)),), anchor="r")
    places = (
        Table((), (Group((row,)),)), Fold(text("细"), words("目"), anchor="f"), Part(words("段"), anchor="p"),
        Heading(text("题"), anchor="h"), Paragraph((Run("", anchor="w"), Run("词"))),
    )  # fmt: skip
    xml = xml_of(Paragraph(tuple(leading)), *places)
    assert [one.get(f"{W}anchor") for one in xml.iter(f"{W}hyperlink")] == [f"p_{one}" for one in "rfphws"]
    assert {one.get(f"{W}name") for one in xml.iter(f"{W}bookmarkStart")} == {f"p_{one}" for one in "rfphws"}
    begun = {
        mark.get(f"{W}name"): words_in(line)
        for line in xml.iter(f"{W}p")
        for mark in line.iter(f"{W}bookmarkStart")
    }
    assert [begun[f"p_{one}"] for one in "rfphw"] == ["行", "细", "段", "题", "词"]


def test_a_value_and_its_number_lead_to_the_sentence_and_a_number_alone_nowhere() -> None:
    figure, alone = Run("70%", "value", row="t-1"), Run("", "chip", row="t-2")
    xml = xml_of(Paragraph((figure, alone, *(Run("句", anchor=f"t-{number}") for number in (1, 2)))))
    assert [words_in(one) for one in xml.iter(f"{W}hyperlink")] == ["70%", "[1]"]
    assert [one.get(f"{W}name") for one in xml.iter(f"{W}bookmarkStart")] == ["p_t_1"]


def test_long_names_of_places_stay_apart() -> None:
    names = [f"{'a' * 50}-{number}" for number in range(2)]
    xml = xml_of(*(Paragraph((Run("一", to=f"#{one}"), Run("二", anchor=one))) for one in names))
    marks = [one.get(f"{W}name") or "" for one in xml.iter(f"{W}bookmarkStart")]
    assert len(set(marks)) == 2 and all(len(one) <= 40 for one in marks)
    assert [one.get(f"{W}anchor") for one in xml.iter(f"{W}hyperlink")] == marks


def test_a_picture_or_a_table_is_bound_to_the_words_over_it() -> None:
    made = docx.Document(
        io.BytesIO(document(CHART, Paragraph(text("说明")), table(("1",)), Paragraph(text("后"))))
    )
    kept = {one.text: one.paragraph_format.keep_with_next for one in made.paragraphs}
    assert kept["注"] and kept["说明"] and not kept["后"]


def test_signs_that_xml_cannot_hold_are_shown_as_such() -> None:
    assert words_in(xml_of(Paragraph(text("前\x0b后\x01")))).endswith("前\ufffd后\ufffd")
    # The title, which is among the properties of the file as well, may not be longer there than 255 signs.
    made = docx.Document(io.BytesIO(document(title=text(f"前\x01{'长' * 300}"))))
    assert made.paragraphs[0].text == f"前\ufffd{'长' * 300}"
    assert len(made.core_properties.title) == 255


@pytest.mark.parametrize(
    ("columns", "narrow", "reason"),
    [
        ([["城市"], ["一" * 40]], 0, "a short column is narrow"),
        ([["一" * 40], ["2"]], 1, "a number's column too"),
    ],
)
def test_columns_are_as_wide_as_their_words(columns: list[list[str]], narrow: int, reason: str) -> None:
    said = [Row(tuple(Cell((text(one[0]),)) for one in columns))]
    made = widths(placed(said), lambda cell: cell.lines[0][0].text, False)
    assert made[narrow] == min(made) and sum(made) == Mm(TEXT_WIDTH).twips, reason
    # Two characters of 10.5 points fit on a line of their own.
    assert made[narrow] >= 2 * 210 if narrow == 0 else made[narrow] > 0


def test_columns_of_a_comparison_are_alike_but_for_the_first() -> None:
    first, *others = widths(placed([Row((Cell(()),) * 4)]), lambda cell: "", True)
    assert first < min(others) and max(others) - min(others) <= 4


def test_a_line_without_words_only_says_where_the_next_begins() -> None:
    made = list(lines(Part(words("段"), anchor="p"), FRAMES["zh"]))
    assert made == [Said((), "", place="p"), Said(text("段"), "BodyText")]
