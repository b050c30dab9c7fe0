"""The words within one paragraph of a page, each with its look, as a Word document takes them over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from compare.charts.look import GLYPH
from compare.outputs.word.css import LINE

UNSEEN = frozenset({"script", "style", "nav", "template", "noscript", "button"})
HOLLOW = {"▲": "△", "■": "□", "●": "○", "◆": "◇"}


@dataclass(frozen=True)
class Look:
    """How words look: `line` is single, dotted or dash, `frame` single or dashed, `link` a place's id.

    `city` colours a sign, `lang` is the language the page names.
    """

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


def classes(element: Tag) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset(one for one in element.get_attribute_list("class") if one)


def is_dropped(element: Tag) -> bool:
    """Return whether an element makes sense on a screen only."""
    return element.name in UNSEEN


def is_picture(element: Tag) -> bool:
    """Return whether an element is one that a browser draws."""
    return "plot" in element.get_attribute_list("class")


def words_of(nodes: Iterable[PageElement], look: Look, comma: str) -> tuple[Words, ...]:
    """Return the words of the nodes as one paragraph; `comma` parts the entries of a legend.

    >>> from bs4 import BeautifulSoup
    >>> [one.text for one in words_of(BeautifulSoup("<b>5G</b> \\n 1500<sup class='chip'>3</sup> ",
    ...                                             "html.parser").children, Look(), ", ")]
    ['5G', ' 1500', '[3]']
    """
    return _trimmed(part for node in nodes for part in _words(node, look, comma))


def look_in(element: Tag, look: Look) -> Look:
    """Return the look that an element gives the words in it."""
    named, name = classes(element), element.name
    look = replace(look, lang=str(element.get("lang", look.lang)))
    if name == "sup":
        look = replace(look, raised=True, line="")
    if name in ("b", "strong") or "worth" in named:
        look = replace(look, bold="city" not in named)
    if name == "mark":
        is_value = "value" in named
        look = replace(look, marked=True, bold=is_value, line="single" if is_value else "")
    if "tag" in named:
        look = replace(look, frame="dashed" if "draft-tag" in named else "single")
    elif "draft-tag" in named:
        look = replace(look, line="dash")
    if "derived" in named:
        look = replace(look, line="dotted")
    href = str(element.get("href", ""))
    if name == "a" and href.startswith("#"):
        look = replace(look, link=href[1:], line="single" if "v" in named else look.line)
    return look


def _words(node: PageElement, look: Look, comma: str) -> Iterator[Words]:
    """Yield the words of a node in order, white space still as it stands."""
    if isinstance(node, NavigableString):
        if not isinstance(node, PreformattedString):
            yield Words(re.sub(r"\s+", " ", str(node)), look)
        return
    if not isinstance(node, Tag) or is_dropped(node) or is_picture(node):
        return
    if node.get("id"):
        yield Words("", look, (str(node["id"]),))
    named = classes(node)
    if node.name == "br":
        yield Words("\n", look)
    elif "shape" in named:
        yield from _sign(named, look)
    elif "legend" in named:
        yield from _legend(node, look, comma)
    else:
        yield from _inner(node, named, look_in(node, look), comma)


def _line(node: Tag, look: Look) -> Iterator[Words]:
    """Yield a break where an element stands in a line of its own."""
    if node.get(LINE) is not None:
        yield Words("\n", look)


def _inner(node: Tag, named: frozenset[str], look: Look, comma: str) -> Iterator[Words]:
    """Yield the words in an element; the number of a sentence gets brackets, or 70%6 would be read."""
    before, after = ("[", "]") if "chip" in named else ("", "")
    yield from _line(node, look)
    yield Words(before, look)
    for child in node.children:
        yield from _words(child, look, comma)
    yield Words(after, look)
    yield from _line(node, look)


def _sign(named: frozenset[str], look: Look) -> Iterator[Words]:
    """Yield the sign of a basis, which the page draws."""
    city = next((one[2:] for one in sorted(named) if one.startswith("c-")), "")
    for sign in [GLYPH[one[2:]] for one in sorted(named) if one[:2] == "s-" and one[2:] in GLYPH]:
        yield Words(HOLLOW[sign] if "draft" in named else sign, replace(look, city=city))


def _legend(element: Tag, look: Look, comma: str) -> Iterator[Words]:
    """Yield the entries of a legend, which the page sets apart by space alone."""
    for number, entry in enumerate(element.find_all(recursive=False)):
        yield Words(comma if number else "", look)
        yield from _trimmed(_words(entry, look, comma))
    yield Words(" ", look)


def _trimmed(words: Iterable[Words]) -> tuple[Words, ...]:
    """Return words of one paragraph: no two blanks together, none at an end, neighbours alike joined."""
    made: list[Words] = []
    written = "\n"
    for one in words:
        text = one.text.lstrip(" \n") if written in " \n" else one.text
        if one.text == "\n":
            made, text = _without_last_blank(made), "" if written == "\n" else "\n"
        written = text[-1:] or written
        if made and made[-1].look == one.look and not one.places:
            made[-1] = replace(made[-1], text=made[-1].text + text)
        elif text or one.places:
            made.append(replace(one, text=text))
    made = _without_last_blank(made)
    return tuple(one for one in made if one.text or one.places)


def _without_last_blank(made: list[Words]) -> list[Words]:
    """Return words without the blanks and breaks that end them."""
    last = next((place for place in reversed(range(len(made))) if made[place].text), None)
    if last is None or made[last].text == made[last].text.rstrip():
        return made
    return _without_last_blank(
        [*made[:last], replace(made[last], text=made[last].text.rstrip()), *made[last + 1 :]]
    )
