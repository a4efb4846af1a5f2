"""The elements of a service item as the schema describes them, and how each stands in a cell of ours.

In a cell of ours a list has one entry a line; an entry of several parts is YAML in braces, as in data/items:
`{name: 居民身份证, form: 原件, number: 1}`. An entry that would be misread, or has several lines, is a JSON string.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from knowledge_base.importing.cells import CellWrong, cleaned, iso_date, shown

_NONE = "[]"
"""a list that says that there is none"""
_FLAGS = {"true": True, "false": False, "是": True, "否": False}


class Kind(str, Enum):
    """What an element holds."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    FLAG = "flag"
    LIST = "list"
    OBJECT = "object"


@dataclass(frozen=True)
class Element:
    """An element, its Chinese name in the standard, and the parts of its entries where it has any."""

    name: str
    title: str
    kind: Kind
    parts: Mapping[str, Element] = field(default_factory=dict)


def elements_of(schema: Mapping[str, Any]) -> dict[str, Element]:
    """Return the elements of an item by name, in the order of the schema."""
    properties = schema["$defs"]["item"]["properties"]
    return {name: _element(name, node, schema) for name, node in properties.items()}


def _element(name: str, node: Mapping[str, Any], schema: Mapping[str, Any]) -> Element:
    node = _resolved(node, schema)
    types = node.get("type", "string")
    kind = Kind.TEXT
    parts: Mapping[str, Any] = {}
    if "array" in types:
        kind = Kind.LIST
        entry = _resolved(node["items"], schema)
        entries = [_resolved(one, schema) for one in entry.get("oneOf", [entry])]
        parts = next((one["properties"] for one in entries if "properties" in one), {})
    elif "object" in types:
        kind, parts = Kind.OBJECT, node.get("properties", {})
    elif "integer" in types or "number" in types:
        kind = Kind.NUMBER
    elif "boolean" in types:
        kind = Kind.FLAG
    elif node.get("format") == "date":
        kind = Kind.DATE
    return Element(
        name, node.get("title", name), kind, {key: _element(key, part, schema) for key, part in parts.items()}
    )


def _resolved(node: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return dict(node)
    target = schema["$defs"][node["$ref"].rpartition("/")[2]]
    return {**_resolved(target, schema), **{key: value for key, value in node.items() if key != "$ref"}}


def converted(element: Element, value: Any) -> Any:
    """Return one value as the element wants it; raises CellWrong."""
    if not isinstance(value, str):
        return value
    if element.kind is Kind.DATE:
        return iso_date(value)
    if element.kind is Kind.NUMBER:
        try:
            return int(value)
        except ValueError:
            raise CellWrong(f"{shown(value)} is no whole number") from None
    if element.kind is Kind.FLAG:
        if value.lower() not in _FLAGS:
            raise CellWrong(f"{shown(value)} is neither true nor false")
        return _FLAGS[value.lower()]
    return value


def read_cell(element: Element, value: Any) -> Any:
    """Return what a cell of ours says of an element; None where it is empty. Raises CellWrong."""
    if not isinstance(value, (list, Mapping)):
        value = cleaned(value)
    if value in ("", None):
        return None
    if not isinstance(value, str):
        return cleaned(value)
    if element.kind is Kind.LIST:
        if value == _NONE:
            return []
        return [_entry(line) for line in value.split("\n")]
    return _entry(value) if element.kind is Kind.OBJECT else converted(element, value)


def written_cell(value: Any) -> str | int | bool:
    """Return the cell that `read_cell` reads as this value."""
    if value is None:
        return ""
    if isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, Mapping):
        return _in_braces(value)
    return "\n".join(_line(entry) for entry in value) or _NONE


def _entry(line: str) -> Any:
    import yaml

    if not line.startswith(("{", '"')):
        return line
    try:
        if line.startswith('"'):
            return json.loads(line)
        return cleaned(yaml.load(line, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except (yaml.YAMLError, ValueError):
        raise CellWrong(f"{shown(line)} is no entry such as {{name: …, number: 1}}") from None


def _line(entry: Any) -> str:
    if isinstance(entry, Mapping):
        return _in_braces(entry)
    misread = "\n" in entry or entry.startswith(("{", '"')) or entry == _NONE
    return json.dumps(entry, ensure_ascii=False) if misread else str(entry)


def _in_braces(value: Mapping[str, Any]) -> str:
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(
        dict(value), Dumper=dumper, default_flow_style=True, allow_unicode=True, width=10**9, sort_keys=False
    ).strip()
    return json.dumps(value, ensure_ascii=False) if "\n" in text else text
