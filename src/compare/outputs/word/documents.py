"""Each briefing as a Word document in the official Chinese style, made from its finished page.

The page is the only source: whatever it says, the document says. The same page gives the same bytes,
but for the pictures of its charts, whose bytes are the local browser's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from compare.build import stale
from compare.build.inputs import inputs_of
from compare.build.plan import Briefing, plan
from compare.build.why import asked
from compare.errors import CompareError, Problem
from compare.outputs.word.blocks import Page
from compare.outputs.word.file import document
from compare.outputs.word.page import read_page
from compare.outputs.word.pictures import Shot, photograph
from compare.tables.edition import read_edition

FOLDER = stale.REPORTS / "word"


def word(root: Path, only: Sequence[str] = ()) -> list[Path]:
    """Return the documents written to `reports/word/`, one for each briefing, or for those named in `only`.

    Raises `UnknownName` for a name that is no briefing's, and `CompareError` where a page is missing or
    out of date, or where charts must be drawn and no browser can be found.
    """
    briefings = asked(plan(root), only)
    _check_pages(root, briefings)
    edition = read_edition(root)
    paths = {one.name: root / stale.REPORTS / one.page for one in briefings}
    pages = {name: read_page(path.read_text(encoding="utf-8")) for name, path in paths.items()}
    shots = photograph({name: paths[name] for name, page in pages.items() if page.alts})
    written = []
    for name, page in pages.items():
        _check_pictures(name, page, shots.get(name, {}))
        target = root / FOLDER / f"{name}.docx"
        stale.write_whole(target, document(page, shots.get(name, {}), **edition))
        written.append(target)
    return written


def _check_pages(root: Path, briefings: Sequence[Briefing]) -> None:
    """Raise `CompareError` with every page that is not in `reports/` as the data and texts now have it.

    A document made from an earlier state of such a page leaves `reports/word/`.
    """
    made, inputs = stale.read_manifest(root), inputs_of(root, briefings)
    problems = []
    for one in briefings:
        if stale.stands(root, one.page, made.get(one.page), inputs[one.page]):
            continue
        (root / FOLDER / f"{one.name}.docx").unlink(missing_ok=True)
        state = "an older page" if (root / stale.REPORTS / one.page).is_file() else "no page"
        problems.append(
            Problem(
                f"{stale.REPORTS}/{one.page}",
                found=state,
                expected="the finished page",
                todo="run make first",
            )
        )
    if problems:
        raise CompareError("The Word documents are made from the pages, and these are not ready", problems)


def _check_pictures(name: str, page: Page, shots: Mapping[int, Sequence[Shot]]) -> None:
    """Raise `CompareError` where a chart of the page has no picture in any of its sizes."""
    lacking = [alt for alt, numbers in page.alts.items() if not any(shots.get(number) for number in numbers)]
    if lacking:
        problems = [Problem(f"{name}.html", found=alt, expected="a picture of this chart") for alt in lacking]
        raise CompareError("The browser left out a chart", problems)
