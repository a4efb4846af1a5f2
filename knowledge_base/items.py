"""Service items (政务服务事项) and the catalogue they are loaded into."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from knowledge_base.fact_words import NO_FACT_WORDS, FactWords, load_fact_words
from knowledge_base.guides import (
    Case,
    Condition,
    Dimension,
    Fee,
    Guide,
    Material,
    Neighbour,
    Place,
    Quantity,
    Question,
    Result,
    TimeLimits,
)

SCHEMA_FILE = Path("schemas") / "service_items.schema.json"
CASES_FILE = Path("cases.yml")
FACTS_FILE = Path("texts") / "facts.yml"
ITEMS_FOLDER = Path("items")
_PLAIN_FIELDS = (
    *("item_id", "name", "english_name", "summary"),
    *("department", "audience", "theme", "item_type", "sample", "source"),
)


class CatalogueInvalid(ValueError):
    """The items cannot be loaded; `problems` holds a sentence for each thing to mend."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep the problems; the message is the first and how many follow."""
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(problems[0] + more)
        self.problems = problems


class ItemFileInvalid(CatalogueInvalid):
    """An item file is no YAML, or breaks the schema."""


class DuplicateItem(CatalogueInvalid):
    """Two items have the same item_id."""


class UnknownReference(CatalogueInvalid):
    """An item names an item, a dimension, a value or a quantity that does not exist."""


@dataclass(frozen=True)
class ServiceItem:
    """A service item with its guide."""

    item_id: str
    name: str
    english_name: str
    aliases: tuple[str, ...]
    department: str
    audience: str
    theme: str
    item_type: str
    sample: bool
    """an example, to be replaced by the locality's own guide"""
    source: str
    checked: str | None
    """ISO date on which the guide was last held against its source"""
    summary: str
    guide: Guide
    legal_basis: tuple[str, ...]
    related: tuple[str, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    questions: tuple[Question, ...] = ()
    cases: tuple[Case, ...] = ()
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    """the dimensions its cases name; one of its own theme goes before a shared one of the same key"""
    file: str = ""
    """name of the file it stands in"""


@dataclass(frozen=True)
class Catalogue:
    """All items, and the words in which their cases and conditions are told."""

    items: Mapping[str, ServiceItem]
    dimensions: Mapping[str, Dimension]
    """the shared ones; an item's own stand in `ServiceItem.dimensions`"""
    quantities: Mapping[str, Quantity]
    fact_words: FactWords = NO_FACT_WORDS
    written: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """each item as its file writes it"""
    revised: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """the items that are said as an approved revision writes them, not as their file does"""
    file_dimensions: Mapping[str, Mapping[str, Dimension]] = field(default_factory=dict)
    """the dimensions that a theme's file has of its own"""

    def raw(self, item_id: str) -> Mapping[str, Any]:
        """Return an item in force as it is written; raise KeyError."""
        return self.revised.get(item_id) or self.written[item_id]

    def with_revisions(self, revised: Mapping[str, Mapping[str, Any]]) -> Catalogue:
        """Return the catalogue with items (item_id → as YAML writes it) said anew; unknown ones are left out.

        They must fit, as `item_drafts.DraftChecker` tells.
        """
        known = {item_id: raw for item_id, raw in revised.items() if item_id in self.items}
        items = {**self.items, **{item_id: self.read_item(raw) for item_id, raw in known.items()}}
        return replace(self, items=items, revised=known)

    def read_item(self, raw: Mapping[str, Any]) -> ServiceItem:
        """Return another version of one of the items, which has passed the schema."""
        file = self.items[raw["item_id"]].file
        return _item(raw, {**self.dimensions, **self.file_dimensions[file]}, self.quantities, file)


def load_catalogue(data_folder: Path) -> Catalogue:
    """Load `items/*.yml`, `cases.yml` and `texts/facts.yml` of a data folder.

    Raises:
        ItemFileInvalid: a file is no YAML or breaks the schema.
        DuplicateItem: an item_id occurs twice.
        UnknownReference: a related item, neighbour, dimension, value or quantity does not exist.
    """
    files = {path.name: _load_yaml(path) for path in sorted((data_folder / ITEMS_FOLDER).glob("*.yml"))}
    schema = json.loads((data_folder / SCHEMA_FILE).read_text(encoding="utf-8"))
    _raise_any(ItemFileInvalid, _schema_problems(files, schema))
    shared = _load_yaml(data_folder / CASES_FILE)
    dimensions = _dimensions(shared["dimensions"])
    quantities = {key: Quantity(key, **value) for key, value in shared["quantities"].items()}
    _raise_any(DuplicateItem, _duplicates(files))
    _raise_any(UnknownReference, _unknown_references(files, dimensions, quantities))
    items = {
        raw["item_id"]: _item(raw, {**dimensions, **_own_dimensions(content)}, quantities, name)
        for name, content in files.items()
        for raw in content["items"]
    }
    facts = data_folder / FACTS_FILE
    words = load_fact_words(facts) if facts.exists() else NO_FACT_WORDS
    return Catalogue(
        items,
        dimensions,
        quantities,
        words,
        written={raw["item_id"]: raw for content in files.values() for raw in content["items"]},
        file_dimensions={name: _own_dimensions(content) for name, content in files.items()},
    )


def _load_yaml(path: Path) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ItemFileInvalid((f"{path.name} is not valid YAML: {' '.join(str(error).split())}.",)) from error


def _raise_any(kind: type[CatalogueInvalid], problems: Iterator[str]) -> None:
    found = tuple(problems)
    if found:
        raise kind(found)


def _schema_problems(files: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    from jsonschema import Draft202012Validator, FormatChecker

    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    for name, content in files.items():
        for error in validator.iter_errors(content):
            path = list(error.absolute_path)
            who = ""
            if len(path) > 1 and path[0] == "items":
                item = content["items"][path[1]]
                named = item.get("item_id") if isinstance(item, dict) else None
                who, path = f", item {named or f'number {int(path[1]) + 1}'}", path[2:]
            where = f", {'.'.join(str(part) for part in path)}" if path else ""
            yield f"{name}{who}{where}: {error.message[:200]}."


def _duplicates(files: Mapping[str, Any]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for name, content in files.items():
        for raw in content["items"]:
            item_id = raw["item_id"]
            if item_id in seen:
                yield f"{name}, item {item_id}: the item_id is already used in {seen[item_id]}."
            seen.setdefault(item_id, name)


def _unknown_references(
    files: Mapping[str, Any], shared: Mapping[str, Dimension], quantities: Mapping[str, Quantity]
) -> Iterator[str]:
    known = {raw["item_id"] for content in files.values() for raw in content["items"]}
    for name, content in files.items():
        dimensions = {**shared, **_own_dimensions(content)}
        for raw in content["items"]:
            where = f"{name}, item {raw['item_id']}"
            for item_id in raw.get("related") or ():
                if item_id not in known:
                    yield f"{where}, related: there is no item {item_id}."
            for near in raw.get("neighbours") or ():
                if near["item"] not in known:
                    yield f"{where}, neighbours: there is no item {near['item']}."
            cases = raw.get("cases") or ()
            for number, case in enumerate(cases, start=1):
                for key, value in case["when"].items():
                    if key not in dimensions:
                        yield f"{where}, case {number}: there is no dimension {key}."
                    elif value not in dimensions[key].values:
                        yield f"{where}, case {number}: dimension {key} has no value {value}."
            for condition in [
                *raw["conditions"],
                *(one for case in cases for one in case.get("conditions", ())),
            ]:
                if isinstance(condition, dict) and condition["quantity"] not in quantities:
                    yield f"{where}, conditions: there is no quantity {condition['quantity']}."


def _dimensions(raw: Mapping[str, Any]) -> dict[str, Dimension]:
    return {
        key: Dimension(
            key,
            value["name"],
            value["question"],
            {name: tuple(str(word) for word in words) for name, words in value["values"].items()},
        )
        for key, value in raw.items()
    }


def _own_dimensions(content: Mapping[str, Any]) -> dict[str, Dimension]:
    return _dimensions(content.get("dimensions") or {})


def _item(
    raw: Mapping[str, Any],
    dimensions: Mapping[str, Dimension],
    quantities: Mapping[str, Quantity],
    file: str,
) -> ServiceItem:
    cases = tuple(_case(case, quantities) for case in raw.get("cases") or ())
    named = {key for case in cases for key in case.when}
    return ServiceItem(
        **{key: raw[key] for key in _PLAIN_FIELDS},
        aliases=tuple(raw["aliases"]),
        checked=str(raw["checked"]) if raw["checked"] else None,
        guide=Guide(**_guide_fields(raw, quantities)),
        legal_basis=tuple(raw["legal_basis"]),
        related=tuple(raw.get("related") or ()),
        neighbours=tuple(Neighbour(**near) for near in raw.get("neighbours") or ()),
        questions=tuple(Question(**question) for question in raw.get("questions") or ()),
        cases=cases,
        dimensions={key: dimensions[key] for key in dimensions if key in named},
        file=file,
    )


def _case(raw: Mapping[str, Any], quantities: Mapping[str, Quantity]) -> Case:
    return Case(
        when=dict(raw["when"]),
        note=raw.get("note") or "",
        overrides=_guide_fields(raw, quantities),
        extra_materials=tuple(Material(**material) for material in raw.get("extra_materials") or ()),
    )


def _guide_fields(raw: Mapping[str, Any], quantities: Mapping[str, Quantity]) -> dict[str, Any]:
    """Return those fields of a guide that stand in `raw` (an item has all of them, a case some)."""
    readers: dict[str, Callable[[Any], Any]] = {
        "conditions": lambda value: tuple(_condition(one, quantities) for one in value),
        "materials": lambda value: tuple(Material(**one) for one in value),
        "steps": tuple,
        "time_limits": lambda value: TimeLimits(**value),
        "fee": lambda value: Fee(**value),
        "places": lambda value: tuple(Place(**one) for one in value),
        "channels": tuple,
        "visits": int,
        "result": lambda value: Result(**value),
    }
    return {name: read(raw[name]) for name, read in readers.items() if name in raw}


def _condition(raw: str | Mapping[str, Any], quantities: Mapping[str, Quantity]) -> Condition:
    if isinstance(raw, str):
        return Condition(raw)
    return replace(Condition(**{**raw, "quantity": None}), quantity=quantities[raw["quantity"]])
