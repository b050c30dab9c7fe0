"""edition.yaml broken on purpose: whatever stands there is told in plain words, and nothing in it hangs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import compare
from compare.errors import CompareError
from compare.project import CURATED
from compare.tables.edition import Added, Edition, Sealed, edition_of, edition_text, read_edition

SEAL = "0" * 64
GOOD = f"""edition: "2030.2"
as_of: "2030-05-01"
editions:
  - {{edition: "2030.1", published_on: "2030-01-31", lines: 3, sha256: "{SEAL}"}}
  - {{edition: "2030.2", published_on: "2030-05-31"}}
columns:
  - {{added: "2030-05-31", table: targets, columns: [act]}}
"""
BOMB = """a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
g: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]
h: &h [*g, *g, *g, *g, *g, *g, *g, *g, *g, *g]
i: &i [*h, *h, *h, *h, *h, *h, *h, *h, *h, *h]
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / CURATED / "edition.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return folder


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


BROKEN: list[tuple[str, str | bytes, str]] = [
    ("as_of: tomorrow", changed('as_of: "2030-05-01"', "as_of: tomorrow"), "as_of"),
    ("as_of: a number", changed('as_of: "2030-05-01"', "as_of: 20300501"), "as_of"),
    ("as_of: a spreadsheet's date", changed('"2030-05-01"', '"2030/05/01"'), "as_of"),
    ("as_of: a month alone", changed('"2030-05-01"', '"2030-05"'), "as_of"),
    ("as_of: a day that does not exist", changed('"2030-05-01"', '"2030-02-30"'), "as_of"),
    ("as_of: a day that does not exist, unquoted", changed('"2030-05-01"', "2030-02-30"), ""),
    ("as_of: an hour too", changed('"2030-05-01"', "2030-05-01T10:00:00"), "as_of"),
    ("as_of: full-width digits", changed('"2030-05-01"', '"２０３０-05-01"'), "as_of"),
    ("as_of: nothing", changed('as_of: "2030-05-01"', "as_of:"), "as_of"),
    ("as_of: left out", changed('as_of: "2030-05-01"\n', ""), ""),
    ("as_of: a list", changed('"2030-05-01"', "[2030-05-01]"), "as_of"),
    ("as_of: after the last edition", changed('"2030-05-01"', '"2030-06-30"'), "as_of"),
    ("edition: a number that is not the one listed", changed('"2030.2"', "2030.10"), "edition"),
    ("edition: blank", changed('edition: "2030.2"', 'edition: "  "'), "edition"),
    ("edition: a space behind", changed('edition: "2030.2"', 'edition: "2030.2 "'), "edition"),
    (
        "edition: a character that nobody sees",
        changed('edition: "2030.2"', 'edition: "2030.2\u200b"'),
        "edition",
    ),
    ("edition: not the last one listed", changed('edition: "2030.2"', 'edition: "2030.1"'), "edition"),
    ("edition: twice, of which YAML would take the last", 'edition: "2029"\n' + GOOD, ""),
    ("an unknown key", GOOD + "today: yes\n", ""),
    ("a key of a number", GOOD + "7: yes\n", ""),
    ("not a mapping but a list", "- edition\n- as_of\n", ""),
    ("not a mapping but a word", "2030.2\n", ""),
    ("an empty file", "", ""),
    ("notes alone", "# nothing\n", ""),
    ("a mark that never closes", changed('"2030.2"', '"2030.2'), ""),
    ("a tab for an indent", changed("  - {edition", "\t- {edition"), ""),
    ("two documents in one file", GOOD + "---\n" + GOOD, ""),
    ("an object of Python", changed('"2030.2"', "!!python/object/apply:os.getcwd []"), ""),
    ("another encoding", GOOD.replace("2030.2", "二〇三〇").encode("gbk"), ""),
    ("brackets within brackets without end", "edition: " + "[" * 1500 + "\n", ""),
    (
        "editions: a word",
        changed(GOOD[GOOD.index("editions:") : GOOD.index("columns:")], "editions: all\n"),
        "editions",
    ),
    (
        "editions: out of their order",
        changed('published_on: "2030-01-31"', 'published_on: "2030-07-31"'),
        "editions",
    ),
    ("editions: one of them twice", changed('edition: "2030.1"', 'edition: "2030.2"'), "editions"),
    ("editions: without a day", changed('published_on: "2030-05-31"', "published_on: ''"), "published_on"),
    ("editions: without a name", changed('{edition: "2030.1", ', "{"), "edition"),
    ("editions: an unknown key", changed("lines: 3", "lines: 3, rows: 3"), "editions"),
    ("editions: lines without their sum", changed(f', sha256: "{SEAL}"', ""), "editions"),
    ("editions: a sum without its lines", changed("lines: 3, ", ""), "editions"),
    ("editions: a word for the lines", changed("lines: 3", "lines: three"), "editions"),
    ("editions: yes for the lines", changed("lines: 3", "lines: yes"), "editions"),
    ("editions: a sum that is none", changed(SEAL, "abc"), "editions"),
    ("editions: a sum as a number", changed(f'"{SEAL}"', "123"), "editions"),
    ("columns: a mapping", changed(GOOD[GOOD.index("columns:") :], "columns: {targets: act}\n"), "columns"),
    ("columns: none named", changed("columns: [act]", "columns: []"), "columns"),
    ("columns: a word for a list", changed("columns: [act]", "columns: act"), "columns"),
    ("columns: a list among them", changed("columns: [act]", "columns: [act, [basis]]"), "columns"),
    ("columns: without a table", changed("table: targets, ", ""), "table"),
    ("columns: added some day", changed('added: "2030-05-31"', "added: soon"), "added"),
    ("columns: an unknown key", changed("table: targets", "table: targets, by: me"), "columns"),
]


@pytest.mark.parametrize(("reason", "text", "column"), BROKEN, ids=[entry[0] for entry in BROKEN])
def test_what_is_told_of_the_edition(tmp_path: Path, reason: str, text: str | bytes, column: str) -> None:
    with pytest.raises(CompareError) as told:
        edition_of(written(tmp_path, text))
    problems = told.value.problems
    assert {problem.file for problem in problems} == {"data/curated/edition.yaml"}, reason
    assert column == "" or column in {problem.column for problem in problems}, str(told.value)
    assert all(problem.found != "" or problem.expected != "" for problem in problems)
    assert len(str(told.value)) < 4000, "a few words, not what a bomb unfolds to"


@pytest.mark.parametrize(
    "line",
    [
        "edition: *i",
        'edition: "x"\nas_of: *i',
        'edition: "x"\nas_of: "2030-01-01"\neditions: *i',
        'edition: "x"\nas_of: "2030-01-01"\neditions: [{edition: *i}]',
        'edition: "x"\nas_of: "2030-01-01"\ncolumns: [{added: *i, table: *i, columns: *i}]',
        'edition: "x"\nas_of: "2030-01-01"\neditions: [{edition: "x", lines: *i, sha256: *i}]',
    ],
)
def test_a_bomb_of_aliases_is_told_at_once(tmp_path: Path, line: str) -> None:
    with pytest.raises(CompareError) as told:
        edition_of(written(tmp_path, BOMB + line + "\n"))
    assert len(str(told.value)) < 4000


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CompareError, match='found "no keys"'):
        read_edition(tmp_path)


def test_what_may_stand(tmp_path: Path) -> None:
    held = edition_of(written(tmp_path, GOOD))
    assert (held.edition, held.as_of) == ("2030.2", date(2030, 5, 1))
    assert held.editions == (
        Sealed("2030.1", date(2030, 1, 31), 3, SEAL),
        Sealed("2030.2", date(2030, 5, 31)),
    )
    assert held.columns == (Added(date(2030, 5, 31), "targets", "act"),)
    assert held.before("targets", "2030.1") == {"act"}
    assert held.before("targets", "2030.2") == held.before("outcomes", "2030.1") == set()
    unquoted = changed('"2030-05-01"', "2030-05-01")
    assert edition_of(written(tmp_path, unquoted)).as_of == date(2030, 5, 1)
    bare = 'edition: "a"\nas_of: "2030-05-01"\n'
    assert edition_of(written(tmp_path, bare)) == Edition("a", date(2030, 5, 1))


@pytest.mark.parametrize("text", [GOOD, 'edition: "a"\nas_of: "2030-05-01"\n'])
def test_what_is_written_is_read_again(tmp_path: Path, text: str) -> None:
    held = edition_of(written(tmp_path, text))
    assert edition_of(written(tmp_path, edition_text(held))) == held


def test_the_real_file_is_in_its_one_form(root: Path) -> None:
    assert (root / CURATED / "edition.yaml").read_text(encoding="utf-8") == edition_text(edition_of(root))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("table: targets,", "table: target,", "a table that there is not"),
        ("columns: [act]", "columns: [acts]", "a column that there is not"),
        ("columns: [act]", "columns: [act, act]", "a column twice"),
        ('as_of: "', "as_of: tomorrow # ", "a day that is none"),
    ],
)
def test_the_check_of_the_whole_book_tells_it(project: Path, old: str, new: str, reason: str) -> None:
    path = project / CURATED / "edition.yaml"
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CompareError) as told:
        compare.load(project)
    assert "data/curated/edition.yaml" in {problem.file for problem in told.value.problems}, reason
