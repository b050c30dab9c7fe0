"""Cells that no reader sees rightly, and files that a spreadsheet or an editor has damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import compare
from compare.errors import CompareError

from .breaking import Bench, case, edit


def marked(table: str, key: str, column: str, sign: str) -> Callable[[Bench], None]:
    """Return a check that a sign within a cell is told."""

    def holds(bench: Bench) -> None:
        lines = bench.draft().lines(table)
        cells = next(
            line.cells for line in lines if key == ";".join(line.cells[k] for k in bench.codebook[table].key)
        )
        words = cells[column]
        city = next(line.file for line in lines if line.cells is cells).removeprefix("data/curated/")
        middle = len(words) // 2
        change = edit(table, key, **{column: words[:middle] + sign + words[middle:]})
        bench.holds(case("a sign that nobody sees", change, told=(city, "", column)))

    return holds


UNSEEN = [
    ("commitments", "c-dongying-0233", "action_zh", "\u200b", "a zero-width space in a clause"),
    ("targets", "t-dongying-0008", "value_text", "\u202e", "a value turned about"),
    ("targets", "t-dezhou-0009", "quote", "\u2066", "a quote with an isolate"),
    ("indicators", "open_datasets", "name_zh", "\u200d", "a joiner in a name"),
    ("translations", "t-dongying-0008", "quote_en", "\u200f", "a mark of direction in a translation"),
    ("reference", "r-dezhou-0001", "publisher", "\x07", "a bell in a publisher"),
    (
        "web_pages",
        "http://echinagov.com/news/350540.htm",
        "source_title",
        "\x85",
        "an old line end in a title",
    ),
    ("outcomes", "o-binzhou-0001", "note", "\ufeff", "a byte order mark within a note"),
    ("agencies", "dezhou-audit", "name_zh", "\u00ad", "a soft hyphen in a name"),
    ("corrections", "x-2026-0001", "reason", "\u2028", "a line separator in a reason"),
    ("number_rules", "n50", "pattern", "\u2060", "a word joiner in a pattern"),
    ("deadlines", "d-jinan-0010", "due_text", "\ue000", "a private character in a time"),
    ("sources", "jinan-2019", "title_zh", "\u3164", "a filler in a title"),
    ("lookalikes", "open_datasets;open_records", "reason_zh", "\ufe0f", "a selector of a glyph in a reason"),
    ("places", "dezhou", "name_en", "\ufffe", "no character at all in a name"),
    ("terms", "农村", "term_en", "\t", "a tab in a term"),
]


@pytest.mark.parametrize(
    ("table", "key", "column", "sign", "reason"), UNSEEN, ids=[entry[-1] for entry in UNSEEN]
)
def test_a_character_that_nobody_sees_is_told(
    bench: Bench, table: str, key: str, column: str, sign: str, reason: str
) -> None:
    marked(table, key, column, sign)(bench)


# ── files ──────────────────────────────────────────────────────────────────────


def lines_of(content: bytes) -> list[bytes]:
    return content.split(b"\n")


DAMAGE: list[tuple[str, str, Callable[[bytes], bytes]]] = [
    ("a header alone", "reference.csv", lambda content: lines_of(content)[0] + b"\n"),
    ("a header without its line end", "units.csv", lambda content: lines_of(content)[0]),
    ("nothing but blanks", "topics.csv", lambda content: b"  \n \n"),
    ("a header that stands twice", "outcomes.csv", lambda content: lines_of(content)[0] + b"\n" + content),
    ("a column named twice", "measures.csv", lambda content: content.replace(b'"note"', b'"kind"', 1)),
    ("a blank last row", "places.csv", lambda content: content + b'"","","","","",""\n'),
    ("an empty line in between", "places.csv", lambda content: content.replace(b"\n", b"\n\n", 2)),
    ("a quotation mark that never closes", "agencies.csv", lambda content: content[:-2] + b"\n"),
    ("semicolons for commas", "places.csv", lambda content: content.replace(b",", b";")),
    ("tabs for commas", "units.csv", lambda content: content.replace(b'","', b'"\t"')),
    ("a row cut in half", "dongying/targets.csv", lambda content: content[: len(content) // 2]),
    (
        "a cell of a million characters",
        "dongying/commitments.csv",
        lambda content: content.replace(b'"firm"', b'"' + b"f" * 1_000_000 + b'"', 1),
    ),
    (
        "noughts where bytes should be",
        "dongying/mentions.csv",
        lambda content: content[:400] + b"\x00" * 8 + content[400:],
    ),
    (
        "a spreadsheet's dates",
        "jinan/deadlines.csv",
        lambda content: content.replace(b"2020-12-31", b"2020/12/31"),
    ),
    (
        "a spreadsheet's numbers",
        "dongying/targets.csv",
        lambda content: content.replace(b'"2000"', b'"2,000"'),
    ),
    (
        "half of a character",
        "dezhou/targets.csv",
        lambda content: content.replace("个".encode(), "个".encode()[:2], 1),
    ),
    ("UTF-16", "terms.csv", lambda content: content.decode().encode("utf-16")),
    ("a sum for a number", "reference.csv", lambda content: content.replace(b'"5611194"', b'"=5611194"', 1)),
    (
        "a key with a semicolon",
        "terms.csv",
        lambda content: content.replace('"农村"'.encode(), '"农村;x"'.encode(), 1),
    ),
]


@pytest.mark.parametrize(("reason", "file", "damage"), DAMAGE, ids=[entry[0] for entry in DAMAGE])
def test_a_damaged_file_is_told_and_never_ends_the_check(
    project: Path, reason: str, file: str, damage: Callable[[bytes], bytes]
) -> None:
    path = project / "data" / "curated" / file
    before = path.read_bytes()
    path.write_bytes(damage(before))
    assert path.read_bytes() != before
    with pytest.raises(CompareError) as told:
        compare.load(project, thorough=True)
    assert told.value.problems, reason
