"""Segments: where real lines of the plans are cut, and that nothing is lost between the cuts."""

from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.language.spans import Span
from compare.tables.book import Book
from compare.texts.clauses import segments

LINES = [
    pytest.param("推进标准化,提升服务;落实到位。全面！", ["推进标准化", "提升服务", "落实到位", "全面"],
                 id="commas, semicolons, full stops and calls"),
    pytest.param("進一步完善，形成合力；抓好落實？", ["進一步完善", "形成合力", "抓好落實"],
                 id="full-width stops"),
    pytest.param("建设“全市融合接警平台”,整合119、120、网格化、政务热线等渠道数据",
                 ["建设“全市融合接警平台”", "整合119、120、网格化、政务热线等渠道数据"],
                 id="an enumeration comma does not cut"),
    pytest.param("強化統籌,圍繞“發展數字設施,培植數字動能。”5大方向,精準發力",
                 ["強化統籌", "圍繞“發展數字設施,培植數字動能。”5大方向", "精準發力"],
                 id="marks inside quotation marks do not cut"),
    pytest.param("落實《規劃(2019-2022年,試行)》實施,完善標準",
                 ["落實《規劃(2019-2022年,試行)》實施", "完善標準"],
                 id="a comma in a bracket in a title"),
    pytest.param("按照“三级十同”(省、市、县三级同一事项名称,编码等)标准梳理,统一",
                 ["按照“三级十同”(省、市、县三级同一事项名称,编码等)标准梳理", "统一"],
                 id="a bracket that names no agency belongs to its clause"),
    pytest.param("为实现“一部手机走齐鲁”打好基础。(市审批服务局、市大数据局牵头,各有关部门按职责分工负责)"
                 "(二)推进机关办事“一次办好”。",
                 ["为实现“一部手机走齐鲁”打好基础", "(市审批服务局、市大数据局牵头,各有关部门按职责分工负责)",
                  "(二)推进机关办事“一次办好”"],
                 id="a note of agencies is one segment, and a heading begins behind it"),
    pytest.param("端口数超过1.2万个(牵头单位:市大数据局;配合单位:市发改委)\n17.实施",
                 ["端口数超过1.2万个", "(牵头单位:市大数据局;配合单位:市发改委)", "17.实施"],
                 id="a note of agencies begins a segment though no stop stands before it; 1.2 is one number"),
    pytest.param("提升能力（责任单位：市财政局，各区县）加强管理",
                 ["提升能力", "（责任单位：市财政局，各区县）", "加强管理"],
                 id="a note in full-width brackets"),
    pytest.param("压时限。\n\n\n——建设高效政府。", ["压时限", "——建设高效政府"], id="line ends in a row"),
    pytest.param("打造“一网通办,全程在线\n加强管理,落实", ["打造“一网通办,全程在线", "加强管理", "落实"],
                 id="a mark left open ends with its line"),
    pytest.param("落实)到位,加强”管理", ["落实)到位", "加强”管理"],
                 id="a closing mark without an opening one"),
    pytest.param(" \xa0加强管理 ,\u3000落实\t", ["加强管理", "落实"], id="blanks at both ends of a segment"),
    pytest.param("加强管理,,。\n ;", ["加强管理"], id="stops in a row hold no segment"),
    pytest.param("", [], id="no text"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_where_lines_are_cut(text: str, expected: list[str]) -> None:
    assert [span.slice(text) for span in segments(text)] == expected


def test_a_text_that_lost_the_borders_of_its_cells_is_cut_where_it_is_told_to() -> None:
    text = "市大数据局建设平台,(市财政局,市教育局)配合"
    told = [span.slice(text) for span in segments(text, cuts=[5, 12])]
    assert told == ["市大数据局", "建设平台", "(市", "财政局,市教育局)配合"]


# ── nothing is lost ────────────────────────────────────────────────────────────

WORDS = ("推进", "牵头", "负责", "一", "12", *"(（)）“”《》〔〕,，;；。!？、\n \u3000\t")
texts = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)


def open_stops(text: str) -> set[int]:
    """Return where a stop stands outside all brackets, quotation marks and titles of its line."""
    found, depth = set(), 0
    for at, character in enumerate(text):
        depth += character in "(（“《〔["
        depth = max(0, depth - (character in ")）”》〕]"))
        if character == "\n":
            depth = 0
        if character in ",，;；。!！?？\n" and depth == 0:
            found.add(at)
    return found


def account(text: str) -> None:
    """Assert that segments stand in order and apart, and with open stops and blanks make up the text."""
    found = segments(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    held = [at for span in found for at in range(span.start, span.end)]
    assert not open_stops(text) & set(held)
    left = set(range(len(text))) - set(held) - open_stops(text)
    assert {text[at] for at in left} <= set(" \u3000\xa0\t")
    assert all(words == words.strip(" \u3000\xa0\t") != "" for words in (span.slice(text) for span in found))


@settings(derandomize=True, deadline=None, max_examples=300)
@given(text=texts)
def test_segments_stops_and_blanks_make_up_any_text(text: str) -> None:
    account(text)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(text=texts, cuts=st.lists(st.integers(0, 40), max_size=4))
def test_cuts_divide_segments_and_lose_nothing(text: str, cuts: list[int]) -> None:
    def held(spans: list[Span]) -> str:
        return "".join(regex.sub(r"\s", "", span.slice(text)) for span in spans)

    finer = segments(text, cuts)
    assert held(finer) == held(segments(text))
    assert not any(span.start < cut < span.end for span in finer for cut in cuts)


def test_segments_stops_and_blanks_make_up_every_plan(book: Book) -> None:
    assert len(book.documents) >= 5
    for document in book.documents.values():
        account(document.reading.text)


@pytest.mark.parametrize("piece", ["(", "（市局牵头", ")", "(牵头)", "牵头", "(,"])
def test_a_long_text_of_brackets_is_cut_without_looking_ahead_for_each(piece: str) -> None:
    """As many segments at most as marks: nothing is cut twice, and all that is no mark is kept."""
    text = piece * 20000
    spans = segments(text)
    assert len(spans) <= 2 * 20000
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
