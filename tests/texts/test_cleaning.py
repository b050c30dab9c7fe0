"""What scraping adds is taken out and nothing else; matching folds one character for one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.language.spans import Span
from compare.tables.book import Book
from compare.texts import cleaning
from compare.texts.cleaning import (
    CLEANING,
    carriage_returns,
    chunk_markers,
    half_width,
    page_numbers,
    simplified,
)
from compare.texts.quotes import locate
from compare.texts.reading import Edit, Reading
from compare.texts.source import Document


def paragraphs(book: Book) -> Iterator[tuple[str, str]]:
    """Return the longer paragraphs of every document, cleaned, each with its document's name."""
    for name, document in book.documents.items():
        for part in document.reading.text.split("\n"):
            if len(part) > 120:
                yield name, part


def chunked(text: str, size: int, end: str = "\n") -> str:
    parts = [text[at : at + size] for at in range(0, len(text), size)]
    return end.join(f"{number}、{part}" for number, part in enumerate(parts, 1))


def paged(text: str, size: int) -> str:
    parts = [text[at : at + size] for at in range(0, len(text), size)]
    return "".join(f"{part}- {number} -" for number, part in enumerate(parts, 1))


NOISES = {
    "chunk markers": lambda text, size: chunked(text, size),
    "page numbers": lambda text, size: paged(text, size),
    "Windows line ends": lambda text, size: "\r\n".join([text[:size], text[size:]]),
    "page numbers cut by chunk markers": lambda text, size: chunked(paged(text, size), size // 2 + 3),
    "chunk markers with Windows line ends": lambda text, size: chunked(text, size, "\r\n"),
    "all three, and a line end at the end": lambda text, size: (
        chunked(paged(text, size), size // 2 + 3, "\r\n") + "\r\n"
    ),
}


@pytest.mark.parametrize("size", [7, 61, 97])
@pytest.mark.parametrize("noise", NOISES)
def test_noise_in_real_paragraphs_goes_and_quotes_stand(book: Book, noise: str, size: int) -> None:
    for name, clean in paragraphs(book):
        document = Document(name, NOISES[noise](clean, size), "")
        lines = document.reading.text.replace("\n", "")
        assert lines == clean, name
        # The same words, cut from the noisy text by offsets alone.
        for start in range(0, len(clean) - 12, 29):
            words = clean[start : start + 12]
            if "\n" in document.reading.text[start : start + 13]:
                continue
            assert words in {document.reading.cut(span) for span in locate(document, words)}, name


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.text("数据。，5%0①ａ", min_size=2, max_size=90), st.integers(1, 20))
def test_chunk_markers_go_wherever_they_cut(text: str, size: int) -> None:
    if len(text) > size:
        assert Reading.of(chunked(text, size), CLEANING).text == text


@pytest.mark.parametrize(
    ("text", "left", "reason"),
    [
        ("1、甲\n2、乙", "甲乙", "numbered through from 1"),
        ("1、甲\n2、乙\n", "甲乙\n", "the file's last line end changes nothing"),
        ("1、超过9\n2、0%", "超过90%", "a marker in a number"),
        ("1、甲\n3、乙", "1、甲\n3、乙", "a number left out: a list"),
        ("一、总则\n1、甲\n2、乙", "一、总则\n1、甲\n2、乙", "a list under a heading"),
        ("1、甲\n乙\n2、丙", "1、甲\n乙\n2、丙", "a line without a number: a list"),
        ("1、只有一行", "1、只有一行", "one line is not cut"),
        ("0、甲\n1、乙", "0、甲\n1、乙", "from 0"),
        ("1、甲2、乙\n2、丙", "甲2、乙丙", "a number within a line is the document's"),
        ("", "", "nothing"),
    ],
)
def test_chunk_markers(text: str, left: str, reason: str) -> None:
    assert Reading.of(text, [chunk_markers]).text == left


@pytest.mark.parametrize(
    ("text", "left", "reason"),
    [
        ("工作台账 - 7 -附件", "工作台账 附件", "as printed"),
        ("办法。- 19 -", "办法。", "at the end"),
        ("办法-7-附件", "办法附件", "without spaces, between words"),
        ("20- 7 -20年", "2020年", "printed in the middle of a number"),
        ("2019-12-17", "2019-12-17", "a date"),
        ("0534-268-7576", "0534-268-7576", "a telephone number"),
        ("A-12-b", "A-12-b", "a name"),
        ("(2019-2022年)", "(2019-2022年)", "a period"),
        ("- 12345 -", "- 12345 -", "no plan has ten thousand pages"),
        ("—7—", "—7—", "long dashes are the document's"),
    ],
)
def test_page_numbers(text: str, left: str, reason: str) -> None:
    assert Reading.of(text, [page_numbers]).text == left


def test_only_the_carriage_returns_of_line_ends_go() -> None:
    assert list(carriage_returns("a\r\nb\rc\n\r")) == [Edit(1, 2)]


def test_the_body_ends_where_the_furniture_begins() -> None:
    document = Document("x", "首页>正文\n甲乙\n版权", "", (Span(0, 6), Span(8, 11)))
    assert document.reading.text == "甲乙" and document.reading.to_raw(Span(0, 2)) == Span(6, 8)


def test_the_real_cleaning_takes_out_markers_and_page_numbers_alone(book: Book) -> None:
    """Held against the raw texts by another path: what went is furniture, a marker or a page number."""
    for name, document in book.documents.items():
        kept = set(document.reading.starts)
        gone = [at for at in range(len(document.raw)) if at not in kept]
        runs: list[list[int]] = []
        for at in gone:
            if runs and runs[-1][-1] == at - 1:
                runs[-1].append(at)
            else:
                runs.append([at])
        words = [document.raw[run[0] : run[-1] + 1] for run in runs]
        furniture = [span.slice(document.raw) for span in document.furniture]
        rest = [word for word in words if word not in furniture]
        assert all(word.strip("\n- 、").isdigit() for word in rest), (name, rest)
        assert bool(rest) == (name == "dezhou-2020")
    assert all(
        a.end <= b.start
        for document in book.documents.values()
        for a, b in pairwise(sorted(document.furniture))
    )


def test_folding_is_one_to_one_on_every_document(book: Book) -> None:
    for name, document in book.documents.items():
        for fold in (simplified, half_width):
            edits = list(fold(document.raw))
            assert all(len(edit.new) == 1 == edit.end - edit.start for edit in edits), (name, fold.__name__)
        # Simplifying character by character says what OpenCC says of the whole text, up to its phrases.
        assert len(Reading.of(document.raw, [simplified]).text) == len(document.raw)


class Doubling:
    def convert(self, character: str) -> str:
        return character * 2


def test_a_character_that_would_become_two_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "_converter", Doubling)
    cleaning._simple.cache_clear()
    assert list(simplified("區")) == []
    cleaning._simple.cache_clear()


def test_simplified_texts_are_hardly_touched_and_the_traditional_one_is(book: Book) -> None:
    changed = {name: len(list(simplified(document.raw))) for name, document in book.documents.items()}
    assert changed.pop("qingdao-2020") > 1000
    assert set(changed.values()) == {0}, changed


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.text("智慧社區社区５5Ｇg GP%％，,　\n", max_size=40))
def test_matching_keeps_only_characters_it_can_lead_back(text: str) -> None:
    matching = Document("x", text, "").matching
    assert list(matching.starts) == sorted(set(matching.starts))
    assert [b - a for a, b in zip(matching.starts, matching.ends, strict=True)] == [1] * len(matching.text)
    assert not set(matching.text) & set("區５Ｇ％， 　\nG")


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text("⼤⻔⑩Ⅻ㎡½㋅壹伍队○二智社區５Ｇ \u200b\ufe0f\uf973", max_size=40))
def test_matching_leads_back_from_every_spelling(text: str) -> None:
    """What becomes several characters leads back to its one; nothing changes places."""
    matching = Document("x", text, "").matching
    assert list(matching.starts) == sorted(matching.starts)
    assert all(b - a == 1 for a, b in zip(matching.starts, matching.ends, strict=True))
    assert Document("x", matching.text, "").matching.text == matching.text
