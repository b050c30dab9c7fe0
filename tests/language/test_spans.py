"""Half-open ranges: the arithmetic that every offset in the project rests on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import CompareError
from compare.language.spans import Span

SPANS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: Span(min(pair), max(pair)))


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [(-1, 3, "no text has a position before 0"), (4, 3, "the end may not stand before the start")],
)
def test_impossible_spans_are_refused(start: int, end: int, reason: str) -> None:
    with pytest.raises(CompareError, match="impossible"):
        Span(start, end)


def test_an_empty_span_is_allowed_because_edits_insert() -> None:
    assert Span(3, 3).slice("abcd") == "" and len(Span(3, 3)) == 0


def test_a_slice_past_the_end_is_refused_instead_of_cut_short() -> None:
    with pytest.raises(CompareError, match="past the end"):
        Span(0, 5).slice("abcd")
    assert Span(0, 4).slice("abcd") == "abcd"


def test_offsets_count_code_points_beyond_the_basic_plane() -> None:
    assert Span(1, 3).slice("𠮷90%") == "90"


def test_spans_sort_by_start_then_end() -> None:
    assert sorted([Span(2, 9), Span(0, 5), Span(2, 3)]) == [Span(0, 5), Span(2, 3), Span(2, 9)]


@settings(derandomize=True)
@given(SPANS, SPANS)
def test_containing_and_overlapping_are_those_of_sets(one: Span, other: Span) -> None:
    first, second = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert one.overlaps(other) == bool(first & second)
    if second:
        assert one.contains(other) == (second <= first)


@settings(derandomize=True)
@given(SPANS, st.integers(0, 20))
def test_shifting_keeps_the_words(span: Span, by: int) -> None:
    text = "".join(chr(0x4E00 + place) for place in range(40))
    assert span.shift(by).slice("x" * by + text) == span.slice(text)
    assert span.shift(by).shift(-by) == span


def test_a_span_cannot_be_shifted_before_the_text() -> None:
    with pytest.raises(CompareError):
        Span(2, 5).shift(-3)
