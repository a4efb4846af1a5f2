"""Which columns of an export make which element: a department's own by a mapping file, or columns named as ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from knowledge_base.importing.cells import CellWrong
from knowledge_base.importing.elements import Element, Kind, converted, read_cell
from knowledge_base.importing.readers import HeaderWrong
from knowledge_base.importing.sources import Source
from knowledge_base.item_files import load_yaml

MAPPING_SCHEMA = Path("schemas") / "mapping.schema.json"


class MappingInvalid(ValueError):
    """A mapping file is no YAML, breaks its schema or names an element that there is not."""


class RowMapping(Protocol):
    """What makes raw items of rows."""

    def check_header(self, columns: Sequence[str], name: str) -> None:
        """Raise HeaderWrong unless a file with these columns can be read."""
        ...

    def columns_of(self, element: str) -> tuple[str, ...]:
        """Return the columns that an element is made of."""
        ...

    def raw_item(self, cells: Mapping[str, Any]) -> tuple[dict[str, Any], list[CellWrong]]:
        """Return the item as it stands in an item file, and what is wrong with its cells."""
        ...


@dataclass(frozen=True)
class OwnColumns:
    """Columns named as our elements are: what `wenban items export` writes."""

    elements: Mapping[str, Element]

    def check_header(self, columns: Sequence[str], name: str) -> None:
        """Raise HeaderWrong for a column that is no element of ours."""
        unknown = [column for column in columns if column not in self.elements]
        if unknown:
            raise HeaderWrong(
                f"{name}: unknown column {', '.join(unknown)}. Without a mapping the columns are "
                f"{', '.join(self.elements)}; for other columns give --mapping."
            )

    def columns_of(self, element: str) -> tuple[str, ...]:
        """Return the column of the element's name."""
        return (element,)

    def raw_item(self, cells: Mapping[str, Any]) -> tuple[dict[str, Any], list[CellWrong]]:
        """Read each cell as `written_cell` writes it."""
        raw: dict[str, Any] = {}
        wrong = []
        for column, cell in cells.items():
            try:
                value = read_cell(self.elements[column], cell)
            except CellWrong as error:
                wrong.append(CellWrong(str(error), (column,)))
                continue
            if value is not None:
                raw[column] = value
        return raw, wrong


Parts = Mapping[str, Source]


@dataclass(frozen=True)
class ColumnMapping:
    """A mapping file: what makes each element, as sources or as entries with a source for each part."""

    elements: Mapping[str, Element]
    made_of: Mapping[str, tuple[Source | Parts, ...]]

    @classmethod
    def load(cls, path: Path, data: Path, elements: Mapping[str, Element]) -> ColumnMapping:
        """Read a mapping file, held against the schema in the data folder; raises MappingInvalid."""
        from jsonschema import Draft202012Validator, FormatChecker
        from jsonschema.exceptions import best_match

        content = load_yaml(path)
        schema = json.loads((data / MAPPING_SCHEMA).read_text(encoding="utf-8"))
        error = best_match(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(content))
        if error is not None:
            where = ".".join(str(part) for part in error.absolute_path)
            raise MappingInvalid(f"{path.name}, {where or 'whole file'}: {error.message[:200]}")
        empty = frozenset(content.get("empty") or ())
        made_of = {}
        for name, spec in content["elements"].items():
            if name not in elements:
                raise MappingInvalid(f"{path.name}: there is no element {name}.")
            made_of[name] = tuple(_made_of(elements[name], spec, empty, path.name))
        return cls(elements, made_of)

    def check_header(self, columns: Sequence[str], name: str) -> None:
        """Raise HeaderWrong for a column that the mapping names and the file lacks."""
        wanted = dict.fromkeys(column for element in self.made_of for column in self.columns_of(element))
        missing = [column for column in wanted if column not in columns]
        if missing:
            raise HeaderWrong(
                f"{name} lacks the column(s) {', '.join(missing)} that the mapping names; it has {', '.join(columns)}."
            )

    def columns_of(self, element: str) -> tuple[str, ...]:
        """Return the columns of all sources of the element."""
        sources = (source for one in self.made_of.get(element, ()) for source in _sources(one))
        return tuple(dict.fromkeys(column for source in sources for column in source.columns))

    def raw_item(self, cells: Mapping[str, Any]) -> tuple[dict[str, Any], list[CellWrong]]:
        """Make each element from its sources; an identifier is written as ours are, in lower case with hyphens."""
        raw: dict[str, Any] = {}
        wrong = []
        for name, made_of in self.made_of.items():
            try:
                value = _made(self.elements[name], made_of, cells)
            except CellWrong as error:
                wrong.append(error if error.columns else CellWrong(str(error), self.columns_of(name)))
                continue
            if value not in (None, [], {}):
                raw[name] = value
        if "item_id" in raw:
            raw["item_id"] = re.sub(r"[^a-z0-9]+", "-", str(raw["item_id"]).lower()).strip("-")
        return raw, wrong


def _sources(one: Source | Parts) -> Iterator[Source]:
    yield from (one,) if isinstance(one, Source) else one.values()


def _made_of(element: Element, spec: Any, empty: frozenset[str], file: str) -> Iterator[Source | Parts]:
    """Read what makes one element: sources, or for an element with parts entries of sources."""
    specs = spec if isinstance(spec, list) else [spec]
    if len(specs) > 1 and element.kind is not Kind.LIST:
        raise MappingInvalid(f"{file}, {element.name}: only a list is made of several sources; use `columns`.")
    for one in specs:
        if not isinstance(one, dict) or "parts" not in one:
            if element.kind is Kind.OBJECT:
                raise MappingInvalid(f"{file}, {element.name}: `parts` must say what makes each part.")
            yield Source.of(one, empty)
            continue
        unknown = sorted(set(one["parts"]) - set(element.parts))
        if unknown:
            raise MappingInvalid(f"{file}, {element.name}: there is no part {', '.join(unknown)}.")
        yield {part: Source.of(source, empty) for part, source in one["parts"].items()}


def _made(element: Element, made_of: Sequence[Source | Parts], cells: Mapping[str, Any]) -> Any:
    if element.kind is Kind.LIST:
        found = [entry for one in made_of for entry in _entries(element, one, cells)]
        return [entry for place, entry in enumerate(found) if entry not in found[:place]]
    (one,) = made_of
    if isinstance(one, Source):
        pieces = one.pieces(cells, whole=True)
        return converted(element, pieces[0]) if pieces else None
    entries = _entries(element, one, cells)
    return entries[0] if entries else None


def _entries(element: Element, one: Source | Parts, cells: Mapping[str, Any]) -> list[Any]:
    """Return the entries that a source or a set of parts makes.

    Where a part has several pieces there is an entry for each; a part with one piece goes with all of them. An entry of
    a list says nothing without its first part.
    """
    if isinstance(one, Source):
        return one.pieces(cells)
    listed = element.kind is Kind.LIST
    columns = {part: source.pieces(cells, whole=not listed) for part, source in one.items()}
    if listed and not columns[next(iter(columns))]:
        return []
    count = max(map(len, columns.values()), default=0)
    entries = []
    for place in range(count):
        entry = {}
        for part, pieces in columns.items():
            if len(pieces) not in (0, 1, count):
                names = tuple(column for source in one.values() for column in source.columns)
                raise CellWrong(f"has {count} entries, but {len(pieces)} of {part}", names)
            if pieces:
                entry[part] = converted(element.parts[part], pieces[place if len(pieces) > 1 else 0])
        entries.append(entry)
    return entries
