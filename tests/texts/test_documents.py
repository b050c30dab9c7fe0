"""The five documents at hand: their bytes, what scraping did to them, and what they say all the same."""

from __future__ import annotations

import csv
import re
from hashlib import sha256
from pathlib import Path

import pytest

from compare.errors import CompareError
from compare.language.spans import Span
from compare.language.unseen import unseen
from compare.tables.book import Book
from compare.texts.quotes import Context, context, locate, shown
from compare.texts.reading import Reading
from compare.texts.source import Document, read_document

REPOSITORY = Path(__file__).resolve().parents[2]
RAW = REPOSITORY / "data" / "raw"


def sources() -> list[dict[str, str]]:
    with (REPOSITORY / "data/curated/sources.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["path"]]


SOURCES = sources()


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source["source_id"])
def test_the_raw_bytes_are_those_recorded(book: Book, source: dict[str, str]) -> None:
    content = (RAW / source["path"]).read_bytes()
    document = book.documents[source["source_id"]]
    assert sha256(content).hexdigest() == source["sha256"] == document.sha256
    assert document.raw.encode("utf-8") == content


def test_every_raw_file_belongs_to_a_source() -> None:
    assert {path.relative_to(RAW).as_posix() for path in RAW.rglob("*.txt")} == {
        row["path"] for row in SOURCES
    }


CUTS = (
    ("覆盖率超过9\n17、0%", "覆盖率超过90%"),
    ("不低于20\n38、0项", "不低于200项"),
    ("数字山东20\n13、20行动", "数字山东2020行动"),
)


def test_the_cut_up_plan_reads_whole(book: Book) -> None:
    """dezhou-2020 was cut every 300 characters, in the middle of words and numbers."""
    document = book.documents["dezhou-2020"]
    for cut, whole in CUTS:
        at = document.raw.index(cut)
        assert document.reading.cut(Span(at, at + len(cut))) == whole
        assert document.reading.text.count(whole) == document.raw.count(whole) + 1
    assert document.raw.count("\n") == 42
    # The 42 cuts and their markers are gone, and not one line end is left.
    assert "\n" not in document.reading.text
    assert not document.reading.text.startswith("1、")


def test_no_chunk_marker_is_left_in_any_reading(book: Book) -> None:
    for name, document in book.documents.items():
        assert not re.search(r"\n\d+、", document.reading.text), name


@pytest.mark.parametrize(("cut", "whole"), CUTS)
def test_words_cut_in_two_are_found_and_lead_back(book: Book, cut: str, whole: str) -> None:
    document = book.documents["dezhou-2020"]
    at = document.raw.index(cut)
    assert Span(at, at + len(cut)) in locate(document, whole)


@pytest.mark.parametrize(
    ("source_id", "words", "reason"),
    [
        ("dongying-2022", "380玩彩网", "a foreign site's name in the navigation"),
        ("dongying-2022", "访问次数", "counters of the page"),
        ("dongying-2022", "热点新闻", "other news"),
        ("dongying-2022", "2022-07-07", "the page's own time"),
        ("dezhou-2023", "无障碍浏览", "navigation"),
        ("dezhou-2023", "您现在的位置", "the bread crumbs"),
        ("dezhou-2023", "杀毒软件", "the footer"),
        ("dezhou-2023", "0534-2687576", "the office's telephone"),
        ("dezhou-2023", "发布时间:", "the page's date line"),
        ("jinan-2019", "浏览量", "counters of the page"),
        ("jinan-2019", "2019-12-17", "the time of reposting"),
        ("jinan-2019", "微信公众号\n\n扫描", "the reposter's own name"),
        ("jinan-2019", "www.0798ci.com", "the reposter's address"),
        ("qingdao-2020", "掃一掃在手機打開當前頁", "the page's invitation to scan"),
    ],
)
def test_a_pages_furniture_is_outside_the_body(book: Book, source_id: str, words: str, reason: str) -> None:
    document = book.documents[source_id]
    assert words in document.raw and words not in document.reading.text
    assert locate(document, words) == []


@pytest.mark.parametrize(
    ("source_id", "first", "last"),
    [
        ("dezhou-2020", "关于贯彻落实数字山东2020行动方案", "出台公共数据开放管理办法。"),
        ("dezhou-2023", "数字强市建设领导小组办公室印发", "市人力资源社会保障局、市大数据局)"),
        ("dongying-2022", "东营市人民政府办公室关于印发", "市财金投资集团有限公司)"),
        ("jinan-2019", "济南市人民政府办公厅关于印发", "任务分解表"),
        ("qingdao-2020", "2020年,全市大數據系統", "不斷提升干部隊伍的專業素養和履職本領。"),
    ],
)
def test_the_body_begins_and_ends_where_the_document_does(
    book: Book, source_id: str, first: str, last: str
) -> None:
    body = book.documents[source_id].reading.text.strip()
    assert body.startswith(first) and body.endswith(last)


def test_traditional_is_matched_in_simplified_and_quoted_as_it_stands(book: Book) -> None:
    document = book.documents["qingdao-2020"]
    found = locate(document, "智慧社区")
    assert found and found == locate(document, "智慧社區")
    assert {document.reading.cut(span) for span in found} == {"智慧社區"}
    assert "智慧社区" not in document.raw


def test_lower_cased_letters_are_matched_in_capitals_and_quoted_as_they_stand(book: Book) -> None:
    document = book.documents["dongying-2022"]
    assert "5G" not in document.raw
    assert {document.reading.cut(span) for span in locate(document, "5G基站")} == {"5g基站"}
    assert [span.start for span in locate(document, "10G PON")] == [5721]


def test_every_quote_of_the_book_is_the_documents_own_words(book: Book) -> None:
    for frame in (book.targets, book.mentions):
        for row in frame.to_dict("records"):
            reading = book.documents[row["source_id"]].reading
            assert reading.cut(Span(row["quote_start"], row["quote_end"])) == row["quote"]


@pytest.mark.parametrize(
    ("words", "spans", "reason"),
    [
        ("５Ｇ 基站", [Span(2, 6), Span(11, 15)], "full width and spaces in the question"),
        ("5g基站", [Span(2, 6), Span(11, 15)], "small letters in the question"),
        ("基站", [Span(4, 6), Span(13, 15)], "part of a word"),
        ("基地", [], "not said"),
        ("", [], "nothing asked"),
        (" ", [], "nothing asked but a space"),
    ],
)
def test_words_are_located_whatever_their_form(words: str, spans: list[Span], reason: str) -> None:
    assert locate(Document("x", "建设5G基站，1个，又５Ｇ基站", ""), words) == spans


def test_hits_do_not_overlap_one_another() -> None:
    assert locate(Document("x", "哈哈哈", ""), "哈哈") == [Span(0, 2)]


# ── context ───────────────────────────────────────────────────────

TEXT = "一、目标。\n建成5G基站;覆盖率90%。到2025年!\n末段"


def test_a_short_paragraph_is_shown_whole() -> None:
    start = TEXT.index("建成")
    assert context(Reading.of(TEXT), Span(start + 2, start + 4)) == Context(
        Span(start, TEXT.index("\n末")), False, False
    )


def test_a_paragraph_wider_than_the_window_but_not_too_long_is_shown_whole() -> None:
    text = "".join(f"第{number:03d}句话在此。" for number in range(60))
    assert context(Reading.of(text), Span(300, 305)) == Context(Span(0, len(text)), False, False)


def test_a_long_paragraph_is_narrowed_to_whole_sentences_around_the_words() -> None:
    text = "".join(f"第{number:03d}句话在此。" for number in range(100))
    at = text.index("第050句")
    shown = context(Reading.of(text), Span(at, at + 5), most=100, window=100)
    words = shown.passage.slice(text)
    assert words.startswith("第0") and words.endswith("。") and "第050句" in words
    # The window holds about five sentences on either side.
    assert 60 < len(words) <= 100 and words.count("。") > 6
    assert (shown.cut_before, shown.cut_after) == (True, True)


def test_a_passage_at_the_edge_is_cut_on_one_side_only() -> None:
    text = "".join(f"第{number:03d}句话在此。" for number in range(100))
    first, last = (
        context(Reading.of(text), Span(at, at + 5), most=100, window=100) for at in (0, len(text) - 9)
    )
    assert (first.passage.start, first.cut_before, first.cut_after) == (0, False, True)
    assert (last.passage.end, last.cut_before, last.cut_after) == (len(text), True, False)


@pytest.mark.parametrize(
    ("most", "window", "wide", "shown_from", "shown_to", "reason"),
    [
        (1000, 100, 5, 0, 1000, "a paragraph as long as may be"),
        (999, 100, 5, 460, 550, "one longer by a sign: whole sentences within 47 signs on either side"),
        (999, 100, 60, 490, 580, "wide words leave less room: 20 signs on either side"),
        (999, 100, 100, 500, 600, "words as wide as the window are shown alone"),
        (999, 100, 200, 500, 700, "and wider ones too"),
    ],
)
def test_the_window_holds_the_words_and_the_room_is_shared_by_both_sides(
    most: int, window: int, wide: int, shown_from: int, shown_to: int, reason: str
) -> None:
    text = "".join(f"第{number:03d}句话在此处。" for number in range(100))
    found = context(Reading.of(text), Span(500, 500 + wide), most, window)
    assert found.passage == Span(shown_from, shown_to), reason


def test_a_passage_is_narrowed_by_the_bounds_that_the_pages_use() -> None:
    text = "".join(f"第{number:03d}句话在此处。" for number in range(100))
    assert context(Reading.of(text[:700]), Span(300, 310)).passage == Span(0, 700)
    assert context(Reading.of(text[:701]), Span(300, 310)).passage == Span(150, 460)


# ── files ──────────────────────────────────────────────────────────────────────


def test_line_ends_are_read_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes("甲\r\n乙\r丙\n".encode())
    document = read_document(tmp_path / "x.txt", "x-1")
    assert document.raw == "甲\r\n乙\r丙\n" and document.reading.text == "甲\n乙\r丙\n"
    assert document.reading.to_raw(Span(2, 3)) == Span(3, 4)


@pytest.mark.parametrize(
    ("content", "found", "reason"),
    [
        (
            None,
            'x.txt: found "no file"; expected the raw text of x-1; '
            "put the scraped file there or mark the source not_obtained",
            "no file",
        ),
        (b"", 'x.txt: found "an empty file"; expected the scraped text; scrape it again', "an empty file"),
        (
            "甲乙".encode("gbk"),
            'x.txt: found "bytes that are not UTF-8 at position 0"; expected UTF-8; '
            "save it as UTF-8 (GBK is the usual cause) before any offset is taken",
            "GBK",
        ),
    ],
)
def test_a_text_that_cannot_be_read(tmp_path: Path, content: bytes | None, found: str, reason: str) -> None:
    if content is not None:
        (tmp_path / "x.txt").write_bytes(content)
    with pytest.raises(CompareError) as told:
        read_document(tmp_path / "x.txt", "x-1")
    assert str(told.value) == f"The text of x-1 cannot be read: 1 problem.\n  1. {found}"


# ── other spellings ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "words", "found", "reason"),
    [
        ("推进智慧社区建设", "智慧社区", "智慧社区", "as it is"),
        ("推进⽹格化和⼤数据应用", "大数据", "⼤数据", "a Kangxi radical of a PDF copy"),
        ("⻔户⽹站和⺠生服务", "门户网站", "⻔户⽹站", "radicals that Unicode lists apart"),
        (
            "推进智\u00ad慧\u200b社\ufeff区建设",
            "智慧社区",
            "智慧社区",
            "signs without width, which a quote leaves out",
        ),
        ("实现壹网通办", "一网通办", "壹网通办", "a banker's numeral in a name"),
        ("建成⑩个平台", "10个平台", "⑩个平台", "a circled number"),
        ("完成Ⅻ项任务", "XII项", "Ⅻ项", "a Roman number"),
        ("覆盖１００㎡", "100m2", "１００㎡", "full-width figures and a squared unit"),
        ("办理廿项、⼗项、拾项", "十项", "⼗项", "the first of two spellings"),
        ("建设\uf973个中心", "十个", "\uf973个", "a compatibility ideograph"),
        ("加强队伍建设", "队五", None, "伍 in a word is no numeral"),
        ("加强队\u200b伍建设", "队伍建设", "队伍建设", "nor where the word is cut"),
        ("标准为10²级", "102级", None, "a raised figure joins no number"),
    ],
)
def test_words_are_found_in_every_spelling_and_quoted_in_their_own(
    text: str, words: str, found: str | None, reason: str
) -> None:
    document = Document("x", text, "")
    hits = [document.reading.cut(span) for span in locate(document, words)]
    assert hits[:1] == ([] if found is None else [found]), reason
    assert all(span.slice(text).startswith(hit[0]) and span.slice(text).endswith(hit[-1])
               for span, hit in zip(locate(document, words), hits, strict=True))  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "seen", "reason"),
    [
        ("智慧社区", "智慧社区", "nothing is hidden"),
        ("智\u202e慧\u200b社区", "智‹U+202E›慧‹U+200B›社区", "in the words"),
        ("\ufeff智慧社区", "‹U+FEFF›智慧社区", "before the first"),
        ("\u2066\n智慧", "\n‹U+2066›智慧", "before the first, in a line of its own"),
        ("智慧\u202e\u200b", "智慧‹U+202E›‹U+200B›", "behind the last"),
        ("智慧 \u202e\n社区", "智慧‹U+202E› \n社区", "at the end of a line: by its last word"),
        ("智慧\n\u200b社区", "智慧\n‹U+200B›社区", "at the head of a line"),
        ("智慧\n \u200b\n社区", "智慧‹U+200B›\n \n社区", "in a blank line"),
        ("智\x00慧\x1b[2J", "智‹U+0000›慧‹U+001B›[2J", "controls"),
        ("智\ue5cf慧\U000e0100", "智‹U+E5CF›慧‹U+E0100›", "of private use, and a selector of a glyph"),
        ("智\t慧\r社", "智\t慧\r社", "tabs and ends of lines are white space"),
        ("1、超\u200b过9\n2、0%", "超‹U+200B›过90%", "beside the noise of scraping"),
        ("\u202e导航\u200b智慧", "‹U+200B›智慧", "not in what stands around the document"),
    ],
)
def test_what_no_reader_sees_is_shown_and_matches_nothing(raw: str, seen: str, reason: str) -> None:
    document = Document("x", raw, "", (Span(0, 3),) if "导航" in raw else ())
    text = document.reading.text
    assert shown(document, Span(0, len(text))) == seen, reason
    # Cut anywhere, every sign stands in one piece.
    assert "".join(shown(document, Span(at, at + 1)) for at in range(len(text))) == seen, reason
    assert "‹" not in document.matching.text and "‹" not in text
    assert not any(unseen().search(sign) for sign in text if sign not in "\n\t\r")


def test_the_plans_are_found_in_the_spelling_of_a_pdf_copy(book: Book) -> None:
    """A whole plan with radicals for characters: each keyword is found where it was, quoted as it stands."""
    radicals = str.maketrans(
        "大人工口小门户民网金长力生用目示一二十八", "⼤⼈⼯⼝⼩⻔⼾⺠⽹⾦⻓⼒⽣⽤⽬⽰⼀⼆⼗⼋"
    )
    words = [word for words in book.indicators["keywords_zh"] for word in words.split(";")]
    for source, document in book.documents.items():
        copy = Document(source, document.raw.translate(radicals), "", document.furniture)
        assert copy.raw != document.raw
        assert copy.reading.text == document.reading.text.translate(radicals)
        for word in words:
            assert locate(copy, word) == locate(document, word), (source, word)
