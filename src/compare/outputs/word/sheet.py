"""An empty Word document in the official style: its sheet, styles, numbering, fonts and page numbers.

Of the document that python-docx begins with, only the parts that are written anew here are kept.
"""

from __future__ import annotations

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.package import Package
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from compare.outputs.word.looks import set_styles
from compare.outputs.word.numbers import set_numbering
from compare.outputs.word.style import ARIAL, FALLBACKS, FOOTER, MARGINS, SHEET, TIMES, styles
from compare.outputs.word.xml import add_attributes, add_page_number, element

KEPT = frozenset(
    {
        RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
        RELATIONSHIP_TYPE.CORE_PROPERTIES,
        RELATIONSHIP_TYPE.STYLES,
        RELATIONSHIP_TYPE.NUMBERING,
        RELATIONSHIP_TYPE.SETTINGS,
    }
)
# What the name of a Latin font means where it is lacking: PANOSE, family.
LATIN = {TIMES: ("02020603050405020304", "roman"), ARIAL: ("020B0604020202020204", "swiss")}
# Millimetres between the edge of the sheet and a header, which no page has.
HEADER = 15


def empty(lang: str) -> Document:
    """Return a document without words in the style of a language, zh or en."""
    made = docx.Document()
    package = made.part.package
    assert package is not None
    _drop_parts(package)
    _set_fonts(package)
    set_styles(made, lang)
    set_numbering(made, lang)
    _set_up(made, lang)
    [section] = made.sections
    _set_sheet(section)
    size = next(style.size for style in styles(lang) if style.id == "Footer")
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        _number(footer.paragraphs[0], side, size)
    return made


def _drop_parts(package: Package) -> None:
    """Take away the parts that nothing here needs: theme, thumbnail, a second set of styles."""
    for held in (package.rels, package.main_document_part.rels):
        for name in [name for name, one in held.items() if one.reltype not in KEPT]:
            del held[name]


def _set_fonts(package: Package) -> None:
    """Name the fonts of the document, each with those that may stand in for it."""
    latin = [
        _font(name, element("w:panose1", val=panose), "00", family)
        for name, (panose, family) in LATIN.items()
    ]
    chinese = [
        _font(name, element("w:altName", val=",".join(others)), "86", "auto")
        for name, others in FALLBACKS.items()
    ]
    held = element("w:fonts", *latin, *chinese)
    part = XmlPart(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, held, package)
    package.main_document_part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _font(name: str, likeness: BaseOxmlElement, charset: str, family: str) -> BaseOxmlElement:
    """Return a font of the table, with what tells a program which others are like it."""
    return element(
        "w:font",
        likeness,
        element("w:charset", val=charset),
        element("w:family", val=family),
        element("w:pitch", val="variable"),
        name=name,
    )


def _set_up(document: Document, lang: str) -> None:
    """Set how Word lays out the document: as its present versions do, Chinese marks drawn together."""
    held = document.settings.element
    for part in list(held):
        held.remove(part)
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": 15}
    squeezed = "compressPunctuation" if lang == "zh" else "doNotCompress"
    held.extend(
        [
            element("w:zoom", percent=100),
            element("w:defaultTabStop", val=420),
            element("w:characterSpacingControl", val=squeezed),
            element("w:compat", element("w:useFELayout"), element("w:compatSetting", **mode)),
            element("w:themeFontLang", val="en-US" if lang == "zh" else "en-GB", eastAsia="zh-CN"),
            element("w:decimalSymbol", val="."),
            element("w:listSeparator", val=","),
        ]
    )
    document.settings.odd_and_even_pages_header_footer = True


def _set_sheet(section: Section) -> None:
    """Set the sheet and its margins, and let its pages be counted from one."""
    section.page_width, section.page_height = map(Mm, SHEET)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, MARGINS)
    section.header_distance, section.footer_distance, section.gutter = Mm(HEADER), Mm(FOOTER), Mm(0)
    held = section._sectPr
    for part in held.xpath("w:docGrid"):
        held.remove(part)
    held.insert_element_before(element("w:pgNumType", start=1), "w:cols")


def _number(line: Paragraph, side: str, size: float) -> None:
    """Write the page number one character from the outer edge of the text."""
    form = line.paragraph_format
    if side == "right":
        form.alignment, form.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(size)
    else:
        form.alignment, form.left_indent = WD_ALIGN_PARAGRAPH.LEFT, Pt(size)
    add_attributes(line._p.get_or_add_pPr().get_or_add_ind(), **{f"{side}Chars": 100})
    line.add_run("— ")
    add_page_number(line)
    line.add_run(" —")
