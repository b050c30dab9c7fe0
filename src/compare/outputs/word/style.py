"""The official look of a Word document after GB/T 9704-2012: sheet, fonts, paragraph styles, numbering.

Lengths are points unless said otherwise; Word counts in twentieths of a point, its twips. Fonts are named
and not embedded: where a machine lacks one, Word takes the first of its `FALLBACKS` that is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from docx.shared import Mm, Pt

# Millimetres of the sheet, and of its margins: top, right, bottom, left.
SHEET = (210, 297)
MARGINS = (37, 26, 35, 28)
TEXT_WIDTH = SHEET[0] - MARGINS[1] - MARGINS[3]
# Points: the letters in a table, and the room left and right of them in a cell.
TABLE_SIZE, CELL_SIDES = 10.5, 9
# Below 1, a column ten times as full as another is less than ten times as wide.
DAMPED = 0.8
# A page number stands 7 mm below the text; its own line is about 6 mm high.
FOOTER = MARGINS[2] - 7 - 6

SONG, HEI, KAI, FANG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
PLAIN_SONG = "宋体"
TIMES, ARIAL = "Times New Roman", "Arial"
KNOWN = frozenset({"Title", "Subtitle", "Body Text", "List Number", "Quote"})
FALLBACKS = {
    SONG: ("小标宋", "华文中宋", "宋体", "SimSun"),
    HEI: ("SimHei", "Noto Sans CJK SC"),
    KAI: ("楷体", "KaiTi", "华文楷体"),
    FANG: ("仿宋", "FangSong", "华文仿宋"),
    PLAIN_SONG: ("SimSun", "Noto Serif CJK SC"),
}


@dataclass(frozen=True)
class Style:
    """A paragraph style; `name` is Word's own where Word has one, so that its panes know it.

    `indent` counts characters on the first line, `level` the depth of a heading from 0, -1 for others.
    """

    id: str
    name: str
    east: str
    size: float
    line: float
    indent: float = 0
    align: str = "both"
    before: float = 0
    after: float = 0
    latin: str = TIMES
    bold: bool = False
    level: int = -1
    keep: bool = False

    @property
    def is_own(self) -> bool:
        """Return whether Word does not know the style by its name."""
        return self.name[0].isupper() and self.name not in KNOWN


# 2号 is 22 points, 3号 16, 4号 14, 小四 12, 五号 10.5.
CHINESE = (
    Style("Title", "Title", SONG, 22, 36, align="center", after=8, keep=True),
    Style("Subtitle", "Subtitle", KAI, 16, 28, align="center", after=20),
    Style("Heading1", "heading 1", HEI, 16, 28, indent=2, before=6, level=0, keep=True),
    Style("Heading2", "heading 2", KAI, 16, 28, indent=2, level=1, keep=True),
    Style("Heading3", "heading 3", FANG, 16, 28, indent=2, bold=True, level=2, keep=True),
    Style("BodyText", "Body Text", FANG, 16, 28, indent=2),
    Style("ListNumber", "List Number", FANG, 16, 28, indent=2, align="left"),
    Style("Caption", "caption", HEI, 12, 20, align="center", before=6, after=2, keep=True),
    Style("Figure", "Figure", FANG, 12, 0, align="center", before=6, after=6),
    Style("Source", "Source", KAI, 12, 20, align="left", before=12, keep=True),
    Style("Quote", "Quote", FANG, 12, 21, indent=2),
    Style("Note", "Note", FANG, 12, 20, indent=2),
    Style("Cite", "Cite", FANG, 12, 20, indent=2, align="left"),
    Style("TableHead", "Table Head", HEI, 10.5, 15, align="left"),
    Style("TableRow", "Table Row", HEI, 10.5, 15, align="left"),
    Style("TableText", "Table Text", FANG, 10.5, 15, align="left"),
    Style("Footer", "footer", PLAIN_SONG, 14, 0, latin=PLAIN_SONG),
)
# The same sheet and order of styles in sizes that suit Latin letters.
LATIN_SIZES: dict[str, tuple[float, float]] = {
    "Title": (20, 26), "Subtitle": (13, 18), "Heading1": (14, 20), "Heading2": (12.5, 18),
    "Heading3": (12, 18), "BodyText": (12, 18), "ListNumber": (12, 18), "Caption": (10.5, 15),
    "Source": (10.5, 15), "Quote": (11, 18), "Note": (10.5, 15), "Cite": (10.5, 15),
    "TableHead": (9.5, 12.5), "TableRow": (9.5, 12.5), "TableText": (9.5, 12.5), "Footer": (12, 0),
}  # fmt: skip
UPRIGHT = frozenset({"Heading1", "Caption", "TableHead", "TableRow"})


def styles(lang: str) -> tuple[Style, ...]:
    """Return the paragraph styles of a document in `lang`, zh or en."""
    return CHINESE if lang == "zh" else tuple(map(_latin, CHINESE))


def _latin(style: Style) -> Style:
    """Return a style for English: headings set off by weight instead of by script."""
    size, line = LATIN_SIZES.get(style.id, (style.size, style.line))
    heading = style.level >= 0 or style.id == "Title" or style.id in UPRIGHT
    return replace(
        style,
        size=size,
        line=line,
        latin=ARIAL if style.id in UPRIGHT else TIMES,
        bold=heading,
        align="left" if style.level >= 0 else style.align,
        indent=0 if style.level >= 0 else style.indent,
        before=12 if style.level == 0 else 6 if style.level > 0 else style.before,
        after=4 if style.id in ("BodyText", "ListNumber") else style.after,
    )


@dataclass(frozen=True)
class Level:
    """One level of numbering: Word's name of the numerals, the text with %1 in it, what follows it.

    `style` is the id of the paragraph style whose paragraphs it numbers, if there is one.
    """

    numerals: str
    text: str
    follows: str
    style: str = ""


def heading_levels(lang: str) -> tuple[Level, ...]:
    """Return how headings are numbered: 一、（一） 1. in Chinese, 1. 1.1 1.1.1 in English."""
    ids = ("Heading1", "Heading2", "Heading3")
    if lang == "zh":
        marks = (
            ("chineseCountingThousand", "%1、"),
            ("chineseCountingThousand", "（%2）"),
            ("decimal", "%3."),
        )
        return tuple(
            Level(kind, text, "nothing", each) for (kind, text), each in zip(marks, ids, strict=True)
        )
    texts = ("%1.", "%1.%2", "%1.%2.%3")
    return tuple(Level("decimal", text, "space", each) for text, each in zip(texts, ids, strict=True))


def line_width(text: str) -> float:
    """Return the width of words in characters: a Chinese one counts 1, a Latin one a half.

    >>> line_width("5G基站")
    3.0
    """
    return sum(1 if ord(character) > 0x2E7F else 0.5 for character in text)


def even_widths(count: int) -> list[int]:
    """Return the widths in twips of a first column and of others that are all alike.

    >>> even_widths(5)
    [1680, 1791, 1791, 1791, 1791]
    """
    whole = Mm(TEXT_WIDTH).twips
    if count < 2:
        return [whole]
    first = whole * 19 // 100
    other = (whole - first) // (count - 1)
    return [first, *[other] * (count - 2), whole - first - other * (count - 2)]


def column_widths(columns: Iterable[Iterable[str]], most: float = 60) -> list[int]:
    """Return the widths of columns in twips, which together are as wide as the text of the sheet.

    Each string is the text of a cell, its lines parted by "\\n". A column has room for its longest Latin
    word or four characters of its longest line; what is left goes by the longest cells, so that rows stay
    low, of which no more than `most` characters count.
    """
    wanted, least = [], []
    for cells in columns:
        held = list(cells)
        lines = [line for text in held for line in text.split("\n")]
        words = [word for line in lines for word in line.split() if word.isascii()]
        longest = max([1.0, *map(line_width, lines)])
        least.append(max([min(4.0, longest), *map(line_width, words)]) * TABLE_SIZE + CELL_SIDES)
        wanted.append(min(most, max([0.5, *map(line_width, held)])) ** DAMPED)
    left = max(0.0, TEXT_WIDTH / 25.4 * 72 - sum(least))
    made = [Pt(low + left * want / sum(wanted)).twips for low, want in zip(least, wanted, strict=True)]
    whole = Mm(TEXT_WIDTH).twips
    shrunk = [width * whole // sum(made) for width in made]
    return [*shrunk[:-1], whole - sum(shrunk[:-1])]
