"""A document as one page: its whole body, every coded row marked in it, its figures beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from compare.analysis.selection import coded_topics
from compare.asked import CORRECT, LANGUAGES, read_day
from compare.charts.look import GLYPH
from compare.errors import CompareError, Problem
from compare.outputs.document_body import Block, Body
from compare.outputs.document_marks import runs
from compare.outputs.document_notes import Notes
from compare.outputs.element import HERE, filled, name_of
from compare.outputs.page import Frame, style, whole_page
from compare.project import FRONT
from compare.tables.book import Book
from compare.texts.cleaning import simplified
from compare.words.labels import Labels
from compare.words.messages import read_messages

COUNTED = ("target", "status", "deadline", "commitment", "mention")


def document_page(book: Book, source_id: str, lang: str, as_of: str, edition: str, inputs: str = "") -> str:
    """Return the page of one document as a self-contained HTML text that needs no script and no network.

    `lang` is that of the page, zh or en; the document's words stay as they are. Raises UnknownName for
    a document that is not at hand, CompareError for another language or a date that is none.
    """
    body = Body(book, book.read(source_id))
    _check(lang, as_of)
    said = read_messages(book.root, "source", lang)
    notes = Notes(body, Labels(book, lang), said)
    other = next(one for one in LANGUAGES if one != lang)
    links = (
        (f"../{FRONT[lang]}", said.say("index"), lang),
        (f"{source_id}.{other}.html", said.say("other_language"), other),
    )
    frame = Frame(lang, read_day(as_of), said, said.say("kicker"), links, edition, inputs)
    title = body.source[f"title_{lang}"]
    inside = filled(
        "document.html.j2", body=body, notes=notes, labels=notes.labels, say=said.say, lang=lang, title=title,
        edition=edition, as_of=frame.as_of, runs=runs, **_told(notes),
    )  # fmt: skip
    sheets = (style(lang, [body.source["place_id"]]), (HERE / "document.css").read_text(encoding="utf-8"))
    sheet = "\n".join([*sheets, *_pointed(body)])
    return whole_page(frame, title, inside, sheet, ("text", said.say("skip")))


def _check(lang: str, as_of: str) -> None:
    problems = []
    if lang not in LANGUAGES:
        problems.append(Problem("parameters", "lang", str(lang), " or ".join(LANGUAGES), CORRECT))
    try:
        read_day(as_of)
    except CompareError as error:
        problems += error.problems
    if problems:
        raise CompareError("The page of a document cannot be made with these parameters", problems)


def _told(notes: Notes) -> dict[str, Any]:
    """Return what the page says of the document as a whole."""
    body, labels, source = notes.body, notes.labels, notes.body.source
    held = Counter(row.kind for row in body.rows)
    counts = {kind: held[kind] for kind in COUNTED}
    hant = source["script"] == "Hant"
    return {
        "source": source,
        "city": source["place_id"],
        "draft": source["status"] == "draft",
        "coded": [labels.name("topics", topic) for topic in coded_topics(source)],
        # The language tag of the document's words, and what reads them to whoever reads Simplified alone.
        "script": f"zh-{source['script'] or 'Hans'}",
        "simple": body.document.reading.apply(simplified).text if hant else "",
        "left_out": [notes.said.say(f"left_out.{kind}", count=n) for kind, n in _left_out(body).items()],
        "counts": counts | {"other": len(body.clauses), "character": len(body.text)},
        "kinds": set(_kinds(notes)),
        "glyphs": GLYPH,
        "contents": list(_contents(body)),
    }


def _left_out(body: Body) -> dict[str, int]:
    """Return how many characters of the file are not in the body, by what they are."""
    held: Counter[str] = Counter()
    for cells in body.records("furniture"):
        held[cells["class"]] += cells["end"] - cells["start"]
    noise = len(body.document.raw) - len(body.text) - held.total()
    return held | ({"noise": noise} if noise else {})


def _kinds(notes: Notes) -> Iterator[str]:
    """Yield what the key must explain: kinds of rows, bases, and ways to mark a deadline or a commitment."""
    for row in notes.body.rows:
        yield row.kind
        if row.is_figure:
            yield row.cells["basis"]
        elif row.kind == "deadline" and notes.inferred(row):
            yield "inferred"
        elif row.kind == "commitment" and row.cells["force"] == "aspirational":
            yield "soft"


def _contents(body: Body) -> Iterator[tuple[Block, int]]:
    """Yield the headings, titles and ledger units, each with the figures under it."""
    held: Block | None = None
    figures = 0
    for block, behind in zip(body.blocks, [*body.blocks[1:], None], strict=True):
        # Of titles in a row the last is named: an annex stands in a list of annexes, and where it begins.
        if block.level and (block.kind != "title" or behind is None or behind.kind != "title"):
            if held:
                yield held, figures
            held, figures = block, 0
        figures += sum(row.is_figure for row in block.opened)
    if held:
        yield held, figures


def _pointed(body: Body) -> Iterator[str]:
    """Yield the rules that frame the words of the row that a link leads to, and mark its note."""
    ids = [name_of(row.row_id) for row in body.rows if row.is_figure or row.kind == "mention"]
    if ids:
        words = ",".join(f".text:has(#{one}:target) [data-q~={one}]" for one in ids)
        beside = ",".join(f".block:has(#{one}:target) #n-{one}" for one in ids)
        yield f"{words}{{box-shadow:var(--framed)}}\n{beside}{{border-left-color:var(--ink)}}"
