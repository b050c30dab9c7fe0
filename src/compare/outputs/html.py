"""Sections as HTML: every word is escaped by the one function that makes elements."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from compare.outputs.arrange import Arranged
from compare.outputs.calendar import ics_bytes
from compare.outputs.element import NOTHING, Element, chinese, classes, element, packed, together
from compare.outputs.overlay import FROM_ELSEWHERE, links_over
from compare.outputs.takeaway import ICS, files, link
from compare.sections.section import (
    Bar,
    Calendar,
    Cell,
    Chart,
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
from compare.words.messages import Messages
from compare.words.signs import signs
from compare.words.text import Run, Text


@dataclass
class Leaf:
    """What rendering one page needs and keeps: numbers, the words of the page, anchors given so far."""

    arranged: Arranged
    messages: Messages
    lang: str
    as_of: datetime.date
    draws: bool = True
    section: str = ""
    given: set[str] = field(default_factory=set)


def words(leaf: Leaf, said: Text) -> Element:
    """Return a text as HTML."""
    return together(_run(leaf, run) for run in said)


def _run(leaf: Leaf, run: Run) -> Element:
    if run.look.startswith(("shape", "glyph")):
        # The look draws it.
        return element("span", class_=classes(run.look, run.place and f"c-{run.place}"), aria_hidden="true")
    made = _linked(leaf, run)
    if run.anchor:
        made = element("span", class_="anchor", id=run.anchor) + made
    return made


def _linked(leaf: Leaf, run: Run) -> Element:
    colour = run.place and f"c-{run.place}"
    if run.look == "break":
        return element("br")
    if run.look == "code":
        return element("code", run.text)
    if run.look == "figure-number":
        return together([leaf.arranged.figures.get(leaf.section, 1)])
    if run.row and run.look == "number":
        return together([leaf.arranged.numbers.get(run.row, "")])
    if run.look == "chip":
        return element("sup", leaf.arranged.numbers.get(run.row, ""), class_="chip")
    if run.row:
        chip = element("sup", leaf.arranged.numbers.get(run.row, ""), class_="chip")
        bare = run.look in ("plain", "bare", "made")
        out = "out" if run.row.startswith(FROM_ELSEWHERE) else ""
        looks = {"value": "v", "bare": "v", "quote": "v q", "plain": ""}.get(run.look, f"v {run.look}")
        first = run.row not in leaf.given and leaf.arranged.shown.get(run.row) == leaf.section
        if first:
            leaf.given.add(run.row)
        return element(
            "a",
            run.text,
            "" if bare else chip,
            class_=classes(looks, out if run.look in ("value", "bare", "made") else ""),
            id=f"v-{run.row}" if first else "",
            href=f"#{run.row}",
            lang=run.lang,
        )
    if run.to:
        outside = "" if run.to.startswith("#") else run.to.partition("#")[0]
        return element("a", run.text, class_=run.look, href=run.to, title=outside, lang=run.lang)
    if run.look == "said":
        # Sentences of ours that quote Chinese words: those are marked, so that they are read out as Chinese.
        return chinese(run.text) if signs(leaf.lang).foreign else together([run.text])
    if run.look == "city":
        return element("b", run.text, class_=classes("city", colour))
    if run.look in ("mark", "mark value"):
        return element("mark", run.text, class_=run.look.removeprefix("mark").strip())
    if run.look == "strong":
        return element("b", run.text, lang=run.lang)
    if run.look or run.lang or colour:
        return element("span", run.text, class_=classes(run.look, colour), lang=run.lang)
    return together([run.text])


@singledispatch
def block(part: Any, leaf: Leaf) -> Element:
    """Return one block of a section as HTML."""
    if isinstance(part, tuple):
        return words(leaf, part) if all(isinstance(one, Run) for one in part) else blocks(part, leaf)
    raise TypeError(f"no block: {part!r}")


def blocks(held: Iterable[Any], leaf: Leaf) -> Element:
    """Return blocks one after another."""
    return together((block(one, leaf) for one in held), "\n")


@block.register
def _(part: Paragraph, leaf: Leaf) -> Element:
    return element("p", words(leaf, part.text), class_=part.look)


@block.register
def _(part: Heading, leaf: Leaf) -> Element:
    return element(f"h{part.level}", words(leaf, part.text), class_=part.look, id=part.anchor)


@block.register
def _(part: Items, leaf: Leaf) -> Element:
    items = _backs(part, leaf) if part.look == "backs" else [block(one, leaf) for one in part.items]
    return element("ul", *(element("li", one) for one in items), class_=part.look) if items else NOTHING


@block.register
def _(part: Facts, leaf: Leaf) -> Element:
    pairs = (
        element("div", element("dt", words(leaf, term)), element("dd", words(leaf, said)))
        for term, said in part.pairs
    )
    return element("dl", *pairs, class_=part.look)


@block.register
def _(part: Table, leaf: Leaf) -> Element:
    columns = max((sum(cell.columns for cell in row.cells) for row in _rows(part)), default=1)
    caption = element("caption", part.caption) if part.caption else ""
    head = element("thead", *(_table_row(row, leaf, "col") for row in part.head)) if part.head else ""
    bodies = [_group(group, leaf, columns) for group in part.groups]
    foot = element("tfoot", *(_table_row(row, leaf, "row") for row in part.foot)) if part.foot else ""
    return element("table", caption, head, *bodies, foot, class_=part.look)


def _rows(part: Table) -> list[Row]:
    return [*part.head, *(row for group in part.groups for row in group.rows)]


def _group(group: Group, leaf: Leaf, columns: int) -> Element:
    head = (
        element(
            "tr", element("th", words(leaf, group.head), scope="rowgroup", colspan=columns), class_="group"
        )
        if group.head
        else ""
    )
    return element("tbody", head, *(_table_row(row, leaf, "row") for row in group.rows), class_=group.look)


def _table_row(row: Row, leaf: Leaf, scope: str) -> Element:
    return element("tr", *(_cell(cell, leaf, scope) for cell in row.cells), class_=row.look, id=row.anchor)


def _cell(cell: Cell, leaf: Leaf, scope: str) -> Element:
    lines = [
        element("span", words(leaf, one.text), class_=one.look)
        if isinstance(one, Paragraph)
        else block(one, leaf)
        for one in cell.lines
    ]
    return element(
        "th" if cell.head else "td",
        together(lines, "\n"),
        class_=classes(cell.look, cell.place and f"c-{cell.place}"),
        scope=("colgroup" if scope == "col" and cell.columns > 1 else scope) if cell.head else "",
        colspan=cell.columns if cell.columns > 1 else "",
        rowspan=cell.rows if cell.rows > 1 else "",
        data_head=cell.label,
    )


@block.register
def _(part: Fold, leaf: Leaf) -> Element:
    summary = element("summary", words(leaf, part.summary))
    inner = blocks(part.blocks, leaf)
    return element("details", summary, inner, class_=part.look, open=part.open, id=part.anchor)


@block.register
def _(part: Part, leaf: Leaf) -> Element:
    name = {"passage": "article", "quoted": "blockquote"}.get(part.look, "div")
    region = {"tabindex": "0", "role": "region", "aria_label": part.label} if part.label else {}
    inner = blocks(part.blocks, leaf)
    return element(name, inner, class_=part.look, id=part.anchor, lang=part.lang, **region)


def _backs(part: Items, leaf: Leaf) -> list[Element]:
    """Return the ways back from a passage to where each of its rows is shown first, of those that are."""
    made = []
    for item in part.items:
        row = next((run.row for run in item if run.row in leaf.arranged.shown), "")
        if row:
            said = tuple(run for run in item if run.look != "back")
            made.append(element("a", "↩ ", words(leaf, said), href=f"#v-{row}"))
    return made


@block.register
def _(part: Chart, leaf: Leaf) -> Element:
    head = [element("h3", words(leaf, part.title))] if part.title else []
    head += [element("p", words(leaf, part.deck), class_="deck")] if part.deck else []
    caption = element("figcaption", *head) if head else ""
    named = element("summary", leaf.messages.say("data_table"))
    held = block(part.twin, leaf) if part.twin else ""
    twin = element("details", named, held, class_="twin", open=part.open) if held else ""
    plots = (
        element(
            "div",
            element("div", class_="canvas", data_width=one.width),
            packed(one.figure),
            element("div", *links_over(one), class_="labels"),
            class_=f"plot w{one.width}",
            style=f"width:{one.width}px;height:{one.height}px",
            role="group",
            aria_label=part.alt,
        )
        for one in part.drawings
        if leaf.draws
    )
    note = element("p", words(leaf, part.note), class_="note") if part.note else ""
    take = block(part.take, leaf) if part.take else ""
    return element("figure", caption, *plots, note, twin, take, class_=part.look or "panel")


@block.register
def _(part: Take, leaf: Leaf) -> Element:
    links = [
        element("a", kind, download=f"{part.name}.{kind.lower()}", href=address)
        for kind, address in files(part, leaf.as_of)
    ]
    if "SVG" in part.kinds:
        name = f"{part.name}.svg"
        links.append(element("button", "SVG", type="button", class_="svg", data_name=name, hidden=True))
    words = element("span", part.words or leaf.messages.say("take"))
    return element("p", words, *links, class_="take")


@block.register
def _(part: Calendar, leaf: Leaf) -> Element:
    return element("a", part.name, class_="sums", download=part.name, href=link(ICS, ics_bytes(part)))


@block.register
def _(part: Bar, leaf: Leaf) -> Element:
    # A share of one length that the look gives the whole table: shares of cells would not be to one scale.
    width = f"width:calc({part.share:.3f}*var(--rod,100%))"
    return element("span", class_=part.look, style=width, aria_hidden="true")


def section(part: Section, leaf: Leaf) -> Element:
    """Return a section as HTML, its heading first; one that has nothing to say leaves nothing."""
    if not part.title and not part.blocks:
        return NOTHING
    leaf.section = part.key
    if part.look == "lead":
        inner = element("div", blocks(part.blocks, leaf), class_="lead-grid")
        return element("header", element("h1", words(leaf, part.title)), inner, class_="lead")
    return element(
        "section",
        element("p", words(leaf, part.kicker), class_="kicker") if part.kicker else "",
        element("h2", words(leaf, part.title), id=part.key) if part.title else "",
        element("p", words(leaf, part.deck), class_="deck") if part.deck else "",
        blocks(part.blocks, leaf),
        class_=part.look,
        aria_labelledby=part.key if part.title else "",
    )
