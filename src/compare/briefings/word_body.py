"""The blocks of a page as what the document's template writes: runs, grids of cells, sized pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from compare.briefings.pictures import Shot
from compare.briefings.word_blocks import Page, Paragraph, Picture, Table
from compare.briefings.word_style import TEXT_WIDTH, line_width
from compare.briefings.word_tables import Grid, grid
from compare.briefings.word_text import Look, Words

# Marks that a Latin font has too: beside Chinese they take the Chinese font, or they come out narrow.
SHARED = re.compile(r"([“”‘’…—·]+)")
SIGNS = re.compile(r"([▲△■□●○◆◇]+)")
CLAUSE = re.compile("[，；：]|[,;:] ")
# What XML cannot hold.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
EMU = 36000
# Millimetres: a pixel, and the tallest picture that leaves room for its heading and what stands under it.
PIXEL = 25.4 / 96
TALLEST = 175
# Characters: a Chinese title longer than this, or a Latin one of twice as many letters, fills its line.
TITLE_WIDTH = 20


@dataclass(frozen=True)
class Mark:
    """A bookmark: its number in the document, and its name as Word allows it."""

    number: int
    name: str


@dataclass(frozen=True)
class Run:
    """A piece of one look and one font; `is_east` where signs shared by both fonts are Chinese."""

    text: str
    look: Look
    is_east: bool = False
    link: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """A picture at its place: lengths in English metric units, which are 36,000 to a millimetre."""

    number: int
    relation: str
    name: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Body:
    """The text of a document, as its template asks for it; `marks` are the bookmarks of the linked places."""

    page: Page
    shots: Mapping[int, Sequence[Shot]]
    marks: Mapping[str, Mark]

    def blocks(self) -> Iterator[tuple[str, Paragraph | Grid | Drawing]]:
        """Yield every block with its kind: the title with what stands over it, then all the others."""
        drawn = 0
        for block in self.page.blocks:
            if isinstance(block, Paragraph):
                is_title = block.style == "Title"
                yield "paragraph", self.title(block) if is_title else block
                yield from self.about() if is_title else ()
            elif isinstance(block, Table):
                yield "table", grid(block, self.page.colours)
            elif isinstance(block, Picture):
                for shot, alt in _numbered(self.shots.get(block.index, ()), block.alt):
                    drawn += 1
                    yield "picture", _drawing(drawn, shot, alt)

    def title(self, title: Paragraph) -> Paragraph:
        """Return the title; one too long for a line breaks after the clause that ends nearest its middle."""
        return replace(title, words=tuple(replace(one, text=_in_clauses(one.text)) for one in title.words))

    def about(self) -> Iterator[tuple[str, Paragraph]]:
        """Yield the line under the title that says which series and subject the page belongs to."""
        between = "　" if self.page.lang == "zh" else " · "
        if self.page.about:
            yield "paragraph", Paragraph("Subtitle", (Words(between.join(self.page.about)),))

    def runs(self, paragraph: Paragraph) -> Iterator[Run]:
        """Yield the runs of a paragraph, the first of each piece of words with its bookmarks."""
        for words in paragraph.words:
            marks = tuple(self.marks[place] for place in words.places if place in self.marks)
            if marks:
                yield Run("", words.look, marks=marks)
            link = self.marks[words.look.link].name if words.look.link in self.marks else ""
            is_chinese = (words.look.lang or self.page.lang).startswith("zh")
            for text, is_east in _pieces(FORBIDDEN.sub("\ufffd", words.text), is_chinese):
                yield Run(text, words.look, is_east, link)


def body_of(page: Page, shots: Mapping[int, Sequence[Shot]]) -> Body:
    """Return the text of a page with a bookmark at each place that a link of it leads to."""
    wanted = {words.look.link for words in page.words()}
    names: dict[str, str] = {}
    for place in [place for words in page.words() for place in words.places if place in wanted]:
        names[place] = _bookmark(place, set(names.values()))
    return Body(page, shots, {place: Mark(n, name) for n, (place, name) in enumerate(names.items(), 1)})


def _bookmark(place: str, taken: set[str]) -> str:
    """Return a name for a place that Word takes: a letter first, no hyphens, at most 40 characters."""
    name = re.sub(r"\W", "_", f"p_{place}", flags=re.ASCII)[:40]
    return name if name not in taken else f"{name[:34]}_{len(taken)}"


def _pieces(text: str, is_chinese: bool) -> Iterator[tuple[str, bool]]:
    """Yield text in pieces of one font, and line breaks on their own."""
    pattern = re.compile(f"{SIGNS.pattern}|{SHARED.pattern}" if is_chinese else SIGNS.pattern)
    for line_number, line in enumerate(text.split("\n")):
        if line_number:
            yield "\n", False
        for piece in filter(None, pattern.split(line)):
            yield piece, bool(pattern.fullmatch(piece))


def _in_clauses(title: str) -> str:
    """Return a title with a line break after the clause that ends nearest its middle, if it is long.

    >>> _in_clauses("三市为5G与通信网络写下数字，没有两个可以直接相比").split("\\n")
    ['三市为5G与通信网络写下数字，', '没有两个可以直接相比']
    """
    ends = [match.end() for match in CLAUSE.finditer(title) if match.end() < len(title)]
    whole = line_width(title)
    if whole <= TITLE_WIDTH or not ends:
        return title
    end = min(ends, key=lambda place: abs(line_width(title[:place]) - whole / 2))
    return f"{title[:end].rstrip()}\n{title[end:]}"


def _numbered(shots: Sequence[Shot], alt: str) -> Iterator[tuple[Shot, str]]:
    """Yield the parts of a picture, each with a text that says which part it is where there are several."""
    for number, shot in enumerate(shots, 1):
        yield shot, alt if len(shots) == 1 else f"{alt} ({number}/{len(shots)})"


def _drawing(number: int, shot: Shot, alt: str) -> Drawing:
    """Return a picture at the size it has on the page, or smaller where the sheet is."""
    scale = min(PIXEL, TEXT_WIDTH / shot.width, TALLEST / shot.height) * EMU
    size = round(shot.width * scale), round(shot.height * scale)
    return Drawing(number, f"rIdP{number}", f"picture{number}.png", FORBIDDEN.sub("\ufffd", alt), *size)
