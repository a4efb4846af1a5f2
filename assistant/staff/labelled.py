"""Lists of the desk that operators write: departments, and outcomes of conversations; key → what is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

LONGEST_KEY = 64
"""characters; a key is kept in a column"""


class BadList(ValueError):
    """A list that cannot be read: each line is a key and its label, `tax: 税务窗口`."""


def labelled(path: Path, longest_key: int = LONGEST_KEY) -> Mapping[str, str]:
    """Read a list from a YAML file, in its order; raise BadList."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    if not isinstance(raw, dict) or not all(isinstance(one, str) and one for pair in raw.items() for one in pair):
        raise BadList(f"{path.name}: {BadList.__doc__}")
    too_long = [key for key in raw if len(key) > longest_key]
    if too_long:
        raise BadList(f"{path.name}: a key has at most {longest_key} characters: {', '.join(too_long)}.")
    return raw
