"""Sections as a Word document in the official Chinese style, with the numbers and links of their page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Line

from compare.charts.look import GLYPH, colours
from compare.outputs.archive import settled
from compare.outputs.arrange import Arranged, arrange
from compare.outputs.overlay import FROM_ELSEWHERE
from compare.outputs.page import Frame, places
from compare.outputs.pictures import Picture, on_paper
from compare.outputs.word_lines import BETWEEN, Said, lines
from compare.outputs.word_style import TEXT_WIDTH, element, empty, in_series, new_series
from compare.outputs.word_table import Place, placed, widths
from compare.sections.section import Cell, Drawing, Fold, Heading, Part, Row, Section, Table, parts, runs
from compare.words.text import Run, plain, text

# Millimetres: a pixel, and the tallest picture that leaves room for its heading.
PIXEL, TALLEST = 25.4 / 96, 195
# Points under a paragraph that is bound to a picture or a table.
APART = 6
# What python-docx takes for a property of a document.
LONGEST = 255
COMMA = {"zh": "；", "en": "; "}
HOLLOW = {"▲": "△", "■": "□", "●": "○", "◆": "◇"}
# Marks that a Latin font has too: beside Chinese they take the Chinese font, or they come out narrow.
SHARED = {True: re.compile(r"([“”‘’…—·]+|[▲△■□●○◆◇]+)"), False: re.compile("([▲△■□●○◆◇]+)")}
BLANKS = re.compile("[ \t\r\n]+")
# What XML cannot hold.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
INK, GOLD, GREY, YELLOW = "4D5158", "D9A400", "676B72", "FFE58A"

# Looks of lines that a page has for narrow screens.
NARROW = ("label", "phone-city")
# Looks of runs that give the number of a row and lead nowhere.
UNLINKED = ("chip", "number")
# Looks of a cell or a line that all words in it take on.
INHERITED = {"worth", "derived", "draft-tag"}
# How the cell of an absence is filled: pattern, its ink, the ground; and how much of its place's colour is in
# the ground of a value.
FILLS = {"k-not_obtained": ("thinDiagStripe", "D9D5CB", "FFFFFF"),
         "k-not_applicable": ("clear", "auto", "EFECE5")}  # fmt: skip
TINT = 0.09
Pictures = Mapping[Drawing, Sequence[Picture]]


@dataclass
class Sheet:
    """What writing one document needs and keeps: `waiting` are the places that its next line begins."""

    document: Document
    frame: Frame
    arranged: Arranged
    inks: Mapping[str, str]
    marks: Mapping[str, tuple[int, str]]
    waiting: list[str] = field(default_factory=list)
    over: Line | None = None
    series: int = 0
    figure: int = 1

    def add(self, block: BaseOxmlElement) -> None:
        self.document.element.body.sectPr.addprevious(block)


def word_document(sections: Sequence[Section], frame: Frame, pictures: Pictures, edition: str = "") -> bytes:
    """Return a page as the bytes of a .docx file, dated on the day of its frame.

    `pictures` holds those of every chart's drawing for paper. The same sections and pictures give the same
    bytes.
    """
    inks = {place: ink[1:] for place, ink in colours(places(sections)).items()}
    sheet = Sheet(empty(frame.lang), frame, arrange(sections), inks, _marks(sections))
    for one in lines(sections, frame):
        if isinstance(one, Said):
            _write(one, sheet)
            if one.style == "Title":
                about = BETWEEN[frame.lang].join(filter(None, [frame.messages.say("site"), frame.kicker]))
                _write(Said(text(about), "Subtitle"), sheet)
        elif isinstance(one, Table):
            _table(one, sheet)
        elif drawing := on_paper(one):
            _pictures(pictures[drawing], one.alt, sheet)
    return _saved(sheet.document, plain(sections[0].title), frame, edition)


def _saved(made: Document, title: str, frame: Frame, edition: str) -> bytes:
    """Return the document's bytes: the clock, the platform and python-docx leave no mark."""
    about = made.core_properties
    said = (title, frame.messages.say("site"), frame.kicker)
    about.title, about.author, about.subject = (_sayable(words)[:LONGEST] for words in said)
    about.language, about.version = "zh-CN" if frame.lang == "zh" else "en-GB", edition
    about.created = about.modified = datetime.datetime.combine(frame.as_of, datetime.time())
    about.comments = about.keywords = about.last_modified_by = ""
    raw = BytesIO()
    made.save(raw)
    return settled(raw.getvalue())


def _marks(sections: Sequence[Section]) -> dict[str, tuple[int, str]]:
    """Return number and name of the bookmark of every place that something leads to.

    Word takes a name of letters, digits and lines below, at most 40 of them, a letter first.
    """
    every = list(runs(sections))
    wanted = {run.row for run in every if run.look not in UNLINKED} | {
        run.to[1:] for run in every if run.to.startswith("#")
    }
    held = [one.key for one in sections] + [run.anchor for run in every]
    held += [one.anchor for kind in (Heading, Row, Fold, Part) for one in parts(sections, kind)]
    marked = dict.fromkeys(place for place in held if place and place in wanted)
    names = [re.sub(r"\W", "_", f"p_{place}", flags=re.ASCII) for place in marked]
    short = [name if len(name) <= 40 else f"{name[:34]}_{at}" for at, name in enumerate(names)]
    return {place: (at, name) for at, (place, name) in enumerate(zip(marked, short, strict=True), 1)}


def _write(one: Said, sheet: Sheet) -> None:
    """Write a line at the end of the document."""
    if one.place:
        sheet.waiting.append(one.place)
        sheet.figure = sheet.arranged.figures.get(one.place, sheet.figure)
    if not one.style:
        return
    sheet.over = line = _line(one, one.style, sheet)
    if one.item:
        sheet.series = new_series(sheet.document) if one.item == 1 else sheet.series
        line._p.get_or_add_pPr().append(in_series(sheet.series))
    sheet.add(line._p)


def _bind(sheet: Sheet) -> None:
    """Keep the line written last with the picture or table that follows."""
    if sheet.over is not None:
        sheet.over.paragraph_format.keep_with_next = True
        if sheet.over._p.style in ("BodyText", "Note"):
            sheet.over.paragraph_format.space_after = Pt(APART)
    sheet.over = None


def _pictures(shots: Sequence[Picture], alt: str, sheet: Sheet) -> None:
    """Write the parts of a chart, each with the alternative text of the whole."""
    for number, shot in enumerate(shots, 1):
        _bind(sheet)
        line = _line(Said((), ""), "Figure", sheet)
        scale = min(PIXEL, TEXT_WIDTH / shot.width, TALLEST / shot.height)
        size = Mm(shot.width * scale), Mm(shot.height * scale)
        drawn = line.add_run().add_picture(BytesIO(shot.png), *size)._inline
        drawn.docPr.set("descr", _sayable(alt if len(shots) == 1 else f"{alt} ({number}/{len(shots)})"))
        # Where no distance from the words beside it is given, LibreOffice leaves some.
        drawn.attrib.update(dict.fromkeys(("distT", "distB", "distL", "distR"), "0"))
        sheet.add(line._p)


def _table(part: Table, sheet: Sheet) -> None:
    """Write a table as wide as the text; the line under it keeps it from the next one."""
    count = max((sum(one.columns for one in row.cells) for row in parts(part, Row)), default=0)
    rows = list(part.head)
    for group in part.groups:
        rows += [Row((Cell((group.head,), head=True, columns=count),), "group")] if group.head else []
        rows += group.rows
    rows += part.foot
    if not rows:
        return
    _bind(sheet)
    grid = placed(rows)
    wide = widths(grid, lambda cell: "\n".join(plain(one.words) for one in _in_cell(cell, sheet)),
                  part.look == "grid")  # fmt: skip
    made = [_row(row, grid[at], at, wide, at < len(part.head), sheet) for at, row in enumerate(rows)]
    look = element(
        "tblPr", element("tblStyle", val="TableGrid"), element("tblW", type="dxa", w=sum(wide)),
        element("jc", val="center"), element("tblLayout", type="fixed"),
    )  # fmt: skip
    columns = element("tblGrid", *(element("gridCol", w=width) for width in wide))
    sheet.add(element("tbl", look, columns, *made))
    sheet.add(_line(Said((), ""), "TableText", sheet)._p)


def _row(
    row: Row, held: Sequence[Place], at: int, wide: Sequence[int], is_head: bool, sheet: Sheet
) -> BaseOxmlElement:
    """Return a row, which does not part at the end of a sheet; a head is repeated on every further one."""
    sheet.waiting.append(row.anchor)
    style = "TableHead" if is_head else "TableRow"
    made = [element("trPr", element("cantSplit"), element("tblHeader") if is_head else None)]
    for one in held:
        width = sum(wide[one.column : one.column + one.columns])
        look = element(
            "tcPr",
            element("tcW", type="dxa", w=width),
            element("gridSpan", val=one.columns) if one.columns > 1 else None,
            element("vMerge", val="restart" if one.row == at else "continue") if one.rows > 1 else None,
            *_fill(one.cell, sheet.inks.get(one.cell.place, "")),
        )
        said = _in_cell(one.cell, sheet) if one.row == at else []
        made.append(element("tc", look, *_cell(one.cell, said or [Said((), "")], style, row.look, sheet)))
    return element("tr", *made)


def _in_cell(cell: Cell, sheet: Sheet) -> list[Said]:
    """Return the lines of a cell, but for those that repeat the head of its column."""
    held = [one for one in lines(cell.lines, sheet.frame) if isinstance(one, Said) and one.style]
    return [one for one in held if one.look not in NARROW]


def _cell(cell: Cell, said: Sequence[Said], style: str, look: str, sheet: Sheet) -> Iterator[BaseOxmlElement]:
    """Yield the lines of a cell, in a head the first of them in the head's style."""
    for number, one in enumerate(said):
        line = _line(one, style if cell.head and not number and one.style else "TableText", sheet, cell.look)
        if "num" in cell.look.split():
            line._p.get_or_add_pPr().append(element("jc", val="right"))
        if look == "group":
            line.paragraph_format.keep_with_next = True
        yield line._p


def _fill(cell: Cell, ink: str) -> Iterator[BaseOxmlElement]:
    """Yield the edge and ground of a cell: a value has those of its place, an absence its own."""
    kinds = set(cell.look.split())
    if ink and kinds & {"k-quantified", "k-status", "k-status_only"}:
        line = "single" if "k-quantified" in kinds else "dotted"
        yield element("tcBorders", element("left", val=line, sz=24, space=0, color=ink))
    if ink and "k-quantified" in kinds:
        shares = [255 - (255 - int(ink[at : at + 2], 16)) * TINT for at in (0, 2, 4)]
        yield element("shd", val="clear", color="auto", fill="".join(f"{round(one):02X}" for one in shares))
    for pattern, dark, ground in [FILLS[kind] for kind in sorted(kinds & FILLS.keys())]:
        yield element("shd", val=pattern, color=dark, fill=ground)


def _line(one: Said, style: str, sheet: Sheet, look: str = "") -> Line:
    """Return a paragraph that begins at the places waiting for one.

    No two blanks stand together in it, and entries of a legend, which a page sets apart by space, have a
    comma between them.
    """
    made = element("p", element("pPr", element("pStyle", val=style)))
    for place in sheet.waiting:
        made.extend(_bookmark(place, sheet))
    sheet.waiting.clear()
    inherited, before, last = INHERITED & {*look.split(), *one.look.split()}, "", " "
    for run in one.words:
        made.extend(_bookmark(run.anchor, sheet))
        is_gap = before == "key" and run.text == " "
        for words, looks, link in _said(run, COMMA[sheet.frame.lang] if is_gap else run.text, sheet):
            words = "\n" if run.look == "break" else words.lstrip() if last in " \n" else words
            last = words[-1:] or last
            made.extend(
                _runs(words, run, looks | inherited, run.lang or one.lang or sheet.frame.lang, link, sheet)
            )
        before = run.look
    return Line(made, sheet.document._body)


def _bookmark(place: str, sheet: Sheet) -> Iterator[BaseOxmlElement]:
    if place in sheet.marks:
        number, name = sheet.marks[place]
        yield element("bookmarkStart", id=number, name=name)
        yield element("bookmarkEnd", id=number)


def _said(run: Run, words: str, sheet: Sheet) -> Iterator[tuple[str, set[str], str]]:
    """Yield what a run says, in pieces of one look, with the bookmark that each leads to."""
    looks, number = set(run.look.split()), str(sheet.arranged.numbers.get(run.row, ""))
    _, link = sheet.marks.get(run.row or run.to.removeprefix("#"), (0, ""))
    if run.look.startswith("shape"):
        sign = next(GLYPH[one[2:]] for one in sorted(looks) if one[2:] in GLYPH)
        yield HOLLOW[sign] if "draft" in looks else sign, set(), ""
    elif run.look == "number" and run.row:
        yield number, set(), ""
    elif run.look == "figure-number":
        yield str(sheet.figure), set(), ""
    elif run.look == "chip":
        yield f"[{number}]", looks, ""
    elif not run.look.startswith(("glyph", "sign")):
        bare = run.look in ("plain", "bare", "made")
        yield (
            BLANKS.sub(" ", words),
            looks | ({"leading"} if run.row and run.look != "plain" else set()),
            link,
        )
        if run.row and not bare:
            # Without brackets one would read 70%6.
            yield f"[{number}]", {"chip"}, link


def _runs(
    words: str, run: Run, looks: set[str], lang: str, link: str, sheet: Sheet
) -> Iterator[BaseOxmlElement]:
    """Yield words as runs of one font each; signs that both fonts hold are Chinese beside Chinese."""
    shared = SHARED[lang.startswith("zh")]
    for piece in filter(None, shared.split(_sayable(words))):
        look = _letters(run, looks, bool(shared.fullmatch(piece)), lang, sheet)
        made = element("r", look, element("br") if piece == "\n" else element("t", piece))
        yield element("hyperlink", made, anchor=link, history=1) if link else made


def _letters(run: Run, looks: set[str], is_east: bool, lang: str, sheet: Sheet) -> BaseOxmlElement | None:
    """Return how words look, None where they look like those of their paragraph."""
    is_value, chip = looks >= {"mark", "value"}, "chip" in looks
    line: tuple[str, str] | None = None
    if "made" in looks:
        line = ("dotted", GREY)
    elif is_value or "leading" in looks:
        # As on the page, yellow means that a sentence is at the other end.
        line = ("single", GREY if run.row.startswith(FROM_ELSEWHERE) else GOLD)
    elif "draft-tag" in looks and "tag" not in looks and not chip:
        line = ("dash", INK)
    elif "derived" in looks and not chip:
        line = ("dotted", GOLD)
    ink = sheet.inks.get(run.place, "") if run.look.startswith("shape") else ""
    framed = "dashed" if "draft-tag" in looks else "single"
    made = [
        element("rFonts", hint="eastAsia") if is_east else None,
        element("b") if is_value or looks & {"strong", "worth"} else None,
        element("color", val=ink) if ink else None,
        element("u", val=line[0], color=line[1]) if line else None,
        element("bdr", val=framed, sz=4, space=0, color=INK) if "tag" in looks else None,
        element("shd", val="clear", color="auto", fill=YELLOW) if "mark" in looks else None,
        element("vertAlign", val="superscript") if chip else None,
        element("lang", eastAsia="zh-TW") if lang == "zh-Hant" else None,
    ]
    return element("rPr", *made) if any(one is not None for one in made) else None


def _sayable(words: str) -> str:
    """Return words as XML can hold them, with a sign in the place of each character that it cannot."""
    return FORBIDDEN.sub("\ufffd", words)
