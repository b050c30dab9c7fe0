"""Changes of the code: what is drawn, what is left out, and which of them a test sees."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("cosmic_ray", reason="the lab's environment has no operators to change code with")

from benchmarks.mutants_code.changes import changes  # noqa: E402
from benchmarks.mutants_code.draw import draw  # noqa: E402
from benchmarks.mutants_code.judge import Reach, Verdict, chosen  # noqa: E402
from benchmarks.mutants_code.report import EQUIVALENTS, equivalents, report  # noqa: E402

TOY = """def larger(a, b):
    if a > b:
        return a
    return b


def unasked(a):
    return a - 1
"""
TESTED = """from toy import larger


def test_larger():
    assert [larger(1, 2), larger(2, 1)] == [2, 2]
"""


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("def f(a: int | None, *, b: str) -> str | None: ...", "annotations"),
        ("Cells = tuple | None", "a name of a type"),
        ("a: int | None = b", "a name with its type"),
        ("@cache\ndef f(): ...", "what is kept is the same as what is worked out"),
        ("from __future__ import annotations", "an import"),
        ('"""1 + 1 == 2, not 3."""', "prose"),
        ("zip(a, b, strict=True)", "a guard against what does not come"),
    ],
)  # fmt: skip
def test_what_is_the_same_program_is_no_change(source: str, reason: str) -> None:
    assert changes(source) == [], reason


@pytest.mark.parametrize(
    ("source", "count", "reason"),
    [
        ("a == b", 1, "a comparison turned round"),
        ("a < b", 2, "a bound moved, or a comparison turned round"),
        ("a - 1", 3, "a sign, and a number up and down"),
        ("a and not b", 2, "a conjunction, a negation"),
        ("@property\ndef f(self): ...", 1, "a decorator"),
        ("try: f()\nexcept KeyError: g()", 1, "an exception"),
        ("try: f()\nexcept (a.Fault, KeyError): g()", 1, "an exception that the operator cannot change"),
        ("for a in b:\n    continue", 2, "no round, no further round"),
    ],
)
def test_each_place_that_decides_something_is_changed(source: str, count: int, reason: str) -> None:
    assert len(changes(source)) == count, reason


def test_a_seed_draws_the_same_and_another_one_others() -> None:
    modules = {"toy.py": TOY, "more.py": TOY.replace("larger", "greater")}
    drawn = draw(modules, seed=1, most=4)
    assert draw(modules, seed=1, most=4) == drawn and len(drawn) == 4
    assert draw(modules, seed=2, most=4) != drawn


def test_a_line_more_leaves_what_is_drawn_of_the_others() -> None:
    every = draw({"toy.py": TOY}, seed=1, most=99)
    more = draw({"toy.py": "import os\n\n" + TOY}, seed=1, most=99)
    assert [each.diff for each in more] == [each.diff for each in every]


def test_a_place_is_drawn_once_and_by_another_change_with_another_seed() -> None:
    drawn = [draw({"toy.py": TOY}, seed=seed, most=99) for seed in range(9)]
    assert {len(each) for each in drawn} == {len({change.place for change in changes(TOY)})}
    assert len({one.text for each in drawn for one in each}) == len(changes(TOY))


def test_a_change_that_a_test_sees_is_killed_and_one_that_none_reaches_survives(tmp_path: Path) -> None:
    """In a process of its own: it forks, and stands in a folder of its own."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "toy.py").write_text(TOY, encoding="utf-8")
    (tmp_path / "test_toy.py").write_text(TESTED, encoding="utf-8")
    code = f"""
from pathlib import Path
from benchmarks.mutants_code.draw import draw
from benchmarks.mutants_code.judge import judge
from benchmarks.mutants_code.reach import measure
place = Path({str(tmp_path)!r})
text = (place / "src" / "toy.py").read_text(encoding="utf-8")
reaches = measure(place, ["test_toy.py"], ["src"], place, jobs=1)
for one in draw({{"src/toy.py": text}}, seed=1, most=9):
    print(one.change.line, judge(one, reaches, {{}}, place).outcome)
assert (place / "src" / "toy.py").read_text(encoding="utf-8") == text
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path.cwd())
    assert not done.returncode, done.stderr
    told = set(done.stdout.splitlines())
    assert told <= {"2 killed", "2 survived", "8 unreached"} and {"2 killed", "8 unreached"} <= told


def test_tests_are_chosen_by_the_statement_and_the_fastest_are_first() -> None:
    [one] = [each for each in draw({"toy.py": TOY}, seed=1, most=9) if each.change.line == 2][:1]
    reaches = [
        Reach("fast", 0.1, {"toy.py": frozenset({2, 3})}),
        Reach("elsewhere", 0.2, {"toy.py": frozenset({8})}),
        Reach("slow", 3.0, {"toy.py": frozenset({2})}),
    ]
    assert [each.test for each in chosen(one, reaches, {})] == ["fast", "slow"]


def test_what_runs_on_import_is_asked_of_the_modules_that_take_it() -> None:
    [one] = draw({"toy.py": "MOST = not LEAST"}, seed=1, most=9)
    reaches = [
        Reach("", 0.0, {"toy.py": frozenset({1})}),
        Reach("user", 0.1, {"user.py": frozenset({4})}),
        Reach("other", 0.2, {"other.py": frozenset({4})}),
    ]
    assert [each.test for each in chosen(one, reaches, {"toy.py": {"user.py"}})] == ["user"]


def test_the_count_tells_killed_from_left() -> None:
    drawn = draw({"src/compare/texts/toy.py": TOY}, seed=1, most=2)
    verdicts = [Verdict("killed", 1), Verdict("unreached", 0)]
    told = report(list(zip(drawn, verdicts, strict=True)), seed=1)
    assert "| texts | 2 | 1 (50.0 %) | 0 | 0 | 1 | 1 |" in told


def test_every_equivalent_says_why_and_is_of_a_module_that_there_is(root: Path) -> None:
    assert EQUIVALENTS.is_file()
    for (module, diff), reason in equivalents().items():
        assert (root / module).is_file() and diff and reason
