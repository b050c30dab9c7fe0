"""Each briefing as a Word document in the official Chinese style, made from its finished page.

The page is the only source: whatever it says, the document says. The same page gives the same bytes,
but for the pictures of its charts, whose bytes are the local browser's.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from compare.briefings import stale, word_style
from compare.briefings.pictures import Shot, photograph
from compare.briefings.pieces import environment
from compare.briefings.plan import Briefing, plan, read_edition
from compare.briefings.word_blocks import Page, Paragraph
from compare.briefings.word_body import body_of
from compare.briefings.word_page import read_page
from compare.errors import CompareError, Problem, UnknownName, near

FOLDER = stale.REPORTS / "word"
# The earliest time a zip archive can hold: no time of this machine gets into a document.
EPOCH = (1980, 1, 1, 0, 0, 0)
OFFICE = "officeDocument/2006/relationships"
PARTS = ("styles", "numbering", "fontTable", "settings")
FEET = (("rIdOdd", "footer1", True), ("rIdEven", "footer2", False))
TOP = (
    ("rId1", f"{OFFICE}/officeDocument", "word/document.xml"),
    ("rId2", "package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
)


def word(root: Path, only: Sequence[str] = ()) -> list[Path]:
    """Return the documents written to `reports/word/`, one for each briefing, or for those named in `only`.

    Raises `UnknownName` for a name that is no briefing's, and `CompareError` where a page is missing or
    out of date, or where charts must be drawn and no browser can be found.
    """
    briefings = _asked(plan(root), only)
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


def document(page: Page, shots: Mapping[int, Sequence[Shot]], *, edition: str, as_of: str) -> bytes:
    """Return a page as the bytes of a .docx file, dated on the day `as_of` of its edition."""
    taken = [shot for _, held in sorted(shots.items()) for shot in held]
    pictures = [(f"rIdP{number}", f"picture{number}.png") for number in range(1, len(taken) + 1)]
    series, subject = "".join(page.about[:1]), "".join(page.about[1:])
    about = {"title": page.title, "series": series, "subject": subject, "edition": edition, "as_of": as_of}
    files = {name: _filled(f"word/{name}.xml.j2", page, **more) for name, more in _style_parts(page)}
    files["document"] = _filled("word/document.xml.j2", page, body=body_of(page, shots), colours=page.colours)
    files |= {name: _filled("word/footer.xml.j2", page, odd=odd) for _, name, odd in FEET}
    kinds = [*((name, name) for name in PARTS), *((name, "footer") for _, name, _ in FEET)]
    links = [(f"rId{name}", f"{OFFICE}/{kind}", f"{name}.xml") for name, kind in kinds if kind != "footer"]
    links += [(relation, f"{OFFICE}/footer", f"{name}.xml") for relation, name, _ in FEET]
    links += [(relation, f"{OFFICE}/image", f"media/{name}") for relation, name in pictures]
    return _zipped(
        {
            "[Content_Types].xml": _filled("word/content_types.xml.j2", page, parts=kinds),
            "_rels/.rels": _filled("word/rels.xml.j2", page, links=TOP),
            "docProps/core.xml": _filled("word/core.xml.j2", page, **about),
            **{f"word/{name}.xml": content for name, content in files.items()},
            "word/_rels/document.xml.rels": _filled("word/rels.xml.j2", page, links=links),
            **{f"word/media/{name}": shot.png for (_, name), shot in zip(pictures, taken, strict=True)},
        }
    )


def _style_parts(page: Page) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the parts that hold no words of the page, each with what its template alone asks for."""
    lists = [one.series for one in page.blocks if isinstance(one, Paragraph)]
    yield "styles", {}
    yield (
        "numbering",
        {
            "headings": word_style.heading_levels(page.lang),
            "item": word_style.Level("decimal", "%1.", "space"),
            "lists": max(lists, default=0),
        },
    )
    yield "fontTable", {"fallbacks": word_style.FALLBACKS}
    yield "settings", {}


def _filled(template: str, page: Page, **more: Any) -> bytes:
    """Return one part of the document, written by its template."""
    styles = word_style.styles(page.lang)
    text = (
        environment()
        .get_template(template)
        .render(
            lang=page.lang,
            styles=styles,
            style={style.id: style for style in styles},
            twips=word_style.twips,
            mm=word_style.sheet_twips,
            sheet=word_style.SHEET,
            margins=word_style.MARGINS,
            footer=word_style.FOOTER,
            **more,
        )
    )
    return text.strip().encode("utf-8")


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return the files as one archive that holds no time and no trace of this machine."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content)
    return held.getvalue()


def _asked(briefings: list[Briefing], only: Sequence[str]) -> list[Briefing]:
    """Return the briefings named in `only`, all of them where none is named."""
    names = [briefing.name for briefing in briefings]
    unknown = [name for name in only if name not in names]
    if unknown:
        meant = [(name, " or ".join(near(name, names) or names)) for name in unknown]
        problems = [Problem("--only", found=name, expected=expected) for name, expected in meant]
        raise UnknownName("There is no such briefing", problems)
    return [one for one in briefings if not only or one.name in only]


def _check_pages(root: Path, briefings: Sequence[Briefing]) -> None:
    """Raise `CompareError` with every page that is not in `reports/` as the data and texts now have it.

    A document made from an earlier state of such a page leaves `reports/word/`.
    """
    made, digests = stale.read_manifest(root), stale.digests(root, briefings)
    problems = []
    for one in briefings:
        if stale.stands(root, one.page, made.get(one.page), digests[one.page]):
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
