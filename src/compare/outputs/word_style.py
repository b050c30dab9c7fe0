"""The official look of a Word document after GB/T 9704-2012: its fonts, paragraph styles and numbering.

Fonts are named and not embedded: where a machine lacks one, Word takes the first of its `FALLBACKS` that is
there.
"""

from __future__ import annotations

from typing import NamedTuple

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

# Millimetres of the sheet, and of its margins: top, right, bottom, left.
SHEET, MARGINS = (210, 297), (37, 26, 35, 28)
TEXT_WIDTH = SHEET[0] - MARGINS[1] - MARGINS[3]
SONG, HEI, KAI, FANG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
PLAIN_SONG, TIMES, ARIAL = "宋体", "Times New Roman", "Arial"
FALLBACKS = {
    SONG: "小标宋,华文中宋,宋体,SimSun",
    HEI: "SimHei,Noto Sans CJK SC",
    KAI: "楷体,KaiTi,华文楷体",
    FANG: "仿宋,FangSong,华文仿宋",
    PLAIN_SONG: "SimSun,Noto Serif CJK SC",
}
KEPT_STYLES = ("Normal", "DefaultParagraphFont", "TableNormal", "TableGrid")
# Twips, twentieths of a point, between the words of a cell and its lines.
CELL_MARGINS = {"top": 40, "left": 80, "bottom": 40, "right": 80}
# The numbers of the two ways of numbering, and of the one series that all headings are in.
HEADINGS, ITEMS, HEADING_SERIES = 0, 1, 1


class Style(NamedTuple):
    """A paragraph style in points; `name` is Word's own where Word has one, so that its panes know it.

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
OWN = ("Figure", "Source", "Note", "Cite", "TableHead", "TableRow", "TableText")
LEVELS = ("Heading1", "Heading2", "Heading3")
# English sets headings off by weight and space instead of by script, and these in upright letters.
UPRIGHT = ("Heading1", "Caption", "TableHead", "TableRow")
BEFORE = {"Heading1": 12, "Heading2": 6, "Heading3": 6}
AFTER = {"BodyText": 4, "ListNumber": 4}
HAN = "chineseCountingThousand"
HEADING_MARKS = {
    "zh": ((HAN, "%1、"), (HAN, "（%2）"), ("decimal", "%3.")),
    "en": (("decimal", "%1."), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")),
}


def element(tag: str, *children: BaseOxmlElement | str | None, **attributes: object) -> BaseOxmlElement:
    """Return an element of WordprocessingML with its words, children and attributes; what is None goes.

    Children must be given in the order of the schema (ISO/IEC 29500-1).

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


def set_styles(document: Document, lang: str) -> None:
    """Give a document the styles of its language, and keep of those it brings what they rest on."""
    held = document.styles
    for style in list(held):
        if style.style_id not in KEPT_STYLES:
            style.delete()
    for part in held.element.xpath("w:docDefaults | w:latentStyles | w:style/w:rsid"):
        part.getparent().remove(part)
    grid, normal = held["Table Grid"].element, held["Normal"].element.get_or_add_pPr()
    for part in grid.xpath("w:pPr | w:tblPr/w:tblCellMar"):
        part.getparent().remove(part)
    margins = [element(side, w=width, type="dxa") for side, width in CELL_MARGINS.items()]
    grid.xpath("w:tblPr")[0].append(element("tblCellMar", *margins))
    normal[:] = [element("widowControl", val=int(lang != "zh")), element("jc", val="both")]
    letters = _letters("BodyText", lang)
    letters.insert(1, element("kern", val=2))
    letters.append(element("lang", val="en-US" if lang == "zh" else "en-GB", eastAsia="zh-CN", bidi="ar-SA"))
    defaults = element("docDefaults", element("rPrDefault", letters), element("pPrDefault"))
    held.element[:] = [defaults, *held.element, *(_style(name, lang) for name in STYLES)]


def style_of(name: str, lang: str) -> Style:
    """Return a style as it is in a language."""
    style, is_heading = STYLES[name], name in LEVELS
    if lang == "zh":
        return style
    return style._replace(
        size=style.latin_size, line=style.latin_line, indent=0 if is_heading else style.indent,
        align="left" if is_heading else style.align, before=BEFORE.get(name, style.before),
        after=AFTER.get(name, style.after),
    )  # fmt: skip


def _letters(name: str, lang: str) -> BaseOxmlElement:
    """Return the fonts, weight and size of a style's letters."""
    style, is_latin = style_of(name, lang), lang != "zh"
    latin = ARIAL if is_latin and name in UPRIGHT else PLAIN_SONG if name == "Footer" else TIMES
    bold = name == "Heading3" or (is_latin and name in (*LEVELS, *UPRIGHT, "Title"))
    fonts = element("rFonts", ascii=latin, eastAsia=style.east, hAnsi=latin, cs=latin)
    sizes = [element(kind, val=round(2 * style.size)) for kind in ("sz", "szCs")]
    return element("rPr", fonts, element("b") if bold else None, *sizes)


def _style(name: str, lang: str) -> BaseOxmlElement:
    """Return a paragraph style under its own id, by which paragraphs and numbering name it."""
    style, level = style_of(name, lang), LEVELS.index(name) if name in LEVELS else None
    high = {"line": round(style.line * 20), "lineRule": "exact"} if style.line else {}
    look = element(
        "pPr",
        element("keepNext") if style.keep else None,
        element("keepLines") if level is not None or name == "Caption" else None,
        in_series(HEADING_SERIES, level) if level is not None else None,
        element("spacing", before=round(style.before * 20), after=round(style.after * 20), **high),
        _indent(name, lang) if style.indent else None,
        element("jc", val=style.align),
        element("outlineLvl", val=level) if level is not None else None,
    )
    follows = element("next", val="BodyText") if name in (*LEVELS, "Title", "Subtitle") else None
    return element(
        "style", element("name", val=style.name), element("basedOn", val="Normal"), follows,
        element("qFormat"), look, _letters(name, lang), type="paragraph", styleId=name,
        **({"customStyle": 1} if name in OWN else {}),
    )  # fmt: skip


def _indent(name: str, lang: str) -> BaseOxmlElement:
    """Return how far in a style's paragraphs begin: in characters of theirs, and in twips."""
    style = style_of(name, lang)
    across = {"firstLineChars": style.indent * 100, "firstLine": round(style.indent * style.size * 20)}
    return element("ind", left=0, **across)


def numbering(lang: str) -> list[BaseOxmlElement]:
    """Return how headings and items are numbered, and the series of the headings."""
    marks = zip(LEVELS, HEADING_MARKS[lang], strict=True)
    levels = [_level(at, name, *mark, lang) for at, (name, mark) in enumerate(marks)]
    item = _level(0, "ListNumber", "decimal", "%1.", lang)
    many, single = (element("multiLevelType", val=kind) for kind in ("multilevel", "singleLevel"))
    return [
        element("abstractNum", many, *levels, abstractNumId=HEADINGS),
        element("abstractNum", single, item, abstractNumId=ITEMS),
        element("num", element("abstractNumId", val=HEADINGS), numId=HEADING_SERIES),
    ]


def _level(at: int, name: str, numerals: str, text: str, lang: str) -> BaseOxmlElement:
    """Return one level of numbering, for paragraphs of a style."""
    is_heading = name in LEVELS
    return element(
        "lvl", element("start", val=1), element("numFmt", val=numerals),
        element("pStyle", val=name) if is_heading else None,
        element("suff", val="nothing" if is_heading and lang == "zh" else "space"),
        element("lvlText", val=text), element("lvlJc", val="left"), element("pPr", _indent(name, lang)),
        ilvl=at,
    )  # fmt: skip


def new_series(document: Document) -> int:
    """Return the number of a new series of items, which counts from one."""
    made = document.part.numbering_part.element.add_num(ITEMS)
    made.add_lvlOverride(0).add_startOverride(1)
    return int(made.numId)


def in_series(series: int, level: int = 0) -> BaseOxmlElement:
    """Return what numbers a paragraph, or those of a style."""
    return element("numPr", element("ilvl", val=level), element("numId", val=series))
