"""A reading's map leads every kept character back to where it stood, whatever was taken out or put in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.language.spans import Span
from compare.texts.reading import Edit, Reading, Rule

TEXTS = st.text("一二三四五六七八九十ab，。\n𠮷", max_size=40)
NEW = st.text("甲乙丙", max_size=3)


def rule(*edits: Edit) -> Rule:
    return lambda _text: edits


@st.composite
def edits_of(draw: st.DrawFn, length: int, news: st.SearchStrategy[str]) -> list[Edit]:
    """Return edits that do not overlap, in any order."""
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return draw(st.permutations([Edit(a, b, draw(news)) for a, b in pairs]))


@st.composite
def deleted(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(TEXTS)
    return text, draw(edits_of(len(text), st.just("")))


@st.composite
def substituted(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(TEXTS)
    return text, draw(edits_of(len(text), NEW))


@st.composite
def folded(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """Return substitutions one for one, as matching uses them."""
    text = draw(TEXTS)
    places = draw(st.sets(st.integers(0, max(0, len(text) - 1)), max_size=8)) if text else set()
    return text, [Edit(at, at + 1, "甲") for at in sorted(places)]


PROPERTY = settings(derandomize=True, max_examples=80, deadline=None)


@PROPERTY
@given(deleted())
def test_deleting_keeps_the_other_characters_in_their_places(case: tuple[str, list[Edit]]) -> None:
    raw, edits = case
    gone = {at for edit in edits for at in range(edit.start, edit.end)}
    kept = [at for at in range(len(raw)) if at not in gone]
    reading = Reading.of(raw, [rule(*edits)])
    assert reading.text == "".join(raw[at] for at in kept)
    assert list(reading.starts) == kept and list(reading.ends) == [at + 1 for at in kept]


@PROPERTY
@given(deleted(), st.data())
def test_a_range_of_kept_characters_comes_back_from_raw(
    case: tuple[str, list[Edit]], data: st.DataObject
) -> None:
    raw, edits = case
    reading = Reading.of(raw, [rule(*edits)])
    if not reading.text:
        return
    start = data.draw(st.integers(0, len(reading.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(reading.text))))
    there = reading.to_raw(span)
    assert reading.from_raw(there) == span
    assert reading.to_raw(reading.from_raw(there)) == there
    assert reading.cut(there) == span.slice(reading.text)
    assert raw[there.start] == reading.text[span.start] and raw[there.end - 1] == reading.text[span.end - 1]


@PROPERTY
@given(deleted(), st.data())
def test_any_raw_range_cuts_exactly_its_kept_characters(
    case: tuple[str, list[Edit]], data: st.DataObject
) -> None:
    raw, edits = case
    gone = {at for edit in edits for at in range(edit.start, edit.end)}
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    words = Reading.of(raw, [rule(*edits)]).cut(Span(start, end))
    assert words == "".join(raw[at] for at in range(start, end) if at not in gone)


@PROPERTY
@given(substituted())
def test_starts_and_ends_never_run_back(case: tuple[str, list[Edit]]) -> None:
    raw, edits = case
    reading = Reading.of(raw, [rule(*edits)])
    assert len(reading.text) == len(reading.starts) == len(reading.ends)
    assert list(reading.starts) == sorted(reading.starts) and list(reading.ends) == sorted(reading.ends)
    assert all(0 <= a <= b <= len(raw) for a, b in zip(reading.starts, reading.ends, strict=True))


@PROPERTY
@given(folded())
def test_one_for_one_both_rise_strictly_and_nothing_moves(case: tuple[str, list[Edit]]) -> None:
    raw, edits = case
    reading = Reading.of(raw, [rule(*edits)])
    assert list(reading.starts) == list(range(len(raw))) and list(reading.ends) == list(
        range(1, len(raw) + 1)
    )
    changed = {edit.start for edit in edits}
    assert all(mark == ("甲" if at in changed else raw[at]) for at, mark in enumerate(reading.text))


@PROPERTY
@given(substituted())
def test_what_is_put_in_stands_for_the_whole_of_what_it_replaces(case: tuple[str, list[Edit]]) -> None:
    raw, edits = case
    reading = Reading.of(raw, [rule(*edits)])
    grown = 0
    for edit in sorted(edits):
        start = edit.start + grown
        assert reading.text[start : start + len(edit.new)] == edit.new
        if edit.new:
            assert reading.to_raw(Span(start, start + len(edit.new))) == Span(edit.start, edit.end)
        grown += len(edit.new) - (edit.end - edit.start)


@PROPERTY
@given(substituted(), st.data())
def test_two_rules_map_as_one_after_the_other(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    raw, edits = case
    first = Reading.of(raw, [rule(*edits)])
    more = data.draw(edits_of(len(first.text), NEW))
    both = Reading.of(raw, [rule(*edits), rule(*more)])
    second = Reading.of(first.text, [rule(*more)])
    assert both.text == second.text
    for at in range(len(second.text)):
        assert both.to_raw(Span(at, at + 1)) == first.to_raw(second.to_raw(Span(at, at + 1)))


@PROPERTY
@given(TEXTS)
def test_no_rule_and_no_edit_leave_all_as_it_was(raw: str) -> None:
    assert Reading.of(raw) == Reading.of(raw, [rule()]) == Reading.of(raw, [rule(), rule()])
    assert Reading.of(raw).text == raw


NOISY = Reading.of("超过9\n17、0%", [rule(Edit(3, 7))])


@pytest.mark.parametrize(
    ("clean", "raw", "reason"),
    [
        (Span(0, 0), Span(0, 0), "before all"),
        (Span(2, 2), Span(2, 2), "before a kept character"),
        (Span(3, 3), Span(7, 7), "behind noise the place is that of the next character"),
        (Span(5, 5), Span(9, 9), "behind all"),
    ],
)
def test_an_empty_range_is_a_place(clean: Span, raw: Span, reason: str) -> None:
    assert NOISY.to_raw(clean) == raw
    assert NOISY.from_raw(raw) == clean


@pytest.mark.parametrize(
    ("raw", "words", "reason"),
    [
        (Span(2, 9), "90%", "noise inside goes"),
        (Span(3, 7), "", "noise alone says nothing"),
        (Span(4, 6), "", "nor does part of it"),
        (Span(3, 8), "0", "noise before goes"),
        (Span(0, 5), "超过9", "noise behind goes"),
        (Span(5, 5), "", "a place in the noise says nothing"),
    ],
)
def test_a_raw_range_says_its_words_less_the_noise(raw: Span, words: str, reason: str) -> None:
    assert NOISY.cut(raw) == words


def test_an_edit_that_takes_all_leaves_an_empty_reading() -> None:
    empty = Reading.of("abc", [rule(Edit(0, 3))])
    assert (empty.text, empty.starts, empty.ends) == ("", (), ())
    assert empty.to_raw(Span(0, 0)) == Span(3, 3) and empty.from_raw(Span(0, 3)) == Span(0, 0)


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ([Edit(0, 3), Edit(2, 4)], "one begins in the other"),
        ([Edit(0, 4), Edit(1, 2)], "one lies in the other"),
        ([Edit(1, 3), Edit(1, 3)], "one twice"),
        ([Edit(1, 3, "x"), Edit(1, 3, "y")], "two words for one place"),
        ([Edit(-1, 2)], "before the text"),
        ([Edit(3, 6)], "past the text"),
        ([Edit(3, 2)], "an end before its start"),
    ],
)
def test_edits_that_overlap_or_stray_are_refused(edits: list[Edit], reason: str) -> None:
    for ordered in (edits, edits[::-1]):
        with pytest.raises(ValueError, match="overlaps another edit or leaves the text of 5 characters"):
            Reading.of("abcde", [rule(*ordered)])


def test_edits_that_touch_are_carried_out() -> None:
    assert Reading.of("abcde", [rule(Edit(2, 4, "y"), Edit(0, 2, "x"))]).text == "xye"
