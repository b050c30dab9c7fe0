"""Ask of each mutant whether a test notices it: the tests that reach its line, the fastest first."""

from __future__ import annotations

import ast
import os
import queue
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.mutants_code import tree
from benchmarks.mutants_code.draw import Mutant
from benchmarks.mutants_code.reach import Reach

Users = Mapping[str, set[str]]

# What one mutant may cost: the seconds of its tests, and how much longer they may take than measured.
BUDGET, FEWEST = 25.0, 5
SLOWER, START = 6.0, 40.0
KILLED, TIMED_OUT, SURVIVED, UNREACHED = "killed", "timed out", "survived", "unreached"
# How often a mutant's tests are run with nothing changed: they must pass then.
CONTROL = 20


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant, by how many tests chosen."""

    outcome: str
    tests: int

    @property
    def killed(self) -> bool:
        """Return whether a test noticed it, or it never ended."""
        return self.outcome in {KILLED, TIMED_OUT}


def chosen(mutant: Mutant, reaches: Sequence[Reach], users: Users) -> list[Reach]:
    """Return the tests to run: those that reach the statement.

    Where that runs on import they are those that reach the module, or one that takes something from it.
    """
    lines, on_import = statement(mutant.was, mutant.change.line)
    on_import = on_import or any(
        not each.test and lines & each.lines.get(mutant.module, frozenset()) for each in reaches
    )
    modules = {mutant.module, *users.get(mutant.module, ())}
    found, seconds = [], 0.0
    for each in (each for each in reaches if each.test):
        reached = (
            modules & each.lines.keys() if on_import else lines & each.lines.get(mutant.module, frozenset())
        )
        if reached:
            if len(found) >= FEWEST and seconds + each.seconds > BUDGET:
                break
            found.append(each)
            seconds += each.seconds
    return found


def users_of(modules: Mapping[str, str]) -> Users:
    """Return the modules that take something from each module.

    >>> users_of({"src/compare/a.py": "", "src/compare/b.py": "from compare.a import c"})
    {'src/compare/a.py': {'src/compare/b.py'}}
    """
    found: dict[str, set[str]] = {}
    for module, text in modules.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom):
                used = f"src/{(node.module or '').replace('.', '/')}.py"
                if used in modules:
                    found.setdefault(used, set()).add(module)
    return found


def statement(source: str, line: int) -> tuple[frozenset[int], bool]:
    """Return the lines of the smallest statement around a line, and whether it runs when its module does.

    >>> statement("a = 1\\ndef f():\\n    return (\\n        a + 1)\\n", 4)
    (frozenset({3, 4}), False)
    >>> statement("a = 1\\ndef f():\\n    return a\\n", 1)
    (frozenset({1}), True)
    """
    around = [
        (lines, within) for lines, within in _statements(ast.parse(source), within=False) if line in lines
    ]
    lines, within = min(around, key=lambda each: len(each[0]))
    return frozenset(lines), not within


def _statements(node: ast.AST, within: bool) -> Iterator[tuple[range, bool]]:
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.stmt | ast.ExceptHandler):
            body = getattr(each, "body", None)
            first = min([each.lineno, *(one.lineno for one in getattr(each, "decorator_list", []))])
            last = max(first, body[0].lineno - 1) if body else each.end_lineno or each.lineno
            yield range(first, last + 1), within
        yield from _statements(each, within or isinstance(each, ast.FunctionDef | ast.Lambda))


def judge(mutant: Mutant, reaches: Sequence[Reach], users: Users, place: Path) -> Verdict:
    """Return what becomes of a mutant in a copy of the tree, which is put back as it was."""
    asked = chosen(mutant, reaches, users)
    if not asked:
        return Verdict(UNREACHED, 0)
    path = place / mutant.module
    times = path.stat()
    try:
        path.write_text(mutant.text, encoding="utf-8", newline="")
        # Bytecode counts as fresh by size and second: a mutant never has those of its module.
        os.utime(path, (times.st_atime, times.st_mtime + 1 + mutant.change.line))
        seconds = START + SLOWER * sum(each.seconds for each in asked)
        status = tree.run([each.test for each in asked], seconds, place=place)
    finally:
        path.write_text(mutant.was, encoding="utf-8", newline="")
        os.utime(path, (times.st_atime, times.st_mtime))
    outcome = {0: SURVIVED, 5: SURVIVED, -1: TIMED_OUT}.get(status, KILLED)
    return Verdict(outcome, len(asked))


def judged(
    mutants: Sequence[Mutant], reaches: Sequence[Reach], users: Users, copies: Sequence[Path]
) -> Iterator[Verdict]:
    """Yield the verdict of each mutant in turn, as many at once as there are copies of the tree."""
    free: queue.Queue[Path] = queue.Queue()
    for each in copies:
        free.put(each)

    def one(mutant: Mutant) -> Verdict:
        place = free.get()
        try:
            return judge(mutant, reaches, users, place)
        finally:
            free.put(place)

    with ThreadPoolExecutor(len(copies)) as pool:
        yield from pool.map(one, mutants)


def controls(mutants: Sequence[Mutant]) -> list[Mutant]:
    """Return some of the mutants with nothing changed."""
    return [replace(each, text=each.was) for each in mutants[::CONTROL]]
