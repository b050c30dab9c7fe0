"""The words of a document: each line as a paragraph of runs, of one look and one font, with its links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph as Line

from compare.charts.look import GLYPH
from compare.outputs.arrange import Arranged
from compare.outputs.overlay import FROM_ELSEWHERE
from compare.outputs.page import Frame
from compare.outputs.word_lines import Said
from compare.outputs.word_style import element
from compare.sections.section import Fold, Heading, Part, Row, Section, parts, runs
from compare.words.signs import signs
from compare.words.text import Run

# Points under a paragraph that is bound to a picture or a table.
APART = 6
HOLLOW = {"▲": "△", "■": "□", "●": "○", "◆": "◇"}
# Marks that a Latin font has too: beside Chinese they take the Chinese font, or they come out narrow.
SHARED = {True: re.compile(r"([“”‘’…—·]+|[▲△■□●○◆◇]+)"), False: re.compile("([▲△■□●○◆◇]+)")}
BLANKS = re.compile("[ \t\r\n]+")
# What XML cannot hold.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
INK, GOLD, GREY, YELLOW = "4D5158", "D9A400", "676B72", "FFE58A"
# Looks of runs that give the number of a row and lead nowhere.
UNLINKED = ("chip", "number")
# Looks of a cell or a line that all words in it take on.
INHERITED = {"worth", "derived", "draft-tag"}


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
        """Put a paragraph or a table at the end of the document."""
        self.document.element.body.sectPr.addprevious(block)

    def bind(self) -> None:
        """Keep the line written last with the picture or table that follows."""
        if self.over is not None:
            self.over.paragraph_format.keep_with_next = True
            if self.over._p.style in ("BodyText", "Note"):
                self.over.paragraph_format.space_after = Pt(APART)
        self.over = None


def marks_of(sections: Sequence[Section]) -> dict[str, tuple[int, str]]:
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


def line_of(one: Said, style: str, sheet: Sheet, look: str = "") -> Line:
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
        for words, looks, link in _said(
            run, signs(sheet.frame.lang).semicolon if is_gap else run.text, sheet
        ):
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
    for piece in filter(None, shared.split(sayable(words))):
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


def sayable(words: str) -> str:
    """Return words as XML can hold them, with a sign in the place of each character that it cannot."""
    return FORBIDDEN.sub("\ufffd", words)
