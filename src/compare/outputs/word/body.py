"""The blocks of a page as paragraphs, tables and sized pictures of a Word document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO

from docx.document import Document
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph as Line

from compare.outputs.word.blocks import Page, Paragraph, Picture, Table
from compare.outputs.word.numbers import add_series, set_number
from compare.outputs.word.pictures import Shot
from compare.outputs.word.runs import Pen, pen_for, sayable
from compare.outputs.word.style import TEXT_WIDTH, line_width
from compare.outputs.word.tables import add_table
from compare.outputs.word.text import Words

CLAUSE = re.compile("[，；：]|[,;:] ")
# Millimetres: a pixel, and the tallest picture that leaves room for its heading and what stands under it.
PIXEL = 25.4 / 96
TALLEST = 175
# Characters: a Chinese title longer than this, or a Latin one of twice as many letters, fills its line.
TITLE_WIDTH = 20
# Points under a paragraph that is bound to a picture or a table.
APART = 6
BETWEEN = {"zh": "　", "en": " · "}


def write_body(document: Document, page: Page, shots: Mapping[int, Sequence[Shot]]) -> None:
    """Write every block of a page into a document, a picture from its `shots` by its number."""
    writer = _Writer(document, pen_for(page), shots)
    for block in page.blocks:
        if isinstance(block, Table):
            writer.table(block)
        elif isinstance(block, Picture):
            writer.picture(block)
        elif block.style == "Title":
            writer.title(block, page.about)
        else:
            writer.paragraph(block)


@dataclass(frozen=True)
class _Writer:
    """Writes into one document; `series` are Word's numbers of the page's lists."""

    document: Document
    pen: Pen
    shots: Mapping[int, Sequence[Shot]]
    series: dict[int, int] = field(default_factory=dict)

    def paragraph(self, said: Paragraph) -> None:
        self.line(self.document.add_paragraph(), said)

    def title(self, title: Paragraph, about: Sequence[str]) -> None:
        """Write the title, and under it which series and subject the page belongs to.

        A title too long for a line breaks after the clause that ends nearest its middle.
        """
        words = tuple(replace(one, text=_in_clauses(one.text)) for one in title.words)
        self.paragraph(replace(title, words=words))
        if about:
            self.paragraph(Paragraph("Subtitle", (Words(BETWEEN[self.pen.lang].join(about)),)))

    def table(self, table: Table) -> None:
        """Write a table; the line under it keeps it from the next one."""
        add_table(self.document, table, self.pen.colours, self.line)
        self.paragraph(Paragraph("TableText", ()))

    def picture(self, picture: Picture) -> None:
        """Write the parts of a picture, each with the alternative text of the whole."""
        for shot, alt in _numbered(self.shots.get(picture.index, ()), picture.alt):
            line = self.document.add_paragraph()
            line._p.style = "Figure"
            drawn = line.add_run().add_picture(BytesIO(shot.png), *_size(shot))._inline
            drawn.docPr.set("descr", sayable(alt))
            # Where no distance from the words beside it is given, LibreOffice leaves some.
            drawn.attrib.update(dict.fromkeys(("distT", "distB", "distL", "distR"), "0"))

    def line(self, line: Line, said: Paragraph) -> None:
        """Write a paragraph into one of the document that has no words yet."""
        # By its id: the library would look through all styles for its name, for each paragraph anew.
        line._p.style = said.style
        if said.keep:
            line.paragraph_format.keep_with_next = True
            if said.style in ("BodyText", "Note"):
                line.paragraph_format.space_after = Pt(APART)
        if said.series:
            if said.series not in self.series:
                self.series[said.series] = add_series(self.document)
            set_number(line._p.get_or_add_pPr(), self.series[said.series])
        self.pen.write(line, said.words)


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


def _size(shot: Shot) -> tuple[Length, Length]:
    """Return the width and height of a picture: those it has on the page, or smaller where the sheet is."""
    scale = min(PIXEL, TEXT_WIDTH / shot.width, TALLEST / shot.height)
    return Mm(shot.width * scale), Mm(shot.height * scale)
