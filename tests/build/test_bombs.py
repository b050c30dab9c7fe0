"""A workbook that came by mail may be built to take all memory or all time: it is read as far as ours go."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import tomllib
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from compare.build.altered import first_difference

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
SHEET = "xl/worksheets/sheet1.xml"


def made(words: str) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active["A1"] = words
    book.save(out)
    return out.getvalue()


OURS = made("15")


def with_part(name: str, text: str) -> bytes:
    """Return our workbook with another text for one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(OURS)) as ours, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as theirs:
        for one in ours.namelist():
            theirs.writestr(one, text if one == name else ours.read(one))
    return out.getvalue()


def entities(name: str, declared: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(OURS)) as ours:
        text = ours.read(name).decode().split("?>")[-1]
    first = text.index(">") + 1
    return with_part(name, f"{declared}{text[:first]}&j;{text[first:]}")


def rows(text: str) -> bytes:
    return with_part(SHEET, f"{HEAD}{text}</worksheet>")


BOMBS = {
    "zeros": lambda: with_part(SHEET, HEAD + " " * 200_000_000),
    "a dimension without end": lambda: rows(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData>"
    ),
    "cells far to the right": lambda: rows(
        "<sheetData>"
        + "".join(f'<row r="{at}"><c r="XFD{at}"><v>1</v></c></row>' for at in range(1, 100_000))
        + "</sheetData>"
    ),
    "millions of cells": lambda: rows(
        "<sheetData><row>" + "<c><v>1</v></c>" * 2_000_000 + "</row></sheetData>"
    ),
    "laughs in a sheet": lambda: entities(SHEET, LAUGHS),
    "laughs in the workbook": lambda: entities("xl/workbook.xml", LAUGHS),
    "laughs in the styles": lambda: entities("xl/styles.xml", LAUGHS),
    "laughs in what is said of it": lambda: entities("docProps/core.xml", LAUGHS),
    "a file of this machine": lambda: entities(SHEET, OUTSIDE),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_told_soon_and_in_little_memory(bomb: str) -> None:
    content = BOMBS[bomb]()
    tracemalloc.start()
    start = time.process_time()
    found = first_difference(content, OURS, ".xlsx")
    taken, peak = time.process_time() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.found and "root:" not in found.found
    assert taken < 60 and peak < 300_000_000, f"{taken:.0f} s, {peak:,} bytes"


HARMLESS = '<!DOCTYPE x [<!ENTITY j "ha">]>'
READ = """
import sys
sys.modules |= {name: None for name in sys.argv[2:]}
from openpyxl import load_workbook
try:
    for sheet in load_workbook(sys.argv[1], read_only=True):
        print(*(cell.value for row in sheet.rows for cell in row))
except Exception as error:
    print(type(error.__cause__ or error).__name__)
"""


def in_cell(declared: str) -> bytes:
    """Return our workbook with an entity for the words of its cell."""
    words = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData>'
    return with_part(SHEET, f"{declared}{HEAD}{words}</worksheet>")


def read_alone(folder: Path, *without: str) -> str:
    """Return what openpyxl reads of the workbook in a process of its own, or the name of its error."""
    path = folder / "received.xlsx"
    path.write_bytes(in_cell(HARMLESS))
    line = [sys.executable, "-c", READ, str(path), *without]
    return subprocess.run(line, capture_output=True, text=True, check=True).stdout.strip()


def test_a_workbook_with_any_entity_is_refused(tmp_path: Path) -> None:
    assert first_difference(in_cell(HARMLESS), OURS, ".xlsx").found == "no workbook that can be read"
    assert read_alone(tmp_path) == "EntitiesForbidden"


def test_it_is_defusedxml_that_refuses(tmp_path: Path) -> None:
    """Without it an entity is read as its words: the test above would fail."""
    assert read_alone(tmp_path, "defusedxml") == "ha"


def test_a_plain_installation_brings_what_refuses() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert "defusedxml" in project["project"]["dependencies"]


def test_an_honest_workbook_is_read() -> None:
    assert first_difference(made("16"), OURS, ".xlsx").found == "16"
