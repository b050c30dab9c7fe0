"""The paragraph and table styles of a Word document, in place of those that python-docx brings."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.styles.styles import Styles

from compare.outputs.word.numbers import HEADING_SERIES, set_number
from compare.outputs.word.style import Style, styles
from compare.outputs.word.xml import add_attributes, element, fonts

# What the library's own document brings and this one rests on, by Word's ids.
KEPT = frozenset({"Normal", "DefaultParagraphFont", "TableNormal", "TableGrid"})
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
# Twips between the words of a cell and its lines.
CELL_MARGINS = {"top": 40, "left": 80, "bottom": 40, "right": 80}


def set_styles(document: Document, lang: str) -> None:
    """Give a new document the styles of its language, zh or en, and no others."""
    held, wanted = document.styles, styles(lang)
    _clear(held)
    _set_grid(held)
    held.element.insert(0, _defaults(lang, next(style for style in wanted if style.id == "BodyText")))
    normal = held["Normal"].paragraph_format
    normal.widow_control = lang != "zh"
    normal.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for style in wanted:
        _add(held, style)
    for style in wanted:
        if style.level >= 0 or style.id in ("Title", "Subtitle"):
            held[style.name].next_paragraph_style = held["Body Text"]


def _clear(held: Styles) -> None:
    """Take away what the library's own document brings, but for the styles that others rest on."""
    for style in list(held):
        if style.style_id not in KEPT:
            style.delete()
    for part in held.element.xpath("w:docDefaults | w:latentStyles | w:style/w:rsid"):
        part.getparent().remove(part)


def _set_grid(held: Styles) -> None:
    """Set the style of tables: lines on all sides, its letters as their own styles say."""
    grid = held["Table Grid"].element
    for part in grid.xpath("w:pPr | w:tblPr/w:tblCellMar"):
        part.getparent().remove(part)
    margins = [element(f"w:{side}", w=width, type="dxa") for side, width in CELL_MARGINS.items()]
    [properties] = grid.xpath("w:tblPr")
    properties.append(element("w:tblCellMar", *margins))


def _defaults(lang: str, base: Style) -> BaseOxmlElement:
    """Return the look of words in no style: that of the text."""
    letters = element(
        "w:rPr",
        element("w:rFonts", **fonts(base.latin, base.east)),
        element("w:kern", val=2),
        element("w:sz", val=round(base.size * 2)),
        element("w:szCs", val=round(base.size * 2)),
        element("w:lang", val="en-US" if lang == "zh" else "en-GB", eastAsia="zh-CN", bidi="ar-SA"),
    )
    return element("w:docDefaults", element("w:rPrDefault", letters), element("w:pPrDefault"))


def _add(held: Styles, style: Style) -> None:
    """Add a paragraph style under its own id, by which paragraphs, numbering and Word's panes name it."""
    made = held.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH, builtin=not style.is_own)
    made.style_id, made.base_style, made.quick_style = style.id, held["Normal"], True
    _set_paragraph(made, style)
    made.font.name = style.latin
    add_attributes(made.element.rPr.rFonts, **fonts(style.latin, style.east))
    made.font.size = Pt(style.size)
    made.font.bold = style.bold or None


def _set_paragraph(made: ParagraphStyle, style: Style) -> None:
    """Set the spacing, indent and numbering of a style's paragraphs."""
    form = made.paragraph_format
    form.alignment = ALIGN[style.align]
    form.space_before, form.space_after = Pt(style.before), Pt(style.after)
    form.keep_with_next = style.keep or None
    if style.line:
        form.line_spacing = Pt(style.line)
    if style.level >= 0 or style.id == "Caption":
        form.keep_together = True
    if style.indent:
        form.first_line_indent = Pt(style.indent * style.size)
        add_attributes(made.element.pPr.ind, firstLineChars=round(style.indent * 100))
    if style.level >= 0:
        set_number(made.element.pPr, HEADING_SERIES, style.level)
        made.element.pPr.append(element("w:outlineLvl", val=style.level))
