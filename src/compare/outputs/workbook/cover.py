"""The workbook's cover: what is in it, which documents it rests on, and how its signs are to be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from compare.outputs.workbook.file import fit_rows, put, set_up_print
from compare.outputs.workbook.styles import COUNT, DATE, DRAFT
from compare.outputs.workbook.table import Sheet, plain
from compare.outputs.workbook.words import Cells, Words, joined
from compare.words.called import BASIS, BOUND

WIDTHS = (30, 17, 70, 60)
# Bounds by the sign that a value bears; a plain value and a range bear none before the number.
SHOWN_BOUND = BOUND | {"eq": "=", "range": "–"}
ABSENCES = ("unquantified", "silent", "not_obtained", "not_applicable", "status_only", "not_coded")
NOTES = ("draft", "restated", "place", "ledger", "text", "print", "missing")
Line = Sequence[tuple[Any, str]]


def write_cover(file: Workbook, words: Words, edition: str, sheets: Sequence[Sheet]) -> None:
    """Write the first sheet of a workbook that will hold the given sheets."""
    page = file.create_sheet(words.both("sheet.cover"), 0)
    for letter, width in zip("ABCD", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    _write(
        page, [[(part, look)] for part, look in zip(words.pair("title"), ("title", "subtitle"), strict=True)]
    )
    _write(page, [[(words.both("cover.edition"), "text"), (edition, "text")]])
    _write(page, [[(words.both("cover.as_of"), "text"), (words.as_of, DATE), *_two(words, "as_of")]])
    _contents(page, words, sheets)
    _section(page, words, "documents")
    at_hand = sorted(words.book.documents, key=words.reading_order.__getitem__)
    _write(page, [_document(words, source) for source in at_hand])
    for section, lines in _meanings(words):
        _section(page, words, section)
        _write(page, lines)
    _section(page, words, "cite")
    _write(page, [[("", "text"), ("", "text"), *_two(words, key, **_cited(words, edition))] for key in CITE])
    fit_rows(page, WIDTHS)
    for line in (1, 2):
        page.row_dimensions[line].height = 27
    set_up_print(page)
    page.print_area = f"A1:D{page.max_row}"


CITE = ("cite.gbt", "cite.bibtex", "method.license")


def _cited(words: Words, edition: str) -> dict[str, object]:
    return {"edition": edition, "as_of": words.as_of.isoformat(), "year": words.as_of.year}


def _two(words: Words, section: str, **values: object) -> Line:
    # A section may leave out what another needs.
    zh, en = words.pair(section, **values)
    return [(zh, "text"), (en, "text")]


def _write(page: Worksheet, lines: Sequence[Line]) -> None:
    for line in lines:
        at = _next(page)
        for column, (value, look) in enumerate(line, 1):
            put(page.cell(at, column), value, look)


def _next(page: Worksheet) -> int:
    # A worksheet that holds nothing says that its last row is the first.
    return page.max_row + 1 if page["A1"].value else 1


def _section(page: Worksheet, words: Words, name: str) -> None:
    at = _next(page) + 1
    for column in range(1, len(WIDTHS) + 1):
        put(page.cell(at, column), words.both(f"cover.{name}") if column == 1 else None, "section")


def _contents(page: Worksheet, words: Words, sheets: Sequence[Sheet]) -> None:
    _section(page, words, "contents")
    for sheet in sheets:
        zh, en = sheet.about
        _write(page, [[(sheet.name, "link"), (len(sheet.rows), COUNT), (zh, "text"), (en, "text")]])
        cell = page.cell(page.max_row, 1)
        quoted = sheet.name.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A1", display=sheet.name)
        cell.style = "link"


def _document(words: Words, source_id: str) -> Line:
    """Return a document at hand: its id and number, what it is, its titles and its checksum."""
    source, cited = words.sources[source_id], words.cited(source_id)
    look = DRAFT if words.is_draft(source_id) else "text"
    name = f"{words.name('places', source['place_id'])}\n{source_id}\n{cited['number']}"
    sums = f"SHA-256\n{source['sha256']}"
    return [
        (name, "text"),
        (cited["status"], look),
        (f"{_dated(words, 'zh', source)}\n{sums}", "quote"),
        (_dated(words, "en", source), "text"),
    ]


def _dated(words: Words, lang: str, source: Cells) -> str:
    day, labels = plain(source["drawn_up_on"]), words.zh if lang == "zh" else words.en
    prose = words.prose[lang]
    when = prose.say("cover.undated") if day is None else prose.say("cover.drawn", day=labels.day(day))
    return f"{source[f'title_{lang}']}\n{when}"


def _meanings(words: Words) -> list[tuple[str, list[Line]]]:
    """Return what stands under each head of the cover's key: a sign, its name, what it means."""
    signs: list[Line] = [
        [(sign, "sign"), (words.code("comparator", code), "text"), *_two(words, f"meaning.{code}")]
        for code, sign in SHOWN_BOUND.items()
    ]
    bases: list[Line] = [
        [
            (joined(BASIS["zh"][code], BASIS["en"][code]), "text"),
            ("", "text"),
            *_two(words, f"basis.{code}"),
        ]
        for code in BASIS["zh"]
    ]
    absences: list[Line] = [
        [(words.both(f"coverage.{code}"), "text"), ("", "text"), *_two(words, f"absence.{code}")]
        for code in ABSENCES
    ]
    notes: list[Line] = [
        [(words.both(f"notes.{name}.head"), "text"), ("", "text"), *_two(words, f"notes.{name}")]
        for name in NOTES
    ]
    return [("signs", signs), ("bases", bases), ("absences", absences), ("notes", notes)]
