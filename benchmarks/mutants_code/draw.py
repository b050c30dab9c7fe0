"""The mutants of the code: what cosmic-ray's operators make of each module, and a seeded sample of them."""

from __future__ import annotations

import ast
import difflib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import parso
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.plugins import get_operator, operator_names

FLOORS = ("language", "texts", "rules", "analysis")
# These put a random number in the place of a name: what is random is no mutant that could be met again.
LEFT_OUT = ("core/VariableInserter", "core/VariableReplacer")


@dataclass(frozen=True)
class Mutant:
    """One change of a module: the operator that made it, the line it begins on, and the changed source."""

    module: str
    operator: str
    occurrence: int
    line: int
    source: str

    @property
    def name(self) -> str:
        """Return how it is called wherever it is listed, without its line, which moves."""
        return f"{self.module}:{self.operator.removeprefix('core/')}:{self.occurrence}"

    def diff(self, root: Path) -> str:
        """Return the lines that it takes and brings, without those around them."""
        before = (root / self.module).read_text(encoding="utf-8").splitlines()
        lines = difflib.unified_diff(before, self.source.splitlines(), lineterm="", n=0)
        return " ⇒ ".join(
            one[1:].strip() for one in lines if one[:1] in "+-" and one[:3] not in ("+++", "---")
        )


def draw(root: Path, seed: int, count: int) -> list[Mutant]:
    """Return a sample of the mutants of the floors, the same for the same sources and seed."""
    paths = sorted(path for floor in FLOORS for path in (root / "src" / "compare" / floor).glob("*.py"))
    every = [(path, *place) for path in paths for place in places(path.read_text(encoding="utf-8"))]
    random.Random(seed).shuffle(every)
    made = (one for path, *place in every if (one := mutant(root, path, *place)))
    return sorted(islice(made, count), key=lambda one: one.name)


def places(source: str) -> Iterator[tuple[str, int, int]]:
    """Yield what can be changed in a module: the operator, its occurrence, and the line.

    Annotations are left out.

    >>> [place for place in places("a = 1 < 2\nb: int = 3") if "Lt_Gt" in place[0]]
    [('core/ReplaceComparisonOperator_Lt_Gt', 0, 1), ('core/ReplaceComparisonOperator_Lt_GtE', 0, 1)]
    """
    nodes, said = list(_nodes(parso.parse(source))), annotations(source)
    for name in sorted(set(operator_names()) - set(LEFT_OUT)):
        operator = get_operator(name)()
        found = [place for node in nodes for place in operator.mutation_positions(node)]
        for occurrence, (start, end) in enumerate(found):
            if not any(first <= start and end <= last for first, last in said):
                yield name, occurrence, start[0]


def mutant(root: Path, path: Path, operator: str, occurrence: int, line: int) -> Mutant | None:
    """Return a module with one place changed, none where the change is none or leaves no program."""
    source = path.read_text(encoding="utf-8")
    visitor = MutationVisitor(occurrence, get_operator(operator)())
    try:
        changed = visitor.walk(parso.parse(source)).get_code()
        if ast.dump(ast.parse(changed)) == ast.dump(ast.parse(source)):
            return None
    except (SyntaxError, AttributeError):
        # The operator for exceptions cannot change several in brackets.
        return None
    return Mutant(path.relative_to(root).as_posix(), operator, occurrence, line, changed)


def annotations(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return where annotations and names of types stand, which nothing reads while the code runs.

    >>> annotations("def f(a: int | None) -> str: ...")
    [((1, 9), (1, 19)), ((1, 24), (1, 27))]
    """
    found: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.arg | ast.AnnAssign):
            found.append(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            found.append(node.returns)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript | ast.BinOp):
            # Row = dict[str, Any], Block = A | B
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id[0].isupper() and not target.id.isupper():
                found.append(node.value)
    return [
        ((one.lineno, one.col_offset), (one.end_lineno or 0, one.end_col_offset or 0)) for one in found if one
    ]


def _nodes(node: parso.tree.NodeOrLeaf) -> Iterator[parso.tree.NodeOrLeaf]:
    yield node
    for child in getattr(node, "children", ()):
        yield from _nodes(child)
