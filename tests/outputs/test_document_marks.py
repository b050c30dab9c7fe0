"""Text cut at the borders of rows: nothing lost, nothing doubled, every row opened and closed once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.language.spans import Span
from compare.outputs.document_body import Body
from compare.outputs.document_marks import Leaf, Row, cut, runs
from compare.tables.book import Book

TEXT = "到2022年底,建成5G基站2000个以上,光纤覆盖率达到90%。各区县要高度重视。"


def row(kind: str, words: str, mark: str = "", text: str = TEXT) -> Row:
    def find(said: str) -> Span:
        return Span(text.index(said), text.index(said) + len(said))

    return Row(f"{kind}-{words}", kind, find(words), find(mark or words), {})


PLEDGE = row("commitment", "到2022年底,建成5G基站2000个以上")
SECOND = row("commitment", "光纤覆盖率达到90%")
DUE = row("deadline", "到2022年底")
FIGURE = row("target", "到2022年底,建成5G基站2000个以上", "2000个以上")
RATE = row("target", "光纤覆盖率达到90%", "90%")
TWIN = Row("target-twin", "target", RATE.words, RATE.mark, {})
STATUS = row("status", "光纤覆盖率达到90%", "90%")
SAID = row("mention", "建成5G基站")


def whole(*rows: Row, headings: tuple[Span, ...] = ()) -> list[Leaf]:
    return list(cut(TEXT, Span(0, len(TEXT)), rows, headings))


def told(leaves: list[Leaf]) -> list[tuple[str, Row | None]]:
    return [("".join(leaf.text for leaf in part), pledge) for pledge, _, part in runs(leaves)]


@pytest.mark.parametrize(
    ("rows", "expected", "reason"),
    [
        ((), {}, "no row: nothing is marked"),
        ((PLEDGE,), {}, "a commitment is drawn around its leaves, not on them"),
        ((RATE,), {"光纤覆盖率达到": "quote", "90%": "quote value"}, "a figure"),
        ((STATUS,), {"光纤覆盖率达到": "quote", "90%": "quote value status"}, "a figure already reached"),
        (
            (RATE, TWIN),
            {"光纤覆盖率达到": "quote", "90%": "quote value"},
            "two figures on one value",
        ),
        (
            (RATE, STATUS),
            {"光纤覆盖率达到": "quote", "90%": "quote value"},
            "a promise and a status on one value: not reached altogether",
        ),
        ((DUE,), {"到2022年底": "due"}, "a deadline alone"),
        (
            (FIGURE, DUE, SAID),
            {
                "到2022年底": "quote due",
                ",": "quote",
                "建成5G基站": "quote said",
                "2000个以上": "quote value",
            },
            "a deadline and a mention inside a quote",
        ),
    ],
)
def test_leaves_look_as_their_rows(rows: tuple[Row, ...], expected: dict[str, str], reason: str) -> None:
    assert {leaf.text: " ".join(leaf.looks) for leaf in whole(*rows) if leaf.looks} == expected, reason


def test_leaves_of_a_commitment_stand_together() -> None:
    assert told(whole(PLEDGE, SECOND, DUE, FIGURE)) == [
        ("到2022年底,建成5G基站2000个以上", PLEDGE),
        (",", None),
        ("光纤覆盖率达到90%", SECOND),
        ("。各区县要高度重视。", None),
    ]


def test_a_commitment_cut_in_two_goes_on() -> None:
    border = TEXT.index("建成")
    parts = [cut(TEXT, span, [PLEDGE], []) for span in (Span(0, border), Span(border, len(TEXT)))]
    assert [told(list(part))[0] for part in parts] == [
        ("到2022年底,", PLEDGE),
        ("建成5G基站2000个以上", PLEDGE),
    ]


def test_a_heading_is_a_run_of_its_own() -> None:
    found = list(runs(whole(SECOND, headings=(Span(0, 8),))))
    assert [("".join(leaf.text for leaf in part), heading) for _, heading, part in found][0] == (
        TEXT[:8],
        True,
    )
    assert [heading for _, heading, _ in found].count(True) == 1


@st.composite
def placed(draw: st.DrawFn) -> list[Row]:
    """Return rows with quotes anywhere and marks inside them; commitments stand apart."""
    rows: list[Row] = []
    for number in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(["target", "status", "mention", "deadline"]))
        start = draw(st.integers(0, len(TEXT) - 1))
        end = draw(st.integers(start + 1, len(TEXT)))
        first = draw(st.integers(start, end - 1))
        mark = Span(first, draw(st.integers(first + 1, end)))
        words = Span(start, end)
        rows.append(Row(f"{number}", kind, words, mark if kind in ("target", "status") else words, {}))
    borders = sorted(draw(st.sets(st.integers(0, len(TEXT)), max_size=6)))
    pledges = zip(borders[::2], borders[1::2], strict=False)
    return rows + [Row(f"c{a}", "commitment", Span(a, b), Span(a, b), {}) for a, b in pledges]


@given(placed())
def test_nothing_is_lost_and_every_row_opens_and_closes_once(rows: list[Row]) -> None:
    leaves = whole(*rows)
    assert "".join(leaf.text for leaf in leaves) == TEXT and all(leaf.text for leaf in leaves)
    opened = [one.row_id for leaf in leaves for one in leaf.opens]
    closed = [one.row_id for leaf in leaves for one in leaf.closes if one.kind != "commitment"]
    others = sorted(one.row_id for one in rows if one.kind != "commitment")
    assert sorted(opened) == sorted(closed) == others
    begun = [pledge for pledge, _, part in runs(leaves) if pledge and pledge.mark.start == part[0].span.start]
    assert begun == [one for one in rows if one.kind == "commitment"]
    for one in rows:
        within = [leaf for leaf in leaves if one in leaf.within]
        assert "".join(leaf.text for leaf in within) == one.words.slice(TEXT)


def test_coded_rows_stand_where_their_tables_say(book: Book) -> None:
    text = book.read("dongying-2022").reading.text
    rows = Body(book, book.read("dongying-2022")).rows
    said: dict[str, Any] = {
        "target": "value_text",
        "status": "value_text",
        "mention": "quote",
        "deadline": "due_text",
        "commitment": "action_zh",
    }
    assert {one.kind for one in rows} == set(said) - {"status"}
    assert all(one.mark.slice(text) == one.cells[said[one.kind]] for one in rows)
    assert [one.mark.start for one in rows] == sorted(one.mark.start for one in rows)
