"""Sections as a Word document in the official Chinese style, with the numbers and links of their page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from compare.charts.look import colours
from compare.outputs.archive import settled
from compare.outputs.arrange import arrange
from compare.outputs.page import Frame, places
from compare.outputs.pictures import Picture, on_paper
from compare.outputs.word_lines import BETWEEN, Said, lines
from compare.outputs.word_runs import Sheet, line_of, marks_of, sayable
from compare.outputs.word_style import (
    FALLBACKS,
    MARGINS,
    SHEET,
    TEXT_WIDTH,
    element,
    in_series,
    new_series,
    numbering,
    set_styles,
    style_of,
)
from compare.outputs.word_table import write_table
from compare.sections.section import Drawing, Section, Table
from compare.words.text import plain, text

# Millimetres: a pixel, and the tallest picture that leaves room for its heading.
PIXEL, TALLEST = 25.4 / 96, 195
# What python-docx takes for a property of a document.
LONGEST = 255
# A page number stands 7 mm below the text; its own line is about 6 mm high.
FOOTER = MARGINS[2] - 7 - 6
# What is kept of the document that python-docx begins with, all written anew.
KEPT_PARTS = ("officeDocument", "core-properties", "styles", "numbering", "settings")
MODE = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": 15}
Pictures = Mapping[Drawing, Sequence[Picture]]


def word_document(sections: Sequence[Section], frame: Frame, pictures: Pictures, edition: str = "") -> bytes:
    """Return a page as the bytes of a .docx file, dated on the day of its frame.

    `pictures` holds those of every chart's drawing for paper. The same sections and pictures give the same
    bytes.
    """
    inks = {place: ink[1:] for place, ink in colours(places(sections)).items()}
    sheet = Sheet(_empty(frame.lang), frame, arrange(sections), inks, marks_of(sections))
    for one in lines(sections, frame):
        if isinstance(one, Said):
            _write(one, sheet)
            if one.style == "Title":
                about = BETWEEN[frame.lang].join(filter(None, [frame.messages.say("site"), frame.kicker]))
                _write(Said(text(about), "Subtitle"), sheet)
        elif isinstance(one, Table):
            write_table(one, sheet)
        elif drawing := on_paper(one):
            _pictures(pictures[drawing], one.alt, sheet)
    return _saved(sheet.document, plain(sections[0].title), frame, edition)


def _saved(made: Document, title: str, frame: Frame, edition: str) -> bytes:
    """Return the document's bytes: the clock, the platform and python-docx leave no mark."""
    about = made.core_properties
    said = (title, frame.messages.say("site"), frame.kicker)
    about.title, about.author, about.subject = (sayable(words)[:LONGEST] for words in said)
    about.language, about.version = "zh-CN" if frame.lang == "zh" else "en-GB", edition
    about.created = about.modified = datetime.datetime.combine(frame.as_of, datetime.time())
    about.comments = about.keywords = about.last_modified_by = ""
    raw = BytesIO()
    made.save(raw)
    return settled(raw.getvalue())


def _empty(lang: str) -> Document:
    """Return a document without words in the style of a language, zh or en."""
    made = docx.Document()
    package = made.part.package
    assert package is not None
    for held in (package.rels, made.part.rels):
        for name in [name for name, one in held.items() if one.reltype.split("/")[-1] not in KEPT_PARTS]:
            del held[name]
    font_table = PackURI("/word/fontTable.xml")
    fonts = XmlPart(font_table, CONTENT_TYPE.WML_FONT_TABLE, element("fonts", *_fonts()), package)
    made.part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)
    set_styles(made, lang)
    made.part.numbering_part.element[:] = numbering(lang)
    # As the present versions of Word lay out a document, Chinese marks drawn together.
    made.settings.element[:] = [
        element("evenAndOddHeaders"),
        element("characterSpacingControl", val="compressPunctuation" if lang == "zh" else "doNotCompress"),
        element("compat", element("useFELayout"), element("compatSetting", **MODE)),
        element("themeFontLang", val="en-US" if lang == "zh" else "en-GB", eastAsia="zh-CN"),
    ]
    _set_sheet(made, lang)
    return made


def _fonts() -> list[BaseOxmlElement]:
    """Return the Chinese fonts, each with those that may stand in for it."""
    return [
        element("font", element("altName", val=others), element("charset", val="86"),
                element("family", val="auto"), element("pitch", val="variable"), name=name)
        for name, others in FALLBACKS.items()
    ]  # fmt: skip


def _set_sheet(document: Document, lang: str) -> None:
    """Set the sheet and its margins, and at the outer side of its foot the page number, counted from one."""
    [section] = document.sections
    section.page_width, section.page_height = map(Mm, SHEET)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, MARGINS)
    section.footer_distance = Mm(FOOTER)
    for part in section._sectPr.xpath("w:docGrid"):
        section._sectPr.remove(part)
    section._sectPr.insert_element_before(element("pgNumType", start=1), "w:cols")
    size = round(20 * style_of("Footer", lang).size)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        inward = element("ind", **{side: size, f"{side}Chars": 100})
        look = element("pPr", element("pStyle", val="Footer"), inward, element("jc", val=side))
        footer.paragraphs[0]._p[:] = [look, *_page_number()]


def _page_number() -> list[BaseOxmlElement]:
    """Return the number of the page between dashes; a program that does not count shows 1."""
    begin, middle, end = (element("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    said = element("t", "— "), begin, element("instrText", "PAGE"), middle, element("t", "1"), end
    return [element("r", one) for one in (*said, element("t", " —"))]


def _write(one: Said, sheet: Sheet) -> None:
    """Write a line at the end of the document."""
    if one.place:
        sheet.waiting.append(one.place)
        sheet.figure = sheet.arranged.figures.get(one.place, sheet.figure)
    if not one.style:
        return
    sheet.over = line = line_of(one, one.style, sheet)
    if one.item:
        sheet.series = new_series(sheet.document) if one.item == 1 else sheet.series
        line._p.get_or_add_pPr().append(in_series(sheet.series))
    sheet.add(line._p)


def _pictures(shots: Sequence[Picture], alt: str, sheet: Sheet) -> None:
    """Write the parts of a chart, each with the alternative text of the whole."""
    for number, shot in enumerate(shots, 1):
        sheet.bind()
        line = line_of(Said((), ""), "Figure", sheet)
        scale = min(PIXEL, TEXT_WIDTH / shot.width, TALLEST / shot.height)
        size = Mm(shot.width * scale), Mm(shot.height * scale)
        drawn = line.add_run().add_picture(BytesIO(shot.png), *size)._inline
        drawn.docPr.set("descr", sayable(alt if len(shots) == 1 else f"{alt} ({number}/{len(shots)})"))
        # Where no distance from the words beside it is given, LibreOffice leaves some.
        drawn.attrib.update(dict.fromkeys(("distT", "distB", "distL", "distR"), "0"))
        sheet.add(line._p)
