"""How headings and lists are numbered, which python-docx leaves to the elements of Word itself."""

from __future__ import annotations

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt

from compare.outputs.word.style import Level, Style, heading_levels, styles
from compare.outputs.word.xml import element

# The numbers of the two ways of numbering, and of the one series that all headings are in.
HEADINGS, ITEMS, HEADING_SERIES = 0, 1, 1
ITEM = Level("decimal", "%1.", "space")


def set_numbering(document: Document, lang: str) -> None:
    """Give a new document the numbering of headings and of items, in place of what it brings."""
    held = document.part.numbering_part.element
    for part in list(held):
        held.remove(part)
    by_id = {style.id: style for style in styles(lang)}
    headings = [_level(number, one, by_id["Heading1"]) for number, one in enumerate(heading_levels(lang))]
    held.append(_numbering(HEADINGS, "multilevel", headings))
    held.append(_numbering(ITEMS, "singleLevel", [_level(0, ITEM, by_id["ListNumber"])]))
    held.add_num(HEADINGS)


def add_series(document: Document) -> int:
    """Return the number of a new series of items that counts from one."""
    made = document.part.numbering_part.element.add_num(ITEMS)
    made.add_lvlOverride(0).add_startOverride(1)
    return int(made.numId)


def set_number(properties: BaseOxmlElement, series: int, level: int = 0) -> None:
    """Number paragraphs, or those of a style, by their properties."""
    held = properties.get_or_add_numPr()
    held.get_or_add_ilvl().val, held.get_or_add_numId().val = level, series


def _numbering(number: int, kind: str, levels: list[BaseOxmlElement]) -> BaseOxmlElement:
    return element("w:abstractNum", element("w:multiLevelType", val=kind), *levels, abstractNumId=number)


def _level(number: int, level: Level, style: Style) -> BaseOxmlElement:
    """Return one level; its paragraphs begin as far in as those of a style."""
    indent = {"left": 0, "firstLine": Pt(style.indent * style.size).twips}
    if style.indent:
        indent["firstLineChars"] = round(style.indent * 100)
    return element(
        "w:lvl",
        element("w:start", val=1),
        element("w:numFmt", val=level.numerals),
        *([element("w:pStyle", val=level.style)] if level.style else []),
        element("w:suff", val=level.follows),
        element("w:lvlText", val=level.text),
        element("w:lvlJc", val="left"),
        element("w:pPr", element("w:ind", **indent)),
        ilvl=number,
    )
