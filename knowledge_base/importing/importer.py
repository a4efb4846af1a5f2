"""Import an export: all of its rows or none, unless the bad ones are to be skipped."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.importing.base import Merged, alone, known_names, merge, swap_in
from knowledge_base.importing.elements import elements_of
from knowledge_base.importing.mapping import ColumnMapping, OwnColumns, RowMapping
from knowledge_base.importing.readers import read_table
from knowledge_base.importing.rows import Names, Problem, Progress, make_items
from knowledge_base.item_files import read_item_files, read_schema, unknown_names


class RowsRefused(ValueError):
    """Rows of the file are bad, so nothing was imported; `problems` says which and why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems."""
        super().__init__(f"{len({problem.row for problem in problems})} row(s) are bad; nothing was imported.")
        self.problems = problems


class StillNamed(ValueError):
    """An item that the file no longer has is named by others, so it cannot be removed."""


@dataclass(frozen=True)
class ImportReport:
    """What became of the rows: items by identifier, skipped rows with their problems, names that several items bear."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    gone: tuple[str, ...]
    """items of the knowledge that the file does not have"""
    removed: bool
    """whether these were removed"""
    skipped: tuple[Problem, ...]
    shared_names: int


def import_items(
    file: Path,
    data: Path,
    knowledge: Path,
    progress: Progress,
    mapping: Path | None = None,
    skip_bad: bool = False,
    remove_gone: bool = False,
) -> ImportReport:
    """Import the rows of a CSV, XLSX or JSON file into a knowledge folder.

    Items are known by their identifier; ways of asking are left as they are.

    Raises:
        FileUnreadable: the file is broken or its header is wrong.
        MappingInvalid: the mapping file is wrong.
        RowsRefused: a row is bad, and bad ones are not to be skipped, or all are.
        StillNamed: an item to be removed is named by one that stays.
        ImportUnderWay: another import holds the folder.
    """
    schema = read_schema(data)
    elements = elements_of(schema)
    columns: RowMapping = ColumnMapping.load(mapping, data, elements) if mapping else OwnColumns(elements)
    progress("reading", 0.0)
    table = read_table(file)
    columns.check_header(table.columns, file.name)
    with alone(knowledge):
        files = read_item_files(knowledge, schema)
        names = known_names(files, data, knowledge)
        made, problems, refused = make_items(table, columns, schema, names, progress)
        if problems and not (skip_bad and made):
            raise RowsRefused(tuple(problems))
        merged = merge(files, made, frozenset(refused), remove_gone)
        if remove_gone and merged.gone:
            _refuse_named(merged, names)
        if merged.touched:
            progress("writing", 0.9)
            swap_in(knowledge, merged)
    bearers = Counter(one.raw["name"] for one in made)
    return ImportReport(
        merged.new,
        merged.changed,
        merged.unchanged,
        merged.gone,
        remove_gone,
        tuple(problems),
        sum(count > 1 for count in bearers.values()),
    )


def _refuse_named(merged: Merged, names: Names) -> None:
    """Raise StillNamed where an item that stays names one that goes."""
    items = [(content, raw) for content in merged.files.values() for raw in content["items"]]
    known = {raw["item_id"] for _, raw in items}
    for content, raw in items:
        themes = {key: one["values"] for key, one in (content.get("dimensions") or {}).items()}
        for unknown in unknown_names(raw, known, {**names.dimensions, **themes}, names.quantities):
            raise StillNamed(f"{StillNamed.__doc__} {raw['item_id']}, {unknown}")
