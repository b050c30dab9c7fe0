"""The words of a page as runs of a Word document: each piece of one look and one font, with its links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docx.shared import RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from compare.outputs.word.blocks import Page
from compare.outputs.word.text import Look, Words
from compare.outputs.word.xml import add_bookmark, element, lead

# Marks that a Latin font has too: beside Chinese they take the Chinese font, or they come out narrow.
SHARED = re.compile(r"([“”‘’…—·]+)")
SIGNS = re.compile(r"([▲△■□●○◆◇]+)")
# What XML cannot hold.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
INK, GOLD, YELLOW = "4D5158", "D9A400", "FFE58A"


@dataclass(frozen=True)
class Mark:
    """A bookmark: its number in the document, and its name as Word allows it."""

    number: int
    name: str


@dataclass(frozen=True)
class Pen:
    """What writes words: `marks` are the bookmarks of linked places, `colours` those of the cities."""

    lang: str
    marks: Mapping[str, Mark]
    colours: Mapping[str, str]

    def write(self, paragraph: Paragraph, said: Iterable[Words]) -> None:
        """Add words to the end of a paragraph, each with the bookmarks of what begins with them."""
        for words in said:
            for mark in [self.marks[place] for place in words.places if place in self.marks]:
                add_bookmark(paragraph, mark.number, mark.name)
            is_chinese = (words.look.lang or self.lang).startswith("zh")
            for text, is_east in _pieces(sayable(words.text), is_chinese):
                run = paragraph.add_run(text)
                self.dress(run, words.look, is_east)
                if words.look.link in self.marks:
                    lead(run, self.marks[words.look.link].name)

    def dress(self, run: Run, look: Look, is_east: bool) -> None:
        """Give a run its look; in one that `is_east`, signs that both fonts hold are Chinese."""
        if not is_east and look == Look():
            return
        held, font = run._r.get_or_add_rPr(), run.font
        if is_east:
            held.append(element("w:rFonts", hint="eastAsia"))
        if look.bold:
            font.bold = True
        if look.city in self.colours:
            font.color.rgb = RGBColor.from_string(self.colours[look.city])
        if look.line:
            held.append(element("w:u", val=look.line, color=INK if look.line == "dash" else GOLD))
        if look.frame:
            held.append(element("w:bdr", val=look.frame, sz=4, space=0, color=INK))
        if look.marked:
            held.append(element("w:shd", val="clear", color="auto", fill=YELLOW))
        if look.raised:
            font.superscript = True
        if look.lang == "zh-Hant":
            held.append(element("w:lang", eastAsia="zh-TW"))


def pen_for(page: Page) -> Pen:
    """Return what writes the words of a page, with a bookmark for each place that a link of it leads to."""
    wanted = {words.look.link for words in page.words()}
    names: dict[str, str] = {}
    for place in [place for words in page.words() for place in words.places if place in wanted]:
        names[place] = _bookmark(place, set(names.values()))
    marks = {place: Mark(number, name) for number, (place, name) in enumerate(names.items(), 1)}
    return Pen(page.lang, marks, page.colours)


def sayable(text: str) -> str:
    """Return text as XML can hold it, with a sign in the place of each that it cannot."""
    return FORBIDDEN.sub("\ufffd", text)


def _bookmark(place: str, taken: set[str]) -> str:
    """Return a name for a place that Word takes: a letter first, no hyphens, at most 40 characters."""
    name = re.sub(r"\W", "_", f"p_{place}", flags=re.ASCII)[:40]
    return name if name not in taken else f"{name[:34]}_{len(taken)}"


def _pieces(text: str, is_chinese: bool) -> Iterator[tuple[str, bool]]:
    """Yield text in pieces of one font, and line breaks on their own."""
    pattern = re.compile(f"{SIGNS.pattern}|{SHARED.pattern}" if is_chinese else SIGNS.pattern)
    for line_number, line in enumerate(text.split("\n")):
        if line_number:
            yield "\n", False
        for piece in filter(None, pattern.split(line)):
            yield piece, bool(pattern.fullmatch(piece))
