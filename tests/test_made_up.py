"""Made-up projects hold: every row right, nothing left uncoded, the same seed the same bytes."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import compare as cp
from compare.__main__ import main
from made_up import MIXED, PROJECT, Paper, Shape, read_rows, write_project

UNKNOWN = Paper("not_obtained", "registered")
SHAPES = {
    "cities grown over years": MIXED,
    "one city": Shape(cities=1),
    "one city of which nothing is at hand": Shape(cities=1, papers=((UNKNOWN,),)),
    "no figures from elsewhere": Shape(
        population=(False,), outcomes=(False,), figures=False, not_found=False
    ),
    "targets without a date": Shape(papers=((Paper(dated=False),),)),
    "a topic of which one city speaks": Shape(topics=(("5g",), ("open_data",), ("smart_community",))),
    "no targets at all": Shape(papers=((Paper(targets=0),),)),
    "odd marks in every quote": Shape(odd_marks=True, papers=((Paper(layout="chunks", ledger=True),),)),
    "Traditional script and Windows line ends": Shape(papers=((Paper(script="Hant", layout="crlf"),),)),
    "many targets": Shape(papers=((Paper(targets=25, tasks=12, ledger=True),),)),
}


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of made-up projects, each in a folder of its own."""
    made = iter(range(1000))
    return lambda *words, **named: write_project(tmp_path / str(next(made)), *words, **named)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_wrong_with_a_made_up_project(fresh, name, seed, capsys):
    folder = fresh(SHAPES[name], Random(seed))
    assert main(["check", "--root", str(folder)]) == 0, capsys.readouterr().err
    assert "no problem" in capsys.readouterr().out


PAPERS = st.builds(
    Paper,
    status=st.sampled_from(["adopted", "draft", "work_points"]),
    coding_state=st.sampled_from(["complete", "in_review", "registered"]),
    first_year=st.integers(2018, 2026),
    years=st.integers(1, 5),
    targets=st.integers(0, 12),
    tasks=st.integers(1, 19),
    dated=st.booleans(),
    script=st.sampled_from(["Hans", "Hant"]),
    layout=st.sampled_from(["plain", "web", "crlf", "chunks"]),
    ledger=st.booleans(),
)
# No city has two plans of one title.
CITIES = st.lists(PAPERS, min_size=1, max_size=3, unique_by=lambda paper: (paper.status, paper.first_year))


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(papers=st.lists(CITIES, min_size=1, max_size=3), seed=st.integers())
def test_any_documents_are_coded_without_remainder(tmp_path_factory, papers, seed):
    shape = Shape(cities=3, papers=papers, odd_marks=bool(seed % 2), equal=bool(seed % 3))
    folder = write_project(tmp_path_factory.mktemp("any") / "project", shape, Random(seed), released=False)
    book = cp.load(folder)
    complete = book.sources[(book.sources["coding_state"] == "complete") & book.sources["path"].notna()]
    assert not [name for name in complete["source_id"] if (cp.ledger(book, name)["class"] == "").any()]


def digest(folder: Path) -> str:
    """Return one hash over the names and bytes of all files."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def test_a_seed_gives_the_same_bytes_and_another_seed_others(fresh):
    first, again, other = (digest(fresh(MIXED, Random(seed))) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_made_up_cities_stand_beside_those_of_the_project(fresh, book, capsys):
    folder = fresh(Shape(cities=3), Random(5), keep=True, released=False)
    assert main(["check", "--root", str(folder)]) == 0, capsys.readouterr().err
    held = cp.load(folder)
    assert set(book.cities) < set(held.cities) and len(held.cities) == len(book.cities) + 3


def test_names_and_codes_are_those_of_no_real_place(fresh):
    folder = fresh(Shape(cities=337, provinces=20, papers=((UNKNOWN,),)), Random(1), released=False)
    made = [row for row in read_rows(folder, "places") if row["level"] != "nation"]
    real = {row["name_zh"] for row in read_rows(PROJECT, "places") if row["level"] != "nation"}
    assert len({row["name_zh"] for row in made}) == len({row["division_code"] for row in made}) == 357
    assert not real & {row["name_zh"] for row in made}
    # The first two digits of GB/T 2260: 11–15, 21–23, 31–37, 41–46, 50–54, 61–65, 71, 81, 82.
    used = {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)}
    assert not (used | {71, 81, 82}) & {int(row["division_code"][:2]) for row in made}


@pytest.mark.parametrize(
    ("table", "column", "entry", "cell"),
    [
        (
            "targets",
            "a_new_code",
            "{type: string, constraints: {required: true, enum: [begin, other]}}",
            "other",
        ),
        ("places", "a_new_word", "{type: string}", ""),
        ("outcomes", "a_new_day", "{type: date, constraints: {required: true}}", "2023-01-01"),
    ],
)
def test_a_column_that_the_dictionary_gains_needs_no_change(fresh, tmp_path, table, column, entry, cell):
    project = tmp_path / "project"
    write_project(project, Shape(cities=1), Random(1), released=False)
    path = project / "data" / "curated" / "datapackage.yaml"
    before, name, after = path.read_text(encoding="utf-8").partition(f"  - name: {table}\n")
    fields = (
        "      fields: &fact_fields\n"
        if "fields: &fact" in after.split("  - name:")[0]
        else "      fields:\n"
    )
    new = entry.replace("{type", f"{{name: {column}, title: 新, description: New., type", 1)
    changed = before + name + after.replace(fields, f"{fields}        - {new}\n", 1)
    path.write_text(changed, encoding="utf-8", newline="")
    folder = fresh(Shape(cities=2), Random(2), project=project, released=False)
    cities = cp.load(folder).cities if table == "targets" else [""]
    assert {row[column] for city in cities for row in read_rows(folder, table, city)} == {cell}


def test_as_many_cities_as_the_country_has_are_written_in_seconds(fresh):
    start = time.process_time()
    fresh(Shape(cities=337, provinces=9), Random(1), released=False)
    assert time.process_time() - start < 30  # about three on the machines at hand
