"""An item as YAML, as the files in data/items write it."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml


class NotYaml(ValueError):
    """The text is no YAML; `line` counts from 1 and is 0 where it is not known."""

    def __init__(self, line: int) -> None:
        """Keep the line."""
        super().__init__(f"The text is not valid YAML, line {line}.")
        self.line = line


class _Dumper(yaml.SafeDumper):
    """Indent lists below their key, and write what holds only plain values in one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def to_yaml(value: Any, indent: int = 0, one_a_line: bool = False) -> str:
    """Return a value in the style of the item files, or one sentence a line as the files of asks."""
    # PyYAML would write a mapping of plain values in one line even where it is the whole.
    flow = None if isinstance(value, dict) and any(isinstance(one, (dict, list)) for one in value.values()) else False
    style: dict[str, Any] = {"Dumper": _Dumper, "default_flow_style": flow}
    if one_a_line:
        style = {"Dumper": yaml.SafeDumper, "default_flow_style": False}
    text = yaml.dump(value, allow_unicode=True, sort_keys=False, width=10**6, **style)
    return "".join(" " * indent + line for line in text.splitlines(keepends=True))


def from_yaml(text: str) -> Any:
    """Read YAML; dates come back as texts, since the schema asks for texts. Raise NotYaml."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _plain(yaml.load(text, Loader=loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise NotYaml(min(mark.line, text.count("\n")) + 1 if mark else 0) from error


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
