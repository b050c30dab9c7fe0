"""The portfolio and a briefing of one's own: what is built, under which name, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compare.build.cut import cuts
from compare.build.plan import plan
from compare.build.portfolio import FILE, Entry, read_portfolio
from compare.errors import CompareError

ROOT = Path(__file__).parents[2]


def project(folder: Path, said: str) -> Path:
    (folder / "notebooks").mkdir()
    (folder / FILE).write_text(said, encoding="utf-8")
    return folder


def told(folder: Path) -> str:
    with pytest.raises(CompareError) as error:
        read_portfolio(folder)
    return str(error.value)


REFUSED = [
    ("{a: 1}", "found \"dict\"; expected a list", "no list"),
    ("- [", "expected YAML", "no YAML"),
    ("- cascade", "entry 1: found \"cascade\"; expected notebook and name", "an entry without keys"),
    ("- {notebook: cascade}", "column name: found \"\"", "an entry without a name"),
    ("- {notebook: cascade, nme: x, name: x}", "column nme: found \"nme\"; expected name", "a key misspelt"),
    ("- {notebook: a, name: b, each: province}", "found \"province\"; expected topic", "no such each"),
    ("- {notebook: a, name: b, each: city}", "found \"b\"; expected {city} in it", "one name for all"),
    ("- {notebook: a, name: b}\n- {notebook: c, name: b}", "expected each name once", "one name twice"),
    ("- {notebook: a, name: b, parameters: 5}", "column parameters: found \"5\"", "parameters that are none"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "words", "reason"), REFUSED, ids=[one[2] for one in REFUSED])
def test_what_is_no_entry_is_told(tmp_path: Path, said: str, words: str, reason: str) -> None:
    assert words in told(project(tmp_path, said)), reason


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    said = told(project(tmp_path, "- {notebook: a}\n- cascade\n- {name: c, notebook: d, each: x}"))
    assert said.count("\n") == 3


def test_the_portfolio_in_force_is_what_is_planned() -> None:
    names = {entry.notebook for entry in read_portfolio(ROOT)}
    assert {one.notebook for one in plan(ROOT)} == names
    assert all((ROOT / "notebooks" / f"{name}.ipynb").is_file() for name in names)


def test_an_entry_passes_its_parameters(tmp_path: Path) -> None:
    said = "- {notebook: a, name: b, parameters: {depth: 3}}"
    assert read_portfolio(project(tmp_path, said)) == [Entry("a", "b", "", {"depth": 3})]


def named(given: list[str], notebook: str = "topic_comparison") -> list[str]:
    return [one.name for one in cuts(ROOT, notebook, given)]


CUTS = [
    (["topic=5g"], ["topic_comparison-5g.zh", "topic_comparison-5g.en"], "both languages"),
    (["topic=5g", "lang=en"], ["topic_comparison-5g.en"], "one language"),
    (["topic=5g", "cities=a, b"], ["topic_comparison-5g-a-b.zh", "topic_comparison-5g-a-b.en"], "a list"),
    (['cities=["a"]'], ["topic_comparison-a.zh", "topic_comparison-a.en"], "a list as JSON"),
    (["cities=null"], ["topic_comparison.zh", "topic_comparison.en"], "nothing named"),
    (["as_of=2026-01-01"], ["topic_comparison.zh", "topic_comparison.en"], "a day is in no name"),
]


@pytest.mark.parametrize(("given", "names", "reason"), CUTS, ids=[one[2] for one in CUTS])
def test_a_cut_has_its_name_and_its_values(given: list[str], names: list[str], reason: str) -> None:
    assert named(given) == names, reason


def test_a_cut_has_the_day_of_the_edition_unless_told_otherwise() -> None:
    usual = cuts(ROOT, "topic_comparison", [])[0].parameters["as_of"]
    assert (
        cuts(ROOT, "topic_comparison", ["as_of=2026-01-01"])[0].parameters["as_of"] == "2026-01-01" != usual
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["topc=5g"], 'found "topc"; expected topic'),
        (["topic"], 'found "topic"; expected name=value'),
        (["5=topic"], 'found "5=topic"'),
    ],
)
def test_what_the_notebook_does_not_take_is_refused(given: list[str], words: str) -> None:
    with pytest.raises(CompareError) as error:
        cuts(ROOT, "topic_comparison", given)
    assert words in str(error.value)


def test_a_notebook_that_there_is_not_is_told_with_near_names() -> None:
    with pytest.raises(CompareError) as error:
        cuts(ROOT, "topic_comparson", [])
    assert 'found "topic_comparson"; expected topic_comparison' in str(error.value)


def test_a_notebook_of_ones_own_may_stand_anywhere(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": ["depth = 1"]}
    path = tmp_path / "mine.ipynb"
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    [one] = cuts(ROOT, str(path), ["depth=2"])
    assert (one.name, one.source, one.parameters) == ("mine-2.zh", path, {"depth": 2})
