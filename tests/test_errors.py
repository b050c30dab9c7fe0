"""Problems as the person who mends them reads them."""

from __future__ import annotations

import pickle

import pytest

from compare.errors import CompareError, Problem, UnknownName, near


@pytest.mark.parametrize(
    ("problem", "words", "reason"),
    [
        (Problem("a.csv"), 'a.csv: found ""', "the file alone"),
        (
            Problem("a.csv", found="no file", todo="restore it"),
            'a.csv: found "no file"; restore it',
            "no place in it",
        ),
        (Problem("a.csv", "x", "1", "2"), 'a.csv, column x: found "1"; expected 2', "a column"),
        (
            Problem("a.csv", "x", "1", "2", "mend", row=3, key="k"),
            'a.csv, row 3 (k), column x: found "1"; expected 2; mend',
            "all of it",
        ),
        (Problem("a.csv", found="1", row=3), 'a.csv, row 3: found "1"', "a row without a key"),
        (Problem("a.csv", found="1", key="k"), 'a.csv: found "1"', "a key is told with its row"),
        (Problem("a.csv", found="甲\n乙"), 'a.csv: found "甲⏎乙"', "one problem stays on one line"),
    ],
)
def test_a_problem_in_words(problem: Problem, words: str, reason: str) -> None:
    assert str(problem) == words


@pytest.mark.parametrize(
    ("problems", "words", "reason"),
    [
        ([], "It does not hold", "a summary alone"),
        ([Problem("a", found="1")], 'It does not hold: 1 problem.\n  1. a: found "1"', "one"),
        (
            [Problem("a", found="1"), Problem("b", found="2")],
            'It does not hold: 2 problems.\n  1. a: found "1"\n  2. b: found "2"',
            "several, numbered",
        ),
    ],
)
def test_an_error_tells_every_problem(problems: list[Problem], words: str, reason: str) -> None:
    error = CompareError("It does not hold", iter(problems))
    assert str(error) == words and error.problems == tuple(problems)


def test_an_error_tells_the_first_hundred_and_counts_the_rest() -> None:
    problems = [Problem("b" if at % 3 else "a", found=str(at)) for at in range(1_400)]
    error = CompareError("It does not hold", problems)
    assert error.problems == tuple(problems)
    head, *lines = str(error).split("\n")
    assert head == "It does not hold: 1,400 problems."
    assert lines[:100] == [f"  {at}. {problem}" for at, problem in enumerate(problems[:100], 1)]
    assert lines[100:] == ["  … and 1,300 more:", "    b: 867", "    a: 433"]


def test_files_without_end_are_counted_too() -> None:
    error = CompareError("It does not hold", [Problem(f"{at}.csv") for at in range(1_000)])
    assert str(error).count("\n") == 202 and str(error).endswith("\n    and 800 other files")


@pytest.mark.parametrize("field", ["file", "column", "found", "expected", "todo", "key"])
def test_what_is_told_is_of_a_length_and_can_be_seen(field: str) -> None:
    told = str(Problem(**({"file": "a.csv", "row": 2} | {field: "\x1b[2J\u202e" + "x" * 100_000})))
    assert len(told) < 1_200 and told.isprintable() and "‹U+001B›[2J‹U+202E›xxx" in told


def test_an_error_survives_the_way_from_a_worker() -> None:
    error = pickle.loads(pickle.dumps(CompareError("It does not hold", [Problem("a", found="1")])))
    assert str(error) == 'It does not hold: 1 problem.\n  1. a: found "1"'
    assert error.summary == "It does not hold" and error.problems == (Problem("a", found="1"),)


def test_an_unknown_name_is_caught_with_the_rest() -> None:
    with pytest.raises(CompareError):
        raise UnknownName("There is no such topic")


@pytest.mark.parametrize(
    ("name", "known", "names", "reason"),
    [
        ("dezho", ["jinan", "dezhou", "dongying"], ["dezhou"], "a letter left out"),
        ("t-1", ["t-2", "t-3", "t-4", "t-5"], ["t-5", "t-4", "t-3"], "three at most, in one order"),
        ("???", ["jinan"], [], "nothing is near"),
        ("x", [], [], "nothing is known"),
    ],
)
def test_near_names(name: str, known: list[str], names: list[str], reason: str) -> None:
    assert near(name, known) == near(name, reversed(known)) == names
