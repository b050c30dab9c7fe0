"""From an executed notebook to its page: the sections that its cells show, in their order."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from compare.asked import LANGUAGES
from compare.build.inputs import inputs_of
from compare.build.plan import Briefing, rows
from compare.disk import write_whole
from compare.outputs.cards import Listed
from compare.outputs.page import Frame, html_page
from compare.project import CURATED, FRONT
from compare.sections.section import MIMETYPE, Section, from_json
from compare.tables.edition import read_edition
from compare.words.messages import COMMON, TEXT, Messages, read_messages
from compare.words.signs import signs
from compare.words.text import plain

if TYPE_CHECKING:
    from nbformat import NotebookNode

SECTIONS = Path("build", "sections")
SUBJECTS = (("topic", "topics", "topic_id"), ("city", "places", "place_id"))


def sections_of(notebook: NotebookNode) -> list[Section]:
    """Return the sections that an executed notebook shows; those without a word are left out."""
    made = [
        from_json(output.data[MIMETYPE])
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if MIMETYPE in output.get("data", {})
    ]
    return [one for one in made if one.title or one.blocks]


def page_of(notebook: NotebookNode, briefing: Briefing, root: Path) -> str:
    """Return the page of an executed notebook, and keep its sections for the files made beside it."""
    sections = sections_of(notebook)
    kept = "\n".join(one.to_json() for one in sections)
    write_whole(root / SECTIONS / f"{briefing.name}.jsonl", f"{kept}\n".encode())
    edition, inputs = read_edition(root)["edition"], inputs_of(root, [briefing])[briefing.page].fingerprint
    return html_page(sections, replace(frame_of(root, briefing), edition=edition, inputs=inputs))


def frame_of(root: Path, briefing: Briefing) -> Frame:
    """Return what stands around the sections of a briefing in every file that is made of them."""
    # A notebook of one's own has the words that all share.
    own = (root / TEXT / f"{briefing.notebook}.{briefing.lang}.md").is_file()
    said = read_messages(root, briefing.notebook if own else COMMON, briefing.lang)
    as_of = datetime.date.fromisoformat(str(briefing.parameters["as_of"]))
    kicker = f"{said.say('kicker')}{signs(briefing.lang).colon}{subject(root, said, briefing)}"
    return Frame(briefing.lang, as_of, said, kicker, _links(briefing, said))


def kept_sections(root: Path, name: str) -> list[Section]:
    """Return the sections of a page that was built."""
    lines = (root / SECTIONS / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [from_json(line) for line in lines if line]


def listed(root: Path, briefing: Briefing) -> Listed:
    """Return a briefing that was built as the front page lists it, its finding from its kept sections."""
    on = {name: str(briefing.parameters.get(name, "")) for name in ("topic", "city")}
    named = subject(root, frame_of(root, briefing).messages, briefing)
    title = plain(kept_sections(root, briefing.name)[0].title)
    return Listed(briefing.page, briefing.lang, named, title, **on)


def subject(root: Path, said: Messages, briefing: Briefing) -> str:
    """Return what a briefing is about in a word or two: its topic, its city, or what its words say."""
    for name, table, key in SUBJECTS:
        if name in briefing.parameters:
            column = f"name_{signs(briefing.lang).names}"
            held = rows(root / CURATED / f"{table}.csv", root, key, column)
            names = {row[key]: row[column] for row in held}
            return names.get(str(briefing.parameters[name]), "")
    return said.say("subject") if "subject" in said.sections else briefing.notebook


def _links(briefing: Briefing, said: Messages) -> tuple[tuple[str, str, str], ...]:
    other = next(lang for lang in LANGUAGES if lang != briefing.lang)
    stem = briefing.name.removesuffix(f".{briefing.lang}")
    return (
        (FRONT[briefing.lang], said.say("index"), briefing.lang),
        (f"{stem}.{other}.html", said.say("other_language"), other),
    )
