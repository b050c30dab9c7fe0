"""An empty Word document in the official style after GB/T 9704-2012: sheet, fonts, styles, numbering, footers.

Lengths are points unless said otherwise; Word counts in twentieths of a point, its twips. Fonts are named
and not embedded: where a machine lacks one, Word takes the first of its `FALLBACKS` that is there. Of the
document that python-docx begins with, only the parts that are written anew here are kept.
"""

from __future__ import annotations

from typing import NamedTuple

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

# Millimetres of the sheet, and of its margins: top, right, bottom, left.
SHEET, MARGINS = (210, 297), (37, 26, 35, 28)
TEXT_WIDTH = SHEET[0] - MARGINS[1] - MARGINS[3]
# A page number stands 7 mm below the text; its own line is about 6 mm high. No page has a header.
HEADER, FOOTER = 15, MARGINS[2] - 7 - 6
SONG, HEI, KAI, FANG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
PLAIN_SONG, TIMES, ARIAL = "宋体", "Times New Roman", "Arial"
FALLBACKS = {
    SONG: "小标宋,华文中宋,宋体,SimSun",
    HEI: "SimHei,Noto Sans CJK SC",
    KAI: "楷体,KaiTi,华文楷体",
    FANG: "仿宋,FangSong,华文仿宋",
    PLAIN_SONG: "SimSun,Noto Serif CJK SC",
}
# What the name of a Latin font means where it is lacking: PANOSE, family.
LATIN = {TIMES: ("02020603050405020304", "roman"), ARIAL: ("020B0604020202020204", "swiss")}
KEPT_STYLES = ("Normal", "DefaultParagraphFont", "TableNormal", "TableGrid")
KEPT_PARTS = {
    getattr(RELATIONSHIP_TYPE, name)
    for name in ("OFFICE_DOCUMENT", "CORE_PROPERTIES", "STYLES", "NUMBERING", "SETTINGS")
}
# Twips between the words of a cell and its lines.
CELL_MARGINS = {"top": 40, "left": 80, "bottom": 40, "right": 80}
# The numbers of the two ways of numbering, and of the one series that all headings are in.
HEADINGS, ITEMS, HEADING_SERIES = 0, 1, 1


class Style(NamedTuple):
    """A paragraph style; `name` is Word's own where Word has one, so that its panes know it.

    `indent` counts characters on the first line; `line` is 0 where a line is as high as what it holds.
    """

    name: str
    east: str
    size: float
    line: float
    latin_size: float
    latin_line: float
    indent: int = 0
    align: str = "both"
    before: float = 0
    after: float = 0
    keep: bool = False


# 2号 is 22 points, 3号 16, 4号 14, 小四 12, 五号 10.5; beside each the size that suits Latin letters.
STYLES = {
    "Title": Style("Title", SONG, 22, 36, 20, 26, align="center", after=8, keep=True),
    "Subtitle": Style("Subtitle", KAI, 16, 28, 13, 18, align="center", after=20),
    "Heading1": Style("heading 1", HEI, 16, 28, 14, 20, 2, before=6, keep=True),
    "Heading2": Style("heading 2", KAI, 16, 28, 12.5, 18, 2, keep=True),
    "Heading3": Style("heading 3", FANG, 16, 28, 12, 18, 2, keep=True),
    "BodyText": Style("Body Text", FANG, 16, 28, 12, 18, 2),
    "ListNumber": Style("List Number", FANG, 16, 28, 12, 18, 2, "left"),
    "Caption": Style("caption", HEI, 12, 20, 10.5, 15, 0, "center", 6, 2, True),
    "Figure": Style("Figure", FANG, 12, 0, 12, 0, 0, "center", 6, 6),
    "Source": Style("Source", KAI, 12, 20, 10.5, 15, 0, "left", 12, keep=True),
    "Quote": Style("Quote", FANG, 12, 21, 11, 18, 2),
    "Note": Style("Note", FANG, 12, 20, 10.5, 15, 2),
    "Cite": Style("Cite", FANG, 12, 20, 10.5, 15, 2, "left"),
    "TableHead": Style("Table Head", HEI, 10.5, 15, 9.5, 12.5, 0, "left"),
    "TableRow": Style("Table Row", HEI, 10.5, 15, 9.5, 12.5, 0, "left"),
    "TableText": Style("Table Text", FANG, 10.5, 15, 9.5, 12.5, 0, "left"),
    "Footer": Style("footer", PLAIN_SONG, 14, 0, 12, 0),
}
LEVELS = ("Heading1", "Heading2", "Heading3")
# English sets headings off by weight instead of by script, and these in upright letters.
UPRIGHT = ("Heading1", "Caption", "TableHead", "TableRow")
CHINESE = "chineseCountingThousand"
HEADING_MARKS = {
    "zh": ((CHINESE, "%1、"), (CHINESE, "（%2）"), ("decimal", "%3.")),
    "en": (("decimal", "%1."), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")),
}


def element(tag: str, *children: BaseOxmlElement | str | None, **attributes: object) -> BaseOxmlElement:
    """Return an element of WordprocessingML with its words, children and attributes; what is None goes.

    Children must stand in the order of the schema (ISO/IEC 29500-1).

    >>> element("lang", None, eastAsia="zh-TW").attrib.values()
    ['zh-TW']
    """
    made: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        if isinstance(child, str):
            made.text = child
            made.set(qn("xml:space"), "preserve")
        elif child is not None:
            made.append(child)
    return made


def empty(lang: str) -> Document:
    """Return a document without words in the style of a language, zh or en."""
    made = docx.Document()
    package = made.part.package
    assert package is not None
    # Theme, thumbnail and a second set of styles are of no use here.
    for held in (package.rels, made.part.rels):
        for name in [name for name, one in held.items() if one.reltype not in KEPT_PARTS]:
            del held[name]
    part = XmlPart(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, _fonts(), package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)
    _set_styles(made, lang)
    _replace(made.part.numbering_part.element, *_numbering(lang))
    _replace(made.settings.element, *_settings(lang))
    _set_sheet(made, lang)
    return made


def _replace(held: BaseOxmlElement, *children: BaseOxmlElement) -> None:
    held[:] = children


def _fonts() -> BaseOxmlElement:
    """Return the fonts of the document, each with those that may stand in for it."""
    latin = [(name, element("panose1", val=code), "00", kind) for name, (code, kind) in LATIN.items()]
    east = [(name, element("altName", val=others), "86", "auto") for name, others in FALLBACKS.items()]
    made = [
        element("font", likeness, element("charset", val=charset), element("family", val=family),
                element("pitch", val="variable"), name=name)
        for name, likeness, charset, family in latin + east
    ]  # fmt: skip
    return element("fonts", *made)


def _set_styles(document: Document, lang: str) -> None:
    """Give a document the styles of its language, and of those it brings only what they rest on."""
    held = document.styles
    for style in list(held):
        if style.style_id not in KEPT_STYLES:
            style.delete()
    for part in held.element.xpath(
        "w:docDefaults | w:latentStyles | w:style/w:rsid | w:style[@w:styleId='TableGrid']/w:pPr"
    ):
        part.getparent().remove(part)
    [grid] = held.element.xpath("w:style[@w:styleId='TableGrid']/w:tblPr")
    for part in grid.xpath("w:tblCellMar"):
        grid.remove(part)
    margins = [element(side, w=width, type="dxa") for side, width in CELL_MARGINS.items()]
    grid.append(element("tblCellMar", *margins))
    tongue = element("lang", val="en-US" if lang == "zh" else "en-GB", eastAsia="zh-CN", bidi="ar-SA")
    letters = _letters("BodyText", lang)
    letters.insert(1, element("kern", val=2))
    letters.append(tongue)
    held.element.insert(
        0, element("docDefaults", element("rPrDefault", letters), element("pPrDefault"))
    )
    normal = held["Normal"].element.get_or_add_pPr()
    _replace(normal, element("widowControl", val=int(lang != "zh")), element("jc", val="both"))
    held.element.extend([_style(name, lang) for name in STYLES])


def _letters(name: str, lang: str) -> BaseOxmlElement:
    """Return the fonts, weight and size of a style's letters."""
    style = STYLES[name]
    size = round(2 * (style.size if lang == "zh" else style.latin_size))
    latin = ARIAL if lang != "zh" and name in UPRIGHT else PLAIN_SONG if name == "Footer" else TIMES
    bold = name == "Heading3" or (lang != "zh" and name in (*LEVELS, *UPRIGHT, "Title"))
    fonts = {"ascii": latin, "eastAsia": style.east, "hAnsi": latin, "cs": latin}
    return element(
        "rPr", element("rFonts", **fonts), element("b") if bold else None, element("sz", val=size),
        element("szCs", val=size),
    )  # fmt: skip


def _style(name: str, lang: str) -> BaseOxmlElement:
    style, heading = STYLES[name], name in LEVELS
    before, after, line, indent = style.before, style.after, style.line, style.indent
    if lang != "zh":
        before = {"Heading1": 12, "Heading2": 6, "Heading3": 6}.get(name, before)
        after = 4 if name in ("BodyText", "ListNumber") else after
        line, indent = style.latin_line, 0 if heading else indent
    high = {"line": round(line * 20), "lineRule": "exact"} if line else {}
    return element(
        "style",
        element("name", val=style.name),
        element("basedOn", val="Normal"),
        element("next", val="BodyText") if heading or name in ("Title", "Subtitle") else None,
        element("qFormat"),
        element(
            "pPr",
            element("keepNext") if style.keep else None,
            element("keepLines") if heading or name == "Caption" else None,
            _number(HEADING_SERIES, LEVELS.index(name)) if heading else None,
            element("spacing", before=round(before * 20), after=round(after * 20), **high),
            _indent(name, lang) if indent else None,
            element("jc", val="left" if heading and lang != "zh" else style.align),
            element("outlineLvl", val=LEVELS.index(name)) if heading else None,
        ),
        _letters(name, lang),
        type="paragraph",
        styleId=name,
        **({"customStyle": 1} if name in ("Figure", "Source", "Note", "Cite") or "Table" in name else {}),
    )


def _indent(name: str, lang: str) -> BaseOxmlElement:
    """Return how far in a style's paragraphs begin: in characters of theirs, and in twips."""
    style = STYLES[name]
    chars = 0 if lang != "zh" and name in LEVELS else style.indent
    size = style.size if lang == "zh" else style.latin_size
    return element("ind", left=0, firstLineChars=chars * 100, firstLine=round(chars * size * 20))


def _number(series: int, level: int = 0) -> BaseOxmlElement:
    return element("numPr", element("ilvl", val=level), element("numId", val=series))


def _numbering(lang: str) -> list[BaseOxmlElement]:
    """Return how headings and items are numbered, and the series of the headings."""
    levels = [
        _level(at, kind, text, "nothing" if lang == "zh" else "space", name, name, lang)
        for at, (name, (kind, text)) in enumerate(zip(LEVELS, HEADING_MARKS[lang], strict=True))
    ]
    item = _level(0, "decimal", "%1.", "space", "", "ListNumber", lang)
    return [
        element("abstractNum", element("multiLevelType", val="multilevel"), *levels, abstractNumId=HEADINGS),
        element("abstractNum", element("multiLevelType", val="singleLevel"), item, abstractNumId=ITEMS),
        element("num", element("abstractNumId", val=HEADINGS), numId=HEADING_SERIES),
    ]


def _level(
    at: int, kind: str, text: str, follows: str, style: str, like: str, lang: str
) -> BaseOxmlElement:
    """Return a level of numbering; its paragraphs begin as far in as those of the style it is `like`."""
    return element(
        "lvl",
        element("start", val=1),
        element("numFmt", val=kind),
        element("pStyle", val=style) if style else None,
        element("suff", val=follows),
        element("lvlText", val=text),
        element("lvlJc", val="left"),
        element("pPr", _indent(like, lang)),
        ilvl=at,
    )


def numbered(document: Document) -> BaseOxmlElement:
    """Return what numbers the paragraphs of a new list, which counts from one."""
    made = document.part.numbering_part.element.add_num(ITEMS)
    made.add_lvlOverride(0).add_startOverride(1)
    return _number(int(made.numId))


def _settings(lang: str) -> list[BaseOxmlElement]:
    """Return how Word lays out the document: as its present versions do, Chinese marks drawn together."""
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": 15}
    squeezed = "compressPunctuation" if lang == "zh" else "doNotCompress"
    return [
        element("zoom", percent=100),
        element("defaultTabStop", val=420),
        element("evenAndOddHeaders"),
        element("characterSpacingControl", val=squeezed),
        element("compat", element("useFELayout"), element("compatSetting", **mode)),
        element("themeFontLang", val="en-US" if lang == "zh" else "en-GB", eastAsia="zh-CN"),
        element("decimalSymbol", val="."),
        element("listSeparator", val=","),
    ]


def _set_sheet(document: Document, lang: str) -> None:
    """Set the sheet and its margins, and on the outer side of its foot the page number, counted from one."""
    [section] = document.sections
    section.page_width, section.page_height = map(Mm, SHEET)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, MARGINS)
    section.header_distance, section.footer_distance, section.gutter = Mm(HEADER), Mm(FOOTER), Mm(0)
    held = section._sectPr
    for part in held.xpath("w:docGrid"):
        held.remove(part)
    held.insert_element_before(element("pgNumType", start=1), "w:cols")
    style = STYLES["Footer"]
    size = round(20 * (style.size if lang == "zh" else style.latin_size))
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        inward = element("ind", **{side: size, f"{side}Chars": 100})
        line = footer.paragraphs[0]._p
        _replace(line, element("pPr", element("pStyle", val="Footer"), inward, element("jc", val=side)))
        line.extend(_page_number())


def _page_number() -> list[BaseOxmlElement]:
    """Return the number of the page between dashes; a program that does not count shows 1."""
    held = [
        element("t", "— "), element("fldChar", fldCharType="begin"), element("instrText", "PAGE"),
        element("fldChar", fldCharType="separate"), element("t", "1"), element("fldChar", fldCharType="end"),
        element("t", " —"),
    ]  # fmt: skip
    return [element("r", one) for one in held]
