"""From a figure to its sentence: passages and marks, held against the raw texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

import compare as cp
from compare.analysis.passages import Mark, Passage, dues, gather, statements
from compare.build.plan import plan
from compare.errors import UnknownName
from compare.language.spans import Span
from compare.tables.book import Book

PLANNED = [one for one in plan(Path(__file__).parents[2]) if one.lang == "zh"]
TOPICS = tuple(dict.fromkeys(str(one.parameters["topic"]) for one in PLANNED if "topic" in one.parameters))
Rows = list[dict[str, str]]
Passages = dict[str, list[Passage]]


# What a page of each kind quotes: a topic, a city, and all that is said or falls due.
@pytest.fixture(scope="module", params=PLANNED, ids=[one.name for one in PLANNED])
def found(request: pytest.FixtureRequest, book: Book) -> Passages:
    rows = pd.concat([statements(book), dues(book)], ignore_index=True)
    for name, key in (("topic", "topic_id"), ("city", "city_id")):
        asked = request.param.parameters.get(name)
        rows = rows if asked is None else rows[rows[key] == asked]
    return gather(book, rows)


def marks(passages: Passages) -> Iterator[tuple[str, Passage, Mark]]:
    for source_id, held in passages.items():
        yield from ((source_id, passage, mark) for passage in held for mark in passage.marks)


def test_marks_stand_in_reading_order(book: Book, found: Passages) -> None:
    homes = book.sources.set_index("source_id")["place_id"]
    places = [(book.cities.index(homes[source]), source) for source, _, mark in marks(found)]
    assert places == sorted(places)
    # Within a document marks follow their values, which stand inside their quotes.
    ends = [(source, mark.value.start) for source, _, mark in marks(found)]
    assert ends == sorted(ends, key=lambda end: (list(found).index(end[0]), end[1]))


def test_every_statement_stands_once(book: Book, raw: Callable[[str], Rows]) -> None:
    topic_of = {row["indicator_id"]: row["topic_id"] for row in raw("indicators")}
    for topic in TOPICS:
        targets = {row["target_id"] for row in raw("targets") if topic_of[row["indicator_id"]] == topic}
        mentions = {
            row["mention_id"]
            for row in raw("mentions")
            if topic_of[row["indicator_id"]] == topic and row["class"] == "unquantified"
        }
        said = statements(book)
        made = [mark.row_id for _, _, mark in marks(gather(book, said[said["topic_id"] == topic]))]
        assert len(made) == len(set(made)) and set(made) == targets | mentions, topic


def test_a_frame_of_passages_holds_the_statements_it_is_asked_for(book: Book) -> None:
    """In reading order; figures from elsewhere have no sentence in a document at hand."""
    for topic in TOPICS:
        asked = cp.figures(book, topic)
        said = statements(book)
        held = [mark.row_id for _, _, mark in marks(gather(book, said[said["topic_id"] == topic]))]
        assert [row_id for row in cp.passages(book, asked)["marks"] for row_id in row] == held, topic


def test_segments_join_to_their_passage(found: Passages) -> None:
    for held in found.values():
        for passage in held:
            assert "".join(segment.text for segment in passage.segments) == passage.context.passage.slice(
                passage.reading.text
            )
            assert all(segment.text for segment in passage.segments)


def between(passage: Passage, mark: Mark) -> str:
    """Return the words from where a mark's value opens to where it closes, as a page prints them."""
    said, inside = "", False
    for segment in passage.segments:
        inside = inside or mark.row_id in segment.opens
        said += segment.text if inside else ""
        if mark.row_id in segment.closes:
            return said
    raise AssertionError(f"{mark.row_id} does not close in its passage")


def test_marked_words_are_those_of_the_tables(found: Passages, raw: Callable[[str], Rows]) -> None:
    said = {row["target_id"]: row["value_text"] for row in raw("targets")}
    said |= {row["mention_id"]: row["quote"] for row in raw("mentions")}
    said |= {row["deadline_id"]: row["due_text"] for row in raw("deadlines")}
    for _, passage, mark in marks(found):
        assert between(passage, mark) == said[mark.row_id]
        opened = [segment for segment in passage.segments if mark.row_id in segment.opens]
        assert [segment.look for segment in opened] == ["value"]


def test_quotes_are_marked_and_nothing_else_is(found: Passages, raw: Callable[[str], Rows]) -> None:
    quotes = {row["target_id"]: row["quote"] for row in raw("targets")}
    quotes |= {row["mention_id"]: row["quote"] for row in raw("mentions")}
    # A deadline stands in a clause that undertakes something, or by itself where it governs none.
    clauses = [row["action_zh"] for row in raw("commitments")]
    quotes |= {row["deadline_id"]: row["due_text"] for row in raw("deadlines")}
    for held in found.values():
        for passage in held:
            marked = "".join(segment.text for segment in passage.segments if segment.look != "plain")
            held_in = "".join(
                "\0" if segment.look == "plain" else segment.text for segment in passage.segments
            )
            for mark in passage.marks:
                words = mark.quote.slice(passage.reading.text)
                assert quotes[mark.row_id] in words and words in held_in
                is_deadline = mark.row_id.startswith("d-")
                assert words in ([*clauses, quotes[mark.row_id]] if is_deadline else [quotes[mark.row_id]])
            ranges = [range(mark.quote.start, mark.quote.end) for mark in passage.marks]
            assert len(marked) == len({at for one in ranges for at in one})


def test_offsets_lead_back_to_the_raw_text(book: Book, found: Passages) -> None:
    quotes = pd.concat([statements(book), dues(book)]).set_index("row_id")[["quote_start", "quote_end"]]
    for source_id, passage, mark in marks(found):
        path = book.root / "data/raw" / book.sources.set_index("source_id")["path"][source_id]
        text = path.read_bytes().decode("utf-8")
        start, end = map(int, quotes.loc[mark.row_id])
        assert passage.offsets.contains(Span(start, end))
        assert passage.reading.from_raw(Span(start, end)) == mark.quote
        words = mark.quote.slice(passage.reading.text)
        assert text[start] == words[0] and text[end - 1] == words[-1]


def test_passages_of_a_document_do_not_overlap(found: Passages) -> None:
    for held in found.values():
        spans = [passage.context.passage for passage in held]
        assert all(left.end <= right.start for left, right in zip(spans, spans[1:], strict=False))


def test_one_statement_is_shown_in_its_paragraph(book: Book) -> None:
    shown = cp.evidence(book, "t-dongying-0006")
    assert shown.source_id == "dongying-2022"
    assert "【超过30%】" in shown.text and shown.text.index("[") < shown.text.index("【")
    assert str(shown).startswith("dongying-2022 东营市数字变革创新2022年行动方案 [")
    alone = gather(book, statements(book).query("row_id == 't-dongying-0006'"))
    assert [mark.row_id for _, _, mark in marks(alone)] == ["t-dongying-0006"]


@pytest.mark.parametrize("row_id", ["m-jinan-0001", "t-dezhou-0007", "t-qingdao-0001"])
def test_brackets_enclose_exactly_the_words_of_a_row(book: Book, row_id: str) -> None:
    text = cp.evidence(book, row_id).text
    cells = statements(book).set_index("row_id").loc[row_id]
    value = cells["value_text"] if row_id.startswith("t-") else cells["quote"]
    assert text.partition("【")[2].partition("】")[0] == value
    plain = text.translate({ord(mark): None for mark in "[]【】"})
    assert cells["quote"] in plain


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("t-dezho-0007", "t-dezhou-0007 or "), ("xyz", "t-jinan-0001?")],
    ids=["a slip", "nothing alike"],
)
def test_an_unknown_row_gets_near_names(book: Book, asked: str, meant: str) -> None:
    with pytest.raises(UnknownName) as error:
        cp.evidence(book, asked)
    words = f'No target, mention or deadline is called "{asked}"; did you mean {meant}'
    assert str(error.value).startswith(words)
