"""The items of a knowledge folder as a set that an import brings up to date: merged, written beside, swapped in."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge_base.importing.rows import MadeItem, Names
from knowledge_base.item_files import (
    FORMER_FOLDER,
    ITEMS_FOLDER,
    Content,
    cases_file,
    items_folder,
    load_yaml,
    own_dimensions,
)

_BESIDE = ".items-new-"


class ImportUnderWay(RuntimeError):
    """Another import into this folder is under way; wait for its end."""


@dataclass(frozen=True)
class Merged:
    """The files as they are to be, and what becomes of each item, by identifier."""

    files: Mapping[str, Content]
    touched: frozenset[str]
    """names of the files that differ from before"""
    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    gone: tuple[str, ...]
    """items of the knowledge that the import does not have"""


@contextmanager
def alone(knowledge: Path) -> Iterator[None]:
    """Hold the folder against other imports, and clear away what a broken-off one left; raises ImportUnderWay."""
    knowledge.mkdir(parents=True, exist_ok=True)
    handle = os.open(knowledge, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ImportUnderWay(ImportUnderWay.__doc__) from None
        _settle(knowledge)
        yield
    finally:
        os.close(handle)


def _settle(knowledge: Path) -> None:
    """Bring back the former items where the swap was broken off; drop half-written ones."""
    former = knowledge / FORMER_FOLDER
    if items_folder(knowledge) == former:
        os.rename(former, knowledge / ITEMS_FOLDER)
    shutil.rmtree(former, ignore_errors=True)
    for left in knowledge.glob(f"{_BESIDE}*"):
        shutil.rmtree(left, ignore_errors=True)


def known_names(files: Mapping[str, Content], data: Path, knowledge: Path) -> Names:
    """Return what the items may name: each other, and the shared dimensions and quantities."""
    shared = load_yaml(cases_file(data, knowledge))
    return Names(
        {raw["item_id"] for content in files.values() for raw in content["items"]},
        {key: one["values"] for key, one in shared["dimensions"].items()},
        shared["quantities"],
    )


def whole_items(files: Mapping[str, Content]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (file, item) with those dimensions in the item that its theme's file describes for it."""
    for name, content in files.items():
        for raw in content["items"]:
            dimensions = own_dimensions(content, raw)
            yield name, {**raw, **({"dimensions": dimensions} if dimensions else {})}


def merge(files: Mapping[str, Content], made: Sequence[MadeItem], refused: frozenset[str], drop_gone: bool) -> Merged:
    """Put the made items in: each where it stands already, a new one into the file of its theme.

    What stood in a refused row is not gone. Gone items stay, unless they are dropped.
    """
    before = {raw["item_id"]: (name, raw) for name, raw in whole_items(files)}
    after: dict[str, list[dict[str, Any]]] = {name: list(content["items"]) for name, content in files.items()}
    themes = {content["theme"]: name for name, content in files.items()}
    contents: dict[str, Any] = {name: dict(content) for name, content in files.items()}
    places = {raw["item_id"]: (name, place) for name, items in after.items() for place, raw in enumerate(items)}
    new, changed, unchanged = [], [], []
    touched: set[str] = set()
    for one in made:
        item_id = one.raw["item_id"]
        if item_id not in before:
            theme = one.raw["theme"]
            name = themes.setdefault(theme, _file_name(theme, themes.values()))
            contents.setdefault(name, {"theme": theme})
            after.setdefault(name, []).append(one.raw)
            new.append(item_id)
        elif _said(before[item_id][1]) == _said(one.raw):
            unchanged.append(item_id)
            continue
        else:
            name, place = places[item_id]
            after[name][place] = one.raw
            changed.append(item_id)
        touched.add(name)
    there = {one.raw["item_id"] for one in made} | refused
    gone = tuple(item_id for item_id in before if item_id not in there)
    if drop_gone and gone:
        touched |= {places[item_id][0] for item_id in gone}
        after = {name: [raw for raw in items if raw["item_id"] not in gone] for name, items in after.items()}
    whole = {name: {**contents[name], "items": items} for name, items in after.items() if items}
    return Merged(whole, frozenset(touched), tuple(new), tuple(changed), tuple(unchanged), gone)


def _said(value: Any) -> Any:
    """Return what an element says, without what says nothing."""
    if isinstance(value, Mapping):
        parts = {key: _said(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part is not None}
    return [_said(part) for part in value] if isinstance(value, (list, tuple)) else value


def _file_name(theme: str, taken: Any) -> str:
    """Return a file name for a theme: its pinyin."""
    from pypinyin import lazy_pinyin

    name = re.sub(r"[^a-z0-9]+", "-", "-".join(lazy_pinyin(theme)).lower()).strip("-") or "items"
    number = 1
    while (found := f"{name}.yml" if number == 1 else f"{name}-{number}.yml") in taken:
        number += 1
    return found


def swap_in(knowledge: Path, merged: Merged) -> None:
    """Write the files beside the present ones and put them in their place at once.

    Until the last moment nothing of the present items is touched; broken off between the two renames, the former ones
    stay in force (`items_folder`). Raises OSError.
    """
    folder, former = knowledge / ITEMS_FOLDER, knowledge / FORMER_FOLDER
    beside = Path(tempfile.mkdtemp(prefix=_BESIDE, dir=knowledge))
    try:
        if folder.is_dir():
            shutil.copytree(folder, beside, dirs_exist_ok=True)
        for path in beside.glob("*.yml"):
            if path.name not in merged.files:
                path.unlink()
        for name in merged.touched & merged.files.keys():
            _write(beside / name, merged.files[name])
        beside.chmod(folder.stat().st_mode & 0o777 if folder.is_dir() else 0o755)
        if folder.is_dir():
            os.rename(folder, former)
        os.rename(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    shutil.rmtree(former, ignore_errors=True)


def _write(path: Path, content: Content) -> None:
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    with path.open("w", encoding="utf-8") as written:
        yaml.dump(dict(content), written, Dumper=dumper, allow_unicode=True, sort_keys=False, width=10**9)
        written.flush()
        os.fsync(written.fileno())
