"""Say where a flow file is not what its schema asks for, or says at the end what it cannot know."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match


def fault_in(raw: Any, validator: Draft202012Validator) -> str | None:
    """Return the worst fault of a flow as it is read from its file, or None."""
    fault = best_match(validator.iter_errors(raw))
    if fault is not None:
        return f"{_where(raw, list(fault.absolute_path))}{fault.message}"
    try:
        named = {name for _, name, _, _ in Formatter().parse(raw.get("submitted", "")) if name is not None}
    except ValueError as error:
        return f"submitted: {error}."
    stray = sorted(named - {"receipt_number", *(one["name"] for one in raw["fields"])})
    return f"submitted: there is no field {stray[0]}." if stray else None


def _where(raw: Any, path: list[str | int]) -> str:
    """Say which field an error is in, by the field's name where it has one."""
    if path[:1] == ["fields"] and len(path) > 1:
        spec = raw["fields"][path[1]]
        name = spec.get("name", path[1]) if isinstance(spec, Mapping) else path[1]
        rest = ".".join(map(str, path[2:]))
        return f"field {name}{'.' + rest if rest else ''}: "
    return f"{'.'.join(map(str, path))}: " if path else ""
