"""Service items (政务服务事项) and the catalogue they are loaded into."""

from __future__ import annotations

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
from knowledge_base.item_files import (
    CatalogueInvalid,
    Content,
    ItemFileInvalid,
    cases_file,
    load_yaml,
    own_dimensions,
    read_item_files,
    read_schema,
    unknown_names,
)

__all__ = [
    "Catalogue",
    "CatalogueInvalid",
    "DuplicateItem",
    "ItemFileInvalid",
    "ServiceItem",
    "UnknownReference",
    "load_catalogue",
]

FACTS_FILE = Path("texts") / "facts.yml"
_PLAIN_FIELDS = (*("item_id", "name", "department", "audience", "theme", "item_type", "sample", "source"),)


class DuplicateItem(CatalogueInvalid):
    """Two items have the same item_id."""


class UnknownReference(CatalogueInvalid):
    """An item names an item, a dimension, a value or a quantity that does not exist."""


@dataclass(frozen=True)
class ServiceItem:
    """A service item with its guide."""

    item_id: str
    name: str
    department: str
    audience: str
    theme: str
    item_type: str
    sample: bool
    """an example, to be replaced by the locality's own guide"""
    source: str
    checked: str | None
    """ISO date on which the guide was last held against its source"""
    guide: Guide
    summary: str = ""
    """empty where its department does not say, as the texts that follow"""
    enquiries: str = ""
    """whom to ask (咨询方式)"""
    english_name: str = ""
    aliases: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
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
        return _item(raw, self.dimensions_for(raw), self.quantities, self.items[raw["item_id"]].file)

    def dimensions_for(self, raw: Mapping[str, Any]) -> dict[str, Dimension]:
        """Return the dimensions that the cases of one of the items may name: shared ones, its file's and its own."""
        of_file = self.file_dimensions[self.items[raw["item_id"]].file]
        return {**self.dimensions, **of_file, **_dimensions(raw.get("dimensions") or {})}


def load_catalogue(data: Path, knowledge: Path | None = None) -> Catalogue:
    """Load `items/*.yml` and `cases.yml` of a knowledge folder, with the schema and fact words of the data folder.

    Unless given, the knowledge is in the data folder; a knowledge folder without `cases.yml` shares that one, too.

    Raises:
        ItemFileInvalid: a file is no YAML or breaks the schema.
        DuplicateItem: an item_id occurs twice.
        UnknownReference: a related item, neighbour, dimension, value or quantity does not exist.
    """
    files = read_item_files(knowledge or data, read_schema(data))
    shared = load_yaml(cases_file(data, knowledge or data))
    dimensions = _dimensions(shared["dimensions"])
    quantities = {key: Quantity(key, **value) for key, value in shared["quantities"].items()}
    _raise_any(DuplicateItem, _duplicates(files))
    _raise_any(UnknownReference, _unknown_references(files, dimensions, quantities))
    items = {
        raw["item_id"]: _item(raw, {**dimensions, **_dimensions(own_dimensions(content, raw))}, quantities, name)
        for name, content in files.items()
        for raw in content["items"]
    }
    facts = data / FACTS_FILE
    words = load_fact_words(facts) if facts.exists() else NO_FACT_WORDS
    return Catalogue(
        items,
        dimensions,
        quantities,
        words,
        written={raw["item_id"]: raw for content in files.values() for raw in content["items"]},
        file_dimensions={name: _dimensions(content.get("dimensions") or {}) for name, content in files.items()},
    )


def _raise_any(kind: type[CatalogueInvalid], problems: Iterator[str]) -> None:
    found = tuple(problems)
    if found:
        raise kind(found)


def _duplicates(files: Mapping[str, Content]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for name, content in files.items():
        for raw in content["items"]:
            item_id = raw["item_id"]
            if item_id in seen:
                yield f"{name}, item {item_id}: the item_id is already used in {seen[item_id]}."
            seen.setdefault(item_id, name)


def _unknown_references(
    files: Mapping[str, Content], shared: Mapping[str, Dimension], quantities: Mapping[str, Quantity]
) -> Iterator[str]:
    known = {raw["item_id"] for content in files.values() for raw in content["items"]}
    for name, content in files.items():
        themes = {key: one["values"] for key, one in (content.get("dimensions") or {}).items()}
        dimensions = {**{key: one.values for key, one in shared.items()}, **themes}
        for raw in content["items"]:
            for unknown in unknown_names(raw, known, dimensions, quantities):
                yield f"{name}, item {raw['item_id']}, {unknown}"


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
        english_name=raw.get("english_name") or "",
        summary=raw.get("summary") or "",
        enquiries=raw.get("enquiries") or "",
        aliases=tuple(raw.get("aliases") or ()),
        checked=str(raw["checked"]) if raw["checked"] else None,
        guide=Guide(**_guide_fields(raw, quantities)),
        legal_basis=tuple(raw.get("legal_basis") or ()),
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
    """Return those fields of a guide that stand in `raw`."""
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
