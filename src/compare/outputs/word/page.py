"""A finished page as a list of blocks: its words in their order, free of what makes sense on a screen only.

Nothing here knows the sections of any one page: headings, lists, tables, figures and passages are
taken as they come, and words in an element that is not known are kept as a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from compare.outputs.word.blocks import Block, Cell, Page, Paragraph, Picture, Table
from compare.outputs.word.css import LINE, lay_out
from compare.outputs.word.text import Look, Words, classes, is_dropped, is_picture, look_in, words_of

CODE = re.compile(r"<(script|style)\b[^>]*>.*?</\1>", re.DOTALL)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
COLOUR = re.compile(r"\.c-([\w-]+)\{--c:var\(--c([0-9A-Fa-f]{6})\)\}")
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span"}
    | {"strong", "sub", "sup", "time", "u"}
)
HEADINGS = {"h1": "Title", "h2": "Heading1", "h3": "Heading2", "h4": "Heading3", "h5": "Heading3"}
STYLES = {"note": "Note", "legends": "Note", "translations": "Note", "cite": "Cite", "sums": "Cite"}
# The style of a list's items, by the style of what stands around it; lists in no other are numbered.
NUMBERED = {"BodyText": "ListNumber", "Note": "Note"}
COMMA = {"zh": "；", "en": "; "}
BETWEEN = {"zh": "　", "en": " · "}
COLON = {"zh": "：", "en": ": "}
BRACKETS = {"zh": ("（", "）"), "en": (" (", ")")}
MOST_FACTS = 5
PLAIN = Look()


def read_page(html: str) -> Page:
    """Return a page as the build writes it; one without `main` has no blocks."""
    css = "".join(STYLE.findall(html))
    tree = BeautifulSoup(CODE.sub(r"<\1></\1>", html), "html.parser")
    lang = str(tree.html.get("lang", "en"))[:2] if tree.html else "en"
    bar = tree.select(".bar > div > *")
    about = tuple(" ".join(part.get_text().split()) for part in bar)
    main = tree.find("main")
    if isinstance(main, Tag):
        lay_out(main, css)
    blocks = _Reader(lang).read(main) if isinstance(main, Tag) else []
    titles = [one.text for one in blocks if isinstance(one, Paragraph) and one.style == "Title"]
    return Page(lang, "".join(titles[:1]), about, tuple(_bound(blocks)), dict(COLOUR.findall(css)))


def _bound(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks, each paragraph over a picture or a table bound to it."""
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        over = isinstance(following, Picture | Table)
        yield replace(block, keep=True) if over and isinstance(block, Paragraph) else block


class _Reader:
    """Reads one page: counts its lists, and holds a kicker until the heading that it belongs to."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.lists = 0
        self.drawn = 0
        self.kicker: tuple[Words, ...] = ()

    def read(self, main: Tag) -> list[Block]:
        return [*self.blocks(main, "BodyText"), *self.held()]

    def blocks(self, parent: Tag, style: str) -> Iterator[Block]:
        """Yield what stands in an element; words between its blocks make paragraphs of their own."""
        line: list[PageElement] = []
        for node in parent.children:
            if not _is_block(node):
                line.append(node)
                continue
            yield from self.paragraph(line, style)
            line = []
            if isinstance(node, Tag) and not is_dropped(node):
                yield from self.block(node, style)
        yield from self.paragraph(line, style)

    def block(self, node: Tag, style: str) -> Iterator[Block]:
        """Yield one block element of the page as blocks of the document, its id with the first of them."""
        named = classes(node)
        style = next((STYLES[one] for one in sorted(named) if one in STYLES), style)
        if is_picture(node):
            yield Picture(self.drawn, str(node.get("aria-label", "")))
            self.drawn += 1
        elif "kicker" in named:
            yield from self.held()
            self.kicker = self.words(node)
        else:
            yield from _placed(node, self.of_kind(node, named, style))
            yield from self.held() if node.name == "section" else ()

    def of_kind(self, node: Tag, named: frozenset[str], style: str) -> Iterator[Block]:
        """Yield a block element by its kind; one of no special kind yields what stands in it."""
        if node.name in HEADINGS:
            return self.heading(node)
        if "about" in named:
            return self.source(node)
        if node.name in ("ul", "ol"):
            return self.items(node, style)
        if node.name == "dl":
            return self.facts(node)
        if node.name == "table":
            return self.table(node)
        return self.blocks(node, self.inner(node, style))

    def inner(self, node: Tag, style: str) -> str:
        """Return the style of what stands in an element of no special kind."""
        if node.name == "summary":
            return "Caption" if node.find_next_sibling("table") else "Heading2"
        # What a page shows only when asked is small print.
        return {"blockquote": "Quote", "details": "Note"}.get(node.name, style)

    def words(self, node: Tag) -> tuple[Words, ...]:
        return words_of(node.children, PLAIN, COMMA[self.lang])

    def paragraph(self, line: Iterable[PageElement], style: str, look: Look = PLAIN) -> Iterator[Paragraph]:
        words = words_of(line, look, COMMA[self.lang])
        if words:
            yield Paragraph(style, words)

    def held(self) -> Iterator[Paragraph]:
        """Yield a kicker that no heading has taken."""
        if self.kicker:
            yield Paragraph("BodyText", self.kicker)
        self.kicker = ()

    def heading(self, node: Tag) -> Iterator[Paragraph]:
        """Yield a heading with its kicker: a figure's number follows in brackets, other words lead in."""
        style = HEADINGS[node.name]
        if style == "Title":
            yield from self.held()
        kicker, words = self.kicker, self.words(node)
        self.kicker = ()
        if kicker and kicker[-1].text[-1:].isdigit():
            before, after = BRACKETS[self.lang]
            words = (*words, Words(before), *kicker, Words(after))
        elif kicker:
            words = (*kicker, Words(COLON[self.lang]), *words)
        yield Paragraph(style, words, keep=True)

    def source(self, node: Tag) -> Iterator[Paragraph]:
        """Yield all that is said about a passage as one paragraph; signs there are mere decoration."""
        for sign in node.select(".shape"):
            sign.extract()
        words: list[Words] = []
        for block in self.blocks(node, "Source"):
            if isinstance(block, Paragraph):
                words += [Words(BETWEEN[self.lang])] if words else []
                words += [
                    replace(one, text=one.text.replace("\n", BETWEEN[self.lang])) for one in block.words
                ]
        if words:
            yield Paragraph("Source", tuple(words), keep=True)

    def items(self, node: Tag, style: str) -> Iterator[Block]:
        """Yield the items of a list, numbered where there is more than one."""
        found = node.find_all("li", recursive=False)
        is_numbered = len(found) > 1 and style in NUMBERED
        self.lists += is_numbered
        series = self.lists if is_numbered else 0
        for item in found:
            for number, block in enumerate(_placed(item, self.blocks(item, style))):
                if series and number == 0 and isinstance(block, Paragraph):
                    yield replace(block, style=NUMBERED[style], series=series)
                else:
                    yield block

    def facts(self, node: Tag) -> Iterator[Table]:
        """Yield terms over what is said of each, or beside it where they are many."""
        terms = [self.cell(one, "TableRow") for one in node.find_all("dt")]
        said = [self.cell(one, "TableText") for one in node.find_all("dd")]
        if len(terms) <= MOST_FACTS:
            yield Table((tuple(terms), tuple(said)), heads=1)
        else:
            yield Table(tuple(zip(terms, said, strict=True)))

    def table(self, node: Tag) -> Iterator[Block]:
        for caption in node.find_all("caption", recursive=False):
            yield from self.paragraph(caption.children, "Caption")
        rows = [row for row in node.find_all("tr") if row.find_parent("table") is node]
        heads = [row for row in rows if row.find_parent("thead")]
        made = tuple(self.row(row, row in heads) for row in rows)
        yield Table(made, len(heads), even="grid" in classes(node))

    def row(self, node: Tag, is_head: bool) -> tuple[Cell, ...]:
        style = "TableHead" if is_head else "TableRow"
        group = classes(node) & {"group"}
        cells = [one for one in node.find_all(["th", "td"], recursive=False) if not is_dropped(one)]
        made = [self.cell(one, style if one.name == "th" else "TableText") for one in cells]
        made = [replace(cell, kinds=cell.kinds | group) for cell in made]
        return (*(_placed_in(node, cell) for cell in made[:1]), *made[1:])

    def cell(self, node: Tag, style: str) -> Cell:
        """Return a cell: its lines as paragraphs, in a head the first of them in the head's style."""
        said = [one.words for one in self.lines(node, look_in(node, PLAIN))] or [()]
        styles = [style, *["TableText"] * (len(said) - 1)]
        columns, rows = (int(str(node.get(name, "1"))) for name in ("colspan", "rowspan"))
        return _placed_in(node, Cell(tuple(map(Paragraph, styles, said)), columns, rows, classes(node)))

    def lines(self, node: Tag, look: Look) -> Iterator[Paragraph]:
        """Yield the lines of a cell: blocks, parts that begin a line, and the words between them."""
        line: list[PageElement] = []
        for child in node.children:
            is_line = isinstance(child, Tag) and child.get(LINE) is not None
            if not is_line and not _is_block(child):
                line.append(child)
                continue
            yield from self.paragraph(line, "TableText", look)
            line = []
            if isinstance(child, Tag) and not is_dropped(child):
                yield from self.line(child, look)
        yield from self.paragraph(line, "TableText", look)

    def line(self, node: Tag, look: Look) -> Iterator[Paragraph]:
        """Yield an element that begins a line of a cell, in as many lines as it has."""
        if node.name in INLINE:
            yield from self.paragraph([node], "TableText", look)
        else:
            yield from (one for one in self.block(node, "TableText") if isinstance(one, Paragraph))


def _is_block(node: PageElement) -> bool:
    """Return whether an element stands apart from the words around it by its kind."""
    return isinstance(node, Tag) and (node.name not in INLINE or is_picture(node))


def _placed(node: Tag, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks, the first that holds words with the id of the element they come from."""
    waiting = bool(node.get("id"))
    for block in blocks:
        if waiting and isinstance(block, Paragraph):
            block, waiting = replace(block, words=(_place(node), *block.words)), False
        elif waiting and isinstance(block, Table):
            (first, *others), *rows = block.rows
            block, waiting = replace(block, rows=((_placed_in(node, first), *others), *rows)), False
        yield block


def _placed_in(node: Tag, cell: Cell) -> Cell:
    """Return a cell with the id of the element it comes from."""
    if not node.get("id"):
        return cell
    first, *others = cell.paragraphs
    return replace(cell, paragraphs=(replace(first, words=(_place(node), *first.words)), *others))


def _place(node: Tag) -> Words:
    return Words("", PLAIN, (str(node["id"]),))
