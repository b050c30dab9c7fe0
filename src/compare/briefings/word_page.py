"""A finished page as a list of blocks: its words in their order, free of what makes sense on a screen only.

Nothing here knows the sections of any one page: headings, lists, tables, figures and passages are
taken as they come, and words in an element that is not known are kept as a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from bs4 import BeautifulSoup, NavigableString, PreformattedString, Tag

from compare.briefings.look import GLYPH

CODE = re.compile(r"<(script|style)\b[^>]*>.*?</\1>", re.DOTALL)
INLINE = frozenset("a abbr b bdi br cite code em i kbd mark q s small span strong sub sup time u".split())
# Ways to move about on a screen, and the city's name in a cell, which stands over its column.
SCREEN = frozenset({"skip", "close", "backs", "phone-city"})
UNSEEN = frozenset({"script", "style", "nav", "template", "noscript"})
HOLLOW = {"▲": "△", "■": "□", "●": "○", "◆": "◇"}
STYLES = {"note": "Note", "cite": "Cite", "sums": "Cite", "source": "Source", "label": "Note"}
HEADINGS = {"h1": "Title", "h2": "Heading1", "h3": "Heading2", "h4": "Heading3", "h5": "Heading3"}
OWN_LINE = frozenset({"worth", "state", "why", "base"})


@dataclass(frozen=True)
class Look:
    """How words look: `line` is gold, single or dotted, `frame` single or dashed, `link` a place's id."""

    bold: bool = False
    raised: bool = False
    marked: bool = False
    line: str = ""
    frame: str = ""
    city: str = ""
    link: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Words:
    """Words of one look; a line break is their "\\n"; `places` are the ids of what begins with them."""

    text: str
    look: Look = Look()
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """Words in a paragraph style; `series` numbers the list it is an item of, 0 outside lists."""

    style: str
    words: tuple[Words, ...]
    series: int = 0
    keep: bool = False

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.words)


@dataclass(frozen=True)
class Picture:
    """A place for the picture of the page's element number `index` among those with role img."""

    index: int
    alt: str


@dataclass(frozen=True)
class Cell:
    """A cell of a table: `kinds` are its classes on the page, such as k-silent and c-jinan."""

    paragraphs: tuple[Paragraph, ...]
    head: bool = False
    columns: int = 1
    rows: int = 1
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first `heads` rows are repeated on every sheet the table runs on to."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0


Block = Paragraph | Picture | Table


@dataclass(frozen=True)
class Page:
    """A finished page: its language, title, the line over it, its blocks and its cities' colours."""

    lang: str
    title: str
    about: tuple[str, ...]
    blocks: tuple[Block, ...]
    colours: dict[str, str]


def read_page(html: str) -> Page:
    """Return the blocks of a page as the build writes it; a page without `main` has none."""
    tree = BeautifulSoup(CODE.sub(r"<\1></\1>", html), "html.parser")
    lang = str(tree.html["lang"])[:2] if tree.html and tree.html.get("lang") else "en"
    bar = tree.select_one(".bar > div") or Tag(name="div")
    about = tuple(plain(part.get_text()) for part in bar.find_all(recursive=False))
    main = tree.find("main")
    blocks = _Reader(lang).read(main) if isinstance(main, Tag) else ()
    colours = dict(re.findall(r"\.c-([\w-]+)\{--c:var\(--c([0-9A-Fa-f]{6})\)\}", html))
    title = next((one.text for one in blocks if isinstance(one, Paragraph) and one.style == "Title"), "")
    return Page(lang, plain(title), about, tuple(_kept(blocks)), colours)


def plain(text: str) -> str:
    """Return text with every run of white space as one blank, and none at its ends."""
    return " ".join(text.split())


def _kept(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, each paragraph over a picture or a table bound to it."""
    held = list(blocks)
    for block, following in zip(held, [*held[1:], None], strict=True):
        if isinstance(block, Paragraph) and isinstance(following, Picture | Table):
            yield replace(block, keep=True)
        else:
            yield block


def _classes(element: Tag) -> frozenset[str]:
    return frozenset(element.get_attribute_list("class")) - {None}


def _dropped(element: Tag) -> bool:
    return element.name in UNSEEN or bool(_classes(element) & SCREEN)


def _is_picture(element: Tag) -> bool:
    return element.get("role") == "img"


# ── words within a line ─────────────────────────────────────────────────────


def _look(element: Tag, look: Look) -> Look:
    """Return the look that an element gives the words in it."""
    classes, name = _classes(element), element.name
    lang = str(element.get("lang", look.lang))
    look = replace(look, lang=lang, raised=look.raised or name == "sup")
    if name in ("b", "strong") or "worth" in classes:
        look = replace(look, bold="city" not in classes)
    if name == "mark":
        look = replace(look, marked=True, bold="value" in classes, line="single" if "value" in classes else "")
    if "tag" in classes or "draft-tag" in classes:
        look = replace(look, frame="dashed" if "draft-tag" in classes else "single")
    if "derived" in classes:
        look = replace(look, line="dotted")
    href = str(element.get("href", ""))
    if name == "a" and href.startswith("#"):
        look = replace(look, link=href[1:], line="gold" if "v" in classes else look.line)
    return look


def _shape(classes: frozenset[str], look: Look) -> Words | None:
    """Return the sign of a basis, which the page draws; None where no basis is named."""
    sign = next((GLYPH[one[2:]] for one in sorted(classes) if one[:2] == "s-" and one[2:] in GLYPH), None)
    if sign is None:
        return None
    city = next((one[2:] for one in sorted(classes) if one.startswith("c-")), "")
    return Words(HOLLOW[sign] if "draft" in classes else sign, replace(look, city=city))


def _legend(element: Tag, look: Look, comma: str) -> Iterator[Words]:
    """Yield the entries of a legend, which the page sets apart by space alone."""
    for number, entry in enumerate(element.find_all(recursive=False)):
        if number:
            yield Words(comma, look)
        yield from _trimmed(_words(entry, look, comma))
    yield Words(" ", look)


def _words(node: object, look: Look, comma: str) -> Iterator[Words]:
    """Yield the words of a node in order, white space still as it stands."""
    if isinstance(node, NavigableString):
        if not isinstance(node, PreformattedString):
            yield Words(re.sub(r"\s+", " ", str(node)), look)
        return
    if not isinstance(node, Tag) or _dropped(node) or _is_picture(node):
        return
    if node.get("id"):
        yield Words("", look, (str(node["id"]),))
    classes = _classes(node)
    shape = _shape(classes, look) if "shape" in classes else None
    if node.name == "br":
        yield Words("\n", look)
    elif shape:
        yield shape
    elif "legend" in classes:
        yield from _legend(node, look, comma)
    else:
        inner = _look(node, look)
        bracketed = "chip" in classes
        yield from [Words("[", inner)] if bracketed else []
        for child in node.children:
            yield from _words(child, inner, comma)
        yield from [Words("]", inner)] if bracketed else []


def _trimmed(words: Iterable[Words]) -> tuple[Words, ...]:
    """Return words of one paragraph: no two blanks together, none at an end, neighbours alike joined."""
    made: list[Words] = []
    for one in words:
        text = one.text
        if text.startswith(" ") and (not _written(made) or _written(made)[-1] in " \n"):
            text = text[1:]
        if not text and not one.places:
            continue
        if text == "\n" and made and made[-1].text.endswith(" "):
            made[-1] = replace(made[-1], text=made[-1].text[:-1])
        if made and made[-1].look == one.look and not one.places:
            made[-1] = replace(made[-1], text=made[-1].text + text)
        else:
            made.append(replace(one, text=text))
    while made and made[-1].text != made[-1].text.rstrip():
        made[-1] = replace(made[-1], text=made[-1].text.rstrip())
        if not made[-1].text and not made[-1].places:
            made.pop()
    return tuple(made)


def _written(made: list[Words]) -> str:
    return next((one.text for one in reversed(made) if one.text), "")
