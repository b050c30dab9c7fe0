"""Every page of a project, made in one process as a build makes them, and what no page may hold.

The cells of the notebooks run in one IPython shell, so that twenty pages take seconds and not minutes; the
sections are taken from what the cells display, which is what a page takes of an executed notebook.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from openpyxl import load_workbook
from traitlets.config import Config

import compare as cp
from compare.build.page import frame_of, subject
from compare.build.plan import Briefing, plan, read_edition
from compare.build.takeaways import takeaways
from compare.outputs.arrange import arrange
from compare.outputs.cards import Listed
from compare.outputs.element import PACKED, unpacked
from compare.outputs.front import front_page
from compare.outputs.html import Leaf
from compare.outputs.html import section as html_section
from compare.outputs.page import html_page
from compare.sections.section import MIMETYPE, Section, from_json
from compare.tables.book import Book
from compare.words.text import plain

LANGUAGES = ("zh", "en")


def briefings(root: Path) -> list[Briefing]:
    """Return the briefings that a project calls for; where there are none, those of its cities."""
    return plan(root) or [
        Briefing(
            f"city-{city}.{lang}", "city_briefing", {"city": city, "lang": lang, "as_of": as_of(root)}, lang
        )
        for city in cp.load(root).cities
        for lang in LANGUAGES
    ]


def as_of(root: Path) -> str:
    """Return the day on which a project's pages speak."""
    return read_edition(root)["as_of"]


def html_of(root: Path, briefing: Briefing, sections: Sequence[Section]) -> str:
    """Return sections as their page holds them, without what stands around them."""
    frame = frame_of(root, briefing)
    leaf = Leaf(arrange(sections), frame.messages, frame.lang, frame.as_of)
    return "\n".join(html_section(one, leaf) for one in sections)


def run_notebook(root: Path, book: Book, briefing: Briefing) -> list[Section]:
    """Return the sections that a briefing's notebook displays, those without a word left out.

    Raises what a cell raises, with the cell's words as a note.
    """
    cells = json.loads((root / briefing.source).read_bytes())["cells"]
    sections: list[Section] = []
    with contextlib.chdir(root / "notebooks"), _loaded(book), _shell() as shell:
        for cell in (cell for cell in cells if cell["cell_type"] == "code"):
            with capture_output() as said:
                source = "".join(cell["source"])
                result = shell.run_cell(source)
                if "parameters" in cell["metadata"].get("tags", []):
                    shell.push(briefing.parameters)
            if (error := result.error_before_exec or result.error_in_exec) is not None:
                error.add_note(f"{briefing.name}: {source}")
                raise error
            held = [out.data[MIMETYPE] for out in said.outputs if MIMETYPE in (out.data or {})]
            sections += [from_json(one) for one in held]
    return [one for one in sections if one.title or one.blocks]


@contextlib.contextmanager
def _shell() -> Iterator[InteractiveShell]:
    """Give a new shell as the one of the process: to any other, what a piece displays is lost."""
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    try:
        shell.display_formatter.active_types = ["text/plain", "text/html", MIMETYPE]
        yield shell
    finally:
        InteractiveShell.clear_instance()


@contextlib.contextmanager
def _loaded(book: Book) -> Iterator[None]:
    """Let `cp.load()` give this book, so that it is not read anew for every page."""
    before = cp.__dict__.get("load")
    cp.load = lambda *_, **__: book
    try:
        yield
    finally:
        if before is None:
            del cp.load
        else:
            cp.load = before


def every_page(root: Path, book: Book | None = None, whole: bool = False) -> Iterator[tuple[str, str]]:
    """Yield name and text of every page, calendar and sheet of a project; `whole` with what stands around."""
    book = book or cp.load(root)
    planned = briefings(root)
    standing = []
    for briefing in planned:
        sections = run_notebook(root, book, briefing)
        frame = frame_of(root, briefing)
        yield briefing.name, html_page(sections, frame) if whole else html_of(root, briefing, sections)
        standing.append(_listed(root, briefing, sections))
    edition = read_edition(root)
    beside = takeaways(root)
    for one in beside:
        content = one.make(book, edition["as_of"], edition["edition"])
        if one.name.endswith(".xlsx"):
            yield from sheets(one.name, content)
        else:
            yield one.name, content.decode("utf-8")
    for lang in LANGUAGES:
        yield f"index.{lang}", front_page(book, standing, lang, [one.name for one in beside])


def _listed(root: Path, briefing: Briefing, sections: Sequence[Section]) -> Listed:
    on = {name: str(briefing.parameters.get(name, "")) for name in ("topic", "city")}
    named = subject(root, frame_of(root, briefing).messages, briefing)
    return Listed(briefing.page, briefing.lang, named, plain(sections[0].title), **on)


def sheets(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the cells of each sheet of a workbook as a table in HTML."""
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
        body = "".join(
            f"<div>{cell}</div>" for row in rows for cell in row if not isinstance(cell, str) or cell
        )
        yield f"{name}#{sheet.title}", body.replace("&", "&amp;")


# ── what no page may hold ────────────────────────────────────────────────────
WORDS = re.compile(
    r"(?<![\w\-./])(?:nan|NaN|NaT|-?inf|Infinity|undefined|null)(?![\w\-/])|<NA>"
    r"|(?<![\w-])None(?! [a-z])(?!\w)"
    r"|(?<![\d.,])0 of 0(?!\d)|(?<![\d.])0/0(?!\d)|\{[a-z_.]+\}"
)
SHOWN = ("title", "alt", "aria-label", "aria-description", "placeholder", "href", "id", "class", "download")
WHOLE = ("h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "caption",
         "thead", "tbody", "figure", "figcaption", "p", "blockquote", "summary", "details", "section", "a",
         "th", "mark")  # fmt: skip
DRAWING = re.compile(r"\b(?:NaN|Infinity|undefined)\b")


def faults(name: str, html: str) -> list[str]:
    """Return what a page holds that none may: words of a missing value, open braces, empty elements.

    >>> faults("page", "<h2> </h2><p>nan</p><p>0 of 0</p>")
    ['page: empty <h2>', 'page: nan in “nan”', 'page: 0 of 0 in “0 of 0”']
    """
    if name.endswith(".ics"):
        return [f"{name}: {word[0]}" for word in WORDS.finditer(re.sub(r"\r?\n[ \t]", "", html))]
    tree = BeautifulSoup(html, "html.parser")
    scripts = [found.extract() for found in tree.find_all(["script", "style"])]
    found = [f"{name}: empty <{tag.name}>{_near(tag)}" for tag in tree.find_all(WHOLE) if _empty(tag)]
    for text in tree.find_all(string=WORDS):
        if text.find_parent(lang=re.compile("zh-Han")) is None:
            found += [f"{name}: {word[0]} in “{_clip(text, word)}”" for word in WORDS.finditer(text)]
    for tag in tree.find_all(True):
        for attribute, said in _attributes(tag):
            found += [
                f"{name}: {word[0]} in {attribute} “{_clip(said, word)}”" for word in WORDS.finditer(said)
            ]
    for script in scripts:
        if script.get("type") in ("application/json", PACKED) and script.get("id") != "plotly":
            held = script.get_text()
            drawn = unpacked(held) if script["type"] == PACKED else held
            found += [f"{name}: {word[0]} in a chart" for word in DRAWING.finditer(drawn)]
    return found


def dead_links(name: str, html: str) -> list[str]:
    """Return the links of a page that lead to a place that the page does not have."""
    tree = BeautifulSoup(html, "html.parser")
    there = {str(tag["id"]) for tag in tree.find_all(id=True)}
    links = {str(tag["href"]) for tag in tree.find_all("a", href=re.compile("^#."))}
    # The link that closes a passage leads nowhere on purpose.
    return [f"{name}: no {link}" for link in sorted(links - {"#closed"}) if link[1:] not in there]


def _empty(tag: Tag) -> bool:
    """Return whether an element says and draws nothing; what speaks later, or by a label, is not empty."""
    named = {"aria-live", "aria-label", "title"} & set(tag.attrs)
    inside = tag.find(["img", "svg", "input", "canvas"]) or tag.find(attrs={"aria-label": True})
    return not (tag.get_text(strip=True) or named or inside or tag.find(class_="plot"))


def _near(tag: Tag) -> str:
    before = tag.find_previous(string=lambda words: bool(words and words.strip()))
    return f" after “{str(before).strip()[-30:]}”" if before else ""


def _attributes(tag: Tag) -> Iterator[tuple[str, str]]:
    for attribute, value in tag.attrs.items():
        if attribute in SHOWN or attribute.startswith("data-"):
            said: Any = (
                " ".join(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
            )
            if not str(said).startswith("data:"):
                yield attribute, str(said)


def _clip(words: str, at: re.Match[str]) -> str:
    return " ".join(str(words)[max(0, at.start() - 40) : at.end() + 40].split())
