"""Every action code that the sources write to the audit trail, found by reading them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from actions.back_office import DeskStep
from storage.approvals import HeldState
from storage.gap_decisions import GapState

SOURCES = ("assistant", "actions", "storage")
EXPANDED = {
    "named": [state.value for state in GapState],
    "step": [step.value for step in DeskStep],
    "outcome": ["sent", "rejected"],
    "state.value": [HeldState.EXPIRED.value, HeldState.OVERTAKEN.value],
}
"""what an expression inside a code may be, where the sources do not say it"""
Function = ast.FunctionDef | ast.AsyncFunctionDef


class CannotTell(AssertionError):
    """Which codes an expression stands for cannot be read from the sources: say it in EXPANDED."""


@dataclass(frozen=True)
class WrittenCode:
    code: str
    place: str


def written_codes(project: Path) -> Iterator[WrittenCode]:
    """Yield each code with the place that writes it; raise CannotTell."""
    for folder in SOURCES:
        for path in sorted((project / folder).rglob("*.py")):
            module = ast.parse(path.read_text(encoding="utf-8"))
            for function in ast.walk(module):
                if isinstance(function, Function):
                    yield from _of_function(function, module, str(path.relative_to(project)))


def _of_function(function: Function, module: ast.Module, path: str) -> Iterator[WrittenCode]:
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and _appends(call):
            place = f"{path}:{call.lineno}"
            for code in _codes(call.args[1], function, module, place):
                yield WrittenCode(code, place)


def _appends(call: ast.Call) -> bool:
    """Tell whether a call is `AuditTrail.append`: on something named for the audit, with who, what and on what."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "append" or len(call.args) < 3:
        return False
    written_to = ast.unparse(call.func.value).lower()
    return "audit" in written_to or written_to.endswith("trail")


def _codes(said: ast.expr, function: Function, module: ast.Module, place: str) -> list[str]:
    match said:
        case ast.Constant(value=str(code)):
            return [code]
        case ast.IfExp(body=one, orelse=other):
            return [*_codes(one, function, module, place), *_codes(other, function, module, place)]
        case ast.JoinedStr(values=parts):
            return ["".join(chosen) for chosen in product(*(_part(part, place) for part in parts))]
        case ast.Call(func=ast.Attribute(value=before, attr="replace"), args=[ast.Constant(old), ast.Constant(new)]):
            return [code.replace(old, new) for code in _codes(before, function, module, place)]
        case ast.Name(id=name):
            return [code for value in _values(name, function, module) for code in _codes(*value, module, place)]
    raise CannotTell(f"{place}: {ast.unparse(said)}. {CannotTell.__doc__}")


def _part(part: ast.expr, place: str) -> list[str]:
    if isinstance(part, ast.Constant):
        return [str(part.value)]
    named = ast.unparse(part.value) if isinstance(part, ast.FormattedValue) else ""
    if named not in EXPANDED:
        raise CannotTell(f"{place}: {named}. {CannotTell.__doc__}")
    return EXPANDED[named]


def _values(name: str, function: Function, module: ast.Module) -> Iterator[tuple[ast.expr, Function]]:
    """Yield what a name stands for: a constant of the module, a local, or what a parameter is called with."""
    for scope in (module, function):
        for statement in ast.walk(scope) if scope is function else module.body:
            if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == name:
                yield statement.value, function
    parameters = [one.arg for one in function.args.args if one.arg != "self"]
    if name in parameters:
        yield from _arguments(function.name, parameters.index(name), module)


def _arguments(called: str, place: int, module: ast.Module) -> Iterator[tuple[ast.expr, Function]]:
    for function in ast.walk(module):
        if isinstance(function, Function):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and ast.unparse(call.func) in (called, f"self.{called}"):
                    yield call.args[place], function
