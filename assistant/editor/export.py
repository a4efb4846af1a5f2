"""Write the revisions in force back into the files, so that what git keeps follows what is said."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.editor.item_yaml import from_yaml, to_yaml
from assistant.revised_knowledge import InForce
from knowledge_base.asks import BESIDE_THEMES
from storage.revisions import Revision

GUIDE_INDENT, ASKS_INDENT = 4, 2
"""where the elements of an item stand in the two kinds of files"""


class ExportRefused(Exception):
    """A file could not be rewritten so that it reads as the revision; it was left as it is."""


@dataclass(frozen=True)
class Exported:
    item_id: str
    number: int
    files: tuple[str, ...]
    """the files that changed; none when they said it already"""


def export_revisions(data: Path, in_force: InForce) -> Iterator[Exported]:
    """Rewrite, item by item, the elements that revisions changed; everything else stays as it was written.

    A revision that ends is not written: the files keep what holds without end. Raises ExportRefused.
    """
    for item_id, revision in sorted(in_force.items()):
        if revision.effective_until is None:
            yield Exported(item_id, revision.number, tuple(_export(data, item_id, revision)))


def _export(data: Path, item_id: str, revision: Revision) -> Iterator[str]:
    guide, asks = revision.content["guide"], revision.content["asks"]
    item = re.compile(rf"(?ms)^  - item_id: {re.escape(item_id)}[ \t]*$.*?(?=^  - item_id:|^\S|\Z)")
    path, text = _file_with(item, data / "items", item_id)
    old = _items(text)
    changed = _rewritten(text, item, old[item_id], guide, GUIDE_INDENT)
    yield from _replaced(path, text, changed, _items(changed) == {**old, item_id: guide})
    own_asks = re.compile(rf"(?ms)^{re.escape(item_id)}:[ \t]*$.*?(?=^\S|\Z)")
    path, text = _file_with(own_asks, data / "asks", item_id)
    said = from_yaml(text)
    changed = _rewritten(text, own_asks, said[item_id], asks, ASKS_INDENT)
    yield from _replaced(path, text, changed, from_yaml(changed) == {**said, item_id: asks})


def _file_with(block: re.Pattern[str], folder: Path, item_id: str) -> tuple[Path, str]:
    for path in sorted(folder.glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        if path.name not in BESIDE_THEMES and block.search(text):
            return path, text
    raise ExportRefused(f"No file in {folder.name}/ holds {item_id} as a block of its own, as the shipped files do.")


def _items(text: str) -> dict[str, Any]:
    return {item["item_id"]: item for item in from_yaml(text)["items"]}


def _rewritten(text: str, block: re.Pattern[str], old: Mapping[str, Any], new: Mapping[str, Any], indent: int) -> str:
    """Return the text with the changed elements of one block written anew, in the order of the new version."""
    found = block.search(text)
    assert found is not None  # _file_with found it
    head, parts, tail = _parts(found.group(), indent)
    for name, value in new.items():
        if name not in parts or old.get(name) != value:
            parts[name] = to_yaml({name: value}, indent, one_a_line=indent == ASKS_INDENT)
    own = {"item_id"} if head.startswith("  - item_id:") else set()
    body = "".join(parts[name] for name in new if name not in own)
    return text[: found.start()] + head + body + tail + text[found.end() :]


def _parts(block: str, indent: int) -> tuple[str, dict[str, str], str]:
    """Split a block into its first line, the lines of each element, and the blank lines and remarks that end it."""
    key = re.compile(rf"^ {{{indent}}}([\w-]+):")
    lines = block.splitlines(keepends=True)
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    parts: dict[str, str] = {}
    head, name = lines[0], ""
    for line in lines[1:end]:
        found = key.match(line)
        name = found.group(1) if found else name
        if name:
            parts[name] = parts.get(name, "") + line
        else:
            head += line
    if end > 1 and not lines[end - 1].endswith("\n"):
        parts[name] += "\n"
    return head, parts, "".join(lines[end:])


def _replaced(path: Path, text: str, changed: str, reads_right: bool) -> Iterator[str]:
    if not reads_right:
        raise ExportRefused(f"{path.name} cannot be rewritten so that it reads as the revision; it was left as it is.")
    if changed == text:
        return
    beside = path.with_suffix(".yml.new")
    beside.write_text(changed, encoding="utf-8")
    os.replace(beside, path)
    yield f"{path.parent.name}/{path.name}"
