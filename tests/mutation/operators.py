"""Wrong code, one expression at a time: the operators that change a module's syntax tree.

Not changed: docstrings, annotations, decorators, and the words of error messages.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

COMPARE = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}
BINARY = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitAnd: ast.BitOr,
          ast.BitOr: ast.BitAnd}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"}


@dataclass(frozen=True)
class Change:
    """One changed expression: the function it is in, its line, the words before and after, and
    the code of the whole module with the change."""

    module: str
    function: str
    line: int
    before: str
    after: str
    code: CodeType

    @property
    def name(self) -> tuple[str, str, str, str]:
        """What a survivor is listed under; lines move too easily."""
        return self.module, self.function, self.before, self.after


def other(node: ast.AST) -> ast.AST | None:
    """Return a node's mutant, or None where it has none."""
    new = copy.copy(node)
    match node:
        case ast.Compare(ops=[op, *rest]) if type(op) in COMPARE:
            new.ops = [COMPARE[type(op)](), *rest]
        case ast.BinOp(op=op) if type(op) in BINARY:
            new.op = BINARY[type(op)]()
        case ast.BoolOp(op=op):
            new.op = ast.Or() if isinstance(op, ast.And) else ast.And()
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
            return node.operand
        case ast.IfExp() | ast.If():
            new.test = ast.UnaryOp(ast.Not(), node.test)
        case ast.Constant(value=bool()):
            new.value = not node.value
        case ast.Constant(value=int() | float()):
            new.value = node.value + 1
        case ast.Constant(value=str()) if node.value:
            new.value = "XX" + node.value
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in NAMES:
            setattr(new, "id" if isinstance(node, ast.Name) else "attr", NAMES[name])
        case _:
            return None
    return new


def _sites(tree: ast.AST, function: str = "") -> Iterator[tuple[ast.AST, str, object, str]]:
    """Yield (parent, field, index or None, function) of each place that holds code that can be wrong."""
    if isinstance(tree, (ast.FunctionDef, ast.ClassDef)):
        function = f"{function}.{tree.name}".lstrip(".")
    for field, value in ast.iter_fields(tree):
        if field in ("annotation", "returns", "decorator_list") or isinstance(tree, (ast.Raise, ast.JoinedStr)):
            continue
        for at, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            message = (isinstance(node, ast.Call)
                       and getattr(node.func, "id", "") in ("Fault", "fail", "ValueError", "LookupError"))
            if isinstance(node, ast.AST) and not docstring and not message:
                yield tree, field, at, function
                yield from _sites(node, function)


def changes(module: str, file: str, source: str) -> Iterator[Change]:
    """Yield every mutant of a module, one at a time; the tree is whole again after each."""
    tree = ast.parse(source)
    for parent, field, at, function in list(_sites(tree)):
        held = getattr(parent, field)
        node = held if at is None else held[at]
        if (new := other(node)) is None:
            continue
        ast.copy_location(new, node)
        _put(parent, field, at, new)
        shown = (node.test, new.test) if isinstance(node, (ast.If, ast.IfExp)) else (node, new)
        yield Change(module, function, node.lineno, *(" ".join(ast.unparse(n).split()) for n in shown),
                     compile(ast.fix_missing_locations(tree), file, "exec"))
        _put(parent, field, at, node)


def _put(parent: ast.AST, field: str, at: int | None, node: ast.AST) -> None:
    """Put a node into its place."""
    if at is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[at] = node
