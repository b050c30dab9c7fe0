"""YAML that would run, swell or deceive is refused in plain words, in each of the files that are YAML."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from compare.build.portfolio import read_portfolio
from compare.errors import CompareError
from compare.project import CURATED
from compare.tables.codebook import read_codebook
from compare.tables.edition import edition_of
from compare.tables.plain_yaml import read_yaml

BOMB = "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 8)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
REFUSED = [
    (BOMB, "an alias", "names of names: 8^9 entries in ten lines"),
    ("a: &a 1\nb: *a", "an alias", "a single alias too"),
    ("a: &a [*a]", "an alias", "an entry within itself"),
    ("[" * 100_000, "without end", "lists within lists"),
    ("{a: " * 100_000, "without end", "mappings within mappings"),
    ("- " * 100_000, "without end", "lists in one line"),
    ("a: 1\na: 2", "the key a more than once, in line 2", "a key twice"),
    ("- {b: {c: 1, c: 2}}", "the key c more than once", "a key twice further in"),
    ("{a: [1, 2], b: 3, a: 4}", "the key a more than once", "behind a list"),
    ("? [a]\n: b", "a key that is no word", "a list for a key"),
    ("#" * 2_000_000, "more than 1,000,000 bytes", "a file without end"),
    ("a: " + "1:" * 50_000 + "1", "100,001 characters", "an hour without end, which YAML multiplies out"),
    ("a: " + "9" * 9_000, "not every reader", "a number without end"),
    ("!!python/object/apply:os.system [ls]", "a tag", "an object of Python"),
    ("a: !!bool x", "a tag", "a kind that it is not"),
    ("a: !!timestamp x", "a tag", "a day that is none"),
    ("a: !!set {x, y}", "a tag", "a kind that no file here has"),
    ("a: ! x", "a tag", "a kind left to the reader"),
    ("a: \0", "", "a control character"),
    ("--- 1\n--- 2", "single document", "two documents"),
    ("a: 2030-02-31", "the value 2030-02-31", "a day that does not exist"),
    ("yes: 1\ntrue: 2", "the key yes", "two keys that are one truth"),
    ("1: a\n0x1: b", "the key 1", "two keys that are one number"),
    ("a: {012: x}", "the key 012", "a number for a key, further in"),
    ("~: x", "the key ~", "nothing for a key"),
    ("2020-01-01: x", "the key 2020-01-01", "a day for a key"),
    ("b: 1\n<<: {a: 2}", "the key <<", "a merge of what stands elsewhere"),
    ("<<: {a: 1}\n<<: {a: 2}", "the key <<", "two merges"),
    ("=: x", "the key =", "a key that stands for a value"),
    *((f"a: {one}", f"the value {one}, which not every reader", why) for one, why in (
        ("yes", "a truth in YAML 1.1"), ("No", "a country"), ("on", "a truth too"), ("OFF", "in capitals"),
        ("012", "ten to some, twelve to others"), ("0x1F", "of base sixteen"), ("0b1", "of base two"),
        ("0o7", "of base eight, a word in YAML 1.1"), ("1:30", "ninety in YAML 1.1"),
        ("190:20:30.15", "with a part"), ("2020-01-01", "a day"), ("2020-01-01 10:00:00", "a moment"),
        ("1_000", "a thousand, or a word"), ("1e3", "a word in YAML 1.1"), ("1.", "half a number"),
        (".inf", "no end"), (".nan", "no number"), ("1.0e+999", "no end, in figures"), ("+1", "a sign"),
        ("<<", "a merge"),
    )),
]  # fmt: skip


@pytest.mark.parametrize(("said", "told", "reason"), REFUSED, ids=[one[2] for one in REFUSED])
def test_what_is_no_plain_data_is_refused_at_once(said: str, told: str, reason: str) -> None:
    start = time.process_time()
    with pytest.raises(ValueError) as error:
        read_yaml(said.encode())
    assert told in str(error.value) and str(error.value), reason
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("said", "data"),
    [
        ("", None),
        ("a: [1, {b: x, c: y}]\nb: {b: 1}", {"a": [1, {"b": "x", "c": "y"}], "b": {"b": 1}}),
        ("- {a: {}, b: []}\n- {a: ~}", [{"a": {}, "b": []}, {"a": None}]),
        ("a: [0, -12, 1.5, 0.000001, 1.0e+12, 1000000000000000]", {"a": [0, -12, 1.5, 1e-06, 1e12, 10**15]}),
        ("a: [true, False, null, 5g, y, 1,5]", {"a": [True, False, None, "5g", "y", 1, 5]}),
        (
            "'yes': 'no'\n\"012\": '1:30'\n'<<': {b: '2020-01-01'}",
            {"yes": "no", "012": "1:30", "<<": {"b": "2020-01-01"}},
        ),
        ("a: |\n  yes\nb: >-\n  012", {"a": "yes\n", "b": "012"}),
    ],  # fmt: skip
)
def test_plain_data_is_read(said: str, data: object) -> None:
    assert read_yaml(said.encode()) == data


def test_as_text_values_stay_as_they_are_written_and_keys_are_words_all_the_same() -> None:
    said = b"a: [2020-01-01, 012, yes, 1:30, 2026.10, ~]"
    assert read_yaml(said, as_text=True) == {"a": ["2020-01-01", "012", "yes", "1:30", "2026.10", "~"]}
    for odd in (b"yes: 1", b"012: 1", b"<<: {a: 1}", b"a: !!str x"):
        with pytest.raises(ValueError):
            read_yaml(odd, as_text=True)


def test_every_file_of_the_project_is_plain(root: Path) -> None:
    """Those of the code itself and those that other programs read are held to the same."""
    places = ("data", "notebooks", "src")
    files = [root / "environment.yml", *(one for place in places for one in (root / place).rglob("*.y*ml"))]
    assert len(files) >= 6
    for file in files:
        assert read_yaml(file.read_bytes()), file.name


@pytest.mark.parametrize(
    ("place", "read"),
    [
        (CURATED / "datapackage.yaml", read_codebook),
        (CURATED / "edition.yaml", edition_of),
        (Path("notebooks", "briefings.yaml"), read_portfolio),
    ],
    ids=["dictionary", "edition", "portfolio"],
)
@pytest.mark.parametrize("said", [BOMB, "[" * 100_000, "a: 1\na: 2", "a: \0", "a: !!bool x", "5", "[5]"])
def test_every_file_is_refused_in_words(
    tmp_path: Path, place: Path, read: Callable[[Path], object], said: str
) -> None:
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_bytes(said.encode())
    with pytest.raises(CompareError) as error:
        read(tmp_path)
    assert {problem.file for problem in error.value.problems} == {place.as_posix()}
    assert len(str(error.value)) < 1_000


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("path: places.csv", "path: ../../places.csv", "the table places in ../../places.csv"),
        ("path: places.csv", "path: /etc/passwd", "the table places in /etc/passwd"),
        ("- name: topics\n", "- name: places\n", "the table places more than once"),
        ("{name: level,", "{name: place_id,", "the column place_id more than once"),
        ('pattern: "\\\\d{6}"', 'pattern: "(?:a{1000}){1000}"', "1,000,000 times"),
    ],
)
def test_the_dictionary_leads_nowhere_else(root: Path, tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (root / CURATED / "datapackage.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / CURATED).mkdir(parents=True)
    (tmp_path / CURATED / "datapackage.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CompareError) as error:
        read_codebook(tmp_path)
    assert told in str(error.value)
