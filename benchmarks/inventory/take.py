"""Take from a finished page what a reader has, whatever its markup.

Only three things are asked of the markup: a section begins at `<section>` or at an h2, the address or id of
a row ends in the row's id, and a chart is a named element around a figure kept as JSON, or a named drawing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from benchmarks.inventory.files import Item, digest, file_items, short
from lxml import etree, html

from compare.outputs.element import PACKED, unpacked

DATA = ("application/json", PACKED)
ROW = re.compile(r"(?:([a-z])-)?([a-z]-[a-z_]+-\d{4})")
CODES = re.compile(rf"{ROW.pattern}|\b[0-9a-f]{{12,}}\b")
FIGURE = re.compile(
    r"(?:[≥≤><≈] ?)?(?<![A-Za-z0-9.,])[-+−]?\d[\d,]*(?:\.\d+)?"
    r"(?:%|‰|[千万亿萬億]?[㐀-鿿]| ?(?:m|bn|k|points?|days|months|years)\b|(?![A-Za-z0-9]))"
)
INLINE = {"a", "abbr", "b", "bdi", "br", "button", "cite", "code", "em", "i", "label", "mark", "q", "small",
          "span", "strong", "sub", "sup", "time", "tspan", "u", "wbr"}  # fmt: skip
HEADINGS = {"title": "title", "h1": "title", "h2": "title"} | {f"h{n}": "heading" for n in range(3, 7)}
# What is heard, or shown under the pointer, or printed beside the words by the style.
SAID = ("aria-label", "title", "alt", "placeholder", "data-due", "data-topic")


@dataclass
class Section:
    """A section of a page: its anchor, or else its title, as key, and how often each item stands in it."""

    key: str
    items: Counter[Item] = field(default_factory=Counter)

    @property
    def title(self) -> str:
        return next((item for kind, item in self.items if kind == "title"), "")


def take(page: str) -> list[Section]:
    """Return the sections of a page in their order; what stands before the first is the section `lead`.

    >>> page = '<h1>T</h1><section><h2 id="a">A</h2><p><a href="#t-x-0001">≥5%<sup>3</sup></a></section>'
    >>> sorted(take(page)[1].items)
    [('figure', '≥5%'), ('number', 't-x-0001 no. 3'), ('row', 't-x-0001'), ('title', 'A')]
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    root = html.document_fromstring(page.encode("utf-8"), parser=parser)
    sections, charts, words = [Section("lead")], _charts(root), list[str]()
    walk = etree.iterwalk(root, events=("start", "end"), tag="*")
    for event, node in walk:
        block = node.tag not in INLINE
        if block and (text := _spaced(words)):
            sections[-1].items.update(_text(node if event == "end" else node.getparent(), text))
        if block:
            words.clear()
        if event == "end":
            words.append(f"{' ' if node.tag == 'br' else ''}{node.tail or ''}")
            continue
        if node.tag == "section" or (node.tag == "h2" and sections[-1].title):
            sections.append(Section(_key(node, len(sections))))
        here = sections[-1].items
        if node in charts:
            # The first of a chart's widths is the widest and stands for all.
            here.update({} if here["chart", _name(node)] else _chart(node, charts[node]))
        elif node.tag == "sup" and "".join(node.itertext()).isdigit():
            here.update(_number(node))
        elif node.tag == "script":
            here.update(_kept(node))
        elif node.tag != "style" and node.get("aria-hidden") != "true":
            here.update(_own(node))
            words.append(node.text or "")
            continue
        walk.skip_subtree()
    return sections


def _key(node: Any, place: int) -> str:
    heading = node if node.tag == "h2" else node.find(".//h2")
    if heading is None:
        return node.get("id") or f"section {place}"
    return node.get("id") or heading.get("id") or _words(heading)


def _text(node: Any, text: str) -> Iterator[Item]:
    """Yield the words of one block and the numerals in it, each with its comparator and unit."""
    figures = FIGURE.findall(CODES.sub("", text))
    yield from (("figure", figure.rstrip(",")) for figure in figures)
    if [text] != figures:
        yield HEADINGS.get(node.tag, "text"), short(text)


def _own(node: Any) -> Iterator[Item]:
    """Yield what an element has of its own: names, a row's place, a file to save, a link, a highlight."""
    for attribute in SAID:
        said = _spaced([CODES.sub("", node.get(attribute) or "")]).strip(" ·")
        if said and said != node.get("href"):
            yield "said", short(said)
    if match := ROW.fullmatch(node.get("id") or ""):
        yield "shown" if match[1] else "stands", match[2]
        home = next((one for one in (node, *node.iterancestors()) if one.tag in ("blockquote", "tr")), None)
        if home is not None and not match[1]:
            yield "stands", f"{match[2]} {digest(_words(home))}"
    if name := node.get("download") or node.get("data-name"):
        yield from file_items(name, node.get("href") or "")
    elif node.tag == "a" and (href := unquote(node.get("href") or "")):
        file, _, place = href.partition("#")
        if file:
            yield "link", short(file)
        if match := ROW.fullmatch(place):
            yield "row there" if file else "way back" if match[1] else "row", match[2]
    elif node.tag == "mark":
        yield "marked", short(_words(node))


def _number(node: Any) -> Iterator[Item]:
    """Yield the evidence number that a link bears, with the row to which the link leads."""
    for link in node.iterancestors("a"):
        if match := ROW.fullmatch((link.get("href") or "").lstrip("#")):
            yield "number", f"{match[2]} no. {''.join(node.itertext())}"


def _kept(node: Any) -> Iterator[Item]:
    """Yield the rows that a page keeps as data for its own search."""
    if node.get("type") == "application/json":
        yield from {("row kept", match[2]) for match in ROW.finditer(node.text or "")}


def _charts(root: Any) -> dict[Any, list[dict[str, Any]]]:
    """Return the charts of a page, each with the Plotly figures kept in it."""
    found: dict[Any, list[dict[str, Any]]] = {one: [] for one in root.iter("svg") if one.get("aria-label")}
    for script in root.iter("script"):
        held = unpacked(script.text) if script.get("type") == PACKED else script.text
        kept = json.loads(held) if script.get("type") in DATA and script.get("id") != "plotly" else None
        if isinstance(kept, dict) and {"data", "layout"} <= set(kept):
            named = (one for one in script.iterancestors() if one.get("aria-label"))
            found.setdefault(next(named, script.getparent()), []).append(kept)
    return found


def _chart(node: Any, figures: list[dict[str, Any]]) -> Counter[Item]:
    """Return a chart's name, links, labels, ticks and marks; a label in page and figure is one label."""
    on_page: Counter[Item] = Counter({("chart", _name(node)): 1})
    for link in node.iter("a"):
        if match := ROW.fullmatch((link.get("href") or "").lstrip("#")):
            on_page["row drawn", match[2]] += 1
    for label in node.xpath(".//text | .//span[not(ancestor::span)]"):
        if words := _words(label):
            on_page["tick" if "tick" in (label.get("class") or "") else "drawn", short(words)] += 1
    return on_page | Counter(item for figure in figures for item in _drawn(figure))


def _drawn(figure: dict[str, Any]) -> Iterator[Item]:
    """Yield the marks of a Plotly figure by their symbol, and the words in it without their tags."""
    for trace in figure["data"]:
        if "markers" in trace.get("mode", ""):
            symbols = trace.get("marker", {}).get("symbol", "circle")
            drawn = symbols if isinstance(symbols, list) else [symbols] * len(trace.get("x", []))
            yield from (("mark", symbol) for symbol in drawn)
    waiting: list[tuple[str, Any]] = [("", figure)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += [(name, one) for one in value]
        elif name in ("text", "ticktext") and (words := _spaced([re.sub(r"<[^>]*>", " ", str(value))])):
            yield "tick" if name == "ticktext" else "drawn", short(words)


def _name(node: Any) -> str:
    return short(node.get("aria-label") or "")


def _words(node: Any) -> str:
    """Return the words of an element; those raised above the line are evidence numbers, and left aside."""
    return _spaced(node.xpath(".//text()[not(ancestor::sup)]"))


def _spaced(parts: Any) -> str:
    return " ".join("".join(parts).split())
