"""What is made of the sections of finished pages beside them: Word documents, and what README.md tells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from compare.build import stale
from compare.build.inputs import inputs_of
from compare.build.page import SECTIONS, frame_of, kept_sections, subject
from compare.build.plan import Briefing, plan
from compare.build.turn import turn
from compare.build.why import asked
from compare.disk import remove, write_whole
from compare.errors import CompareError, Problem
from compare.outputs.readme import findings_text
from compare.sections.section import Chart, parts
from compare.tables.edition import read_edition

FOLDER = stale.REPORTS / "word"
# The pages whose findings README.md tells.
TOLD = ("topic-5g.en", "topic-smart_community.en", "topic-open_data.en")


def word(root: Path, only: Sequence[str] = ()) -> list[Path]:
    """Return the documents written to `reports/word/`, one for each briefing, or for those named in `only`.

    Raises `UnknownName` for a name that is no briefing's, and `CompareError` where a page is missing or
    out of date, or where charts must be drawn and no browser or no font for them can be found.
    """
    # A build must not take a page away between the look at it and the document made of it.
    with turn(root):
        return _written(root, only)


def _written(root: Path, only: Sequence[str]) -> list[Path]:
    from compare.outputs.pictures import on_paper, pictures
    from compare.outputs.word import word_document

    briefings = _ready(root, only)
    kept = {one: kept_sections(root, one.name) for one in briefings}
    drawn = [on_paper(chart) for chart in parts(list(kept.values()), Chart)]
    # One browser draws for all documents.
    shots = pictures(dict.fromkeys(one for one in drawn if one))
    edition = read_edition(root)["edition"]
    for one, sections in kept.items():
        made = word_document(sections, frame_of(root, one), shots, edition)
        write_whole(root / FOLDER / f"{one.name}.docx", made)
    return [root / FOLDER / f"{one.name}.docx" for one in briefings]


def findings(root: Path) -> str:
    """Return what README.md tells; raises `CompareError` where a page that it is taken from is not ready."""
    briefings = sorted(_ready(root, TOLD), key=lambda one: TOLD.index(one.name))
    return findings_text(
        {subject(root, frame_of(root, one).messages, one): kept_sections(root, one.name) for one in briefings}
    )


def _ready(root: Path, only: Sequence[str]) -> list[Briefing]:
    """Return the briefings asked for, whose pages stand in `reports/` as data and texts now have them.

    Raises `CompareError` with those that do not. A document made from an earlier state of such a page leaves
    `reports/word/`.
    """
    briefings = asked(plan(root), only)
    made, inputs = stale.read_manifest(root), inputs_of(root, briefings)
    problems, old = [], []
    for one in briefings:
        stands = stale.stands(root, one.page, made.get(one.page), inputs[one.page])
        if stands and (root / SECTIONS / f"{one.name}.jsonl").is_file():
            continue
        old.append(root / FOLDER / f"{one.name}.docx")
        older = "an older page" if (root / stale.REPORTS / one.page).is_file() else "no page"
        found, todo = ("no sections", "build it with --force") if stands else (older, "run make first")
        problems.append(Problem(f"{stale.REPORTS}/{one.page}", None, found, "the finished page", todo))
    remove(old)
    if problems:
        raise CompareError("What is made of the pages waits for these", problems)
    return briefings
