"""Every small change to a module that a test should notice."""

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
SKIPPED = ("annotation", "returns", "decorator_list")
"""What is never changed: types, and the form of a class (frozen, slots)."""

Place = tuple[str, int | None]
"""A field of a node, and the place in it if it is a list."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change. `function` is the outermost function it stands in, if it is in its body."""

    name: str
    path: Path
    line: int
    function: int | None
    trail: tuple[Place, ...]
    changed: ast.AST

    def tree(self) -> ast.Module:
        """The whole module in its changed form."""
        tree = _parsed(self.path)
        *way, (field, number) = self.trail
        parent = _at(tree, tuple(way))
        if number is None:
            setattr(parent, field, self.changed)
        else:
            getattr(parent, field)[number] = self.changed
        return ast.fix_missing_locations(tree)


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module, from the top."""
    source = _parsed(path)
    module = str(path.relative_to(ROOT))
    seen: Counter[str] = Counter()
    for trail in _trails(source):
        node = _at(source, trail)
        for changed in _changes(node, trail):
            said = f"{module} {_home(source, trail)}: {_text(node)} → {_text(changed)}"
            seen[said] += 1
            name = said if seen[said] == 1 else f"{said} ({seen[said]})"
            where = _function(source, trail)
            yield Mutant(name, path, node.lineno, where, trail, ast.copy_location(changed, node))


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _text(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:100]


def _trails(node: ast.AST, trail: tuple[Place, ...] = ()) -> Iterator[tuple[Place, ...]]:
    """The way to every statement and expression that is run; annotations and docstrings are not."""
    if isinstance(node, ast.expr | ast.stmt):
        yield trail
    for field, value in ast.iter_fields(node):
        if field in SKIPPED or isinstance(node, ast.JoinedStr):
            continue
        if isinstance(value, ast.AST):
            yield from _trails(value, (*trail, (field, None)))
        elif isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, ast.AST) and not _is_docstring(item):
                    yield from _trails(item, (*trail, (field, number)))


def _is_docstring(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _at(tree: ast.AST, trail: tuple[Place, ...]) -> Any:
    node: Any = tree
    for field, number in trail:
        value = getattr(node, field)
        node = value if number is None else value[number]
    return node


def _home(tree: ast.AST, trail: tuple[Place, ...]) -> str:
    """The names of the classes and functions around a place."""
    nodes = [_at(tree, trail[:depth]) for depth in range(len(trail) + 1)]
    kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    return ".".join(node.name for node in nodes if isinstance(node, kinds)) or "(module)"


def _function(tree: ast.AST, trail: tuple[Place, ...]) -> int | None:
    """The first line, with decorators, of the outermost function whose body holds the place."""
    for depth, (field, _) in enumerate(trail):
        node = _at(tree, trail[:depth])
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            return first if field == "body" else None
    return None


def _changes(node: ast.AST, trail: tuple[Place, ...]) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.Compare):
        for place, op in enumerate(node.ops):
            changed = copy.deepcopy(node)
            changed.ops[place] = SWAPS[type(op)]()
            yield changed
    elif isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in SWAPS:
        changed_op = copy.deepcopy(node)
        changed_op.op = SWAPS[type(node.op)]()
        yield changed_op
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield copy.deepcopy(node.operand)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Raise | ast.AugAssign | ast.Continue | ast.Expr):
        yield ast.Pass()
    field, number = trail[-1]
    if field == "test" or (field == "ifs" and number is not None):
        yield ast.UnaryOp(ast.Not(), copy.deepcopy(node))  # type: ignore[arg-type]


def _constants(node: ast.Constant) -> Iterator[ast.expr]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1)
    elif isinstance(value, str):
        yield ast.Constant(value + "XX")


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
