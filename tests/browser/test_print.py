"""On paper: A4, so many pages and none of them blank, heads repeated, the evidence with it."""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest

pytestmark = pytest.mark.browser

# How many sheets each sample may take: least, most, and how many there are and why.
SHEETS = {
    "topic": (14, 38, "34: table, charts, what compares, what is promised in words, every sentence"),
    "cascade": (
        20,
        48,
        "43: each comparison with its reason, a hundred figures from elsewhere with source and address",
    ),
    "city": (
        40,
        110,
        "85: a draft and a plan, each clause of one beside its like in the other, words of each indicator",
    ),
    "calendar": (80, 140, "108: every deadline of every document with what it governs, folded years opened"),
    "source": (8, 20, "13: the whole document, in both scripts, with its notes"),
    "index": (2, 16, "13: the featured topics by city, a finding per topic, each correction, no search"),
}
A4 = (595, 842)
# The marked words of every passage, and the words at the head of the table of comparison.
EXPECTED = """
const head = document.querySelector('table.grid thead');
const marks = [...document.querySelectorAll('.passage mark.value')];
return [marks.map(one => one.textContent), head && head.textContent];
"""
OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
SHOWN = re.compile(
    rb"/(\w+) [\d.-]+ Tf|<([0-9A-Fa-f]+)>\s*Tj|\[((?:<[0-9A-Fa-f]*>|[^\]<])*)\]\s*TJ|/(\w+) Do\b"
)


@dataclass(frozen=True)
class Pdf:
    """A printed page in as much as a test asks of it: its sheets, their size, and the words on each."""

    content: bytes

    @cached_property
    def objects(self) -> dict[bytes, bytes]:
        return dict(OBJECT.findall(self.content))

    @cached_property
    def sheets(self) -> list[bytes]:
        return [one for one in self.objects.values() if re.search(rb"/Type\s*/Page\b", one)]

    def size(self, sheet: bytes) -> tuple[int, ...]:
        found = re.search(rb"/MediaBox\s*\[([^]]*)\]", sheet)
        assert found
        return tuple(round(float(side)) for side in found[1].split())[2:]

    def words(self, sheet: bytes) -> str:
        """Return what a sheet says, in the order in which it is drawn, without white space."""
        contents = re.search(rb"/Contents (\d+) 0 R", sheet)
        assert contents
        return "".join(self._said(contents[1], sheet).split())

    def _said(self, number: bytes, holder: bytes) -> str:
        fonts = {name: self._letters(font) for name, font in re.findall(rb"/(F\d+) (\d+) 0 R", holder)}
        forms = dict(re.findall(rb"/(X\d+) (\d+) 0 R", holder))
        said, letters = [], dict[bytes, str]()
        for font, one, several, form in SHOWN.findall(self._stream(number)):
            if font:
                letters = fonts.get(font, {})
            elif form:
                if form in forms and b"/Subtype /Form" in self.objects[forms[form]]:
                    said.append(self._said(forms[form], self.objects[forms[form]]))
            else:
                codes = (one or b"".join(re.findall(rb"<([0-9A-Fa-f]*)>", several))).upper()
                wide = len(next(iter(letters), b"0000"))
                said += [letters.get(codes[at : at + wide], "") for at in range(0, len(codes), wide)]
        return "".join(said)

    def _stream(self, number: bytes) -> bytes:
        found = STREAM.search(self.objects[number])
        assert found
        return zlib.decompress(found[1]) if b"/FlateDecode" in self.objects[number] else found[1]

    def _letters(self, font: bytes) -> dict[bytes, str]:
        """Return what each code of a font stands for."""
        table = re.search(rb"/ToUnicode (\d+) 0 R", self.objects[font])
        found: dict[bytes, str] = {}
        for block in re.findall(
            rb"beginbfchar(.*?)endbfchar", self._stream(table[1]) if table else b"", re.S
        ):
            for code, letter in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
                found[code.upper()] = bytes.fromhex(letter.decode()).decode("utf-16-be")
        for block in re.findall(
            rb"beginbfrange(.*?)endbfrange", self._stream(table[1]) if table else b"", re.S
        ):
            for first, last, letter in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
                for more in range(int(last, 16) - int(first, 16) + 1):
                    code = b"%0*X" % (len(first), int(first, 16) + more)
                    found[code] = chr(int(letter, 16) + more)
        return found


@dataclass(frozen=True)
class Printed:
    """A sample as printed: the words on each sheet; those of its evidence, and of the head of its table."""

    kind: str
    sheets: list[str]
    evidence: list[str]
    head: str | None


@pytest.fixture(scope="module")
def printed(sample: Any, desk: Any) -> Printed:
    """Return each sample as printed, once for all tests."""
    desk.sit()
    evidence, head = desk.ask(EXPECTED)
    settings = {"preferCSSPageSize": True, "printBackground": True}
    content = base64.b64decode(desk.driver.execute_cdp_cmd("Page.printToPDF", settings)["data"])
    pdf = Pdf(content)
    assert {pdf.size(sheet) for sheet in pdf.sheets} == {A4}
    # A gradient is printed as an image of its own in every cell: megabytes where there are many.
    assert len(content) < 250_000 * len(pdf.sheets), "a printed page is heavy"
    return Printed(sample.kind, [pdf.words(sheet) for sheet in pdf.sheets], evidence, head)


def likeness(words: str) -> str:
    """Return a pattern for words on paper, where characters that share a glyph are told as one of them."""
    letters = "".join(words.split())
    return "".join(
        re.escape(one) if one < "\u0100" else f"[{one}\u2010-\u2015\u2e80-\u2fdf]" for one in letters
    )


def test_it_takes_so_many_sheets_and_none_is_blank(printed: Printed) -> None:
    least, most, why = SHEETS[printed.kind]
    assert least <= len(printed.sheets) <= most, why
    assert [at for at, words in enumerate(printed.sheets, 1) if len(words) < 20] == [], "blank sheets"


def test_all_of_the_evidence_is_printed(printed: Printed) -> None:
    assert bool(printed.evidence) == (printed.kind not in ("source", "index")), "what figures lead to"
    said = "".join(printed.sheets)
    assert [words for words in printed.evidence if not re.search(likeness(words), said)] == []


def test_the_head_of_the_table_is_on_each_of_its_sheets(printed: Printed) -> None:
    assert bool(printed.head) == (printed.kind == "topic"), "the kinds with a table of comparison"
    if printed.head:
        headed = [at for at, words in enumerate(printed.sheets) if re.search(likeness(printed.head), words)]
        assert len(headed) > 1 and headed == [*range(headed[0], headed[-1] + 1)], headed
