"""What a page's own style sheet says of paper: which elements it leaves out, and which begin a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

# The attribute that marks an element which stands in a line of its own.
LINE = "data-line"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
HIDDEN = re.compile(r"(?:^|;)\s*display\s*:\s*none")
BLOCK = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|table|grid|flex)\b")


def paper_rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and declarations that hold on paper: those for all media, and those for print.

    >>> list(paper_rules("a{b:c}@media print{d{e:f}}@media (max-width:9px){g{h:i}}"))
    [('a', 'b:c'), ('d', 'e:f')]
    """
    css, place = COMMENT.sub("", css), 0
    while (start := css.find("@media", place)) >= 0:
        yield from _rules(css[place:start])
        opened = css.index("{", start)
        place = _end(css, opened)
        if css[start:opened].split()[1:] == ["print"]:
            yield from _rules(css[opened + 1 : place - 1])
    yield from _rules(css[place:])


def hidden_selectors(css: str) -> list[str]:
    """Return the selectors of what paper does not show, such as ways about a page and a phone's labels."""
    return [selector for selector, said in paper_rules(css) if HIDDEN.search(said)]


def lay_out(main: Tag, css: str) -> None:
    """Take from `main` what paper does not show, and mark what begins a line.

    What a browser draws stays, for it comes in several sizes of which paper shows one; and so do the
    headings of what opens on a screen, for all of it is open in a document.
    """
    for selector in hidden_selectors(css):
        for element in main.select(selector):
            if element.name != "summary" and "plot" not in element.get_attribute_list("class"):
                element.extract()
    for selector, said in paper_rules(css):
        if BLOCK.search(said):
            for element in main.select(selector):
                element[LINE] = ""


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield plain rules; rules for a sheet, and for parts that are no elements, say nothing of these."""
    for selector, said in RULE.findall(css):
        if "::" not in selector and not selector.strip().startswith("@"):
            yield selector.strip(), said.strip()


def _end(css: str, opened: int) -> int:
    """Return the place after the bracket that closes the one at `opened`."""
    depth = 0
    for place in range(opened, len(css)):
        depth += {"{": 1, "}": -1}.get(css[place], 0)
        if depth == 0:
            return place + 1
    return len(css)
