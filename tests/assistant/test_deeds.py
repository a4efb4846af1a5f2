"""What the sources say of deeds: each stands in one transaction with its entry in the audit trail."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

LOOKS = {
    "unmask-field",
    "draft-answers",
    "export-figures",
    "daily-report",
    "verify-audit",
    "sign-in-refused",
    "barred-provisional-number",
}
"""codes besides `read-…` of what changes nothing: the entry alone stands before something is shown"""
NOTED, LOOKED = "_noted", "_looked"
"""helpers that write the entry of a deed, of a look"""


def sources(project: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((project / "assistant").rglob("*.py")):
        yield str(path.relative_to(project)), ast.parse(path.read_text(encoding="utf-8"))


def together(module: ast.Module) -> list[ast.With]:
    """Return the blocks that are one transaction."""
    blocks = (node for node in ast.walk(module) if isinstance(node, ast.With))
    return [one for one in blocks if any(ast.unparse(item).endswith("database.together()") for item in one.items)]


def too_early(module: ast.Module) -> Iterator[int]:
    """Yield the lines that give control away, or tell a citizen, before a transaction has ended."""
    for node in (node for block in together(module) for node in ast.walk(block)):
        is_told = isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".publish", ".tell"))
        if is_told or isinstance(node, (ast.Await, ast.AsyncWith, ast.AsyncFor)):
            yield node.lineno


def apart(module: ast.Module) -> Iterator[int]:
    """Yield the lines that write the entry of a deed outside the deed's transaction."""
    helpers = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef) and node.name in (NOTED, LOOKED)]
    within = {id(node) for block in (*together(module), *helpers) for node in ast.walk(block)}
    for call in (node for node in ast.walk(module) if isinstance(node, ast.Call) and id(node) not in within):
        name = ast.unparse(call.func)
        is_entry = name.endswith(("audit.append", "trail.append")) or "open_audit" in name and name.endswith(".append")
        if name.endswith(f".{NOTED}") or is_entry and not is_look(call.args[1]):
            yield call.lineno


def is_look(code: ast.expr) -> bool:
    named = code.value if isinstance(code, ast.Constant) else {"VERIFY": "verify-audit"}.get(ast.unparse(code), "")
    return named in LOOKS or str(named).startswith("read-")


def test_given_the_sources_when_they_are_read_then_every_deed_and_its_entry_are_one_transaction(project):
    assert [f"{path}:{line}" for path, module in sources(project) for line in apart(module)] == []


def test_given_the_sources_when_they_are_read_then_nothing_is_awaited_or_told_before_a_deed_stands(project):
    assert sum(len(together(module)) for _, module in sources(project)) > 20
    assert [f"{path}:{line}" for path, module in sources(project) for line in too_early(module)] == []


@pytest.mark.parametrize(
    ("line", "lines_apart", "lines_too_early"),
    [
        ("with self.database.together():\n        self.audit.append(a, 'close', s)", [], []),
        ("self.audit.append(a, 'close', s)", [2], []),
        ("self.audit.append(a, 'read-case', s)", [], []),
        ("self._noted(a, 'close', s)", [2], []),
        ("open_audit(settings, database).append(a, 'retry', s)", [2], []),
        ("with self.database.together():\n        await self.close()", [], [3]),
        ("with self.database.together():\n        self.hub.publish(c, t, p)", [], [3]),
    ],
)
def test_given_a_way_to_write_when_a_source_is_read_then_what_stands_apart_or_comes_too_early_is_found(
    line, lines_apart, lines_too_early
):
    module = ast.parse(f"async def f(self):\n    {line}\n")

    assert (list(apart(module)), list(too_early(module))) == (lines_apart, lines_too_early)
