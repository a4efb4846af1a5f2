"""Make items of rows, and name every row that makes none."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge_base.importing.cells import shown
from knowledge_base.importing.elements import elements_of
from knowledge_base.importing.mapping import RowMapping
from knowledge_base.importing.readers import Row, Table
from knowledge_base.item_files import unknown_names

_REPORT_EVERY = 200

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Problem:
    """Why a row makes no item: its number, the columns concerned (none: the row as a whole) and the reason."""

    row: int
    columns: tuple[str, ...]
    reason: str

    def __str__(self) -> str:
        """Return the sentence."""
        where = f", column {', '.join(self.columns)}" if self.columns else ""
        return f"row {self.row}{where}: {self.reason}."


@dataclass(frozen=True)
class MadeItem:
    """An item as it stands in an item file, and the number of its row."""

    row: int
    raw: dict[str, Any]


@dataclass(frozen=True)
class Names:
    """What the items of the knowledge may name."""

    items: Collection[str]
    dimensions: Mapping[str, Collection[str]]
    quantities: Collection[str]


def make_items(
    table: Table, mapping: RowMapping, schema: Mapping[str, Any], names: Names, progress: Progress
) -> tuple[list[MadeItem], list[Problem], set[str]]:
    """Return the good items, every problem in the order of the rows, and the identifiers of the bad rows."""
    made: list[MadeItem] = []
    problems: list[Problem] = []
    refused: set[str] = set()
    first_row: dict[str, int] = {}
    check = _checker(schema, mapping)
    for place, row in enumerate(table.rows):
        if place % _REPORT_EVERY == 0:
            progress("checking rows", place / len(table.rows))
        raw, found = _of_row(row, mapping)
        item_id = str(raw.get("item_id", ""))
        if not found:
            found = [*check(row.number, raw)]
        if item_id and item_id in first_row:
            reason = f"the identifier {item_id} is already that of row {first_row[item_id]}"
            found.append(Problem(row.number, mapping.columns_of("item_id"), reason))
        elif item_id:
            first_row[item_id] = row.number
        if found:
            problems += found
            refused.add(item_id)
        else:
            made.append(MadeItem(row.number, raw))
    return _with_known_names(made, problems, refused, mapping, names)


def _of_row(row: Row, mapping: RowMapping) -> tuple[dict[str, Any], list[Problem]]:
    if row.fault:
        return {}, [Problem(row.number, (), row.fault)]
    raw, wrong = mapping.raw_item(row.cells)
    raw.setdefault("checked", None)
    return raw, [Problem(row.number, error.columns, str(error)) for error in wrong]


def _with_known_names(
    made: list[MadeItem], problems: list[Problem], refused: set[str], mapping: RowMapping, names: Names
) -> tuple[list[MadeItem], list[Problem], set[str]]:
    """Refuse what names something unknown, and then what names the refused, until nothing more is."""
    while True:
        known = {*names.items, *(one.raw["item_id"] for one in made)}
        bad = {
            one.row: [
                Problem(one.row, mapping.columns_of(unknown.element), unknown.what)
                for unknown in unknown_names(one.raw, known, names.dimensions, names.quantities)
            ]
            for one in made
        }
        problems += [problem for found in bad.values() for problem in found]
        refused |= {one.raw["item_id"] for one in made if bad[one.row]}
        still = [one for one in made if not bad[one.row]]
        if len(still) == len(made):
            return made, sorted(problems, key=lambda problem: problem.row), refused
        made = still


def _checker(schema: Mapping[str, Any], mapping: RowMapping) -> Callable[[int, Mapping[str, Any]], Iterator[Problem]]:
    from jsonschema import Draft202012Validator, FormatChecker

    elements = elements_of(schema)
    validator = Draft202012Validator({"$ref": "#/$defs/item", "$defs": schema["$defs"]}, format_checker=FormatChecker())

    def check(row: int, raw: Mapping[str, Any]) -> Iterator[Problem]:
        for error in map(_innermost, validator.iter_errors(raw)):
            path = [str(part) for part in error.absolute_path]
            missing = re.match(r"'(\w+)' is a required property", error.message)
            element = path[0] if path else missing[1] if missing else ""
            named = f"{element} ({elements[element].title})" if element in elements else element
            yield Problem(row, mapping.columns_of(element), f"{named}{_inner(path)} {_reason(error)}".strip())

    return check


def _innermost(error: Any) -> Any:
    """Return, of an error about alternatives, the one of the alternative whose kind the value is."""
    of_its_kind = [one for one in error.context or () if one.validator != "type"]
    return _innermost(of_its_kind[0]) if of_its_kind else error


def _inner(path: list[str]) -> str:
    """Return where within the element: entries are counted from 1."""
    return "".join(f", entry {int(part) + 1}" if part.isdigit() else f", {part}" for part in path[1:])


def _reason(error: Any) -> str:
    limit, value = error.validator_value, error.instance
    if error.validator == "required":
        name = re.match(r"'(\w+)'", error.message)
        return "is missing" if not error.absolute_path else f"lacks its {name[1] if name else 'part'}"
    if error.validator == "enum":
        return f"is {shown(value)}, none of {', '.join(map(str, limit))}"
    if error.validator == "maxLength":
        return f"has {len(value)} characters, more than {limit}"
    if error.validator == "pattern":
        return f"is {shown(value)}, not of the form {limit}"
    if error.validator == "format":
        return f"is {shown(value)}, no date such as 2026-11-23"
    if error.validator == "uniqueItems":
        return "names something twice"
    return str(error.message)[:160]
