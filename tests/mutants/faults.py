"""Places at which a module can be made wrong, and the module rewritten so that each fault can be switched on.

A comparison is turned, “and” becomes “or”, a number is one too large, a condition is denied, + becomes -, what is
returned is dropped. All faults are in one copy (``switch`` says which one is on), so that the tests are loaded once.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

from tests.mutants.switch import TURNED

_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip
_OPERATORS = {sign: operator for operator, sign in _SIGNS.items()}
_ASKED = ("added", "compared", "counted", "decided", "wrong")


@dataclass(frozen=True, slots=True)
class Place:
    """``loading`` tells that it runs while the module is loaded: a constant, a default, a class's field."""

    number: int
    module: str
    line: int
    words: str
    loading: bool


def instrumented(source: str, module: str, first: int = 1) -> tuple[str, list[Place]]:
    """The module's source with a question at each place, and the places, numbered from ``first`` on.

    What is only written for readers is left alone (types, docstrings, asserts), and so are the patterns of ``match``.
    """
    tree = ast.parse(source)
    rewriting = _Rewriting(module, first, {id(node) for owner in ast.walk(tree) for node in _for_readers(owner)})
    tree = rewriting.visit(tree)
    at = 0
    for node in tree.body:
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) and not (
            isinstance(node, ast.ImportFrom) and node.module == "__future__"
        ):
            break
        at += 1
    asked = ast.ImportFrom("tests.mutants.switch", [ast.alias(name, f"_{name}_") for name in _ASKED], 0)
    tree.body.insert(at, asked)
    return ast.unparse(ast.fix_missing_locations(tree)), rewriting.places


def _for_readers(owner: ast.AST) -> Iterator[ast.AST]:
    for name in ("annotation", "returns"):
        part = getattr(owner, name, None)
        if part is not None:
            yield from ast.walk(part)
    if isinstance(owner, ast.Expr) and isinstance(owner.value, ast.Constant):
        yield owner.value
    if isinstance(owner, ast.If) and isinstance(owner.test, ast.Name) and owner.test.id == "TYPE_CHECKING":
        yield owner
    if isinstance(owner, ast.Assert | ast.pattern):
        yield from ast.walk(owner)


class _Rewriting(ast.NodeTransformer):
    def __init__(self, module: str, first: int, left_alone: set[int]) -> None:
        self.places: list[Place] = []
        self._module = module
        self._next = first
        self._left_alone = left_alone
        self._depth = 0  # of functions

    def _place(self, node: ast.expr | ast.stmt, words: str) -> ast.Constant | None:
        """The number of a new place as it stands in the call; None where nothing may be made wrong."""
        if id(node) in self._left_alone:
            return None
        self.places.append(Place(self._next, self._module, node.lineno, words, not self._depth))
        self._next += 1
        return ast.Constant(self._next - 1)

    # --- where a function's body begins

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.decorator_list = [self.visit(each) for each in node.decorator_list]
        node.args = self.visit(node.args)
        self._depth += 1
        node.body = [self.visit(each) for each in node.body]
        self._depth -= 1
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        node.args = self.visit(node.args)
        self._depth += 1
        node.body = self.visit(node.body)
        self._depth -= 1
        return node

    # --- what can be wrong

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        sign = _SIGNS[type(node.ops[0])]
        place = self._place(node, f"{sign} → {TURNED[sign]}")
        self.generic_visit(node)
        if place is None:
            return node
        if len(node.ops) == 1:
            return _call("compared", place, ast.Constant(sign), node.left, node.comparators[0])
        other = copy.deepcopy(node)
        other.ops[0] = _OPERATORS[TURNED[sign]]()
        return ast.IfExp(_call("wrong", place), other, node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        both = isinstance(node.op, ast.And)
        place = self._place(node, "and → or" if both else "or → and")
        self.generic_visit(node)
        if place is None:
            return node
        other = copy.deepcopy(node)
        other.op = ast.Or() if both else ast.And()
        return ast.IfExp(_call("wrong", place), other, node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) is not int:
            return node
        place = self._place(node, f"{node.value} → {node.value + 1}")
        return node if place is None else _call("counted", place, node)

    def visit_If(self, node: ast.If) -> ast.AST:
        place = self._place(node, "if → if not")
        self.generic_visit(node)
        if place is not None:
            node.test = _call("decided", place, node.test)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        sign = {ast.Add: "+", ast.Sub: "-"}.get(type(node.op))
        place = self._place(node, "+ → -" if sign == "+" else "- → +") if sign else None
        self.generic_visit(node)
        return node if place is None else _call("added", place, ast.Constant(sign), node.left, node.right)

    def visit_Return(self, node: ast.Return) -> ast.AST:
        if node.value is None or isinstance(node.value, ast.Constant):
            return self.generic_visit(node)
        place = self._place(node, "return → return None")
        self.generic_visit(node)
        if place is not None:
            node.value = ast.IfExp(_call("wrong", place), ast.Constant(None), node.value)
        return node


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(f"_{name}_", ast.Load()), list(arguments), [])
