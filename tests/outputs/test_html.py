"""Sections as HTML: words stay words whatever they hold, numbers are the page's, links lead home."""

from __future__ import annotations

import datetime
import json
from dataclasses import fields, replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from compare.outputs.arrange import arrange
from compare.outputs.element import element, unpacked
from compare.outputs.html import Leaf
from compare.outputs.html import section as html_section
from compare.sections.section import (
    KINDS,
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
    from_json,
)
from compare.words.messages import messages
from compare.words.text import Run

EVIL = "<script>alert(1)</script>\"'&<b>"
LOOKS = (
    "",
    "value",
    "bare",
    "quote",
    "plain",
    "city",
    "strong",
    "quiet",
    "tag",
    "mark",
    "mark value",
    "said",
    "code",
)


def page(*sections: Section) -> BeautifulSoup:
    leaf = Leaf(arrange(sections), messages("en"), "en", datetime.date(2026, 11, 21))
    return BeautifulSoup("\n".join(html_section(one, leaf) for one in sections), "html.parser")


def held(*blocks: Any) -> Section:
    return Section("a", (Run("title"),), blocks=blocks, lang="en")


BLOCKS = {
    "a paragraph": lambda text: Paragraph(text, "note"),
    "a heading": lambda text: Heading(text),
    "a list": lambda text: Items((text,)),
    "terms": lambda text: Facts(((text, text),)),
    "a table": lambda text: Table(
        (Row((Cell((text,), head=True),)),), (Group((Row((Cell((Paragraph(text),)),)),), text),), caption=EVIL
    ),
    "a fold": lambda text: Fold(text, (Paragraph(text),)),
    "a part": lambda text: Part((Paragraph(text),), EVIL, EVIL, lang=EVIL),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("block", BLOCKS)
def test_words_stay_words(block: str, look: str) -> None:
    run = Run(EVIL, look, lang=EVIL, place=EVIL, row=EVIL, to=EVIL, anchor=EVIL)
    for text in ((run,), (replace(run, row=""),), (replace(run, row="", to=""),)):
        tree = page(held(BLOCKS[block](text)))
        assert tree.find("script") is None
        assert not [tag for tag in tree.find_all(True) if set(tag.attrs) & {"onclick", "onerror", "'&<b"}]
        assert EVIL in tree.get_text()


@pytest.mark.parametrize("field", ["title", "kicker", "deck"])
def test_what_stands_around_a_section_is_escaped(field: str) -> None:
    tree = page(replace(held(), **{field: (Run(EVIL),)}))
    assert tree.find("script") is None and EVIL in tree.get_text()


def test_no_words_of_a_drawing_end_its_script_or_open_an_element() -> None:
    label = {"name": "t-1", "text": f"<b>{escape(EVIL)}</b>", "x": 1, "y": 1, "font": {"size": 12}}
    layout = {
        "width": 516, "height": 200, "margin": dict.fromkeys("lrtb", 0), "annotations": [label],
        "xaxis": {"range": [0, 2]}, "yaxis": {"range": [0, 2]}, "meta": EVIL,
    }  # fmt: skip
    drawing = Drawing(516, 200, json.dumps({"layout": layout}))
    tree = page(held(Chart((Run(EVIL),), (Run(EVIL),), EVIL, (drawing,))))
    (script,) = tree.find_all("script")
    assert json.loads(unpacked(str(script.string)))["layout"]["meta"] == EVIL
    (link,) = tree.select(".over a")
    assert link.b.get_text() == EVIL and link["href"] == "#t-1"


def test_an_element_escapes_children_and_attributes_alone() -> None:
    made = element("a", "<", element("b", ">"), href='"><', hidden=True, title=None)
    assert str(made) == '<a href="&#34;&gt;&lt;" hidden>&lt;<b>&gt;</b></a>'


# ── numbers and places ──────────────────────────────────────────────────────
LEAD = Section("lead", (Run("x"),), blocks=(Paragraph((Run("5", "value", row="t-2"),)),), look="lead")
TABLE = Section(
    "table", (Run("y"),), blocks=(Paragraph((Run("5", "value", row="t-2"), Run("7", "value", row="t-1"))),)
)
CLOSING = Section(
    "evidence", (Run("z"),), evidence=("t-1", "t-2"),
    blocks=(Items(((Run("", "number", row="t-2"),), (Run("", "number", row="t-9"),)), "backs"),
            Paragraph((Run("", anchor="t-1"), Run("words", "mark"), Run("", "chip", row="t-1")))),
)  # fmt: skip


def test_rows_bear_the_numbers_of_the_closing_section() -> None:
    tree = page(LEAD, TABLE, CLOSING)
    chips = [(tag["href"], tag.sup.get_text()) for tag in tree.select("a.v")]
    assert chips == [("#t-2", "2"), ("#t-2", "2"), ("#t-1", "1")]


def test_a_row_is_led_back_to_where_it_is_shown_first_behind_the_lead() -> None:
    tree = page(LEAD, TABLE, CLOSING)
    assert [tag["href"] for tag in tree.select(".backs a")] == ["#v-t-2"]
    assert tree.find(id="v-t-2").find_parent("section").h2["id"] == "table"
    assert len(tree.find_all(id="v-t-2")) == 1


def test_a_section_alone_numbers_its_own_rows() -> None:
    assert [tag.get_text() for tag in page(TABLE).select("a.v sup")] == ["1", "2"]


# ── plain data ──────────────────────────────────────────────────────────────
words = st.text(max_size=8)
runs = st.builds(Run, words, words, words, words, words, words, words)
texts = st.lists(runs, max_size=3).map(tuple)
lines = st.builds(Paragraph, texts, words)
cells = st.builds(Cell, st.lists(lines, max_size=2).map(tuple), words, words, st.booleans())
rows = st.builds(Row, st.lists(cells, max_size=2).map(tuple), words, words)
groups = st.builds(Group, st.lists(rows, max_size=2).map(tuple), texts)
tables = st.builds(Table, st.lists(rows, max_size=1).map(tuple), st.lists(groups, max_size=2).map(tuple))
blocks = st.recursive(
    lines | tables | st.builds(Items, st.lists(texts, max_size=2).map(tuple)),
    lambda inner: (
        st.builds(Part, st.lists(inner, max_size=2).map(tuple), words)
        | st.builds(Fold, texts, st.lists(inner, max_size=2).map(tuple))
    ),
    max_leaves=6,
)
sections = st.builds(Section, words, texts, texts, texts, st.lists(blocks, max_size=3).map(tuple))


@settings(max_examples=150, deadline=None)
@given(sections)
def test_a_section_comes_back_from_json_as_it_was(section: Section) -> None:
    assert from_json(section.to_json()) == section


@settings(max_examples=80, deadline=None)
@given(sections)
def test_whatever_a_section_holds_its_page_is_words(section: Section) -> None:
    tree = page(section)
    assert tree.find("script") is None
    assert all(run.text in tree.get_text() for run in section.title if not run.look)


def test_every_kind_is_frozen_and_plain() -> None:
    for kind in KINDS.values():
        assert kind.__dataclass_params__.frozen, kind
        assert all(field.name != "number" for field in fields(kind)), "a section holds no number"
