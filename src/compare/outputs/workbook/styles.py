"""The named styles of the workbook: fonts, lines and fills in the look that pages have.

Sans is the project's voice, serif the document's. A value that was adopted stands on its city's
tint; a draft's is hollow, in a dashed frame.
"""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from compare.charts.look import INK, RULE, SECOND, THIRD

SANS, SERIF = "Microsoft YaHei", "SimSun"
# Yellow means that the words of the source stand here; nothing else is yellow.
MARK, MARK_LINE = "#FFE58A", "#D9A400"
HATCH, GREY, HEAD_FILL = "#CFCBC0", "#EFECE5", "#EFECE5"
SIZE = 10
CHINESE_DATE = 'yyyy"年"m"月"d"日"'
WHOLE_NUMBER, NUMBER_WITH_DECIMALS = "#,##0", "#,##0.0###"
HEAD, HEAD_QUOTE, DATE, NUMBER, COUNT, DRAFT = "head", "head quote", "date", "number", "count", "draft"
HATCHED, FLAT = "not_obtained", "not_applicable"


def named(look: str, of: str, draft: bool = False) -> str:
    """Return the name of the style for a look of a city or a state.

    >>> named("value", "dezhou", draft=True)
    'value dezhou draft'
    """
    if look == "state" and of not in (HATCHED, FLAT):
        return "text"
    return f"{look} {of}" + (" draft" if draft and look == "value" else "")


def paint(book: Workbook, colours: Mapping[str, str]) -> None:
    """Give a workbook its styles; `colours` are those of the cities."""
    # The normal style measures the columns and is what empty cells and row heads are in.
    book._named_styles["Normal"].font = _font(INK)
    for style in [*_plain_styles(), *_cover_styles()]:
        book.add_named_style(style)
    for city, colour in colours.items():
        for style in _city_styles(city, colour):
            book.add_named_style(style)


def tint(colour: str, strength: float = 0.07) -> str:
    """Return a colour thinned on white.

    >>> tint("#000000", 0.1)
    '#E6E6E6'
    """
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02X}" for part in parts)


def _plain_styles() -> list[NamedStyle]:
    head = {"font": _font(INK, bold=True), "border": _border("medium", SECOND)}
    return [
        _style("text"),
        _style("quote", font=_font(INK, SERIF)),
        _style("quiet", font=_font(THIRD, size=SIZE - 1)),
        _style(HEAD, **head, fill=_fill(HEAD_FILL)),
        _style(HEAD_QUOTE, **head, fill=_fill(MARK)),
        _style(DATE, number_format=CHINESE_DATE),
        _style(NUMBER, number_format=WHOLE_NUMBER, horizontal="right", indent=1),
        _style(DRAFT, font=_font(INK, bold=True), border=_frame()),
        _style(f"state {HATCHED}", fill=PatternFill("lightUp", fgColor=_argb(HATCH))),
        _style(f"state {FLAT}", fill=_fill(GREY)),
    ]


def _cover_styles() -> list[NamedStyle]:
    return [
        _style("title", font=_font(INK, bold=True, size=18), border=Border(), wrap=False),
        _style("subtitle", font=_font(SECOND, size=13), border=Border(), wrap=False),
        _style("section", font=_font(INK, bold=True, size=12), border=_border("medium", INK), wrap=False),
        _style("link", font=_font("#0B6378", underline="single")),
        _style(COUNT, number_format=WHOLE_NUMBER, horizontal="center"),
        _style("sign", font=_font(INK, bold=True, size=12), horizontal="center"),
    ]


def _city_styles(city: str, colour: str) -> list[NamedStyle]:
    bar = Border(left=Side("thick", color=_argb(colour)), bottom=_side("thin", RULE))
    strong = _font(INK, bold=True)
    return [
        _style(f"city {city}", font=_font(colour, bold=True), border=bar),
        _style(f"value {city}", font=strong, fill=_fill(tint(colour))),
        _style(f"value {city} draft", font=strong, border=_frame()),
    ]


def _style(
    name: str,
    font: Font | None = None,
    fill: PatternFill | None = None,
    border: Border | None = None,
    horizontal: str = "left",
    number_format: str = "General",
    wrap: bool = True,
    indent: int = 0,
) -> NamedStyle:
    return NamedStyle(
        name,
        font=font or _font(INK),
        fill=fill or PatternFill(),
        border=border or _border("thin", RULE),
        alignment=Alignment(horizontal=horizontal, vertical="top", wrap_text=wrap, indent=indent),
        number_format=number_format,
    )


def _font(
    colour: str, face: str = SANS, bold: bool = False, size: float = SIZE, underline: str | None = None
) -> Font:
    return Font(name=face, sz=size, b=bold, u=underline, color=_argb(colour))


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=_argb(colour))


def _side(line: str, colour: str) -> Side:
    return Side(line, color=_argb(colour))


def _border(line: str, colour: str) -> Border:
    return Border(bottom=_side(line, colour))


def _frame() -> Border:
    dashed = _side("dashed", SECOND)
    return Border(left=dashed, right=dashed, top=dashed, bottom=dashed)


def _argb(colour: str) -> str:
    return "FF" + colour.removeprefix("#")
