"""Every change of a module that could matter: cosmic-ray's operators, less what is the same program."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import parso
from cosmic_ray.ast import Visitor, ast_nodes
from cosmic_ray.operators.operator import Operator
from cosmic_ray.operators.provider import OperatorProvider

COMPARISONS = "Eq_NotEq NotEq_Eq Is_IsNot IsNot_Is Lt_LtE Lt_GtE LtE_Lt LtE_Gt Gt_GtE Gt_LtE GtE_Gt GtE_Lt"
ARITHMETIC = (
    "Add_Sub Sub_Add Mul_Div Div_Mul FloorDiv_Div Mod_Mul Pow_Mul BitOr_BitAnd BitAnd_BitOr BitXor_BitOr"
)
# The operators used; what they leave out of cosmic-ray's set draws names and places by chance of its own.
NAMES = (
    *(f"ReplaceComparisonOperator_{pair}" for pair in COMPARISONS.split()),
    *(f"ReplaceBinaryOperator_{pair}" for pair in ARITHMETIC.split()),
    *(f"ReplaceUnaryOperator_{pair}" for pair in ("USub_UAdd", "Delete_USub", "Delete_Invert", "Delete_Not")),
    *("AddNot", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ExceptionReplacer", "NumberReplacer"),
    *("RemoveDecorator", "ZeroIterationForLoop"),
)


@dataclass(frozen=True, order=True)
class Change:
    """One change of a source: the operator, which of its places counted from 0, and the line, from 1."""

    operator: str
    nth: int
    line: int
    place: tuple[int, int]


def operators() -> dict[str, Operator]:
    """Return cosmic-ray's operators that are used, by name."""
    provider = OperatorProvider()
    return {name: provider[name]() for name in NAMES}


def changes(source: str) -> list[Change]:
    """Return every change of a source that makes another program.

    >>> [change.operator for change in changes("older = a > b")]
    ['ReplaceComparisonOperator_Gt_GtE', 'ReplaceComparisonOperator_Gt_LtE']
    >>> changes("def f(a: int | None = None, *, b: str) -> str | None: ...")
    []
    """
    return [change for change in possible(source) if matters(source, change)]


def possible(source: str) -> Iterator[Change]:
    """Yield every change that an operator can make of a source, of whatever use."""
    nodes = list(ast_nodes(parso.parse(source)))
    for name, operator in operators().items():
        places = [place for node in nodes for place in operator.mutation_positions(node)]
        for nth, (place, _) in enumerate(places):
            yield Change(name, nth, place[0], place)


def matters(source: str, change: Change) -> bool:
    """Return whether a change makes another program of a source."""
    text = changed(source, change)
    return bool(text) and _program(text) not in {_program(source), ""}


def changed(source: str, change: Change) -> str:
    """Return the source with the change made; empty where the operator fails, at dotted exceptions.

    >>> first = changes("older = a > b")[0]
    >>> changed("older = a > b", first)
    'older = a >= b'
    """
    visitor = _At(operators()[change.operator], change.nth)
    try:
        return visitor.walk(parso.parse(source)).get_code()  # type: ignore[no-any-return]
    except AttributeError:
        return ""


class _At(Visitor):
    def __init__(self, operator: Operator, nth: int) -> None:
        self.operator, self.left = operator, nth

    def visit(self, node):  # type: ignore[no-untyped-def]
        for index, _ in enumerate(list(self.operator.mutation_positions(node))):
            self.left -= 1
            if self.left == -1:
                node = self.operator.mutate(node, index)
        return node


@cache
def _program(source: str) -> str:
    """Return what a source does, less what tells only a reader or checker; empty where it is no Python."""
    try:
        return ast.dump(_Bare().visit(ast.parse(source)))
    except SyntaxError:
        return ""


class _Bare(ast.NodeTransformer):
    """Takes away annotations, names of types, what only keeps or guards a value (cache, frozen, strict)."""

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        node.args = [*node.posonlyargs, *node.args, *node.kwonlyargs]
        node.defaults += [each for each in node.kw_defaults if each]
        node.posonlyargs, node.kwonlyargs, node.kw_defaults = [], [], []
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(arg=node.arg)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        bare = copy.copy(node)
        bare.annotation = ast.Constant(value=None)
        return self.generic_visit(bare)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        node.decorator_list = [each for each in node.decorator_list if "cache" not in ast.unparse(each)]
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        for each in node.decorator_list:
            if isinstance(each, ast.Call) and ast.unparse(each.func) == "dataclass":
                each.keywords = []
        return self.generic_visit(node)

    def visit_Module(self, node: ast.Module) -> ast.AST:
        for each in node.body:
            alias = isinstance(each, ast.Assign) and isinstance(each.value, ast.BinOp)
            if alias and all(isinstance(part, ast.BitOr | ast.BitAnd) for part in _signs(each.value)):
                each.value = ast.Constant(value=None)
        return self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        return ast.keyword(arg="strict") if node.arg == "strict" else self.generic_visit(node)


def _signs(node: ast.AST) -> list[ast.operator]:
    return [each.op for each in ast.walk(node) if isinstance(each, ast.BinOp)]
