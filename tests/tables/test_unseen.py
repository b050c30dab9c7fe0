"""No cell of any table holds what no reader sees: notes, names and translations no more than quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from compare.tables.codebook import Table, cast_lines, read_codebook

TABLES = read_codebook(Path(__file__).resolve().parents[2]).values()
TEXT = [
    (table, column.name)
    for table in TABLES
    for column in table.fields
    if column.type == "string" and not column.enum and not column.pattern
]
SIGNS = {
    "\u202e": "a mark that turns what follows it round",
    "\u2066": "an isolate of direction",
    "\u061c": "an Arabic mark of direction",
    "\u200b": "a space of no width",
    "\u200d": "a joiner",
    "\ufeff": "a byte order mark within",
    "\u00ad": "a soft hyphen",
    "\u3164": "a filler that looks like a blank",
    "\ufe0f": "a selector of a glyph",
    "\U000e0100": "a selector of an ideograph's form",
    "\U000e0041": "a tag",
    "\x00": "nothing at all",
    "\x1b": "what commands a terminal",
    "\x7f": "a deletion",
    "\x85": "a next line",
    "\t": "a tab",
    "\u2028": "a separator of lines",
    "\ue5cf": "a character of private use",
    "\uffff": "no character",
}


def told(table: Table, column: str, cell: str) -> list[str]:
    cells = [cell if name == column else "" for name in table.columns]
    problems = cast_lines(table, [(2, cells)], "a.csv", []).problems
    return [problem.expected for problem in problems if problem.column == column]


@pytest.mark.parametrize(("table", "column"), TEXT, ids=lambda one: getattr(one, "name", one))
def test_no_column_of_words_holds_it(table: Table, column: str) -> None:
    for sign in SIGNS:
        assert f"(U+{ord(sign):04X})" in told(table, column, f"智慧{sign}社区")[0], SIGNS[sign]
    assert told(table, column, "智慧　社区 5G·“好”①㎡𠮷") == []


def test_no_other_column_holds_it_either() -> None:
    others = [
        (table, column.name)
        for table in TABLES
        for column in table.fields
        if (table, column.name) not in TEXT
    ]
    for table, column in others:
        for sign in "\u202e\u200b\x00":
            assert told(table, column, f"1{sign}2"), (table.name, column, sign)
