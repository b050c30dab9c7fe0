"""Sections as the lines, tables and charts of a document, in reading order, each line with its style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from compare.outputs.page import Frame
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
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, plain, text

# Characters: a Chinese title longer than this, or a Latin one of twice as many letters, fills its line.
TITLE_WIDTH = 20
MOST_FACTS = 5
BETWEEN = {"zh": "　", "en": " · "}
CLAUSE = re.compile("[，；：]|[,;:] ")
# The style of what stands in a paragraph, list or part, by a word of its look.
STYLES = {"note": "Note", "legends": "Note", "translations": "Note", "cite": "Cite", "sums": "Cite",
          "quoted": "Quote"}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A line: its words, the style of its paragraph, the look and language of words that have none.

    `item` is 1 for the first item of a numbered list and 2 for the others; `place` is an id that it bears.
    """

    words: Text
    style: str
    look: str = ""
    lang: str = ""
    item: int = 0
    place: str = ""


def lines(part: Any, frame: Frame, style: str = "BodyText", lang: str = "") -> Iterator[Said | Table | Chart]:
    """Yield what a section or a part of one says; `style` and `lang` are those of what stands around it.

    A line without words that bears a `place` only names where the next one begins.
    """
    match part:
        case Take() | Bar() | Paragraph(look="close") | Items(look="backs"):
            # Rows to take away, bars for the eye, ways back and away are for readers at a screen.
            return
        case Paragraph() if _says(part.text):
            yield Said(part.text, _styled(part.look, style), part.look, lang)
        case Heading():
            yield Said(part.text, f"Heading{min(3, part.level - 1)}", place=part.anchor)
        case Calendar():
            yield Said(text(part.name), style)
        case Items():
            yield from _items(part, frame, _styled(part.look, style), lang)
        case Facts():
            yield from lines(_facts(part), frame)
        case Table():
            yield from [Said(text(part.caption), "Caption")] if part.caption else []
            yield part
        case Chart():
            yield from _chart(part, frame)
        case Fold():
            is_table = [type(one) for one in part.blocks] == [Table]
            yield Said(part.summary, "Caption" if is_table else "Heading2", place=part.anchor)
            # What a page shows only when asked is small print.
            yield from lines(part.blocks, frame, "Note", lang)
        case Part(look="about" | "about document"):
            yield _about(part, frame)
        case Part():
            yield Said((), "", place=part.anchor)
            yield from lines(part.blocks, frame, _styled(part.look, style), part.lang or lang)
        case Section():
            yield from _section(part, frame)
        case (Run(), *_) if _says(part):
            yield Said(part, style, lang=lang)
        case Paragraph() | (Run(), *_):
            return
        case tuple() | list():
            for one in part:
                yield from lines(one, frame, style, lang)
        case _:
            raise TypeError(f"no part of a section: {part!r}")


def _styled(look: str, style: str) -> str:
    return next((STYLES[one] for one in look.split() if one in STYLES), style)


def _says(words: Text) -> bool:
    """Return whether there is anything to read in a text: not in signs that a page draws."""
    return any(
        run.text.strip() or run.row or run.look.startswith(("shape", "figure-number")) for run in words
    )


def _section(part: Section, frame: Frame) -> Iterator[Said | Table | Chart]:
    """Yield a section, the kicker with its heading: the number of a figure behind it, other words before."""
    yield Said((), "", place=part.key)
    kicker, (before, after) = part.kicker, signs(part.lang).bracket.split("{}")
    if part.look == "lead":
        yield Said(_in_clauses(part.title), "Title")
    elif part.title and kicker and (kicker[-1].look == "figure-number" or plain(kicker)[-1].isdigit()):
        yield Said(text(part.title, before, kicker, after), "Heading1")
    elif part.title:
        yield Said(joined([kicker, part.title], signs(part.lang).colon), "Heading1")
    elif kicker:
        yield Said(kicker, "BodyText")
    yield from lines((part.deck, part.blocks), frame)


def _in_clauses(title: Text) -> Text:
    """Return a title with a break after the clause that ends nearest its middle, if it fills its line.

    >>> [run.text for run in _in_clauses(text("三市为5G与通信网络写下数字，没有两个可以直接相比"))]
    ['三市为5G与通信网络写下数字，', '', '没有两个可以直接相比']
    """
    words = plain(title)
    ends = [match.end() for match in CLAUSE.finditer(words) if match.end() < len(words)]
    whole = line_width(words)
    if whole <= TITLE_WIDTH or not ends:
        return title
    end = min(ends, key=lambda place: abs(line_width(words[:place]) - whole / 2))
    return text(words[:end].rstrip(), Run("", "break"), words[end:])


def _items(part: Items, frame: Frame, style: str, lang: str) -> Iterator[Said | Table | Chart]:
    """Yield a list; its items are numbered in the text, where there are several."""
    numbered = len(part.items) > 1 and style == "BodyText"
    for number, item in enumerate(part.items):
        for at, one in enumerate(lines(item, frame, style, lang)):
            if numbered and at == 0 and isinstance(one, Said):
                one = replace(one, style="ListNumber", item=2 if number else 1)
            yield one


def _facts(part: Facts) -> Table:
    """Return terms over what is said of each, or beside it where they are many."""
    cells = [(Cell((term,), head=True), Cell((said,))) for term, said in part.pairs]
    if len(cells) > MOST_FACTS:
        return Table((), (Group(tuple(map(Row, cells))),))
    terms, said = zip(*cells, strict=True)
    return Table((Row(terms),), (Group((Row(said),)),))


def _chart(part: Chart, frame: Frame) -> Iterator[Said | Table | Chart]:
    """Yield a chart with its words over it, and its values as a table under it."""
    yield from [Said(part.title, "Heading2")] if part.title else []
    yield from lines(part.deck, frame)
    yield part
    yield from lines(part.note, frame, "Note")
    if part.twin:
        yield Said(text(frame.messages.say("data_table")), "Caption")
        yield part.twin


def _about(part: Part, frame: Frame) -> Said:
    """Return all that is said about a passage as one line, without the sign that only decorates it."""
    between = BETWEEN[frame.lang]
    held = [one.words for one in lines(part.blocks, frame) if isinstance(one, Said)]
    kept = (run for run in joined(held, between) if not run.look.startswith("shape"))
    return Said(tuple(Run(between) if run.look == "break" else run for run in kept), "Source")


def line_width(words: str) -> float:
    """Return the width of words in characters: a Chinese one counts 1, a Latin one a half.

    >>> line_width("5G基站")
    3.0
    """
    return sum(1 if ord(character) > 0x2E7F else 0.5 for character in words)
